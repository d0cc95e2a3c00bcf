//! The only module that touches `std::fs`. Every error names its path and what was tried.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Something the operating system refused.
#[derive(Debug)]
pub struct FileError {
    /// What was tried, in Chinese and English.
    pub action: Action,
    /// On which path.
    pub path: PathBuf,
    /// What the operating system said.
    pub cause: io::Error,
}

/// What was tried on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reading a file.
    Read,
    /// Listing a folder.
    List,
    /// Asking for size and times.
    Inspect,
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = match self.action {
            Action::Read => ("无法读取", "cannot read"),
            Action::List => ("无法列出文件夹", "cannot list the folder"),
            Action::Inspect => ("无法查看", "cannot inspect"),
        };
        let path = self.path.display();
        write!(formatter, "{zh} / {en} `{path}`: {}", self.cause)
    }
}

impl std::error::Error for FileError {}

/// The bytes of a file.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(|cause| FileError {
        action: Action::Read,
        path: path.to_owned(),
        cause,
    })
}
