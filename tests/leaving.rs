//! Before readers leave for a site that is no government's, a page tells them; it needs no script.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "support/memory.rs"]
mod memory;

use anjian::path::OutputPath;
use anjian::source::memory::MemorySources;
use anjian::write::Output;
use anjian::write::memory::MemoryOutput;

fn site(settings: &str, text: &str) -> MemoryOutput {
    let literal = format!(
        "//- content/site.toml\ntitle = \"示例站\"\nbase_url = \"https://aq.example.org/sub/\"\n{settings}\n//- content/a.md\n# 一\n\n{text}\n"
    );
    let sources = MemorySources::from_literal(&literal).expect("sound paths");
    let (output, report) = memory::built(&sources, jiff::civil::date(2026, 11, 1));
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    output
}

fn notices(output: &MemoryOutput) -> Vec<String> {
    let paths = output.manifest().files.keys().map(OutputPath::as_str);
    let notices = paths.filter(|path| path.starts_with("leaving/"));
    notices.map(ToOwned::to_owned).collect()
}

const ON: &str = "[leaving]\nnotice = true\nhosts = [\"known.org\"]";

#[test]
fn a_link_to_another_site_leads_to_a_page_that_names_it() {
    let output = site(
        ON,
        "见[标准](https://www.Other.com/std?id=1&x=2 \"题\")和<https://www.other.com/std?id=1&x=2>。",
    );
    let notices = notices(&output);
    let [first, second] = &notices[..] else {
        panic!("one page for each address as written: {notices:?}");
    };
    let page = output.text("a/index.html").expect("a page");
    let folder = first.trim_end_matches("index.html");
    assert!(folder.starts_with("leaving/www.other.com-"));
    let link = format!(
        "<a href=\"../{folder}\" data-address=\"https://www.Other.com/std?id=1&amp;x=2\" title=\"题\">标准</a>"
    );
    let other = format!("<a href=\"../{}\"", second.trim_end_matches("index.html"));
    assert!(
        page.contains(&link)
            || page.contains(&link.replace(folder, second.trim_end_matches("index.html"))),
        "{page}"
    );
    assert!(page.contains(&other), "{page}");
    let notice = output.text(first).expect("a page");
    for part in [
        "您访问的链接即将离开“示例站”网站，是否继续？",
        "<dd class=\"leaving__host\">www.other.com</dd>",
        "rel=\"external nofollow noopener noreferrer\">继续访问</a>",
        "href=\"../../\">放弃，回到首页</a>",
        "<meta name=\"robots\" content=\"noindex",
    ] {
        assert!(notice.contains(part), "{part}\n{notice}");
    }
    let map = output.text("sitemap.xml").expect("a site map");
    assert!(!map.contains("leaving"));
}

#[test]
fn governments_this_site_and_known_hosts_need_no_notice() {
    let straight = [
        "https://www.gov.cn/zhengce/",
        "http://yjj.quanzhou.gov.cn",
        "https://aq.example.org/other/",
        "https://docs.known.org:8443/a",
        "mailto:a@b.cn",
        "tel:12350",
    ];
    let text: String = straight.iter().map(|one| format!("[一]({one}) ")).collect();
    let settings = format!("{ON}\n[personal]\nallowed = [\"a@b.cn\"]");
    let output = site(&settings, &text);
    assert_eq!(notices(&output), Vec::<String>::new());
    let page = output.text("a/index.html").expect("a page");
    for one in straight {
        assert!(page.contains(&format!("href=\"{one}\"")), "{one}");
    }
}

#[test]
fn what_only_looks_like_a_government_has_the_notice() {
    let strange = [
        "https://www.gov.cn@evil.com/",
        "https://notgov.cn/",
        "https://gov.cn.evil.com/",
        "//evil.com/a",
        "https://unknown.org/",
        "HTTPS://EVIL.COM",
        "https://evil.com\\@www.gov.cn/",
    ];
    for one in strange {
        let output = site(ON, &format!("<a href=\"{one}\">一</a>"));
        assert_eq!(notices(&output).len(), 1, "{one}");
    }
}

#[test]
fn the_menu_has_it_too_and_without_the_setting_there_is_none() {
    let menu = "[[menu]]\ntitle = \"协会\"\ntarget = \"https://other.com/\"";
    let with = site(&format!("{ON}\n{menu}"), "正文");
    assert_eq!(notices(&with).len(), 1);
    let page = with.text("a/index.html").expect("a page");
    assert!(page.contains("href=\"../leaving/other.com-"));
    let without = site(menu, "[标准](https://other.com/)");
    assert_eq!(notices(&without), Vec::<String>::new());
    let page = without.text("a/index.html").expect("a page");
    assert_eq!(page.matches("href=\"https://other.com/\"").count(), 2);
}
