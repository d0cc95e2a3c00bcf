//! 统一社会信用代码 (GB 32100-2015): eighteen signs, the last of which checks the others.

const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];

/// Whether a code is well formed and its check digit right.
#[must_use]
pub fn is_valid(code: &str) -> bool {
    let bytes = code.as_bytes();
    let Some((last, first)) = bytes.split_last() else {
        return false;
    };
    first.len() == WEIGHTS.len() && check_sign(first) == Some(*last)
}

/// The sign that checks seventeen others; nothing where one of them is none of the alphabet.
#[must_use]
pub fn check_sign(first: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (sign, weight) in first.iter().zip(WEIGHTS) {
        let value = SIGNS.iter().position(|one| one == sign)?;
        sum += value * weight;
    }
    SIGNS.get((31 - sum % 31) % 31).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_sign_or_two_that_changed_places_are_seen() {
        let code = "91350100M000100Y43";
        assert!(is_valid(code));
        for at in 0..code.len() {
            for sign in SIGNS {
                let mut other = code.as_bytes().to_vec();
                other[at] = *sign;
                let other = String::from_utf8(other).unwrap_or_default();
                assert_eq!(is_valid(&other), other == code, "{other}");
            }
            let mut swapped = code.as_bytes().to_vec();
            if at + 1 < swapped.len() && swapped[at] != swapped[at + 1] {
                swapped.swap(at, at + 1);
                let swapped = String::from_utf8(swapped).unwrap_or_default();
                assert!(!is_valid(&swapped), "{swapped}");
            }
        }
        for none in [
            "",
            "9",
            "91350100M000100Y4",
            "91350100m000100y43",
            "9135O100M000100Y43",
            "统一社会信用代码",
        ] {
            assert!(!is_valid(none), "{none}");
        }
    }
}
