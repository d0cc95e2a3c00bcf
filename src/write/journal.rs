//! The journal of a commit: everything it will do, written down before it begins. Once the journal
//! stands under its name the commit is decided and whoever comes next completes it; before that,
//! nothing has happened. Its bytes carry their own fingerprint, so half a journal is none.

use super::{Changes, Manifest};
use crate::hash::Fingerprint;
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

/// Bytes that [`open`] recognises: a fingerprint, then the value.
#[must_use]
pub fn seal<T: Serialize>(value: &T) -> Vec<u8> {
    // Plain data of ours always serialises; an empty seal would only be refused by `open`.
    let bytes = postcard::to_allocvec(value).unwrap_or_default();
    let mut sealed = Fingerprint::of_bytes(&bytes).to_bytes().to_vec();
    sealed.extend_from_slice(&bytes);
    sealed
}

/// The value of sealed bytes; nothing where they are damaged, cut short or of another shape.
#[must_use]
pub fn open<'a, T: Deserialize<'a>>(sealed: &'a [u8]) -> Option<T> {
    let (print, bytes) = sealed.split_at_checked(16)?;
    let whole = Fingerprint::of_bytes(bytes).to_bytes() == print;
    whole.then(|| postcard::from_bytes(bytes).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_bytes_are_none() {
        let sealed = seal(&("安全".to_owned(), 3_u32));
        assert_eq!(open(&sealed), Some(("安全".to_owned(), 3_u32)));
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(open::<(String, u32)>(&damaged), None, "byte {at}");
            assert_eq!(open::<(String, u32)>(&sealed[..at]), None, "cut at {at}");
        }
    }
}
