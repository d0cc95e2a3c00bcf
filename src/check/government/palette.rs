//! The colours of a theme: one main hue, not more than three in all (国办发〔2017〕47号). Greys, and the colours of the four
//! risk levels, which are set, do not count.

use crate::check::rules;
use crate::config::Config;
use crate::diag::{Diagnostic, Span};
use crate::render::ThemeFiles;
use std::ops::Range;

/// How many hues there may be.
const MOST: usize = 3;
/// Hues nearer than this are one.
const APART: f64 = 30.0;
/// Colours with less between their strongest and weakest part are greys.
const GREY: f64 = 0.18;
/// The file with a theme's colours.
const TOKENS: &str = "css/tokens.css";

/// The finding about a theme's colours.
#[must_use]
pub fn check(config: &Config, files: &ThemeFiles) -> Option<Diagnostic> {
    let file = files.get(TOKENS).filter(|_| config.government.present)?;
    let css = String::from_utf8_lossy(&file.bytes);
    let hues = hues(&css);
    let (_, bytes) = hues.get(MOST)?;
    let span = Span {
        source: file.source.clone(),
        bytes: bytes.clone(),
    };
    let message = [
        format!("主题用了 {} 种色调，政府网站不宜超过 {MOST} 种", hues.len()),
        format!(
            "the theme has {} hues, a government site should not have more than {MOST}",
            hues.len()
        ),
    ];
    let help = [
        "定一种主色，辅助色最多两种，其余用灰；四色风险（--risk-…）不算",
        "choose one main colour, two more at most, and greys; those of risks (--risk-…) do not count",
    ];
    Some(rules::finding(
        "palette",
        span,
        message,
        help.map(str::to_owned),
    ))
}

/// The hues of a sheet's custom properties, in degrees, each with where it stands first.
#[must_use]
pub fn hues(css: &str) -> Vec<(f64, Range<usize>)> {
    let mut hues: Vec<(f64, Range<usize>)> = Vec::new();
    let mut start = 0;
    for line in css.split_inclusive('\n') {
        let name = line.trim_start();
        if name.starts_with("--") && !name.starts_with("--risk-") {
            for (hue, bytes) in colours(line) {
                let is_known = hues.iter().any(|(known, _)| apart(*known, hue) < APART);
                if !is_known {
                    hues.push((hue, bytes.start + start..bytes.end + start));
                }
            }
        }
        start += line.len();
    }
    hues
}

fn apart(one: f64, other: f64) -> f64 {
    let distance = (one - other).abs();
    distance.min(360.0 - distance)
}

/// The hues of the colours written as `#rrggbb` or `#rgb` in a line.
fn colours(line: &str) -> Vec<(f64, Range<usize>)> {
    let found = line.match_indices('#').filter_map(|(at, _)| {
        let rest = line.get(at + 1..)?;
        let length = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let parts = parts(rest.get(..length)?)?;
        Some((hue(parts)?, at..at + 1 + length))
    });
    found.collect()
}

/// Red, green and blue from nought to one.
fn parts(digits: &str) -> Option<[f64; 3]> {
    let wide: String = match digits.len() {
        3 | 4 => digits.chars().take(3).flat_map(|one| [one, one]).collect(),
        6 | 8 => digits.get(..6)?.to_owned(),
        _ => return None,
    };
    let part = |at: usize| {
        let value = u8::from_str_radix(wide.get(at..at + 2)?, 16).ok()?;
        Some(f64::from(value) / 255.0)
    };
    Some([part(0)?, part(2)?, part(4)?])
}

/// The hue of a colour; nothing where it is a grey.
fn hue([red, green, blue]: [f64; 3]) -> Option<f64> {
    let most = red.max(green).max(blue);
    let range = most - red.min(green).min(blue);
    if range < GREY {
        return None;
    }
    let sixth = if (most - red).abs() < f64::EPSILON {
        ((green - blue) / range).rem_euclid(6.0)
    } else if (most - green).abs() < f64::EPSILON {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    Some(sixth * 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_that_are_near_are_one_and_greys_and_risks_are_none() {
        let count = |css: &str| hues(css).len();
        assert_eq!(count("--a: #0e5a43;\n--b: #7fc8a9;\n--c: #fbfaf6;\n"), 1);
        assert_eq!(count("--risk-red: #b3261e;\n--ink: #1c2421;\n"), 0);
        assert_eq!(count("--a: #f00;\n--b: #0f0;\n--c: #00f;\n--d: #ff0;\n"), 4);
        let css = "--a: #f00;\n--b: light-dark(#0f0, #00f);\n";
        let written: Vec<&str> = hues(css)
            .into_iter()
            .filter_map(|(_, at)| css.get(at))
            .collect();
        assert_eq!(written, ["#f00", "#0f0", "#00f"]);
    }
}
