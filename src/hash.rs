//! Fingerprints: 128-bit hashes that decide whether an input or a view has changed. They hold for one
//! build of the program only (the layout of `std::hash::Hash` may differ between compilers), which is
//! why everything that stores them is stamped with the program's version.

use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// A 128-bit XXH3 hash.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint that stands for nothing.
    pub const ZERO: Self = Self(0);

    /// The fingerprint of some bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The fingerprint of a value by its `Hash`, so that a new field cannot be forgotten.
    #[must_use]
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = Stable(Xxh3::new());
        value.hash(&mut hasher);
        Self(hasher.0.digest128())
    }

    /// The fingerprint as bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The first sixteen hexadecimal digits: enough to tell that something has not changed.
    #[must_use]
    pub fn long(self) -> String {
        format!("{:016x}", self.0 >> 64)
    }

    /// The first eight hexadecimal digits: enough to tell two versions of one asset apart in its name.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:08x}", self.0 >> 96)
    }
}

struct Stable(Xxh3);

impl Hasher for Stable {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_fingerprints_and_others_do_not() {
        assert_eq!(Fingerprint::of("安全"), Fingerprint::of("安全"));
        assert_ne!(Fingerprint::of("安全"), Fingerprint::of("安 全"));
        assert_ne!(
            Fingerprint::of(&("ab", "c")),
            Fingerprint::of(&("a", "bc")),
            "a field's end is part of the hash"
        );
        assert_eq!(Fingerprint::of_bytes(b"x").short().len(), 8);
    }
}
