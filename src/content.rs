//! What documents mean: one file per kind, each a plain struct made from one document's keys.
//! Knows TOML with places and vocabularies; knows no other document. Entry point: [`document`].

pub mod calendar;
pub mod common;
pub mod fields;
pub mod foreign;
pub mod glossary;
pub mod publicity;
pub mod publish;
pub mod reference;
pub mod vocabulary;
pub mod words;

pub mod benchmark_case;
pub mod checklist;
pub mod enforcement_case;
pub mod form;
pub mod guide;
pub mod industry;
pub mod letter;
pub mod patrol;
pub mod policy;
pub mod register;
pub mod rules;

use crate::diag::Checked;
use crate::parse::data::Entry;
use crate::parse::front_matter::Language;
use crate::path::SourcePath;
use common::{Common, Specification};
use fields::context::Context;
use fields::{Fields, Located};
use vocabulary::Vocabularies;

/// The kinds of document by the word of the `kind` key.
pub const KINDS: [&str; 12] = [
    "industry",
    "checklist",
    "guide",
    "rules",
    "patrol",
    "benchmark-case",
    "enforcement-case",
    "form",
    "letter",
    "register",
    "policy",
    "page",
];

/// A document's meaning: what all kinds share, and what its own kind holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The keys of every kind.
    pub common: Common,
    /// The keys of its kind.
    pub kind: Kind,
}

/// What the document's own kind holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A per-industry guide.
    Industry(industry::Industry),
    /// 安全生产检查清单.
    Checklist(Specification, checklist::Checklist),
    /// 标准化运行提升指南.
    Guide(Specification, guide::Guide),
    /// 达标细则.
    Rules(Specification, rules::Rules),
    /// 网格员检查导则.
    Patrol(Specification, patrol::Patrol),
    /// An example to follow.
    BenchmarkCase(benchmark_case::BenchmarkCase),
    /// An exposed case.
    EnforcementCase(enforcement_case::EnforcementCase),
    /// A reporting table.
    Form(form::Form),
    /// 告知书 or 承诺书.
    Letter(letter::Letter),
    /// A ledger to fill in.
    Register(register::Register),
    /// A policy document.
    Policy(policy::Policy),
    /// Anything else.
    Page,
}

/// Reads a document's keys. `folder_kind` is the kind that the site gives to the folder; the
/// document's own `kind` key goes before it.
#[must_use]
pub fn document(
    source: &SourcePath,
    entries: &[Entry],
    language: Language,
    folder_kind: &str,
    vocabularies: &Vocabularies,
) -> Checked<Content> {
    let context = Context::new(source, vocabularies).written_in(language);
    let mut fields = Fields::new(&context, entries, 0..0);
    let written = entries.iter().any(|entry| entry.key == "kind");
    let word = if written {
        fields.choice("kind", &KINDS).value
    } else {
        folder_kind.to_owned()
    };
    let common = common::read(&mut fields);
    let kind = kind(&word, &mut fields);
    // What the keys of an unknown kind are, nobody knows.
    if KINDS.contains(&word.as_str()) {
        fields.finish();
    }
    Checked {
        value: Content { common, kind },
        diagnostics: context.into_diagnostics(),
    }
}

fn kind(word: &str, fields: &mut Fields<'_>) -> Kind {
    match word {
        "industry" => Kind::Industry(industry::read(fields)),
        "checklist" => Kind::Checklist(common::specification(fields), checklist::read(fields)),
        "guide" => Kind::Guide(common::specification(fields), guide::read(fields)),
        "rules" => Kind::Rules(common::specification(fields), rules::read(fields)),
        "patrol" => Kind::Patrol(common::specification(fields), patrol::read(fields)),
        "benchmark-case" => Kind::BenchmarkCase(benchmark_case::read(fields)),
        "enforcement-case" => Kind::EnforcementCase(enforcement_case::read(fields)),
        "form" => Kind::Form(form::read(fields)),
        "letter" => Kind::Letter(letter::read(fields)),
        "register" => Kind::Register(register::read(fields)),
        "policy" => Kind::Policy(policy::read(fields)),
        _ => Kind::Page,
    }
}

