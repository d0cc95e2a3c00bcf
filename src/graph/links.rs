//! Links written in Markdown, held against what exists: sources by path, anchors of the same page,
//! references and their articles. Chinese and percent-encoded forms are one target.

use crate::content::reference::Reference;
use crate::diag::{Diagnostic, Message, Span, nearest};
use crate::parse::markdown::{Body, Slot, SlotKind};
use crate::path::{SourcePath, percent_decode};
use std::collections::{BTreeMap, BTreeSet};

/// What links may lead to.
pub struct Known<'a> {
    /// The content folder, where links with a leading `/` begin.
    pub root: &'a SourcePath,
    /// Every file of the project's content.
    pub files: &'a BTreeSet<SourcePath>,
    /// The references by id.
    pub references: &'a BTreeMap<String, Reference>,
}

/// The findings about one text's links; `offset` is where the text begins in its file.
#[must_use]
pub fn check(known: &Known<'_>, path: &SourcePath, body: &Body, offset: usize) -> Vec<Diagnostic> {
    let slots = body.slots.iter();
    let written = slots.filter(|slot| matches!(slot.kind, SlotKind::Href | SlotKind::ImageSrc));
    written
        .filter_map(|slot| dead(known, path, body, slot).map(|found| (slot, found)))
        .map(|(slot, (message, help))| {
            let span = Span {
                source: path.clone(),
                bytes: slot.span.start + offset..slot.span.end + offset,
            };
            Diagnostic::error("broken-link", span, message).with_help(help)
        })
        .collect()
}

type Finding = (Message, Message);

fn dead(known: &Known<'_>, path: &SourcePath, body: &Body, slot: &Slot) -> Option<Finding> {
    let target = percent_decode(&slot.target);
    if let Some(reference) = target.strip_prefix("ref:") {
        return dead_reference(known, reference);
    }
    if let Some(anchor) = target.strip_prefix('#') {
        let found = body.headings.iter().any(|heading| heading.id == anchor);
        return (!found).then(|| dead_anchor(body, anchor));
    }
    let file = target.split(['#', '?']).next().unwrap_or_default();
    let source = path.join(known.root.as_str(), file).ok();
    if source
        .as_ref()
        .is_some_and(|source| known.files.contains(source))
    {
        return None;
    }
    // `:clause[]` names a document without folder and ending; `Targets` answers for those.
    let named = ["md", "toml"].iter().any(|ending| {
        let source = SourcePath::new(&format!("{}/{file}.{ending}", known.root));
        source.is_ok_and(|source| known.files.contains(&source))
    });
    if named {
        return None;
    }
    let names = known.files.iter().map(SourcePath::file_name);
    let last = file.rsplit('/').next().unwrap_or_default();
    let help = match nearest(last, names) {
        Some(guess) => Message::new(
            format!("是不是 `{guess}`？"),
            format!("did you mean `{guess}`?"),
        ),
        None => Message::new(
            "写相对路径，如 ../methods/four-colours.md，或以 / 开头从 content 文件夹算起",
            "write a relative path such as ../methods/four-colours.md, or begin at the content folder with /",
        ),
    };
    let message = Message::new(
        format!("链接目标 `{file}` 不存在"),
        format!("the link target `{file}` does not exist"),
    );
    Some((message, help))
}

fn dead_anchor(body: &Body, anchor: &str) -> Finding {
    let ids: Vec<&str> = body
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    let message = Message::new(
        format!("本页没有标题编号 `{anchor}`"),
        format!("this page has no heading `{anchor}`"),
    );
    let list = ids.join("`, `");
    (
        message,
        Message::new(
            format!("本页标题编号：`{list}`"),
            format!("headings: `{list}`"),
        ),
    )
}

fn dead_reference(known: &Known<'_>, target: &str) -> Option<Finding> {
    let (id, article) = match target.split_once('#') {
        Some((id, article)) => (id, Some(article)),
        None => (target, None),
    };
    let Some(reference) = known.references.get(id) else {
        let message = Message::new(
            format!("`content/references.toml` 中没有 `{id}`"),
            format!("`content/references.toml` has no `{id}`"),
        );
        let help = Message::new(
            "先在 references.toml 中登记这部法规或标准",
            "list the law or standard in references.toml first",
        );
        return Some((message, help));
    };
    let (article, last) = (article?, reference.articles?);
    let exists = article
        .parse()
        .is_ok_and(|number: i64| (1..=last).contains(&number));
    (!exists).then(|| {
        let title = &reference.title;
        let message = Message::new(
            format!("《{title}》共 {last} 条，没有第 {article} 条"),
            format!("`{title}` has {last} articles, there is no article {article}"),
        );
        let help = Message::new(
            "对照法规原文核对条号",
            "compare the article's number with the text of the law",
        );
        (message, help)
    })
}
