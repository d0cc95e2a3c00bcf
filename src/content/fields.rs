//! Reads the keys of one TOML table by name and type, collecting every mistake: a missing key, a wrong
//! type, a value outside its vocabulary, and at the end each key that nobody asked for.
//! Knows nothing of the kinds; entry point: [`Fields`].

pub mod context;

use crate::diag::{Message, did_you_mean, nearest, suggest};
use crate::parse::data::{Entry, Node, Value};
use context::Context;
use jiff::civil::DateTime;
use std::cell::RefCell;
use std::ops::Range;

/// A value and the bytes of its file where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// An entry of a list that holds strings and tables.
pub enum Item<'a> {
    /// A string.
    Text(Located<String>),
    /// A table.
    Table(Fields<'a>),
}

/// One table being read. Ask for every key, then call [`Fields::finish`].
pub struct Fields<'a> {
    /// The document's context.
    pub context: &'a Context<'a>,
    entries: &'a [Entry],
    /// Where a missing key is reported: the table's own place.
    place: Range<usize>,
    asked: Vec<&'static str>,
    level: Level,
    /// Keys that the table lacks, each with its finding.
    lacks: RefCell<Vec<(&'static str, usize)>>,
}

/// What a table is to its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// The document itself.
    Document,
    /// A table in it.
    Inner,
}

impl<'a> Fields<'a> {
    /// Begins to read a table whose own place is `place`.
    #[must_use]
    pub fn new(context: &'a Context<'a>, entries: &'a [Entry], place: Range<usize>) -> Self {
        Self {
            context,
            entries,
            place,
            asked: Vec::new(),
            level: Level::Document,
            lacks: RefCell::default(),
        }
    }

    fn inner(context: &'a Context<'a>, entries: &'a [Entry], place: Range<usize>) -> Self {
        Self {
            level: Level::Inner,
            ..Self::new(context, entries, place)
        }
    }

    fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    fn missing(&self, key: &'static str) {
        let lack = (key, self.context.count());
        self.lacks.borrow_mut().push(lack);
        if self.level == Level::Document {
            self.context.lacks.borrow_mut().push(lack);
        }
        let line = self.context.pair(key, "…");
        self.context.error(
            "missing-key",
            self.place.clone(),
            Message::new(
                format!("缺少字段 `{key}`"),
                format!("the key `{key}` is missing"),
            ),
            Message::new(format!("补上一行：{line}"), format!("add a line: {line}")),
        );
    }

    fn wrong_type(&self, key: &str, node: &Node, zh: &str, en: &str) {
        let noun = node.value.noun();
        let line = self.context.pair(key, &example(en, &node.value));
        self.context.error(
            "wrong-type",
            node.bytes.clone(),
            Message::new(
                format!("`{key}` 应为{zh}，这里是{}", noun.zh),
                format!("`{key}` takes {en}, this is {}", noun.en),
            ),
            Message::new(format!("写成 {line}"), format!("write {line}")),
        );
    }

