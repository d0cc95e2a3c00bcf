//! What a site keeps beside its documents: settings, closed lists, references, terms, holidays, former addresses.

use super::super::BuildOptions;
use super::{File, Role};
use crate::config::{self, Config};
use crate::content::calendar::{self, Calendar};
use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::content::glossary::{self, Term};
use crate::content::reference::{self, Reference};
use crate::content::vocabulary::{self, Vocabularies};
use crate::diag::Checked;
use crate::path::SourcePath;
use std::collections::BTreeMap;

/// The addresses that earlier builds published (`content/addresses.toml`).
pub(super) fn addresses(files: &[File]) -> Checked<Vec<Located<String>>> {
    let file = files.iter().find(|file| file.role == Role::Addresses);
    let none = Vocabularies::default();
    let Some(file) = file else {
        return Checked {
            value: Vec::new(),
            diagnostics: Vec::new(),
        };
    };
    let context = Context::new(&file.path, &none);
    let mut fields = Fields::new(&context, &file.parsed.entries.value, 0..0);
    let value = fields.texts("addresses");
    fields.finish();
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

/// The settings (`content/site.toml`), with what the command line says of them.
pub(super) fn settings(files: &[File], options: &BuildOptions) -> Checked<Config> {
    let file = files.iter().find(|file| file.role == Role::Settings);
    match (file, SourcePath::new("content/site.toml")) {
        (Some(file), _) => config::read(&file.path, &file.parsed.entries.value, &options.overrides),
        (None, Ok(path)) => config::read(&path, &[], &options.overrides),
        (None, Err(_)) => Checked {
            value: Config::default(),
            diagnostics: Vec::new(),
        },
    }
}

/// The closed lists (`content/vocabulary/`).
pub(super) fn vocabularies(files: &[File]) -> Checked<Vocabularies> {
    let mut value = Vocabularies::default();
    let mut diagnostics = Vec::new();
    // A list with a fault in it would make mistakes of words that may stand behind the fault.
    let sound = |file: &&File| file.parsed.entries.diagnostics.is_empty();
    for file in files.iter().filter(sound) {
        let entries = &file.parsed.entries.value;
        match file.role {
            Role::ElementSets => {
                let sets = vocabulary::element_sets(&file.path, entries);
                diagnostics.extend(sets.diagnostics);
                value.element_sets = sets.value;
            }
            Role::Vocabulary => {
                let list = vocabulary::vocabulary(&file.path, entries);
                diagnostics.extend(list.diagnostics);
                let name = file.path.file_name().trim_end_matches(".toml").to_owned();
                value.lists.insert(name, list.value);
            }
            _ => {}
        }
    }
    Checked { value, diagnostics }
}

/// Laws, rules and standards (`content/references.toml`).
pub(super) fn references(files: &[File]) -> Checked<BTreeMap<String, Reference>> {
    let file = files.iter().find(|file| file.role == Role::References);
    let list = file.map(|file| reference::references(&file.path, &file.parsed.entries.value));
    let list = list.unwrap_or(Checked {
        value: Vec::new(),
        diagnostics: Vec::new(),
    });
    list.map(|list| {
        let named = list.into_iter().map(|one| (one.id.value.clone(), one));
        named.collect()
    })
}

/// The terms of the trade (`content/glossary.toml`).
pub(super) fn terms(files: &[File]) -> Checked<Vec<Term>> {
    let file = files.iter().find(|file| file.role == Role::Glossary);
    let list = file.map(|file| glossary::glossary(&file.path, &file.parsed.entries.value));
    list.unwrap_or(Checked {
        value: Vec::new(),
        diagnostics: Vec::new(),
    })
}

/// Days off and weekends that are worked (`content/holidays.toml`).
pub(super) fn holidays(files: &[File]) -> Checked<Calendar> {
    let file = files.iter().find(|file| file.role == Role::Holidays);
    let read = file.map(|file| calendar::calendar(&file.path, &file.parsed.entries.value));
    read.unwrap_or(Checked {
        value: Calendar::default(),
        diagnostics: Vec::new(),
    })
}
