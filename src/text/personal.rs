//! What in a text belongs to a person and not on a public page: identity numbers, mobile numbers, bank cards, home
//! addresses, addresses of mail (个人信息保护法 articles 25, 28 and 34; 行政处罚法 article 50), and how each is written
//! masked. No national rule fixes how many digits a mask leaves, so it leaves none.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A citizen's identity number with its check digit (GB 11643-1999).
    IdentityNumber,
    /// A mobile telephone's number.
    MobileNumber,
    /// A bank card's number with its check digit (ISO/IEC 7812-1, Luhn).
    BankCard,
    /// Where somebody lives.
    HomeAddress,
    /// An address of mail.
    Email,
}

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// Everything in a text that is personal, in order; nothing overlaps.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = numbers(text);
    found.extend(addresses(text));
    found.extend(emails(text));
    found.sort_by_key(|one| (one.bytes.start, usize::MAX - one.bytes.end));
    let mut end = 0;
    found.retain(|one| {
        let apart = one.bytes.start >= end;
        if apart {
            end = one.bytes.end;
        }
        apart
    });
    found
}

/// What stands in a public text instead.
#[must_use]
pub fn mask(kind: Kind) -> &'static str {
    match kind {
        Kind::IdentityNumber => "（身份证号码略）",
        Kind::MobileNumber => "（手机号码略）",
        Kind::BankCard => "（银行账号略）",
        Kind::HomeAddress => "（住址略）",
        Kind::Email => "（邮箱略）",
    }
}

