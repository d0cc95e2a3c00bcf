//! The publishing rules by name: what each forbids, where that is written, and how much it weighs unless a site says
//! otherwise under `[rules]`. Each family has a file below. `docs/rules.md` is made from them.

mod access;
mod citations;
mod government;
mod language;
mod letters;
mod links;
mod personal;
mod records;
mod specifications;

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

/// A family of rules, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// What belongs to persons.
    Personal,
    /// Records of enforcement.
    Records,
    /// Laws, rules and standards that texts rest on.
    Citations,
    /// The four specifications of the industries.
    Specifications,
    /// Letters and what is attached.
    Letters,
    /// What a government site must show.
    Government,
    /// How texts are written.
    Language,
    /// Links to other sites.
    Links,
    /// What pages must have for everybody to read them.
    Access,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 9] = [
        Self::Personal,
        Self::Records,
        Self::Citations,
        Self::Specifications,
        Self::Letters,
        Self::Government,
        Self::Language,
        Self::Links,
        Self::Access,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> [&'static str; 2] {
        match self {
            Self::Personal => ["个人信息", "Personal data"],
            Self::Records => ["执法案例和公示记录", "Records of enforcement"],
            Self::Citations => ["引用的法规和标准", "Citations"],
            Self::Specifications => ["四项规范", "Specifications"],
            Self::Letters => ["告知书、承诺书和附件", "Letters and attachments"],
            Self::Government => ["政府网站和信息公开", "Government pages"],
            Self::Language => ["文字和标点", "Language"],
            Self::Links => ["站外链接", "Links out"],
            Self::Access => ["无障碍", "Access"],
        }
    }

    /// Its rules.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Personal => personal::RULES,
            Self::Records => records::RULES,
            Self::Citations => citations::RULES,
            Self::Specifications => specifications::RULES,
            Self::Letters => letters::RULES,
            Self::Government => government::RULES,
            Self::Language => language::RULES,
            Self::Links => links::RULES,
            Self::Access => access::RULES,
        }
    }
}

/// All rules, by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    Family::ALL.into_iter().flat_map(Family::rules)
}

/// A finding of a rule, as heavy as the rule is.
#[must_use]
pub fn finding(
    code: &'static str,
    span: Span,
    message: [String; 2],
    help: [String; 2],
) -> Diagnostic {
    let mut one = finding_of_site(code, message, help);
    one.span = Some(span);
    one
}

/// A finding of a rule that is about no place in the sources, as heavy as the rule is.
#[must_use]
pub fn finding_of_site(code: &'static str, message: [String; 2], help: [String; 2]) -> Diagnostic {
    let ([zh, en], [help_zh, help_en]) = (message, help);
    Diagnostic {
        severity: rule(code).map_or(Severity::Error, |rule| rule.severity),
        code: code.into(),
        message: Message::new(zh, en),
        span: None,
        help: Some(Message::new(help_zh, help_en)),
    }
}

/// The rule of a code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// How many errors and warnings each family has, families without any left out; last, under no family, those that are no
/// rule's: slips of writing, links, structure.
#[must_use]
pub fn by_family(found: &[Diagnostic]) -> Vec<(Option<Family>, usize, usize)> {
    let families = Family::ALL.into_iter().map(Some).chain([None]);
    let counted = families.map(|family| {
        let mut counts = (family, 0, 0);
        for one in found {
            if rule(&one.code).map(|rule| rule.family) == family {
                match one.severity {
                    Severity::Error => counts.1 += 1,
                    Severity::Warning => counts.2 += 1,
                }
            }
        }
        counts
    });
    counted
        .filter(|(_, errors, warnings)| errors + warnings > 0)
        .collect()
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
            let guess = nearest(code, all().map(|rule| rule.code));
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
        "# 发布规则 / Publishing rules\n\n<!-- 由程序生成，改 src/check/rules/；made from src/check/rules/ -->\n\n\
         `anjian check` 报出全部问题，有错误时 `anjian build` 不发布。轻重可以在 `content/site.toml` 里改：\n\n\
         ```toml\n[rules]\ndecision-number = \"error\"   # error、warning 或 off\n```\n\n\
         标“不能改”的是法律禁止公开的，不能改轻。`[rules]` changes how much a rule weighs; those marked 不能改 cannot be weakened.\n",
    );
    let mut family = None;
    for rule in all() {
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
