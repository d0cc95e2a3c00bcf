//! What a government site must show.

use crate::memory;
use anjian::check::rules::rule;
use anjian::source::memory::MemorySources;

/// Settings of a government site that has all it must have.
const SETTINGS: &str = r#"//- content/site.toml
title = "示例市应急管理局"
owner = "示例市应急管理局"
contact = "示例联系方式"
base_url = "https://aqsc.example.gov.cn/"
[leaving]
notice = true
[government]
site_name = "示例市应急管理局"
site_domain = "aqsc.example.gov.cn"
site_id_code = "0000000000"
icp = "津ICP备05010518号"
police = "津公网安备 12010302000991号"
emblem_url = "https://bszs.conac.cn/sitename?method=show"
report_error_url = "https://zfwzzc.www.gov.cn/check_web/errorInfo/jcInfo/1"
"#;

/// Its pages, all as they should be.
const PAGES: &str = r#"//- content/_index.md
+++
title = "首页"
+++
欢迎。
//- content/news/_index.md
+++
title = "动态"
summary = "本局动态。"
keywords = ["动态"]
column_type = "动态要闻"
+++
//- content/news/one.md
+++
title = "一条动态"
date = 2026-05-25 09:30:00
+++
正文。
"#;

fn codes_of(literal: &str) -> Vec<String> {
    let sources = MemorySources::from_literal(literal).expect("sound paths");
    let (_, report) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
    let found = report.diagnostics.iter().map(|one| one.code.to_string());
    found.filter(|code| rule(code).is_some()).collect()
}

/// The codes of the sound site with something replaced, and more files.
fn changed(from: &str, to: &str, more: &str) -> Vec<String> {
    let all = format!("{SETTINGS}{PAGES}");
    assert!(all.contains(from), "{from}");
    codes_of(&format!("{}{more}", all.replacen(from, to, 1)))
}

fn with(more: &str) -> Vec<String> {
    codes_of(&format!("{SETTINGS}{PAGES}{more}"))
}

#[test]
fn a_sound_government_site_has_no_finding() {
    assert_eq!(with(""), [""; 0]);
}

#[test]
fn what_the_settings_must_say() {
    for (from, code) in [
        ("site_name = \"示例市应急管理局\"\n", "tags-incomplete"),
        ("site_domain = \"aqsc.example.gov.cn\"\n", "tags-incomplete"),
        ("site_id_code = \"0000000000\"\n", "no-site-id-code"),
        ("icp = \"津ICP备05010518号\"\n", "footer-incomplete"),
        ("contact = \"示例联系方式\"\n", "footer-incomplete"),
    ] {
        assert_eq!(changed(from, "", ""), [code], "{from}");
    }
    for (from, to, code) in [
        (
            "\"aqsc.example.gov.cn\"",
            "\"www.example.com\"",
            "site-domain",
        ),
        (
            "\"aqsc.example.gov.cn\"",
            "\"https://a.gov.cn/\"",
            "site-domain",
        ),
        ("津ICP备05010518号", "ICP05010518", "footer-number"),
        ("12010302000991", "1201", "footer-number"),
        ("0000000000", "000", "bad-site-id-code"),
    ] {
        assert_eq!(changed(from, to, ""), [code], "{to}");
    }
}

#[test]
fn pages_have_their_tags_and_no_date_to_come() {
    let page = |keys: &str| {
        with(&format!(
            "//- content/news/two.md\n+++\ntitle = \"乙\"\n{keys}+++\n正文。\n"
        ))
    };
    assert_eq!(page("date = 2026-05-30\n"), [""; 0]);
    assert_eq!(page(""), ["tags-incomplete"]);
    assert_eq!(page("date = 2026-06-02\n"), ["date-in-future"]);
    assert_eq!(page("date = 2026-06-01 23:59:00\n"), [""; 0]);
}

