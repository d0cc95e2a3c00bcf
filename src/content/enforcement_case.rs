//! An exposed case: an anonymised teaching case, or a record with a publicity period.

use super::fields::{Fields, Located};
use super::reference::{Citation, citations};
use jiff::civil::DateTime;

/// An enforcement case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnforcementCase {
    /// Teaching case or record.
    pub form: Located<String>,
    /// Who decided.
    pub authority: String,
    /// Against whom.
    pub party: String,
    /// The decision's number.
    pub decision_number: Option<Located<String>>,
    /// The decision's date.
    pub decision_date: Option<Located<DateTime>>,
    /// Terms of `violation-kinds`: what kind of mistake it was.
    pub violation_kinds: Vec<Located<String>>,
    /// The articles that were broken.
    pub violations: Vec<Citation>,
    /// The articles that the penalty rests on.
    pub penalty_basis: Vec<Citation>,
    /// What was imposed.
    pub measures: Vec<Measure>,
    /// Term of `severities`.
    pub severity: Option<Located<String>>,
    /// Shown until.
    pub publicity_end: Option<Located<DateTime>>,
    /// Term of `record-status`.
    pub record_status: Option<Located<String>>,
    /// Why it was withdrawn.
    pub withdraw_reason: Option<Located<String>>,
    /// 统一社会信用代码 of the enterprise, in a record.
    pub credit_code: Option<Located<String>>,
    /// The lesson in a sentence.
    pub lesson: String,
    /// The checklist items that would have caught it.
    pub caught_by: Vec<Located<String>>,
}

impl EnforcementCase {
    /// Whether it is a record that names its party and is shown for a time, no teaching case.
    #[must_use]
    pub fn is_record(&self) -> bool {
        self.form.value == "record"
    }
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Term of `measures`.
    pub kind: Located<String>,
    /// On whom.
    pub target: Located<String>,
    /// In yuan.
    pub amount: Option<Located<i64>>,
    /// A remark.
    pub note: Option<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> EnforcementCase {
    EnforcementCase {
        form: fields.choice("form", &["typical", "record"]),
        authority: fields.required_text("authority").value,
        party: fields.required_text("party").value,
        decision_number: fields.text("decision_number"),
        decision_date: fields.date("decision_date"),
        violation_kinds: fields.terms("violation_kinds", "violation-kinds"),
        violations: citations(fields, "violations"),
        penalty_basis: citations(fields, "penalty_basis"),
        measures: fields.tables("measures").into_iter().map(measure).collect(),
        severity: fields.term("severity", "severities"),
        publicity_end: fields.date("publicity_end"),
        record_status: fields.term("record_status", "record-status"),
        withdraw_reason: fields.text("withdraw_reason"),
        credit_code: fields.text("credit_code"),
        lesson: fields.required_text("lesson").value,
        caught_by: fields.texts("caught_by"),
    }
}

fn measure(mut one: Fields<'_>) -> Measure {
    let fields = &mut one;
    let value = Measure {
        kind: fields.required_term("kind", "measures"),
        target: fields.choice("target", &["enterprise", "person"]),
        amount: fields.integer("amount"),
        note: fields.text("note").map(|text| text.value),
    };
    one.finish();
    value
}
