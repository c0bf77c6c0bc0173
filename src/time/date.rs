//! Dates as articles give them: a year, a month or a day, perhaps "about".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::day::days_in_month;
use super::{DateError, Day};

/// How much of a date is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// Year, month and day.
    Day,
}

/// A date of a year, a month or a day: **one unknown day** of it. Approximate dates (`~`) add the unit before and after.
///
/// Four bytes. The text form is that of the native format: `2031`, `2031-03`, `2031-03-04`, each with an optional `~`.
///
/// ```
/// use comity::PartialDate;
/// let month: PartialDate = "2020-02".parse()?;
/// assert_eq!(month.first().to_string(), "2020-02-01");
/// assert_eq!(month.last().to_string(), "2020-02-29");
/// let about: PartialDate = "2020-02~".parse()?;
/// assert_eq!((about.first().to_string(), about.last().to_string()), ("2020-01-01".into(), "2020-03-31".into()));
/// # Ok::<(), comity::DateError>(())
/// ```
///
/// Two dates compare equal only if they were given alike; [`PartialDate::overlaps`] asks whether they can be the same day.
/// The order is by year, month and day as far as they are given: a year before its months, a month before its days, a date
/// before the same date "about".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Month,
    /// Twice the day, 0 if not given; plus one if approximate. So the derived order is the documented one.
    day: u8,
}

/// A month, if it is given. Of a byte it leaves most values free, in which what may have a date says that it has none: so a
/// [`When`](super::When) of two dates takes ten bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
enum Month {
    NotGiven,
    January,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

impl Month {
    const ALL: [Self; 13] = {
        use Month::*;
        [NotGiven, January, February, March, April, May, June, July, August, September, October, November, December]
    };

    /// From 1, or 0 for one that is not given; none if there is no such month.
    fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

const ABOUT: u8 = 1;

impl PartialDate {
    /// Some day of this year.
    ///
    /// # Errors
    /// [`DateError::NoSuchYear`] outside 1 to 9999.
    pub fn year(year: i16) -> Result<Self, DateError> {
        Day::new(year, 1, 1)?;
        Ok(Self { year, month: Month::NotGiven, day: 0 })
    }

    /// Some day of this month.
    ///
    /// # Errors
    /// [`DateError`] if there is no such year or month.
    pub fn month(year: i16, month: u8) -> Result<Self, DateError> {
        Day::new(year, month, 1)?;
        Ok(Self { year, month: Month::of(month).ok_or(DateError::NoSuchMonth(month))?, day: 0 })
    }

    /// This very day.
    ///
    /// # Errors
    /// [`DateError`] if there is no such day.
    pub fn day(year: i16, month: u8, day: u8) -> Result<Self, DateError> {
        Day::new(year, month, day)?;
        Ok(Self { year, month: Month::of(month).ok_or(DateError::NoSuchMonth(month))?, day: day << 1 })
    }

    /// The same date, "about": a year, month or day to either side is possible too.
    ///
    /// ```
    /// use comity::PartialDate;
    /// assert_eq!(PartialDate::day(2024, 2, 29)?.about().last().to_string(), "2024-03-01");
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn about(self) -> Self {
        Self { day: self.day | ABOUT, ..self }
    }

    /// Whether the date is approximate.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        self.day & ABOUT != 0
    }

