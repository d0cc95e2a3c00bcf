//! Sources on disk, listed with walkdir. Symbolic links are followed only inside the project;
//! a loop, or a link that leads out, is an error and never a hang.

use super::{Entry, SourceError, Sources};
use crate::fs::{self, Action, FileError, Stat};
use crate::path::SourcePath;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// The files below a project folder.
#[derive(Clone, Debug)]
pub struct DiskSources {
    project: PathBuf,
}

impl DiskSources {
    /// Sources below `project`.
    #[must_use]
    pub fn new(project: PathBuf) -> Self {
        Self { project }
    }

    fn relative(&self, entry: &DirEntry) -> Result<SourcePath, SourceError> {
        let wrong = || SourceError::Name(entry.path().to_owned());
        let below = entry
            .path()
            .strip_prefix(&self.project)
            .map_err(|_| wrong())?;
        SourcePath::new(below.to_str().ok_or_else(wrong)?).map_err(|_| wrong())
    }

    fn check_link(&self, entry: &DirEntry) -> Result<(), SourceError> {
        if !entry.path_is_symlink() {
            return Ok(());
        }
        let outside = || SourceError::Link(entry.path().to_owned());
        let project = self.project.canonicalize().map_err(|_| outside())?;
        let target = entry.path().canonicalize().map_err(|_| outside())?;
        if target.starts_with(&project) {
            Ok(())
        } else {
            Err(outside())
        }
    }
}

impl Sources for DiskSources {
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError> {
        let folder = self.project.join(root.as_str());
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let walk = WalkDir::new(&folder).follow_links(true);
        for entry in walk.into_iter().filter_entry(is_visible) {
            let entry = entry.map_err(|error| listing_error(error, &folder))?;
            self.check_link(&entry)?;
            if entry.file_type().is_file() {
                let facts = entry.metadata();
                found.push(Entry {
                    path: self.relative(&entry)?,
                    stat: facts.ok().map(|facts| Stat::of(&facts)),
                });
            }
        }
        found.sort_by(|left: &Entry, right| left.path.cmp(&right.path));
        Ok(found)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError> {
        fs::read(&self.project.join(path.as_str()))
            .map(Into::into)
            .map_err(SourceError::File)
    }
}

/// Hidden files (`.git`, editors' own) are not part of a site.
fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn listing_error(error: walkdir::Error, folder: &Path) -> SourceError {
    let path = error.path().unwrap_or(folder).to_owned();
    if error.loop_ancestor().is_some() {
        return SourceError::Link(path);
    }
    let cause = error
        .into_io_error()
        .unwrap_or_else(|| std::io::Error::other("the folder changed while it was listed"));
    SourceError::File(FileError {
        action: Action::List,
        path,
        cause,
    })
}
