//! The page that compares an edition of a specification with the one before it: made from the clauses of both and, where
//! they have one, from their texts.

use super::search::extract::extract;
use super::{Content, Failure, Prepared, Stage, Texts};
use crate::graph::editions::{earlier, of_page, retired};
use crate::graph::{PageId, Site};
use crate::hash::Fingerprint;
use crate::view::body::{fillings, text};
use crate::view::changes::{ChangesView, ComparisonView, Edition, Words, changes, comparison};
use crate::view::clauses::{Section, clauses, with_texts};
use serde::Serialize;
use std::hash::Hash;

/// What the template sees.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    page: &'a ChangesView,
    #[serde(flatten)]
    comparison: ComparisonView,
}

const TEMPLATE: &str = "changes.html";

/// The comparison of a page's edition with the one that it replaces; nothing where there is none.
pub(super) fn prepare(stage: Stage<'_>, new: PageId) -> Option<Prepared<'_>> {
    let site = stage.site;
    let old = earlier(site, new)?;
    let view = changes(site, old, new, stage.words)?;
    let said = of_page(site, new).map(retired);
    let matter = (matter(site, old), matter(site, new), said);
    let theme = stage.renderer.fingerprint();
    Some(Prepared {
        inputs: Fingerprint::of(&(stage.stamp, TEMPLATE, theme, &view, &matter)),
        make: Box::new(move |texts| {
            let whole = Whole {
                comparison: compared(site, old, new, stage.words, texts).ok_or(Failure::Cache)?,
                page: &view,
            };
            let made = stage
                .renderer
                .render(TEMPLATE, &whole, &view.head.root, None);
            made.map(|html| Content::Bytes(html.into_bytes()))
                .map_err(Failure::Site)
        }),
    })
}

/// All that a comparison is made from, of one of the two: its clauses, and its text by what that is made from.
fn matter(site: &Site, page: PageId) -> impl Hash {
    let document = &site.pages[page].document;
    (
        clauses(site, page),
        document.fingerprint,
        fillings(site, page),
    )
}

/// What has changed between two editions; nothing where a text was kept and is damaged.
#[must_use]
pub fn compared(
    site: &Site,
    old: PageId,
    new: PageId,
    words: &Words,
    texts: &Texts<'_>,
) -> Option<ComparisonView> {
    let earlier = with_texts(site, old, &sections(site, old, texts)?);
    let later = with_texts(site, new, &sections(site, new, texts)?);
    let edition = |page, clauses| Edition { page, clauses };
    Some(comparison(
        site,
        edition(old, &earlier),
        edition(new, &later),
        words,
    ))
}

/// A page's text by its headings, as readers see it: addresses of links are no part of it.
fn sections(site: &Site, page: PageId, texts: &Texts<'_>) -> Option<Vec<Section>> {
    let document = &site.pages[page].document;
    let html = texts(&document.path)?;
    let filled = text(&document.body, &html, &fillings(site, page));
    let marked = format!("<main><div data-search>{filled}</div></main>");
    let headings = &document.body.headings;
    let mut sections = vec![Section {
        id: String::new(),
        lines: Vec::new(),
    }];
    for passage in extract(&marked) {
        let heading = headings.iter().find(|one| one.id == passage.anchor);
        let known = sections.iter().any(|one| one.id == passage.anchor);
        let mut lines = passage.text.lines();
        if let Some(heading) = heading.filter(|_| !known) {
            sections.push(Section {
                id: heading.id.clone(),
                lines: Vec::new(),
            });
            // The first block is the heading itself.
            lines.next();
        }
        // What another anchor leads to, such as a note at the foot, belongs to the section that it stands in.
        if let Some(last) = sections.last_mut() {
            last.lines.extend(lines.map(str::to_owned));
        }
    }
    Some(sections)
}
