//! Rules: what pages must have for everybody to read them.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[Rule {
    code: "image-without-text",
    family: Family::Access,
    severity: Severity::Error,
    is_fixed: false,
    says: [
        "图片要有替代文字",
        "a picture has a text for those who cannot see it",
    ],
    source: "无障碍环境建设法第三十二条；WCAG 2.2 第 1.1.1 条",
}];
