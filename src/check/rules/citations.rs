//! Rules: laws, rules and standards that texts rest on.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
