//! Chinese text in Markdown: emphasis, line breaks, ids, directives, raw HTML.

use anjian::parse::markdown::{Options, SlotKind, fill, parse};

fn html(source: &str) -> String {
    let (body, _) = parse(source, &Options::default());
    fill(&body, |slot| match slot.kind {
        SlotKind::Image => format!("<img src=\"[{}]\"", slot.target),
        SlotKind::ImageEnd => String::new(),
        _ => format!("[{}]", slot.target),
    })
}

fn codes(source: &str) -> Vec<&'static str> {
    let (_, problems) = parse(source, &Options::default());
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn emphasis_closes_beside_chinese_punctuation() {
    let cases = [
        ("**注意：**正文", "<strong>注意：</strong>正文"),
        ("这是**重点。**后文", "这是<strong>重点。</strong>后文"),
        ("**“隐患”**是", "<strong>“隐患”</strong>是"),
        ("的**《办法》**已", "的<strong>《办法》</strong>已"),
        ("~~作废。~~后文", "<del>作废。</del>后文"),
        ("**a(b)**是", "<strong>a(b)</strong>是"),
        ("**`码`**是", "<strong><code>码</code></strong>是"),
        (r"\*\*注意：\*\*正文", "**注意：**正文"),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), format!("<p>{expected}</p>\n"), "{source}");
    }
}

#[test]
fn line_breaks_between_chinese_characters_vanish() {
    assert_eq!(
        html("安全\n生产，\n责任\nabc\ndef"),
        "<p>安全生产，责任\nabc\ndef</p>\n"
    );
}

#[test]
fn headings_have_unique_ids() {
    let (body, _) = parse(
        "## 领导作用 {#leadership}\n\n## 检查 A b\n\n## 检查 A b\n\n## ！",
        &Options::default(),
    );
    let ids: Vec<&str> = body
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    assert_eq!(ids, ["leadership", "检查-a-b", "检查-a-b-2", "section"]);
}

#[test]
fn directives_become_html() {
    let note = html(":::note 提示\n- 甲\n:::\n- 乙\n");
    assert_eq!(
        note,
        "<aside class=\"note\">\n<p class=\"note__title\">提示</p>\n<ul>\n<li>甲</li>\n</ul>\n</aside>\n<ul>\n<li>乙</li>\n</ul>\n"
    );
    let table = html(
        ":::table caption=\"表\"\n| 甲 | 乙 |\n|---|---|\n| a | < |\n| b | c |\n| ^ | d |\n:::\n",
    );
    assert!(table.contains("<td colspan=\"2\">a</td>"), "{table}");
    assert!(table.contains("<td rowspan=\"2\">b</td>"), "{table}");
    assert!(table.contains("<caption>表</caption>"), "{table}");
    assert!(
        html("见:clause[a/b#c]。").contains("<a class=\"clause-ref\" href=\"[a/b#c]\">[a/b#c]</a>")
    );
    assert_eq!(codes(":::nota\n:::\n"), ["directive-unknown"]);
    assert_eq!(codes(":::note\n文字\n"), ["directive-unclosed"]);
    assert_eq!(codes("```\n:::nota\n```\n"), [""; 0]);
}

#[test]
fn definitions_reach_across_directives() {
    let found = html("[甲][x]\n\n:::note\n乙[^1]\n:::\n\n[x]: a.md\n[^1]: 注\n");
    assert!(found.contains("href=\"[a.md]\""), "{found}");
    assert!(found.contains("<li id=\"fn-1\">"), "{found}");
}

#[test]
fn raw_html_is_held_against_the_list() {
    assert_eq!(
        html("H<sub>2</sub>O <!-- x -->{{ x }} <30"),
        "<p>H<sub>2</sub>O {{ x }} &lt;30</p>\n"
    );
    assert_eq!(codes("<script>alert(1)</script>\n"), ["html-not-allowed"]);
    assert_eq!(
        codes("<span onclick=\"x\">a</span>"),
        ["html-attribute-not-allowed"]
    );
    assert_eq!(
        codes("[a](java\tscript:x) [b](javascript:x)"),
        ["link-dangerous"]
    );
}

#[test]
fn nothing_of_a_refused_element_remains() {
    let cases = [
        ("a <script>b</script> c", "<p>a  c</p>\n"),
        (
            "a <SCRIPT>b*c*`d`[e](f.md)</SCRIPT >g",
            "<p>a <em></em><a href=\"[f.md]\"></a>g</p>\n",
        ),
        ("a <style>b", "<p>a </p>\n"),
        ("a <script>b <b>c</b>\n\nd", "<p>a </p>\n<p>d</p>\n"),
        ("<script>\n\nb\n</script>\nc", "\n<p>c</p>\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source}");
    }
    let (body, _) = parse("# 甲<script>乙</script>", &Options::default());
    assert_eq!(body.headings[0].title_text, "甲");
    assert_eq!(body.headings[0].id, "甲");
    assert_eq!(codes("a <script>b</script>"), ["html-not-allowed"]);
}

#[test]
fn an_escaped_mark_is_the_text_of_a_cell() {
    let table = html(
        ":::table\n| 甲 | 乙 | 丙 |\n|---|---|---|\n| a | \\< | `<` |\n| ^ | \\^ | &lt; |\n:::\n",
    );
    assert!(
        table.contains("<td rowspan=\"2\">a</td>\n<td>&lt;</td>\n<td><code>&lt;</code></td>"),
        "{table}"
    );
    assert!(table.contains("<tr>\n<td>^</td>\n<td>&lt;</td>"), "{table}");
    assert!(!table.contains("colspan"), "{table}");
}

#[test]
fn hostile_input_is_survived() {
    let all = [
        "[".repeat(1 << 20),
        "> ".repeat(20_000),
        "a\0b".to_owned(),
        "**，".repeat(50_000),
    ];
    for source in all {
        parse(&source, &Options::default());
    }
}
