//! `anjian new` with the real program: what it writes passes its own checks, in a new site and in the
//! shipped one; nothing that is there is touched; what it refuses, it refuses with exit code 2.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::new::KINDS;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("new")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn anjian(root: &Path, arguments: &[&str]) -> Output {
    speaking("en", root, arguments)
}

fn speaking(language: &str, root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anjian"))
        .args(["--lang", language, "--root"])
        .arg(root)
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// The paths that a successful run names on its standard output.
fn written(output: &Output) -> Vec<PathBuf> {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    let text = String::from_utf8(output.stdout.clone()).expect("paths are UTF-8");
    text.lines().map(PathBuf::from).collect()
}

fn new_site(name: &str) -> PathBuf {
    let site = folder(name).join("site");
    let path = site.to_str().expect("a plain path");
    assert_eq!(
        written(&anjian(Path::new("/nonexistent"), &["new", "site", path])),
        std::slice::from_ref(&site)
    );
    site
}

fn shipped_site(name: &str) -> PathBuf {
    let site = folder(name);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.expect("the shipped content can be listed");
        let below = entry.path().strip_prefix(&from).expect("below content");
        let to = site.join("content").join(below);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder of the copy");
        } else {
            std::fs::copy(entry.path(), to).expect("a file of the copy");
        }
    }
    site
}

fn assert_sound(site: &Path) {
    let output = anjian(site, &["check"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.ends_with("0 errors, 0 warnings\n"), "{said}");
}

/// The files below a folder with their bytes.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let entries = walk.into_iter().map(|entry| entry.expect("listed"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("a file of the test");
            (entry.into_path(), bytes)
        })
        .collect()
}

/// An id for a document of each kind that neither site holds.
fn bare(kind: &str) -> &'static str {
    match kind {
        "industry" => "water-conservancy",
        "checklist" | "guide" | "rules" | "patrol" => "metallurgy",
        _ => "first-one",
    }
}

#[test]
fn a_new_site_has_no_mistake_and_the_whole_of_the_lists() {
    let site = new_site("site");
    assert_sound(&site);
    for name in [".gitignore", "README.md", "content/_index.md"] {
        assert!(site.join(name).is_file(), "{name}");
    }
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for name in ["vocabulary", "references.toml", "holidays.toml"] {
        let strip = |root: &Path| -> Vec<(PathBuf, Vec<u8>)> {
            let files = contents(&root.join(name)).into_iter();
            let below = |path: PathBuf| path.strip_prefix(root).expect("below").to_owned();
            files.map(|(path, bytes)| (below(path), bytes)).collect()
        };
        assert!(strip(&site.join("content")) == strip(&shipped), "{name}");
    }
}

#[test]
fn the_settings_of_a_new_site_show_every_setting() {
    let site = new_site("settings");
    let text = std::fs::read_to_string(site.join("content/site.toml")).expect("the settings");
    let source = concat!(
        include_str!("../src/config.rs"),
        include_str!("../src/config/publishing.rs")
    );
    let asked = source.split("fields, \"").skip(1);
    let keys: Vec<&str> = asked.filter_map(|rest| rest.split('"').next()).collect();
    assert!(keys.len() > 15, "{keys:?}");
    for key in keys {
        assert!(text.contains(&format!("{key} = ")), "{key}");
    }
    // Every line that can be switched on is sound, too.
    let on = text.replace("# [government", "[government");
    let keys = [
        "base_url",
        "site_",
        "icp",
        "police",
        "emblem_url",
        "report_error_url",
        "page_weight",
        "index_number",
        "\"通知公告\"",
    ];
    let on = keys
        .iter()
        .fold(on, |text, key| text.replace(&format!("# {key}"), key));
    let on = on
        .replace("icp = \"…\"", "icp = \"闽ICP备05010518号\"")
        .replace("police = \"…\"", "police = \"闽公网安备 35010302000991号\"")
        .replace("\"…\"", "\"3500000000\"");
    std::fs::write(site.join("content/site.toml"), on).expect("the settings");
    assert_sound(&site);
}

