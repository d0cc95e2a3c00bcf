//! The outward edge: what was published last time, what to publish now, and the one step between.
//! A manifest lists every published file with what it was made from; only files named in it are ever
//! replaced or removed. Entry points: [`Output`], [`Manifest`].

pub mod disk;
pub mod journal;
pub mod memory;

use crate::fs::FileError;
use crate::hash::Fingerprint;
use crate::path::OutputPath;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;

/// What is known about one published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Record {
    /// What it was made from: view, theme and program.
    pub inputs: Fingerprint,
    /// Its bytes.
    pub content: Fingerprint,
    /// Its size in bytes.
    pub size: u64,
}

/// Every published file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Records by path.
    pub files: BTreeMap<OutputPath, Record>,
}

/// What a commit does.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were staged and take their place now.
    pub write: BTreeSet<OutputPath>,
    /// Files of the last manifest that are gone.
    pub remove: BTreeSet<OutputPath>,
}

/// Why the site could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// The operating system refused.
    File(FileError),
    /// The folder holds files, and not by anjian.
    Foreign(PathBuf),
    /// A file that is not ours stands where one of ours should.
    InTheWay(PathBuf),
    /// Another build is at work on the same folder.
    Busy(PathBuf),
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(formatter),
            Self::Foreign(path) => write!(
                formatter,
                "输出文件夹 `{0}` 里有不是 anjian 生成的文件，为免误删不写入；换一个空文件夹，或先移走其中的文件 / the output folder `{0}` holds files that anjian did not make; choose an empty folder, or move its files away",
                path.display()
            ),
            Self::InTheWay(path) => write!(
                formatter,
                "`{0}` 不是 anjian 生成的，而本站有同名的文件要写；先移走它 / `{0}` was not made by anjian and stands where a file of the site should; move it away",
                path.display()
            ),
            Self::Busy(path) => write!(
                formatter,
                "另一个 anjian 正在写 `{0}`；等它结束后再试 / another anjian is writing `{0}`; try again when it is done",
                path.display()
            ),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<FileError> for WriteError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// A place to publish to.
pub trait Output: Sync {
    /// What was published last; empty for a place never written.
    fn manifest(&self) -> &Manifest;

    /// The sizes of the files that are there now, by path.
    ///
    /// # Errors
    /// [`WriteError`] when the place cannot be listed.
    fn present(&self) -> Result<HashMap<OutputPath, u64>, WriteError>;

    /// The bytes of a file that is published; nothing where it cannot be read.
    fn read(&self, path: &OutputPath) -> Option<Vec<u8>>;

    /// Puts a new file's bytes aside. Nothing changes for readers.
    ///
    /// # Errors
    /// [`WriteError`] when it cannot be written.
    fn stage(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WriteError>;

    /// Publishes: staged files take their places, files that are gone are removed, `manifest` becomes
    /// the last one. After a crash at any moment the place is as before or as wanted once it is opened
    /// again.
    ///
    /// # Errors
    /// [`WriteError`] when something cannot be moved or removed.
    fn commit(&mut self, changes: &Changes, manifest: Manifest) -> Result<(), WriteError>;
}
