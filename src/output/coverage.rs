//! What the site has of the four specifications as CSV (RFC 4180, with the byte order mark by which office programs
//! recognise UTF-8): a line for each document, and one for each specification that is not there.

use super::catalogue::quoted;
use crate::view::coverage::{Coverage, DocumentCoverage};

const COLUMNS: [&str; 16] = [
    "industry",
    "industry_title",
    "kind",
    "present",
    "title",
    "source",
    "path",
    "edition",
    "status",
    "level",
    "clauses",
    "sizes",
    "effective",
    "review_by",
    "overdue",
    "sample",
];

/// The report as CSV.
#[must_use]
pub fn csv(coverage: &Coverage) -> String {
    let mut text = format!("\u{feff}{}\r\n", COLUMNS.join(","));
    for industry in &coverage.industries {
        for kind in &industry.specifications {
            let start = [
                industry.id.clone(),
                industry.title.clone(),
                kind.kind.to_owned(),
                truth(kind.present),
            ];
            let documents: Vec<Option<&DocumentCoverage>> = match kind.documents.is_empty() {
                true => vec![None],
                false => kind.documents.iter().map(Some).collect(),
            };
            for document in documents {
                let cells = document.map(cells).unwrap_or_default();
                let row = start.iter().chain(&cells).map(|cell| quoted(cell));
                text.push_str(&row.collect::<Vec<_>>().join(","));
                text.push_str("\r\n");
            }
        }
    }
    text
}

fn truth(is_so: bool) -> String {
    if is_so { "true" } else { "false" }.to_owned()
}

fn cells(one: &DocumentCoverage) -> [String; 12] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        one.title.clone(),
        one.source.clone(),
        one.path.clone(),
        one.edition.clone(),
        one.status.clone(),
        text(&one.level),
        one.clauses.to_string(),
        one.sizes.join(" "),
        text(&one.effective),
        text(&one.review_by),
        truth(one.overdue),
        truth(one.sample),
    ]
}
