//! What a document's own kind shows, one file per kind. Templates read it as `page.detail`; every word
//! and link that a template writes stands in it already. Entry point: [`detail`].

pub mod basis;
pub mod benchmark_case;
pub mod checklist;
pub mod clause;
pub mod edition;
pub mod enforcement_case;
pub mod form;
pub mod guide;
pub mod industry;
pub mod letter;
pub mod patrol;
pub mod policy;
pub mod register;
pub mod rules;

use super::DateView;
use super::card::TermView;
use super::page::ContentsView;
use crate::content::Kind;
use crate::content::fields::Located;
use crate::graph::{PageId, Site};
use crate::parse::markdown::escape;
use jiff::civil::DateTime;
use serde::Serialize;

/// What a document's own kind shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum DetailView {
    /// A per-industry guide with what the site has gathered for the industry.
    Industry(Box<industry::IndustryView>),
    /// 安全生产检查清单.
    Checklist(Box<checklist::ChecklistView>),
    /// 标准化运行提升指南.
    Guide(Box<guide::GuideView>),
    /// 达标细则.
    Rules(Box<rules::RulesView>),
    /// 网格员检查导则.
    Patrol(Box<patrol::PatrolView>),
    /// An example to follow.
    BenchmarkCase(Box<benchmark_case::BenchmarkCaseView>),
    /// An exposed case.
    EnforcementCase(Box<enforcement_case::EnforcementCaseView>),
    /// A reporting table.
    Form(Box<form::FormView>),
    /// 告知书 or 承诺书.
    Letter(Box<letter::LetterView>),
    /// A ledger to fill in.
    Register(Box<register::RegisterView>),
    /// A policy document.
    Policy(Box<policy::PolicyView>),
    /// Kinds without fields of their own.
    None,
}

/// The details of a page.
#[must_use]
pub fn detail(site: &Site, id: PageId) -> DetailView {
    match &site.pages[id].document.content.kind {
        Kind::Industry(one) => DetailView::Industry(Box::new(industry::view(site, id, one))),
        Kind::Checklist(edition, one) => {
            DetailView::Checklist(Box::new(checklist::view(site, id, edition, one)))
        }
        Kind::Guide(edition, one) => {
            DetailView::Guide(Box::new(guide::view(site, id, edition, one)))
        }
        Kind::Rules(edition, one) => {
            DetailView::Rules(Box::new(rules::view(site, id, edition, one)))
        }
        Kind::Patrol(edition, one) => {
            DetailView::Patrol(Box::new(patrol::view(site, id, edition, one)))
        }
        Kind::BenchmarkCase(one) => {
            DetailView::BenchmarkCase(Box::new(benchmark_case::view(site, id, one)))
        }
        Kind::EnforcementCase(one) => {
            DetailView::EnforcementCase(Box::new(enforcement_case::view(site, id, one)))
        }
        Kind::Form(one) => DetailView::Form(Box::new(form::view(one))),
        Kind::Letter(one) => DetailView::Letter(Box::new(letter::view(one))),
        Kind::Register(one) => DetailView::Register(Box::new(register::view(one))),
        Kind::Policy(one) => DetailView::Policy(Box::new(policy::view(site, one))),
        Kind::Page => DetailView::None,
    }
}

/// The term that an optional key names.
fn optional_term(site: &Site, vocabulary: &str, id: Option<&Located<String>>) -> Option<TermView> {
    id.map(|id| TermView::new(site, vocabulary, &id.value))
}

/// The terms that a list names.
fn terms(site: &Site, vocabulary: &str, ids: &[Located<String>]) -> Vec<TermView> {
    let ids = ids.iter();
    ids.map(|id| TermView::new(site, vocabulary, &id.value))
        .collect()
}

fn optional_date(date: Option<&Located<DateTime>>) -> Option<DateView> {
    date.map(|date| DateView::new(date.value))
}

impl DetailView {
    /// The numbered parts of kinds that are no running text, for the table of contents.
    #[must_use]
    pub fn contents(&self) -> Vec<ContentsView> {
        match self {
            Self::Checklist(checklist) => {
                let groups = checklist.groups.iter();
                groups
                    .map(|group| entry(&group.id, group.number, &group.title))
                    .collect()
            }
            Self::Rules(rules) => {
                let elements = rules.elements.iter();
                elements
                    .map(|element| entry(&element.id, element.number, &element.title))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// An entry of the table of contents for a part whose title is plain text.
fn entry(id: &str, number: usize, title: &str) -> ContentsView {
    ContentsView {
        level: 2,
        id: id.to_owned(),
        title: format!(
            "<span class=\"toc__number\">{number}</span>{}",
            escape::text(title)
        ),
    }
}
