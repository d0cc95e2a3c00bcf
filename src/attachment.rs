//! Files that authors offer beside their pages: whether they are what their names say, and what must not be published
//! in them – programs, the names of those who wrote them, where and with what a photograph was taken. Pure: bytes in,
//! findings and clean bytes out.
//! Entry point: [`examine`].

pub mod compound;
pub mod copies;
pub mod format;
pub mod package;
pub mod pdf;
pub mod photo;
pub mod words;
pub mod xml;

use format::{Format, expected, found};
use serde::{Deserialize, Serialize};

/// Something wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// There is nothing in it.
    Empty,
    /// It is something else than its name says.
    Other(Format),
    /// It brings programs along.
    Program,
    /// It is locked by a password: neither readers nor we can look into it.
    Locked,
    /// It names its authors and is signed; without the names the signature would be void, so they stay.
    Signed,
    /// It is broken, so that nobody can tell whether it names its authors.
    Broken,
    /// It draws on files that stand elsewhere.
    Linked,
}

/// What a look into a file showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// What is wrong, each once.
    pub problems: Vec<Problem>,
    /// The file without the names of its authors, where it holds any.
    pub cleaned: Option<Vec<u8>>,
}

impl Examined {
    fn only(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
            cleaned: None,
        }
    }
}

/// Pictures that cameras and programs write more into than the picture.
const PICTURES: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// Looks into a file whose name ends with `extension`. What has no rule here is not looked into.
#[must_use]
pub fn examine(extension: &str, bytes: &[u8]) -> Examined {
    let extension = extension.to_lowercase();
    if PICTURES.contains(&extension.as_str()) {
        return photo::examine(&extension, bytes);
    }
    let Some(wanted) = expected(&extension) else {
        return Examined::default();
    };
    if bytes.is_empty() {
        return Examined::only(Problem::Empty);
    }
    let format = found(bytes);
    let examined = match format {
        Format::Compound => compound::examine(bytes),
        Format::Pdf => pdf::examine(bytes),
        Format::Word
        | Format::Excel
        | Format::PowerPoint
        | Format::OpenDocument
        | Format::Ofd
        | Format::Zip => package::examine(bytes),
        _ => Examined::default(),
    };
    // A locked document of the new formats is wrapped into the old container.
    let is_locked = examined.problems.contains(&Problem::Locked);
    match wanted.contains(&format) || is_locked {
        true => examined,
        false => Examined::only(Problem::Other(format)),
    }
}