impl Kind {
    /// The word of the `kind` key.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Industry(_) => "industry",
            Self::Checklist(..) => "checklist",
            Self::Guide(..) => "guide",
            Self::Rules(..) => "rules",
            Self::Patrol(..) => "patrol",
            Self::BenchmarkCase(_) => "benchmark-case",
            Self::EnforcementCase(_) => "enforcement-case",
            Self::Form(_) => "form",
            Self::Letter(_) => "letter",
            Self::Register(_) => "register",
            Self::Policy(_) => "policy",
            Self::Page => "page",
        }
    }
}

impl Content {
    /// Every citation of the document, in its order.
    #[must_use]
    pub fn citations(&self) -> Vec<&reference::Citation> {
        match &self.kind {
            Kind::Industry(industry) => industry.criteria.iter().collect(),
            Kind::Checklist(_, checklist) => {
                let items = checklist.groups.iter().flat_map(|group| &group.items);
                items.flat_map(|item| &item.basis).collect()
            }
            Kind::Rules(_, rules) => {
                let items = rules.elements.iter().flat_map(|element| &element.items);
                let vetoes = rules.vetoes.iter().flat_map(|veto| &veto.basis);
                items.flat_map(|item| &item.basis).chain(vetoes).collect()
            }
            Kind::EnforcementCase(case) => {
                case.violations.iter().chain(&case.penalty_basis).collect()
            }
            Kind::Guide(..)
            | Kind::Patrol(..)
            | Kind::BenchmarkCase(_)
            | Kind::Form(_)
            | Kind::Letter(_)
            | Kind::Register(_)
            | Kind::Policy(_)
            | Kind::Page => Vec::new(),
        }
    }
}

impl Content {
    /// The ids of the document's clauses: what others may point at with `#`.
    #[must_use]
    pub fn clauses(&self) -> Vec<&str> {
        let ids = self.located_clauses().into_iter();
        ids.map(|id| id.value.as_str()).collect()
    }

    /// The ids of the document's clauses, with their places.
    #[must_use]
    pub fn located_clauses(&self) -> Vec<&Located<String>> {
        match &self.kind {
            Kind::Checklist(_, checklist) => {
                let items = checklist.groups.iter().flat_map(|group| &group.items);
                let groups = checklist.groups.iter().map(|group| &group.id);
                groups.chain(items.map(|item| &item.id)).collect()
            }
            Kind::Rules(_, rules) => {
                let items = rules.elements.iter().flat_map(|element| &element.items);
                let vetoes = rules.vetoes.iter().map(|veto| &veto.id);
                items.map(|item| &item.id).chain(vetoes).collect()
            }
            Kind::Patrol(_, patrol) => {
                let look = patrol.look.iter().map(|one| &one.id);
                let ask = patrol.ask.iter().map(|one| &one.id);
                look.chain(ask)
                    .chain(patrol.report.iter().map(|one| &one.id))
                    .collect()
            }
            Kind::Industry(industry) => industry.risks.iter().map(|risk| &risk.id).collect(),
            _ => Vec::new(),
        }
    }

    /// Photographs that the document names in its keys.
    #[must_use]
    pub fn photos(&self) -> Vec<&Located<String>> {
        match &self.kind {
            Kind::BenchmarkCase(case) => case.photos.iter().map(|photo| &photo.src).collect(),
            _ => Vec::new(),
        }
    }

    /// Every other document or clause that this one names in its keys.
    #[must_use]
    pub fn targets(&self) -> Vec<&Located<String>> {
        match &self.kind {
            Kind::Industry(industry) => {
                let items = industry.risks.iter().flat_map(|risk| &risk.items);
                let steps = industry.paths.iter().flat_map(|path| &path.steps);
                let days = industry
                    .first_week
                    .iter()
                    .filter_map(|day| day.target.as_ref());
                items
                    .chain(steps.filter_map(|step| step.target.as_ref()))
                    .chain(days)
                    .collect()
            }
            Kind::Checklist(edition, _)
            | Kind::Guide(edition, _)
            | Kind::Rules(edition, _)
            | Kind::Patrol(edition, _) => edition.supersedes.iter().collect(),
            Kind::EnforcementCase(case) => case.caught_by.iter().collect(),
            Kind::Policy(policy) => policy.forms.iter().collect(),
            _ => Vec::new(),
        }
    }
}
