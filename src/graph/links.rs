//! Where links lead: sources by path, other documents by name, anchors, references and their articles,
//! files, and the pages that every site has. Chinese and percent-encoded forms are one target.

use super::{PageId, Site};
use crate::config::Strictness;
use crate::diag::{Diagnostic, Message, Severity, Span, did_you_mean, nearest};
use crate::parse::markdown::{Slot, SlotKind};
use crate::path::{SourcePath, UrlPath, percent_decode};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A page, with an anchor in it.
    Page(PageId, Option<String>),
    /// A file that is published as it is.
    File(SourcePath),
    /// A law or standard, with an article of it.
    Reference(String, Option<i64>),
    /// A page made by the program, such as `/keywords/`.
    Generated(UrlPath),
    /// A document that is not published today; readers are led to the folder it stands in.
    Unpublished(UrlPath),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No page and no file has this name.
    NoPage(String),
    /// The page has no such anchor.
    NoAnchor(PageId, String),
    /// `references.toml` has no such id.
    NoReference(String),
    /// The law ends before this article.
    NoArticle(String, String),
}

/// Addresses that every site has and authors may link to with a leading `/`.
pub const GENERATED: [&str; 9] = [
    "/keywords/",
    "/references/",
    "/sitemap/",
    "/feed.xml",
    "/sitemap.xml",
    "/catalogue.csv",
    "/catalogue.json",
    "/specifications/",
    "/404.html",
];

/// Finds what `target` means, written on the page `from`.
///
/// # Errors
/// [`Broken`] where nothing answers.
pub fn resolve(site: &Site, from: PageId, target: &str) -> Result<Destination, Broken> {
    if let Some(reference) = percent_decode(target).strip_prefix("ref:") {
        return resolve_reference(site, reference);
    }
    // Before decoding: an encoded `#` or `?` is part of a file's name.
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decode(anchor))),
        None => (target, None),
    };
    let path = percent_decode(path.split('?').next().unwrap_or_default());
    let page = match path.as_str() {
        "" => from,
        path => match named(site, from, path) {
            Some(Destination::Page(page, _)) => page,
            Some(other) => return Ok(other),
            None => return Err(Broken::NoPage(path.to_owned())),
        },
    };
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        return Ok(Destination::Page(page, None));
    };
    if has_anchor(site, page, &anchor) {
        return Ok(Destination::Page(page, Some(anchor)));
    }
    match anchor_by_title(site, page, &anchor) {
        Some(id) => Ok(Destination::Page(page, Some(id.to_owned()))),
        None => Err(Broken::NoAnchor(page, anchor)),
    }
}

/// Whether something on the page carries this id.
#[must_use]
pub fn has_anchor(site: &Site, page: PageId, anchor: &str) -> bool {
    let document = &site.pages[page].document;
    let headings = &document.body.headings;
    headings.iter().any(|heading| heading.id == anchor)
        || document.body.anchors.iter().any(|id| id == anchor)
        || document.content.clauses().contains(&anchor)
        || site.is_damaged(&document.path)
}

/// The heading that other programs would give this anchor: many documents were written for GitHub,
/// which keeps letters, digits, `-` and `_` of a title, turns blanks into `-` and drops the rest.
fn anchor_by_title<'a>(site: &'a Site, page: PageId, anchor: &str) -> Option<&'a str> {
    let headings = &site.pages[page].document.body.headings;
    let wanted = anchor.to_lowercase();
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for heading in headings {
        let mut theirs = String::with_capacity(heading.title_text.len());
        for character in heading.title_text.trim().to_lowercase().chars() {
            match character {
                ' ' => theirs.push('-'),
                '-' | '_' => theirs.push(character),
                other if other.is_alphanumeric() => theirs.push(other),
                _ => {}
            }
        }
        let count = seen.entry(theirs.clone()).or_default();
        let numbered = match *count {
            0 => theirs,
            times => format!("{theirs}-{times}"),
        };
        *count += 1;
        if numbered == wanted || heading.id.to_lowercase() == wanted {
            return Some(&heading.id);
        }
    }
    None
}

fn named(site: &Site, from: PageId, path: &str) -> Option<Destination> {
    let here = &site.pages[from].document.path;
    if let Ok(source) = here.join(site.root.as_str(), path) {
        if let Some(page) = site.page_of_source(&source) {
            return Some(Destination::Page(page, None));
        }
        if site.files.contains_key(&source) {
            return Some(Destination::File(source));
        }
        let below = source.as_str().strip_prefix(site.root.as_str());
        let below = below.unwrap_or_default().trim_start_matches('/');
        if let Some(found) = by_name(site, below) {
            return Some(found);
        }
    }
    let generated = site.makes(path).then(|| UrlPath::new(path));
    generated
        .map(Destination::Generated)
        .or_else(|| by_name(site, path.trim_start_matches('/')))
}