#[test]
fn sections_say_what_they_are_for_and_are_neither_empty_nor_stale() {
    assert_eq!(
        changed("summary = \"本局动态。\"\n", "", ""),
        ["column-undescribed"]
    );
    let section = |keys: &str| {
        let index = "title = \"栏\"\nsummary = \"说明\"\nkeywords = [\"栏\"]\n";
        with(&format!(
            "//- content/more/_index.md\n+++\n{index}{keys}+++\n"
        ))
    };
    assert_eq!(section(""), ["section-empty"]);
    assert_eq!(section("attachments = [\"f.txt\"]\n").len(), 0);
    // Where nobody is a government, an empty section is told as well.
    assert_eq!(
        codes_of(
            "//- content/a.md\n# 甲\n\n字\n//- content/more/_index.md\n+++\ntitle = \"栏\"\n+++\n"
        ),
        ["section-empty"]
    );
    let aged = |kind: &str, date: &str, more: &str| {
        let index = format!(
            "title = \"栏\"\nsummary = \"说明\"\nkeywords = [\"栏\"]\ncolumn_type = \"{kind}\"\n"
        );
        codes_of(&format!(
            "{SETTINGS}{more}{PAGES}//- content/more/_index.md\n+++\n{index}+++\n//- content/more/a.md\n+++\ntitle = \"甲\"\ndate = {date}\n+++\n字\n"
        ))
    };
    assert_eq!(aged("动态要闻", "2026-05-18", ""), [""; 0]);
    assert_eq!(aged("动态要闻", "2026-05-17", ""), ["section-stale"]);
    assert_eq!(aged("通知公告", "2025-12-01", ""), [""; 0]);
    assert_eq!(aged("通知公告", "2025-11-20", ""), ["section-stale"]);
    assert_eq!(aged("办事服务", "2019-01-01", ""), [""; 0]);
    let own = "[government.stale_after]\n\"办事服务\" = 30\n\"动态要闻\" = 0\n";
    assert_eq!(aged("办事服务", "2019-01-01", own), ["section-stale"]);
    assert_eq!(aged("动态要闻", "2019-01-01", own), [""; 0]);
}

#[test]
fn the_home_page_shows_something_new() {
    let older = "2026-05-17 09:30:00";
    let found = changed("2026-05-25 09:30:00", older, "");
    assert_eq!(found, ["section-stale", "home-stale"]);
    let mended = format!("{older}\nupdated = 2026-05-31");
    assert_eq!(
        changed("2026-05-25 09:30:00", &mended, ""),
        ["section-stale"]
    );
}

#[test]
fn links_out_have_the_notice_where_there_are_any() {
    let link = "//- content/news/two.md\n+++\ntitle = \"乙\"\ndate = 2026-05-30\n+++\n[别处](https://example.com/)、[国务院](https://www.gov.cn/)\n";
    assert_eq!(with(link), [""; 0]);
    assert_eq!(changed("notice = true", "notice = false", ""), [""; 0]);
    assert_eq!(
        changed("notice = true", "notice = false", link),
        ["external-without-notice"]
    );
}

