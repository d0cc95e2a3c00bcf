//! The per-industry guide: who regulates, the risks that matter, and what each reader does first.

use super::fields::{Fields, Located};
use super::reference::{Citation, citations};

/// A per-industry guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Industry {
    /// Term of `industries`.
    pub industry: Located<String>,
    /// Term of `regulators`.
    pub regulator: Option<Located<String>>,
    /// The documents that decide what a major hazard is.
    pub criteria: Vec<Citation>,
    /// What inspections look at.
    pub focus_points: Vec<FocusPoint>,
    /// The main risks in four colours.
    pub risks: Vec<Risk>,
    /// What each audience reads in which order.
    pub paths: Vec<ReadingPath>,
    /// A first week for an enterprise that starts from nothing.
    pub first_week: Vec<Day>,
}

/// One thing that inspections look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusPoint {
    /// The sentence.
    pub text: String,
}

/// One main risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// Stable id.
    pub id: Located<String>,
    /// Its name.
    pub title: String,
    /// Term of `risk-colours`.
    pub colour: Located<String>,
    /// Where it arises.
    pub place: Option<String>,
    /// What it does.
    pub harm: Option<String>,
    /// The control that matters most.
    pub control: String,
    /// The checklist items that look at it.
    pub items: Vec<Located<String>>,
}

/// What one audience reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingPath {
    /// Term of `audiences`.
    pub audience: Located<String>,
    /// Size classes; empty for all.
    pub sizes: Vec<Located<String>>,
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// The document that helps.
    pub target: Option<Located<String>>,
}

/// One day of the first week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Its name.
    pub day: String,
    /// What to do.
    pub text: String,
    /// The document that helps.
    pub target: Option<Located<String>>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Industry {
    Industry {
        industry: fields.required_term("industry", "industries"),
        regulator: fields.term("regulator", "regulators"),
        criteria: citations(fields, "criteria"),
        focus_points: fields
            .tables("focus_points")
            .into_iter()
            .map(focus_point)
            .collect(),
        risks: fields.tables("risks").into_iter().map(risk).collect(),
        paths: fields
            .tables("paths")
            .into_iter()
            .map(reading_path)
            .collect(),
        first_week: fields.tables("first_week").into_iter().map(day).collect(),
    }
}

fn focus_point(mut one: Fields<'_>) -> FocusPoint {
    let fields = &mut one;
    let value = FocusPoint {
        text: fields.required_text("text").value,
    };
    one.finish();
    value
}

fn risk(mut one: Fields<'_>) -> Risk {
    let fields = &mut one;
    let value = Risk {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        colour: fields.required_term("colour", "risk-colours"),
        place: fields.text("where").map(|text| text.value),
        harm: fields.text("harm").map(|text| text.value),
        control: fields.required_text("control").value,
        items: fields.texts("items"),
    };
    one.finish();
    value
}

fn reading_path(mut one: Fields<'_>) -> ReadingPath {
    let fields = &mut one;
    let value = ReadingPath {
        audience: fields.required_term("audience", "audiences"),
        sizes: fields.terms("sizes", "sizes"),
        steps: fields.tables("steps").into_iter().map(step).collect(),
    };
    one.finish();
    value
}

fn step(mut one: Fields<'_>) -> Step {
    let fields = &mut one;
    let value = Step {
        text: fields.required_text("text").value,
        target: fields.text("target"),
    };
    one.finish();
    value
}

fn day(mut one: Fields<'_>) -> Day {
    let fields = &mut one;
    let value = Day {
        day: fields.required_text("day").value,
        text: fields.required_text("text").value,
        target: fields.text("target"),
    };
    one.finish();
    value
}
