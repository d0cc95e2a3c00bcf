//! The four specifications: ids that last, sizes that are covered, all four present, reviews in time.

use super::inspected;
use anjian::pipeline::Report;
use anjian::source::memory::MemorySources;
use jiff::civil::{Date, date};

const LISTS: &str = r#"
//- content/vocabulary/industries.toml
title = "行业"
[[terms]]
id = "gas"
title = "燃气"
//- content/vocabulary/sizes.toml
title = "规模"
[[terms]]
id = "medium"
title = "中等企业"
[[terms]]
id = "small"
title = "小微企业"
//- content/vocabulary/checklist-levels.toml
title = "层级"
[[terms]]
id = "enterprise"
title = "企业清单"
//- content/vocabulary/risk-colours.toml
title = "风险"
[[terms]]
id = "red"
title = "重大风险"
//- content/vocabulary/frequencies.toml
title = "频次"
[[terms]]
id = "daily"
title = "每日"
//- content/vocabulary/audiences.toml
title = "使用者"
[[terms]]
id = "officer"
title = "安全员"
//- content/vocabulary/specification-status.toml
title = "状态"
[[terms]]
id = "current"
title = "现行"
[[terms]]
id = "consultation"
title = "征求意见"
[[terms]]
id = "repealed"
title = "废止"
//- content/vocabulary/policy-validity.toml
title = "有效性"
[[terms]]
id = "in-force"
title = "有效"
[[terms]]
id = "repealed"
title = "废止"
"#;

const CODES: [&str; 6] = [
    "clause-vanished",
    "clause-reused",
    "retired-unknown",
    "specification-missing",
    "size-class-uncovered",
    "review-overdue",
];

fn report(literal: &str, today: Date) -> Report {
    let sources = MemorySources::from_literal(&format!("{LISTS}{literal}")).expect("sound paths");
    inspected(&sources, today)
}

