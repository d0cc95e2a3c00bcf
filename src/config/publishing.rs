//! Settings of what may be published and what an office says of itself: the weights of rules, its own contacts, the notice
//! before other sites, and the tags and footer of government sites.

use super::optional;
use crate::content::fields::{Fields, Located};
use crate::diag::Message;
use crate::parse::data::Value;
use regex_lite::Regex;
use std::ops::Range;

/// How much a publishing rule weighs on this site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RuleWeight {
    /// The rule's code.
    pub code: String,
    /// `error`, `warning` or `off`.
    pub weight: String,
    /// Where the code stands.
    pub bytes: Range<usize>,
}

/// The notice before readers leave for another site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Leaving {
    /// Whether there is one.
    pub notice: bool,
    /// Hosts that need none, with all below them; this site and `gov.cn` never do.
    pub hosts: Vec<String>,
}

/// Tags and footer items of government sites (国办发〔2017〕47号, annex). Unset ones are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Government {
    /// Whether `[government]` was written at all.
    pub present: bool,
    /// Where it stands in `site.toml`.
    pub bytes: Range<usize>,
    /// 网站名称.
    pub site_name: Option<String>,
    /// 网站域名.
    pub site_domain: Option<String>,
    /// 网站标识码, issued by the State Council's office: never invented.
    pub site_id_code: Option<String>,
    /// ICP备案编号.
    pub icp: Option<String>,
    /// 公安机关备案.
    pub police: Option<String>,
    /// The address behind 党政机关网站标识.
    pub emblem_url: Option<String>,
    /// The address of “我为政府网站找错”.
    pub report_error_url: Option<String>,
    /// How 索引号 of this office are formed, as a regular expression.
    pub index_number: Option<Located<String>>,
    /// What a page may weigh without its pictures, in thousands of bytes.
    pub page_weight: Option<Located<i64>>,
    /// After how many days without anything new a column of a type is stale.
    pub stale_after: Vec<(String, i64)>,
}

impl Government {
    /// After how many days without anything new a column of this type is stale: what the site says, else what the
    /// indicators for government sites say (国办秘函〔2019〕19号). Nothing where it never is.
    #[must_use]
    pub fn stale_after(&self, column_type: &str) -> Option<i64> {
        const INDICATORS: [(&str, i64); 3] =
            [("动态要闻", 14), ("通知公告", 183), ("政策文件", 183)];
        let own = self
            .stale_after
            .iter()
            .find(|(name, _)| name == column_type);
        let own = own.map(|(_, days)| *days);
        let standard = INDICATORS.iter().find(|(name, _)| *name == column_type);
        own.or(standard.map(|(_, days)| *days))
            .filter(|days| *days > 0)
    }

    /// What a page may weigh without its pictures, in bytes.
    #[must_use]
    pub fn page_budget(&self) -> u64 {
        let thousands = self.page_weight.as_ref().map_or(1000, |one| one.value);
        u64::try_from(thousands).unwrap_or(0).saturating_mul(1000)
    }
}

/// `[personal]`: what the office publishes itself.
pub(super) fn allowed(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(mut one) = fields.table("personal") else {
        return Vec::new();
    };
    let allowed = one.texts("allowed").into_iter();
    let allowed = allowed.map(|contact| contact.value).collect();
    one.finish();
    allowed
}

/// `[rules]`: codes are the keys; which codes there are, and which may be weakened, is for the rules to say.
pub(super) fn rules(fields: &mut Fields<'_>) -> Vec<RuleWeight> {
    let Some(table) = fields.table("rules") else {
        return Vec::new();
    };
    let mut rules = Vec::new();
    for entry in table.entries() {
        match &entry.node.value {
            Value::Text(weight) if ["error", "warning", "off"].contains(&weight.as_str()) => {
                rules.push(RuleWeight {
                    code: entry.key.clone(),
                    weight: weight.clone(),
                    bytes: entry.key_bytes.clone(),
                });
            }
            _ => table.context.error(
                "not-in-vocabulary",
                entry.node.bytes.clone(),
                Message::new(
                    format!("规则 `{}` 的轻重不认识", entry.key),
                    format!("the weight of the rule `{}` is unknown", entry.key),
                ),
                Message::new(
                    "可选：`error`、`warning`、`off`",
                    "allowed: `error`, `warning`, `off`",
                ),
            ),
        }
    }
    rules
}

