//! Block directives: the lines that begin with `:::`, found before Markdown is parsed.
//!
//! The scanner works line by line and knows fenced code. What it finds is a list of markers in text order;
//! the Markdown parser sees a thematic break in place of each such line, and the writer puts the directive's
//! HTML there instead.

use std::ops::Range;

use crate::parse::markdown::Problem;

/// The closed set of block directives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A note with an optional title.
    Note,
    /// A warning with an optional title.
    Warning,
    /// A picture with a caption.
    Figure,
    /// A numbered procedure.
    Steps,
    /// A card for something to download.
    Download,
    /// A table with merged cells.
    Table,
}

/// Every directive by name.
const KINDS: [(&str, Kind); 6] = [
    ("note", Kind::Note),
    ("warning", Kind::Warning),
    ("figure", Kind::Figure),
    ("steps", Kind::Steps),
    ("download", Kind::Download),
    ("table", Kind::Table),
];

impl Kind {
    /// Whether the directive is one line without content.
    fn is_leaf(self) -> bool {
        matches!(self, Kind::Figure | Kind::Download)
    }

    /// The names of its arguments and whether each is needed.
    fn arguments(self) -> &'static [(&'static str, bool)] {
        match self {
            Kind::Note | Kind::Warning | Kind::Steps => &[],
            Kind::Figure => &[("src", true), ("alt", true), ("caption", false)],
            Kind::Download => &[("target", true)],
            Kind::Table => &[("caption", false)],
        }
    }
}

/// One directive with what was written behind its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Which directive.
    pub kind: Kind,
    /// The title of a note or warning.
    pub title: String,
    /// Name, value and place of each argument.
    pub arguments: Vec<(String, String, Range<usize>)>,
    /// The whole line.
    pub span: Range<usize>,
}

impl Directive {
    /// The value of an argument with its place, empty when missing.
    pub fn argument(&self, name: &str) -> (&str, Range<usize>) {
        let found = self.arguments.iter().find(|(key, _, _)| key == name);
        match found {
            Some((_, value, span)) => (value, span.clone()),
            None => ("", self.span.clone()),
        }
    }
}

/// What a directive line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Begins a directive with content.
    Open(Directive),
    /// Ends one.
    Close(Kind),
    /// A directive of one line.
    Leaf(Directive),
    /// A faulty line, left out.
    Nothing,
}

/// A directive line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The line without its end.
    pub span: Range<usize>,
    /// What it does.
    pub mark: Mark,
}

/// Finds all directive lines of a text.
pub fn scan(source: &str) -> (Vec<Marker>, Vec<Problem>) {
    let mut scanner = Scanner::default();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        scanner.line(text, at..at + text.len());
        at += line.len();
    }
    scanner.finish(source.len());
    (scanner.markers, scanner.problems)
}

/// The state between two lines.
#[derive(Default)]
struct Scanner {
    fence: Option<(char, usize)>,
    open: Vec<(Option<Kind>, Range<usize>)>,
    after_leaf: bool,
    markers: Vec<Marker>,
    problems: Vec<Problem>,
}

impl Scanner {
    fn line(&mut self, text: &str, span: Range<usize>) {
        let after_leaf = std::mem::take(&mut self.after_leaf);
        if self.in_fence(text) {
            return;
        }
        let Some(rest) = text.strip_prefix(":::") else {
            return;
        };
        let rest = rest.trim_start_matches(':');
        let name_at = span.end - rest.trim_start().len();
        let mark = match rest.trim() {
            "" => self.close(span.clone(), after_leaf),
            words => self.open(words, name_at, span.clone()),
        };
        self.markers.push(Marker { span, mark });
    }

    /// Whether a line belongs to fenced code; keeps track of the fences.
    fn in_fence(&mut self, text: &str) -> bool {
        let bare = text.trim_start_matches(' ');
        let c = if bare.starts_with('~') { '~' } else { '`' };
        let length = bare.chars().take_while(|&next| next == c).count();
        let rest = bare[length..].trim();
        match self.fence {
            Some((fence, least)) => {
                if fence == c && length >= least && rest.is_empty() {
                    self.fence = None;
                }
                true
            }
            None if text.len() - bare.len() < 4 && length >= 3 => {
                if c == '~' || !rest.contains('`') {
                    self.fence = Some((c, length));
                }
                self.fence.is_some()
            }
            None => false,
        }
    }

    fn close(&mut self, span: Range<usize>, after_leaf: bool) -> Mark {
        match self.open.pop() {
            Some((Some(kind), _)) => Mark::Close(kind),
            Some((None, _)) => Mark::Nothing,
            None if after_leaf => Mark::Nothing,
            None => {
                self.problems.push(Problem::new(
                    "directive-stray",
                    span,
                    ":::",
                    ["这里的 `:::` 没有对应的开头", "this `:::` closes nothing"],
                    [
                        "删去这一行，或补上开头一行",
                        "delete the line or add its opening",
                    ],
                ));
                Mark::Nothing
            }
        }
    }

