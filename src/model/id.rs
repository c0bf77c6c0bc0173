//! Typed handles to nodes.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use super::node::{Kind, NodeKind, Official, Person};

/// A typed handle to a node of one batch or graph: `Id<Nation>`, `Id<Detention>`.
///
/// Eight bytes, `Copy`. It is good for the batch or graph that gave it out and for no other: used elsewhere it fails loudly
/// (see [`Graph`](crate::Graph)). It is never written to a file; what lasts is the node's [`Key`](crate::Key).
pub struct Id<K> {
    node: Node,
    kind: PhantomData<fn() -> K>,
}

/// A handle to a node of any kind: an [`Id`] whose type is known at run time only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub(crate) index: u32,
    /// Who gave it out (28 bits), and the kind of node (4 bits).
    tag: u32,
}

impl Node {
    pub(crate) fn new(kind: NodeKind, index: u32, owner: u32) -> Self {
        Self { index, tag: (owner << 4) | kind as u32 }
    }

    /// The kind of the node.
    #[must_use]
    pub fn kind(self) -> NodeKind {
        NodeKind::ALL[(self.tag & 0xf) as usize]
    }

    pub(crate) fn owner(self) -> u32 {
        self.tag >> 4
    }

    /// The typed handle, if the node is of that kind.
    ///
    /// # Errors
    /// [`NotThatKind`] if it is of another. Whether a person is an official is asked of the graph, not here.
    ///
    /// ```
    /// use comity::{Batch, Id, Nation, Node, Person};
    /// let mut batch = Batch::new();
    /// let canada: Node = batch.node::<Nation>("CAN")?.into();
    /// assert!(canada.typed::<Nation>().is_ok());
    /// assert_eq!(canada.typed::<Person>().unwrap_err().to_string(), "a nation is not a Person");
    /// # Ok::<(), comity::KeyError>(())
    /// ```
    pub fn typed<K: Kind>(self) -> Result<Id<K>, NotThatKind> {
        if self.kind() == K::KIND && K::NAME != Official::NAME {
            Ok(Id::from_node(self))
        } else {
            Err(NotThatKind { kind: self.kind(), wanted: K::NAME })
        }
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({})", self.kind(), self.index)
    }
}

/// The node is of another kind than the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} is not a {wanted}", kind.with_article())]
pub struct NotThatKind {
    /// The kind it is of.
    pub kind: NodeKind,
    /// The type asked for.
    pub wanted: &'static str,
}

impl<K: Kind> Id<K> {
    /// The caller vouches for the kind.
    pub(crate) fn from_node(node: Node) -> Self {
        debug_assert_eq!(node.kind(), K::KIND, "an id of the wrong type");
        Self { node, kind: PhantomData }
    }

    /// The same handle, its type known at run time only.
    #[must_use]
    pub fn node(self) -> Node {
        self.node
    }
}

impl<K: Kind> From<Id<K>> for Node {
    fn from(id: Id<K>) -> Self {
        id.node
    }
}

/// An official is a person; the other way is checked by the graph.
impl From<Id<Official>> for Id<Person> {
    fn from(official: Id<Official>) -> Self {
        Self::from_node(official.node)
    }
}

// By hand: derived ones would ask the same of `K`.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.node.cmp(&other.node)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", K::NAME, self.node.index)
    }
}
