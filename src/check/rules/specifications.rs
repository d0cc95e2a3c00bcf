//! Rules: the four specifications of the industries.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
