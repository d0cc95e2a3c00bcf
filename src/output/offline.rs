//! What a reader's browser needs to keep an industry: a list of its files with what each holds, the search's files in
//! few bundles, a page that shows what is kept, and the service worker. Made when all else is, since it tells of it.

pub mod bundle;

use super::pages::{bytes, plain};
use super::{Content, Failure, Made, Prepared, Stage};
use crate::graph::Site;
use crate::graph::offline::{self, Keepable, OFFLINE};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, UrlPath};
use crate::view::offline as views;
use crate::view::site_path;
use serde_json::json;
use std::collections::BTreeMap;

/// A file for keeping an industry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum File {
    /// The search's files that hold no text, in one.
    Keys,
    /// The texts of an industry's pages, as the search has them, in one.
    Texts(Keepable),
    /// What is kept with an industry.
    List(Keepable),
    /// The lists.
    Index,
    /// The page that shows what is kept.
    Page,
    /// The service worker.
    Worker,
}

impl File {
    /// Its place among these files: each is made of those before it.
    #[must_use]
    pub fn phase(&self) -> usize {
        match self {
            Self::Keys | Self::Texts(_) => 0,
            Self::List(_) => 1,
            Self::Index | Self::Page => 2,
            Self::Worker => 3,
        }
    }

    /// Where it is published. An industry cannot be called like a folder here.
    #[must_use]
    pub fn url(&self) -> UrlPath {
        match self {
            Self::Keys => UrlPath::new(&format!("{OFFLINE}all/search.bin")),
            Self::Texts(one) => UrlPath::new(&format!("{OFFLINE}{}.bin", one.industry)),
            Self::List(one) => UrlPath::new(&format!("{OFFLINE}{}.json", one.industry)),
            Self::Index => UrlPath::new(&format!("{OFFLINE}all/lists.json")),
            Self::Page => UrlPath::new(OFFLINE),
            Self::Worker => UrlPath::new(offline::WORKER),
        }
    }
}

/// All files of a site whose theme can keep something.
#[must_use]
pub fn all(site: &Site, searched: bool) -> Vec<File> {
    let mut files = vec![File::Index, File::Page, File::Worker];
    for one in offline::industries(site) {
        files.push(File::List(one.clone()));
        if searched {
            files.push(File::Texts(one));
        }
    }
    if files.len() > 3 && searched {
        files.push(File::Keys);
    }
    files
}

/// The search's files, as far as they are kept.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    /// Those without text.
    pub keys: Vec<OutputPath>,
    /// The texts of each page.
    pub texts: BTreeMap<OutputPath, Vec<OutputPath>>,
}

/// The worker of a site that keeps nothing.
pub const OFF: &[u8] = include_bytes!("offline/off.js");

/// Makes a file's view and its fingerprint.
#[must_use]
pub fn prepare<'a>(stage: Stage<'a>, file: &'a File) -> Prepared<'a> {
    let site = stage.site;
    match file {
        File::Keys => bundled(stage, stage.search.keys.clone()),
        File::Texts(one) => {
            let pages = offline::files(site, one).into_iter();
            let texts = pages.filter_map(|page| stage.search.texts.get(&page));
            bundled(stage, texts.flatten().cloned().collect())
        }
        File::List(one) => {
            let list = List::new(stage, one);
            let inputs = Fingerprint::of(&(stage.stamp, &list));
            bytes(inputs, move || list.json())
        }
        File::Index => {
            let lists = kept(stage);
            let inputs = Fingerprint::of(&(stage.stamp, &lists));
            bytes(inputs, move || index(&lists))
        }
        File::Page => {
            let title = stage.words.get("offline").map_or("", String::as_str);
            let sizes = kept(stage).into_iter();
            let sizes = sizes.map(|list| (list.one, list.bytes)).collect();
            plain(stage, "offline.html", views::offline(site, title, sizes))
        }
        File::Worker => worker(stage),
    }
}

/// What is kept with an industry: each address with the fingerprint and the size of what it answers.
#[derive(Debug, Hash)]
struct List {
    industry: String,
    title: String,
    files: Vec<(String, String, u64)>,
}

impl List {
    fn new(stage: Stage<'_>, one: &Keepable) -> Self {
        let mut paths = offline::files(stage.site, one);
        paths.extend(stage.assets.iter().map(|asset| asset.path.clone()));
        for file in [File::Keys, File::Texts(one.clone())] {
            paths.insert(file.url().output());
        }
        // What this site does not have is not kept.
        let files = paths.iter();
        let files = files.filter_map(|path| Some(row(path, stage.made.get(path)?)));
        Self {
            industry: one.industry.clone(),
            title: stage
                .site
                .term_title("industries", &one.industry)
                .to_owned(),
            files: files.collect(),
        }
    }

    fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, _, size)| size).sum()
    }

    fn json(&self) -> Vec<u8> {
        let Self {
            industry,
            title,
            files,
        } = self;
        let list = json!({ "version": VERSION, "industry": industry, "title": title, "bytes": self.bytes(), "files": files });
        list.to_string().into_bytes()
    }
}

/// The version of the lists; a worker of another one does not read them.
const VERSION: u32 = 1;

/// A published file as lists have it.
fn row(path: &OutputPath, made: &Made) -> (String, String, u64) {
    let name = path.as_str();
    let folder = name.strip_suffix("index.html");
    let folder = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let address = site_path(folder.unwrap_or(name));
    (address, made.content.long(), made.size)
}

/// A list that was made.
#[derive(Debug, Hash)]
struct Kept {
    one: Keepable,
    title: String,
    hub: String,
    print: String,
    bytes: u64,
    count: usize,
}

/// The lists that were made, with what each comes to.
fn kept(stage: Stage<'_>) -> Vec<Kept> {
    let all = offline::industries(stage.site).into_iter();
    all.filter_map(|one| {
        let made = stage.made.get(&File::List(one.clone()).url().output())?;
        let list = List::new(stage, &one);
        Some(Kept {
            hub: site_path(stage.site.pages[one.hub].url.as_str()),
            print: made.content.long(),
            bytes: list.bytes(),
            count: list.files.len(),
            title: list.title,
            one,
        })
    })
    .collect()
}

fn index(lists: &[Kept]) -> Vec<u8> {
    let rows = lists.iter().map(|list| {
        json!({
            "industry": list.one.industry, "title": list.title, "url": list.hub, "print": list.print,
            "bytes": list.bytes, "files": list.count,
        })
    });
    let rows: Vec<serde_json::Value> = rows.collect();
    json!({ "version": VERSION, "lists": rows })
        .to_string()
        .into_bytes()
}

/// The search's files in one. What it is made from are their names, which tell what they hold, and the directory.
fn bundled(stage: Stage<'_>, mut paths: Vec<OutputPath>) -> Prepared<'_> {
    paths.sort_unstable();
    paths.dedup();
    let prints = paths.iter();
    let prints = prints.map(|path| (path, stage.made.get(path).map(|made| made.content)));
    let prints: Vec<_> = prints.collect();
    let inputs = Fingerprint::of(&(stage.stamp, &prints));
    Prepared {
        inputs,
        make: Box::new(move |_| {
            let files = paths.iter();
            let files = files.map(|path| {
                // A file that went missing is made again with everything else.
                let bytes = (stage.published)(path).ok_or(Failure::Cache)?;
                Ok((path.as_str(), bytes))
            });
            let files: Vec<(&str, Vec<u8>)> = files.collect::<Result<_, Failure>>()?;
            Ok(Content::Bytes(bundle::bundle(&files)))
        }),
    }
}

/// The theme's worker, told what it keeps for itself: the page that it shows in place of others, and what that loads.
fn worker(stage: Stage<'_>) -> Prepared<'_> {
    let page = File::Page.url().output();
    let shown = stage.made.get(&page);
    let print = shown.map(|made| made.content);
    let assets = stage.assets.iter();
    let assets: Vec<&OutputPath> = assets.map(|asset| &asset.path).collect();
    let script = stage.worker.unwrap_or(OFF);
    let inputs = Fingerprint::of(&(stage.stamp, print, &assets, script));
    Prepared {
        inputs,
        make: Box::new(move |_| {
            let html = shown.and_then(|made| match &made.bytes {
                Some(bytes) => Some(bytes.to_vec()),
                None => (stage.published)(&page),
            });
            let html = html.unwrap_or_default();
            let html = String::from_utf8_lossy(&html);
            let loaded = stage.assets.iter();
            let loaded = loaded.filter(|asset| html.contains(asset.path.as_str()));
            let mut files: Vec<(String, String, u64)> = shown
                .iter()
                .map(|made| row(&page, made))
                .chain(
                    loaded.filter_map(|asset| Some(row(&asset.path, stage.made.get(&asset.path)?))),
                )
                .collect();
            files.sort_unstable();
            let own = json!(files);
            let mut bytes = format!("const OWN = {own};\n").into_bytes();
            bytes.extend_from_slice(script);
            Ok(Content::Bytes(bytes))
        }),
    }
}
