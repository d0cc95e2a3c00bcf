//! Names taken out of the parts of a packed document: the text of some elements, the values of some attributes.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// The elements whose text, and the attributes whose values, name people; local names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// Elements.
    pub elements: &'static [&'static str],
    /// Attributes.
    pub attributes: &'static [&'static str],
}

/// The XML without the names; nothing where it holds none.
///
/// # Errors
/// When it cannot be read as XML.
pub fn without(xml: &[u8], names: Names) -> Result<Option<Vec<u8>>, quick_xml::Error> {
    let xml = crate::text::lossy(xml);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    let mut writer = Writer::new(Vec::with_capacity(xml.len()));
    let mut changed = false;
    // How many elements are open below one whose text goes, that one included.
    let mut inside = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(start) => {
                let is_name = names.elements.contains(&start.name().local_name().as_ref());
                inside += usize::from(inside > 0 || is_name);
                let (start, differs) = blanked(&start, names);
                changed |= differs;
                writer.write_event(Event::Start(start))?;
            }
            Event::Empty(start) => {
                let (start, differs) = blanked(&start, names);
                changed |= differs;
                writer.write_event(Event::Empty(start))?;
            }
            Event::End(end) => {
                inside = inside.saturating_sub(1);
                writer.write_event(Event::End(end))?;
            }
            Event::Text(text) if inside > 0 => {
                // Blanks between elements are no name.
                match text.trim().is_empty() {
                    true => writer.write_event(Event::Text(text))?,
                    false => changed = true,
                }
            }
            Event::CData(_) | Event::GeneralRef(_) if inside > 0 => changed = true,
            other => writer.write_event(other)?,
        }
    }
    Ok(changed.then(|| writer.into_inner()))
}

/// A tag without the values that name people, and whether it had any.
fn blanked<'a>(start: &BytesStart<'a>, names: Names) -> (BytesStart<'a>, bool) {
    let tag = start.name().as_ref().to_owned();
    let mut new = BytesStart::new(tag);
    let mut differs = false;
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.local_name();
        let names_somebody = names.attributes.contains(&key.as_ref());
        if names_somebody && !attribute.value.is_empty() {
            differs = true;
            new.push_attribute(Attribute {
                value: std::borrow::Cow::Borrowed(""),
                ..attribute
            });
        } else {
            new.push_attribute(attribute);
        }
    }
    match differs {
        true => (new, true),
        false => (start.clone(), false),
    }
}
