//! A policy document: its official metadata, what it replaces, its phases and deadlines.

use super::{optional_date, optional_term};
use crate::content::fields::Located;
use crate::content::policy::Policy;
use crate::content::policy::targets::{Goal, TargetTable, find_column};
use crate::graph::Site;
use crate::view::card::{CardView, TermView, card};
use crate::view::{DateView, LinkView};
use serde::Serialize;

/// A policy document; its text is the page's body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PolicyView {
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文机关.
    pub issuer: String,
    /// 发文字号.
    pub document_number: Option<String>,
    /// Where it holds.
    pub place: Option<String>,
    /// 主题分类.
    pub topic: Option<String>,
    /// 公文种类.
    pub document_kind: Option<String>,
    /// 公开属性.
    pub openness: Option<String>,
    /// 成文日期.
    pub written: Option<DateView>,
    /// 发布日期.
    pub published: Option<DateView>,
    /// 施行日期.
    pub effective: Option<DateView>,
    /// 失效日期.
    pub expires: Option<DateView>,
    /// Term of `policy-validity`; absent where no official statement was seen.
    pub validity: Option<TermView>,
    /// Whether it no longer holds.
    pub repealed: bool,
    /// What it replaces.
    pub replaces: Vec<MentionView>,
    /// What replaces it.
    pub replaced_by: Vec<MentionView>,
    /// Its phases.
    pub phases: Vec<PhaseView>,
    /// Its deadlines.
    pub deadlines: Vec<DeadlineView>,
    /// The forms it brings.
    pub forms: Vec<CardView>,
    /// What it wants reached.
    pub goals: Vec<GoalView>,
    /// The tables that share its goals out.
    pub targets: Vec<TargetTableView>,
    /// Whether the site shows its dates beside those of other policies.
    pub on_timeline: bool,
}

/// Another document by its title, with a link where the site has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MentionView {
    /// Its title, or its number.
    pub title: String,
    /// Its page.
    pub link: Option<LinkView>,
}

/// A figure to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GoalView {
    /// What is counted.
    pub what: String,
    /// For whom it holds.
    pub scope: Option<String>,
    /// `at-least` or `exactly`.
    pub bound: String,
    /// The figure.
    pub value: i64,
    /// Its unit.
    pub unit: String,
    /// By when.
    pub by: Option<DateView>,
    /// The sum of the column that shares it out.
    pub shared_out: Option<i64>,
    /// Whether that sum reaches the figure.
    pub reached: bool,
    /// What is not sure about it.
    pub uncertain: Option<String>,
}

/// A table of figures with its sums.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TargetTableView {
    /// The anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What its rows are.
    pub rows_title: String,
    /// Heads with their units.
    pub columns: Vec<(String, Option<String>)>,
    /// Rows: label, figures, remark.
    pub rows: Vec<(String, Vec<i64>, Option<String>)>,
    /// The sum of each column.
    pub sums: Vec<i64>,
    /// Whether the document itself states every one of these sums.
    pub stated: bool,
    /// Whether a row has a remark.
    pub has_notes: bool,
    /// A remark.
    pub note: Option<String>,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PhaseView {
    /// The anchor.
    pub id: String,
    /// Its name.
    pub title: String,
    /// From.
    pub start: Option<DateView>,
    /// To.
    pub end: Option<DateView>,
    /// What is done in it.
    pub text: Option<String>,
}

/// What is due on one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DeadlineView {
    /// The day.
    pub date: Option<DateView>,
    /// What is due, in the order of the file.
    pub texts: Vec<String>,
}

