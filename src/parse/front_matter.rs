//! A Markdown file's two parts: TOML between `+++` fences or YAML between `---` fences, and the text.
//! Also the check that bytes are UTF-8 at all. A byte order mark and CRLF line ends are fine.

use super::yaml;
use crate::diag::{Diagnostic, Message, Span};
use crate::path::SourcePath;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where the parts of a Markdown file stand, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What stands between the fences; `None` where the file has no front matter.
    pub front: Option<Front>,
    /// The Markdown text.
    pub body: Range<usize>,
}

/// Front matter without its fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// What it is written in.
    pub language: Language,
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
}

/// The language of front matter; the fence tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Between `+++` and `+++`.
    Toml,
    /// Between `---` and `---` or `...`.
    Yaml,
}

impl Language {
    fn opening(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    fn closing(self) -> &'static [&'static str] {
        match self {
            Self::Toml => &["+++"],
            Self::Yaml => &["---", "..."],
        }
    }
}

/// The file as text.
///
/// # Errors
/// A diagnostic that points at the first byte that is not UTF-8 and names the likely encoding.
pub fn decode<'a>(bytes: &'a [u8], source: &SourcePath) -> Result<&'a str, Box<Diagnostic>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let span = Span {
            source: source.clone(),
            bytes: at..at,
        };
        let (zh, en) = if looks_like_gbk(&bytes[at..]) {
            (
                format!("文件不是 UTF-8 编码，看起来是 GBK（第 {at} 字节起）"),
                format!("the file is not UTF-8; it looks like GBK (from byte {at})"),
            )
        } else {
            (
                format!("文件不是 UTF-8 编码（第 {at} 字节起）"),
                format!("the file is not UTF-8 (from byte {at})"),
            )
        };
        Box::new(
            Diagnostic::error("not-utf8", span, Message::new(zh, en)).with_help(Message::new(
                format!("转换编码：iconv -f GBK -t UTF-8 {source} > 新文件；或在编辑器中“另存为 UTF-8”"),
                format!("convert with: iconv -f GBK -t UTF-8 {source} > new-file; or save as UTF-8 in the editor"),
            )),
        )
    })
}

/// Whether bytes read as GBK: pairs of a lead byte 81–FE and a trail byte 40–FE (not 7F), or ASCII.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(400)];
    let mut at = 0;
    let mut pairs = 0;
    while at + 1 < sample.len() {
        match (sample[at], sample[at + 1]) {
            (0..=0x7f, _) => at += 1,
            (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => {
                pairs += 1;
                at += 2;
            }
            _ => return false,
        }
    }
    pairs > 0
}

/// Finds the parts of a Markdown file. `---` is also Markdown's thematic break: a file that begins
/// with one and has no second, or no YAML mapping before it, is all text.
///
/// # Errors
/// A diagnostic when an opening `+++` is never closed.
pub fn split(text: &str, source: &SourcePath) -> Result<Parts, Box<Diagnostic>> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let plain = Parts {
        front: None,
        body: start..text.len(),
    };
    if let Some(found) = old_line_ends(text, start, source) {
        return Err(Box::new(found));
    }
    let opened = [Language::Toml, Language::Yaml]
        .into_iter()
        .find_map(|language| Some((language, after_fence(text, start, &[language.opening()])?)));
    let Some((language, front_start)) = opened else {
        return Ok(plain);
    };
    match (language, closed(text, language, front_start)) {
        (Language::Yaml, Some(parts)) => {
            let inner = parts
                .front
                .as_ref()
                .and_then(|front| text.get(front.bytes.clone()));
            let is_front = inner.is_some_and(yaml::is_front_matter);
            Ok(if is_front { parts } else { plain })
        }
        (Language::Yaml, None) => Ok(plain),
        (Language::Toml, Some(parts)) => Ok(parts),
        (Language::Toml, None) => Err(Box::new(never_closed(source, start))),
    }
}

