//! The search: folding and keys as the browser has them, and answers that a plain scan of the same
//! pages bears out.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/numbers.rs"]
mod numbers;

use anjian::output::search::answer::answer;
use anjian::output::search::extract::extract;
use anjian::output::search::keys;
use anjian::output::search::query::{Files, Searcher};
use anjian::path::OutputPath;
use anjian::pipeline::Report;
use anjian::source::Sources;
use anjian::source::disk::DiskSources;
use anjian::source::memory::MemorySources;
use anjian::text::fold::folded;
use anjian::text::symbols::{Kind, Traced, symbols};
use anjian::write::memory::MemoryOutput;
use memory::built;
use numbers::Numbers;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').collect())
}

#[test]
fn characters_fold_as_in_the_browser() {
    for line in lines(include_str!("search/fold.txt")) {
        let wanted = line.get(1).copied().unwrap_or_default();
        assert_eq!(folded(line[0]), wanted, "{line:?}");
        assert_eq!(folded(wanted), wanted, "folding twice: {line:?}");
    }
}

#[test]
fn texts_fall_into_symbols_as_in_the_browser() {
    for line in lines(include_str!("search/symbols.txt")) {
        let text = line[0];
        let (mut row, mut kinds) = (String::new(), String::new());
        for (at, symbol) in symbols(text).iter().enumerate() {
            if at > 0 {
                row.push(if symbol.joined { '+' } else { ' ' });
            }
            row.push_str(&text[symbol.bytes.clone()]);
            kinds.push(match symbol.kind {
                Kind::Single => 'S',
                Kind::Letters => 'L',
                Kind::Digits => 'D',
            });
        }
        assert_eq!(row, line.get(1).copied().unwrap_or_default(), "{line:?}");
        assert_eq!(kinds, line.get(2).copied().unwrap_or_default(), "{line:?}");
    }
}

#[test]
fn keys_are_those_of_the_browser() {
    let hash = keys::symbol_hash;
    for line in lines(include_str!("search/keys.txt")) {
        let key = match line[0] {
            "symbol" => hash(line[1]),
            "single" => keys::single(hash(line[1])),
            "letters" => keys::letters(line[1]),
            "initials" => keys::initials(line[1]),
            "pair" => {
                let row = symbols(line[1]);
                assert_eq!(row.len(), 2, "{line:?}");
                let part = |at: usize| hash(&line[1][row[at].bytes.clone()]);
                keys::pair(part(0), part(1))
            }
            other => std::panic::panic_any(format!("no such key: {other}")),
        };
        assert_eq!(format!("{key:08x}"), line[2], "{line:?}");
    }
}

#[test]
fn a_place_in_folded_text_leads_back_to_the_original() {
    let traced = Traced::of("ＧＢ／Ｔ 安全生產①");
    assert_eq!(traced.text, "gb/t 安全生产1");
    let at = traced.text.find("生产").expect("it is there");
    let origin = traced.origin(at..at + "生产".len());
    assert_eq!(&"ＧＢ／Ｔ 安全生產①"[origin], "生產");
}

/// A published site.
struct Published(MemoryOutput);

impl Files for Published {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = OutputPath::new(path).ok()?;
        self.0.files.get(&path).cloned()
    }
}

fn published(sources: &dyn Sources) -> (Published, Report) {
    let (output, report) = built(sources, jiff::civil::date(2026, 11, 22));
    (Published(output), report)
}

static SHIPPED: LazyLock<Published> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (site, report) = published(&DiskSources::new(root.to_owned()));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    site
});

/// The visible text of each indexed page, folded, by its address.
fn texts(site: &Published) -> BTreeMap<String, Vec<String>> {
    let pages = site.0.files.iter();
    let pages = pages.filter(|(path, _)| path.as_str().ends_with("index.html"));
    let read = pages.map(|(path, bytes)| {
        let passages = extract(&String::from_utf8_lossy(bytes)).into_iter();
        let lines = passages.flat_map(|one| one.text.lines().map(folded).collect::<Vec<_>>());
        let url = path.as_str().trim_end_matches("index.html").to_owned();
        (url, lines.collect::<Vec<String>>())
    });
    read.filter(|(_, lines)| !lines.is_empty()).collect()
}

#[test]
fn every_string_on_a_page_finds_every_page_that_holds_it() {
    let searcher = Searcher::open(&*SHIPPED).expect("an index");
    let texts = texts(&SHIPPED);
    let all: Vec<&String> = texts.values().flatten().collect();
    let mut numbers = Numbers(0x5afe_57a7_1c00_0002);
    let mut asked = 0;
    while asked < 150 {
        let row: Vec<char> = all[numbers.below(all.len())].chars().collect();
        let length = 2 + numbers.below(7);
        if row.len() < length {
            continue;
        }
        let start = numbers.below(row.len() - length + 1);
        let part = &row[start..start + length];
        if !part.iter().all(|one| anjian::text::is_han(*one)) {
            continue;
        }
        asked += 1;
        let part: String = part.iter().collect();
        let holding: BTreeSet<&str> = texts
            .iter()
            .filter(|(_, lines)| lines.iter().any(|line| line.contains(&part)))
            .map(|(url, _)| url.as_str())
            .collect();
        let found = searcher.search(&format!("“{part}”"));
        let mut seen = BTreeSet::new();
        for hit in found.hits.iter().filter(|hit| hit.exact) {
            let row = searcher.row(hit.page).expect("a row");
            if searcher.verify(&part, &row).is_some() {
                seen.insert(anjian::path::percent_decode(&row.url));
            }
        }
        let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
        let missed: Vec<_> = holding.difference(&seen).collect();
        assert!(missed.is_empty(), "{part}: {missed:?}");
        // The title of a page may hold it too; what is in neither is no exact answer.
        for url in seen.difference(&holding) {
            let title = found.hits.iter().filter_map(|hit| searcher.row(hit.page));
            let title = title
                .into_iter()
                .find(|row| row.url == *url)
                .map(|row| folded(&row.title));
            assert!(
                title.is_some_and(|title| title.contains(&part)),
                "{part}: {url}"
            );
        }
    }
}

