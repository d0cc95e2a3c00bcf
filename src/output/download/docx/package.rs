//! What the library leaves out of a document or writes otherwise, set right in its parts, and the parts packed.

use super::table::HEAD_ROW;
use crate::output::download::paper::Paper;
use std::io::{Cursor, Error, Read, Write};

/// The fonts that are named, and what takes their place where a computer lacks them: those of every Windows, WPS, and
/// what macOS and Linux bring along.
const FALLBACKS: [(&str, &str); 5] = [
    (
        "方正小标宋简体",
        "华文中宋,宋体,SimSun,Songti SC,Noto Serif CJK SC",
    ),
    (
        "仿宋_GB2312",
        "仿宋,FangSong,方正仿宋_GBK,STFangsong,Noto Serif CJK SC",
    ),
    (
        "楷体_GB2312",
        "楷体,KaiTi,方正楷体_GBK,Kaiti SC,Noto Serif CJK SC",
    ),
    ("黑体", "SimHei,方正黑体_GBK,Heiti SC,Noto Sans CJK SC"),
    ("宋体", "SimSun,方正书宋_GBK,Songti SC,Noto Serif CJK SC"),
];

/// The parts again, packed: the library stores them as they are.
pub(super) fn pack(stored: Cursor<Vec<u8>>) -> Result<Vec<u8>, Error> {
    let mut from = zip::ZipArchive::new(stored)?;
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // No time of any file: the same parts are the same bytes.
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        let name = part.name()?.into_owned();
        to.start_file(name, options)?;
        to.write_all(&bytes)?;
    }
    Ok(to.finish()?.into_inner())
}

/// The styles with the one that all others start from: the library names it but neither makes it the default nor gives
/// it a size, and the grid of 28 characters counts in its letters.
pub(super) fn with_default(styles: &[u8], size: usize) -> String {
    let styles = crate::text::lossy(styles);
    let named = "w:styleId=\"Normal\"><w:name w:val=\"Normal\" /><w:rPr />";
    let sized = format!(
        "w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\" /><w:rPr><w:sz w:val=\"{size}\" /><w:szCs w:val=\"{size}\" /></w:rPr>"
    );
    styles.replacen(named, &sized, 1)
}

/// The heads of tables once more on every page that they run over: the library has no word for it, so rows of the height
/// of heads are marked here.
pub(super) fn with_repeated_heads(document: &[u8]) -> String {
    let document = crate::text::lossy(document);
    let height = format!("<w:trHeight w:val=\"{HEAD_ROW}\"");
    document.replace(&height, &format!("<w:tblHeader />{height}"))
}

/// The fonts by name, each with what a program may take instead.
pub(super) fn font_table() -> String {
    let fonts = FALLBACKS.iter().map(|(name, instead)| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{instead}\"/><w:charset w:val=\"86\"/></w:font>"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:fonts \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{}<w:font w:name=\"Times New \
         Roman\"><w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>",
        fonts.collect::<String>()
    )
}

/// Title, issuing body and edition; no author, no time.
pub(super) fn core(paper: &Paper) -> String {
    let text = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:publisher>{}</dc:publisher>\
         <cp:version>{}</cp:version></cp:coreProperties>",
        text(&paper.title),
        text(&paper.owner),
        text(&paper.edition),
    )
}
