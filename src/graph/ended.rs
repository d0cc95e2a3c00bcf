//! Records that are no longer shown: what stands at their addresses, and which files go with them.

use super::{Document, Page};
use crate::content::Kind;
use crate::content::publicity::{self, Ended};
use crate::content::vocabulary::Vocabularies;
use crate::path::{SourcePath, UrlPath, percent_decode};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A record that was published and is no longer. Its page says so and names nobody.
#[derive(Clone, Debug, PartialEq)]
pub struct EndedRecord {
    /// What it was, for those who keep the site; no page shows it.
    pub document: Document,
    /// The name by which other documents link to it.
    pub target: String,
    /// Where it stood.
    pub url: UrlPath,
    /// Why it ended.
    pub ended: Ended,
    /// The last day on which it was shown, where its period is over.
    pub last_day: Option<Date>,
}

impl EndedRecord {
    /// A record that ended, from its document.
    #[must_use]
    pub fn new(
        document: Document,
        target: String,
        ended: Ended,
        vocabularies: &Vocabularies,
    ) -> Self {
        let last_day = match &document.content.kind {
            Kind::EnforcementCase(case) if ended == Ended::Over => {
                let marked = case.record_status.as_ref();
                let marked = marked.is_some_and(|status| status.value == "expired");
                let period = publicity::last_day(case, vocabularies).filter(|_| !marked);
                let expires = document.content.common.expires_at.as_ref();
                let expires = expires.and_then(|day| day.value.date().yesterday().ok());
                period.into_iter().chain(expires).min()
            }
            _ => None,
        };
        Self {
            url: url_of(&target),
            document,
            target,
            ended,
            last_day,
        }
    }

    /// Why it was withdrawn, which the office must say (行政处罚法 article 48).
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        let Kind::EnforcementCase(case) = &self.document.content.kind else {
            return None;
        };
        let reason = case.withdraw_reason.as_ref().map(|one| one.value.as_str());
        reason.filter(|_| self.ended == Ended::Withdrawn)
    }
}

/// The address of a target.
#[must_use]
pub fn url_of(target: &str) -> UrlPath {
    match target.is_empty() || target.ends_with('/') {
        true => UrlPath::new(&format!("/{target}")),
        false => UrlPath::new(&format!("/{target}/")),
    }
}

/// The files that a document names: in its text, among its photographs and what it offers to download. Names that lead
/// to no file are harmless.
#[must_use]
pub fn named_files(document: &Document, root: &SourcePath) -> BTreeSet<SourcePath> {
    let slots = document.body.slots.iter().map(|slot| slot.target.as_str());
    let common = &document.content.common;
    let attachments = common.attachments.iter().map(|one| one.file.value.as_str());
    let photos = document.content.photos().into_iter();
    let names = slots
        .chain(attachments)
        .chain(photos.map(|one| one.value.as_str()));
    let paths = names.filter_map(|name| {
        let path = name.split(['#', '?']).next().unwrap_or_default();
        let path = percent_decode(path);
        document.path.join(root.as_str(), &path).ok()
    });
    paths.collect()
}

/// The files that only documents name which are not published: they are not published either.
pub(super) fn hidden_files(
    unpublished: &BTreeSet<SourcePath>,
    pages: &[Page],
    root: &SourcePath,
) -> BTreeSet<SourcePath> {
    if unpublished.is_empty() {
        return BTreeSet::new();
    }
    let mut hidden = unpublished.clone();
    for page in pages {
        for shown in named_files(&page.document, root) {
            hidden.remove(&shown);
        }
    }
    hidden
}
