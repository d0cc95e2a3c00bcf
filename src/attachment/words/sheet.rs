//! Texts of Excel's workbooks: rows with the sheet that they stand in, headers, remarks.

use super::office::each;
use super::xml::{NEXT, resolved, text};
use super::{Look, Place};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Looks through a workbook: first what its sheets refer to, then the sheets.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    let (mut shared, mut book, mut relations) = (Vec::new(), String::new(), String::new());
    let first = |path: &str| {
        matches!(
            path,
            "xl/sharedStrings.xml" | "xl/workbook.xml" | "xl/_rels/workbook.xml.rels"
        )
    };
    each(look, bytes, first, |_, path, part| match path {
        "xl/workbook.xml" => book = crate::text::lossy(part).into_owned(),
        "xl/sharedStrings.xml" => {
            shared = text(part, false).split(NEXT).map(str::to_owned).collect();
        }
        _ => relations = crate::text::lossy(part).into_owned(),
    });
    let names = sheets(&book, &relations);
    let starts = |path: &str, folder: &str| path.starts_with(folder) && path.ends_with(".xml");
    let wanted = |path: &str| {
        [
            "xl/worksheets/",
            "xl/comments",
            "xl/threadedComments/",
            "xl/drawings/",
            "docProps/",
        ]
        .iter()
        .any(|folder| starts(path, folder))
    };
    each(look, bytes, wanted, |look, path, part| {
        let Some(name) = path.strip_prefix("xl/worksheets/") else {
            let is_property = path.starts_with("docProps/");
            let place = match is_property {
                true => Place::Properties,
                false => Place::Remark,
            };
            return look.lines(&place, &text(part, is_property));
        };
        let known = names.get(path).map(String::as_str);
        let bare = name.trim_end_matches(".xml");
        rows(look, known.unwrap_or(bare), part, &shared);
        // Of what stands in a sheet beside its rows only these are of elements that are known.
        look.lines(&Place::Margin, &margins(part));
    });
}

/// The names of sheets by the paths of their parts.
fn sheets(book: &str, relations: &str) -> BTreeMap<String, String> {
    let paths: BTreeMap<&str, &str> = elements(relations, "Relationship")
        .filter_map(|one| Some((attribute(one, "Id")?, attribute(one, "Target")?)))
        .collect();
    let named = elements(book, "sheet").filter_map(|one| {
        let id = attribute(one, "r:id").or_else(|| attribute(one, "relationships:id"))?;
        let target = paths.get(id)?.trim_start_matches("/xl/");
        Some((format!("xl/{target}"), attribute(one, "name")?.to_owned()))
    });
    named.collect()
}

/// The tags of elements of a name, without the brackets.
fn elements<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("<{name} ");
    let parts: Vec<&str> = xml.split(start.as_str()).skip(1).collect();
    parts.into_iter().filter_map(|part| part.split('>').next())
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (before, rest) = tag.split_once(&format!("{name}=\""))?;
    (before.is_empty() || before.ends_with(' ')).then_some(())?;
    rest.split('"').next()
}

/// The headers and footers of a sheet.
fn margins(xml: &[u8]) -> String {
    let text = crate::text::lossy(xml);
    let at = text.find("<headerFooter").unwrap_or(text.len());
    super::xml::text(text.get(at..).unwrap_or_default().as_bytes(), false)
}

/// What a cell's value is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Shared,
    Plain,
}

/// Looks at each row of a sheet.
fn rows(look: &mut Look, sheet: &str, xml: &[u8], shared: &[String]) {
    let xml = crate::text::lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let (mut row, mut number, mut cell, mut open) = (String::new(), 0_u32, Cell::Plain, false);
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => match tag.name().local_name().as_ref() {
                "row" => number = numbered(&tag, "r").unwrap_or(number + 1),
                "c" => {
                    cell = match shown(&tag, "t").as_deref() {
                        Some("s") => Cell::Shared,
                        _ => Cell::Plain,
                    };
                }
                "v" | "t" => open = true,
                _ => {}
            },
            Event::End(tag) => match tag.name().local_name().as_ref() {
                "v" | "t" => open = false,
                "c" => {
                    let at: Option<usize> = value.parse().ok().filter(|_| cell == Cell::Shared);
                    let known = at.and_then(|at| shared.get(at));
                    row.push_str(known.map_or(value.as_str(), String::as_str));
                    row.push_str(" | ");
                    value.clear();
                    // Few hold so much in a row; what is hostile may.
                    if !look.take(known.map_or(0, String::len)) {
                        return;
                    }
                }
                "row" => {
                    look.at(&Place::Row(sheet.to_owned(), number), &row);
                    row.clear();
                }
                _ => {}
            },
            Event::Text(text) if open => value.push_str(&text),
            Event::GeneralRef(name) if open => value.push(resolved(&name)),
            _ => {}
        }
    }
    look.at(&Place::Row(sheet.to_owned(), number), &row);
}

fn shown(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    Some(found.value.to_string())
}

fn numbered(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    shown(tag, name)?.parse().ok()
}
