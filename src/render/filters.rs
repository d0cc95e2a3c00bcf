//! The filters of templates. Each is a function of its arguments alone: a page may depend on nothing
//! but its view.

use crate::parse::markdown::escape;
use crate::text::is_han;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Adds the theme's own filters to the engine.
pub fn register(tera: &mut Tera) {
    tera.register_filter("breaks", |title: &str, _: Kwargs, _: &State| {
        Value::safe_string(&breaks(title))
    });
    tera.register_filter(
        "article",
        |number: u64, arguments: Kwargs, _: &State| -> TeraResult<String> {
            let language = arguments.get::<&str>("language")?.unwrap_or("zh-CN");
            Ok(if language.starts_with("zh") {
                format!("第{}条", numerals(number))
            } else {
                format!("Article {number}")
            })
        },
    );
    tera.register_filter("yuan", |sum: i64, _: Kwargs, _: &State| yuan(sum));
    tera.register_filter(
        "json_data",
        |text: &str, _: Kwargs, _: &State| -> TeraResult<Value> {
            // Inside `<script>` only `<` can end the element; in JSON it has another spelling.
            let json = serde_json::Value::from(text).to_string();
            Ok(Value::safe_string(&json.replace('<', "\\u003c")))
        },
    );
}

/// Words that may begin a line of a title.
const BEGINNINGS: &[&str] = &[
    "安全",
    "标准化",
    "运行",
    "提升",
    "达标",
    "网格员",
    "检查",
    "整改",
    "隐患",
    "重大",
    "事故",
    "典型",
    "案例",
    "三年",
    "行动",
    "实施",
    "管理",
    "登记",
    "台账",
    "月报",
    "季报",
    "告知书",
    "承诺书",
    "与",
    "未",
    "逾期",
    "应急",
];

/// Fewer characters than these do not stand alone at the start or the end of a line.
const PIECE: usize = 3;

/// A title escaped for HTML, with `<wbr>` where a line may end: after punctuation and before words that
/// begin a phrase. Titles are set with `word-break: keep-all`, so they break nowhere else.
fn breaks(title: &str) -> String {
    let mut html = String::with_capacity(title.len() + 16);
    let mut since = 0;
    for (at, character) in title.char_indices() {
        let rest = &title[at..];
        if since >= PIECE && han_run(rest) >= PIECE && begins_phrase(rest) {
            html.push_str("<wbr>");
            since = 0;
        }
        escape::push_text(&mut html, character.encode_utf8(&mut [0; 4]));
        since += 1;
        let ends = matches!(
            character,
            '，' | '、' | '：' | '；' | '！' | '？' | '》' | '）' | '—'
        );
        if ends && rest.chars().nth(1).is_some_and(is_han) {
            html.push_str("<wbr>");
            since = 0;
        }
    }
    html
}

fn begins_phrase(rest: &str) -> bool {
    BEGINNINGS.iter().any(|word| rest.starts_with(word))
}

/// Han characters at the start of a text, counted no further than a piece needs.
fn han_run(text: &str) -> usize {
    text.chars().take(PIECE).take_while(|c| is_han(*c)).count()
}

/// A sum in yuan as it is said: `800 元`, `1.25 万元`, `3 万元`, `1.2 亿元`.
fn yuan(sum: i64) -> String {
    let (unit, word) = match sum.unsigned_abs() {
        0..10_000 => (1, "元"),
        // Whole ten-thousands of a hundred million at most two decimals long, else in 万.
        large if large >= 100_000_000 && large % 1_000_000 == 0 => (100_000_000, "亿元"),
        _ => (10_000, "万元"),
    };
    let whole = sum.unsigned_abs() / unit;
    let part = sum.unsigned_abs() % unit;
    let digits = unit.ilog10() as usize;
    let decimals = format!("{part:0digits$}");
    let decimals = decimals.trim_end_matches('0');
    let sign = if sum < 0 { "-" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{decimals} {word}")
}

/// A number below ten thousand in Chinese numerals, as laws count their articles: 二十一, 一百零五.
fn numerals(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u64, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number >= 10_000 {
        return number.to_string();
    }
    let mut said = String::new();
    let mut skipped = false;
    for (unit, word) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            skipped = !said.is_empty();
            continue;
        }
        if skipped {
            said.push(DIGITS[0]);
        }
        skipped = false;
        // 十五, not 一十五, at the start.
        let bare = unit == 10 && digit == 1 && said.is_empty();
        if !bare {
            said.extend(usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)));
        }
        said.push_str(word);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_counted_as_laws_do() {
        let said = [1, 10, 15, 21, 100, 105, 110, 115, 1260, 1005].map(numerals);
        assert_eq!(
            said,
            [
                "一",
                "十",
                "十五",
                "二十一",
                "一百",
                "一百零五",
                "一百一十",
                "一百一十五",
                "一千二百六十",
                "一千零五"
            ]
        );
    }

    #[test]
    fn titles_break_between_phrases_and_are_escaped() {
        assert_eq!(
            breaks("城镇燃气安全生产检查清单"),
            "城镇燃气<wbr>安全生产<wbr>检查清单"
        );
        assert_eq!(
            breaks("示例市安全生产标准化三年行动方案"),
            "示例市<wbr>安全生产<wbr>标准化<wbr>三年行动方案"
        );
        assert_eq!(breaks("查规范、照着做"), "查规范、<wbr>照着做");
        assert_eq!(breaks("安全"), "安全");
        assert_eq!(breaks("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
    }

    #[test]
    fn sums_are_said_in_the_largest_exact_unit() {
        let said = [800, 0, 30_000, 12_500, 10_001, 120_000_000, -30_000].map(yuan);
        assert_eq!(
            said,
            [
                "800 元",
                "0 元",
                "3 万元",
                "1.25 万元",
                "1.0001 万元",
                "1.2 亿元",
                "-3 万元"
            ]
        );
    }
}
