//! What the template engine has to say, as diagnostics that point into the template.

use super::ThemeFile;
use crate::diag::{Diagnostic, Message, Span};
use crate::path::SourcePath;
use std::collections::BTreeMap;
use tera::{Error, ErrorKind, ReportError};

type Templates = BTreeMap<String, ThemeFile>;

/// A template that is not UTF-8.
pub fn not_utf8(file: &ThemeFile, at: usize) -> Diagnostic {
    let span = Span {
        source: file.source.clone(),
        bytes: at..at,
    };
    Diagnostic::error(
        "template-error",
        span,
        Message::new(
            "模板不是 UTF-8 编码",
            "the template is not encoded in UTF-8",
        ),
    )
    .with_help(Message::new(
        "在编辑器中“另存为 UTF-8”",
        "save it as UTF-8 in the editor",
    ))
}

/// The syntax error of one template that was read alone; what it names in others is not known yet.
pub fn syntax(error: &Error, templates: &Templates) -> Option<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(reported(report, templates)),
        _ => None,
    }
}

/// What is wrong between templates: an unknown parent, partial, filter or block. The engine tells
/// these as one text of several reports.
pub fn whole(error: &Error, templates: &Templates) -> Vec<Diagnostic> {
    let found = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![reported(report, templates)]
        }
        ErrorKind::Msg(text) => text
            .split("\n\n")
            .filter_map(|part| from_text(part, templates))
            .collect(),
        ErrorKind::MissingParent { current, parent } => {
            vec![missing_parent(current, parent, templates)]
        }
        _ => Vec::new(),
    };
    if found.is_empty() {
        vec![unplaced(&error.to_string(), "base.html", templates)]
    } else {
        found
    }
}

/// An error on the way from a view to a page.
pub fn rendering(error: &Error, template: &str, templates: &Templates) -> Box<Diagnostic> {
    Box::new(match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            reported(report, templates)
        }
        _ if !templates.contains_key(template) => missing(template, templates),
        _ => unplaced(&error.to_string(), template, templates),
    })
}

/// A template that the theme lacks, reported as a file that is to be written.
fn missing(template: &str, templates: &Templates) -> Diagnostic {
    let mut top = templates.iter().filter(|(name, _)| !name.contains('/'));
    let sibling = top.next().map(|(_, file)| file.source.folder());
    let source = SourcePath::new(&format!("{}/{template}", sibling.unwrap_or("templates")));
    Diagnostic {
        severity: crate::diag::Severity::Error,
        code: "template-error".into(),
        message: Message::new(
            format!("主题没有模板 `{template}`"),
            format!("the theme has no template `{template}`"),
        ),
        span: source.ok().map(|source| Span {
            source,
            bytes: 0..0,
        }),
        help: Some(Message::new(
            "建立这个文件，可以只写一行 {% extends \"page.html\" %}",
            "make this file; one line is enough: {% extends \"page.html\" %}",
        )),
    }
}

fn reported(report: &ReportError, templates: &Templates) -> Diagnostic {
    at(
        report.message(),
        report.filename(),
        report.span().range.clone(),
        templates,
    )
}

/// Reads `error: message` and `--> name:line:column` back from a report.
fn from_text(report: &str, templates: &Templates) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let place = lines.next()?.trim_start().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let text = std::str::from_utf8(&templates.get(name)?.bytes).ok()?;
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let rest = text.get(start..)?;
    let columns = rest.chars().take(column.saturating_sub(1));
    let start = start + columns.map(char::len_utf8).sum::<usize>();
    Some(at(message, name, start..start, templates))
}

fn missing_parent(current: &str, parent: &str, templates: &Templates) -> Diagnostic {
    let message = format!("Template `{parent}` is extended here but does not exist");
    let text = templates
        .get(current)
        .and_then(|file| std::str::from_utf8(&file.bytes).ok());
    let start = text.and_then(|text| text.find(parent)).unwrap_or(0);
    at(&message, current, start..start + parent.len(), templates)
}

fn unplaced(message: &str, template: &str, templates: &Templates) -> Diagnostic {
    at(message, template, 0..0, templates)
}

fn at(
    message: &str,
    template: &str,
    bytes: std::ops::Range<usize>,
    templates: &Templates,
) -> Diagnostic {
    let file = templates.get(template);
    let named = || SourcePath::new(&format!("templates/{template}")).ok();
    let source = file.map(|file| file.source.clone()).or_else(named);
    let message = message.trim_end_matches('.');
    let (zh, en) = (
        format!("模板出错：{}", chinese(message)),
        format!("template error: {message}"),
    );
    let span = source.map(|source| Span { source, bytes });
    Diagnostic {
        severity: crate::diag::Severity::Error,
        code: "template-error".into(),
        message: Message::new(zh, en),
        span,
        help: Some(help(message)),
    }
}

/// One thing to try about the engine's sentence.
fn help(message: &str) -> Message {
    if message.contains("vailable") {
        Message::new(
            "改成列出的名称之一；可能没有的值先用 {% if … %} 判断",
            "write one of the names listed; ask with {% if … %} for what may be absent",
        )
    } else if message.contains("is extended here") {
        Message::new(
            "改成 templates 文件夹中有的文件名",
            "write the name of a file in the folder `templates`",
        )
    } else {
        Message::new(
            "检查这一行的 {{ }}、{% %} 是否成对，名称是否写对",
            "check that {{ }} and {% %} pair up in this line and that the names are right",
        )
    }
}

/// The commonest messages of the engine in Chinese; others stay as they are.
fn chinese(message: &str) -> String {
    const PHRASES: &[(&str, &str)] = &[
        ("Field ", "字段 "),
        ("Variable ", "变量 "),
        ("Template ", "模板 "),
        ("Block ", "区块 "),
        (
            " is not defined in any parent template",
            " 在上级模板中没有",
        ),
        (" exists but its value is undefined", " 没有值"),
        (
            " is extended here but does not exist",
            " 在此处被继承，但不存在",
        ),
        (" is not defined. ", " 不存在。"),
        (" is not defined", " 不存在"),
        ("Available fields: ", "可用的字段："),
        ("Available variables: ", "可用的变量："),
        (
            "Tried to render a variable that is undefined",
            "要写出的变量没有值",
        ),
        ("Unexpected end of input", "模板在此处意外结束"),
        (" not found", " 不存在"),
        ("Unknown filter ", "没有这个过滤器："),
        ("Found ", "此处是 "),
        (" but expected ", "，应为 "),
    ];
    let mut text = message.to_owned();
    for (english, chinese) in PHRASES {
        text = text.replace(english, chinese);
    }
    text
}
