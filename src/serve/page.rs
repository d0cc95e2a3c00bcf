//! What the preview itself shows: the page before the first success, and the words around a report.
//! A report is text everywhere: escaped in the page, JSON in an event, a text node in the browser.

use crate::diag::report::Language;
use crate::parse::markdown::escape;

/// The script that pages are given. The number of the build goes into its query.
pub(super) const SCRIPT: &str = include_str!("reload.js");
/// The look of the report over a page, and of the page before the first success.
pub(super) const STYLES: &str = include_str!("overlay.css");

/// The preview's own words in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    language: Language,
}

impl Words {
    pub(super) fn new(language: Language) -> Self {
        Self { language }
    }

    fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// The data of a `report` event.
    pub(super) fn event(self, report: &str, failed: bool) -> String {
        let title = if failed {
            self.pick(
                "生成有错误，显示的是上一次成功的网站",
                "The build has errors; this is the last good site",
            )
        } else {
            self.pick("生成有警告", "The build has warnings")
        };
        serde_json::json!({
            "report": report,
            "failed": failed,
            "title": title,
            "close": self.pick("关闭", "Close"),
        })
        .to_string()
    }

    /// The page that stands for every address while no build has succeeded.
    pub(super) fn waiting(self, report: &str, build: u64) -> String {
        let lang = self.pick("zh-CN", "en");
        let title = self.pick("网站还没有生成成功", "No build has succeeded yet");
        let hint = self.pick(
            "改正以下问题并保存，本页会自动刷新。",
            "Mend the following and save; this page reloads by itself.",
        );
        let script = script_tag(build);
        let report = escape::text(report);
        format!(
            "<!doctype html>\n<html lang=\"{lang}\" class=\"anjian-waiting\">\n<head>\n\
             <meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<link rel=\"stylesheet\" href=\"/__anjian/overlay.css\">\n{script}\n</head>\n\
             <body>\n<main>\n<h1>{title}</h1>\n<p>{hint}</p>\n<pre>{report}</pre>\n</main>\n</body>\n</html>\n"
        )
    }

    /// The answer to a request that names a foreign host.
    pub(super) fn foreign_host(self) -> &'static str {
        self.pick(
            "预览只回答 localhost、127.0.0.1 和 [::1]\n",
            "the preview answers to localhost, 127.0.0.1 and [::1] only\n",
        )
    }

    /// The answer to an unknown address of a site without `404.html`.
    pub(super) fn not_found(self) -> &'static str {
        self.pick(
            "没有这个地址，网站也没有 404.html\n",
            "no such address, and the site has no 404.html\n",
        )
    }
}

/// The element that a page is given. An external script, so that a strict policy of the site holds.
pub(super) fn script_tag(build: u64) -> String {
    format!("<script src=\"/__anjian/reload.js?{build}\" defer></script>")
}

/// The page with the script before its last `</body>`, or at its end.
pub(super) fn with_script(page: &[u8], build: u64) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page
        .windows(END.len())
        .rposition(|part| part.eq_ignore_ascii_case(END))
        .unwrap_or(page.len());
    let mut whole = page[..at].to_vec();
    whole.extend_from_slice(script_tag(build).as_bytes());
    whole.extend_from_slice(&page[at..]);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_before_the_last_end_of_the_body() {
        let tag = script_tag(7);
        for (page, expected) in [
            (
                "<p>安</p></body></html>",
                format!("<p>安</p>{tag}</body></html>"),
            ),
            (
                "<pre></body></pre></BODY>",
                format!("<pre></body></pre>{tag}</BODY>"),
            ),
            ("no end", format!("no end{tag}")),
            ("", tag.clone()),
        ] {
            assert_eq!(with_script(page.as_bytes(), 7), expected.as_bytes());
        }
    }
}
