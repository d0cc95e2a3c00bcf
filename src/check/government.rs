//! What a government site must show (国办发〔2017〕47号 and its indicators, 国办秘函〔2019〕19号; 政府信息公开条例): tags and footer,
//! columns that are neither empty nor stale, numbers of documents as they are written, pages that are not too heavy. Most of
//! it is asked only of sites that say `[government]`.

mod columns;
mod numbers;
pub mod palette;

use super::rules;
use crate::diag::{Diagnostic, Severity, Span};
use crate::graph::leaving::elsewhere;
use crate::graph::{PageId, Site};
use crate::parse::markdown::SlotKind;
use crate::path::{OutputPath, SourcePath};
use crate::view::head::Role;
use crate::view::page::{page_head, role};
use jiff::civil::Date;
use std::ops::Range;

/// The findings about the site as a whole.
#[must_use]
pub fn check(site: &Site, today: Date) -> Vec<Diagnostic> {
    let mut found = columns::empty(site);
    found.extend(numbers::references(site));
    found.extend(numbers::index_numbers(site));
    if is_government(site) {
        found.extend(tags_of_site(site));
        found.extend(footer(site));
        found.extend(notice(site));
        found.extend(columns::undescribed(site));
        found.extend(columns::stale(site, today));
        found.extend(columns::home(site, today));
    }
    found
}

/// The findings about one page.
#[must_use]
pub fn page(site: &Site, id: PageId, today: Date) -> Vec<Diagnostic> {
    let mut found = numbers::document_number(site, id);
    if is_government(site) {
        found.extend(tags_of_page(site, id));
        found.extend(in_future(site, id, today));
        found.extend(numbers::published_late(site, id));
    }
    found
}

/// Whether the site says that it is a government's, in settings that could be read in full.
fn is_government(site: &Site) -> bool {
    let settings = SourcePath::new(&format!("{}/site.toml", site.root));
    site.config.government.present && settings.is_ok_and(|path| !site.is_damaged(&path))
}

/// A finding in `site.toml`.
fn in_settings(
    site: &Site,
    code: &'static str,
    bytes: Range<usize>,
    message: [String; 2],
    help: [&str; 2],
) -> Option<Diagnostic> {
    let source = SourcePath::new(&format!("{}/site.toml", site.root)).ok()?;
    let span = Span { source, bytes };
    Some(rules::finding(code, span, message, help.map(str::to_owned)))
}

/// The head of `[government]`, for findings about what is not there.
fn head_of(site: &Site) -> Range<usize> {
    let start = site.config.government.bytes.start;
    start..start + 1
}

/// A finding about a document, at a place of it.
fn on_page(
    site: &Site,
    id: PageId,
    code: &'static str,
    bytes: Range<usize>,
    message: [String; 2],
    help: [&str; 2],
) -> Diagnostic {
    let source = site.pages[id].document.path.clone();
    let span = Span { source, bytes };
    rules::finding(code, span, message, help.map(str::to_owned))
}

/// Where a document's title stands, else its beginning.
fn title_of(site: &Site, id: PageId) -> Range<usize> {
    let title = site.pages[id].document.content.common.title.as_ref();
    title.map_or(0..0, |title| title.bytes.clone())
}

/// `SiteName` and `SiteDomain`; the code that is issued to a site has a finding of its own.
fn tags_of_site(site: &Site) -> Vec<Diagnostic> {
    let government = &site.config.government;
    let missing: Vec<&str> = [
        ("site_name", government.site_name.is_none()),
        ("site_domain", government.site_domain.is_none()),
    ]
    .into_iter()
    .filter_map(|(key, is_missing)| is_missing.then_some(key))
    .collect();
    let mut found = Vec::new();
    if !missing.is_empty() {
        let message = [
            format!("政府网站的标签缺少：`{}`", missing.join("`、`")),
            format!(
                "the tags of a government site lack `{}`",
                missing.join("`, `")
            ),
        ];
        let help = [
            "在 [government] 下写网站的规范名称和英文域名",
            "set the site's name and domain under [government]",
        ];
        found.extend(in_settings(
            site,
            "tags-incomplete",
            head_of(site),
            message,
            help,
        ));
    }
    if let Some(domain) = government
        .site_domain
        .as_ref()
        .filter(|domain| !is_domain(domain))
    {
        let message = [
            format!("`site_domain` 不是政府网站的域名：{domain}"),
            format!("`site_domain` is no domain of a government site: {domain}"),
        ];
        let help = [
            "只写域名，以 .gov.cn 结尾，不带 http:// 和 /，如 aqsc.example.gov.cn",
            "write the name alone, below .gov.cn, without http:// and /, such as aqsc.example.gov.cn",
        ];
        found.extend(in_settings(
            site,
            "site-domain",
            head_of(site),
            message,
            help,
        ));
    }
    found
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        let is_letter = |one: char| one.is_ascii_alphanumeric() || one == '-';
        !label.is_empty() && !ends && label.chars().all(is_letter)
    };
    let above = text.strip_suffix(".gov.cn");
    above.is_some_and(|above| above.split('.').all(is_label))
}

