//! Rules: letters and what is attached.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "liability-shifted",
        family: Family::Letters,
        severity: Severity::Error,
        is_fixed: true,
        says: [
            "文书、报表、台账里不得有“责任自负”“伤亡自理”“一切责任由…承担”一类推卸责任的话",
            "papers hold no clause that frees the employer of its liability for casualties",
        ],
        source: "安全生产法第五十二条第二款、第一百零六条",
    },
    Rule {
        code: "notice-incomplete",
        family: Family::Letters,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "给员工的告知书、告知卡写明危险因素、防范措施和事故应急措施",
            "a notice to employees tells hazards, precautions and what to do in an emergency",
        ],
        source: "安全生产法第四十四条",
    },
    Rule {
        code: "attachment-numbering",
        family: Family::Letters,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "附件从1起依次编号，不重不漏",
            "attachments are numbered from 1 without a gap",
        ],
        source: "党政机关公文格式（GB/T 9704-2012）关于附件说明的规定",
    },
    Rule {
        code: "attachment-not-offered",
        family: Family::Letters,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "正文附件说明列出的附件，页面上都有",
            "what the text lists as attached is there",
        ],
        source: "政府网站检查指标：附件下载",
    },
    Rule {
        code: "attachment-not-named",
        family: Family::Letters,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "页面上的附件，正文附件说明都列了",
            "what is attached is listed in the text, where the text lists any",
        ],
        source: "党政机关公文格式（GB/T 9704-2012）关于附件说明的规定",
    },
];
