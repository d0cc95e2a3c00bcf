//! Mends the files of a project on disk: all of them, or those below some paths.

use super::git::{NoGit, Status, Unsaved, status};
use super::{Mended, mend};
use crate::diag::Message;
use crate::fs::{self, FileError};
use crate::parse::front_matter::decode;
use crate::path::SourcePath;
use crate::pipeline::BuildOptions;
use crate::pipeline::load::{below, content_folder, load_afresh};
use crate::source::disk::DiskSources;
use crate::source::{SourceError, Sources};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// A file that can be mended.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which.
    pub path: SourcePath,
    /// Its text as it is.
    pub before: String,
    /// As it should be.
    pub after: String,
}

/// What can be mended in a project.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The files, in order.
    pub changes: Vec<Change>,
    /// Findings that would be mended.
    pub mended: usize,
    /// Findings that are left for a person.
    pub left: usize,
}

/// What can be mended in the files below `wanted`, or in all where that is empty.
///
/// # Errors
/// [`SourceError`] when a file cannot be read.
pub fn plan(root: &Path, wanted: &[PathBuf], options: &BuildOptions) -> Result<Plan, SourceError> {
    let sources = DiskSources::new(root.to_owned());
    let reviewer = load_afresh(&sources, options)?.reviewer;
    let folder = content_folder()?;
    let listed = sources.list(&folder)?.into_iter().map(|entry| entry.path);
    let files: Vec<SourcePath> = listed
        .filter(|path| matches!(path.extension(), "md" | "toml") && is_wanted(root, path, wanted))
        .collect();
    let mended: Vec<Option<(Change, Mended)>> = files
        .into_par_iter()
        .map(|path| {
            let bytes = sources.read(&path)?;
            let Ok(text) = decode(&bytes, &path) else {
                return Ok(None);
            };
            let place = below(&path, &folder).to_owned();
            let mended = mend(&path, text, &|parsed| reviewer.review(&place, parsed));
            let change = Change {
                before: text.to_owned(),
                after: mended.text.clone(),
                path,
            };
            Ok(Some((change, mended)))
        })
        .collect::<Result<_, SourceError>>()?;
    let mut plan = Plan::default();
    for (change, mended) in mended.into_iter().flatten() {
        plan.mended += mended.mended;
        plan.left += mended.left;
        if change.before != change.after {
            plan.changes.push(change);
        }
    }
    Ok(plan)
}

fn is_wanted(root: &Path, path: &SourcePath, wanted: &[PathBuf]) -> bool {
    let Ok(file) = root.join(path.as_str()).canonicalize() else {
        return wanted.is_empty();
    };
    wanted.is_empty() || wanted.iter().any(|one| file.starts_with(one))
}

/// What became of a plan.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files that were written.
    pub written: Vec<SourcePath>,
    /// Files that were left as they are, and why.
    pub refused: Vec<(SourcePath, Message)>,
}

/// Writes what git can give back; all of it where git need not be asked.
///
/// # Errors
/// [`Refusal`] where git cannot be asked, or a file cannot be written.
pub fn write(root: &Path, plan: &Plan, asks_git: bool) -> Result<Outcome, Refusal> {
    let saved = if asks_git {
        status(root).map_err(Refusal::Git)?
    } else {
        Status::default()
    };
    let mut outcome = Outcome::default();
    for change in &plan.changes {
        match refusal(root, change, &saved, asks_git) {
            Some(why) => outcome.refused.push((change.path.clone(), why)),
            None => {
                let path = root.join(change.path.as_str());
                fs::write(&path, change.after.as_bytes()).map_err(Refusal::File)?;
                outcome.written.push(change.path.clone());
            }
        }
    }
    Ok(outcome)
}

/// Why a file is not written.
fn refusal(root: &Path, change: &Change, saved: &Status, asks_git: bool) -> Option<Message> {
    let path = root.join(change.path.as_str());
    let real = root
        .canonicalize()
        .ok()
        .map(|root| root.join(change.path.as_str()));
    if asks_git && path.canonicalize().ok() != real {
        return Some(Message::new(
            "经过符号链接，git 保存的不是这个文件；改链接指向的文件",
            "it is reached through a symbolic link; mend the file behind it",
        ));
    }
    let why = match saved.of(change.path.as_str()) {
        Some(Unsaved::Changed) => Message::new(
            "有还没有提交的改动，改坏了找不回来；先 git commit",
            "it has uncommitted changes, which could not be had back; commit them first",
        ),
        Some(Unsaved::Unknown) => Message::new(
            "还没有加入 git；先 git add、git commit",
            "git does not know it; add and commit it first",
        ),
        Some(Unsaved::Ignored) => {
            Message::new("git 不保存这个文件（.gitignore）", "git ignores it")
        }
        None => match fs::read(&path) {
            Ok(bytes) if bytes == change.before.as_bytes() => return None,
            _ => Message::new(
                "刚刚被改过；再运行一次",
                "it has just been changed; run the command again",
            ),
        },
    };
    Some(why)
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum Refusal {
    /// Git cannot be asked.
    Git(NoGit),
    /// A file cannot be written.
    File(FileError),
}

impl Refusal {
    /// What to tell.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Git(NoGit::Missing) => Message::new(
                "找不到 git，改坏了找不回来，所以没有改；装上 git，或者自己留好备份后加 --no-git",
                "there is no git, so nothing could be had back and nothing was changed; install git, or keep a copy and add --no-git",
            ),
            Self::Git(NoGit::Refused(said)) => Message::new(
                format!(
                    "git 不能用在这个文件夹（{said}），改坏了找不回来，所以没有改；在 git 工作区里运行，或者自己留好备份后加 --no-git"
                ),
                format!(
                    "git does not answer for this folder ({said}), so nothing could be had back and nothing was changed; run in a git work tree, or keep a copy and add --no-git"
                ),
            ),
            Self::File(error) => Message::new(error.to_string(), error.to_string()),
        }
    }
}
