//! Packed documents (`.docx`, `.xlsx`, `.pptx`, `.odt`, `.ofd`): programs in them, links out of them, and the names of
//! authors – in the properties, on comments and on tracked changes, and in the path under which an author kept a
//! workbook.

use super::xml::{Names, without};
use super::{Examined, Problem};
use std::io::{Cursor, Error, Read, Write};
use zip::ZipArchive;
use zip::result::ZipError;

/// How much of a document is unpacked to be looked into: what anybody writes is smaller.
const MOST: u64 = 128 << 20;

/// Which names stand in a part.
fn names(path: &str) -> Option<Names> {
    let is = |start: &str| path.starts_with(start) && path.ends_with(".xml");
    let (elements, attributes): (&'static [&'static str], &'static [&'static str]) = match path {
        "docProps/core.xml" => (&["creator", "lastModifiedBy"], &[]),
        "docProps/app.xml" => (&["Company", "Manager"], &[]),
        "meta.xml" => (&["creator", "initial-creator", "printed-by"], &[]),
        "content.xml" => (&["creator"], &[]),
        "OFD.xml" => (&["Author", "Creator"], &[]),
        "ppt/commentAuthors.xml" | "ppt/authors.xml" => (&[], &["name", "initials", "userId"]),
        "xl/workbook.xml" => (&[], &["url", "userName"]),
        _ if is("xl/comments") => (&["author"], &[]),
        _ if is("xl/persons/") => (&[], &["displayName", "userId"]),
        _ if is("word/") => (&[], &["author", "initials", "userId"]),
        _ => return None,
    };
    Some(Names {
        elements,
        attributes,
    })
}

/// Looks into a packed document.
#[must_use]
pub fn examine(bytes: &[u8]) -> Examined {
    look(bytes).unwrap_or_else(|_| Examined::only(Problem::Broken))
}

fn look(bytes: &[u8]) -> Result<Examined, Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Error::other)?;
    let mut problems = Vec::new();
    let paths = archive.file_names().flatten();
    let paths: Vec<String> = paths.map(std::borrow::Cow::into_owned).collect();
    let has = |test: fn(&str) -> bool| paths.iter().any(|path| test(path));
    if has(|path| path.to_lowercase().ends_with("vbaproject.bin"))
        || has(|path| path.starts_with("Basic/") || path.starts_with("Scripts/"))
    {
        problems.push(Problem::Program);
    }
    let signed = has(|path| {
        path.starts_with("_xmlsignatures/")
            || path == "META-INF/documentsignatures.xml"
            || path.ends_with("/Signs/Signatures.xml")
    });
    let (mut changed, mut linked, mut left) = (Vec::new(), false, MOST);
    for at in 0..archive.len() {
        let mut part = match archive.by_index(at) {
            Ok(part) => part,
            // A part of a `.zip` may be locked or packed in a way of its own; those of documents never are.
            Err(ZipError::UnsupportedArchive(_) | ZipError::InvalidPassword) => {
                problems.push(Problem::Locked);
                break;
            }
            Err(found) => return Err(Error::other(found)),
        };
        // Names that are no UTF-8 stand in no document, only in what was packed by hand.
        let Ok(path) = part.name().map(std::borrow::Cow::into_owned) else {
            continue;
        };
        let is_list = path.ends_with(".rels");
        let wanted = names(&path);
        if wanted.is_none() && !is_list {
            continue;
        }
        let mut xml = Vec::new();
        // One byte more than is left shows that there is more: a part that is cut off must never be written back.
        part.by_ref().take(left + 1).read_to_end(&mut xml)?;
        let size = u64::try_from(xml.len()).unwrap_or(u64::MAX);
        let Some(rest) = left.checked_sub(size) else {
            return Ok(Examined::only(Problem::Broken));
        };
        left = rest;
        linked |= is_list && leads_out(&xml);
        if let Some(names) = wanted
            && let Some(clean) = without(&xml, names).map_err(Error::other)?
        {
            changed.push((at, clean));
        }
    }
    if linked {
        problems.push(Problem::Linked);
    }
    if signed && !changed.is_empty() {
        problems.push(Problem::Signed);
        changed.clear();
    }
    let cleaned = match changed.is_empty() {
        true => None,
        false => Some(repacked(&mut archive, &changed)?),
    };
    Ok(Examined { problems, cleaned })
}

/// Whether a list of relations names a file elsewhere that the document draws on; a link that a reader may follow is
/// none.
fn leads_out(xml: &[u8]) -> bool {
    let text = crate::text::lossy(xml);
    let relations = text.split("<Relationship ").skip(1);
    let mut relations = relations.map(|rest| rest.split('>').next().unwrap_or_default());
    relations.any(|one| one.contains("TargetMode=\"External\"") && !one.contains("/hyperlink\""))
}

/// The document with some parts in place of others; the rest is taken over as it is packed.
fn repacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    changed: &[(usize, Vec<u8>)],
) -> Result<Vec<u8>, Error> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(Error::other)?;
        match changed.iter().find(|(place, _)| *place == at) {
            None => to.raw_copy_file(part).map_err(Error::other)?,
            Some((_, xml)) => {
                let name = part.name().map_err(Error::other)?.into_owned();
                to.start_file(name, options).map_err(Error::other)?;
                to.write_all(xml)?;
            }
        }
    }
    Ok(to.finish().map_err(Error::other)?.into_inner())
}
