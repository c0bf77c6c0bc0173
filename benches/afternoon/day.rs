//! A day as a number, so that two can be subtracted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Days since the first of March of year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "&str", into = "String")]
pub(crate) struct Day(pub(crate) i32);

/// No day is written so.
#[derive(Debug)]
pub(crate) struct NotADay;

impl fmt::Display for NotADay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is written YYYY-MM-DD")
    }
}

impl std::error::Error for NotADay {}

impl Day {
    /// By years that begin in March, so that a leap day ends one.
    pub(crate) fn new(year: i32, month: i32, day: i32) -> Self {
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        Self(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let mut parts = text.split('-').map(|part| part.parse().map_err(|_| NotADay));
        let mut part = || parts.next().unwrap_or(Err(NotADay));
        Ok(Self::new(part()?, part()?, part()?))
    }
}

impl TryFrom<&str> for Day {
    type Error = NotADay;

    fn try_from(text: &str) -> Result<Self, NotADay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        let era = day.0.div_euclid(146_097);
        let of_era = day.0.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        format!("{:04}-{month:02}-{day:02}", year + 400 * era)
    }
}
