//! A folder to publish to. Everything that is not for readers (manifest, journal, staged files, lock)
//! stands beside it in `.<name>.anjian`, so the folder itself can be served or copied as it is.
//!
//! A commit: stage all files → write the journal → move the files into place (whole folders where the
//! place is free) → remove what is gone → manifest → drop the journal. [`DiskOutput::open`] completes a
//! journal that it finds, and drops staged files without one.

use super::journal::Journal;
use super::{Changes, Manifest, Output, WriteError};
use crate::fs::{self, Lock, Standing};
use crate::path::OutputPath;
use crate::seal;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A folder with its state beside it.
#[derive(Debug)]
pub struct DiskOutput {
    folder: PathBuf,
    state: PathBuf,
    manifest: Manifest,
    /// Whether anything was staged since the last commit.
    staged: AtomicBool,
    _lock: Lock,
}

impl DiskOutput {
    /// Opens a folder, taking its lock and completing what a killed build left.
    ///
    /// # Errors
    /// [`WriteError::Foreign`] for a folder with files but without a manifest beside it,
    /// [`WriteError::Busy`] while another build holds it.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        let state = state_of(folder);
        // A folder of somebody else's is refused before anything is made beside it.
        if fs::standing(&state) == Standing::Nothing && holds_files(folder)? {
            return Err(WriteError::Foreign(folder.to_owned()));
        }
        fs::create_folder(&state)?;
        let lock = fs::lock(&state.join("lock"))?;
        let lock = lock.ok_or_else(|| WriteError::Busy(folder.to_owned()))?;
        recover(folder, &state)?;
        let manifest = fs::read_if_present(&state.join("manifest"))?;
        let manifest: Option<Manifest> = manifest.and_then(|bytes| seal::open(&bytes));
        if manifest.is_none() && holds_files(folder)? {
            return Err(WriteError::Foreign(folder.to_owned()));
        }
        Ok(Self {
            folder: folder.to_owned(),
            state,
            manifest: manifest.unwrap_or_default(),
            staged: AtomicBool::new(false),
            _lock: lock,
        })
    }

    /// Completes the commit of a killed build, where there is one; whether there was.
    ///
    /// # Errors
    /// As [`DiskOutput::open`].
    pub fn finish_interrupted(folder: &Path) -> Result<bool, WriteError> {
        let interrupted = fs::standing(&state_of(folder).join("journal")) != Standing::Nothing;
        if interrupted {
            Self::open(folder)?;
        }
        Ok(interrupted)
    }

    /// The folder beside the output that holds its state.
    #[must_use]
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// Refuses to write over files that are not in the last manifest.
    fn check_ways(&self, changes: &Changes) -> Result<(), WriteError> {
        if fs::standing(&self.folder) == Standing::Nothing {
            return Ok(());
        }
        let new = changes.write.iter();
        for path in new.filter(|path| !self.manifest.files.contains_key(*path)) {
            let place = self.folder.join(path.as_str());
            if fs::standing(&place) == Standing::File {
                return Err(WriteError::InTheWay(place));
            }
        }
        Ok(())
    }
}

/// `output/.site.anjian` for `output/site`.
fn state_of(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.anjian"))
}

fn holds_files(folder: &Path) -> Result<bool, WriteError> {
    match fs::standing(folder) {
        Standing::Nothing => Ok(false),
        Standing::File => Ok(true),
        Standing::Folder => Ok(!fs::names(folder)?.is_empty()),
    }
}

/// Completes a decided commit, or drops one that was not.
fn recover(folder: &Path, state: &Path) -> Result<(), WriteError> {
    let bytes = fs::read_if_present(&state.join("journal"))?;
    if let Some(journal) = bytes.and_then(|bytes| seal::open::<Journal>(&bytes)) {
        apply(folder, state, &journal)?;
    }
    fs::remove_file(&state.join("journal"))?;
    fs::remove_tree(&state.join("stage"))?;
    Ok(())
}

