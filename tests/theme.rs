//! The shipped theme: its words, its templates against the shipped content, what a site may replace,
//! and what is said about a template that is wrong.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::parse::markdown;
use anjian::path::SourcePath;
use anjian::pipeline::BuildOptions;
use anjian::pipeline::load::{self, Loaded};
use anjian::render::{self, Renderer, ThemeFile, ThemeFiles};
use anjian::source::Sources;
use anjian::source::disk::DiskSources;
use anjian::view::{page, shared};
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
    let files = paths.into_iter().map(|source| {
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
    load::load(&project(), &options).expect("the content can be read")
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

/// Every page of the shipped content by its site path.
fn pages(files: &ThemeFiles, loaded: &Loaded) -> BTreeMap<String, String> {
    let renderer = renderer(files, loaded);
    let site = &loaded.site;
    let mut made = BTreeMap::new();
    for (id, one) in site.pages.iter().enumerate() {
        let view = page::page(site, id);
        let template = format!("{}.html", view.kind);
        let template = if renderer.has(&template) {
            template
        } else {
            "page.html".to_owned()
        };
        let html = &loaded.html[&one.document.path];
        let mut fillings = view.body.1.iter();
        let body = markdown::Body {
            html: html.to_string(),
            ..one.document.body.clone()
        };
        let body = markdown::fill(&body, |_| fillings.next().cloned().unwrap_or_default());
        let page = renderer
            .render(&template, &view, &view.head.root, Some(&body))
            .unwrap_or_else(|error| std::panic::panic_any(format!("{}: {error:?}", one.url)));
        made.insert(one.url.as_str().to_owned(), page);
    }
    made
}

#[test]
fn every_view_of_the_shipped_content_renders() {
    let loaded = shipped_site();
    let pages = pages(&theme_files(), &loaded);
    assert!(pages.len() >= loaded.site.pages.len());
    if let Some(folder) = std::env::var_os("ANJIAN_PREVIEW") {
        for (url, html) in &pages {
            let file = anjian::path::UrlPath::new(url).output();
            let path = Path::new(&folder).join(file.as_str());
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, html).expect("written");
        }
    }
}
