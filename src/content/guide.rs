//! 标准化运行提升指南: text by the elements of a named element set.

use super::fields::{Fields, Located};

/// A guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// The id of the element set that its sections follow.
    pub element_set: Located<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Guide {
    Guide {
        element_set: fields.required_text("element_set"),
    }
}
