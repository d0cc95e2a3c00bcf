//! The measures and letters of a layout: those of GB/T 9704-2012 for official papers, smaller ones for sheets.

use crate::output::download::paper::Layout;
use docx_rs::{PageMargin, RunFonts};

/// A4 in twentieths of a point.
pub(super) const PAGE: (u32, u32) = (11906, 16838);

/// The measures of a layout, in twentieths of a point; letters in half points.
pub(super) struct Measures {
    pub(super) margin: PageMargin,
    pub(super) text: usize,
    /// How much farther apart the letters of the text stand.
    pub(super) apart: i32,
    pub(super) title: usize,
    pub(super) below_title: u32,
    pub(super) table: usize,
    pub(super) body: &'static str,
}

impl Measures {
    pub(super) fn of(layout: Layout) -> Self {
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
    pub(super) fn blank(&self, width: usize) -> usize {
        (width * 32 / self.text.max(1)).max(4)
    }

    pub(super) fn width(&self) -> usize {
        let sides = u32::try_from(self.margin.left + self.margin.right).unwrap_or(0);
        usize::try_from(PAGE.0.saturating_sub(sides)).unwrap_or(0)
    }
}

/// The fonts of a text: Chinese by name, with Latin letters and figures in Times New Roman.
pub(super) fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new()
        .ascii("Times New Roman")
        .hi_ansi("Times New Roman")
        .east_asia(chinese)
        // Signs that both scripts have, such as quotation marks and boxes, are Chinese.
        .hint("eastAsia")
}
