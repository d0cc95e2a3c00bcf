//! The journal of a commit: everything it will do, written down before it begins. Once the journal
//! stands under its name the commit is decided and whoever comes next completes it; before that,
//! nothing has happened. It is kept sealed ([`crate::seal`]), so half a
//! journal is none.

use super::{Changes, Manifest};
use crate::path::OutputPath;
use serde::{Deserialize, Serialize};

/// What a commit will do.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Files to remove.
    pub remove: Vec<OutputPath>,
    /// Files that were staged.
    pub write: Vec<OutputPath>,
    /// The manifest afterwards.
    pub manifest: Manifest,
}

impl Journal {
    /// The journal of some changes.
    #[must_use]
    pub fn new(changes: &Changes, manifest: Manifest) -> Self {
        Self {
            remove: changes.remove.iter().cloned().collect(),
            write: changes.write.iter().cloned().collect(),
            manifest,
        }
    }
}
