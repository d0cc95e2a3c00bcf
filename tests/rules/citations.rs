//! Citations: what texts rest on is in force on the day that counts, and each finding says what to cite instead.

use crate::memory;
use anjian::cache::Cache;
use anjian::check::rules::rule;
use anjian::diag::{Diagnostic, Severity};
use anjian::parse::noted::Noted;
use anjian::source::memory::MemorySources;
use anjian::write::memory::MemoryOutput;

const REFERENCES: &str = r#"//- content/references.toml
[[references]]
id = "first"
title = "安全标志及其使用导则"
number = "GB 2894-1996"
kind = "standard"
status = "superseded"
superseded_by = "old"
[[references]]
id = "old"
title = "安全标志及其使用导则"
number = "GB 2894-2008"
kind = "standard"
status = "superseded"
superseded_by = "new"
[[references]]
id = "new"
title = "安全色和安全标志"
number = "GB 2894-2025"
kind = "standard"
effective = 2026-03-01
status = "current"
[[references]]
id = "gone"
title = "信用修复办法（试行）"
number = "国家发展改革委令第58号"
numbers = ["发改委令第58号"]
kind = "rule"
status = "repealed"
superseded_by = "repair"
[[references]]
id = "repair"
title = "信用修复管理办法"
number = "国家发展改革委令第36号"
kind = "rule"
effective = 2026-04-01
status = "current"
[[references]]
id = "coming"
title = "判定准则"
number = "AQ 3067-2026"
kind = "standard"
effective = 2026-09-30
status = "current"
[[references]]
id = "draft"
title = "某条例（征求意见稿）"
kind = "document"
status = "draft"
[[references]]
id = "partly"
title = "某条例"
kind = "regulation"
status = "partly-replaced"
superseded_by = "coming"
[[references]]
id = "number"
title = "判定标准（2017版）"
number = "安监总管四〔2017〕129号"
kind = "document"
status = "superseded"
"#;

const LISTS: &str = r#"//- content/vocabulary/risk-colours.toml
title = "颜色"
[[terms]]
id = "red"
title = "红"
[[terms]]
id = "blue"
title = "蓝"
"#;

/// The findings of rules about a site on a day in the middle of 2026.
fn found(literal: &str) -> Vec<Diagnostic> {
    let literal = format!("{REFERENCES}{LISTS}{literal}");
    let sources = MemorySources::from_literal(&literal).expect("sound paths");
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
    let found = report.diagnostics.into_iter();
    found
        .filter(|one| rule(&one.code).is_some() || one.code == "bad-replacement")
        .collect()
}

fn codes(literal: &str) -> Vec<String> {
    found(literal)
        .iter()
        .map(|one| one.code.to_string())
        .collect()
}

/// A page with this text.
fn text(words: &str) -> Vec<String> {
    codes(&format!(
        "//- content/a.md\n+++\ntitle = \"甲\"\n+++\n{words}\n"
    ))
}

#[test]
fn what_no_longer_holds_is_found_by_link_number_and_title() {
    for (words, code) in [
        ("见[标志](ref:old)。", "superseded-cited"),
        ("见[标志](ref:old#3)。", "superseded-cited"),
        ("按GB 2894-2008设标志。", "superseded-cited"),
        ("按 GB2894—2008 设标志。", "superseded-cited"),
        ("按《安全标志及其使用导则》设标志。", "superseded-cited"),
        ("对照安监总管四[2017]129号判定。", "superseded-cited"),
        ("按国家发展改革委令第58号办。", "repealed-cited"),
        ("按发改委第58号令办。", "repealed-cited"),
        ("见[办法](ref:gone)。", "repealed-cited"),
        ("按[条例](ref:draft)办。", "draft-cited"),
        ("对照AQ 3067-2026判定。", "not-yet-in-force"),
    ] {
        assert_eq!(text(words), [code], "{words}");
    }
}

#[test]
fn a_link_with_the_number_as_its_text_is_told_once() {
    assert_eq!(text("按[GB 2894-2008](ref:old)做。"), ["superseded-cited"]);
}

