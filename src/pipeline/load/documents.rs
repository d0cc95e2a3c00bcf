//! From parsed files to typed documents: which are published today, and what becomes of the others.

use super::super::BuildOptions;
use super::{File, Html, Role};
use crate::check;
use crate::config::{Config, Strictness};
use crate::content::publish::Standing;
use crate::content::vocabulary::Vocabularies;
use crate::content::{self, Kind, foreign};
use crate::diag::{Checked, Diagnostic};
use crate::graph::tree::targets;
use crate::graph::{Document, EndedRecord, ended};
use crate::path::SourcePath;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// The typed documents.
#[derive(Default)]
pub(super) struct Documents {
    /// Those that are published.
    pub(super) documents: Vec<Document>,
    /// The targets of those that are not.
    pub(super) unpublished: BTreeSet<String>,
    /// The files that those name.
    pub(super) unpublished_files: BTreeSet<SourcePath>,
    /// Records that are no longer shown.
    pub(super) ended: Vec<EndedRecord>,
    /// The HTML of each published text.
    pub(super) html: HashMap<SourcePath, Html>,
    /// What is wrong in their keys.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The typed documents, those that are not published today set apart.
pub(super) fn documents(
    files: Vec<File>,
    root: &SourcePath,
    config: &Config,
    vocabularies: &Vocabularies,
    options: &BuildOptions,
) -> Documents {
    let files: Vec<File> = files
        .into_iter()
        .filter(|file| file.role == Role::Document)
        .collect();
    let paths: Vec<&SourcePath> = files.iter().map(|file| &file.path).collect();
    let targets = targets(&paths, root);
    let typed: Vec<_> = files
        .into_par_iter()
        .zip(targets)
        .map(|(file, target)| {
            let content = typed(&file, config.kind_of(&target), config, vocabularies);
            (file, target, content)
        })
        .collect();
    let mut all = Documents::default();
    for (file, target, content) in typed {
        all.diagnostics.extend(content.diagnostics);
        if let Kind::EnforcementCase(case) = &content.value.kind {
            let personal = &file.parsed.personal;
            let found = check::personal::names(&file.path, personal, case, &config.allowed);
            all.diagnostics.extend(found);
        }
        let standing = options.policy.standing(&content.value, vocabularies);
        let document = Document {
            path: file.path,
            fingerprint: file.fingerprint,
            content: content.value,
            body: file.parsed.body,
            noted: file.parsed.noted,
        };
        if standing == Standing::Published {
            all.html.insert(document.path.clone(), file.html);
            all.documents.push(document);
            continue;
        }
        all.unpublished_files
            .extend(ended::named_files(&document, root));
        match standing {
            Standing::Ended(why) => {
                let record = EndedRecord::new(document, target, why, vocabularies);
                all.ended.push(record);
            }
            _ => {
                all.unpublished.insert(target);
            }
        }
    }
    all
}

fn typed(
    file: &File,
    folder_kind: &str,
    config: &Config,
    vocabularies: &Vocabularies,
) -> Checked<content::Content> {
    let entries = &file.parsed.entries;
    let lenient = config.unknown_keys == Strictness::Warn;
    let adapted = lenient.then(|| foreign::adapt(&entries.value));
    let entries_read = adapted.as_deref().unwrap_or(&entries.value);
    let language = file.parsed.language;
    let mut content = content::document(
        &file.path,
        entries_read,
        language,
        folder_kind,
        vocabularies,
    );
    if lenient {
        foreign::soften(&mut content.diagnostics);
    }
    content
}
