//! The container of older office programs (`.doc`, `.xls`, `.ppt`, and what WPS writes): macros in it, a password on
//! it, and the names of authors in its two sets of properties, which are overwritten where they stand.

use super::{Examined, Problem};
use std::io::{Cursor, Error, Read, Seek, SeekFrom, Write};

/// The streams of properties (MS-OLEPS), each with the ids of those that name people: author and who saved last;
/// manager and company.
const PROPERTIES: [(&str, &[u32]); 2] = [
    ("/\u{5}SummaryInformation", &[4, 8]),
    ("/\u{5}DocumentSummaryInformation", &[14, 15]),
];
/// The largest set of properties that is looked into.
const LARGEST: u64 = 1 << 20;

/// Looks into a container.
#[must_use]
pub fn examine(bytes: &[u8]) -> Examined {
    look(bytes).unwrap_or_else(|_| Examined::only(Problem::Broken))
}

fn look(bytes: &[u8]) -> Result<Examined, Error> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes.to_vec()))?;
    let mut problems = Vec::new();
    let names: Vec<String> = container
        .walk()
        .map(|entry| entry.name().to_owned())
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("EncryptedPackage") {
        return Ok(Examined::only(Problem::Locked));
    }
    if has("_VBA_PROJECT_CUR") || has("Macros") || has("_VBA_PROJECT") {
        problems.push(Problem::Program);
    }
    let signed = has("_signatures") || has("_xmlsignatures");
    let mut changed = false;
    for (path, ids) in PROPERTIES {
        if !container.is_stream(path) {
            continue;
        }
        let mut stream = container.open_stream(path)?;
        let mut set = Vec::new();
        Read::by_ref(&mut stream)
            .take(LARGEST)
            .read_to_end(&mut set)?;
        let places = texts(&set, ids);
        if places.is_empty() {
            continue;
        }
        changed = true;
        for (start, end) in places {
            stream.seek(SeekFrom::Start(start.try_into().unwrap_or(u64::MAX)))?;
            stream.write_all(&vec![0; end - start])?;
        }
        stream.flush()?;
    }
    if signed && changed {
        problems.push(Problem::Signed);
        changed = false;
    }
    container.flush()?;
    Ok(Examined {
        problems,
        cleaned: changed.then(|| container.into_inner().into_inner()),
    })
}

/// Where the texts of some properties stand in a set, from and to; empty ones are left out.
fn texts(set: &[u8], ids: &[u32]) -> Vec<(usize, usize)> {
    let number = |at: usize| -> Option<usize> {
        let bytes = set.get(at..at.checked_add(4)?)?;
        let bytes: [u8; 4] = bytes.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    // Behind the head of 28 bytes stand the name of the first section and where it begins.
    let Some(section) = number(44) else {
        return Vec::new();
    };
    let count = number(section + 4).unwrap_or(0).min(set.len() / 8);
    let places = (0..count).filter_map(|at| {
        let pair = section + 8 + at * 8;
        let id = u32::try_from(number(pair)?).ok()?;
        if !ids.contains(&id) {
            return None;
        }
        let value = section + number(pair + 4)?;
        let length = number(value + 4)?;
        let bytes = match number(value)? & 0xffff {
            // Texts in a code page, counted in bytes, and in UTF-16, counted in units.
            0x1e => length,
            0x1f => length.checked_mul(2)?,
            _ => return None,
        };
        let (start, end) = (value + 8, (value + 8).checked_add(bytes)?);
        let text = set.get(start..end)?;
        text.iter()
            .any(|byte| !matches!(byte, 0 | b' '))
            .then_some((start, end))
    });
    places.collect()
}
