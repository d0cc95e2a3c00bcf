//! A place in memory: what tests publish to.

use super::{Changes, Manifest, Output, WriteError};
use crate::path::OutputPath;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

/// Published files by path, and those put aside.
#[derive(Debug, Default)]
pub struct MemoryOutput {
    /// The published files.
    pub files: BTreeMap<OutputPath, Vec<u8>>,
    /// How many files the last commit wrote.
    pub written: usize,
    manifest: Manifest,
    staged: Mutex<BTreeMap<OutputPath, Vec<u8>>>,
}

impl MemoryOutput {
    /// The text of a published file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        let path = OutputPath::new(path).ok()?;
        std::str::from_utf8(self.files.get(&path)?).ok()
    }
}

impl Output for MemoryOutput {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn present(&self) -> Result<HashMap<OutputPath, u64>, WriteError> {
        let files = self.files.iter();
        Ok(files
            .map(|(path, bytes)| (path.clone(), bytes.len().try_into().unwrap_or(u64::MAX)))
            .collect())
    }

    fn read(&self, path: &OutputPath) -> Option<Vec<u8>> {
        self.files.get(path).cloned()
    }

    fn stage(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WriteError> {
        let mut staged = self.staged.lock().unwrap_or_else(PoisonError::into_inner);
        staged.insert(path.clone(), bytes.to_vec());
        Ok(())
    }

    fn commit(&mut self, changes: &Changes, manifest: Manifest) -> Result<(), WriteError> {
        for path in &changes.remove {
            self.files.remove(path);
        }
        let staged = std::mem::take(
            self.staged
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner),
        );
        self.written = 0;
        for (path, bytes) in staged {
            if changes.write.contains(&path) {
                self.files.insert(path, bytes);
                self.written += 1;
            }
        }
        self.manifest = manifest;
        Ok(())
    }
}
