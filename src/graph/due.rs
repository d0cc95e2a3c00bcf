//! Days that the site's keepers must not miss: records whose period ends, documents that go or are to be reviewed, and
//! consents of enterprises that run out.

use super::{Document, Site};
use crate::content::publicity::last_day;
use crate::content::{Content, Kind};
use crate::path::SourcePath;
use jiff::civil::Date;

/// What happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// The last day on which a record is shown.
    PublicityEnds,
    /// The last day on which a document is published.
    Expires,
    /// The last day of an enterprise's consent; nothing happens by itself.
    ConsentEnds,
    /// A document is to be reviewed by then; nothing happens by itself.
    Review,
}

/// A day with its document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day.
    pub day: Date,
    /// What happens.
    pub event: Event,
    /// The document's name, by which others link to it.
    pub target: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub source: SourcePath,
}

/// All days of the published documents, in order of time.
#[must_use]
pub fn due(site: &Site) -> Vec<Due> {
    let pages = site.pages.iter();
    let mut all: Vec<Due> = pages
        .flat_map(|page| {
            let Document { path, content, .. } = &page.document;
            let days = days(site, content).into_iter();
            days.map(|(day, event)| Due {
                day,
                event,
                target: page.target.clone(),
                title: page.title.clone(),
                source: path.clone(),
            })
        })
        .collect();
    all.sort();
    all
}

fn days(site: &Site, content: &Content) -> Vec<(Date, Event)> {
    let common = &content.common;
    let mut days = Vec::new();
    let expires = common.expires_at.as_ref();
    // From that day on it is gone: the last day is the one before, as a record's is.
    let expires = expires.and_then(|day| day.value.date().yesterday().ok());
    match &content.kind {
        Kind::EnforcementCase(case) if case.is_record() => {
            let last = last_day(case, &site.vocabularies);
            let last = last.into_iter().chain(expires).min();
            days.extend(last.map(|day| (day, Event::PublicityEnds)));
        }
        kind => {
            days.extend(expires.map(|day| (day, Event::Expires)));
            if let Kind::BenchmarkCase(case) = kind {
                let until = case.consent.as_ref().and_then(|one| one.until.as_ref());
                days.extend(until.map(|day| (day.value.date(), Event::ConsentEnds)));
            }
        }
    }
    let review = common.review_by.as_ref();
    days.extend(review.map(|day| (day.value.date(), Event::Review)));
    days
}
