//! Cases of enforcement: a teaching case leaves its party unnamed, a record says what a record must and is shown no
//! longer than it may, fines lie within the law (行政处罚法 articles 48, 50 and 59; 安全生产法; 信用修复管理办法).

use super::rules;
use crate::content::Kind;
use crate::content::enforcement_case::{EnforcementCase, Measure};
use crate::content::fields::Located;
use crate::content::reference::Citation;
use crate::diag::{Diagnostic, Span};
use crate::graph::{PageId, Site};
use jiff::ToSpan;
use std::ops::{Range, RangeInclusive};

/// The law whose duties, penalties and fines are known here.
const WORK_SAFETY_LAW: &str = "中华人民共和国安全生产法";

/// Penalties of the work safety law (2021) with the duties that they punish.
const DUTIES: [(i64, &[i64]); 9] = [
    (94, &[21]),
    (96, &[25]),
    (97, &[24, 27, 28, 30, 41, 44, 81]),
    (99, &[35, 36, 37, 38, 45]),
    (101, &[39, 40, 41, 43]),
    (102, &[38, 41]),
    (104, &[48]),
    (105, &[42]),
    (109, &[51]),
];

/// What a fine may be; nothing where the article has none.
type Fine = Option<RangeInclusive<i64>>;

/// What the articles of the work safety law (2021) allow, in yuan: on the enterprise, on a person. Articles that
/// reckon by income or by unlawful gains are not among them.
const FINES: [(i64, Fine, Fine); 9] = [
    (94, None, Some(20_000..=100_000)),
    (97, Some(1..=200_000), Some(20_000..=50_000)),
    (98, Some(100_000..=1_000_000), Some(20_000..=100_000)),
    (99, Some(1..=200_000), Some(10_000..=20_000)),
    (101, Some(1..=200_000), Some(20_000..=50_000)),
    (102, Some(1..=50_000), Some(50_000..=100_000)),
    (104, Some(1..=50_000), Some(1..=10_000)),
    (105, Some(1..=50_000), Some(1..=10_000)),
    (109, Some(50_000..=200_000), None),
];

/// The findings about a page, where it is a case.
#[must_use]
pub fn check(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[id].document;
    let Kind::EnforcementCase(case) = &document.content.kind else {
        return Vec::new();
    };
    let mut found = Found {
        site,
        id,
        all: Vec::new(),
    };
    match case.form.value.as_str() {
        "record" => {
            incomplete(&mut found, case);
            too_long(&mut found, case);
        }
        _ => named(&mut found, case),
    }
    number(&mut found, case);
    duties(&mut found, case);
    fines(&mut found, case);
    found.all
}

struct Found<'a> {
    site: &'a Site,
    id: PageId,
    all: Vec<Diagnostic>,
}

impl Found<'_> {
    fn add(
        &mut self,
        code: &'static str,
        bytes: &Range<usize>,
        message: [String; 2],
        help: [&str; 2],
    ) {
        let span = Span {
            source: self.site.pages[self.id].document.path.clone(),
            bytes: bytes.clone(),
        };
        let help = help.map(str::to_owned);
        self.all.push(rules::finding(code, span, message, help));
    }

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
    if party.is_empty() || party.contains('某') {
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

/// How long a record may be shown.
fn too_long(found: &mut Found<'_>, case: &EnforcementCase) {
    let (Some(decided), Some(end), Some(severity)) =
        (&case.decision_date, &case.publicity_end, &case.severity)
    else {
        return;
    };
    let (most, zh, en) = match severity.value.as_str() {
        "minor" => (3.months(), "三个月", "three months"),
        "general" => (1.year(), "一年", "a year"),
        "serious" => (3.years(), "三年", "three years"),
        _ => return,
    };
    let Ok(last) = decided.value.date().checked_add(most) else {
        return;
    };
    if end.value.date() <= last {
        return;
    }
    let message = [
        format!(
            "公示到 {}，超过最长期限{zh}：自决定之日 {} 起，最迟 {last}",
            end.value.date(),
            decided.value.date()
        ),
        format!(
            "shown until {}, longer than {en} from the decision on {}: at the latest {last}",
            end.value.date(),
            decided.value.date()
        ),
    ];
    let help = [
        "改公示截止日；情节写错的，先改 severity（信用修复管理办法，国家发展改革委令第36号）",
        "mend the last day, or the severity if that is wrong (National Development and Reform Commission, order 36)",
    ];
    found.add("publicity-too-long", &end.bytes, message, help);
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

/// A penalty punishes a duty, and the case says which.
fn duties(found: &mut Found<'_>, case: &EnforcementCase) {
    let broken: Vec<i64> = case
        .violations
        .iter()
        .filter_map(|one| found.article(one))
        .collect();
    for basis in &case.penalty_basis {
        let known = found
            .article(basis)
            .and_then(|article| DUTIES.iter().find(|(penalty, _)| *penalty == article));
        let Some((penalty, duties)) = known else {
            continue;
        };
        if duties.iter().any(|duty| broken.contains(duty)) {
            continue;
        }
        let list: Vec<String> = duties.iter().map(i64::to_string).collect();
        let message = [
            format!(
                "依据安全生产法第 {penalty} 条处罚，违反条款里却没有它所罚的第 {} 条",
                list.join("、")
            ),
            format!(
                "article {penalty} of the work safety law punishes article {}, which is not among the broken ones",
                list.join(" or ")
            ),
        ];
        let help = [
            "在 violations 里补上违反的条款，或者核对处罚依据",
            "add the broken article to violations, or compare the basis with the decision",
        ];
        let bytes = basis
            .article
            .as_ref()
            .map_or(0..0, |article| article.bytes.clone());
        found.add("penalty-without-duty", &bytes, message, help);
    }
}

/// A fine lies within what one of the cited articles allows; where one of them is not known here, nothing is said.
fn fines(found: &mut Found<'_>, case: &EnforcementCase) {
    let mut known = Vec::new();
    for basis in &case.penalty_basis {
        let article = found.article(basis);
        match article.and_then(|article| FINES.iter().find(|(one, ..)| *one == article)) {
            Some(fine) => known.push(fine),
            None => return,
        }
    }
    for measure in &case.measures {
        let Some(amount) = fine_of(measure) else {
            continue;
        };
        let is_person = measure.target.value == "person";
        let ranges: Vec<&RangeInclusive<i64>> = known
            .iter()
            .filter_map(|(_, enterprise, person)| {
                if is_person {
                    person.as_ref()
                } else {
                    enterprise.as_ref()
                }
            })
            .collect();
        if ranges.is_empty() || ranges.iter().any(|range| range.contains(&amount.value)) {
            continue;
        }
        let list: Vec<String> = ranges
            .iter()
            .map(|range| format!("{}～{} 元", range.start(), range.end()))
            .collect();
        let message = [
            format!(
                "罚款 {} 元不在所引条款的幅度以内：{}",
                amount.value,
                list.join("，")
            ),
            format!(
                "a fine of {} yuan is not within the cited articles: {}",
                amount.value,
                list.join(", ")
            ),
        ];
        let help = [
            "核对金额（单位是元）和处罚依据；分别裁量、合并处罚的，分开写",
            "compare the amount (in yuan) with the decision; fines that were joined are written apart",
        ];
        found.add("fine-out-of-range", &amount.bytes, message, help);
    }
}

fn fine_of(measure: &Measure) -> Option<&Located<i64>> {
    measure
        .amount
        .as_ref()
        .filter(|_| measure.kind.value == "fine")
}
