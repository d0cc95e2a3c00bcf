//! Many small files as one, for readers who fetch them all at once: over a slow connection a thousand requests take
//! minutes.
//!
//! ```text
//! bundle := length-of-head (four bytes, the low one first)  head  bytes-of-each-file
//! head   := gzip of JSON: [[path, size], ...]
//! ```

use crate::output::search::pack::pack;

/// The bundle of files, in their order.
#[must_use]
pub fn bundle(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let rows: Vec<(&str, usize)> = files
        .iter()
        .map(|(path, bytes)| (*path, bytes.len()))
        .collect();
    let head = pack(&serde_json::to_vec(&rows).unwrap_or_default(), 9);
    let all: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let mut out = Vec::with_capacity(4 + head.len() + all);
    out.extend_from_slice(&u32::try_from(head.len()).unwrap_or(0).to_le_bytes());
    out.extend_from_slice(&head);
    for (_, bytes) in files {
        out.extend_from_slice(bytes);
    }
    out
}
