//! `anjian mask`: a file's text with everything personal masked. What cannot be written anew, as office documents, is
//! only looked through. What is masked is never printed, not even as what was there before.

use super::{EXIT_DONE, EXIT_SITE_ERRORS, Setting, hand_over, refuse, say};
use crate::attachment::format::expected;
use crate::attachment::words::plain::{decoded, encoded};
use crate::attachment::words::{Unread, read};
use crate::check::personal::{is_allowed, noun};
use crate::config::{self, Config, Overrides};
use crate::diag::report::Language;
use crate::fs;
use crate::parse::data::{Entry, Value};
use crate::parse::{self, Parsed};
use crate::path::SourcePath;
use crate::text::personal::{Kind, mask, masked, replaced, stars};
use clap::Args;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What `anjian mask` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 文件：文字的写出隐去后的全文，附件的列出每一处 / a text is printed masked, an attachment is looked through
    pub file: PathBuf,
    /// 改写原文件 / replace the file
    #[arg(long, conflicts_with = "diff")]
    pub write: bool,
    /// 只写出改动的行 / only the lines that change
    #[arg(long)]
    pub diff: bool,
    /// 自然人姓名也隐去（执法案例不必写） / mask names, too; in cases they always are
    #[arg(long)]
    pub names: bool,
}

/// Runs the command.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let path = &arguments.file;
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(&error.to_string()),
    };
    let config = settings(&setting.root);
    let extension = path.extension().and_then(|end| end.to_str());
    let extension = extension.unwrap_or_default().to_lowercase();
    if expected(&extension).is_some() {
        return listed(setting, &extension, &bytes, &config);
    }
    let (text, encoding) = decoded(&bytes);
    if text.contains('\0') {
        return refuse(match setting.language {
            Language::Chinese => "这不是文字文件",
            Language::English => "this is no text",
        });
    }
    let about = about(setting, path, &text, &config);
    let names = arguments.names || about.is_case;
    let passes = |kind: Kind, value: &str| {
        let is_party = kind == Kind::PersonName && about.party.contains(value);
        is_party || is_allowed(value, &config.allowed)
    };
    let clean = masked(&text, names, passes);
    let starred = |_: Kind, value: &str| Cow::Owned(stars(value));
    let before = replaced(&text, names, passes, starred);
    if arguments.diff {
        hand_over(&difference(&before, &clean, &path.display().to_string()));
    } else if !arguments.write {
        hand_over(&clean);
    } else if clean != text {
        let Some(new) = encoded(&clean, encoding, &bytes) else {
            return refuse(match setting.language {
                Language::Chinese => "文件不是 UTF-8 或 GB 18030 编码，另存为 UTF-8 再试",
                Language::English => "the file is neither UTF-8 nor GB 18030; save it as UTF-8",
            });
        };
        if let Err(error) = fs::replace(path, &new) {
            return refuse(&error.to_string());
        }
    }
    let lines = before.lines().zip(clean.lines());
    let changed = lines.filter(|(before, after)| before != after).count();
    say(&match (setting.language, arguments.write) {
        (Language::Chinese, true) => format!("改了 {changed} 行\n"),
        (Language::Chinese, false) => format!("要改 {changed} 行；--write 改写原文件\n"),
        (Language::English, true) => format!("{changed} lines changed\n"),
        (Language::English, false) => format!("{changed} lines to change; --write does so\n"),
    });
    EXIT_DONE
}

/// The site's settings, as far as they can be read: a file may stand outside of any site.
fn settings(root: &Path) -> Config {
    let path = SourcePath::new("content/site.toml");
    let bytes = fs::read(&root.join("content/site.toml"));
    let (Ok(path), Ok(bytes)) = (path, bytes) else {
        return Config::default();
    };
    let parsed = parse::file(&path, &bytes);
    config::read(&path, &parsed.entries.value, &Overrides::default()).value
}

/// What decides which names are masked.
#[derive(Default)]
struct About {
    is_case: bool,
    /// Whom a record is about: the party alone is named.
    party: String,
}

fn about(setting: &Setting, path: &Path, text: &str, config: &Config) -> About {
    let below = below_content(&setting.root, path);
    let name = below.clone().unwrap_or_else(|| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.unwrap_or_default().to_owned()
    });
    let Ok(source) = SourcePath::new(&name) else {
        return About::default();
    };
    if !matches!(source.extension(), "md" | "toml") {
        return About::default();
    }
    let Parsed { entries, .. } = parse::file(&source, text.as_bytes());
    let entries = &entries.value;
    let target = name.rsplit_once('.').map_or("", |(target, _)| target);
    let kind = word(entries, "kind").unwrap_or_else(|| config.kind_of(target));
    let is_record = word(entries, "form") == Some("record");
    let party = word(entries, "party").filter(|_| is_record);
    About {
        is_case: kind == "enforcement-case",
        party: party.unwrap_or_default().to_owned(),
    }
}

