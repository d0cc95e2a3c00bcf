//! What the program says of the rules: a line for each family, what programs of code hosts show, and the days ahead.

use super::{VOCABULARY, record};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A site on disk from a literal.
fn site(name: &str, literal: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("rules")
        .join(name);
    let _ = std::fs::remove_dir_all(&root);
    for file in format!("{VOCABULARY}{literal}").split("//- ").skip(1) {
        let (path, text) = file.split_once('\n').expect("a path and a text");
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    root
}

fn anjian(root: &Path, arguments: &[&str]) -> (i32, String, String) {
    let program = Command::new(env!("CARGO_BIN_EXE_anjian"))
        .args(["--lang", "zh", "--root"])
        .arg(root)
        .args(arguments)
        .output();
    let Output {
        status,
        stdout,
        stderr,
    } = program.expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

#[test]
fn each_family_that_found_something_has_a_line() {
    let root = site(
        "families",
        &format!(
            "{}//- content/a.md\n电话 13800138000，又 13900139000。[断](没有.md)\n",
            record("decision_number = \"12号\"\nsummary = \"罚款6万元。\"")
        ),
    );
    let (code, _, said) = anjian(&root, &["check", "--today", "2026-04-01"]);
    assert_eq!(code, 1);
    for line in [
        "个人信息：2 处错误，0 处警告\n",
        "执法案例和公示记录：0 处错误，2 处警告\n",
        "写法、链接和结构：1 处错误，0 处警告\n",
    ] {
        assert!(said.contains(line), "{line} in\n{said}");
    }
    assert!(!said.contains("无障碍："), "{said}");
    let (_, sarif, _) = anjian(
        &root,
        &["check", "--today", "2026-04-01", "--format", "sarif"],
    );
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
    let rule = |code: &str| {
        let mut rules = rules.as_array().expect("a list").iter();
        rules
            .find(|one| one["id"] == code)
            .cloned()
            .unwrap_or_default()
    };
    let number = rule("decision-number");
    let says = |value: &Value| value["text"].as_str().unwrap_or_default().to_owned();
    assert!(says(&number["shortDescription"]).contains("六角括号"));
    assert!(says(&number["help"]).contains("GB/T 9704-2012"));
    assert!(rule("broken-link")["shortDescription"].is_null());
    assert!(!sarif.to_string().contains("13800138000"));
}

#[test]
fn what_ends_soon_is_listed_and_what_has_ended_too() {
    let second = record("publicity_end = 2026-09-02").replace("content/case.md", "content/two.md");
    let ended =
        record("record_status = \"repaired\"").replace("content/case.md", "content/gone.md");
    let page = "//- content/page.md\n+++\ntitle = \"待复审\"\nreview_by = 2026-03-01\nexpires_at = 2026-04-21\n+++\n文。\n";
    let root = site("expiring", &format!("{}{second}{ended}{page}", record("")));
    let list = |more: &[&str]| {
        let mut all = vec!["expiring", "--today", "2026-04-01"];
        all.extend(more);
        anjian(&root, &all)
    };
    let (code, text, said) = list(&["--within", "30d"]);
    assert_eq!((code, said.as_str()), (0, "到 2026-05-01 为止 2 项\n"));
    let first: Vec<&str> = text.lines().step_by(2).take(2).collect();
    assert_eq!(
        first,
        [
            "2026-03-01  已过 31 天  该复审  待复审",
            // From the 21st on it is gone.
            "2026-04-20  还有 19 天  撤下  待复审",
        ]
    );
    assert!(text.contains("content/gone.md  信用已修复"), "{text}");
    let (_, json, _) = list(&["--within", "1y", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let days: Vec<&str> = json["due"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["day"].as_str())
        .collect();
    assert_eq!(
        days,
        ["2026-03-01", "2026-04-20", "2026-09-02", "2027-03-02"]
    );
    assert_eq!(json["ended"][0]["ended"], "repaired");
    let (code, _, _) = list(&["--within", "soon"]);
    assert_eq!(code, 2);
}

/// Read as RFC 5545 has it: lines of 75 bytes at most, ended by CRLF; whole days; a name that stays.
#[test]
fn the_calendar_is_sound_and_the_same_each_time() {
    let root = site(
        "calendar",
        &record("").replace(
            "title = \"案\"",
            "title = \"某公司未按规定安排专门人员进行现场安全管理、未设置明显的安全警示标志案\"",
        ),
    );
    let list = || {
        anjian(
            &root,
            &[
                "expiring",
                "--today",
                "2026-04-01",
                "--within",
                "1y",
                "--format",
                "ics",
            ],
        )
        .1
    };
    let text = list();
    assert_eq!(text, list());
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text:?}");
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n')),
        "{text:?}"
    );
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.split("\r\n").collect();
    for wanted in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "DTSTART;VALUE=DATE:20270302",
        "DTEND;VALUE=DATE:20270303",
        "UID:publicity-ends-case@anjian",
        "TRIGGER:-PT604800S",
    ] {
        assert_eq!(
            lines.iter().filter(|line| **line == wanted).count(),
            1,
            "{wanted} in {unfolded}"
        );
    }
}
