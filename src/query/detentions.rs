//! Who holds whom, on what charge, at whose request.

use std::collections::BTreeSet;

use super::events::Events;
use super::{Dates, StageStep};
use crate::graph::{Because, FactKind, NodeRef, RowRef, View};
use crate::model::{Node, NodeKind, Qualifier, RelationKind};
use crate::text::fold;
use crate::time::Certainty;

/// A detention, with all that the claims that count say of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DetentionCase<'g> {
    /// The detention.
    pub detention: NodeRef<'g>,
    /// Who detains.
    pub by: Vec<NodeRef<'g>>,
    /// Who is held; those of a group that is named in full stand after it.
    pub detained: Vec<NodeRef<'g>>,
    /// Of which nations they are nationals.
    pub nationality: Vec<NodeRef<'g>>,
    /// At whose request.
    pub at_request_of: Vec<NodeRef<'g>>,
    /// The charges, as said, each once.
    pub charges: Vec<&'g str>,
    /// The forms that it takes, words of [`DetentionForm`](crate::DetentionForm).
    pub forms: Vec<&'g str>,
    /// Where.
    pub places: Vec<NodeRef<'g>>,
    /// The steps of the case.
    pub stages: Vec<StageStep<'g>>,
    /// From when, until when.
    pub dates: Dates,
    /// How sure it is that somebody was held then.
    pub certainty: Certainty,
    /// The claims that it rests on, those of its stages, of the groups and of the nationalities among them.
    pub because: Because<'g>,
}

/// Detentions, by key: what [`View::detentions`] gives. Narrow it, then iterate.
#[derive(Debug, Clone)]
#[must_use]
pub struct Detentions<'g> {
    view: View<'g>,
    cases: Events,
    by: Option<u32>,
    of: Option<u32>,
}

impl<'g> View<'g> {
    /// The detentions that hold, by key.
    ///
    /// Linear in the detentions; [`Detentions::by`] makes it linear in those of one nation, and in its officials.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Fact, FactType, Graph, Nation, Person, Qualifiers, Role, Source, relations::NationalOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (rojas, chile) = (batch.node::<Person>("ines-rojas")?, batch.node::<Nation>("CHL")?);
    /// batch.claim(note, Claimed::new(NationalOf, rojas, chile));
    /// let held = Fact::new(FactType::Detention).role(Role::Detained, rojas).with(Qualifiers::new().charge("spying"));
    /// batch.fact(note, held)?;
    /// let graph = Graph::new().apply(batch)?;
    /// let chile = graph.find::<Nation>("CHL").expect("just added");
    /// let case = graph.view().detentions().of_nationality(chile).next().expect("one case");
    /// assert_eq!(case.charges, ["spying"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn detentions(self) -> Detentions<'g> {
        Detentions { view: self, cases: Events::of(self, NodeKind::Detention), by: None, of: None }
    }
}

impl<'g> Detentions<'g> {
    /// Only those in which this nation or organization detains, or an organ of it.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn by(mut self, detainer: impl Into<Node>) -> Self {
        let by = self.view.index(detainer);
        self.by = Some(by);
        let voices = self.view.voices_of(by).into_iter();
        let cases = voices.flat_map(|voice| self.view.targets(RelationKind::Detains, voice));
        let cases: BTreeSet<u32> = cases.map(|case| case.index).collect();
        self.cases = Events::these(cases);
        self
    }

    /// Only those in which a national of this nation is held. Nationality is taken at any time; the certainty is that of the
    /// detention.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn of_nationality(mut self, nation: impl Into<Node>) -> Self {
        self.of = Some(self.view.index(nation));
        self
    }
}

impl<'g> Iterator for Detentions<'g> {
    type Item = DetentionCase<'g>;

