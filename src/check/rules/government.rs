//! Rules: what a government site must show.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
