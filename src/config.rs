//! The site's settings (`content/site.toml`), resolved: every setting has a value, and what the command
//! line says goes before what the file says. A site without the file gets the defaults.
//! Knows no document. Entry point: [`read`].

pub mod publishing;

use crate::content::KINDS;
use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::content::vocabulary::Vocabularies;
use crate::diag::{Checked, Message};
use crate::parse::data::{Entry, Value};
use crate::path::SourcePath;
pub use publishing::{Government, Leaving, RuleWeight};
use std::collections::BTreeMap;
use std::ops::Range;

/// How much a kind of mistake weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strictness {
    /// The site is not published.
    Error,
    /// The site is published with a warning.
    Warn,
}

/// The settings of a site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// A line below the name.
    pub subtitle: Option<String>,
    /// What the site is about, for search engines and feeds.
    pub description: Option<String>,
    /// Where the site will stand, with scheme and a final `/`; empty where nobody said.
    pub base_url: String,
    /// The language of the interface, such as `zh-CN`.
    pub language: String,
    /// The theme's folder below `themes/`.
    pub theme: String,
    /// Where the theme is named in `site.toml`.
    pub theme_bytes: Range<usize>,
    /// 主办单位.
    pub owner: Option<String>,
    /// How to reach the owner, in the footer.
    pub contact: Option<String>,
    /// A sentence shown on every page, such as that the texts are samples.
    pub notice: Option<String>,
    /// Documents on one page of a list.
    pub page_size: usize,
    /// Entries of a feed.
    pub feed_limit: usize,
    /// Whether readers' browsers keep what they read, for the time without a connection.
    pub offline: bool,
    /// What an unknown key of a document is.
    pub unknown_keys: Strictness,
    /// What a link that leads nowhere is.
    pub broken_links: Strictness,
    /// The kind of the documents below a folder; the longest folder wins.
    pub kinds: BTreeMap<String, String>,
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// Options of the theme, by name.
    pub options: BTreeMap<String, String>,
    /// What goes into the kits of industries.
    pub kits: Kits,
    /// The notice before readers leave for other sites.
    pub leaving: Leaving,
    /// Contacts that the office publishes itself.
    pub allowed: Vec<String>,
    /// How much publishing rules weigh, by code, where the site says so.
    pub rules: Vec<RuleWeight>,
    /// What a government site has to say about itself.
    pub government: Government,
}

/// What goes into the kits of industries, beside their specifications.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kits {
    /// Terms of `audiences`: registers and letters for none of these are left out; empty for all.
    pub audiences: Vec<Located<String>>,
    /// Registers and letters that are in no kit, by their targets.
    pub leave_out: Vec<Located<String>>,
}

/// One entry of the main menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// What readers see.
    pub title: String,
    /// A document by its target, such as `industries/`, or an address.
    pub target: String,
    /// Where the target stands in `site.toml`.
    pub bytes: Range<usize>,
}

/// What the command line says about settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Overrides {
    /// Where the site will stand.
    pub base_url: Option<String>,
    /// Whether readers' browsers keep what they read.
    pub offline: Option<bool>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "未命名站点".to_owned(),
            subtitle: None,
            description: None,
            base_url: String::new(),
            language: "zh-CN".to_owned(),
            theme: "anjian".to_owned(),
            theme_bytes: 0..0,
            owner: None,
            contact: None,
            notice: None,
            page_size: 20,
            feed_limit: 20,
            offline: true,
            unknown_keys: Strictness::Error,
            broken_links: Strictness::Error,
            kinds: BTreeMap::new(),
            menu: Vec::new(),
            options: BTreeMap::new(),
            kits: Kits::default(),
            leaving: Leaving::default(),
            allowed: Vec::new(),
            rules: Vec::new(),
            government: Government::default(),
        }
    }
}

impl Config {
    /// The kind of a document that does not name its own: that of the longest folder in `[kinds]` above
    /// it. A folder's index is a `page`.
    #[must_use]
    pub fn kind_of<'a>(&'a self, target: &str) -> &'a str {
        if target.is_empty() || target.ends_with('/') {
            return "page";
        }
        let mut folder = target;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(kind) = self.kinds.get(above) {
                return kind;
            }
            folder = above;
        }
        "page"
    }

    /// The folder part of the base address: `/` or `/sub/path/`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let behind_scheme = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        behind_scheme
            .find('/')
            .map_or("/", |at| &behind_scheme[at..])
    }
}

/// Reads `site.toml`; `overrides` go before it.
#[must_use]
pub fn read(source: &SourcePath, entries: &[Entry], overrides: &Overrides) -> Checked<Config> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let mut fields = Fields::new(&context, entries, 0..0);
    let mut config = resolve(&mut fields);
    fields.finish();
    if let Some(base_url) = &overrides.base_url {
        config.base_url.clone_from(base_url);
    }
    if let Some(offline) = overrides.offline {
        config.offline = offline;
    }
    if !config.base_url.is_empty() && !config.base_url.ends_with('/') {
        config.base_url.push('/');
    }
    Checked {
        value: config,
        diagnostics: context.into_diagnostics(),
    }
}

