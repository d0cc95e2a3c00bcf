//! Who cites which law or standard, and which case would have been caught by which clause.

use super::editions::is_replaced;
use super::{PageId, Site};
use crate::content::Kind;
use crate::content::reference::Citation;
use crate::parse::markdown::SlotKind;
use crate::path::percent_decode;
use std::collections::BTreeMap;

/// One place that cites a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citing {
    /// The page.
    pub page: PageId,
    /// The clause of the page, and its words; none where the page as a whole or its text cites.
    pub clause: Option<(String, String)>,
    /// The article that is cited.
    pub article: Option<i64>,
}

/// Everything that cites each reference, by its id, in the order of pages. Of a specification the edition that holds counts.
pub(super) fn collect(site: &Site) -> BTreeMap<String, Vec<Citing>> {
    let mut citing: BTreeMap<String, Vec<Citing>> = BTreeMap::new();
    let pages = site.pages.iter().enumerate();
    for (page, one) in pages.filter(|(page, _)| !is_replaced(site, *page)) {
        for (citation, clause) in clauses(&one.document.content.kind) {
            let id = citation.reference.value.clone();
            citing.entry(id).or_default().push(Citing {
                page,
                clause,
                article: citation.article.as_ref().map(|article| article.value),
            });
        }
        let links = one.document.body.slots.iter();
        for link in links.filter(|slot| slot.kind == SlotKind::Href) {
            let Some(target) = link.target.strip_prefix("ref:") else {
                continue;
            };
            let target = percent_decode(target);
            let (id, article) = match target.split_once('#') {
                Some((id, article)) => (id, article.parse().ok()),
                None => (target.as_str(), None),
            };
            let list = citing.entry(id.to_owned()).or_default();
            let found = Citing {
                page,
                clause: None,
                article,
            };
            if !list.contains(&found) {
                list.push(found);
            }
        }
    }
    citing.retain(|id, _| site.references.contains_key(id));
    citing
}

type Clause = Option<(String, String)>;

/// Every citation in a document's keys with the clause it belongs to.
fn clauses(kind: &Kind) -> Vec<(&Citation, Clause)> {
    let of = |basis: &'_ [Citation], id: &str, words: &str| -> Vec<(usize, Clause)> {
        let clause = Some((id.to_owned(), words.to_owned()));
        (0..basis.len()).map(|at| (at, clause.clone())).collect()
    };
    let mut found = Vec::new();
    match kind {
        Kind::Industry(industry) => found.extend(industry.criteria.iter().map(|one| (one, None))),
        Kind::Checklist(_, checklist) => {
            for item in checklist.groups.iter().flat_map(|group| &group.items) {
                for (at, clause) in of(&item.basis, &item.id.value, &item.check) {
                    found.push((&item.basis[at], clause));
                }
            }
        }
        Kind::Rules(_, rules) => {
            for item in rules.elements.iter().flat_map(|element| &element.items) {
                for (at, clause) in of(&item.basis, &item.id.value, &item.requirement) {
                    found.push((&item.basis[at], clause));
                }
            }
            for veto in &rules.vetoes {
                for (at, clause) in of(&veto.basis, &veto.id.value, &veto.text) {
                    found.push((&veto.basis[at], clause));
                }
            }
        }
        Kind::EnforcementCase(case) => {
            let cited = case.violations.iter().chain(&case.penalty_basis);
            found.extend(cited.map(|one| (one, None)));
        }
        _ => {}
    }
    found
}

/// Enforcement cases by the clause that would have caught them, in the order of pages.
pub(super) fn caught_by(site: &Site) -> BTreeMap<String, Vec<PageId>> {
    let mut cases: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (id, page) in site.pages.iter().enumerate() {
        if let Kind::EnforcementCase(case) = &page.document.content.kind {
            for clause in &case.caught_by {
                cases.entry(clause.value.clone()).or_default().push(id);
            }
        }
    }
    cases
}
