//! Rules: records of enforcement.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "typical-case-names-party",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "典型案例隐去当事人：`party` 写“某…企业”",
            "a teaching case leaves its party unnamed: `party` says 某…",
        ],
        source: "行政处罚法第四十八条、第五十条；公开的典型案例的通行写法",
    },
    Rule {
        code: "record-incomplete",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "公示记录要写决定书文号、决定日期、违反条款、处罚依据、处理措施、情节和公示截止日",
            "a record states its number, date, broken articles, basis, measures, severity and last day",
        ],
        source: "行政处罚法第五十九条；行政处罚公示的通行字段",
    },
    Rule {
        code: "publicity-too-long",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: true,
        says: [
            "公示截止日不超过最长期限：轻微三个月，一般一年，严重三年，自决定之日起算",
            "a record is shown no longer than three months, a year or three years from its decision, by severity",
        ],
        source: "信用修复管理办法（国家发展改革委令第36号，2026年4月1日起施行）",
    },
    Rule {
        code: "decision-number",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "决定书文号写作 机关代字〔年份〕序号号，年份用六角括号，序号不加“第”、不补零",
            "a decision's number reads 机关代字〔year〕n号, with hexagonal brackets and no zero before n",
        ],
        source: "党政机关公文格式（GB/T 9704-2012）7.2.5",
    },
    Rule {
        code: "penalty-without-duty",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "引用安全生产法罚则的，同时写明它所罚的义务条款",
            "a case that rests on a penalty of the work safety law names the duty that it punishes",
        ],
        source: "安全生产法第九十四条至第一百零五条与所罚条款的对应",
    },
    Rule {
        code: "fine-out-of-range",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "罚款数额在所引条款的幅度以内",
            "a fine lies within what the cited article allows",
        ],
        source: "安全生产法第九十四条、第九十六条至第九十九条、第一百零一条、第一百零二条、第一百零五条、第一百一十四条",
    },
    Rule {
        code: "case-without-articles",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "典型案例写明违反的条款和处罚依据",
            "a teaching case names the broken article and the one that the penalty rests on",
        ],
        source: "公开的典型案例的通行写法；行政处罚法第五十九条",
    },
    Rule {
        code: "record-published-late",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "处罚决定作出后七个工作日内公开，节假日按 content/holidays.toml 扣除",
            "a decision is published within seven working days; content/holidays.toml lists the holidays",
        ],
        source: "安全生产法第七十八条",
    },
    Rule {
        code: "record-dates",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "决定日期、发布日期、公示截止日先后相符",
            "decision, publication and last day follow each other",
        ],
        source: "行政处罚法第五十九条；信用修复管理办法（国家发展改革委令第36号）",
    },
    Rule {
        code: "publicity-too-short",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "公示不短于最短期限：一般三个月，严重一年；信用修复的除外",
            "a record is shown no shorter than three months or a year, by severity, unless credit was restored",
        ],
        source: "信用修复管理办法（国家发展改革委令第36号，2026年4月1日起施行）",
    },
    Rule {
        code: "credit-code",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "统一社会信用代码的校验码正确",
            "a unified social credit code has its right check digit",
        ],
        source: "法人和其他组织统一社会信用代码编码规则（GB 32100-2015）",
    },
    Rule {
        code: "amounts-differ",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "文中的罚款数额与处理措施一致，元与万元、大写与小写一致",
            "fines in the text are those among the measures, and one amount in two forms is one amount",
        ],
        source: "行政处罚法第五十九条；行政处罚公示的通行字段",
    },
    Rule {
        code: "withdrawal-without-reason",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "撤回公示的，写明理由 `withdraw_reason`",
            "a withdrawn record says why in `withdraw_reason`",
        ],
        source: "行政处罚法第四十八条第二款",
    },
    Rule {
        code: "ended-record-names-party",
        family: Family::Records,
        severity: Severity::Error,
        is_fixed: true,
        says: [
            "公示结束后留下的页面不写当事人",
            "what stays at the address of an ended record does not name the party",
        ],
        source: "信用修复管理办法（国家发展改革委令第36号）；行政处罚法第四十八条",
    },
    Rule {
        code: "ended-party-named",
        family: Family::Records,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "公示结束后，别的页面也不再写这个当事人",
            "once a record has ended, other pages no longer name its party either",
        ],
        source: "信用修复管理办法（国家发展改革委令第36号）",
    },
];
