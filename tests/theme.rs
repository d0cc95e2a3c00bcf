//! The shipped theme: its words, its templates against the shipped content, what a site may replace,
//! and what is said about a template that is wrong.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use anjian::check::government::palette;
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::diag::{Diagnostic, report};
use anjian::path::SourcePath;
use anjian::pipeline::BuildOptions;
use anjian::pipeline::load::{self, Loaded};
use anjian::render::{self, Renderer, ThemeFile, ThemeFiles};
use anjian::source::Sources;
use anjian::source::disk::DiskSources;
use anjian::source::memory::MemorySources;
use anjian::view::card::Cards;
use anjian::view::head::HeadView;
use anjian::view::page::PageView;
use anjian::view::{body as view_body, home, index, listing, page, shared};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
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
            ..Overrides::default()
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
        theme.keeps(),
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

    fn lists(&mut self, words: &BTreeMap<String, String>) {
        let site = &self.loaded.site;
        let cards = Cards::new(site);
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
                let view = listing::section(site, &cards, id, number, page, words);
                if section.index.is_none() || index.is_some() {
                    self.print("section.html", &view, &view.head, text.as_deref());
                }
            }
        }
        for at in 0..site.keywords.len() {
            let view = listing::keyword(site, &cards, at, 1);
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
            ("site-map.html", index::site_map(site, words)),
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
    let theme = render::load(files, "zh-CN").value;
    press.lists(theme.words());
    press.indexes(theme.words());
    press.pages
}

#[test]
fn every_view_of_the_shipped_content_renders() {
    let loaded = shipped_site();
    let pages = pages(&theme_files(), &loaded);
    assert!(pages.len() > loaded.site.pages.len() + loaded.site.references.len());
}

/// Every template of the theme by its path.
fn templates(files: &ThemeFiles) -> impl Iterator<Item = (&str, &str)> {
    let templates = files
        .iter()
        .filter(|(name, _)| name.starts_with("templates/"));
    templates.map(|(name, file)| {
        let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
        (name.as_str(), text)
    })
}

/// The theme with one file put in place of its own, as a site's override is.
fn with(name: &str, text: &str) -> ThemeFiles {
    let mut files = theme_files();
    let file = ThemeFile {
        source: SourcePath::new(&format!("themes/overrides/{name}")).expect("a path"),
        bytes: text.as_bytes().into(),
    };
    files.insert(name.to_owned(), file);
    files
}

fn style_sheet(files: &ThemeFiles) -> String {
    let theme = render::load(files, "zh-CN").value;
    let mut assets = theme.assets().iter();
    let sheet = assets
        .find(|asset| asset.name == "anjian.css")
        .expect("one");
    String::from_utf8(sheet.bytes.clone()).expect("UTF-8")
}

#[test]
fn both_languages_have_the_same_words() {
    let files = theme_files();
    let [zh, en] = ["zh-CN", "en"].map(|language| render::load(&files, language));
    assert_eq!((zh.diagnostics, en.diagnostics), (Vec::new(), Vec::new()));
    assert!(zh.value.words().keys().eq(en.value.words().keys()));
    assert_eq!(en.value.words()["menu"], "Menu");
}

#[test]
fn every_word_that_a_template_asks_for_exists() {
    let files = theme_files();
    let theme = render::load(&files, "zh-CN").value;
    for (name, text) in templates(&files) {
        for part in text.split("site.words.").skip(1) {
            let letters = part
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_');
            let word: String = letters.collect();
            assert!(theme.words().contains_key(&word), "{name}: {word}");
        }
    }
}

#[test]
fn a_missing_word_comes_from_another_language_with_a_warning() {
    let theme = render::load(&with("i18n/zh-CN.toml", "menu = \"目录\""), "zh-CN");
    assert_eq!(theme.value.words()["menu"], "目录");
    assert_eq!(theme.value.words()["home"], "Home");
    let codes = theme.diagnostics.iter().map(|one| one.code.as_ref());
    assert!(codes.clone().count() > 50 && codes.clone().all(|code| code == "missing-word"));
}

