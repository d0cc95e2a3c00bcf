//! Documents to download as jobs: what each is made from, and its bytes on demand.

use super::{book, docx, kit, messages, paper, xlsx};
use crate::diag::{Diagnostic, Message, Severity, Span};
use crate::graph::PageId;
use crate::graph::downloads::Kit;
use crate::hash::Fingerprint;
use crate::output::{Content, Failure, Made, Prepared, Stage, Texts};
use crate::view::body;

/// The document of a page. What it is made from is the whole workbook or paper, before anything is written of it.
#[must_use]
pub fn prepare(stage: Stage<'_>, id: PageId) -> Prepared<'_> {
    if let Some(paper) = paper(stage.site, id, stage.words) {
        return paper_file(stage, id, paper);
    }
    let book = book(stage.site, id, stage.words);
    let messages = messages(stage.words);
    Prepared {
        inputs: Fingerprint::of(&(stage.stamp, &book, &messages)),
        make: Box::new(move |_| {
            let made = book.map(|book| xlsx::bytes(&book, &messages));
            let bytes = made.transpose().map_err(|found| {
                let zh = format!("Excel 文件做不出来：{found}");
                let en = format!("the workbook cannot be made: {found}");
                unmade(stage, id, "workbook", Message::new(zh, en))
            })?;
            Ok(Content::Bytes(bytes.unwrap_or_default()))
        }),
    }
}

/// A paper: what its page says between what its kind puts above and below.
fn paper_file(stage: Stage<'_>, id: PageId, paper: paper::Paper) -> Prepared<'_> {
    let document = &stage.site.pages[id].document;
    let fillings = body::fillings(stage.site, id);
    Prepared {
        inputs: Fingerprint::of(&(stage.stamp, &paper, &fillings, document.fingerprint)),
        make: Box::new(move |texts| {
            let html = texts(&document.path).ok_or(Failure::Cache)?;
            let text = body::text(&document.body, &html, &fillings);
            let mut blocks = paper::blocks(&text);
            if paper.numbered {
                blocks = paper::numbered(blocks);
            }
            let bytes = docx::bytes(&paper, &blocks).map_err(|found| {
                let zh = format!("Word 文件做不出来：{found}");
                let en = format!("the paper cannot be made: {found}");
                unmade(stage, id, "paper", Message::new(zh, en))
            })?;
            Ok(Content::Bytes(bytes))
        }),
    }
}

/// A document that cannot be made, with its source.
fn unmade(stage: Stage<'_>, id: PageId, code: &'static str, message: Message) -> Failure {
    let span = Span {
        source: stage.site.pages[id].document.path.clone(),
        bytes: 0..0,
    };
    let help = Message::new("减少列、行或文字", "use fewer columns, rows or words");
    Failure::Site(Box::new(
        Diagnostic::error(code, span, message).with_help(help),
    ))
}

/// A kit, made from its documents, which were made before it.
#[must_use]
pub fn prepare_kit<'a>(stage: Stage<'a>, wanted: &'a Kit) -> Prepared<'a> {
    let contents = kit::contents(stage.site, wanted, stage.words);
    let prints = contents.files.iter();
    let prints = prints.map(|file| stage.made.get(&file.path).map(|made| made.content));
    let prints: Vec<Option<Fingerprint>> = prints.collect();
    Prepared {
        inputs: Fingerprint::of(&(stage.stamp, &contents, &prints)),
        make: Box::new(move |texts| {
            let files = contents.files.iter();
            let files = files.map(|file| bytes_of(stage, file, texts));
            let files: Vec<Vec<u8>> = files.collect::<Result<_, Failure>>()?;
            let packed = kit::bytes(&contents, &files);
            let packed = packed.map_err(|found| unpacked(&contents, &found.to_string()))?;
            Ok(Content::Bytes(packed))
        }),
    }
}

/// The bytes of a document that was made just now or stands; where it was changed behind our back, made again.
fn bytes_of(stage: Stage<'_>, file: &kit::File, texts: &Texts<'_>) -> Result<Vec<u8>, Failure> {
    let made = stage.made.get(&file.path);
    let standing = |made: &Made| {
        let bytes = (stage.published)(&file.path)?;
        (Fingerprint::of_bytes(&bytes) == made.content).then_some(bytes)
    };
    let bytes = made.and_then(|made| match &made.bytes {
        Some(bytes) => Some(bytes.to_vec()),
        None => standing(made),
    });
    if let Some(bytes) = bytes {
        return Ok(bytes);
    }
    match prepare(stage, file.page).produce(texts)? {
        Content::Bytes(bytes) => Ok(bytes),
        Content::CopyOf(_) | Content::CleanedOf(_) | Content::Picture(..) => Err(Failure::Cache),
    }
}

fn unpacked(contents: &kit::Contents, found: &str) -> Failure {
    let name = &contents.folder;
    let zh = format!("“{name}”打不成压缩包：{found}");
    let en = format!("`{name}` cannot be packed: {found}");
    Failure::Site(Box::new(Diagnostic {
        severity: Severity::Error,
        code: "kit".into(),
        message: Message::new(zh, en),
        span: None,
        help: None,
    }))
}