/// The document of a name, with or without an ending, `index.html` and final `/`.
fn by_name(site: &Site, name: &str) -> Option<Destination> {
    let endings = [".html", ".htm", ".md", ".toml"];
    let bare = endings.iter().find_map(|end| name.strip_suffix(end));
    let bare = bare.unwrap_or(name).trim_end_matches('/');
    let bare = bare.strip_suffix("index").unwrap_or(bare);
    let bare = bare.trim_end_matches('/');
    let folder = match bare {
        "" => String::new(),
        bare => format!("{bare}/"),
    };
    for target in [bare, folder.as_str()] {
        if let Some(page) = site.page_of_target(target) {
            return Some(Destination::Page(page, None));
        }
        // What became of it stands at its own address.
        if let Some(ended) = site.ended_record(target) {
            return Some(Destination::Generated(ended.url.clone()));
        }
        if site.is_unpublished(target) {
            let above = site.sections.iter().rev();
            let mut above = above.filter(|section| {
                section.folder.is_empty() || bare.starts_with(&format!("{}/", section.folder))
            });
            let url = above.next().map(|section| section.url.clone());
            return Some(Destination::Unpublished(
                url.unwrap_or_else(|| UrlPath::new("/")),
            ));
        }
    }
    let section = site
        .sections
        .iter()
        .find(|section| !bare.is_empty() && section.folder == bare);
    section.map(|section| Destination::Generated(section.url.clone()))
}

fn resolve_reference(site: &Site, target: &str) -> Result<Destination, Broken> {
    let (id, article) = match target.split_once('#') {
        Some((id, article)) => (id, Some(article)),
        None => (target, None),
    };
    let Some(reference) = site.references.get(id) else {
        if site.are_references_damaged() {
            return Ok(Destination::Reference(id.to_owned(), None));
        }
        return Err(Broken::NoReference(id.to_owned()));
    };
    let Some(article) = article else {
        return Ok(Destination::Reference(id.to_owned(), None));
    };
    let number: Option<i64> = article.parse().ok().filter(|number| *number > 0);
    match (number, reference.articles) {
        (Some(number), Some(last)) if number > last => {
            Err(Broken::NoArticle(id.to_owned(), article.to_owned()))
        }
        (Some(number), _) => Ok(Destination::Reference(id.to_owned(), Some(number))),
        (None, _) => Err(Broken::NoArticle(id.to_owned(), article.to_owned())),
    }
}

impl Site {
    /// The site-absolute address of a destination, not percent-encoded.
    #[must_use]
    pub fn address(&self, destination: &Destination) -> String {
        match destination {
            Destination::Page(page, None) => self.pages[*page].url.to_string(),
            Destination::Page(page, Some(anchor)) => format!("{}#{anchor}", self.pages[*page].url),
            Destination::File(path) => match self.files.get(path) {
                Some(file) => file.url.to_string(),
                None => String::new(),
            },
            Destination::Reference(id, None) => self.reference_url(id).to_string(),
            Destination::Reference(id, Some(article)) => {
                format!("{}#article-{article}", self.reference_url(id))
            }
            Destination::Generated(url) | Destination::Unpublished(url) => url.to_string(),
        }
    }
}

/// The findings about the links in one page's text.
#[must_use]
pub fn check(site: &Site, from: PageId) -> Vec<Diagnostic> {
    let document = &site.pages[from].document;
    let slots = document.body.slots.iter();
    slots
        .filter_map(|slot| check_slot(site, from, slot))
        .collect()
}

