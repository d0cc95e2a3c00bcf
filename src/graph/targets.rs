//! What documents say about each other in their keys: every named document and clause must exist, and
//! every citation must stay within its law.

use super::links::{no_article, no_reference};
use super::{PageId, Site};
use crate::content::fields::Located;
use crate::content::reference::Citation;
use crate::diag::{Diagnostic, Message, Span, did_you_mean, nearest};

/// The findings about one page's keys.
#[must_use]
pub fn check(site: &Site, from: PageId) -> Vec<Diagnostic> {
    let content = &site.pages[from].document.content;
    let targets = content.targets().into_iter();
    let targets = targets.filter_map(|target| dead(site, from, target));
    let citations = content.citations().into_iter();
    let citations = citations.filter_map(|citation| false_citation(site, from, citation));
    targets.chain(citations).collect()
}

fn span(site: &Site, from: PageId, bytes: &std::ops::Range<usize>) -> Span {
    Span {
        source: site.pages[from].document.path.clone(),
        bytes: bytes.clone(),
    }
}

fn dead(site: &Site, from: PageId, target: &Located<String>) -> Option<Diagnostic> {
    let (document, clause) = match target.value.split_once('#') {
        Some((document, clause)) => (document, Some(clause)),
        None => (target.value.as_str(), None),
    };
    let span = span(site, from, &target.bytes);
    if site.ended_record(document).is_some() {
        return None;
    }
    let Some(page) = site.page_of_target(document) else {
        return Some(absent(site, document, span));
    };
    let clause = clause?;
    if super::links::has_anchor(site, page, clause) {
        return None;
    }
    let message = Message::new(
        format!("文档 `{document}` 中没有条款 `{clause}`"),
        format!("the document `{document}` has no clause `{clause}`"),
    );
    let clauses = site.pages[page].document.content.clauses();
    let help = did_you_mean(nearest(clause, clauses)).unwrap_or_else(how_to_write);
    Some(Diagnostic::error("dead-target", span, message).with_help(help))
}

fn absent(site: &Site, document: &str, span: Span) -> Diagnostic {
    if site.is_unpublished(document) {
        return Diagnostic::warning(
            "link-to-unpublished",
            span,
            Message::new(
                format!("文档 `{document}` 今天没有发布"),
                format!("the document `{document}` is not published today"),
            ),
        )
        .with_help(Message::new(
            "让那份文档也发布，或删去这一项",
            "publish that document too, or remove the entry",
        ));
    }
    let targets = site.pages.iter().map(|page| page.target.as_str());
    let help = did_you_mean(nearest(document, targets)).unwrap_or_else(how_to_write);
    let message = Message::new(
        format!("没有文档 `{document}`"),
        format!("there is no document `{document}`"),
    );
    Diagnostic::error("dead-target", span, message).with_help(help)
}

fn how_to_write() -> Message {
    Message::new(
        "写源文件的路径，不带 content/ 和扩展名，如 industries/gas/checklist#gas-101",
        "write the source path without content/ and ending, such as industries/gas/checklist#gas-101",
    )
}

fn false_citation(site: &Site, from: PageId, citation: &Citation) -> Option<Diagnostic> {
    let id = &citation.reference;
    let Some(reference) = site.references.get(&id.value) else {
        // A missing id was reported as such, and a list with a fault in it may hold this one.
        if id.value.trim().is_empty() || site.are_references_damaged() {
            return None;
        }
        let (message, help) = no_reference(site, &id.value);
        let span = span(site, from, &id.bytes);
        return Some(Diagnostic::error("unknown-reference", span, message).with_help(help));
    };
    let (article, last) = (citation.article.as_ref()?, reference.articles?);
    if (1..=last).contains(&article.value) {
        return None;
    }
    let (message, help) = no_article(site, &id.value, &article.value.to_string());
    let span = span(site, from, &article.bytes);
    Some(Diagnostic::error("no-such-article", span, message).with_help(help))
}

/// Attachments and photographs named in keys must be files of the site.
#[must_use]
pub fn check_files(site: &Site, from: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[from].document;
    let attachments = document.content.common.attachments.iter();
    let attachments = attachments.map(|one| (&one.file, "missing-attachment"));
    let photos = document.content.photos().into_iter();
    attachments
        .chain(photos.map(|file| (file, "bad-image")))
        .filter_map(|(file, code)| missing_file(site, from, file, code))
        .collect()
}

fn missing_file(
    site: &Site,
    from: PageId,
    file: &Located<String>,
    code: &'static str,
) -> Option<Diagnostic> {
    let document = &site.pages[from].document;
    let path = document.path.join(site.root.as_str(), &file.value).ok();
    if path.is_some_and(|path| site.files.contains_key(&path)) {
        return None;
    }
    let name = &file.value;
    let last = name.rsplit('/').next().unwrap_or_default();
    let names = site.files.keys().map(crate::path::SourcePath::file_name);
    let help = did_you_mean(nearest(last, names)).unwrap_or_else(|| {
        Message::new(
            "把文件放在本文件旁边，写它的文件名",
            "put the file next to this one and write its name",
        )
    });
    let message = Message::new(
        format!("文件 `{name}` 不存在"),
        format!("the file `{name}` does not exist"),
    );
    let span = span(site, from, &file.bytes);
    Some(Diagnostic::error(code, span, message).with_help(help))
}
