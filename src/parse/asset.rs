//! A file that is published beside the documents: how large it will be, its width and height where it is a picture,
//! and what is wrong with it.

use super::picture;
use crate::attachment::copies::{self, Copy, Stored};
use crate::attachment::words::{self, Secret, Unread};
use crate::attachment::{Problem, examine, photo};
use serde::{Deserialize, Serialize};

/// What is known of a file that is published beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its size in bytes as published: without the names of its authors.
    pub size: u64,
    /// Width and height as readers see them, for pictures.
    pub dimensions: Option<(u32, u32)>,
    /// How it is stored, for pictures.
    pub stored: Stored,
    /// Whether the names of its authors are taken out.
    pub cleaned: bool,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What its text says of persons; names count where a case offers it.
    pub personal: Vec<Secret>,
    /// Why some of its text was not looked through.
    pub unread: Option<Unread>,
}

impl Asset {
    /// What is known of a file whose name ends with `extension`.
    #[must_use]
    pub fn of(extension: &str, bytes: &[u8]) -> Self {
        let examined = examine(extension, bytes);
        let stored = photo::stored(extension, bytes);
        let dimensions = picture::dimensions(extension, bytes);
        let published = examined.cleaned.as_deref().unwrap_or(bytes);
        let words = words::read(extension, published);
        Self {
            size: published.len().try_into().unwrap_or(u64::MAX),
            // From the fifth on, the sides change places (Exif 2.3, tag 0x0112).
            dimensions: dimensions.map(|(width, height)| match stored.turned {
                5.. => (height, width),
                _ => (width, height),
            }),
            stored,
            cleaned: examined.cleaned.is_some(),
            problems: examined.problems,
            personal: words.secrets,
            unread: words.unread,
        }
    }

    /// The copies of the picture for pages that show it.
    #[must_use]
    pub fn copies(&self, extension: &str) -> Vec<Copy> {
        let shown = self.dimensions.filter(|_| self.problems.is_empty());
        shown.map_or_else(Vec::new, |shown| {
            copies::wanted(extension, shown, self.stored)
        })
    }

    /// The upright picture that is published instead of this one.
    #[must_use]
    pub fn upright(&self) -> Option<Copy> {
        let shown = self.dimensions.filter(|_| self.problems.is_empty())?;
        copies::upright(shown, self.stored)
    }
}
