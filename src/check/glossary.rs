//! What `glossary.toml` promises: terms that name a document that explains them name one that is there.

use crate::diag::{Diagnostic, Message, Span, did_you_mean, nearest};
use crate::graph::Site;
use crate::path::SourcePath;

/// The findings about the terms.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Ok(source) = SourcePath::new(&format!("{}/glossary.toml", site.root)) else {
        return Vec::new();
    };
    let targets = site.glossary.terms.iter();
    let targets = targets.filter_map(|term| term.target.as_ref());
    let dead = targets.filter(|target| {
        site.page_of_target(&target.value).is_none() && !site.is_unpublished(&target.value)
    });
    dead.map(|target| {
        let name = &target.value;
        let span = Span {
            source: source.clone(),
            bytes: target.bytes.clone(),
        };
        let known = site.pages.iter().map(|page| page.target.as_str());
        let help = did_you_mean(nearest(name, known)).unwrap_or_else(|| {
            Message::new(
                "写源文件的路径，不带 content/ 和扩展名，如 methods/four-colours",
                "write the source path without content/ and ending, such as methods/four-colours",
            )
        });
        Diagnostic::error(
            "dead-target",
            span,
            Message::new(
                format!("没有文档 `{name}`"),
                format!("there is no document `{name}`"),
            ),
        )
        .with_help(help)
    })
    .collect()
}
