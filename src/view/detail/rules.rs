//! 达标细则: elements with their points, items and how points are lost, and the items that decide alone.

use super::basis::{BasisView, bases};
use super::checklist::cases;
use super::clause::number;
use super::edition::{Edition, EditionView};
use crate::content::common::Specification;
use crate::content::rules::{Rules, RulesElement, RulesItem, Veto};
use crate::graph::{PageId, Site};
use crate::view::LinkView;
use crate::view::card::TermView;
use serde::Serialize;

/// Attainment rules.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RulesView {
    /// Their edition.
    pub edition: EditionView,
    /// Term of `sizes`.
    pub size_class: TermView,
    /// The element set.
    pub set: String,
    /// The set that replaces it.
    pub set_superseded_by: Option<String>,
    /// The stated total of points.
    pub total: i64,
    /// How many items there are.
    pub items: usize,
    /// Whom the rules are for.
    pub intro: Option<String>,
    /// How to score.
    pub usage: Option<String>,
    /// Items that decide alone.
    pub vetoes: Vec<VetoView>,
    /// The elements in order.
    pub elements: Vec<RulesElementView>,
}

/// The items of one element.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RulesElementView {
    /// The anchor.
    pub id: String,
    /// From 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its points together.
    pub points: i64,
    /// Its items.
    pub items: Vec<RulesItemView>,
}

/// One item with points.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RulesItemView {
    /// The anchor.
    pub id: String,
    /// Its number, such as `1.1`.
    pub number: String,
    /// What is required.
    pub requirement: String,
    /// Points to gain.
    pub points: i64,
    /// How points are lost.
    pub deduction: String,
    /// What shows it.
    pub evidence: Option<String>,
    /// What it rests on.
    pub basis: Vec<BasisView>,
    /// Cases that it would have prevented.
    pub cases: Vec<LinkView>,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// An item that decides alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct VetoView {
    /// The anchor.
    pub id: String,
    /// The item.
    pub text: String,
    /// What it rests on.
    pub basis: Vec<BasisView>,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// The view of attainment rules.
#[must_use]
pub fn view(site: &Site, page: PageId, keys: &Specification, rules: &Rules) -> RulesView {
    let edition = Edition::of(site, page, keys);
    let set = site.vocabularies.element_set(&rules.element_set.value);
    let later = set.and_then(|set| set.superseded_by.as_deref());
    let later = later.and_then(|later| site.vocabularies.element_set(later));
    let elements = rules.elements.iter().enumerate();
    let elements: Vec<RulesElementView> = elements
        .map(|(at, one)| RulesElementView {
            title: title(site, &rules.element_set.value, &one.element.value),
            ..element(site, page, &edition, at, one)
        })
        .collect();
    RulesView {
        size_class: TermView::new(site, "sizes", &rules.size_class.value),
        set: set
            .map_or(&rules.element_set.value, |set| &set.title)
            .clone(),
        set_superseded_by: later.map(|later| later.title.clone()),
        total: rules.total.value,
        items: elements.iter().map(|element| element.items.len()).sum(),
        intro: rules.intro.clone(),
        usage: rules.usage.clone(),
        vetoes: rules
            .vetoes
            .iter()
            .map(|one| veto(site, &edition, one))
            .collect(),
        elements,
        edition: edition.view,
    }
}

/// The title of an element in its set.
fn title(site: &Site, set: &str, element: &str) -> String {
    let set = site.vocabularies.element_set(set);
    let mut elements = set.map_or(&[][..], |set| &set.elements).iter();
    let found = elements.find(|one| one.id.value == element);
    found.map_or(element, |one| &one.title).to_owned()
}

fn element(
    site: &Site,
    page: PageId,
    edition: &Edition<'_>,
    at: usize,
    element: &RulesElement,
) -> RulesElementView {
    let target = &site.pages[page].target;
    let items = element.items.iter();
    let points = items.clone().map(|item| item.points.value);
    RulesElementView {
        // Clauses may be called like an element; the anchor keeps apart from them.
        id: format!("element-{}", element.element.value),
        number: at + 1,
        title: String::new(),
        points: points.fold(0, i64::saturating_add),
        items: items
            .enumerate()
            .map(|(place, one)| RulesItemView {
                number: number(at, place),
                later: edition.clause_now(&one.id.value),
                ..item(site, target, one)
            })
            .collect(),
    }
}

fn item(site: &Site, target: &str, item: &RulesItem) -> RulesItemView {
    RulesItemView {
        id: item.id.value.clone(),
        number: String::new(),
        requirement: item.requirement.clone(),
        points: item.points.value,
        deduction: item.deduction.clone(),
        evidence: item.evidence.clone(),
        basis: bases(site, &item.basis),
        cases: cases(site, target, &item.id.value),
        later: None,
    }
}

fn veto(site: &Site, edition: &Edition<'_>, veto: &Veto) -> VetoView {
    VetoView {
        id: veto.id.value.clone(),
        text: veto.text.clone(),
        basis: bases(site, &veto.basis),
        later: edition.clause_now(&veto.id.value),
    }
}
