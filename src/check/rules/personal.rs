//! Rules: what belongs to persons.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "personal-data",
        family: Family::Personal,
        severity: Severity::Error,
        is_fixed: true,
        says: [
            "正文、数据和附件的文字里不得有身份证号码、手机号码、银行账号、家庭住址、个人邮箱；本单位公开的联系方式写进 `[personal] allowed`",
            "no identity, mobile or card number, home address or address of mail stands in texts, data or attachments; the office's own published contacts are listed under `[personal] allowed`",
        ],
        source: "个人信息保护法第二十五条、第二十八条、第三十四条；行政处罚法第五十条",
    },
    Rule {
        code: "person-named",
        family: Family::Personal,
        severity: Severity::Error,
        is_fixed: false,
        says: [
            "执法案例和它的附件里，自然人写作姓加“某”；公示记录里被处罚的当事人本人除外",
            "cases of enforcement and their attachments write 某 for the given name of a person, but for the party of a record",
        ],
        source: "个人信息保护法第二十五条、第二十八条；行政处罚法第五十条；公开案例的通行写法",
    },
    Rule {
        code: "attachment-unread",
        family: Family::Personal,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "附件的文字要查得到：扫描成图片的、太大的、读不出来的，由人看过",
            "the text of an attachment can be looked through; scans, and what is too large or cannot be read, are looked at by a person",
        ],
        source: "个人信息保护法第二十五条、第二十八条",
    },
];
