//! What stands at the address of a record that is no longer shown: that it ended and why, and no name.

use super::head::{HeadView, Role, Subject, head};
use super::{DateView, LinkView};
use crate::content::Kind;
use crate::content::publicity::Ended;
use crate::graph::{EndedRecord, SectionId, Site};
use crate::path::UrlPath;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page of a record that is no longer shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EndedView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// `over`, `withdrawn` or `repaired`.
    pub ended: &'static str,
    /// The last day on which it was shown, where its period is over.
    pub last_day: Option<DateView>,
    /// The number of a withdrawn decision, so that readers know which one no longer holds.
    pub decision_number: Option<String>,
    /// Why the decision was withdrawn.
    pub reason: Option<String>,
    /// Where other cases are.
    pub section: LinkView,
}

/// The page at `url` of a record that ended.
#[must_use]
pub fn ended(
    site: &Site,
    record: &EndedRecord,
    url: &UrlPath,
    words: &BTreeMap<String, String>,
) -> EndedView {
    let ended = match record.ended {
        Ended::Over => "over",
        Ended::Withdrawn => "withdrawn",
        Ended::Repaired => "repaired",
    };
    let title = words.get(&format!("ended_{ended}_title"));
    let at = section(site, record);
    let mut head = head(
        site,
        Subject {
            url,
            title: title.map_or("", String::as_str),
            description: "",
            role: Role::Column,
            section: Some(at),
            meta: Vec::new(),
        },
    );
    head.noindex = true;
    head.canonical = String::new();
    let section = &site.sections[at];
    EndedView {
        head,
        ended,
        last_day: record.last_day.map(|day| DateView::new(day.into())),
        decision_number: withdrawn_number(record),
        reason: record.reason().map(str::to_owned),
        section: LinkView::new(&section.title, &section.url),
    }
}

fn withdrawn_number(record: &EndedRecord) -> Option<String> {
    let Kind::EnforcementCase(case) = &record.document.content.kind else {
        return None;
    };
    let number = case.decision_number.as_ref();
    let number = number.filter(|_| record.ended == Ended::Withdrawn);
    number.map(|number| number.value.clone())
}

/// The folder that the record stood in, else the nearest above it.
fn section(site: &Site, record: &EndedRecord) -> SectionId {
    let mut folder = record.target.trim_end_matches('/');
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        let found = site.sections.iter().position(|one| one.folder == folder);
        if let Some(found) = found {
            return found;
        }
    }
    0
}