    /// The place where findings about the table as a whole belong.
    #[must_use]
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// An optional string.
    pub fn text(&mut self, key: &'static str) -> Option<Located<String>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some(Located {
                value: text.clone(),
                bytes: node.bytes.clone(),
            }),
            _ => {
                self.wrong_type(key, node, "文字", "a string");
                None
            }
        }
    }

    /// A string that must be there and hold more than white space.
    pub fn required_text(&mut self, key: &'static str) -> Located<String> {
        let present = self.entries.iter().any(|entry| entry.key == key);
        let text = self.text(key);
        let empty = text
            .as_ref()
            .is_none_or(|text| text.value.trim().is_empty());
        if empty && (!present || text.is_some()) {
            self.missing(key);
        }
        text.unwrap_or(Located {
            value: String::new(),
            bytes: self.place.clone(),
        })
    }

    /// A list of strings; empty where the key is absent.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<String>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.wrong_type(key, node, "文字列表", LIST);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push(Located {
                    value: text.clone(),
                    bytes: item.bytes.clone(),
                }),
                _ => self.wrong_type(key, item, "文字列表", LIST),
            }
        }
        texts
    }

    /// A list of strings and tables, each read by `read`; empty where the key is absent.
    pub fn texts_or_tables<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(Item<'a>) -> T,
    ) -> Vec<T> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let (zh, en) = ("文字或者表的列表", MIXED);
        let Value::List(items) = &node.value else {
            self.wrong_type(key, node, zh, en);
            return Vec::new();
        };
        let mut all = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) => all.push(read(Item::Text(Located {
                    value: text.clone(),
                    bytes: item.bytes.clone(),
                }))),
                Value::Table(entries) => {
                    let place = item.bytes.start..item.bytes.start + 1;
                    all.push(read(Item::Table(Fields::inner(
                        self.context,
                        entries,
                        place,
                    ))));
                }
                _ => self.wrong_type(key, item, zh, en),
            }
        }
        all
    }

    /// An optional integer.
    pub fn integer(&mut self, key: &'static str) -> Option<Located<i64>> {
        let node = self.node(key)?;
        match node.value {
            Value::Integer(value) => Some(Located {
                value,
                bytes: node.bytes.clone(),
            }),
            _ => {
                self.wrong_type(key, node, "整数", "an integer");
                None
            }
        }
    }

    /// An integer that must be there; zero stands in for a missing one.
    pub fn required_integer(&mut self, key: &'static str) -> Located<i64> {
        let present = self.entries.iter().any(|entry| entry.key == key);
        let integer = self.integer(key);
        if !present {
            self.missing(key);
        }
        integer.unwrap_or(Located {
            value: 0,
            bytes: self.place.clone(),
        })
    }

    /// A list of integers that must be there.
    pub fn required_integers(&mut self, key: &'static str) -> Vec<Located<i64>> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.missing(key);
        }
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.wrong_type(key, node, "整数列表", "a list of integers");
            return Vec::new();
        };
        let mut integers = Vec::with_capacity(items.len());
        for item in items {
            match item.value {
                Value::Integer(value) => integers.push(Located {
                    value,
                    bytes: item.bytes.clone(),
                }),
                _ => self.wrong_type(key, item, "整数列表", "a list of integers"),
            }
        }
        integers
    }

    /// An optional `true` or `false`; absent is `false`.
    pub fn truth(&mut self, key: &'static str) -> bool {
        self.optional_truth(key).unwrap_or(false)
    }

    /// Whether something holds; nothing where it is not said.
    pub fn optional_truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Value::Boolean(truth) => Some(truth),
            _ => {
                self.wrong_type(key, node, " true 或 false", "true or false");
                None
            }
        }
    }

    /// An optional date, written as a TOML date or as text `YYYY-MM-DD` or `YYYY-MM-DD HH:MM`.
    pub fn date(&mut self, key: &'static str) -> Option<Located<DateTime>> {
        let node = self.node(key)?;
        let value = match &node.value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => written_date(text),
            _ => {
                self.wrong_type(key, node, "日期", "a date");
                return None;
            }
        };
        if value.is_none() {
            let day = self.context.pair(key, "2025-03-01");
            self.context.error(
                "bad-date",
                node.bytes.clone(),
                Message::new(
                    format!("`{key}` 不是日期"),
                    format!("`{key}` is not a date"),
                ),
                Message::new(
                    format!("写成 {day} 或 {day} 09:30:00"),
                    format!("write {day} or {day} 09:30:00"),
                ),
            );
        }
        value.map(|value| Located {
            value,
            bytes: node.bytes.clone(),
        })
    }

    /// A date that must be there.
    pub fn required_date(&mut self, key: &'static str) -> Option<Located<DateTime>> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.missing(key);
        }
        self.date(key)
    }

    /// An optional id of a vocabulary's term.
    pub fn term(&mut self, key: &'static str, vocabulary: &str) -> Option<Located<String>> {
        let term = self.text(key)?;
        self.check_term(&term, vocabulary).then_some(term)
    }

    /// The id of a vocabulary's term that must be there.
    pub fn required_term(&mut self, key: &'static str, vocabulary: &str) -> Located<String> {
        let term = self.required_text(key);
        if !term.value.is_empty() {
            self.check_term(&term, vocabulary);
        }
        term
    }

    /// A list of ids of a vocabulary's terms.
    pub fn terms(&mut self, key: &'static str, vocabulary: &str) -> Vec<Located<String>> {
        let mut terms = self.texts(key);
        terms.retain(|term| self.check_term(term, vocabulary));
        terms
    }

    fn check_term(&self, term: &Located<String>, vocabulary: &str) -> bool {
        let allowed = self.context.vocabularies.ids(vocabulary);
        allowed.is_empty() || one_of(self.context, term, vocabulary, &allowed)
    }

    /// One of a few words fixed by the program itself.
    pub fn choice(&mut self, key: &'static str, allowed: &[&str]) -> Located<String> {
        let word = self.required_text(key);
        if !word.value.is_empty() {
            one_of(self.context, &word, key, allowed);
        }
        word
    }

    /// One of a few words fixed by the program itself, where the key is there.
    pub fn optional_choice(
        &mut self,
        key: &'static str,
        allowed: &[&str],
    ) -> Option<Located<String>> {
        let word = self.text(key)?;
        one_of(self.context, &word, key, allowed).then_some(word)
    }

    /// The tables of a list, each with a reader of its own.
    pub fn tables(&mut self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.wrong_type(key, node, "若干个表", "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Table(entries) => tables.push(Fields::inner(
                    self.context,
                    entries,
                    // A table's own bytes may be its whole text: its beginning is place enough.
                    item.bytes.start..item.bytes.start + 1,
                )),
                _ => self.wrong_type(key, item, "若干个表", "a list of tables"),
            }
        }
        tables
    }

    /// An optional table.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'a>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Table(entries) => Some(Fields::inner(self.context, entries, node.bytes.clone())),
            _ => {
                self.wrong_type(key, node, "一个表", "a table");
                None
            }
        }
    }

    /// A key whose value is free (`[extra]`): accepted as it is.
    pub fn free(&mut self, key: &'static str) -> Option<&'a Node> {
        self.node(key)
    }

    /// The whole table as it is, for tables whose keys the author chooses (a register's example row).
    #[must_use]
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }

    /// Reports each key that nobody asked for, with the nearest that somebody did.
    pub fn finish(self) {
        for entry in self.entries {
            if self.asked.contains(&entry.key.as_str()) {
                continue;
            }
            let key = &entry.key;
            let guess = nearest(key, self.asked.iter().copied());
            // A key that is misspelt is not missing as well.
            let lacks = self.lacks.borrow();
            let misspelt = lacks.iter().filter(|(lack, _)| Some(*lack) == guess);
            let mut settled = self.context.settled.borrow_mut();
            settled.extend(misspelt.map(|(_, at)| *at));
            let help = did_you_mean(guess).unwrap_or_else(|| {
                Message::new(
                    format!("可用的字段：`{}`", self.asked.join("`、`")),
                    format!("allowed keys: `{}`", self.asked.join("`, `")),
                )
            });
            if self.level == Level::Inner {
                let mut strays = self.context.strays.borrow_mut();
                strays.push((key.clone(), self.context.count()));
            }
            self.context.error(
                "unknown-key",
                entry.key_bytes.clone(),
                Message::new(
                    format!("不认识的字段 `{key}`"),
                    format!("unknown key `{key}`"),
                ),
                help,
            );
        }
        if self.level == Level::Document {
            self.context.move_strays(&self.asked);
        }
    }
}

