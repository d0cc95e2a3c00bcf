//! Laws, rules and standards that a text names: numbers such as GB 2894-2008 or 安监总管四〔2017〕129号, orders such as
//! 令第58号, titles in 《》, links by `ref:`. Knows nothing of what they are; but for each, whether its sentence tells that
//! it is of the past, or still to come. Entry point: [`find`].

use super::is_han;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A place that names a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub bytes: Range<usize>,
    /// What is named, as [`plain`] writes it; `ref:` and the id where it is a link.
    pub name: String,
    /// The line, counted from nought.
    pub line: usize,
    /// Whether its sentence tells of the past: 已废止, 被…代替, 旧版, 当年.
    pub is_past: bool,
    /// Whether its sentence tells of what is to come: 施行, 草案, 征求意见.
    pub is_to_come: bool,
}

/// Words of a sentence on what holds no longer.
const PAST: [&str; 35] = [
    "废止",
    "代替",
    "替代",
    "取代",
    "替换",
    "失效",
    "作废",
    "修订为",
    "已修订",
    "经修订",
    "修改为",
    "已修改",
    "改为",
    "改用",
    "改引",
    "换成",
    "原版",
    "老版",
    "原标准",
    "当年",
    "当时",
    "历史",
    "曾",
    "不再",
    "停止使用",
    "停用",
    "沿用",
    "过去",
    "以前",
    "此前",
    "修订前",
    "早年",
    "合并",
    "整合",
    "更新为",
];

/// Words before 旧 that make something else of it.
const NOT_OLD: [char; 8] = ['废', '老', '破', '陈', '仍', '依', '照', '折'];

/// Words of a sentence on what is not yet in force.
const TO_COME: [&str; 10] = [
    "施行",
    "实施",
    "生效",
    "执行",
    "将于",
    "即将",
    "尚未",
    "征求意见",
    "草案",
    "送审",
];

/// Characters that open and close the year of a number, right and wrong ones.
const OPEN: [char; 7] = ['〔', '［', '[', '【', '（', '(', '﹝'];
const CLOSE: [char; 7] = ['〕', '］', ']', '】', '）', ')', '﹞'];
const DASHES: [char; 7] = ['-', '—', '–', '－', '−', '‐', '‑'];

/// Every document that a text names, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let mut names: Vec<(Range<usize>, String)> = Vec::new();
        if line.contains("号") {
            numbers(line, &mut names);
            orders(line, &mut names);
        }
        standards(line, &mut names);
        titles(line, &mut names);
        links(line, &mut names);
        names.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        for (bytes, name) in names {
            let sentence = sentence(line, bytes.start);
            found.push(Mention {
                bytes: bytes.start + start..bytes.end + start,
                name,
                line: number,
                is_past: is_past(sentence),
                is_to_come: TO_COME.iter().any(|word| sentence.contains(word)),
            });
        }
        start += line.len();
    }
    found
}

/// Whether a sentence tells of what holds no longer.
#[must_use]
pub fn is_past(sentence: &str) -> bool {
    let old = || {
        sentence.match_indices('旧').any(|(at, _)| {
            let before = sentence.get(..at).and_then(|text| text.chars().last());
            before.is_none_or(|one| !NOT_OLD.contains(&one))
        })
    };
    PAST.iter().any(|word| sentence.contains(word)) || old()
}

/// A number or title as it is compared: without blanks, one kind of brackets and dashes, 令第n号 for 第n号令.
#[must_use]
pub fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for one in name.chars().filter(|one| !one.is_whitespace()) {
        match one {
            one if OPEN.contains(&one) => out.push('〔'),
            one if CLOSE.contains(&one) => out.push('〕'),
            one if DASHES.contains(&one) => out.push('-'),
            '∕' => out.push('/'),
            // Full-width forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => out.extend(char::from_u32(one as u32 - 0xfee0)),
            '第' if out.ends_with('〕') => {}
            one => out.push(one),
        }
    }
    let out = out.to_uppercase();
    let order = out
        .strip_suffix("号令")
        .and_then(|rest| rest.rsplit_once('第'))
        .filter(|(_, number)| number.bytes().all(|one| one.is_ascii_digit()));
    match order {
        Some((issuer, number)) => format!("{issuer}令第{number}号"),
        None => out,
    }
}

/// The sentence around a place of a line; a table's row is one.
fn sentence(line: &str, at: usize) -> &str {
    if line.trim_start().starts_with('|') {
        return line;
    }
    let ends = ['。', '！', '？', '；'];
    let start = line.get(..at).and_then(|text| text.rfind(ends));
    let end = line.get(at..).and_then(|text| text.find(ends));
    let end = end.map_or(line.len(), |end| at + end);
    line.get(start.unwrap_or_default()..end).unwrap_or(line)
}

type Names = Vec<(Range<usize>, String)>;

fn name(line: &str, bytes: Range<usize>, names: &mut Names) {
    if let Some(text) = line.get(bytes.clone()) {
        names.push((bytes, plain(text)));
    }
}

/// How many bytes of a text are digits at its beginning.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The byte where the Han characters before a place begin; not more than 24 of them.
fn issuer(line: &str, at: usize) -> usize {
    let before = line.get(..at).unwrap_or_default().char_indices().rev();
    let han = before.take_while(|(_, one)| is_han(*one)).take(24);
    han.last().map_or(at, |(start, _)| start)
}

