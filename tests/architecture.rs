//! The shape of the code, held mechanically: imports go only to lower ranks, only `fs` touches
//! `std::fs`, nothing panics on purpose, and every module opens with its doc.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The rank of each top-level module. A module may import from lower ranks and from itself.
const RANKS: &[(&str, u32)] = &[
    ("text", 0),
    ("path", 0),
    ("hash", 0),
    ("attachment", 1),
    ("diag", 1),
    ("seal", 1),
    ("fs", 2),
    ("source", 3),
    ("parse", 4),
    ("content", 5),
    ("config", 6),
    ("graph", 7),
    ("view", 8),
    ("render", 9),
    ("output", 10),
    ("check", 10),
    ("write", 11),
    ("cache", 12),
    ("external", 12),
    ("serve", 12),
    ("pipeline", 13),
    ("new", 14),
    ("fix", 14),
    ("cli", 15),
];

fn source_files() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("src can be listed");
        if entry.path().extension().is_some_and(|end| end == "rs") {
            let below = entry.path().strip_prefix(&root).expect("below src");
            let first = below.components().next().expect("a name").as_os_str();
            let module = first.to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(entry.path()).expect("src can be read");
            files.push((module, below.to_owned(), text));
        }
    }
    assert!(files.len() > 5, "the walk found the sources");
    files
}

/// The code before the unit tests at a file's end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn imports_go_only_to_lower_ranks() {
    let ranks: BTreeMap<&str, u32> = RANKS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, path, text) in source_files() {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(rank) = ranks.get(module.as_str()) else {
            wrong.push(format!("{}: module `{module}` has no rank", path.display()));
            continue;
        };
        for part in text.split("crate::").skip(1) {
            let to: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            match ranks.get(to.as_str()) {
                Some(lower) if lower < rank || to == module => {}
                Some(_) => wrong.push(format!("{} imports upward: `{to}`", path.display())),
                None => wrong.push(format!(
                    "{} imports `{to}`, which has no rank",
                    path.display()
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rank_names_a_module() {
    let modules: Vec<String> = source_files()
        .into_iter()
        .map(|(module, ..)| module)
        .collect();
    for (name, _) in RANKS {
        assert!(
            modules.iter().any(|module| module == name),
            "`{name}` is ranked but absent"
        );
    }
}

#[test]
fn only_fs_touches_the_file_system() {
    for (module, path, text) in source_files() {
        let touches = without_tests(&text).contains("std::fs");
        assert!(
            !touches || module == "fs" || text.starts_with("//! The only module"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn nothing_panics_on_purpose() {
    for (_, path, text) in source_files() {
        for word in [
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unimplemented!(",
        ] {
            assert!(
                !without_tests(&text).contains(word),
                "{}: {word}",
                path.display()
            );
        }
    }
}

#[test]
fn every_module_opens_with_its_doc() {
    for (_, path, text) in source_files() {
        assert!(
            text.starts_with("//! "),
            "{} opens without a module doc",
            path.display()
        );
    }
}
