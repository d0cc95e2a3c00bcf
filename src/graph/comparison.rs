//! Two editions of a specification held against each other, clause by clause: what came, what went, what reads otherwise
//! and what only stands elsewhere. Knows clauses as lists of texts, no kind and no page. Pure.
//! Entry points: [`pair`] for which clause became which, [`compare`] for what has changed in them.

mod pairs;

use crate::text::marks::{Mark, Piece, likeness, marks};
use serde::Serialize;
use std::collections::BTreeMap;

pub use pairs::{HELD, Known, Pair, nearest, pair};

/// A clause, or another part of a specification that is compared as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// Its id; for other parts a name of theirs.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// The id of the group in which it stands; empty where there are none.
    pub group: String,
    /// What that group is called.
    pub place: String,
    /// The number that readers see, such as `1.2`; empty where there is none.
    pub number: String,
    /// What readers read, the chief sentence first.
    pub parts: Vec<Part>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What stands before the clauses: whom the specification is for, how it is used.
    Front,
    /// The head of a group.
    Group,
    /// A clause.
    Clause,
}

/// One thing that a clause says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// What it is, such as `how`.
    pub name: &'static str,
    /// Its paragraphs, or the entries of a list.
    pub lines: Vec<String>,
}

impl Clause {
    /// Whether it opens its group: a head, or a chapter that is a clause itself.
    #[must_use]
    pub fn is_head(&self) -> bool {
        self.role == Role::Group || (!self.id.is_empty() && self.id == self.group)
    }

    /// Its chief sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let first = self.parts.iter().find(|part| !part.lines.is_empty());
        first.map_or_else(String::new, |part| part.lines.join(" "))
    }

    /// All that readers read of it.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.parts.iter().flat_map(|part| &part.lines);
        lines.map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    fn part(&self, name: &str) -> &[String] {
        let mut parts = self.parts.iter();
        let found = parts.find(|part| part.name == name);
        found.map_or(&[], |part| &part.lines)
    }
}

/// What the later edition says of clauses of the earlier by their ids: given up, or which clause holds instead.
pub type Retired = BTreeMap<String, Option<String>>;

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It reads otherwise.
    Changed,
    /// It reads as before and stands elsewhere, or has another id.
    Moved,
    /// It is as it was.
    Same,
}

/// A clause of either edition and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// What became of it.
    pub change: Change,
    /// Its place in the earlier edition.
    pub old: Option<usize>,
    /// Its place in the later edition.
    pub new: Option<usize>,
    /// Whether it stands elsewhere than before, whatever else became of it.
    pub is_moved: bool,
    /// What it says now and what it said, part by part.
    pub parts: Vec<PartChange>,
}

/// A part of a clause with what has changed in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PartChange {
    /// What it is, such as `how`.
    pub name: &'static str,
    /// Whether it reads otherwise.
    pub changed: bool,
    /// Its lines in pieces.
    pub lines: Vec<Vec<Piece>>,
}

/// What has changed from the earlier edition to the later: each clause of either once, in the order of the later; what went
/// stands where it was.
#[must_use]
pub fn compare(old: &[Clause], new: &[Clause], retired: &Retired) -> Vec<Entry> {
    let pairs = pair(old, new, retired);
    let earlier: BTreeMap<usize, Pair> = pairs.iter().map(|one| (one.new, *one)).collect();
    let mut gone = gone(old, &pairs);
    let mut entries = removed(old, gone.remove(&None));
    for (at, clause) in new.iter().enumerate() {
        let Some(pair) = earlier.get(&at) else {
            entries.push(Entry {
                change: Change::Added,
                old: None,
                new: Some(at),
                is_moved: false,
                parts: parts(None, Some(clause)),
            });
            continue;
        };
        entries.push(paired(old.get(pair.old), clause, *pair));
        if !pair.is_moved {
            entries.extend(removed(old, gone.remove(&Some(pair.old))));
        }
    }
    entries
}

fn paired(old: Option<&Clause>, new: &Clause, pair: Pair) -> Entry {
    let parts = parts(old, Some(new));
    let renamed = old.is_some_and(|old| old.id != new.id);
    let change = match parts.iter().any(|part| part.changed) {
        true => Change::Changed,
        false if pair.is_moved || renamed => Change::Moved,
        false => Change::Same,
    };
    Entry {
        change,
        old: Some(pair.old),
        new: Some(pair.new),
        is_moved: pair.is_moved,
        parts,
    }
}

/// The clauses that went, by the clause behind which they stood and which stands where it was.
fn gone(old: &[Clause], pairs: &[Pair]) -> BTreeMap<Option<usize>, Vec<usize>> {
    let kept: BTreeMap<usize, bool> = pairs.iter().map(|one| (one.old, one.is_moved)).collect();
    let mut behind = None;
    let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for at in 0..old.len() {
        match kept.get(&at) {
            None => gone.entry(behind).or_default().push(at),
            Some(false) => behind = Some(at),
            Some(true) => {}
        }
    }
    gone
}

fn removed(old: &[Clause], places: Option<Vec<usize>>) -> Vec<Entry> {
    let places = places.unwrap_or_default().into_iter();
    let entries = places.map(|at| Entry {
        change: Change::Removed,
        old: Some(at),
        new: None,
        is_moved: false,
        parts: parts(old.get(at), None),
    });
    entries.collect()
}

