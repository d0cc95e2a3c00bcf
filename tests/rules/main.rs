//! The publishing rules: each finds what it is for and nothing else, weighs what the site says where the site may say
//! so, and stands in `docs/rules.md`.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod citations;
mod commands;
mod ended;
mod government;
mod language;
mod letters;
#[path = "../support/memory.rs"]
mod memory;
mod personal;
mod records;
mod specifications;

use anjian::check::rules::{all, document, rule};
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::diag::Severity;
use anjian::diag::report::{Language, report};
use anjian::pipeline::{BuildOptions, Report, inspect};
use anjian::source::Sources;
use anjian::source::memory::MemorySources;
use jiff::civil::Date;
use std::collections::BTreeSet;

const VOCABULARY: &str = r#"
//- content/vocabulary/measures.toml
title = "措施"
[[terms]]
id = "fine"
title = "罚款"
//- content/vocabulary/severities.toml
title = "情节"
[[terms]]
id = "minor"
title = "轻微"
[[terms]]
id = "general"
title = "一般"
[[terms]]
id = "serious"
title = "严重"
//- content/vocabulary/record-status.toml
title = "状态"
[[terms]]
id = "public"
title = "公示中"
[[terms]]
id = "withdrawn"
title = "已撤下"
[[terms]]
id = "repaired"
title = "已修复"
[[terms]]
id = "expired"
title = "公示期满"
//- content/references.toml
[[references]]
id = "aqscf"
title = "中华人民共和国安全生产法"
kind = "law"
articles = 119
status = "current"
[[references]]
id = "other"
title = "另一部法"
kind = "law"
articles = 119
status = "current"
"#;

/// A sound record; what stands in `more` takes the place of its own keys.
fn record(more: &str) -> String {
    record_saying(more, "案情。")
}

/// The same with a text of its own.
fn record_saying(more: &str, body: &str) -> String {
    let keys = [
        ("form", "\"record\""),
        ("party", "\"示例企业（示例）\""),
        ("decision_number", "\"示应急罚〔2026〕12号\""),
        ("decision_date", "2026-03-02"),
        ("violations", "[{ ref = \"aqscf\", article = 28 }]"),
        ("penalty_basis", "[{ ref = \"aqscf\", article = 97 }]"),
        (
            "measures",
            "[{ kind = \"fine\", target = \"enterprise\", amount = 50000 }]",
        ),
        ("severity", "\"general\""),
        ("publicity_end", "2027-03-02"),
        ("record_status", "\"public\""),
        ("date", ""),
        ("summary", ""),
        ("credit_code", ""),
        ("withdraw_reason", ""),
        ("aliases", ""),
        ("attachments", ""),
    ];
    let mut text = String::from(
        "//- content/case.md\n+++\nkind = \"enforcement-case\"\ntitle = \"案\"\nauthority = \"示例局\"\nlesson = \"先查后做。\"\nsample = true\n",
    );
    for (key, value) in keys {
        let own = more
            .lines()
            .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
        match own.map(str::trim) {
            Some("") => {}
            Some(own) => text.push_str(&format!("{key} = {own}\n")),
            None if value.is_empty() => {}
            None => text.push_str(&format!("{key} = {value}\n")),
        }
    }
    text + &format!("+++\n{body}\n")
}

/// The day of the checks.
const TODAY: Date = jiff::civil::date(2026, 4, 1);

fn checked(literal: &str) -> (MemorySources, Report) {
    let sources = sources(literal);
    let report = inspected(&sources, TODAY);
    (sources, report)
}

fn sources(literal: &str) -> MemorySources {
    MemorySources::from_literal(&format!("{VOCABULARY}{literal}")).expect("sound paths")
}

/// What is found on a day, without building.
fn inspected(sources: &MemorySources, today: Date) -> Report {
    let options = BuildOptions {
        policy: PublishPolicy {
            today,
            drafts: false,
        },
        overrides: Overrides::default(),
    };
    let inspected = inspect(sources, &options).expect("memory can be read");
    Report {
        diagnostics: inspected.diagnostics,
        ..Report::default()
    }
}

/// Codes of the rules' findings.
fn codes(literal: &str) -> Vec<String> {
    codes_on(TODAY, literal)
}

/// Codes of the rules' findings on a day.
fn codes_on(today: Date, literal: &str) -> Vec<String> {
    let report = inspected(&sources(literal), today);
    let found = report.diagnostics.iter().map(|one| one.code.to_string());
    found
        .filter(|code| rule(code).is_some() || code.ends_with("-rule"))
        .collect()
}

