//! A specification as a list of clauses, each with all that readers read of it: what two editions are compared by.
//! Entry points: [`clauses`], [`with_texts`] where a guide's text is at hand, [`successors`].

use super::detail::basis;
use super::detail::clause::number;
use crate::content::checklist::{Checklist, Item};
use crate::content::patrol::Patrol;
use crate::content::reference::Citation;
use crate::content::rules::{Rules, RulesItem};
use crate::content::{Content, Kind};
use crate::graph::comparison::{Clause, Part, Role, pair};
use crate::graph::editions::{after, of_page, retired};
use crate::graph::{PageId, Site};
use std::collections::BTreeMap;

/// The part of a text that stands under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's id; empty before the first heading.
    pub id: String,
    /// Its blocks, without the heading.
    pub lines: Vec<String>,
}

/// The clauses of a specification; of a guide the headings alone, as its text is not at hand.
#[must_use]
pub fn clauses(site: &Site, page: PageId) -> Vec<Clause> {
    with_texts(site, page, &[])
}

/// The clauses of a specification. `sections` is its text; the text of kinds other than guides is not part of their clauses
/// and is compared as one.
#[must_use]
pub fn with_texts(site: &Site, page: PageId, sections: &[Section]) -> Vec<Clause> {
    let content = &site.pages[page].document.content;
    let mut clauses = vec![front(site, content)];
    match &content.kind {
        Kind::Checklist(_, checklist) => clauses.extend(of_checklist(site, checklist)),
        Kind::Rules(_, rules) => clauses.extend(of_rules(site, rules)),
        Kind::Patrol(_, patrol) => clauses.extend(of_patrol(site, patrol)),
        Kind::Guide(..) => {
            return clauses
                .into_iter()
                .chain(of_guide(site, page, sections))
                .collect();
        }
        _ => {}
    }
    let text = sections.iter().flat_map(|section| &section.lines);
    let text: Vec<String> = text.cloned().collect();
    if let Some(front) = clauses.first_mut().filter(|_| !text.is_empty()) {
        front.parts.push(Part {
            name: "text",
            lines: text,
        });
    }
    clauses
}

/// For each clause of an edition the id of the clause that it became, edition by edition, up to another one. Nothing stands
/// here for a clause that was given up on the way.
#[must_use]
pub fn successors(site: &Site, from: PageId, to: PageId) -> BTreeMap<String, String> {
    let first = clauses(site, from);
    let ids = first.iter().filter(|one| one.role != Role::Front);
    let mut now: BTreeMap<String, String> =
        ids.map(|one| (one.id.clone(), one.id.clone())).collect();
    let mut old = first;
    for next in after(site, from) {
        let new = clauses(site, next);
        let said = of_page(site, next).map(retired).unwrap_or_default();
        let pairs = pair(&old, &new, &said);
        let step: BTreeMap<&str, &str> = pairs
            .iter()
            .filter_map(|pair| {
                Some((
                    old.get(pair.old)?.id.as_str(),
                    new.get(pair.new)?.id.as_str(),
                ))
            })
            .collect();
        now.retain(|_, id| match step.get(id.as_str()) {
            Some(later) => {
                *id = (*later).to_owned();
                true
            }
            None => false,
        });
        old = new;
        if next == to {
            break;
        }
    }
    now
}

fn part(name: &'static str, text: &str) -> Part {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Part {
        name,
        lines: lines.map(str::to_owned).collect(),
    }
}

fn optional(name: &'static str, text: Option<&String>) -> Part {
    part(name, text.map_or("", String::as_str))
}

fn bases(site: &Site, citations: &[Citation]) -> Part {
    let bases = basis::bases(site, citations).into_iter();
    let lines = bases.map(|basis| match basis.note {
        Some(note) => format!("{}（{note}）", basis.text),
        None => basis.text,
    });
    Part {
        name: "basis",
        lines: lines.collect(),
    }
}

