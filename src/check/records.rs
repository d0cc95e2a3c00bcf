//! Cases of enforcement: a teaching case leaves its party unnamed, a record says what a record must and is shown no
//! longer than it may, fines lie within the law (行政处罚法 articles 48, 50 and 59; 安全生产法; 信用修复管理办法).

mod ended;
mod penalties;
mod periods;

use super::found::Found;
use crate::content::Kind;
use crate::content::enforcement_case::EnforcementCase;
use crate::content::reference::Citation;
use crate::diag::Diagnostic;
use crate::graph::{PageId, Site};
use crate::text::figures::credit_code;

pub use ended::{check as check_ended, named_elsewhere};

/// The law whose duties, penalties and fines are known here.
const WORK_SAFETY_LAW: &str = "中华人民共和国安全生产法";

/// The findings about a page, where it is a case.
#[must_use]
pub fn check(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[id].document;
    let Kind::EnforcementCase(case) = &document.content.kind else {
        return Vec::new();
    };
    let mut found = Found::new(site, document);
    if case.is_record() {
        incomplete(&mut found, case);
        code(&mut found, case);
        periods::check(&mut found, case);
    } else {
        named(&mut found, case);
        without_articles(&mut found, case);
    }
    number(&mut found, case);
    penalties::duties(&mut found, case);
    penalties::fines(&mut found, case);
    penalties::amounts(&mut found, case);
    found.all
}

impl Found<'_> {
    /// Whether a citation is one of the work safety law, and of which article.
    fn article(&self, citation: &Citation) -> Option<i64> {
        let reference = self.site.references.get(&citation.reference.value)?;
        let article = citation.article.as_ref()?;
        (reference.title == WORK_SAFETY_LAW).then_some(article.value)
    }
}

/// A teaching case names nobody.
fn named(found: &mut Found<'_>, case: &EnforcementCase) {
    let party = &case.party;
    let is_named = !party.is_empty() && !party.contains('某');
    if !is_named && case.credit_code.is_none() {
        return;
    }
    let message = [
        format!("典型案例写出了当事人“{party}”"),
        format!("this teaching case names its party, `{party}`"),
    ];
    let help = [
        "写成“某…企业”；要公示当事人的，用 form = \"record\" 并写公示截止日",
        "write 某…企业; to name the party use form = \"record\" with its last day",
    ];
    found.add("typical-case-names-party", &case.form.bytes, message, help);
}

/// What a record must say.
fn incomplete(found: &mut Found<'_>, case: &EnforcementCase) {
    let missing: Vec<&str> = [
        ("decision_number", case.decision_number.is_none()),
        ("decision_date", case.decision_date.is_none()),
        ("violations", case.violations.is_empty()),
        ("penalty_basis", case.penalty_basis.is_empty()),
        ("measures", case.measures.is_empty()),
        ("severity", case.severity.is_none()),
        ("publicity_end", case.publicity_end.is_none()),
        ("record_status", case.record_status.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, is_missing)| is_missing.then_some(key))
    .collect();
    if missing.is_empty() {
        return;
    }
    let message = [
        format!("公示记录缺少：`{}`", missing.join("`、`")),
        format!("this record lacks `{}`", missing.join("`, `")),
    ];
    let help = [
        "照处罚决定书补齐；只作教学用、不写当事人的，用 form = \"typical\"",
        "complete it from the decision; a teaching case without a name is form = \"typical\"",
    ];
    found.add("record-incomplete", &case.form.bytes, message, help);
}

/// 机关代字〔年份〕序号号.
fn number(found: &mut Found<'_>, case: &EnforcementCase) {
    let Some(number) = case
        .decision_number
        .as_ref()
        .filter(|number| !is_number(&number.value))
    else {
        return;
    };
    let message = [
        format!("决定书文号“{}”的写法不对", number.value),
        format!(
            "the decision's number `{}` is not well formed",
            number.value
        ),
    ];
    let help = [
        "写作 德应急罚〔2026〕12号：六角括号〔〕里是四位年份，序号不加“第”、不补零",
        "write 德应急罚〔2026〕12号: a year of four digits in 〔〕, no 第 and no zero before the number",
    ];
    found.add("decision-number", &number.bytes, message, help);
}

fn is_number(text: &str) -> bool {
    let parts = || {
        let (office, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        Some((office, year, rest.strip_suffix('号')?))
    };
    parts().is_some_and(|(office, year, order)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
        !office.is_empty()
            && !office.contains(|one: char| one.is_ascii_digit() || one.is_whitespace())
            && year.len() == 4
            && digits(year)
            && digits(order)
            && !order.starts_with('0')
    })
}

/// A teaching case says which article was broken and on which the penalty rests.
fn without_articles(found: &mut Found<'_>, case: &EnforcementCase) {
    let missing = match (case.violations.is_empty(), case.penalty_basis.is_empty()) {
        (true, true) => "violations`、`penalty_basis",
        (true, false) => "violations",
        (false, true) => "penalty_basis",
        (false, false) => return,
    };
    let message = [
        format!("案例没有写 `{missing}`"),
        format!("this case lacks `{}`", missing.replace('、', ", ")),
    ];
    let help = [
        "写明违反哪一条、依据哪一条处理：{ ref = \"work-safety-law\", article = 41 }",
        "name the broken article and the one the penalty rests on: { ref = \"work-safety-law\", article = 41 }",
    ];
    found.add("case-without-articles", &case.form.bytes, message, help);
}

const CODE_HELP: [&str; 2] = [
    "照营业执照核对：18 位数字和大写字母，不用 I、O、S、V、Z；最后一位是校验码",
    "compare with the licence: eighteen digits and capital letters without I, O, S, V, Z; the last one checks the others",
];

fn false_code(code: &str) -> [String; 2] {
    [
        format!("统一社会信用代码{code}校验不通过"),
        format!("the check digit of the unified social credit code{code} is wrong"),
    ]
}

/// The enterprise's code has its check digit.
fn code(found: &mut Found<'_>, case: &EnforcementCase) {
    let code = case.credit_code.as_ref();
    let Some(code) = code.filter(|code| !credit_code::is_valid(&code.value)) else {
        return;
    };
    let message = false_code(&format!(" `{}` ", code.value));
    found.add("credit-code", &code.bytes, message, CODE_HELP);
}
