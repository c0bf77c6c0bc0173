//! Words of a source as evidence.

use std::fmt;

use smallvec::{SmallVec, smallvec};

use crate::model::MentionForm;
use crate::text::{MentionHash, Span};

/// Words of a source: where they stand, and what they are. [`Batch::mention`](crate::Batch::mention) takes it.
///
/// ```
/// use comity::{Batch, Quote, Source, Span};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note").text("In Ottawa, the minister resigned."));
/// let resigned = batch.mention(note, Quote::new(Span::new(15, 23), "minister").and(Span::new(24, 32), "resigned"))?;
/// let elsewhere = Quote::new(Span::new(0, 8), "minister");
/// assert_eq!(batch.mention(note, elsewhere).unwrap_err().to_string(), "at [0, 8] stands \"In Ottaw\", not \"minister\"");
/// # Ok::<(), comity::QuoteError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Each piece with its words; none where only the place is known.
    pub(super) pieces: SmallVec<[(Span, Option<Box<str>>); 1]>,
    pub(super) form: Option<MentionForm>,
    pub(super) keeps_words: bool,
}

/// Why words are not at a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuoteError {
    /// The piece is empty, or does not come after the one before with a gap between.
    #[error("the piece at {0} is empty, or does not come after the one before with a gap between")]
    Pieces(Span),
    /// The words have another length than the piece.
    #[error("\"{words}\" does not fill {span}")]
    Length {
        /// Where they are said to stand.
        span: Span,
        /// The words.
        words: Box<str>,
    },
    /// The text is at hand and has other words there.
    #[error("at {span} stands \"{found}\", not \"{words}\"")]
    Differs {
        /// Where they are said to stand.
        span: Span,
        /// The words.
        words: Box<str>,
        /// What stands there; empty past the end of the text.
        found: Box<str>,
    },
}

impl Quote {
    /// The longest words that are kept, in code points; of longer ones only the hash is.
    pub const LONGEST: usize = 300;

    /// These words, at this span of the text.
    #[must_use]
    pub fn new(span: Span, words: &str) -> Self {
        Self { pieces: smallvec![(span, Some(words.into()))], form: None, keeps_words: true }
    }

    /// Whatever stands at this span: for records that give places and no words. Where the text is at hand the words are read
    /// from it; where it is not, the place is all that is known, and the source cannot be written in the native format.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Nation, Quote, Source, Span, Stance, relations::AlignedWith};
    /// let mut batch = Batch::new();
    /// let wire = batch.source(Source::article("wire-7"));
    /// let (chile, peru) = (batch.node::<Nation>("CHL")?, batch.node::<Nation>("PER")?);
    /// let place = batch.mention(wire, Quote::place(Span::new(14, 21)))?;
    /// batch.claim(wire, Claimed::new(AlignedWith { stance: Stance::Friendly }, chile, peru).evidence(place));
    /// let graph = Graph::new().apply(batch)?;
    /// let claim = graph.source("wire-7").and_then(|wire| wire.claims().next()).expect("just added");
    /// assert_eq!(claim.evidence().next().map(|words| words.extent()), Some(Span::new(14, 21)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn place(span: Span) -> Self {
        Self { pieces: smallvec![(span, None)], form: None, keeps_words: false }
    }

    /// And, after a gap, these.
    #[must_use]
    pub fn and(mut self, span: Span, words: &str) -> Self {
        self.pieces.push((span, Some(words.into())));
        self
    }

    /// The form of the words.
    #[must_use]
    pub fn form(mut self, form: MentionForm) -> Self {
        self.form = Some(form);
        self
    }

    /// Keeps only their hash: for words that may not be shared.
    #[must_use]
    pub fn hash_only(mut self) -> Self {
        self.keeps_words = false;
        self
    }

    /// Reads the words of places from the text, where it is at hand.
    pub(super) fn read(&mut self, text: Option<&str>) {
        for (span, words) in &mut self.pieces {
            if words.is_none() {
                *words = text.and_then(|text| span.of(text)).map(Into::into);
            }
        }
    }

    /// Whether the words can be there, and are if the text is at hand.
    pub(super) fn check(&self, text: Option<&str>) -> Result<(), QuoteError> {
        let mut after = None;
        for (span, words) in &self.pieces {
            let span = *span;
            if span.is_empty() || after.is_some_and(|end| span.start() <= end) {
                return Err(QuoteError::Pieces(span));
            }
            after = Some(span.end());
            match (text.map(|text| span.of(text).unwrap_or_default()), words) {
                (Some(found), words) if words.as_deref() != Some(found) => {
                    let words = words.clone().unwrap_or_default();
                    return Err(QuoteError::Differs { span, words, found: found.into() });
                }
                (None, Some(words)) if words.chars().count() != span.len() as usize => {
                    return Err(QuoteError::Length { span, words: words.clone() });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The hash of its words; none if some are not known.
    pub(super) fn hash(&self) -> Option<MentionHash> {
        let words: Option<Vec<&str>> = self.pieces.iter().map(|(_, words)| words.as_deref()).collect();
        words.map(MentionHash::of)
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces: Vec<_> = self.pieces.iter().map(|(_, words)| words.as_deref().unwrap_or_default()).collect();
        f.pad(&pieces.join(" "))
    }
}
