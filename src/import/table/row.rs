//! One row: its fields as text, numbers and dates, and what to say when they are none.

use std::ops::RangeInclusive;

use super::Column;
use super::rows::Rows;
use crate::diagnostic::{Code, Diagnostic};
use crate::import::ledger::ImportReport;
use crate::time::PartialDate;

/// Why a row is rejected.
pub(crate) type Wrong = Box<Diagnostic>;

/// The years that are taken for years: others are slips of a digit, or codes for something else.
const YEARS: RangeInclusive<i32> = 1_000..=2_200;

/// A row of a table.
pub(crate) struct Row<'t> {
    pub(super) rows: &'t Rows<'t>,
    pub(super) file: &'t str,
    pub(super) headings: &'t [Box<str>],
}

/// The three columns of a date.
pub(crate) type DateColumns = [Column; 3];

impl<'t> Row<'t> {
    /// The line on which it begins.
    pub(crate) fn line(&self) -> u32 {
        self.rows.line()
    }

    /// What the table calls the column.
    fn name(&self, column: Column) -> &'t str {
        column.at.and_then(|nth| self.headings.get(nth)).map_or(column.name, |name| name)
    }

    fn bytes(&self, column: Column) -> &'t [u8] {
        column.at.map_or(&[][..], |nth| self.rows.field(nth))
    }

    /// What stands in a column, without the spaces around it; empty if nothing does, or `NA`.
    pub(crate) fn text(&self, column: Column) -> Result<&'t str, Wrong> {
        match std::str::from_utf8(self.bytes(column)) {
            Ok(text) => Ok(filled(text)),
            Err(_) => Err(self.wrong(Code::I0101, column, "not UTF-8", Some("save the file as UTF-8"))),
        }
    }

    /// As [`Self::text`], of a column that may be left out: if it is not UTF-8 it is, with a warning.
    pub(crate) fn text_if_sound(&self, column: Column, report: &mut ImportReport) -> &'t str {
        std::str::from_utf8(self.bytes(column)).map_or_else(
            |_| {
                let hint = "save the file as UTF-8";
                report.warn(*self.wrong(Code::I0401, column, "not UTF-8: left out", Some(hint)));
                ""
            },
            filled,
        )
    }

    /// As [`Self::text`], of a column that must be filled.
    pub(crate) fn required_text(&self, column: Column) -> Result<&'t str, Wrong> {
        match self.text(column)? {
            "" => Err(self.wrong(Code::I0205, column, &format!("{} is empty", self.name(column)), None)),
            text => Ok(text),
        }
    }

    /// A whole number of this range; none if the field is empty. `2.0` is 2, as tables write that once held a gap.
    pub(crate) fn optional_number(&self, column: Column, range: RangeInclusive<i32>) -> Result<Option<i32>, Wrong> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let whole = text.split_once('.').map_or(text, |(whole, part)| {
            if !part.is_empty() && part.bytes().all(|byte| byte == b'0') { whole } else { text }
        });
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(self.wrong(Code::I0201, column, &format!("{} is not a whole number", self.name(column)), None));
        }
        match whole.parse() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => {
                let message = format!("{} is not from {} to {}", self.name(column), range.start(), range.end());
                Err(self.wrong(Code::I0203, column, &message, None))
            }
        }
    }

    /// As [`Self::optional_number`], of a column that must be filled.
    pub(crate) fn number(&self, column: Column, range: RangeInclusive<i32>) -> Result<i32, Wrong> {
        self.required_text(column)?;
        Ok(self.optional_number(column, range)?.unwrap_or_default())
    }

    /// A number that may have a fraction; none if the field is empty.
    pub(crate) fn optional_decimal(&self, column: Column) -> Result<Option<f64>, Wrong> {
        match self.text(column)? {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(self.wrong(Code::I0201, column, &format!("{} is not a number", self.name(column)), None)),
            },
        }
    }

    /// The date of three columns (year, month, day), as far as it is given: a month or day that is empty, 0 or -9 is unknown. None
    /// if the year is. What is said behind an unknown month or year must be unknown too.
    pub(crate) fn optional_date(&self, columns: DateColumns) -> Result<Option<PartialDate>, Wrong> {
        let [year_column, month_column, day_column] = columns;
        let known = |column| -> Result<Option<i32>, Wrong> {
            Ok(self.optional_number(column, i32::MIN..=i32::MAX)?.filter(|number| !UNKNOWN.contains(number)))
        };
        let (year, month, day) = (known(year_column)?, known(month_column)?, known(day_column)?);
        let Some(year) = year else {
            return match month.map(|_| month_column).or(day.map(|_| day_column)) {
                Some(column) => Err(self.wrong(
                    Code::I0202,
                    column,
                    &format!("{} without {}", self.name(column), self.name(year_column)),
                    None,
                )),
                None => Ok(None),
            };
        };
        if !YEARS.contains(&year) {
            let message = format!("{} is not from {} to {}", self.name(year_column), YEARS.start(), YEARS.end());
            return Err(self.wrong(Code::I0203, year_column, &message, None));
        }
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        // What is no month at all is told as one.
        let narrow = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
        let (date, column) = match (month, day) {
            (None, None) => (PartialDate::year(year), year_column),
            (None, Some(_)) => {
                let message = format!("{} without {}", self.name(day_column), self.name(month_column));
                return Err(self.wrong(Code::I0202, day_column, &message, None));
            }
            (Some(month), None) => (PartialDate::month(year, narrow(month)), month_column),
            (Some(month), Some(day)) => {
                let column = if (1..=12).contains(&month) { day_column } else { month_column };
                (PartialDate::day(year, narrow(month), narrow(day)), column)
            }
        };
        date.map(Some).map_err(|error| {
            let message = match error {
                crate::time::DateError::NoSuchMonth(_) => format!("{} is no month", self.name(column)),
                error => error.to_string(),
            };
            self.wrong(Code::I0202, column, &message, None)
        })
    }

    /// As [`Self::optional_date`], of a date that must be there.
    pub(crate) fn date(&self, columns: DateColumns) -> Result<PartialDate, Wrong> {
        let [year, ..] = columns;
        self.optional_date(columns)?
            .ok_or_else(|| self.wrong(Code::I0205, year, &format!("{} is not given", self.name(year)), None))
    }

    /// A date of one column, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; none if the field is empty.
    pub(crate) fn optional_iso_date(&self, column: Column) -> Result<Option<PartialDate>, Wrong> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let date: PartialDate = text
            .parse()
            .map_err(|error: crate::time::DateError| self.wrong(Code::I0202, column, &error.to_string(), None))?;
        if YEARS.contains(&i32::from(date.first().year())) {
            Ok(Some(date))
        } else {
            let message = format!("the year is not from {} to {}", YEARS.start(), YEARS.end());
            Err(self.wrong(Code::I0203, column, &message, None))
        }
    }

    /// About a field.
    pub(crate) fn wrong(&self, code: Code, column: Column, message: &str, hint: Option<&str>) -> Wrong {
        let (line, place) = column.at.map_or((self.line(), 1), |nth| self.rows.place(nth));
        let value = String::from_utf8_lossy(self.bytes(column));
        Box::new(Diagnostic {
            file: self.file.into(),
            line,
            column: place,
            severity: code.severity(),
            code,
            path: format!("/{}", self.name(column)),
            value: (!value.is_empty()).then(|| format!("\"{}\"", shortened(&value, 60))),
            message: message.into(),
            hint: hint.map(Into::into),
        })
    }
}

/// What stands in a month or day that is not known.
const UNKNOWN: [i32; 2] = [0, -9];

/// Without the spaces around it, and without what tables write for nothing.
fn filled(text: &str) -> &str {
    match text.trim() {
        "NA" | "." => "",
        text => text,
    }
}

/// So many code points at most.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into(),
    }
}
