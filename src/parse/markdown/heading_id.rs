//! Written ids of headings: `{#id}` at a title's end is taken out of the parser's events.
//!
//! The parser has an option for this, which panics on some titles of two lines (pulldown-cmark 0.13.6, with
//! `- [ ] \\` before `---`) and joins lines that end in a bare carriage return (its issue 1132).

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

/// An event and its bytes in the text.
type Placed<'a> = (Event<'a>, Range<usize>);

/// Moves the written id of every heading from its text into its tag.
pub(super) fn take_ids(events: &mut [Placed<'_>], source: &str) {
    let mut start = 0;
    for at in 0..events.len() {
        match events.get(at) {
            Some((Event::Start(Tag::Heading { .. }), _)) => start = at,
            Some((Event::End(pulldown_cmark::TagEnd::Heading(_)), _)) => {
                if let Some(title) = events.get_mut(start..at) {
                    take_id(title, source);
                }
            }
            _ => {}
        }
    }
}

/// The same for one heading: its start and what stands in it.
fn take_id(title: &mut [Placed<'_>], source: &str) {
    let Some((open, id)) = find_id(title, source) else {
        return;
    };
    for (event, span) in title.iter_mut().rev() {
        let Event::Text(text) = event else {
            break;
        };
        let kept = text.get(..open.saturating_sub(span.start)).unwrap_or(text);
        let kept = kept.trim_end().to_owned();
        let done = !kept.is_empty();
        *event = Event::Text(kept.into());
        if done {
            break;
        }
    }
    if let Some((Event::Start(Tag::Heading { id: place, .. }), _)) = title.first_mut() {
        *place = Some(CowStr::from(id));
    }
}

/// Where the braces begin and the id in them. They end the title and hold nothing but plain text.
fn find_id(title: &[Placed<'_>], source: &str) -> Option<(usize, String)> {
    let (Event::Text(_), last) = title.last()? else {
        return None;
    };
    let (_, whole) = title.first()?;
    let written = source.get(whole.start..last.end)?.strip_suffix('}')?;
    let open = written.rfind('{')?;
    let (before, inside) = (written.get(..open)?, written.get(open + 1..)?);
    if before.ends_with('\\') || inside.contains('\n') {
        return None;
    }
    let id = inside.split_ascii_whitespace().next()?.strip_prefix('#')?;
    let open = whole.start + open;
    let mut inner = title.iter().rev().take_while(|(_, span)| span.end > open);
    let plain = inner.all(|(event, span)| {
        let is_text = matches!(event, Event::Text(text) if text.len() == span.len());
        is_text || matches!(event, Event::Start(Tag::Heading { .. }))
    });
    (plain && !id.is_empty()).then(|| (open, id.to_owned()))
}
