//! Who met whom, where and when.

use super::events::Events;
use super::{Dates, StageStep};
use crate::graph::{Because, FactKind, NodeRef, View};
use crate::model::{Node, NodeKind, Participation, Qualifier, RelationKind};
use crate::time::Certainty;

/// A meeting, with all that the claims that count say of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Encounter<'g> {
    /// The meeting.
    pub meeting: NodeRef<'g>,
    /// Who takes part, and as what.
    pub participants: Vec<(NodeRef<'g>, Participation)>,
    /// Where.
    pub places: Vec<NodeRef<'g>>,
    /// What kinds of meeting it is said to be, words of [`MeetingKind`](crate::MeetingKind).
    pub kinds: Vec<&'g str>,
    /// How they meet, words of [`MeetingMode`](crate::MeetingMode).
    pub modes: Vec<&'g str>,
    /// Its titles, as said.
    pub titles: Vec<&'g str>,
    /// The steps in its life.
    pub stages: Vec<StageStep<'g>>,
    /// When.
    pub dates: Dates,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on, those of its stages among them.
    pub because: Because<'g>,
}

/// Meetings, by key: what [`View::meetings`] gives. Narrow it, then iterate.
#[derive(Debug, Clone)]
#[must_use]
pub struct Meetings<'g> {
    view: View<'g>,
    meetings: Events,
    with: Option<u32>,
}

impl<'g> View<'g> {
    /// The meetings that hold, by key. Linear in the meetings.
    ///
    /// ```
    /// use comity::{Batch, Fact, FactType, Graph, Nation, Role, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
    /// let talks = Fact::new(FactType::Meeting).role(Role::Participant, iceland).role(Role::Participant, veldland);
    /// batch.fact(note, talks)?;
    /// let graph = Graph::new().apply(batch)?;
    /// let iceland = graph.find::<Nation>("ISL").expect("just added");
    /// assert_eq!(graph.view().meetings().with(iceland).next().expect("the talks").participants.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn meetings(self) -> Meetings<'g> {
        Meetings { view: self, meetings: Events::of(self, NodeKind::Meeting), with: None }
    }
}

impl<'g> Meetings<'g> {
    /// Only those in which this actor takes part, or somebody who speaks for it: see [`View::according_to`].
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn with(mut self, actor: impl Into<Node>) -> Self {
        self.with = Some(self.view.index(actor));
        self
    }
}

impl<'g> Iterator for Meetings<'g> {
    type Item = Encounter<'g>;

    fn next(&mut self) -> Option<Encounter<'g>> {
        loop {
            let (view, meeting) = (self.view, self.meetings.next()?);
            let Some((fact, certainty)) = view.event(meeting) else { continue };
            let facts = view.running_to(FactKind::Relation(RelationKind::TakesPartIn), meeting);
            let part = |(fact, _)| {
                let role = view.graph.facts.identity(fact).word(Qualifier::Role).and_then(Participation::from_word);
                (view.node(view.graph.facts.source(fact)), role.unwrap_or(Participation::Participant))
            };
            let participants: Vec<_> = facts.map(part).collect();
            let is_there = |wanted: u32| participants.iter().any(|(one, _)| view.speaks_for(one.index, wanted, None));
            if self.with.is_some_and(|wanted| !is_there(wanted)) {
                continue;
            }
            let stages = view.stages_of(meeting);
            let own = Because::of(view, [fact]);
            let because = stages.iter().fold(own, |because, step| because.and(step.because.clone()));
            return Some(Encounter {
                meeting: view.node(meeting),
                participants,
                places: view.targets(RelationKind::TakesPlaceIn, meeting),
                kinds: view.distinct(&because, Qualifier::Kind),
                modes: view.distinct(&because, Qualifier::Mode),
                titles: view.distinct(&because, Qualifier::Title),
                stages,
                dates: Dates::of(view, [fact]),
                certainty,
                because,
            });
        }
    }
}
