//! What a file is by its first bytes and, for packed files, by what stands in it; and what its name promises.

use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// The formats that offices exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// `.docx`, ISO/IEC 29500.
    Word,
    /// `.xlsx`, ISO/IEC 29500.
    Excel,
    /// `.pptx`, ISO/IEC 29500.
    PowerPoint,
    /// `.doc`, `.xls`, `.ppt`, `.wps`: the container of older office programs, MS-CFB.
    Compound,
    /// `.odt`, `.ods`, `.odp`, ISO/IEC 26300.
    OpenDocument,
    /// `.ofd`, GB/T 33190.
    Ofd,
    /// `.pdf`, ISO 32000.
    Pdf,
    /// `.zip` with anything in it.
    Zip,
    /// `.rar`.
    Rar,
    /// `.7z`.
    SevenZip,
    /// A page of the web, which many systems export as `.xls`.
    Html,
    /// Rich text.
    Rtf,
    /// Something else.
    Unknown,
}

impl Format {
    /// What readers call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "docx",
            Self::Excel => "xlsx",
            Self::PowerPoint => "pptx",
            Self::Compound => "doc/xls/ppt",
            Self::OpenDocument => "odt/ods/odp",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
            Self::Rar => "rar",
            Self::SevenZip => "7z",
            Self::Html => "html",
            Self::Rtf => "rtf",
            Self::Unknown => "?",
        }
    }
}

/// What a file may be that has this ending, in small letters; nothing for endings without a rule.
#[must_use]
pub fn expected(extension: &str) -> Option<&'static [Format]> {
    Some(match extension {
        "docx" | "docm" | "dotx" => &[Format::Word],
        "xlsx" | "xlsm" | "xltx" => &[Format::Excel],
        "pptx" | "pptm" => &[Format::PowerPoint],
        "doc" | "xls" | "ppt" => &[Format::Compound],
        // WPS writes its own endings in either container.
        "wps" => &[Format::Compound, Format::Word],
        "et" => &[Format::Compound, Format::Excel],
        "dps" => &[Format::Compound, Format::PowerPoint],
        "odt" | "ods" | "odp" => &[Format::OpenDocument],
        "ofd" => &[Format::Ofd],
        "pdf" => &[Format::Pdf],
        "zip" => &[Format::Zip],
        "rar" => &[Format::Rar],
        "7z" => &[Format::SevenZip],
        "rtf" => &[Format::Rtf],
        _ => return None,
    })
}

/// Where a PDF may begin: readers take it up to here.
const PDF_HEAD: usize = 1024;

/// What a file is.
#[must_use]
pub fn found(bytes: &[u8]) -> Format {
    let signatures: [(&[u8], Format); 5] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Compound),
        (b"Rar!\x1A\x07", Format::Rar),
        (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
        (b"{\\rtf", Format::Rtf),
        (b"PK", Format::Zip),
    ];
    let mut known = signatures.iter();
    let format = known.find(|(start, _)| bytes.starts_with(start));
    match format {
        Some((_, Format::Zip)) => packed(bytes),
        Some((_, format)) => *format,
        None => {
            let head = &bytes[..bytes.len().min(PDF_HEAD)];
            let text = crate::text::lossy(head).to_lowercase();
            let text = text.trim_start_matches('\u{feff}').trim_start();
            match () {
                () if head.windows(5).any(|five| five == b"%PDF-") => Format::Pdf,
                () if text.starts_with("<html") || text.starts_with("<!doctype html") => {
                    Format::Html
                }
                () => Format::Unknown,
            }
        }
    }
}

fn packed(bytes: &[u8]) -> Format {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Format::Unknown;
    };
    let names = archive.file_names().flatten();
    let names: Vec<String> = names.map(std::borrow::Cow::into_owned).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let below = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    match () {
        () if has("[Content_Types].xml") && below("word/") => Format::Word,
        () if has("[Content_Types].xml") && below("xl/") => Format::Excel,
        () if has("[Content_Types].xml") && below("ppt/") => Format::PowerPoint,
        () if has("mimetype") && has("content.xml") => Format::OpenDocument,
        () if has("OFD.xml") => Format::Ofd,
        () => Format::Zip,
    }
}
