//! Templates and what stands beside them: the only module that knows the template engine. A template
//! sees one view, the values all pages share, and functions of their arguments alone; it cannot look
//! anything up. Entry points: [`load`], then [`Theme::with_shared`], then [`Renderer::render`].

pub mod assets;
mod errors;
mod filters;
pub mod terms;
mod words;

pub use assets::ThemeAsset;

use crate::diag::{Checked, Diagnostic};
use crate::hash::Fingerprint;
use crate::path::SourcePath;
use crate::view::shared::SharedView;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Tera, Value};

/// A file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Where it stands in the project, for messages.
    pub source: SourcePath,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

/// A theme's files by their path inside it, such as `templates/base.html`; a site's own files have
/// already taken the place of those they override.
pub type ThemeFiles = BTreeMap<String, ThemeFile>;

/// A theme that has been read.
pub struct Theme {
    tera: Tera,
    templates: Arc<BTreeMap<String, ThemeFile>>,
    words: BTreeMap<String, String>,
    options: BTreeMap<String, String>,
    assets: Vec<ThemeAsset>,
    worker: Option<Vec<u8>>,
}

/// A theme together with what all pages share: it makes pages.
pub struct Renderer {
    tera: Tera,
    templates: Arc<BTreeMap<String, ThemeFile>>,
    fingerprint: Fingerprint,
}

/// Rises when this module gives other bytes for the same template and view.
const VERSION: u32 = 1;

const TEMPLATES: &str = "templates/";

/// Reads a theme: its templates, the words of a language, its options, and the files it publishes.
#[must_use]
pub fn load(files: &ThemeFiles, language: &str) -> Checked<Theme> {
    let mut diagnostics = Vec::new();
    let mut templates = BTreeMap::new();
    for (name, file) in files {
        if let Some(name) = name.strip_prefix(TEMPLATES) {
            templates.insert(name.to_owned(), file.clone());
        }
    }
    let tera = parse(&templates, &mut diagnostics);
    let words = words::words(files, language);
    diagnostics.extend(words.diagnostics);
    let options = words::options(files);
    diagnostics.extend(options.diagnostics);
    Checked {
        value: Theme {
            tera,
            templates: Arc::new(templates),
            words: words.value,
            options: options.value,
            assets: assets::assets(files),
            worker: assets::worker(files),
        },
        diagnostics,
    }
}

/// The engine with every template, or an empty one where a template is wrong.
fn parse(templates: &BTreeMap<String, ThemeFile>, diagnostics: &mut Vec<Diagnostic>) -> Tera {
    let before = diagnostics.len();
    let mut texts = Vec::new();
    for (name, file) in templates {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => texts.push((name.as_str(), text)),
            Err(error) => diagnostics.push(errors::not_utf8(file, error.valid_up_to())),
        }
    }
    // The engine stops at the first template it cannot read; each is tried alone, so that all are told.
    let mut alone = engine();
    for (name, text) in &texts {
        if let Err(error) = alone.add_raw_template(name, text) {
            diagnostics.extend(errors::syntax(&error, templates));
        }
    }
    let mut tera = engine();
    if diagnostics.len() == before
        && let Err(error) = tera.add_raw_templates(texts)
    {
        diagnostics.extend(errors::whole(&error, templates));
    }
    tera
}

fn engine() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera
}

impl Theme {
    /// The words of the interface by name.
    #[must_use]
    pub fn words(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// Whether it has a template of this name.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.templates.contains_key(template)
    }

    /// The options with their defaults.
    #[must_use]
    pub fn options(&self) -> &BTreeMap<String, String> {
        &self.options
    }

    /// The files that are published: the style sheet, scripts, pictures.
    #[must_use]
    pub fn assets(&self) -> &[ThemeAsset] {
        &self.assets
    }

    /// The service worker, as it is published.
    #[must_use]
    pub fn worker(&self) -> Option<&[u8]> {
        self.worker.as_deref()
    }

    /// Whether it can keep what readers read: it has a service worker, and the page to show in place of others.
    #[must_use]
    pub fn keeps(&self) -> bool {
        self.worker.is_some() && self.has("offline.html")
    }

    /// Site paths of the published files by their plain names, as the shared view has them.
    #[must_use]
    pub fn asset_paths(&self) -> BTreeMap<String, String> {
        let assets = self.assets.iter();
        assets
            .map(|asset| (asset.name.clone(), asset.path.as_str().to_owned()))
            .collect()
    }

    /// The theme with what all pages share.
    #[must_use]
    pub fn with_shared(mut self, shared: &SharedView) -> Renderer {
        let templates = self.templates.iter();
        let templates: Vec<(&str, &[u8])> = templates
            .map(|(name, file)| (name.as_str(), &*file.bytes))
            .collect();
        let fingerprint = Fingerprint::of(&(VERSION, templates, shared));
        // Once for all pages, which then share it.
        let site = Value::from_serializable(shared);
        self.tera.global_context().insert_value("site", site);
        Renderer {
            tera: self.tera,
            templates: self.templates,
            fingerprint,
        }
    }
}

impl Renderer {
    /// What every page depends on besides its own view: the templates and the shared view.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Whether the theme has a template, such as `page.html`.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.templates.contains_key(template)
    }

    /// The page that a template makes of a view. `root` leads from the page to the site's root;
    /// `body` is the HTML of the document's text.
    ///
    /// # Errors
    /// A diagnostic that names the template and its line.
    pub fn render<V: Serialize>(
        &self,
        template: &str,
        view: &V,
        root: &str,
        body: Option<&str>,
    ) -> Result<String, Box<Diagnostic>> {
        let told = |error: &tera::Error| errors::rendering(error, template, &self.templates);
        let view = Value::try_from_serializable(view).map_err(|error| told(&error))?;
        let mut context = Context::new();
        context.insert_value("view", view);
        context.insert_value("root", Value::normal_string(root));
        if let Some(body) = body {
            context.insert_value("body", Value::safe_string(body));
        }
        self.tera
            .render(template, &context)
            .map_err(|error| told(&error))
    }
}
