//! What a site publishes, path by path. Two jobs of one path are an error before anything is made.

use super::search::pages::SEARCH;
use super::{Job, Planned, offline};
use crate::config::Strictness;
use crate::content::fields::Located;
use crate::diag::{Diagnostic, Message, Severity, Span};
use crate::graph::downloads::{self, DOWNLOADS};
use crate::graph::editions;
use crate::graph::gallery;
use crate::graph::glossary::GLOSSARY;
use crate::graph::leaving;
use crate::graph::offline::WORKER;
use crate::graph::pictures;
use crate::graph::{Page, PageId, SectionId, Site, TIMELINE};
use crate::path::{OutputPath, SourcePath, UrlPath};
use crate::render::ThemeAsset;
use crate::view::head::has_feed;
use crate::view::library::facets;
use crate::view::listing::{page_url, pages_of};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a theme adds to a site.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Its published files.
    pub assets: &'a [ThemeAsset],
    /// Whether it has a page to search from.
    pub search: bool,
    /// Whether readers' browsers keep what they read.
    pub offline: bool,
}

/// The plan, sorted by path, each path once; and what is wrong with it.
#[must_use]
pub fn plan(site: &Site, theme: Offer<'_>) -> (Vec<Planned>, Vec<Diagnostic>) {
    let mut plan = Plan {
        site,
        jobs: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    for (id, page) in site.pages.iter().enumerate() {
        if !page.is_index {
            plan.add(&page.url, Job::Page(id));
        }
    }
    sections(&mut plan);
    for id in 0..site.pages.len() {
        if let Some(path) = downloads::path(site, id) {
            plan.put(path, Job::Download(id));
        }
    }
    ended(&mut plan);
    compared(&mut plan);
    files(&mut plan);
    generated(&mut plan);
    let search = UrlPath::new(SEARCH);
    if theme.search && !plan.has(&search) {
        plan.add(&search, Job::Search);
    }
    for address in leaving::addresses(site) {
        if let Some(url) = leaving::notice(site, address) {
            plan.add(&url, Job::Leaving(address.to_owned()));
        }
    }
    if downloads::any(site) {
        library(&mut plan);
    }
    kept(&mut plan, theme);
    for (at, asset) in theme.assets.iter().enumerate() {
        plan.put(asset.path.clone(), Job::Theme(at));
    }
    for (id, page) in site.pages.iter().enumerate() {
        aliases(&mut plan, id, page);
    }
    lost(&mut plan);
    let jobs = plan.jobs.into_iter();
    let planned = jobs.map(|(path, job)| Planned { path, job }).collect();
    (planned, plan.diagnostics)
}

struct Plan<'a> {
    site: &'a Site,
    jobs: BTreeMap<OutputPath, Job>,
    diagnostics: Vec<Diagnostic>,
}

impl Plan<'_> {
    fn has(&self, url: &UrlPath) -> bool {
        self.jobs.contains_key(&url.output())
    }

    fn add(&mut self, url: &UrlPath, job: Job) {
        self.put(url.output(), job);
    }

    /// The first job of a path keeps it; the second is reported at its own source.
    fn put(&mut self, path: OutputPath, job: Job) {
        // An address ends at its first `#`, so that no link would reach such a path.
        let no_address = path.as_str().contains('#');
        if no_address || OutputPath::new(path.as_str()).as_ref() != Ok(&path) {
            self.diagnostics.push(leaves(self.site, &path, &job));
            return;
        }
        match self.jobs.entry(path) {
            Entry::Vacant(free) => {
                free.insert(job);
            }
            Entry::Occupied(taken) => {
                let (first, path) = (taken.get(), taken.key());
                let found = clash(self.site, path, first, &job);
                self.diagnostics.push(found);
            }
        }
    }

    /// A redirect from a former address, which the author wrote at `alias`.
    fn redirect(&mut self, path: OutputPath, id: PageId, alias: &Located<String>) {
        let count = self.diagnostics.len();
        self.put(path, Job::Redirect(id));
        if let Some(found) = self.diagnostics.get_mut(count) {
            found.span = Some(Span {
                source: self.site.pages[id].document.path.clone(),
                bytes: alias.bytes.clone(),
            });
            found.help = Some(Message::new(
                "那个地址已有页面，不需要别名：删去这一项",
                "that address has a page and needs no alias: delete the entry",
            ));
        }
    }
}

