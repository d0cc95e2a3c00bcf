//! Writes what is new, and never over what is there. Reads of a site only its settings and its list of
//! industries; what is wrong in them is for `anjian check` to say.

use super::document::{self, Plan};
use super::id::Id;
use super::{folders, kind, site};
use crate::config::{self, Config, Overrides};
use crate::content::vocabulary::{self, Vocabularies};
use crate::diag::Message;
use crate::fs::{self, FileError, Standing};
use crate::parse::{self, data::Entry};
use crate::path::SourcePath;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The files, the document itself first.
    pub paths: Vec<PathBuf>,
    /// Folders, below the content folder, that still have no index and so no title.
    pub untitled: Vec<String>,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Refusal {
    /// A new site wants a folder of its own.
    NotEmpty(PathBuf),
    /// The document, or another at its address, is there already.
    Taken(PathBuf),
    /// The kind or the id cannot be used.
    Unsound(Message),
    /// The operating system refused.
    File(FileError),
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<Message> for Refusal {
    fn from(message: Message) -> Self {
        Self::Unsound(message)
    }
}

impl Refusal {
    /// The reason in both languages.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NotEmpty(folder) => {
                let folder = folder.display();
                Message::new(
                    format!("`{folder}` 里已经有文件，没有改动；换一个空文件夹"),
                    format!(
                        "`{folder}` holds files already and was left alone; name an empty folder"
                    ),
                )
            }
            Self::Taken(path) => {
                let path = path.display();
                Message::new(
                    format!("`{path}` 已经存在，没有改动；换一个编号"),
                    format!("`{path}` exists already and was left alone; take another id"),
                )
            }
            Self::Unsound(message) => message.clone(),
            Self::File(error) => Message::new(error.to_string(), error.to_string()),
        }
    }
}

/// Writes a new site into a folder that is absent or empty; a repository's `.git` may be there.
///
/// # Errors
/// [`Refusal`] where the folder holds files, or cannot be written.
pub fn write_site(folder: &Path, today: Date) -> Result<Written, Refusal> {
    let is_file = fs::standing(folder) == Standing::File && !folder.is_dir();
    if is_file || fs::names(folder)?.iter().any(|(name, _)| name != ".git") {
        return Err(Refusal::NotEmpty(folder.to_owned()));
    }
    let mut paths = Vec::new();
    for file in site::files(today) {
        let path = folder.join(&file.path);
        if !fs::write_new(&path, file.text.as_bytes())? {
            return Err(Refusal::Taken(path));
        }
        paths.push(path);
    }
    Ok(Written {
        paths,
        untitled: Vec::new(),
    })
}

/// Writes a new document into a site, with the indexes of usual folders that have none yet.
///
/// # Errors
/// [`Refusal`] where the kind or id is unsound, or something stands there already.
pub fn write_document(
    root: &Path,
    (word, id): (&str, &str),
    today: Date,
) -> Result<Written, Refusal> {
    let (kind, id) = (kind(word)?, Id::new(id)?);
    let (config, vocabularies) = (settings(root)?, industries(root)?);
    let plan = document::plan(kind, &id, today, &config, &vocabularies)?;
    let mut there = plan.rivals.iter().map(|path| root.join(path));
    if let Some(path) = there.find(|path| fs::standing(path) != Standing::Nothing) {
        return Err(Refusal::Taken(path));
    }
    let path = root.join(&plan.document.path);
    if !fs::write_new(&path, plan.document.text.as_bytes())? {
        return Err(Refusal::Taken(path));
    }
    let mut written = Written {
        paths: vec![path],
        untitled: Vec::new(),
    };
    write_indexes(root, &plan, &mut written)?;
    Ok(written)
}

fn write_indexes(root: &Path, plan: &Plan, written: &mut Written) -> Result<(), Refusal> {
    for folder in &plan.folders {
        let mut there = document::indexes(folder).map(|path| root.join(path));
        if there.any(|path| fs::standing(&path) != Standing::Nothing) {
            continue;
        }
        let Some(index) = folders::index(folder) else {
            written.untitled.push(folder.clone());
            continue;
        };
        let path = root.join(&index.path);
        if fs::write_new(&path, index.text.as_bytes())? {
            written.paths.push(path);
        }
    }
    Ok(())
}

fn settings(root: &Path) -> Result<Config, Refusal> {
    let Some((path, entries)) = data(root, "content/site.toml")? else {
        return Ok(Config::default());
    };
    Ok(config::read(&path, &entries, &Overrides::default()).value)
}

/// The vocabularies, of which only the industries are read.
fn industries(root: &Path) -> Result<Vocabularies, Refusal> {
    let mut vocabularies = Vocabularies::default();
    if let Some((path, entries)) = data(root, "content/vocabulary/industries.toml")? {
        let list = vocabulary::vocabulary(&path, &entries).value;
        vocabularies.lists.insert("industries".to_owned(), list);
    }
    Ok(vocabularies)
}

fn data(root: &Path, name: &str) -> Result<Option<(SourcePath, Vec<Entry>)>, Refusal> {
    let bytes = fs::read_if_present(&root.join(name))?;
    let found = bytes.zip(SourcePath::new(name).ok());
    Ok(found.map(|(bytes, path)| {
        let entries = parse::file(&path, &bytes).entries.value;
        (path, entries)
    }))
}
