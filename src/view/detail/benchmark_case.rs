//! A benchmark case: the facts, figures before and after, photographs, and what else the site has for
//! the same industry.

use super::{optional_date, optional_term};
use crate::content::Kind;
use crate::content::benchmark_case::BenchmarkCase;
use crate::graph::{PageId, Site, order, pictures};
use crate::view::card::{CardView, TermView, card};
use crate::view::picture::PictureView;
use crate::view::{DateView, LinkView};
use serde::Serialize;

/// A benchmark case; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BenchmarkCaseView {
    /// Whose experience.
    pub subject: String,
    /// `enterprise` or `place`.
    pub subject_kind: String,
    /// Term of `case-kinds`.
    pub case_kind: TermView,
    /// Term of `case-levels`.
    pub level: TermView,
    /// Term of `sizes`.
    pub size: Option<TermView>,
    /// The year it was named.
    pub year: i64,
    /// Stars, one to five.
    pub star: Option<i64>,
    /// Until when the firm agreed to be named.
    pub consent_until: Option<DateView>,
    /// The title of the element set that its sections follow.
    pub set: String,
    /// Figures before and after.
    pub results: Vec<ResultView>,
    /// Photographs.
    pub photos: Vec<PhotoView>,
    /// The pages of its industries.
    pub hubs: Vec<LinkView>,
    /// Other benchmark cases of its industries.
    pub related: Vec<CardView>,
}

/// A figure before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ResultView {
    /// What was measured.
    pub name: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// The lengths of two bars in hundredths, where both are numbers of one unit.
    pub bars: Option<(u32, u32)>,
}

/// A photograph.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PhotoView {
    /// The picture with its copies.
    pub picture: PictureView,
    /// What it shows.
    pub alt: String,
    /// The caption.
    pub caption: Option<String>,
}

/// The view of a benchmark case.
#[must_use]
pub fn view(site: &Site, page: PageId, case: &BenchmarkCase) -> BenchmarkCaseView {
    let consent = case.consent.as_ref();
    let set = site.vocabularies.element_set(&case.element_set.value);
    let results = case.results.iter();
    BenchmarkCaseView {
        subject: case.subject.clone(),
        subject_kind: case.subject_kind.value.clone(),
        case_kind: TermView::new(site, "case-kinds", &case.case_kind.value),
        level: TermView::new(site, "case-levels", &case.level.value),
        size: optional_term(site, "sizes", case.size.as_ref()),
        year: case.year.value,
        star: case.star.as_ref().map(|star| star.value),
        consent_until: optional_date(consent.and_then(|consent| consent.until.as_ref())),
        set: set
            .map_or(&case.element_set.value, |set| &set.title)
            .clone(),
        results: results
            .map(|one| ResultView {
                name: one.name.clone(),
                before: one.before.clone(),
                after: one.after.clone(),
                bars: bars(&one.before, &one.after),
            })
            .collect(),
        photos: photos(site, page),
        hubs: hubs(site, page),
        related: related(site, page),
    }
}

/// Two figures of one unit as lengths, the larger a hundred: `14 条` and `3 条` are 100 and 21.
fn bars(before: &str, after: &str) -> Option<(u32, u32)> {
    let (before, unit) = number(before)?;
    let (after, same) = number(after)?;
    let most = before.max(after);
    if unit != same || most == 0 {
        return None;
    }
    let length = |one: u64| u32::try_from(one * 100 / most).unwrap_or(100);
    Some((length(before), length(after)))
}

/// A figure in thousandths, and what stands around it.
fn number(text: &str) -> Option<(u64, String)> {
    let start = text.find(|one: char| one.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|one: char| !one.is_ascii_digit() && one != '.');
    let (digits, behind) = rest.split_at(end.unwrap_or(rest.len()));
    // A second number would be a range, a share or a date.
    if behind.contains(|one: char| one.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part: String = format!("{part}000").chars().take(3).collect();
    let whole: u64 = whole.parse().ok()?;
    let value = whole.checked_mul(1000)?.checked_add(part.parse().ok()?)?;
    let around = format!("{}{}", &text[..start], behind);
    Some((value, around.replace(' ', "")))
}

/// The photographs that are files of the site.
fn photos(site: &Site, page: PageId) -> Vec<PhotoView> {
    let photos = pictures::photos(site, page).into_iter();
    let views = photos.filter_map(|(path, photo)| {
        Some(PhotoView {
            picture: PictureView::new(site, &path)?,
            alt: photo.alt.clone(),
            caption: photo.caption.clone(),
        })
    });
    views.collect()
}

/// The pages of a page's industries, in the order in which it names them.
#[must_use]
pub fn hubs(site: &Site, page: PageId) -> Vec<LinkView> {
    let industries = site.pages[page].document.content.common.industries.iter();
    industries
        .filter_map(|industry| {
            let hub = site.pages.iter().find(|one| {
                let kind = &one.document.content.kind;
                matches!(kind, Kind::Industry(hub) if hub.industry.value == industry.value)
            });
            hub.map(|hub| LinkView::new(&hub.title, &hub.url))
        })
        .collect()
}

/// How many related cases a page shows.
const RELATED: usize = 6;

/// Other cases of the same kind that share an industry, newest first.
#[must_use]
pub fn related(site: &Site, page: PageId) -> Vec<CardView> {
    let content = &site.pages[page].document.content;
    let industries = &content.common.industries;
    let pages = site.pages.iter().enumerate();
    let mut found: Vec<PageId> = pages
        .filter(|(id, other)| {
            let other = &other.document.content;
            let mut theirs = other.common.industries.iter();
            *id != page
                && other.kind.word() == content.kind.word()
                && theirs.any(|one| industries.iter().any(|own| own.value == one.value))
        })
        .map(|(id, _)| id)
        .collect();
    order::by_date(&site.pages, &mut found);
    let found = found.into_iter().take(RELATED);
    found.map(|id| card(site, id)).collect()
}
