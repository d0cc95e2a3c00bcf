//! The real program: exit codes, where it writes, and what it says in both languages.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("content")).expect("a folder for the test");
    folder
}

fn anjian(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anjian"))
        .arg("--root")
        .arg(root)
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

#[test]
fn the_shipped_content_has_no_mistake() {
    // Records end and documents are to be reviewed: what is sound on one day is told of on another.
    let day = ["check", "--today", "2026-11-23"];
    let output = anjian(Path::new(env!("CARGO_MANIFEST_DIR")), &day);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn all_mistakes_of_all_files_are_reported_in_one_run() {
    let root = folder("all-mistakes");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(root.join("content").join(name), bytes).expect("a file of the test");
    };
    write("a.toml", "标题 = \"x\"\ntitle = 安全\n".as_bytes());
    write("b.md", b"+++\ntitle = \"x\"\ntext\n");
    write("c.md", &[b'a', 0xb0, 0xb2, 0xc8, 0xab]);
    write("d.md", "\u{feff}+++\r\ntitle = \"x\"\r\n+++\r\n".as_bytes());
    let english = anjian(&root, &["check", "--lang", "en"]);
    assert_eq!(english.status.code(), Some(1));
    let said = stderr(&english);
    for start in [
        "content/a.toml:",
        "content/b.md:1:1: error[front-matter-open]",
        "content/c.md",
    ] {
        assert!(said.contains(start), "{start} in\n{said}");
    }
    assert!(said.contains("looks like GBK"), "{said}");
    assert!(!said.contains("content/d.md"), "{said}");
    let chinese = stderr(&anjian(&root, &["check", "--lang", "zh"]));
    assert!(chinese.contains("看起来是 GBK"), "{chinese}");
    assert!(english.stdout.is_empty());
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let output = anjian(Path::new("/nonexistent"), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    let output = anjian(Path::new("."), &["no-such-command"]);
    assert_eq!(output.status.code(), Some(2));
}