#[test]
fn what_holds_and_sentences_about_the_past_pass() {
    for words in [
        "按[GB 2894-2025](ref:new)做，另见[条例](ref:partly)。",
        "GB 2894-2008已被代替。",
        "GB 2894-2008由GB 2894-2025代替。",
        "| GB 2894-2008 | GB 2894-2025 |",
        "旧台账常写GB 2894-2008。",
        "当年用的是[旧版](ref:old)。",
        "发改委令第58号已于2026年4月1日废止。",
        "AQ 3067-2026自2026年9月30日起施行。",
        "[条例](ref:draft)正在征求意见。",
        "按GB 28940-2008和第58号井的记录做。",
        "按《信用修复管理办法》办。",
    ] {
        assert_eq!(text(words), [""; 0], "{words}");
    }
    assert_eq!(
        text("```\n```\n\n旧的不用。\n\n按GB 2894-2008设标志。"),
        ["superseded-cited"]
    );
}

#[test]
fn a_finding_names_the_last_that_replaced_it() {
    let found = found("//- content/a.md\n+++\ntitle = \"甲\"\n+++\n按GB 2894-1996设标志。\n");
    let help = found.first().and_then(|one| one.help.clone());
    let help = help.map(|help| help.zh).unwrap_or_default();
    assert!(
        help.starts_with("改引GB 2894-2025《安全色和安全标志》（new）"),
        "{help}"
    );
    let place = found.first().and_then(|one| one.span.clone());
    let place = place.map(|span| span.bytes.len());
    assert_eq!(place, Some("GB 2894-1996".len()));
}

#[test]
fn what_was_in_force_then_may_be_cited_then() {
    let page = |keys: &str| {
        codes(&format!(
            "//- content/a.md\n+++\ntitle = \"甲\"\n{keys}+++\n按GB 2894-2008和发改委令第58号办。\n"
        ))
    };
    assert_eq!(page("").len(), 2);
    assert_eq!(page("historical = true\n"), [""; 0]);
    let policy = "kind = \"policy\"\nissuer = \"某局\"\n";
    assert_eq!(page(&format!("{policy}written = 2026-02-01\n")), [""; 0]);
    assert_eq!(page(&format!("{policy}written = 2026-05-01\n")).len(), 2);
    assert_eq!(
        page(&format!("{policy}replaced_by = [\"某文\"]\n")),
        [""; 0]
    );
}

#[test]
fn citations_in_keys_are_held_against_the_day_of_a_case() {
    let case = |keys: &str| {
        let mut found = codes(&format!(
            "//- content/a.md\n+++\ntitle = \"甲\"\nkind = \"enforcement-case\"\nform = \"typical\"\nparty = \"某企业\"\nauthority = \"某局\"\nlesson = \"教训\"\n{keys}+++\n"
        ));
        // What the case lacks besides is not looked at here.
        found.retain(|code| code != "case-without-articles");
        found
    };
    let cited = "violations = [{ ref = \"old\" }]\n";
    assert_eq!(case(cited), ["superseded-cited"]);
    assert_eq!(
        case(&format!("{cited}decision_date = 2026-02-01\n")),
        [""; 0]
    );
    assert_eq!(
        case("violations = [{ ref = \"old\", note = \"当时有效\" }]\n"),
        [""; 0]
    );
    assert_eq!(
        case("violations = [{ ref = \"gone\" }]\n"),
        ["repealed-cited"]
    );
}

#[test]
fn the_old_holds_until_the_new_does() {
    let sources = format!("{REFERENCES}//- content/a.md\n按GB 2894-2008设标志。\n");
    let sources = MemorySources::from_literal(&sources).expect("sound paths");
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 2, 28));
    assert_eq!(report.diagnostics, []);
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 3, 1));
    assert_eq!(report.diagnostics.len(), 1);
}

