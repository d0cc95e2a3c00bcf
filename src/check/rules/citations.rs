//! Rules: laws, rules and standards that texts rest on.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "repealed-cited",
        family: Family::Citations,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "不引用已经废止的法规和标准；登记在 `references.toml` 里、`status = \"repealed\"` 的就是",
            "nothing rests on what was repealed: a reference whose status is `repealed`",
        ],
        source: "政府网站检查指标：基本信息更新及准确；法规、标准的废止说明",
    },
    Rule {
        code: "superseded-cited",
        family: Family::Citations,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "不引用已被新版代替的法规和标准，改引代替它的；同一句里写明已被代替、已废止的除外",
            "nothing rests on what a newer edition took the place of, unless the same sentence says so",
        ],
        source: "标准化法第二十九条第二款；GB/T 33000-2025、GB 2894-2025、GB 35181-2025 等的代替说明",
    },
    Rule {
        code: "draft-cited",
        family: Family::Citations,
        severity: Severity::Error,
        is_fixed: false,
        says: ["不引用草案、征求意见稿作依据", "nothing rests on a draft"],
        source: "政府网站检查指标：基本信息更新及准确",
    },
    Rule {
        code: "not-yet-in-force",
        family: Family::Citations,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "引用的法规和标准在发布当天已经施行",
            "what a text rests on is in force on the day of publishing",
        ],
        source: "各法规、标准的施行日期",
    },
    Rule {
        code: "no-such-article",
        family: Family::Citations,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "引用的条号不超过该法规的条数",
            "a cited article lies within the law's number of articles",
        ],
        source: "各法规的条数，登记在 `references.toml` 的 `articles`",
    },
    Rule {
        code: "red-clause-uncited",
        family: Family::Citations,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "红色风险的检查项写明依据；查过没有依据的写 `basis = \"practice\"`",
            "an item of red risk cites what it rests on, or says `basis = \"practice\"`",
        ],
        source: "安全生产法第四十一条",
    },
];
