//! Who sanctions whom, and how.

use super::events::Events;
use super::{Dates, StageStep};
use crate::graph::{Because, NodeRef, View};
use crate::model::{Node, NodeKind, Qualifier, RelationKind};
use crate::time::Certainty;

/// A sanction, with all that the claims that count say of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SanctionCase<'g> {
    /// The sanction.
    pub sanction: NodeRef<'g>,
    /// Who imposes it.
    pub by: Vec<NodeRef<'g>>,
    /// Against whom or what.
    pub targets: Vec<NodeRef<'g>>,
    /// What it does, words of [`Measure`](crate::Measure), each once.
    pub measures: Vec<&'g str>,
    /// Why, as said, each once.
    pub reasons: Vec<&'g str>,
    /// On which laws or other instruments it rests.
    pub under: Vec<NodeRef<'g>>,
    /// The steps in its life.
    pub stages: Vec<StageStep<'g>>,
    /// From when, until when.
    pub dates: Dates,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on, those of its stages among them.
    pub because: Because<'g>,
}

/// Sanctions, by key: what [`View::sanctions`] gives. Narrow it, then iterate.
#[derive(Debug, Clone)]
#[must_use]
pub struct Sanctions<'g> {
    view: View<'g>,
    cases: Events,
    by: Option<u32>,
    on: Option<u32>,
}

impl<'g> View<'g> {
    /// The sanctions that hold, by key. Linear in the sanctions.
    ///
    /// ```
    /// use comity::{Batch, Fact, FactType, Graph, Measure, Nation, Qualifiers, Role, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
    /// let ban = Fact::new(FactType::Sanction).role(Role::By, iceland).role(Role::Target, veldland);
    /// batch.fact(note, ban.with(Qualifiers::new().measures(&[Measure::TradeBan])))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let veldland = graph.find::<Nation>("x-veldland").expect("just added");
    /// let case = graph.view().sanctions().on(veldland).next().expect("one sanction");
    /// assert_eq!(case.measures, ["trade_ban"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sanctions(self) -> Sanctions<'g> {
        Sanctions { view: self, cases: Events::of(self, NodeKind::Sanction), by: None, on: None }
    }

    /// Whether somebody belongs to a nation or organization: as its national, its official, its affiliate or its part.
    fn belongs_to(self, one: u32, whole: u32) -> bool {
        const TIES: [RelationKind; 4] = [
            RelationKind::NationalOf,
            RelationKind::HoldsOffice,
            RelationKind::AffiliatedWith,
            RelationKind::LocatedIn,
        ];
        let known = self.at_any_time();
        let tied =
            |part: u32| TIES.iter().any(|tie| known.targets(*tie, part).iter().any(|target| target.index == whole));
        let fits = |part: u32| part == whole || tied(part);
        // What is said of a group is said of its parts only if it is named in full.
        fits(one) || known.named_in_full(one).into_iter().any(fits)
    }
}

impl<'g> Sanctions<'g> {
    /// Only those that this actor imposes, or an organ of it.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn by(mut self, imposer: impl Into<Node>) -> Self {
        self.by = Some(self.view.index(imposer));
        self
    }

    /// Only those against this target, or against its nationals, officials, affiliates and places.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn on(mut self, target: impl Into<Node>) -> Self {
        self.on = Some(self.view.index(target));
        self
    }
}

impl<'g> Iterator for Sanctions<'g> {
    type Item = SanctionCase<'g>;

    fn next(&mut self) -> Option<SanctionCase<'g>> {
        loop {
            let (view, sanction) = (self.view, self.cases.next()?);
            let Some((fact, certainty)) = view.event(sanction) else { continue };
            let by = view.sources_of(RelationKind::Imposes, sanction);
            if self.by.is_some_and(|wanted| !by.iter().any(|one| view.speaks_for(one.index, wanted, None))) {
                continue;
            }
            let targets = view.targets(RelationKind::Targets, sanction);
            if self.on.is_some_and(|wanted| !targets.iter().any(|one| view.belongs_to(one.index, wanted))) {
                continue;
            }
            let stages = view.stages_of(sanction);
            let own = Because::of(view, [fact]);
            let because = stages.iter().fold(own, |because, step| because.and(step.because.clone()));
            return Some(SanctionCase {
                sanction: view.node(sanction),
                by,
                targets,
                measures: view.distinct(&because, Qualifier::Measures),
                reasons: view.distinct(&because, Qualifier::Reason),
                under: view.targets(RelationKind::Under, sanction),
                stages,
                dates: Dates::of(view, [fact]),
                certainty,
                because,
            });
        }
    }
}
