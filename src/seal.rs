//! Values as bytes that carry their own fingerprint: what was damaged or cut short on its way is nothing
//! rather than something else. The journal, the manifest and the cache are kept so. Knows no file.

use crate::hash::Fingerprint;
use serde::{Deserialize, Serialize};

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
