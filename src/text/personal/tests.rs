//! What is found, what is left alone, and that masks leave nothing.

use super::numbers::{REGIONS, digit, is_card};
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
            format!("zhang.san{}@example-office.cn", numbers.below(1000)),
        ];
        let text = format!("甲{}，乙{}；丙<{}>丁", secrets[0], secrets[1], secrets[2]);
        let (masked, covered) = (masked(&text, true, |_, _| false), covered(&text));
        for secret in &secrets {
            assert!(
                !masked.contains(secret.as_str()) && !covered.contains(secret.as_str()),
                "{text}"
            );
        }
        assert_eq!(find(&masked), []);
        assert_eq!(find(&covered), []);
        assert_eq!(covered.len(), text.len());
        assert_eq!(self::masked(&masked, true, |_, _| false), masked);
        assert_eq!(self::masked(&text, true, |_, _| true), text);
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
        "@所有人 a@b 张三@公司 https://user@example-office.cn/a",
        "https://user:word@example-office.cn git@github.com:a/b.git user@example.com a.b@mail.example.org user@1000.service",
        "13 8001 38000 公斤",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_belongs_to_somebody_is_found_where_it_stands() {
    let cases: [(&str, Kind, &str); 14] = [
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
            "<wang_wu+1@example-office.cn>",
            Kind::Email,
            "wang_wu+1@example-office.cn",
        ),
        (
            "见https://example-office.cn/a，li@example-office.cn",
            Kind::Email,
            "li@example-office.cn",
        ),
        (
            "https://example-office.cn/?to=li@example-office.cn",
            Kind::Email,
            "li@example-office.cn",
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
        "1", "３", "X", "-", " ", "住址", "：", "栋", "室", "@", ".", "\u{feff}", "😀", "某", "86",
        "6222", "\n",
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

/// A hostile text costs its length and not the square of it: a square would take minutes.
#[test]
fn texts_made_to_be_slow_are_not() {
    for piece in [
        "栋",
        "住址",
        "等人",
        "、",
        "负责人",
        "3栋1室",
        "a@",
        "1 ",
        "138",
        "6222-",
        "（男",
        "负责人 ",
        "张",
        "等3人张三、",
        "@.",
    ] {
        let text = piece.repeat((1 << 16) / piece.len());
        assert_eq!(covered(&text).len(), text.len(), "{piece}");
    }
}
