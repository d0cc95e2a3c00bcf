//! What an unquoted YAML scalar means: the core schema of YAML 1.2, and dates as TOML has them.

use crate::parse::data::{NO_DATE, Refusal, TOO_LARGE, Value};
use jiff::civil::{Date, DateTime, Time};

/// The meaning of an unquoted scalar.
pub(super) enum Scalar {
    /// A value.
    Value(Value),
    /// No value at all.
    Null,
    /// Something that looks like a number or date and is none.
    Refused(Refusal),
}

/// The meaning of an unquoted scalar. `yes`, `no`, `on` and `off` are text, as YAML 1.2 has it.
pub(super) fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Value(Value::Boolean(true)),
        "false" | "False" | "FALSE" => return Scalar::Value(Value::Boolean(false)),
        _ => {}
    }
    if let Some(digits) = date_shaped(text) {
        return match moment(digits) {
            Some(moment) => Scalar::Value(Value::Date(moment)),
            None => Scalar::Refused(NO_DATE),
        };
    }
    if let Some((digits, radix)) = integer_shaped(text) {
        return match i64::from_str_radix(digits, radix) {
            Ok(integer) => Scalar::Value(Value::Integer(integer)),
            Err(_) => Scalar::Refused(TOO_LARGE),
        };
    }
    Scalar::Value(float(text).map_or_else(|| Value::Text(text.to_owned()), Value::Float))
}

/// The digits of something written as an integer, with their base.
fn integer_shaped(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match text.get(..2) {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        _ => (text, 10),
    };
    let bare = match radix {
        10 => digits.strip_prefix(['-', '+']).unwrap_or(digits),
        _ => digits,
    };
    let whole = !bare.is_empty() && bare.chars().all(|digit| digit.is_digit(radix));
    whole.then_some((digits, radix))
}

fn float(text: &str) -> Option<f64> {
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    match bare {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => return Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if bare == text => return Some(f64::NAN),
        _ => {}
    }
    // The standard library would also take `infinity` and `NaN`.
    let numeric = bare.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    numeric.then(|| text.parse().ok()).flatten()
}

/// The parts of something written as a date, with or without a time and an offset from UTC:
/// year, month, day, hour, minute, second.
fn date_shaped(text: &str) -> Option<[&str; 6]> {
    let (date, rest) = text.split_at_checked(10)?;
    let mut parts = date.split('-');
    let [year, month, day] = [parts.next()?, parts.next()?, parts.next()?];
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !is_digits(&date.replace('-', "")) {
        return None;
    }
    if rest.is_empty() {
        return Some([year, month, day, "0", "0", "0"]);
    }
    let clock = rest.strip_prefix(['T', 't', ' ', '\t'])?.trim_start();
    let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(zone);
    let zone_digits = zone.replace(':', "");
    let zone_fits = matches!(zone, "" | "Z" | "z")
        || (zone_digits.len() <= 5 && is_digits(zone_digits.get(1..).unwrap_or_default()));
    let (clock, fraction) = clock
        .trim_end()
        .split_once('.')
        .unwrap_or((clock.trim_end(), "0"));
    let mut parts = clock.split(':');
    let [hour, minute, second] = [parts.next()?, parts.next()?, parts.next().unwrap_or("0")];
    let fits = [hour, minute, second]
        .iter()
        .all(|part| part.len() <= 2 && is_digits(part));
    (fits && zone_fits && is_digits(fraction) && parts.next().is_none())
        .then_some([year, month, day, hour, minute, second])
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The local date and time, without fractions of a second and without the offset, as for TOML.
fn moment(parts: [&str; 6]) -> Option<DateTime> {
    let [_, month, day, hour, minute, second] = parts.map(|part| part.parse::<i8>().unwrap_or(-1));
    let date = Date::new(parts[0].parse().ok()?, month, day).ok()?;
    let time = Time::new(hour, minute, second, 0).ok()?;
    Some(date.to_datetime(time))
}
