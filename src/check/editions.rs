//! Ids of clauses from edition to edition: what vanished is told, what was given up stays free, an id means the same.

use super::rules;
use crate::content::common::Specification;
use crate::content::fields::Located;
use crate::diag::{Diagnostic, Span};
use crate::graph::comparison::{Clause, HELD, Known, Role, nearest, pair};
use crate::graph::editions::{earlier, of_page, retired};
use crate::graph::{PageId, Site};
use crate::view::clauses::clauses;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The findings about an edition that replaces another.
#[must_use]
pub fn check(site: &Site, id: PageId) -> Vec<Diagnostic> {
    let (Some(before), Some(edition)) = (earlier(site, id), of_page(site, id)) else {
        return Vec::new();
    };
    // What an edition that cannot be read lacks, nobody knows.
    if site.is_damaged(&site.pages[before].document.path) {
        return Vec::new();
    }
    let (old, new) = (clauses(site, before), clauses(site, id));
    let editions = Editions {
        site,
        before,
        id,
        edition,
        old: &old,
        new: &new,
    };
    let mut found = editions.vanished();
    found.extend(editions.edition.retired.iter().filter_map(|one| {
        let (wrong, zh, en) = editions.wrong(&one.id, one.now.as_ref())?;
        Some(rules::finding(
            "retired-unknown",
            editions.span(&wrong.bytes),
            [
                format!("{zh} `{}`", wrong.value),
                format!("{en} `{}`", wrong.value),
            ],
            [
                "retired 只写上一版有、这一版没有的编号；now 写这一版的编号".to_owned(),
                "`retired` names ids of the edition before that this one does not have; `now` an id of this one".to_owned(),
            ],
        ))
    }));
    found.extend(editions.reused());
    found
}

/// An edition and the one that it replaces.
struct Editions<'a> {
    site: &'a Site,
    before: PageId,
    id: PageId,
    edition: &'a Specification,
    old: &'a [Clause],
    new: &'a [Clause],
}

fn is_clause(one: &&Clause) -> bool {
    one.role == Role::Clause && !one.id.is_empty()
}

impl<'a> Editions<'a> {
    fn span(&self, bytes: &Range<usize>) -> Span {
        Span {
            source: self.site.pages[self.id].document.path.clone(),
            bytes: bytes.clone(),
        }
    }

    fn has(clauses: &[Clause], id: &str) -> bool {
        clauses.iter().filter(is_clause).any(|one| one.id == id)
    }

    /// Ids that only the edition before has and that this one does not speak of.
    fn vanished(&self) -> Vec<Diagnostic> {
        let said = retired(self.edition);
        let ids: BTreeSet<&str> = self.new.iter().map(|one| one.id.as_str()).collect();
        let pairs = pair(self.old, self.new, &said);
        let now: BTreeMap<usize, usize> = pairs.iter().map(|one| (one.old, one.new)).collect();
        let taken: BTreeSet<usize> = pairs.iter().map(|one| one.new).collect();
        let free = self.new.iter().enumerate();
        let free = free.filter(|(at, _)| !taken.contains(at));
        let mut free: Vec<Known<'_>> = free.map(|(_, clause)| Known::new(clause)).collect();
        if self.old.len() * free.len() > HELD {
            free.clear();
        }
        let place = self.edition.supersedes.as_ref();
        let place = place.map_or(0..0, |one| one.bytes.clone());
        let old = self.old.iter().enumerate();
        let gone = old.filter(|(_, one)| {
            let kept = ids.contains(one.id.as_str()) || said.contains_key(&one.id);
            is_clause(one) && !kept
        });
        gone.map(|(at, clause)| {
            let heir = now.get(&at).and_then(|at| self.new.get(*at));
            let near = nearest(&Known::new(clause), &free);
            vanished(self.span(&place), clause, heir, near)
        })
        .collect()
    }

