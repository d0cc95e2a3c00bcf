//! Files of the index as they are stored: gzip where that makes them smaller, so that they are small
//! on every server. The first bytes tell which.

use flate2::read::GzDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;

/// No file of an index is larger than this when unpacked: a damaged one must not fill the memory.
const LIMIT: u64 = 64 << 20;

/// Packs bytes; they stay as they are where packing does not pay.
#[must_use]
pub fn pack(bytes: &[u8], level: u32) -> Vec<u8> {
    PACKERS.with_borrow_mut(|packers| {
        let packer = packers
            .entry(level)
            .or_insert_with(|| Compress::new_gzip(Compression::new(level), 15));
        packer.reset();
        // Incompressible bytes grow by a few for every sixteen thousand.
        let mut packed = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        match packer.compress_vec(bytes, &mut packed, FlushCompress::Finish) {
            Ok(Status::StreamEnd) if packed.len() < bytes.len() || looks_packed(bytes) => {
                packed.shrink_to_fit();
                packed
            }
            _ => bytes.to_vec(),
        }
    })
}

thread_local! {
    /// A packer of each level, used again and again: most files are smaller than what one is made of.
    static PACKERS: RefCell<BTreeMap<u32, Compress>> = const { RefCell::new(BTreeMap::new()) };
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
