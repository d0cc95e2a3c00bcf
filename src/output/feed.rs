//! Atom feeds (RFC 4287). Ids and links are whole addresses; a site without a base address gets
//! relative links, and ids by tag URI so that readers still tell entries apart.

use crate::parse::markdown::escape::text as escape;
use crate::view::feed::FeedView;

/// The time zone of the dates that authors write: China has one.
const ZONE: &str = "+08:00";

/// The feed as XML.
#[must_use]
pub fn atom(feed: &FeedView, base: &str, author: &str) -> Vec<u8> {
    // From the feed's own place to the site's root, for sites without a base address.
    let up = "../".repeat(feed.path.matches('/').count());
    let link = |path: &str| match base {
        "" if up.is_empty() && path.is_empty() => "./".to_owned(),
        "" => format!("{up}{path}"),
        base => format!("{base}{path}"),
    };
    let id = |path: &str| match base {
        "" => format!("tag:anjian.invalid,2025:/{path}"),
        base => format!("{base}{path}"),
    };
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    xml.push_str(&format!(
        "<title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
        escape(&feed.title),
        escape(&id(&feed.path)),
        escape(&link(&feed.path)),
        escape(&link(&feed.home)),
        moment(&feed.updated),
        escape(author),
    ));
    for entry in &feed.entries {
        xml.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link href=\"{}\"/>\n<updated>{}</updated>\n<summary>{}</summary>\n</entry>\n",
            escape(&entry.link.title),
            escape(&id(&entry.link.url)),
            escape(&link(&entry.link.url)),
            moment(&entry.updated),
            escape(&entry.summary),
        ));
    }
    xml.push_str("</feed>\n");
    xml.into_bytes()
}

/// `2025-03-01T09:30` as RFC 3339 asks for it.
fn moment(minute: &str) -> String {
    format!("{minute}:00{ZONE}")
}
