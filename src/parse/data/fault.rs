//! What is wrong in TOML, told once for each cause: the parser goes on after a fault and often reports
//! the same one again, in English. Full-width signs, which Chinese input methods write, are named.

use crate::diag::Message;
use std::ops::Range;

/// What is wrong, one thing to try, and where, in bytes of the text.
pub(super) struct Fault {
    pub(super) message: Message,
    pub(super) help: Message,
    pub(super) bytes: Range<usize>,
}

/// The faults without those that only follow from others: the first of each line counts, and behind a
/// list that is not closed nothing can be told.
pub(super) fn causes<'m>(
    text: &str,
    mut faults: Vec<(Range<usize>, &'m str)>,
) -> Vec<(Range<usize>, &'m str)> {
    faults.sort_by_key(|(at, _)| at.start);
    if let Some(open) = faults
        .iter()
        .position(|(_, found)| *found == IN_LIST || found.starts_with(IN_LIST))
    {
        let line = line_of(text, faults[open].0.start).start;
        faults.retain(|(at, _)| at.start < line);
        let end = text.get(..line).unwrap_or_default().trim_end().len();
        faults.push((end..end, UNCLOSED_LIST));
    }
    let mut last = None;
    faults.retain(|(at, _)| {
        let line = line_of(text, at.start).start;
        last.replace(line) != Some(line)
    });
    faults
}

/// What the parser says where a key follows inside a list: the list was not closed.
const IN_LIST: &str = "unexpected `=` in array";
const UNCLOSED_LIST: &str = "unclosed array";

fn line_of(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |behind| at + behind);
    start..end
}

/// A fault in the parser's words, told in both languages.
pub(super) fn fault(found: &str, bytes: Range<usize>, text: &str) -> Fault {
    let line = line_of(text, bytes.start);
    if let Some((at, wide, ascii)) = full_width(text.get(line).unwrap_or_default()) {
        let start = line_of(text, bytes.start).start + at;
        return Fault {
            message: Message::new(
                format!("TOML 写法有误：这里的 `{wide}` 是全角符号"),
                format!("TOML syntax: `{wide}` is a full-width sign"),
            ),
            help: Message::new(
                format!("改成英文半角的 `{ascii}`"),
                format!("write an ASCII `{ascii}`"),
            ),
            bytes: start..start + wide.len_utf8(),
        };
    }
    // Where nothing stands, the parser asks for quotes around it.
    let found = match found.contains("must be quoted") && bytes.is_empty() {
        true => "missing value, expected `\"`",
        false => found,
    };
    let known = KNOWN.iter().find(|known| found.contains(known.found));
    let (zh, [help_zh, help_en]) = match known {
        Some(known) => (known.zh.to_owned(), known.help),
        None => (format!("解析器报告 `{found}`"), HELP),
    };
    Fault {
        message: Message::new(
            format!("TOML 写法有误：{zh}"),
            format!("TOML syntax: {found}"),
        ),
        help: Message::new(help_zh, help_en),
        bytes,
    }
}

/// Signs that mean something in TOML, as Chinese input methods write them.
const WIDE: [(char, char); 13] = [
    ('，', ','),
    ('、', ','),
    ('＝', '='),
    ('：', '='),
    ('“', '"'),
    ('”', '"'),
    ('‘', '"'),
    ('’', '"'),
    ('＂', '"'),
    ('［', '['),
    ('］', ']'),
    ('【', '['),
    ('】', ']'),
];

/// The first full-width sign of a line outside quotes and comments, where it stands, and its ASCII form.
fn full_width(line: &str) -> Option<(usize, char, char)> {
    let mut quote = None;
    let mut characters = line.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some('"'), '\\') => {
                characters.next();
            }
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '#') => return None,
            (None, _) => {
                if let Some((wide, ascii)) = WIDE.iter().find(|(wide, _)| *wide == character) {
                    return Some((at, *wide, *ascii));
                }
            }
        }
    }
    None
}