/// Every tag that the kind of page must have; those of the site are told once.
fn tags_of_page(site: &Site, id: PageId) -> Option<Diagnostic> {
    let wanted: &[&str] = match role(&site.pages[id]) {
        Role::Home => &[],
        Role::Column => &["ColumnName", "ColumnType"],
        Role::Article => &[
            "ColumnName",
            "ColumnType",
            "ArticleTitle",
            "PubDate",
            "ContentSource",
        ],
    };
    let tags = page_head(site, id).meta;
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|name| !tags.iter().any(|tag| tag.name == **name))
        .copied()
        .collect();
    if missing.is_empty() {
        return None;
    }
    let message = [
        format!("页面标签缺少：`{}`", missing.join("`、`")),
        format!("the page's tags lack `{}`", missing.join("`, `")),
    ];
    let help = [
        "PubDate 取自 date（发布时间，如 2026-11-20 09:30:00），ContentSource 取自 source，没有时用网站的 owner",
        "PubDate comes from date, ContentSource from source or the site's owner",
    ];
    let bytes = title_of(site, id);
    Some(on_page(site, id, "tags-incomplete", bytes, message, help))
}

/// A date of publishing that has not come yet is made up.
fn in_future(site: &Site, id: PageId, today: Date) -> Option<Diagnostic> {
    let common = &site.pages[id].document.content.common;
    let date = common.date.as_ref()?;
    if date.value.date() <= today {
        return None;
    }
    let day = date.value.date();
    let message = [
        format!("发布时间 {day} 晚于今天（{today}）"),
        format!("the date of publishing, {day}, is later than today ({today})"),
    ];
    let help = [
        "写真实的发布时间；到那一天才发布的，另写 publish_at",
        "write when it is published; what is to appear then has publish_at as well",
    ];
    let bytes = date.bytes.clone();
    Some(on_page(site, id, "date-in-future", bytes, message, help))
}

/// The items of the footer, and whether the numbers in it are formed as they are issued.
fn footer(site: &Site) -> Vec<Diagnostic> {
    let (config, government) = (&site.config, &site.config.government);
    let items = [
        ("emblem_url", &government.emblem_url),
        ("report_error_url", &government.report_error_url),
        ("icp", &government.icp),
        ("police", &government.police),
        ("owner", &config.owner),
        ("contact", &config.contact),
    ];
    let missing: Vec<&str> = items
        .iter()
        .filter_map(|(key, value)| value.is_none().then_some(*key))
        .collect();
    let mut found = Vec::new();
    if !missing.is_empty() {
        let message = [
            format!("页脚缺少：`{}`", missing.join("`、`")),
            format!("the footer lacks `{}`", missing.join("`, `")),
        ];
        let help = [
            "owner、contact 写在 site.toml 开头，其余写在 [government] 下；没有批下来的不要编",
            "owner and contact stand at the top of site.toml, the others under [government]; never make one up",
        ];
        found.extend(in_settings(
            site,
            "footer-incomplete",
            head_of(site),
            message,
            help,
        ));
    }
    let icp = government.icp.as_deref().filter(|value| !is_icp(value));
    found.extend(icp.and_then(|value| misformed(site, "icp", value, "津ICP备05010518号")));
    let police = government
        .police
        .as_deref()
        .filter(|value| !is_police(value));
    let example = "津公网安备 12010302000991号";
    found.extend(police.and_then(|value| misformed(site, "police", value, example)));
    found
}

/// A number of the footer that is not formed as it is issued.
fn misformed(site: &Site, key: &str, value: &str, example: &str) -> Option<Diagnostic> {
    let message = [
        format!("`{key}` 的写法不对：{value}"),
        format!("`{key}` is not well formed: {value}"),
    ];
    let zh = format!("照备案号写，如 {example}");
    let en = format!("write it as issued, such as {example}");
    let help = [zh.as_str(), en.as_str()];
    in_settings(site, "footer-number", head_of(site), message, help)
}

