//! By which coalitions two are tied.

use super::links::Link;
use crate::graph::{Because, Graph, NodeRef, Reasons, View};
use crate::model::{Node, NodeKind};
use crate::time::Certainty;

/// A chain of coalitions: nation, coalition, nation, coalition, nation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Chain<'g> {
    /// Member and coalition in turn, from the one end to the other.
    pub steps: Vec<NodeRef<'g>>,
    /// As sure as the least sure step.
    pub certainty: Certainty,
    /// The claims of all memberships on the way.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// A shortest chain of shared coalitions between two, if there is one: of several as short, the one whose steps come first in
    /// the order of nodes, seen from `one`. Who is tied to itself has a chain of one step.
    ///
    /// Breadth first over named memberships: linear in the memberships of the coalitions it comes to.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// for (nation, pact) in [("ISL", "harbour"), ("KEN", "harbour"), ("KEN", "savannah"), ("TZA", "savannah")] {
    ///     let (nation, pact) = (batch.node::<Nation>(nation)?, batch.node::<Coalition>(pact)?);
    ///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let nation = |slug| graph.find::<Nation>(slug).expect("just added");
    /// let chain = graph.view().chain(nation("ISL"), nation("TZA")).expect("over Kenya");
    /// assert_eq!((chain.steps.len(), chain.because.claims().len()), (5, 4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If a node is not of this graph.
    #[must_use]
    pub fn chain(self, one: impl Into<Node>, other: impl Into<Node>) -> Option<Chain<'g>> {
        let (start, goal) = (self.index(one), self.index(other));
        let mut seen = Seen::new(self.graph);
        // In the order of discovery, each with the step from which it was: the open ones are at the end.
        let mut steps = vec![Step { node: start, before: 0, certainty: Certainty::Certain, reasons: Reasons::new() }];
        seen.insert(start);
        let mut at = 0;
        while !seen.contains(goal) {
            let node = steps.get(at)?.node;
            let is_coalition = self.node(node).kind() == NodeKind::Coalition;
            let links = if is_coalition { self.members_linked(node) } else { self.bodies_linked(node) };
            for Link { other, certainty, reasons } in links {
                let leads_on = is_coalition || self.node(other).kind() == NodeKind::Coalition;
                if leads_on && seen.insert(other) {
                    steps.push(Step { node: other, before: at, certainty, reasons });
                }
            }
            at += 1;
        }
        let mut at = steps.iter().position(|step| step.node == goal)?;
        let mut chain = Chain { steps: Vec::new(), certainty: Certainty::Certain, because: Because::of(self, []) };
        loop {
            let Step { node, before, certainty, ref reasons } = steps[at];
            chain.steps.push(self.node(node));
            chain.certainty = chain.certainty.min(certainty);
            chain.because = chain.because.and(Because::of(self, reasons.iter().copied()));
            if at == 0 {
                break;
            }
            at = before;
        }
        chain.steps.reverse();
        Some(chain)
    }
}

/// A node on the way, and how it was reached.
struct Step {
    node: u32,
    before: usize,
    certainty: Certainty,
    reasons: Reasons,
}

/// Nodes as bits, with room only for the kinds that were met: events are many, and no chain leads through them.
struct Seen<'g> {
    graph: &'g Graph,
    kinds: Vec<(u32, Vec<u64>)>,
}

impl<'g> Seen<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self { graph, kinds: vec![(0, Vec::new()); NodeKind::ALL.len()] }
    }

    fn place(&mut self, node: u32) -> (&mut u64, u64) {
        let kind = self.graph.records.nodes[node as usize].kind;
        let (first, bits) = &mut self.kinds[kind as usize];
        if bits.is_empty() {
            let of_kind = self.graph.rows_of(kind);
            *first = of_kind.start;
            *bits = vec![0; of_kind.len().div_ceil(64)];
        }
        let bit = node - *first;
        (&mut bits[(bit / 64) as usize], 1 << (bit % 64))
    }

    fn contains(&mut self, node: u32) -> bool {
        let (word, bit) = self.place(node);
        *word & bit != 0
    }

    /// Whether it is new.
    fn insert(&mut self, node: u32) -> bool {
        let (word, bit) = self.place(node);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}