#[test]
fn what_the_list_says_anew_is_seen_on_pages_that_stay_as_they_are() {
    let list = |status: &str| {
        REFERENCES.replacen(
            "id = \"new\"\ntitle = \"安全色和安全标志\"\nnumber = \"GB 2894-2025\"\nkind = \"standard\"\neffective = 2026-03-01\nstatus = \"current\"",
            &format!("id = \"new\"\ntitle = \"安全色和安全标志\"\nnumber = \"GB 2894-2025\"\nkind = \"standard\"\nstatus = \"{status}\""),
            1,
        )
    };
    let sources = |status: &str| {
        let literal = format!("{}//- content/a.md\n按GB 2894-2025设标志。\n", list(status));
        MemorySources::from_literal(&literal).expect("sound paths")
    };
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    let day = jiff::civil::date(2026, 6, 1);
    let mut said = |status: &str| {
        let report = memory::built_again(&sources(status), day, &mut output, &mut cache);
        report.diagnostics.len()
    };
    assert_eq!(["current", "repealed", "current"].map(&mut said), [0, 1, 0]);
}

#[test]
fn replacing_comes_to_an_end_and_is_there() {
    let list = |first: &str, second: &str| {
        let entry = |id: &str, later: &str| {
            format!(
                "[[references]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"law\"\nstatus = \"superseded\"\nsuperseded_by = \"{later}\"\n"
            )
        };
        let literal = format!(
            "//- content/references.toml\n{}{}//- content/a.md\n# 甲\n",
            entry("a1", first),
            entry("b1", second)
        );
        let sources = MemorySources::from_literal(&literal).expect("sound paths");
        let (_, report) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
        let found = report.diagnostics.iter();
        found.map(|one| one.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list("nothing", "a1"), ["bad-replacement"]);
    assert_eq!(list("b1", "a1"), ["bad-replacement"; 2]);
    assert_eq!(list("b1", "b1"), ["bad-replacement"]);
}

/// A checklist with one item of this risk and basis.
fn item(risk: &str, basis: &str) -> Vec<String> {
    codes(&format!(
        "//- content/c.toml\nkind = \"checklist\"\ntitle = \"清单\"\nedition = \"2026\"\nstatus = \"current\"\nlevel = \"enterprise\"\n[[groups]]\nid = \"g\"\ntitle = \"组\"\n[[groups.items]]\nid = \"i\"\ncheck = \"查\"\nhow = \"看\"\n{basis}\nrisk = \"{risk}\"\nfrequency = \"daily\"\nwho = \"anyone\"\n"
    ))
}

#[test]
fn red_clauses_cite_something_or_say_that_they_are_practice() {
    assert_eq!(item("red", "basis = []"), ["red-clause-uncited"]);
    assert_eq!(item("red", ""), ["red-clause-uncited"]);
    assert_eq!(item("red", "basis = \"practice\""), [""; 0]);
    assert_eq!(item("red", "basis = [{ ref = \"new\" }]"), [""; 0]);
    assert_eq!(item("blue", "basis = []"), [""; 0]);
    assert_eq!(
        item("red", "basis = [{ ref = \"old\" }]"),
        ["superseded-cited"]
    );
}

#[test]
fn an_article_beyond_the_last_is_a_rule_that_a_site_weighs() {
    assert_eq!(
        rule("no-such-article").map(|rule| rule.severity),
        Some(Severity::Error)
    );
}

#[test]
fn whatever_a_text_holds_places_in_it_can_be_read() {
    const PIECES: [&str; 24] = [
        "GB",
        "/T",
        " 2894",
        "-",
        "—",
        "2008",
        "〔",
        "2017",
        "〕",
        "（",
        "第",
        "58",
        "号",
        "令",
        "《",
        "》",
        "ref:",
        "(",
        "附件",
        "：",
        "1.",
        "后果自负",
        "由",
        "\n| ",
    ];
    for first in PIECES {
        for second in PIECES {
            for third in PIECES {
                for fourth in PIECES {
                    let text = format!("安{first}{second}{third}{fourth}全");
                    let noted = Noted::of(&text, "安".len());
                    let mentions = noted.mentions.iter().map(|one| &one.bytes);
                    let annexes = noted.annexes.iter().map(|one| &one.bytes);
                    for bytes in mentions.chain(annexes).chain(&noted.disclaimers) {
                        assert!(text.get(bytes.clone()).is_some(), "{text:?}: {bytes:?}");
                    }
                }
            }
        }
    }
}