fn check_slot(site: &Site, from: PageId, slot: &Slot) -> Option<Diagnostic> {
    let span = || Span {
        source: site.pages[from].document.path.clone(),
        bytes: slot.span.clone(),
    };
    let wants_file = matches!(slot.kind, SlotKind::Image | SlotKind::Download);
    // Names of blanks are held against the letter's own list.
    let no_link = matches!(
        slot.kind,
        SlotKind::External | SlotKind::ImageEnd | SlotKind::ClauseText | SlotKind::Blank
    );
    if no_link {
        return None;
    }
    match resolve(site, from, &slot.target) {
        Ok(Destination::Unpublished(_)) => Some(
            Diagnostic::warning(
                "link-to-unpublished",
                span(),
                Message::new(
                    format!("链接目标 `{}` 今天没有发布", slot.target),
                    format!("the link target `{}` is not published today", slot.target),
                ),
            )
            .with_help(Message::new(
                "读者会被带到它所在的栏目；不需要时删去这个链接",
                "readers are led to its folder; remove the link if that is not wanted",
            )),
        ),
        Ok(Destination::File(_)) => None,
        Ok(_) if wants_file && slot.kind == SlotKind::Image => {
            let (message, help) = no_page(site, &slot.target);
            Some(Diagnostic::error("bad-image", span(), message).with_help(help))
        }
        Ok(_) => None,
        Err(broken) => {
            let (message, help) = explain(site, &broken);
            let code = match slot.kind {
                SlotKind::Image => "bad-image",
                _ => "broken-link",
            };
            let mut found = Diagnostic::error(code, span(), message).with_help(help);
            if site.config.broken_links == Strictness::Warn {
                found.severity = Severity::Warning;
            }
            Some(found)
        }
    }
}

type Finding = (Message, Message);

/// What a broken link is called, and one thing to try.
#[must_use]
pub fn explain(site: &Site, broken: &Broken) -> Finding {
    match broken {
        Broken::NoPage(path) => no_page(site, path),
        Broken::NoAnchor(page, anchor) => no_anchor(site, *page, anchor),
        Broken::NoReference(id) => no_reference(site, id),
        Broken::NoArticle(id, article) => no_article(site, id, article),
    }
}

fn no_page(site: &Site, path: &str) -> Finding {
    let sources = site.pages.iter().map(|page| &page.document.path);
    let names = sources.chain(site.files.keys()).map(SourcePath::file_name);
    let last = path.rsplit('/').next().unwrap_or_default();
    let targets = site.pages.iter().map(|page| page.target.as_str());
    let guess = nearest(last, names).or_else(|| nearest(path, targets));
    let help = did_you_mean(guess).unwrap_or_else(|| {
        Message::new(
            "写相对路径，如 ../methods/four-colours.md，或以 / 开头从 content 文件夹算起",
            "write a relative path such as ../methods/four-colours.md, or begin at the content folder with /",
        )
    });
    let message = Message::new(
        format!("链接目标 `{path}` 不存在"),
        format!("the link target `{path}` does not exist"),
    );
    (message, help)
}

fn no_anchor(site: &Site, page: PageId, anchor: &str) -> Finding {
    let document = &site.pages[page].document;
    let headings = document.body.headings.iter().map(|one| one.id.as_str());
    let ids: Vec<&str> = headings.chain(document.content.clauses()).collect();
    let path = &document.path;
    let message = Message::new(
        format!("`{path}` 中没有编号 `{anchor}`"),
        format!("`{path}` has no id `{anchor}`"),
    );
    let help = did_you_mean(nearest(anchor, ids.iter().copied())).unwrap_or_else(|| {
        let some = ids.iter().take(12).copied().collect::<Vec<_>>();
        Message::new(
            format!("可用的编号：`{}`", some.join("`、`")),
            format!("ids: `{}`", some.join("`, `")),
        )
    });
    (message, help)
}

/// The finding about an id that `references.toml` does not hold.
#[must_use]
pub fn no_reference(site: &Site, id: &str) -> Finding {
    let message = Message::new(
        format!("`content/references.toml` 中没有 `{id}`"),
        format!("`content/references.toml` has no `{id}`"),
    );
    let known = site.references.keys().map(String::as_str);
    let help = did_you_mean(nearest(id, known)).unwrap_or_else(|| {
        Message::new(
            "先在 references.toml 中登记这部法规或标准",
            "list the law or standard in references.toml first",
        )
    });
    (message, help)
}

/// The finding about an article beyond a law's last.
#[must_use]
pub fn no_article(site: &Site, id: &str, article: &str) -> Finding {
    let reference = site.references.get(id);
    let title = reference.map_or(id, |reference| &reference.title);
    let is_number = article.parse::<i64>().is_ok();
    let last = reference.and_then(|reference| reference.articles);
    let message = match last.filter(|_| is_number) {
        Some(last) => Message::new(
            format!("《{title}》共 {last} 条，没有第 {article} 条"),
            format!("`{title}` has {last} articles, there is no article {article}"),
        ),
        None => Message::new(
            format!("`{article}` 不是条号"),
            format!("`{article}` is not the number of an article"),
        ),
    };
    let help = match is_number {
        true => Message::new(
            "对照法规原文核对条号",
            "compare the article's number with the text of the law",
        ),
        false => Message::new(
            format!("条号写阿拉伯数字，如 ref:{id}#36"),
            format!("write the number in digits, such as ref:{id}#36"),
        ),
    };
    (message, help)
}
