//! When something may have held, and when it must have: four days, and the three-valued questions over them.

use std::fmt;

use super::{Day, PartialDate, Period};

/// How sure an answer is, as far as time and extent go. It says nothing of belief: who affirms and who denies is in the claims.
///
/// Ordered: `Possible < Certain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It may have held; what was said leaves room for it and against it.
    Possible,
    /// If what was said is so, it held.
    Certain,
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Possible => "possible",
            Self::Certain => "certain",
        })
    }
}

/// The three values of "did it hold then?".
///
/// Ordered: `No < Possible < Certain`, so the best of several claims is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// What was said excludes it.
    No,
    /// What was said leaves it open.
    Possible,
    /// What was said entails it.
    Certain,
}

impl Holding {
    /// The certainty of an answer that rests on it; none if it did not hold.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        match self {
            Self::No => None,
            Self::Possible => Some(Certainty::Possible),
            Self::Certain => Some(Certainty::Certain),
        }
    }
}

/// The days between which something began, and those between which it ended: what a claim's words leave possible.
///
/// It began on a day from `from_first` to `from_last`, and the first day on which it no longer held lies from `until_first`
/// to `until_last` (half-open). A missing bound is none. Sixteen bytes; all questions are comparisons of days.
///
/// ```
/// use comity::{Bounds, Day, Holding, When};
/// // "from 2031-05-02", nothing said of the end: certain on its first day only.
/// let bounds = When::from("2031-05-02".parse()?).bounds(None);
/// assert_eq!(bounds.holds_on(Day::new(2031, 5, 1)?), Holding::No);
/// assert_eq!(bounds.holds_on(Day::new(2031, 5, 2)?), Holding::Certain);
/// assert_eq!(bounds.holds_on(Day::new(2031, 5, 3)?), Holding::Possible);
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounds {
    pub(crate) from_first: i32,
    pub(crate) from_last: i32,
    pub(crate) until_first: i32,
    pub(crate) until_last: i32,
}

/// No bound below.
pub(crate) const EVER: i32 = i32::MIN;
/// No bound above.
pub(crate) const NEVER: i32 = i32::MAX;

impl Bounds {
    /// Nothing is known: possible on every day.
    pub const UNSTATED: Self = Self { from_first: EVER, from_last: NEVER, until_first: EVER, until_last: NEVER };

    /// It happened on one unknown day of the date, and on no other.
    pub(crate) fn on(date: PartialDate) -> Self {
        let (first, last) = (date.first().ordinal(), date.last().ordinal());
        Self { from_first: first, from_last: last, until_first: first + 1, until_last: last + 1 }
    }

    /// It held on one unknown day of the date; of before and after nothing is known.
    pub(crate) fn attested(date: PartialDate) -> Self {
        let (first, last) = (date.first().ordinal(), date.last().ordinal());
        Self { from_first: EVER, from_last: last, until_first: first + 1, until_last: NEVER }
    }

    /// Whether the day of its beginning and that of its end are known.
    pub(crate) fn is_exact(self) -> bool {
        self.from_first == self.from_last && self.until_first == self.until_last && self.from_first < self.until_last
    }

    /// The first day it may have begun; none if that is not bounded.
    #[must_use]
    pub fn earliest(self) -> Option<Day> {
        Day::from_ordinal(self.from_first)
    }

    /// The last day on which it may have begun; none if that is not bounded.
    #[must_use]
    pub fn latest_begin(self) -> Option<Day> {
        Day::from_ordinal(self.from_last)
    }

    /// The first day on which it may have been over; none if that is not bounded.
    #[must_use]
    pub fn earliest_end(self) -> Option<Day> {
        Day::from_ordinal(self.until_first)
    }

    /// The day on which it was over at the latest; none if that is not bounded.
    #[must_use]
    pub fn latest_end(self) -> Option<Day> {
        Day::from_ordinal(self.until_last)
    }

    /// Did it hold on this day? **No** before the earliest beginning and from the latest end; **certain** from the latest
    /// beginning to before the earliest end; else **possible**.
    #[must_use]
    pub fn holds_on(self, day: Day) -> Holding {
        self.holds_on_ordinal(day.ordinal())
    }

    #[inline]
    pub(crate) fn holds_on_ordinal(self, day: i32) -> Holding {
        if day < self.from_first || day >= self.until_last {
            Holding::No
        } else if self.from_last <= day && day < self.until_first {
            Holding::Certain
        } else {
            Holding::Possible
        }
    }

    /// Did it hold on some day of the period? A period of one day asks what [`Bounds::holds_on`] asks. For a longer one:
    /// **no** if it cannot have held on any of its days, **certain** if it must have on at least one, whichever the days were.
    ///
    /// ```
    /// use comity::{Day, Holding, Period, When};
    /// let march = Period::new(Day::new(2031, 3, 1)?, Day::new(2031, 4, 1)?)?;
    /// assert_eq!(When::at("2031-03".parse()?).bounds_of_moment(None).overlaps(march), Holding::Certain);
    /// assert_eq!(When::at("2031".parse()?).bounds_of_moment(None).overlaps(march), Holding::Possible);
    /// assert_eq!(When::at("2030".parse()?).bounds_of_moment(None).overlaps(march), Holding::No);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn overlaps(self, period: Period) -> Holding {
        self.overlaps_ordinals(period.first().ordinal(), period.end().ordinal())
    }

    #[inline]
    pub(crate) fn overlaps_ordinals(self, first: i32, end: i32) -> Holding {
        if end.saturating_sub(first) <= 1 {
            return self.holds_on_ordinal(first);
        }
        // The last: a period that ends before it begins held on no day at all.
        if end <= self.from_first || first >= self.until_last || self.until_last <= self.from_first {
            return Holding::No;
        }
        // Whatever the days, it held at least one: its end is a day after its beginning or later.
        let until_first = self.until_first.max(self.from_first.saturating_add(1));
        let from_last = self.from_last.min(self.until_last.saturating_sub(1));
        if until_first > first && from_last < end { Holding::Certain } else { Holding::Possible }
    }
}

impl fmt::Debug for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |ordinal: i32| Day::from_ordinal(ordinal).map_or("..".into(), |day| day.to_string());
        let Self { from_first, from_last, until_first, until_last } = *self;
        write!(f, "[{}, {}] to [{}, {}]", show(from_first), show(from_last), show(until_first), show(until_last))
    }
}