fn first(query: &str) -> Vec<String> {
    let searcher = Searcher::open(&*SHIPPED).expect("an index");
    let answer = answer(&searcher, query, 10);
    answer.results.into_iter().map(|one| one.url).collect()
}

#[test]
fn names_pinyin_other_names_and_traditional_characters_lead_to_their_page() {
    for (query, wanted) in [
        ("城镇燃气", "industries/gas/"),
        ("chengzhenranqi", "industries/gas/"),
        ("czrq", "industries/gas/"),
        ("動火作業票", "templates/letters/permit-hot-work/"),
        (
            "ＧＢ／Ｔ　３３０００－２０２５",
            "references/gbt33000-2025/",
        ),
        ("GBT 33000-2025", "references/gbt33000-2025/"),
        ("安全生产法", "references/work-safety-law/"),
        ("33456", "methods/33456/"),
        ("两个关键少数", "methods/two-key-few/"),
    ] {
        let found = first(query);
        assert_eq!(
            found.first().map(String::as_str),
            Some(wanted),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn a_wrong_character_and_a_whole_question_find_by_overlap() {
    for (query, wanted) in [
        ("有限空问作业票", "templates/letters/permit-confined-space/"),
        ("微园区怎么管", "methods/micro-park-seven-steps/"),
        (
            "岗位风险告知卡写哪些内容",
            "templates/letters/card-post-risk/",
        ),
        (
            "年度自评报告怎么写",
            "templates/letters/report-self-evaluation/",
        ),
    ] {
        let found = first(query);
        let place = found.iter().position(|url| url.starts_with(wanted));
        assert!(place.is_some_and(|place| place < 3), "{query}: {found:?}");
    }
}

#[test]
fn a_short_term_with_a_wrong_character_is_looked_for_as_the_term() {
    // 渗虑 and 虑液 stand nowhere, so that no pair leads on.
    let searcher = Searcher::open(&*SHIPPED).expect("an index");
    let found = searcher.search("渗虑液");
    assert_eq!(found.instead.as_deref(), Some("渗滤液"));
    assert!(found.hits.iter().all(|hit| hit.exact) && found.hits.len() > 3);
    // Neither quotes nor figures are slips.
    assert_eq!(searcher.search("“渗虑液”").instead, None);
    assert_eq!(searcher.search("33100").instead, None);
}

#[test]
fn nearest_terms_are_named_once() {
    let searcher = Searcher::open(&*SHIPPED).expect("an index");
    for query in ["嗯火", "嗯气罐阀", "嗯案"] {
        let near = searcher.search(query).nearest;
        let once: BTreeSet<&String> = near.iter().collect();
        assert_eq!(near.len(), once.len(), "{query}: {near:?}");
    }
}

#[test]
fn quotes_require_the_phrase() {
    let searcher = Searcher::open(&*SHIPPED).expect("an index");
    assert_eq!(searcher.search("“有限空问作业票”").hits, []);
    let found = searcher.search("\"动火作业票\"");
    assert!(!found.hits.is_empty() && found.hits.iter().all(|hit| hit.exact));
}

#[test]
fn a_number_is_a_whole_word() {
    let sources = MemorySources::from_literal(
        "//- content/a.md\n# 甲\n\n共 300 处。\n//- content/b.md\n# 乙\n\n共 3 处，见第〔3〕号。\n",
    );
    let (site, report) = published(&sources.expect("sound paths"));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let searcher = Searcher::open(&site).expect("an index");
    for query in ["3", "３", "[3]", "（3）"] {
        let found = answer(&searcher, query, 10);
        let urls: Vec<&str> = found.results.iter().map(|one| one.url.as_str()).collect();
        assert_eq!(urls, ["b/"], "{query}");
    }
}

#[test]
fn bad_queries_and_damaged_files_are_survived() {
    let mut output = MemoryOutput::default();
    output.files.clone_from(&SHIPPED.0.files);
    let mut site = Published(output);
    let long = "安全".repeat(5000);
    for query in [
        "",
        " ",
        "<script>",
        ".*+?^${}()|[]\\",
        "\u{0}",
        "“”",
        long.as_str(),
    ] {
        let searcher = Searcher::open(&site).expect("an index");
        let _ = answer(&searcher, query, 10);
    }
    // Every shard cut in half: fewer answers, no panic, and other files still answer.
    let shards: Vec<OutputPath> = site
        .0
        .files
        .keys()
        .filter(|path| path.as_str().starts_with("search/s/"))
        .cloned()
        .collect();
    for path in shards.iter().step_by(2) {
        let bytes = site.0.files.get_mut(path).expect("it is there");
        bytes.truncate(bytes.len() / 2);
    }
    for path in shards.iter().skip(1).step_by(4) {
        site.0.files.remove(path);
    }
    let searcher = Searcher::open(&site).expect("an index");
    for query in ["燃气", "安全生产法", "动火作业", "有限空间", "重大事故隐患"]
    {
        let _ = answer(&searcher, query, 10);
    }
    let directory = OutputPath::new("search/directory.bin").expect("a path");
    for end in [0, 3, 40, 200] {
        let whole = SHIPPED.0.files[&directory].clone();
        site.0
            .files
            .insert(directory.clone(), whole[..end].to_vec());
        assert!(Searcher::open(&site).is_none(), "cut at {end}");
    }
}