/// A path that would leave the output folder, by an id or a file name such as `..`, or that no link
/// could name.
fn leaves(site: &Site, path: &OutputPath, job: &Job) -> Diagnostic {
    let references = SourcePath::new(&format!("{}/references.toml", site.root)).ok();
    let (source, bytes) = match job {
        Job::Reference(id) => {
            let reference = site.references.get(id);
            let bytes = reference.map_or(0..0, |reference| reference.id.bytes.clone());
            (references, bytes)
        }
        job => (source_of(site, job), 0..0),
    };
    let message = Message::new(
        format!("`{path}` 不能作为发布的路径"),
        format!("`{path}` cannot be the path of a published file"),
    );
    let help = Message::new(
        "编号和文件名中不用 # 和 \\，也不用只有点的 . 和 ..",
        "an id or file name holds no # and no \\ and is not . or ..",
    );
    let at = Span {
        source: source.unwrap_or_else(|| site.root.clone()),
        bytes,
    };
    Diagnostic::error("bad-path", at, message).with_help(help)
}

/// The file that a job is made from, where there is one.
fn source_of(site: &Site, job: &Job) -> Option<SourcePath> {
    match job {
        Job::Page(id)
        | Job::Home(id)
        | Job::Changes(id)
        | Job::Redirect(id)
        | Job::Download(id) => Some(site.pages[*id].document.path.clone()),
        Job::Section(id, _) => {
            let index = site.sections[*id].index;
            index.map(|id| site.pages[id].document.path.clone())
        }
        Job::Ended(at) => Some(site.ended[*at].document.path.clone()),
        Job::File(path) | Job::Picture(path, _) => Some(path.clone()),
        _ => None,
    }
}

/// Two jobs of one path: reported where an author can mend it.
fn clash(site: &Site, path: &OutputPath, first: &Job, second: &Job) -> Diagnostic {
    let source = |job: &Job| source_of(site, job);
    let name = |job: &Job| match source(job) {
        Some(path) => path.to_string(),
        None => "anjian".to_owned(),
    };
    let url = path.as_str();
    let url = url.strip_suffix("index.html").unwrap_or(url);
    let message = Message::new(
        format!("地址 `/{url}` 已由 `{}` 使用", name(first)),
        format!("the address `/{url}` is already used by `{}`", name(first)),
    );
    let help = Message::new("给其中一个文件改名", "rename one of the two files");
    let at = source(second).or_else(|| source(first));
    let lenient = site.config.unknown_keys == Strictness::Warn;
    let alias = matches!(second, Job::Redirect(_));
    let mut found = Diagnostic::error(
        "duplicate-url",
        Span {
            source: at.clone().unwrap_or_else(|| site.root.clone()),
            bytes: 0..0,
        },
        message,
    );
    if at.is_none() {
        found.span = None;
    }
    // The page keeps the address; what is lost is one way to another page.
    if lenient && alias {
        found.severity = Severity::Warning;
    }
    found.with_help(help)
}

/// Where an edition is compared with the one before it. An author's own page of that address takes its place.
fn compared(plan: &mut Plan<'_>) {
    let site = plan.site;
    for id in 0..site.pages.len() {
        if let Some(url) = editions::changes_url(site, id).filter(|url| !plan.has(url)) {
            plan.add(&url, Job::Changes(id));
        }
    }
}

