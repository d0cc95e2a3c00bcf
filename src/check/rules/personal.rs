//! Rules: what belongs to persons.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[Rule {
    code: "personal-data",
    family: Family::Personal,
    severity: Severity::Error,
    is_fixed: true,
    says: [
        "正文和数据里不得有身份证号码、手机号码、银行账号、家庭住址、个人邮箱；本单位公开的联系方式写进 `[personal] allowed`",
        "no identity, mobile or card number, home address or address of mail stands in texts or data; the office's own published contacts are listed under `[personal] allowed`",
    ],
    source: "个人信息保护法第二十五条、第二十八条、第三十四条；行政处罚法第五十条",
}];
