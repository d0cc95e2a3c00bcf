//! Rules: letters and what is attached.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
