//! What the site has of the four specifications: by industry, kind and size class, in which edition, reviewed by when; and
//! what it lacks. Entry point: [`coverage`].

use super::matrix::SPECIFICATIONS;
use super::{DateView, LinkView};
use crate::content::Kind;
use crate::graph::editions::{is_replaced, of_page};
use crate::graph::{PageId, Site};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the site has of the four specifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The day on which this holds.
    pub day: String,
    /// Every industry that has a page or a specification, in the order of the vocabulary.
    pub industries: Vec<IndustryCoverage>,
    /// All of them together.
    pub totals: Totals,
}

/// What there is for one industry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndustryCoverage {
    /// Its id.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// The four specifications in their order.
    pub specifications: Vec<KindCoverage>,
    /// Size classes for which there are no current rules or no items of a checklist.
    pub uncovered_sizes: Vec<String>,
}

/// What there is of one specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindCoverage {
    /// The kind's word.
    pub kind: &'static str,
    /// Whether one is in force.
    pub present: bool,
    /// The documents: those in force first.
    pub documents: Vec<DocumentCoverage>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentCoverage {
    /// Its title.
    pub title: String,
    /// Its site path.
    pub path: String,
    /// Its source.
    pub source: String,
    /// The edition's name.
    pub edition: String,
    /// Term of `specification-status`.
    pub status: String,
    /// The level of a checklist.
    pub level: Option<String>,
    /// How many clauses it has; of a guide, how many sections.
    pub clauses: usize,
    /// Ids of the size classes that it is for.
    pub sizes: Vec<String>,
    /// In force from.
    pub effective: Option<String>,
    /// To be reviewed by.
    pub review_by: Option<String>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Invented, and labelled so.
    pub sample: bool,
}

/// All industries together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Industries.
    pub industries: usize,
    /// Industries with all four in force.
    pub complete: usize,
    /// Specifications that are not there.
    pub missing: usize,
    /// Documents in force.
    pub documents: usize,
    /// Clauses of those.
    pub clauses: usize,
    /// Documents in force that say when they are to be reviewed.
    pub dated: usize,
    /// Of those, how many that day has passed for.
    pub overdue: usize,
}

/// What the site has on a day.
#[must_use]
pub fn coverage(site: &Site, today: Date) -> Coverage {
    let ids = site.vocabularies.ids("industries").into_iter();
    let industries = ids.map(|id| industry(site, id, today));
    let industries: Vec<IndustryCoverage> = industries
        .filter(|one| {
            let any = one
                .specifications
                .iter()
                .any(|kind| !kind.documents.is_empty());
            any || has_page(site, &one.id)
        })
        .collect();
    Coverage {
        day: today.to_string(),
        totals: totals(&industries),
        industries,
    }
}

fn totals(industries: &[IndustryCoverage]) -> Totals {
    let mut totals = Totals {
        industries: industries.len(),
        ..Totals::default()
    };
    // What is for two industries is one document.
    let mut counted: BTreeSet<&str> = BTreeSet::new();
    for industry in industries {
        let missing = industry.specifications.iter().filter(|kind| !kind.present);
        let missing = missing.count();
        totals.missing += missing;
        totals.complete += usize::from(missing == 0);
        let documents = industry
            .specifications
            .iter()
            .flat_map(|kind| &kind.documents);
        for one in documents.filter(|one| one.status == "current") {
            if counted.insert(&one.source) {
                totals.documents += 1;
                totals.clauses += one.clauses;
                totals.dated += usize::from(one.review_by.is_some());
                totals.overdue += usize::from(one.overdue);
            }
        }
    }
    totals
}

fn has_page(site: &Site, industry: &str) -> bool {
    let mut pages = site.pages.iter();
    pages.any(|page| match &page.document.content.kind {
        Kind::Industry(hub) => hub.industry.value == industry,
        _ => false,
    })
}

fn industry(site: &Site, id: &str, today: Date) -> IndustryCoverage {
    let specifications = SPECIFICATIONS.iter().map(|kind| KindCoverage {
        kind,
        present: !current(site, id, kind).is_empty(),
        documents: documents(site, id, kind, today),
    });
    let sizes = site.vocabularies.ids("sizes").into_iter();
    let uncovered = sizes.filter(|size| {
        let mut kinds = ["checklist", "rules"].into_iter();
        !kinds.all(|kind| covers(site, id, kind, size))
    });
    IndustryCoverage {
        id: id.to_owned(),
        title: site.term_title("industries", id).to_owned(),
        uncovered_sizes: uncovered.map(str::to_owned).collect(),
        specifications: specifications.collect(),
    }
}

