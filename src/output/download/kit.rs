//! The kit of an industry and a size class: the documents that an enterprise needs, with a text to read first, in one
//! packed file. Names are Chinese in UTF-8, as the titles of the documents are; no clock goes in, and the order is
//! that of the purposes, so that equal documents are equal bytes.

use super::words::Words;
use crate::graph::downloads::{self, DOWNLOADS, Kit, purpose};
use crate::graph::{PageId, Site};
use crate::path::OutputPath;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Error, Write};

/// A kit before it is packed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contents {
    /// The name of the folder that it unpacks to.
    pub folder: String,
    /// What to read first: name and text.
    pub read_me: (String, String),
    /// The documents.
    pub files: Vec<File>,
}

/// A document of a kit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct File {
    /// Its name in the kit, with the folder.
    pub name: String,
    /// Where it is published.
    pub path: OutputPath,
    /// The page that it is made from.
    pub page: PageId,
}

/// What a kit holds.
#[must_use]
pub fn contents(site: &Site, kit: &Kit, words: &BTreeMap<String, String>) -> Contents {
    let words = Words(words);
    let (mut files, mut listed) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    let mut folders: Vec<&str> = Vec::new();
    for id in kit.pages(site) {
        let Some(path) = downloads::path(site, id) else {
            continue;
        };
        let folder = folder(site, id, &words);
        if folders.last() != Some(&folder) {
            folders.push(folder);
        }
        let folder = format!("{} {folder}", folders.len());
        let extension = path.as_str().rsplit('.').next().unwrap_or_default();
        let name = free(&mut taken, &folder, &site.pages[id].title, extension);
        listed.push((folder.clone(), name.clone(), id));
        files.push(File {
            name: format!("{folder}/{name}"),
            path,
            page: id,
        });
    }
    let kit_title = kit.title(site, words.of("kit_title"));
    Contents {
        folder: file_name(&kit_title),
        read_me: (
            format!("{}.txt", file_name(words.of("kit_read_me"))),
            read_me(site, &kit_title, kit, &listed, &words),
        ),
        files,
    }
}

/// The folder of a document: its specification, registers, or letters of all kinds together.
fn folder<'a>(site: &Site, id: PageId, words: &Words<'a>) -> &'a str {
    let kind = &site.pages[id].document.content.kind;
    match kind.word() {
        "letter" => words.of("kind_letter"),
        "register" => words.of("kind_register"),
        kind => words.of(&format!("spec_{kind}")),
    }
}

/// A name that nothing else in the folder has.
fn free(taken: &mut BTreeSet<String>, folder: &str, title: &str, extension: &str) -> String {
    let title = file_name(title);
    let first = format!("{title}.{extension}");
    let others = (2_usize..).map(|number| format!("{title} {number}.{extension}"));
    let mut names = std::iter::once(first).chain(others);
    let found = names.find(|name| taken.insert(format!("{folder}/{}", name.to_lowercase())));
    found.unwrap_or_default()
}

/// The longest part of a path in characters: Windows takes 260 for all of it.
const LONGEST: usize = 60;

/// A text as every system takes it for the name of a file.
fn file_name(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|one| match one {
            '/' | '\\' | '|' => '-',
            ':' => '：',
            '*' | '"' | '<' | '>' => ' ',
            '?' => '？',
            one if one.is_control() => ' ',
            one => one,
        })
        .take(LONGEST)
        .collect();
    let plain = plain.trim().trim_matches('.').trim();
    match plain {
        "" => "1".to_owned(),
        plain => plain.to_owned(),
    }
}

/// What to read first: what this is, in which order to work with it, and what each file is for.
fn read_me(
    site: &Site,
    title: &str,
    kit: &Kit,
    listed: &[(String, String, PageId)],
    words: &Words<'_>,
) -> String {
    let mut lines = vec![title.to_owned(), String::new()];
    lines.extend(
        site.config
            .owner
            .iter()
            .map(|owner| format!("{}{owner}", words.of("kit_owner"))),
    );
    if !site.config.base_url.is_empty() {
        let address = format!(
            "{}{}",
            site.config.base_url,
            DOWNLOADS.trim_start_matches('/')
        );
        lines.push(format!("{}{address}", words.of("kit_newest")));
    }
    lines.extend([String::new(), words.of("kit_steps").trim().to_owned()]);
    let of_kind = |id: &PageId| purpose(&site.pages[*id].document.content.kind);
    if !listed.iter().any(|(.., id)| of_kind(id) == Some("rules")) {
        let size = site.term_title("sizes", &kit.size);
        lines.push(words.of("kit_no_rules").replace("{size}", size));
    }
    lines.extend([String::new(), words.of("kit_contents").to_owned()]);
    let mut last = "";
    for (folder, name, id) in listed {
        if folder != last {
            lines.extend([String::new(), folder.clone()]);
            last = folder;
        }
        lines.push(format!("    {name}"));
        let common = &site.pages[*id].document.content.common;
        lines.extend(common.summary.iter().map(|text| format!("        {text}")));
    }
    if let Some(notice) = &site.config.notice {
        lines.extend([String::new(), notice.clone()]);
    }
    // As the plainest editor of an office computer reads it: with a mark that it is UTF-8, and its line ends.
    let text = lines.join("\n");
    format!("\u{feff}{}\r\n", text.trim_end().replace('\n', "\r\n"))
}

/// The bytes of a kit, from those of its files in their order.
///
/// # Errors
/// When they cannot be packed.
pub fn bytes(contents: &Contents, files: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let packed = options.compression_method(zip::CompressionMethod::Deflated);
    // Workbooks and papers are packed already.
    let stored = options.compression_method(zip::CompressionMethod::Stored);
    let (name, text) = &contents.read_me;
    to.start_file(format!("{}/{name}", contents.folder), packed)?;
    to.write_all(text.as_bytes())?;
    for (file, bytes) in contents.files.iter().zip(files) {
        to.start_file(format!("{}/{}", contents.folder, file.name), stored)?;
        to.write_all(bytes)?;
    }
    Ok(to.finish()?.into_inner())
}
