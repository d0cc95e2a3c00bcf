//! An exposed case: who decided what against whom and why, and the checklist items that would have
//! caught it.

use super::basis::{BasisView, bases};
use super::clause::{ClauseView, clause};
use super::{optional_date, optional_term, terms};
use crate::content::Kind;
use crate::content::enforcement_case::{EnforcementCase, Measure};
use crate::content::fields::Located;
use crate::graph::{PageId, Site, order};
use crate::view::DateView;
use crate::view::card::{CardView, TermView, card};
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
    /// 统一社会信用代码 of the enterprise.
    pub credit_code: Option<String>,
    /// Shown until.
    pub publicity_end: Option<DateView>,
    /// Term of `record-status`.
    pub record_status: Option<TermView>,
    /// The lesson in a sentence.
    pub lesson: String,
    /// The checklist items that would have caught it.
    pub caught_by: Vec<ClauseView>,
    /// The kinds of mistake it shows.
    pub violation_kinds: Vec<TermView>,
    /// All amounts together, in yuan.
    pub total: Option<i64>,
    /// Other exposed cases: of the same mistake or clause first, then of the same industry.
    pub related: Vec<CardView>,
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
pub fn view(site: &Site, page: PageId, case: &EnforcementCase) -> EnforcementCaseView {
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
        credit_code: case.credit_code.as_ref().map(|code| code.value.clone()),
        publicity_end: optional_date(case.publicity_end.as_ref()),
        record_status: optional_term(site, "record-status", status),
        lesson: case.lesson.clone(),
        caught_by: caught_by
            .filter_map(|target| clause(site, &target.value))
            .collect(),
        violation_kinds: terms(site, "violation-kinds", &case.violation_kinds),
        total: total(case),
        related: related(site, page, case),
    }
}

/// The sum of a case's amounts, where there are several.
fn total(case: &EnforcementCase) -> Option<i64> {
    let amounts = case.measures.iter().filter_map(|one| one.amount.as_ref());
    let amounts: Vec<i64> = amounts.map(|amount| amount.value).collect();
    let sum = amounts
        .iter()
        .fold(0_i64, |sum, one| sum.saturating_add(*one));
    (amounts.len() > 1).then_some(sum)
}

/// How many related cases a page shows.
const RELATED: usize = 6;

/// Other exposed cases, those first that share most with this one, newest first among equals: a clause that would have
/// caught both weighs as much as a kind of mistake and an industry together.
fn related(site: &Site, page: PageId, case: &EnforcementCase) -> Vec<CardView> {
    let shared = |left: &[Located<String>], right: &[Located<String>]| {
        let common = left
            .iter()
            .filter(|one| right.iter().any(|other| other.value == one.value));
        common.count()
    };
    let industries = &site.pages[page].document.content.common.industries;
    let mut others: Vec<PageId> = (0..site.pages.len()).filter(|id| *id != page).collect();
    order::by_date(&site.pages, &mut others);
    let mut found: Vec<(usize, PageId)> = others
        .into_iter()
        .filter_map(|id| {
            let content = &site.pages[id].document.content;
            let Kind::EnforcementCase(other) = &content.kind else {
                return None;
            };
            let weight = 3 * shared(&case.caught_by, &other.caught_by)
                + 2 * shared(&case.violation_kinds, &other.violation_kinds)
                + shared(industries, &content.common.industries);
            (weight > 0).then_some((weight, id))
        })
        .collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let found = found.into_iter().take(RELATED);
    found.map(|(_, id)| card(site, id)).collect()
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
