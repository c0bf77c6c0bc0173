//! By which coalitions two are tied.

use std::collections::{BTreeMap, VecDeque};

use crate::graph::{Because, NodeRef, View};
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
        let mut came_from: BTreeMap<u32, (u32, Certainty, Because<'g>)> = BTreeMap::new();
        let mut open = VecDeque::from([start]);
        while let Some(at) = open.pop_front() {
            if at == goal {
                break;
            }
            let reached: Vec<_> = if self.node(at).kind() == NodeKind::Coalition {
                self.members_of_each_once(at)
            } else {
                let coalitions = self.bodies_of(at).into_iter().filter(|one| one.body.kind() == NodeKind::Coalition);
                coalitions.map(|one| (one.body.index, one.certainty, one.because)).collect()
            };
            for (next, certainty, because) in reached {
                if next != start && !came_from.contains_key(&next) {
                    came_from.insert(next, (at, certainty, because));
                    open.push_back(next);
                }
            }
        }
        let mut chain = Chain {
            steps: vec![self.node(goal)],
            certainty: Certainty::Certain,
            because: Because::of_claims(self, []),
        };
        let mut at = goal;
        while at != start {
            let (before, certainty, because) = came_from.remove(&at)?;
            chain.certainty = chain.certainty.min(certainty);
            chain.because = chain.because.and(because);
            chain.steps.push(self.node(before));
            at = before;
        }
        chain.steps.reverse();
        Some(chain)
    }

    /// The named members of a coalition in the order of nodes, each with all that speaks for it, as sure as the best of that.
    fn members_of_each_once(self, coalition: u32) -> Vec<(u32, Certainty, Because<'g>)> {
        let mut members: Vec<(u32, Certainty, Because<'g>)> = Vec::new();
        for one in self.named_in(coalition).into_iter().filter(|one| one.role.is_member()) {
            match members.last_mut() {
                Some((last, certainty, because)) if *last == one.member.index => {
                    *certainty = one.certainty.max(*certainty);
                    *because = because.clone().and(one.because);
                }
                _ => members.push((one.member.index, one.certainty, one.because)),
            }
        }
        members
    }
}