#[test]
fn what_belongs_to_persons_is_an_error_wherever_it_stands() {
    let text = "//- content/a.md\n+++\ntitle = \"甲\"\nsummary = \"手机 13800138000\"\n+++\n身份证 11010519491231002X。\n\n- 住址：某省某市某区某路3号\n";
    let data =
        "//- content/b.toml\nkind = \"page\"\ntitle = \"乙\"\nsummary = \"li@example-office.cn\"\n";
    assert_eq!(codes(&format!("{text}{data}")), ["personal-data"; 4]);
    assert_eq!(
        codes("//- content/a.md\n电话 0595-12345678，12350；GB/T 33000-2025。\n"),
        [""; 0]
    );
}

#[test]
fn the_office_s_own_contacts_are_let_pass() {
    let settings = "//- content/site.toml\ntitle = \"站\"\n[personal]\nallowed = [\"138 0013 8000\", \"Office@example.gov.cn\"]\n";
    let text = "//- content/a.md\n值班 138-0013-8000，office@example.gov.cn。\n";
    assert_eq!(codes(&format!("{settings}{text}")), [""; 0]);
    let other = "//- content/a.md\n值班 138-0013-8001。\n";
    assert_eq!(codes(&format!("{settings}{other}")), ["personal-data"]);
}

#[test]
fn in_a_folder_of_others_examples_are_only_told() {
    let failed = |settings: &str, text: &str| {
        let (_, report) = checked(&format!(
            "//- content/site.toml\n{settings}\n//- content/a.md\n{text}\n"
        ));
        assert_eq!(report.diagnostics.len(), 1, "{:#?}", report.diagnostics);
        report.failed()
    };
    let lenient = "unknown_keys = \"warn\"";
    for text in ["user@example-office.cn", "13800138000", "4111111111111111"] {
        assert!(failed("title = \"站\"", text), "{text}");
        assert!(!failed(lenient, text), "{text}");
    }
    assert!(failed(lenient, "11010519491231002X"));
}

#[test]
fn a_report_covers_what_it_found() {
    let (sources, found) =
        checked("//- content/a.md\n当事人 11010519491231002X，电话 13800138000，[断](无.md)。\n");
    let texts = |path: &_| {
        let bytes = sources.read(path).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned().into())
    };
    // What is wrong beside it is told when it is gone: the message would show some of it.
    let beside = codes("//- content/a.md\n住址：某省某市某区某路3号501室.\n");
    assert_eq!(beside, ["personal-data"]);
    for language in [Language::Chinese, Language::English] {
        let text = report(&found.diagnostics, &texts, language);
        assert!(
            text.contains("personal-data") && text.contains("broken-link"),
            "{text}"
        );
        assert!(
            !text.contains("1101051949") && !text.contains("1380013"),
            "{text}"
        );
        // Markers stand under what is covered.
        assert!(
            text.contains("******************") && text.contains("^^^^^^^^^^^^^^^^^^"),
            "{text}"
        );
    }
}

#[test]
fn a_site_weighs_rules_but_not_those_of_the_law() {
    let weighed = |weights: &str, more: &str| {
        let (_, report) = checked(&format!(
            "//- content/site.toml\ntitle = \"站\"\n[rules]\n{weights}\n{}",
            record(more)
        ));
        let rules = report
            .diagnostics
            .iter()
            .filter(|one| rule(&one.code).is_some());
        let found: Vec<Severity> = rules.map(|one| one.severity).collect();
        (found, report.failed())
    };
    let number = "decision_number = \"12号\"";
    assert_eq!(weighed("", number), (vec![Severity::Warning], false));
    assert_eq!(
        weighed("decision-number = \"error\"", number),
        (vec![Severity::Error], true)
    );
    assert_eq!(
        weighed("decision-number = \"off\"", number),
        (vec![], false)
    );
    let long = "publicity_end = 2030-01-01";
    assert_eq!(
        weighed("publicity-too-long = \"off\"", long),
        (vec![Severity::Error], true)
    );
    let weights = |weights: &str| {
        codes(&format!(
            "//- content/site.toml\ntitle = \"站\"\n[rules]\n{weights}\n"
        ))
    };
    assert_eq!(weights("personal-data = \"warning\""), ["fixed-rule"]);
    assert_eq!(weights("personal-data = \"error\""), [""; 0]);
    assert_eq!(weights("decision-numbers = \"off\""), ["unknown-rule"]);
}

#[test]
fn every_rule_stands_in_the_documents_once_with_its_source() {
    let codes: BTreeSet<&str> = all().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), all().count());
    assert!(
        all().all(|rule| !rule.source.is_empty() && rule.says.iter().all(|text| !text.is_empty()))
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    if std::env::var("RULES").as_deref() == Ok("write") {
        std::fs::write(path, document()).expect("docs/rules.md is written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        written,
        document(),
        "write it anew with RULES=write cargo test --test rules"
    );
}
