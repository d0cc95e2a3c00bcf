//! The only module that touches `std::fs`. Every error names its path and what was tried.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom, Write};
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
    /// Writing a file.
    Write,
    /// Listing a folder.
    List,
    /// Making a folder.
    Create,
    /// Moving a file or folder.
    Move,
    /// Removing a file or folder.
    Remove,
    /// Asking for size and times.
    Inspect,
    /// Keeping other builds out.
    Lock,
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (zh, en) = match self.action {
            Action::Read => ("无法读取", "cannot read"),
            Action::Write => ("无法写入", "cannot write"),
            Action::List => ("无法列出文件夹", "cannot list the folder"),
            Action::Create => ("无法建立文件夹", "cannot make the folder"),
            Action::Move => ("无法移动", "cannot move"),
            Action::Remove => ("无法删除", "cannot remove"),
            Action::Inspect => ("无法查看", "cannot inspect"),
            Action::Lock => ("无法锁定", "cannot lock"),
        };
        let path = self.path.display();
        write!(formatter, "{zh} / {en} `{path}`: {}", self.cause)
    }
}

impl std::error::Error for FileError {}

fn failed(action: Action, path: &Path) -> impl FnOnce(io::Error) -> FileError + '_ {
    move |cause| FileError {
        action,
        path: path.to_owned(),
        cause,
    }
}

/// Absence is an answer, not a failure.
fn unless_absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(failed(Action::Read, path))
}

/// The bytes of a file that may be absent.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn read_if_present(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    unless_absent(std::fs::read(path)).map_err(failed(Action::Read, path))
}

/// Some bytes from the middle of a file.
///
/// # Errors
/// [`FileError`] naming the path, also where the file ends before.
pub fn read_range(path: &Path, offset: u64, length: usize) -> Result<Vec<u8>, FileError> {
    let read = || {
        let mut file = std::fs::File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(failed(Action::Read, path))
}

/// Writes a file, making the folders above it.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    match std::fs::write(path, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        result => return result.map_err(failed(Action::Write, path)),
    }
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    std::fs::write(path, bytes).map_err(failed(Action::Write, path))
}

/// Writes a file that is not there yet, making the folders above it; whether it was written. What
/// stands at the path, even a dangling link, stays as it is.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, FileError> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    let write = || {
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).open(path)?;
        file.write_all(bytes)
    };
    match write() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        result => result.map(|()| true).map_err(failed(Action::Write, path)),
    }
}

/// Replaces a file in one step: readers see the old bytes or the new, and a crash leaves one of them.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    let write = || {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(failed(Action::Write, &beside))?;
    rename(&beside, path)
}

/// Writes parts behind the first `length` bytes of a file; what stood there is cut off.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn append_at(path: &Path, length: u64, parts: &[Vec<u8>]) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    let append = || {
        let mut options = std::fs::OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        file.set_len(length)?;
        let mut writer = io::BufWriter::with_capacity(1 << 20, file);
        writer.seek(SeekFrom::Start(length))?;
        for part in parts {
            writer.write_all(part)?;
        }
        writer.flush()
    };
    append().map_err(failed(Action::Write, path))
}

/// Makes a folder with those above it.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn create_folder(path: &Path) -> Result<(), FileError> {
    std::fs::create_dir_all(path).map_err(failed(Action::Create, path))
}

/// Moves a file or folder; a file at the new place is replaced in one step.
///
/// # Errors
/// [`FileError`] naming the old path.
pub fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    std::fs::rename(from, to).map_err(failed(Action::Move, from))
}

/// Removes a file; an absent one is fine.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn remove_file(path: &Path) -> Result<(), FileError> {
    match std::fs::remove_file(path) {
        // A folder on the way may itself have become a file.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(()),
        result => unless_absent(result)
            .map(drop)
            .map_err(failed(Action::Remove, path)),
    }
}

/// Removes a folder with everything in it; an absent one is fine.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn remove_tree(path: &Path) -> Result<(), FileError> {
    unless_absent(std::fs::remove_dir_all(path))
        .map(drop)
        .map_err(failed(Action::Remove, path))
}

