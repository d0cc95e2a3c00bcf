//! Whether a document is published on a given day.

use super::common::Common;
use jiff::civil::Date;

/// What is published: the day, and whether drafts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublishPolicy {
    /// The day that counts as today.
    pub today: Date,
    /// Whether drafts are published too.
    pub drafts: bool,
}

impl PublishPolicy {
    /// Whether a document with these keys is published: from the day of `publish_at` on, up to the
    /// day before `expires_at`.
    #[must_use]
    pub fn publishes(&self, common: &Common) -> bool {
        let begun = common.publish_at.as_ref();
        let begun = begun.is_none_or(|from| from.value.date() <= self.today);
        let ended = common.expires_at.as_ref();
        let ended = ended.is_some_and(|until| until.value.date() <= self.today);
        begun && !ended && (self.drafts || !common.draft)
    }
}
