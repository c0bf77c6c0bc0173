//! What is in a graph, in forms that others read: one file a form.
//!
//! It asks the graph and changes nothing.

mod article;
