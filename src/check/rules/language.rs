//! Rules: how texts are written.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    rule(
        "punctuation-width",
        [
            "中文里的标点用全角，数字、字母和百分号用半角；`anjian fix` 能改",
            "marks beside Han characters are full-width, digits, letters and per cent half-width; `anjian fix` changes them",
        ],
        "GB/T 15834-2011《标点符号用法》；GB/T 15835-2011《出版物上数字用法》",
    ),
    rule(
        "look-alike",
        [
            "不用字形相近的别的字符：从 PDF 复制来的部首（⻔）、兼容汉字、外文间隔号和连接号、年份里的圆圈、数字里的字母；除数字里的字母外 `anjian fix` 能改",
            "no character that only looks like the right one: radicals out of PDF files, compatibility ideographs, foreign dots and bars, circles in years, letters in numbers; `anjian fix` changes all but the last",
        ],
        "GB/T 15834-2011；GB/T 15835-2011；Unicode 兼容分解",
    ),
    rule(
        "stray-character",
        [
            "没有看不见的字符（零宽空格、软连字符）和显示不出的字符（乱码、自造字）；看不见的 `anjian fix` 能删",
            "no characters that nobody sees (zero-width blanks, soft hyphens) or can read (private use, replacement); `anjian fix` deletes the former",
        ],
        "本站约定",
    ),
    rule(
        "traditional-character",
        [
            "简体中文站点（`language = \"zh-CN\"`）不夹繁体字；书名号和引用块里的不看；只有一个简体字的 `anjian fix` 能改",
            "no traditional characters where `language = \"zh-CN\"`; titles and block quotes are left alone; `anjian fix` changes those with one simplified form",
        ],
        "通用规范汉字表",
    ),
    rule(
        "doubled-character",
        [
            "虚词和标点没有重复输入（的的、，，）；只提示，不代改",
            "no function word or mark typed twice; only told",
        ],
        "本站约定",
    ),
    rule(
        "wrong-name",
        [
            "不用 `content/words.toml` 列出的写法；政策文件、法规标准表、书名号和引用块里的不看；没有写 `except` 的 `anjian fix` 能改",
            "no names that `content/words.toml` lists; policies, references, titles and block quotes are left alone; `anjian fix` changes those without `except`",
        ],
        "`content/words.toml`",
    ),
];

const fn rule(code: &'static str, says: [&'static str; 2], source: &'static str) -> Rule {
    Rule {
        code,
        family: Family::Language,
        severity: Severity::Warning,
        is_fixed: false,
        says,
        source,
    }
}
