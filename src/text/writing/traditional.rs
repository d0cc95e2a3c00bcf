//! Traditional characters in simplified text, by the table that search folds with. Left alone is what stands in titles,
//! and what is a simplified character too: 徵 of 宫商角徵羽, 乾 of 乾坤, 昇 in names.

use super::super::fold::simplifications;
use super::Kind;
use super::block::{Block, Slip};
use std::sync::LazyLock;

/// Traditional characters that simplified text knows as well (GB/T 2312 or 通用规范汉字表).
const BOTH: &str = "乾吒夥徵捱摺於榘甯菸薹醣麴麽昇脩勣祕陞剋榦甦蒐";
/// Those with more than one simplified form: which is meant, a person has to say.
const MANY: &str = "鍾餘瀋鉅鍊諮閒麼蘋鏇齧託儘劃";

/// The characters of the basic block that the table simplifies: asked of every character, so by place and not by name.
static TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let characters = FIRST..=LAST;
    characters
        .map(|one| simplifications().contains_key(&one))
        .collect()
});
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

fn is_traditional(one: char) -> bool {
    let place = u32::from(one).checked_sub(u32::from(FIRST));
    let place = place.and_then(|place| usize::try_from(place).ok());
    place.is_some_and(|place| TRADITIONAL.get(place) == Some(&true))
}

/// The faults of this kind.
pub(super) fn slips(block: &Block<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for index in 0..block.length() {
        let one = block.at(index);
        if !is_traditional(one) {
            continue;
        }
        let Some(&right) = simplifications().get(&one) else {
            continue;
        };
        if !('\u{4e00}'..='\u{9fff}').contains(&right) || BOTH.contains(one) {
            continue;
        }
        let slip = block.slip(
            Kind::Traditional,
            index..index + 1,
            right,
            !MANY.contains(one),
        );
        if !block.is_in_title(slip.bytes.start) {
            slips.push(slip);
        }
    }
    slips
}