/// Lines that end in a bare carriage return, as before 2001 on the Macintosh: the fences would not be
/// seen and the keys be published as text.
fn old_line_ends(text: &str, start: usize, source: &SourcePath) -> Option<Diagnostic> {
    let rest = text[start..]
        .strip_prefix("+++")
        .or(text[start..].strip_prefix("---"))?;
    let line_end = rest.starts_with('\r') && !rest.starts_with("\r\n");
    line_end.then(|| {
        let span = Span {
            source: source.clone(),
            bytes: start..start + 3,
        };
        let message = Message::new(
            "换行符是单独的 CR，看不出字段区在哪里结束",
            "lines end in CR alone; where the front matter ends cannot be seen",
        );
        Diagnostic::error("bad-line-ends", span, message).with_help(Message::new(
            "在编辑器中把换行改成 LF 或 CRLF",
            "save with line ends LF or CRLF",
        ))
    })
}

/// The parts of a file whose front matter begins at `front_start`, if it ends.
fn closed(text: &str, language: Language, front_start: usize) -> Option<Parts> {
    let mut at = front_start;
    for line in text[front_start..].split_inclusive('\n') {
        if let Some(body_start) = after_fence(text, at, language.closing()) {
            let bytes = front_start..at;
            return Some(Parts {
                front: Some(Front { language, bytes }),
                body: body_start..text.len(),
            });
        }
        at += line.len();
    }
    None
}

fn never_closed(source: &SourcePath, start: usize) -> Diagnostic {
    let span = Span {
        source: source.clone(),
        bytes: start..start + 3,
    };
    let message = Message::new(
        "文件开头的 `+++` 没有配对的结尾",
        "the front matter's opening `+++` has no closing one",
    );
    Diagnostic::error("front-matter-open", span, message).with_help(Message::new(
        "在字段之后、正文之前单独写一行 `+++`",
        "put a line `+++` after the keys and before the text",
    ))
}

/// The byte after a line that is just one of the fences, if one begins at `at`.
fn after_fence(text: &str, at: usize, fences: &[&str]) -> Option<usize> {
    let line = text[at..].split_inclusive('\n').next()?;
    fences.contains(&line.trim_end()).then_some(at + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> SourcePath {
        match SourcePath::new("content/a.md") {
            Ok(source) => source,
            Err(problem) => unreachable!("a constant path: {problem:?}"),
        }
    }

    fn parts(text: &str) -> Option<(Option<&str>, &str)> {
        split(text, &source()).ok().map(|parts| {
            let front = parts.front.map(|front| &text[front.bytes]);
            (front, &text[parts.body])
        })
    }

    #[test]
    fn front_matter_is_found_with_a_byte_order_mark_and_crlf() {
        assert_eq!(
            parts("\u{feff}+++\r\na = 1\r\n+++\r\n正文\r\n"),
            Some((Some("a = 1\r\n"), "正文\r\n"))
        );
    }

    #[test]
    fn a_file_without_front_matter_is_all_text() {
        assert_eq!(parts("正文 +++"), Some((None, "正文 +++")));
        assert_eq!(parts(""), Some((None, "")));
        assert_eq!(parts("++++\n"), Some((None, "++++\n")));
    }

    #[test]
    fn yaml_is_front_matter_and_a_thematic_break_is_not() {
        let text = "---\r\ntitle: 安全\r\n...\r\n正文\n";
        assert_eq!(parts(text), Some((Some("title: 安全\r\n"), "正文\n")));
        assert_eq!(parts("---\n# 空\n---\n"), Some((Some("# 空\n"), "")));
        for text in [
            "---\n正文\n",
            "---\n正文\n---\n",
            "---\n- a\n---\n",
            "----\n",
        ] {
            assert_eq!(parts(text), Some((None, text)));
        }
        // A full-width colon in the first line is a mistake to report, not a reason to print the keys.
        let text = "---\n标题：安全\nsummary: 文\n---\n";
        assert!(parts(text).is_some_and(|(front, _)| front.is_some()));
    }

    #[test]
    fn an_open_fence_is_a_mistake() {
        assert_eq!(parts("+++\na = 1\n"), None);
    }

    #[test]
    fn gbk_is_recognised() {
        let gbk = [0xb0, 0xb2, 0xc8, 0xab, b'a', 0xc9, 0xfa];
        let message = decode(&gbk, &source()).map_err(|found| found.message.en);
        assert!(message.is_err_and(|en| en.contains("GBK")));
        let noise = decode(&[0xff, 0x00, 0x01], &source()).map_err(|found| found.message.en);
        assert!(noise.is_err_and(|en| !en.contains("GBK")));
    }
}
