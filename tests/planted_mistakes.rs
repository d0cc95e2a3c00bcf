//! One small site with one mistake planted in it, many times over. Each mistake must be reported with its
//! code, at its place, with a marker and a help, in both languages: the whole reports stand in
//! `planted_mistakes/cases.txt`. After a change that is meant, `PLANTED_MISTAKES=write` writes them
//! anew; read every line of the difference before keeping it.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::diag::Diagnostic;
use anjian::diag::report::{Language, report};
use anjian::path::SourcePath;
use anjian::source::Sources;
use anjian::source::memory::MemorySources;
use memory::built;
use std::fmt::Write as _;

const SITE: &str = include_str!("planted_mistakes/site.txt");
const THEME: &str = include_str!("incremental/theme.txt");
const CASES: &str = include_str!("planted_mistakes/cases.txt");

fn site() -> MemorySources {
    MemorySources::from_literal(&format!("{SITE}{THEME}")).expect("sound paths")
}

fn path(path: &str) -> SourcePath {
    SourcePath::new(path).expect("a sound path")
}

/// Everything that a whole build finds.
fn found(sources: &MemorySources) -> Vec<Diagnostic> {
    let (output, made) = built(sources, jiff::civil::date(2026, 1, 1));
    assert_eq!(
        made.failed(),
        output.files.is_empty(),
        "a site with errors is not published, one without is"
    );
    made.diagnostics
}

fn printed(sources: &MemorySources, found: &[Diagnostic], language: Language) -> String {
    let text_of = |path: &SourcePath| {
        let bytes = sources.read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).into())
    };
    report(found, &text_of, language)
}

/// One mistake: the change that plants it, as lines of `cases.txt`.
struct Case {
    name: String,
    /// `@ path` begins a file; `-` lines are replaced by the `+` lines behind them, in a file that is
    /// new or without `-` lines the `+` lines are the whole.
    change: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in CASES.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            let (name, change) = (name.to_owned(), Vec::new());
            cases.push(Case { name, change });
        } else if line.starts_with(['@', '-', '+'])
            && let Some(case) = cases.last_mut()
        {
            case.change.push(line.to_owned());
        }
    }
    cases
}

fn planted(case: &Case) -> MemorySources {
    let mut sources = site();
    for file in case.change.chunk_by(|_, next| !next.starts_with('@')) {
        let place = path(file[0].trim_start_matches("@ "));
        for edit in file[1..].chunk_by(|line, next| line.starts_with('-') || next.starts_with('+'))
        {
            let lines = |sign: char| -> String {
                let lines = edit.iter().filter_map(|line| line.strip_prefix(sign));
                lines.map(|line| format!("{line}\n")).collect()
            };
            let (right, wrong) = (lines('-'), lines('+'));
            let text = match sources.read(&place) {
                Ok(bytes) if !right.is_empty() => String::from_utf8_lossy(&bytes).into_owned(),
                _ => right.clone(),
            };
            assert!(
                text.contains(&right),
                "{}: `{place}` holds\n{right}",
                case.name
            );
            sources.insert(place.clone(), text.replacen(&right, &wrong, 1).as_bytes());
        }
    }
    sources
}

/// A case as it stands in `cases.txt`, with what the program says about it now.
fn written(case: &Case) -> String {
    let mut text = format!("## {}\n{}\n", case.name, case.change.join("\n"));
    let sources = planted(case);
    let found = found(&sources);
    for language in [Language::English, Language::Chinese] {
        for line in printed(&sources, &found, language).trim_end().lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

#[test]
fn the_site_without_a_mistake_is_sound() {
    assert_eq!(printed(&site(), &found(&site()), Language::English), "");
}

#[test]
fn every_mistake_is_reported_in_full_in_both_languages() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let now: Vec<String> = cases.iter().map(written).collect();
    if std::env::var_os("PLANTED_MISTAKES").is_some_and(|word| word == "write") {
        let place = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/planted_mistakes/cases.txt"
        );
        std::fs::write(place, now.join("\n")).expect("the cases can be written");
        return;
    }
    let parts: Vec<&str> = CASES.split("\n\n").collect();
    for (now, wanted) in now.iter().zip(parts) {
        assert_eq!(now.trim(), wanted.trim(), "a report has changed");
    }
    assert_eq!(now.join("\n"), CASES, "the cases as a whole");
}

