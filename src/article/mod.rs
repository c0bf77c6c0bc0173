//! The native format: annotated articles are read and checked, re-anchored, sealed and written back.
//!
//! A reader hands over a batch and a report. It knows no graph, decides nothing between articles, and mends nothing: what is
//! wrong is told at its place.

mod anchor;
mod checks;
mod decode;
mod layout;
mod limits;
mod lines;
mod loader;
mod loading;
mod located;
mod lower;
mod problem;
mod progress;
mod qualified;
mod quote;
mod reading;
mod reanchor;
mod scan;
#[cfg(feature = "schema")]
mod schema;
mod seal;
mod shape;
mod suspicion;
mod syntax;
mod text;
mod textfiles;
mod tree;
mod units;
mod words;
pub(crate) mod write;

pub use anchor::{Anchor, Anchors, Placement};
pub use limits::Limits;
pub use loader::{LoadError, Loader, Unread};
pub use progress::Progress;
pub use quote::Nearby;
pub use reanchor::{Move, Reanchored, RejectedFact, Rejection, reanchor};
#[cfg(feature = "schema")]
pub use schema::json_schema;
pub use seal::{DraftProblem, QuoteProblem, Sealer};
pub use tree::NotAnArticle;
pub use write::{ArticleDocument, WriteError};
