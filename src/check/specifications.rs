//! The four specifications of the industries: clause ids that last from edition to edition, size classes that are covered,
//! all four present, all reviewed in time.

use super::rules;
use crate::content::Kind;
use crate::content::fields::Located;
use crate::content::industry::Industry;
use crate::diag::{Diagnostic, Span};
use crate::graph::comparison::{Clause, Role, nearest, pair};
use crate::graph::editions::{earlier, is_repealed, of_page, retired};
use crate::graph::{PageId, Site};
use crate::text::marks::likeness;
use crate::view::clauses::clauses;
use crate::view::coverage::{covers, current};
use crate::view::matrix::SPECIFICATIONS;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The findings about one page on a day.
#[must_use]
pub fn check(site: &Site, id: PageId, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(overdue(site, id, today));
    if let Kind::Industry(hub) = &site.pages[id].document.content.kind {
        found.extend(industry(site, id, hub));
    }
    if let Some(before) = earlier(site, id)
        // What an edition that cannot be read lacks, nobody knows.
        && !site.is_damaged(&site.pages[before].document.path)
    {
        found.extend(editions(site, before, id));
    }
    found
}

fn span(site: &Site, id: PageId, bytes: &Range<usize>) -> Span {
    Span {
        source: site.pages[id].document.path.clone(),
        bytes: bytes.clone(),
    }
}

fn overdue(site: &Site, id: PageId, today: Date) -> Option<Diagnostic> {
    let content = &site.pages[id].document.content;
    let by = content.common.review_by.as_ref()?;
    let repealed = match &content.kind {
        Kind::Policy(policy) => {
            let validity = policy.validity.as_ref();
            validity.is_some_and(|validity| validity.value == "repealed")
        }
        _ => is_repealed(site, id),
    };
    let day = by.value.date();
    if repealed || day >= today {
        return None;
    }
    Some(rules::finding(
        "review-overdue",
        span(site, id, &by.bytes),
        [
            format!("应当在 {day} 之前复核，已经过了"),
            format!("this was to be reviewed by {day}, which has passed"),
        ],
        [
            "复核一遍，有改动的改好，再把 review_by 改为下一次的日子".to_owned(),
            "review it, then write the day of the next review in review_by".to_owned(),
        ],
    ))
}

/// What an industry's page promises and the site does not hold.
fn industry(site: &Site, id: PageId, hub: &Industry) -> Vec<Diagnostic> {
    let industry = &hub.industry;
    let title = site.term_title("industries", &industry.value);
    let at = || span(site, id, &industry.bytes);
    let mut found = Vec::new();
    for kind in SPECIFICATIONS {
        if !current(site, &industry.value, kind).is_empty() {
            continue;
        }
        let (zh, en) = words(kind);
        found.push(rules::finding(
            "specification-missing",
            at(),
            [
                format!("“{title}”没有现行的{zh}"),
                format!("`{}` has no current {en}", industry.value),
            ],
            [
                format!(
                    "编写一份：kind = \"{kind}\"，industries = [\"{}\"]，status = \"current\"",
                    industry.value
                ),
                format!(
                    "write one: kind = \"{kind}\", industries = [\"{}\"], status = \"current\"",
                    industry.value
                ),
            ],
        ));
    }
    let mut told = BTreeSet::new();
    for size in sizes(site, id, hub) {
        for kind in ["rules", "checklist"] {
            // Where none is there at all, that is the finding.
            let any = !current(site, &industry.value, kind).is_empty();
            if !any
                || covers(site, &industry.value, kind, &size.value)
                || !told.insert((kind, &size.value))
            {
                continue;
            }
            let (zh, en) = words(kind);
            let class = site.term_title("sizes", &size.value);
            found.push(rules::finding(
                "size-class-uncovered",
                span(site, id, &size.bytes),
                [
                    format!("“{title}”的首页写到{class}，现行的{zh}没有适用它的"),
                    format!(
                        "the page of `{}` names the size class `{}`, which no current {en} is for",
                        industry.value, size.value
                    ),
                ],
                [
                    format!("补上适用{class}的{zh}，或从首页删去这一类规模"),
                    format!("write a {en} for it, or take the size class off the page"),
                ],
            ));
        }
    }
    found
}

/// The size classes that an industry's page names.
fn sizes<'a>(
    site: &'a Site,
    id: PageId,
    hub: &'a Industry,
) -> impl Iterator<Item = &'a Located<String>> {
    let own = site.pages[id].document.content.common.sizes.iter();
    own.chain(hub.paths.iter().flat_map(|path| &path.sizes))
}

fn words(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "checklist" => ("安全生产检查清单", "checklist"),
        "guide" => ("标准化运行提升指南", "guide"),
        "rules" => ("达标细则", "attainment rules"),
        _ => ("网格员检查导则", "patrol guideline"),
    }
}

