//! What `site.toml` promises: menu entries lead somewhere, and the rules that it weighs are there.

use super::rules;
use crate::diag::{Diagnostic, Message, Span, did_you_mean, nearest};
use crate::graph::Site;
use crate::path::SourcePath;
use crate::view::shared::address;

/// The findings about the settings.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let Ok(source) = SourcePath::new(&format!("{}/site.toml", site.root)) else {
        return Vec::new();
    };
    let span = |bytes: std::ops::Range<usize>| Span {
        source: source.clone(),
        bytes,
    };
    let menu = site.config.menu.iter();
    let dead =
        menu.filter(|item| !item.target.contains("://") && address(site, &item.target).is_none());
    let dead = dead.map(|item| {
        let targets = site.pages.iter().map(|page| page.target.as_str());
        let help = did_you_mean(nearest(&item.target, targets));
        Diagnostic::error(
            "dead-target",
            span(item.bytes.clone()),
            Message::new(
                format!("菜单项“{}”指向的 `{}` 不存在", item.title, item.target),
                format!("the menu's `{}` does not exist", item.target),
            ),
        )
        .with_help(help.unwrap_or_else(|| {
            Message::new(
                "写文档的路径，如 industries/ 或 about/accessibility",
                "write a document's path, such as industries/ or about/accessibility",
            )
        }))
    });
    let weights = rules::check(&source, &site.config.rules);
    dead.chain(weights).collect()
}
