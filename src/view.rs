//! What templates see: plain values, each page's own and those shared by all. A template can read
//! nothing else, so equal views and an equal theme give equal bytes, and a view's hash is the whole
//! record of what a page depends on.
//!
//! Addresses in views are site paths without the leading `/`, percent-encoded; a template writes
//! `{{ root }}` before them, which leads from the page to the site's root. Pure.

pub mod body;
pub mod card;
pub mod changes;
pub mod clauses;
pub mod coverage;
pub mod detail;
pub mod ended;
pub mod facet;
pub mod feed;
pub mod file;
pub mod glossary;
pub mod head;
pub mod home;
pub mod index;
pub mod leaving;
pub mod library;
pub mod listing;
pub mod matrix;
pub mod offline;
pub mod page;
pub mod picture;
pub mod shared;
pub mod timeline;

use crate::path::{UrlPath, percent_encode};
use jiff::civil::DateTime;
use serde::Serialize;

/// A link: what readers see and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    /// What readers see.
    pub title: String,
    /// The site path, or a whole address where `external`.
    pub url: String,
    /// Whether it leads out of the site; then `root` must not stand before it.
    pub external: bool,
}

impl LinkView {
    /// A link within the site.
    #[must_use]
    pub fn new(title: &str, url: &UrlPath) -> Self {
        Self {
            title: title.to_owned(),
            url: site_path(url.as_str()),
            external: false,
        }
    }
}

/// The site path of an address: without its leading `/`, percent-encoded, its anchor kept.
#[must_use]
pub fn site_path(address: &str) -> String {
    let below = address.trim_start_matches('/');
    match below.split_once('#') {
        Some((path, anchor)) => format!("{}#{}", percent_encode(path), percent_encode(anchor)),
        None => percent_encode(below),
    }
}

/// A date for readers, and for the `datetime` attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DateView {
    /// `2025-03-01`, with the time `09:30` where one was written.
    pub text: String,
    /// `2025-03-01` or `2025-03-01T09:30`.
    pub iso: String,
    /// `2025-03-01 09:30`, as government pages have it (国办发〔2017〕47号, annex).
    pub minute: String,
}

impl DateView {
    /// The views of a date; midnight counts as a date without a time.
    #[must_use]
    pub fn new(date: DateTime) -> Self {
        // Written out by hand: dates are made by the ten thousand in every build.
        let (year, month, day) = (date.year(), date.month(), date.day());
        let day = format!("{year:04}-{month:02}-{day:02}");
        let minute = format!("{day} {:02}:{:02}", date.hour(), date.minute());
        let timed = date.hour() != 0 || date.minute() != 0;
        Self {
            iso: if timed {
                minute.replace(' ', "T")
            } else {
                day.clone()
            },
            text: if timed { minute.clone() } else { day },
            minute,
        }
    }
}