fn word<'a>(entries: &'a [Entry], key: &str) -> Option<&'a str> {
    let entry = entries.iter().find(|entry| entry.key == key)?;
    match &entry.node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The path of a file below the content folder, where it stands there.
fn below_content(root: &Path, path: &Path) -> Option<String> {
    let content = root.join("content").canonicalize().ok()?;
    let path = path.canonicalize().ok()?;
    let below = path.strip_prefix(content).ok()?;
    let parts = below.components().map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = parts.collect();
    Some(parts?.join("/"))
}

/// What was found in a file that is not written anew.
fn listed(setting: &Setting, extension: &str, bytes: &[u8], config: &Config) -> u8 {
    let words = read(extension, bytes);
    let secrets = words.secrets.iter();
    let unknown = secrets.filter(|one| !is_allowed(&one.value, &config.allowed));
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for secret in unknown {
        let place = secret.place.name();
        let mask = mask(secret.kind, &secret.value).into_owned();
        *counts.entry((place, secret.kind, mask)).or_default() += 1;
    }
    let mut text = String::new();
    for (([zh, en], kind, mask), count) in &counts {
        let [noun_zh, noun_en] = noun(*kind);
        // Writing to a String cannot fail.
        let _ = match setting.language {
            Language::Chinese => writeln!(text, "{zh}：{noun_zh} {count} 个，写成 {mask}"),
            Language::English => writeln!(text, "{en}: {noun_en} ({count}), write {mask}"),
        };
    }
    hand_over(&text);
    let unread = words.unread.map(|why| match (setting.language, why) {
        (Language::Chinese, Unread::TooLarge) => "文件太大，没有全部查过\n",
        (Language::Chinese, Unread::Scanned) => "是扫描的图片，查不出文字\n",
        (Language::Chinese, Unread::Damaged) => "有一部分读不出来\n",
        (Language::English, Unread::TooLarge) => "too large to be looked through in full\n",
        (Language::English, Unread::Scanned) => "a scan: it has no text\n",
        (Language::English, Unread::Damaged) => "some of it cannot be read\n",
    });
    say(unread.unwrap_or_default());
    say(match setting.language {
        Language::Chinese => "这种文件要用 WPS 或 Office 打开来改，本程序不改写它\n",
        Language::English => {
            "open it in an office program to change it; this program does not write such files\n"
        }
    });
    match counts.is_empty() {
        true => EXIT_DONE,
        false => EXIT_SITE_ERRORS,
    }
}

/// How many lines around a change are shown.
const AROUND: usize = 2;

/// The lines that differ, as a unified difference. Masks bring no new lines, so that lines face each other.
fn difference(before: &str, after: &str, name: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let differs = |at: usize| old.get(at) != new.get(at);
    let changed: Vec<usize> = (0..old.len()).filter(|at| differs(*at)).collect();
    let mut text = String::new();
    if !changed.is_empty() {
        let _ = writeln!(text, "--- {name}\n+++ {name}");
    }
    let hunks = changed.chunk_by(|one, next| next - one <= 2 * AROUND);
    for hunk in hunks {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        let start = first.saturating_sub(AROUND);
        let end = (last + AROUND + 1).min(old.len());
        let (line, length) = (start + 1, end - start);
        let _ = writeln!(text, "@@ -{line},{length} +{line},{length} @@");
        for run in (start..end)
            .collect::<Vec<_>>()
            .chunk_by(|one, next| differs(*one) == differs(*next))
        {
            let is_change = run.first().is_some_and(|at| differs(*at));
            let lines = |from: &[&str], sign: char| -> String {
                let lines = run.iter().filter_map(|at| from.get(*at));
                lines.map(|line| format!("{sign}{line}\n")).collect()
            };
            match is_change {
                true => text += &(lines(&old, '-') + &lines(&new, '+')),
                false => text += &lines(&old, ' '),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_show_lines_around_a_change_and_join_near_ones() {
        let before = "1\n2\n3\n*\n5\n*\n7\n8\n9\n10\n11\n*\n";
        let after = "1\n2\n3\na\n5\nb\n7\n8\n9\n10\n11\nc\n";
        assert_eq!(
            difference(before, after, "x"),
            "--- x\n+++ x\n@@ -2,7 +2,7 @@\n 2\n 3\n-*\n+a\n 5\n-*\n+b\n 7\n 8\n@@ -10,3 +10,3 @@\n 10\n 11\n-*\n+c\n"
        );
        assert_eq!(difference("1\n", "1\n", "x"), "");
    }
}
