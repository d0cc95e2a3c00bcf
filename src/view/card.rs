//! A document in a list: the few facts by which a reader decides to open it.

use super::picture::PictureView;
use super::{DateView, LinkView};
use crate::content::Kind;
use crate::graph::editions::specification;
use crate::graph::gallery;
use crate::graph::{PageId, Site, pictures};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CardView {
    /// Its title and address.
    pub link: LinkView,
    /// The kind's word, such as `checklist`.
    pub kind: &'static str,
    /// The summary, else the text's first paragraph.
    pub summary: String,
    /// Published on.
    pub date: Option<DateView>,
    /// Invented, and labelled so.
    pub sample: bool,
    /// Ids and titles of its industries.
    pub industries: Vec<TermView>,
    /// What distinguishes it in its kind: measures of a case, its level, the edition.
    pub tags: Vec<String>,
    /// Its first photograph, for benchmark cases that have one.
    pub picture: Option<PictureView>,
    /// A sum in yuan, for exposed cases.
    pub amount: Option<i64>,
    /// The status of a specification.
    pub status: Option<TermView>,
    /// By what a gallery narrows a case: `industry:gas`, `year:2026`.
    pub facets: Vec<String>,
}

/// A term of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TermView {
    /// Its id.
    pub id: String,
    /// What readers see.
    pub title: String,
}

impl TermView {
    /// The term of an id.
    #[must_use]
    pub fn new(site: &Site, vocabulary: &str, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: site.term_title(vocabulary, id).to_owned(),
        }
    }
}

/// The cards of all pages, each made once and shared by the lists that show it.
#[derive(Debug)]
pub struct Cards(Vec<Arc<CardView>>);

impl Cards {
    /// Makes them all.
    #[must_use]
    pub fn new(site: &Site) -> Self {
        let all = (0..site.pages.len()).into_par_iter();
        Self(all.map(|id| Arc::new(card(site, id))).collect())
    }

    /// The card of a page.
    #[must_use]
    pub fn of(&self, id: PageId) -> Arc<CardView> {
        self.0[id].clone()
    }
}

/// The card of a page.
#[must_use]
pub fn card(site: &Site, id: PageId) -> CardView {
    let page = &site.pages[id];
    let common = &page.document.content.common;
    let kind = &page.document.content.kind;
    let summary = common.summary.as_ref();
    let industries = common.industries.iter();
    let edition = specification(kind);
    CardView {
        link: LinkView::new(&page.title, &page.url),
        kind: kind.word(),
        summary: summary.unwrap_or(&page.document.body.excerpt).clone(),
        date: page.date().map(DateView::new),
        sample: common.sample,
        industries: industries
            .map(|term| TermView::new(site, "industries", &term.value))
            .collect(),
        tags: tags(site, kind),
        picture: picture(site, id),
        amount: amount(kind),
        status: edition.map(|one| TermView::new(site, "specification-status", &one.status.value)),
        facets: facets(site, id),
    }
}

/// The picture of the first photograph.
fn picture(site: &Site, id: PageId) -> Option<PictureView> {
    let (path, _) = pictures::photos(site, id).into_iter().next()?;
    PictureView::new(site, &path)
}

/// The values of a case's facets, where its folder is a gallery.
fn facets(site: &Site, id: PageId) -> Vec<String> {
    let facets = gallery::of_kind(&site.pages[id].document.content.kind);
    let values = facets.unwrap_or_default().iter().flat_map(|facet| {
        let values = gallery::values(site, id, facet);
        values
            .into_iter()
            .map(move |value| format!("{facet}:{value}"))
    });
    values.collect()
}

fn tags(site: &Site, kind: &Kind) -> Vec<String> {
    let term = |vocabulary: &str, id: &str| site.term_title(vocabulary, id).to_owned();
    match kind {
        Kind::BenchmarkCase(case) => {
            let mut tags = vec![
                term("case-kinds", &case.case_kind.value),
                term("case-levels", &case.level.value),
            ];
            tags.extend(case.size.iter().map(|size| term("sizes", &size.value)));
            tags
        }
        Kind::EnforcementCase(case) => {
            let mut measures: Vec<String> = Vec::new();
            for measure in &case.measures {
                let title = term("measures", &measure.kind.value);
                if !measures.contains(&title) {
                    measures.push(title);
                }
            }
            measures
        }
        Kind::Rules(edition, rules) => vec![
            term("sizes", &rules.size_class.value),
            edition.edition.value.clone(),
        ],
        Kind::Checklist(edition, checklist) => vec![
            term("checklist-levels", &checklist.level.value),
            edition.edition.value.clone(),
        ],
        Kind::Guide(edition, _) | Kind::Patrol(edition, _) => vec![edition.edition.value.clone()],
        Kind::Policy(policy) => {
            let number = policy.document_number.iter();
            number.map(|number| number.value.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// All amounts of a case together.
fn amount(kind: &Kind) -> Option<i64> {
    let Kind::EnforcementCase(case) = kind else {
        return None;
    };
    let amounts = case.measures.iter().filter_map(|one| one.amount.as_ref());
    let sum = amounts.fold(0_i64, |sum, one| sum.saturating_add(one.value));
    (sum != 0).then_some(sum)
}
