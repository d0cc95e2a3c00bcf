//! Footnotes: numbers, ways back, and what is wrong with them.

use anjian::diag::Severity;
use anjian::parse::markdown::{Options, Problem, parse};

fn read(source: &str) -> (String, Vec<Problem>) {
    let (body, problems) = parse(source, &Options::default());
    (body.html, problems)
}

#[test]
fn footnotes_are_numbered_by_reference_and_lead_back() {
    let (html, problems) = read("甲[^b]乙[^a]\n\n[^a]: 一\n[^b]: 二\n");
    assert_eq!(problems, []);
    let expected = concat!(
        "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>",
        "乙<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup></p>\n",
        "<div class=\"footnotes\">\n<ol>\n",
        "<li id=\"fn-1\">\n<p>二</p>\n",
        "<a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"返回正文\">↩</a></li>\n",
        "<li id=\"fn-2\">\n<p>一</p>\n",
        "<a class=\"footnote-back\" href=\"#fnref-2\" aria-label=\"返回正文\">↩</a></li>\n",
        "</ol>\n</div>\n",
    );
    assert_eq!(html, expected);
}

#[test]
fn every_reference_has_its_way_back() {
    // The third reference stands in another footnote.
    let (html, problems) = read("甲[^1]乙[^1]丙[^2]\n\n[^1]: 一\n\n[^2]: 见[^1]\n");
    assert_eq!(problems, []);
    for id in ["fnref-1", "fnref-1-2", "fnref-1-3", "fnref-2"] {
        assert_eq!(
            html.matches(&format!(" id=\"{id}\"")).count(),
            1,
            "{id}: {html}"
        );
        assert_eq!(
            html.matches(&format!("href=\"#{id}\"")).count(),
            1,
            "{id}: {html}"
        );
    }
    assert!(html.contains("aria-label=\"返回正文第 3 处\">↩<sup>3</sup></a>"));
}

#[test]
fn a_footnote_that_is_not_shown_is_reported() {
    let source = "甲[^1]\n\n[^1]: 一\n\n[^2]: 二[^3]\n\n[^3]: 三\n\n[^1]: 又\n";
    let (html, problems) = read(source);
    assert!(!html.contains("二") && !html.contains("又"), "{html}");
    let found: Vec<(&str, Severity, &str)> = problems
        .iter()
        .map(|one| {
            let place = source.get(one.span.clone()).unwrap_or_default();
            (one.code, one.severity, place.trim_end())
        })
        .collect();
    let expected = [
        ("footnote-duplicate", Severity::Error, "[^1]: 又"),
        ("footnote-unused", Severity::Warning, "[^2]: 二[^3]"),
        ("footnote-unused", Severity::Warning, "[^3]: 三"),
    ];
    assert_eq!(found, expected);
    assert_eq!(read("甲[^A]\n\n[^a]: 一\n").1, []);
    assert_eq!(read("没有定义的[^9]\n").0, "<p>没有定义的[^9]</p>\n");
}

#[test]
fn footnotes_may_refer_in_a_circle_and_hold_open_html() {
    let (html, _) = read("甲[^1]\n\n[^1]: 见[^2]\n\n[^2]: 见[^1]\n");
    assert_eq!(html.matches("<li id=").count(), 2, "{html}");
    let (html, problems) = read("甲[^1]\n\n[^1]:\n    <div>\n\n    乙\n");
    assert_eq!(html.matches("<div").count(), html.matches("</div>").count());
    assert!(html.find("</div>") < html.find("</li>"), "{html}");
    assert_eq!(problems.len(), 1);
}
