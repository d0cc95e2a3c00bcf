//! Code highlighting: source text in, HTML with `hl-` classes out, colours left to the style sheet.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Blocks longer than this are shown without colours; highlighting them costs more than it tells.
const LONGEST: usize = 64 * 1024;

/// Lines longer than this make the whole block plain: regular expressions are slow on them.
const LONGEST_LINE: usize = 4 * 1024;

/// The highlighted HTML of `code`, or nothing when the language is unknown or the block is too long.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    if code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let set = syntaxes();
    let syntax = find(set, language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, set, style);
    for line in LinesWithEndings::from(code) {
        generator
            .parse_html_for_line_which_includes_newline(line)
            .ok()?;
    }
    Some(generator.finalize())
}

/// The syntax for a language name or file extension; plain text counts as unknown.
fn find<'a>(set: &'a SyntaxSet, language: &str) -> Option<&'a SyntaxReference> {
    let syntax = set.find_syntax_by_token(language)?;
    (syntax.name != "Plain Text").then_some(syntax)
}

/// The syntax definitions, unpacked on first use.
fn syntaxes() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(SyntaxSet::load_defaults_newlines)
}