/// The editions in force of one kind for an industry.
#[must_use]
pub fn current(site: &Site, industry: &str, kind: &str) -> Vec<PageId> {
    let mut pages = of_kind(site, industry, kind);
    pages.retain(|id| is_current(site, *id));
    pages
}

fn is_current(site: &Site, id: PageId) -> bool {
    of_page(site, id).is_some_and(|edition| edition.status.value == "current")
}

fn of_kind(site: &Site, industry: &str, kind: &str) -> Vec<PageId> {
    let wanted = |id: &PageId| {
        let content = &site.pages[*id].document.content;
        let mut industries = content.common.industries.iter();
        content.kind.word() == kind && industries.any(|one| one.value == industry)
    };
    (0..site.pages.len()).filter(wanted).collect()
}

/// Whether a specification in force is for a size class: rules of that class, or a checklist with items for it.
#[must_use]
pub fn covers(site: &Site, industry: &str, kind: &str, size: &str) -> bool {
    let pages = current(site, industry, kind).into_iter();
    let mut sizes = pages.flat_map(|id| sizes(site, id));
    sizes.any(|one| one == size)
}

/// The size classes that a specification is for.
fn sizes(site: &Site, id: PageId) -> Vec<String> {
    let content = &site.pages[id].document.content;
    let named = &content.common.sizes;
    let all = site.vocabularies.ids("sizes").into_iter();
    let for_it = |size: &&str| match &content.kind {
        Kind::Rules(_, rules) => rules.size_class.value == *size,
        Kind::Checklist(_, checklist) => {
            let listed = named.is_empty() || named.iter().any(|one| one.value == *size);
            let mut items = checklist.groups.iter().flat_map(|group| &group.items);
            let any = items.any(|item| {
                item.sizes.is_empty() || item.sizes.iter().any(|one| one.value == *size)
            });
            listed && any
        }
        _ => named.is_empty() || named.iter().any(|one| one.value == *size),
    };
    all.filter(for_it).map(str::to_owned).collect()
}

fn documents(site: &Site, industry: &str, kind: &str, today: Date) -> Vec<DocumentCoverage> {
    let mut pages = of_kind(site, industry, kind);
    pages.retain(|id| !is_replaced(site, *id));
    let levels = site.vocabularies.ids("checklist-levels");
    pages.sort_by_key(|id| {
        let level = match &site.pages[*id].document.content.kind {
            Kind::Checklist(_, one) => levels.iter().position(|level| *level == one.level.value),
            _ => None,
        };
        (!is_current(site, *id), level, *id)
    });
    let pages = pages.into_iter();
    pages.filter_map(|id| document(site, id, today)).collect()
}

fn document(site: &Site, id: PageId, today: Date) -> Option<DocumentCoverage> {
    let page = &site.pages[id];
    let content = &page.document.content;
    let edition = of_page(site, id)?;
    let review = content.common.review_by.as_ref();
    Some(DocumentCoverage {
        title: page.title.clone(),
        path: LinkView::new("", &page.url).url,
        source: page.document.path.to_string(),
        edition: edition.edition.value.clone(),
        status: edition.status.value.clone(),
        level: match &content.kind {
            Kind::Checklist(_, one) => Some(one.level.value.clone()),
            _ => None,
        },
        clauses: match &content.kind {
            Kind::Checklist(_, one) => one.groups.iter().map(|group| group.items.len()).sum(),
            Kind::Guide(..) => {
                let headings = page.document.body.headings.iter();
                headings.filter(|heading| heading.level > 1).count()
            }
            _ => content.clauses().len(),
        },
        sizes: sizes(site, id),
        effective: edition
            .effective
            .as_ref()
            .map(|day| DateView::new(day.value).text),
        review_by: review.map(|day| day.value.date().to_string()),
        overdue: review.is_some_and(|day| day.value.date() < today),
        sample: content.common.sample,
    })
}
