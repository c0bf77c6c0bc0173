//! Quotes looked up in a text by whoever drafts an annotation: where they stand, and where something like them does.

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

use crate::text::{LineIndex, Position};

/// A place in a text, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Nearby {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// The words there, with some of those before and after.
    pub around: String,
}

impl fmt::Display for Nearby {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, around } = self;
        write!(f, "{line}:{column} \"{around}\"")
    }
}

/// A text that quotes are looked up in.
#[derive(Debug)]
pub(crate) struct Quotes<'t> {
    text: &'t str,
    lines: LineIndex<'t>,
}

/// How much like the quote a place must be to be named: half of it.
const ALIKE: f64 = 0.5;
/// How many places that are like it are named.
const NAMED: usize = 3;
/// How many code points before and after a place are shown, or up to the end of a word.
const CONTEXT: usize = 24;

impl<'t> Quotes<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, lines: LineIndex::new(text.as_bytes()) }
    }

    /// The bytes at which the words stand, from this byte on; those that overlap count each. None for no words.
    pub(crate) fn places(&self, words: &str, from: usize) -> Vec<usize> {
        let step = words.chars().next().map_or(0, char::len_utf8);
        let mut places = Vec::new();
        let mut at = from;
        while let Some(found) = self.text.get(at..).filter(|_| step > 0).and_then(|rest| rest.find(words)) {
            places.push(at + found);
            at += found + step;
        }
        places
    }

    /// The places whose words are most like these, the best first; of two alike the earlier. Those that overlap a better
    /// one are left out.
    ///
    /// Compares at every beginning of a word by edit distance, so its cost is that of the text times the quote's length.
    pub(crate) fn nearest(&self, words: &str) -> Vec<Nearby> {
        let wanted = words.to_lowercase();
        let length = words.chars().count();
        let alike = |start: usize| {
            let end = self.after(start, length);
            let likeness = strsim::normalized_levenshtein(&wanted, &self.text[start..end].to_lowercase());
            (likeness >= ALIKE).then_some(((likeness * 1000.0) as u32, start..end))
        };
        let mut found: Vec<(u32, Range<usize>)> = self.word_starts().filter_map(alike).collect();
        found.sort_by_key(|(likeness, place)| (Reverse(*likeness), place.start));
        let mut best: Vec<Range<usize>> = Vec::new();
        for (_, place) in found {
            if best.len() < NAMED && best.iter().all(|other| place.end <= other.start || other.end <= place.start) {
                best.push(place);
            }
        }
        best.into_iter().map(|place| self.show(place)).collect()
    }

    /// The place for a person to look at.
    pub(crate) fn show(&self, place: Range<usize>) -> Nearby {
        let Position { line, column } = self.lines.position(place.start);
        let (before, after) = (&self.text[..place.start], &self.text[place.end..]);
        let ends_word = |(nth, letter): &(usize, char)| *nth >= CONTEXT && letter.is_whitespace();
        let back = before.chars().rev().enumerate().take_while(|one| !ends_word(one));
        let ahead = after.chars().enumerate().take_while(|one| !ends_word(one));
        let start = place.start - back.map(|(_, letter)| letter.len_utf8()).sum::<usize>();
        let end = place.end + ahead.map(|(_, letter)| letter.len_utf8()).sum::<usize>();
        let around = self.text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
        Nearby { line, column, around }
    }

    /// The byte after so many code points from this byte on.
    fn after(&self, start: usize, codepoints: usize) -> usize {
        let rest = &self.text[start..];
        start + rest.char_indices().nth(codepoints).map_or(rest.len(), |(byte, _)| byte)
    }

    /// The bytes at which words begin; in scripts that do not part words, every letter.
    fn word_starts(&self) -> impl Iterator<Item = usize> {
        const FIRST_IDEOGRAPH: char = '\u{2e80}';
        let mut in_word = false;
        self.text.char_indices().filter_map(move |(byte, letter)| {
            let begins = letter.is_alphanumeric() && (!in_word || letter >= FIRST_IDEOGRAPH);
            in_word = letter.is_alphanumeric();
            begins.then_some(byte)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    const TEXT: &str =
        "Peru’s envoy met\nthe press. Peru said so; Fiji’s envoy did not meet the pressing crowd.\n外交部长说";

    #[test]
    fn overlapping_places_count_each() {
        assert_eq!(Quotes::new("aaa").places("aa", 0), [0, 1]);
        assert!(Quotes::new("aaa").places("", 0).is_empty());
        assert_eq!(Quotes::new("añañ").places("ñ", 3), [4]);
    }

    #[test]
    fn what_is_most_like_a_quote_comes_first_with_the_words_around_it() {
        let nearest = Quotes::new(TEXT).nearest("Fiji's envoy");
        let shown: Vec<_> = nearest.iter().map(|place| (place.line, place.column)).collect();
        assert_eq!(shown, [(2, 26), (1, 1)]);
        assert!(nearest[0].around.contains("Peru said so; Fiji’s envoy did not meet the"), "{}", nearest[0]);
        assert_eq!(Quotes::new(TEXT).nearest("外交部長")[0].line, 3, "scripts that do not part words");
        assert!(Quotes::new(TEXT).nearest("zyxwv").is_empty());
    }

    #[test]
    fn a_line_break_inside_a_quote_is_no_reason_not_to_find_it() {
        let nearest = Quotes::new(TEXT).nearest("met the press");
        assert_eq!((nearest[0].line, nearest[0].column), (1, 14));
    }
}
