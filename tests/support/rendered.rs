//! One page of a small site in memory, rendered by the shipped theme, and what it holds.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "no test uses all of it")]

#[path = "memory.rs"]
mod memory;

use anjian::source::memory::MemorySources;
use memory::built;

/// The page that the shipped theme makes of one document, named as others name it.
pub fn rendered(literal: &str, target: &str) -> String {
    let sources = MemorySources::from_literal(literal).expect("a literal with sound paths");
    let (output, report) = built(&sources, jiff::civil::date(2026, 1, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let path = match target.ends_with('/') {
        true => format!("{target}index.html"),
        false => format!("{target}/index.html"),
    };
    let page = output.text(&path).expect("the page exists");
    let main = page.split("<main").nth(1).expect("a main landmark");
    main.split("</main>").next().expect("its end").to_owned()
}

#[track_caller]
/// Every piece stands in the page.
pub fn holds(page: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(page.contains(piece), "wanted `{piece}` in\n{page}");
    }
}

#[track_caller]
/// No piece stands in the page.
pub fn lacks(page: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(!page.contains(piece), "did not want `{piece}` in\n{page}");
    }
}

/// The part of a page from one piece of text up to another.
#[track_caller]
pub fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split_once(from).map(|(_, rest)| rest);
    let rest = rest.unwrap_or_else(|| std::panic::panic_any(format!("no `{from}` in\n{page}")));
    rest.split(to).next().unwrap_or(rest)
}
