//! A calendar file of days ahead (RFC 5545): whole days, each with a reminder a week before. The only module that knows the
//! library for it.

use super::{name, then, word};
use crate::diag::report::Language;
use crate::graph::due::Due;
use chrono::Duration;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, ValueType};
use jiff::civil::Date;

/// The calendar; `today` stamps it, so that the same days on the same day make the same bytes.
#[must_use]
pub fn calendar(due: &[Due], today: Date, language: Language) -> String {
    let mut calendar = Calendar::empty();
    for property in [
        ("VERSION", "2.0"),
        ("PRODID", "-//anjian//expiring//ZH"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(property);
    }
    let stamp = format!("{}T000000Z", plain(today));
    for one in due {
        let next = one.day.tomorrow().unwrap_or(one.day);
        let mut event = Event::new();
        event
            .summary(&format!("{}：{}", name(one.event, language), one.title))
            .description(&format!("{}\n{}", then(one.event, language), one.source))
            .uid(&format!("{}-{}@anjian", word(one.event), one.target))
            .add_property("DTSTAMP", &stamp)
            .append_property(day("DTSTART", one.day))
            .append_property(day("DTEND", next))
            .alarm(reminder(one, &stamp));
        calendar.push(event.done());
    }
    calendar.to_string()
}

/// A week before. Without a name and stamp of its own it would get others each time.
fn reminder(one: &Due, stamp: &str) -> Alarm {
    let mut alarm = Alarm::display(&one.title, -Duration::days(7));
    alarm
        .uid(&format!(
            "{}-{}-reminder@anjian",
            word(one.event),
            one.target
        ))
        .add_property("DTSTAMP", stamp);
    alarm.done()
}

/// A whole day.
fn day(key: &str, day: Date) -> Property {
    let mut property = Property::new(key, plain(day));
    property.append_parameter(ValueType::Date);
    property
}

fn plain(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
