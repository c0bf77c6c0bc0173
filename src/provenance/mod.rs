//! Where a claim comes from: its source, and when two sources are one.
//!
//! It does not hold claims (a [`Batch`](crate::Batch) and a [`Graph`](crate::Graph) do) and does not read files.

mod origin;
mod source;

pub(crate) use origin::independent_origins;
pub use source::{Annotator, Dateline, Newlines, Origin, Source, SourceKind, TextRecord};
