//! Penalties: the duty that each punishes, the range of its fine, and amounts that agree with what the text says.

use crate::check::found::Found;
use crate::content::enforcement_case::{EnforcementCase, Measure};
use crate::content::fields::Located;
use crate::text::figures::Says;
use std::ops::RangeInclusive;

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

/// A penalty punishes a duty, and the case says which.
pub(super) fn duties(found: &mut Found<'_>, case: &EnforcementCase) {
    let broken: Vec<i64> = case
        .violations
        .iter()
        .filter_map(|one| found.article(one))
        .collect();
    // That none is named at all is told already.
    if case.violations.is_empty() {
        return;
    }
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
pub(super) fn fines(found: &mut Found<'_>, case: &EnforcementCase) {
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

/// Fines named in the text are among the measures, alone or together, and an amount in two forms is one amount.
pub(super) fn amounts(found: &mut Found<'_>, case: &EnforcementCase) {
    let fines: Vec<i64> = case
        .measures
        .iter()
        .filter_map(|measure| fine_of(measure).map(|amount| amount.value))
        .collect();
    let sum = |target: &str| {
        let measures = case
            .measures
            .iter()
            .filter(|one| one.target.value == target);
        let amounts = measures.filter_map(|one| fine_of(one).map(|amount| amount.value));
        amounts.fold(0_i64, i64::saturating_add)
    };
    let (enterprise, person) = (sum("enterprise"), sum("person"));
    let sums = [enterprise, person, enterprise.saturating_add(person)];
    let figures = found.document.noted.figures.clone();
    for figure in figures {
        match figure.says {
            Says::Fine(yuan)
                if !fines.is_empty() && !sums.contains(&yuan) && !fines.contains(&yuan) =>
            {
                let list: Vec<String> = fines.iter().map(|one| format!("{one} 元")).collect();
                let message = [
                    format!("文中写罚款 {yuan} 元，处理措施里是 {}", list.join("、")),
                    format!(
                        "the text says a fine of {yuan} yuan, the measures say {}",
                        list.join(", ")
                    ),
                ];
                let help = [
                    "核对决定书，改其中一处；万元和元不要混",
                    "compare with the decision and mend one of them; 万元 are ten thousand yuan",
                ];
                found.add("amounts-differ", &figure.bytes, message, help);
            }
            Says::TwoAmounts(first, second) => {
                let message = [
                    format!("同一笔金额两种写法不一致：{first} 元和 {second} 元"),
                    format!(
                        "one amount is written in two ways that differ: {first} and {second} yuan"
                    ),
                ];
                let help = ["核对后改成一致", "make the two agree"];
                found.add("amounts-differ", &figure.bytes, message, help);
            }
            Says::FalseCode => {
                let message = super::false_code("");
                found.add("credit-code", &figure.bytes, message, super::CODE_HELP);
            }
            Says::Fine(_) => {}
        }
    }
}
