//! 安全生产检查清单: groups of items with stable clause ids.

use super::fields::{Fields, Located};
use super::reference::{Citation, citations, is_practice};

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Term of `checklist-levels`.
    pub level: Located<String>,
    /// The workshop or post it is for.
    pub place: Option<String>,
    /// How to use it.
    pub intro: Option<String>,
    /// The groups in order.
    pub groups: Vec<Group>,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Stable id.
    pub id: Located<String>,
    /// Its heading.
    pub title: String,
    /// A remark.
    pub note: Option<String>,
    /// The items in order.
    pub items: Vec<Item>,
}

/// One thing to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable clause id, the anchor of its address.
    pub id: Located<String>,
    /// The requirement.
    pub check: String,
    /// How to check it.
    pub how: String,
    /// What it rests on; empty for sound practice.
    pub basis: Vec<Citation>,
    /// Whether the author says that it is sound practice: `basis = "practice"`.
    pub is_practice: bool,
    /// Term of `risk-colours`.
    pub risk: Located<String>,
    /// Term of `frequencies`.
    pub frequency: Located<String>,
    /// Who checks: term of `audiences`.
    pub who: Located<String>,
    /// What to do when it is not met.
    pub rectify: Option<String>,
    /// Size classes; empty for all.
    pub sizes: Vec<Located<String>>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Checklist {
    let checklist = Checklist {
        level: fields.required_term("level", "checklist-levels"),
        place: fields.text("place").map(|text| text.value),
        intro: fields.text("intro").map(|text| text.value),
        groups: fields.tables("groups").into_iter().map(group).collect(),
    };
    let groups = checklist.groups.iter();
    fields
        .context
        .unique(groups.flat_map(|group| group.items.iter().map(|item| &item.id)));
    checklist
}

fn group(mut one: Fields<'_>) -> Group {
    let fields = &mut one;
    let value = Group {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        note: fields.text("note").map(|text| text.value),
        items: fields.tables("items").into_iter().map(item).collect(),
    };
    one.finish();
    value
}

fn item(mut one: Fields<'_>) -> Item {
    let fields = &mut one;
    let is_practice = is_practice(fields, "basis");
    let value = Item {
        id: fields.required_text("id"),
        check: fields.required_text("check").value,
        how: fields.required_text("how").value,
        basis: match is_practice {
            true => Vec::new(),
            false => citations(fields, "basis"),
        },
        is_practice,
        risk: fields.required_term("risk", "risk-colours"),
        frequency: fields.required_term("frequency", "frequencies"),
        who: fields.required_term("who", "audiences"),
        rectify: fields.text("rectify").map(|text| text.value),
        sizes: fields.terms("sizes", "sizes"),
    };
    one.finish();
    value
}
