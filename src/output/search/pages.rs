//! Which of a site's pages can be found, and what is known of them beside their text.

use super::directory::{Class, LAST};
use super::index::{Common, Facts, TermRow};
use super::keys::reading;
use crate::content::Kind;
use crate::graph::downloads::DOWNLOADS;
use crate::graph::editions::{is_repealed, specification};
use crate::graph::glossary::{self, GLOSSARY};
use crate::graph::{PageId, Site, TIMELINE};
use crate::output::Job;
use crate::text::fold::folded;
use crate::view::site_path;
use std::collections::BTreeMap;

/// Where readers search.
pub const SEARCH: &str = "/search/";

/// Kinds in the order in which equal answers stand.
const ORDER: [&str; 14] = [
    "industry",
    "checklist",
    "guide",
    "rules",
    "patrol",
    "page",
    "policy",
    "register",
    "letter",
    "form",
    "reference",
    "benchmark-case",
    "enforcement-case",
    "list",
];

/// What is known of the page that a job makes; nothing where it is none to be found.
#[must_use]
pub fn facts(site: &Site, job: &Job, words: &BTreeMap<String, String>) -> Option<Facts> {
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    match job {
        Job::Page(id) | Job::Home(id) => Some(document(site, *id)),
        Job::Section(id, 1) => site.sections[*id].index.map(|page| document(site, page)),
        Job::Reference(id) => {
            let one = site.references.get(id)?;
            let names = one.short.iter().chain(&one.number).cloned();
            let status = match one.status.value.as_str() {
                "current" => String::new(),
                other => other.to_owned(),
            };
            Some(Facts {
                url: site_path(site.reference_url(id).as_str()),
                title: one.title.clone(),
                names: names.collect(),
                date: String::new(),
                keywords: Vec::new(),
                class: class("reference", Vec::new(), status),
            })
        }
        Job::Glossary => Some(list(GLOSSARY, word("glossary"))),
        Job::Timeline => Some(list(TIMELINE, word("timeline"))),
        Job::Downloads(None) => Some(list(DOWNLOADS, word("downloads"))),
        Job::Specifications => Some(list("/specifications/", word("specifications"))),
        _ => None,
    }
}

fn list(url: &str, title: String) -> Facts {
    Facts {
        url: site_path(url),
        title,
        names: Vec::new(),
        date: String::new(),
        keywords: Vec::new(),
        class: class("list", Vec::new(), String::new()),
    }
}

fn class(kind: &str, industries: Vec<String>, status: String) -> Class {
    let rank = ORDER
        .iter()
        .position(|one| *one == kind)
        .unwrap_or(ORDER.len());
    Class {
        rank: u8::try_from(rank).unwrap_or(u8::MAX),
        kind: kind.to_owned(),
        industries,
        status,
    }
}

fn document(site: &Site, id: PageId) -> Facts {
    let page = &site.pages[id];
    let content = &page.document.content;
    let common = &content.common;
    let industries = common.industries.iter().map(|one| one.value.clone());
    let date = common.updated.as_ref().or(common.date.as_ref());
    let class = class(
        content.kind.word(),
        industries.collect(),
        status(&content.kind),
    );
    Facts {
        url: site_path(page.url.as_str()),
        title: page.title.clone(),
        names: names(&content.kind),
        date: date.map_or_else(String::new, |date| date.value.date().to_string()),
        keywords: common.keywords.clone(),
        class: match is_repealed(site, id) {
            true => Class {
                rank: LAST,
                ..class
            },
            false => class,
        },
    }
}

/// Further titles of a document.
fn names(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Form(form) => form.short_title.iter().cloned().collect(),
        Kind::Policy(policy) => {
            let number = policy.document_number.iter();
            number.map(|number| number.value.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// The status of what is not in force.
fn status(kind: &Kind) -> String {
    let edition = specification(kind).map(|one| one.status.value.as_str());
    let policy = match kind {
        Kind::Policy(policy) => policy.validity.as_ref().map(|one| one.value.as_str()),
        _ => None,
    };
    match edition.or(policy) {
        None | Some("current" | "in-force" | "amended") => String::new(),
        Some(other) => other.to_owned(),
    }
}

/// What is the same for every page: names of what can be filtered by, and terms.
#[must_use]
pub fn common(site: &Site, words: &BTreeMap<String, String>) -> Common {
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    let kinds = ORDER
        .iter()
        .map(|kind| (format!("kind:{kind}"), word(&format!("kind_{kind}"))));
    let industries = site.vocabularies.ids("industries").into_iter();
    let industries = industries.map(|id| {
        (
            format!("industry:{id}"),
            site.term_title("industries", id).to_owned(),
        )
    });
    let status = [
        "repealed",
        "consultation",
        "superseded",
        "partly-replaced",
        "draft",
        "not-yet",
    ];
    let status = status.iter().map(|id| {
        (
            format!("status:{id}"),
            word(&format!("found_{}", id.replace('-', "_"))),
        )
    });
    Common {
        names: kinds.chain(industries).chain(status).collect(),
        terms: terms(site),
    }
}

/// The terms of the glossary and of the vocabulary of industries, with other names.
fn terms(site: &Site) -> Vec<TermRow> {
    let read = |name: &str| {
        let letters = folded(name);
        let parts: Vec<String> = letters
            .chars()
            .map(|one| reading(&one.to_string()).0)
            .collect();
        parts.join(" ")
    };
    let mut rows: Vec<TermRow> = Vec::new();
    for term in &site.glossary.terms {
        let names: Vec<String> = term.names().map(|name| name.value.clone()).collect();
        let mut readings: Vec<String> = names.iter().map(|name| read(name)).collect();
        // The author's own reading of the term knows which of several is meant.
        readings[0] = glossary::reading(&term.pinyin).replace('ü', "v");
        rows.push(TermRow {
            names,
            one_way: false,
            readings,
        });
    }
    let industries = site.vocabularies.lists.get("industries");
    for term in industries.map_or(&[][..], |list| &list.terms) {
        let names: Vec<String> = std::iter::once(&term.title)
            .chain(&term.aliases)
            .cloned()
            .collect();
        let readings = names.iter().map(|name| read(name)).collect();
        rows.push(TermRow {
            names,
            one_way: true,
            readings,
        });
    }
    rows
}
