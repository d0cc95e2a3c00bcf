//! What an author can mend: diagnostics with a stable code, a place, and a text in Chinese and English.
//! Stages collect them and go on; they never stop at the first. Printing is in [`report`].

pub mod machine;
pub mod report;

use crate::path::SourcePath;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// How much a diagnostic weighs: an error keeps the site from being published, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The site is not published.
    Error,
    /// The site is published.
    Warning,
}

/// A sentence in both languages of the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Takes the sentence in Chinese and in English, without a final full stop.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// A place in a source file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub source: SourcePath,
    /// The bytes; empty where a single position is meant.
    pub bytes: Range<usize>,
}

/// One finding about the site's sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Stable kebab-case code, such as `unknown-key`; owned only where it was read back from a cache.
    pub code: Cow<'static, str>,
    /// What was found and what was expected.
    pub message: Message,
    /// Where, unless the finding is about the site as a whole.
    pub span: Option<Span>,
    /// One thing to try.
    pub help: Option<Message>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: Message) -> Self {
        Self {
            severity: Severity::Error,
            code: Cow::Borrowed(code),
            message,
            span: Some(span),
            help: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static str, span: Span, message: Message) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// The same diagnostic with one thing to try.
    #[must_use]
    pub fn with_help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }
}

/// A value with the diagnostics found on the way to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked<T> {
    /// The value, complete even where something was wrong.
    pub value: T,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// The same diagnostics with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked {
            value: change(self.value),
            diagnostics: self.diagnostics,
        }
    }
}

impl<T> FromIterator<Checked<T>> for Checked<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = Checked<T>>>(parts: I) -> Self {
        let mut all = Self {
            value: Vec::new(),
            diagnostics: Vec::new(),
        };
        for part in parts {
            all.value.push(part.value);
            all.diagnostics.extend(part.diagnostics);
        }
        all
    }
}

/// The candidate nearest to what was written, if one is near enough to be meant
/// (at most a third of the characters differ, and never more than three).
#[must_use]
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = length.div_ceil(3).min(3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .filter_map(|candidate| Some((distance(written, candidate, limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The guess as a question, where there is one.
#[must_use]
pub fn did_you_mean(guess: Option<&str>) -> Option<Message> {
    guess.map(|guess| {
        Message::new(
            format!("是不是 `{guess}`？"),
            format!("did you mean `{guess}`?"),
        )
    })
}

/// One thing to try where a word is not among the allowed ones: the nearest of them, else all of them.
#[must_use]
pub fn suggest(written: &str, allowed: &[&str]) -> Message {
    did_you_mean(nearest(written, allowed.iter().copied())).unwrap_or_else(|| {
        Message::new(
            format!("可选：`{}`", allowed.join("`、`")),
            format!("allowed: `{}`", allowed.join("`, `")),
        )
    })
}

/// Edit distance with neighbouring swaps counted once (optimal string alignment); nothing where it is
/// beyond `limit`, which most pairs show after a few characters.
fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut line: Vec<usize> = vec![0; right.len() + 1];
    for row in 1..=left.len() {
        line[0] = row;
        for column in 1..=right.len() {
            let change = usize::from(left[row - 1] != right[column - 1]);
            line[column] = (last[column] + 1)
                .min(line[column - 1] + 1)
                .min(last[column - 1] + change);
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                line[column] = line[column].min(before[column - 2] + 1);
            }
        }
        // A later row is never smaller than the smallest of the two before it.
        let least = line.iter().chain(&last).min();
        if least.is_some_and(|least| *least > limit) {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut line);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_guess_is_near() {
        let keys = ["title", "summary", "publish_at"];
        assert_eq!(nearest("tilte", keys), Some("title"));
        assert_eq!(nearest("publish-at", keys), Some("publish_at"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
