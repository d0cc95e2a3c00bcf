//! Rules: links to other sites.

use super::{Family, Rule};
use crate::diag::Severity;

/// The rules of this family; they need `check --external`.
pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "external-dead",
        family: Family::Links,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "站外链接打得开（`anjian check --external`）：服务器没有说 404、410，域名还在",
            "links to other sites open (`anjian check --external`): no 404 or 410, and the name is known",
        ],
        source: "政府网站检查指标“链接可用性”：不能正常访问的链接数量",
    },
    Rule {
        code: "external-moved",
        family: Family::Links,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "站外链接写现在的地址（`anjian check --external`）：永久转移的改成新地址",
            "links to other sites say the present address (`anjian check --external`)",
        ],
        source: "HTTP 语义（RFC 9110）15.4.2、15.4.9",
    },
    Rule {
        code: "external-unreached",
        family: Family::Links,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "没能看到的站外网站（`anjian check --external`），每个说一次，由人核对",
            "sites that could not be seen (`anjian check --external`) are told once each, for a person to look at",
        ],
        source: "本程序的约定",
    },
    Rule {
        code: "external-private",
        family: Family::Links,
        severity: Severity::Warning,
        is_fixed: false,
        says: [
            "链接不指向本机、内网或者本地文件（`anjian check --external`）",
            "no link leads to the author's machine, an inner network or a local file (`anjian check --external`)",
        ],
        source: "RFC 1918、RFC 4193：这些地址公众到不了",
    },
];
