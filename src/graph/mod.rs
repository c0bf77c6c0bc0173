//! The store: columns in canonical order, one compressed adjacency per relation and direction, and the view to ask through.
//!
//! A graph is immutable and `Send + Sync`; [`Graph::apply`] makes the next one. Everything in it stands in canonical order
//! (nodes by kind and key, claims by article and place), so that neither the order of loading nor the split into batches
//! shows in any answer. Numbers of rows never leave this folder but inside an [`Id`](crate::Id).
//!
//! It reads no files and knows no formats.

mod apply;
mod because;
mod canonical;
mod claim;
mod edges;
mod facts;
mod handle;
mod kinds;
mod lists;
mod lower;
mod names;
mod order;
mod pledged;
mod pool;
mod sweep;
mod table;
mod timeline;
mod view;
mod visit;
mod voices;
mod walk;

pub(crate) use apply::Derived;
pub use apply::{ApplyError, Graph};
pub use because::Because;
pub(crate) use because::{Reasons, ReasonsOfMany};
pub use claim::{Claim, Evidence, Voice};
pub use edges::Edge;
pub use facts::FactKind;
pub(crate) use facts::{Belonging, Facts, RowRef};
pub use handle::{NodeRef, SourceRef};
pub(crate) use lists::{Lists, add_up};
pub(crate) use names::Names;
pub(crate) use sweep::Sweep;
pub(crate) use table::{Columns, Table};
pub use view::View;
pub use visit::{Tie, TieId, Undirected, Visited};
pub(crate) use walk::FarEnd;