/// Does what a journal says; may have been begun before.
fn apply(folder: &Path, state: &Path, journal: &Journal) -> Result<(), WriteError> {
    let stage = state.join("stage");
    // Files that became folders and folders that became files must go first, all others last, so that
    // readers of a published folder miss nothing in between.
    let in_the_way = |path: &&OutputPath| {
        let place = stage.join(path.as_str());
        let above = place.ancestors().skip(1);
        let mut above = above.take_while(|above| above.starts_with(&stage) && **above != stage);
        fs::standing(&place) == Standing::Folder
            || above.any(|above| fs::standing(above) == Standing::File)
    };
    let (first, last): (Vec<&OutputPath>, Vec<&OutputPath>) =
        journal.remove.iter().partition(in_the_way);
    remove(folder, &first)?;
    move_tree(&stage, folder)?;
    remove(folder, &last)?;
    fs::replace(&state.join("manifest"), &seal::seal(&journal.manifest))?;
    Ok(())
}

fn remove(folder: &Path, paths: &[&OutputPath]) -> Result<(), WriteError> {
    for path in paths {
        let place = folder.join(path.as_str());
        if fs::standing(&place) == Standing::File {
            fs::remove_file(&place)?;
        }
        let above = place.ancestors().skip(1);
        for above in above.take_while(|above| *above != folder) {
            if !fs::remove_folder_if_empty(above) {
                break;
            }
        }
    }
    Ok(())
}

/// Moves everything below `from` to below `to`; whole folders where nothing stands in their place.
fn move_tree(from: &Path, to: &Path) -> Result<(), WriteError> {
    if fs::standing(from) == Standing::Nothing {
        return Ok(());
    }
    if fs::standing(to) == Standing::Nothing {
        if let Some(above) = to.parent() {
            fs::create_folder(above)?;
        }
        return Ok(fs::rename(from, to)?);
    }
    for (name, standing) in fs::names(from)? {
        let (source, place) = (from.join(&name), to.join(&name));
        if standing == Standing::Folder {
            move_tree(&source, &place)?;
        } else {
            fs::rename(&source, &place)?;
        }
    }
    Ok(())
}

impl Output for DiskOutput {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn present(&self) -> Result<HashMap<OutputPath, u64>, WriteError> {
        use rayon::prelude::*;
        // Only our own files matter; asking for each is quicker than walking the tree.
        let files: Vec<&OutputPath> = self.manifest.files.keys().collect();
        let found = files.par_iter().filter_map(|path| {
            let size = fs::size(&self.folder.join(path.as_str()))?;
            Some(((*path).clone(), size))
        });
        Ok(found.collect())
    }

    fn read(&self, path: &OutputPath) -> Option<Vec<u8>> {
        let path = self.folder.join(path.as_str());
        fs::read_if_present(&path).ok().flatten()
    }

    fn stage(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WriteError> {
        self.staged.store(true, Ordering::Relaxed);
        let place = self.state.join("stage").join(path.as_str());
        Ok(fs::write(&place, bytes)?)
    }

    fn commit(&mut self, changes: &Changes, manifest: Manifest) -> Result<(), WriteError> {
        if changes.write.is_empty() && changes.remove.is_empty() && manifest == self.manifest {
            return Ok(());
        }
        self.check_ways(changes)?;
        let journal = Journal::new(changes, manifest);
        fs::replace(&self.state.join("journal"), &seal::seal(&journal))?;
        apply(&self.folder, &self.state, &journal)?;
        fs::remove_file(&self.state.join("journal"))?;
        fs::remove_tree(&self.state.join("stage"))?;
        self.manifest = journal.manifest;
        self.staged.store(false, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for DiskOutput {
    /// What was staged by a build that then failed is of no use to the next.
    fn drop(&mut self) {
        if self.staged.load(Ordering::Relaxed) {
            // The next build drops it if this one cannot.
            let _ = fs::remove_tree(&self.state.join("stage"));
        }
    }
}
