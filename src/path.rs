//! The three kinds of path, kept apart by type: where a text stands in the project, where a reader
//! finds a page, and which file below the output folder holds it. Knows nothing of the file system.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A project-relative path with `/` between its parts, such as `content/policies/plan.md`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

/// A site-absolute address that is not percent-encoded, such as `/policies/plan/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UrlPath(Arc<str>);

/// A path below the output folder, such as `policies/plan/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutputPath(Arc<str>);

/// Why a text cannot be a path inside the project or the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// The path climbs above its root by `..`.
    LeavesRoot,
    /// The path holds a NUL byte or a backslash.
    ForbiddenCharacter,
}

impl SourcePath {
    /// Takes a project-relative path, resolving `.` and `..` parts.
    ///
    /// # Errors
    /// [`PathProblem`] when the path would leave the project or holds a NUL byte or backslash.
    pub fn new(path: &str) -> Result<Self, PathProblem> {
        normalize(path).map(|path| Self(path.into()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The folder that holds the file; empty at the project's root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The ending of the file name without its dot; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// The path that `relative` names, seen from the folder of this file.
    /// A leading `/` starts at `root` instead.
    ///
    /// # Errors
    /// As [`SourcePath::new`].
    pub fn join(&self, root: &str, relative: &str) -> Result<Self, PathProblem> {
        match relative.strip_prefix('/') {
            Some(from_root) => Self::new(&format!("{root}/{from_root}")),
            None => Self::new(&format!("{}/{relative}", self.folder())),
        }
    }
}

impl UrlPath {
    /// Takes an address; a missing leading `/` is added, doubled slashes become one.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let mut clean = String::with_capacity(path.len() + 1);
        clean.push('/');
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if clean.len() > 1 {
                clean.push('/');
            }
            clean.push_str(part);
        }
        if path.ends_with('/') && clean.len() > 1 {
            clean.push('/');
        }
        Self(clean.into())
    }

    /// The address as text, not percent-encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that answers this address: `index.html` below it when it ends in `/`.
    #[must_use]
    pub fn output(&self) -> OutputPath {
        let below = self.0.trim_start_matches('/');
        if below.is_empty() || below.ends_with('/') {
            OutputPath(format!("{below}index.html").into())
        } else {
            OutputPath(below.into())
        }
    }

    /// The relative prefix that leads from this page to the site's root: `../../`, or `./` at the root.
    #[must_use]
    pub fn to_root(&self) -> String {
        match self.0.matches('/').count() {
            0 | 1 => "./".to_owned(),
            depth => "../".repeat(depth - 1),
        }
    }

    /// The address percent-encoded as RFC 3986 asks for in a path, with its leading `/`.
    #[must_use]
    pub fn encoded(&self) -> String {
        percent_encode(&self.0)
    }
}

impl OutputPath {
    /// Takes a path below the output folder.
    ///
    /// # Errors
    /// As [`SourcePath::new`].
    pub fn new(path: &str) -> Result<Self, PathProblem> {
        normalize(path).map(|path| Self(path.into()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn normalize(path: &str) -> Result<String, PathProblem> {
    if path.contains(['\0', '\\']) {
        return Err(PathProblem::ForbiddenCharacter);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PathProblem::LeavesRoot)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// Percent-encodes every byte that RFC 3986 does not allow in a path (section 3.3, `pchar` and `/`).
#[must_use]
pub fn percent_encode(path: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte);
        if plain {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// Undoes [`percent_encode`]. A broken escape, or bytes that are not UTF-8, leave the text as it is,
/// so that a Chinese target and its encoded form are one and a stray `%` is only a `%`.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escape {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_its_root() {
        assert_eq!(SourcePath::new("a/../../b"), Err(PathProblem::LeavesRoot));
        assert_eq!(
            SourcePath::new("a\\b"),
            Err(PathProblem::ForbiddenCharacter)
        );
        assert_eq!(
            SourcePath::new("./a//b/../c.md").map(|path| path.to_string()),
            Ok("a/c.md".to_owned())
        );
    }

    #[test]
    fn relative_and_rooted_links_resolve_from_the_file() {
        let from = SourcePath::new("content/policies/plan.md").ok();
        let join = |to: &str| {
            from.as_ref()
                .and_then(|from| from.join("content", to).ok())
                .map(|path| path.to_string())
        };
        assert_eq!(
            join("../methods/a.md").as_deref(),
            Some("content/methods/a.md")
        );
        assert_eq!(
            join("/methods/a.md").as_deref(),
            Some("content/methods/a.md")
        );
        assert_eq!(join("../../../x.md"), None);
    }

    #[test]
    fn addresses_name_their_file_and_the_way_to_the_root() {
        let page = UrlPath::new("industries//gas/checklist/");
        assert_eq!(page.as_str(), "/industries/gas/checklist/");
        assert_eq!(
            page.output().as_str(),
            "industries/gas/checklist/index.html"
        );
        assert_eq!(page.to_root(), "../../../");
        assert_eq!(UrlPath::new("/").to_root(), "./");
        assert_eq!(UrlPath::new("/404.html").to_root(), "./");
    }

    #[test]
    fn chinese_and_encoded_forms_are_one_target() {
        let encoded = UrlPath::new("/安全 100%/").encoded();
        assert_eq!(encoded, "/%E5%AE%89%E5%85%A8%20100%25/");
        assert_eq!(percent_decode(&encoded), "/安全 100%/");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%E5"), "%E5");
    }
}