fn clause(id: &str, role: Role, parts: Vec<Part>) -> Clause {
    Clause {
        id: id.to_owned(),
        role,
        group: String::new(),
        place: String::new(),
        number: String::new(),
        parts,
    }
}

/// What stands before the clauses.
fn front(site: &Site, content: &Content) -> Clause {
    let term = |vocabulary: &str, id: &str| site.term_title(vocabulary, id).to_owned();
    let parts = match &content.kind {
        Kind::Checklist(_, one) => vec![
            optional("intro", one.intro.as_ref()),
            part("level", &term("checklist-levels", &one.level.value)),
            optional("place", one.place.as_ref()),
        ],
        Kind::Rules(_, one) => vec![
            optional("intro", one.intro.as_ref()),
            optional("usage", one.usage.as_ref()),
            part("size", &term("sizes", &one.size_class.value)),
            part("total", &one.total.value.to_string()),
        ],
        Kind::Patrol(_, one) => vec![
            optional("intro", one.intro.as_ref()),
            part("minutes", &one.minutes.value.to_string()),
            Part {
                name: "leave",
                lines: one.leave.iter().map(|leave| leave.text.clone()).collect(),
            },
        ],
        _ => Vec::new(),
    };
    clause("", Role::Front, parts)
}

/// Puts the head of a group before its clauses.
fn group(
    id: &str,
    title: &str,
    note: Option<&String>,
    at: usize,
    clauses: Vec<Clause>,
) -> Vec<Clause> {
    let parts = vec![part("title", title), optional("note", note)];
    let mut head = clause(id, Role::Group, parts);
    head.number = (at + 1).to_string();
    let mut all = vec![head];
    all.extend(clauses.into_iter().enumerate().map(|(place, one)| Clause {
        number: number(at, place),
        ..one
    }));
    for one in &mut all {
        title.clone_into(&mut one.place);
        id.clone_into(&mut one.group);
    }
    all
}

fn of_checklist(site: &Site, checklist: &Checklist) -> Vec<Clause> {
    let groups = checklist.groups.iter().enumerate();
    let groups = groups.flat_map(|(at, one)| {
        let items = one.items.iter().map(|item| checklist_item(site, item));
        group(
            &one.id.value,
            &one.title,
            one.note.as_ref(),
            at,
            items.collect(),
        )
    });
    groups.collect()
}

fn checklist_item(site: &Site, item: &Item) -> Clause {
    let term = |name: &'static str, vocabulary: &str, id: &str| {
        part(name, site.term_title(vocabulary, id))
    };
    let sizes = item.sizes.iter();
    let sizes = sizes.map(|size| site.term_title("sizes", &size.value).to_owned());
    let parts = vec![
        part("requirement", &item.check),
        part("how", &item.how),
        bases(site, &item.basis),
        term("risk", "risk-colours", &item.risk.value),
        term("frequency", "frequencies", &item.frequency.value),
        term("who", "audiences", &item.who.value),
        optional("rectify", item.rectify.as_ref()),
        Part {
            name: "sizes",
            lines: sizes.collect(),
        },
    ];
    clause(&item.id.value, Role::Clause, parts)
}

fn of_rules(site: &Site, rules: &Rules) -> Vec<Clause> {
    let set = site.vocabularies.element_set(&rules.element_set.value);
    let title = |id: &str| -> String {
        let mut elements = set.map_or(&[][..], |set| &set.elements).iter();
        let found = elements.find(|one| one.id.value == id);
        found.map_or(id, |one| &one.title).to_owned()
    };
    let elements = rules.elements.iter().enumerate();
    let elements = elements.flat_map(|(at, one)| {
        let items = one.items.iter().map(|item| rules_item(site, item));
        let id = &one.element.value;
        // Clauses may be called like an element; the anchor keeps apart from them.
        group(
            &format!("element-{id}"),
            &title(id),
            None,
            at,
            items.collect(),
        )
    });
    let vetoes = rules.vetoes.iter().enumerate().map(|(at, veto)| {
        let parts = vec![part("veto", &veto.text), bases(site, &veto.basis)];
        Clause {
            group: VETOES.to_owned(),
            place: VETOES.to_owned(),
            number: (at + 1).to_string(),
            ..clause(&veto.id.value, Role::Clause, parts)
        }
    });
    vetoes.chain(elements).collect()
}