fn one_of(context: &Context<'_>, word: &Located<String>, list: &str, allowed: &[&str]) -> bool {
    if allowed.contains(&word.value.as_str()) {
        return true;
    }
    let written = &word.value;
    let help = suggest(written, allowed);
    context.error(
        "not-in-vocabulary",
        word.bytes.clone(),
        Message::new(
            format!("`{written}` 不在词表 `{list}` 中"),
            format!("`{written}` is not in the list `{list}`"),
        ),
        help,
    );
    false
}

fn written_date(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let full = match text.len() {
        10 => format!("{text} 00:00:00"),
        16 => format!("{text}:00"),
        _ => text.to_owned(),
    };
    DateTime::strptime("%Y-%m-%d %H:%M:%S", full).ok()
}

/// What lists are called in English, by which an example is chosen.
const LIST: &str = "a list of strings";
const MIXED: &str = "a list of strings or tables";

/// How a value is written; what was written is used where it can be.
fn example(kind: &str, written: &Value) -> String {
    match (kind, written) {
        ("an integer", Value::Text(text)) if text.trim().parse::<i64>().is_ok() => {
            text.trim().to_owned()
        }
        ("a string", Value::Integer(number)) => format!("\"{number}\""),
        (LIST | MIXED, Value::Text(text)) => format!("[\"{text}\"]"),
        ("a string", _) => "\"…\"".to_owned(),
        (LIST | MIXED, _) => "[\"…\", \"…\"]".to_owned(),
        ("an integer", _) => "3".to_owned(),
        ("true or false", _) => "true".to_owned(),
        ("a date", _) => "2025-03-01".to_owned(),
        _ => "{ … }".to_owned(),
    }
}
