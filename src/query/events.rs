//! The events that a question goes through: every one of a kind, or those that an index gave.

use std::ops::Range;

use crate::graph::View;
use crate::model::NodeKind;

/// Events by node. All of a kind are a range, so that a question that is narrowed before it is asked costs nothing for the others.
#[derive(Debug, Clone)]
pub(super) enum Events {
    All(Range<u32>),
    These(std::vec::IntoIter<u32>),
}

impl Events {
    /// Every event of a kind.
    pub(super) fn of(view: View<'_>, kind: NodeKind) -> Self {
        Self::All(view.graph().rows_of(kind))
    }

    /// These, in their order.
    pub(super) fn these(events: impl IntoIterator<Item = u32>) -> Self {
        Self::These(events.into_iter().collect::<Vec<_>>().into_iter())
    }
}

impl Iterator for Events {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::All(events) => events.next(),
            Self::These(events) => events.next(),
        }
    }
}
