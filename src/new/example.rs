//! The filled-in examples: one text for each kind, with a few places that depend on the document.

use jiff::civil::Date;

/// What an example is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling<'a> {
    /// The day it is made.
    pub today: Date,
    /// The last part of its id.
    pub name: &'a str,
    /// The industry it belongs to: term and title.
    pub trade: Option<(&'a str, &'a str)>,
}

/// The ending of a kind's files: data-like kinds are TOML, the others Markdown.
#[must_use]
pub fn ending(kind: &str) -> &'static str {
    match kind {
        "checklist" | "rules" | "patrol" | "form" | "register" => "toml",
        _ => "md",
    }
}

/// The example of a kind.
#[must_use]
pub fn text(kind: &str, filling: &Filling<'_>) -> String {
    fill(standard(kind), filling)
}

/// Puts the document's own words into a text.
#[must_use]
pub fn fill(text: &str, filling: &Filling<'_>) -> String {
    let today = filling.today.to_string();
    let industries = match filling.trade {
        Some((term, _)) => format!("[\"{term}\"]"),
        None => "[]".to_owned(),
    };
    let (prefix, title) = filling.trade.unwrap_or((filling.name, "示例场所"));
    // A title may hold what ends a TOML string; no other word can.
    let title = title.replace(['"', '\\', '\n'], " ");
    text.replace("@today@", &today)
        .replace("@year@", &today[..4])
        .replace("@name@", filling.name)
        .replace("@prefix@", prefix)
        .replace("@industries@", &industries)
        .replace("@trade@", &title)
}

fn standard(kind: &str) -> &'static str {
    match kind {
        "industry" => include_str!("examples/industry.md"),
        "checklist" => include_str!("examples/checklist.toml"),
        "guide" => include_str!("examples/guide.md"),
        "rules" => include_str!("examples/rules.toml"),
        "patrol" => include_str!("examples/patrol.toml"),
        "benchmark-case" => include_str!("examples/benchmark-case.md"),
        "enforcement-case" => include_str!("examples/enforcement-case.md"),
        "form" => include_str!("examples/form.toml"),
        "letter" => include_str!("examples/letter.md"),
        "register" => include_str!("examples/register.toml"),
        "policy" => include_str!("examples/policy.md"),
        _ => include_str!("examples/page.md"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_stays_unfilled() {
        let trade = [None, Some(("gas", "城镇燃气"))];
        for (kind, _) in super::super::KINDS {
            for trade in trade {
                let filling = Filling {
                    today: jiff::civil::date(2026, 3, 1),
                    name: "first",
                    trade,
                };
                let text = text(kind, &filling);
                assert!(!text.contains('@'), "{kind}: {text}");
                assert!(text.contains("2026-03-01"), "{kind}");
            }
        }
    }
}
