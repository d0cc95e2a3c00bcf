//! Which pictures pages show, and where their copies stand.

use super::links::{Destination, resolve};
use super::{PageId, Site};
use crate::attachment::copies::{Copy, Format};
use crate::content::Kind;
use crate::content::benchmark_case::Photo;
use crate::parse::markdown::SlotKind;
use crate::path::{SourcePath, UrlPath};
use std::collections::BTreeSet;

/// The pictures that stand in a text or among the photographs of a case.
#[must_use]
pub fn shown(site: &Site) -> BTreeSet<SourcePath> {
    let pages = site.pages.iter().enumerate();
    let shown = pages.flat_map(|(id, page)| {
        let slots = page.document.body.slots.iter();
        let images = slots.filter(|slot| slot.kind == SlotKind::Image);
        let in_text = images.filter_map(move |slot| match resolve(site, id, &slot.target) {
            Ok(Destination::File(path)) => Some(path),
            _ => None,
        });
        in_text.chain(photos(site, id).into_iter().map(|(path, _)| path))
    });
    shown.collect()
}

/// The photographs of a case that are files of the site.
#[must_use]
pub fn photos(site: &Site, page: PageId) -> Vec<(SourcePath, &Photo)> {
    let document = &site.pages[page].document;
    let Kind::BenchmarkCase(case) = &document.content.kind else {
        return Vec::new();
    };
    let photos = case.photos.iter();
    let found = photos.filter_map(|photo| {
        let path = document.path.join(site.root.as_str(), &photo.src.value);
        let path = path.ok().filter(|path| site.files.contains_key(path))?;
        Some((path, photo))
    });
    found.collect()
}

/// Where a copy of the picture at `url` stands: `photo.jpg.960.webp`, beside the picture.
#[must_use]
pub fn copy_url(url: &UrlPath, copy: Copy) -> UrlPath {
    let extension = match copy.format {
        Format::Upright => return url.clone(),
        Format::WebP => "webp",
        Format::Jpeg => "jpg",
    };
    UrlPath::new(&format!("{url}.{}.{extension}", copy.width))
}
