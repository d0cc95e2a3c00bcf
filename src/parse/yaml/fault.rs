//! Why reading YAML ends: the parser's English sentence in Chinese, where it is one that authors meet
//! often, and one thing to try.

use crate::diag::Message;
use std::ops::Range;

/// What is wrong, one thing to try, and where, in bytes of the file.
pub(super) struct Fault {
    pub(super) message: Message,
    pub(super) help: Message,
    pub(super) bytes: Range<usize>,
}

/// A fault in the words of the parser or of this module.
pub(super) fn fault(found: &str, bytes: Range<usize>) -> Fault {
    let known = FAULTS.iter().find(|known| found.contains(known.found));
    let (zh, [help_zh, help_en]) = known.map_or((found, HELP), |known| (known.zh, known.help));
    Fault {
        message: Message::new(
            format!("YAML 写法有误：{zh}"),
            format!("YAML syntax: {found}"),
        ),
        help: Message::new(help_zh, help_en),
        bytes,
    }
}

struct Known {
    /// A part of the sentence.
    found: &'static str,
    zh: &'static str,
    help: [&'static str; 2],
}

const HELP: [&str; 2] = [
    "对照同类文件检查这一行：字段: 值，缩进用空格，冒号用英文半角且后面有空格",
    "compare the line with a file of the same kind: key: value; indent with spaces, a blank after the colon",
];
const QUOTE: [&str; 2] = [
    "把整个值放在英文双引号里：字段: \"值\"",
    "put the whole value in double quotes: key: \"value\"",
];
const SPACES: [&str; 2] = ["把制表符换成空格", "replace the tab by spaces"];
const BRACKETS: [&str; 2] = [
    "检查 [ ] 与 { } 是否成对，各项之间是否有英文逗号",
    "check that [ ] and { } pair up and that commas stand between the items",
];

/// The sentences that authors meet often; the first that fits counts.
const FAULTS: &[Known] = &[
    Known {
        found: "duplicate key",
        zh: "同一个字段写了两次",
        help: ["删去其中一行", "delete one of the two lines"],
    },
    Known {
        found: "mapping values are not allowed",
        zh: "这里不能再有冒号，或缩进不对",
        help: QUOTE,
    },
    Known {
        found: "simple key expect",
        zh: "这一行缺少英文冒号",
        help: [
            "写成 字段: 值，冒号用英文半角，后面加一个空格",
            "write key: value with a blank after the colon",
        ],
    },
    Known {
        found: "quoted scalar",
        zh: "引号没有配对，或引号里有不认识的 \\ 写法",
        help: [
            "检查这一行的英文引号是否成对；双引号里的 \\ 要写成 \\\\",
            "check that the quotes pair up; a \\ inside double quotes is written \\\\",
        ],
    },
    Known {
        found: "flow",
        zh: "括号没有配对，或缺少逗号",
        help: BRACKETS,
    },
    Known {
        found: "unknown anchor",
        zh: "`*` 后面的名字没有用 `&` 定义",
        help: QUOTE,
    },
    Known {
        found: "unexpected character",
        zh: "值不能以这个字符开头",
        help: QUOTE,
    },
    Known {
        found: "tab",
        zh: "这里不能用制表符",
        help: SPACES,
    },
    Known {
        found: "recursion limit",
        zh: "嵌套太深",
        help: ["减少嵌套的层数", "nest less deeply"],
    },
    Known {
        found: "aliases copy too much",
        zh: "`*` 引用展开后太大或太深",
        help: ["直接写出值", "write the values out"],
    },
    Known {
        found: "alias inside its own anchor",
        zh: "`*` 引用了它自己所在的值",
        help: ["直接写出值", "write the values out"],
    },
    Known {
        found: "key is not text",
        zh: "字段名必须是文字",
        help: ["写成 字段: 值", "write key: value"],
    },
    Known {
        found: "not a mapping",
        zh: "这里应当是若干行 字段: 值",
        help: HELP,
    },
    Known {
        found: "second document",
        zh: "只能有一段 YAML",
        help: ["删去多余的 `---`", "delete the extra `---`"],
    },
    Known {
        found: "NUL character",
        zh: "含有 NUL 字符",
        help: ["删去这个字符", "delete the character"],
    },
];
