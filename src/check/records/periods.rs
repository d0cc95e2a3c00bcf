//! Days of a record: published in time, shown as long as it must be and no longer than it may be.

use crate::check::found::Found;
use crate::content::enforcement_case::EnforcementCase;
use crate::content::publicity::{limits, months_after};
use jiff::civil::Date;

/// Decisions are published within so many working days (安全生产法 article 78).
const DAYS: usize = 7;

/// The findings about a record's days.
pub(super) fn check(found: &mut Found<'_>, case: &EnforcementCase) {
    let Some(decided) = case.decision_date.as_ref().map(|date| date.value.date()) else {
        return;
    };
    published(found, decided);
    shown(found, case, decided);
}

/// From the decision to its publication.
fn published(found: &mut Found<'_>, decided: Date) {
    let Some(date) = &found.document.content.common.date else {
        return;
    };
    let day = date.value.date();
    if day < decided {
        let message = [
            format!("发布日期 {day} 早于决定日期 {decided}"),
            format!("published on {day}, before the decision of {decided}"),
        ];
        let help = [
            "核对 date 和 decision_date",
            "compare date with decision_date",
        ];
        found.add("record-dates", &date.bytes, message, help);
        return;
    }
    let calendar = &found.site.calendar;
    let count = calendar.working_days_between(decided, day);
    if count <= DAYS {
        return;
    }
    let last = calendar.working_day_after(decided, DAYS).unwrap_or(day);
    let known = calendar.knows(decided.year()) && calendar.knows(day.year());
    let (zh, en) = match known {
        true => ("", ""),
        false => (
            "（content/holidays.toml 没有这一年的节假日，按周一至周五算）",
            " (content/holidays.toml does not list that year, so Monday to Friday were counted)",
        ),
    };
    let message = [
        format!("{decided} 作出的决定 {day} 才发布，是第 {count} 个工作日，应当不迟于 {last}{zh}"),
        format!(
            "decided on {decided} and published on {day}, the {count}th working day, at the latest due on {last}{en}"
        ),
    ];
    let help = [
        "处罚决定作出后七个工作日内公开（安全生产法第七十八条）；日期写错的改日期，确实晚了的记下原因",
        "decisions are published within seven working days (work safety law, article 78); mend a wrong date, else keep a note of the reason",
    ];
    found.add("record-published-late", &date.bytes, message, help);
}

/// From the decision to the last day shown.
fn shown(found: &mut Found<'_>, case: &EnforcementCase, decided: Date) {
    let (Some(end), Some(severity)) = (&case.publicity_end, &case.severity) else {
        return;
    };
    let limits = limits(&severity.value, &found.site.vocabularies);
    let day = end.value.date();
    let (Some(first), Some(last)) = (
        months_after(decided, limits.shortest),
        months_after(decided, limits.longest),
    ) else {
        return;
    };
    if day > last {
        let message = [
            format!(
                "公示到 {day}，超过最长期限 {} 个月：自决定之日 {decided} 起，最迟 {last}",
                limits.longest
            ),
            format!(
                "shown until {day}, longer than {} months from the decision on {decided}: at the latest {last}",
                limits.longest
            ),
        ];
        let help = [
            "改公示截止日；情节写错的，先改 severity（信用修复管理办法，国家发展改革委令第36号）",
            "mend the last day, or the severity if that is wrong (National Development and Reform Commission, order 36)",
        ];
        found.add("publicity-too-long", &end.bytes, message, help);
    } else if day < decided {
        let message = [
            format!("公示截止日 {day} 早于决定日期 {decided}"),
            format!("shown until {day}, before the decision of {decided}"),
        ];
        let help = ["核对两个日期", "compare the two dates"];
        found.add("record-dates", &end.bytes, message, help);
    } else if day < first {
        let message = [
            format!(
                "公示到 {day}，不足最短期限 {} 个月：自决定之日 {decided} 起，应到 {first}",
                limits.shortest
            ),
            format!(
                "shown until {day}, shorter than {} months from the decision on {decided}: due until {first}",
                limits.shortest
            ),
        ];
        let help = [
            "改公示截止日；信用修复后提前结束的，写 record_status = \"repaired\"",
            "mend the last day; a record that ends early by repair has record_status = \"repaired\"",
        ];
        found.add("publicity-too-short", &end.bytes, message, help);
    }
}
