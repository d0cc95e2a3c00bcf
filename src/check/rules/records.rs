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
];
