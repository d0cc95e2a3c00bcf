//! The four specifications of the industries: size classes that are covered, all four present, all reviewed in time. What
//! editions do to the ids of clauses stands in [`super::editions`].

use super::{editions, rules};
use crate::content::Kind;
use crate::content::fields::Located;
use crate::content::industry::Industry;
use crate::diag::{Diagnostic, Span};
use crate::graph::editions::is_repealed;
use crate::graph::{PageId, Site};
use crate::view::coverage::{covers, current};
use crate::view::matrix::SPECIFICATIONS;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// The findings about one page on a day.
#[must_use]
pub fn check(site: &Site, id: PageId, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(overdue(site, id, today));
    let content = &site.pages[id].document.content;
    // An invented page, such as one just begun, promises nothing.
    if let Kind::Industry(hub) = &content.kind
        && !content.common.sample
    {
        found.extend(industry(site, id, hub));
    }
    found.extend(editions::check(site, id));
    found
}

fn span(site: &Site, id: PageId, bytes: &Range<usize>) -> Span {
    Span {
        source: site.pages[id].document.path.clone(),
        bytes: bytes.clone(),
    }
}

fn overdue(site: &Site, id: PageId, today: Date) -> Option<Diagnostic> {
    let content = &site.pages[id].document.content;
    let by = content.common.review_by.as_ref()?;
    let repealed = match &content.kind {
        Kind::Policy(policy) => {
            let validity = policy.validity.as_ref();
            validity.is_some_and(|validity| validity.value == "repealed")
        }
        _ => is_repealed(site, id),
    };
    let day = by.value.date();
    if repealed || day >= today {
        return None;
    }
    Some(rules::finding(
        "review-overdue",
        span(site, id, &by.bytes),
        [
            format!("应当在 {day} 之前复核，已经过了"),
            format!("this was to be reviewed by {day}, which has passed"),
        ],
        [
            "复核一遍，有改动的改好，再把 review_by 改为下一次的日子".to_owned(),
            "review it, then write the day of the next review in review_by".to_owned(),
        ],
    ))
}

/// What an industry's page promises and the site does not hold.
fn industry(site: &Site, id: PageId, hub: &Industry) -> Vec<Diagnostic> {
    let industry = &hub.industry;
    let title = site.term_title("industries", &industry.value);
    let at = || span(site, id, &industry.bytes);
    let mut found = Vec::new();
    for kind in SPECIFICATIONS {
        if !current(site, &industry.value, kind).is_empty() {
            continue;
        }
        let (zh, en) = words(kind);
        found.push(rules::finding(
            "specification-missing",
            at(),
            [
                format!("“{title}”没有现行的{zh}"),
                format!("`{}` has no current {en}", industry.value),
            ],
            [
                format!(
                    "编写一份：kind = \"{kind}\"，industries = [\"{}\"]，status = \"current\"",
                    industry.value
                ),
                format!(
                    "write one: kind = \"{kind}\", industries = [\"{}\"], status = \"current\"",
                    industry.value
                ),
            ],
        ));
    }
    let mut told = BTreeSet::new();
    for size in sizes(site, id, hub) {
        for kind in ["rules", "checklist"] {
            // Where none is there at all, that is the finding.
            let any = !current(site, &industry.value, kind).is_empty();
            if !any
                || covers(site, &industry.value, kind, &size.value)
                || !told.insert((kind, &size.value))
            {
                continue;
            }
            let (zh, en) = words(kind);
            let class = site.term_title("sizes", &size.value);
            found.push(rules::finding(
                "size-class-uncovered",
                span(site, id, &size.bytes),
                [
                    format!("“{title}”的首页写到{class}，现行的{zh}没有适用它的"),
                    format!(
                        "the page of `{}` names the size class `{}`, which no current {en} is for",
                        industry.value, size.value
                    ),
                ],
                [
                    format!("补上适用{class}的{zh}，或从首页删去这一类规模"),
                    format!("write a {en} for it, or take the size class off the page"),
                ],
            ));
        }
    }
    found
}

/// The size classes that an industry's page names.
fn sizes<'a>(
    site: &'a Site,
    id: PageId,
    hub: &'a Industry,
) -> impl Iterator<Item = &'a Located<String>> {
    let own = site.pages[id].document.content.common.sizes.iter();
    own.chain(hub.paths.iter().flat_map(|path| &path.sizes))
}

fn words(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "checklist" => ("安全生产检查清单", "checklist"),
        "guide" => ("标准化运行提升指南", "guide"),
        "rules" => ("达标细则", "attainment rules"),
        _ => ("网格员检查导则", "patrol guideline"),
    }
}
