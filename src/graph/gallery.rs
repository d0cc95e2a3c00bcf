//! Galleries: folders whose documents are all cases of one kind, and by what readers narrow them. A case has one or more
//! values of a facet; the facets of a gallery combine.

use super::{PageId, SectionId, Site};
use crate::content::Kind;
use crate::content::fields::Located;
use crate::path::UrlPath;

/// The facets of cases to follow, in the order in which they are offered.
const BENCHMARK: [&str; 5] = ["industry", "size", "level", "year", "kind"];
/// The facets of exposed cases.
const ENFORCEMENT: [&str; 5] = ["industry", "violation", "measure", "year", "status"];
/// The status of a case that hides whom it is about and has no end: no term of `record-status`.
pub const TYPICAL: &str = "typical";

/// The facets of a folder's documents; nothing where they are not all cases of one kind.
#[must_use]
pub fn facets(site: &Site, section: SectionId) -> Option<&'static [&'static str]> {
    let kind = |id: &PageId| &site.pages[*id].document.content.kind;
    let pages = &site.sections[section].pages;
    let first = kind(pages.first()?);
    let facets = of_kind(first)?;
    let alike = pages.iter().all(|id| kind(id).word() == first.word());
    alike.then_some(facets)
}

/// The facets of a kind of case.
#[must_use]
pub fn of_kind(kind: &Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::BenchmarkCase(_) => Some(&BENCHMARK),
        Kind::EnforcementCase(_) => Some(&ENFORCEMENT),
        _ => None,
    }
}

/// The values that a case has of a facet: ids of terms, or years.
#[must_use]
pub fn values(site: &Site, id: PageId, facet: &str) -> Vec<String> {
    let content = &site.pages[id].document.content;
    let terms = |terms: &[Located<String>]| -> Vec<String> {
        terms.iter().map(|term| term.value.clone()).collect()
    };
    let one = |term: Option<&Located<String>>| -> Vec<String> {
        term.map(|term| term.value.clone()).into_iter().collect()
    };
    let mut found = match (facet, &content.kind) {
        ("industry", _) => terms(&content.common.industries),
        ("size", Kind::BenchmarkCase(case)) => one(case.size.as_ref()),
        ("level", Kind::BenchmarkCase(case)) => one(Some(&case.level)),
        ("kind", Kind::BenchmarkCase(case)) => one(Some(&case.case_kind)),
        ("year", Kind::BenchmarkCase(case)) => vec![case.year.value.to_string()],
        ("violation", Kind::EnforcementCase(case)) => terms(&case.violation_kinds),
        ("measure", Kind::EnforcementCase(case)) => {
            let kinds = case.measures.iter().map(|one| one.kind.value.clone());
            kinds.collect()
        }
        ("year", Kind::EnforcementCase(case)) => {
            let date = case.decision_date.as_ref().or(content.common.date.as_ref());
            date.map(|date| date.value.year().to_string())
                .into_iter()
                .collect()
        }
        ("status", Kind::EnforcementCase(case)) => match &case.record_status {
            Some(status) => vec![status.value.clone()],
            None if case.form.value == TYPICAL => vec![TYPICAL.to_owned()],
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    found.sort();
    found.dedup();
    found
}

/// The vocabulary of a facet; nothing for years.
#[must_use]
pub fn vocabulary(facet: &str) -> Option<&'static str> {
    Some(match facet {
        "industry" => "industries",
        "size" => "sizes",
        "level" => "case-levels",
        "kind" => "case-kinds",
        "violation" => "violation-kinds",
        "measure" => "measures",
        "status" => "record-status",
        _ => return None,
    })
}

/// One value of a facet with the cases that have it, in the order of the gallery.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Narrowed {
    /// The facet.
    pub facet: &'static str,
    /// The value.
    pub value: String,
    /// The cases.
    pub pages: Vec<PageId>,
}

/// Every value of every facet that a case of the gallery has: terms in the order of their vocabulary, the newest year
/// first.
#[must_use]
pub fn narrowed(site: &Site, section: SectionId) -> Vec<Narrowed> {
    let facets = facets(site, section).unwrap_or_default();
    let mut all = Vec::new();
    for facet in facets {
        let mut found: Vec<Narrowed> = Vec::new();
        for id in &site.sections[section].pages {
            for value in values(site, *id, facet) {
                match found.iter_mut().find(|one| one.value == value) {
                    Some(one) => one.pages.push(*id),
                    None => found.push(Narrowed {
                        facet,
                        value,
                        pages: vec![*id],
                    }),
                }
            }
        }
        match vocabulary(facet) {
            Some(vocabulary) => {
                let order = site.vocabularies.ids(vocabulary);
                let place = |one: &Narrowed| order.iter().position(|id| *id == one.value);
                found.sort_by_key(|one| (place(one).is_none(), place(one)));
            }
            None => found.sort_by(|left, right| right.value.cmp(&left.value)),
        }
        all.extend(found);
    }
    all
}

/// Where all cases of a gallery stand on one page.
#[must_use]
pub fn all_url(site: &Site, section: SectionId) -> UrlPath {
    UrlPath::new(&format!("{}all/", site.sections[section].url))
}

/// Where the cases of one value are listed.
#[must_use]
pub fn value_url(site: &Site, section: SectionId, facet: &str, value: &str) -> UrlPath {
    let section = &site.sections[section].url;
    UrlPath::new(&format!("{section}by/{facet}/{value}/"))
}
