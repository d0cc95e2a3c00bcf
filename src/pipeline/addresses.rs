//! The recorded addresses of a site (`content/addresses.toml`): what was published once should answer
//! for ever, by its page or by a redirect.

use std::collections::BTreeSet;

/// The file that records addresses: those recorded before and those of now, sorted, one a line so that
/// changes show well in version control.
#[must_use]
pub fn document(before: &[String], now: &[String]) -> String {
    let all: BTreeSet<&str> = before.iter().chain(now).map(String::as_str).collect();
    let mut text = String::from(
        "# 曾经发布过的地址。改名或删除页面后，构建会提醒给接替的文件加上 aliases。\n# 更新本清单：anjian check --record-addresses\naddresses = [\n",
    );
    for address in all {
        let quoted = serde_json::Value::from(address);
        text.push_str(&format!("  {quoted},\n"));
    }
    text.push_str("]\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_only_ever_added() {
        let before = ["/old/".to_owned()];
        let now = ["/甲/".to_owned(), "/a/".to_owned()];
        let text = document(&before, &now);
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).collect();
        assert_eq!(lines, ["  \"/a/\",", "  \"/old/\",", "  \"/甲/\","]);
    }
}
