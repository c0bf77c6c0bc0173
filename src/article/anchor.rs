//! Where the words of a mention stand now, if the text has changed: by their hash alone, for the old text may be gone.
//!
//! It finds; it changes nothing. Rewriting an annotation is [`reanchor`](super::reanchor::reanchor)'s.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::text::{MentionHash, Span};

/// A mention as it was: where its pieces stood, and the hash of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The pieces in the old text, ascending.
    pub spans: Vec<Span>,
    /// The hash of the words.
    pub hash: MentionHash,
}

/// Where the words of a mention stand now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Placement {
    /// Where they stood.
    Unmoved,
    /// At one other place.
    Moved {
        /// The pieces in the new text.
        to: Vec<Span>,
    },
    /// At several other places, none of them the old one.
    Ambiguous {
        /// The pieces at the place nearest to the old start; of two equally near, the earlier.
        to: Vec<Span>,
        /// The code points at which the words begin, ascending: all of the places.
        starts: Vec<u32>,
    },
    /// Nowhere.
    Lost,
}

/// A new text, ready to have old mentions found in it.
///
/// ```
/// use comity::{Anchor, Anchors, MentionHash, Placement, Span};
/// let old = Anchor { spans: vec![Span::new(0, 6)], hash: MentionHash::of(["Norway"]) };
/// let text = Anchors::of("On Friday Norway signed.");
/// assert_eq!(text.place(&[old]), [Placement::Moved { to: vec![Span::new(10, 16)] }]);
/// ```
#[derive(Debug, Clone)]
pub struct Anchors<'t> {
    text: &'t str,
    /// The byte at which each code point begins, and the length of the text.
    starts: Vec<usize>,
}

/// The pieces of a mention seen from its first code point: start and length of each.
type Shape = Vec<(u32, u32)>;

impl<'t> Anchors<'t> {
    /// The text, in the form that spans count: line ends and byte order mark as the annotation says. Linear.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { text, starts }
    }

    /// How many code points the text has.
    #[must_use]
    pub fn codepoints(&self) -> usize {
        self.starts.len() - 1
    }

    /// The words at the span; none if it runs past the text. Constant time.
    #[must_use]
    pub fn words(&self, span: Span) -> Option<&'t str> {
        let (start, end) = (self.starts.get(span.start() as usize)?, self.starts.get(span.end() as usize)?);
        self.text.get(*start..*end)
    }

    /// For each mention where it stands now.
    ///
    /// Words that still stand at the old place are unmoved, whatever other places there are. For the others a window of the
    /// mention's lengths, with the gaps between its pieces, slides over the text: one SHA-256 for each code point and each
    /// different set of lengths, however many mentions share it. A discontinuous mention whose gap has changed is lost.
    #[must_use]
    pub fn place(&self, mentions: &[Anchor]) -> Vec<Placement> {
        let mut wanted: BTreeMap<Shape, FxHashMap<MentionHash, Vec<u32>>> = BTreeMap::new();
        for mention in mentions {
            if let Some(shape) = shape(&mention.spans).filter(|_| !self.stands(mention)) {
                wanted.entry(shape).or_default().entry(mention.hash).or_default();
            }
        }
        for (shape, hits) in &mut wanted {
            self.slide(shape, hits);
        }
        let place = |mention: &Anchor| {
            let Some(shape) = shape(&mention.spans) else { return Placement::Lost };
            let starts = wanted.get(&shape).and_then(|hits| hits.get(&mention.hash));
            let starts = match starts {
                Some(starts) if !self.stands(mention) => starts,
                _ => return Placement::Unmoved,
            };
            let old = mention.spans[0].start();
            match (starts.iter().min_by_key(|start| start.abs_diff(old)), starts.len()) {
                (None, _) => Placement::Lost,
                (Some(start), 1) => Placement::Moved { to: pieces(&shape, *start) },
                (Some(start), _) => Placement::Ambiguous { to: pieces(&shape, *start), starts: starts.clone() },
            }
        };
        mentions.iter().map(place).collect()
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The span of these words of the text, given by their bytes.
    pub(crate) fn span(&self, bytes: std::ops::Range<usize>) -> Span {
        let codepoint = |byte: usize| self.starts.partition_point(|start| *start < byte) as u32;
        Span::new(codepoint(bytes.start), codepoint(bytes.end))
    }

    /// Whether the words of the mention stand where it says.
    pub(crate) fn stands(&self, mention: &Anchor) -> bool {
        self.hash(mention.spans.iter().copied()) == Some(mention.hash)
    }

    /// The hash of the words at these pieces; none if one runs past the text.
    pub(crate) fn hash(&self, spans: impl Iterator<Item = Span>) -> Option<MentionHash> {
        let words: Option<Vec<_>> = spans.map(|span| self.words(span)).collect();
        Some(MentionHash::of(words?))
    }

    /// Notes each place at which one of these hashes stands.
    fn slide(&self, shape: &Shape, hits: &mut FxHashMap<MentionHash, Vec<u32>>) {
        let width = shape.last().map_or(0, |(start, length)| (start + length) as usize);
        for start in 0..=(self.codepoints().saturating_sub(width)) as u32 {
            let at = |(from, length): &(u32, u32)| {
                let first = (start + from) as usize;
                self.starts.get(first + *length as usize).map(|end| &self.text[self.starts[first]..*end])
            };
            let found = MentionHash::of(shape.iter().filter_map(at));
            if let Some(starts) = hits.get_mut(&found) {
                starts.push(start);
            }
        }
    }
}

