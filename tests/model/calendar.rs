//! Days as numbers and dates as sets of them, counted out one by one.

use std::fmt;

use comity::{Day, PartialDate};

/// The years that the model knows: those that it generates, with room on both sides for what is not bounded.
const YEARS: std::ops::Range<i16> = 2018..2024;

/// Every day of these years.
fn days() -> Vec<(i16, u8, u8)> {
    let length = |year: i16, month: u8| match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 => 29,
        2 => 28,
        _ => 31,
    };
    YEARS
        .flat_map(|year| (1..=12).flat_map(move |month| (1..=length(year, month)).map(move |day| (year, month, day))))
        .collect()
}

thread_local! {
    static DAYS: Vec<(i16, u8, u8)> = days();
}

/// No day that the model asks for is before this one, and what has no bound may begin here.
pub(crate) const FIRST: i32 = 0;

/// The day after the last of the model: what has no bound may end here.
pub(crate) fn end() -> i32 {
    DAYS.with(|days| days.len() as i32)
}

/// The library's day.
pub(crate) fn day(number: i32) -> Day {
    let (year, month, day) = DAYS.with(|days| days[number as usize]);
    Day::new(year, month, day).expect("a day")
}

/// The number of a day that exists.
pub(crate) fn number(year: i16, month: u8, day: u8) -> i32 {
    DAYS.with(|days| days.iter().position(|known| *known == (year, month, day)).expect("a day") as i32)
}

/// A date as it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    pub(crate) year: i16,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
    pub(crate) about: bool,
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))?;
        f.write_str(if self.about { "~" } else { "" })
    }
}

impl Date {
    /// The library's date.
    pub(crate) fn partial(self) -> PartialDate {
        format!("{self:?}").parse().expect("a date")
    }

    fn is_unit_of(self, day: (i16, u8, u8), as_day: (i16, u8, u8)) -> bool {
        day.0 == as_day.0 && (self.month.is_none() || day.1 == as_day.1) && (self.day.is_none() || day.2 == as_day.2)
    }

    /// Every day that it may be: those of its year, month or day; `~` adds the unit before and the one after.
    pub(crate) fn days(self) -> Vec<i32> {
        DAYS.with(|all| {
            let unit = |like: (i16, u8, u8)| -> Vec<i32> {
                let of = all.iter().enumerate().filter(|(_, day)| self.is_unit_of(**day, like));
                of.map(|(number, _)| number as i32).collect()
            };
            let own = unit((self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)));
            if !self.about {
                return own;
            }
            let before = unit(all[own[0] as usize - 1]);
            let after = unit(all[own[own.len() - 1] as usize + 1]);
            [before, own, after].concat()
        })
    }

    pub(crate) fn first(self) -> i32 {
        self.days()[0]
    }

    pub(crate) fn last(self) -> i32 {
        *self.days().last().expect("a date has a day")
    }

    pub(crate) fn is_single_day(self) -> bool {
        self.day.is_some() && !self.about
    }
}
