//! 网格员检查导则: what to look at, what to ask, when to report. Short, for a phone.

use super::edition::{Edition, EditionView};
use super::optional_term;
use crate::content::common::Specification;
use crate::content::patrol::{Ask, Look, Patrol, Report};
use crate::graph::{PageId, Site};
use crate::view::LinkView;
use crate::view::card::TermView;
use serde::Serialize;

/// A patrol guideline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PatrolView {
    /// Its edition.
    pub edition: EditionView,
    /// How long a visit takes.
    pub minutes: i64,
    /// A sentence before the start.
    pub intro: Option<String>,
    /// What to look at.
    pub look: Vec<LookView>,
    /// What to ask.
    pub ask: Vec<AskView>,
    /// When to report to whom.
    pub report: Vec<ReportView>,
    /// What to leave behind.
    pub leave: Vec<String>,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LookView {
    /// The anchor.
    pub id: String,
    /// What.
    pub text: String,
    /// Term of `risk-colours`.
    pub risk: Option<TermView>,
    /// How to see it.
    pub tip: Option<String>,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// Something to ask.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AskView {
    /// The anchor.
    pub id: String,
    /// The question.
    pub question: String,
    /// What a good answer holds.
    pub expect: Option<String>,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// A reason to report.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReportView {
    /// The anchor.
    pub id: String,
    /// What was seen.
    pub when: String,
    /// To whom.
    pub to: String,
    /// How soon.
    pub within: String,
    /// The same clause now, where this edition is repealed.
    pub later: Option<LinkView>,
}

/// The view of a patrol guideline.
#[must_use]
pub fn view(site: &Site, page: PageId, keys: &Specification, patrol: &Patrol) -> PatrolView {
    let edition = Edition::of(site, page, keys);
    let look = patrol.look.iter();
    let ask = patrol.ask.iter();
    let report = patrol.report.iter();
    let leave = patrol.leave.iter();
    PatrolView {
        minutes: patrol.minutes.value,
        intro: patrol.intro.clone(),
        look: look.map(|one| look_view(site, &edition, one)).collect(),
        ask: ask.map(|one| ask_view(&edition, one)).collect(),
        report: report.map(|one| report_view(&edition, one)).collect(),
        leave: leave.map(|one| one.text.clone()).collect(),
        edition: edition.view,
    }
}

fn look_view(site: &Site, edition: &Edition<'_>, one: &Look) -> LookView {
    LookView {
        id: one.id.value.clone(),
        text: one.text.clone(),
        risk: optional_term(site, "risk-colours", one.risk.as_ref()),
        tip: one.tip.clone(),
        later: edition.clause_now(&one.id.value),
    }
}

fn ask_view(edition: &Edition<'_>, one: &Ask) -> AskView {
    AskView {
        id: one.id.value.clone(),
        question: one.question.clone(),
        expect: one.expect.clone(),
        later: edition.clause_now(&one.id.value),
    }
}

fn report_view(edition: &Edition<'_>, one: &Report) -> ReportView {
    ReportView {
        id: one.id.value.clone(),
        when: one.when.clone(),
        to: one.to.clone(),
        within: one.within.clone(),
        later: edition.clause_now(&one.id.value),
    }
}