    /// What is wrong with an entry of `retired`.
    fn wrong<'b>(
        &self,
        id: &'b Located<String>,
        now: Option<&'b Located<String>>,
    ) -> Option<(&'b Located<String>, &'static str, &'static str)> {
        if !Self::has(self.old, &id.value) {
            return Some((id, "上一版没有条款", "the edition before has no clause"));
        }
        if Self::has(self.new, &id.value) {
            return Some((id, "这一版还有条款", "this edition still has the clause"));
        }
        let now = now.filter(|now| !Self::has(self.new, &now.value))?;
        Some((now, "这一版没有条款", "this edition has no clause"))
    }

    /// Ids that came to mean something else: one that an edition before the last had and the last had not, and one whose
    /// text stands under another id now.
    fn reused(&self) -> Vec<Diagnostic> {
        let content = &self.site.pages[self.id].document.content;
        let places = content.located_clauses().into_iter();
        let places: BTreeMap<&str, &Range<usize>> =
            places.map(|one| (one.value.as_str(), &one.bytes)).collect();
        let gone = given_up(self.site, self.before);
        let old = self.old.iter().filter(is_clause);
        let old: BTreeMap<&str, Known<'_>> =
            old.map(|one| (one.id.as_str(), Known::new(one))).collect();
        let new: Vec<Known<'_>> = self.new.iter().filter(is_clause).map(Known::new).collect();
        let found = new.iter().filter_map(|one| {
            let id = one.clause.id.as_str();
            let bytes = places.get(id)?;
            let (zh, en) = match old.get(id) {
                Some(same) => {
                    let heir = swapped(same, one, &new)?;
                    (
                        format!(
                            "编号 `{id}` 在上一版说的是另一件事，那一条现在是 `{}`",
                            heir.id
                        ),
                        format!(
                            "`{id}` meant something else in the edition before, which is `{}` now",
                            heir.id
                        ),
                    )
                }
                None if gone.contains(id) => (
                    format!("编号 `{id}` 在更早的版本里用过，后来删去了"),
                    format!("`{id}` was the id of a clause that an earlier edition gave up"),
                ),
                None => return None,
            };
            Some(rules::finding(
                "clause-reused",
                self.span(bytes),
                [zh, en],
                [
                    "两条各用各的编号：老条款沿用原编号，新条款用没有用过的".to_owned(),
                    "keep the id with its clause, and give a new clause an id that was never used"
                        .to_owned(),
                ],
            ))
        });
        found.collect()
    }
}

/// From here on, in thousandths, two clauses are surely one; below the second, surely not.
const ONE: usize = 850;
const OTHER: usize = 300;

/// Where the words of a clause went whose id has surely another one now.
fn swapped<'a>(old: &Known<'_>, new: &Known<'_>, among: &[Known<'a>]) -> Option<&'a Clause> {
    if old.likeness(new) >= OTHER {
        return None;
    }
    let mut others = among.iter().filter(|one| one.clause.id != new.clause.id);
    let heir = others.find(|one| old.likeness(one) >= ONE)?;
    Some(heir.clause)
}

fn vanished(at: Span, clause: &Clause, heir: Option<&Clause>, near: Option<&Clause>) -> Diagnostic {
    let id = &clause.id;
    let words = short(&clause.words());
    let (zh, en) = match (heir, near) {
        (Some(heir), _) => (
            format!(
                "内容在 `{now}`“{}”。沿用原编号，或写 retired = [{{ id = \"{id}\", now = \"{now}\" }}]",
                short(&heir.words()),
                now = heir.id
            ),
            format!(
                "its text stands in `{now}`: keep the id, or write retired = [{{ id = \"{id}\", now = \"{now}\" }}]",
                now = heir.id
            ),
        ),
        (None, Some(near)) => (
            format!(
                "最相近的新条款是 `{}`“{}”。是同一条就沿用原编号；确已删去，写 retired = [\"{id}\"]",
                near.id,
                short(&near.words())
            ),
            format!(
                "the nearest new clause is `{}`: keep the id if it is the same one, or write retired = [\"{id}\"]",
                near.id
            ),
        ),
        (None, None) => (
            format!("确已删去，写 retired = [\"{id}\"]；是误删就补回"),
            format!("write retired = [\"{id}\"] if it was given up, else bring it back"),
        ),
    };
    rules::finding(
        "clause-vanished",
        at,
        [
            format!("上一版的条款 `{id}`“{words}”在这一版里没有了"),
            format!("the clause `{id}` of the edition before is not in this one"),
        ],
        [zh, en],
    )
}

/// Characters of a clause that a finding quotes.
const QUOTED: usize = 24;

fn short(words: &str) -> String {
    let mut text: String = words.chars().take(QUOTED).collect();
    if words.chars().count() > QUOTED {
        text.push('…');
    }
    text
}

/// Ids of clauses that the editions up to a page gave up.
fn given_up(site: &Site, page: PageId) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut seen = BTreeSet::from([page]);
    let mut next = Some(page);
    while let Some(at) = next {
        if let Some(edition) = of_page(site, at) {
            ids.extend(edition.retired.iter().map(|one| one.id.value.clone()));
        }
        next = earlier(site, at).filter(|one| seen.insert(*one));
        if let Some(one) = next {
            ids.extend(
                site.pages[one]
                    .document
                    .content
                    .clauses()
                    .into_iter()
                    .map(str::to_owned),
            );
        }
    }
    ids
}
