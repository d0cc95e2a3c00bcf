//! What readers can keep of an industry for the time without a connection: its page, what that offers to read and to
//! fill in, and the lists that lead there.

use super::downloads;
use super::editions::{is_replaced, specification};
use super::glossary::GLOSSARY;
use super::links::{Destination, resolve};
use super::pictures::copy_url;
use super::{PageId, SectionId, Site};
use crate::attachment::copies::Format;
use crate::content::Kind;
use crate::parse::markdown::SlotKind;
use crate::path::{OutputPath, SourcePath, UrlPath};
use std::collections::BTreeSet;

/// The widest copy of a photograph that is kept; browsers that would choose another are given it.
const KEPT_WIDTH: u32 = 960;

/// Where readers see what is kept and what can be.
pub const OFFLINE: &str = "/offline/";
/// The service worker. Its name never changes: browsers ask for it again under the name by which they know it.
pub const WORKER: &str = "/sw.js";

/// An industry that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Keepable {
    /// Term of `industries`.
    pub industry: String,
    /// The industry's page.
    pub hub: PageId,
}

/// The industries with a page of their own, in the order of the vocabulary.
#[must_use]
pub fn industries(site: &Site) -> Vec<Keepable> {
    let hub_of = |industry: &str| {
        let mut pages = site.pages.iter();
        pages.position(|page| match &page.document.content.kind {
            Kind::Industry(hub) => hub.industry.value == industry,
            _ => false,
        })
    };
    let ids = site.vocabularies.ids("industries").into_iter();
    ids.filter_map(|industry| {
        Some(Keepable {
            industry: industry.to_owned(),
            hub: hub_of(industry)?,
        })
    })
    .collect()
}

/// The documents that are kept with an industry: its page, its specifications as they hold, the templates that are for it or for
/// all, and the plain pages for it or in its folder. Cases and policies are left out: they belong to no one industry.
#[must_use]
pub fn documents(site: &Site, one: &Keepable) -> Vec<PageId> {
    let section = site.pages[one.hub].section;
    let is_kept = |id: &PageId| {
        let page = &site.pages[*id];
        let content = &page.document.content;
        let industries = &content.common.industries;
        let named = industries.iter().any(|term| term.value == one.industry);
        if page.is_index || *id == one.hub {
            return *id == one.hub;
        }
        match &content.kind {
            Kind::Form(_) | Kind::Letter(_) | Kind::Register(_) => named || industries.is_empty(),
            Kind::Page => named || page.section == section,
            kind => named && specification(kind).is_some() && !is_replaced(site, *id),
        }
    };
    (0..site.pages.len()).filter(is_kept).collect()
}

/// Where everything is published that is kept with an industry, whether or not it is there on this site.
#[must_use]
pub fn files(site: &Site, one: &Keepable) -> BTreeSet<OutputPath> {
    let mut files = BTreeSet::new();
    for url in ["/", "/search/", GLOSSARY] {
        files.insert(UrlPath::new(url).output());
    }
    for id in documents(site, one) {
        files.insert(site.pages[id].url.output());
        files.extend(downloads::path(site, id));
        files.extend(beside(site, id));
        for section in above(site, site.pages[id].section) {
            files.insert(site.sections[section].url.output());
        }
    }
    files
}

/// A section and those above it.
fn above(site: &Site, section: SectionId) -> impl Iterator<Item = SectionId> + '_ {
    std::iter::successors(Some(section), |id| site.sections[*id].parent)
}

/// The files that a document offers, and the pictures in it.
fn beside(site: &Site, id: PageId) -> Vec<OutputPath> {
    let document = &site.pages[id].document;
    let attachments = document.content.common.attachments.iter();
    let attachments = attachments.filter_map(|one| {
        let root = site.root.as_str();
        document.path.join(root, &one.file.value).ok()
    });
    let slots = document.body.slots.iter();
    let slots = slots.filter(|slot| slot.kind != SlotKind::External);
    let named = slots.filter_map(|slot| match resolve(site, id, &slot.target) {
        Ok(Destination::File(path)) => Some((slot.kind, path)),
        _ => None,
    });
    let (pictures, linked): (Vec<_>, Vec<_>) =
        named.partition(|(kind, _)| matches!(kind, SlotKind::Image | SlotKind::ImageEnd));
    let whole = attachments.chain(linked.into_iter().map(|(_, path)| path));
    let whole = whole.filter_map(|path| Some(site.files.get(&path)?.url.output()));
    let shown = pictures
        .into_iter()
        .filter_map(|(_, path)| shown(site, &path));
    whole.chain(shown).collect()
}

/// The copy of a picture that does for a phone, else the picture.
fn shown(site: &Site, path: &SourcePath) -> Option<OutputPath> {
    let file = site.files.get(path)?;
    let copies = file.asset.copies(path.extension()).into_iter();
    let small = copies.filter(|copy| copy.format == Format::WebP && copy.width <= KEPT_WIDTH);
    let url = small.max().map(|copy| copy_url(&file.url, copy));
    Some(url.as_ref().unwrap_or(&file.url).output())
}
