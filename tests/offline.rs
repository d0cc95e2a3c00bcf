//! What readers keep for the time without a connection: the lists name what is published and nothing else, and a site
//! that keeps nothing sends a worker that says so.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::cache::Cache;
use anjian::hash::Fingerprint;
use anjian::output::search::pack::unpack;
use anjian::path::{OutputPath, SourcePath};
use anjian::source::memory::MemorySources;
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;
use memory::{built, built_again};
use serde_json::Value;
use std::collections::BTreeMap;

const SITE: &str = r#"
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
[[terms]]
id = "water"
title = "供水"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
//- content/industries/gas/_index.md
+++
kind = "industry"
title = "燃气企业"
industries = ["gas"]
industry = "gas"
+++
先查阀门。
//- content/industries/gas/card.md
+++
title = "岗位卡片"
+++
![阀门](valve.svg)和[台账样张](/files/sample.csv)
//- content/industries/gas/valve.svg
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>
//- content/files/sample.csv
甲,乙
//- content/files/other.csv
丙,丁
//- content/industries/gas/guide.md
+++
kind = "guide"
title = "燃气指南"
industries = ["gas"]
edition = "2025"
status = "current"
element_set = "e"
+++
## 巡线 {#line}

每天巡线。
//- content/industries/gas/secret.md
+++
title = "草稿"
industries = ["gas"]
draft = true
+++
还没有写完。
//- content/water.md
+++
title = "供水说明"
industries = ["water"]
+++
正文。
//- content/notice.md
+++
title = "通知"
+++
正文。
//- content/templates/pledge.md
+++
kind = "letter"
title = "承诺书"
letter_kind = "pledge"
copies = 2
+++
我承诺。
"#;

fn sources(more: &str) -> MemorySources {
    MemorySources::from_literal(&format!("{SITE}{more}")).expect("sound paths")
}

