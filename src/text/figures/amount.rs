//! Amounts of money as they stand in Chinese texts: 5万元, 1.2万元, 50,000元, 五万元, 伍万元整.

/// An amount at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// In yuan; fen are dropped nowhere, amounts with them are not read.
    pub yuan: i64,
    /// How many bytes it takes, with its unit.
    pub length: usize,
}

/// The amount that a text begins with; nothing where it is none, or no whole number of yuan.
#[must_use]
pub fn amount(text: &str) -> Option<Written> {
    let digits = number(text);
    let (value, length) = digits.or_else(|| numeral(text))?;
    let rest = &text[length..];
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let units = [("亿元", 100_000_000), ("万元", 10_000), ("元", 1)];
    let (unit, factor) = units
        .into_iter()
        .find(|(unit, _)| rest[blank..].starts_with(unit))?;
    // In hundredths of hundredths, so that 1.2345万元 stays whole.
    let yuan = value.checked_mul(factor)?;
    (yuan % SCALE == 0).then_some(Written {
        yuan: yuan / SCALE,
        length: length + blank + unit.len(),
    })
}

/// Where the amount that ends at the end of a text may begin.
#[must_use]
pub fn start_of(text: &str) -> usize {
    let kept = text.trim_end_matches(|one: char| {
        one.is_ascii_digit() || matches!(one, '.' | ',' | '，' | ' ') || value_of(one).is_some()
    });
    let start = &text[kept.len()..];
    let lead = start.trim_start_matches([',', '，', '.', ' ']);
    text.len() - lead.len()
}

/// Values are kept in ten-thousandths.
const SCALE: i64 = 10_000;

/// Western digits, with groups of three and up to four decimals.
fn number(text: &str) -> Option<(i64, usize)> {
    let length = text
        .find(|one: char| !one.is_ascii_digit() && !matches!(one, ',' | '.'))
        .unwrap_or(text.len());
    let written = &text[..length];
    if !written.starts_with(|one: char| one.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain: String = whole.chars().filter(|one| *one != ',').collect();
    let sound = grouped && part.len() <= 4 && part.bytes().all(|one| one.is_ascii_digit());
    if !sound || plain.len() > 12 {
        return None;
    }
    let part: i64 = format!("{part:0<4}").parse().ok()?;
    let whole: i64 = plain.parse().ok()?;
    Some((whole.checked_mul(SCALE)?.checked_add(part)?, length))
}

/// What a Chinese numeral is worth: a digit, or a place with its factor.
fn value_of(one: char) -> Option<(i64, bool)> {
    Some(match one {
        '〇' | '零' => (0, false),
        '一' | '壹' => (1, false),
        '二' | '贰' | '两' => (2, false),
        '三' | '叁' => (3, false),
        '四' | '肆' => (4, false),
        '五' | '伍' => (5, false),
        '六' | '陆' => (6, false),
        '七' | '柒' => (7, false),
        '八' | '捌' => (8, false),
        '九' | '玖' => (9, false),
        '十' | '拾' => (10, true),
        '百' | '佰' => (100, true),
        '千' | '仟' => (1_000, true),
        '万' => (10_000, true),
        '亿' => (100_000_000, true),
        _ => return None,
    })
}

/// Chinese numerals, small or capital.
fn numeral(text: &str) -> Option<(i64, usize)> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None);
    let mut length = 0;
    for one in text.chars() {
        let Some((value, is_place)) = value_of(one) else {
            break;
        };
        length += one.len_utf8();
        match (is_place, value) {
            (false, value) => {
                // Two digits in a row are a year or a number read out, no amount.
                if digit.is_some_and(|before| before != 0) {
                    return None;
                }
                digit = Some(value);
            }
            (true, 10_000 | 100_000_000) => {
                let part = section.checked_add(digit.take().unwrap_or_default())?;
                // 一万亿 multiplies what stands before.
                total = match part {
                    0 => total.checked_mul(value)?,
                    part => total.checked_add(part.checked_mul(value)?)?,
                };
                section = 0;
            }
            (true, value) => {
                let times = digit.take().filter(|digit| *digit != 0).unwrap_or(1);
                section = section.checked_add(times.checked_mul(value)?)?;
            }
        }
    }
    let value = total
        .checked_add(section)?
        .checked_add(digit.unwrap_or_default())?;
    (length > 0).then_some((value.checked_mul(SCALE)?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Option<i64> {
        amount(text).map(|one| one.yuan)
    }

    #[test]
    fn amounts_are_read_in_each_form() {
        let cases = [
            ("5万元", 50_000),
            ("1.2万元", 12_000),
            ("12,000元", 12_000),
            ("120000 元", 120_000),
            ("0.8万元", 8_000),
            ("五万元", 50_000),
            ("一万二千元", 12_000),
            ("二十二万元", 220_000),
            ("十五万元", 150_000),
            ("三千〇五十元", 3_050),
            ("一千零一万元", 10_010_000),
            ("两亿三千万元", 230_000_000),
            ("伍拾万元", 500_000),
            ("壹拾贰万叁仟肆佰元", 123_400),
        ];
        for (text, wanted) in cases {
            assert_eq!(yuan(text), Some(wanted), "{text}");
        }
        for text in [
            "",
            "元",
            "5",
            "5万",
            "5万美元",
            "1,23元",
            "二〇二六元",
            "1.23元",
            "5.万.元",
            "99999999999999元",
        ] {
            assert_eq!(yuan(text), None, "{text}");
        }
    }

    /// Written out in both ways, any amount is read as itself.
    #[test]
    fn what_is_written_is_read() {
        for step in 0..4_000_i64 {
            let value = step * step * 7 + step;
            assert_eq!(yuan(&format!("{value}元")), Some(value));
            assert_eq!(
                yuan(&format!("{}元", han(value))),
                Some(value),
                "{}",
                han(value)
            );
        }
    }

    /// A number in small Chinese numerals.
    fn han(value: i64) -> String {
        const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let digit = |value: i64| DIGITS[usize::try_from(value).unwrap_or_default() % 10];
        if value < 10 {
            return digit(value).to_string();
        }
        let places = [
            (100_000_000, '亿'),
            (10_000, '万'),
            (1_000, '千'),
            (100, '百'),
            (10, '十'),
        ];
        let mut out = String::new();
        for (worth, name) in places {
            if value >= worth {
                out = format!("{}{name}", han(value / worth));
                let rest = value % worth;
                if rest > 0 {
                    let gap = if rest < worth / 10 { "零" } else { "" };
                    out = format!("{out}{gap}{}", han(rest));
                }
                break;
            }
        }
        out
    }
}
