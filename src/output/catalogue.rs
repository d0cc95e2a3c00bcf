//! The catalogue of all documents, for other programs and for spreadsheets: CSV (RFC 4180, with the
//! byte order mark by which office programs recognise UTF-8) and JSON.

use crate::view::feed::CatalogueEntry;

/// The heads of the columns, the same as the keys in JSON.
const COLUMNS: [&str; 11] = [
    "title",
    "kind",
    "url",
    "industries",
    "date",
    "updated",
    "source",
    "edition",
    "status",
    "summary",
    "sample",
];

fn cells(entry: &CatalogueEntry, base: &str) -> [String; 11] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        entry.title.clone(),
        entry.kind.to_owned(),
        address(entry, base),
        entry.industries.join("、"),
        text(&entry.date),
        text(&entry.updated),
        text(&entry.source),
        text(&entry.edition),
        text(&entry.status),
        text(&entry.summary),
        if entry.sample { "示例" } else { "" }.to_owned(),
    ]
}

fn address(entry: &CatalogueEntry, base: &str) -> String {
    let start = if base.is_empty() { "/" } else { base };
    format!("{start}{}", entry.path)
}

/// The catalogue as CSV.
#[must_use]
pub fn csv(entries: &[CatalogueEntry], base: &str) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    text.push_str(&COLUMNS.join(","));
    text.push_str("\r\n");
    for entry in entries {
        let row: Vec<String> = cells(entry, base).iter().map(|cell| quoted(cell)).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell in quotes where it needs them. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe instead.
pub(super) fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// The catalogue as JSON: a list of objects.
#[must_use]
pub fn json(entries: &[CatalogueEntry], base: &str) -> Vec<u8> {
    let list: Vec<serde_json::Value> = entries
        .iter()
        .map(|entry| {
            serde_json::json!({
                "title": entry.title,
                "kind": entry.kind,
                "url": address(entry, base),
                "industries": entry.industries,
                "date": entry.date,
                "updated": entry.updated,
                "source": entry.source,
                "edition": entry.edition,
                "status": entry.status,
                "summary": entry.summary,
                "sample": entry.sample,
            })
        })
        .collect();
    let mut text = serde_json::Value::from(list).to_string();
    text.push('\n');
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        assert_eq!(quoted("安全"), "安全");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
