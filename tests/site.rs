//! The published site as its readers and other programs meet it: links that lead somewhere, pages that
//! stand on their own, feeds and site maps, page tags, dates; and the same bytes whatever the order of
//! the files and the number of threads.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "site/html.rs"]
mod html;

use anjian::cache::Cache;
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::hash::Fingerprint;
use anjian::path::{OutputPath, SourcePath, percent_decode};
use anjian::pipeline::load::load_afresh;
use anjian::pipeline::{BuildOptions, Occasion, Report, build};
use anjian::source::disk::DiskSources;
use anjian::source::memory::MemorySources;
use anjian::source::{Entry, SourceError, Sources};
use anjian::write::memory::MemoryOutput;
use html::{Page, scheme};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

const TODAY: Date = date(2026, 11, 22);

fn project() -> DiskSources {
    DiskSources::new(Path::new(env!("CARGO_MANIFEST_DIR")).to_owned())
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a sound path")
}

fn options(today: Date, base_url: Option<&str>) -> BuildOptions {
    BuildOptions {
        policy: PublishPolicy {
            today,
            drafts: false,
        },
        overrides: Overrides {
            base_url: base_url.map(str::to_owned),
            ..Overrides::default()
        },
    }
}

/// Long after every file was written, so that the records of files can be trusted.
const OCCASION: Occasion = Occasion {
    now: i128::MAX,
    stamp: Fingerprint::ZERO,
};

fn run(
    sources: &dyn Sources,
    output: &mut MemoryOutput,
    cache: &mut Cache,
    options: &BuildOptions,
) -> Report {
    let report = build(sources, output, cache, options, OCCASION).expect("it can be read");
    assert!(!report.failed(), "{:#?}", report.diagnostics);
    report
}

fn published(sources: &dyn Sources, options: &BuildOptions) -> MemoryOutput {
    let mut output = MemoryOutput::default();
    run(sources, &mut output, &mut Cache::in_memory(), options);
    output
}

/// The content of the shipped site, to be changed.
fn shipped_copy() -> MemorySources {
    let (mut copy, project) = (MemorySources::default(), project());
    for entry in project.list(&path("content")).expect("it can be listed") {
        let bytes = project.read(&entry.path).expect("it can be read");
        copy.insert(entry.path, &bytes);
    }
    copy
}

/// Puts `to` in the place of `from` in the settings.
fn set(sources: &mut MemorySources, from: &str, to: &str) {
    let settings = path("content/site.toml");
    let bytes = sources.read(&settings).expect("it is there");
    let text = String::from_utf8(bytes.to_vec()).expect("text");
    assert!(text.contains(from), "{from}");
    sources.insert(settings, text.replacen(from, to, 1).as_bytes());
}

const GOVERNMENT: &str = "\n[government]\nsite_name = \"示例市应急管理局\"\nsite_domain = \"aqsc.example.gov.cn\"\nsite_id_code = \"0000000000\"\n";

/// A site and what is wanted of it.
struct Case {
    base_url: &'static str,
    language: &'static str,
    sources: MemorySources,
    output: MemoryOutput,
    pages: BTreeMap<String, Page>,
}

impl Case {
    fn new(sources: MemorySources, base_url: &'static str, language: &'static str) -> Self {
        let output = published(&sources, &options(TODAY, Some(base_url)));
        Self {
            pages: html::pages(&output),
            base_url,
            language,
            sources,
            output,
        }
    }

    fn holds(&self, file: &str) -> bool {
        self.output
            .files
            .contains_key(&OutputPath::new(file).expect("a path"))
    }

    /// The file that answers a whole address of this site.
    fn file_of(&self, address: &str) -> String {
        let below = address.strip_prefix(self.base_url);
        let below = below.unwrap_or_else(|| panic!("`{address}` is not below {}", self.base_url));
        html::file_of(&percent_decode(below))
    }
}

/// The shipped site at the root of its host.
static SHIPPED: LazyLock<Case> = LazyLock::new(|| {
    let sources = shipped_copy();
    Case::new(sources, "https://aqsc.example.gov.cn/", "zh-CN")
});

