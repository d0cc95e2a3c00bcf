//! The inward edge: a project's files by project-relative path, from disk or from memory.
//! Stages behind it see bytes and never open a file themselves.

pub mod disk;
pub mod memory;

use crate::fs::{FileError, Stat};
use crate::path::SourcePath;
use std::fmt;
use std::sync::Arc;

/// Why a source could not be had.
#[derive(Debug)]
pub enum SourceError {
    /// The operating system refused.
    File(FileError),
    /// There is no such file.
    Missing(SourcePath),
    /// A name cannot be a source path: not UTF-8, or with a backslash.
    Name(std::path::PathBuf),
    /// A symbolic link leads out of the project or back to a folder above it.
    Link(std::path::PathBuf),
}

impl fmt::Display for SourceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(formatter),
            Self::Missing(path) => write!(formatter, "文件不存在 / no such file `{path}`"),
            Self::Name(path) => write!(
                formatter,
                "文件名须为 UTF-8 且不含反斜杠 / a file name must be UTF-8 without backslashes: `{}`",
                path.display()
            ),
            Self::Link(path) => write!(
                formatter,
                "符号链接指向项目之外或形成循环 / a symbolic link leaves the project or loops: `{}`",
                path.display()
            ),
        }
    }
}

impl std::error::Error for SourceError {}

/// A file of the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its path.
    pub path: SourcePath,
    /// Its outside, where the sources have one.
    pub stat: Option<Stat>,
}

/// A project's files.
pub trait Sources: Sync {
    /// Every file below `root`, sorted by path. A missing root is an empty list.
    ///
    /// # Errors
    /// [`SourceError`] for a folder that cannot be listed or a name that cannot be a path.
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError>;

    /// The bytes of one file.
    ///
    /// # Errors
    /// [`SourceError`] when the file is missing or cannot be read.
    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError>;
}