/// 机关代字〔年份〕n号, also with wrong brackets.
fn numbers(line: &str, names: &mut Names) {
    for (at, open) in line.match_indices(OPEN) {
        let behind = |from: usize| line.get(from..).unwrap_or_default();
        let year = at + open.len();
        if digits(behind(year)) != 4 {
            continue;
        }
        let Some(close) = behind(year + 4)
            .chars()
            .next()
            .filter(|one| CLOSE.contains(one))
        else {
            continue;
        };
        let mut order = year + 4 + close.len_utf8();
        if behind(order).starts_with('第') {
            order += '第'.len_utf8();
        }
        let length = digits(behind(order));
        let start = issuer(line, at);
        if length > 0 && behind(order + length).starts_with('号') && start < at {
            name(line, start..order + length + '号'.len_utf8(), names);
        }
    }
}

/// …令第n号 and …第n号令.
fn orders(line: &str, names: &mut Names) {
    for (at, first) in line.match_indices('第') {
        let number = at + first.len();
        let length = digits(line.get(number..).unwrap_or_default());
        let rest = line.get(number + length..).unwrap_or_default();
        if length == 0 || !rest.starts_with('号') {
            continue;
        }
        let end = number + length + "号".len();
        let start = issuer(line, at);
        if line.get(..at).is_some_and(|before| before.ends_with('令')) {
            name(line, start..end, names);
        } else if rest.starts_with("号令") {
            name(line, start..end + "令".len(), names);
        }
    }
}

/// Letters, a number and a year: GB/T 33000-2016, AQ 3067-2026.
fn standards(line: &str, names: &mut Names) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(letter) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(u8::is_ascii_uppercase))
    {
        let start = at + letter;
        let rest = line.get(start..).unwrap_or_default();
        let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        at = start + letters;
        let within_word = start > 0 && bytes.get(start - 1).is_some_and(u8::is_ascii_alphanumeric);
        if within_word || !(2..=5).contains(&letters) {
            continue;
        }
        if let Some(length) = standard(rest, letters) {
            name(line, start..start + length, names);
            at = start + length;
        }
    }
}

/// How long a standard's number is that begins with so many letters.
fn standard(text: &str, letters: usize) -> Option<usize> {
    let mut rest = text.get(letters..)?;
    if let Some(kind) = rest.strip_prefix(['/', '∕', '／']) {
        rest = kind.strip_prefix(['T', 'Z'])?;
    }
    rest = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    let number = rest.find(|one: char| !one.is_ascii_digit() && one != '.')?;
    rest = rest.get(number..).filter(|_| number > 0)?;
    rest = rest.trim_start_matches(' ').strip_prefix(DASHES)?;
    rest = rest.trim_start_matches([' ', '—']);
    let year = digits(rest);
    (year == 4).then(|| text.len() - rest.len() + year)
}

/// 《…》, on one line and not longer than a title is.
fn titles(line: &str, names: &mut Names) {
    for (at, open) in line.match_indices('《') {
        let inner = at + open.len();
        let rest = line.get(inner..).unwrap_or_default();
        let Some(length) = rest.find('》').filter(|length| *length <= 240) else {
            continue;
        };
        name(line, at..inner + length + '》'.len_utf8(), names);
    }
}

/// Links by `ref:`.
fn links(line: &str, names: &mut Names) {
    for (at, key) in line.match_indices("ref:") {
        let before = line.get(..at).and_then(|text| text.chars().last());
        let rest = line.get(at + key.len()..).unwrap_or_default();
        let is_id = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | '.');
        let length = rest.find(|one| !is_id(one)).unwrap_or(rest.len());
        if matches!(before, Some('(' | '"' | '\'' | '<')) && length > 0 {
            let end = at + key.len() + length;
            names.push((at..end, line.get(at..end).unwrap_or_default().to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        find(text).into_iter().map(|one| one.name).collect()
    }

    #[test]
    fn numbers_of_every_form_are_found_in_one_spelling() {
        for text in [
            "按GB/T 33000-2016做",
            "按 GB／T33000—2016 做",
            "（GB∕T 33000 - 2016）",
        ] {
            assert_eq!(names(text), ["GB/T33000-2016"], "{text}");
        }
        for text in [
            "安监总管四〔2017〕129号",
            "安监总管四[2017]129号",
            "安监总管四（2017）第129号",
        ] {
            assert_eq!(names(text), ["安监总管四〔2017〕129号"], "{text}");
        }
        for text in ["国家发展改革委令第58号", "国家发展改革委第58号令"] {
            assert_eq!(names(text), ["国家发展改革委令第58号"], "{text}");
        }
        assert_eq!(
            names("《安全色》和[旧版](ref:gb2894-2008#1)"),
            ["《安全色》", "ref:gb2894-2008"]
        );
    }

    #[test]
    fn other_text_names_nothing() {
        for text in [
            "UTF-8 2024-01-01 ABC-2024 v1.2-2024",
            "第58号井",
            "（2017）有129号井",
            "HTTP/1.1-2024x",
            "《没有关上",
            "xref:abc",
        ] {
            let found = names(text);
            assert!(found.iter().all(|name| !name.contains("令")), "{found:?}");
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_place_can_be_read_back() {
        let text = "甲。\n依据 GB 2894-2008，已废止；另见《安全色》。";
        for one in find(text) {
            let written = text.get(one.bytes.clone()).unwrap_or_default();
            assert_eq!(plain(written), one.name);
            assert_eq!(one.line, 1);
            assert_eq!(one.is_past, one.name == "GB2894-2008");
        }
    }

    #[test]
    fn sentences_tell_of_the_past() {
        let told = |text: &str| find(text).iter().all(|one| one.is_past);
        assert!(told("旧台账常用GB 2894-2008。"));
        assert!(told("| GB 2894-2008 | 已由新标准代替 |"));
        assert!(!told("废旧物资按GB 2894-2008设标志。旧的不用。"));
        assert!(!told("按GB 2894-2008设标志"));
    }
}