#[test]
fn every_kind_passes_in_a_new_site() {
    let site = new_site("kinds-in-new");
    every_kind(&site);
    let built = anjian(&site, &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    assert!(said(&built).contains(" 0 warnings"), "{}", said(&built));
    let pages = ["index.html", "cases/benchmark/first-one/index.html"];
    for page in pages {
        assert!(site.join("output/site").join(page).is_file(), "{page}");
    }
}

#[test]
fn every_kind_passes_in_the_shipped_site() {
    let site = shipped_site("kinds-in-shipped");
    every_kind(&site);
}

/// Writes two documents of each kind, one by a bare id and one by a path, and checks the site.
fn every_kind(site: &Path) {
    for (kind, _) in KINDS {
        let path = match kind {
            "industry" => "trades/textile".to_owned(),
            kind => format!("industries/textile/second-{kind}"),
        };
        for id in [bare(kind), &path] {
            let paths = written(&anjian(site, &["new", kind, id, "--today", "2026-02-28"]));
            let text = std::fs::read_to_string(&paths[0]).expect("the new document");
            assert!(text.contains(&format!("kind = \"{kind}\"")), "{text}");
            assert!(text.contains("\ndate = 2026-02-28\n"), "{text}");
            assert!(text.contains("\nsample = true\n"), "{text}");
            assert!(paths[0].starts_with(site), "{paths:?}");
        }
        assert_sound(site);
    }
}

#[test]
fn a_bare_id_goes_where_its_kind_belongs() {
    let site = new_site("places");
    let places = [
        ("industry", "gas", "industries/gas/_index.md"),
        ("checklist", "gas", "industries/gas/checklist.toml"),
        ("guide", "gas", "industries/gas/guide.md"),
        ("rules", "hot-work", "rules/hot-work.toml"),
        ("patrol", "gas", "industries/gas/patrol.toml"),
        ("benchmark-case", "a", "cases/benchmark/a.md"),
        ("enforcement-case", "a", "cases/enforcement/a.md"),
        ("form", "a", "templates/forms/a.toml"),
        ("letter", "a", "templates/letters/a.md"),
        ("register", "a", "templates/registers/a.toml"),
        ("policy", "a", "policies/a.md"),
        ("page", "about", "about.md"),
        ("page", "about-us/", "about-us/_index.md"),
    ];
    for (kind, id, place) in places {
        let paths = written(&anjian(&site, &["new", kind, id]));
        assert_eq!(paths[0], site.join("content").join(place));
    }
    // The indexes of the usual folders came with them, each once.
    for index in ["cases", "cases/benchmark", "templates/forms", "rules"] {
        let index = site.join("content").join(index).join("_index.md");
        assert!(index.is_file(), "{}", index.display());
    }
    assert_sound(&site);
}

#[test]
fn the_folder_of_the_settings_goes_before_the_usual_one() {
    let site = folder("own-folders");
    let settings = "[kinds]\n\"norms/lists\" = \"checklist\"\n";
    std::fs::create_dir_all(site.join("content")).expect("a folder of the test");
    std::fs::write(site.join("content/site.toml"), settings).expect("the settings");
    let output = anjian(&site, &["new", "checklist", "gas"]);
    let paths = written(&output);
    assert_eq!(paths, [site.join("content/norms/lists/gas.toml")]);
    assert!(said(&output).contains("anjian new page norms/lists/"));
}

#[test]
fn a_page_passes_in_a_folder_of_plain_markdown() {
    let site = folder("plain");
    std::fs::create_dir_all(site.join("content")).expect("a folder of the test");
    written(&anjian(&site, &["new", "page", "about"]));
    assert_sound(&site);
}

#[test]
fn a_folder_that_holds_files_is_left_alone() {
    let full = folder("full");
    std::fs::write(full.join("notes.txt"), "mine").expect("a file of the test");
    let before = contents(&full);
    let path = full.to_str().expect("a plain path");
    let output = anjian(&full, &["new", "site", path]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains(&format!("`{path}` holds files already")));
    let file = full.join("notes.txt");
    let output = anjian(
        &full,
        &["new", "site", file.to_str().expect("a plain path")],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(contents(&full) == before);

    let chinese = speaking("zh", &full, &["new", "site", path]);
    assert!(said(&chinese).contains(&format!("`{path}` 里已经有文件")));

    let repository = folder("repository");
    std::fs::create_dir(repository.join(".git")).expect("a folder of the test");
    let path = repository.to_str().expect("a plain path");
    written(&anjian(&repository, &["new", "site", path]));
}

#[test]
fn what_is_there_is_never_written_over() {
    let site = new_site("kept");
    written(&anjian(&site, &["new", "page", "notes/first"]));
    let page = site.join("content/notes/first.md");
    std::fs::write(&page, "+++\ntitle = \"mine\"\n+++\n").expect("a file of the test");
    let before = contents(&site);
    let rivals = [
        ("page", "notes/first"),
        ("page", "notes/first/"),
        ("register", "notes/first"),
        ("industry", "small-shop"),
        ("page", "industries/small-shop"),
        ("checklist", "small-shop"),
    ];
    for (kind, id) in rivals {
        let output = anjian(&site, &["new", kind, id]);
        assert_eq!(output.status.code(), Some(2), "{kind} {id}");
        assert!(said(&output).contains("exists already"), "{kind} {id}");
        assert!(output.stdout.is_empty());
    }
    assert!(contents(&site) == before);
}

#[test]
fn ids_that_cannot_be_addresses_are_refused_in_both_languages() {
    let site = new_site("bad-ids");
    let before = contents(&site);
    let bad = [
        "two words",
        "Gas",
        "燃气",
        "../out",
        "a/../../out",
        "/tmp/out",
        "a//b",
        "a.md",
        "a\\b",
        "",
        "vocabulary/a",
        "content/a",
        "keywords",
        "notes/index",
    ];
    for id in bad {
        for kind in ["page", "checklist", "industry"] {
            let output = anjian(&site, &["new", kind, id]);
            assert_eq!(output.status.code(), Some(2), "{id}");
            assert!(
                !output.stderr.is_empty() && output.stdout.is_empty(),
                "{id}"
            );
        }
    }
    assert!(contents(&site) == before);
    let chinese = said(&speaking("zh", &site, &["new", "page", "燃气"]));
    assert!(chinese.contains("只用小写字母"), "{chinese}");
    let english = said(&anjian(&site, &["new", "page", "燃气"]));
    assert!(english.contains("lower-case letters"), "{english}");
}

#[test]
fn unknown_kinds_and_industries_name_the_nearest() {
    let site = new_site("guesses");
    let refused = |kind: &str, id: &str, guess: &str| {
        let output = anjian(&site, &["new", kind, id]);
        assert_eq!(output.status.code(), Some(2), "{kind} {id}");
        assert!(said(&output).contains(guess), "{}", said(&output));
    };
    refused("chekclist", "a", "did you mean `checklist`?");
    refused("sites", "a", "did you mean `site`?");
    refused(
        "case",
        "a",
        "did you mean `benchmark-case` or `enforcement-case`?",
    );
    refused("清单", "a", "allowed: site, industry, checklist");
    refused("industry", "water-suply", "did you mean `water-supply`?");
    refused("industry", "moon-mining", "add it there first");
    refused("letter", "a/", "without it");
    let nowhere = anjian(Path::new("/nonexistent"), &["new", "page", "a"]);
    assert_eq!(nowhere.status.code(), Some(2));
}
