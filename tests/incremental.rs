//! Random edits: after each, what an incremental build publishes is what a clean build publishes, byte
//! for byte, with the same findings; and a build without an edit writes nothing.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/numbers.rs"]
mod numbers;

use anjian::cache::Cache;
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::diag::Diagnostic;
use anjian::hash::Fingerprint;
use anjian::path::{OutputPath, SourcePath};
use anjian::pipeline::{BuildOptions, Occasion, Report, build};
use anjian::source::Sources;
use anjian::source::disk::DiskSources;
use anjian::source::memory::MemorySources;
use anjian::write::disk::DiskOutput;
use anjian::write::memory::MemoryOutput;
use numbers::Numbers;
use std::collections::BTreeMap;
use std::path::Path;

const SITE: &str = include_str!("incremental/site.txt");
const THEME: &str = include_str!("incremental/theme.txt");

fn site() -> MemorySources {
    MemorySources::from_literal(&format!("{SITE}\n{THEME}")).expect("sound paths")
}

fn options(day: i8) -> BuildOptions {
    BuildOptions {
        policy: PublishPolicy {
            today: jiff::civil::date(2026, 1, day),
            drafts: false,
        },
        overrides: Overrides::default(),
    }
}

const OCCASION: Occasion = Occasion {
    now: 0,
    stamp: Fingerprint::ZERO,
};

fn run(sources: &dyn Sources, output: &mut MemoryOutput, cache: &mut Cache, day: i8) -> Report {
    build(sources, output, cache, &options(day), OCCASION).expect("memory can be read and written")
}

/// What a build from nothing publishes and finds.
fn clean(sources: &dyn Sources, day: i8) -> (BTreeMap<OutputPath, Vec<u8>>, Vec<Diagnostic>) {
    let mut output = MemoryOutput::default();
    let report = run(sources, &mut output, &mut Cache::in_memory(), day);
    (output.files, report.diagnostics)
}

