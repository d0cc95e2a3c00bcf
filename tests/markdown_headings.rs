//! Ids of headings: written, derived, repeated, and in one spelling.

use anjian::parse::markdown::{Options, parse};

/// The ids and the plain titles of a text.
fn headings(source: &str) -> Vec<(String, String)> {
    let (body, _) = parse(source, &Options::default());
    body.headings
        .into_iter()
        .map(|heading| (heading.id, heading.title_text))
        .collect()
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(id, title)| (id.as_str(), title.as_str()))
        .collect()
}

#[test]
fn a_written_id_is_taken_off_the_title() {
    let cases = [
        ("## 甲 {#a}", "a", "甲"),
        ("## 甲 {#a_b_c} ##", "a_b_c", "甲"),
        ("## 甲{#安全}", "安全", "甲"),
        ("## {#a}", "a", ""),
        ("## **甲：**乙 {#a .b}", "a", "甲：乙"),
        ("## **甲** {#a}", "a", "甲"),
        ("甲\n乙 {#a}\n---", "a", "甲 乙"),
        ("> ## 甲 {#a}", "a", "甲"),
        ("## 甲 {a}", "甲-a", "甲 {a}"),
        ("## 甲 {#}", "甲", "甲 {#}"),
        ("## 甲 \\{#a}", "甲-a", "甲 {#a}"),
        ("## 甲 {#a} 乙", "甲-a-乙", "甲 {#a} 乙"),
        ("## 甲 `{#a}`", "甲-a", "甲 {#a}"),
        ("## 甲 {#a*b*}", "甲-ab", "甲 {#ab}"),
        ("## 甲 [b {#a}](x)", "甲-b-a", "甲 b {#a}"),
    ];
    for (source, id, title) in cases {
        let found = headings(source);
        assert_eq!(pairs(&found), [(id, title)], "{source}");
    }
    let (body, _) = parse("## 甲 *乙* {#a}\n", &Options::default());
    assert_eq!(body.html, "<h2 id=\"a\">甲 <em>乙</em></h2>\n");
}

#[test]
fn repeated_ids_are_numbered() {
    let found = headings("# a\n\n# a-2\n\n# a\n\n# a\n\n# b {#a}\n");
    let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["a", "a-2", "a-3", "a-4", "a-5"]);
    let (_, problems) = parse("# a {#x}\n\n# b {#x}\n", &Options::default());
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["heading-id-duplicate"]);
}

#[test]
fn ids_are_in_composed_characters() {
    let found = headings("# Cafe\u{301}\n\n# a {#e\u{301}}\n\n# \u{f9ff}\n");
    let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["café", "é", "\u{523a}"]);
}

#[test]
fn titles_that_trouble_the_parser_are_survived() {
    let all = [
        "- [ ] \\\n  ---\n",
        "[^1]:\n    *\n      + > a\n        > [^2]\n        > {.class}\n        > ---\n\n[^2]: b\n",
        "# a\r$",
        "a {#b}\r---\r",
    ];
    for source in all {
        parse(source, &Options::default());
    }
    assert_eq!(headings(&"# a\n\n".repeat(50_000)).len(), 50_000);
}
