//! TOML as plain data with the place of every key and value, so that later stages can point at them.
//! Knows nothing of what the keys mean. Entry point: [`parse`].

mod fault;

use crate::diag::{Checked, Diagnostic, Message, Span};
use crate::path::SourcePath;
use fault::{causes, fault};
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A value and where it stands, in bytes of its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Where the value stands.
    pub bytes: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A value of TOML or YAML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A local date, with the time where one is written.
    Date(DateTime),
    /// An array.
    List(Vec<Node>),
    /// A table in the order of the file.
    Table(Vec<Entry>),
}

/// One key of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_bytes: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Value {
    /// What the value is, as a noun for messages.
    #[must_use]
    pub fn noun(&self) -> Message {
        let (zh, en) = match self {
            Self::Text(_) => ("文字", "a string"),
            Self::Integer(_) => ("整数", "an integer"),
            Self::Float(_) => ("小数", "a number with a fraction"),
            Self::Boolean(_) => ("true/false", "true or false"),
            Self::Date(_) => ("日期", "a date"),
            Self::List(_) => ("列表", "a list"),
            Self::Table(_) => ("表", "a table"),
        };
        Message::new(zh, en)
    }
}

/// Reads TOML that stands in `source` from byte `offset` on (front matter begins after its fence).
/// Every syntax error is reported; what could be read is returned beside them.
#[must_use]
pub fn parse(text: &str, source: &SourcePath, offset: usize) -> Checked<Vec<Entry>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        source,
        offset,
        diagnostics: Vec::new(),
    };
    let errors = errors.iter().map(|error| {
        let at = error.span().unwrap_or(0..0);
        (at, error.message())
    });
    for (at, message) in causes(text, errors.collect()) {
        reader.syntax(message, at, text);
    }
    Checked {
        value: reader.table(table.get_ref()),
        diagnostics: reader.diagnostics,
    }
}

struct Reader<'a> {
    source: &'a SourcePath,
    offset: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, bytes: Range<usize>) -> Range<usize> {
        bytes.start + self.offset..bytes.end + self.offset
    }

    fn syntax(&mut self, message: &str, bytes: Range<usize>, text: &str) {
        let fault = fault(message, bytes, text);
        let span = Span {
            source: self.source.clone(),
            bytes: self.place(fault.bytes),
        };
        self.diagnostics
            .push(Diagnostic::error("toml-syntax", span, fault.message).with_help(fault.help));
    }

    fn table(&mut self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = table
            .iter()
            .filter_map(|(key, value)| {
                Some(Entry {
                    key: key.get_ref().to_string(),
                    key_bytes: self.place(key.span()),
                    node: self.node(value.get_ref(), value.span())?,
                })
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_bytes.start);
        entries
    }

    fn node(&mut self, value: &DeValue<'_>, bytes: Range<usize>) -> Option<Node> {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(truth) => Value::Boolean(*truth),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(integer) => Value::Integer(integer),
                    Err(_) => return self.refuse(bytes, TOO_LARGE),
                }
            }
            DeValue::Float(float) => match float.as_str().parse() {
                Ok(float) => Value::Float(float),
                Err(_) => return self.refuse(bytes, NO_NUMBER),
            },
            DeValue::Datetime(moment) => match civil(moment) {
                Some(moment) => Value::Date(moment),
                None => return self.refuse(bytes, NO_DATE),
            },
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .filter_map(|item| self.node(item.get_ref(), item.span()))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Some(Node {
            bytes: self.place(bytes),
            value,
        })
    }

    fn refuse(&mut self, bytes: Range<usize>, why: Refusal) -> Option<Node> {
        let bytes = self.place(bytes);
        let reported = self.diagnostics.iter().any(|found| {
            let place = found.span.as_ref().map(|span| &span.bytes);
            place.is_some_and(|place| place.start <= bytes.end && bytes.start <= place.end)
        });
        if !reported {
            let span = Span {
                source: self.source.clone(),
                bytes,
            };
            self.diagnostics.push(why.diagnostic(span));
        }
        None
    }
}

/// Why a value that is well written has no meaning: message and help in both languages.
#[derive(Clone, Copy)]
pub(super) struct Refusal([&'static str; 4]);

impl Refusal {
    /// The finding at a place.
    pub(super) fn diagnostic(self, span: Span) -> Diagnostic {
        let [zh, en, help_zh, help_en] = self.0;
        Diagnostic::error("bad-value", span, Message::new(zh, en))
            .with_help(Message::new(help_zh, help_en))
    }
}

pub(super) const TOO_LARGE: Refusal = Refusal([
    "整数过大",
    "the integer is too large",
    "写小一些的数；号码之类不用来计算的，放在英文双引号里",
    "write a smaller number; put what nobody calculates with in double quotes",
]);
pub(super) const NO_DATE: Refusal = Refusal([
    "日期不存在或不完整",
    "no such date",
    "对照日历核对年月日，写成 2025-03-01 或 2025-03-01 09:30:00",
    "check the day with a calendar; write 2025-03-01 or 2025-03-01 09:30:00",
]);
const NO_NUMBER: Refusal = Refusal([
    "不是数字",
    "not a number",
    "写成 3 或 2.5",
    "write 3 or 2.5",
]);

/// The local date and time of a TOML date. A date without a time is at midnight; a time alone is none.
fn civil(moment: &toml::value::Datetime) -> Option<DateTime> {
    let date = moment.date?;
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    let day = i8::try_from(date.day).ok()?;
    let date = Date::new(year, month, day).ok()?;
    let time = match moment.time {
        None => Time::midnight(),
        Some(time) => Time::new(
            i8::try_from(time.hour).ok()?,
            i8::try_from(time.minute).ok()?,
            i8::try_from(time.second.unwrap_or(0)).ok()?,
            0,
        )
        .ok()?,
    };
    Some(date.to_datetime(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Checked<Vec<Entry>> {
        match SourcePath::new("content/a.toml") {
            Ok(source) => parse(text, &source, 0),
            Err(problem) => unreachable!("a constant path: {problem:?}"),
        }
    }

    #[test]
    fn keys_keep_the_order_of_the_file_and_know_their_place() {
        let found = check("b = 1\na = [\"安\", 2.5]\n[t]\nwhen = 2025-03-01 09:30:00\n");
        assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
        let keys: Vec<&str> = found.value.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["b", "a", "t"]);
        assert_eq!(found.value[1].key_bytes, 6..7);
    }

    #[test]
    fn every_syntax_error_is_reported_and_the_rest_is_kept() {
        let found = check("a = 1\nb = 安全\nc = 3\nd = \"x\nc = 4\n");
        let starts = found.diagnostics.iter().filter_map(|one| one.span.as_ref());
        let starts: Vec<usize> = starts.map(|span| span.bytes.start).collect();
        assert_eq!(starts, [10, 29, 30], "one for each line");
        assert!(found.value.iter().any(|entry| entry.key == "a"));
    }

    #[test]
    fn a_date_that_does_not_exist_is_a_mistake_of_its_own() {
        for text in ["a = 2025-02-30", "a = 09:30:00", "a = 99999999999999999999"] {
            let found = check(text);
            assert_eq!(found.diagnostics.len(), 1, "{text}: {found:?}");
            assert!(found.value.is_empty(), "{text}");
        }
    }
}
