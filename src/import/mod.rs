//! Other people's data as batches: one file a source. A reader never sees the graph.

mod memberships;

pub use memberships::reference_memberships;
