//! The text under stand-off annotations, and in which unit their tool counted its offsets: found by their quotes alone.
//!
//! It converts nothing on a guess: what has no quote that fits is refused by whoever asks.

use std::fmt;

use crate::text::Span;

/// A text as spans speak of it, and as it came.
pub(super) struct Under<'t> {
    /// As it came.
    raw: &'t str,
    /// One leading byte order mark removed, CR LF and lone CR turned into LF.
    read: String,
    /// Where each code point of `read` begins, and where the last ends.
    starts: Vec<usize>,
}

/// A unit of offsets. The order is that in which they are believed where several fit equally well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Whether a character past U+FFFF counts as two, as in JavaScript.
    utf16: bool,
    /// Whether CR and LF are counted each, as they stand.
    raw_line_ends: bool,
    /// Whether the byte order mark is counted.
    mark: bool,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.utf16 { "UTF-16 units" } else { "code points" })?;
        if self.raw_line_ends {
            f.write_str(", CR and LF each")?;
        }
        f.write_str(if self.mark { ", with the byte order mark" } else { "" })
    }
}

/// Offsets of one unit, as code points of the text that is read.
pub(super) struct Offsets {
    pub(super) unit: Unit,
    at: Vec<u32>,
}

/// No code point begins there.
const NOWHERE: u32 = u32::MAX;

/// A piece as the tool counted it.
pub(super) type Piece = (u64, u64);

impl<'t> Under<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        let read = raw.strip_prefix('\u{feff}').unwrap_or(raw).replace("\r\n", "\n").replace('\r', "\n");
        let starts = read.char_indices().map(|(at, _)| at).chain([read.len()]).collect();
        Self { raw, read, starts }
    }

    pub(super) fn text(&self) -> &str {
        &self.read
    }

    pub(super) fn words(&self, span: Span) -> &str {
        &self.read[self.starts[span.start() as usize]..self.starts[span.end() as usize]]
    }

    /// The units that differ on this text, code points of the text as it is read first.
    fn units(&self) -> Vec<Unit> {
        let (no_yes, no): (&[_], &[_]) = (&[false, true], &[false]);
        let either = |differs: bool| if differs { no_yes } else { no };
        let mut units = Vec::new();
        for utf16 in either(self.raw.chars().any(|letter| letter.len_utf16() > 1)) {
            for raw_line_ends in either(self.raw.contains("\r\n")) {
                for mark in either(self.raw.starts_with('\u{feff}')) {
                    units.push(Unit { utf16: *utf16, raw_line_ends: *raw_line_ends, mark: *mark });
                }
            }
        }
        units
    }

    fn offsets(&self, unit: Unit) -> Offsets {
        let mut at = Vec::with_capacity(self.starts.len());
        let mut letters = self.raw.chars().peekable();
        let mut count = 0;
        if letters.next_if_eq(&'\u{feff}').is_some() && unit.mark {
            at.push(0);
        }
        while let Some(letter) = letters.next() {
            at.push(count);
            let is_pair = letter == '\r' && letters.next_if_eq(&'\n').is_some();
            if is_pair && unit.raw_line_ends || unit.utf16 && letter.len_utf16() > 1 {
                at.push(NOWHERE);
            }
            count += 1;
        }
        at.push(count);
        Offsets { unit, at }
    }

    /// The unit in which the most of the quotes stand at their places; where none fits more than code points do, code points.
    pub(super) fn fitting<'q>(&self, quotes: &(impl Iterator<Item = (&'q [Piece], &'q str)> + Clone)) -> Offsets {
        let mut best = None;
        for unit in self.units() {
            let offsets = self.offsets(unit);
            let fits = |(pieces, words): (&[Piece], &str)| {
                offsets.spans(pieces).is_ok_and(|spans| self.is_quote(&spans, words))
            };
            let fitting = quotes.clone().filter(|quote| fits(*quote)).count();
            if best.as_ref().is_none_or(|(most, _)| fitting > *most) {
                best = Some((fitting, offsets));
            }
        }
        best.expect("code points are always a unit").1
    }

    /// Whether the words stand there: pieces are joined by a space, and a line end may be written as one.
    pub(super) fn is_quote(&self, spans: &[Span], words: &str) -> bool {
        let found: Vec<_> = spans.iter().map(|span| self.words(*span)).collect();
        let found = found.join(" ").replace('\n', " ");
        let plain = words.replace("\r\n", " ").replace(['\n', '\r'], " ");
        // Some exports write a line end as a backslash and a letter.
        found == plain || found == plain.replace("\\n", " ")
    }
}

