//! The office's own word list (`content/words.toml`): names that are not to be used, and what to write instead.

use super::fields::context::Context;
use super::fields::{Fields, Located};
use super::vocabulary::Vocabularies;
use crate::diag::{Checked, Message};
use crate::parse::data::Entry;
use crate::path::SourcePath;
use crate::text::writing::{self, Found, Prose};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// One entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What is not to be written.
    pub wrong: Vec<Located<String>>,
    /// What to write instead.
    pub right: Located<String>,
    /// Why, in one line.
    pub note: Option<String>,
    /// Longer words in which it is right; where there are any, a person decides.
    pub except: Vec<String>,
}

/// The list, ready for looking.
#[derive(Debug, Default)]
pub struct Words {
    list: Vec<Word>,
    /// For each pattern the word that it belongs to; nothing where it is an exception or what is right.
    owners: Vec<Option<usize>>,
    automaton: Option<AhoCorasick>,
}

impl Words {
    /// Prepares a list.
    #[must_use]
    pub fn new(list: Vec<Word>) -> Self {
        let mut patterns: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (at, word) in list.iter().enumerate() {
            for wrong in word.wrong.iter().filter(|wrong| !wrong.value.is_empty()) {
                patterns.entry(&wrong.value).or_insert(Some(at));
            }
        }
        // The longest that begins earliest wins, so what holds a wrong name and is right keeps it from being found.
        let right = list.iter().map(|word| &word.right.value);
        let except = list.iter().flat_map(|word| &word.except);
        for pattern in right.chain(except).filter(|pattern| !pattern.is_empty()) {
            patterns.insert(pattern, None);
        }
        let (patterns, owners): (Vec<&str>, Vec<Option<usize>>) = patterns.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .ok();
        Self {
            automaton: automaton.filter(|_| !list.is_empty()),
            owners,
            list,
        }
    }

    /// Every wrong name in a file's prose, with the note of its entry.
    #[must_use]
    pub fn find(&self, prose: &Prose) -> Vec<(Found, Option<&str>)> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let matches = automaton.find_iter(prose.text());
        let found = matches.filter_map(|one| {
            let owner = self
                .owners
                .get(one.pattern().as_usize())
                .copied()
                .flatten()?;
            let word = self.list.get(owner)?;
            let is_safe = word.except.is_empty();
            let found = writing::name(prose, one.range(), &word.right.value, is_safe)?;
            Some((found, word.note.as_deref()))
        });
        found.collect()
    }
}

/// Reads `words.toml`.
#[must_use]
pub fn words(source: &SourcePath, entries: &[Entry]) -> Checked<Vec<Word>> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let mut fields = Fields::new(&context, entries, 0..0);
    let value: Vec<Word> = fields.tables("words").into_iter().map(word).collect();
    fields.finish();
    contradictions(&context, &value);
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn word(mut fields: Fields<'_>) -> Word {
    let mut word = Word {
        wrong: fields.texts("wrong"),
        right: fields.required_text("right"),
        note: fields.text("note").map(|note| note.value),
        except: Vec::new(),
    };
    if word.wrong.iter().all(|wrong| wrong.value.trim().is_empty()) {
        fields.context.error(
            "missing-key",
            fields.place(),
            Message::new("缺少字段 `wrong`", "the key `wrong` is missing"),
            Message::new(
                "补上一行：wrong = [\"不用的写法\"]",
                "add a line: wrong = [\"not this\"]",
            ),
        );
    }
    for except in fields.texts("except") {
        let mut wrong = word.wrong.iter();
        if wrong.any(|wrong| except.value.contains(&wrong.value)) {
            word.except.push(except.value);
            continue;
        }
        fields.context.error(
            "bad-word",
            except.bytes,
            Message::new(
                format!("例外 `{}` 里没有 `wrong` 的写法", except.value),
                format!("the exception `{}` holds none of `wrong`", except.value),
            ),
            Message::new(
                "写连同前后文的词，如 wrong = [\"安监局\"]，except = [\"原安监局\"]",
                "write the wrong name with what is around it, such as except = [\"原安监局\"] for wrong = [\"安监局\"]",
            ),
        );
    }
    fields.finish();
    word
}

/// What one entry wants written, another must not forbid: writing would never come to an end.
fn contradictions(context: &Context<'_>, words: &[Word]) {
    for word in words {
        let right = &word.right.value;
        let others = words.iter().flat_map(|other| &other.wrong);
        let clash = others
            .filter(|wrong| !wrong.value.is_empty() && right == &wrong.value)
            .map(|wrong| &wrong.value)
            .next();
        let Some(clash) = clash else { continue };
        context.error(
            "bad-word",
            word.right.bytes.clone(),
            Message::new(
                format!("`{right}` 在这里是对的，另一处又把 `{clash}` 写成错的"),
                format!("`{right}` is right here, and `{clash}` is wrong elsewhere"),
            ),
            Message::new("两处留一处", "keep one of the two"),
        );
    }
}