/// Files beside the documents, and the copies of pictures that pages show.
fn files(plan: &mut Plan<'_>) {
    let site = plan.site;
    let shown = pictures::shown(site);
    for (path, file) in &site.files {
        let job = match file.asset.upright() {
            Some(copy) => Job::Picture(path.clone(), copy),
            None => Job::File(path.clone()),
        };
        plan.put(file.url.output(), job);
        if !shown.contains(path) {
            continue;
        }
        for copy in file.asset.copies(path.extension()) {
            let url = pictures::copy_url(&file.url, copy);
            plan.add(&url, Job::Picture(path.clone(), copy));
        }
    }
}

fn sections(plan: &mut Plan<'_>) {
    let site = plan.site;
    for (id, section) in site.sections.iter().enumerate() {
        let home = (id == 0).then_some(section.index).flatten();
        let pages = pages_of(site, section.pages.len());
        let first = match home {
            Some(page) => Job::Home(page),
            None => Job::Section(id, 1),
        };
        // `guide.md` beside a folder `guide/` without an index of its own stands for it.
        if section.index.is_some() || !plan.has(&section.url) {
            plan.add(&section.url, first);
        }
        // The home page shows the newest; the other pages of the root's list follow below it.
        for number in 2..=pages {
            plan.add(&page_url(&section.url, number), Job::Section(id, number));
        }
        if gallery::facets(site, id).is_some() {
            galleries(plan, id);
        }
        if has_feed(site, id) {
            let feed = UrlPath::new(&format!("{}feed.xml", section.url));
            plan.add(&feed, Job::Feed(Some(id)));
        }
    }
}

/// The pages of a gallery: all its cases, and a list for each value of each facet.
fn galleries(plan: &mut Plan<'_>, id: SectionId) {
    let site = plan.site;
    plan.add(&gallery::all_url(site, id), Job::AllCases(id));
    for one in gallery::narrowed(site, id) {
        let url = gallery::value_url(site, id, one.facet, &one.value);
        for number in 1..=pages_of(site, one.pages.len()) {
            let job = Job::Cases(id, one.facet, one.value.clone(), number);
            plan.add(&page_url(&url, number), job);
        }
    }
}

/// The addresses of records that are no longer shown, former ones among them, say so.
fn ended(plan: &mut Plan<'_>) {
    for (at, record) in plan.site.ended.iter().enumerate() {
        plan.add(&record.url, Job::Ended(at));
        for alias in &record.document.content.common.aliases {
            let url = alias_url(&alias.value);
            if !plan.has(&url) && url.as_str() != "/" {
                plan.add(&url, Job::Ended(at));
            }
        }
    }
}

fn generated(plan: &mut Plan<'_>) {
    let site = plan.site;
    for (at, keyword) in site.keywords.iter().enumerate() {
        for number in 1..=pages_of(site, keyword.pages.len()) {
            plan.add(&page_url(&keyword.url, number), Job::Keyword(at, number));
        }
    }
    for id in site.references.keys() {
        plan.add(&site.reference_url(id), Job::Reference(id.clone()));
    }
    let fixed = [
        ("/keywords/", Job::Keywords),
        ("/references/", Job::References),
        ("/specifications/", Job::Specifications),
        (GLOSSARY, Job::Glossary),
        (TIMELINE, Job::Timeline),
        ("/sitemap/", Job::SiteMap),
        ("/404.html", Job::NotFound),
        ("/feed.xml", Job::Feed(None)),
        ("/sitemap.xml", Job::Sitemap),
        ("/catalogue.csv", Job::CatalogueCsv),
        ("/catalogue.json", Job::CatalogueJson),
    ];
    let robots = UrlPath::new("/robots.txt");
    if !plan.has(&robots) {
        plan.add(&robots, Job::Robots);
    }
    for (url, job) in fixed {
        let url = UrlPath::new(url);
        // An author's own page takes the place of one that the program would make.
        if site.makes(url.as_str()) && !plan.has(&url) {
            plan.add(&url, job);
        }
    }
}

