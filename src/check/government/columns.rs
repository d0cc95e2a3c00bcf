//! Columns: none is empty, none has gone stale for its type, each says what it is for; the home page shows something new.

use super::{in_settings, on_page, title_of};
use crate::content::Kind;
use crate::diag::Diagnostic;
use crate::graph::{Page, SectionId, Site};
use crate::view::head::column_type;
use jiff::civil::Date;

/// For how many days the home page may show nothing new.
const HOME: i64 = 14;

/// Folders that hold neither pages nor a text of their own.
pub(super) fn empty(site: &Site) -> Vec<Diagnostic> {
    let sections = (1..site.sections.len()).filter(|id| is_empty(site, *id));
    let found = sections.filter_map(|id| {
        let section = &site.sections[id];
        let index = section.index?;
        let message = [
            format!("栏目“{}”里没有内容", section.title),
            format!("the section `{}` holds nothing", section.title),
        ];
        let help = [
            "放进内容，或者删去这个文件夹；内容要过几天才发布的，栏目也写 publish_at",
            "put something into it or delete the folder; where all of it is to appear later, give it publish_at as well",
        ];
        let bytes = title_of(site, index);
        Some(on_page(site, index, "section-empty", bytes, message, help))
    });
    found.collect()
}

fn is_empty(site: &Site, id: SectionId) -> bool {
    let section = &site.sections[id];
    let says_something = section.index.is_some_and(|index| {
        let document = &site.pages[index].document;
        let counts = document.body.counts;
        counts.han + counts.words > 0
            || !document.body.slots.is_empty()
            || !document.content.common.attachments.is_empty()
            || !matches!(document.content.kind, Kind::Page)
    });
    let mut children = section.children.iter();
    section.pages.is_empty() && !says_something && children.all(|child| is_empty(site, *child))
}

/// Columns whose tags only repeat their title.
pub(super) fn undescribed(site: &Site) -> Vec<Diagnostic> {
    let indexes = site
        .sections
        .iter()
        .skip(1)
        .filter_map(|section| section.index);
    let found = indexes.filter_map(|index| {
        let common = &site.pages[index].document.content.common;
        let missing: Vec<&str> = [
            (
                "summary",
                common
                    .summary
                    .as_deref()
                    .unwrap_or_default()
                    .trim()
                    .is_empty(),
            ),
            ("keywords", common.keywords.is_empty()),
        ]
        .into_iter()
        .filter_map(|(key, is_missing)| is_missing.then_some(key))
        .collect();
        if missing.is_empty() {
            return None;
        }
        let message = [
            format!(
                "栏目没有写 `{}`，ColumnDescription、ColumnKeywords 标签只好重复栏目名称",
                missing.join("`、`")
            ),
            format!(
                "the section lacks `{}`, so that its tags only repeat its title",
                missing.join("`, `")
            ),
        ];
        let help = [
            "在这个 _index.md 里写 summary（栏目是做什么的）和 keywords",
            "write summary and keywords in this _index.md",
        ];
        let bytes = title_of(site, index);
        Some(on_page(
            site,
            index,
            "column-undescribed",
            bytes,
            message,
            help,
        ))
    });
    found.collect()
}

/// The day of what is newest in a section and below it.
fn newest(site: &Site, id: SectionId) -> Option<Date> {
    let section = &site.sections[id];
    let pages = section
        .pages
        .iter()
        .filter_map(|page| published(&site.pages[*page]));
    let below = section
        .children
        .iter()
        .filter_map(|child| newest(site, *child));
    pages.chain(below).max()
}

fn published(page: &Page) -> Option<Date> {
    Some(page.date()?.date())
}

/// How many days lie between two days.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| span.get_days().into())
}

/// Columns that bring nothing new for longer than their type allows. A column whose columns below are told is not told
/// again.
pub(super) fn stale(site: &Site, today: Date) -> Vec<Diagnostic> {
    let found = (1..site.sections.len()).filter_map(|id| {
        let section = &site.sections[id];
        let index = section.index?;
        // The type is the section's own or that of the folder at the top: the indicators look at first-level columns.
        let own = site.pages[index].document.content.common.column_type.is_some();
        if !own && section.parent != Some(0) {
            return None;
        }
        let kind = column_type(site, Some(id), &section.folder);
        let most = site.config.government.stale_after(kind)?;
        let newest = newest(site, id);
        let age = newest.map(|day| days(day, today));
        if age.is_some_and(|age| age <= most) {
            return None;
        }
        let message = match newest {
            Some(day) => [
                format!("栏目“{}”（{kind}）最近一次更新是 {day}，超过 {most} 天", section.title),
                format!("the section `{}` ({kind}) was last added to on {day}, more than {most} days ago", section.title),
            ],
            None => [
                format!("栏目“{}”（{kind}）里的内容都没有发布时间，按不更新算", section.title),
                format!("nothing in the section `{}` ({kind}) is dated, which counts as stale", section.title),
            ],
        };
        let help = [
            "发布新内容并写 date；栏目类别写错的改 column_type；天数在 [government.stale_after] 里改",
            "publish something with its date; column_type says what the section is, [government.stale_after] after how many days",
        ];
        let bytes = title_of(site, index);
        Some(on_page(site, index, "section-stale", bytes, message, help))
    });
    found.collect()
}

/// The newest that the home page can show is not older than two weeks.
pub(super) fn home(site: &Site, today: Date) -> Option<Diagnostic> {
    let changed = |page: &Page| {
        let common = &page.document.content.common;
        let date = common.updated.as_ref().or(common.date.as_ref())?;
        Some(date.value.date()).filter(|day| *day <= today)
    };
    let newest = site
        .pages
        .iter()
        .filter(|page| !page.is_index)
        .filter_map(changed)
        .max();
    if newest.is_some_and(|day| days(day, today) <= HOME) {
        return None;
    }
    let message = match newest {
        Some(day) => [
            format!("首页上最新的内容是 {day} 的，超过 {HOME} 天没有更新"),
            format!(
                "the newest on the home page is of {day}: nothing new for more than {HOME} days"
            ),
        ],
        None => [
            "首页上没有一条带日期的内容，按不更新算".to_owned(),
            "nothing on the home page is dated, which counts as stale".to_owned(),
        ],
    };
    let help = [
        "发布新内容并写 date，或者复核一份旧内容，改好后写 updated",
        "publish something with its date, or look through an older text, mend it and write updated",
    ];
    match site.page_of_target("") {
        Some(home) => Some(on_page(
            site,
            home,
            "home-stale",
            title_of(site, home),
            message,
            help,
        )),
        None => in_settings(site, "home-stale", super::head_of(site), message, help),
    }
}