fn site(more: &str) -> MemoryOutput {
    let (output, report) = built(&sources(more), jiff::civil::date(2026, 1, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    output
}

fn bytes(site: &MemoryOutput, path: &str) -> Vec<u8> {
    let path = OutputPath::new(path).expect("a sound path");
    site.read(&path)
        .unwrap_or_else(|| panic!("{path} is published"))
}

fn read(site: &MemoryOutput, path: &str) -> Value {
    serde_json::from_slice(&bytes(site, path)).expect("JSON")
}

/// The rows of a list: address, fingerprint, size.
fn rows(site: &MemoryOutput, path: &str) -> Vec<(String, String, u64)> {
    serde_json::from_value(read(site, path)["files"].clone()).expect("rows")
}

/// The addresses of a list but for the theme's own files.
fn addresses(site: &MemoryOutput) -> Vec<String> {
    let rows = rows(site, "offline/gas.json").into_iter();
    let paths = rows.map(|(path, ..)| path);
    paths.filter(|path| !path.starts_with("assets/")).collect()
}

#[test]
fn a_list_names_what_the_industry_needs_and_nothing_else() {
    assert_eq!(
        addresses(&site("")),
        [
            "files/sample.csv",
            "",
            "industries/gas/card/",
            "industries/gas/guide/guide.docx",
            "industries/gas/guide/",
            "industries/gas/",
            "industries/gas/valve.svg",
            "industries/",
            "offline/all/search.bin",
            "offline/gas.bin",
            "search/",
            "templates/",
            "templates/pledge/",
            "templates/pledge/pledge.docx",
        ]
    );
}

#[test]
fn a_photograph_is_kept_as_a_phone_needs_it() {
    let mut sources = sources("//- content/industries/gas/photo.md\n![阀门](valve.jpg)\n");
    let mut bytes = std::io::Cursor::new(Vec::new());
    let pixels = image::DynamicImage::new_rgb8(2000, 1000);
    pixels
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("a picture");
    let path = SourcePath::new("content/industries/gas/valve.jpg").expect("a sound path");
    sources.insert(path, &bytes.into_inner());
    let (site, report) = built(&sources, jiff::civil::date(2026, 1, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let addresses = addresses(&site).into_iter();
    let photos: Vec<String> = addresses
        .filter(|path| path.contains("valve.jpg"))
        .collect();
    assert_eq!(photos, ["industries/gas/valve.jpg.960.webp"]);
}

#[test]
fn rows_tell_what_is_published() {
    let site = site("");
    let rows = rows(&site, "offline/gas.json");
    let total: u64 = rows.iter().map(|(_, _, size)| size).sum();
    for (address, print, size) in &rows {
        let path = match address.is_empty() || address.ends_with('/') {
            true => format!("{address}index.html"),
            false => address.clone(),
        };
        let bytes = bytes(&site, &path);
        assert_eq!(bytes.len() as u64, *size, "{path}");
        assert_eq!(&Fingerprint::of_bytes(&bytes).long(), print, "{path}");
    }
    let list = read(&site, "offline/gas.json");
    assert_eq!(list["bytes"], total);
    // An industry without a page of its own cannot be kept.
    let lists = read(&site, "offline/all/lists.json");
    let row = &lists["lists"][0];
    assert_eq!(lists["lists"].as_array().map(Vec::len), Some(1));
    assert_eq!(row["industry"], "gas");
    assert_eq!(row["url"], "industries/gas/");
    assert_eq!(row["bytes"], total);
    let own = Fingerprint::of_bytes(&bytes(&site, "offline/gas.json")).long();
    assert_eq!(row["print"], own);
}

/// The files of a bundle.
fn unbundled(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let (length, rest) = bytes.split_first_chunk::<4>().expect("a length");
    let length = usize::try_from(u32::from_le_bytes(*length)).expect("a size");
    let (head, mut rest) = rest.split_at(length);
    let rows: Vec<(String, usize)> =
        serde_json::from_slice(&unpack(head).expect("a head")).expect("rows");
    let files = rows.into_iter().map(|(path, size)| {
        let (file, more) = rest.split_at(size);
        rest = more;
        (path, file.to_vec())
    });
    let files = files.collect();
    assert!(rest.is_empty());
    files
}

#[test]
fn bundles_hold_the_search_as_it_is_published() {
    let site = site("");
    let mut bundled = unbundled(&bytes(&site, "offline/all/search.bin"));
    let texts = unbundled(&bytes(&site, "offline/gas.bin"));
    assert!(bundled.contains_key("search/directory.bin"));
    assert!(!texts.is_empty() && texts.keys().all(|path| path.starts_with("search/t/")));
    bundled.extend(texts.clone());
    for (path, file) in &bundled {
        assert_eq!(&bytes(&site, path), file, "{path}");
    }
    let published = site.files.keys().map(OutputPath::as_str);
    let missing: Vec<&str> = published
        .filter(|path| path.starts_with("search/") && path.ends_with(".bin"))
        .filter(|path| !bundled.contains_key(*path))
        .collect();
    assert!(!missing.is_empty() && missing.iter().all(|path| path.starts_with("search/t/")));
    let text = |file: &Vec<u8>| String::from_utf8(unpack(file).expect("packed")).expect("text");
    let texts: String = texts.values().map(text).collect();
    assert!(texts.contains("巡线") && texts.contains("承诺"));
    assert!(!texts.contains("供水说明") && !texts.contains("草稿"));
}

/// What the worker keeps for itself.
fn own(site: &MemoryOutput) -> Vec<String> {
    let worker = String::from_utf8(bytes(site, "sw.js")).expect("text");
    let line = worker.lines().next().expect("a line");
    let json = line.strip_prefix("const OWN = ").expect("what it keeps");
    let rows: Vec<(String, String, u64)> =
        serde_json::from_str(json.trim_end_matches(';')).expect("rows");
    assert!(!worker.contains("\n//"), "comments are not published");
    rows.into_iter().map(|(path, ..)| path).collect()
}

#[test]
fn the_worker_keeps_the_page_that_stands_for_others_with_all_that_it_loads() {
    let site = site("");
    let page = site.text("offline/index.html").expect("the page");
    let own = own(&site);
    assert!(own.contains(&"offline/".to_owned()));
    let loaded: Vec<&str> = page
        .split("=\"../assets/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(loaded.len() >= 5, "{loaded:?}");
    for name in &loaded {
        assert!(own.contains(&format!("assets/{name}")), "{name}");
    }
    assert_eq!(own.len(), loaded.len() + 1);
    assert!(page.contains("noindex"));
    assert!(page.contains("data-pin=\"gas\""));
}

#[test]
fn switched_off_the_worker_that_is_published_goes() {
    let site = site("//- content/site.toml\noffline = false\n");
    let worker = site.text("sw.js").expect("a worker");
    assert!(worker.contains("registration.unregister()"));
    assert!(!worker.contains("addEventListener(\"fetch\""));
    let paths = site.files.keys().map(OutputPath::as_str);
    assert_eq!(paths.filter(|path| path.starts_with("offline/")).count(), 0);
    for (path, page) in &site.files {
        let page = String::from_utf8_lossy(page);
        if path.as_str().ends_with(".html") {
            for never in ["data-worker", "data-pin", "class=\"kept\"", "offline/"] {
                assert!(!page.contains(never), "{path}: {never}");
            }
        }
    }
}

#[test]
fn a_plain_site_keeps_what_is_read() {
    let literal = "//- content/a.md\n# 一页\n\n正文。\n";
    let sources = MemorySources::from_literal(literal).expect("sound paths");
    let (site, report) = built(&sources, jiff::civil::date(2026, 1, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let paths = site.files.keys().map(OutputPath::as_str);
    let offline: Vec<&str> = paths
        .filter(|path| path.starts_with("offline/") || *path == "sw.js")
        .collect();
    assert_eq!(
        offline,
        ["offline/all/lists.json", "offline/index.html", "sw.js"]
    );
    assert!(own(&site).contains(&"offline/".to_owned()));
    let page = site.text("a/index.html").expect("the page");
    assert!(page.contains("data-worker=\"../sw.js\""));
}

#[test]
fn a_worker_of_the_author_s_own_is_left_alone() {
    let site = site("//- content/sw.js\n/* mine */\n");
    assert_eq!(bytes(&site, "sw.js"), b"/* mine */\n".to_vec());
    let home = site.text("index.html").expect("the home page");
    assert!(!home.contains("data-worker"));
}

#[test]
fn a_page_of_the_author_s_own_takes_the_place_of_ours() {
    let site = site("//- content/offline.md\n# 没有网怎么办\n\n打电话。\n");
    let page = site.text("offline/index.html").expect("the page");
    assert!(page.contains("打电话"));
    assert!(own(&site).contains(&"offline/".to_owned()));
}

#[test]
fn only_what_changed_is_made_again() {
    let mut sources = sources("");
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let mut run = |sources: &MemorySources, output: &mut MemoryOutput| {
        let report = built_again(sources, jiff::civil::date(2026, 1, 1), output, &mut cache);
        assert!(!report.failed());
    };
    run(&sources, &mut output);
    let before = output.files.clone();
    run(&sources, &mut output);
    assert_eq!(output.written, 0);
    // A page that no industry needs changes the search, and with it the lists.
    let path = SourcePath::new("content/notice.md").expect("a sound path");
    sources.insert(path, "+++\ntitle = \"通知\"\n+++\n改了。\n".as_bytes());
    run(&sources, &mut output);
    let changed = |path: &str| {
        let path = OutputPath::new(path).expect("a sound path");
        before[&path] != output.files[&path]
    };
    assert!(changed("offline/all/search.bin") && changed("offline/gas.json"));
    assert!(!changed("offline/gas.bin"));
    let (clean, _) = built(&sources, jiff::civil::date(2026, 1, 1));
    assert!(clean.files == output.files);
}
