//! One small site per mistake: each must be reported with its code, at its place, in both languages.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::diag::report::{Language, report};
use anjian::path::SourcePath;
use anjian::pipeline::BuildOptions;
use anjian::pipeline::load::load_afresh;
use anjian::source::Sources;
use anjian::source::memory::MemorySources;

const LISTS: &str = r#"
//- content/vocabulary/risk-colours.toml
title = "风险等级"
[[terms]]
id = "red"
title = "重大风险"
[[terms]]
id = "blue"
title = "低风险"
//- content/references.toml
[[references]]
id = "work-safety-law"
title = "中华人民共和国安全生产法"
kind = "law"
articles = 119
status = "current"
"#;

const CHECKLIST: &str = r#"
//- content/checklist.toml
kind = "checklist"
title = "检查清单"
edition = "2025"
status = "current"
level = "enterprise"
[[groups]]
id = "site"
title = "现场"
[[groups.items]]
id = "x-101"
check = "报警器完好"
how = "现场查看"
basis = [{ ref = "work-safety-law", article = 36 }]
risk = "red"
frequency = "daily"
who = "team-leader"
"#;

const RULES: &str = r#"
//- content/rules.toml
kind = "rules"
title = "达标细则"
edition = "2025"
status = "current"
size_class = "medium"
element_set = "gbt33000-2025"
total = 10
[[elements]]
element = "leadership"
[[elements.items]]
id = "r-101"
requirement = "公布安全责任"
points = 10
deduction = "未公布不得分"
"#;

/// The report of a site in English, and its Chinese twin's length in findings.
fn printed(literal: &str, language: Language) -> String {
    let sources = MemorySources::from_literal(literal).expect("a literal with sound paths");
    let policy = PublishPolicy {
        today: jiff::civil::date(2026, 1, 1),
        drafts: false,
    };
    let options = BuildOptions {
        policy,
        overrides: Overrides::default(),
    };
    let loaded = load_afresh(&sources, &options).expect("memory can be read");
    let text_of = |path: &SourcePath| {
        let bytes = sources.read(path).ok()?;
        std::str::from_utf8(&bytes).ok().map(Into::into)
    };
    report(&loaded.diagnostics, &text_of, language)
}

/// The base site with `right` replaced by `wrong` must report exactly one mistake: `start` in English,
/// and the same place and code in Chinese.
fn planted(base: &str, right: &str, wrong: &str, start: &str, help: &str) {
    let literal = format!("{LISTS}{base}");
    assert_eq!(
        printed(&literal, Language::English),
        "",
        "the base is sound"
    );
    assert!(literal.contains(right), "the base holds `{right}`");
    let broken = literal.replacen(right, wrong, 1);
    let english = printed(&broken, Language::English);
    assert!(
        english.starts_with(start),
        "wanted `{start}`, got\n{english}"
    );
    assert!(english.contains(help), "wanted `{help}`, got\n{english}");
    assert_eq!(english.matches(": error[").count(), 1, "{english}");
    let chinese = printed(&broken, Language::Chinese);
    let place = start.split(": error").next().expect("a place");
    let code = start.split(['[', ']']).nth(1).expect("a code");
    let twin = format!("{place}: 错误[{code}]");
    assert!(
        chinese.starts_with(&twin),
        "wanted `{twin}`, got\n{chinese}"
    );
}

#[test]
fn an_unknown_key_is_reported_with_the_nearest_guess() {
    let start = "content/checklist.toml:10:1: error[unknown-key]: unknown key `frequencey`";
    let right = "frequency = \"daily\"\n";
    let wrong = "frequency = \"daily\"\nfrequencey = \"daily\"\n";
    planted(
        CHECKLIST,
        right,
        wrong,
        &start.replace(":10:", ":16:"),
        "did you mean `frequency`?",
    );
}

#[test]
fn a_missing_key_is_reported_at_its_table() {
    let start = "content/checklist.toml:9:1: error[missing-key]: the key `how` is missing";
    planted(
        CHECKLIST,
        "how = \"现场查看\"\n",
        "",
        start,
        "add a line: how",
    );
}

#[test]
fn a_wrong_type_names_both_types() {
    let start =
        "content/rules.toml:13:10: error[wrong-type]: `points` takes an integer, this is a string";
    planted(
        &RULES
            .replace("total = 10", "total = 0")
            .replace("points = 10", "points = 0"),
        "points = 0",
        "points = \"0\"",
        start,
        "write points = 3",
    );
}

#[test]
fn a_value_outside_its_vocabulary_is_reported_with_the_nearest_guess() {
    let start = "content/checklist.toml:14:8: error[not-in-vocabulary]: `bleu` is not in the list `risk-colours`";
    planted(
        CHECKLIST,
        "\"red\"\nfreq",
        "\"bleu\"\nfreq",
        start,
        "did you mean `blue`?",
    );
}

