//! `anjian expiring`: which records end soon, which documents go or are to be reviewed, and which records have ended whose
//! sources still stand.

mod ics;

use super::build::What;
use super::{EXIT_COULD_NOT_RUN, EXIT_DONE, Setting, refuse, say};
use crate::content::publicity::Ended;
use crate::diag::report::Language;
use crate::graph::EndedRecord;
use crate::graph::due::{Due, Event};
use crate::pipeline;
use crate::source::disk::DiskSources;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;

/// What `anjian expiring` takes.
#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Which site, and which day counts as today.
    #[command(flatten)]
    pub what: What,
    /// 今后多久以内：30d 天，6w 周，3m 月，1y 年 / how far ahead: days, weeks, months, years
    #[arg(long, default_value = "30d", value_parser = period)]
    pub within: Span,
    /// 输出格式；ics 可以导入日历 / format; ics is for calendars
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// The form of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看 / for people
    Text,
    /// JSON
    Json,
    /// iCalendar (RFC 5545)
    Ics,
}

/// `30d`, `6w`, `3m`, `1y`.
fn period(text: &str) -> Result<Span, String> {
    let refused = || "写 30d、6w、3m 或 1y / write 30d, 6w, 3m or 1y".to_owned();
    let unit = text.chars().last().ok_or_else(refused)?;
    let number = text.strip_suffix(unit).unwrap_or_default();
    // Nobody looks farther ahead than a century.
    let number: i64 = number.parse().map_err(|_| refused())?;
    if !(0..=36_500).contains(&number) {
        return Err(refused());
    }
    match unit {
        'd' => Ok(number.days()),
        'w' => Ok(number.min(5_200).weeks()),
        'm' => Ok(number.min(1_200).months()),
        'y' => Ok(number.min(100).years()),
        _ => Err(refused()),
    }
}

/// Runs the command. What is overdue is always listed.
#[must_use]
pub fn run(setting: &Setting, arguments: &Arguments) -> u8 {
    let sources = DiskSources::new(setting.root.clone());
    let options = arguments.what.options();
    let today = options.policy.today;
    let (mut due, ended) = match pipeline::due(&sources, &options) {
        Ok(found) => found,
        Err(error) => return refuse(&error.to_string()),
    };
    let last = today.checked_add(arguments.within).unwrap_or(Date::MAX);
    due.retain(|one| one.day <= last);
    let text = match arguments.format {
        Format::Text => listed(&due, &ended, today, setting.language),
        Format::Json => json(&due, &ended),
        Format::Ics => ics::calendar(&due, today, setting.language),
    };
    if std::io::stdout().write_all(text.as_bytes()).is_err() {
        return EXIT_COULD_NOT_RUN;
    }
    if arguments.format == Format::Text {
        let count = due.len();
        say(&match setting.language {
            Language::Chinese => format!("到 {last} 为止 {count} 项\n"),
            Language::English => format!("{count} until {last}\n"),
        });
    }
    EXIT_DONE
}

/// What an event is called.
fn name(event: Event, language: Language) -> &'static str {
    match (event, language) {
        (Event::PublicityEnds, Language::Chinese) => "公示截止",
        (Event::PublicityEnds, Language::English) => "record ends",
        (Event::Expires, Language::Chinese) => "撤下",
        (Event::Expires, Language::English) => "document goes",
        (Event::ConsentEnds, Language::Chinese) => "企业同意书到期",
        (Event::ConsentEnds, Language::English) => "consent ends",
        (Event::Review, Language::Chinese) => "该复审",
        (Event::Review, Language::English) => "review",
    }
}

/// What becomes of it.
fn then(event: Event, language: Language) -> &'static str {
    match (event, language) {
        (Event::PublicityEnds | Event::Expires, Language::Chinese) => "次日起生成网站时自动撤下",
        (Event::PublicityEnds | Event::Expires, Language::English) => {
            "gone from the site built on the next day"
        }
        (Event::ConsentEnds, Language::Chinese) => "续签，或者写 expires_at 撤下",
        (Event::ConsentEnds, Language::English) => "renew it, or write expires_at",
        (Event::Review, Language::Chinese) => "复核内容后改 updated 和 review_by",
        (Event::Review, Language::English) => "look it over, then mend updated and review_by",
    }
}

fn listed(due: &[Due], ended: &[EndedRecord], today: Date, language: Language) -> String {
    let mut text = String::new();
    for one in due {
        let days = today.until(one.day).map_or(0, |span| span.get_days());
        let left = match (days, language) {
            (0, Language::Chinese) => "今天".to_owned(),
            (0, Language::English) => "today".to_owned(),
            (1.., Language::Chinese) => format!("还有 {days} 天"),
            (1.., Language::English) => format!("in {days} days"),
            (_, Language::Chinese) => format!("已过 {} 天", -days),
            (_, Language::English) => format!("{} days ago", -days),
        };
        let (event, then) = (name(one.event, language), then(one.event, language));
        let _ = writeln!(
            text,
            "{}  {left}  {event}  {}\n            {}  {then}",
            one.day, one.title, one.source
        );
    }
    if !ended.is_empty() {
        text.push_str(match language {
            Language::Chinese => {
                "\n已经撤下，源文件还在（仓库公开的，连同历史一起清理；记在清单里可以查）：\n"
            }
            Language::English => "\nno longer shown, source still there (a public repository keeps it in its history):\n",
        });
        for record in ended {
            let why = reason(record, language);
            let _ = writeln!(text, "            {}  {why}", record.document.path);
        }
    }
    text
}

fn reason(record: &EndedRecord, language: Language) -> String {
    let (zh, en) = match record.ended {
        Ended::Over => ("公示期满", "its period is over"),
        Ended::Withdrawn => ("已撤回", "withdrawn"),
        Ended::Repaired => ("信用已修复", "made good"),
    };
    let day = record
        .last_day
        .map_or_else(String::new, |day| format!(" {day}"));
    match language {
        Language::Chinese => format!("{zh}{day}"),
        Language::English => format!("{en}{day}"),
    }
}

fn json(due: &[Due], ended: &[EndedRecord]) -> String {
    let list: Vec<_> = due
        .iter()
        .map(|one| {
            json!({
                "day": one.day.to_string(),
                "event": word(one.event),
                "title": one.title,
                "target": one.target,
                "file": one.source.to_string(),
            })
        })
        .collect();
    let ended: Vec<_> = ended
        .iter()
        .map(|record| {
            json!({
                "ended": match record.ended {
                    Ended::Over => "over",
                    Ended::Withdrawn => "withdrawn",
                    Ended::Repaired => "repaired",
                },
                "last_day": record.last_day.map(|day| day.to_string()),
                "target": record.target,
                "file": record.document.path.to_string(),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "due": list, "ended": ended }))
}

/// The word of an event in JSON and in identifiers of calendars.
fn word(event: Event) -> &'static str {
    match event {
        Event::PublicityEnds => "publicity-ends",
        Event::Expires => "expires",
        Event::ConsentEnds => "consent-ends",
        Event::Review => "review",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        for (text, wanted) in [
            ("30d", 30.days()),
            ("6w", 6.weeks()),
            ("3m", 3.months()),
            ("1y", 1.year()),
        ] {
            assert_eq!(
                period(text).map(Span::fieldwise),
                Ok(wanted.fieldwise()),
                "{text}"
            );
        }
        for text in ["", "30", "d", "-1d", "3个月", "99999999999d"] {
            assert!(period(text).is_err(), "{text}");
        }
    }
}