/// One change of the kinds that authors and theme makers make.
fn edit(sources: &mut MemorySources, numbers: &mut Numbers) -> String {
    let paths: Vec<SourcePath> = sources.paths().cloned().collect();
    let ending = |end: &str| -> Vec<&SourcePath> {
        let fitting = paths.iter().filter(|path| path.extension() == end);
        fitting.collect()
    };
    let texts = ending("md");
    let templates = ending("html");
    let text_of = |sources: &MemorySources, path: &SourcePath| -> String {
        let bytes = sources.read(path).expect("it is there");
        String::from_utf8(bytes.to_vec()).expect("text")
    };
    let stamp = numbers.below(1000);
    let replace = |sources: &mut MemorySources, path: &SourcePath, from: &str, to: &str| {
        let text = text_of(sources, path).replacen(from, to, 1);
        sources.insert(path.clone(), text.as_bytes());
    };
    let at = |path: &str| SourcePath::new(path).expect("a sound path");
    let kind = numbers.below(18);
    let path = (*numbers.pick(&texts)).clone();
    match kind {
        0..=2 => {
            let text = text_of(sources, &path) + &format!("\n第 {stamp} 段 **重点：**检查\n");
            sources.insert(path.clone(), text.as_bytes());
        }
        3 => replace(
            sources,
            &path,
            "title = \"",
            &format!("title = \"{stamp}号"),
        ),
        4 => {
            let words = ["燃气", "供水", "新词", "用电"];
            let line = format!("keywords = [\"{}\"]\nweight = ", numbers.pick(&words));
            replace(sources, &path, "weight = ", &line);
        }
        5 => {
            let bytes = sources.read(&path).expect("it is there");
            sources.remove(&path);
            let moved = at(&format!("{}/moved-{stamp}.md", path.folder()));
            sources.insert(moved, &bytes);
        }
        6 if texts.len() > 6 => {
            sources.remove(&path);
        }
        7 | 6 => {
            let folders = ["content/a", "content/b", "content/b/deep", "content/new"];
            let text = format!(
                "+++\ntitle = \"新增{stamp}\"\ndate = 2025-01-{:02}\nweight = {stamp}\n+++\n\n正文 [首页](/_index.md)\n",
                1 + stamp % 28
            );
            let folder = numbers.pick(&folders);
            sources.insert(at(&format!("{folder}/p{stamp}.md")), text.as_bytes());
        }
        8 | 9 => {
            let template = (*numbers.pick(&templates)).clone();
            let text = text_of(sources, &template).replacen("<!--x", &format!("<!--x{stamp}"), 1);
            sources.insert(template, text.as_bytes());
        }
        10 => replace(
            sources,
            &at("content/vocabulary/industries.toml"),
            "title = \"城",
            &format!("title = \"城{stamp}"),
        ),
        11 => replace(
            sources,
            &at("content/references.toml"),
            "title = \"中",
            &format!("title = \"中{stamp}"),
        ),
        12 => {
            let settings = at("content/site.toml");
            match numbers.below(3) {
                0 => replace(
                    sources,
                    &settings,
                    "title = \"",
                    &format!("title = \"{stamp}"),
                ),
                1 => {
                    let size = format!("page_size = {}", 1 + numbers.below(5));
                    sources.insert(
                        settings,
                        format!("title = \"改\"\ntheme = \"tiny\"\n{size}\n").as_bytes(),
                    );
                }
                _ => replace(sources, &settings, "#", "owner = \"主办\"\n#"),
            }
        }
        16 => replace(
            sources,
            &at("content/glossary.toml"),
            "meaning = \"",
            &format!("meaning = \"{stamp}"),
        ),
        17 => replace(
            sources,
            &at("content/glossary.toml"),
            ["term = \"检查", "aliases = [\"", "pinyin = \"jiǎn"][numbers.below(3)],
            [
                "term = \"正文",
                "aliases = [\"点",
                "aliases = [\"重点\"]\npinyin = \"jiǎn",
            ][numbers.below(3)],
        ),
        13 => sources.insert(
            at("content/a/picture.svg"),
            format!("<svg width=\"{stamp}\" height=\"20\"></svg>").as_bytes(),
        ),
        14 => replace(
            sources,
            &path,
            "weight = ",
            &format!(
                "aliases = [\"/old/{stamp}/\"]\npublish_at = 2026-01-{:02}\nweight = ",
                1 + stamp % 28
            ),
        ),
        _ => replace(
            sources,
            &at("themes/tiny/css/a.css"),
            "red",
            &format!("#{stamp:03}"),
        ),
    }
    format!("edit {kind} of `{path}`, {stamp}")
}

#[test]
fn after_500_random_edits_an_incremental_build_equals_a_clean_one() {
    let mut numbers = Numbers(0x5afe_57a7_1c00_0001);
    let (mut published, mut refused) = (0, 0);
    for round in 0..10 {
        let mut sources = site();
        let mut output = MemoryOutput::default();
        let mut cache = Cache::in_memory();
        let first = run(&sources, &mut output, &mut cache, 1);
        assert!(!first.failed(), "{:?}", first.diagnostics);
        let mut what = String::new();
        for step in 0..50 {
            let before = output.files.clone();
            let kept = sources.clone();
            let day = i8::try_from(1 + step / 4).expect("a day of January");
            what = edit(&mut sources, &mut numbers);
            let report = run(&sources, &mut output, &mut cache, day);
            let (wanted, findings) = clean(&sources, day);
            assert_eq!(
                report.diagnostics, findings,
                "round {round}, step {step}: {what}"
            );
            if report.failed() {
                refused += 1;
                assert_eq!(
                    output.files, before,
                    "a failed build changes nothing: {what}"
                );
                sources = kept;
                continue;
            }
            published += 1;
            let same = output.files == wanted;
            assert!(
                same,
                "round {round}, step {step}: {what}: {:?}",
                differing(&output.files, &wanted)
            );
            let again = run(&sources, &mut output, &mut cache, day);
            assert_eq!(
                again.written, 0,
                "nothing changed, nothing is written: {what}"
            );
        }
        assert!(!what.is_empty());
    }
    assert!(
        published > 300 && refused > 5,
        "{published} published, {refused} refused"
    );
}

