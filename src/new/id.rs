//! The ids that new documents may have: plain ASCII, so that addresses can be read aloud, typed and
//! copied anywhere. Titles are where Chinese belongs.

use crate::diag::Message;
use crate::graph::links::GENERATED;

/// A sound id: parts of small letters, digits and hyphens, with `/` between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    path: String,
    is_folder: bool,
}

impl Id {
    /// Takes an id; a final `/` asks for a folder's own page.
    ///
    /// # Errors
    /// What is wrong with it and what is allowed.
    pub fn new(written: &str) -> Result<Self, Message> {
        let (path, is_folder) = match written.strip_suffix('/') {
            Some(path) => (path, true),
            None => (written, false),
        };
        if !path.split('/').all(is_sound) {
            return Err(Message::new(
                format!(
                    "编号 `{written}` 不能用：只用小写字母 a 到 z、数字和连字符 -（不在开头和结尾），各级之间用 /，如 industries/water-supply/checklist；中文写在 title 里"
                ),
                format!(
                    "the id `{written}` cannot be used: write lower-case letters a to z, digits and hyphens (not at either end), with / between the parts, such as industries/water-supply/checklist; Chinese belongs in the title"
                ),
            ));
        }
        let id = Self {
            path: path.to_owned(),
            is_folder,
        };
        id.refuse_reserved().map_or(Ok(id), Err)
    }

    /// Names that mean something else to the program.
    fn refuse_reserved(&self) -> Option<Message> {
        let (first, last) = (self.parts().next()?, self.last());
        let generated = GENERATED.iter().any(|url| url.trim_matches('/') == first);
        if generated || ["content", "vocabulary"].contains(&first) {
            return Some(Message::new(
                format!(
                    "编号不能以 `{first}` 开头：content 文件夹不用写，其余是程序自己用的地址；换一个名字"
                ),
                format!(
                    "an id cannot begin with `{first}`: the content folder is not written, the others are addresses of the program; take another name"
                ),
            ));
        }
        ["index", "readme"].contains(&last).then(|| {
            Message::new(
                format!("编号不能以 `{last}` 结尾：要写栏目自己的页面，编号以 / 结尾，如 notices/"),
                format!(
                    "an id cannot end with `{last}`: for a folder's own page end the id with /, such as notices/"
                ),
            )
        })
    }

    /// The id without a final `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether a folder's own page was asked for.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// Whether no folder was named.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        !self.path.contains('/')
    }

    /// The parts between the slashes.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.path.split('/')
    }

    /// The last part.
    #[must_use]
    pub fn last(&self) -> &str {
        self.parts().next_back().unwrap_or_default()
    }
}

fn is_sound(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !part.is_empty() && part.bytes().all(plain) && !part.starts_with('-') && !part.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_ascii_parts_are_taken() {
        for good in ["a", "gas-2", "industries/gas/checklist", "notices/", "5s"] {
            assert!(Id::new(good).is_ok(), "{good}");
        }
        let bad = [
            "", "/", "/a", "a//b", "a b", "A", "a/燃气", "../a", "a/../b", "a/./b", "a\\b", "a.md",
            "a_b", "-a", "a-", "a//", "é", "a\0", "con tent",
        ];
        for bad in bad {
            assert!(Id::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn names_with_another_meaning_are_refused() {
        for reserved in [
            "content/a",
            "vocabulary/a",
            "keywords",
            "specifications/a",
            "a/index",
            "readme",
        ] {
            assert!(Id::new(reserved).is_err(), "{reserved}");
        }
        assert!(Id::new("a/keywords").is_ok());
    }
}
