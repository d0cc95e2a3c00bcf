//! The page of an industry: its risks and reading paths, and everything that the site has for it.

use super::basis::{BasisView, bases};
use super::clause::{ClauseView, clause};
use super::{optional_term, terms};
use crate::content::fields::Located;
use crate::content::industry::{Day, Industry, ReadingPath, Risk};
use crate::graph::{PageId, Site, order};
use crate::view::card::{CardView, TermView, card};
use crate::view::matrix::{SPECIFICATIONS, cards};
use serde::Serialize;
use std::collections::BTreeSet;

/// The page of an industry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct IndustryView {
    /// Term of `industries`.
    pub industry: TermView,
    /// Term of `regulators`.
    pub regulator: Option<TermView>,
    /// The documents that decide what a major hazard is.
    pub criteria: Vec<BasisView>,
    /// What inspections look at.
    pub focus_points: Vec<String>,
    /// The main risks, the gravest first.
    pub risks: Vec<RiskView>,
    /// What each audience reads in which order.
    pub paths: Vec<PathView>,
    /// A first week for an enterprise that starts from nothing.
    pub first_week: Vec<StepView>,
    /// The four specifications in their order, present or not.
    pub specifications: Vec<SpecificationGroup>,
    /// How many of the four exist.
    pub present: usize,
    /// Enforcement cases, newest first.
    pub cases: Vec<CardView>,
    /// Benchmark cases, newest first.
    pub benchmarks: Vec<CardView>,
    /// Forms, letters and registers.
    pub templates: Vec<CardView>,
    /// Policies, newest first.
    pub policies: Vec<CardView>,
    /// Plain pages for the industry or in its folder.
    pub others: Vec<CardView>,
}

/// One main risk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RiskView {
    /// The anchor.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Term of `risk-colours`.
    pub colour: TermView,
    /// Where it arises.
    pub place: Option<String>,
    /// What it does.
    pub harm: Option<String>,
    /// The control that matters most.
    pub control: String,
    /// The checklist items that look at it.
    pub items: Vec<ClauseView>,
}

/// What one audience reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PathView {
    /// The anchor: `path-<audience>`.
    pub id: String,
    /// Term of `audiences`.
    pub audience: TermView,
    /// Size classes; empty for all.
    pub sizes: Vec<TermView>,
    /// The steps in order.
    pub steps: Vec<StepView>,
}

/// One step of a path, or one day of the first week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct StepView {
    /// The day; empty for a step.
    pub day: String,
    /// What to do.
    pub text: String,
    /// The document that helps.
    pub target: Option<ClauseView>,
}

/// The specifications of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SpecificationGroup {
    /// The kind's word.
    pub kind: &'static str,
    /// Those that exist, current ones first.
    pub cards: Vec<CardView>,
}

/// The view of an industry's page.
#[must_use]
pub fn view(site: &Site, page: PageId, industry: &Industry) -> IndustryView {
    let id = &industry.industry.value;
    let specifications: Vec<SpecificationGroup> = SPECIFICATIONS
        .into_iter()
        .map(|kind| SpecificationGroup {
            kind,
            cards: cards(site, id, kind),
        })
        .collect();
    let points = industry.focus_points.iter();
    let days = industry.first_week.iter();
    let exists = |group: &&SpecificationGroup| !group.cards.is_empty();
    IndustryView {
        industry: TermView::new(site, "industries", id),
        regulator: optional_term(site, "regulators", industry.regulator.as_ref()),
        criteria: bases(site, &industry.criteria),
        focus_points: points.map(|point| point.text.clone()).collect(),
        risks: risks(site, &industry.risks),
        paths: paths(site, &industry.paths),
        first_week: days.map(|day| first_day(site, day)).collect(),
        present: specifications.iter().filter(exists).count(),
        specifications,
        cases: gathered(site, id, &["enforcement-case"]),
        benchmarks: gathered(site, id, &["benchmark-case"]),
        templates: gathered(site, id, &["form", "letter", "register"]),
        policies: gathered(site, id, &["policy"]),
        others: others(site, page, id),
    }
}

