//! A file that readers can have: what it is called, its format and how large it is.

use super::site_path;
use crate::graph::Site;
use crate::path::{OutputPath, SourcePath};
use serde::Serialize;

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FileView {
    /// What readers see: the file's name.
    pub title: String,
    /// Its site path.
    pub url: String,
    /// Its format as readers know it, such as `Word` or `PDF`.
    pub format: String,
    /// Whether office programs open it.
    pub office: bool,
    /// Its size, such as `38 KB`.
    pub size: String,
}

impl FileView {
    /// The view of a published file, under its title where it has one.
    #[must_use]
    pub fn new(site: &Site, path: &SourcePath, title: Option<&str>) -> Self {
        let facts = site.files.get(path);
        let url = facts.map_or_else(String::new, |file| site_path(file.url.as_str()));
        let bytes = facts.map_or(0, |file| file.asset.size);
        let title = title.unwrap_or_else(|| path.file_name());
        Self::of(title.to_owned(), url, path.extension(), bytes)
    }

    /// The view of a document that was made under a title: readers save it by that.
    #[must_use]
    pub fn made(title: &str, path: &OutputPath, bytes: u64) -> Self {
        let extension = path.as_str().rsplit('.').next().unwrap_or_default();
        let url = site_path(path.as_str());
        Self::of(format!("{title}.{extension}"), url, extension, bytes)
    }

    /// Says another size, in bytes: that of what was made in the file's place.
    pub fn resize(&mut self, bytes: u64) {
        self.size = size(bytes);
    }

    fn of(title: String, url: String, extension: &str, bytes: u64) -> Self {
        // Readers know the program better than the format.
        let extension = extension.to_lowercase();
        let program = match extension.as_str() {
            "doc" | "docx" => Some("Word"),
            "xls" | "xlsx" => Some("Excel"),
            "ppt" | "pptx" => Some("PowerPoint"),
            _ => None,
        };
        Self {
            title,
            url,
            format: program.map_or_else(|| extension.to_uppercase(), ToOwned::to_owned),
            office: program.is_some(),
            size: size(bytes),
        }
    }
}

/// A size for readers: whole KB, or MB with one decimal.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}
