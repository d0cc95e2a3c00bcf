//! Whether a document is published on a given day.

use super::common::Common;
use super::publicity::{self, Ended};
use super::vocabulary::Vocabularies;
use super::{Content, Kind};
use jiff::civil::Date;

/// What is published: the day, and whether drafts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublishPolicy {
    /// The day that counts as today.
    pub today: Date,
    /// Whether drafts are published too.
    pub drafts: bool,
}

/// Whether a document is published, and what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is published.
    Published,
    /// Nothing of it is: a draft, or its day has not come or has gone.
    Absent,
    /// A record that was shown and may be no longer: its address says so and no more.
    Ended(Ended),
}

impl PublishPolicy {
    /// Whether a document is published: from the day of `publish_at` on, up to the day before `expires_at`, and a record
    /// of enforcement up to its last day.
    #[must_use]
    pub fn standing(&self, content: &Content, vocabularies: &Vocabularies) -> Standing {
        let common = &content.common;
        if !self.has_begun(common) || (common.draft && !self.drafts) {
            return Standing::Absent;
        }
        let expires = common.expires_at.as_ref();
        let expired = expires.is_some_and(|until| until.value.date() <= self.today);
        let Kind::EnforcementCase(case) = &content.kind else {
            return match expired {
                true => Standing::Absent,
                false => Standing::Published,
            };
        };
        match publicity::ended(case, vocabularies, self.today) {
            Some(ended) => Standing::Ended(ended),
            None if expired && case.is_record() => Standing::Ended(Ended::Over),
            None if expired => Standing::Absent,
            None => Standing::Published,
        }
    }

    fn has_begun(&self, common: &Common) -> bool {
        let begun = common.publish_at.as_ref();
        begun.is_none_or(|from| from.value.date() <= self.today)
    }
}
