//! 告知书 and 承诺书: the legend of blanks, the blocks to sign, and who keeps the copies.

use crate::content::letter::{Blank, Letter};
use serde::Serialize;

/// A letter; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LetterView {
    /// `notice`, `pledge`, `permit`, `card`, `report`, `plan`, `scheme`, `agreement` or `record`.
    pub letter_kind: String,
    /// How many copies.
    pub copies: i64,
    /// Who keeps them.
    pub holders: Vec<String>,
    /// The named blanks.
    pub blanks: Vec<BlankView>,
    /// Who signs.
    pub signatures: Vec<SignatureView>,
}

/// A named blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BlankView {
    /// The name used in the text.
    pub id: String,
    /// What goes in.
    pub title: String,
    /// The nearest of the widths that the style sheet has.
    pub width: i64,
}

/// A block to sign.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SignatureView {
    /// Who.
    pub party: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// The widths that the style sheet has, in characters.
const WIDTHS: [i64; 6] = [4, 8, 12, 16, 20, 24];

/// The view of a letter.
#[must_use]
pub fn view(letter: &Letter) -> LetterView {
    let signatures = letter.signatures.iter();
    LetterView {
        letter_kind: letter.letter_kind.value.clone(),
        copies: letter.copies.value,
        holders: letter.holders.clone(),
        blanks: letter.blanks.iter().map(blank).collect(),
        signatures: signatures
            .map(|one| SignatureView {
                party: one.party.clone(),
                lines: one.lines.clone(),
            })
            .collect(),
    }
}

/// The view of a blank; one without a width is as wide as its title.
#[must_use]
pub fn blank(blank: &Blank) -> BlankView {
    let own = i64::try_from(blank.title.chars().count()).unwrap_or(i64::MAX);
    let wanted = blank.width.as_ref().map_or(own, |width| width.value);
    let fitting = WIDTHS.into_iter().find(|width| *width >= wanted);
    BlankView {
        id: blank.id.value.clone(),
        title: blank.title.clone(),
        width: fitting.unwrap_or(24),
    }
}
