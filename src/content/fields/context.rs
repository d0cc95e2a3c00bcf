//! What reading one document needs to know (its file, the closed lists, the language its keys are
//! written in) and what was found in it so far. Findings that are part of another are settled here, so
//! that each mistake is told once.

use super::Located;
use crate::content::vocabulary::Vocabularies;
use crate::diag::{Diagnostic, Message, Span};
use crate::parse::front_matter::Language;
use crate::path::SourcePath;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What reading a document needs to know, and what it has found so far.
pub struct Context<'a> {
    /// The file.
    pub source: &'a SourcePath,
    /// The closed lists.
    pub vocabularies: &'a Vocabularies,
    language: Language,
    pub(super) found: RefCell<Vec<Diagnostic>>,
    /// Keys that a table within the document holds and nobody asked it for: each with its finding.
    pub(super) strays: RefCell<Vec<(String, usize)>>,
    /// Keys that the document itself lacks, each with its finding.
    pub(super) lacks: RefCell<Vec<(&'static str, usize)>>,
    /// Findings that turned out to be part of another.
    pub(super) settled: RefCell<BTreeSet<usize>>,
}

impl<'a> Context<'a> {
    /// A context without findings.
    #[must_use]
    pub fn new(source: &'a SourcePath, vocabularies: &'a Vocabularies) -> Self {
        Self {
            source,
            vocabularies,
            language: Language::Toml,
            found: RefCell::default(),
            strays: RefCell::default(),
            lacks: RefCell::default(),
            settled: RefCell::default(),
        }
    }

    /// The same for a document in this language, for helps that show how to write a key.
    #[must_use]
    pub fn written_in(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// A key with its value as the document's language has it.
    pub(super) fn pair(&self, key: &str, value: &str) -> String {
        match self.language {
            Language::Toml => format!("{key} = {value}"),
            Language::Yaml => format!("{key}: {value}"),
        }
    }

    /// How many findings there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.borrow().len()
    }

    /// Whether a value was missing or of the wrong type since there were `before` findings.
    #[must_use]
    pub fn lacks_values_since(&self, before: usize) -> bool {
        let found = self.found.borrow();
        let mut since = found.iter().skip(before);
        since.any(|one| ["missing-key", "wrong-type"].contains(&one.code.as_ref()))
    }

    /// Notes an error at a place of the file.
    pub fn error(&self, code: &'static str, bytes: Range<usize>, message: Message, help: Message) {
        let span = Span {
            source: self.source.clone(),
            bytes,
        };
        self.found
            .borrow_mut()
            .push(Diagnostic::error(code, span, message).with_help(help));
    }

    /// Notes a warning at a place of the file.
    pub fn warning(
        &self,
        code: &'static str,
        bytes: Range<usize>,
        message: Message,
        help: Message,
    ) {
        let span = Span {
            source: self.source.clone(),
            bytes,
        };
        self.found
            .borrow_mut()
            .push(Diagnostic::warning(code, span, message).with_help(help));
    }

    /// Everything found.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let settled = self.settled.into_inner();
        let found = self.found.into_inner().into_iter().enumerate();
        let found = found.filter(|(at, _)| !settled.contains(at));
        found.map(|(_, found)| found).collect()
    }

    /// Keys of the document that stand in one of its tables: in TOML every line behind a table's head
    /// belongs to the table. Each is one mistake, not an unknown key and a missing one.
    pub(super) fn move_strays(&self, asked: &[&'static str]) {
        let (strays, lacks) = (self.strays.borrow(), self.lacks.borrow());
        let mut found = self.found.borrow_mut();
        let mut settled = self.settled.borrow_mut();
        for (key, at) in strays
            .iter()
            .filter(|(key, _)| asked.contains(&key.as_str()))
        {
            found[*at].message = Message::new(
                format!("`{key}` 写在了表里，它属于整个文件"),
                format!("`{key}` stands in a table and belongs to the file as a whole"),
            );
            found[*at].help = Some(match self.language {
                Language::Toml => Message::new(
                    "把这一行移到文件中第一个以 [ 开头的行之前",
                    "move the line above the first line that begins with [",
                ),
                Language::Yaml => Message::new("这一行不要缩进", "do not indent the line"),
            });
            settled.extend(
                lacks
                    .iter()
                    .filter(|(lack, _)| lack == key)
                    .map(|(_, at)| *at),
            );
        }
    }

    /// Reports each id that stands twice, at its second place.
    pub fn unique<'i>(&self, ids: impl IntoIterator<Item = &'i Located<String>>) {
        let mut first: BTreeMap<&str, &Located<String>> = BTreeMap::new();
        for id in ids {
            if first.insert(&id.value, id).is_some() {
                let name = &id.value;
                self.error(
                    "duplicate-id",
                    id.bytes.clone(),
                    Message::new(
                        format!("编号 `{name}` 在本文件中用了两次"),
                        format!("the id `{name}` is used twice in this file"),
                    ),
                    Message::new(
                        "新条目用一个没有用过的编号；旧条目的编号不要改",
                        "give the newer entry an id of its own; never change the older one",
                    ),
                );
            }
        }
    }
}
