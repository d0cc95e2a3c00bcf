//! How pages are prepared: the template of each kind, what a document's page offers to download, and the bytes of
//! pages with and without a text of their own. Used by [`super::prepare`] alone.

use super::page_like::PageLike;
use super::{Content, Failure, Prepared, Stage};
use crate::content::Kind;
use crate::diag::{Diagnostic, Message};
use crate::graph::downloads;
use crate::graph::{PageId, SectionId, Site};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::render::terms;
use crate::view::{body, library, listing, page};
use serde::Serialize;
use std::hash::Hash;

/// The template of a document's kind.
pub(super) fn template(site: &Site, id: PageId) -> &'static str {
    match site.pages[id].document.content.kind.word() {
        "checklist" => "checklist.html",
        "guide" => "guide.html",
        "rules" => "rules.html",
        "patrol" => "patrol.html",
        "benchmark-case" => "benchmark-case.html",
        "enforcement-case" => "enforcement-case.html",
        "form" => "form.html",
        "letter" => "letter.html",
        "register" => "register.html",
        "policy" => "policy.html",
        _ => "page.html",
    }
}

/// The address that an output file answers.
pub(super) fn address_of(path: &OutputPath) -> UrlPath {
    let text = path.as_str();
    UrlPath::new(text.strip_suffix("index.html").unwrap_or(text))
}

pub(super) fn section(stage: Stage<'_>, id: SectionId, number: usize) -> Prepared<'_> {
    let site = stage.site;
    let index = site.sections[id].index;
    let shown = index.filter(|_| number == 1);
    let page = shown.map(|page| page_view(stage, page));
    let view = listing::section(site, stage.cards, id, number, page, stage.words);
    let hub = shown.is_some_and(|page| site.pages[page].document.content.kind.word() == "industry");
    let template = if hub { "industry.html" } else { "section.html" };
    match shown {
        Some(page) => document(stage, template, view, page),
        None => plain(stage, template, view),
    }
}

/// A document's page with what it offers to download.
pub(super) fn page_view(stage: Stage<'_>, id: PageId) -> page::PageView {
    let mut view = page::page(stage.site, id);
    if let Kind::Industry(hub) = &stage.site.pages[id].document.content.kind {
        view.kits = library::kits_of(stage.site, &hub.industry.value, &offered(stage));
    }
    upright_sizes(stage, id, &mut view);
    if let Some(path) = downloads::path(stage.site, id) {
        view.downloads = vec![offered(stage).file(&view.head.title, &path)];
    }
    view
}

/// A picture that is published upright has another size than its source.
fn upright_sizes(stage: Stage<'_>, id: PageId, view: &mut page::PageView) {
    let document = &stage.site.pages[id].document;
    let attachments = document.content.common.attachments.iter();
    let root = stage.site.root.as_str();
    // As the view has them: those whose path leads out of the project are an error of their own.
    let sources = attachments.filter_map(|one| document.path.join(root, &one.file.value).ok());
    for (file, source) in view.attachments.iter_mut().zip(sources) {
        let published = stage.site.files.get(&source);
        let upright = published.filter(|one| one.asset.upright().is_some());
        if let Some(made) = upright.and_then(|one| stage.made.get(&one.url.output())) {
            file.resize(made.size);
        }
    }
}

/// What pages say of documents to download.
pub(super) fn offered(stage: Stage<'_>) -> library::Offered<'_> {
    library::Offered {
        words: stage.words,
        size: Box::new(move |path| stage.made.get(path).map_or(0, |made| made.size)),
    }
}

/// A page without a text of its own.
pub(super) fn plain<'a, V>(stage: Stage<'a>, template: &'static str, view: V) -> Prepared<'a>
where
    V: Serialize + Hash + PageLike + 'a,
{
    Prepared {
        inputs: Fingerprint::of(&(stage.stamp, template, stage.renderer.fingerprint(), &view)),
        make: Box::new(move |_| {
            let made = stage.renderer.render(template, &view, view.root(), None);
            made.map(|html| Content::Bytes(html.into_bytes()))
                .map_err(Failure::Site)
        }),
    }
}

/// A page with the text of a document.
pub(super) fn document<'a, V>(
    stage: Stage<'a>,
    template: &'static str,
    view: V,
    id: PageId,
) -> Prepared<'a>
where
    V: Serialize + Hash + PageLike + 'a,
{
    let terms = stage.site.glossary.fingerprint;
    let theme = stage.renderer.fingerprint();
    Prepared {
        inputs: Fingerprint::of(&(stage.stamp, template, theme, terms, &view)),
        make: Box::new(move |texts| {
            let page = &stage.site.pages[id];
            let document = &page.document;
            let html = texts(&document.path).ok_or(Failure::Cache)?;
            let text = body::text(&document.body, &html, view.fillings());
            let made = stage
                .renderer
                .render(template, &view, view.root(), Some(&text));
            let html = made.map_err(|found| Failure::Site(name_page(found, &document.path)))?;
            let html = match stage.site.glossary.is_empty() {
                true => html,
                false => terms::link(&html, view.root(), &page.target, &stage.site.glossary),
            };
            Ok(Content::Bytes(html.into_bytes()))
        }),
    }
}

/// A template's failure names the page as well.
fn name_page(mut found: Box<Diagnostic>, path: &SourcePath) -> Box<Diagnostic> {
    found.message = Message::new(
        format!("生成 `{path}` 的页面时：{}", found.message.zh),
        format!("making the page of `{path}`: {}", found.message.en),
    );
    found
}

/// A file that is no page.
pub(super) fn bytes<'a>(
    inputs: Fingerprint,
    make: impl FnOnce() -> Vec<u8> + Send + 'a,
) -> Prepared<'a> {
    Prepared {
        inputs,
        make: Box::new(move |_| Ok(Content::Bytes(make()))),
    }
}