fn resolve(fields: &mut Fields<'_>) -> Config {
    let standard = Config::default();
    let theme = fields.text("theme");
    let theme = theme.filter(|theme| !theme.value.trim().is_empty());
    Config {
        title: optional(fields, "title").unwrap_or(standard.title),
        subtitle: optional(fields, "subtitle"),
        description: optional(fields, "description"),
        base_url: base_url(fields),
        language: fields
            .optional_choice("language", &["zh-CN", "en"])
            .map_or(standard.language, |language| language.value),
        theme_bytes: theme.as_ref().map_or(0..0, |theme| theme.bytes.clone()),
        theme: theme.map_or(standard.theme, |theme| theme.value),
        owner: optional(fields, "owner"),
        contact: optional(fields, "contact"),
        notice: optional(fields, "notice"),
        page_size: count(fields, "page_size", standard.page_size),
        feed_limit: count(fields, "feed_limit", standard.feed_limit),
        offline: fields.optional_truth("offline").unwrap_or(standard.offline),
        unknown_keys: strictness(fields, "unknown_keys"),
        broken_links: strictness(fields, "broken_links"),
        kinds: kinds(fields),
        menu: fields.tables("menu").into_iter().map(menu_item).collect(),
        options: options(fields),
        kits: fields.table("kits").map_or_else(Kits::default, kits),
        leaving: publishing::leaving(fields),
        allowed: publishing::allowed(fields),
        rules: publishing::rules(fields),
        government: fields
            .table("government")
            .map_or_else(Government::default, publishing::government),
    }
}

fn optional(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text = fields.text(key)?.value;
    (!text.trim().is_empty()).then_some(text)
}

fn strictness(fields: &mut Fields<'_>, key: &'static str) -> Strictness {
    let word = fields.optional_choice(key, &["error", "warn"]);
    match word {
        Some(word) if word.value == "warn" => Strictness::Warn,
        _ => Strictness::Error,
    }
}

/// A number of things on a page, one to a thousand.
fn count(fields: &mut Fields<'_>, key: &'static str, standard: usize) -> usize {
    let Some(number) = fields.integer(key) else {
        return standard;
    };
    match usize::try_from(number.value) {
        Ok(count) if (1..=1000).contains(&count) => count,
        _ => {
            fields.context.error(
                "out-of-range",
                number.bytes,
                Message::new(
                    format!("`{key}` 应在 1 到 1000 之间"),
                    format!("`{key}` takes a number from 1 to 1000"),
                ),
                Message::new(
                    format!("写成 {key} = {standard}"),
                    format!("write {key} = {standard}"),
                ),
            );
            standard
        }
    }
}

fn base_url(fields: &mut Fields<'_>) -> String {
    let Some(url) = fields.text("base_url") else {
        return String::new();
    };
    let sound = ["http://", "https://"]
        .iter()
        .any(|scheme| url.value.len() > scheme.len() && url.value.starts_with(scheme));
    if sound && !url.value.contains([' ', '"', '<', '>', '?', '#']) {
        return url.value;
    }
    fields.context.error(
        "bad-base-url",
        url.bytes,
        Message::new(
            "`base_url` 应以 http:// 或 https:// 开头，不带 ? 和 #",
            "`base_url` begins with http:// or https:// and holds no ? or #",
        ),
        Message::new(
            "写成 base_url = \"https://www.example.gov.cn/aqsc/\"",
            "write base_url = \"https://www.example.gov.cn/aqsc/\"",
        ),
    );
    String::new()
}

/// `[kinds]`: folders are the keys, so any key is known and its value is one of the kinds.
fn kinds(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let Some(table) = fields.table("kinds") else {
        return BTreeMap::new();
    };
    let mut kinds = BTreeMap::new();
    for entry in table.entries() {
        let folder = entry.key.trim_matches('/').to_owned();
        match &entry.node.value {
            Value::Text(kind) if KINDS.contains(&kind.as_str()) => {
                kinds.insert(folder, kind.clone());
            }
            _ => table.context.error(
                "not-in-vocabulary",
                entry.node.bytes.clone(),
                Message::new(
                    format!("文件夹 `{folder}` 的类型不认识"),
                    format!("the kind of folder `{folder}` is unknown"),
                ),
                Message::new(
                    format!("可选：`{}`", KINDS.join("`、`")),
                    format!("allowed: `{}`", KINDS.join("`, `")),
                ),
            ),
        }
    }
    kinds
}

/// `[options]`: what a theme makes of them is its own affair; strings, numbers and truths pass as text.
fn options(fields: &mut Fields<'_>) -> BTreeMap<String, String> {
    let Some(table) = fields.table("options") else {
        return BTreeMap::new();
    };
    let mut options = BTreeMap::new();
    for entry in table.entries() {
        let value = match &entry.node.value {
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(truth) => truth.to_string(),
            other => {
                let noun = other.noun();
                table.context.error(
                    "wrong-type",
                    entry.node.bytes.clone(),
                    Message::new(
                        format!("主题选项应为文字、整数或 true/false，这里是{}", noun.zh),
                        format!(
                            "a theme's option is a string, an integer or a truth, this is {}",
                            noun.en
                        ),
                    ),
                    Message::new("写成 选项 = true", "write option = true"),
                );
                continue;
            }
        };
        options.insert(entry.key.clone(), value);
    }
    options
}

fn menu_item(mut one: Fields<'_>) -> MenuItem {
    let title = one.required_text("title").value;
    let Located { value, bytes } = one.required_text("target");
    one.finish();
    MenuItem {
        title,
        target: value,
        bytes,
    }
}

fn kits(mut one: Fields<'_>) -> Kits {
    let kits = Kits {
        audiences: one.texts("audiences"),
        leave_out: one.texts("leave_out"),
    };
    one.finish();
    kits
}
