//! Texts of PDF files: pages, laid into lines by where their characters stand; fields, remarks and properties.

use super::{Look, Place, Unread};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId};
use std::collections::BTreeMap;

/// How many pages are looked through.
const MOST_PAGES: usize = 2000;
/// How far apart, in parts of a character's height, two rows stand at least, and two words in a row.
const ROW: f32 = 0.4;
const WORD: f32 = 0.35;

/// Looks through a PDF file.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    let most = usize::try_from(look.left).unwrap_or(usize::MAX);
    let options = LoadOptions {
        max_decompressed_size: Some(most),
        ..LoadOptions::default()
    };
    // What cannot be opened, or is locked, is reported already.
    let Ok(document) = Document::load_mem_with_options(bytes, options) else {
        return;
    };
    if document.is_encrypted() || document.was_encrypted() {
        return;
    }
    let (mut silent, mut pages) = (true, 0_usize);
    for (number, id) in document.get_pages() {
        pages += 1;
        if pages > MOST_PAGES {
            look.miss(Unread::TooLarge);
            break;
        }
        let Some(text) = page(look, &document, id) else {
            continue;
        };
        silent &= text.trim().is_empty();
        look.lines(&Place::Page(number), &text);
    }
    entries(look, &document);
    let pictures = document.objects.values().any(|object| {
        let stream = object.as_stream();
        stream.is_ok_and(|stream| is_named(&stream.dict, b"Subtype", b"Image"))
    });
    if silent && pictures {
        look.miss(Unread::Scanned);
    }
}

fn is_named(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    let found = dictionary.get(key).and_then(Object::as_name);
    found.is_ok_and(|found| found == name)
}

/// The text of a page; nothing where it cannot be read.
fn page(look: &mut Look, document: &Document, id: ObjectId) -> Option<String> {
    let most = usize::try_from(look.left).unwrap_or(usize::MAX);
    let Ok(content) = document.get_page_content_with_limit(id, most) else {
        look.miss(Unread::TooLarge);
        return None;
    };
    if !look.take(content.len()) {
        return None;
    }
    let fonts = document.get_page_fonts(id).unwrap_or_default();
    let mut encodings = BTreeMap::new();
    for (name, font) in fonts {
        if let Ok(encoding) = font.get_font_encoding_with_limit(document, most) {
            encodings.insert(name, encoding);
        }
    }
    let Ok(content) = Content::decode(&content) else {
        look.miss(Unread::Damaged);
        return None;
    };
    let mut rows = Rows::new(&encodings);
    for operation in &content.operations {
        rows.take(operation);
    }
    Some(rows.text)
}

/// Characters on their way into lines.
struct Rows<'a> {
    encodings: &'a BTreeMap<Vec<u8>, Encoding<'a>>,
    font: Option<&'a Encoding<'a>>,
    size: f32,
    /// How much a text matrix magnifies.
    scale: (f32, f32),
    leading: f32,
    /// Where the line begins, where the next character goes, where the last one ended.
    line: (f32, f32),
    next: f32,
    last: Option<(f32, f32)>,
    text: String,
}

impl<'a> Rows<'a> {
    fn new(encodings: &'a BTreeMap<Vec<u8>, Encoding<'a>>) -> Self {
        Self {
            encodings,
            font: None,
            size: 1.0,
            scale: (1.0, 1.0),
            leading: 0.0,
            line: (0.0, 0.0),
            next: 0.0,
            last: None,
            text: String::new(),
        }
    }

    fn take(&mut self, operation: &Operation) {
        let operands = &operation.operands;
        let number = |at: usize| {
            let one = operands.get(at).map(Object::as_float);
            one.and_then(Result::ok).unwrap_or(0.0)
        };
        match operation.operator.as_str() {
            "BT" => {
                self.scale = (1.0, 1.0);
                self.go((0.0, 0.0));
            }
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.font = name.and_then(|name| self.encodings.get(name));
                self.size = number(1).abs();
            }
            "TL" => self.leading = number(0),
            "Tm" => {
                let size = |a: f32, b: f32| match a.hypot(b) {
                    0.0 => 1.0,
                    size => size,
                };
                self.scale = (size(number(0), number(1)), size(number(2), number(3)));
                self.go((number(4), number(5)));
            }
            "Td" => self.step(number(0), number(1)),
            "TD" => {
                self.leading = -number(1);
                self.step(number(0), number(1));
            }
            "T*" => self.step(0.0, -self.leading),
            "Tj" => self.show(operands.first()),
            "TJ" => self.row(operands.first()),
            "'" => {
                self.step(0.0, -self.leading);
                self.show(operands.first());
            }
            "\"" => {
                self.step(0.0, -self.leading);
                self.show(operands.get(2));
            }
            _ => {}
        }
    }

    fn go(&mut self, place: (f32, f32)) {
        self.line = place;
        self.next = place.0;
    }

    fn step(&mut self, right: f32, up: f32) {
        let (x, y) = self.line;
        self.go((x + right * self.scale.0, y + up * self.scale.1));
    }

    /// Strings with distances between them, in thousandths of a character's height.
    fn row(&mut self, parts: Option<&Object>) {
        let parts = parts.and_then(|parts| parts.as_array().ok());
        for part in parts.into_iter().flatten() {
            match part.as_float() {
                Ok(back) => self.next -= back / 1000.0 * self.size * self.scale.0,
                Err(_) => self.show(Some(part)),
            }
        }
    }

    fn show(&mut self, string: Option<&Object>) {
        let (Some(Object::String(bytes, _)), Some(font)) = (string, self.font) else {
            return;
        };
        let Ok(text) = Document::decode_text(font, bytes) else {
            return;
        };
        let (height, width) = (self.size * self.scale.1, self.size * self.scale.0);
        if let Some((x, y)) = self.last {
            if (self.line.1 - y).abs() > ROW * height {
                self.text.push('\n');
            } else if self.next - x > WORD * width || self.next < x - 4.0 * width {
                self.text.push(' ');
            }
        }
        self.text.push_str(&text);
        // Han characters are as wide as they are high, others about half of that.
        let wide = |one: char| match u32::from(one) < 0x2e80 {
            true => 0.5,
            false => 1.0,
        };
        self.next += text.chars().map(wide).sum::<f32>() * width;
        self.last = Some((self.next, self.line.1));
    }
}

/// What is filled into fields, written on pages as remarks, and said of the whole.
fn entries(look: &mut Look, document: &Document) {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = info.ok();
    for (id, object) in &document.objects {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        let (place, keys): (_, &[&[u8]]) = match info == Some(*id) {
            true => (Place::Properties, &[b"Title", b"Subject", b"Keywords"]),
            false => (Place::Field, &[b"Contents", b"V", b"RC"]),
        };
        for key in keys {
            let value = dictionary.get(key).ok();
            let text = value.and_then(|value| lopdf::decode_text_string(value).ok());
            let text = text.unwrap_or_default();
            if !look.take(text.len()) {
                return;
            }
            look.lines(&place, &text);
        }
    }
}
