//! Positions in texts, digests of texts, and when two texts are the same word.
//!
//! It knows nothing of articles, claims or JSON: it is what every reader stands on.

mod digest;
mod fold;
mod lines;
mod span;

pub use digest::{Digest, MentionHash, NotHex};
pub(crate) use fold::fold;
pub(crate) use lines::{LineIndex, Position};
pub use span::Span;
