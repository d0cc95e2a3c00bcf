//! A picture as pages show it: the copies among which a browser chooses by width, and one for old browsers.

use super::site_path;
use crate::attachment::copies::Format;
use crate::graph::Site;
use crate::graph::pictures::copy_url;
use crate::path::SourcePath;
use serde::Serialize;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PictureView {
    /// The site path of the file that every browser can show.
    pub url: String,
    /// The site path of the whole picture.
    pub full: String,
    /// Width and height of the whole picture, where known.
    pub dimensions: Option<(u32, u32)>,
    /// WebP copies, the narrowest first; none where the picture is small or no photograph.
    pub copies: Vec<CopyView>,
}

/// A copy of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CopyView {
    /// Its site path.
    pub url: String,
    /// In pixels.
    pub width: u32,
}

impl PictureView {
    /// The view of a picture that a page shows; nothing where the site has no such file.
    #[must_use]
    pub fn new(site: &Site, path: &SourcePath) -> Option<Self> {
        let file = site.files.get(path)?;
        let full = site_path(file.url.as_str());
        let mut view = Self {
            url: full.clone(),
            full,
            dimensions: file.asset.dimensions,
            copies: Vec::new(),
        };
        for copy in file.asset.copies(path.extension()) {
            let url = site_path(copy_url(&file.url, copy).as_str());
            match copy.format {
                Format::WebP => view.copies.push(CopyView {
                    url,
                    width: copy.width,
                }),
                _ => view.url = url,
            }
        }
        Some(view)
    }
}
