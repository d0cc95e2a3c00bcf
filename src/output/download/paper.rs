//! A paper before anything writes it: title, headings, paragraphs with blanks, tables, signatures. Made from a page's
//! own text, so that both say the same. Equal papers are equal bytes.

use super::text::Reader;
use super::words::Words;
use crate::graph::{PageId, Site};
use crate::text::chinese_numeral;
use crate::view::detail::letter::LetterView;

/// A paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Paper {
    /// Which one it is: the page's target.
    pub id: String,
    /// Its edition, or empty.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// The issuing body, or empty.
    pub owner: String,
    /// How it is set.
    pub layout: Layout,
    /// Lines below the title: the label of an invented sample, the edition.
    pub subtitles: Vec<String>,
    /// Whether its headings of the first level are numbered.
    pub numbered: bool,
    /// What stands above the page's text.
    pub above: Vec<Block>,
    /// What stands below it.
    pub below: Vec<Block>,
}

/// Blocks whose headings of the first level are numbered 一、 二、, as GB/T 9704-2012 has it for papers of an office.
#[must_use]
pub fn numbered(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut number = 0;
    for block in &mut blocks {
        if let Block::Heading(1, pieces) = block {
            number += 1;
            pieces.insert(0, Piece::Text(format!("{}、", chinese_numeral(number))));
        }
    }
    blocks
}

/// How a paper is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// As official papers are: GB/T 9704-2012, 22 lines of 28 characters.
    #[default]
    Official,
    /// Permits, cards and records: smaller letters and margins, so that a table fits on a sheet.
    Sheet,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading of level 1 to 3 below the title.
    Heading(u8, Vec<Piece>),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// An item of a list with its sign.
    Item(String, Vec<Piece>),
    /// A table, row by row.
    Table(Vec<Vec<TableCell>>),
    /// Who signs, with the lines to fill in.
    Signature(String, Vec<String>),
    /// Names of lines to fill in, beside each other.
    Fields(Vec<String>),
    /// The names of documents that belong to it (附件说明).
    Attachments(Vec<String>),
    /// Who issued it and when (署名和成文日期).
    Issued(String, String),
    /// A remark below.
    Note(String),
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TableCell {
    /// What stands in it, a paragraph each.
    pub lines: Vec<Vec<Piece>>,
    /// Whether it is a head.
    pub head: bool,
    /// Columns that it spans.
    pub colspan: usize,
    /// Rows that it spans.
    pub rowspan: usize,
    /// For how many characters there should be room, whatever stands in it.
    pub room: usize,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Plain text.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// Room to write, so many characters wide.
    Blank(usize),
    /// A new line.
    Break,
}

/// The blocks of a page's text.
#[must_use]
pub fn blocks(html: &str) -> Vec<Block> {
    Reader::read(html)
}

/// What stands below a document of an office: its attachments, who issued it and when. Their places are those of GB/T 9704-2012.
#[must_use]
pub fn issued(site: &Site, id: PageId, words: &Words<'_>) -> Vec<Block> {
    let common = &site.pages[id].document.content.common;
    let mut blocks = Vec::new();
    let files = common.attachments.iter();
    let names = files.map(|one| match &one.title {
        Some(title) => title.clone(),
        None => {
            let name = one.file.value.rsplit('/').next().unwrap_or_default();
            let bare = name.rsplit_once('.').map_or(name, |(bare, _)| bare);
            bare.to_owned()
        }
    });
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        blocks.push(Block::Attachments(names));
    }
    let owner = common.source.as_ref().or(site.config.owner.as_ref());
    if let (Some(owner), Some(date)) = (owner, &common.date) {
        let (year, month, day) = (date.value.year(), date.value.month(), date.value.day());
        // Arabic figures, the full year, no zero before month or day.
        let date = words
            .of("paper_date")
            .replace("{y}", &year.to_string())
            .replace("{m}", &month.to_string())
            .replace("{d}", &day.to_string());
        blocks.push(Block::Issued(owner.clone(), date));
    }
    blocks
}

/// What stands below a letter: the signatures, and who keeps the copies.
#[must_use]
pub fn below(letter: &LetterView, words: &Words<'_>) -> Vec<Block> {
    let signatures = letter.signatures.iter();
    let signatures = signatures.map(|one| Block::Signature(one.party.clone(), one.lines.clone()));
    let mut blocks: Vec<Block> = signatures.collect();
    if !letter.holders.is_empty() {
        let copies = words
            .of("paper_copies")
            .replace("{n}", &letter.copies.to_string());
        blocks.push(Block::Note(format!(
            "{copies}{}",
            letter.holders.join("；")
        )));
    }
    blocks
}