impl Unit {
    /// Whether these are the code points of the text as it is read.
    pub(super) fn is_ours(self) -> bool {
        !self.utf16 && !self.raw_line_ends && !self.mark
    }
}

impl Offsets {
    /// The pieces as spans, those that touch made one.
    pub(super) fn spans(&self, pieces: &[Piece]) -> Result<Vec<Span>, String> {
        let mut spans: Vec<Span> = Vec::with_capacity(pieces.len());
        let known = |offset: u64| usize::try_from(offset).ok().and_then(|offset| self.at.get(offset)).copied();
        for (start, end) in pieces {
            let (from, to) = match (known(*start), known(*end)) {
                (Some(from), Some(to)) if from != NOWHERE && to != NOWHERE => (from, to),
                (None, _) | (_, None) => return Err(format!("{start} to {end} runs past the end of the text")),
                _ => return Err(format!("{start} to {end} cuts a character or line end in two")),
            };
            if from >= to {
                return Err(format!("{start} to {end} holds nothing"));
            }
            match spans.last_mut() {
                Some(last) if last.end() > from => {
                    return Err(format!("{start} to {end} does not come after the piece before"));
                }
                Some(last) if last.end() == from => *last = Span::new(last.start(), to),
                _ => spans.push(Span::new(from, to)),
            }
        }
        if spans.is_empty() { Err("there is no place".into()) } else { Ok(spans) }
    }
}

#[cfg(test)]
mod tests {
    use super::Under;

    fn unit(text: &str, pieces: &[(u64, u64)], words: &str) -> Option<String> {
        let under = Under::new(text);
        let offsets = under.fitting(&[(pieces, words)].into_iter());
        let spans = offsets.spans(pieces).ok()?;
        under.is_quote(&spans, words).then(|| offsets.unit.to_string())
    }

    #[test]
    fn the_unit_is_the_one_in_which_the_quotes_fit() {
        assert_eq!(unit("🌊 Chile", &[(2, 7)], "Chile").as_deref(), Some("code points"));
        assert_eq!(unit("🌊 Chile", &[(3, 8)], "Chile").as_deref(), Some("UTF-16 units"));
        assert_eq!(unit("a\r\nChile", &[(2, 7)], "Chile").as_deref(), Some("code points"));
        assert_eq!(unit("a\r\nChile", &[(3, 8)], "Chile").as_deref(), Some("code points, CR and LF each"));
        let many = "\u{feff}🌊🌊\r\n\r\nChile";
        assert_eq!(unit(many, &[(8, 13)], "Chile").as_deref(), Some("UTF-16 units, CR and LF each"));
        assert_eq!(unit("\u{feff}Chile", &[(1, 6)], "Chile").as_deref(), Some("code points, with the byte order mark"));
        assert_eq!(unit("🌊 Chile", &[(2, 7)], "Chili"), None);
        assert_eq!(unit("a\r\nChile", &[(0, 1), (3, 8)], "a Chile").as_deref(), Some("code points, CR and LF each"));
        assert_eq!(unit("a\nb", &[(0, 3)], "a b").as_deref(), Some("code points"));
        assert_eq!(unit("a\nb", &[(0, 3)], "a\\nb").as_deref(), Some("code points"));
    }
}
