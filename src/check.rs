//! The rules that a whole site is held against: pure functions from the assembled site to findings.
//! What concerns one file alone was found when it was read. Entry point: [`site`].

pub mod attachments;
pub mod citations;
pub mod editions;
mod found;
pub mod glossary;
pub mod government;
pub mod language;
pub mod letters;
pub mod personal;
pub mod records;
pub mod rules;
pub mod sections;
pub mod settings;
pub mod specifications;

use crate::diag::Diagnostic;
use crate::graph::{PageId, Site, links, targets};
use jiff::civil::Date;
use rayon::prelude::*;

/// Every finding about a site on a day; the order does not depend on the number of threads.
#[must_use]
pub fn site(site: &Site, today: Date) -> Vec<Diagnostic> {
    let names = citations::Names::new(site, today);
    let pages: Vec<Vec<Diagnostic>> = (0..site.pages.len())
        .into_par_iter()
        .map(|id| page(site, id, &names, today))
        .collect();
    let mut found: Vec<Diagnostic> = pages.into_iter().flatten().collect();
    found.extend(records::check_ended(site));
    found.extend(attachments::check(site));
    found.extend(settings::check(site));
    found.extend(glossary::check(site));
    found.extend(citations::replacements(site));
    found.extend(government::check(site, today));
    found
}

fn page(site: &Site, id: PageId, names: &citations::Names<'_>, today: Date) -> Vec<Diagnostic> {
    let mut found = links::check(site, id);
    // What a key says that could not be read is not known, and its fault is reported already.
    if site.is_damaged(&site.pages[id].document.path) {
        return found;
    }
    found.extend(targets::check(site, id));
    found.extend(targets::check_files(site, id));
    found.extend(sections::check(site, id));
    found.extend(records::check(site, id));
    found.extend(specifications::check(site, id, today));
    found.extend(citations::check(site, id, names, today));
    found.extend(letters::check(site, id));
    found.extend(government::page(site, id, today));
    found
}
