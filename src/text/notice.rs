//! What a notice to employees tells: hazards, precautions, what to do in an emergency (安全生产法 article 44). A sentence that
//! names all three in passing tells none of them; headings, rows and entries do.

use serde::{Deserialize, Serialize};

/// Words for the hazards of a place and a post.
const HAZARDS: [&str; 9] = [
    "危险因素",
    "危害因素",
    "有害因素",
    "安全风险",
    "主要风险",
    "风险点",
    "危险源",
    "存在的风险",
    "风险提示",
];

/// Words for what keeps them away.
const PRECAUTIONS: [&str; 9] = [
    "防范措施",
    "防范",
    "管控措施",
    "预防措施",
    "防护措施",
    "控制措施",
    "安全措施",
    "防控措施",
    "防范要求",
];

/// Words for what to do when it has happened.
const EMERGENCY: [&str; 8] = [
    "应急措施",
    "应急处置",
    "应急处理",
    "应急救援",
    "应急办法",
    "应急头三步",
    "事故应急",
    "怎么应急",
];

/// Which of the three a text tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// 危险因素.
    pub hazards: bool,
    /// 防范措施.
    pub precautions: bool,
    /// 事故应急措施.
    pub emergency: bool,
}

impl Told {
    /// What a text in Markdown tells.
    #[must_use]
    pub fn by(text: &str) -> Self {
        let mut told = Self::default();
        // Every one of the words holds one of these: most lines hold none.
        let may_tell = |line: &&str| line.contains(['危', '险', '害', '措', '防', '应']);
        for line in text.lines().filter(may_tell) {
            let here = Self {
                hazards: holds(line, &HAZARDS),
                precautions: holds(line, &PRECAUTIONS),
                emergency: holds(line, &EMERGENCY),
            };
            let start = line.trim_start();
            let is_part = start.starts_with(['#', '|']);
            if is_part || !(here.hazards && here.precautions && here.emergency) {
                told.hazards |= here.hazards;
                told.precautions |= here.precautions;
                told.emergency |= here.emergency;
            }
        }
        told
    }

    /// What is missing, as article 44 calls it.
    #[must_use]
    pub fn missing(self) -> Vec<&'static str> {
        let all = [
            (self.hazards, "危险因素"),
            (self.precautions, "防范措施"),
            (self.emergency, "事故应急措施"),
        ];
        let missing = all.into_iter().filter(|(is_told, _)| !is_told);
        missing.map(|(_, name)| name).collect()
    }
}

fn holds(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_tell_and_sentences_in_passing_do_not() {
        let missing = |text: &str| Told::by(text).missing();
        for text in [
            "- 危险因素：触电\n- 防范措施：断电\n- 应急措施：先断电\n",
            "| 危险因素 | 防范措施 | 应急头三步 |\n",
            "## 一、危险因素、防范措施和事故应急措施\n",
        ] {
            assert_eq!(missing(text), [""; 0], "{text}");
        }
        assert_eq!(
            missing("请把危险因素、防范措施和事故应急措施告知员工。"),
            ["危险因素", "防范措施", "事故应急措施"]
        );
        assert_eq!(missing("## 主要风险\n## 管控措施\n"), ["事故应急措施"]);
    }
}
