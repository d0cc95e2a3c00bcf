//! Words and marks that stand twice: 的的, ，，. The list is closed, and each of its characters knows the neighbours with
//! which it stands twice by right (目的的, 为了了解, 的的确确).

use super::Kind;
use super::block::{Block, Slip};

/// A character, before which others and behind which others it may stand twice.
const WORDS: &[(char, &str, &str)] = &[
    ('的', "目打标靶中", "确士"),
    ('了', "不得为除明末", "解结断却事然如不"),
    ('是', "于还但可就总要或只凡都正若像算倒便硬而乃真", "否非"),
    ('和', "温暖柔缓饱祥谦共平总调中验求之", "气美睦谐平解缓"),
    ('与', "参给赋付授", "否"),
    ('及', "涉顾普波危触提埃遍累旁论推", "时格第早其"),
    ('在', "现存实潜所内外自好健", "线职岗编建用校册逃押野"),
    ('被', "棉毛植", "子套单褥告害保服"),
    ('而', "", ""),
    ('但', "", ""),
    ('且', "", ""),
    ('或', "", ""),
    ('并', "合兼吞归一", "列行联"),
    ('从', "服随跟听遵信", "业事属犯"),
    ('由', "理自缘事案来情根因", ""),
    ('于', "单", "洪是都"),
];

/// Marks that never stand twice.
const MARKS: &str = "，、；：。";

/// The faults of this kind.
pub(super) fn slips(block: &Block<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut index = 0;
    while index < block.length() {
        let one = block.at(index);
        let mut end = index + 1;
        while block.at(end) == one && end < block.length() {
            end += 1;
        }
        if end - index > 1 && is_slip(block, one, index, end) {
            slips.push(block.slip(Kind::Doubled, index..end, one, false));
        }
        index = end;
    }
    slips
}

fn is_slip(block: &Block<'_>, one: char, start: usize, end: usize) -> bool {
    let count = end - start;
    if MARKS.contains(one) {
        // Three full stops and more are somebody's ellipsis.
        return count == 2 || one != '。';
    }
    let word = WORDS.iter().find(|(word, ..)| *word == one);
    word.is_some_and(|(_, before, behind)| {
        count == 2 && !before.contains(block.before(start)) && !behind.contains(block.at(end))
    })
}
