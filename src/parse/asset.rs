//! A file that is published beside the documents: how large it will be, its width and height where it is a picture,
//! and what is wrong with it.

use super::picture;
use crate::attachment::{Problem, examine};
use serde::{Deserialize, Serialize};

/// What is known of a file that is published beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its size in bytes as published: without the names of its authors.
    pub size: u64,
    /// Width and height, for pictures.
    pub dimensions: Option<(u32, u32)>,
    /// Whether the names of its authors are taken out.
    pub cleaned: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Asset {
    /// What is known of a file whose name ends with `extension`.
    #[must_use]
    pub fn of(extension: &str, bytes: &[u8]) -> Self {
        let examined = examine(extension, bytes);
        let published = examined.cleaned.as_ref().map_or(bytes.len(), Vec::len);
        Self {
            size: published.try_into().unwrap_or(u64::MAX),
            dimensions: picture::dimensions(extension, bytes),
            cleaned: examined.cleaned.is_some(),
            problems: examined.problems,
        }
    }
}
