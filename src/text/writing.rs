//! How Chinese prose is written: punctuation of the wrong width, characters that only look like the right ones,
//! traditional characters, words typed twice. Each finding says what stands there and what should; the safe ones say
//! which bytes to change. Every rule would rather miss a fault than blame a sound text.

mod block;
mod doubled;
mod look_alike;
mod prose;
mod punctuation;
#[cfg(test)]
mod tests;
mod traditional;

use block::{Block, Slip};
pub use prose::{OPAQUE, Prose};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Half-width punctuation between Han characters, full-width letters and digits.
    Width,
    /// A character that only looks like the right one.
    LookAlike,
    /// Something that nobody can see or nobody can read.
    Stray,
    /// A traditional character.
    Traditional,
    /// The same word or mark twice.
    Doubled,
    /// A name that the office does not use.
    Name,
}

/// Some bytes of a source and what should stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes.
    pub bytes: Range<usize>,
    /// What belongs there.
    pub right: String,
}

/// A fault in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub bytes: Range<usize>,
    /// What is written there, with a few characters around it.
    pub written: String,
    /// The same as it should be.
    pub right: String,
    /// What to change; empty where that is for a person to decide.
    pub edits: Vec<Edit>,
}

impl Found {
    /// Whether a program may change it without asking.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        !self.edits.is_empty()
    }
}

/// Everything that is wrong in a file's prose, in its order.
#[must_use]
pub fn find(prose: &Prose) -> Vec<Found> {
    // Where all is ASCII there is no Chinese.
    if prose.text().is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut characters = Vec::new();
    for (start, text) in prose.blocks() {
        let Some(block) = Block::new(start, text, &mut characters) else {
            continue;
        };
        let mut slips = punctuation::slips(&block);
        slips.extend(look_alike::slips(&block));
        slips.extend(traditional::slips(&block));
        slips.extend(doubled::slips(&block));
        if !slips.is_empty() {
            slips.sort_by_key(|slip| (slip.bytes.start, slip.kind));
            found.extend(joined(prose, &block, slips));
        }
    }
    found.sort_by_key(|one: &Found| (one.bytes.start, one.kind));
    found
}

/// How many bytes between two faults make them two findings.
const APART: usize = 24;
/// How many findings before it a fault may belong to.
const NEAR: usize = 8;
/// Bytes of the longest heading that is changed.
const HEADING: usize = 1000;

/// Faults of one kind that stand close together as one finding.
fn joined(prose: &Prose, block: &Block<'_>, slips: Vec<Slip>) -> Vec<Found> {
    let mut groups: Vec<Vec<Slip>> = Vec::new();
    for mut slip in slips {
        let is_quoted = prose.is_quoted(block.start + slip.bytes.start);
        if is_quoted && matches!(slip.kind, Kind::Traditional | Kind::Doubled) {
            continue;
        }
        slip.is_safe &= is_exact(prose, block, &slip) && keeps_name(prose, block, &slip);
        let group = groups.iter_mut().rev().take(NEAR).find(|group| {
            let last = group.last().filter(|last| {
                (last.kind, last.is_safe) == (slip.kind, slip.is_safe)
                    && slip.bytes.start < last.bytes.end + APART
            });
            let between = last.and_then(|last| block.text.get(last.bytes.end..slip.bytes.start));
            between.is_some_and(|between| !between.contains([OPAQUE, '\n']))
        });
        match group {
            Some(group) => group.push(slip),
            None => groups.push(vec![slip]),
        }
    }
    let groups = groups.iter();
    groups
        .filter_map(|group| told(prose, block, group))
        .collect()
}

/// A group of faults, all safe or none, as a finding in the source.
fn told(prose: &Prose, block: &Block<'_>, group: &[Slip]) -> Option<Found> {
    let (first, last) = (group.first()?, group.last()?);
    let whole = first.bytes.start..last.bytes.end;
    let around = block.around(&whole);
    let mut right = String::new();
    let mut done = around.start;
    for slip in group {
        right.push_str(block.text.get(done..slip.bytes.start)?);
        right.push_str(&slip.right);
        done = slip.bytes.end;
    }
    right.push_str(block.text.get(done..around.end)?);
    let safe = group.iter().filter(|slip| slip.is_safe);
    let edits = safe.filter_map(|slip| {
        Some(Edit {
            bytes: placed(prose, block, &slip.bytes)?.0,
            right: slip.right.clone(),
        })
    });
    let written = block.text.get(around)?;
    let written = match first.kind {
        Kind::Stray => points(block.text.get(first.bytes.clone())?),
        _ => shown(written),
    };
    Some(Found {
        kind: first.kind,
        bytes: placed(prose, block, &whole)?.0,
        written,
        right: shown(&right),
        edits: edits.collect(),
    })
}

/// Where some of a block stands in the source, and whether as it is.
fn placed(prose: &Prose, block: &Block<'_>, bytes: &Range<usize>) -> Option<(Range<usize>, bool)> {
    prose.place(&(block.start + bytes.start..block.start + bytes.end))
}

fn is_exact(prose: &Prose, block: &Block<'_>, slip: &Slip) -> bool {
    placed(prose, block, &slip.bytes).is_some_and(|(_, is_exact)| is_exact)
}

/// What nobody sees, by its numbers.
fn points(text: &str) -> String {
    let points = text.chars().map(|one| format!("U+{:04X}", u32::from(one)));
    points.collect::<Vec<_>>().join(" ")
}

/// Whether an address that is made of a heading stays what it is.
fn keeps_name(prose: &Prose, block: &Block<'_>, slip: &Slip) -> bool {
    if !prose.is_name(block.start + slip.bytes.start) {
        return true;
    }
    if block.text.len() > HEADING {
        return false;
    }
    let mut changed = block.text.to_owned();
    changed.replace_range(slip.bytes.clone(), &slip.right);
    super::slug(&changed, "") == super::slug(block.text, "")
}

/// A piece of prose as a message shows it.
fn shown(text: &str) -> String {
    text.replace(OPAQUE, "…").replace('\n', " ")
}

/// A name that is not to be used, found in a file's prose at a place of its text; `is_safe` where `right` may take its
/// place. Nothing where it stands in a title or a quotation, or is
/// spoken of: “消防栓”.
#[must_use]
pub fn name(prose: &Prose, at: Range<usize>, right: &str, is_safe: bool) -> Option<Found> {
    if prose.is_quoted(at.start) {
        return None;
    }
    let (start, text) = prose.block_of(at.start)?;
    let mut characters = Vec::new();
    let block = Block::new(start, text, &mut characters)?;
    let bytes = at.start.checked_sub(start)?..at.end.checked_sub(start)?;
    let is_whole_quotation = text.get(..bytes.start)?.ends_with(['“', '‘', '「'])
        && text.get(bytes.end..)?.starts_with(['”', '’', '」']);
    if is_whole_quotation || block.is_in_title(bytes.start) {
        return None;
    }
    let mut slip = Slip {
        kind: Kind::Name,
        bytes,
        right: right.to_owned(),
        is_safe,
    };
    slip.is_safe &= is_exact(prose, &block, &slip) && keeps_name(prose, &block, &slip);
    told(prose, &block, &[slip])
}