struct Known {
    /// A part of the parser's sentence.
    found: &'static str,
    zh: &'static str,
    help: [&'static str; 2],
}

const HELP: [&str; 2] = [
    "对照同类文件检查这一行：字段 = \"值\"，引号、逗号和括号用英文半角",
    "compare the line with a file of the same kind: key = \"value\"; quotes, commas and brackets are ASCII",
];
const QUOTES: [&str; 2] = [
    "检查这一行的英文双引号 \" 是否成对；文字里的引号用“”",
    "check that the double quotes of this line pair up",
];
const PAIR: [&str; 2] = ["写成 字段 = \"值\"", "write key = \"value\""];
const COMMA: [&str; 2] = [
    "在两项之间加英文逗号，如 [\"甲\", \"乙\"]",
    "put a comma between the two, as in [\"a\", \"b\"]",
];
const FIELDS: [&str; 2] = [
    "写成 { 字段 = \"值\", 字段 = 3 }",
    "write { key = \"value\", key = 3 }",
];
const DATE: [&str; 2] = [
    "对照日历核对年月日，写成 2025-03-01 或 2025-03-01 09:30:00",
    "check the day with a calendar; write 2025-03-01 or 2025-03-01 09:30:00",
];
const NUMBER: [&str; 2] = [
    "写成 3 或 2.5；号码之类放在英文双引号里",
    "write 3 or 2.5; put codes in double quotes",
];
const HEAD: [&str; 2] = [
    "写成 [表] 或 [[表]]，左右括号一样多",
    "write [table] or [[table]] with as many brackets on both sides",
];
const ESCAPE: [&str; 2] = [
    "文字里的 \\ 写成 \\\\，或改用单引号 '…'",
    "write a \\ in a text as \\\\, or use single quotes '…'",
];
const KEY: [&str; 2] = [
    "字段名用英文字母、数字、- 和 _；字段名后面用 = 而不是冒号",
    "a key holds letters, digits, - and _, and is followed by =, not by a colon",
];
const FLAT: [&str; 2] = ["减少嵌套的层数", "nest less deeply"];

/// The sentences that authors meet often; the first that fits counts.
const KNOWN: &[Known] = &[
    known(
        "duplicate key",
        "同一个字段写了两次",
        ["删去其中一行", "delete one of the two lines"],
    ),
    known("unclosed array table", "表头的括号没有配对", HEAD),
    known("unclosed table", "表头的括号没有配对", HEAD),
    known("unclosed inline table", "花括号没有配对", FIELDS),
    known(
        "unclosed array",
        "列表缺少结尾的 `]`",
        ["在这里加上 ]", "put a ] here"],
    ),
    known(
        "missing comma between array",
        "列表的两项之间缺少英文逗号",
        COMMA,
    ),
    known(
        "extra comma",
        "多了一个逗号",
        ["删去多余的逗号", "delete the comma"],
    ),
    known(
        "between key-value pairs",
        "花括号里的字段之间缺少英文逗号或等号",
        FIELDS,
    ),
    known("inline table element", "花括号里的字段写得不完整", FIELDS),
    known("escaped value", "不认识的 \\ 写法", ESCAPE),
    known("unicode value", "不认识的 \\ 写法", ESCAPE),
    known("basic string", "引号没有配对", QUOTES),
    known("literal string, expected `'`", "引号没有配对", QUOTES),
    known("missing opening quote", "引号没有配对", QUOTES),
    known("must be quoted", "文字要放在英文双引号里", PAIR),
    known("key with no value", "字段后面缺少 `=` 和值", PAIR),
    known("missing value", "`=` 后面缺少值", PAIR),
    known(
        "extra `=`",
        "多了一个等号",
        ["删去多余的等号", "delete the `=`"],
    ),
    known("unquoted key", "字段名里有不能用的字符", KEY),
    known("invalid date", "日期或时间不存在", DATE),
    known("invalid time", "日期或时间不存在", DATE),
    known("datetime", "日期或时间不存在", DATE),
    known("leading zero", "数字不能以 0 开头", NUMBER),
    known("between digits", "数字写得不对", NUMBER),
    known(
        "invalid boolean",
        "既不是 true 或 false，也没有放在引号里",
        PAIR,
    ),
    known(
        "invalid float",
        "数字写得不对，或文字没有放在引号里",
        NUMBER,
    ),
    known("number", "数字写得不对", NUMBER),
    known("unexpected key or value", "这一行多出了内容", HELP),
    known("unexpected content", "这一行多出了内容", HELP),
    known(
        "comment character",
        "含有控制字符",
        ["删去这个看不见的字符", "delete the invisible character"],
    ),
    known(
        "carriage return",
        "换行符不完整",
        [
            "在编辑器中把换行改成 LF 或 CRLF",
            "save with line ends LF or CRLF",
        ],
    ),
    known("recurs", "嵌套太深", FLAT),
];

const fn known(found: &'static str, zh: &'static str, help: [&'static str; 2]) -> Known {
    Known { found, zh, help }
}