/// Removes a folder if it is empty; whether it is gone.
#[must_use]
pub fn remove_folder_if_empty(path: &Path) -> bool {
    std::fs::remove_dir(path).is_ok()
}

/// What stands at a path, without following a link at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A folder.
    Folder,
    /// A file, or a link.
    File,
}

/// What stands at a path.
#[must_use]
pub fn standing(path: &Path) -> Standing {
    match std::fs::symlink_metadata(path) {
        Ok(facts) if facts.is_dir() => Standing::Folder,
        Ok(_) => Standing::File,
        Err(_) => Standing::Nothing,
    }
}

/// The names in a folder with what they are; an absent folder is empty.
///
/// # Errors
/// [`FileError`] naming the folder.
pub fn names(path: &Path) -> Result<Vec<(std::ffi::OsString, Standing)>, FileError> {
    let list = || {
        let Some(entries) = unless_absent(std::fs::read_dir(path))? else {
            return Ok(Vec::new());
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let standing = match entry.file_type()?.is_dir() {
                true => Standing::Folder,
                false => Standing::File,
            };
            names.push((entry.file_name(), standing));
        }
        names.sort();
        Ok(names)
    };
    list().map_err(failed(Action::List, path))
}

/// The size of a file; nothing where there is none.
#[must_use]
pub fn size(path: &Path) -> Option<u64> {
    let facts = std::fs::symlink_metadata(path).ok()?;
    facts.is_file().then_some(facts.len())
}

/// A lock on a file that other processes respect; it ends with the value or the process.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held until dropped")] std::fs::File);

/// Takes the lock of a file, or says that another process holds it.
///
/// # Errors
/// [`FileError`] naming the path.
pub fn lock(path: &Path) -> Result<Option<Lock>, FileError> {
    let mut options = std::fs::OpenOptions::new();
    let file = options
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(failed(Action::Lock, path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(cause)) => Err(failed(Action::Lock, path)(cause)),
    }
}

/// A record of a file's outside by which a change shows without reading it: size, times and inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Stat {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970 when the bytes last changed.
    pub modified: i128,
    /// Nanoseconds since 1970 when bytes, name or rights last changed; 0 where there is no such time.
    pub changed: i128,
    /// The file's number; 0 where there is none.
    pub inode: u64,
}

/// Times count in steps: the kernel's clock ticks every few milliseconds, FAT counts in two seconds.
/// A change within one step of another may leave the times as they were (git calls such entries racily
/// clean), so times this near to a build are not trusted by the next.
const TICK_NANOSECONDS: i128 = 100_000_000;
const COARSE_NANOSECONDS: i128 = 2_100_000_000;

impl Stat {
    /// The record of a file's metadata.
    #[must_use]
    pub fn of(facts: &std::fs::Metadata) -> Self {
        let since = |time: io::Result<std::time::SystemTime>| {
            time.ok()
                .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
                .and_then(|age| i128::try_from(age.as_nanos()).ok())
                .unwrap_or_default()
        };
        let (changed, inode) = unix(facts);
        Self {
            size: facts.len(),
            modified: since(facts.modified()),
            changed,
            inode,
        }
    }

    /// Whether a build that began at `now` may trust this record later: a change after it would show.
    #[must_use]
    pub fn is_settled(&self, now: i128) -> bool {
        let second = 1_000_000_000;
        let fine = self.modified % second != 0 || self.changed % second != 0;
        let step = if fine {
            TICK_NANOSECONDS
        } else {
            COARSE_NANOSECONDS
        };
        self.modified.max(self.changed) < now - step
    }
}

#[cfg(unix)]
fn unix(facts: &std::fs::Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = i128::from(facts.ctime());
    (
        seconds * 1_000_000_000 + i128::from(facts.ctime_nsec()),
        facts.ino(),
    )
}

#[cfg(not(unix))]
fn unix(_facts: &std::fs::Metadata) -> (i128, u64) {
    (0, 0)
}
