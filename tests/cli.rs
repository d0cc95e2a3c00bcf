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
    let output = anjian(Path::new(env!("CARGO_MANIFEST_DIR")), &["check"]);
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

#[test]
fn two_editions_are_compared_with_an_exit_code_that_says_whether_they_differ() {
    let root = folder("diff");
    let status = "title = \"状态\"\n[[terms]]\nid = \"current\"\ntitle = \"现行\"\n[[terms]]\nid = \"repealed\"\ntitle = \"废止\"\n";
    let patrol = |edition: &str, status: &str, more: &str, text: &str| {
        format!(
            "kind = \"patrol\"\ntitle = \"导则\"\nedition = \"{edition}\"\nstatus = \"{status}\"\nminutes = 5\n{more}\n[[look]]\nid = \"l-1\"\ntext = \"{text}\"\n"
        )
    };
    let write = |path: &str, text: &str| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("a file of the test");
    };
    write("content/vocabulary/specification-status.toml", status);
    write(
        "content/p-1.toml",
        &patrol("1", "repealed", "", "看30只气瓶"),
    );
    write(
        "content/p-2.toml",
        &patrol("2", "current", "supersedes = \"p-1\"", "看50只 气瓶"),
    );
    write(
        "drafts/p-3.toml",
        &patrol("3", "consultation", "", "看50只气瓶"),
    );
    write("content/page.md", "正文\n");
    let diff = |arguments: &[&str]| {
        let all: Vec<&str> = ["diff", "--lang", "zh"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let output = anjian(&root, &all);
        let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
        (output.status.code(), text, stderr(&output))
    };
    for names in [
        &["p-2"][..],
        &["p-1", "p-2"],
        &["content/p-1.toml", "/p-2/"],
    ] {
        let (code, text, _) = diff(names);
        assert_eq!(code, Some(1), "{names:?}");
        assert!(
            text.contains("修改 1") && text.contains("看[-30-]{+50+}只 气瓶"),
            "{text}"
        );
    }
    let (code, text, _) = diff(&["p-2", "drafts/p-3.toml"]);
    assert_eq!(
        (code, text.contains("两版内容相同")),
        (Some(0), true),
        "{text}"
    );
    let (code, text, _) = diff(&["p-2", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((code, &json["counts"]["changed"]), (Some(1), &1.into()));
    for (names, said) in [
        (&["p-9"][..], "没有文档 `p-9`"),
        (&["page", "p-1"], "不是四项规范"),
        (&["p-1"], "没有写 supersedes"),
    ] {
        let (code, _, error) = diff(names);
        assert_eq!(code, Some(2), "{names:?}");
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn the_coverage_report_comes_in_three_forms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = |more: &[&str]| {
        let all: Vec<&str> = ["coverage", "--lang", "zh", "--today", "2026-12-01"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        let output = anjian(root, &all);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let text = report(&[]);
    assert!(
        text.contains("城镇燃气 gas") && text.contains("6 个四项齐全"),
        "{text}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&report(&["--format", "json"])).expect("JSON");
    assert_eq!(json["totals"]["missing"], 0);
    let csv = report(&["--format", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("\u{feff}industry,"), "{}", rows[0]);
    assert!(
        rows.iter().all(|row| !row.contains("checklist-2025")),
        "{csv}"
    );
}
