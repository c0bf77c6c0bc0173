//! What is in a graph, in forms that others read: one file a form.
//!
//! It asks the graph and changes nothing.

mod article;
mod follow_the_money;

pub use follow_the_money::FollowTheMoney;