    fn next(&mut self) -> Option<DetentionCase<'g>> {
        loop {
            let detention = self.cases.next()?;
            let event = self.view.event(detention);
            let Some((fact, certainty)) = event else { continue };
            let by = self.view.sources_of(RelationKind::Detains, detention);
            if self.by.is_some_and(|wanted| !by.iter().any(|one| self.view.speaks_for(one.index, wanted, None))) {
                continue;
            }
            let (detained, of_groups) = self.view.held_in(detention);
            let (nationality, of_nations) = self.view.nations_of(&detained);
            if self.of.is_some_and(|wanted| !nationality.iter().any(|nation| nation.index == wanted)) {
                continue;
            }
            let case = self.view.detention_case(detention, fact, certainty, by, detained, nationality);
            return Some(DetentionCase { because: case.because.clone().and(of_groups).and(of_nations), ..case });
        }
    }
}

impl<'g> View<'g> {
    /// That an event is, if it holds.
    pub(super) fn event(self, event: u32) -> Option<(RowRef, Certainty)> {
        self.running_from(FactKind::Event, event).next()
    }

    /// Who is held: people and groups, and after each group those that it names in full, with the claims that it does.
    fn held_in(self, detention: u32) -> (Vec<NodeRef<'g>>, Because<'g>) {
        let known = self.at_any_time();
        let (mut detained, mut ways) = (Vec::new(), Vec::new());
        for held in self.sources_of(RelationKind::HeldIn, detention) {
            detained.push(held);
            for part in known.parts_in_full(held.index) {
                detained.push(known.node(part.node));
                ways.extend(part.ways);
            }
        }
        let mut seen = BTreeSet::new();
        detained.retain(|one| seen.insert(one.index));
        (detained, Because::of(known, ways))
    }

    /// The nations whose nationals these are, themselves or by a group that is named in full, by key, with the claims.
    fn nations_of(self, people: &[NodeRef<'g>]) -> (Vec<NodeRef<'g>>, Because<'g>) {
        let known = self.at_any_time();
        let (mut nations, mut facts) = (Vec::new(), Vec::new());
        for one in people {
            let groups = known.groups_in_full(one.index).into_iter().map(|(group, part)| (group, part.ways));
            for (who, ways) in std::iter::once((one.index, Vec::new())).chain(groups) {
                for (fact, _) in known.running_from(FactKind::Relation(RelationKind::NationalOf), who) {
                    nations.push(known.node(self.graph.facts.target(fact)));
                    facts.extend(ways.iter().copied().chain([fact]));
                }
            }
        }
        nations.sort();
        nations.dedup();
        (nations, Because::of(known, facts))
    }

    fn detention_case(
        self,
        detention: u32,
        fact: RowRef,
        certainty: Certainty,
        by: Vec<NodeRef<'g>>,
        detained: Vec<NodeRef<'g>>,
        nationality: Vec<NodeRef<'g>>,
    ) -> DetentionCase<'g> {
        let stages = self.stages_of(detention);
        let own = Because::of(self, [fact]);
        let because = stages.iter().fold(own.clone(), |because, step| because.and(step.because.clone()));
        let words = |qualifier: Qualifier| self.distinct(&because, qualifier);
        DetentionCase {
            detention: self.node(detention),
            charges: words(Qualifier::Charge),
            forms: words(Qualifier::Form),
            by,
            detained,
            nationality,
            at_request_of: self.sources_of(RelationKind::Requests, detention),
            places: self.targets(RelationKind::TakesPlaceIn, detention),
            stages,
            dates: Dates::of(self, [fact]),
            certainty,
            because,
        }
    }

    /// What the claims say in a qualifier, as said, each once, in their order.
    pub(super) fn distinct(self, because: &Because<'g>, qualifier: Qualifier) -> Vec<&'g str> {
        let mut said: Vec<&'g str> = Vec::new();
        for claim in because.claims() {
            let qualifiers = claim.qualifiers();
            let words = qualifiers.words(qualifier).iter().copied();
            for text in words.chain(qualifiers.text(qualifier)).chain(qualifiers.word(qualifier)) {
                if !said.iter().any(|known| fold(known) == fold(text)) {
                    said.push(text);
                }
            }
        }
        said
    }
}
