//! What may be so: an edge, an attribute of a node, or that an event is.

use std::fmt;

use crate::batch::records::NONE;
use crate::graph::{FactKind, NodeRef, RowRef, View};
use crate::model::Qualifiers;

/// What claims affirm, deny or disagree about: an edge, an attribute of a node, or that an event is. Prints in a line, by names;
/// [`Proposition::key`] gives the line by keys.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Proposition<'g> {
    /// What kind of fact it is.
    pub kind: FactKind,
    /// What it runs from, or of what it is.
    pub source: NodeRef<'g>,
    /// What it runs to; none for attributes and events.
    pub target: Option<NodeRef<'g>>,
    /// What tells it from others with the same ends, as compared: titles and labels are folded.
    pub identity: &'g Qualifiers,
}

impl<'g> Proposition<'g> {
    pub(super) fn of(view: View<'g>, fact: RowRef) -> Self {
        let facts = &view.graph.facts;
        let target = facts.target(fact);
        Self {
            kind: fact.kind,
            source: view.node(facts.source(fact)),
            target: (target != NONE).then(|| view.node(target)),
            identity: facts.identity(fact),
        }
    }

    /// The line by keys: `nation/CAN MemberOf coalition/harbour-pact (role member)`.
    #[must_use]
    pub fn key(&self) -> String {
        self.line(NodeRef::key)
    }

    fn line(&self, name: impl Fn(NodeRef<'g>) -> String) -> String {
        let mut line = match (self.target, self.kind) {
            (Some(target), kind) => format!("{} {kind} {}", name(self.source), name(target)),
            (None, FactKind::Event) => name(self.source),
            (None, kind) => format!("{} {kind}", name(self.source)),
        };
        let identity: Vec<_> = self.identity.iter().map(|(qualifier, value)| format!("{qualifier} {value}")).collect();
        if !identity.is_empty() {
            line.push_str(&format!(" ({})", identity.join(", ")));
        }
        line
    }
}

impl fmt::Display for Proposition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.line(|node| node.to_string()))
    }
}
