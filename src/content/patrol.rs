//! 网格员检查导则: what to look at, what to ask, when to report. Short, for a phone.

use super::fields::{Fields, Located};

/// A patrol guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patrol {
    /// How long a visit takes.
    pub minutes: Located<i64>,
    /// A sentence before the start.
    pub intro: Option<String>,
    /// What to look at.
    pub look: Vec<Look>,
    /// What to ask.
    pub ask: Vec<Ask>,
    /// When to report to whom.
    pub report: Vec<Report>,
    /// What to leave behind.
    pub leave: Vec<Leave>,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Stable id.
    pub id: Located<String>,
    /// What.
    pub text: String,
    /// Term of `risk-colours`.
    pub risk: Option<Located<String>>,
    /// How to see it.
    pub tip: Option<String>,
}

/// Something to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Stable id.
    pub id: Located<String>,
    /// The question.
    pub question: String,
    /// What a good answer holds.
    pub expect: Option<String>,
}

/// A reason to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Stable id.
    pub id: Located<String>,
    /// What was seen.
    pub when: String,
    /// To whom.
    pub to: String,
    /// How soon.
    pub within: String,
}

/// Something to leave behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// What.
    pub text: String,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Patrol {
    let patrol = Patrol {
        minutes: fields.required_integer("minutes"),
        intro: fields.text("intro").map(|text| text.value),
        look: fields.tables("look").into_iter().map(look).collect(),
        ask: fields.tables("ask").into_iter().map(ask).collect(),
        report: fields.tables("report").into_iter().map(report).collect(),
        leave: fields.tables("leave").into_iter().map(leave).collect(),
    };
    let ids = patrol.look.iter().map(|one| &one.id);
    let ids = ids.chain(patrol.ask.iter().map(|one| &one.id));
    let ids = ids.chain(patrol.report.iter().map(|one| &one.id));
    fields.context.unique(ids);
    patrol
}

fn look(mut one: Fields<'_>) -> Look {
    let fields = &mut one;
    let value = Look {
        id: fields.required_text("id"),
        text: fields.required_text("text").value,
        risk: fields.term("risk", "risk-colours"),
        tip: fields.text("tip").map(|text| text.value),
    };
    one.finish();
    value
}

fn ask(mut one: Fields<'_>) -> Ask {
    let fields = &mut one;
    let value = Ask {
        id: fields.required_text("id"),
        question: fields.required_text("question").value,
        expect: fields.text("expect").map(|text| text.value),
    };
    one.finish();
    value
}

fn report(mut one: Fields<'_>) -> Report {
    let fields = &mut one;
    let value = Report {
        id: fields.required_text("id"),
        when: fields.required_text("when").value,
        to: fields.required_text("to").value,
        within: fields.required_text("within").value,
    };
    one.finish();
    value
}

fn leave(mut one: Fields<'_>) -> Leave {
    let fields = &mut one;
    let value = Leave {
        text: fields.required_text("text").value,
    };
    one.finish();
    value
}