/// The groups that have no title of the author's; themes and commands have words for them.
pub const VETOES: &str = "vetoes";
const LOOK: &str = "look";
const ASK: &str = "ask";
const REPORT: &str = "report";

/// The names of groups for which there are words.
pub const NAMED_GROUPS: [&str; 4] = [VETOES, LOOK, ASK, REPORT];

fn rules_item(site: &Site, item: &RulesItem) -> Clause {
    let parts = vec![
        part("requirement", &item.requirement),
        part("points", &item.points.value.to_string()),
        part("deduction", &item.deduction),
        optional("evidence", item.evidence.as_ref()),
        bases(site, &item.basis),
    ];
    clause(&item.id.value, Role::Clause, parts)
}

fn of_patrol(site: &Site, patrol: &Patrol) -> Vec<Clause> {
    let risk = |id: &str| part("risk", site.term_title("risk-colours", id));
    let look = patrol.look.iter().map(|one| {
        let mut parts = vec![part("look", &one.text), optional("tip", one.tip.as_ref())];
        parts.extend(one.risk.as_ref().map(|one| risk(&one.value)));
        clause(&one.id.value, Role::Clause, parts)
    });
    let ask = patrol.ask.iter().map(|one| {
        let parts = vec![
            part("ask", &one.question),
            optional("expect", one.expect.as_ref()),
        ];
        clause(&one.id.value, Role::Clause, parts)
    });
    let report = patrol.report.iter().map(|one| {
        let parts = vec![
            part("report", &one.when),
            part("to", &one.to),
            part("within", &one.within),
        ];
        clause(&one.id.value, Role::Clause, parts)
    });
    let named = |name: &str, clauses: Vec<Clause>| -> Vec<Clause> {
        let clauses = clauses.into_iter().enumerate();
        clauses
            .map(|(at, one)| Clause {
                group: name.to_owned(),
                place: name.to_owned(),
                number: (at + 1).to_string(),
                ..one
            })
            .collect()
    };
    let mut all = named(LOOK, look.collect());
    all.extend(named(ASK, ask.collect()));
    all.extend(named(REPORT, report.collect()));
    all
}

/// The sections of a guide, each under the heading of level two above it.
fn of_guide(site: &Site, page: PageId, sections: &[Section]) -> Vec<Clause> {
    let body = &site.pages[page].document.body;
    let lines = |id: &str| -> Vec<String> {
        let own = sections.iter().filter(|section| section.id == id);
        own.flat_map(|section| section.lines.iter().cloned())
            .collect()
    };
    let text = |id: &str| Part {
        name: "text",
        lines: lines(id),
    };
    let mut all = vec![clause("", Role::Clause, vec![text("")])];
    let mut chapter = (String::new(), String::new());
    for heading in &body.headings {
        // The title of the page is no clause of its own.
        if heading.level == 1 && all.len() == 1 {
            if let Some(first) = all.first_mut() {
                first.parts.push(Part {
                    name: "text",
                    lines: lines(&heading.id),
                });
            }
            continue;
        }
        let parts = vec![part("title", &heading.title_text), text(&heading.id)];
        if heading.level <= 2 {
            chapter = (heading.id.clone(), heading.title_text.clone());
        }
        let mut one = clause(&heading.id, Role::Clause, parts);
        one.group.clone_from(&chapter.0);
        one.place.clone_from(&chapter.1);
        all.push(one);
    }
    // A text may begin with its first heading.
    all.retain(|one| !one.id.is_empty() || one.parts.iter().any(|part| !part.lines.is_empty()));
    all
}
