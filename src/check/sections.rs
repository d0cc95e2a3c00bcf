//! Texts whose shape their kind prescribes: the sections of guides and benchmark cases follow their
//! element set in its order, and the blanks of a letter's text are those of its list.

use crate::content::Kind;
use crate::content::fields::Located;
use crate::content::letter::Letter;
use crate::diag::{Diagnostic, Message, Span, did_you_mean, nearest, suggest};
use crate::graph::{PageId, Site};
use std::collections::BTreeSet;
use std::ops::Range;

/// The findings about one page.
#[must_use]
pub fn check(site: &Site, id: PageId) -> Vec<Diagnostic> {
    match &site.pages[id].document.content.kind {
        Kind::Guide(_, guide) => elements(site, id, &guide.element_set),
        Kind::BenchmarkCase(case) => elements(site, id, &case.element_set),
        Kind::Rules(_, rules) => {
            let set = unknown_set(site, id, &rules.element_set);
            let named = rules.elements.iter().map(|one| &one.element);
            let unknown =
                named.filter_map(|one| unknown_element(site, id, &rules.element_set, one));
            set.into_iter().chain(unknown).collect()
        }
        Kind::Letter(letter) => blanks(site, id, letter),
        _ => Vec::new(),
    }
}

fn error(
    site: &Site,
    id: PageId,
    code: &'static str,
    bytes: Range<usize>,
    [message, help]: [Message; 2],
) -> Diagnostic {
    let source = site.pages[id].document.path.clone();
    Diagnostic::error(code, Span { source, bytes }, message).with_help(help)
}

fn unknown_set(site: &Site, id: PageId, set: &Located<String>) -> Option<Diagnostic> {
    let sets = &site.vocabularies.element_sets;
    if sets.is_empty()
        || set.value.trim().is_empty()
        || site.vocabularies.element_set(&set.value).is_some()
    {
        return None;
    }
    let ids: Vec<&str> = sets.iter().map(|set| set.id.value.as_str()).collect();
    let help = suggest(&set.value, &ids);
    Some(error(
        site,
        id,
        "unknown-element-set",
        set.bytes.clone(),
        [
            Message::new(
                format!(
                    "`content/vocabulary/elements.toml` 中没有要素组 `{}`",
                    set.value
                ),
                format!(
                    "`content/vocabulary/elements.toml` has no set `{}`",
                    set.value
                ),
            ),
            help,
        ],
    ))
}

fn unknown_element(
    site: &Site,
    id: PageId,
    set: &Located<String>,
    element: &Located<String>,
) -> Option<Diagnostic> {
    let set = site.vocabularies.element_set(&set.value)?;
    if element.value.trim().is_empty() {
        return None;
    }
    let ids: Vec<&str> = set
        .elements
        .iter()
        .map(|one| one.id.value.as_str())
        .collect();
    if ids.contains(&element.value.as_str()) {
        return None;
    }
    let help = suggest(&element.value, &ids);
    Some(error(
        site,
        id,
        "unknown-element",
        element.bytes.clone(),
        [
            Message::new(
                format!("要素组《{}》中没有 `{}`", set.title, element.value),
                format!(
                    "the element set `{}` has no `{}`",
                    set.id.value, element.value
                ),
            ),
            help,
        ],
    ))
}

/// Headings of level two that are named after elements must stand in the set's order; a set that is
/// followed at all is followed with known elements. Further headings of the author's own are fine.
fn elements(site: &Site, id: PageId, set: &Located<String>) -> Vec<Diagnostic> {
    if let Some(found) = unknown_set(site, id, set) {
        return vec![found];
    }
    let Some(elements) = site.vocabularies.element_set(&set.value) else {
        return Vec::new();
    };
    let order = |heading: &str| {
        elements
            .elements
            .iter()
            .position(|one| one.id.value == heading)
    };
    let mut last: Option<(usize, &str)> = None;
    let mut found = Vec::new();
    let headings = &site.pages[id].document.body.headings;
    for heading in headings.iter().filter(|heading| heading.level == 2) {
        let Some(place) = order(&heading.id) else {
            continue;
        };
        if let Some((_, name)) = last.filter(|(before, _)| place < *before) {
            found.push(error(
                site,
                id,
                "element-order",
                heading.span.clone(),
                [
                    Message::new(
                        format!("要素 `{}` 应写在 `{name}` 之前", heading.id),
                        format!("the element `{}` belongs before `{name}`", heading.id),
                    ),
                    Message::new(
                        format!("按《{}》的顺序排列各节", elements.title),
                        format!("order the sections as in `{}`", elements.id.value),
                    ),
                ],
            ));
        } else {
            last = Some((place, &heading.id));
        }
    }
    if last.is_none() {
        let names: Vec<&str> = elements
            .elements
            .iter()
            .map(|one| one.id.value.as_str())
            .collect();
        found.push(error(
            site,
            id,
            "no-elements",
            set.bytes.clone(),
            [
                Message::new(
                    "正文没有一节以要素编号命名",
                    "no section of the text is named after an element",
                ),
                Message::new(
                    format!(
                        "二级标题写成 ## 标题 {{#编号}}，编号可选：`{}`",
                        names.join("`、`")
                    ),
                    format!(
                        "write ## Title {{#id}} with an id of: `{}`",
                        names.join("`, `")
                    ),
                ),
            ],
        ));
    }
    found
}

/// Every blank of the text is in the list, every blank of the list is in the text.
fn blanks(site: &Site, id: PageId, letter: &Letter) -> Vec<Diagnostic> {
    let listed: BTreeSet<&str> = letter
        .blanks
        .iter()
        .map(|one| one.id.value.as_str())
        .collect();
    let written = &site.pages[id].document.body.blanks;
    let used: BTreeSet<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    let unlisted = written
        .iter()
        .filter(|(name, _)| !listed.contains(name.as_str()));
    let unlisted = unlisted.map(|(name, bytes)| {
        let guess = nearest(name, listed.iter().copied());
        let help = did_you_mean(guess).unwrap_or_else(|| {
            Message::new(
                format!("在字段区补上一个 [[blanks]]，id = \"{name}\""),
                format!("add a [[blanks]] with id = \"{name}\" to the front matter"),
            )
        });
        let message = Message::new(
            format!("空栏 `{name}` 没有在 blanks 中登记"),
            format!("the blank `{name}` is not listed in `blanks`"),
        );
        error(site, id, "unknown-blank", bytes.clone(), [message, help])
    });
    let unused = letter
        .blanks
        .iter()
        .filter(|one| !used.contains(one.id.value.as_str()));
    let unused = unused.map(|one| {
        let name = &one.id.value;
        let message = Message::new(
            format!("空栏 `{name}` 登记了，正文没有用到"),
            format!("the blank `{name}` is listed but not used in the text"),
        );
        let help = Message::new(
            format!("在正文该填写的地方写 :blank[{name}]，或删去这一项"),
            format!("write :blank[{name}] where it is filled in, or delete the entry"),
        );
        error(
            site,
            id,
            "unused-blank",
            one.id.bytes.clone(),
            [message, help],
        )
    });
    unlisted.chain(unused).collect()
}
