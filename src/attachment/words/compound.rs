//! Texts of older office programs, as far as they stand in a row in the streams of their containers: in UTF-16 or one byte
//! a character. Which row is shown where is not looked for.

use super::{Look, Place};
use std::io::{Cursor, Read};

/// The streams that hold what readers see.
const STREAMS: [&str; 4] = [
    "/WordDocument",
    "/Workbook",
    "/Book",
    "/PowerPoint Document",
];
/// The shortest row of characters that is looked at.
const SHORTEST: usize = 6;

/// Looks at each row of characters.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    let Ok(mut container) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return;
    };
    for path in STREAMS {
        let Ok(mut stream) = container.open_stream(path) else {
            continue;
        };
        let mut held = Vec::new();
        let read = Read::by_ref(&mut stream)
            .take(look.left + 1)
            .read_to_end(&mut held);
        if read.is_err() || !look.take(held.len()) {
            return;
        }
        for start in [0, 1] {
            let units = held.get(start..).unwrap_or_default().chunks_exact(2);
            let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            let characters = char::decode_utf16(units).map(|one| one.unwrap_or('\0'));
            runs(look, characters);
        }
        let single = held.iter().map(|byte| match byte {
            b' '..=b'~' => char::from(*byte),
            _ => '\0',
        });
        runs(look, single);
    }
}

fn runs(look: &mut Look, characters: impl Iterator<Item = char>) {
    let mut run = String::new();
    for one in characters.chain(['\0']) {
        let shown = matches!(one, ' '..='~' | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        if shown {
            run.push(one);
            continue;
        }
        if run.len() >= SHORTEST {
            look.at(&Place::Text, &run);
        }
        run.clear();
    }
}