    /// How much of the date is given.
    #[must_use]
    pub fn precision(self) -> Precision {
        match (self.month, self.day >> 1) {
            (Month::NotGiven, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// The first day that it may be. Clamped at [`Day::FIRST`].
    #[must_use]
    pub fn first(self) -> Day {
        let (mut year, mut month) = (self.year, self.month as u8);
        match self.precision() {
            Precision::Day => {
                let day = self.exact_day();
                return if self.is_approximate() { day.previous().unwrap_or(day) } else { day };
            }
            Precision::Month if self.is_approximate() => {
                (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            }
            Precision::Year if self.is_approximate() => year -= 1,
            Precision::Month | Precision::Year => {}
        }
        Day::new(year, month.max(1), 1).unwrap_or(Day::FIRST)
    }

    /// The last day that it may be. Clamped at [`Day::LAST`].
    #[must_use]
    pub fn last(self) -> Day {
        let (mut year, mut month) = (self.year, self.month as u8);
        match self.precision() {
            Precision::Day => {
                let day = self.exact_day();
                return if self.is_approximate() { day.next().unwrap_or(day) } else { day };
            }
            Precision::Month if self.is_approximate() => {
                (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            }
            Precision::Year if self.is_approximate() => year += 1,
            Precision::Month | Precision::Year => {}
        }
        let month = if month == 0 { 12 } else { month };
        days_in_month(year, month).and_then(|days| Day::new(year, month, days)).unwrap_or(Day::LAST)
    }

    /// In one number, later dates in higher ones: for columns on disk.
    pub(crate) fn to_bits(self) -> u32 {
        (self.year as u32) << 10 | (self.month as u32) << 6 | u32::from(self.day)
    }

    /// Back from the number; none if no date has it.
    pub(crate) fn from_bits(bits: u32) -> Option<Self> {
        let (year, month, day) = ((bits >> 10) as i16, (bits >> 6 & 0xf) as u8, (bits & 0x3f) as u8);
        let is_year = (1..=9999).contains(&(bits >> 10));
        let fits = match (month, day >> 1) {
            (0, day) => day == 0,
            // Asked only where the answer is not the same for every month: many dates are read at once.
            (month, day) => month <= 12 && (day <= 28 || days_in_month(year, month).is_ok_and(|days| day <= days)),
        };
        Month::of(month).filter(|_| is_year && fits).map(|month| Self { year, month, day })
    }

    fn exact_day(self) -> Day {
        Day::new(self.year, self.month as u8, self.day >> 1).unwrap_or(Day::FIRST)
    }

    /// Whether only one day is meant.
    #[must_use]
    pub fn is_single_day(self) -> bool {
        self.precision() == Precision::Day && !self.is_approximate()
    }

    /// Whether both dates can be the same day.
    ///
    /// ```
    /// use comity::PartialDate;
    /// let arrest: PartialDate = "2019-12".parse()?;
    /// assert!(arrest.overlaps("2019".parse()?));
    /// assert!(!arrest.overlaps("2018-12~".parse()?));
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first() <= other.last() && other.first() <= self.last()
    }
}

impl From<Day> for PartialDate {
    fn from(day: Day) -> Self {
        let month = Month::of(day.month()).unwrap_or(Month::NotGiven);
        Self { year: day.year(), month, day: day.day() << 1 }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month != Month::NotGiven {
            write!(f, "-{:02}", self.month as u8)?;
        }
        if self.day >> 1 != 0 {
            write!(f, "-{:02}", self.day >> 1)?;
        }
        f.write_str(if self.is_approximate() { "~" } else { "" })
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let (digits, about) = match text.strip_suffix('~') {
            Some(rest) => (rest.as_bytes(), true),
            None => (text.as_bytes(), false),
        };
        let number = |at: usize, width: usize| -> Result<i16, DateError> {
            let field = digits.get(at..at + width).ok_or(DateError::Malformed)?;
            field.iter().try_fold(0_i16, |sum, byte| match byte {
                b'0'..=b'9' => Ok(sum * 10 + i16::from(byte - b'0')),
                _ => Err(DateError::Malformed),
            })
        };
        let dash = |at: usize| digits.get(at) == Some(&b'-');
        let date = match digits.len() {
            4 => Self::year(number(0, 4)?),
            7 if dash(4) => {
                let (year, month) = (number(0, 4)?, number(5, 2)?);
                Self::month(year, month as u8)
            }
            10 if dash(4) && dash(7) => {
                let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
                Self::day(year, month as u8, day as u8)
            }
            _ => Err(DateError::Malformed),
        }?;
        Ok(if about { date.about() } else { date })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
