//! Papers as `.docx`. The only place that knows the library; what stands on a paper is decided before
//! ([`super::paper`]). Measures are those of GB/T 9704-2012 (党政机关公文格式) for official papers: A4, margins of 37, 28,
//! 35 and 26 mm, 22 lines of 28 characters, title in 22 points, text in 16, page numbers as — 1 — in 14. Fonts are named
//! and never embedded; no seal and no red head is ever drawn.

use super::paper::{Block, Layout, Paper, Piece, TableCell};
use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, Docx, Footer, HeightRule, LineSpacing,
    LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts, Shading, SpecialIndentType,
    Style, StyleType, Table, TableCell as Cell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, VMergeType, WidthType,
};
use std::io::{Cursor, Error, Read, Write};
use unicode_width::UnicodeWidthStr;

/// Characters of room behind the name of a field.
const FIELD: usize = 14;
/// Characters of a title that stand in one line.
const TITLE_LINE: usize = 20;
/// The height of a row in which people write, in twentieths of a point: 8 mm. That of a head is one more, by which it
/// is known again.
const ROW: f32 = 454.0;
const HEAD_ROW: f32 = 455.0;

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

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11906, 16838);

/// The measures of a layout, in twentieths of a point; letters in half points.
struct Measures {
    margin: PageMargin,
    text: usize,
    /// How much farther apart the letters of the text stand.
    apart: i32,
    title: usize,
    below_title: u32,
    table: usize,
    body: &'static str,
}

impl Measures {
    fn of(layout: Layout) -> Self {
        let margin = |top, left, bottom, right, footer| PageMargin {
            top,
            left,
            bottom,
            right,
            header: 851,
            footer,
            gutter: 0,
        };
        match layout {
            Layout::Official => Self {
                margin: margin(2098, 1588, 1984, 1474, 1304),
                text: 32,
                apart: -5,
                title: 44,
                below_title: 300,
                table: 24,
                body: "仿宋_GB2312",
            },
            Layout::Sheet => Self {
                margin: margin(1134, 1134, 1134, 1134, 567),
                text: 22,
                apart: 0,
                title: 36,
                below_title: 160,
                table: 21,
                body: "宋体",
            },
        }
    }

    /// The half characters of a blank that an author wants so wide: letters that are smaller take as much room.
    fn blank(&self, width: usize) -> usize {
        (width * 32 / self.text.max(1)).max(4)
    }

    fn width(&self) -> usize {
        let sides = u32::try_from(self.margin.left + self.margin.right).unwrap_or(0);
        usize::try_from(PAGE.0.saturating_sub(sides)).unwrap_or(0)
    }
}

/// The fonts of a text: Chinese by name, with Latin letters and figures in Times New Roman.
fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia(chinese)
        // Signs that both scripts have, such as quotation marks and boxes, are Chinese.
        .hint("eastAsia")
}

/// The bytes of a paper whose own text is `text`.
///
/// # Errors
/// When the parts cannot be packed.
pub fn bytes(paper: &Paper, text: &[Block]) -> Result<Vec<u8>, Error> {
    let measures = Measures::of(paper.layout);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(measures.margin.clone())
        .default_fonts(fonts(measures.body))
        .default_size(measures.text)
        // One property: the library keeps several in no order.
        .custom_property("anjian", format!("{} {}", paper.id, paper.edition).trim());
    // Lines alone: with a grid of characters LibreOffice gives each character of 16 points two places of 15.8. The 28
    // characters of a line come from letters that stand a quarter of a point closer.
    if paper.layout == Layout::Official {
        let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(579);
        docx.document.section_property = docx.document.section_property.clone().doc_grid(grid);
    }
    for style in styles(&measures) {
        docx = docx.add_style(style);
    }
    docx = docx
        .footer(footer(AlignmentType::Right))
        .even_footer(footer(AlignmentType::Left));
    docx = docx.add_paragraph(title(&paper.title));
    for line in &paper.subtitles {
        let label = Paragraph::new().style("Subtitle");
        docx = docx.add_paragraph(label.add_run(Run::new().add_text(format!("（{line}）"))));
    }
    let mut blocks = paper
        .above
        .iter()
        .chain(text)
        .chain(&paper.below)
        .peekable();
    while let Some(block) = blocks.next() {
        docx = match block {
            Block::Table(rows) => docx.add_table(table(rows, &measures)).add_paragraph(gap()),
            Block::Attachments(names) => attachments(names, &measures)
                .into_iter()
                .fold(docx, Docx::add_paragraph),
            Block::Issued(owner, date) => issued(owner, date, &measures)
                .into_iter()
                .fold(docx, Docx::add_paragraph),
            Block::Signature(..) => {
                let mut parties = vec![block];
                while let Some(next) =
                    blocks.next_if(|next| matches!(next, Block::Signature(..) | Block::Note(_)))
                {
                    parties.push(next);
                }
                // The line that must follow a table at the end of a paper makes no page of its own.
                docx.add_table(signatures(&parties, &measures))
                    .add_paragraph(thin(20))
            }
            other => {
                // Signatures never stand on a page of their own.
                let signed = matches!(blocks.peek(), Some(Block::Signature(..)));
                docx.add_paragraph(paragraph(other, &measures, signed))
            }
        };
    }
    let mut parts = docx.build();
    parts.doc_props.core = core(paper).into_bytes();
    parts.font_table = font_table().into_bytes();
    parts.document = with_repeated_heads(&parts.document).into_bytes();
    parts.styles = with_default(&parts.styles, measures.text).into_bytes();
    let mut stored = Cursor::new(Vec::new());
    parts.pack(&mut stored).map_err(Error::other)?;
    pack(stored)
}