#[test]
fn a_bad_date_is_reported_with_the_form_to_write() {
    let start = "content/checklist.toml:5:8: error[bad-date]: `date` is not a date";
    planted(
        CHECKLIST,
        "status = \"current\"\nlevel",
        "status = \"current\"\ndate = \"2025年3月1日\"\nlevel",
        start,
        "2025-03-01 09:30:00",
    );
}

#[test]
fn a_duplicate_id_is_reported_at_its_second_place() {
    let second = "who = \"team-leader\"\n[[groups.items]]\nid = \"x-101\"\ncheck = \"阀门完好\"\nhow = \"现场查看\"\nrisk = \"red\"\nfrequency = \"daily\"\nwho = \"team-leader\"\n";
    let start = "content/checklist.toml:18:6: error[duplicate-id]: the id `x-101` is used twice";
    planted(
        CHECKLIST,
        "who = \"team-leader\"\n",
        second,
        start,
        "an id of its own",
    );
}

#[test]
fn points_that_do_not_add_up_are_reported_with_the_difference() {
    let start = "content/rules.toml:7:9: error[points-total]: the points add up to 9, the stated total is 10";
    planted(
        RULES,
        "points = 10",
        "points = 9",
        start,
        "change the points by 1",
    );
}

#[test]
fn a_reference_that_is_not_listed_is_reported() {
    let start = "content/checklist.toml:13:18: error[unknown-reference]";
    planted(
        CHECKLIST,
        "ref = \"work-safety-law\"",
        "ref = \"work-safty-law\"",
        start,
        "did you mean `work-safety-law`?",
    );
}

#[test]
fn an_article_beyond_the_last_is_reported() {
    let start = "content/checklist.toml:13:47: error[no-such-article]: `中华人民共和国安全生产法` has 119 articles";
    planted(
        CHECKLIST,
        "article = 36",
        "article = 120",
        start,
        "compare the article's number",
    );
}

#[test]
fn a_syntax_error_is_not_repeated_as_missing_keys() {
    let start = "content/rules.toml:2:9: error[toml-syntax]";
    planted(
        RULES,
        "title = \"达标细则\"",
        "title = 达标细则",
        start,
        "help:",
    );
}

#[test]
fn a_kind_that_does_not_exist_is_reported() {
    let start = "content/page.toml:1:8: error[not-in-vocabulary]";
    planted(
        "\n//- content/page.toml\nkind = \"page\"\ntitle = \"x\"\n",
        "kind = \"page\"",
        "kind = \"pgae\"",
        start,
        "did you mean `page`?",
    );
}

const CASE: &str = r#"
//- content/case.md
+++
kind = "enforcement-case"
title = "示例案例"
form = "typical"
authority = "示例市应急管理局"
party = "某单位"
lesson = "按时检查"
caught_by = ["checklist#x-101"]
+++
"#;

#[test]
fn a_clause_that_does_not_exist_is_reported_with_the_nearest_guess() {
    let start =
        "content/case.md:8:14: error[dead-target]: the document `checklist` has no clause `x-110`";
    let base = format!("{CHECKLIST}{CASE}");
    planted(
        &base,
        "checklist#x-101",
        "checklist#x-110",
        start,
        "did you mean `x-101`?",
    );
}

#[test]
fn a_document_that_does_not_exist_is_reported_with_the_nearest_guess() {
    let start = "content/case.md:8:14: error[dead-target]: there is no document `checklst`";
    let base = format!("{CHECKLIST}{CASE}");
    planted(
        &base,
        "checklist#x-101",
        "checklst#x-101",
        start,
        "did you mean `checklist`?",
    );
}

#[test]
fn a_script_in_the_text_is_reported() {
    let start = "content/page.md:2:1: error[html-not-allowed]";
    let base = "\n//- content/page.md\n正文\n";
    planted(
        base,
        "正文\n",
        "正文\n<script>alert(1)</script>\n",
        start,
        "",
    );
}

#[test]
fn a_link_to_a_missing_file_is_reported_with_the_nearest_guess() {
    let start = "content/page.md:1:1: error[broken-link]: the link target `case.dm` does not exist";
    let base = format!("{CHECKLIST}{CASE}\n//- content/page.md\n[案例](case.md)\n");
    planted(
        &base,
        "(case.md)",
        "(case.dm)",
        start,
        "did you mean `case.md`?",
    );
}

#[test]
fn a_law_link_beyond_the_last_article_is_reported() {
    let start =
        "content/page.md:1:1: error[broken-link]: `中华人民共和国安全生产法` has 119 articles";
    let base = "\n//- content/page.md\n[第四十一条](ref:work-safety-law#41)\n";
    planted(base, "#41", "#141", start, "compare the article's number");
}
