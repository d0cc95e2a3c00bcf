//! The site map for search engines (sitemaps.org, protocol 0.9). The protocol asks for whole addresses;
//! without a base address there is nothing to list, and the file says so.

use crate::parse::markdown::escape::text as escape;
use crate::view::feed::SitemapEntry;

/// The site map as XML.
#[must_use]
pub fn xml(entries: &[SitemapEntry], base: &str) -> Vec<u8> {
    let mut xml = String::with_capacity(64 + entries.len() * 96);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    if base.is_empty() {
        xml.push_str("<!-- base_url in site.toml is not set: addresses begin with / -->\n");
    }
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let start = if base.is_empty() { "/" } else { base };
    for entry in entries {
        xml.push_str("<url><loc>");
        xml.push_str(&escape(start));
        xml.push_str(&escape(&entry.path));
        xml.push_str("</loc>");
        if let Some(day) = &entry.changed {
            xml.push_str("<lastmod>");
            xml.push_str(day);
            xml.push_str("</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}
