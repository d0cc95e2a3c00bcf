//! Directives, what is kept beside the HTML, and texts that are meant to break the parser.

use anjian::parse::markdown::{Body, Options, Problem, SlotKind, fill, parse};
use anjian::text::Length;

fn read(source: &str) -> (Body, Vec<Problem>) {
    parse(source, &Options::default())
}

/// The HTML with each slot shown by its kind and target.
fn html(source: &str) -> String {
    let (body, problems) = read(source);
    assert_eq!(problems, [], "{source}");
    fill(&body, |slot| match slot.kind {
        SlotKind::Image => format!("<img src=\"{}\" SIZE", slot.target),
        SlotKind::ImageEnd => "END".to_owned(),
        SlotKind::ClauseText => "CLAUSE".to_owned(),
        SlotKind::Blank => format!("BLANK {}", slot.target),
        SlotKind::Download => format!("DOWNLOAD {}", slot.target),
        SlotKind::Href | SlotKind::External => slot.target.clone(),
    })
}

/// Code and place of each fault.
fn faults(source: &str) -> Vec<(&'static str, &str)> {
    let (_, problems) = read(source);
    problems
        .iter()
        .map(|one| (one.code, source.get(one.span.clone()).unwrap_or("outside")))
        .collect()
}

#[test]
fn blocks_become_their_html() {
    let cases = [
        (
            ":::warning\n甲\n:::\n",
            "<aside class=\"warning\">\n<p class=\"warning__title\">注意</p>\n<p>甲</p>\n</aside>\n",
        ),
        (
            ":::note <b>\n:::\n",
            "<aside class=\"note\">\n<p class=\"note__title\">&lt;b&gt;</p>\n</aside>\n",
        ),
        (
            ":::steps\n1. 甲\n2. 乙\n:::\n",
            "<div class=\"steps\">\n<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>\n</div>\n",
        ),
        (
            ":::figure src=\"图.png\" alt=\"阀\" caption=\"图 1\"\n",
            "<figure class=\"figure\"><img src=\"图.png\" SIZE alt=\"阀\" />END<figcaption>图 1</figcaption></figure>\n",
        ),
        (
            ":::figure src=\"https://a.cn/b.png\" alt=\"\"\n:::\n乙",
            "<figure class=\"figure\"><img src=\"https://a.cn/b.png\" alt=\"\" /></figure>\n<p>乙</p>\n",
        ),
        (
            ":::download target=\"templates/form\"\n",
            "DOWNLOAD templates/form\n",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source}");
        let crlf = source.replace('\n', "\r\n");
        assert_eq!(html(&crlf), expected, "{crlf:?}");
    }
}

#[test]
fn blocks_nest_to_two_levels() {
    let source = ":::steps\n1. 甲\n\n:::note\n乙\n:::\n\n:::\n丙\n";
    assert_eq!(
        html(source),
        "<div class=\"steps\">\n<ol>\n<li>甲</li>\n</ol>\n<aside class=\"note\">\n<p class=\"note__title\">说明</p>\n<p>乙</p>\n</aside>\n</div>\n<p>丙</p>\n"
    );
    let deep = ":::note a\n:::note b\n:::warning c\n:::\n:::\n:::\n";
    assert_eq!(faults(deep), [("directive-nesting", ":::warning c")]);
}

