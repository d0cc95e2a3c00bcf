//! 达标细则: elements with points, how points are lost, and veto items. Points add up to the stated total.

use super::fields::{Fields, Located};
use super::reference::{Citation, citations};
use crate::diag::Message;

/// Attainment rules for one size class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Term of `sizes`.
    pub size_class: Located<String>,
    /// The id of the element set.
    pub element_set: Located<String>,
    /// The stated total of points.
    pub total: Located<i64>,
    /// Whom the rules are for.
    pub intro: Option<String>,
    /// How to score.
    pub usage: Option<String>,
    /// The elements in order.
    pub elements: Vec<RulesElement>,
    /// Items that decide alone.
    pub vetoes: Vec<Veto>,
}

/// The items of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesElement {
    /// The id of the element.
    pub element: Located<String>,
    /// Its items.
    pub items: Vec<RulesItem>,
}

/// One item with points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesItem {
    /// Stable clause id.
    pub id: Located<String>,
    /// What is required.
    pub requirement: String,
    /// Points to gain.
    pub points: Located<i64>,
    /// How points are lost.
    pub deduction: String,
    /// What shows it.
    pub evidence: Option<String>,
    /// What it rests on.
    pub basis: Vec<Citation>,
}

/// An item that decides alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Veto {
    /// Stable clause id.
    pub id: Located<String>,
    /// The item.
    pub text: String,
    /// What it rests on.
    pub basis: Vec<Citation>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Rules {
    let before = fields.context.count();
    let rules = Rules {
        size_class: fields.required_term("size_class", "sizes"),
        element_set: fields.required_text("element_set"),
        total: fields.required_integer("total"),
        intro: fields.text("intro").map(|text| text.value),
        usage: fields.text("use").map(|text| text.value),
        elements: fields
            .tables("elements")
            .into_iter()
            .map(rules_element)
            .collect(),
        vetoes: fields.tables("vetoes").into_iter().map(veto).collect(),
    };
    // A sum with a missing number in it is no second mistake.
    if !fields.context.lacks_values_since(before) {
        check_total(fields, &rules);
    }
    let items = rules.elements.iter().flat_map(|element| &element.items);
    let ids = items
        .map(|item| &item.id)
        .chain(rules.vetoes.iter().map(|veto| &veto.id));
    fields.context.unique(ids);
    rules
}

/// The points of all items must add up to the stated total.
fn check_total(fields: &Fields<'_>, rules: &Rules) {
    let items = rules.elements.iter().flat_map(|element| &element.items);
    let sum = items.fold(0_i64, |sum, item| sum.saturating_add(item.points.value));
    let total = rules.total.value;
    let gap = sum.abs_diff(total);
    let (zh, en) = match sum < total {
        true => ("再加", format!("add {gap} to")),
        false => ("减去", format!("take {gap} off")),
    };
    if sum != total {
        fields.context.error(
            "points-total",
            rules.total.bytes.clone(),
            Message::new(
                format!("各项分值合计 {sum} 分，与总分 {total} 分不符"),
                format!("the points add up to {sum}, the stated total is {total}"),
            ),
            Message::new(
                format!("调整各项分值，{zh} {gap} 分；或写成 total = {sum}"),
                format!("{en} the points, or write total = {sum}"),
            ),
        );
    }
}

fn rules_element(mut one: Fields<'_>) -> RulesElement {
    let fields = &mut one;
    let value = RulesElement {
        element: fields.required_text("element"),
        items: fields.tables("items").into_iter().map(rules_item).collect(),
    };
    one.finish();
    value
}

fn rules_item(mut one: Fields<'_>) -> RulesItem {
    let fields = &mut one;
    let value = RulesItem {
        id: fields.required_text("id"),
        requirement: fields.required_text("requirement").value,
        points: fields.required_integer("points"),
        deduction: fields.required_text("deduction").value,
        evidence: fields.text("evidence").map(|text| text.value),
        basis: citations(fields, "basis"),
    };
    one.finish();
    value
}

fn veto(mut one: Fields<'_>) -> Veto {
    let fields = &mut one;
    let value = Veto {
        id: fields.required_text("id"),
        text: fields.required_text("text").value,
        basis: citations(fields, "basis"),
    };
    one.finish();
    value
}