/// `[leaving]`; without it there is no notice.
pub(super) fn leaving(fields: &mut Fields<'_>) -> Leaving {
    let Some(mut one) = fields.table("leaving") else {
        return Leaving::default();
    };
    let notice = one.truth("notice");
    let hosts = one.texts("hosts").into_iter();
    let hosts = hosts.filter_map(|host| {
        let name = host.value.trim().trim_start_matches("*.").to_lowercase();
        if !name.is_empty() && !name.contains(['/', ':', ' ', '*']) {
            return Some(name);
        }
        one.context.error(
            "bad-host",
            host.bytes,
            Message::new(
                format!("`{}` 不是域名", host.value),
                format!("`{}` is no name of a host", host.value),
            ),
            Message::new(
                "只写域名，如 hosts = [\"www.example.org\"]；它下面的子域名也算",
                "write the name alone, such as hosts = [\"www.example.org\"]; names below it count as well",
            ),
        );
        None
    });
    let hosts = hosts.collect();
    one.finish();
    Leaving { notice, hosts }
}

pub(super) fn government(mut one: Fields<'_>) -> Government {
    let fields = &mut one;
    let value = Government {
        present: true,
        bytes: fields.place(),
        site_name: optional(fields, "site_name"),
        site_domain: optional(fields, "site_domain"),
        site_id_code: site_id_code(fields),
        icp: optional(fields, "icp"),
        police: optional(fields, "police"),
        emblem_url: optional(fields, "emblem_url"),
        report_error_url: optional(fields, "report_error_url"),
        index_number: pattern(fields),
        page_weight: weight(fields),
        stale_after: stale_after(fields),
    };
    one.finish();
    value
}

/// `index_number`, a pattern that can be read.
fn pattern(fields: &mut Fields<'_>) -> Option<Located<String>> {
    let written = optional_located(fields, "index_number")?;
    let Err(error) = Regex::new(&written.value) else {
        return Some(written);
    };
    fields.context.error(
        "bad-pattern",
        written.bytes,
        Message::new(
            format!("`index_number` 不是正则表达式：{error}"),
            format!("`index_number` is no regular expression: {error}"),
        ),
        Message::new(
            "写成 index_number = '^\\d{9}/\\d{4}-\\d{5}$'（单引号里的反斜杠不用写两遍）",
            "write index_number = '^\\d{9}/\\d{4}-\\d{5}$'; in single quotes a backslash is written once",
        ),
    );
    None
}

fn optional_located(fields: &mut Fields<'_>, key: &'static str) -> Option<Located<String>> {
    let text = fields.text(key)?;
    (!text.value.trim().is_empty()).then_some(text)
}

/// `page_weight`, at least one thousand bytes.
fn weight(fields: &mut Fields<'_>) -> Option<Located<i64>> {
    let written = fields.integer("page_weight")?;
    if written.value > 0 {
        return Some(written);
    }
    fields.context.error(
        "out-of-range",
        written.bytes,
        Message::new("`page_weight` 应大于 0", "`page_weight` is more than 0"),
        Message::new(
            "写成 page_weight = 1000（千字节）",
            "write page_weight = 1000 (thousands of bytes)",
        ),
    );
    None
}

/// `[government.stale_after]`: types of columns are the keys, days the values.
fn stale_after(fields: &mut Fields<'_>) -> Vec<(String, i64)> {
    let Some(table) = fields.table("stale_after") else {
        return Vec::new();
    };
    let mut days = Vec::new();
    for entry in table.entries() {
        match entry.node.value {
            Value::Integer(count) if (0..=3660).contains(&count) => {
                days.push((entry.key.clone(), count));
            }
            _ => table.context.error(
                "out-of-range",
                entry.node.bytes.clone(),
                Message::new(
                    format!("`{}` 的天数应是 0 到 3660 的整数", entry.key),
                    format!("the days of `{}` are an integer from 0 to 3660", entry.key),
                ),
                Message::new(
                    format!("写成 \"{}\" = 183；0 是不查", entry.key),
                    format!("write \"{}\" = 183; 0 is never", entry.key),
                ),
            ),
        }
    }
    days
}

/// Ten digits, or `bm` and eight for ministries (seen on live government sites).
fn site_id_code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.text("site_id_code");
    let Some(code) = code.filter(|code| !code.value.is_empty()) else {
        let head = fields.place().start;
        fields.context.warning(
            "no-site-id-code",
            head..head + 1,
            Message::new(
                "没有填写政府网站标识码 `site_id_code`，页面标签中不写这一项",
                "`site_id_code` is not set; pages leave the tag out",
            ),
            Message::new(
                "在 [government] 中填写国办核发的标识码；不要自拟",
                "set the code that was issued under [government]; never make one up",
            ),
        );
        return None;
    };
    let digits = code.value.strip_prefix("bm");
    let wanted = if digits.is_some() { 8 } else { 10 };
    let digits = digits.unwrap_or(&code.value);
    if digits.len() == wanted && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(code.value);
    }
    fields.context.error(
        "bad-site-id-code",
        code.bytes,
        Message::new(
            "网站标识码应为 10 位数字，部委网站为 bm 加 8 位数字",
            "a site id code is ten digits, or `bm` and eight digits",
        ),
        Message::new(
            "照国办核发的标识码填写；没有就删去这一行",
            "copy the code that was issued; delete the line if there is none",
        ),
    );
    None
}
