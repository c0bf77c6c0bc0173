//! The one position type: a half-open range of code points.

use std::fmt;

/// A piece of a text, `[start, end)`, in Unicode code points (not bytes, not UTF-16 units).
///
/// ```
/// use comity::Span;
/// let span = Span::new(3, 9);
/// assert_eq!((span.start(), span.end(), span.len()), (3, 9, 6));
/// assert_eq!(span.of("In Ottawa, today"), Some("Ottawa"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// From `start` up to, and not including, `end`. Reversed bounds give an empty span at `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The first code point.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// The code point after the last.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// How many code points.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no code point.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// The words at this span; none if it runs past the text. Linear in the end of the span.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        let mut at = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let first = at.nth(self.start as usize)?;
        let end = if self.is_empty() { first } else { at.nth(self.len() as usize - 1)? };
        text.get(first..end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}, {}]", self.start, self.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Span[{}, {})", self.start, self.end)
    }
}