/// The parts again, packed: the library stores them as they are.
fn pack(stored: Cursor<Vec<u8>>) -> Result<Vec<u8>, Error> {
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
fn with_default(styles: &[u8], size: usize) -> String {
    let styles = crate::text::lossy(styles);
    let named = "w:styleId=\"Normal\"><w:name w:val=\"Normal\" /><w:rPr />";
    let sized = format!(
        "w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\" /><w:rPr><w:sz w:val=\"{size}\" /><w:szCs w:val=\"{size}\" /></w:rPr>"
    );
    styles.replacen(named, &sized, 1)
}

/// The heads of tables once more on every page that they run over: the library has no word for it, so rows of the height
/// of heads are marked here.
fn with_repeated_heads(document: &[u8]) -> String {
    let document = crate::text::lossy(document);
    let height = format!("<w:trHeight w:val=\"{HEAD_ROW}\"");
    document.replace(&height, &format!("<w:tblHeader />{height}"))
}

/// The fonts by name, each with what a program may take instead.
fn font_table() -> String {
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
fn core(paper: &Paper) -> String {
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

fn styles(measures: &Measures) -> Vec<Style> {
    let named = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name);
    let body =
        |id: &str, name: &str, size: usize| named(id, name).size(size).fonts(fonts(measures.body));
    let heading = |id: &str, name: &str, level: usize, chinese: &str| {
        let style = indented(
            named(id, name).size(measures.text).fonts(fonts(chinese)),
            measures,
        );
        style.outline_lvl(level).q_format(true)
    };
    let title = named("Title", "Title")
        .size(measures.title)
        .fonts(fonts("方正小标宋简体"));
    let before = || LineSpacing::new().before(300);
    vec![
        title
            .align(AlignmentType::Center)
            .line_spacing(LineSpacing::new().after(measures.below_title))
            .q_format(true),
        heading("Heading1", "heading 1", 0, "黑体"),
        heading("Heading2", "heading 2", 1, "楷体_GB2312"),
        heading("Heading3", "heading 3", 2, measures.body),
        indented(body("Text", "Body Text", measures.text), measures),
        indented(body("Item", "List", measures.text), measures),
        // Smaller letters do not stand in the grid of the larger ones.
        body("Cell", "Table Text", measures.table).snap_to_grid(false),
        named("CellHead", "Table Head")
            .size(measures.table)
            .fonts(fonts("黑体"))
            .align(AlignmentType::Center)
            .snap_to_grid(false),
        named("Party", "Party")
            .size(measures.text)
            .fonts(fonts("黑体"))
            .line_spacing(before()),
        body("Signature", "Signature", measures.text),
        body("Note", "Note", measures.table)
            .line_spacing(before())
            .snap_to_grid(false),
        body("Subtitle", "Subtitle", measures.table)
            .align(AlignmentType::Center)
            .line_spacing(LineSpacing::new().after(200)),
        named("PageNumber", "Page Number")
            .size(28)
            .fonts(fonts("宋体")),
    ]
}

/// A style whose paragraphs begin two characters in.
fn indented(mut style: Style, measures: &Measures) -> Style {
    style.run_property = style.run_property.character_spacing(measures.apart);
    let two = i32::try_from(measures.text * 20).unwrap_or(640);
    style
        .indent(None, Some(SpecialIndentType::FirstLine(two)), None, None)
        .first_line_chars(200)
}

/// — 1 —, on odd pages at the right and on even pages at the left, one character from the edge.
fn footer(side: AlignmentType) -> Footer {
    let dash = |text: &str| Run::new().size(28).fonts(fonts("宋体")).add_text(text);
    let (start, end) = match side {
        AlignmentType::Right => (None, Some(280)),
        _ => (Some(280), None),
    };
    let number = Paragraph::new()
        .style("PageNumber")
        .align(side)
        .indent(start, None, end, None)
        .add_run(dash("— "))
        .add_page_num(PageNum::new())
        .add_run(dash(" —"));
    Footer::new().add_paragraph(number)
}

fn paragraph(block: &Block, measures: &Measures, signed: bool) -> Paragraph {
    let (style, sign, pieces) = match block {
        Block::Heading(1, pieces) => ("Heading1", None, pieces),
        Block::Heading(2, pieces) => ("Heading2", None, pieces),
        Block::Heading(_, pieces) => ("Heading3", None, pieces),
        Block::Paragraph(pieces) => ("Text", None, pieces),
        Block::Item(sign, pieces) => ("Item", Some(sign), pieces),
        Block::Note(text) => {
            return Paragraph::new()
                .style("Note")
                .add_run(Run::new().add_text(text));
        }
        Block::Fields(names) => {
            let start = Paragraph::new().style("Signature");
            return names.iter().fold(start, |line, name| {
                line.add_run(Run::new().add_text(name))
                    .add_run(underlined(FIELD))
                    .add_run(Run::new().add_text("\u{3000}"))
            });
        }
        Block::Table(_) | Block::Signature(..) | Block::Attachments(_) | Block::Issued(..) => {
            return Paragraph::new();
        }
    };
    // A heading does not stand alone at the foot of a page.
    let start = Paragraph::new()
        .style(style)
        .keep_next(signed || style.starts_with("Heading"));
    let start = match sign {
        Some(sign) => start.add_run(Run::new().add_text(sign)),
        None => start,
    };
    runs(start, pieces, measures)
}

/// The runs of a line. Blanks to write on are lines of their own: spaces around them only widen the gap.
fn runs(start: Paragraph, pieces: &[Piece], measures: &Measures) -> Paragraph {
    let is_blank = |at: usize| matches!(pieces.get(at), Some(Piece::Blank(_)));
    let plain = |at: usize, text: &str| {
        let text = if is_blank(at + 1) {
            text.trim_end()
        } else {
            text
        };
        let before = at.checked_sub(1).is_some_and(is_blank);
        let text = if before { text.trim_start() } else { text };
        text.to_owned()
    };
    pieces.iter().enumerate().fold(start, |line, (at, piece)| {
        line.add_run(match piece {
            Piece::Text(text) => Run::new().add_text(plain(at, text)),
            Piece::Strong(text) => Run::new().fonts(fonts("黑体")).add_text(plain(at, text)),
            Piece::Blank(width) => underlined(measures.blank(*width)),
            Piece::Break => Run::new().add_break(BreakType::TextWrapping),
        })
    })
}

/// Room to write, so many half characters wide. Underscores, not underlined spaces: these are not drawn at the end of
/// a line, where they would hang into the margin.
fn underlined(halves: usize) -> Run {
    Run::new().add_text("_".repeat(halves))
}

/// The title. A long one breaks before its bracket, not inside.
fn title(text: &str) -> Paragraph {
    let start = Paragraph::new().style("Title");
    let long = text.chars().count() > TITLE_LINE;
    match text.find('（').filter(|at| long && *at > 0) {
        None => start.add_run(Run::new().add_text(text)),
        Some(at) => start.add_run(
            Run::new()
                .add_text(&text[..at])
                .add_break(BreakType::TextWrapping)
                .add_text(&text[at..]),
        ),
    }
}

/// Who signs, two parties beside each other, and below who keeps the copies: a table without lines that is not torn.
fn signatures(parties: &[&Block], measures: &Measures) -> Table {
    let half = measures.width() / 2;
    let cell = |block: Option<&&Block>| -> Cell {
        let cell = Cell::new().width(half, WidthType::Dxa);
        let Some(Block::Signature(party, lines)) = block else {
            return cell.add_paragraph(Paragraph::new().style("Cell"));
        };
        let kept = |style: &str, text: &str| {
            let line = Paragraph::new()
                .style(style)
                .keep_next(true)
                .keep_lines(true);
            line.add_run(Run::new().add_text(text))
        };
        let lines = lines.iter().map(|line| kept("Signature", line));
        lines.fold(
            cell.add_paragraph(kept("Party", party)),
            Cell::add_paragraph,
        )
    };
    let (notes, parties): (Vec<&Block>, Vec<&Block>) = parties
        .iter()
        .partition(|block| matches!(block, Block::Note(_)));
    let mut rows: Vec<TableRow> = parties
        .chunks(2)
        .map(|pair| TableRow::new(vec![cell(pair.first()), cell(pair.get(1))]).cant_split())
        .collect();
    for note in notes {
        let line = paragraph(note, measures, false);
        let whole = Cell::new().grid_span(2).width(half * 2, WidthType::Dxa);
        rows.push(TableRow::new(vec![whole.add_paragraph(line)]).cant_split());
    }
    Table::without_borders(rows)
        .set_grid(vec![half, half])
        .layout(TableLayoutType::Fixed)
        .width(measures.width(), WidthType::Dxa)
}

/// 附件说明: a blank line below the text, then the names in their order, each under the one before.
fn attachments(names: &[String], measures: &Measures) -> Vec<Paragraph> {
    let character = i32::try_from(measures.text * 10).unwrap_or(320);
    let word = "附件：";
    let mut lines = vec![Paragraph::new().style("Signature").keep_next(true)];
    for (number, name) in (1..).zip(names) {
        let numbered = names.len() > 1;
        let text = match (numbered, number) {
            (false, _) => format!("{word}{name}"),
            (true, 1) => format!("{word}1. {name}"),
            (true, number) => format!("{number}. {name}"),
        };
        // The first line begins two characters in, the others of the name below its first character.
        let (start, first) = match number {
            1 if numbered => (6, -4),
            1 => (5, -3),
            _ => (6, -1),
        };
        let indent = SpecialIndentType::Hanging(-first * character);
        lines.push(
            Paragraph::new()
                .style("Signature")
                .indent(Some(start * character), Some(indent), None, None)
                .add_run(Run::new().add_text(text)),
        );
    }
    lines
}

/// 署名 and 成文日期 of a paper without a seal: a blank line, the name two characters from the right, below it the date,
/// which begins two characters right of the name's first; where the date is the longer one, the date stands two
/// characters from the right and the name moves left.
fn issued(owner: &str, date: &str, measures: &Measures) -> Vec<Paragraph> {
    // In half characters, as figures are.
    let width = |text: &str| i32::try_from(text.width()).unwrap_or(0);
    let (name, day) = (width(owner), width(date));
    let (name_right, day_right) = match day > name {
        true => (8 + day - name, 4),
        false => (4, (name - day).max(0)),
    };
    let half = i32::try_from(measures.text * 5).unwrap_or(160);
    let line = |text: &str, right: i32| {
        Paragraph::new()
            .style("Signature")
            .align(AlignmentType::Right)
            .indent(None, None, Some(right * half), None)
            .keep_next(true)
            .add_run(Run::new().add_text(text))
    };
    let blank = Paragraph::new().style("Signature").keep_next(true);
    vec![
        blank,
        line(owner, name_right),
        line(date, day_right).keep_next(false),
    ]
}

/// A small line below a table, so that two tables do not become one.
fn gap() -> Paragraph {
    thin(160)
}

/// A line as high as said, in twentieths of a point.
fn thin(height: i32) -> Paragraph {
    let spacing = LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(height);
    Paragraph::new().line_spacing(spacing).snap_to_grid(false)
}

fn table(rows: &[Vec<TableCell>], measures: &Measures) -> Table {
    let columns = columns(rows);
    let grid = widths(rows, columns, measures);
    let mut made = Vec::new();
    // For each column, the rows that a cell above still covers, and how many columns that cell has.
    let mut covered: Vec<(usize, usize)> = vec![(0, 0); columns];
    let mut is_head = true;
    for row in rows {
        let mut cells = Vec::new();
        let mut waiting = row.iter();
        let mut column = 0;
        while column < columns {
            let (left, span) = covered[column];
            let width = |span: usize| {
                grid[column..(column + span.max(1)).min(columns)]
                    .iter()
                    .sum::<usize>()
            };
            if left > 0 {
                let cell = Cell::new()
                    .vertical_merge(VMergeType::Continue)
                    .grid_span(span.max(1));
                cells.push(
                    cell.width(width(span), WidthType::Dxa)
                        .add_paragraph(Paragraph::new().style("Cell")),
                );
                covered[column].0 -= 1;
                column += span.max(1);
                continue;
            }
            let Some(one) = waiting.next() else {
                let empty = Cell::new().width(width(1), WidthType::Dxa);
                cells.push(empty.add_paragraph(Paragraph::new().style("Cell")));
                column += 1;
                continue;
            };
            let span = one.colspan.min(columns - column).max(1);
            let mut cell = Cell::new()
                .grid_span(span)
                .width(width(span), WidthType::Dxa)
                .vertical_align(VAlignType::Center);
            if one.head {
                cell = cell.shading(Shading::new().fill("EEF1EE"));
            }
            if one.rowspan > 1 {
                cell = cell.vertical_merge(VMergeType::Restart);
                covered[column] = (one.rowspan - 1, span);
            }
            let style = if one.head { "CellHead" } else { "Cell" };
            // A head stays with the rows below it.
            let start = || Paragraph::new().style(style).keep_next(one.head);
            // A cell that is nothing but room to write needs no line in it.
            let is_room = |line: &Vec<Piece>| line.iter().all(|one| matches!(one, Piece::Blank(_)));
            cell = match one.lines.as_slice() {
                [] => cell.add_paragraph(start()),
                [line] if is_room(line) => cell.add_paragraph(start()),
                lines => lines.iter().fold(cell, |cell, line| {
                    cell.add_paragraph(runs(start(), line, measures))
                }),
            };
            cells.push(cell);
            column += span;
        }
        is_head = is_head && row.iter().all(|cell| cell.head);
        let height = if is_head { HEAD_ROW } else { ROW };
        let row = TableRow::new(cells).cant_split();
        made.push(row.row_height(height).height_rule(HeightRule::AtLeast));
    }
    let margins = TableCellMargins::new().margin(40, 100, 40, 100);
    Table::new(made)
        .margins(margins)
        .set_grid(grid)
        .layout(TableLayoutType::Fixed)
        .width(measures.width(), WidthType::Dxa)
}

fn columns(rows: &[Vec<TableCell>]) -> usize {
    let widths = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.colspan).sum());
    widths.max().unwrap_or(0)
}

