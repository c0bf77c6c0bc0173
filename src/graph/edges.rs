//! Edges as answers: the general look-up under the named queries.

use super::because::Because;
use super::facts::{FactKind, RowRef};
use super::handle::NodeRef;
use super::timeline::Asked;
use super::view::View;
use crate::model::{Node, Qualifiers, RelationKind};
use crate::time::Certainty;

/// An edge that holds, with its claims.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Edge<'g> {
    /// What it runs from.
    pub source: NodeRef<'g>,
    /// The relation.
    pub relation: RelationKind,
    /// What it runs to.
    pub target: NodeRef<'g>,
    /// What tells it from other edges with the same ends, as compared: titles and labels are folded.
    pub identity: &'g Qualifiers,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    fn edge(self, fact: RowRef, certainty: Certainty) -> Edge<'g> {
        let facts = &self.graph.facts;
        let FactKind::Relation(relation) = fact.kind else { unreachable!("only relations have edges") };
        Edge {
            source: self.node(facts.source(fact)),
            relation,
            target: self.node(facts.target(fact)),
            identity: facts.identity(fact),
            certainty,
            because: Because::of(self, [fact]),
        }
    }

    /// Every edge of a relation that holds, by source, then target: the general look-up under the named queries.
    ///
    /// Linear in the edges of the relation; of memberships, offices and who imposes sanctions in those that may have held at the view's
    /// time and a sixteenth of those before; of the relations that only detentions, sanctions, meetings and statements make in those of
    /// events that may have gone on then.
    pub fn edges(self, relation: RelationKind) -> impl Iterator<Item = Edge<'g>> {
        let (of_events, all) = match self.of_events_at_the_time(relation) {
            Some(found) => (found, None),
            None => (Vec::new(), Some(self.holding(FactKind::Relation(relation)))),
        };
        let of_events = of_events.into_iter().filter_map(move |fact| Some((fact, self.judge(fact)?)));
        of_events.chain(all.into_iter().flatten()).map(move |(fact, certainty)| self.edge(fact, certainty))
    }

    /// The facts of a relation whose event may have gone on at the view's time, in their order; none where the view is of all
    /// times, or where the relation's facts have times of their own.
    fn of_events_at_the_time(self, relation: RelationKind) -> Option<Vec<RowRef>> {
        use RelationKind as R;
        let (facts, kind) = (&self.graph.facts, FactKind::Relation(relation));
        let days = Some(self.lens.window).filter(|days| !days.are_all())?;
        let events = || {
            let (table, mut rows) = (facts.table(FactKind::Event), Vec::new());
            let timeline = table.timeline_of_any(days);
            let asked = Asked { days, stands: u8::MAX };
            timeline.iter().for_each(|timeline| timeline.each_meeting_of_all(asked, |met| rows.push(met.row)));
            rows.dedup();
            rows.into_iter().map(|row| facts.event(row))
        };
        let mut found: Vec<RowRef> = match relation {
            R::Makes | R::TakesPartIn | R::Detains | R::HeldIn => {
                events().flat_map(|event| facts.running_to(kind, event)).collect()
            }
            R::Concerns | R::Targets => events().flat_map(|event| facts.running_from(kind, event)).collect(),
            _ => return None,
        };
        found.sort_unstable();
        Some(found)
    }

    /// The edges of a relation that run from this node and hold, by target. Linear in the node's own edges of that relation.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn edges_from(self, relation: RelationKind, node: impl Into<Node>) -> impl Iterator<Item = Edge<'g>> {
        let facts = self.running_from(FactKind::Relation(relation), self.index(node));
        facts.map(move |(fact, certainty)| self.edge(fact, certainty))
    }

    /// The edges of a relation that run to this node and hold, by source. Linear in the node's own edges of that relation.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn edges_to(self, relation: RelationKind, node: impl Into<Node>) -> impl Iterator<Item = Edge<'g>> {
        let facts = self.running_to(FactKind::Relation(relation), self.index(node));
        facts.map(move |(fact, certainty)| self.edge(fact, certainty))
    }
}
