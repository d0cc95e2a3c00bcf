//! Holidays and the weekends that are worked for them (`content/holidays.toml`), and working days reckoned by them. The
//! State Council's office announces them year by year, so they are data; years that are not listed are reckoned from
//! Monday to Friday.

use super::fields::Fields;
use super::fields::context::Context;
use super::vocabulary::Vocabularies;
use crate::diag::{Checked, Message};
use crate::parse::data::Entry;
use crate::path::SourcePath;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// Which days are worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The years that are listed.
    years: BTreeSet<i16>,
    /// Days off that may be working days of the week.
    holidays: BTreeSet<Date>,
    /// Weekends that are worked.
    workdays: BTreeSet<Date>,
}

/// The longest holiday that a list may name, in days: a slip of the year would fill centuries.
const LONGEST: i32 = 31;

/// Reads `holidays.toml`.
#[must_use]
pub fn calendar(source: &SourcePath, entries: &[Entry]) -> Checked<Calendar> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let mut fields = Fields::new(&context, entries, 0..0);
    let mut value = Calendar::default();
    for year in fields.tables("years") {
        read_year(&mut value, year);
    }
    fields.finish();
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn read_year(calendar: &mut Calendar, mut fields: Fields<'_>) {
    let year = fields.required_integer("year");
    let Ok(number) = i16::try_from(year.value) else {
        return;
    };
    calendar.years.insert(number);
    fields.text("source");
    for mut one in fields.tables("holidays") {
        one.text("name");
        let first = one.required_date("from").map(|date| date.value.date());
        let last = one.date("until");
        if let Some(first) = first {
            let end = last.as_ref().map_or(first, |last| last.value.date());
            let days = days(first, end);
            if days.is_empty() || first.year() != number {
                let bytes = last.map_or(one.place(), |last| last.bytes);
                one.context.error(
                    "bad-holiday",
                    bytes,
                    Message::new(
                        format!("{first} 到 {end} 不是 {number} 年的一段假期"),
                        format!("{first} to {end} is no holiday of {number}"),
                    ),
                    Message::new(
                        "from 是第一天，until 是最后一天，最长一个月，都在这一年里开始",
                        "from is the first day and until the last, a month at most, beginning in this year",
                    ),
                );
            }
            calendar.holidays.extend(days);
        }
        one.finish();
    }
    for mut one in fields.tables("workdays") {
        one.text("name");
        let day = one.required_date("on");
        calendar.workdays.extend(day.map(|day| day.value.date()));
        one.finish();
    }
    fields.finish();
}

/// The days from one to another, both included; none where they are the wrong way round or too far apart.
fn days(first: Date, last: Date) -> Vec<Date> {
    let whole = first.until(last).map_or(-1, |span| span.get_days());
    match whole {
        0..LONGEST => first
            .series(1.day())
            .take_while(|day| *day <= last)
            .collect(),
        _ => Vec::new(),
    }
}

impl Calendar {
    /// Whether the holidays of a year are listed.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// Whether a day is worked.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match weekend {
            true => self.workdays.contains(&day),
            false => !self.holidays.contains(&day),
        }
    }

    /// How many working days lie after `start`, up to and with `end`; none where `end` is not later. The day on which a
    /// period begins does not count (行政处罚法 article 85, as periods are reckoned in the law of procedure).
    #[must_use]
    pub fn working_days_between(&self, start: Date, end: Date) -> usize {
        let days = start.series(1.day()).skip(1);
        let days = days.take_while(|day| *day <= end);
        days.filter(|day| self.is_working_day(*day)).count()
    }

    /// The last of `count` working days after `start`; nothing beyond the end of the calendar.
    #[must_use]
    pub fn working_day_after(&self, start: Date, count: usize) -> Option<Date> {
        let days = start.series(1.day()).skip(1);
        let mut days = days.filter(|day| self.is_working_day(*day));
        match count {
            0 => Some(start),
            count => days.nth(count - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Checked<Calendar> {
        let path = SourcePath::new("content/holidays.toml").expect("a path");
        let entries = crate::parse::data::parse(text, &path, 0);
        assert!(entries.diagnostics.is_empty());
        calendar(&path, &entries.value)
    }

    fn shipped() -> Calendar {
        let read = read(include_str!("../../content/holidays.toml"));
        assert_eq!(read.diagnostics, []);
        read.value
    }

    /// Thirteen days off by law since 2025 (全国年节及纪念日放假办法); what is moved about them is worked elsewhere.
    #[test]
    fn a_shipped_year_has_thirteen_working_days_less_than_its_weeks() {
        let calendar = shipped();
        for year in [2025, 2026] {
            assert!(calendar.knows(year));
            let days = date(year, 1, 1).series(1.day());
            let days: Vec<Date> = days.take_while(|day| day.year() == year).collect();
            let worked = days.iter().filter(|day| calendar.is_working_day(**day));
            let weekends = [Weekday::Saturday, Weekday::Sunday];
            let weekdays = days.iter().filter(|day| !weekends.contains(&day.weekday()));
            assert_eq!(worked.count() + 13, weekdays.count(), "{year}");
        }
        assert!(!calendar.knows(2020));
    }

    #[test]
    fn counting_forth_and_back_agrees_over_holidays_and_leap_days() {
        let calendar = shipped();
        for first in date(2023, 12, 1).series(1.day()).take(1_200) {
            assert_eq!(calendar.working_days_between(first, first), 0);
            assert_eq!(calendar.working_days_between(first, date(2023, 1, 1)), 0);
            for count in [1, 2, 7, 20] {
                let last = calendar.working_day_after(first, count).expect("a day");
                assert!(calendar.is_working_day(last));
                assert_eq!(calendar.working_days_between(first, last), count);
                let before = last.yesterday().expect("a day");
                assert_eq!(calendar.working_days_between(first, before), count - 1);
            }
        }
    }

    #[test]
    fn a_slip_in_the_list_is_told() {
        for slip in [
            "from = 2026-10-07, until = 2026-10-01",
            "from = 2026-10-01, until = 2036-10-07",
            "from = 2025-10-01, until = 2025-10-07",
        ] {
            let text =
                format!("[[years]]\nyear = 2026\nholidays = [{{ name = \"国庆节\", {slip} }}]\n");
            let codes: Vec<String> = read(&text)
                .diagnostics
                .iter()
                .map(|one| one.code.to_string())
                .collect();
            assert_eq!(codes, ["bad-holiday"], "{slip}");
        }
    }
}
