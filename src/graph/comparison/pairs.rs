//! Which clause of an edition became which of the next: by id, by what the next edition says of it, by the same words, and
//! by words so much alike that there is no doubt.

use super::{Clause, Retired, Role};
use crate::text::marks::Shape;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// From here on, in thousandths, two clauses of different ids are one clause.
const SURE: usize = 700;

/// From here on, in thousandths, a clause is worth a look to whoever misses another.
pub const NEAR: usize = 350;

/// So many pairs of clauses are held against each other; an edition that has more of them was numbered anew.
pub const HELD: usize = 250_000;

/// A clause of both editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its place in the earlier edition.
    pub old: usize,
    /// Its place in the later edition.
    pub new: usize,
    /// Whether it stands in another group, or elsewhere among those that did not move.
    pub is_moved: bool,
}

/// The clauses of both editions, in the order of the earlier.
#[must_use]
pub fn pair(old: &[Clause], new: &[Clause], retired: &Retired) -> Vec<Pair> {
    let mut found = Found::default();
    found.by_id(old, new, retired);
    found.by_text(old, new, retired);
    found.by_likeness(old, new, retired);
    let pairs: Vec<(usize, usize)> = found.later.into_iter().collect();
    let order = in_order(&pairs);
    let both = pairs.iter();
    let both = both.filter_map(|(from, to)| Some((old.get(*from)?, new.get(*to)?)));
    let heads = both.filter(|(left, _)| left.is_head());
    // A group may have got another id and be the same group.
    let groups: BTreeMap<&str, &str> = heads
        .map(|(left, right)| (left.group.as_str(), right.group.as_str()))
        .collect();
    let pairs = pairs.into_iter().map(|(from, to)| {
        let elsewhere = match (old.get(from), new.get(to)) {
            (Some(left), Some(right)) => {
                let group = left.group.as_str();
                groups.get(group).copied().unwrap_or(group) != right.group
            }
            _ => false,
        };
        Pair {
            old: from,
            new: to,
            is_moved: elsewhere || !order.contains(&from),
        }
    });
    pairs.collect()
}

/// A clause with the shapes of its words, to be held against many others.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The clause.
    pub clause: &'a Clause,
    words: Shape,
    text: Shape,
}

impl<'a> Known<'a> {
    /// A clause that is known.
    #[must_use]
    pub fn new(clause: &'a Clause) -> Self {
        Self {
            clause,
            words: Shape::of(&clause.words()),
            text: Shape::of(&clause.text()),
        }
    }

    /// How alike the chief sentences of two clauses are, in thousandths.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> usize {
        self.words.likeness(&other.words)
    }

    /// How alike two clauses are: by their chief sentences, or by all they say.
    fn alikeness(&self, other: &Self) -> usize {
        self.likeness(other).max(self.text.likeness(&other.text))
    }
}

/// The clause of a list that is most like another, where one is worth a look.
#[must_use]
pub fn nearest<'a>(clause: &Known<'_>, among: &[Known<'a>]) -> Option<&'a Clause> {
    let alike = among
        .iter()
        .filter(|one| one.clause.role == clause.clause.role);
    let alike = alike.map(|one| (clause.alikeness(one), one.clause));
    // The first of several that are equally like it.
    let best = alike.min_by_key(|(alike, _)| Reverse(*alike))?;
    (best.0 >= NEAR).then_some(best.1)
}

/// Clauses with their places.
type Placed<'a> = Vec<(usize, &'a Clause)>;

/// The places of the later edition by those of the earlier.
#[derive(Default)]
struct Found {
    later: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl Found {
    fn take(&mut self, from: usize, to: usize) {
        self.later.insert(from, to);
        self.taken.insert(to);
    }

    /// What is left of the earlier edition and of the later, but for what the later says it gave up.
    fn left<'a>(
        &self,
        old: &'a [Clause],
        new: &'a [Clause],
        retired: &Retired,
    ) -> (Placed<'a>, Placed<'a>) {
        let of_old = |(at, clause): &(usize, &Clause)| {
            !self.later.contains_key(at) && !retired.contains_key(&clause.id)
        };
        let of_new = |(at, _): &(usize, &Clause)| !self.taken.contains(at);
        let old = old.iter().enumerate().filter(of_old);
        let new = new.iter().enumerate().filter(of_new);
        (old.collect(), new.collect())
    }

