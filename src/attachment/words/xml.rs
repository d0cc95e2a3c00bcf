//! XML as the text that readers see of it: runs of a paragraph joined, cells parted.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// The elements that hold what readers see; their text alone counts. Of OpenDocument all text does.
const SHOWN: [&str; 11] = [
    "t",
    "delText",
    "instrText",
    "text",
    "TextCode",
    "oddHeader",
    "oddFooter",
    "evenHeader",
    "evenFooter",
    "firstHeader",
    "firstFooter",
];
/// Elements of properties that name authors: they are taken out before the file is published.
const AUTHORS: [&str; 7] = [
    "creator",
    "initial-creator",
    "lastModifiedBy",
    "Company",
    "Manager",
    "printed-by",
    "author",
];

/// What stands behind each of a workbook's texts: no XML may hold it.
pub(super) const NEXT: char = '\u{c}';

/// The text of a part; `all` of it, or that of known elements. Where the XML ends early, so does the text.
pub(super) fn text(xml: &[u8], all: bool) -> String {
    let xml = crate::text::lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut flow = Flow::default();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => flow.start(tag.name().local_name().as_ref(), all),
            Event::End(tag) => flow.end(tag.name().local_name().as_ref(), all),
            Event::Empty(tag) => flow.empty(tag.name().local_name().as_ref()),
            Event::Text(text) => flow.add(&text),
            Event::CData(text) => flow.add(&text.into_inner()),
            Event::GeneralRef(name) => flow.add(resolved(&name).encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }
    flow.text
}

/// What a reference such as `&#49;` or `&amp;` stands for.
pub(super) fn resolved(name: &BytesRef<'_>) -> char {
    if let Ok(Some(one)) = name.resolve_char_ref() {
        return one;
    }
    match name.borrow().into_inner().as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => ' ',
    }
}

#[derive(Default)]
struct Flow {
    text: String,
    /// How many elements are open whose text counts, whose text does not, and how many cells.
    shown: usize,
    hidden: usize,
    cells: usize,
}

impl Flow {
    fn start(&mut self, name: &str, all: bool) {
        self.shown += usize::from(counts(name, all));
        self.hidden += usize::from(hides(name, all));
        self.cells += usize::from(is_cell(name));
    }

    fn end(&mut self, name: &str, all: bool) {
        self.shown = self.shown.saturating_sub(usize::from(counts(name, all)));
        self.hidden = self.hidden.saturating_sub(usize::from(hides(name, all)));
        if is_cell(name) {
            self.cells = self.cells.saturating_sub(1);
            self.text.push_str(" | ");
            return;
        }
        match name {
            "p" | "h" if self.cells > 0 => self.text.push(' '),
            "p" | "h" | "tr" | "table-row" | "TextObject" | "comment" => {
                self.text.push('\n');
            }
            "si" => self.text.push(NEXT),
            // Of properties each is a line of its own.
            _ if all
                && self.hidden == 0
                && !matches!(name, "span" | "a" | "s")
                && !self.text.ends_with('\n') =>
            {
                self.text.push('\n');
            }
            _ => {}
        }
    }

    fn empty(&mut self, name: &str) {
        match name {
            "br" | "cr" | "line-break" => self.text.push('\n'),
            "tab" | "s" => self.text.push(' '),
            "si" => self.text.push(NEXT),
            _ if is_cell(name) => self.text.push_str(" | "),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if self.shown > 0 && self.hidden == 0 {
            self.text.push_str(text);
        }
    }
}

fn counts(name: &str, all: bool) -> bool {
    all || SHOWN.contains(&name)
}

/// Readings beside Chinese characters, and what is taken out.
fn hides(name: &str, all: bool) -> bool {
    name == "rPh" || (all && AUTHORS.contains(&name))
}

fn is_cell(name: &str) -> bool {
    matches!(name, "tc" | "table-cell" | "covered-table-cell")
}