/// The parts of a clause in the order of the later edition; one that only the earlier had stands behind them.
fn parts(old: Option<&Clause>, new: Option<&Clause>) -> Vec<PartChange> {
    let all = |clause: Option<&Clause>| -> Vec<&'static str> {
        let parts = clause.map_or(&[][..], |clause| &clause.parts).iter();
        let filled = parts.filter(|part| !part.lines.is_empty());
        filled.map(|part| part.name).collect()
    };
    let mut names = all(new);
    for name in all(old) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let of = |clause: Option<&Clause>, name: &str| -> Vec<String> {
        let lines = clause.map(|clause| clause.part(name).to_vec());
        lines.unwrap_or_default()
    };
    let names = names.into_iter();
    names
        .map(|name| {
            let (old, new) = (of(old, name), of(new, name));
            let lines = match WHOLE.contains(&name) {
                true => replaced(&old, &new),
                false => lines(&old, &new),
            };
            PartChange {
                name,
                changed: lines.iter().flatten().any(|one| one.mark != Mark::Same),
                lines,
            }
        })
        .collect()
}

/// Parts whose words are names and numbers: one takes the place of another as a whole.
const WHOLE: [&str; 9] = [
    "risk",
    "frequency",
    "who",
    "sizes",
    "level",
    "size",
    "points",
    "total",
    "minutes",
];

/// A line that is another one now.
fn replaced(old: &[String], new: &[String]) -> Vec<Vec<Piece>> {
    let (old, new) = (old.join("、"), new.join("、"));
    let pieces = match crate::text::marks::is_same(&old, &new) {
        true => vec![Piece::new(Mark::Same, &new)],
        false => vec![
            Piece::new(Mark::Removed, &old),
            Piece::new(Mark::Added, &new),
        ],
    };
    let filled = pieces.into_iter().filter(|piece| !piece.text.is_empty());
    vec![filled.collect()]
}

/// The lines of both texts: first those that both have are found, then what stands between is held line against line.
fn lines(old: &[String], new: &[String]) -> Vec<Vec<Piece>> {
    let kept = pairs::common(old, new, |left, right| {
        crate::text::marks::is_same(left, right)
    });
    let mut lines = Vec::new();
    let (mut left, mut right) = (0, 0);
    for (at_old, at_new) in kept.into_iter().chain([(old.len(), new.len())]) {
        let before = (old.get(left..at_old), new.get(right..at_new));
        lines.extend(between(
            before.0.unwrap_or_default(),
            before.1.unwrap_or_default(),
        ));
        if let Some(line) = new.get(at_new) {
            lines.push(vec![Piece::new(Mark::Same, line.trim())]);
        }
        (left, right) = (at_old + 1, at_new + 1);
    }
    lines
}

/// How alike two lines must be, in thousandths, to be shown as one that was changed.
const SAME_LINE: usize = 300;

/// Lines that replace each other: each of the later beside the next of the earlier that is like it.
fn between(old: &[String], new: &[String]) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    let mut rest = old;
    for line in new {
        let like = rest
            .iter()
            .position(|one| likeness(one, line) >= SAME_LINE || (old.len(), new.len()) == (1, 1));
        let Some(at) = like else {
            lines.push(vec![Piece::new(Mark::Added, line.trim())]);
            continue;
        };
        let (skipped, from) = rest.split_at(at);
        lines.extend(skipped.iter().map(|one| lost(one)));
        let (first, left) = from.split_first().map_or((line, from), |both| both);
        lines.push(marks(first, line));
        rest = left;
    }
    lines.extend(rest.iter().map(|one| lost(one)));
    lines
}

fn lost(line: &str) -> Vec<Piece> {
    vec![Piece::new(Mark::Removed, line.trim())]
}

/// How many clauses have changed in each way; heads of groups and what stands before the clauses do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Counts {
    /// Clauses that came.
    pub added: usize,
    /// Clauses that went.
    pub removed: usize,
    /// Clauses that read otherwise.
    pub changed: usize,
    /// Clauses that read as before and stand elsewhere.
    pub moved: usize,
    /// Clauses that are as they were.
    pub same: usize,
    /// Parts other than clauses in which anything has changed.
    pub other: usize,
}

impl Counts {
    /// The counts of a comparison.
    #[must_use]
    pub fn of(entries: &[Entry], old: &[Clause], new: &[Clause]) -> Self {
        let mut counts = Self::default();
        for entry in entries {
            let later = entry.new.and_then(|at| new.get(at));
            let clause = later.or_else(|| old.get(entry.old?));
            let is_clause = clause.is_some_and(|clause| clause.role == Role::Clause);
            let count = match (is_clause, entry.change) {
                (false, Change::Same) => continue,
                (false, _) => &mut counts.other,
                (_, Change::Added) => &mut counts.added,
                (_, Change::Removed) => &mut counts.removed,
                (_, Change::Changed) => &mut counts.changed,
                (_, Change::Moved) => &mut counts.moved,
                (_, Change::Same) => &mut counts.same,
            };
            *count += 1;
        }
        counts
    }

    /// Whether the editions say the same in the same order.
    #[must_use]
    pub fn are_equal(&self) -> bool {
        self.added + self.removed + self.changed + self.moved + self.other == 0
    }
}