/// What holds for all reports, whatever they say.
#[test]
fn every_report_has_a_place_a_help_and_a_chinese_text() {
    for case in cases() {
        let sources = planted(&case);
        let found = found(&sources);
        assert!(!found.is_empty(), "{}: nothing was found", case.name);
        for one in &found {
            let what = format!("{}: {one:?}", case.name);
            assert!(one.span.is_some(), "no place: {what}");
            let help = one.help.as_ref();
            let texts = help.into_iter().chain([&one.message]);
            let mut count = 0;
            for text in texts {
                count += 1;
                assert!(text.zh.chars().any(anjian::text::is_han), "{what}");
                assert!(
                    !text.zh.ends_with('。') && !text.en.ends_with('.'),
                    "{what}"
                );
            }
            assert_eq!(count, 2, "no help: {what}");
        }
        let place = |one: &Diagnostic| {
            one.span
                .as_ref()
                .map(|span| (span.source.clone(), span.bytes.start))
        };
        for (at, one) in found.iter().enumerate() {
            let twice = found[..at].iter().any(|before| place(before) == place(one));
            assert!(!twice, "{}: reported twice: {one:?}", case.name);
        }
    }
}

#[test]
fn all_mistakes_of_all_files_come_in_one_run_in_order_and_once() {
    let mut sources = site();
    let mut change = |name: &str, right: &str, wrong: &str| {
        let bytes = sources.read(&path(name)).expect("a file of the site");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains(right), "{name}: {right}");
        sources.insert(path(name), text.replace(right, wrong).as_bytes());
    };
    change(
        "content/checklist.toml",
        "frequency = \"daily\"",
        "frequencey = \"daily\"",
    );
    change("content/checklist.toml", "article = 36", "article = 136");
    change("content/checklist.toml", "risk = \"red\"", "risk = \"rot\"");
    change("content/rules.toml", "points = 10", "points = 9");
    change("content/case.md", "x-101", "x-110");
    change("content/guide.md", "checklist.toml#x", "checklst.toml#x");
    change("content/guide.md", "再看", "<script>alert(1)</script>再看");
    change("content/letter.md", ":blank[company]", ":blank[compnay]");
    change("content/notes.md", "2025-03-01", "2025-02-30");
    change("content/notes.md", "/old/", "/guide/");
    change(
        "content/site.toml",
        "target = \"guide\"",
        "target = \"giude\"",
    );
    change("content/addresses.toml", "/guide/", "/lost/");
    change(
        "themes/tiny/templates/page.html",
        "view.keywords %}",
        "view.keywords }",
    );
    let gbk = [b"title = \"".as_slice(), &[0xb0, 0xb2, 0xc8, 0xab], b"\"\n"].concat();
    sources.insert(path("content/z.toml"), &gbk);
    let english = printed(&sources, &found(&sources), Language::English);
    let heads: Vec<&str> = english
        .lines()
        .filter(|line| line.contains(": error[") || line.contains(": warning["))
        .map(|line| line.split_once(']').map_or(line, |(head, _)| head))
        .collect();
    assert_eq!(heads.join("\n"), HEADS.trim(), "{english}");
}

#[test]
fn a_file_in_gbk_is_reported_with_its_line() {
    let mut sources = site();
    let gbk = [b"# A\n\nb ".as_slice(), &[0xb0, 0xb2, 0xc8, 0xab], b"\n"].concat();
    sources.insert(path("content/gbk.md"), &gbk);
    let found = found(&sources);
    assert_eq!(
        printed(&sources, &found, Language::English).lines().next(),
        Some(
            "content/gbk.md:3:3: error[not-utf8]: the file is not UTF-8; it looks like GBK (from byte 7)"
        )
    );
    let chinese = printed(&sources, &found, Language::Chinese);
    let start =
        "content/gbk.md:3:3: 错误[not-utf8]: 文件不是 UTF-8 编码，看起来是 GBK（第 7 字节起）";
    assert!(chinese.starts_with(start), "{chinese}");
    assert!(
        chinese.contains("iconv -f GBK -t UTF-8 content/gbk.md"),
        "{chinese}"
    );
}

const HEADS: &str = "
content/addresses.toml:2:3: warning[lost-address
content/case.md:10:14: error[dead-target
content/checklist.toml:15:47: error[no-such-article
content/checklist.toml:16:8: error[not-in-vocabulary
content/checklist.toml:17:1: error[unknown-key
content/guide.md:11:3: error[broken-link
content/guide.md:15:1: error[html-not-allowed
content/letter.md:7:6: error[unused-blank
content/letter.md:11:3: error[unknown-blank
content/notes.md:3:7: error[bad-value
content/notes.md:5:11: error[duplicate-url
content/rules.toml:7:9: error[points-total
content/site.toml:6:10: error[dead-target
content/z.toml:1:10: error[not-utf8
themes/tiny/templates/page.html:2:103: error[template-error
";