/// What a new edition did to the ids of the one before.
fn editions(site: &Site, before: PageId, id: PageId) -> Vec<Diagnostic> {
    let Some(edition) = of_page(site, id) else {
        return Vec::new();
    };
    let (old, new) = (clauses(site, before), clauses(site, id));
    let said = retired(edition);
    let mut found = Vec::new();
    let at = edition
        .supersedes
        .as_ref()
        .map_or(0..0, |one| one.bytes.clone());
    let at = span(site, id, &at);
    let is_clause = |one: &&Clause| one.role == Role::Clause;
    let ids: BTreeSet<&str> = new
        .iter()
        .filter(is_clause)
        .map(|one| one.id.as_str())
        .collect();
    let known: BTreeSet<&str> = old
        .iter()
        .filter(is_clause)
        .map(|one| one.id.as_str())
        .collect();
    let pairs = pair(&old, &new, &said);
    let now: BTreeMap<usize, usize> = pairs.iter().map(|one| (one.old, one.new)).collect();
    let taken: BTreeSet<usize> = pairs.iter().map(|one| one.new).collect();
    let free: Vec<Clause> = new
        .iter()
        .enumerate()
        .filter(|(at, _)| !taken.contains(at))
        .map(|(_, clause)| clause.clone())
        .collect();
    for (place, clause) in old.iter().enumerate().filter(|(_, one)| is_clause(one)) {
        if clause.id.is_empty() || ids.contains(clause.id.as_str()) || said.contains_key(&clause.id)
        {
            continue;
        }
        let heir = now.get(&place).and_then(|at| new.get(*at));
        found.push(vanished(at.clone(), clause, heir, nearest(clause, &free)));
    }
    for one in &edition.retired {
        let now = one
            .now
            .as_ref()
            .filter(|now| !ids.contains(now.value.as_str()));
        let wrong = match (
            known.contains(one.id.value.as_str()),
            ids.contains(one.id.value.as_str()),
        ) {
            (false, _) => Some((
                &one.id,
                "上一版没有条款",
                "the edition before has no clause",
            )),
            (true, true) => Some((
                &one.id,
                "这一版还有条款",
                "this edition still has the clause",
            )),
            (true, false) => now.map(|now| (now, "这一版没有条款", "this edition has no clause")),
        };
        if let Some((id_at, zh, en)) = wrong {
            found.push(rules::finding(
                "retired-unknown",
                span(site, id, &id_at.bytes),
                [format!("{zh} `{}`", id_at.value), format!("{en} `{}`", id_at.value)],
                [
                    "retired 只写上一版有、这一版没有的编号；now 写这一版的编号".to_owned(),
                    "`retired` names ids of the edition before that this one does not have; `now` an id of this one".to_owned(),
                ],
            ));
        }
    }
    found.extend(reused(site, before, id, &old, &new));
    found
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

/// From here on, in thousandths, two clauses are surely one; below the second, surely not.
const ONE: usize = 850;
const OTHER: usize = 300;

/// Ids that came to mean something else: one that an edition before the last had and the last had not, and one whose text
/// stands under another id now.
fn reused(
    site: &Site,
    before: PageId,
    id: PageId,
    old: &[Clause],
    new: &[Clause],
) -> Vec<Diagnostic> {
    let at = &site.pages[id].document.content;
    let places: BTreeMap<&str, &Range<usize>> = at
        .located_clauses()
        .into_iter()
        .map(|one| (one.value.as_str(), &one.bytes))
        .collect();
    let gone = given_up(site, before);
    let mut found = Vec::new();
    for clause in new.iter().filter(|one| one.role == Role::Clause) {
        let Some(bytes) = places.get(clause.id.as_str()) else {
            continue;
        };
        let same = old
            .iter()
            .find(|one| one.role == clause.role && one.id == clause.id);
        let swapped = same.and_then(|same| {
            let words = same.words();
            let far = likeness(&words, &clause.words()) < OTHER;
            let mut others = new
                .iter()
                .filter(|one| one.role == clause.role && one.id != clause.id);
            let heir = others.find(|one| likeness(&words, &one.words()) >= ONE);
            heir.filter(|_| far)
        });
        let (zh, en) = match swapped {
            Some(heir) => (
                format!(
                    "编号 `{}` 在上一版说的是另一件事，那一条现在是 `{}`",
                    clause.id, heir.id
                ),
                format!(
                    "`{}` meant something else in the edition before, which is `{}` now",
                    clause.id, heir.id
                ),
            ),
            None if same.is_none() && gone.contains(clause.id.as_str()) => (
                format!("编号 `{}` 在更早的版本里用过，后来删去了", clause.id),
                format!(
                    "`{}` was the id of a clause that an earlier edition gave up",
                    clause.id
                ),
            ),
            None => continue,
        };
        found.push(rules::finding(
            "clause-reused",
            span(site, id, bytes),
            [zh, en],
            [
                "两条各用各的编号：老条款沿用原编号，新条款用没有用过的".to_owned(),
                "keep the id with its clause, and give a new clause an id that was never used"
                    .to_owned(),
            ],
        ));
    }
    found
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
