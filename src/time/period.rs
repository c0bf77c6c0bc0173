//! Periods: the known ones, from day to day, and what a claim says of time.

use std::fmt;

use super::bounds::{EVER, NEVER};
use super::{Bounds, Day, PartialDate, PeriodError};

/// A known period: from a first day up to, and not including, an end day. It holds at least one day.
///
/// ```
/// use comity::{Day, Period};
/// let term = Period::new(Day::new(2015, 11, 4)?, Day::new(2025, 3, 14)?)?;
/// assert!(term.contains(Day::new(2015, 11, 4)?));
/// assert!(!term.contains(Day::new(2025, 3, 14)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Day,
    end: Day,
}

impl Period {
    /// From `first` up to, and not including, `end`.
    ///
    /// # Errors
    /// [`PeriodError`] if no day lies between them.
    pub fn new(first: Day, end: Day) -> Result<Self, PeriodError> {
        if first < end { Ok(Self { first, end }) } else { Err(PeriodError { from: first, until: end }) }
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// The day after the last.
    #[must_use]
    pub fn end(self) -> Day {
        self.end
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day < self.end
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.end)
    }
}

/// When something began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Start {
    /// Not said, or said to be unknown.
    Unknown,
    /// On a day of this date: the first on which it held.
    On(PartialDate),
}

/// When something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Not said, or said to be unknown: which is not "still so".
    Unknown,
    /// It still went on when it was said: certain up to that day, possible after.
    Open,
    /// On a day of this date: the first on which it **no longer** held.
    On(PartialDate),
    /// It was over on that day, and may have been long before ("former").
    By(PartialDate),
}

/// What a claim says of time.
///
/// ```
/// use comity::{Day, Holding, When};
/// let published = "2021-03-23".parse()?;
/// let office = When::since("2021-01-12".parse()?); // and still so when it was said
/// let bounds = office.bounds(Some(published));
/// assert_eq!(bounds.holds_on(Day::new(2021, 3, 23)?), Holding::Certain);
/// assert_eq!(bounds.holds_on(Day::new(2021, 3, 24)?), Holding::Possible);
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum When {
    /// Nothing is said about time.
    #[default]
    Unstated,
    /// It held, or happened, on a day of this date; nothing is said about before and after.
    At(PartialDate),
    /// It held from, and until.
    Span {
        /// When it began.
        from: Start,
        /// When it ended.
        until: End,
    },
}

impl When {
    /// On a day of this date.
    #[must_use]
    pub fn at(date: PartialDate) -> Self {
        Self::At(date)
    }

    /// From this date; nothing is said of the end.
    #[must_use]
    pub fn from(date: PartialDate) -> Self {
        Self::Span { from: Start::On(date), until: End::Unknown }
    }

    /// From this date, and still so when it was said.
    #[must_use]
    pub fn since(date: PartialDate) -> Self {
        Self::Span { from: Start::On(date), until: End::Open }
    }

    /// From one date until the other: the first day on which it no longer held.
    ///
    /// # Errors
    /// [`PeriodError`] if no day lies between them, whichever days they are.
    pub fn between(from: PartialDate, until: PartialDate) -> Result<Self, PeriodError> {
        let when = Self::Span { from: Start::On(from), until: End::On(until) };
        when.check().map(|()| when)
    }

    /// Over by this date ("former"): nothing else is said.
    #[must_use]
    pub fn ended_by(date: PartialDate) -> Self {
        Self::Span { from: Start::Unknown, until: End::By(date) }
    }

    /// Whether the period can hold a day: the day it is over at the latest must lie after the earliest beginning.
    ///
    /// # Errors
    /// [`PeriodError`] if it cannot.
    pub fn check(self) -> Result<(), PeriodError> {
        let Self::Span { from: Start::On(from), until: End::On(until) | End::By(until) } = self else {
            return Ok(());
        };
        let (from, until) = (from.first(), until.last());
        if until <= from { Err(PeriodError { from, until }) } else { Ok(()) }
    }

    /// The days that these words leave possible for what lasts. `said` is the day they were published, which decides how far
    /// "still so" is certain; without it an open end is as an unknown one.
    ///
    /// Section 6 of the format, to the letter: what held `at` a date may have held on any other day too.
    ///
    /// ```
    /// use comity::{Day, Holding, When};
    /// let member = When::at("2021-02-15".parse()?).bounds(None);
    /// assert_eq!(member.holds_on(Day::new(2021, 2, 15)?), Holding::Certain);
    /// assert_eq!(member.holds_on(Day::new(2021, 3, 1)?), Holding::Possible);
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn bounds(self, said: Option<PartialDate>) -> Bounds {
        let (from, until) = match self {
            Self::Unstated => return Bounds::UNSTATED,
            Self::At(date) => return Bounds::attested(date),
            Self::Span { from, until } => (from, until),
        };
        let (from_first, from_last) = match from {
            Start::Unknown => (EVER, NEVER),
            Start::On(date) => (date.first().ordinal(), date.last().ordinal()),
        };
        let after_first_day = || match from {
            Start::On(date) if date.is_single_day() => from_first + 1,
            Start::On(_) | Start::Unknown => EVER,
        };
        let (until_first, until_last) = match (until, said) {
            (End::Open, Some(said)) => (said.first().ordinal() + 1, NEVER),
            (End::Open, None) | (End::Unknown, _) => (after_first_day(), NEVER),
            (End::On(date), _) => (date.first().ordinal(), date.last().ordinal()),
            (End::By(date), _) => (EVER, date.last().ordinal()),
        };
        Bounds { from_first, from_last, until_first, until_last }
    }

    /// The days that these words leave possible for what happens and is over: as [`When::bounds`], but what happened `at` a date
    /// happened on no other day.
    ///
    /// ```
    /// use comity::{Day, Holding, When};
    /// let meeting = When::at("2021-03".parse()?).bounds_of_moment(None);
    /// assert_eq!(meeting.holds_on(Day::new(2021, 3, 31)?), Holding::Possible);
    /// assert_eq!(meeting.holds_on(Day::new(2021, 4, 1)?), Holding::No);
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn bounds_of_moment(self, said: Option<PartialDate>) -> Bounds {
        match self {
            Self::At(date) => Bounds::on(date),
            _ => self.bounds(said),
        }
    }

    /// Whether anything is said about time.
    #[must_use]
    pub fn is_stated(self) -> bool {
        self != Self::Unstated
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = match self {
            Self::Unstated => return f.write_str("at no stated time"),
            Self::At(date) => return write!(f, "at {date}"),
            Self::Span { from, until } => (from, until),
        };
        match from {
            Start::Unknown => f.write_str("from an unknown day")?,
            Start::On(date) => write!(f, "from {date}")?,
        }
        match until {
            End::Unknown => Ok(()),
            End::Open => f.write_str(", still so when said"),
            End::On(date) => write!(f, " until {date}"),
            End::By(date) => write!(f, ", over by {date}"),
        }
    }
}
