//! 附件: what a text says is attached to it, and what the label of a file says. Entry points: [`find`] and [`label`].

use super::chinese_number;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A 附件 that a text names in its list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// Its number; none where the only one has none.
    pub number: Option<u32>,
    /// What it is called.
    pub title: String,
    /// Whether it is there at once: a link, or a heading with the matter below it.
    pub is_here: bool,
    /// Whether it is a heading: a page may hold one 附件 of many.
    pub is_heading: bool,
}

/// Every 附件 that a text lists: `附件：1. 登记表` with the lines that go on from there, `附件2：汇总表`.
#[must_use]
pub fn find(text: &str) -> Vec<Annex> {
    let mut found: Vec<Annex> = Vec::new();
    let mut listing = false;
    let (mut start, mut in_code) = (0, false);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        if in_code || is_fence {
            continue;
        }
        let words = bare(line);
        let is_heading = line.trim_start().starts_with('#');
        let bytes = at + (line.len() - line.trim_start().len())..at + line.trim_end().len();
        let annex = |number, title: &str| Annex {
            bytes: bytes.clone(),
            number,
            title: titled(title),
            is_here: is_heading || line.contains("]("),
            is_heading,
        };
        if words.is_empty() {
            continue;
        }
        if let Some(rest) = head(words) {
            listing = true;
            let entries = entries(rest);
            match (entries.is_empty(), rest.is_empty()) {
                (true, false) => found.push(annex(None, rest)),
                _ => found.extend(
                    entries
                        .into_iter()
                        .map(|(number, title)| annex(Some(number), title)),
                ),
            }
        } else if let Some((Some(number), title)) =
            label(words).filter(|(_, title)| !title.is_empty() || is_heading)
        {
            listing = false;
            found.push(annex(Some(number), title));
        } else if listing {
            let more = entries(words);
            listing = !more.is_empty();
            found.extend(
                more.into_iter()
                    .map(|(number, title)| annex(Some(number), title)),
            );
        }
    }
    found
}

/// What a label says of its number and its title: `附件2：登记表.docx`. Nothing where it is no 附件's; no number where the
/// only one has none.
#[must_use]
pub fn label(text: &str) -> Option<(Option<u32>, &str)> {
    let rest = text.trim().strip_prefix("附件")?;
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let (number, rest) = number(rest);
    let title = rest.trim_start_matches([' ', '\u{3000}']);
    let separated = title.strip_prefix(['：', ':', '.', '．', '、']);
    // 附件的要求, 附件目录: a word of a sentence.
    let is_label = separated.is_some() || title.is_empty() || (number.is_some() && title != rest);
    is_label.then(|| (number, separated.unwrap_or(title).trim()))
}

/// A line without what marks it as a heading, an entry or as strong, and without the link around it.
fn bare(line: &str) -> &str {
    let marks = ['#', '*', '_', '-', '+', '>', ' ', '\u{3000}', '\t', '['];
    line.trim().trim_start_matches(marks)
}

/// The rest of a line that begins the list: `附件：…`.
fn head(words: &str) -> Option<&str> {
    let rest = words
        .strip_prefix("附件说明")
        .or_else(|| words.strip_prefix("附件"))?;
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    let rest = rest.strip_prefix(['：', ':'])?;
    Some(rest.trim_start_matches(['*', '_', ' ', '\u{3000}']).trim())
}

/// `1. 登记表　2. 汇总表`: numbered titles, several on one line or one.
fn entries(words: &str) -> Vec<(u32, &str)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some((number, title)) = entry(rest) {
        let next = title
            .char_indices()
            .filter(|(_, one)| matches!(one, ' ' | '\u{3000}' | '；' | ';'))
            .map(|(at, one)| (at, at + one.len_utf8()))
            .find(|(_, after)| {
                entry(title.get(*after..).unwrap_or_default().trim_start()).is_some()
            });
        match next {
            Some((end, after)) => {
                found.push((number, title.get(..end).unwrap_or_default()));
                rest = title.get(after..).unwrap_or_default().trim_start();
            }
            None => {
                found.push((number, title));
                break;
            }
        }
    }
    found
}

/// `1. 登记表`
fn entry(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches('[');
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok()?;
    let title = text.get(digits..)?.strip_prefix(['.', '．', '、'])?;
    // 1.5米 is no entry.
    let begins = title
        .chars()
        .next()
        .is_some_and(|one| !one.is_ascii_digit());
    begins.then(|| (number, title.trim()))
}

/// The number at the beginning of a text, in digits or Chinese.
fn number(text: &str) -> (Option<u32>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return (text[..digits].parse().ok(), &text[digits..]);
    }
    let is_numeral = |one: &char| "一二三四五六七八九十".contains(*one);
    let numerals: Vec<char> = text.chars().take_while(is_numeral).collect();
    let length: usize = numerals.iter().map(|one| one.len_utf8()).sum();
    let number = chinese_number(&numerals).and_then(|number| number.try_into().ok());
    (number, &text[length..])
}

/// A title without marks of links and of strong text.
fn titled(text: &str) -> String {
    let text = text.trim().trim_start_matches('[');
    let text = text.split("](").next().unwrap_or_default();
    let text = text.trim_end_matches(['；', ';', '。', ']', '*', '_']);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Option<u32>, String, bool)> {
        let found = find(text).into_iter();
        found
            .map(|one| (one.number, one.title, one.is_here))
            .collect()
    }

    fn named(number: Option<u32>, title: &str) -> (Option<u32>, String, bool) {
        (number, title.to_owned(), false)
    }

    #[test]
    fn lists_of_every_form_are_read() {
        let both = [named(Some(1), "登记表"), named(Some(2), "汇总表")];
        for text in [
            "附件：1. 登记表\n　　　2. 汇总表\n\n某局\n",
            "附件：1.登记表 2.汇总表",
            "附件：1．登记表；2．汇总表。",
            "**附件：**\n\n1. 登记表\n2. 汇总表\n",
            "附件1：登记表\n\n附件2：汇总表\n",
            "- 附件一：登记表\n- 附件二 汇总表\n",
        ] {
            assert_eq!(found(text), both, "{text}");
        }
        assert_eq!(found("附件：登记表"), [named(None, "登记表")]);
        assert_eq!(
            found("[附件1：登记表](a.docx)\n\n## 附件2\n\n内容"),
            [
                (Some(1), "登记表".to_owned(), true),
                (Some(2), String::new(), true)
            ]
        );
    }

    #[test]
    fn sentences_about_attachments_are_no_list() {
        for text in [
            "附件目录写作“承诺书”。",
            "见附件1。",
            "附件的要求如下：\n1. 一\n",
            "安全附件：阀门",
            "```\n附件：1. 甲\n```\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn labels_tell_their_number() {
        assert_eq!(label("附件2：登记表.docx"), Some((Some(2), "登记表.docx")));
        assert_eq!(label("附件 3 登记表"), Some((Some(3), "登记表")));
        assert_eq!(label("附件：登记表"), Some((None, "登记表")));
        assert_eq!(label("附件十一：表"), Some((Some(11), "表")));
        assert_eq!(label("登记表"), None);
        assert_eq!(label("附件目录"), None);
    }
}