/// What readers' browsers need to keep what they read. Without it a worker is published all the same, which takes the
/// place of one that was there before.
fn kept(plan: &mut Plan<'_>, theme: Offer<'_>) {
    let worker = UrlPath::new(WORKER);
    if !theme.offline {
        // A file of the author's own is left alone.
        if !plan.has(&worker) {
            plan.add(&worker, Job::NoWorker);
        }
        return;
    }
    for file in offline::all(plan.site, theme.search) {
        let url = file.url();
        // An author's own page takes the place of the one that the program would make.
        if !plan.has(&url) {
            plan.add(&url, Job::Offline(file));
        }
    }
}

/// The lists of documents to download, and the kits.
fn library(plan: &mut Plan<'_>) {
    let site = plan.site;
    let all = UrlPath::new(DOWNLOADS);
    if !plan.has(&all) {
        plan.add(&all, Job::Downloads(None));
    }
    for facet in facets(site) {
        plan.add(&facet.url(), Job::Downloads(Some(facet)));
    }
    for kit in downloads::kits(site) {
        plan.put(kit.path(), Job::Kit(kit));
    }
}

/// Former addresses, as the author wrote them: `/old/`, `old.html`, a folder or a file.
fn aliases(plan: &mut Plan<'_>, id: PageId, page: &Page) {
    for alias in &page.document.content.common.aliases {
        let url = alias_url(&alias.value);
        let inside = OutputPath::new(url.output().as_str());
        // A page that names its own address among its former ones says nothing wrong.
        if url.output() == page.url.output() {
            continue;
        }
        match inside {
            Ok(path) if url.as_str() != "/" => plan.redirect(path, id, alias),
            _ => plan.diagnostics.push(
                Diagnostic::error(
                    "bad-alias",
                    Span {
                        source: page.document.path.clone(),
                        bytes: alias.bytes.clone(),
                    },
                    Message::new(
                        format!("别名 `{}` 不是本站的地址", alias.value),
                        format!("the alias `{}` is no address of this site", alias.value),
                    ),
                )
                .with_help(Message::new(
                    "写以 / 开头的旧地址，如 /guide/old/",
                    "write the former address with a leading /, such as /guide/old/",
                )),
            ),
        }
    }
}

/// The address that an alias means.
fn alias_url(alias: &str) -> UrlPath {
    let decoded = crate::path::percent_decode(alias.trim());
    let last = decoded.rsplit('/').next().unwrap_or_default();
    let file = last.contains('.') || decoded.ends_with('/');
    match file {
        true => UrlPath::new(&decoded),
        false => UrlPath::new(&format!("{decoded}/")),
    }
}

/// Addresses that were published once and that nothing answers now.
fn lost(plan: &mut Plan<'_>) {
    let Ok(source) = crate::path::SourcePath::new(&format!("{}/addresses.toml", plan.site.root))
    else {
        return;
    };
    for recorded in &plan.site.recorded {
        let url = UrlPath::new(&crate::path::percent_decode(&recorded.value));
        let name = url.as_str().trim_start_matches('/');
        let withdrawn = plan.site.is_unpublished(name.trim_end_matches('/'));
        if plan.jobs.contains_key(&url.output()) || withdrawn {
            continue;
        }
        plan.diagnostics.push(
            Diagnostic::warning(
                "lost-address",
                Span {
                    source: source.clone(),
                    bytes: recorded.bytes.clone(),
                },
                Message::new(
                    format!("曾经发布的地址 `{url}` 现在没有页面"),
                    format!("the address `{url}` was published once and has no page now"),
                ),
            )
            .with_help(Message::new(
                format!("在接替它的文件里写 aliases = [\"{url}\"]；确定不要了就从本清单删去这一行"),
                format!(
                    "write aliases = [\"{url}\"] in the file that replaces it, or delete this line"
                ),
            )),
        );
    }
}
