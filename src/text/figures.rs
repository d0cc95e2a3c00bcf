//! Figures in a text that a record answers for: amounts of fines in yuan, an amount that stands twice in two forms, and
//! unified social credit codes.

pub mod amount;
pub mod credit_code;

use amount::{Written, amount};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A figure that is held against others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// What it says.
    pub says: Says,
}

/// What a figure says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    /// A fine was imposed, in yuan.
    Fine(i64),
    /// One amount stands in two forms that differ, both in yuan: 5万元（500000元）.
    TwoAmounts(i64, i64),
    /// A credit code whose check digit is wrong.
    FalseCode,
}

/// All figures of a text, in order; what agrees with itself is left out.
#[must_use]
pub fn find(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    if text.contains('元') {
        fines(text, &mut found);
        pairs(text, &mut found);
    }
    codes(text, &mut found);
    found.sort_by_key(|one| one.bytes.start);
    found
}

/// What may stand between 罚款 and its amount.
const BEFORE: [&str; 10] = [
    "，",
    "人民币",
    "共计",
    "合计",
    "各",
    "计",
    "为",
    "：",
    ":",
    " ",
];
/// What makes an amount the bound of a range, as laws have it.
const BOUND: [&str; 8] = ["以下", "以上", "以内", "至", "到", "～", "-", "—"];

fn skip<'a>(mut text: &'a str, words: &[&str]) -> &'a str {
    while let Some(rest) = words.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest;
    }
    text
}

/// 罚款5万元, 处五万元罚款; not the ranges that a law allows.
fn fines(text: &str, found: &mut Vec<Figure>) {
    for (at, word) in text.match_indices("罚款") {
        let rest = skip(&text[at + word.len()..], &BEFORE);
        let start = text.len() - rest.len();
        if let Some(one) = amount(rest).filter(|one| is_single(&rest[one.length..])) {
            found.push(fine(start, one));
        }
    }
    for (at, word) in text.match_indices('处') {
        let rest = skip(&text[at + word.len()..], &["以", "人民币"]);
        let start = text.len() - rest.len();
        let Some(one) = amount(rest) else { continue };
        let after = skip(&rest[one.length..], &["的", " "]);
        if after.starts_with("罚款") {
            found.push(fine(start, one));
        }
    }
}

fn is_single(after: &str) -> bool {
    !BOUND.iter().any(|bound| after.starts_with(bound))
}

fn fine(start: usize, one: Written) -> Figure {
    Figure {
        bytes: start..start + one.length,
        says: Says::Fine(one.yuan),
    }
}

/// 50000元（5万元）, 人民币伍万元整（¥50,000元）: what differs.
fn pairs(text: &str, found: &mut Vec<Figure>) {
    for (at, _) in text.match_indices('元') {
        let end = at + "元".len();
        let rest = skip(&text[end..], &["整"]);
        let Some(inner) = rest.strip_prefix('（').or_else(|| rest.strip_prefix('(')) else {
            continue;
        };
        let inner = skip(
            inner,
            &[
                "大写",
                "小写",
                "即",
                "合",
                "人民币",
                "￥",
                "¥",
                "：",
                ":",
                " ",
            ],
        );
        let Some(second) = amount(inner) else {
            continue;
        };
        let after = skip(&inner[second.length..], &["整"]);
        if !after.starts_with(['）', ')']) {
            continue;
        }
        let start = amount::start_of(&text[..at]);
        let Some(first) = amount(&text[start..]).filter(|one| start + one.length == end) else {
            continue;
        };
        if first.yuan != second.yuan {
            let close = text.len() - inner.len() + second.length;
            found.push(Figure {
                bytes: start..close,
                says: Says::TwoAmounts(first.yuan, second.yuan),
            });
        }
    }
}

/// Codes that are called so and are none.
fn codes(text: &str, found: &mut Vec<Figure>) {
    for (at, word) in text.match_indices("统一社会信用代码") {
        let rest = skip(
            &text[at + word.len()..],
            &["为", "：", ":", " ", "=", "\"", "）", "（"],
        );
        let start = text.len() - rest.len();
        let length = rest
            .find(|one: char| !one.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        // Shorter ones are no attempt at a code: a heading, a blank.
        if length >= 15 && !credit_code::is_valid(&rest[..length]) {
            found.push(Figure {
                bytes: start..start + length,
                says: Says::FalseCode,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<Says> {
        find(text).into_iter().map(|one| one.says).collect()
    }

    #[test]
    fn a_fine_is_read_and_a_range_of_the_law_is_not() {
        assert_eq!(
            says("对该公司罚款7万元，对站长罚款1.2万元。"),
            [Says::Fine(70_000), Says::Fine(12_000)]
        );
        assert_eq!(says("处罚款人民币50,000元"), [Says::Fine(50_000)]);
        assert_eq!(says("处以二十二万元的罚款"), [Says::Fine(220_000)]);
        assert_eq!(says("罚款一万二千元"), [Says::Fine(12_000)]);
        for law in [
            "处五万元以下罚款",
            "处十万元以上二十万元以下罚款",
            "罚款2万元至5万元",
            "并处罚款，计6万元以下",
            "罚款按上一年年收入计算",
            "责任人罚款一万元以上二万元以下",
        ] {
            assert_eq!(says(law), [], "{law}");
        }
    }

    #[test]
    fn one_amount_in_two_forms_must_be_one() {
        assert_eq!(
            says("没收50000元（5万元）、伍万元整（¥50,000元）、3万元（叁万元整）"),
            []
        );
        assert_eq!(
            says("没收5000元（5万元）"),
            [Says::TwoAmounts(5_000, 50_000)]
        );
        assert_eq!(
            says("合计12.5万元（大写：拾贰万元整）"),
            [Says::TwoAmounts(125_000, 120_000)]
        );
        assert_eq!(says("8元（含税）、8元（每人3元）"), []);
        let text = "共计5000元（5万元）。";
        assert_eq!(&text[find(text)[0].bytes.clone()], "5000元（5万元");
    }

    #[test]
    fn a_code_that_is_called_so_has_its_check_digit() {
        assert_eq!(says("统一社会信用代码：91350100M000100Y43"), []);
        assert_eq!(
            says("统一社会信用代码：91350100M000100Y44"),
            [Says::FalseCode]
        );
        assert_eq!(
            says("统一社会信用代码 | 单位 | 统一社会信用代码：______"),
            []
        );
    }
}
