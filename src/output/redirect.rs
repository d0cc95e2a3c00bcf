//! Pages at former addresses that lead readers on at once, without scripts.

use crate::graph::{PageId, Site};
use crate::parse::markdown::escape::text as escape;
use crate::path::UrlPath;
use crate::view::site_path;

/// What a redirect shows.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct RedirectView {
    title: String,
    /// Relative, so that it works below any folder.
    target: String,
    canonical: String,
    language: String,
}

/// The redirect at `from` to a page.
#[must_use]
pub fn view(site: &Site, to: PageId, from: &UrlPath) -> RedirectView {
    let page = &site.pages[to];
    let path = site_path(page.url.as_str());
    let canonical = match site.config.base_url.as_str() {
        "" => String::new(),
        base => format!("{base}{path}"),
    };
    RedirectView {
        title: page.title.clone(),
        target: format!("{}{path}", from.to_root()),
        canonical,
        language: site.config.language.clone(),
    }
}

/// The page.
#[must_use]
pub fn html(view: &RedirectView) -> Vec<u8> {
    let (title, target) = (escape(&view.title), escape(&view.target));
    let canonical = match view.canonical.as_str() {
        "" => String::new(),
        whole => format!("<link rel=\"canonical\" href=\"{}\">\n", escape(whole)),
    };
    let words = match view.language.as_str() {
        "en" => "This page has moved:",
        _ => "本页已移到：",
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n<meta name=\"robots\" content=\"noindex\">\n{canonical}</head>\n<body>\n<p>{words}<a href=\"{target}\">{title}</a></p>\n</body>\n</html>\n",
        view.language
    )
    .into_bytes()
}
