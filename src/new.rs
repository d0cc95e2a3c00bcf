//! Beginnings for authors: a small site that works, and a filled-in example of every kind of document.
//! Pure but for `disk`: what is to be written comes back as paths and texts, and today is an argument.
//! Entry points: [`site::files`] and [`document::plan`]; [`disk`] writes them.

pub mod disk;
pub mod document;
pub mod example;
pub mod folders;
pub mod id;
pub mod site;

use crate::diag::{Message, nearest};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where, below the site's folder, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The word that asks for a whole site instead of a document.
pub const SITE: &str = "site";

/// The kinds in the order of [`crate::content::KINDS`] with their Chinese names.
pub const KINDS: [(&str, &str); 12] = [
    ("industry", "行业页"),
    ("checklist", "检查清单"),
    ("guide", "提升指南"),
    ("rules", "达标细则"),
    ("patrol", "网格员检查导则"),
    ("benchmark-case", "标杆案例"),
    ("enforcement-case", "执法案例"),
    ("form", "报表"),
    ("letter", "告知书、承诺书"),
    ("register", "台账"),
    ("policy", "政策文件"),
    ("page", "一般页面"),
];

/// The kind of this name.
///
/// # Errors
/// A message with the nearest guess, or with all kinds where none is near.
pub fn kind(word: &str) -> Result<&'static str, Message> {
    let known = KINDS.iter().find(|(kind, _)| *kind == word);
    if let Some((kind, _)) = known {
        return Ok(kind);
    }
    if let Some(guesses) = guesses(word) {
        return Err(Message::new(
            format!(
                "没有文档类型 `{word}`；是不是 `{}`？",
                guesses.join("` 或 `")
            ),
            format!(
                "there is no kind of document `{word}`; did you mean `{}`?",
                guesses.join("` or `")
            ),
        ));
    }
    let named = KINDS.map(|(kind, name)| format!("{kind}（{name}）"));
    let plain = KINDS.map(|(kind, _)| kind);
    Err(Message::new(
        format!(
            "没有文档类型 `{word}`；可选：site（新站点）、{}",
            named.join("、")
        ),
        format!(
            "there is no kind of document `{word}`; allowed: site, {}",
            plain.join(", ")
        ),
    ))
}

/// The kinds that hold the word as a part, else the nearest.
fn guesses(word: &str) -> Option<Vec<&'static str>> {
    let words = KINDS.map(|(kind, _)| kind).into_iter().chain([SITE]);
    let holding = words.clone();
    let holding = holding.filter(|kind| kind.split('-').any(|part| part == word));
    let holding: Vec<&str> = holding.collect();
    match holding.is_empty() {
        true => nearest(word, words).map(|guess| vec![guess]),
        false => Some(holding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_of_the_content() {
        assert_eq!(KINDS.map(|(kind, _)| kind), crate::content::KINDS);
    }

    #[test]
    fn a_kind_written_wrong_is_guessed_or_all_are_named() {
        let said = |word| kind(word).map_err(|message| message.en);
        assert_eq!(said("rules"), Ok("rules"));
        let guess = said("chekclist");
        assert!(guess.is_err_and(|message| message.ends_with("did you mean `checklist`?")));
        let all = said("检查清单");
        assert!(all.is_err_and(|message| message.ends_with("policy, page")));
    }
}
