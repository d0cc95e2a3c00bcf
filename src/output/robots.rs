//! `robots.txt` (RFC 9309): everything may be read; the site map is named where its address is known.

/// The text of the file.
#[must_use]
pub fn txt(base: &str) -> Vec<u8> {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        text.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    text.into_bytes()
}
