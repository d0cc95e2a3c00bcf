//! The styles of a paper by name: headings in 黑体 and 楷体, text that begins two characters in.

use super::measures::{Measures, fonts};
use docx_rs::{AlignmentType, LineSpacing, SpecialIndentType, Style, StyleType};

/// The styles of a layout.
pub(super) fn styles(measures: &Measures) -> Vec<Style> {
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
