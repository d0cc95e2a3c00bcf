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

/// Git in a folder, as somebody, whatever the machine's own settings say.
fn git(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(root)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "core.autocrlf=false",
        ])
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("git starts");
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).expect("git says UTF-8")
}

/// The test's own folder is ignored by the project's git, so each of these is a repository of its own.
fn mend(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_anjian"))
        .arg("--root")
        .arg(root)
        .args(["--lang", "zh", "fix"])
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .expect("the program starts")
}

#[test]
fn fix_shows_what_it_would_change_and_changes_what_git_can_give_back() {
    let root = folder("fix");
    let file = |name: &str| root.join("content").join(name);
    let write = |name: &str, text: &str| std::fs::write(file(name), text).expect("a file");
    let read = |name: &str| std::fs::read_to_string(file(name)).expect("a file");
    write("a.md", "\u{feff}安全,生产\r\n\r\n`一,二`\r\n");
    write("b.toml", "kind = \"page\"\ntitle = \"标题,二\"\n");
    write("中文 名.md", "检查:一\n");
    git(&root, &["init", "-q", "."]);
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "all"]);
    write("new.md", "甲,乙\n");
    write("b.toml", "kind = \"page\"\ntitle = \"标题,三\"\n");

    let shown = mend(&root, &[]);
    assert_eq!(shown.status.code(), Some(0), "{}", stderr(&shown));
    let diff = String::from_utf8_lossy(&shown.stdout).into_owned();
    for line in [
        "--- a/content/a.md",
        "+title = \"标题，三\"",
        "-甲,乙",
        "+甲，乙",
    ] {
        assert!(diff.contains(line), "{line} in\n{diff}");
    }
    assert_eq!(read("a.md"), "\u{feff}安全,生产\r\n\r\n`一,二`\r\n");
    assert!(
        stderr(&shown).contains("4 个文件里有 4 处"),
        "{}",
        stderr(&shown)
    );

    let written = mend(&root, &["--write"]);
    assert_eq!(written.status.code(), Some(1), "{}", stderr(&written));
    let said = stderr(&written);
    assert!(
        said.contains("没有改 content/b.toml：有还没有提交的改动"),
        "{said}"
    );
    assert!(
        said.contains("没有改 content/new.md：还没有加入 git"),
        "{said}"
    );
    assert_eq!(read("a.md"), "\u{feff}安全，生产\r\n\r\n`一,二`\r\n");
    assert_eq!(read("中文 名.md"), "检查：一\n");
    assert_eq!(read("new.md"), "甲,乙\n");
    assert!(read("b.toml").contains("标题,三"));

    // What was written is now changed since the commit, and has nothing left to change.
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "more"]);
    let one = mend(&root, &["--write", "content/new.md"]);
    assert_eq!(one.status.code(), Some(0), "{}", stderr(&one));
    assert!(read("b.toml").contains("标题,三") && read("new.md") == "甲，乙\n");
    let rest = mend(&root, &["--write"]);
    assert_eq!(String::from_utf8_lossy(&rest.stdout), "content/b.toml\n");
    let again = mend(&root, &["--write"]);
    assert!(again.stdout.is_empty() && again.status.code() == Some(0));
    let checked = stderr(&anjian(&root, &["check", "--lang", "zh"]));
    assert!(checked.contains("0 处错误，0 处警告"), "{checked}");
    assert_eq!(
        git(&root, &["status", "--porcelain"]),
        " M content/b.toml\n M content/new.md\n"
    );
}

#[test]
fn fix_writes_nothing_outside_git_unless_told_so() {
    let root = std::env::temp_dir().join(format!("anjian-fix-{}", std::process::id()));
    std::fs::create_dir_all(root.join("content")).expect("a folder");
    let file = root.join("content/a.md");
    std::fs::write(&file, "安全,生产\n").expect("a file");
    let refused = mend(&root, &["--write"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("--no-git"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(
        std::fs::read_to_string(&file).expect("a file"),
        "安全,生产\n"
    );
    let outside = mend(&root, &["nowhere.md"]);
    assert_eq!(outside.status.code(), Some(2));
    let written = mend(&root, &["--write", "--no-git"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    assert_eq!(
        std::fs::read_to_string(&file).expect("a file"),
        "安全，生产\n"
    );
    let _ = std::fs::remove_dir_all(&root);
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