/// Columns that hold no more characters than this get what they need; the others share the rest.
const NARROW: usize = 6;
/// The most characters that count for a share.
const WIDE: usize = 24;

/// Widths by what the columns hold: short words and figures stand in one line, the rest is shared by length.
fn widths(rows: &[Vec<TableCell>], columns: usize, measures: &Measures) -> Vec<usize> {
    let whole = measures.width();
    let mut needs = vec![2_usize; columns];
    for row in rows.iter().filter(|row| row.len() == columns) {
        for (need, cell) in needs.iter_mut().zip(row) {
            let lines = cell.lines.iter().map(|line| length(line));
            *need = (*need)
                .max(cell.room)
                .max(lines.max().unwrap_or(0).min(WIDE));
        }
    }
    // A character of the table's letters, and the room that a cell leaves at both sides.
    let (character, sides) = (measures.table * 10, 240);
    let all: usize = needs.iter().sum();
    // The longest words that stand in one line and leave half the table to the others.
    for narrow in (2..=NARROW).rev() {
        let fixed = |need: &usize| (*need <= narrow).then(|| need * character + sides);
        let taken: usize = needs.iter().filter_map(fixed).sum();
        let shares: usize = needs.iter().filter(|need| fixed(need).is_none()).sum();
        if shares > 0 && taken * 2 <= whole {
            let width = |need: &usize| fixed(need).unwrap_or((whole - taken) * need / shares);
            return needs.iter().map(width).collect();
        }
    }
    let alike = needs.iter().map(|need| whole * need / all.max(1));
    alike.collect()
}

/// The characters of a line.
fn length(pieces: &[Piece]) -> usize {
    let lengths = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Strong(text) => text.chars().count(),
        Piece::Blank(width) => width / 2,
        Piece::Break => 0,
    });
    lengths.sum()
}