/// The shape of these pieces; none if there are none, or they are empty, or do not ascend, or run out of all bounds.
fn shape(spans: &[Span]) -> Option<Shape> {
    let first = spans.first()?.start();
    let apart = spans.windows(2).all(|pair| pair[0].end() <= pair[1].start());
    let sound = apart && spans.iter().all(|span| !span.is_empty() && span.end() <= i32::MAX as u32);
    sound.then(|| spans.iter().map(|span| (span.start() - first, span.len())).collect())
}

fn pieces(shape: &Shape, start: u32) -> Vec<Span> {
    shape.iter().map(|(from, length)| Span::new(start + from, start + from + length)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Anchor, Anchors, Placement};
    use crate::text::{MentionHash, Span};

    fn anchor(text: &str, spans: &[(u32, u32)]) -> Anchor {
        let spans: Vec<_> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let hash = MentionHash::of(spans.iter().map(|span| span.of(text).unwrap()));
        Anchor { spans, hash }
    }

    #[test]
    fn each_mention_is_unmoved_moved_ambiguous_or_lost() {
        let old = "Fiji 🌊 spoke; Fiji signed, not Peru.";
        let mentions = [
            anchor(old, &[(0, 4)]),
            anchor(old, &[(14, 18)]),
            anchor(old, &[(19, 25)]),
            anchor(old, &[(31, 35)]),
            anchor(old, &[(14, 18), (27, 30)]),
        ];
        let new = "Fiji 🌊 spoke; so Fiji signed. Fiji is not Chad.";
        let moved = |start, end| Placement::Moved { to: vec![Span::new(start, end)] };
        let placed = Anchors::of(new).place(&mentions);
        assert_eq!(placed[0], Placement::Unmoved);
        assert_eq!(placed[1], Placement::Ambiguous { to: vec![Span::new(17, 21)], starts: vec![0, 17, 30] });
        assert_eq!(placed[2], moved(22, 28));
        assert_eq!(placed[3], Placement::Lost);
        assert_eq!(placed[4], Placement::Lost, "the gap between its pieces has changed");
    }

    #[test]
    fn of_two_places_equally_near_the_earlier_is_taken() {
        let old = "12345ab";
        let placed = Anchors::of("ab   --   ab").place(&[anchor(old, &[(5, 7)])]);
        assert_eq!(placed, [Placement::Ambiguous { to: vec![Span::new(0, 2)], starts: vec![0, 10] }]);
    }

    #[test]
    fn pieces_move_together_with_their_gap() {
        let old = "froze on Monday the assets";
        let mention = anchor(old, &[(0, 5), (16, 26)]);
        let placed = Anchors::of("It froze on Friday the assets.").place(&[mention]);
        assert_eq!(placed, [Placement::Moved { to: vec![Span::new(3, 8), Span::new(19, 29)] }]);
    }

    #[test]
    fn mentions_that_no_text_can_have_are_lost() {
        let hash = MentionHash::of([""]);
        let odd = [
            vec![],
            vec![Span::new(4, 4)],
            vec![Span::new(5, 7), Span::new(1, 2)],
            vec![Span::new(0, u32::MAX)],
            vec![Span::new(u32::MAX - 1, u32::MAX)],
        ];
        for spans in odd {
            let placed = Anchors::of("some text").place(&[Anchor { spans: spans.clone(), hash }]);
            assert_eq!(placed, [Placement::Lost], "{spans:?}");
        }
    }

    proptest! {
        /// Against the plain reading of the rule: try every start, one mention at a time.
        #[test]
        fn placing_is_what_trying_every_start_gives(
            new in "[ab🌊]{0,24}",
            words in prop::collection::vec(("[ab🌊]{1,3}", 0_u32..24), 1..6),
        ) {
            let anchors: Vec<_> = words
                .iter()
                .map(|(words, start)| Anchor {
                    spans: vec![Span::new(*start, start + words.chars().count() as u32)],
                    hash: MentionHash::of([words.as_str()]),
                })
                .collect();
            let placed = Anchors::of(&new).place(&anchors);
            for ((words, old), placed) in words.iter().zip(placed) {
                let length = words.chars().count() as u32;
                let all: Vec<u32> = (0..24).filter(|start| Span::new(*start, start + length).of(&new) == Some(words)).collect();
                let nearest = all.iter().copied().min_by_key(|start| (start.abs_diff(*old), *start));
                let to = |start: u32| vec![Span::new(start, start + length)];
                let expected = match nearest {
                    None => Placement::Lost,
                    Some(start) if start == *old => Placement::Unmoved,
                    Some(start) if all.len() == 1 => Placement::Moved { to: to(start) },
                    Some(start) => Placement::Ambiguous { to: to(start), starts: all },
                };
                prop_assert_eq!(placed, expected);
            }
        }
    }
}
