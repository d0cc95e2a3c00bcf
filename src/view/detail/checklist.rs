//! 安全生产检查清单: groups of items, each with its number, risk and the cases in which it failed.

use super::basis::{BasisView, bases};
use super::clause::number;
use super::edition::{Edition, EditionView};
use super::terms;
use crate::content::checklist::{Checklist, Group, Item};
use crate::content::common::Specification;
use crate::graph::{PageId, Site};
use crate::view::LinkView;
use crate::view::card::TermView;
use serde::Serialize;

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChecklistView {
    /// Its edition.
    pub edition: EditionView,
    /// Term of `checklist-levels`.
    pub level: TermView,
    /// The workshop or post it is for.
    pub place: Option<String>,
    /// How to use it.
    pub intro: Option<String>,
    /// How many items it has.
    pub items: usize,
    /// Items by risk, the gravest first; colours without items are left out.
    pub risks: Vec<RiskCount>,
    /// The groups in order.
    pub groups: Vec<GroupView>,
}

/// How many items have a risk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RiskCount {
    /// Term of `risk-colours`.
    pub colour: TermView,
    /// Items of this colour.
    pub count: usize,
    /// Items of the colours before.
    pub before: usize,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GroupView {
    /// The anchor.
    pub id: String,
    /// From 1.
    pub number: usize,
    /// Its heading.
    pub title: String,
    /// A remark.
    pub note: Option<String>,
    /// The items in order.
    pub items: Vec<ItemView>,
}

/// One thing to check.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ItemView {
    /// The anchor.
    pub id: String,
    /// Its number, such as `1.1`.
    pub number: String,
    /// The requirement.
    pub check: String,
    /// How to check it.
    pub how: String,
    /// What it rests on; empty for sound practice.
    pub basis: Vec<BasisView>,
    /// Term of `risk-colours`.
    pub risk: TermView,
    /// Term of `frequencies`.
    pub frequency: TermView,
    /// Term of `audiences`.
    pub who: TermView,
    /// What to do when it is not met.
    pub rectify: Option<String>,
    /// Size classes; empty for all.
    pub sizes: Vec<TermView>,
    /// Cases that it would have prevented.
    pub cases: Vec<LinkView>,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// The view of a checklist.
#[must_use]
pub fn view(
    site: &Site,
    page: PageId,
    keys: &Specification,
    checklist: &Checklist,
) -> ChecklistView {
    let edition = Edition::of(site, page, keys);
    let target = &site.pages[page].target;
    let groups = checklist.groups.iter().enumerate();
    let groups: Vec<GroupView> = groups
        .map(|(at, group)| group_view(site, target, &edition, at, group))
        .collect();
    ChecklistView {
        level: TermView::new(site, "checklist-levels", &checklist.level.value),
        place: checklist.place.clone(),
        intro: checklist.intro.clone(),
        items: groups.iter().map(|group| group.items.len()).sum(),
        risks: risks(site, &groups),
        groups,
        edition: edition.view,
    }
}

fn group_view(
    site: &Site,
    target: &str,
    edition: &Edition<'_>,
    at: usize,
    group: &Group,
) -> GroupView {
    let items = group.items.iter().enumerate();
    GroupView {
        id: group.id.value.clone(),
        number: at + 1,
        title: group.title.clone(),
        note: group.note.clone(),
        items: items
            .map(|(item, one)| ItemView {
                number: number(at, item),
                later: edition.clause_now(&one.id.value),
                ..item_view(site, target, one)
            })
            .collect(),
    }
}

fn item_view(site: &Site, target: &str, item: &Item) -> ItemView {
    ItemView {
        id: item.id.value.clone(),
        number: String::new(),
        check: item.check.clone(),
        how: item.how.clone(),
        basis: bases(site, &item.basis),
        risk: TermView::new(site, "risk-colours", &item.risk.value),
        frequency: TermView::new(site, "frequencies", &item.frequency.value),
        who: TermView::new(site, "audiences", &item.who.value),
        rectify: item.rectify.clone(),
        sizes: terms(site, "sizes", &item.sizes),
        cases: cases(site, target, &item.id.value),
        later: None,
    }
}

/// The cases that a clause would have prevented.
#[must_use]
pub fn cases(site: &Site, target: &str, clause: &str) -> Vec<LinkView> {
    let found = site.caught_by.get(&format!("{target}#{clause}"));
    let pages = found.map_or(&[][..], Vec::as_slice).iter();
    pages
        .map(|id| LinkView::new(&site.pages[*id].title, &site.pages[*id].url))
        .collect()
}

/// Items by risk in the order of the vocabulary; a colour outside it comes last.
fn risks(site: &Site, groups: &[GroupView]) -> Vec<RiskCount> {
    let items: Vec<&ItemView> = groups.iter().flat_map(|group| &group.items).collect();
    let mut colours = site.vocabularies.ids("risk-colours");
    for item in &items {
        if !colours.contains(&item.risk.id.as_str()) {
            colours.push(&item.risk.id);
        }
    }
    let mut before = 0;
    let mut counts = Vec::new();
    for colour in colours {
        let count = items.iter().filter(|item| item.risk.id == colour).count();
        if count > 0 {
            counts.push(RiskCount {
                colour: TermView::new(site, "risk-colours", colour),
                count,
                before,
            });
        }
        before += count;
    }
    counts
}