#[test]
fn templates_trust_only_the_headings_of_the_text() {
    let files = theme_files();
    let trusting: Vec<&str> = templates(&files)
        .filter(|(_, text)| text.replace(' ', "").contains("|safe"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(trusting, ["templates/partials/toc.html"]);
    let toc = &files["templates/partials/toc.html"].bytes;
    let toc = std::str::from_utf8(toc).expect("UTF-8").replace(' ', "");
    assert_eq!(toc.matches("|safe").count(), 1);
}

#[test]
fn no_page_has_inline_styles_or_scripts_and_each_has_its_landmarks_once() {
    for (path, page) in pages(&theme_files(), &shipped_site()) {
        let scripts = page.matches("<script").count();
        let sourced = page.matches("<script src=").count();
        let data = page.matches("<script type=\"application/ld+json\"").count();
        assert_eq!(scripts, sourced + data, "{path}");
        for never in ["<style", " style=\"", " onclick=", "javascript:", "http://"] {
            assert!(!page.contains(never), "{path}: {never}");
        }
        for once in [
            "<main",
            "<h1",
            "<header class=\"header\"",
            "<footer",
            "<title",
        ] {
            assert_eq!(page.matches(once).count(), 1, "{path}: {once}");
        }
        let mut ids = BTreeSet::new();
        for part in page.split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(ids.insert(id), "{path}: the id `{id}` twice");
        }
    }
}

#[test]
fn what_authors_write_is_escaped() {
    let mut loaded = shipped_site();
    let nasty = "<script>alert(1)</script>\"'&";
    loaded.site.config.owner = Some(nasty.to_owned());
    for page in &mut loaded.site.pages {
        page.title = nasty.to_owned();
        page.document.content.common.summary = Some(nasty.to_owned());
        page.document.content.common.source = Some(nasty.to_owned());
    }
    for (path, page) in pages(&theme_files(), &loaded) {
        assert!(!page.contains("<script>"), "{path}");
        assert!(page.contains("&lt;script&gt;"), "{path}");
    }
}

#[test]
fn a_site_replaces_one_partial_without_copying_the_theme() {
    let loaded = shipped_site();
    let files = with(
        "templates/partials/footer.html",
        "<footer>{{ site.owner | default(value=\"本站\") }}自己的页脚</footer>\n",
    );
    let own = pages(&files, &loaded);
    assert!(own.values().all(|page| page.contains("自己的页脚")));
    let theirs = pages(&theme_files(), &loaded);
    assert!(own[""].contains("class=\"header\"") && theirs[""].contains("footer__links"));
    assert_ne!(
        renderer(&files, &loaded).fingerprint(),
        renderer(&theme_files(), &loaded).fingerprint(),
        "every page is made anew"
    );
}

#[test]
fn a_site_replaces_one_token_with_a_sheet_of_its_own() {
    let own = ":root { --green: #123456; }";
    let sheet = style_sheet(&with("css/site.css", own));
    let place = |part: &str| sheet.find(part).expect("it is there");
    assert!(place("@layer reset") < place("--green: light-dark"));
    assert!(
        place("@layer print {") < place(own),
        "unlayered and last, so it wins"
    );
    assert!(sheet.trim_end().ends_with(own));
}

#[test]
fn the_theme_has_one_main_hue() {
    let files = theme_files();
    let css = String::from_utf8_lossy(&files["css/tokens.css"].bytes).into_owned();
    let hues = palette::hues(&css);
    // 国办发〔2017〕47号: one main colour and not more than three; this one has its green.
    assert_eq!(hues.len(), 1, "{hues:?}");
}

#[test]
fn the_style_sheet_uses_no_address_outside_the_site() {
    let sheet = style_sheet(&theme_files());
    assert!(!sheet.contains("http") && !sheet.contains("@import"));
}

#[test]
fn published_files_are_named_by_their_contents() {
    let theme = render::load(&theme_files(), "zh-CN").value;
    let paths = theme.asset_paths();
    for name in [
        "anjian.css",
        "display.js",
        "menu.js",
        "chooser.js",
        "favicon.svg",
    ] {
        let (stem, ending) = name.split_once('.').expect("an ending");
        let hash = paths[name].strip_prefix(&format!("assets/{stem}."));
        let hash = hash.and_then(|rest| rest.strip_suffix(&format!(".{ending}")));
        assert_eq!(hash.map(str::len), Some(8), "{name}");
    }
}

/// Where a diagnostic points, as `path:line`.
fn place(files: &ThemeFiles, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span.as_ref().expect("a place");
    let mut all = files.values();
    let file = all.find(|file| file.source == span.source).expect("a file");
    let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
    let line = report::position(text, span.bytes.start).line;
    format!("{}:{line}", span.source)
}

#[test]
fn template_errors_name_their_file_and_line_in_both_languages() {
    let cases = [
        ("一\n{% if %}", 2, "Found", "此处是"),
        (
            "{% include \"partials/no.html\" %}",
            1,
            "no.html",
            "no.html",
        ),
        ("一\n二\n{{ 1 | no_filter }}", 3, "no_filter", "no_filter"),
    ];
    for (text, line, en, zh) in cases {
        let files = with("templates/partials/footer.html", text);
        let theme = render::load(&files, "zh-CN");
        let [found] = &theme.diagnostics[..] else {
            panic!("one finding for {text:?}: {:#?}", theme.diagnostics)
        };
        assert_eq!(found.code, "template-error");
        let expected = format!("themes/overrides/templates/partials/footer.html:{line}");
        assert_eq!(place(&files, found), expected, "{text}");
        assert!(found.message.en.contains(en), "{:?}", found.message);
        assert!(found.message.zh.contains(zh) && found.message.zh.starts_with("模板出错"));
    }
}

#[test]
fn every_wrong_template_is_reported_at_once() {
    let mut files = with("templates/404.html", "{{ }}");
    files.extend(with("templates/page.html", "{% extends %}").remove_entry("templates/page.html"));
    assert_eq!(render::load(&files, "zh-CN").diagnostics.len(), 2);
}

#[test]
fn a_rendering_error_names_the_template_and_its_line() {
    let loaded = shipped_site();
    let files = with(
        "templates/partials/footer.html",
        "<footer>\n{{ site.no_such }}</footer>",
    );
    let view = index::not_found(&loaded.site, "404");
    let found = renderer(&files, &loaded)
        .render("404.html", &view, &view.head.root, None)
        .expect_err("the field does not exist");
    let expected = "themes/overrides/templates/partials/footer.html:2";
    assert_eq!(place(&files, &found), expected);
    assert!(
        found.message.zh.contains("字段 `no_such` 不存在"),
        "{:?}",
        found.message
    );
    assert!(found.message.en.contains("`no_such` is not defined"));
}

#[test]
fn documents_without_vocabularies_make_a_plain_home_page() {
    let text = "//- content/README.md\n# 我们的文档\n\n从这里开始。\n//- content/guide/a.md\n---\ntitle: 第一篇\ndate: 2026-01-02\n---\n正文。\n";
    let sources = MemorySources::from_literal(text).expect("paths");
    let options = BuildOptions {
        policy: PublishPolicy {
            today: jiff::civil::date(2026, 11, 22),
            drafts: false,
        },
        overrides: Overrides::default(),
    };
    let loaded = load::load_afresh(&sources, &options).expect("read");
    let pages = pages(&theme_files(), &loaded);
    let home = &pages[""];
    for part in ["从这里开始", "href=\"./guide/\"", "hero--text"] {
        assert!(home.contains(part), "{part}: {home}");
    }
    for part in ["class=\"chooser\"", "class=\"matrix\"", "chooser."] {
        assert!(!home.contains(part), "{part}");
    }
}
