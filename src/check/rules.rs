//! The publishing rules by name: what each forbids, where that is written, and how much it weighs unless a site says
//! otherwise under `[rules]`. `docs/rules.md` is made from this list.

use crate::config::RuleWeight;
use crate::diag::{Diagnostic, Message, Severity, Span, did_you_mean, nearest};
use crate::path::SourcePath;
use std::fmt::Write as _;

/// A publishing rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The code of its findings.
    pub code: &'static str,
    /// The family it belongs to.
    pub family: Family,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether a site may not weaken it: the law forbids what it finds.
    pub is_fixed: bool,
    /// What it says, in Chinese and in English.
    pub says: [&'static str; 2],
    /// Where that is written.
    pub source: &'static str,
}

/// A family of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// What belongs to persons.
    Personal,
    /// Records of enforcement.
    Records,
    /// What pages must have for everybody to read them.
    Access,
}

impl Family {
    /// What it is called.
    #[must_use]
    pub fn title(self) -> [&'static str; 2] {
        match self {
            Self::Personal => ["个人信息", "Personal data"],
            Self::Records => ["执法案例和公示记录", "Records of enforcement"],
            Self::Access => ["无障碍", "Access"],
        }
    }
}

/// All rules, by family.
pub const RULES: [Rule; 8] = [
    Rule {
        code: "personal-data",
        family: Family::Personal,
        severity: Severity::Error,
        is_fixed: true,
        says: [
            "正文和数据里不得有身份证号码、手机号码、银行账号、家庭住址、个人邮箱；本单位公开的联系方式写进 `[personal] allowed`",
            "no identity, mobile or card number, home address or address of mail stands in texts or data; the office's own published contacts are listed under `[personal] allowed`",
        ],
        source: "个人信息保护法第二十五条、第二十八条、第三十四条；行政处罚法第五十条",
    },
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
        code: "image-without-text",
        family: Family::Access,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "图片要有替代文字",
            "a picture has a text for those who cannot see it",
        ],
        source: "无障碍环境建设法第三十二条；WCAG 2.2 第 1.1.1 条",
    },
];

/// The rule of a code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Findings as much as a site lets them weigh. What is fixed, and what is no rule, keeps its weight.
pub fn weigh(found: &mut Vec<Diagnostic>, weights: &[RuleWeight]) {
    if weights.is_empty() {
        return;
    }
    found.retain_mut(|one| {
        let is_open = rule(&one.code).is_some_and(|rule| !rule.is_fixed);
        let weight = weights
            .iter()
            .find(|weight| is_open && weight.code == one.code);
        match weight.map(|weight| weight.weight.as_str()) {
            Some("off") => return false,
            Some("error") => one.severity = Severity::Error,
            Some("warning") => one.severity = Severity::Warning,
            _ => {}
        }
        true
    });
}

/// The findings about `[rules]` itself: codes that are none, and rules that may not be weakened.
#[must_use]
pub fn check(settings: &SourcePath, weights: &[RuleWeight]) -> Vec<Diagnostic> {
    let found = weights.iter().filter_map(|weight| {
        let span = Span {
            source: settings.clone(),
            bytes: weight.bytes.clone(),
        };
        let code = &weight.code;
        let Some(rule) = rule(code) else {
            let message = Message::new(
                format!("没有名为 `{code}` 的规则"),
                format!("there is no rule named `{code}`"),
            );
            let guess = nearest(code, RULES.iter().map(|rule| rule.code));
            let help = did_you_mean(guess).unwrap_or_else(|| {
                Message::new(
                    "规则的代码见 docs/rules.md",
                    "docs/rules.md lists the codes",
                )
            });
            return Some(Diagnostic::error("unknown-rule", span, message).with_help(help));
        };
        let is_weaker = weight.weight == "off"
            || (weight.weight == "warning" && rule.severity == Severity::Error);
        if !rule.is_fixed || !is_weaker {
            return None;
        }
        let message = Message::new(
            format!("规则 `{code}` 不能改轻：{}", rule.source),
            format!("the rule `{code}` cannot be weakened: {}", rule.source),
        );
        let help = Message::new("删去这一行", "delete this line");
        Some(Diagnostic::error("fixed-rule", span, message).with_help(help))
    });
    found.collect()
}

/// `docs/rules.md`.
#[must_use]
pub fn document() -> String {
    let mut text = String::from(
        "# 发布规则 / Publishing rules\n\n<!-- 由程序生成，改 src/check/rules.rs；made from src/check/rules.rs -->\n\n\
         `anjian check` 报出全部问题，有错误时 `anjian build` 不发布。轻重可以在 `content/site.toml` 里改：\n\n\
         ```toml\n[rules]\ndecision-number = \"error\"   # error、warning 或 off\n```\n\n\
         标“不能改”的是法律禁止公开的，不能改轻。`[rules]` changes how much a rule weighs; those marked 不能改 cannot be weakened.\n",
    );
    let mut family = None;
    for rule in RULES {
        if family != Some(rule.family) {
            let [zh, en] = rule.family.title();
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                "\n## {zh} / {en}\n\n| 代码 | 轻重 | 说什么 | 出处 |\n|---|---|---|---|\n"
            );
            family = Some(rule.family);
        }
        let weight = match rule.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
        };
        let fixed = if rule.is_fixed { "，不能改" } else { "" };
        let [zh, en] = rule.says;
        let _ = writeln!(
            text,
            "| `{}` | {weight}{fixed} | {zh}<br>{en} | {} |",
            rule.code, rule.source
        );
    }
    text
}
