//! The files of a theme, gathered: the project's `themes/<name>/`, under it the files inside the
//! program where that is the default theme, over it `themes/overrides/`. A site changes one file by putting another of the
//! same name there; nothing has to be copied.

use crate::config::Config;
use crate::diag::{Diagnostic, Message, Span};
use crate::path::SourcePath;
use crate::render::{ThemeFile, ThemeFiles};
use crate::source::{SourceError, Sources};
use rust_embed::RustEmbed;

/// The theme that travels inside the program.
pub const DEFAULT: &str = "anjian";
/// The folder of themes, below the project.
pub const THEMES: &str = "themes";
/// The folder of a site's own changes, below [`THEMES`].
pub const OVERRIDES: &str = "overrides";

#[derive(RustEmbed)]
#[folder = "themes/anjian"]
struct DefaultTheme;

/// The folder of all themes.
///
/// # Errors
/// None in truth: the name is a constant.
pub fn folder() -> Result<SourcePath, SourceError> {
    SourcePath::new(THEMES).map_err(|_| SourceError::Name(THEMES.into()))
}

/// The files of the theme that the settings name.
///
/// # Errors
/// [`SourceError`] when a theme's folder cannot be read.
pub fn files(
    sources: &dyn Sources,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<ThemeFiles, SourceError> {
    let name = config.theme.as_str();
    let mut files = ThemeFiles::new();
    // Another theme stands alone: templates of two themes would not fit each other.
    let built_in = (name == DEFAULT).then(DefaultTheme::iter);
    for path in built_in.into_iter().flatten() {
        if !is_part(&path) {
            continue;
        }
        let Ok(source) = SourcePath::new(&format!("{THEMES}/{DEFAULT}/{path}")) else {
            continue;
        };
        if let Some(file) = DefaultTheme::get(&path) {
            let bytes = file.data.as_ref().into();
            files.insert(path.into_owned(), ThemeFile { source, bytes });
        }
    }
    let own = add(sources, name, &mut files)?;
    if name != DEFAULT && own == 0 {
        diagnostics.push(no_theme(config));
    }
    add(sources, OVERRIDES, &mut files)?;
    Ok(files)
}

/// The text of a file of the built-in theme, for excerpts of findings in it.
#[must_use]
pub fn built_in(path: &SourcePath) -> Option<String> {
    let name = path.as_str().strip_prefix("themes/anjian/")?;
    let file = DefaultTheme::get(name)?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// Puts the files of one folder over those that are there; how many.
fn add(sources: &dyn Sources, name: &str, files: &mut ThemeFiles) -> Result<usize, SourceError> {
    let Ok(folder) = SourcePath::new(&format!("{THEMES}/{name}")) else {
        return Ok(0);
    };
    let listed = sources.list(&folder)?;
    let start = folder.as_str().len() + 1;
    let mut count = 0;
    for entry in listed {
        let below = entry.path.as_str().get(start..).unwrap_or_default();
        if !is_part(below) {
            continue;
        }
        let bytes = sources.read(&entry.path)?;
        let source = entry.path.clone();
        files.insert(below.to_owned(), ThemeFile { source, bytes });
        count += 1;
    }
    Ok(count)
}

/// Notes for people are no part of a theme.
fn is_part(path: &str) -> bool {
    !path.ends_with(".md")
}

fn no_theme(config: &Config) -> Diagnostic {
    let name = &config.theme;
    let source = SourcePath::new(&format!("{}/site.toml", super::load::CONTENT));
    Diagnostic {
        severity: crate::diag::Severity::Error,
        code: "no-theme".into(),
        message: Message::new(
            format!("没有主题文件夹 `themes/{name}`"),
            format!("there is no theme folder `themes/{name}`"),
        ),
        span: source.ok().map(|source| Span {
            source,
            bytes: config.theme_bytes.clone(),
        }),
        help: Some(Message::new(
            "在 site.toml 中删去 theme 一行就用内置主题",
            "delete the line `theme` in site.toml to use the built-in theme",
        )),
    }
}
