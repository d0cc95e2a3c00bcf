//! The site's settings (`content/site.toml`), resolved: every setting has a value, and what the command
//! line says goes before what the file says. A site without the file gets the defaults.
//! Knows no document. Entry point: [`read`].

use crate::content::KINDS;
use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::content::vocabulary::Vocabularies;
use crate::diag::{Checked, Message};
use crate::parse::data::{Entry, Value};
use crate::path::SourcePath;
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

/// How much a publishing rule weighs on this site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RuleWeight {
    /// The rule's code.
    pub code: String,
    /// `error`, `warning` or `off`.
    pub weight: String,
    /// Where the code stands.
    pub bytes: Range<usize>,
}

/// The notice before readers leave for another site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Leaving {
    /// Whether there is one.
    pub notice: bool,
    /// Hosts that need none, with all below them; this site and `gov.cn` never do.
    pub hosts: Vec<String>,
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

/// Tags and footer items of government sites (国办发〔2017〕47号, annex). Unset ones are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Government {
    /// Whether `[government]` was written at all.
    pub present: bool,
    /// 网站名称.
    pub site_name: Option<String>,
    /// 网站域名.
    pub site_domain: Option<String>,
    /// 网站标识码, issued by the State Council's office: never invented.
    pub site_id_code: Option<String>,
    /// ICP备案编号.
    pub icp: Option<String>,
    /// 公安机关备案.
    pub police: Option<String>,
    /// The address behind 党政机关网站标识.
    pub emblem_url: Option<String>,
    /// The address of “我为政府网站找错”.
    pub report_error_url: Option<String>,
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
        leaving: leaving(fields),
        allowed: allowed(fields),
        rules: rules(fields),
        government: fields
            .table("government")
            .map_or_else(Government::default, government),
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

/// `[personal]`: what the office publishes itself.
fn allowed(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(mut one) = fields.table("personal") else {
        return Vec::new();
    };
    let allowed = one.texts("allowed").into_iter();
    let allowed = allowed.map(|contact| contact.value).collect();
    one.finish();
    allowed
}

/// `[rules]`: codes are the keys; which codes there are, and which may be weakened, is for the rules to say.
fn rules(fields: &mut Fields<'_>) -> Vec<RuleWeight> {
    let Some(table) = fields.table("rules") else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    for entry in table.entries() {
        match &entry.node.value {
            Value::Text(weight) if ["error", "warning", "off"].contains(&weight.as_str()) => {
                rules.push(RuleWeight {
                    code: entry.key.clone(),
                    weight: weight.clone(),
                    bytes: entry.key_bytes.clone(),
                });
            }
            _ => table.context.error(
                "not-in-vocabulary",
                entry.node.bytes.clone(),
                Message::new(
                    format!("规则 `{}` 的轻重不认识", entry.key),
                    format!("the weight of the rule `{}` is unknown", entry.key),
                ),
                Message::new(
                    "可选：`error`、`warning`、`off`",
                    "allowed: `error`, `warning`, `off`",
                ),
            ),
        }
    }
    rules
}

/// `[leaving]`; without it there is no notice.
fn leaving(fields: &mut Fields<'_>) -> Leaving {
    let Some(mut one) = fields.table("leaving") else {
        return Leaving::default();
    };
    let notice = one.truth("notice");
    let hosts = one.texts("hosts").into_iter();
    let hosts = hosts.filter_map(|host| {
        let name = host.value.trim().trim_start_matches("*.").to_lowercase();
        if !name.is_empty() && !name.contains(['/', ':', ' ', '*']) {
            return Some(name);
        }
        one.context.error(
            "bad-host",
            host.bytes,
            Message::new(
                format!("`{}` 不是域名", host.value),
                format!("`{}` is no name of a host", host.value),
            ),
            Message::new(
                "只写域名，如 hosts = [\"www.example.org\"]；它下面的子域名也算",
                "write the name alone, such as hosts = [\"www.example.org\"]; names below it count as well",
            ),
        );
        None
    });
    let hosts = hosts.collect();
    one.finish();
    Leaving { notice, hosts }
}

fn government(mut one: Fields<'_>) -> Government {
    let fields = &mut one;
    let value = Government {
        present: true,
        site_name: optional(fields, "site_name"),
        site_domain: optional(fields, "site_domain"),
        site_id_code: site_id_code(fields),
        icp: optional(fields, "icp"),
        police: optional(fields, "police"),
        emblem_url: optional(fields, "emblem_url"),
        report_error_url: optional(fields, "report_error_url"),
    };
    one.finish();
    value
}

/// Ten digits, or `bm` and eight for ministries (seen on live government sites).
fn site_id_code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.text("site_id_code");
    let Some(code) = code.filter(|code| !code.value.is_empty()) else {
        let head = fields.place().start;
        fields.context.warning(
            "no-site-id-code",
            head..head + 1,
            Message::new(
                "没有填写政府网站标识码 `site_id_code`，页面标签中不写这一项",
                "`site_id_code` is not set; pages leave the tag out",
            ),
            Message::new(
                "在 [government] 中填写国办核发的标识码；不要自拟",
                "set the code that was issued under [government]; never make one up",
            ),
        );
        return None;
    };
    let digits = code.value.strip_prefix("bm");
    let wanted = if digits.is_some() { 8 } else { 10 };
    let digits = digits.unwrap_or(&code.value);
    if digits.len() == wanted && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code.value);
    }
    fields.context.error(
        "bad-site-id-code",
        code.bytes,
        Message::new(
            "网站标识码应为 10 位数字，部委网站为 bm 加 8 位数字",
            "a site id code is ten digits, or `bm` and eight digits",
        ),
        Message::new(
            "照国办核发的标识码填写；没有就删去这一行",
            "copy the code that was issued; delete the line if there is none",
        ),
    );
    None
}