fn codes(literal: &str) -> Vec<String> {
    let report = report(literal, date(2026, 6, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    let found = report.diagnostics.iter().map(|one| one.code.to_string());
    found
        .filter(|code| CODES.contains(&code.as_str()))
        .collect()
}

/// A checklist whose items say, each for an id, what stands behind it.
fn checklist(name: &str, keys: &str, items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(id, text)| {
            format!("[[groups.items]]\nid = \"{id}\"\ncheck = \"{text}\"\nhow = \"看{text}\"\nrisk = \"red\"\nfrequency = \"daily\"\nwho = \"officer\"\n")
        })
        .collect();
    format!(
        "//- content/{name}.toml\nkind = \"checklist\"\ntitle = \"{name}\"\nlevel = \"enterprise\"\n{keys}\n[[groups]]\nid = \"g\"\ntitle = \"组\"\n{items}"
    )
}

const OLD: [(&str, &str); 3] = [
    ("a-1", "气瓶直立存放，有防倒链"),
    ("a-2", "可燃气体报警器在线，一响就有人应答"),
    ("a-3", "灭火器压力正常"),
];

fn editions(keys: &str, items: &[(&str, &str)]) -> String {
    checklist("old", "edition = \"1\"\nstatus = \"repealed\"", &OLD)
        + &checklist(
            "new",
            &format!("edition = \"2\"\nstatus = \"current\"\nsupersedes = \"old\"\n{keys}"),
            items,
        )
}

#[test]
fn an_id_that_vanished_is_told_with_what_stands_for_it() {
    assert_eq!(codes(&editions("", &OLD)), [""; 0]);
    // The words of a clause may change as they like.
    let reworded = [
        ("a-1", "全部另写的一条"),
        OLD[1],
        OLD[2],
        ("a-4", "新来的一条"),
    ];
    assert_eq!(codes(&editions("", &reworded)), [""; 0]);

    let renamed = [OLD[0], ("a-9", OLD[1].1), OLD[2]];
    assert_eq!(codes(&editions("", &renamed)), ["clause-vanished"]);
    let found = report(&editions("", &renamed), date(2026, 6, 1)).diagnostics;
    let help = found
        .iter()
        .find_map(|one| one.help.as_ref())
        .expect("something to try");
    assert!(help.zh.contains("now = \"a-9\""), "{}", help.zh);

    assert_eq!(codes(&editions("", &OLD[..2])), ["clause-vanished"]);
    for said in ["retired = [\"a-3\"]", "retired = [{ id = \"a-3\" }]"] {
        assert_eq!(codes(&editions(said, &OLD[..2])), [""; 0], "{said}");
    }
    let said = "retired = [{ id = \"a-2\", now = \"a-9\" }]";
    assert_eq!(codes(&editions(said, &renamed)), [""; 0]);
}

#[test]
fn what_an_edition_says_of_the_one_before_is_true() {
    let wrong = [
        ("retired = [\"a-7\"]", &OLD[..]),
        ("retired = [\"a-1\"]", &OLD[..]),
        ("retired = [{ id = \"a-3\", now = \"a-8\" }]", &OLD[..2]),
    ];
    for (said, items) in wrong {
        assert_eq!(codes(&editions(said, items)), ["retired-unknown"], "{said}");
    }
}

#[test]
fn an_id_means_the_same_in_every_edition() {
    let swapped = [OLD[0], ("a-2", OLD[2].1), ("a-3", OLD[1].1)];
    assert_eq!(codes(&editions("", &swapped)), ["clause-reused"; 2]);
    let third = checklist(
        "third",
        "edition = \"3\"\nstatus = \"current\"\nsupersedes = \"new\"",
        &[OLD[0], OLD[1], ("a-3", "完全不同的另一件事情")],
    );
    let chain = editions("retired = [\"a-3\"]", &OLD[..2])
        .replace("status = \"current\"", "status = \"repealed\"");
    assert_eq!(codes(&(chain + &third)), ["clause-reused"]);
}

fn hub(keys: &str) -> String {
    format!(
        "//- content/gas/_index.md\n+++\nkind = \"industry\"\ntitle = \"燃气\"\nindustry = \"gas\"\n{keys}\n+++\n"
    )
}

fn specification(kind: &str, name: &str, status: &str, more: &str) -> String {
    let start = format!(
        "//- content/{name}.toml\nkind = \"{kind}\"\ntitle = \"{name}\"\nindustries = [\"gas\"]\nedition = \"1\"\nstatus = \"{status}\"\n"
    );
    let own = match kind {
        "guide" => "element_set = \"none\"\n",
        "rules" => "element_set = \"none\"\ntotal = 0\n",
        "patrol" => "minutes = 5\n",
        _ => "level = \"enterprise\"\n",
    };
    format!("{start}{own}{more}\n")
}

const ITEM: &str = "[[groups]]\nid = \"g\"\ntitle = \"组\"\n[[groups.items]]\nid = \"i-1\"\ncheck = \"甲\"\nhow = \"乙\"\nrisk = \"red\"\nfrequency = \"daily\"\nwho = \"officer\"\n";

fn four(checklist: &str) -> String {
    specification("checklist", "c", "current", checklist)
        + &specification("guide", "g", "current", "")
        + &specification("rules", "r", "current", "size_class = \"medium\"")
        + &specification("patrol", "p", "current", "")
}

#[test]
fn an_industry_with_a_page_has_all_four() {
    assert_eq!(codes(&(hub("") + &four(ITEM))), [""; 0]);
    assert_eq!(codes(&hub("")), ["specification-missing"; 4]);
    assert_eq!(codes(&hub("sample = true")), [""; 0]);
    // A draft for comments is none in force; an industry without a page promises nothing.
    let draft = four(ITEM).replacen("status = \"current\"", "status = \"consultation\"", 1);
    assert_eq!(codes(&(hub("") + &draft)), ["specification-missing"]);
    assert_eq!(codes(&specification("guide", "g", "current", "")), [""; 0]);
}

#[test]
fn every_size_class_of_a_page_is_covered() {
    let paths = |size: &str| {
        hub(&format!(
            "[[paths]]\naudience = \"officer\"\nsizes = [\"{size}\"]\n[[paths.steps]]\ntext = \"看\"\n"
        ))
    };
    assert_eq!(codes(&(paths("medium") + &four(ITEM))), [""; 0]);
    assert_eq!(
        codes(&(paths("small") + &four(ITEM))),
        ["size-class-uncovered"]
    );
    let rules = specification("rules", "s", "current", "size_class = \"small\"");
    assert_eq!(codes(&(paths("small") + &four(ITEM) + &rules)), [""; 0]);
    let narrow = format!("{ITEM}sizes = [\"medium\"]\n");
    assert_eq!(
        codes(&(paths("small") + &four(&narrow) + &rules)),
        ["size-class-uncovered"]
    );
}

#[test]
fn a_review_is_due_on_its_day_and_late_after_it() {
    let late = |literal: &str, today: Date| {
        let report = report(literal, today);
        let found = report.diagnostics.iter();
        found.filter(|one| one.code == "review-overdue").count()
    };
    let page = "//- content/a.md\n+++\ntitle = \"甲\"\nreview_by = 2026-06-01\n+++\n";
    assert_eq!(late(page, date(2026, 6, 1)), 0);
    assert_eq!(late(page, date(2026, 6, 2)), 1);
    let old = specification("guide", "g", "repealed", "review_by = 2026-01-01");
    assert_eq!(late(&old, date(2026, 6, 2)), 0);
    let policy = "//- content/p.md\n+++\nkind = \"policy\"\ntitle = \"乙\"\nvalidity = \"repealed\"\nreview_by = 2026-01-01\n+++\n";
    assert_eq!(late(policy, date(2026, 6, 2)), 0);
}
