//! Files of the index as they are stored: gzip where that makes them smaller, so that they are small
//! on every server. The first bytes tell which.

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{Read, Write};

/// No file of an index is larger than this when unpacked: a damaged one must not fill the memory.
const LIMIT: u64 = 64 << 20;

/// Packs bytes; they stay as they are where packing does not pay.
#[must_use]
pub fn pack(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(level));
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) if packed.len() < bytes.len() || looks_packed(bytes) => packed,
        _ => bytes.to_vec(),
    }
}

/// Unpacks; nothing where the file is damaged.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    if !looks_packed(bytes) {
        return Some(bytes.to_vec());
    }
    let mut unpacked = Vec::with_capacity(bytes.len() * 3);
    let mut decoder = GzDecoder::new(bytes).take(LIMIT);
    decoder.read_to_end(&mut unpacked).ok()?;
    Some(unpacked)
}

fn looks_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}
