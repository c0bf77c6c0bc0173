//! Where the nodes of each kind stand. They stand together, by kind: of what kind a node is is told without reading its row.

use std::ops::Range;

use crate::batch::records::NodeRow;
use crate::model::NodeKind;

/// Where the nodes of each kind end; they begin where those of the kind before end.
#[derive(Debug)]
pub(crate) struct Kinds([u32; NodeKind::ALL.len()]);

impl Kinds {
    /// Of nodes in canonical order. Logarithmic in these.
    pub(super) fn new(nodes: &[NodeRow]) -> Self {
        Self(std::array::from_fn(|kind| nodes.partition_point(|node| node.kind as usize <= kind) as u32))
    }

    /// The kind of a node. It cannot fail: of an answer from which only a handle is taken, the rest need not be made.
    #[inline]
    pub(crate) fn of(&self, node: u32) -> NodeKind {
        let kind = self.0.iter().position(|end| node < *end);
        NodeKind::ALL[kind.unwrap_or(NodeKind::ALL.len() - 1)]
    }

    /// The nodes of a kind.
    #[inline]
    pub(crate) fn nodes(&self, kind: NodeKind) -> Range<u32> {
        let kind = kind as usize;
        let start = kind.checked_sub(1).map_or(0, |before| self.0[before]);
        start..self.0[kind]
    }
}
