//! Answers for readers: the best hits with title, address and excerpt, their exactness seen in the text.

use super::keys;
use super::query::{Found, Searcher, required};
use crate::text::fold::folded;
use crate::text::symbols::{Traced, symbols};
use serde::Serialize;

/// What a query is answered with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The query.
    pub query: String,
    /// What was looked for in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// How many pages answer.
    pub total: usize,
    /// The best.
    pub results: Vec<Result>,
    /// The nearest terms, where nothing was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Result {
    /// Its site path with the anchor.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The id of the passage; empty for the page as a whole.
    pub anchor: String,
    /// The text around what was found.
    pub excerpt: String,
    /// Where the excerpt holds parts of the query, in bytes.
    #[serde(skip)]
    pub marks: Vec<std::ops::Range<usize>>,
    /// The kind's word.
    pub kind: String,
    /// Whether every phrase of the query stands in it.
    pub exact: bool,
}

/// Characters of an excerpt on each side of what was found.
const AROUND: usize = 40;

/// The answer to a query with so many results.
#[must_use]
pub fn answer(searcher: &Searcher<'_>, query: &str, limit: usize) -> Answer {
    let Found {
        hits,
        instead,
        nearest,
    } = searcher.search(query);
    let asked = instead.as_deref().unwrap_or(query);
    let mut total = hits.len();
    let (mut results, mut others) = (Vec::new(), Vec::new());
    for hit in hits {
        if results.len() >= limit {
            break;
        }
        let Some(row) = searcher.row(hit.page) else {
            continue;
        };
        let seen = hit.exact.then(|| searcher.verify(asked, &row)).flatten();
        let place = match seen {
            Some(place) if place >= keys::FIRST => Some(place),
            _ => hit.passage,
        };
        let first = place.unwrap_or(keys::FIRST);
        let (anchor, _, text) = searcher.passage(&row, first).unwrap_or_default();
        let (excerpt, marks) = excerpt(&text, asked);
        let anchor = if place.is_some() {
            anchor
        } else {
            String::new()
        };
        let url = match anchor.as_str() {
            "" => row.url.clone(),
            anchor => format!("{}#{}", row.url, crate::path::percent_encode(anchor)),
        };
        let class = searcher.directory.class(hit.page);
        let result = Result {
            url,
            title: row.title,
            anchor,
            excerpt,
            marks,
            kind: class.map_or_else(String::new, |class| class.kind.clone()),
            exact: seen.is_some(),
        };
        // A candidate that its text refutes stands behind those that hold the phrase.
        match hit.exact && seen.is_none() {
            true => others.push(result),
            false => results.push(result),
        }
    }
    let after = results.iter().take_while(|one| one.exact).count();
    // In quotes nothing else answers; where all were looked at, those that do not answer are not counted.
    if !required(query) {
        results.splice(after..after, others);
    } else if results.len() < limit {
        total = results.len();
    }
    results.truncate(limit);
    Answer {
        query: query.to_owned(),
        instead,
        total,
        results,
        nearest,
    }
}

/// The part of a text around the first of a query's pairs that it holds, with the places of them all.
fn excerpt(text: &str, query: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let line = text.replace('\n', " ");
    let traced = Traced::of(&line);
    let query = folded(query);
    let mut marks: Vec<std::ops::Range<usize>> = Vec::new();
    let phrases: Vec<&str> = phrases(&query);
    for phrase in &phrases {
        marks.extend(occurrences(&traced.text, phrase).map(|bytes| traced.origin(bytes)));
    }
    if marks.is_empty() {
        let pairs = symbols(&query);
        for pair in pairs.windows(2).filter(|pair| pair[1].joined) {
            let pair = &query[pair[0].bytes.start..pair[1].bytes.end];
            marks.extend(occurrences(&traced.text, pair).map(|bytes| traced.origin(bytes)));
        }
    }
    marks.sort_by_key(|mark| mark.start);
    marks.dedup_by(|later, earlier| {
        let touches = later.start <= earlier.end;
        if touches {
            earlier.end = earlier.end.max(later.end);
        }
        touches
    });
    let middle = marks.first().map_or(0, |mark| mark.start);
    let before = line[..middle].char_indices().rev().take(AROUND).last();
    let start = before.map_or(middle, |(at, _)| at);
    let mut rest = line[middle..].char_indices().skip(AROUND * 2);
    let end = rest.next().map_or(line.len(), |(at, _)| middle + at);
    let marks = marks.into_iter().filter(|mark| mark.end <= end);
    let marks = marks.map(|mark| mark.start - start..mark.end - start);
    (line[start..end].to_owned(), marks.collect())
}

/// The parts of a folded query that nothing divides.
fn phrases(query: &str) -> Vec<&str> {
    let mut phrases: Vec<std::ops::Range<usize>> = Vec::new();
    for symbol in symbols(query) {
        match phrases.last_mut().filter(|_| symbol.joined) {
            Some(last) => last.end = symbol.bytes.end,
            None => phrases.push(symbol.bytes),
        }
    }
    phrases.into_iter().map(|bytes| &query[bytes]).collect()
}

fn occurrences<'a>(
    text: &'a str,
    part: &'a str,
) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    text.match_indices(part)
        .map(|(at, part)| at..at + part.len())
}
