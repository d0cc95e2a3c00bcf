//! Single stages of a build, each on data made beforehand: what a change to one of them costs or saves,
//! apart from the disk and the others. The text is made up here, so that figures hang on no file.
//! How to run it stands in `benches/README.md`.
#![expect(clippy::expect_used, reason = "a benchmark fails by panicking")]

use anjian::cache::Cache;
use anjian::config::Overrides;
use anjian::content::publish::PublishPolicy;
use anjian::graph::{self, Document, Parts, Site};
use anjian::hash::Fingerprint;
use anjian::output::offline::Searched;
use anjian::output::{self, Job, Planned, Stage};
use anjian::parse;
use anjian::path::{OutputPath, SourcePath};
use anjian::pipeline::load::{self, Html, Loaded};
use anjian::pipeline::{BuildOptions, Occasion, build, theme};
use anjian::render::{self, Renderer, ThemeAsset};
use anjian::seal::{open, seal};
use anjian::source::Sources;
use anjian::source::memory::MemorySources;
use anjian::view::card::Cards;
use anjian::view::shared::shared;
use anjian::write::memory::MemoryOutput;
use anjian::write::{Manifest, Output};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// Documents of the site.
const DOCUMENTS: usize = 1000;

fn main() {
    divan::main();
}

/// The text of a law: chapters, articles, numbered items, here and there a table and a link.
fn law(number: usize, articles: usize) -> String {
    let mut text = format!(
        "+++\ntitle = \"安全生产规定（之{number}）\"\nsummary = \"第 {number} 份示例规定。\"\ndate = 2025-{:02}-{:02}\nkeywords = [\"规定\", \"行业{}\"]\n+++\n",
        number % 12 + 1,
        number % 28 + 1,
        number % 50,
    );
    for article in 1..=articles {
        if article % 8 == 1 {
            text += &format!(
                "\n## 第 {} 章　生产经营单位的安全生产保障\n",
                article / 8 + 1
            );
        }
        text += &format!(
            "\n**第 {article} 条**　生产经营单位的主要负责人对本单位安全生产工作负有下列职责：\n\n1. 建立健全并落实本单位全员安全生产责任制；\n2. 组织制定并实施安全生产规章制度和操作规程；\n3. 保证本单位安全生产投入的有效实施，见[上一份](law-{:04}.md)。\n",
            number.saturating_sub(1)
        );
        if article % 10 == 0 {
            text += "\n| 项目 | 频次 | 责任人 |\n|---|---|---|\n| 灭火器 | 每月 | 班组长 |\n| 燃气报警器 | 每周 | 安全员 |\n";
        }
    }
    text
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a sound path")
}

fn sources() -> MemorySources {
    let mut sources = MemorySources::default();
    sources.insert(
        path("content/site.toml"),
        "title = \"基准站点\"\nbase_url = \"https://www.example.gov.cn/\"\n".as_bytes(),
    );
    sources.insert(path("content/_index.md"), "# 首页\n".as_bytes());
    for number in 0..DOCUMENTS - 1 {
        let folder = number % 10;
        // Neighbours link to each other, so they share a folder.
        let place = number / 10;
        let name = format!("content/part-{folder}/law-{place:04}.md");
        sources.insert(path(&name), law(place, 10).as_bytes());
    }
    sources
}

fn options() -> BuildOptions {
    BuildOptions {
        policy: PublishPolicy {
            today: jiff::civil::date(2026, 1, 1),
            drafts: false,
        },
        overrides: Overrides::default(),
    }
}

const OCCASION: Occasion = Occasion {
    now: 0,
    stamp: Fingerprint::ZERO,
};

static NOTHING: BTreeMap<OutputPath, output::Made> = BTreeMap::new();
static UNSEARCHED: Searched = Searched {
    keys: Vec::new(),
    texts: BTreeMap::new(),
};

/// The site with everything that its pages are made from.
struct Ready {
    loaded: Loaded,
    renderer: Renderer,
    cards: Cards,
    words: BTreeMap<String, String>,
    assets: Vec<ThemeAsset>,
    pages: Vec<Planned>,
}

impl Ready {
    fn stage(&self) -> Stage<'_> {
        Stage {
            site: &self.loaded.site,
            cards: &self.cards,
            renderer: &self.renderer,
            words: &self.words,
            assets: &self.assets,
            stamp: Fingerprint::ZERO,
            worker: None,
            made: &NOTHING,
            search: &UNSEARCHED,
            published: &|_| None,
        }
    }

    fn text(&self, path: &SourcePath) -> Option<Cow<'_, str>> {
        match self.loaded.html.get(path)? {
            Html::Here(html) => Some(Cow::Borrowed(html)),
            Html::Kept(_) => None,
        }
    }
}

