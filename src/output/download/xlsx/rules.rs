//! What cells take, and what is said when they are given something else.

use crate::output::download::sheet::Input;
use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, XlsxError};

/// Words that a spreadsheet shows when something else is put in than a cell takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Messages {
    /// The title of all of them.
    pub title: String,
    /// For whole numbers.
    pub whole: String,
    /// For whole numbers up to `{n}`.
    pub whole_to: String,
    /// For numbers.
    pub decimal: String,
    /// For days.
    pub date: String,
    /// For choices, `{choices}`.
    pub choice: String,
}

/// What a spreadsheet takes for the choices of a cell, all in all.
const CHOICES: usize = 255;
/// The column of the hidden sheet where choices begin.
pub(super) const FIRST_LIST: u16 = 2;

/// The rules of a workbook's cells. Choices too long to stand in a cell's rule stand in columns of the hidden sheet.
pub(super) struct Rules<'a> {
    messages: &'a Messages,
    /// The name of the hidden sheet.
    identity: &'a str,
    lists: Vec<Vec<String>>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(messages: &'a Messages, identity: &'a str) -> Self {
        Self {
            messages,
            identity,
            lists: Vec::new(),
        }
    }

    /// The choices that stand in the hidden sheet, a column each.
    pub(super) fn lists(&self) -> &[Vec<String>] {
        &self.lists
    }

    /// The column of some choices.
    fn column(&mut self, choices: &[String]) -> usize {
        let known = self.lists.iter().position(|one| one == choices);
        known.unwrap_or_else(|| {
            self.lists.push(choices.to_vec());
            self.lists.len() - 1
        })
    }

    /// What a cell takes, with what is said when it is given something else.
    pub(super) fn of(&mut self, input: &Input) -> Result<Option<DataValidation>, XlsxError> {
        let messages = self.messages;
        let rule = DataValidation::new();
        let (rule, message) = match input {
            Input::Any => return Ok(None),
            Input::Whole(None) => {
                let least = DataValidationRule::GreaterThanOrEqualTo(0);
                (rule.allow_whole_number(least), messages.whole.clone())
            }
            Input::Whole(Some(most)) => {
                let limit = i32::try_from(*most).unwrap_or(i32::MAX);
                let message = messages.whole_to.replace("{n}", &limit.to_string());
                (
                    rule.allow_whole_number(DataValidationRule::Between(0, limit)),
                    message,
                )
            }
            Input::Decimal => {
                let least = DataValidationRule::GreaterThanOrEqualTo(0.0);
                (rule.allow_decimal_number(least), messages.decimal.clone())
            }
            Input::Date => {
                let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
                let later = DataValidationRule::GreaterThanOrEqualTo(first);
                (rule.allow_date(later), messages.date.clone())
            }
            Input::Choice(choices) => {
                let message = messages.choice.replace("{choices}", &choices.join("、"));
                (self.choices(rule, choices)?, message)
            }
        };
        let rule = rule.set_error_title(cut(&messages.title, 32))?;
        Ok(Some(rule.set_error_message(cut(&message, 255))?))
    }

    /// The choices themselves, or where they are too long or hold a comma, the column of the hidden sheet that does.
    fn choices(
        &mut self,
        rule: DataValidation,
        choices: &[String],
    ) -> Result<DataValidation, XlsxError> {
        let length: usize = choices
            .iter()
            .map(|one| one.encode_utf16().count() + 1)
            .sum();
        if length <= CHOICES && !choices.iter().any(|one| one.contains(',')) {
            return rule.allow_list_strings(choices);
        }
        let at = FIRST_LIST + super::column(self.column(choices));
        let letters = super::letters(at);
        let name = self.identity.replace('\'', "''");
        let count = choices.len();
        Ok(rule.allow_list_formula(Formula::new(format!(
            "='{name}'!${letters}$1:${letters}${count}"
        ))))
    }
}

/// The start of a text that a spreadsheet takes as a message, counted in UTF-16 as it counts.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |one: &char| {
        units += one.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect()
}
