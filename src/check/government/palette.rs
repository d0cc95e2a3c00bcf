//! The colours of a theme: one main hue, not more than three in all (国办发〔2017〕47号). Greys, and the colours of the four
//! risk levels, which are set, do not count.

use crate::check::rules;
use crate::config::Config;
use crate::diag::{Diagnostic, Span};
use crate::render::{ThemeFile, ThemeFiles};
use std::ops::Range;

/// How many hues there may be.
const MOST: usize = 3;
/// Hues nearer than this are one.
const APART: f64 = 30.0;
/// Colours with less between their strongest and weakest part are greys.
const GREY: f64 = 0.18;
/// The file with a theme's colours.
const TOKENS: &str = "css/tokens.css";

/// A custom property that holds a colour.
#[derive(Clone, Debug, PartialEq)]
struct Colour {
    property: String,
    /// In degrees.
    hue: f64,
    bytes: Range<usize>,
}

/// The finding about a theme's colours. A sheet of the site's own takes the place of what it declares anew.
#[must_use]
pub fn check(config: &Config, files: &ThemeFiles) -> Option<Diagnostic> {
    if !config.government.present {
        return None;
    }
    let is_sheet = |name: &String| name.starts_with("css/") && name.ends_with(".css");
    let first = files.get_key_value(TOKENS).into_iter();
    let others = files.iter().filter(|(name, _)| *name != TOKENS);
    let sheets = first.chain(others).filter(|(name, _)| is_sheet(name));
    let mut all: Vec<(&ThemeFile, Colour)> = Vec::new();
    for (_, file) in sheets {
        let colours = declared(&String::from_utf8_lossy(&file.bytes));
        all.retain(|(_, one)| !colours.iter().any(|new| new.property == one.property));
        all.extend(colours.into_iter().map(|one| (file, one)));
    }
    let mut hues: Vec<(&ThemeFile, Colour)> = Vec::new();
    for (file, one) in all {
        if !hues
            .iter()
            .any(|(_, known)| apart(known.hue, one.hue) < APART)
        {
            hues.push((file, one));
        }
    }
    let (file, one) = hues.get(MOST)?;
    let span = Span {
        source: file.source.clone(),
        bytes: one.bytes.clone(),
    };
    let count = hues.len();
    let message = [
        format!("主题用了 {count} 种色调，政府网站不宜超过 {MOST} 种"),
        format!("the theme has {count} hues, a government site should not have more than {MOST}"),
    ];
    let help = [
        "定一种主色，辅助色最多两种，其余用灰；四色风险（--risk-…）不算",
        "choose one main colour, two more at most, and greys; those of risks (--risk-…) do not count",
    ];
    let help = help.map(str::to_owned);
    Some(rules::finding("palette", span, message, help))
}

/// The colours that a sheet's custom properties hold, but for greys and the colours of risks.
fn declared(css: &str) -> Vec<Colour> {
    let mut found = Vec::new();
    let mut start = 0;
    for declaration in css.split_inclusive([';', '{', '}']) {
        let said = declaration.rsplit("*/").next().unwrap_or_default();
        let property = said.trim_start().split(':').next().unwrap_or_default();
        if property.starts_with("--") && !property.starts_with("--risk-") {
            let skipped = start + declaration.len() - said.len();
            found.extend(colours(said).into_iter().map(|(hue, bytes)| Colour {
                property: property.trim().to_owned(),
                hue,
                bytes: bytes.start + skipped..bytes.end + skipped,
            }));
        }
        start += declaration.len();
    }
    found
}

/// The hues of a sheet's custom properties, in degrees, each with where it stands first.
#[must_use]
pub fn hues(css: &str) -> Vec<(f64, Range<usize>)> {
    let mut hues: Vec<(f64, Range<usize>)> = Vec::new();
    for one in declared(css) {
        if !hues.iter().any(|(known, _)| apart(*known, one.hue) < APART) {
            hues.push((one.hue, one.bytes));
        }
    }
    hues
}

fn apart(one: f64, other: f64) -> f64 {
    let distance = (one - other).abs();
    distance.min(360.0 - distance)
}

/// The hues of the colours written as `#rrggbb` or `#rgb`.
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
        assert_eq!(count(":root { /* main */ --a: #f00; --b: #0f0 }"), 2);
        let css = "--a: #f00;\n--b: light-dark(#0f0, #00f);\n";
        let written: Vec<&str> = hues(css)
            .into_iter()
            .filter_map(|(_, at)| css.get(at))
            .collect();
        assert_eq!(written, ["#f00", "#0f0", "#00f"]);
    }
}