#[test]
fn no_link_is_hidden() {
    let codes = |text: &str| codes_of(&format!("//- content/a.md\n# 甲\n\n{text}\n"));
    for text in [
        "<a href=\"https://example.com\" style=\"display: none\">字</a>",
        "<a hidden href=\"https://example.com\">字</a>",
        "<span class=\"visually-hidden\"><a href=\"https://example.com\">字</a></span>",
        "<div style=\"font-size:0\">\n\n[字](https://example.com)\n\n</div>",
        "<a style=\"color:#fff;background:#fff\" href=\"https://example.com\">字</a>",
        "[](https://example.com)",
        "[\u{200b}](https://example.com)",
        "<a href=\"https://example.com\"></a>",
        "<a href=\"https://example.com\"><span> </span></a>",
    ] {
        assert_eq!(codes(text), ["hidden-link"], "{text}");
    }
    for text in [
        "[字](https://example.com)",
        "<https://example.com>",
        "<a href=\"https://example.com\"><strong>字</strong></a>",
        "<a id=\"here\"></a>",
        "<div class=\"visually-hidden\">字</div>\n\n[字](https://example.com)",
        "<span style=\"color:red;width:0.5em\">[字](https://example.com)</span>",
        "[![图](https://example.com/a.png)](https://example.com)",
    ] {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn numbers_are_written_as_they_should_be() {
    let policy = |keys: &str| {
        let keys = format!("kind = \"policy\"\nissuer = \"某局\"\n{keys}");
        codes_of(&format!(
            "//- content/p.md\n+++\ntitle = \"文\"\n{keys}+++\n字\n"
        ))
    };
    assert_eq!(
        policy("document_number = \"泉安委〔2026〕12号\"\n"),
        [""; 0]
    );
    assert_eq!(policy("document_number = \"某局令第12号\"\n"), [""; 0]);
    for wrong in [
        "泉安委[2026]12号",
        "泉安委（2026）12号",
        "泉安委〔2026〕第12号",
        "泉安委〔2026〕012号",
    ] {
        assert_eq!(
            policy(&format!("document_number = \"{wrong}\"\n")),
            ["document-number"],
            "{wrong}"
        );
    }
    let list = "//- content/references.toml\n[[references]]\nid = \"a\"\ntitle = \"文\"\nnumber = \"应急【2021】83号\"\nkind = \"document\"\nstatus = \"current\"\n";
    assert_eq!(
        codes_of(&format!("{list}//- content/a.md\n# 甲\n\n字\n")),
        ["document-number"]
    );
}

/// A government site with two policies of these keys.
fn policies(settings: &str, first: &str, second: &str) -> Vec<String> {
    let policy = |name: &str, keys: &str| {
        format!(
            "//- content/news/{name}.md\n+++\ntitle = \"{name}\"\nkind = \"policy\"\nissuer = \"某局\"\ndate = 2026-05-30\n{keys}+++\n字\n"
        )
    };
    codes_of(&format!(
        "{SETTINGS}{settings}{PAGES}{}{}",
        policy("p1", first),
        policy("p2", second)
    ))
}

#[test]
fn index_numbers_have_one_form_and_none_stands_twice() {
    let form = "index_number = '\\d{9}/\\d{4}-\\d{5}'\n";
    let first = "index_number = \"000014349/2017-00110\"\n";
    let second = "index_number = \"000014349/2017-00111\"\n";
    assert_eq!(policies(form, first, second), [""; 0]);
    assert_eq!(policies(form, first, first), ["index-number"]);
    assert_eq!(
        policies(form, first, "index_number = \"3/2023-00080\"\n"),
        ["index-number"]
    );
    let twice = "kind = \"policy\"\nissuer = \"某局\"\n";
    let twice = ["a", "b"].map(|name| {
        format!("//- content/{name}.md\n+++\ntitle = \"{name}\"\n{twice}{first}+++\n字\n")
    });
    assert_eq!(codes_of(&twice.concat()), ["index-number"]);
    assert_eq!(
        policies("", first, "index_number = \"3/2023-00080\"\n"),
        [""; 0]
    );
}

#[test]
fn documents_are_published_soon() {
    let published = |day: &str| {
        let keys = format!("written = 2026-03-02\npublished = {day}\n");
        policies("", &keys, "")
    };
    assert_eq!(published("2026-03-27"), [""; 0]);
    assert_eq!(published("2026-06-01"), ["published-late"]);
}

#[test]
fn pages_stay_within_their_budget() {
    let text = "很长的一页。".repeat(20_000);
    let page =
        format!("//- content/news/two.md\n+++\ntitle = \"乙\"\ndate = 2026-05-30\n+++\n{text}\n");
    assert_eq!(with(&page), [""; 0]);
    let small = format!("{SETTINGS}page_weight = 300\n{PAGES}{page}");
    assert_eq!(codes_of(&small), ["page-too-heavy"]);
    let off = small.replace("[leaving]", "[rules]\npage-too-heavy = \"off\"\n[leaving]");
    assert_eq!(codes_of(&off), [""; 0]);
}

#[test]
fn a_theme_has_few_hues() {
    let colours = |css: &str| {
        with(&format!(
            "//- themes/overrides/css/tokens.css\n:root {{\n{css}\n}}\n"
        ))
    };
    assert_eq!(
        colours("--a: #0e5a43;\n--b: #b3261e;\n--c: #1c66b8;"),
        [""; 0]
    );
    assert_eq!(
        colours("--a: #0e5a43;\n--b: #b3261e;\n--c: #1c66b8;\n--d: #f0b400;"),
        ["palette"]
    );
    // A sheet of the site's own, beside the theme's: one that declares a colour anew, and one more.
    let own = |css: &str| with(&format!("//- themes/overrides/css/own.css\n{css}\n"));
    assert_eq!(own(":root { --green: #1c66b8; --b: #b3261e; }"), [""; 0]);
    let many = ":root { --x: #b3261e; --y: #1c66b8; --z: #f0b400; }";
    assert_eq!(own(many), ["palette"]);
    // Where nobody is a government, colours are the author's affair.
    assert_eq!(
        codes_of(&format!(
            "//- themes/overrides/css/own.css\n{many}\n//- content/a.md\n# 甲\n\n字\n"
        )),
        [""; 0]
    );
}

#[test]
fn times_of_publishing_are_told_to_the_minute() {
    let sources = MemorySources::from_literal(&format!("{SETTINGS}{PAGES}")).expect("sound paths");
    let (output, _) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
    let page = |path: &str| output.text(path).expect("the page exists").to_owned();
    let text = page("news/one/index.html");
    assert!(
        text.contains("<meta name=\"PubDate\" content=\"2026-05-25 09:30\">"),
        "{text}"
    );
    for path in ["news/one/index.html", "news/index.html", "index.html"] {
        assert!(page(path).contains(">2026-05-25 09:30</time>"), "{path}");
    }
    let dated = format!("{SETTINGS}{PAGES}").replace("2026-05-25 09:30:00", "2026-05-25");
    let sources = MemorySources::from_literal(&dated).expect("sound paths");
    let (output, _) = memory::built(&sources, jiff::civil::date(2026, 6, 1));
    for path in ["news/one/index.html", "news/index.html", "index.html"] {
        let page = output.text(path).expect("the page exists");
        assert!(page.contains(">2026-05-25 00:00</time>"), "{path}");
    }
    let tag = "<meta name=\"ColumnType\" content=\"动态要闻\">";
    assert!(
        output
            .text("news/one/index.html")
            .is_some_and(|page| page.contains(tag))
    );
}
