//! Texts of Word, PowerPoint, OpenDocument and OFD, and what stands in archives.

use super::{Look, Place, Unread, xml};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Looks through a packed document, part by part.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    each(
        look,
        bytes,
        |path| place(path).is_some(),
        |look, path, part| {
            let Some((place, all)) = place(path) else {
                return;
            };
            let text = match place {
                Place::Link => links(part),
                _ => xml::text(part, all),
            };
            look.lines(&place, &text);
        },
    );
}

/// Looks into the files of an archive.
pub(super) fn archive(look: &mut Look, bytes: &[u8]) {
    let is_file = |path: &str| !path.ends_with('/') && path.contains('.');
    each(look, bytes, is_file, |look, path, part| {
        if look.packed == 0 {
            look.miss(Unread::TooLarge);
            return;
        }
        look.packed -= 1;
        let (_, extension) = path.rsplit_once('.').unwrap_or_default();
        look.within.push(path.to_owned());
        look.file(extension, part);
        look.within.pop();
    });
}

/// Each part that is wanted, unpacked.
pub(super) fn each(
    look: &mut Look,
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    mut then: impl FnMut(&mut Look, &str, &[u8]),
) {
    // What cannot be opened at all is reported as broken already.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return;
    };
    for at in 0..archive.len() {
        let Ok(mut part) = archive.by_index(at) else {
            look.miss(Unread::Damaged);
            continue;
        };
        let Ok(path) = part.name().map(std::borrow::Cow::into_owned) else {
            continue;
        };
        if !wanted(&path) {
            continue;
        }
        let mut unpacked = Vec::new();
        // One byte more than is left shows that there is more.
        let read = part.by_ref().take(look.left + 1).read_to_end(&mut unpacked);
        if read.is_err() {
            look.miss(Unread::Damaged);
        }
        if !look.take(unpacked.len()) {
            return;
        }
        then(look, &path, &unpacked);
    }
}

/// Where the text of a part stands for readers, and whether all of its text counts; nothing for parts without any.
fn place(path: &str) -> Option<(Place, bool)> {
    let below = |folder: &str| {
        let rest = path.strip_prefix(folder)?.strip_suffix(".xml")?;
        (!rest.contains('/')).then_some(rest)
    };
    if path.ends_with(".rels") {
        return Some((Place::Link, false));
    }
    if below("docProps/").is_some() || path == "meta.xml" {
        return Some((Place::Properties, true));
    }
    if let Some(name) = below("word/") {
        let starts = |start: &str| name.starts_with(start);
        return match () {
            () if starts("header") || starts("footer") => Some((Place::Margin, false)),
            () if starts("footnotes") || starts("endnotes") => Some((Place::Note, false)),
            () if starts("comments") => Some((Place::Remark, false)),
            () if starts("document") => Some((Place::Text, false)),
            () => None,
        };
    }
    let number = |name: &str| {
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    };
    if let Some(name) = below("ppt/slides/").or_else(|| below("ppt/notesSlides/")) {
        return Some((Place::Slide(number(name)), false));
    }
    if below("ppt/comments/").is_some() {
        return Some((Place::Remark, false));
    }
    match path {
        "content.xml" => return Some((Place::Text, true)),
        "styles.xml" => return Some((Place::Margin, true)),
        _ => {}
    }
    // Doc_0/Pages/Page_0/Content.xml of OFD.
    let (_, page) = path.rsplit_once("/Page_")?;
    let page = page.strip_suffix("/Content.xml")?;
    Some((Place::Page(page.parse::<u32>().ok()? + 1), false))
}

/// What the links of a document lead to, one a line; addresses of schemas are no links.
fn links(xml: &[u8]) -> String {
    let text = crate::text::lossy(xml);
    let relations = text.split("<Relationship ").skip(1);
    let targets = relations.filter_map(|one| {
        let one = one.split('>').next()?;
        if !one.contains("TargetMode=\"External\"") {
            return None;
        }
        let (_, rest) = one.split_once("Target=\"")?;
        rest.split('"').next()
    });
    targets.map(|target| format!("{target}\n")).collect()
}
