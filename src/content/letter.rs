//! 告知书, 承诺书 and other papers to fill in and sign: a text with named blanks, signatures, and
//! holders of its copies.

use super::common::values;
use super::fields::{Fields, Located};

/// What a letter can be: 告知书, 承诺书, 作业票, 告知卡, 报告, 计划, 方案, 协议, 记录.
pub const LETTER_KINDS: [&str; 9] = [
    "notice",
    "pledge",
    "permit",
    "card",
    "report",
    "plan",
    "scheme",
    "agreement",
    "record",
];

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One of [`LETTER_KINDS`].
    pub letter_kind: Located<String>,
    /// How many copies.
    pub copies: Located<i64>,
    /// Who keeps them.
    pub holders: Vec<String>,
    /// The named blanks.
    pub blanks: Vec<Blank>,
    /// Who signs.
    pub signatures: Vec<Signature>,
}

/// A named blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The name used in the text.
    pub id: Located<String>,
    /// What goes in.
    pub title: String,
    /// Width in characters.
    pub width: Option<Located<i64>>,
}

/// A block to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub party: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Letter {
    let letter = Letter {
        letter_kind: fields.choice("letter_kind", &LETTER_KINDS),
        copies: fields.required_integer("copies"),
        holders: values(fields.texts("holders")),
        blanks: fields.tables("blanks").into_iter().map(blank).collect(),
        signatures: fields
            .tables("signatures")
            .into_iter()
            .map(signature)
            .collect(),
    };
    fields
        .context
        .unique(letter.blanks.iter().map(|blank| &blank.id));
    letter
}

fn blank(mut one: Fields<'_>) -> Blank {
    let fields = &mut one;
    let value = Blank {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        width: fields.integer("width"),
    };
    one.finish();
    value
}

fn signature(mut one: Fields<'_>) -> Signature {
    let fields = &mut one;
    let value = Signature {
        party: fields.required_text("party").value,
        lines: values(fields.texts("lines")),
    };
    one.finish();
    value
}