/// By colour in the order of the vocabulary, then as written.
fn risks(site: &Site, risks: &[Risk]) -> Vec<RiskView> {
    let colours = site.vocabularies.ids("risk-colours");
    let place = |risk: &Risk| {
        let found = colours.iter().position(|one| *one == risk.colour.value);
        found.unwrap_or(colours.len())
    };
    let mut sorted: Vec<&Risk> = risks.iter().collect();
    sorted.sort_by_key(|risk| place(risk));
    let sorted = sorted.into_iter();
    sorted
        .map(|risk| RiskView {
            id: risk.id.value.clone(),
            title: risk.title.clone(),
            colour: TermView::new(site, "risk-colours", &risk.colour.value),
            place: risk.place.clone(),
            harm: risk.harm.clone(),
            control: risk.control.clone(),
            items: risk
                .items
                .iter()
                .filter_map(|item| clause(site, &item.value))
                .collect(),
        })
        .collect()
}

fn paths(site: &Site, paths: &[ReadingPath]) -> Vec<PathView> {
    let mut taken = BTreeSet::new();
    let paths = paths.iter();
    paths
        .map(|path| PathView {
            id: anchor(path, &mut taken),
            audience: TermView::new(site, "audiences", &path.audience.value),
            sizes: terms(site, "sizes", &path.sizes),
            steps: path
                .steps
                .iter()
                .map(|one| step(site, "", &one.text, one.target.as_ref()))
                .collect(),
        })
        .collect()
}

/// `path-<audience>`; where an audience has several paths, the later ones name their sizes too.
fn anchor(path: &ReadingPath, taken: &mut BTreeSet<String>) -> String {
    let mut name = format!("path-{}", path.audience.value);
    if taken.contains(&name) {
        for size in &path.sizes {
            name.push('-');
            name.push_str(&size.value);
        }
    }
    let base = name.clone();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}

fn first_day(site: &Site, day: &Day) -> StepView {
    step(site, &day.day, &day.text, day.target.as_ref())
}

fn step(site: &Site, day: &str, text: &str, target: Option<&Located<String>>) -> StepView {
    StepView {
        day: day.to_owned(),
        text: text.to_owned(),
        target: target.and_then(|target| clause(site, &target.value)),
    }
}

/// The documents of some kinds for an industry, newest first. Templates that name no industry are for all.
fn gathered(site: &Site, industry: &str, kinds: &[&str]) -> Vec<CardView> {
    let pages = site.pages.iter().enumerate();
    let mut found: Vec<PageId> = pages
        .filter(|(_, page)| {
            let content = &page.document.content;
            let kind = content.kind.word();
            let industries = &content.common.industries;
            let for_all = matches!(kind, "form" | "letter" | "register") && industries.is_empty();
            let named = industries.iter().any(|one| one.value == industry);
            !page.is_index && kinds.contains(&kind) && (named || for_all)
        })
        .map(|(id, _)| id)
        .collect();
    order::by_date(&site.pages, &mut found);
    found.into_iter().map(|id| card(site, id)).collect()
}

/// Plain pages that name the industry or stand in its folder, in the order of lists.
fn others(site: &Site, hub: PageId, industry: &str) -> Vec<CardView> {
    let pages = site.pages.iter().enumerate();
    let mut found: Vec<PageId> = pages
        .filter(|(_, page)| {
            let content = &page.document.content;
            let named = content.common.industries.iter();
            let named = named.into_iter().any(|one| one.value == industry);
            let near = page.section == site.pages[hub].section;
            content.kind.word() == "page" && !page.is_index && (named || near)
        })
        .map(|(id, _)| id)
        .collect();
    order::by_weight(&site.pages, &mut found);
    found.into_iter().map(|id| card(site, id)).collect()
}
