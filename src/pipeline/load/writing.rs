//! How the files of a site are written: the office's word list, and what a reviewer finds in each file.

use super::{File, Role, below};
use crate::check;
use crate::check::language::Reviewer;
use crate::content::words::{self, Word};
use crate::diag::{Checked, Diagnostic};
use crate::path::SourcePath;
use rayon::prelude::*;

/// The names that are not to be used (`content/words.toml`).
pub(super) fn words(files: &[File]) -> Checked<Vec<Word>> {
    let file = files.iter().find(|file| file.role == Role::Words);
    let list = file.map(|file| words::words(&file.path, &file.parsed.entries.value));
    list.unwrap_or(Checked {
        value: Vec::new(),
        diagnostics: Vec::new(),
    })
}

/// What is wrong in how each file is written.
pub(super) fn reviewed(
    files: &[File],
    root: &SourcePath,
    reviewer: &Reviewer,
) -> Vec<Vec<Diagnostic>> {
    let files = files.par_iter().map(|file| {
        let found = reviewer.review(below(&file.path, root), &file.parsed);
        check::language::check(&file.path, &found)
    });
    files.collect()
}