/// A text with everything personal masked, but for what `allowed` lets pass.
#[must_use]
pub fn masked(text: &str, allowed: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in find(text) {
        let (Some(before), Some(value)) =
            (text.get(done..one.bytes.start), text.get(one.bytes.clone()))
        else {
            continue;
        };
        if allowed(value) {
            continue;
        }
        out.push_str(before);
        out.push_str(mask(one.kind));
        done = one.bytes.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// A text in which everything personal is covered by stars: as many bytes and columns as before, so that places in it
/// stay what they are.
#[must_use]
pub fn covered(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in found {
        out.push_str(text.get(done..one.bytes.start).unwrap_or_default());
        for character in text.get(one.bytes.clone()).unwrap_or_default().chars() {
            out.push_str(match character.len_utf8() {
                1 => "*",
                2 => "¤",
                3 => "＊",
                _ => "＊*",
            });
        }
        done = one.bytes.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// A digit, however wide it is written.
fn digit(one: char) -> Option<u32> {
    match one {
        '0'..='9' => one.to_digit(10),
        '０'..='９' => u32::from(one).checked_sub(u32::from('０')),
        _ => None,
    }
}

/// A group of digits that follow each other.
struct Group {
    bytes: Range<usize>,
    digits: Vec<u32>,
    /// Whether an `X` follows at once, the check digit of ten.
    ten: bool,
    /// What stands before and behind.
    before: Option<char>,
    behind: Option<char>,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut before = None;
    let mut open = false;
    for (at, one) in text.char_indices() {
        match digit(one) {
            Some(digit) if open => {
                if let Some(group) = groups.last_mut() {
                    group.digits.push(digit);
                    group.bytes.end = at + one.len_utf8();
                }
            }
            Some(digit) => {
                groups.push(Group {
                    bytes: at..at + one.len_utf8(),
                    digits: vec![digit],
                    ten: false,
                    before,
                    behind: None,
                });
                open = true;
            }
            None => {
                if let Some(group) = groups.last_mut().filter(|_| open) {
                    group.behind = Some(one);
                    group.ten = matches!(one, 'x' | 'X' | 'ｘ' | 'Ｘ');
                }
                open = false;
            }
        }
        before = Some(one);
    }
    groups
}

/// Whether a character belongs to the same word as a number beside it, which is then a code.
fn in_word(one: Option<char>) -> bool {
    one.is_some_and(|one| one.is_ascii_alphabetic() || one == '_')
}

fn numbers(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let (taken, one) = longest(text, &groups[at..]).unwrap_or((1, None));
        if let Some(kind) = one {
            let last = &groups[at + taken - 1];
            let mut bytes = group.bytes.start..last.bytes.end;
            if kind == Kind::IdentityNumber && last.ten {
                bytes.end += last.behind.map_or(0, char::len_utf8);
            }
            found.push(Found { kind, bytes });
        }
        at += taken;
    }
    found
}

/// What begins at the first group, alone or with groups that are parted from it by one blank or dash each.
fn longest(text: &str, groups: &[Group]) -> Option<(usize, Option<Kind>)> {
    let first = groups.first()?;
    let mut run = 1;
    while let (Some(left), Some(right)) = (groups.get(run - 1), groups.get(run)) {
        let between = text.get(left.bytes.end..right.bytes.start)?;
        let joined = matches!(between, " " | "-" | "－" | "\u{3000}" | "·" | "—");
        if !joined || run == 6 {
            break;
        }
        run += 1;
    }
    for taken in (1..=run).rev() {
        let parts = groups.get(..taken)?;
        let digits: Vec<u32> = parts
            .iter()
            .flat_map(|part| part.digits.iter().copied())
            .collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.digits.len()).collect();
        let last = parts.last()?;
        let code = in_word(first.before) || (in_word(last.behind) && !last.ten);
        if is_identity(&digits, last.ten) && (taken == 1 || written_identity(&lengths)) {
            return Some((taken, Some(Kind::IdentityNumber)));
        }
        let behind = text.get(last.bytes.end..).unwrap_or_default();
        let fraction = behind.strip_prefix(['.', '．']);
        let goes_on = fraction
            .and_then(|rest| rest.chars().next())
            .and_then(digit);
        if code || goes_on.is_some() || matches!(first.before, Some('.' | '．')) {
            continue;
        }
        if is_mobile(&digits) && (taken == 1 || lengths == [3, 4, 4]) {
            return Some((taken, Some(Kind::MobileNumber)));
        }
        // With the country's number before it.
        if lengths.first() == Some(&2) && digits.starts_with(&[8, 6]) && is_mobile(&digits[2..]) {
            return Some((taken, Some(Kind::MobileNumber)));
        }
        if is_card(&digits) && (taken == 1 || written_card(&lengths)) {
            return Some((taken, Some(Kind::BankCard)));
        }
    }
    Some((1, None))
}

/// Regions of GB/T 2260: the first two digits of an identity number.
const REGIONS: [u32; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// Whether digits are an identity number: 18 of them, or 17 and an `X`, with a region, a birthday and the check digit
/// of ISO 7064 MOD 11-2.
fn is_identity(digits: &[u32], ten: bool) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (body, check) = match (digits.len(), ten) {
        (18, false) => (&digits[..17], digits[17]),
        (17, true) => (digits, 10),
        _ => return false,
    };
    let number =
        |from: usize, to: usize| body[from..to].iter().fold(0, |sum, digit| sum * 10 + digit);
    let born = (1850..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14));
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    REGIONS.contains(&number(0, 2)) && born && (12 - sum % 11) % 11 == check
}

/// Region, birthday, the rest; or in fours.
fn written_identity(lengths: &[usize]) -> bool {
    matches!(
        lengths,
        [6, 8, 3 | 4] | [6, 4, 4, 3 | 4] | [6, 4, 2, 2, 3 | 4] | [4, 4, 4, 4, 1 | 2]
    )
}

fn is_mobile(digits: &[u32]) -> bool {
    digits.len() == 11 && digits[0] == 1 && (3..=9).contains(&digits[1])
}

/// Whether digits are a card's number: 16 to 19, of a bank by their beginning, with the check digit.
fn is_card(digits: &[u32]) -> bool {
    let length = digits.len();
    // Cards of China's banks are of 16 to 19 digits, those of other makers of 16; times in databases are of 18.
    let bank = match digits {
        [6, 0 | 2, ..] => (16..=19).contains(&length),
        [4, ..] | [5, 1..=5, ..] => length == 16,
        [9, 5, 5, ..] => length == 19,
        _ => false,
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    bank && sum.is_multiple_of(10)
}

fn written_card(lengths: &[usize]) -> bool {
    let (last, before) = lengths.split_last().unwrap_or((&0, &[]));
    (1..=4).contains(last) && before.iter().all(|length| *length == 4)
        || matches!(lengths, [6, 10..=13])
}

/// Words that announce where somebody lives.
const LIVES: [&str; 12] = [
    "家庭住址",
    "家庭地址",
    "居住地址",
    "现住址",
    "现住地",
    "户籍地址",
    "户籍所在地",
    "户籍地",
    "身份证住址",
    "住址",
    "家住",
    "居住在",
];

/// What an address of a house is made of, largest first.
const PLACES: &str = "省市州盟区县旗镇乡街路巷弄道村社组队号楼栋幢座单元室层湾园苑庄屯寨里";

/// What follows a word that announces it, up to the end of the part of the sentence; and whatever names a flat.
fn addresses(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for word in LIVES {
        for (at, _) in text.match_indices(word) {
            let start = at + word.len();
            let rest = text.get(start..).unwrap_or_default();
            let value =
                rest.trim_start_matches([' ', '\u{3000}', '：', ':', '为', '是', '在', '于']);
            let begin = start + rest.len() - value.len();
            let end = value.find(ends_address).unwrap_or(value.len());
            let value = value.get(..end).unwrap_or_default().trim_end();
            let numbered = value
                .chars()
                .any(|one| digit(one).is_some() || "一二三四五六七八九十".contains(one));
            let places = value.chars().filter(|one| PLACES.contains(*one)).count();
            if numbered && places >= 2 || places >= 3 {
                found.push(Found {
                    kind: Kind::HomeAddress,
                    bytes: begin..begin + value.len(),
                });
            }
        }
    }
    found.extend(flats(text));
    found.sort_by_key(|one| (one.bytes.start, usize::MAX - one.bytes.end));
    found
}

fn ends_address(one: char) -> bool {
    matches!(
        one,
        '，' | '。'
            | '；'
            | '、'
            | ','
            | ';'
            | '\n'
            | '（'
            | '('
            | '）'
            | ')'
            | '|'
            | '<'
            | '”'
            | '"'
    )
}

/// A flat: a building's number and a room's behind it, as in 3栋2单元501室.
fn flats(text: &str) -> Vec<Found> {
    const BUILDINGS: [&str; 4] = ["栋", "幢", "号楼", "座"];
    const ROOMS: [&str; 2] = ["室", "单元"];
    let mut found = Vec::new();
    for building in BUILDINGS {
        for (at, _) in text.match_indices(building) {
            let before = text.get(..at).unwrap_or_default();
            let numbered = before
                .chars()
                .next_back()
                .is_some_and(|one| digit(one).is_some() || one.is_ascii_alphabetic());
            let rest = text.get(at + building.len()..).unwrap_or_default();
            let near = rest.find(ends_address).unwrap_or(rest.len());
            let near = rest.get(..near).unwrap_or_default();
            let room = ROOMS.iter().filter_map(|room| {
                let place = near.find(room)?;
                let inside = near.get(..place)?;
                let number = inside
                    .chars()
                    .next_back()
                    .is_some_and(|one| digit(one).is_some());
                (number && inside.chars().count() <= 12).then_some(place + room.len())
            });
            let Some(end) = room.max().filter(|_| numbered) else {
                continue;
            };
            // From where the place begins to be named: the nearest end of a part of the sentence.
            let start = before
                .char_indices()
                .rev()
                .find(|(_, one)| ends_address(*one) || matches!(one, '：' | ':' | ' '));
            let start = start.map_or(0, |(place, one)| place + one.len_utf8());
            found.push(Found {
                kind: Kind::HomeAddress,
                bytes: start..at + building.len() + end,
            });
        }
    }
    found
}

fn emails(text: &str) -> Vec<Found> {
    let local = |one: char| one.is_ascii_alphanumeric() || "._%+-".contains(one);
    let domain = |one: char| one.is_ascii_alphanumeric() || ".-".contains(one);
    let found = text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, one)| local(*one))
            .last()?
            .0;
        // What stands there in an address of the web names no mailbox.
        if before.get(..start)?.ends_with("//") {
            return None;
        }
        let behind = text.get(at + 1..)?;
        let end = behind
            .char_indices()
            .take_while(|(_, one)| domain(*one))
            .last()?;
        let machine = behind.get(..end.0 + 1)?.trim_end_matches(['.', '-']);
        let (_, top) = machine.rsplit_once('.')?;
        let sound = top.len() >= 2 && top.bytes().all(|one| one.is_ascii_alphabetic());
        sound.then(|| Found {
            kind: Kind::Email,
            bytes: start..at + 1 + machine.len(),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from a seed, so that a failure can be made again.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, most: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            u32::try_from(self.0 % u64::from(most)).unwrap_or(0)
        }
    }

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        let found = find(text).into_iter();
        found
            .map(|one| (one.kind, text.get(one.bytes).unwrap_or("outside")))
            .collect()
    }

    /// An identity number with a sound check digit; `wrong` is added to that.
    fn identity(numbers: &mut Numbers, wrong: u32) -> String {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let at = usize::try_from(numbers.below(35)).unwrap_or(0);
        let body = format!(
            "{}{:04}{}{:02}{:02}{:03}",
            REGIONS[at],
            numbers.below(10_000),
            1930 + numbers.below(90),
            1 + numbers.below(12),
            1 + numbers.below(28),
            numbers.below(1000)
        );
        let digits = body.chars().filter_map(digit);
        let sum: u32 = digits
            .zip(WEIGHTS)
            .map(|(digit, weight)| digit * weight)
            .sum();
        let check = ((12 - sum % 11) % 11 + wrong) % 11;
        match check {
            10 => format!("{body}X"),
            check => format!("{body}{check}"),
        }
    }

    #[test]
    fn every_sound_identity_number_is_found_and_none_with_another_check_digit() {
        let mut numbers = Numbers(20_261_122);
        for _ in 0..5000 {
            let one = identity(&mut numbers, 0);
            let text = format!("当事人（身份证号{one}）于当日");
            assert_eq!(
                kinds(&text),
                [(Kind::IdentityNumber, one.as_str())],
                "{text}"
            );
            let wide: String = one
                .chars()
                .map(|one| match digit(one) {
                    Some(value) => char::from_u32(u32::from('０') + value).unwrap_or(one),
                    None => one,
                })
                .collect();
            assert_eq!(kinds(&wide), [(Kind::IdentityNumber, wide.as_str())]);
            let parted = format!("{} {} {}", &one[..6], &one[6..14], &one[14..]);
            assert_eq!(kinds(&parted), [(Kind::IdentityNumber, parted.as_str())]);
            let wrong = 1 + numbers.below(10);
            let text = format!("编号{}。", identity(&mut numbers, wrong));
            let found = kinds(&text).into_iter().map(|(kind, _)| kind);
            assert!(
                !found.into_iter().any(|kind| kind == Kind::IdentityNumber),
                "{text}"
            );
        }
    }

    #[test]
    fn masked_and_covered_texts_hold_no_secret() {
        let mut numbers = Numbers(7);
        for _ in 0..2000 {
            let secrets = [
                identity(&mut numbers, 0),
                format!(
                    "1{}{:09}",
                    3 + numbers.below(7),
                    numbers.below(1_000_000_000)
                ),
                format!("zhang.san{}@example.com", numbers.below(1000)),
            ];
            let text = format!("甲{}，乙{}；丙<{}>丁", secrets[0], secrets[1], secrets[2]);
            let (masked, covered) = (masked(&text, |_| false), covered(&text));
            for secret in &secrets {
                assert!(
                    !masked.contains(secret.as_str()) && !covered.contains(secret.as_str()),
                    "{text}"
                );
            }
            assert_eq!(find(&masked), []);
            assert_eq!(find(&covered), []);
            assert_eq!(covered.len(), text.len());
            assert_eq!(self::masked(&text, |_| true), text);
        }
    }

    #[test]
    fn numbers_that_belong_to_nobody_are_left_alone() {
        for text in [
            "GB/T 33000-2025，GB 30871-2022",
            "0595-22501234 或 12350、119",
            "2026-11-22 09:30 至 2026年12月31日",
            "统一社会信用代码 91350100M000100Y43",
            "面积 13800138000.5 平方米，比例 0.13800138000",
            "t20231208_13800138000.shtml、IMG13800138000.jpg",
            "京ICP备05010518号，公安备案 12010302000991",
            "000014349/2017-00110",
            "某市某区某路12号厂房一层",
            "3栋厂房、2号楼施工、504室内消火栓",
            "start-ts=434986778279249922 到 453880027545600000",
            "@所有人 a@b 张三@公司 https://user@example.com/a",
            "13 8001 38000 公斤",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn what_belongs_to_somebody_is_found_where_it_stands() {
        let cases: [(&str, Kind, &str); 12] = [
            ("联系电话：13800138000。", Kind::MobileNumber, "13800138000"),
            ("手机138-0013-8000", Kind::MobileNumber, "138-0013-8000"),
            ("+86 13800138000", Kind::MobileNumber, "86 13800138000"),
            (
                "微信１３８００１３８０００",
                Kind::MobileNumber,
                "１３８００１３８０００",
            ),
            ("卡号 6222020200112233445", Kind::BankCard, ""),
            (
                "账号 4111 1111 1111 1111",
                Kind::BankCard,
                "4111 1111 1111 1111",
            ),
            (
                "身份证11010519491231002X，",
                Kind::IdentityNumber,
                "11010519491231002X",
            ),
            (
                "住址：福建省泉州市鲤城区某街道某路3号，",
                Kind::HomeAddress,
                "福建省泉州市鲤城区某街道某路3号",
            ),
            (
                "张某，家住某县某镇某村5组12号。",
                Kind::HomeAddress,
                "某县某镇某村5组12号",
            ),
            (
                "送达至城东花园3栋2单元501室。",
                Kind::HomeAddress,
                "送达至城东花园3栋2单元501室",
            ),
            (
                "发至 li.si@mail.example.com.cn。",
                Kind::Email,
                "li.si@mail.example.com.cn",
            ),
            (
                "<wang_wu+1@example.org>",
                Kind::Email,
                "wang_wu+1@example.org",
            ),
        ];
        for (text, kind, value) in cases {
            let found = kinds(text);
            if value.is_empty() {
                // Whatever its check digit: this one says which it is.
                assert_eq!(
                    found.is_empty(),
                    !is_card(&text.chars().filter_map(digit).collect::<Vec<_>>())
                );
                continue;
            }
            assert_eq!(found, [(kind, value)], "{text}");
        }
    }

    #[test]
    fn any_text_is_survived() {
        let pieces = [
            "1", "３", "X", "-", " ", "住址", "：", "栋", "室", "@", ".", "\u{feff}", "😀", "某",
            "86", "6222", "\n",
        ];
        let mut numbers = Numbers(99);
        for _ in 0..20_000 {
            let length = numbers.below(40);
            let text: String = (0..length)
                .map(|_| pieces[usize::try_from(numbers.below(17)).unwrap_or(0)])
                .collect();
            for one in find(&text) {
                assert!(
                    text.get(one.bytes.clone())
                        .is_some_and(|value| !value.is_empty()),
                    "{text:?}"
                );
            }
            assert_eq!(covered(&text).len(), text.len());
        }
    }
}
