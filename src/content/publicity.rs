//! How long a record of enforcement is shown: limits by severity, the last day, and whether it has ended.
//!
//! 信用修复管理办法 (National Development and Reform Commission, order 36, in force from 2026-04-01): a slight case is
//! shown for three months at most, a general one from three months to a year, a serious one from one year to three,
//! counted from the decision; at the longest period it ends by itself.

use super::enforcement_case::EnforcementCase;
use super::vocabulary::Vocabularies;
use jiff::ToSpan;
use jiff::civil::Date;

/// How long a record of one severity may be shown, in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Before this it only ends by repair or withdrawal.
    pub shortest: i64,
    /// Beyond this it may not be shown.
    pub longest: i64,
}

/// Why a record is no longer shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// Its period is over.
    Over,
    /// The decision was revoked, changed or found void (行政处罚法 article 48).
    Withdrawn,
    /// The enterprise has made good.
    Repaired,
}

/// No record is shown longer than this, in months.
const LONGEST: i64 = 36;

/// The order's own classes, which no list of a site can widen.
fn of_the_order(severity: &str) -> Limits {
    let (shortest, longest) = match severity {
        "minor" => (0, 3),
        "general" => (3, 12),
        "serious" => (12, LONGEST),
        _ => (0, LONGEST),
    };
    Limits { shortest, longest }
}

/// The limits of a severity: those of the site's own list (`shortest_months`, `longest_months` of its term), within the
/// order's.
#[must_use]
pub fn limits(severity: &str, vocabularies: &Vocabularies) -> Limits {
    let order = of_the_order(severity);
    let list = vocabularies.lists.get("severities");
    let mut terms = list.map_or(&[][..], |list| &list.terms).iter();
    let term = terms.find(|term| term.id.value == severity);
    let longest = term.and_then(|term| term.longest_months);
    let longest = longest.map_or(order.longest, |own| own.clamp(0, order.longest));
    let shortest = term.and_then(|term| term.shortest_months);
    let shortest = shortest.unwrap_or(order.shortest).clamp(0, longest);
    Limits { shortest, longest }
}

/// A day some months after another: the same day of the month, else the month's last.
#[must_use]
pub fn months_after(day: Date, months: i64) -> Option<Date> {
    day.checked_add(months.months()).ok()
}

/// The last day on which a record is shown: what it says, and never later than its severity allows. Nothing where neither
/// is known.
#[must_use]
pub fn last_day(case: &EnforcementCase, vocabularies: &Vocabularies) -> Option<Date> {
    let said = case.publicity_end.as_ref().map(|end| end.value.date());
    let severity = case.severity.as_ref();
    let longest = severity.map_or(LONGEST, |one| limits(&one.value, vocabularies).longest);
    let decided = case.decision_date.as_ref();
    let latest = decided.and_then(|decided| months_after(decided.value.date(), longest));
    match (said, latest) {
        (Some(said), Some(latest)) => Some(said.min(latest)),
        (said, latest) => said.or(latest),
    }
}

/// Whether a record is no longer shown on a day, and why. Teaching cases, which name nobody, do not end.
#[must_use]
pub fn ended(case: &EnforcementCase, vocabularies: &Vocabularies, today: Date) -> Option<Ended> {
    if !case.is_record() {
        return None;
    }
    let status = case.record_status.as_ref().map(|one| one.value.as_str());
    match status {
        Some("withdrawn") => Some(Ended::Withdrawn),
        Some("repaired") => Some(Ended::Repaired),
        Some("expired") => Some(Ended::Over),
        _ => {
            let last = last_day(case, vocabularies);
            last.is_some_and(|last| last < today).then_some(Ended::Over)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_after_its_last_day_is_the_last_day_of_the_next() {
        assert_eq!(months_after(date(2024, 2, 29), 12), Some(date(2025, 2, 28)));
        assert_eq!(months_after(date(2025, 11, 30), 3), Some(date(2026, 2, 28)));
        assert_eq!(months_after(date(2023, 11, 30), 3), Some(date(2024, 2, 29)));
        assert_eq!(months_after(date(9999, 12, 1), 3), None);
    }

    /// By plain counting: years and months add up, and the day is the same or the month's last.
    #[test]
    fn months_are_counted_as_on_paper() {
        let days = date(1996, 1, 1).series(1.day());
        for start in days.take_while(|day| day.year() < 2032) {
            for months in [0, 1, 2, 3, 12, 13, 36] {
                let end = months_after(start, months).expect("a day");
                let count = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + months;
                assert_eq!(i64::from(end.year()), count / 12);
                assert_eq!(i64::from(end.month()), count % 12 + 1);
                assert_eq!(end.day(), start.day().min(end.days_in_month()));
            }
        }
    }
}
