//! In which unit somebody else counted: the question that a reader asks when the hashes of many mentions fail at once.
//!
//! It answers only; nothing is ever converted on a guess.

use std::fmt;

use super::anchor::{Anchor, Anchors};
use crate::text::Span;

/// A unit of offsets other than code points of the text as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OffsetUnit {
    Utf16,
    Bytes,
    /// Code points, with every line end counted as CR and LF.
    TwoPerLineEnd,
}

impl OffsetUnit {
    /// How many of these units the letter takes.
    fn width(self, letter: char) -> usize {
        match self {
            Self::Utf16 => letter.len_utf16(),
            Self::Bytes => letter.len_utf8(),
            Self::TwoPerLineEnd => 1 + usize::from(letter == '\n'),
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16 => "UTF-16 units",
            Self::Bytes => "bytes",
            Self::TwoPerLineEnd => "code points with line ends as two",
        })
    }
}

/// The unit, not code points, in which the hashes of **all** these mentions fit the text; none if there is none.
///
/// Linear in the text and in the words of the mentions.
pub(crate) fn counted_in(text: &Anchors<'_>, mentions: &[Anchor]) -> Option<OffsetUnit> {
    [OffsetUnit::Utf16, OffsetUnit::Bytes, OffsetUnit::TwoPerLineEnd].into_iter().find(|unit| {
        let mut at = 0;
        let mut starts = vec![0];
        starts.extend(text.text().chars().map(|letter| {
            at += unit.width(letter);
            at
        }));
        let codepoint = |offset: u32| starts.binary_search(&(offset as usize)).ok().map(|found| found as u32);
        let convert = |span: &Span| Some(Span::new(codepoint(span.start())?, codepoint(span.end())?));
        mentions.iter().all(|mention| {
            let spans: Option<Vec<_>> = mention.spans.iter().map(convert).collect();
            spans.is_some_and(|spans| text.stands(&Anchor { spans, hash: mention.hash }))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Anchors, OffsetUnit, counted_in};
    use crate::text::{MentionHash, Span};

    const TEXT: &str = "🌊 Tíde.\nOslo, then\nLima met.";

    fn counted(words: [(&str, u32); 2]) -> Option<OffsetUnit> {
        let anchor = |(words, start): (&str, u32)| Anchor {
            spans: vec![Span::new(start, start + words.len() as u32)],
            hash: MentionHash::of([words]),
        };
        counted_in(&Anchors::of(TEXT), &words.map(anchor))
    }

    #[test]
    fn the_unit_is_told_only_if_all_mentions_fit_it() {
        assert_eq!(counted([("Oslo", 9), ("Lima", 20)]), Some(OffsetUnit::Utf16));
        assert_eq!(counted([("Oslo", 12), ("Lima", 23)]), Some(OffsetUnit::Bytes));
        assert_eq!(counted([("Oslo", 12), ("Lima", 20)]), None, "one each of two units");
        assert_eq!(counted([("then", 15), ("Lima", 21)]), Some(OffsetUnit::TwoPerLineEnd));
        assert_eq!(counted([("Oslo", 1), ("Lima", 2000)]), None);
    }
}
