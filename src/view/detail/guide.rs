//! 标准化运行提升指南: the element set that its sections follow, with the way to each section.

use super::edition::{Edition, EditionView};
use crate::content::common::Specification;
use crate::content::guide::Guide;
use crate::graph::{PageId, Site};
use crate::view::LinkView;
use serde::Serialize;

/// A guide; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GuideView {
    /// Its edition.
    pub edition: EditionView,
    /// The elements that its sections follow.
    pub set: ElementSetView,
    /// Where its sections stand now, where this edition is repealed.
    pub now: Vec<LinkView>,
}

/// An element set as a document follows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ElementSetView {
    /// Its title.
    pub title: String,
    /// The title of the set that replaces it.
    pub superseded_by: Option<String>,
    /// Its elements.
    pub elements: Vec<ElementView>,
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ElementView {
    /// The number of its chapter.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// The anchor of the section about it, where the document has one.
    pub anchor: Option<String>,
}

/// The view of a guide.
#[must_use]
pub fn view(site: &Site, page: PageId, keys: &Specification, guide: &Guide) -> GuideView {
    let edition = Edition::of(site, page, keys);
    let headings = site.pages[page].document.body.headings.iter();
    let now = headings.filter_map(|heading| {
        let link = edition.clause_now(&heading.id)?;
        Some(LinkView {
            title: heading.title_text.clone(),
            ..link
        })
    });
    GuideView {
        now: now.collect(),
        set: element_set(site, page, &guide.element_set.value),
        edition: edition.view,
    }
}

/// The element set of an id; its id stands for a set that the site does not know.
#[must_use]
pub fn element_set(site: &Site, page: PageId, id: &str) -> ElementSetView {
    let Some(set) = site.vocabularies.element_set(id) else {
        return ElementSetView {
            title: id.to_owned(),
            superseded_by: None,
            elements: Vec::new(),
        };
    };
    let later = set.superseded_by.as_deref();
    let later = later.and_then(|later| site.vocabularies.element_set(later));
    let headings = &site.pages[page].document.body.headings;
    let elements = set.elements.iter();
    ElementSetView {
        title: set.title.clone(),
        superseded_by: later.map(|later| later.title.clone()),
        elements: elements
            .map(|element| ElementView {
                number: element.number.clone(),
                title: element.title.clone(),
                description: element.description.clone(),
                anchor: headings
                    .iter()
                    .find(|heading| heading.id == element.id.value)
                    .map(|heading| heading.id.clone()),
            })
            .collect(),
    }
}
