//! How cells look: fonts by name, borders, the four colours of risk.

use crate::output::download::sheet::Style;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const BODY: &str = "宋体";
const HEADS: &str = "黑体";
/// GB2312 as Windows numbers character sets.
const CHINESE: u8 = 134;
/// The four colours of risk, light enough for black text and for a copying machine.
const COLOURS: [(Style, u32); 4] = [
    (Style::Red, 0x00F8_D0CC),
    (Style::Orange, 0x00FB_DFC0),
    (Style::Yellow, 0x00FB_F0B8),
    (Style::Blue, 0x00CF_E2F5),
];

pub(super) fn cell_format(style: Style, number: bool) -> Format {
    let format = Format::new()
        .set_font_name(BODY)
        .set_font_size(11)
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    let middle = format.clone().set_align(FormatAlign::Center);
    match style {
        Style::Text if number => middle,
        Style::Text | Style::Label => format.set_align(FormatAlign::Left).set_indent(1),
        Style::Middle => middle,
        Style::Head => middle
            .set_font_name(HEADS)
            .set_background_color(Color::RGB(0x00EE_F1EE)),
        Style::Group => {
            let format = format
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_font_name(HEADS);
            format.set_background_color(Color::RGB(0x00F5_F6F3))
        }
        Style::Example => {
            let format = format
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_italic();
            format.set_font_color(Color::RGB(0x0059_5F5B))
        }
        Style::Total => middle.set_bold(),
        colour => {
            let found = COLOURS.iter().find(|(one, _)| *one == colour);
            middle
                .set_background_color(Color::RGB(found.map_or(0x00FF_FFFF, |(_, colour)| *colour)))
        }
    }
}

/// The letters that columns are measured in. A Chinese font by name: programs without Microsoft's default font take
/// letters of another width for it, and everything prints smaller.
pub(super) fn default_format() -> Format {
    Format::new()
        .set_font_name(BODY)
        .set_font_size(11)
        .set_font_charset(CHINESE)
}

pub(super) fn title_format() -> Format {
    let format = Format::new().set_font_name(HEADS).set_font_size(18);
    let format = format
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    format.set_text_wrap()
}

pub(super) fn line_format() -> Format {
    let format = Format::new().set_font_name(BODY).set_font_size(11);
    let format = format
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter);
    format.set_text_wrap()
}

pub(super) fn field_format() -> Format {
    Format::new()
        .set_font_name(BODY)
        .set_font_size(12)
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
}

pub(super) fn note_format() -> Format {
    let format = Format::new().set_font_name(BODY).set_font_size(10);
    format
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}