    fn open(&mut self, words: &str, at: usize, span: Range<usize>) -> Mark {
        let end = words
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
            .unwrap_or(words.len());
        let (name, rest) = words.split_at(end);
        let known = KINDS.iter().find(|(known, _)| *known == name);
        let Some(&(_, kind)) = known else {
            return self.unknown(name, at..at + end, span);
        };
        let directive = self.directive(kind, rest, at + end, span.clone());
        if kind.is_leaf() {
            self.after_leaf = true;
            return Mark::Leaf(directive);
        }
        if self.open.len() >= 2 {
            self.problems.push(Problem::new(
                "directive-nesting",
                span.clone(),
                name,
                ["指令嵌套超过两层", "directives nest deeper than two levels"],
                ["先结束外层的指令", "close an outer directive first"],
            ));
        }
        self.open.push((Some(kind), span));
        Mark::Open(directive)
    }

    fn unknown(&mut self, name: &str, at: Range<usize>, span: Range<usize>) -> Mark {
        let guess = nearest(name);
        let (zh, en) = match guess {
            Some((guess, _)) => (
                format!("是否想写 `:::{guess}`？"),
                format!("did you mean `:::{guess}`?"),
            ),
            None => {
                let all = KINDS.map(|(name, _)| name).join(", ");
                (
                    format!("可用的指令：{all}"),
                    format!("known directives: {all}"),
                )
            }
        };
        self.problems.push(Problem::new(
            "directive-unknown",
            at,
            name,
            [
                &format!("没有名为 `{name}` 的指令"),
                &format!("there is no directive `{name}`"),
            ],
            [&zh, &en],
        ));
        if !guess.is_some_and(|(_, kind)| kind.is_leaf()) {
            self.open.push((None, span));
        }
        Mark::Nothing
    }

    fn directive(&mut self, kind: Kind, rest: &str, at: usize, span: Range<usize>) -> Directive {
        let mut directive = Directive {
            kind,
            title: String::new(),
            arguments: Vec::new(),
            span,
        };
        if matches!(kind, Kind::Note | Kind::Warning) {
            directive.title = rest.trim().to_owned();
            return directive;
        }
        self.arguments(&mut directive, rest, at);
        for (name, needed) in kind.arguments() {
            if *needed && !directive.arguments.iter().any(|(key, _, _)| key == name) {
                self.problems.push(Problem::new(
                    "directive-argument-missing",
                    directive.span.clone(),
                    name,
                    [
                        &format!("指令缺少 `{name}`"),
                        &format!("the directive lacks `{name}`"),
                    ],
                    [&format!("补上 {name}=\"…\""), &format!("add {name}=\"…\"")],
                ));
            }
        }
        directive
    }

    /// Reads `name="value"` pairs.
    fn arguments(&mut self, directive: &mut Directive, rest: &str, at: usize) {
        let end = at + rest.trim_end().len();
        let mut left = rest.trim();
        while !left.is_empty() {
            let start = end - left.len();
            let pair = left.split_once("=\"").and_then(|(name, tail)| {
                let (value, tail) = tail.split_once('"')?;
                Some((name.trim(), value, tail))
            });
            let allowed = |name: &str| {
                directive
                    .kind
                    .arguments()
                    .iter()
                    .any(|(known, _)| *known == name)
            };
            match pair {
                Some((name, value, tail)) if allowed(name) => {
                    let span = start..start + left.len() - tail.len();
                    directive
                        .arguments
                        .push((name.to_owned(), value.to_owned(), span));
                    left = tail.trim_start();
                }
                _ => {
                    self.bad_argument(left, start..start + left.len());
                    return;
                }
            }
        }
    }

    fn bad_argument(&mut self, found: &str, span: Range<usize>) {
        self.problems.push(Problem::new(
            "directive-argument",
            span,
            found,
            [
                "看不懂指令的参数",
                "the directive's arguments cannot be read",
            ],
            [
                "写成 名称=\"值\"，名称须是该指令所有",
                "write name=\"value\" with a name the directive has",
            ],
        ));
    }

    fn finish(&mut self, end: usize) {
        while let Some((kind, span)) = self.open.pop() {
            self.problems.push(Problem::new(
                "directive-unclosed",
                span,
                "",
                ["指令没有结束", "the directive is never closed"],
                [
                    "在内容之后单起一行写 `:::`",
                    "write `:::` on a line of its own after the content",
                ],
            ));
            if let Some(kind) = kind {
                let (span, mark) = (end..end, Mark::Close(kind));
                self.markers.push(Marker { span, mark });
            }
        }
    }
}

/// The directive whose name is within two edits of `name`.
fn nearest(name: &str) -> Option<(&'static str, Kind)> {
    let best = KINDS
        .iter()
        .min_by_key(|(known, _)| distance(name, known))?;
    (name.len() < 32 && distance(name, best.0) <= 2).then_some(*best)
}

/// The number of single-character edits between two words, 99 for long ones.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 32 {
        return 99;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(99);
            let best = (corner + usize::from(x != y)).min(above + 1).min(left + 1);
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            corner = above;
            left = best;
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(99)
}
