//! `anjian diff`: what has changed between two editions of a specification.

use super::build::What;
use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, EXIT_SITE_ERRORS, Setting, refuse};
use crate::diag::report::Language;
use crate::graph::comparison::{Change, Role};
use crate::pipeline::compare::{Compared, Refusal, compare};
use crate::source::disk::DiskSources;
use crate::text::marks::{Mark, Piece};
use crate::view::changes::{EndView, EntryView};
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io::Write as _;

/// What `anjian diff` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// 旧版：文件路径或文档名；只写一个时，与它代替的上一版对照 / the earlier edition; alone, it is compared with the one it replaces
    pub old: String,
    /// 新版 / the later edition
    pub new: Option<String>,
    /// What is compared.
    #[command(flatten)]
    pub what: What,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// The form of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看 / for people
    Text,
    /// JSON
    Json,
}

/// Runs the command: 0 where the editions say the same, 1 where they do not.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let names = [
        arguments.old.as_str(),
        arguments.new.as_deref().unwrap_or_default(),
    ];
    let language = match setting.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let compared = match compare(&sources, &arguments.what.options(), names, language) {
        Ok(compared) => compared,
        Err(refusal) => return refuse(&why(&refusal, setting.language)),
    };
    let text = match arguments.format {
        Format::Json => serde_json::to_string(&compared).unwrap_or_default() + "\n",
        Format::Text => told(&compared, setting.language),
    };
    if std::io::stdout().write_all(text.as_bytes()).is_err() {
        return EXIT_COULD_NOT_RUN;
    }
    if compared.comparison.equal {
        EXIT_DONE
    } else {
        EXIT_SITE_ERRORS
    }
}

fn why(refusal: &Refusal, language: Language) -> String {
    let (zh, en) = match refusal {
        Refusal::Source(error) => return error.to_string(),
        Refusal::NoDocument(name) => (
            format!(
                "没有文档 `{name}`，或者它今天不发布（草稿加 --drafts）；写源文件的路径，如 content/industries/gas/checklist.toml"
            ),
            format!(
                "there is no document `{name}`, or it is not published today (for drafts add --drafts); name it by its path, such as content/industries/gas/checklist.toml"
            ),
        ),
        Refusal::NoSpecification(name) => (
            format!("`{name}` 不是四项规范之一"),
            format!("`{name}` is none of the four specifications"),
        ),
        Refusal::OtherKind => (
            "两份不是同一类规范，不能逐条对照".to_owned(),
            "the two are specifications of different kinds".to_owned(),
        ),
        Refusal::NothingBefore(name) => (
            format!("`{name}` 没有写 supersedes，或者上一版今天不发布；写出要对照的两份"),
            format!(
                "`{name}` has no `supersedes`, or the edition before is not published today; name both"
            ),
        ),
    };
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

fn told(compared: &Compared, language: Language) -> String {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Chinese => zh,
        Language::English => en,
    };
    let counts = compared.comparison.counts;
    let head = |sign: &str, end: &EndView| {
        let status = end.status.as_ref().map_or("", |status| &status.title);
        format!(
            "{sign} {}  {}  {status}  {}\n",
            end.link.title, end.edition, end.link.url
        )
    };
    let mut text = head("---", &compared.old) + &head("+++", &compared.new);
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{} {}，{} {}，{} {}，{} {}，{} {}",
        say("新增", "added"),
        counts.added,
        say("删除", "removed"),
        counts.removed,
        say("修改", "changed"),
        counts.changed,
        say("移动", "moved"),
        counts.moved,
        say("未变", "unchanged"),
        counts.same
    );
    if compared.comparison.equal {
        text.push_str(say("两版内容相同\n", "both editions say the same\n"));
    }
    for group in &compared.comparison.groups {
        if group.entries.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {}", group.title);
        for one in &group.entries {
            entry(&mut text, one, language);
        }
    }
    text
}

fn entry(text: &mut String, one: &EntryView, language: Language) {
    let (zh, en) = match one.change {
        Change::Added => ("新增", "added"),
        Change::Removed => ("删除", "removed"),
        Change::Changed => ("修改", "changed"),
        Change::Moved => ("移动", "moved"),
        Change::Same => ("未变", "unchanged"),
    };
    let chinese = language == Language::Chinese;
    let mut label = if chinese { zh } else { en }.to_owned();
    if one.moved && one.change != Change::Moved {
        label.push_str(if chinese { "、移动" } else { ", moved" });
    }
    let name = |place: &Option<crate::view::changes::PlaceView>| {
        let place = place.as_ref();
        place.map(|place| format!("{} {}", place.id, place.number).trim().to_owned())
    };
    let (old, new) = (name(&one.old), name(&one.new));
    let names = match (old, new) {
        _ if one.role != Role::Clause => String::new(),
        (Some(_), Some(new)) if !one.renamed => match (&one.old, &one.new) {
            (Some(old), Some(now)) if old.number != now.number => {
                format!("{} {} → {}", now.id, old.number, now.number)
            }
            _ => new,
        },
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (_, Some(new)) => new,
        (Some(old), None) => old,
        (None, None) => String::new(),
    };
    let head = format!("[{label}] {names}");
    let _ = writeln!(text, "\n{}", head.trim_end());
    let from = one.old.as_ref().zip(one.new.as_ref());
    if let Some((old, new)) = from.filter(|(old, new)| one.moved && old.place != new.place) {
        let _ = writeln!(text, "  {} → {}", old.place, new.place);
    }
    // A clause that came or went as a whole says so already.
    let whole = matches!(one.change, Change::Added | Change::Removed);
    for line in &one.words {
        let _ = writeln!(text, "  {}", marked(line, whole));
    }
    for part in &one.parts {
        for line in &part.lines {
            let _ = writeln!(text, "    {}：{}", part.label, marked(line, whole));
        }
    }
}

/// A line with `[-what went-]` and `{+what came+}`.
fn marked(pieces: &[Piece], whole: bool) -> String {
    let pieces = pieces.iter().map(|piece| match piece.mark {
        Mark::Removed if !whole => format!("[-{}-]", piece.text),
        Mark::Added if !whole => format!("{{+{}+}}", piece.text),
        _ => piece.text.clone(),
    });
    pieces.collect()
}
