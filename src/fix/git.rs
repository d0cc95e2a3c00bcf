//! Asks git which files of a project it holds as they are: only those can be had back, so only those are changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

/// Why git would not give a file back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// It was changed since the last commit.
    Changed,
    /// It was never added.
    Unknown,
    /// It is ignored.
    Ignored,
}

/// Why git cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoGit {
    /// There is no such program.
    Missing,
    /// It refused: the folder is not in a work tree, or git does not trust it.
    Refused(String),
}

/// What git does not hold as it is, by path below the project; a path that ends in `/` stands for all below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    unsaved: BTreeMap<String, Unsaved>,
}

impl Status {
    /// Why git would not give a file back; nothing where it would.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<Unsaved> {
        let exact = self.unsaved.get(path).copied();
        exact.or_else(|| {
            let mut folders = self.unsaved.iter();
            let above =
                folders.find(|(folder, _)| folder.ends_with('/') && path.starts_with(*folder));
            above.map(|(_, state)| *state)
        })
    }

    /// Reads `git status --porcelain -z`; `prefix` is where the project stands in the work tree.
    #[must_use]
    pub fn read(answer: &str, prefix: &str) -> Self {
        let mut unsaved = BTreeMap::new();
        let mut parts = answer.split('\0').filter(|part| !part.is_empty());
        while let Some(part) = parts.next() {
            let (Some(state), Some(path)) = (part.get(..2), part.get(3..)) else {
                continue;
            };
            if state.contains(['R', 'C']) {
                // The former name comes next.
                parts.next();
            }
            let why = match state {
                "??" => Unsaved::Unknown,
                "!!" => Unsaved::Ignored,
                _ => Unsaved::Changed,
            };
            // A folder above the project, such as one that is ignored, stands for all of it.
            let path = match path.strip_prefix(prefix) {
                Some(path) => path,
                None if prefix.starts_with(path) => "",
                None => continue,
            };
            let path = if path.is_empty() { "content/" } else { path };
            unsaved.insert(path.to_owned(), why);
        }
        Self { unsaved }
    }
}

/// What git says of a project's sources.
///
/// # Errors
/// [`NoGit`] where it cannot be asked.
pub fn status(root: &Path) -> Result<Status, NoGit> {
    let prefix = ask(root, &["rev-parse", "--show-prefix"])?;
    let answer = ask(
        root,
        &[
            "status",
            "--porcelain",
            "-z",
            "--untracked-files=all",
            "--ignored=matching",
            "--",
            "content",
        ],
    )?;
    Ok(Status::read(&answer, prefix.trim_end_matches(['\n', '\r'])))
}

fn ask(root: &Path, arguments: &[&str]) -> Result<String, NoGit> {
    let asked = Command::new("git")
        .arg("--no-optional-locks")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output();
    let Output {
        status,
        stdout,
        stderr,
    } = asked.map_err(|_| NoGit::Missing)?;
    if !status.success() {
        let said = String::from_utf8_lossy(&stderr);
        let line = said.lines().next().unwrap_or_default();
        return Err(NoGit::Refused(line.to_owned()));
    }
    // Names that are no UTF-8 are no source paths either.
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_says_is_read_below_the_project() {
        let answer = " M site/content/a.md\0?? site/content/新 建.md\0R  site/content/c.md\0site/content/b.md\0!! site/content/x/\0 M other/content/a.md\0";
        let status = Status::read(answer, "site/");
        assert_eq!(status.of("content/a.md"), Some(Unsaved::Changed));
        assert_eq!(status.of("content/新 建.md"), Some(Unsaved::Unknown));
        assert_eq!(status.of("content/c.md"), Some(Unsaved::Changed));
        assert_eq!(status.of("content/b.md"), None);
        assert_eq!(status.of("content/x/y.md"), Some(Unsaved::Ignored));
        assert_eq!(status.of("content/d.md"), None);
        let above = Status::read("!! site/\0", "site/");
        assert_eq!(above.of("content/a.md"), Some(Unsaved::Ignored));
    }
}
