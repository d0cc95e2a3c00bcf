//! What a file's words hold that publishing rules ask about, noted when the file is read, since its text is not at hand
//! when the site is seen at once: which documents it names, clauses that shift liability, what it lists as attached, what a
//! notice tells, amounts of fines. What it means, and for whom, is for the rules to say.

use crate::text::annexes::{self, Annex};
use crate::text::figures::{self, Figure};
use crate::text::liability;
use crate::text::mentions::{self, Mention};
use crate::text::notice::Told;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What was noted of one file; every place is in bytes of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The laws, rules and standards that it names.
    pub mentions: Vec<Mention>,
    /// Clauses that shift liability.
    pub disclaimers: Vec<Range<usize>>,
    /// What its text lists as attached.
    pub annexes: Vec<Annex>,
    /// What it tells of hazards.
    pub told: Told,
    /// Amounts and codes that a record answers for.
    pub figures: Vec<Figure>,
}

impl Noted {
    /// Notes what a file holds: data up to byte `text_start`, from there on text.
    #[must_use]
    pub fn of(file: &str, text_start: usize) -> Self {
        let text = file.get(text_start..).unwrap_or_default();
        let comments = comments(file.get(..text_start).unwrap_or_default());
        let is_said = |place: &Range<usize>| {
            let mut comments = comments.iter();
            !comments.any(|comment| comment.contains(&place.start))
        };
        let mut annexes = annexes::find(text);
        for annex in &mut annexes {
            annex.bytes = annex.bytes.start + text_start..annex.bytes.end + text_start;
        }
        let mut mentions = mentions::find(file);
        mentions.retain(|one| is_said(&one.bytes));
        let mut disclaimers = liability::find(file);
        disclaimers.retain(is_said);
        Self {
            mentions,
            disclaimers,
            annexes,
            told: Told::by(text),
            figures: figures::find(file),
        }
    }
}

/// Lines of data that begin with `#`: no reader sees them.
fn comments(data: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines = data.split_inclusive('\n').map(|line| {
        let bytes = start..start + line.len();
        start = bytes.end;
        (bytes, line)
    });
    let comments = lines.filter(|(_, line)| line.trim_start().starts_with('#'));
    comments.map(|(bytes, _)| bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_file_and_comments_are_not_read() {
        let file =
            "+++\n# 按GB 2894-2008\ntitle = \"依GB 2893-2008\"\n+++\n附件：1. 表\n\n后果自负\n";
        let start = file.find("附件").unwrap_or_default();
        let noted = Noted::of(file, start);
        let cut = |bytes: &Range<usize>| file.get(bytes.clone()).unwrap_or_default();
        let names: Vec<&str> = noted.mentions.iter().map(|one| cut(&one.bytes)).collect();
        assert_eq!(names, ["GB 2893-2008"]);
        assert_eq!(cut(&noted.annexes[0].bytes), "附件：1. 表");
        assert_eq!(cut(&noted.disclaimers[0]), "后果自负");
    }
}
