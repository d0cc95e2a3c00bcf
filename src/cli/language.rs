//! The language of messages.

use crate::diag::report::Language;
use clap::ValueEnum;
use std::path::Path;

/// What `--lang` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Argument {
    /// 中文
    Zh,
    /// English
    En,
}

/// The language asked for, else that of the locale, else that of the site, else Chinese, the language
/// of our publishers.
#[must_use]
pub fn choose(argument: Option<Argument>, root: &Path) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let locale = locale
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    decide(argument, locale.as_deref(), || site_is_english(root))
}

fn decide(
    argument: Option<Argument>,
    locale: Option<&str>,
    english_site: impl FnOnce() -> bool,
) -> Language {
    match (argument, locale) {
        (Some(Argument::Zh), _) => Language::Chinese,
        (Some(Argument::En), _) => Language::English,
        (None, Some(locale)) if locale.starts_with("zh") => Language::Chinese,
        (None, Some(locale)) if locale.starts_with("en") => Language::English,
        (None, _) if english_site() => Language::English,
        _ => Language::Chinese,
    }
}

/// Whether `site.toml` says `language = "en"`; what is wrong in it is reported elsewhere.
fn site_is_english(root: &Path) -> bool {
    let bytes = crate::fs::read(&root.join("content/site.toml"));
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    text.is_some_and(|text| {
        let mut lines = text.lines().map(|line| line.replace(' ', ""));
        lines.any(|line| line.starts_with("language=\"en\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_goes_before_the_locale_and_that_before_the_site() {
        let never = || false;
        assert_eq!(
            decide(Some(Argument::En), Some("zh_CN"), never),
            Language::English
        );
        assert_eq!(
            decide(None, Some("zh_CN.UTF-8"), || true),
            Language::Chinese
        );
        assert_eq!(decide(None, Some("en_GB"), never), Language::English);
        assert_eq!(decide(None, Some("C.UTF-8"), || true), Language::English);
        assert_eq!(decide(None, None, never), Language::Chinese);
    }
}
