//! Folding: one form for everything that readers mean by the same character. Width, case, composed
//! forms and traditional characters are folded; marks and invisible characters fall away. The browser
//! folds in the same way (`themes/anjian/js/search.js`); both read `tests/search/fold.txt`.

use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of a character: compatibility forms (NFKC), lower case, simplified.
pub fn push_folded(out: &mut String, character: char) {
    if character.is_ascii() {
        out.push(character.to_ascii_lowercase());
        return;
    }
    // What most of a Chinese text is made of, before what Unicode has to be asked about.
    if is_plain_han(character) {
        out.push(simplified(character));
        return;
    }
    if matches!(
        character,
        '、' | '。' | '《' | '》' | '“' | '”' | '〔' | '〕'
    ) {
        out.push(character);
        return;
    }
    if is_invisible(character) {
        return;
    }
    if let Some(narrow) = narrow(character) {
        out.push(narrow.to_ascii_lowercase());
        return;
    }
    for compatible in std::iter::once(character).nfkc() {
        for lower in compatible.to_lowercase() {
            if !is_combining_mark(lower) && !is_invisible(lower) {
                out.push(simplified(lower));
            }
        }
    }
}

/// A text folded character by character.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push_folded(&mut out, character);
    }
    out
}

/// The unified ideographs that normalisation leaves alone.
fn is_plain_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// The ASCII character that a full-width form is compatible with.
fn narrow(character: char) -> Option<char> {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        _ => None,
    }
}

/// Soft hyphens, joiners, marks of direction and byte order: nothing that a reader sees.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

/// The simplified form of a character; itself where it has none.
fn simplified(character: char) -> char {
    static ROW: OnceLock<Vec<char>> = OnceLock::new();
    match character {
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => {
            // Every character of every page comes this way: a place in a row, not a hash.
            let row = ROW.get_or_init(|| {
                let pairs = simplifications();
                let all = '\u{3400}'..='\u{9fff}';
                all.map(|one| *pairs.get(&one).unwrap_or(&one)).collect()
            });
            let place = usize::try_from(u32::from(character) - 0x3400).ok();
            *place.and_then(|place| row.get(place)).unwrap_or(&character)
        }
        other => other,
    }
}

/// Traditional characters with their simplified forms, from OpenCC's characters one by one: a longer
/// context would fold the same character differently in a page and in a query.
#[must_use]
pub fn simplifications() -> &'static HashMap<char, char> {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        use ferrous_opencc::OpenCC;
        use ferrous_opencc::config::BuiltinConfig;
        let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else {
            return HashMap::new();
        };
        let all = ('\u{3400}'..='\u{4dbf}').chain('\u{4e00}'..='\u{9fff}');
        let lines: String = all.clone().flat_map(|one| [one, '\n']).collect();
        let converted = converter.convert(&lines);
        let pairs = all.zip(converted.split('\n'));
        pairs
            .filter_map(|(from, to)| {
                let mut to = to.chars();
                let (first, rest) = (to.next()?, to.next());
                (rest.is_none() && first != from).then_some((from, first))
            })
            .collect()
    })
}
