//! An exposed case: who decided what against whom and why, and the checklist items that would have
//! caught it.

use super::basis::{BasisView, bases};
use super::clause::{ClauseView, clause};
use super::{optional_date, optional_term};
use crate::content::enforcement_case::{EnforcementCase, Measure};
use crate::graph::Site;
use crate::view::DateView;
use crate::view::card::TermView;
use serde::Serialize;

/// An enforcement case; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EnforcementCaseView {
    /// `typical` or `record`.
    pub form: String,
    /// Who decided.
    pub authority: String,
    /// Against whom.
    pub party: String,
    /// The decision's number.
    pub decision_number: Option<String>,
    /// The decision's date.
    pub decision_date: Option<DateView>,
    /// The articles that were broken.
    pub violations: Vec<BasisView>,
    /// The articles that the penalty rests on.
    pub penalty_basis: Vec<BasisView>,
    /// What was imposed.
    pub measures: Vec<MeasureView>,
    /// Term of `severities`.
    pub severity: Option<TermView>,
    /// Shown until.
    pub publicity_end: Option<DateView>,
    /// Term of `record-status`.
    pub record_status: Option<TermView>,
    /// Whether the decision was taken back.
    pub withdrawn: bool,
    /// Why it was withdrawn.
    pub withdraw_reason: Option<String>,
    /// The lesson in a sentence.
    pub lesson: String,
    /// The checklist items that would have caught it.
    pub caught_by: Vec<ClauseView>,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MeasureView {
    /// Term of `measures`.
    pub kind: TermView,
    /// `enterprise` or `person`.
    pub target: String,
    /// In yuan.
    pub amount: Option<i64>,
    /// A remark.
    pub note: Option<String>,
}

/// The view of an enforcement case.
#[must_use]
pub fn view(site: &Site, case: &EnforcementCase) -> EnforcementCaseView {
    let status = case.record_status.as_ref();
    let number = case.decision_number.as_ref();
    let caught_by = case.caught_by.iter();
    EnforcementCaseView {
        form: case.form.value.clone(),
        authority: case.authority.clone(),
        party: case.party.clone(),
        decision_number: number.map(|number| number.value.clone()),
        decision_date: optional_date(case.decision_date.as_ref()),
        violations: bases(site, &case.violations),
        penalty_basis: bases(site, &case.penalty_basis),
        measures: case.measures.iter().map(|one| measure(site, one)).collect(),
        severity: optional_term(site, "severities", case.severity.as_ref()),
        publicity_end: optional_date(case.publicity_end.as_ref()),
        record_status: optional_term(site, "record-status", status),
        withdrawn: status.is_some_and(|status| status.value == "withdrawn"),
        withdraw_reason: case.withdraw_reason.clone(),
        lesson: case.lesson.clone(),
        caught_by: caught_by
            .filter_map(|target| clause(site, &target.value))
            .collect(),
    }
}

fn measure(site: &Site, measure: &Measure) -> MeasureView {
    let amount = measure.amount.as_ref();
    MeasureView {
        kind: TermView::new(site, "measures", &measure.kind.value),
        target: measure.target.value.clone(),
        amount: amount.map(|amount| amount.value),
        note: measure.note.clone(),
    }
}
