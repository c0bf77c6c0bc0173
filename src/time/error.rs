//! What can be wrong with a date or a period.

use super::Day;

/// Why a piece of text is not a date.
///
/// ```
/// use comity::{DateError, PartialDate};
/// assert!(matches!("04/03/2031".parse::<PartialDate>(), Err(DateError::Malformed)));
/// assert!(matches!("2031-02-30".parse::<PartialDate>(), Err(DateError::NoSuchDay { days: 28, .. })));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// The text is not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("not YYYY, YYYY-MM or YYYY-MM-DD")]
    Malformed,
    /// The year is outside 0001 to 9999.
    #[error("the year {0} is not from 0001 to 9999")]
    NoSuchYear(i32),
    /// The month is outside 1 to 12.
    #[error("there is no month {0}")]
    NoSuchMonth(u8),
    /// The month has no such day.
    #[error("{year:04}-{month:02} has {days} days")]
    NoSuchDay {
        /// The year that was given.
        year: i16,
        /// The month that was given.
        month: u8,
        /// How many days that month has.
        days: u8,
    },
}

/// Why two dates are not a period: no day lies between them.
///
/// ```
/// use comity::{Day, Period};
/// let day: Day = "2031-05-02".parse()?;
/// assert!(Period::new(day, day).is_err());
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it ends (at the latest {until}) before it begins ({from})")]
pub struct PeriodError {
    /// The first day it may begin.
    pub from: Day,
    /// The last day on which it may still have held.
    pub until: Day,
}
