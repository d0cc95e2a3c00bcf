//! How a site's texts are written. The faults that need no settings were found when each file was read; names are looked
//! for here, by the office's list, and what a site does not want to hear of is left out.

use super::rules::finding;
use crate::config::{Config, RuleWeight, Strictness};
use crate::content::words::Words;
use crate::diag::{Diagnostic, Span};
use crate::parse::Parsed;
use crate::parse::data::Value;
use crate::path::SourcePath;
use crate::text::writing::{Found, Kind};
use std::collections::BTreeMap;

/// Findings of one rule in one file before the rest is only counted.
const TOLD: usize = 20;

/// Looks at files as one site wants them looked at.
#[derive(Debug, Default)]
pub struct Reviewer {
    words: Words,
    is_simplified: bool,
    is_lenient: bool,
    weights: Vec<RuleWeight>,
    /// The folders of documents of the kind `policy`, below the content folder.
    policies: Vec<String>,
}

/// What is wrong in a file, with the note of a word's entry.
pub type Reviewed = (Found, Option<String>);

impl Reviewer {
    /// The reviewer of a site.
    #[must_use]
    pub fn new(config: &Config, words: Words) -> Self {
        let policies = config.kinds.iter().filter(|(_, kind)| *kind == "policy");
        Self {
            words,
            is_simplified: config.language == "zh-CN",
            is_lenient: config.unknown_keys == Strictness::Warn,
            weights: config.rules.clone(),
            policies: policies.map(|(folder, _)| folder.clone()).collect(),
        }
    }

    /// Whether a rule is in force. In a folder of other people's documents only those are that the site names: how others
    /// write is theirs.
    fn is_on(&self, code: &str) -> bool {
        let weight = self.weights.iter().find(|one| one.code == code);
        weight.map_or(!self.is_lenient, |one| one.weight != "off")
    }

    /// What is wrong in a file; `below` is its path below the content folder.
    #[must_use]
    pub fn review(&self, below: &str, parsed: &Parsed) -> Vec<Reviewed> {
        // Lists of the site's own: addresses, and the words themselves.
        if matches!(below, "words.toml" | "addresses.toml")
            || !parsed.entries.diagnostics.is_empty()
        {
            return Vec::new();
        }
        let on = |found: &Found| {
            let is_meant = found.kind != Kind::Traditional || self.is_simplified;
            is_meant && self.is_on(code(found.kind)) && !is_beside_personal(found, parsed)
        };
        let found = parsed.writing.iter().filter(|found| on(found)).cloned();
        let mut found: Vec<Reviewed> = found.map(|one| (one, None)).collect();
        if self.is_on(code(Kind::Name)) && !self.is_record(below, parsed) {
            let names = self.words.find(&parsed.prose).into_iter();
            found.extend(names.map(|(one, note)| (one, note.map(str::to_owned))));
            found.sort_by_key(|(one, _)| (one.bytes.start, one.kind));
        }
        found
    }

    /// Whether a file tells what others wrote, under the names of their time: policies, and the list of references.
    fn is_record(&self, below: &str, parsed: &Parsed) -> bool {
        let mut kinds = parsed
            .entries
            .value
            .iter()
            .filter(|entry| entry.key == "kind");
        let is_policy = match kinds.next().map(|entry| &entry.node.value) {
            Some(Value::Text(kind)) => kind == "policy",
            _ => self.policies.iter().any(|folder| {
                let rest = below.strip_prefix(folder.as_str());
                rest.is_some_and(|rest| rest.starts_with('/') && !rest.ends_with("/_index.md"))
            }),
        };
        is_policy || below == "references.toml"
    }
}

/// Bytes around a fault that its message may show.
const SHOWN: usize = 24;

/// Whether a message about a fault would show some of what belongs to a person: that has to go first.
fn is_beside_personal(found: &Found, parsed: &Parsed) -> bool {
    let mut personal = parsed.personal.iter().map(|(one, _)| &one.bytes);
    personal.any(|one| found.bytes.start < one.end + SHOWN && one.start < found.bytes.end + SHOWN)
}

/// The code of a kind of fault.
#[must_use]
pub fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Width => "punctuation-width",
        Kind::LookAlike => "look-alike",
        Kind::Stray => "stray-character",
        Kind::Traditional => "traditional-character",
        Kind::Doubled => "doubled-character",
        Kind::Name => "wrong-name",
    }
}

/// The findings about one file. After some of a rule the rest of them is one more.
#[must_use]
pub fn check(path: &SourcePath, reviewed: &[Reviewed]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for (found, note) in reviewed {
        let count = counts.entry(found.kind).or_default();
        *count += 1;
        if *count <= TOLD {
            diagnostics.push(one(path, found, note.as_deref()));
        }
    }
    for (kind, count) in counts.into_iter().filter(|(_, count)| *count > TOLD) {
        let mut same = reviewed
            .iter()
            .map(|(found, _)| found)
            .filter(|found| found.kind == kind);
        if let Some(next) = same.nth(TOLD) {
            diagnostics.push(rest(path, next, count - TOLD));
        }
    }
    diagnostics
}

fn one(path: &SourcePath, found: &Found, note: Option<&str>) -> Diagnostic {
    let (zh, en) = match found.kind {
        Kind::Width => ("全角半角用错", "a mark, letter or digit of the wrong width"),
        Kind::LookAlike => (
            "字形相近的另一个字符",
            "a character that only looks like the right one",
        ),
        Kind::Stray => (
            "看不见或者显示不出的字符",
            "a character that nobody sees or can read",
        ),
        Kind::Traditional => (
            "简体文字里有繁体字",
            "a traditional character in simplified text",
        ),
        Kind::Doubled => ("字或标点重复", "a word or mark twice"),
        Kind::Name => ("不用这个写法", "a name that is not to be used"),
    };
    let (written, right) = (&found.written, &found.right);
    let note_zh = note.map_or_else(String::new, |note| format!("（{note}）"));
    let note_en = note.map_or_else(String::new, |note| format!(" ({note})"));
    let message = match found.kind {
        Kind::Stray => [
            format!("{zh} {written}，删去后是 `{right}`"),
            format!("{en}, {written}; without it `{right}`"),
        ],
        _ => [
            format!("{zh}：`{written}` 写成 `{right}`{note_zh}"),
            format!("{en}: write `{right}` for `{written}`{note_en}"),
        ],
    };
    let help = if found.is_safe() {
        [
            "运行 anjian fix 看改动，加 --write 改好".to_owned(),
            "`anjian fix` shows the change, with --write makes it".to_owned(),
        ]
    } else {
        [
            "核对后自己改；这一处程序不代改".to_owned(),
            "look at it and change it yourself; the program does not".to_owned(),
        ]
    };
    let span = Span {
        source: path.clone(),
        bytes: found.bytes.clone(),
    };
    finding(code(found.kind), span, message, help)
}

fn rest(path: &SourcePath, found: &Found, more: usize) -> Diagnostic {
    let span = Span {
        source: path.clone(),
        bytes: found.bytes.clone(),
    };
    let message = [
        format!(
            "从这里起还有 {more} 处同样的问题；这一处的 `{}` 写成 `{}`",
            found.written, found.right
        ),
        format!(
            "{more} more like these from here on; here write `{}` for `{}`",
            found.right, found.written
        ),
    ];
    let help = [
        "运行 anjian fix 看全部改动；改掉一些再检查，就列出后面的".to_owned(),
        "`anjian fix` shows all changes; mend some and check again to see the others".to_owned(),
    ];
    finding(code(found.kind), span, message, help)
}
