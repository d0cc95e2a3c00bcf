//! What `site.toml` promises: menu entries lead somewhere, and a government site says which it is.

use crate::diag::{Diagnostic, Message, Span, nearest};
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
    let mut found: Vec<Diagnostic> = dead
        .map(|item| {
            let targets = site.pages.iter().map(|page| page.target.as_str());
            let help = crate::graph::links::did_you_mean(nearest(&item.target, targets));
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
        })
        .collect();
    let government = &site.config.government;
    if government.present && government.site_id_code.is_none() {
        found.push(
            Diagnostic::warning(
                "no-site-id-code",
                span(0..0),
                Message::new(
                    "没有填写政府网站标识码 `site_id_code`，页面标签中不写这一项",
                    "`site_id_code` is not set; pages leave the tag out",
                ),
            )
            .with_help(Message::new(
                "在 [government] 中填写国办核发的标识码；不要自拟",
                "set the code that was issued under [government]; never make one up",
            )),
        );
    }
    found
}