fn differing(
    left: &BTreeMap<OutputPath, Vec<u8>>,
    right: &BTreeMap<OutputPath, Vec<u8>>,
) -> Vec<String> {
    let all = left.keys().chain(right.keys());
    let mut names: Vec<String> = all
        .filter(|path| left.get(*path) != right.get(*path))
        .map(ToString::to_string)
        .collect();
    names.dedup();
    names.truncate(5);
    names
}

/// Files of a folder by their path below it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("below");
            let bytes = std::fs::read(entry.path()).expect("a published file");
            (below.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

/// The same on disk, where unchanged files are told by their stat records. Edits that keep size and
/// come within one tick of the clock are the hard ones: the clock of the build is the real one.
#[test]
fn edits_on_disk_within_one_tick_are_seen() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incremental-disk");
    let _ = std::fs::remove_dir_all(&root);
    let sources = site();
    let save = |path: &SourcePath, bytes: &[u8]| {
        let place = root.join(path.as_str());
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, bytes).expect("a source");
    };
    for path in sources.paths() {
        save(path, &sources.read(path).expect("it is there"));
    }
    let path = SourcePath::new("content/a/one.md").expect("a sound path");
    let text = String::from_utf8(sources.read(&path).expect("there").to_vec()).expect("text");
    let folder = root.join("output/site");
    for number in 10..40 {
        save(&path, format!("{text}\n第 {number} 版\n").as_bytes());
        let now = jiff::Timestamp::now().as_nanosecond();
        let occasion = Occasion { now, ..OCCASION };
        let mut output = DiskOutput::open(&folder).expect("a folder of our own");
        let mut cache = Cache::open(&output.state().join("cache"), occasion.stamp);
        let disk = DiskSources::new(root.clone());
        let report = build(&disk, &mut output, &mut cache, &options(1), occasion);
        assert!(!report.expect("it can be read").failed());
        let page = std::fs::read_to_string(folder.join("a/one/index.html")).expect("a page");
        assert!(
            page.contains(&format!("第 {number} 版")),
            "version {number}"
        );
    }
    let (wanted, _) = clean(&DiskSources::new(root), 1);
    let wanted: BTreeMap<String, Vec<u8>> = wanted
        .into_iter()
        .map(|(path, bytes)| (path.to_string(), bytes))
        .collect();
    assert!(files(&folder) == wanted);
}

#[test]
fn a_damaged_or_foreign_cache_is_an_empty_one() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incremental-damage");
    let _ = std::fs::remove_dir_all(&root);
    let sources = site();
    let folder = root.join("site");
    let build_once = |stamp: Fingerprint| {
        let occasion = Occasion {
            now: i128::MAX / 2,
            stamp,
        };
        let mut output = DiskOutput::open(&folder).expect("a folder of our own");
        let mut cache = Cache::open(&output.state().join("cache"), stamp);
        build(&sources, &mut output, &mut cache, &options(1), occasion).expect("it builds")
    };
    assert!(!build_once(Fingerprint::ZERO).failed());
    let wanted = files(&folder);
    let kept = root.join(".site.anjian/cache");
    for name in ["index", "data.0", "html.0"] {
        let place = kept.join(name);
        let bytes = std::fs::read(&place).expect("a file of the cache");
        for damage in 0..3 {
            let mut damaged = bytes.clone();
            match damage {
                0 => damaged.truncate(bytes.len() / 2),
                1 => damaged.iter_mut().for_each(|byte| *byte ^= 0x55),
                _ => damaged.clear(),
            }
            std::fs::write(&place, damaged).expect("a file of the cache");
            // A published page that is gone must be made again, from the cache or without it.
            std::fs::remove_file(folder.join("a/one/index.html")).expect("a page");
            assert!(
                !build_once(Fingerprint::ZERO).failed(),
                "{name}, damage {damage}"
            );
            assert!(files(&folder) == wanted, "{name}, damage {damage}");
            let _ = std::fs::remove_dir_all(&kept);
            build_once(Fingerprint::ZERO);
        }
    }
    assert!(!build_once(Fingerprint::of("another program")).failed());
    assert!(files(&folder) == wanted);
}
