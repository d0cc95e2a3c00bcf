//! What all pages share: the site's name and owner, the menu, the words of the interface, the addresses
//! of styles and scripts. A change here is a change of every page.

use super::{LinkView, site_path};
use crate::config::Config;
use crate::graph::Site;
use crate::graph::downloads;
use crate::graph::leaving::notice;
use crate::graph::links;
use serde::Serialize;
use std::collections::BTreeMap;

/// What all pages share; `site` in templates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SharedView {
    /// The site's name.
    pub title: String,
    /// A line below it.
    pub subtitle: Option<String>,
    /// What the site is about.
    pub description: Option<String>,
    /// Its base address, or empty.
    pub base_url: String,
    /// The language of the interface, such as `zh-CN`.
    pub language: String,
    /// The same as Open Graph writes it, such as `zh_CN`.
    pub locale: String,
    /// 主办单位.
    pub owner: Option<String>,
    /// How to reach the owner.
    pub contact: Option<String>,
    /// A sentence for every page.
    pub notice: Option<String>,
    /// The main menu.
    pub menu: Vec<LinkView>,
    /// Footer items of a government site.
    pub government: GovernmentView,
    /// The theme's options by name.
    pub options: BTreeMap<String, String>,
    /// The words of the interface by name.
    pub words: BTreeMap<String, String>,
    /// Site paths of the theme's styles and scripts by plain name, such as `anjian.css`.
    pub assets: BTreeMap<String, String>,
    /// The section `about/`, where the site has one.
    pub about: Option<LinkView>,
    /// Whether the site has a list of terms.
    pub has_glossary: bool,
    /// Whether the site has a timeline of policies.
    pub has_timeline: bool,
    /// Whether the site has documents to download.
    pub has_downloads: bool,
    /// Whether readers' browsers keep what they read.
    pub offline: bool,
}

/// Footer items of a government site; unset ones are left out by the template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct GovernmentView {
    /// Whether it is one: times of publishing are then told to the minute.
    pub present: bool,
    /// 网站标识码.
    pub site_id_code: Option<String>,
    /// ICP备案编号.
    pub icp: Option<String>,
    /// 公安机关备案.
    pub police: Option<String>,
    /// The fourteen digits of the police record, for its link.
    pub police_record: Option<String>,
    /// 党政机关网站标识.
    pub emblem_url: Option<String>,
    /// “我为政府网站找错”.
    pub report_error_url: Option<String>,
}

/// The shared view of a site with a theme's words, options and assets.
#[must_use]
pub fn shared(
    site: &Site,
    words: &BTreeMap<String, String>,
    options: &BTreeMap<String, String>,
    assets: &BTreeMap<String, String>,
    offline: bool,
) -> SharedView {
    let config = &site.config;
    let mut chosen = options.clone();
    chosen.extend(config.options.clone());
    let about = site.page_of_target("about/").map(|id| &site.pages[id]);
    SharedView {
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        description: config.description.clone(),
        base_url: config.base_url.clone(),
        language: config.language.clone(),
        locale: config.language.replace('-', "_"),
        owner: config.owner.clone(),
        contact: config.contact.clone(),
        notice: config.notice.clone(),
        menu: menu(site),
        government: government(config),
        options: chosen,
        words: words.clone(),
        assets: assets.clone(),
        about: about.map(|page| LinkView::new(&page.title, &page.url)),
        has_glossary: !site.glossary.is_empty(),
        has_timeline: site.has_timeline(),
        has_downloads: downloads::any(site),
        offline,
    }
}

/// The configured menu; without one, the folders at the top.
fn menu(site: &Site) -> Vec<LinkView> {
    if site.config.menu.is_empty() {
        let top = site.sections[0]
            .children
            .iter()
            .map(|id| &site.sections[*id]);
        return top
            .take(8)
            .map(|section| LinkView::new(&section.title, &section.url))
            .collect();
    }
    let items = site.config.menu.iter();
    items
        .filter_map(|item| {
            let before = notice(site, &item.target);
            let external = item.target.contains("://") && before.is_none();
            let url = match before {
                Some(url) => site_path(url.as_str()),
                None if external => item.target.clone(),
                None => site_path(&address(site, &item.target)?),
            };
            Some(LinkView {
                title: item.title.clone(),
                url,
                external,
            })
        })
        .collect()
}

/// The address that a menu's target names: a document, a folder, or a page that every site has.
#[must_use]
pub fn address(site: &Site, target: &str) -> Option<String> {
    let generated = format!("/{}", target.trim_start_matches('/'));
    if site.makes(&generated) {
        return Some(generated);
    }
    let (name, anchor) = target.split_once('#').unwrap_or((target, ""));
    let name = name.trim_start_matches('/');
    let page = site.page_of_target(name)?;
    if !anchor.is_empty() && !links::has_anchor(site, page, anchor) {
        return None;
    }
    let mark = if anchor.is_empty() { "" } else { "#" };
    Some(format!("{}{mark}{anchor}", site.pages[page].url))
}

fn government(config: &Config) -> GovernmentView {
    let government = &config.government;
    let digits = |text: &String| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    GovernmentView {
        present: government.present,
        site_id_code: government.site_id_code.clone(),
        icp: government.icp.clone(),
        police: government.police.clone(),
        police_record: government.police.as_ref().map(digits),
        emblem_url: government.emblem_url.clone(),
        report_error_url: government.report_error_url.clone(),
    }
}
