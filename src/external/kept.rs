//! What was learned of addresses, kept for days in a file beside the site.

use super::{Failure, Outcome};
use crate::fs;
use crate::seal::{open, seal};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// For how many days a good outcome is believed, and for how many any other.
const GOOD_DAYS: i32 = 7;
const OTHER_DAYS: i32 = 1;

/// What is known of addresses, each with the day on which it was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept(BTreeMap<String, (Date, Outcome)>);

impl Kept {
    /// Reads the file; one that is damaged or absent holds nothing.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read_if_present(path).ok().flatten();
        Self(bytes.and_then(|bytes| open(&bytes)).unwrap_or_default())
    }

    /// Writes the file. That it cannot be written only means more visits.
    pub fn write(&self, path: &Path) {
        drop(fs::replace(path, &seal(&self.0)));
    }

    /// What is still believed of an address.
    #[must_use]
    pub fn of(&self, address: &str, today: Date) -> Option<&Outcome> {
        let (day, outcome) = self.0.get(address)?;
        is_fresh(*day, outcome, today).then_some(outcome)
    }

    /// Keeps what was learned today and forgets what is believed no longer.
    pub fn learn(&mut self, learned: BTreeMap<String, Outcome>, today: Date) {
        self.0
            .retain(|_, (day, outcome)| is_fresh(*day, outcome, today));
        let learned = learned.into_iter();
        self.0
            .extend(learned.map(|(address, outcome)| (address, (today, outcome))));
    }
}

fn is_fresh(day: Date, outcome: &Outcome, today: Date) -> bool {
    let days = match outcome {
        Outcome::Good | Outcome::Moved(_) => GOOD_DAYS,
        // That there was no network says nothing of anybody.
        Outcome::Failed(Failure::Offline) => 0,
        _ => OTHER_DAYS,
    };
    let age = (today - day).get_days();
    (0..days).contains(&age)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn good_outcomes_are_believed_for_a_week_and_others_for_a_day() {
        let mut kept = Kept::default();
        let monday = date(2026, 11, 23);
        let learned = [("a", Outcome::Good), ("b", Outcome::Dead(404))];
        let learned = learned.map(|(address, outcome)| (address.to_owned(), outcome));
        kept.learn(BTreeMap::from(learned), monday);
        assert_eq!(kept.of("a", monday), Some(&Outcome::Good));
        assert_eq!(kept.of("b", monday), Some(&Outcome::Dead(404)));
        assert_eq!(kept.of("b", date(2026, 11, 24)), None);
        assert_eq!(kept.of("a", date(2026, 11, 29)), Some(&Outcome::Good));
        assert_eq!(kept.of("a", date(2026, 11, 30)), None);
        // A clock that was set back.
        assert_eq!(kept.of("a", date(2026, 11, 22)), None);
        kept.learn(BTreeMap::new(), date(2027, 1, 1));
        assert_eq!(kept, Kept::default());
    }
}
