//! What a theme publishes beside pages: one style sheet made of all its parts, scripts, and the files
//! of its `assets/` folder. Names carry a hash of the contents, so browsers may keep them for ever.

use super::ThemeFiles;
use crate::hash::Fingerprint;
use crate::path::OutputPath;

/// A file that a theme publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeAsset {
    /// The name by which templates ask for it, such as `anjian.css`.
    pub name: String,
    /// Where it is published, such as `assets/anjian.1a2b3c4d.css`.
    pub path: OutputPath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The name of the one style sheet.
pub const STYLE_SHEET: &str = "anjian.css";

/// The theme's own sheets in their order; `print` comes after the components, and whatever else a site
/// adds comes last and in no layer, so it wins.
const SHEETS: [&str; 7] = [
    "layers", "tokens", "reset", "base", "layout", "prose", "code",
];

/// Everything a theme publishes, sorted by name.
pub(super) fn assets(files: &ThemeFiles) -> Vec<ThemeAsset> {
    let mut assets: Vec<ThemeAsset> = asset(STYLE_SHEET, style_sheet(files)).into_iter().collect();
    for (path, file) in files {
        let script = path.strip_prefix("js/");
        if let Some(name) = script.or_else(|| path.strip_prefix("assets/")) {
            assets.extend(asset(name, published(name, &file.bytes)));
        }
    }
    assets.sort_by(|left, right| left.name.cmp(&right.name));
    assets
}

/// The theme's service worker. It is no asset: it stands at the site's root under a name that never changes.
pub(super) fn worker(files: &ThemeFiles) -> Option<Vec<u8>> {
    let file = files.get(WORKER)?;
    Some(published(WORKER, &file.bytes))
}

/// The service worker's place in a theme.
const WORKER: &str = "worker.js";

/// The first line of a script that is published without its comment lines and indentation. A script
/// asks for it itself, since a line of a template literal would look the same.
const LEAN: &str = "// Published without comment lines and indentation.";

/// What is published of a script.
fn published(name: &str, bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).ok();
    let text = text.filter(|text| name.ends_with(".js") && text.lines().next() == Some(LEAN));
    let Some(text) = text else {
        return bytes.to_vec();
    };
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines
        .flat_map(|line| [line, "\n"])
        .collect::<String>()
        .into_bytes()
}

fn asset(name: &str, bytes: Vec<u8>) -> Option<ThemeAsset> {
    let hash = Fingerprint::of_bytes(&bytes).short();
    let path = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    };
    Some(ThemeAsset {
        name: name.to_owned(),
        // Only a name with `..` or a backslash fails, and no file of a theme has one.
        path: OutputPath::new(&path).ok()?,
        bytes,
    })
}

fn style_sheet(files: &ThemeFiles) -> Vec<u8> {
    let mut sheets: Vec<(usize, &String)> = files
        .keys()
        .filter(|path| path.starts_with("css/") && path.ends_with(".css"))
        .map(|path| (rank(path), path))
        .collect();
    sheets.sort();
    let mut bundle = Vec::new();
    for (_, path) in sheets {
        if let Some(file) = files.get(path) {
            bundle.extend_from_slice(&file.bytes);
            bundle.push(b'\n');
        }
    }
    bundle
}

fn rank(path: &str) -> usize {
    let name = path.trim_start_matches("css/").trim_end_matches(".css");
    match SHEETS.iter().position(|sheet| *sheet == name) {
        Some(place) => place,
        None if name.starts_with("components/") => SHEETS.len(),
        None if name == "print" => SHEETS.len() + 1,
        None => SHEETS.len() + 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_script_that_asks_for_it_loses_its_comments() {
        let script = format!("{LEAN}\n\n// Adds.\nconst add = (a, b) =>\n  a + b; // kept\n");
        let lean = published("a.js", script.as_bytes());
        assert_eq!(lean, b"const add = (a, b) =>\na + b; // kept\n");
        assert_eq!(published("a.txt", script.as_bytes()), script.as_bytes());
        assert_eq!(published("a.js", b"// Adds.\n"), b"// Adds.\n");
    }
}
