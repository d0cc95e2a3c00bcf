//! The page that tells readers that they are about to leave for another site.

use super::head::HeadView;
use super::index::plain;
use crate::graph::Site;
use crate::graph::leaving::{host, notice};
use serde::Serialize;

/// The notice before one address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LeavingView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// What this site calls itself.
    pub site_name: String,
    /// The whole address.
    pub address: String,
    /// Whose it is: the name of the machine.
    pub host: String,
}

/// The notice before an address, under a title.
#[must_use]
pub fn leaving(site: &Site, address: &str, title: &str) -> LeavingView {
    let url = notice(site, address);
    let mut head = plain(site, url.as_ref().map_or("/", |url| url.as_str()), title);
    head.noindex = true;
    head.canonical = String::new();
    let name = site.config.government.site_name.as_ref();
    LeavingView {
        head,
        site_name: name.unwrap_or(&site.config.title).clone(),
        address: address.to_owned(),
        host: host(address).unwrap_or_default(),
    }
}
