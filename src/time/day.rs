//! One day of the calendar.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::DateError;

/// One day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// Four bytes, ordered by time. It has no time of day and no zone: articles date by the day.
///
/// ```
/// use comity::Day;
/// let leap: Day = "2020-02-29".parse()?;
/// assert_eq!(leap.next(), Some("2020-03-01".parse()?));
/// assert_eq!(leap.days_until("2021-03-01".parse()?), 366);
/// assert!("2021-02-29".parse::<Day>().is_err());
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const EPOCH: Date = Date::constant(1, 1, 1);
/// The days of a year before each of its months, if it is no leap year.
const BEFORE_MONTH: [i32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

impl Day {
    /// The first day there is, 0001-01-01.
    pub const FIRST: Self = Self(0);
    /// The last day there is, 9999-12-31.
    pub const LAST: Self = Self(3_652_058);

    /// The day of this year, month and day of the month.
    ///
    /// # Errors
    /// [`DateError`] if there is no such year (1 to 9999), month or day.
    ///
    /// ```
    /// use comity::Day;
    /// assert_eq!(Day::new(1867, 7, 1)?.to_string(), "1867-07-01");
    /// # Ok::<(), comity::DateError>(())
    /// ```
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self, DateError> {
        if !(1..=9999).contains(&year) {
            return Err(DateError::NoSuchYear(i32::from(year)));
        }
        let days = days_in_month(year, month)?;
        if !(1..=days).contains(&day) {
            return Err(DateError::NoSuchDay { year, month, days });
        }
        let years = i32::from(year) - 1;
        let before_year = years * 365 + years / 4 - years / 100 + years / 400;
        let leap_day = i32::from(month > 2 && is_leap(year));
        Ok(Self(before_year + BEFORE_MONTH[usize::from(month) - 1] + leap_day + i32::from(day) - 1))
    }

    fn civil(self) -> Date {
        EPOCH.checked_add(self.0.days()).unwrap_or(Date::MAX)
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.civil().month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.civil().day().unsigned_abs()
    }

    /// The day after; none after [`Day::LAST`].
    #[must_use]
    pub fn next(self) -> Option<Self> {
        (self < Self::LAST).then(|| Self(self.0 + 1))
    }

    /// The day before; none before [`Day::FIRST`].
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        (self > Self::FIRST).then(|| Self(self.0 - 1))
    }

    /// How many days later `other` is; negative if it is earlier.
    ///
    /// ```
    /// use comity::Day;
    /// let (arrest, answer) = (Day::new(2018, 12, 1)?, Day::new(2018, 12, 10)?);
    /// assert_eq!(arrest.days_until(answer), 9);
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        other.0 - self.0
    }

    /// This day moved by so many days; none if that leaves the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        self.0.checked_add(days).and_then(Self::from_ordinal)
    }

    /// Days since 0001-01-01: the form that columns hold.
    pub(crate) fn ordinal(self) -> i32 {
        self.0
    }

    /// The inverse of [`Day::ordinal`]; none outside the calendar.
    pub(crate) fn from_ordinal(ordinal: i32) -> Option<Self> {
        (0..=Self::LAST.0).contains(&ordinal).then_some(Self(ordinal))
    }
}

/// How many days the month has.
pub(crate) fn days_in_month(year: i16, month: u8) -> Result<u8, DateError> {
    match month {
        2 => Ok(28 + u8::from(is_leap(year))),
        4 | 6 | 9 | 11 => Ok(30),
        1..=12 => Ok(31),
        _ => Err(DateError::NoSuchMonth(month)),
    }
}

fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        match text.parse::<super::PartialDate>()? {
            date if date.is_single_day() => Ok(date.first()),
            _ => Err(DateError::Malformed),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        for ordinal in (0..=Day::LAST.ordinal()).step_by(17).chain([Day::LAST.ordinal()]) {
            let day = Day::from_ordinal(ordinal).unwrap();
            assert_eq!(Day::new(day.year(), day.month(), day.day()), Ok(day));
        }
    }
}
