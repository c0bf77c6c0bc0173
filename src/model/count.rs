//! Counts as texts give them.

use std::fmt;

use super::CountPrecision;

/// A number of members, people or signatures, with how exact it is said to be.
///
/// ```
/// use comity::{Count, CountPrecision};
/// let stated = Count::new(58, CountPrecision::Exact);
/// assert!(!stated.fits(Count::new(60, CountPrecision::AtLeast)));
/// assert!(stated.fits(Count::new(50, CountPrecision::AtLeast)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The number, 0 to 2,147,483,647.
    pub value: u32,
    /// How exact it is said to be.
    pub precision: CountPrecision,
}

impl Count {
    /// This number, this exact.
    #[must_use]
    pub const fn new(value: u32, precision: CountPrecision) -> Self {
        Self { value, precision }
    }

    /// The numbers that it allows, both ends included.
    fn range(self) -> (u32, u32) {
        match self.precision {
            CountPrecision::Exact => (self.value, self.value),
            CountPrecision::Approximate => (0, u32::MAX),
            CountPrecision::AtLeast => (self.value, u32::MAX),
            CountPrecision::AtMost => (0, self.value),
        }
    }

    /// Whether some number fits both.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        let ((low, high), (other_low, other_high)) = (self.range(), other.range());
        low.max(other_low) <= high.min(other_high)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, precision } = self;
        match precision {
            CountPrecision::Exact => write!(f, "{value}"),
            CountPrecision::Approximate => write!(f, "about {value}"),
            CountPrecision::AtLeast => write!(f, "at least {value}"),
            CountPrecision::AtMost => write!(f, "at most {value}"),
        }
    }
}