/// The shipped site in English, in a folder of its host, with short lists, as a government site, and
/// with a document of everything that a text may hold.
static OTHER: LazyLock<Case> = LazyLock::new(|| {
    let mut sources = shipped_copy();
    set(&mut sources, "language = \"zh-CN\"", "language = \"en\"");
    set(&mut sources, "page_size = 20", "page_size = 2");
    set(
        &mut sources,
        "# [government]",
        &format!("{GOVERNMENT}# [government]"),
    );
    let specimens: [(&str, &[u8]); 3] = [
        ("content/specimen.md", include_bytes!("html/specimen.md")),
        ("content/specimen.svg", include_bytes!("html/specimen.svg")),
        ("content/specimen 附件.txt", "附件\n".as_bytes()),
    ];
    for (name, bytes) in specimens {
        sources.insert(path(name), bytes);
    }
    Case::new(sources, "https://www.example.gov.cn/safety/docs/", "en")
});

fn cases() -> [&'static Case; 2] {
    [&SHIPPED, &OTHER]
}

#[test]
fn every_link_leads_to_a_published_file_and_its_anchor_to_an_id() {
    for case in cases() {
        let mut wrong = Vec::new();
        for page in case.pages.values() {
            for address in page.links().filter(|address| scheme(address).is_none()) {
                if address.starts_with('/') {
                    continue;
                }
                let (file, anchor) = page.resolve(address);
                let Some(file) = file.filter(|file| case.holds(file)) else {
                    wrong.push(format!("{}: `{address}` leads nowhere", page.file));
                    continue;
                };
                let there = case.pages.get(&file);
                let known = |there: &Page| anchor.is_empty() || there.ids.contains(&anchor);
                if !there.map_or(anchor.is_empty(), known) {
                    wrong.push(format!("{}: no `#{anchor}` in {file}", page.file));
                }
            }
            for id in page.references() {
                if !page.ids.contains(id) {
                    wrong.push(format!("{}: no `{id}` for a label", page.file));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn only_the_page_of_missing_addresses_has_links_from_the_root_of_its_host() {
    for case in cases() {
        let folder = case.base_url.splitn(4, '/').nth(3).expect("a folder");
        for page in case.pages.values() {
            for address in page.links().filter(|address| scheme(address).is_none()) {
                if page.file != "404.html" {
                    assert!(!address.starts_with('/'), "{}: {address}", page.file);
                } else if let Some(below) = address.strip_prefix(&format!("/{folder}")) {
                    let (file, _) = page.resolve(below);
                    assert!(file.is_some_and(|file| case.holds(&file)), "{address}");
                } else {
                    assert!(address.starts_with('#'), "{}: {address}", page.file);
                }
            }
        }
    }
}

#[test]
fn pages_are_the_same_wherever_they_stand() {
    let base = "https://elsewhere.example.org/a/b/";
    let moved = published(&SHIPPED.sources, &options(TODAY, Some(base)));
    for (file, bytes) in &SHIPPED.output.files {
        // What is to be read first in a kit names the site's address too, and is packed.
        // What is kept offline is told by fingerprints of pages, which name their own address.
        let path = file.as_str();
        if ["404.html", "sw.js"].contains(&path)
            || path.ends_with(".zip")
            || path.starts_with("offline/")
        {
            continue;
        }
        let text = String::from_utf8_lossy(bytes).replace(SHIPPED.base_url, base);
        let other = String::from_utf8_lossy(&moved.files[file]);
        assert!(text == other, "{file}");
    }
    // Without an address the pages name none.
    let mut sources = shipped_copy();
    set(&mut sources, "base_url = ", "# base_url = ");
    let nowhere = html::pages(&published(&sources, &options(TODAY, None)));
    assert!(nowhere.keys().eq(SHIPPED.pages.keys()));
    for page in nowhere.values() {
        assert_eq!(page.canonical(), None, "{}", page.file);
    }
}

#[test]
fn every_page_has_its_title_language_heading_and_landmarks() {
    for case in cases() {
        for page in case.pages.values() {
            let file = &page.file;
            assert!(page.repeated.is_empty(), "{file}: {:?}", page.repeated);
            let root = page.tags("html").next().expect("an html element");
            assert_eq!(root.get("lang"), Some(case.language), "{file}");
            assert!(!page.title.trim().is_empty(), "{file}");
            assert_eq!(page.meta("viewport").len(), 1, "{file}");
            if page.refresh.is_some() {
                continue;
            }
            for (name, wanted) in [("title", 1), ("h1", 1), ("main", 1), ("footer", 1)] {
                let found = page.elements(name);
                assert_eq!(found, wanted, "{file}: {name}");
            }
            assert!(page.headings_step_by_one(), "{file}: {:?}", page.headings);
        }
    }
}

#[test]
fn nothing_is_asked_of_another_server() {
    for case in cases() {
        for page in case.pages.values() {
            for tag in &page.all {
                let quiet = tag.name == "a" || tag.get("rel") == Some("canonical");
                let asked = ["href", "src", "srcset", "data", "poster", "action"];
                for address in asked.iter().filter_map(|key| tag.get(key)) {
                    let inside = scheme(address).is_none() && !address.starts_with("//");
                    assert!(quiet || inside, "{}: {address}", page.file);
                }
                assert!(tag.name != "iframe" && tag.name != "base", "{}", page.file);
            }
        }
        for (file, bytes) in &case.output.files {
            if file.as_str().ends_with(".css") {
                let sheet = String::from_utf8_lossy(bytes);
                for outside in ["//", "@import", "http:"] {
                    assert!(!sheet.contains(outside), "{file}: {outside}");
                }
            }
        }
    }
}

#[test]
fn styles_and_scripts_are_named_by_what_they_hold() {
    for case in cases() {
        let mut seen = BTreeSet::new();
        // The page of missing addresses has them from the root of its host; other tests follow those.
        for page in case.pages.values().filter(|page| page.file != "404.html") {
            let sheets = page.tags("link").filter(|tag| {
                let rel = tag.get("rel").unwrap_or_default();
                rel == "stylesheet" || rel == "icon"
            });
            let sheets = sheets.filter_map(|tag| tag.get("href"));
            let scripts = page.tags("script").filter_map(|tag| tag.get("src"));
            let files = sheets.chain(scripts).map(|address| page.resolve(address).0);
            seen.extend(files.map(|file| file.expect("a file of the site")));
        }
        assert!(seen.len() >= 4, "{seen:?}");
        for file in seen {
            let bytes = &case.output.files[&OutputPath::new(&file).expect("a path")];
            let hash = Fingerprint::of_bytes(bytes).short();
            assert!(file.starts_with("assets/"), "{file}");
            assert!(file.contains(&format!(".{hash}.")), "{file}");
        }
    }
}

#[test]
fn every_catalogued_address_is_published() {
    for case in cases() {
        let text = case.output.text("catalogue.json").expect("a catalogue");
        let list: Vec<serde_json::Value> = serde_json::from_str(text).expect("JSON");
        let rows = case.output.text("catalogue.csv").expect("a catalogue");
        let mut files = BTreeSet::new();
        for entry in &list {
            let address = entry["url"].as_str().expect("an address");
            let file = case.file_of(address);
            assert!(case.pages.contains_key(&file), "{address}");
            assert!(files.insert(file), "{address} twice");
            assert!(rows.contains(address), "{address}");
        }
        let loaded = load_afresh(&case.sources, &options(TODAY, None)).expect("it can be read");
        assert_eq!(list.len(), loaded.site.pages.len());
    }
}

#[test]
fn every_page_is_in_the_site_map_or_not_for_search_engines() {
    for case in cases() {
        let text = case.output.text("sitemap.xml").expect("a site map");
        let tree = roxmltree::Document::parse(text).expect("well-formed XML");
        let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
        assert!(tree.root_element().has_tag_name((space, "urlset")));
        let mut listed = BTreeSet::new();
        for url in tree
            .root_element()
            .children()
            .filter(|one| one.is_element())
        {
            assert!(url.has_tag_name((space, "url")));
            let parts = url.children().filter(|one| one.is_element());
            let mut locations = 0;
            for part in parts {
                let text = part.text().expect("a text");
                match part.tag_name().name() {
                    "loc" => {
                        locations += 1;
                        assert!(listed.insert(case.file_of(text)), "{text} twice");
                    }
                    "lastmod" => assert!(text.parse::<Date>().is_ok(), "{text}"),
                    other => panic!("`{other}` is no part of a site map's line"),
                }
            }
            assert_eq!(locations, 1);
        }
        for (file, page) in &case.pages {
            let hidden = page.meta("robots").contains(&"noindex");
            assert_eq!(listed.contains(file), !hidden, "{file}");
            if let Some(canonical) = page.canonical().filter(|_| !hidden) {
                assert_eq!(case.file_of(canonical), *file, "one address a page");
            }
        }
        let robots = case.output.text("robots.txt").expect("robots.txt");
        assert!(robots.contains(&format!("Sitemap: {}sitemap.xml", case.base_url)));
    }
}

/// The texts of a node's children of some name in Atom's namespace.
fn texts<'a>(node: roxmltree::Node<'a, '_>, name: &str) -> Vec<&'a str> {
    let named = node.children().filter(|one| one.has_tag_name((ATOM, name)));
    named.map(|one| one.text().unwrap_or_default()).collect()
}

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What RFC 4287, sections 4.1.1 and 4.1.2, asks of a feed and its entries alike; the last change.
fn required(node: roxmltree::Node<'_, '_>, place: &str) -> (String, jiff::Timestamp) {
    for name in ["id", "title", "updated"] {
        assert_eq!(texts(node, name).len(), 1, "{place}: {name}");
        assert!(!texts(node, name)[0].is_empty(), "{place}: {name}");
    }
    let id = texts(node, "id")[0];
    assert!(scheme(id).is_some(), "{place}: `{id}` is no IRI");
    let updated = texts(node, "updated")[0];
    let moment = updated.parse().expect("a moment of RFC 3339");
    (id.to_owned(), moment)
}

/// The address of a node's link of some relation.
fn link<'a>(node: roxmltree::Node<'a, '_>, relation: &str) -> Option<&'a str> {
    let mut links = node.children();
    let found = links.find(|one| {
        one.has_tag_name((ATOM, "link")) && one.attribute("rel").unwrap_or("alternate") == relation
    });
    found.and_then(|one| one.attribute("href"))
}

#[test]
fn feeds_are_atom_and_list_published_pages() {
    for case in cases() {
        let files = case.output.files.keys().map(OutputPath::as_str);
        let feeds: Vec<&str> = files.filter(|file| file.ends_with("feed.xml")).collect();
        assert!(feeds.len() > 3, "{feeds:?}");
        for file in feeds {
            let text = case.output.text(file).expect("UTF-8");
            let tree = roxmltree::Document::parse(text).expect("well-formed XML");
            let feed = tree.root_element();
            assert!(feed.has_tag_name((ATOM, "feed")), "{file}");
            let (_, updated) = required(feed, file);
            let author = feed
                .children()
                .find(|one| one.has_tag_name((ATOM, "author")));
            let author = author.expect("an author");
            assert!(texts(author, "name").iter().any(|name| !name.is_empty()));
            let own = link(feed, "self").expect("a link to itself");
            assert_eq!(case.file_of(own), file);
            let home = link(feed, "alternate").expect("a link to its list");
            assert!(case.pages.contains_key(&case.file_of(home)), "{home}");
            let mut ids = BTreeSet::new();
            let mut newest = None;
            for entry in feed
                .children()
                .filter(|one| one.has_tag_name((ATOM, "entry")))
            {
                let (id, changed) = required(entry, file);
                assert!(ids.insert(id), "{file}: an id twice");
                newest = newest.max(Some(changed));
                let address = link(entry, "alternate").expect("a link");
                assert!(case.pages.contains_key(&case.file_of(address)), "{address}");
            }
            assert!(newest.is_none_or(|newest| newest == updated), "{file}");
        }
    }
}

#[test]
fn former_addresses_lead_to_their_documents() {
    let case = &*OTHER;
    let loaded = load_afresh(&case.sources, &options(TODAY, None)).expect("it can be read");
    let mut count = 0;
    for page in &loaded.site.pages {
        for alias in &page.document.content.common.aliases {
            let name = alias.value.trim_start_matches('/');
            let file = match name.ends_with(".html") {
                true => name.to_owned(),
                false => format!("{}/index.html", name.trim_end_matches('/')),
            };
            let redirect = case.pages.get(&file).unwrap_or_else(|| panic!("no {file}"));
            let address = redirect.refresh.as_deref().expect("it leads on");
            let (target, _) = redirect.resolve(address);
            assert_eq!(target.as_deref(), Some(page.url.output().as_str()));
            assert_eq!(redirect.meta("robots"), ["noindex"]);
            count += 1;
        }
    }
    assert!(count >= 3, "{count}");
}

/// Lists the files in another order: whatever `turn` makes of it.
struct Turned<S> {
    sources: S,
    turn: fn(&mut Vec<Entry>),
}

impl<S: Sources> Sources for Turned<S> {
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError> {
        let mut listed = self.sources.list(root)?;
        (self.turn)(&mut listed);
        Ok(listed)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError> {
        self.sources.read(path)
    }
}

#[test]
fn neither_the_order_of_files_nor_the_number_of_threads_shows() {
    let turns: [fn(&mut Vec<Entry>); 3] = [
        |_| {},
        |listed| listed.reverse(),
        |listed| listed.sort_by_key(|entry| Fingerprint::of(&entry.path)),
    ];
    let options = options(TODAY, Some(OTHER.base_url));
    for (turn, threads) in turns.into_iter().zip([1, 2, 7]) {
        let sources = Turned {
            sources: OTHER.sources.clone(),
            turn,
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("threads");
        let output = pool.install(|| published(&sources, &options));
        assert!(output.files.keys().eq(OTHER.output.files.keys()));
        for (file, bytes) in &output.files {
            assert!(
                *bytes == OTHER.output.files[file],
                "{file}: {threads} threads"
            );
        }
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let options = options(TODAY, None);
    let memory = shipped_copy();
    let disk = project();
    for sources in [&memory as &dyn Sources, &disk] {
        let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
        let first = run(sources, &mut output, &mut cache, &options);
        assert_eq!(first.written, first.outputs);
        let second = run(sources, &mut output, &mut cache, &options);
        assert_eq!((second.written, second.removed), (0, 0));
        assert_eq!(
            (second.outputs, second.sources, second.diagnostics),
            (first.outputs, first.sources, first.diagnostics)
        );
        // Made anew without a cache, every page is the same as before.
        let third = run(sources, &mut output, &mut Cache::in_memory(), &options);
        assert_eq!((third.written, third.removed), (0, 0));
    }
}

#[test]
fn documents_come_and_go_on_their_days() {
    let sources = MemorySources::from_literal(
        "//- content/_index.md\n# 首页\n\
         //- content/notes/later.md\n+++\ntitle = \"待发布\"\ndate = 2026-01-05\nkeywords = [\"早\"]\npublish_at = 2026-03-01\n+++\n文\n\
         //- content/notes/gone.md\n+++\ntitle = \"将撤下\"\ndate = 2026-01-06\nkeywords = [\"晚\"]\nexpires_at = 2026-04-01\naliases = [\"/old-gone/\"]\n+++\n文\n\
         //- content/notes/draft.md\n+++\ntitle = \"草稿件\"\ndate = 2026-01-07\ndraft = true\n+++\n文\n\
         //- content/notes/always.md\n+++\ntitle = \"常在\"\ndate = 2026-01-08\n+++\n文\n",
    );
    let sources = sources.expect("sound paths");
    let days = [
        (date(2026, 2, 28), false, true),
        (date(2026, 3, 1), true, true),
        (date(2026, 3, 31), true, true),
        (date(2026, 4, 1), true, false),
    ];
    // One output and one cache, as a site that is built every day has them.
    let (mut output, mut cache) = (MemoryOutput::default(), Cache::in_memory());
    for (today, later, gone) in days {
        let options = options(today, Some("https://www.example.org/"));
        run(&sources, &mut output, &mut cache, &options);
        let wanted = [
            ("notes/later", "待发布", later),
            ("notes/gone", "将撤下", gone),
            ("old-gone", "将撤下", gone),
            ("notes/draft", "草稿件", false),
            ("notes/always", "常在", true),
        ];
        for (place, title, there) in wanted {
            let file = format!("{place}/index.html");
            assert_eq!(output.text(&file).is_some(), there, "{today}: {file}");
            let mut named = output.files.iter().filter(|(_, bytes)| {
                let text = String::from_utf8_lossy(bytes);
                text.contains(title) || text.contains(&format!("{place}/"))
            });
            assert_eq!(named.next().is_some(), there, "{today}: {title}");
        }
        let feed = output.text("feed.xml").expect("a feed");
        assert_eq!(feed.contains("待发布"), later, "{today}");
        let clean = published(&sources, &options);
        assert!(clean.files == output.files, "{today}");
    }
}

const SITE_TAGS: [&str; 3] = ["SiteName", "SiteDomain", "SiteIDCode"];
const COLUMN_TAGS: [&str; 4] = [
    "ColumnName",
    "ColumnDescription",
    "ColumnKeywords",
    "ColumnType",
];
const TEXT_TAGS: [&str; 3] = ["ArticleTitle", "PubDate", "ContentSource"];

/// Which of some tags a page has; each once and none empty.
fn tags_of<'a>(page: &Page, wanted: &[&'a str]) -> Vec<&'a str> {
    let there = wanted.iter().copied().filter(|name| {
        let values = page.meta(name);
        assert!(values.len() < 2, "{}: {name}", page.file);
        let value = values.first();
        assert!(value.is_none_or(|value| !value.trim().is_empty()), "{name}");
        value.is_some()
    });
    there.collect()
}

#[test]
fn government_pages_have_their_tags_by_the_kind_of_page() {
    let case = &*OTHER;
    let loaded = load_afresh(&case.sources, &options(TODAY, None)).expect("it can be read");
    let documents = loaded.site.pages.iter().filter(|page| !page.is_index);
    let documents: BTreeMap<String, bool> = documents
        .map(|page| (page.url.output().as_str().to_owned(), page.date().is_some()))
        .collect();
    let all: Vec<&str> = [&SITE_TAGS[..], &COLUMN_TAGS, &TEXT_TAGS].concat();
    for (file, page) in &case.pages {
        if page.refresh.is_some() || file == "404.html" {
            continue;
        }
        let found = tags_of(page, &all);
        match (file.as_str(), documents.get(file)) {
            ("index.html", _) => assert_eq!(found, SITE_TAGS, "{file}"),
            (_, None) => assert_eq!(found, all[..7], "{file}"),
            (_, Some(true)) => assert_eq!(found, all, "{file}"),
            (_, Some(false)) => {
                let undated = all.iter().filter(|name| **name != "PubDate");
                assert!(found.iter().eq(undated), "{file}: {found:?}");
            }
        }
        for date in page.meta("PubDate") {
            let form = |c: char| if c.is_ascii_digit() { '0' } else { c };
            let form: String = date.chars().map(form).collect();
            assert_eq!(form, "0000-00-00 00:00", "{file}");
            // What the tag says, readers see.
            let text = case.output.text(file).expect("the page exists");
            let shown = format!(">{date}</time>");
            assert!(text.contains(&shown), "{file}: {date}");
        }
        for name in ["Keywords", "Author", "Description", "Image", "Url"] {
            let values = page.meta(name);
            assert!(!values.contains(&""), "{file}: {name}");
        }
    }
}

#[test]
fn tags_of_a_government_that_says_nothing_are_absent() {
    let all: Vec<&str> = [&SITE_TAGS[..], &COLUMN_TAGS, &TEXT_TAGS].concat();
    for page in SHIPPED.pages.values() {
        assert!(tags_of(page, &all).is_empty(), "{}", page.file);
    }
    let mut sources = shipped_copy();
    let table = "\n[government]\nsite_name = \"示例市应急管理局\"\nsite_domain = \"\"\n[rules]\ntags-incomplete = \"warning\"\n# [government]";
    set(&mut sources, "# [government]", table);
    let pages = html::pages(&published(&sources, &options(TODAY, None)));
    for page in pages.values().filter(|page| page.refresh.is_none()) {
        assert_eq!(tags_of(page, &SITE_TAGS), ["SiteName"], "{}", page.file);
    }
}