/// 津ICP备05010518号, 津ICP备05010518号-1
fn is_icp(text: &str) -> bool {
    let parts = || {
        let (place, rest) = text.split_once("ICP备")?;
        let (number, more) = rest.split_once('号')?;
        let more = more.strip_prefix('-').unwrap_or(more);
        let digits = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
        Some(place.chars().count() == 1 && !number.is_empty() && digits(number) && digits(more))
    };
    parts().unwrap_or(false)
}

/// 津公网安备 12010302000991号
fn is_police(text: &str) -> bool {
    let parts = || {
        let (place, rest) = text.split_once("公网安备")?;
        let number = rest.trim().strip_suffix('号')?;
        let digits = number.len() == 14 && number.bytes().all(|one| one.is_ascii_digit());
        Some(place.chars().count() == 1 && digits)
    };
    parts().unwrap_or(false)
}

/// Links to sites that are no government's have the notice; told once, at the first.
fn notice(site: &Site) -> Option<Diagnostic> {
    if site.config.leaving.notice {
        return None;
    }
    let mut links = site.pages.iter().enumerate().flat_map(|(id, page)| {
        let slots = page.document.body.slots.iter();
        let slots = slots.filter(|slot| slot.kind == SlotKind::External);
        slots.filter_map(move |slot| Some((id, slot, elsewhere(site, &slot.target)?)))
    });
    let (id, slot, host) = links.next()?;
    let count = links.count() + 1;
    let message = [
        format!("链接离开政府网站去 {host}，没有离站提示；全站这样的链接有 {count} 处"),
        format!("this link leaves for {host} without a notice; there are {count} such links"),
    ];
    let help = [
        "在 site.toml 写 [leaving] notice = true；不必提示的域名写进 hosts",
        "write [leaving] notice = true in site.toml; hosts that need none are listed there",
    ];
    Some(on_page(
        site,
        id,
        "external-without-notice",
        slot.span.clone(),
        message,
        help,
    ))
}

/// Pages that weigh more than they may, without their pictures: their own bytes, and those of the style sheet and the
/// scripts (`assets`). It is known when pages have been made, so `anjian build` says it and `anjian check` does not.
#[must_use]
pub fn heavy(
    site: &Site,
    assets: u64,
    size: impl Fn(&OutputPath) -> Option<u64>,
) -> Vec<Diagnostic> {
    let budget = site.config.government.page_budget();
    if !site.config.government.present {
        return Vec::new();
    }
    let pages = site.pages.iter().enumerate().filter_map(|(id, page)| {
        let bytes = size(&page.url.output())?.saturating_add(assets);
        (bytes > budget).then_some((id, bytes))
    });
    let found = pages.map(|(id, bytes)| {
        let message = [
            format!("这一页连样式和脚本共 {} 千字节，超过 {} 千字节", bytes / 1000, budget / 1000),
            format!(
                "with style and scripts this page weighs {} kB, more than {} kB",
                bytes / 1000,
                budget / 1000
            ),
        ];
        let help = [
            "把它分成几页，或者把大表放进附件；预算写在 [government] page_weight",
            "part it into several pages or move large tables into attachments; the budget is page_weight under [government]",
        ];
        let mut one = on_page(site, id, "page-too-heavy", title_of(site, id), message, help);
        one.severity = Severity::Warning;
        one
    });
    let mut found: Vec<Diagnostic> = found.collect();
    rules::weigh(&mut found, &site.config.rules);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_and_numbers_of_the_footer_have_their_form() {
        assert!(is_domain("aqsc.example.gov.cn") && is_domain("www.gov.cn"));
        for wrong in [
            "https://a.gov.cn",
            "a.gov.cn/",
            "a.com",
            ".gov.cn",
            "-a.gov.cn",
            "agov.cn",
        ] {
            assert!(!is_domain(wrong), "{wrong}");
        }
        assert!(is_icp("津ICP备05010518号") && is_icp("闽ICP备05010518号-2"));
        assert!(!is_icp("ICP备05010518号") && !is_icp("津ICP备号") && !is_icp("津ICP证05010518号"));
        assert!(
            is_police("津公网安备 12010302000991号") && is_police("津公网安备12010302000991号")
        );
        assert!(!is_police("津公网安备 1201号"));
    }
}
