//! Days, partial dates and periods, and the three-valued answers about them.
//!
//! A newspaper seldom gives a day: it says "in December", "last year", "until recently". This module keeps what was said
//! ([`PartialDate`], [`When`]) apart from what follows from it ([`Bounds`], [`Holding`]), and never rounds one into the other.
//!
//! It is not a calendar library: no times of day, no zones, no clock. From days to dates calendar arithmetic is jiff's.

mod bounds;
mod date;
mod day;
mod error;
mod period;

pub use bounds::{Bounds, Certainty, Holding};
pub use date::{PartialDate, Precision};
pub use day::Day;
pub use error::{DateError, PeriodError};
pub use period::{End, Period, Start, When};