    /// By what the later edition says, else by the id. Where an id stands twice, which is a mistake of its own, the first
    /// counts.
    fn by_id(&mut self, old: &[Clause], new: &[Clause], retired: &Retired) {
        let mut places: BTreeMap<(Role, &str), usize> = BTreeMap::new();
        for (at, clause) in new.iter().enumerate() {
            places.entry((clause.role, &clause.id)).or_insert(at);
        }
        for (from, clause) in old.iter().enumerate() {
            let id = match retired.get(&clause.id) {
                Some(None) => continue,
                Some(Some(now)) => now,
                None => &clause.id,
            };
            let to = places.get(&(clause.role, id.as_str()));
            if let Some(to) = to.filter(|to| !self.taken.contains(to)) {
                self.take(from, *to);
            }
        }
    }

    /// Where only the id changed.
    fn by_text(&mut self, old: &[Clause], new: &[Clause], retired: &Retired) {
        let (old, new) = self.left(old, new, retired);
        let mut places: BTreeMap<(Role, String), Vec<usize>> = BTreeMap::new();
        // From behind, so that the first is taken first.
        for (to, clause) in new.into_iter().rev() {
            places
                .entry((clause.role, plain(clause)))
                .or_default()
                .push(to);
        }
        for (from, clause) in old {
            let text = plain(clause);
            let same = places.get_mut(&(clause.role, text.clone()));
            if let Some(to) = same.filter(|_| !text.is_empty()).and_then(Vec::pop) {
                self.take(from, to);
            }
        }
    }

    /// Where the id changed and a few words with it, the surest first.
    fn by_likeness(&mut self, old: &[Clause], new: &[Clause], retired: &Retired) {
        let (old, new) = self.left(old, new, retired);
        if old.len() * new.len() > HELD {
            return;
        }
        let later: Vec<(usize, Known<'_>)> = new
            .into_iter()
            .map(|(at, one)| (at, Known::new(one)))
            .collect();
        let mut alike: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
        for (from, clause) in old {
            let clause = Known::new(clause);
            for (to, other) in &later {
                let score = clause.alikeness(other);
                if clause.clause.role == other.clause.role && score >= SURE {
                    alike.push((Reverse(score), from, *to));
                }
            }
        }
        alike.sort_unstable();
        for (_, from, to) in alike {
            if !self.later.contains_key(&from) && !self.taken.contains(&to) {
                self.take(from, to);
            }
        }
    }
}

/// What a clause says, without white space.
fn plain(clause: &Clause) -> String {
    clause.text().split_whitespace().collect()
}

/// The places of the earlier edition that stand in the same order in both: as many as can be. `pairs` is in the order of
/// the earlier.
fn in_order(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
    // `ends[n]` is the pair that ends the run of n + 1 with the smallest place in the later edition.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let later = |at: &usize| pairs.get(*at).map(|pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| later(end) < Some(pair.1));
        before.push(
            length
                .checked_sub(1)
                .and_then(|last| ends.get(last).copied()),
        );
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let last = ends.last().copied();
    let run = std::iter::successors(last, |at| before.get(*at).copied().flatten());
    run.filter_map(|at| pairs.get(at).map(|pair| pair.0))
        .collect()
}

/// Lines of one text by lines of another below which they are compared one with each.
const LINES: usize = 1_000_000;

/// The places of the lines that two texts share in the same order: as many as can be; where the texts are very long, those
/// at the beginning and the end.
pub(super) fn common(
    old: &[String],
    new: &[String],
    same: impl Fn(&str, &str) -> bool,
) -> Vec<(usize, usize)> {
    let same = |pair: &(&String, &String)| same(pair.0, pair.1);
    let head = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = ends.take_while(same).count();
    let (rows, columns) = (old_rest.len() - tail, new_rest.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if rows * columns <= LINES {
        let middle = longest(rows, columns, |row, column| {
            same(&(&old_rest[row], &new_rest[column]))
        });
        let middle = middle.into_iter();
        pairs.extend(middle.map(|(row, column)| (head + row, head + column)));
    }
    pairs.extend((0..tail).map(|at| (head + rows + at, head + columns + at)));
    pairs
}

/// The longest common run of two lists.
fn longest(
    rows: usize,
    columns: usize,
    same: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut lengths = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            lengths[row][column] = match same(row, column) {
                true => lengths[row + 1][column + 1] + 1,
                false => lengths[row + 1][column].max(lengths[row][column + 1]),
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < rows && column < columns {
        if same(row, column) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[row + 1][column] >= lengths[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}