/// The view of a policy document.
#[must_use]
pub fn view(site: &Site, policy: &Policy) -> PolicyView {
    let validity = policy.validity.as_ref();
    let forms = policy.forms.iter();
    PolicyView {
        index_number: policy.index_number.as_ref().map(|one| one.value.clone()),
        issuer: policy.issuer.clone(),
        document_number: policy.document_number.as_ref().map(|one| one.value.clone()),
        place: policy.place.clone(),
        topic: policy.topic.clone(),
        document_kind: policy.document_kind.clone(),
        openness: policy.openness.clone(),
        written: optional_date(policy.written.as_ref()),
        published: optional_date(policy.published.as_ref()),
        effective: optional_date(policy.effective.as_ref()),
        expires: optional_date(policy.expires.as_ref()),
        validity: optional_term(site, "policy-validity", validity),
        repealed: validity.is_some_and(|validity| validity.value == "repealed"),
        replaces: mentions(site, &policy.replaces),
        replaced_by: mentions(site, &policy.replaced_by),
        phases: phases(policy),
        deadlines: deadlines(policy),
        forms: forms
            .filter_map(|form| site.page_of_target(&form.value))
            .map(|id| card(site, id))
            .collect(),
        goals: policy.goals.iter().map(|one| goal(policy, one)).collect(),
        targets: policy.targets.iter().map(target_table).collect(),
        on_timeline: policy.has_dates(),
    }
}

fn goal(policy: &Policy, goal: &Goal) -> GoalView {
    let column = goal.shared_out.as_ref();
    let column = column.and_then(|path| find_column(&policy.targets, &path.value));
    let sum = column.map(|(table, place)| table.sum(place));
    GoalView {
        what: goal.what.clone(),
        scope: goal.scope.clone(),
        bound: goal.bound.value.clone(),
        value: goal.value.value,
        unit: goal.unit.clone(),
        by: optional_date(goal.by.as_ref()),
        reached: sum.is_some_and(|sum| sum >= goal.value.value),
        shared_out: sum,
        uncertain: goal.uncertain.clone(),
    }
}

fn target_table(table: &TargetTable) -> TargetTableView {
    let columns = table.columns.iter();
    let rows = table.rows.iter();
    TargetTableView {
        id: format!("targets-{}", table.id.value),
        title: table.title.clone(),
        rows_title: table.rows_title.clone(),
        columns: columns
            .clone()
            .map(|column| (column.title.clone(), column.unit.clone()))
            .collect(),
        sums: (0..table.columns.len()).map(|at| table.sum(at)).collect(),
        stated: columns.clone().all(|column| column.stated.is_some()),
        has_notes: rows.clone().any(|row| row.note.is_some()),
        rows: rows
            .map(|row| (row.title.clone(), row.values.clone(), row.note.clone()))
            .collect(),
        note: table.note.clone(),
    }
}

fn mentions(site: &Site, names: &[Located<String>]) -> Vec<MentionView> {
    let names = names.iter();
    names
        .map(|name| match site.page_of_target(&name.value) {
            Some(id) => MentionView {
                title: site.pages[id].title.clone(),
                link: Some(LinkView::new(&site.pages[id].title, &site.pages[id].url)),
            },
            None => MentionView {
                title: name.value.clone(),
                link: None,
            },
        })
        .collect()
}

fn phases(policy: &Policy) -> Vec<PhaseView> {
    let phases = policy.phases.iter();
    phases
        .map(|phase| PhaseView {
            id: format!("phase-{}", phase.id.value),
            title: phase.title.clone(),
            start: optional_date(phase.start.as_ref()),
            end: optional_date(phase.end.as_ref()),
            text: phase.text.clone(),
        })
        .collect()
}

/// Each day once, in the order of its first deadline.
fn deadlines(policy: &Policy) -> Vec<DeadlineView> {
    let mut days: Vec<DeadlineView> = Vec::new();
    for deadline in &policy.deadlines {
        let date = optional_date(deadline.date.as_ref());
        let text = deadline.text.clone();
        match days.iter_mut().find(|day| day.date == date) {
            Some(day) => day.texts.push(text),
            None => days.push(DeadlineView {
                date,
                texts: vec![text],
            }),
        }
    }
    days
}