#[test]
fn faults_have_their_place() {
    let cases = [
        (
            "甲\n\n:::figur src=\"a\"\n",
            vec![("directive-unknown", "figur")],
        ),
        (
            ":::figure src=\"a\"\n",
            vec![("directive-argument-missing", ":::figure src=\"a\"")],
        ),
        (
            ":::download target=\"a\" size=1\n",
            vec![("directive-argument", "size=1")],
        ),
        ("甲\n\n:::\n", vec![("directive-stray", ":::")]),
        (
            ":::note\n:::table\n",
            vec![
                ("directive-unclosed", ":::table"),
                ("directive-unclosed", ":::note"),
            ],
        ),
        (
            ":::figure src=\"javascript:x\" alt=\"\"\n",
            vec![("link-dangerous", "src=\"javascript:x\"")],
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(faults(source), expected, "{source}");
    }
}

#[test]
fn inline_directives_stand_in_text_only() {
    assert_eq!(
        html("姓名:blank[姓名]，见:clause[law#3]。"),
        "<p>姓名BLANK 姓名，见<a class=\"clause-ref\" href=\"law#3\">CLAUSE</a>。</p>\n"
    );
    let untouched = [
        ("`:blank[甲]`", "<p><code>:blank[甲]</code></p>\n"),
        ("\\:blank[甲]", "<p>:blank[甲]</p>\n"),
        (
            "```\n:blank[甲]\n```\n",
            "<pre><code>:blank[甲]\n</code></pre>\n",
        ),
        (":blank甲", "<p>:blank甲</p>\n"),
        (":blank[甲", "<p>:blank[甲</p>\n"),
    ];
    for (source, expected) in untouched {
        assert_eq!(html(source), expected, "{source}");
    }
    let (body, _) = read("## 甲:blank[a<b]\n\n- :blank[b]\n\n| c |\n|---|\n| :blank[c] |\n");
    let names: Vec<&str> = body.blanks.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a<b", "b", "c"]);
}

#[test]
fn task_lists_are_boxes_that_cannot_be_ticked() {
    assert_eq!(
        html("- [ ] 甲\n- [x] 乙\n"),
        "<ul>\n<li><input type=\"checkbox\" disabled=\"\" aria-label=\"未完成\" /> 甲</li>\n<li><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"已完成\" /> 乙</li>\n</ul>\n"
    );
}

#[test]
fn places_are_those_of_the_source() {
    let source = "## 一、**要求** {#a}\n\n见[办法](b.md)，\n:::figure src=\"图.png\" alt=\"阀\"\n\n> ![图](c.png \"题\")见:clause[d#1]:blank[e]。\n\n[链][x]\n\n[x]: y.md\n";
    let (body, _) = read(source);
    let cut = |span: &std::ops::Range<usize>| source.get(span.clone()).unwrap_or("outside");
    let slots: Vec<(SlotKind, &str)> = body
        .slots
        .iter()
        .map(|slot| (slot.kind, cut(&slot.span)))
        .collect();
    let expected = [
        (SlotKind::Href, "[办法](b.md)"),
        (SlotKind::Image, "src=\"图.png\""),
        (SlotKind::ImageEnd, "src=\"图.png\""),
        (SlotKind::Image, "![图](c.png \"题\")"),
        (SlotKind::ImageEnd, "![图](c.png \"题\")"),
        (SlotKind::Href, ":clause[d#1]"),
        (SlotKind::ClauseText, ":clause[d#1]"),
        (SlotKind::Blank, ":blank[e]"),
        (SlotKind::Href, "[链][x]"),
    ];
    assert_eq!(slots, expected);
    assert_eq!(cut(&body.blanks[0].1), ":blank[e]");
    let heading = &body.headings[0];
    assert_eq!(cut(&heading.span).trim_end(), "## 一、**要求** {#a}");
    assert_eq!(heading.title_html, "一、<strong>要求</strong>");
    assert_eq!(
        (heading.level, heading.title_text.as_str()),
        (2, "一、要求")
    );
}

#[test]
fn words_are_counted_and_the_first_paragraph_kept() {
    let (body, _) = read(
        "# 标题\n\n第一段**重点**，\n有 two words 与[链接](a.md)`code`。\n\n第二段![图](b.png)<b>粗</b>\n",
    );
    assert_eq!(body.excerpt, "第一段重点，有 two words 与链接code。");
    // 标题 2, 第一段重点有与链接 9, 第二段图粗 5; `code` is the third word.
    assert_eq!(body.counts, Length { han: 16, words: 3 });
    let (long, _) = read(&"安全生产。".repeat(100));
    assert_eq!(long.excerpt.chars().count(), 160);
    assert_eq!(long.counts.han, 400);
    assert_eq!(read("```\n码\n```\n").0.excerpt, "");
}

#[test]
fn deep_nesting_is_survived() {
    let deep = 10_000;
    let all = [
        ">".repeat(deep),
        "> ".repeat(deep) + "甲",
        "[".repeat(deep),
        "![".repeat(deep) + &"](a)".repeat(deep),
        "*".repeat(deep) + "甲" + &"*".repeat(deep),
        "*甲 **乙 ".repeat(deep) + &"乙** 甲*".repeat(deep),
        "- ".repeat(deep) + "甲",
        (0..500)
            .map(|depth| " ".repeat(depth * 2) + "- 甲\n")
            .collect(),
        "<div>".repeat(deep),
        ":::note\n".repeat(deep),
        "`".repeat(deep) + "甲" + &"`".repeat(deep),
    ];
    for source in all {
        let (body, _) = read(&source);
        let open = body.html.matches("<blockquote>").count();
        assert_eq!(open, body.html.matches("</blockquote>").count());
    }
}

#[test]
fn a_very_long_line_and_odd_characters_are_survived() {
    let line = "安全生产，**重点**。".repeat(200_000);
    assert!(line.len() > 5 << 20);
    let (body, problems) = read(&line);
    assert_eq!(body.counts.han, 1_200_000);
    assert_eq!(problems, []);
    let odd = "a\0b\u{0}\r\n\u{1}\u{feff}\u{2028}\u{85}\u{200b}\u{202e}\t\u{e000}**，\u{e000}**\u{10ffff}";
    let (body, _) = read(odd);
    assert!(!body.html.contains('\0'), "{:?}", body.html);
    assert_eq!(body.html.matches('\u{e000}').count(), 2);
}

/// There is no limit on the clock, which would fail on a busy machine; each of these took minutes when
/// its part of the parser read the text again and again.
#[test]
fn many_of_a_kind_are_survived() {
    let many = |part: &str| part.repeat((1 << 18) / part.len());
    let footnotes = (0..8_000).map(|n| format!("[^{n}] \n\n[^{n}]: a\n\n"));
    let all = [
        many(":blank[a]"),
        many("# a\n\n"),
        many("[^1] ") + "\n\n[^1]: a\n",
        footnotes.collect(),
        many(":::note\na\n:::\n\n"),
        many("<b>a</b> "),
        many("**，"),
        format!(":::figure {}\n", many("src=\"a\" ")),
    ];
    for source in all {
        let (body, _) = read(&source);
        assert!(body.html.len() + body.slots.len() > 20);
    }
}

#[test]
fn regions_of_tables_without_a_caption_have_names_of_their_own() {
    let table = "| 甲 |\n|---|\n| 乙 |\n";
    let made = html(&format!("{table}\n{table}"));
    assert!(
        made.contains("aria-label=\"表格\"") && made.contains("aria-label=\"表格 2\""),
        "{made}"
    );
}
