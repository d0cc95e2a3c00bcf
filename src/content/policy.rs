//! A policy document: its official metadata, what it replaces, its phases and deadlines.

pub mod targets;

use super::fields::{Fields, Located};
use jiff::civil::DateTime;
use targets::{Goal, TargetTable, goal, known_column, target_table};

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// 索引号.
    pub index_number: Option<Located<String>>,
    /// 发文机关.
    pub issuer: String,
    /// 发文字号.
    pub document_number: Option<Located<String>>,
    /// Where it holds.
    pub place: Option<String>,
    /// 主题分类.
    pub topic: Option<String>,
    /// 公文种类.
    pub document_kind: Option<String>,
    /// 公开属性.
    pub openness: Option<String>,
    /// 成文日期.
    pub written: Option<Located<DateTime>>,
    /// 发布日期.
    pub published: Option<Located<DateTime>>,
    /// 施行日期.
    pub effective: Option<Located<DateTime>>,
    /// 失效日期.
    pub expires: Option<Located<DateTime>>,
    /// Term of `policy-validity`; absent where no official statement was seen.
    pub validity: Option<Located<String>>,
    /// What it replaces.
    pub replaces: Vec<Located<String>>,
    /// What replaces it.
    pub replaced_by: Vec<Located<String>>,
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Its deadlines.
    pub deadlines: Vec<Deadline>,
    /// The forms it brings.
    pub forms: Vec<Located<String>>,
    /// What it wants reached.
    pub goals: Vec<Goal>,
    /// The tables that share its goals out.
    pub targets: Vec<TargetTable>,
}

impl Policy {
    /// Whether it has phases or deadlines.
    #[must_use]
    pub fn has_dates(&self) -> bool {
        !self.phases.is_empty() || !self.deadlines.is_empty()
    }
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Id.
    pub id: Located<String>,
    /// Its name.
    pub title: String,
    /// From.
    pub start: Option<Located<DateTime>>,
    /// To.
    pub end: Option<Located<DateTime>>,
    /// What is done in it.
    pub text: Option<String>,
}

/// One deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub date: Option<Located<DateTime>>,
    /// What is due.
    pub text: String,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Policy {
    let policy = Policy {
        index_number: fields.text("index_number"),
        issuer: fields.required_text("issuer").value,
        document_number: fields.text("document_number"),
        place: fields.text("place").map(|text| text.value),
        topic: fields.text("topic").map(|text| text.value),
        document_kind: fields.text("document_kind").map(|text| text.value),
        openness: fields.text("openness").map(|text| text.value),
        written: fields.date("written"),
        published: fields.date("published"),
        effective: fields.date("effective"),
        expires: fields.date("expires"),
        validity: fields.term("validity", "policy-validity"),
        replaces: fields.texts("replaces"),
        replaced_by: fields.texts("replaced_by"),
        phases: fields.tables("phases").into_iter().map(phase).collect(),
        deadlines: fields
            .tables("deadlines")
            .into_iter()
            .map(deadline)
            .collect(),
        forms: fields.texts("forms"),
        goals: fields.tables("goals").into_iter().map(goal).collect(),
        targets: fields
            .tables("targets")
            .into_iter()
            .map(target_table)
            .collect(),
    };
    let context = fields.context;
    context.unique(policy.phases.iter().map(|phase| &phase.id));
    context.unique(policy.targets.iter().map(|table| &table.id));
    for goal in &policy.goals {
        if let Some(column) = &goal.shared_out {
            known_column(context, column, &policy.targets);
        }
    }
    policy
}

fn phase(mut one: Fields<'_>) -> Phase {
    let fields = &mut one;
    let value = Phase {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        start: fields.date("start"),
        end: fields.date("end"),
        text: fields.text("text").map(|text| text.value),
    };
    one.finish();
    value
}

fn deadline(mut one: Fields<'_>) -> Deadline {
    let fields = &mut one;
    let value = Deadline {
        date: fields.required_date("date"),
        text: fields.required_text("text").value,
    };
    one.finish();
    value
}
