//! Code highlighting: source text in, HTML with `hl-` classes out, colours left to the style sheet.

use std::sync::OnceLock;

use super::markdown::escape::push_text;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Blocks longer than this are shown without colours; highlighting them costs more than it tells.
const LONGEST: usize = 16 * 1024;

/// Lines longer than this make the whole block plain: regular expressions take the square of their length.
const LONGEST_LINE: usize = 400;

/// The scopes a style sheet may colour. All others, such as those for punctuation and for the language
/// itself, would make the HTML thirty times as long as the code.
const SHOWN: [&str; 10] = [
    "comment", "constant", "entity", "invalid", "keyword", "markup", "storage", "string",
    "support", "variable",
];

/// The classes of a scope are its first parts: `hl-entity hl-name hl-function`.
const PARTS: usize = 3;

/// The highlighted HTML of `code`, or nothing when the language is unknown or the block is too long.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    if code.lines().any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let set = syntaxes();
    let mut state = ParseState::new(find(set, language)?);
    let mut spans = Spans::default();
    for line in LinesWithEndings::from(code) {
        let mut done = 0;
        for (at, change) in state.parse_line(line, set).ok()? {
            spans.text(line.get(done..at)?);
            spans.change(&change);
            done = at;
        }
        spans.text(line.get(done..)?);
    }
    Some(spans.finish())
}

/// The HTML so far. A span is opened only where a text stands in it.
#[derive(Default)]
struct Spans {
    html: String,
    /// The open scopes, each with its classes where it is shown.
    scopes: Vec<Option<String>>,
    /// Scopes put aside while another language is embedded.
    aside: Vec<Vec<Option<String>>>,
    /// The classes of the spans that are open in the HTML.
    open: Vec<String>,
}

impl Spans {
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let wanted: Vec<&String> = self.scopes.iter().flatten().collect();
        let same = self.open.iter().zip(&wanted);
        let kept = same.take_while(|(open, wanted)| open == *wanted).count();
        for _ in self.open.drain(kept..) {
            self.html.push_str("</span>");
        }
        for classes in wanted.into_iter().skip(kept) {
            self.html.push_str("<span class=\"");
            self.html.push_str(classes);
            self.html.push_str("\">");
            self.open.push(classes.clone());
        }
        push_text(&mut self.html, text);
    }

    fn change(&mut self, change: &ScopeStackOp) {
        match change {
            ScopeStackOp::Push(scope) => self.scopes.push(classes(*scope)),
            ScopeStackOp::Pop(count) => {
                let left = self.scopes.len().saturating_sub(*count);
                self.scopes.truncate(left);
            }
            ScopeStackOp::Clear(amount) => {
                let count = match amount {
                    syntect::parsing::ClearAmount::TopN(count) => *count,
                    syntect::parsing::ClearAmount::All => self.scopes.len(),
                };
                let left = self.scopes.len().saturating_sub(count);
                self.aside.push(self.scopes.split_off(left));
            }
            ScopeStackOp::Restore => self.scopes.extend(self.aside.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }

    fn finish(mut self) -> String {
        for _ in self.open.drain(..) {
            self.html.push_str("</span>");
        }
        self.html
    }
}

/// The classes of a scope that is shown.
fn classes(scope: Scope) -> Option<String> {
    let name = scope.build_string();
    let parts: Vec<&str> = name.split('.').take(PARTS).collect();
    let shown = parts.first().is_some_and(|first| SHOWN.contains(first));
    let classes: Vec<String> = parts.iter().map(|part| format!("hl-{part}")).collect();
    shown.then(|| classes.join(" "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_coloured_has_classes() {
        let found = highlight("let a = \"<b>\"; // 注\n", "rust");
        let expected = concat!(
            "<span class=\"hl-storage hl-type hl-rust\">let</span> a ",
            "<span class=\"hl-keyword hl-operator hl-rust\">=</span> ",
            "<span class=\"hl-string hl-quoted hl-double\">&quot;&lt;b&gt;&quot;</span>; ",
            "<span class=\"hl-comment hl-line hl-double-slash\">// 注\n</span>",
        );
        assert_eq!(found.as_deref(), Some(expected));
    }

    #[test]
    fn an_unknown_language_and_a_long_block_are_plain() {
        assert_eq!(highlight("a", "no-such-language"), None);
        assert_eq!(highlight("a", "txt"), None);
        assert_eq!(highlight(&"let a;\n".repeat(3000), "rust"), None);
        assert_eq!(highlight(&"a".repeat(2000), "rust"), None);
    }

    #[test]
    fn spans_close_and_no_text_is_lost() {
        let code =
            "<p class='a'>x</p><script>let a = `b${c}`;</script>\n<style>p { a: b }</style>\n";
        let found = highlight(code, "html").unwrap_or_default();
        assert_eq!(
            found.matches("<span").count(),
            found.matches("</span>").count()
        );
        let text: String = found
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        let mut expected = String::new();
        push_text(&mut expected, code);
        let before = found.split('<').next().unwrap_or_default();
        assert_eq!(format!("{before}{text}"), expected);
    }
}
