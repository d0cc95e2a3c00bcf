//! PDF files: scripts in them, a password on them, and the names of authors in the dictionary of the document, in its
//! XMP, and on remarks.

use super::xml::{Names, without};
use super::{Examined, Problem};
use lopdf::{Dictionary, Document, Object};

/// Entries of the document's dictionary that name people (ISO 32000-1, 14.3.3).
const INFO: [&[u8]; 2] = [b"Author", b"Company"];
/// Elements of XMP that do.
const XMP: Names = Names {
    elements: &["creator", "Author", "author"],
    attributes: &["creator", "Author"],
};
/// Kinds of remarks, whose `T` is who made them; that of a field to fill in is its name.
const REMARKS: [&[u8]; 12] = [
    b"Text",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"StrikeOut",
    b"Stamp",
    b"Ink",
];

/// Looks into a PDF file.
#[must_use]
pub fn examine(bytes: &[u8]) -> Examined {
    let Ok(mut document) = Document::load_mem(bytes) else {
        return Examined::only(Problem::Broken);
    };
    if document.is_encrypted() || document.was_encrypted() {
        return Examined::only(Problem::Locked);
    }
    let mut problems = Vec::new();
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = info.ok();
    let (mut changed, mut signed, mut scripted) = (false, false, false);
    for (id, object) in &mut document.objects {
        match object {
            Object::Dictionary(one) => {
                if Some(*id) == info {
                    changed |= INFO.iter().any(|key| taken(one, key));
                }
                let subtype = one.get(b"Subtype").and_then(Object::as_name);
                let is_remark = subtype.is_ok_and(|name| REMARKS.contains(&name));
                changed |= is_remark && taken(one, b"T");
                signed |= one.has(b"ByteRange");
                let action = one.get(b"S").and_then(Object::as_name);
                scripted |= one.has(b"JS") || action.is_ok_and(|name| name == b"Launch");
            }
            Object::Stream(stream) if stream.dict.has_type(b"Metadata") => {
                let Ok(xml) = stream.get_plain_content() else {
                    problems.push(Problem::Broken);
                    continue;
                };
                match without(&xml, XMP) {
                    Ok(Some(clean)) => {
                        stream.set_plain_content(clean);
                        changed = true;
                    }
                    Ok(None) => {}
                    Err(_) => problems.push(Problem::Broken),
                }
            }
            _ => {}
        }
    }
    if scripted {
        problems.push(Problem::Program);
    }
    if signed && changed {
        problems.push(Problem::Signed);
        changed = false;
    }
    problems.dedup();
    let mut cleaned = Vec::new();
    let saved = changed && document.save_to(&mut cleaned).is_ok();
    if changed && !saved {
        problems.push(Problem::Broken);
    }
    Examined {
        problems,
        cleaned: saved.then_some(cleaned),
    }
}

/// Takes an entry out; whether there was one that said something.
fn taken(dictionary: &mut Dictionary, key: &[u8]) -> bool {
    let old = dictionary.remove(key);
    old.is_some_and(|old| match old {
        Object::String(text, _) => text.iter().any(|byte| !matches!(byte, 0 | b' ')),
        Object::Reference(_) => true,
        _ => false,
    })
}
