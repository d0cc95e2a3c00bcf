//! Links that leave for sites which are no government's: readers are told before they go (国办发〔2017〕47号 asks for
//! a notice; the wording is that of ministries' sites). Each address has a page of its own, so that the notice needs no
//! script.

use super::Site;
use crate::hash::Fingerprint;
use crate::parse::markdown::SlotKind;
use crate::path::UrlPath;
use std::collections::BTreeSet;

/// The page that stands before an address of another site; nothing where readers go straight on.
#[must_use]
pub fn notice(site: &Site, address: &str) -> Option<UrlPath> {
    if !site.config.leaving.notice {
        return None;
    }
    let host = elsewhere(site, address)?;
    let name: String = host
        .chars()
        .map(|one| {
            if one.is_alphanumeric() || one == '.' {
                one
            } else {
                '-'
            }
        })
        .collect();
    let print = Fingerprint::of_bytes(address.as_bytes());
    Some(UrlPath::new(&format!("/leaving/{name}-{}/", print.short())))
}

/// The host of an address outside this site, the government and the hosts that need no notice.
#[must_use]
pub fn elsewhere(site: &Site, address: &str) -> Option<String> {
    let host = host(address)?;
    let own = host_of(&site.config.base_url);
    let mut known = site.config.leaving.hosts.iter().map(String::as_str);
    let within = |above: &str| {
        let below = host.strip_suffix(above);
        below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    };
    let is_known = own.as_ref() == Some(&host) || within("gov.cn") || known.any(within);
    (!is_known).then_some(host)
}

/// The name of the machine that an address of the web leads to, in small letters.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    let web = ["http://", "https://", "//"];
    let lower = address.trim().to_lowercase();
    web.iter()
        .any(|scheme| lower.starts_with(scheme))
        .then(|| host_of(&lower))?
}

fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("//")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    // `https://www.gov.cn@example.com` leads to example.com.
    let machine = authority.rsplit('@').next()?;
    let (name, port) = machine.rsplit_once(':').unwrap_or((machine, ""));
    let name = match port.bytes().all(|one| one.is_ascii_digit()) {
        true => name,
        false => machine,
    };
    let name = name.trim_end_matches('.');
    (!name.is_empty()).then(|| name.to_lowercase())
}

/// Every address that readers are told of.
#[must_use]
pub fn addresses(site: &Site) -> BTreeSet<&str> {
    let slots = site.pages.iter().flat_map(|page| &page.document.body.slots);
    let texts = slots.filter(|slot| slot.kind == SlotKind::External);
    let texts = texts.map(|slot| slot.target.as_str());
    let menu = site.config.menu.iter().map(|item| item.target.as_str());
    let all = texts.chain(menu);
    all.filter(|address| notice(site, address).is_some())
        .collect()
}
