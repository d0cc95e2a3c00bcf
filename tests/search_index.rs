//! The search index from build to build: what comes, goes and changes leaves what a clean build makes, and
//! nothing else is read again.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/numbers.rs"]
mod numbers;

use anjian::hash::Fingerprint;
use anjian::output::search::extract::Passage;
use anjian::output::search::index::{Common, Facts};
use anjian::path::OutputPath;
use anjian::pipeline::search::{Back, Indexed, Source, State, index};
use numbers::Numbers;
use std::collections::{BTreeMap, BTreeSet};

/// The index that a build left, whose texts nobody may read: pages that stand are not read again.
struct Left<'a>(&'a BTreeMap<String, Vec<u8>>, bool);

impl Back for Left<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        assert!(self.1 || !path.starts_with("search/t/"), "{path} is read");
        self.0.get(path).cloned()
    }

    fn passages(&self, path: &OutputPath) -> Vec<Passage> {
        panic!("{path} is made again")
    }
}

fn source(number: usize, version: u64) -> Source {
    let words = [
        "动火作业",
        "有限空间",
        "应急预案",
        "GB/T 33000",
        "第41条",
        "电氣焊",
    ];
    let word =
        |at: u64| words[usize::try_from((number as u64 * 7 + at * version) % 6).unwrap_or(0)];
    let text = format!(
        "{}与{}的要求{number}，{}。\n另见{}",
        word(1),
        word(2),
        word(3),
        word(version)
    );
    let path = format!("p{number:03}/index.html");
    Source {
        path: OutputPath::new(&path).expect("a sound path"),
        content: Fingerprint::of_bytes(text.as_bytes()),
        facts: Facts {
            url: format!("p{number:03}/"),
            title: format!("{}第{number}页", word(0)),
            ..Facts::default()
        },
        passages: Some(
            [Passage {
                text,
                ..Passage::default()
            }]
            .into(),
        ),
    }
}

/// The files of an index after those from before.
fn applied(before: &BTreeMap<String, Vec<u8>>, indexed: &Indexed) -> BTreeMap<String, Vec<u8>> {
    let new = indexed
        .files
        .iter()
        .map(|file| (file.path.clone(), file.bytes.clone()));
    let mut all = before.clone();
    all.extend(new);
    all.retain(|path, _| indexed.paths.contains(path));
    assert_eq!(all.len(), indexed.paths.len(), "every named file is there");
    all
}

/// An index that differs from others in its pages alone.
fn indexed(sources: Vec<Source>, old: Option<State>, back: &dyn Back) -> Indexed {
    let stamp = Fingerprint::of_bytes(b"test");
    index(sources, &Common::default(), stamp, old, back)
}

/// Thirty pages, their index and its files.
fn thirty_pages() -> (Vec<Source>, Indexed, BTreeMap<String, Vec<u8>>) {
    let nowhere = BTreeMap::new();
    let sources: Vec<Source> = (0..30).map(|number| source(number, 1)).collect();
    let first = indexed(sources.clone(), None, &Left(&nowhere, false));
    let files = applied(&nowhere, &first);
    (sources, first, files)
}

#[test]
fn pages_that_come_and_go_leave_the_index_that_a_clean_build_makes() {
    let nowhere = BTreeMap::new();
    let mut random = Numbers(20_261_122);
    let mut pages: BTreeMap<usize, u64> = (0..40).map(|number| (number, 1)).collect();
    let (mut files, mut state) = (BTreeMap::new(), None);
    for round in 0..60 {
        let mut changed = BTreeSet::new();
        for _ in 0..=random.below(4) {
            let number = random.below(60);
            match random.below(3) {
                0 => drop(pages.remove(&number)),
                _ => drop(pages.insert(number, random.below(5) as u64 + 2)),
            }
            changed.insert(number);
        }
        let sources: Vec<Source> = pages
            .iter()
            .map(|(number, version)| source(*number, *version))
            .collect();
        let kept = sources
            .iter()
            .zip(pages.keys())
            .map(|(source, number)| Source {
                passages: source
                    .passages
                    .clone()
                    .filter(|_| state.is_none() || changed.contains(number)),
                ..source.clone()
            });
        let clean = indexed(sources.clone(), None, &Left(&nowhere, false));
        // A page that has changed in its place is compared with what it was.
        let next = indexed(kept.collect(), state.take(), &Left(&files, true));
        assert!(
            next.diagnostics.is_empty(),
            "round {round}: {:#?}",
            next.diagnostics
        );
        files = applied(&files, &next);
        assert_eq!(files, applied(&nowhere, &clean), "round {round}");
        state = Some(next.state);
    }
}

#[test]
fn a_page_that_comes_has_no_other_read_again() {
    let (sources, first, files) = thirty_pages();
    let stands = |source: &Source| Source {
        passages: None,
        ..source.clone()
    };
    let mut more: Vec<Source> = sources.iter().map(stands).collect();
    more.insert(0, source(77, 2));
    // Reading a text or making a page again fails the test.
    let next = indexed(more, Some(first.state), &Left(&files, false));
    assert_eq!(next.diagnostics, []);
    let rewritten: BTreeSet<&str> = next.files.iter().map(|file| file.path.as_str()).collect();
    let texts = rewritten
        .iter()
        .filter(|path| path.starts_with("search/t/"));
    assert_eq!(texts.count(), 1, "one text is new");
}

#[test]
fn an_index_that_misses_a_page_is_not_published() {
    let (sources, first, mut files) = thirty_pages();
    // A shard that lost its entries, and an edit that has the check look.
    for (path, bytes) in &mut files {
        if path.starts_with("search/s/") {
            *bytes = Vec::new();
        }
    }
    let mut more = sources;
    more.push(source(77, 2));
    let next = indexed(more, Some(first.state), &Left(&files, true));
    let missed: Vec<&str> = next
        .diagnostics
        .iter()
        .map(|one| one.code.as_ref())
        .collect();
    assert!(
        missed.len() >= 25 && missed.iter().all(|code| *code == "search-miss"),
        "{missed:?}"
    );
}