static READY: LazyLock<Ready> = LazyLock::new(|| {
    let sources = sources();
    let loaded = load::load_afresh(&sources, &options()).expect("memory can be read");
    assert_eq!(loaded.diagnostics, []);
    let files = theme::files(&sources, &loaded.site.config, &mut Vec::new()).expect("the theme");
    let theme = render::load(&files, "zh-CN").value;
    let (words, assets) = (theme.words().clone(), theme.assets().to_vec());
    let paths = theme.asset_paths();
    let shared = shared(&loaded.site, &words, theme.options(), &paths, true);
    let offer = output::plan::Offer {
        assets: &assets,
        search: true,
        offline: true,
    };
    let (planned, _) = output::plan(&loaded.site, offer);
    let pages = planned.into_iter();
    let pages = pages.filter(|planned| matches!(planned.job, Job::Page(_) | Job::Home(_)));
    Ready {
        pages: pages.collect(),
        renderer: theme.with_shared(&shared),
        cards: Cards::new(&loaded.site),
        loaded,
        words,
        assets,
    }
});

/// One text of about 90 articles, 40 kilobytes.
#[divan::bench]
fn parse_a_law(bencher: Bencher) {
    let (path, text) = (path("content/law.md"), law(1, 90));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse::file(&path, text.as_bytes()));
}

fn parts(site: &Site) -> Parts {
    let documents = site.pages.iter();
    let documents: Vec<Document> = documents.map(|page| page.document.clone()).collect();
    Parts {
        config: site.config.clone(),
        root: site.root.clone(),
        vocabularies: site.vocabularies.clone(),
        references: site.references.clone(),
        terms: site.glossary.terms.clone(),
        documents,
        calendar: site.calendar.clone(),
        unpublished: BTreeSet::new(),
        unpublished_files: BTreeSet::new(),
        ended: Vec::new(),
        damaged: BTreeSet::new(),
        files: site.files.clone(),
        recorded: Vec::new(),
    }
}

/// A thousand documents become a site.
#[divan::bench]
fn assemble(bencher: Bencher) {
    let site = &READY.loaded.site;
    assert_eq!(site.pages.len(), DOCUMENTS);
    bencher
        .counter(ItemsCount::new(DOCUMENTS))
        .with_inputs(|| parts(site))
        .bench_values(graph::assemble);
}

/// What decides whether a page is made anew, for a thousand pages.
#[divan::bench]
fn view_and_fingerprint(bencher: Bencher) {
    let ready = &*READY;
    bencher
        .counter(ItemsCount::new(ready.pages.len()))
        .bench(|| {
            let pages = ready.pages.iter();
            let prints = pages.map(|page| output::prepare(ready.stage(), page).inputs);
            prints.collect::<Vec<_>>()
        });
}

/// One page through its template, from a view that is there.
#[divan::bench]
fn render_a_page(bencher: Bencher) {
    let ready = &*READY;
    let page = &ready.pages[ready.pages.len() / 2];
    let texts = |path: &SourcePath| ready.text(path);
    bencher
        .with_inputs(|| output::prepare(ready.stage(), page))
        .bench_values(|prepared| prepared.produce(&texts).expect("a page"));
}

/// The record of a site of a thousand documents.
#[divan::bench]
fn read_the_manifest(bencher: Bencher) {
    let mut output = MemoryOutput::default();
    let report = build(
        &sources(),
        &mut output,
        &mut Cache::in_memory(),
        &options(),
        OCCASION,
    );
    assert!(!report.expect("memory can be written").failed());
    let sealed = seal(output.manifest());
    bencher
        .counter(BytesCount::of_slice(&sealed))
        .bench(|| open::<Manifest>(&sealed).expect("it is whole"));
}

/// The cache of a thousand documents: its index, then every document's data.
#[divan::bench]
fn read_the_cache(bencher: Bencher) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stages-cache");
    let sources = sources();
    let mut cache = Cache::open(&folder, Fingerprint::ZERO);
    cache.ready();
    cache.clear();
    let mut output = MemoryOutput::default();
    let report = build(&sources, &mut output, &mut cache, &options(), OCCASION);
    assert!(!report.expect("memory can be written").failed());
    let files: Vec<(SourcePath, Fingerprint)> = sources
        .paths()
        .map(|path| {
            let bytes = sources.read(path).expect("it is there");
            (path.clone(), Fingerprint::of_bytes(&bytes))
        })
        .collect();
    bencher.counter(ItemsCount::new(files.len())).bench(|| {
        let mut cache = Cache::open(&folder, Fingerprint::ZERO);
        cache.ready();
        let kept = files.iter().map(|(path, print)| {
            let kept = cache.by_content(path, *print).expect("it is kept");
            cache.parsed(kept).expect("it is whole")
        });
        kept.collect::<Vec<_>>()
    });
}
