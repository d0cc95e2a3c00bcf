//! From one file's bytes to data and text. Pure: a result depends on the file's bytes and path alone,
//! so that it can be kept as long as they do not change. Entry point: [`file`].

pub mod asset;
pub mod data;
pub mod directive;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod marked;
pub mod noted;
pub mod picture;
pub mod prose;
pub mod yaml;

use crate::diag::{Checked, Diagnostic};
use crate::path::SourcePath;
use crate::text::personal;
use crate::text::writing::{self, Prose};
use data::Entry;
use front_matter::{Front, Language};
use markdown::Body;
use noted::Noted;
use serde::{Deserialize, Serialize};

/// One file of the content folder. Every place in it is in bytes of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The data: the whole of a `.toml` file, the front matter of Markdown. Faults of the encoding and
    /// of the fences are among its diagnostics.
    pub entries: Checked<Vec<Entry>>,
    /// What the data is written in.
    pub language: Language,
    /// The text; empty for a `.toml` file.
    pub body: Body,
    /// The byte where the text begins.
    pub body_start: usize,
    /// What is wrong in the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What in the file belongs to a person, with what is written there; names count in cases of enforcement alone.
    pub personal: Vec<(personal::Found, String)>,
    /// The words that readers see, for rules that know names.
    pub prose: Prose,
    /// What is wrong in how they are written.
    pub writing: Vec<writing::Found>,
    /// What the rules of publishing ask of its words.
    pub noted: Noted,
}

impl Parsed {
    /// A file without text.
    fn data(value: Vec<Entry>, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            entries: Checked { value, diagnostics },
            language: Language::Toml,
            body: Body::default(),
            body_start: 0,
            diagnostics: Vec::new(),
            personal: Vec::new(),
            noted: Noted::default(),
            prose: Prose::default(),
            writing: Vec::new(),
        }
    }

    /// The same with what is wrong in its prose.
    fn written(self, prose: Prose) -> Self {
        Self {
            writing: writing::find(&prose),
            prose,
            ..self
        }
    }
}

/// Everything personal in a file. Names are asked for in cases of enforcement alone, which must say who the `party` is;
/// to look for them takes as long as for all the rest.
fn personal(text: &str) -> Vec<(personal::Found, String)> {
    let found = match text.contains("party") {
        true => personal::find_with_names(text),
        false => personal::find(text),
    };
    let found = found.into_iter().filter_map(|one| {
        let value = text.get(one.bytes.clone())?.to_owned();
        Some((one, value))
    });
    found.collect()
}

/// Reads a `.toml` file as data, any other as Markdown with or without front matter.
#[must_use]
pub fn file(path: &SourcePath, bytes: &[u8]) -> Parsed {
    let text = match front_matter::decode(bytes, path) {
        Ok(text) => text,
        Err(found) => return Parsed::data(Vec::new(), vec![*found]),
    };
    if path.extension() == "toml" {
        let offset = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let entries = data::parse(&text[offset..], path, offset);
        let prose = prose::of_data(&entries.value, text);
        let parsed = Parsed {
            personal: personal(text),
            noted: Noted::of(text, text.len()),
            ..Parsed::data(entries.value, entries.diagnostics)
        };
        return parsed.written(prose);
    }
    let parts = match front_matter::split(text, path) {
        Ok(parts) => parts,
        Err(found) => return Parsed::data(Vec::new(), vec![*found]),
    };
    let language = parts.front.as_ref().map(|front| front.language);
    let entries = match parts.front {
        Some(front) => front_entries(text, &front, path),
        None => Checked {
            value: Vec::new(),
            diagnostics: Vec::new(),
        },
    };
    let body_start = parts.body.start;
    let (mut body, problems, words) =
        markdown::parse_with_prose(&text[parts.body], &markdown::Options::default());
    body.shift(body_start);
    let mut prose = prose::of_data(&entries.value, text);
    prose.append_from(words, body_start);
    let parsed = Parsed {
        entries,
        language: language.unwrap_or(Language::Toml),
        body,
        body_start,
        diagnostics: problems
            .into_iter()
            .map(|problem| problem.diagnostic(path, body_start))
            .collect(),
        personal: personal(text),
        noted: Noted::of(text, body_start),
        prose: Prose::default(),
        writing: Vec::new(),
    };
    parsed.written(prose)
}

fn front_entries(text: &str, front: &Front, path: &SourcePath) -> Checked<Vec<Entry>> {
    let (start, inner) = (front.bytes.start, &text[front.bytes.clone()]);
    match front.language {
        Language::Toml => data::parse(inner, path, start),
        Language::Yaml => yaml::parse(inner, path, start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str, text: &str) -> Parsed {
        match SourcePath::new(name) {
            Ok(path) => file(&path, text.as_bytes()),
            Err(problem) => unreachable!("a constant path: {problem:?}"),
        }
    }

    #[test]
    fn every_place_is_in_bytes_of_the_file() {
        let text = "\u{feff}---\n标题: 安\n---\n# 一\n\n[乙](b.md) :blank[丙]\n\n:::nota\n:::\n";
        let found = parsed("content/a.md", text);
        let cut = |bytes: &std::ops::Range<usize>| text.get(bytes.clone()).unwrap_or_default();
        assert_eq!(cut(&found.entries.value[0].key_bytes), "标题");
        assert_eq!(cut(&found.body.headings[0].span).trim_end(), "# 一");
        assert_eq!(cut(&found.body.slots[0].span), "[乙](b.md)");
        assert_eq!(cut(&found.body.blanks[0].1), ":blank[丙]");
        assert_eq!(found.body_start, text.find('#').unwrap_or_default());
        let place = found.diagnostics[0]
            .span
            .as_ref()
            .map(|span| cut(&span.bytes));
        assert_eq!(place, Some("nota"));
    }

    #[test]
    fn what_was_parsed_can_be_kept() -> serde_json::Result<()> {
        let text = "+++\ntitle = \"安\"\nday = 2024-01-05\nlist = [1, 2.5, true]\n[t]\nk = 1\n+++\n# 一\n\n[乙](b.md)\n\n:::nota\n";
        let found = parsed("content/a.md", text);
        assert!(!found.diagnostics.is_empty());
        let kept: Parsed = serde_json::from_str(&serde_json::to_string(&found)?)?;
        assert_eq!(kept, found);
        Ok(())
    }

    #[test]
    fn a_toml_file_is_data_as_a_whole() {
        let found = parsed("content/a.toml", "\u{feff}a = 1\n");
        assert_eq!(found.entries.value[0].key_bytes, 3..4);
        assert_eq!(found.body, Body::default());
    }
}
