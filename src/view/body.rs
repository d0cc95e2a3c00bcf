//! A text's slots with what the rest of the site says about them: addresses, picture sizes, the words
//! of clause references, download cards.

use super::detail::letter;
use super::file::FileView;
use super::picture::PictureView;
use super::site_path;
use crate::content::Kind;
use crate::graph::leaving::notice;
use crate::graph::links::{Destination, resolve};
use crate::graph::{PageId, Site};
use crate::parse::markdown::{Body, Slot, SlotKind, escape, fill_slots};
use crate::path::SourcePath;

/// What goes into each slot of a page's text, in order, ready to be inserted.
#[must_use]
pub fn fillings(site: &Site, page: PageId) -> Vec<String> {
    let root = site.pages[page].url.to_root();
    let slots = site.pages[page].document.body.slots.iter();
    slots.map(|slot| filling(site, page, &root, slot)).collect()
}

/// A text with its slots filled. A first heading of level one is left out, as the page shows its title;
/// further ones go down to level two, as a page has one title.
#[must_use]
pub fn text(body: &Body, html: &str, fillings: &[String]) -> String {
    let filled = fill_slots(html, &body.slots, fillings);
    let titled = body.headings.first().is_some_and(|first| first.level == 1);
    let text = match filled.split_once("</h1>\n") {
        Some((before, rest)) if titled && before.starts_with("<h1") => rest.to_owned(),
        _ => filled,
    };
    // Only headings are written so: raw HTML has none, and everything else is escaped.
    match text.contains("<h1") {
        true => text.replace("<h1", "<h2").replace("</h1>", "</h2>"),
        false => text,
    }
}

fn filling(site: &Site, page: PageId, root: &str, slot: &Slot) -> String {
    let external = slot.kind == SlotKind::External;
    let found = (!external)
        .then(|| resolve(site, page, &slot.target).ok())
        .flatten();
    match slot.kind {
        SlotKind::Href => match found {
            Some(destination) => href(site, page, root, &destination),
            // A link that only warns keeps what the author wrote.
            None => escape::href(&slot.target),
        },
        SlotKind::External => {
            let address = escape::href(&slot.target);
            match notice(site, &slot.target) {
                // The address itself is for paper.
                Some(url) => {
                    let url = escape::text(&format!("{root}{}", site_path(url.as_str())));
                    format!("{url}\" data-address=\"{address}")
                }
                None => address,
            }
        }
        SlotKind::Image => match found {
            Some(Destination::File(path)) => image(site, root, &path),
            Some(other) => format!("<img src=\"{}\"", href(site, page, root, &other)),
            None => format!("<img src=\"{}\"", escape::href(&slot.target)),
        },
        SlotKind::ImageEnd => match found.and_then(|found| picture(site, &found)) {
            Some(picture) if !picture.copies.is_empty() => "</picture>".to_owned(),
            _ => String::new(),
        },
        SlotKind::ClauseText => match found {
            Some(destination) => escape::text(&clause_text(site, &destination)),
            None => escape::text(&slot.target),
        },
        SlotKind::Download => match found {
            Some(destination) => download(site, page, root, &destination),
            None => String::new(),
        },
        SlotKind::Blank => blank(site, page, &slot.target),
    }
}

/// A blank with what goes into it; outside a letter's list, the name itself.
fn blank(site: &Site, page: PageId, name: &str) -> String {
    let blanks = match &site.pages[page].document.content.kind {
        Kind::Letter(letter) => &letter.blanks[..],
        _ => &[],
    };
    let known = blanks.iter().find(|blank| blank.id.value == name);
    let (title, width) = match known.map(letter::blank) {
        Some(blank) => (blank.title, blank.width),
        None => (name.to_owned(), 8),
    };
    format!(
        "<span class=\"letter__blank letter__blank--{width}\">{}</span>",
        escape::text(&title)
    )
}

/// The address of a destination as written in an attribute of a page.
fn href(site: &Site, page: PageId, root: &str, destination: &Destination) -> String {
    let address = match destination {
        Destination::Page(to, Some(anchor)) if *to == page => {
            return escape::text(&format!("#{}", crate::path::percent_encode(anchor)));
        }
        other => site.address(other),
    };
    escape::text(&format!("{root}{}", site_path(&address)))
}

fn picture(site: &Site, destination: &Destination) -> Option<PictureView> {
    match destination {
        Destination::File(path) => PictureView::new(site, path),
        _ => None,
    }
}

/// How wide pictures in a text are shown: as the column, at most 40rem.
const SIZES: &str = "(min-width: 44rem) 40rem, 100vw";

/// A picture up to where its text for those who do not see it follows.
fn image(site: &Site, root: &str, path: &SourcePath) -> String {
    let Some(picture) = PictureView::new(site, path) else {
        return "<img src=\"\"".to_owned();
    };
    let address = |url: &str| escape::text(&format!("{root}{url}"));
    let mut html = String::new();
    if !picture.copies.is_empty() {
        let copies = picture.copies.iter();
        let set: Vec<String> = copies
            .map(|copy| format!("{} {}w", address(&copy.url), copy.width))
            .collect();
        let set = set.join(", ");
        html =
            format!("<picture><source type=\"image/webp\" srcset=\"{set}\" sizes=\"{SIZES}\" />");
    }
    html.push_str(&format!("<img src=\"{}\"", address(&picture.url)));
    if let Some((width, height)) = picture.dimensions {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    html
}

/// The title of the document and the clause's id: 城镇燃气检查清单 gas-101.
fn clause_text(site: &Site, destination: &Destination) -> String {
    match destination {
        Destination::Page(page, Some(clause)) => format!("{} {clause}", site.pages[*page].title),
        Destination::Page(page, None) => site.pages[*page].title.clone(),
        other => site.address(other),
    }
}

fn download(site: &Site, page: PageId, root: &str, destination: &Destination) -> String {
    let address = href(site, page, root, destination);
    let (title, meta) = match destination {
        Destination::File(path) => {
            let file = FileView::new(site, path, None);
            (file.title, format!("{} {}", file.format, file.size))
        }
        Destination::Page(to, _) => (site.pages[*to].title.clone(), String::new()),
        other => (site.address(other), String::new()),
    };
    format!(
        "<a class=\"download\" href=\"{address}\"><span class=\"download__title\">{}</span><span class=\"download__meta\">{}</span></a>",
        escape::text(&title),
        escape::text(&meta)
    )
}
