//! The phases and deadlines of all policies on one axis, place beside place, and in one list by date.

use super::head::HeadView;
use super::index::plain;
use super::{DateView, LinkView, site_path};
use crate::content::Kind;
use crate::content::policy::Policy;
use crate::graph::{PageId, Site};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};
use serde::Serialize;

/// Where the timeline is published, on sites that have policies with dates.
pub use crate::graph::TIMELINE;

/// The timeline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TimelineView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The years of the axis.
    pub years: Vec<i16>,
    /// The days of the axis.
    pub days: i32,
    /// One track for each policy, by the date of its document.
    pub tracks: Vec<TrackView>,
    /// What is to be done by when, by year.
    pub calendar: Vec<YearView>,
}

/// One policy's phases.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TrackView {
    /// The policy.
    pub link: LinkView,
    /// Where it holds.
    pub place: Option<String>,
    /// The date of its document.
    pub written: Option<DateView>,
    /// Its phases with dates.
    pub bars: Vec<BarView>,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BarView {
    /// Its name.
    pub title: String,
    /// From; the day after the phase before where the policy does not say.
    pub start: Option<DateView>,
    /// To.
    pub end: Option<DateView>,
    /// Days from the beginning of the axis.
    pub from: i32,
    /// Days that it lasts, at least 1.
    pub days: i32,
}

/// What one year brings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// By date.
    pub events: Vec<EventView>,
}

/// A day by which something is to be done, or on which a document was signed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EventView {
    /// The day.
    pub date: DateView,
    /// `written`, `phase` (its last day) or `deadline`.
    pub kind: &'static str,
    /// What.
    pub text: String,
    /// Where it holds.
    pub place: Option<String>,
    /// The policy, at its phase.
    pub link: LinkView,
}

/// A phase with its days, as far as they are known.
struct Dated<'a> {
    id: &'a str,
    title: &'a str,
    start: Option<Date>,
    end: Option<Date>,
}

/// The view of the timeline.
#[must_use]
pub fn timeline(site: &Site, title: &str) -> TimelineView {
    let mut policies: Vec<(PageId, &Policy)> = policies(site).collect();
    policies.sort_by_key(|(id, policy)| (policy.written.as_ref().map(|day| day.value), *id));
    let all: Vec<(PageId, &Policy, Vec<Dated<'_>>)> = policies
        .into_iter()
        .map(|(id, policy)| (id, policy, dated(policy)))
        .collect();
    let days = all.iter().flat_map(|(_, _, phases)| phases);
    let days = days.flat_map(|phase| [phase.start, phase.end]).flatten();
    let first = days.clone().min().map_or(1970, Date::year);
    let last = days.max().map_or(first, Date::year);
    let zero = date(first, 1, 1);
    let tracks = all.iter().map(|(id, policy, phases)| TrackView {
        link: LinkView::new(&site.pages[*id].title, &site.pages[*id].url),
        place: policy.place.clone(),
        written: policy.written.as_ref().map(|day| DateView::new(day.value)),
        bars: phases.iter().filter_map(|phase| bar(phase, zero)).collect(),
    });
    let events = all
        .iter()
        .flat_map(|(id, policy, phases)| events(site, *id, policy, phases));
    TimelineView {
        head: plain(site, TIMELINE, title),
        years: (first..=last).collect(),
        days: between(zero, date(last, 12, 31)) + 1,
        tracks: tracks.collect(),
        calendar: by_year(events.collect()),
    }
}

/// The policies that have phases or deadlines.
pub fn policies(site: &Site) -> impl Iterator<Item = (PageId, &Policy)> {
    let pages = site.pages.iter().enumerate();
    pages.filter_map(|(id, page)| match &page.document.content.kind {
        Kind::Policy(policy) if policy.has_dates() => Some((id, policy)),
        _ => None,
    })
}

/// A phase that names no beginning begins after the one before; the first with the document.
fn dated(policy: &Policy) -> Vec<Dated<'_>> {
    let mut before = policy.written.as_ref().map(|day| day.value.date());
    let mut phases = Vec::new();
    for phase in &policy.phases {
        let start = phase.start.as_ref().map(|day| day.value.date());
        let end = phase.end.as_ref().map(|day| day.value.date());
        phases.push(Dated {
            id: &phase.id.value,
            title: &phase.title,
            start: start
                .or(before)
                .filter(|start| end.is_none_or(|end| *start <= end)),
            end,
        });
        before = end.and_then(|end| end.checked_add(1.day()).ok());
    }
    phases
}

fn bar(phase: &Dated<'_>, zero: Date) -> Option<BarView> {
    let start = phase.start.or(phase.end)?;
    let end = phase.end.unwrap_or(start);
    Some(BarView {
        title: phase.title.to_owned(),
        start: phase.start.map(day_view),
        end: phase.end.map(day_view),
        from: between(zero, start),
        days: between(start, end).max(0) + 1,
    })
}

fn day_view(day: Date) -> DateView {
    DateView::new(DateTime::from(day))
}

/// Whole days from one day to another.
fn between(from: Date, to: Date) -> i32 {
    let span = from.until(to);
    span.map_or(0, |span| span.get_days())
}

fn events(
    site: &Site,
    id: PageId,
    policy: &Policy,
    phases: &[Dated<'_>],
) -> Vec<(Date, EventView)> {
    let page = &site.pages[id];
    let event = |day: Date, kind: &'static str, text: &str, anchor: Option<String>| {
        let mut link = LinkView::new(&page.title, &page.url);
        if let Some(anchor) = anchor {
            link.url = site_path(&format!("{}#{anchor}", page.url));
        }
        let view = EventView {
            date: day_view(day),
            kind,
            text: text.to_owned(),
            place: policy.place.clone(),
            link,
        };
        (day, view)
    };
    let written = policy.written.iter();
    let written = written.map(|day| event(day.value.date(), "written", &page.title, None));
    let ends = phases.iter().filter_map(|phase| {
        let anchor = format!("phase-{}", phase.id);
        Some(event(phase.end?, "phase", phase.title, Some(anchor)))
    });
    let due = policy.deadlines.iter().filter_map(|deadline| {
        let day = deadline.date.as_ref()?.value.date();
        let anchor = Some("section-deadlines".to_owned());
        Some(event(day, "deadline", &deadline.text, anchor))
    });
    written.chain(ends).chain(due).collect()
}

fn by_year(mut events: Vec<(Date, EventView)>) -> Vec<YearView> {
    events.sort_by_key(|(day, _)| *day);
    let mut years: Vec<YearView> = Vec::new();
    for (day, event) in events {
        match years.last_mut().filter(|last| last.year == day.year()) {
            Some(last) => last.events.push(event),
            None => years.push(YearView {
                year: day.year(),
                events: vec![event],
            }),
        }
    }
    years
}
