//! The shipped theme: its words, its templates against the shipped content, what a site may replace,
//! and what is said about a template that is wrong.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::path::SourcePath;
use anjian::pipeline::BuildOptions;
use anjian::pipeline::load::{self, Loaded};
use anjian::render::{self, Renderer, ThemeFile, ThemeFiles};
use anjian::source::Sources;
use anjian::source::disk::DiskSources;
use anjian::view::head::HeadView;
use anjian::view::page::PageView;
use anjian::view::{body as view_body, home, index, listing, page, shared};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

fn project() -> DiskSources {
    DiskSources::new(Path::new(env!("CARGO_MANIFEST_DIR")).to_owned())
}

/// The files of the shipped theme.
fn theme_files() -> ThemeFiles {
    let folder = SourcePath::new("themes/anjian").expect("a path");
    let sources = project();
    let paths = sources.list(&folder).expect("the theme can be listed");
    let files = paths.into_iter().map(|entry| {
        let source = entry.path;
        let bytes = sources.read(&source).expect("a file can be read");
        let name = source.as_str().trim_start_matches("themes/anjian/");
        (name.to_owned(), ThemeFile { source, bytes })
    });
    files.collect()
}

fn shipped_site() -> Loaded {
    let options = BuildOptions {
        policy: PublishPolicy {
            today: jiff::civil::date(2026, 11, 22),
            drafts: true,
        },
        overrides: Overrides {
            base_url: Some("https://example.gov.cn/safety/".to_owned()),
        },
    };
    load::load_afresh(&project(), &options).expect("the content can be read")
}

fn renderer(files: &ThemeFiles, loaded: &Loaded) -> Renderer {
    let theme = render::load(files, "zh-CN");
    assert_eq!(theme.diagnostics, []);
    let theme = theme.value;
    let shared = shared::shared(
        &loaded.site,
        theme.words(),
        theme.options(),
        &theme.asset_paths(),
    );
    theme.with_shared(&shared)
}

/// The titles of generated pages, as the theme's words have them.
fn title<'a>(words: &'a BTreeMap<String, String>, key: &str) -> &'a str {
    words.get(key).map_or("", String::as_str)
}

/// The text of a document with its slots filled.
fn body(loaded: &Loaded, id: usize, view: &PageView) -> String {
    let document = &loaded.site.pages[id].document;
    let load::Html::Here(html) = &loaded.html[&document.path] else {
        panic!("nothing was kept");
    };
    view_body::text(&document.body, html, &view.body.1)
}

/// Makes pages and remembers them by their site path.
struct Press<'a> {
    renderer: Renderer,
    loaded: &'a Loaded,
    pages: BTreeMap<String, String>,
}

impl Press<'_> {
    fn print<V: Serialize>(
        &mut self,
        template: &str,
        view: &V,
        head: &HeadView,
        text: Option<&str>,
    ) {
        let page = self.renderer.render(template, view, &head.root, text);
        let page = page.unwrap_or_else(|error| panic!("{}: {error:#?}", head.path));
        self.pages.insert(head.path.clone(), page);
    }

    fn documents(&mut self) {
        let site = &self.loaded.site;
        for id in 0..site.pages.len() {
            let view = page::page(site, id);
            let text = body(self.loaded, id, &view);
            let own = format!("{}.html", view.kind);
            let template = if self.renderer.has(&own) {
                own
            } else {
                "page.html".to_owned()
            };
            let head = view.head.clone();
            if site.pages[id].target.is_empty() {
                self.print("home.html", &home::home(site, view), &head, Some(&text));
            } else {
                self.print(&template, &view, &head, Some(&text));
            }
        }
    }

    fn lists(&mut self) {
        let site = &self.loaded.site;
        for (id, section) in site.sections.iter().enumerate().skip(1) {
            let index = section
                .index
                .filter(|id| site.pages[*id].document.content.kind.word() == "page");
            let pages = listing::pages_of(site, section.pages.len());
            for number in 1..=pages {
                let page = index.filter(|_| number == 1).map(|id| page::page(site, id));
                let text = index
                    .zip(page.as_ref())
                    .map(|(id, view)| body(self.loaded, id, view));
                let view = listing::section(site, id, number, page);
                if section.index.is_none() || index.is_some() {
                    self.print("section.html", &view, &view.head, text.as_deref());
                }
            }
        }
        for at in 0..site.keywords.len() {
            let view = listing::keyword(site, at, 1);
            self.print("keyword.html", &view, &view.head, None);
        }
    }

    fn indexes(&mut self, words: &BTreeMap<String, String>) {
        let site = &self.loaded.site;
        for id in site.references.keys() {
            let view = index::reference(site, id, title(words, "references")).expect("it exists");
            self.print("reference.html", &view, &view.head, None);
        }
        let views = [
            (
                "references.html",
                index::references(site, title(words, "references")),
            ),
            (
                "keywords.html",
                index::keywords(site, title(words, "keywords")),
            ),
            (
                "site-map.html",
                index::site_map(site, title(words, "site_map")),
            ),
            (
                "specifications.html",
                index::specifications(site, title(words, "specifications")),
            ),
            (
                "404.html",
                index::not_found(site, title(words, "not_found_title")),
            ),
        ];
        for (template, view) in views {
            self.print(template, &view, &view.head, None);
        }
    }
}

/// Every page of a site by its site path.
fn pages(files: &ThemeFiles, loaded: &Loaded) -> BTreeMap<String, String> {
    let renderer = renderer(files, loaded);
    let mut press = Press {
        renderer,
        loaded,
        pages: BTreeMap::new(),
    };
    press.documents();
    press.lists();
    press.indexes(render::load(files, "zh-CN").value.words());
    press.pages
}

#[test]
fn every_view_of_the_shipped_content_renders() {
    let loaded = shipped_site();
    let pages = pages(&theme_files(), &loaded);
    assert!(pages.len() > loaded.site.pages.len() + loaded.site.references.len());
}
