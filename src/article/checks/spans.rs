//! Spans: that each is one, ends within the text, and that pieces ascend apart.

use smallvec::SmallVec;

use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{Article, Mention, Pair};
use crate::diagnostic::Code;
use crate::text::Span;

/// `codepoints` is the length of the text; none if it is not known.
pub(crate) fn check(article: &Article<'_>, codepoints: Option<u32>, problems: &mut Problems) {
    for (nth, mention) in article.mentions().iter().enumerate() {
        let Some(spans) = &mention.spans else { continue };
        let mut before: Option<Pair> = None;
        for (place, span) in spans.sound() {
            let path = || format!("/mentions/{nth}/spans/{place}");
            if span.0 >= span.1 {
                problems.add(|| {
                    let message = if span.0 == span.1 { "the span is empty" } else { "the end is not after the start" };
                    Problem::at(Code::C0501, path(), message).hint("spans are [start, end)")
                });
                continue;
            }
            if let Some(codepoints) = codepoints.filter(|codepoints| span.1 > *codepoints) {
                problems.add(|| {
                    let message = format!("the text has {codepoints} code points");
                    let hint = "is the text file the annotated one?";
                    Problem::at(Code::C0502, format!("{}/1", path()), message).hint(hint)
                });
            }
            if before.is_some_and(|before| span.0 <= before.1) {
                problems.add(|| {
                    let message = "pieces overlap, touch or are out of order";
                    Problem::at(Code::C0503, path(), message)
                        .hint("pieces ascend and do not touch; join them if they do")
                });
            }
            before = Some(*span);
        }
    }
}

impl Mention<'_> {
    /// Its pieces, if they are whole and sound as far as they can be without the text.
    pub(crate) fn pieces(&self) -> Option<SmallVec<[Span; 1]>> {
        let spans = self.spans.as_ref()?;
        let mut pieces: SmallVec<[Span; 1]> = SmallVec::with_capacity(spans.0.len());
        for pair in &spans.0 {
            let Pair(start, end) = (*pair)?;
            if start >= end || pieces.last().is_some_and(|before| start <= before.end()) {
                return None;
            }
            pieces.push(Span::new(start, end));
        }
        Some(pieces).filter(|pieces| !pieces.is_empty())
    }
}
