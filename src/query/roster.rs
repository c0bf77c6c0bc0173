//! How many there are said to be, against how many are named.

use crate::graph::{Because, FactKind, NodeRef, View};
use crate::model::{Attribute, Count, CountPrecision, Node, NodeKind, Qualifier, RelationKind};
use crate::time::Certainty;

/// A stated size of a body against its named members.
///
/// For a coalition or organization the named are its members, for an instrument those that signed, for a group those it
/// includes, for a meeting those that take part.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Roster<'g> {
    /// Of what.
    pub body: NodeRef<'g>,
    /// The stated number; none if no claim states one.
    pub stated: Option<Count>,
    /// What is counted, in the words of the claim.
    pub unit: Option<&'g str>,
    /// Who is named, each once, by kind and key. A group that is named in full stands for its parts and is not counted itself.
    pub named: Vec<NodeRef<'g>>,
    /// The bodies of whose members all, almost all or some are meant.
    pub quantified: Vec<NodeRef<'g>>,
    /// Whether the named are all there are: `None` where the claims do not decide it.
    pub complete: Option<bool>,
    /// How sure the stated number is; that of the named, if none is stated.
    pub certainty: Certainty,
    /// The claims of the stated number, and those of the named.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// The rosters of a body: one for each number that is stated, in the order of the claims, or one without a number. Empty if
    /// nothing is stated and nobody is named.
    ///
    /// ```
    /// use comity::{Batch, Coalition, Count, CountPrecision, Fact, FactType, Graph, Qualifiers, Role, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let pact = batch.node::<Coalition>("harbour-pact")?;
    /// let size = Qualifiers::new().count(Count::new(21, CountPrecision::Exact)).unit("states");
    /// batch.fact(note, Fact::new(FactType::Roster).role(Role::Of, pact).with(size))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let pact = graph.find::<Coalition>("harbour-pact").expect("just added");
    /// let roster = graph.view().roster(pact).next().expect("a number is stated");
    /// assert_eq!((roster.named.len(), roster.complete), (0, Some(false)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn roster(self, body: impl Into<Node>) -> impl Iterator<Item = Roster<'g>> {
        let body = self.node(self.index(body));
        let (named, quantified, certainty, because) = self.listed(body);
        let empty = Roster {
            body,
            stated: None,
            unit: None,
            complete: None,
            named,
            quantified,
            certainty: certainty.unwrap_or(Certainty::Possible),
            because,
        };
        let mut rosters: Vec<Roster<'g>> = Vec::new();
        for fact in body.attribute_rows(Attribute::StatedSize) {
            for claim in self.counting(fact) {
                let qualifiers = self.graph.records.qualifiers_of(claim);
                let Some(certainty) = self.judge_claim(fact, claim) else { continue };
                let (stated, unit) = (qualifiers.stated_count(), qualifiers.text(Qualifier::Unit));
                let because = Because::of_claims(self, [claim]);
                match rosters.iter_mut().find(|roster| (roster.stated, roster.unit) == (stated, unit)) {
                    Some(known) => {
                        known.certainty = known.certainty.max(certainty);
                        known.because = known.because.clone().and(because);
                    }
                    None => rosters.push(Roster {
                        stated,
                        unit,
                        complete: stated.and_then(|stated| is_complete(stated, &empty)),
                        certainty,
                        because: because.and(empty.because.clone()),
                        ..empty.clone()
                    }),
                }
            }
        }
        if rosters.is_empty() && !(empty.named.is_empty() && empty.quantified.is_empty()) {
            rosters.push(empty);
        }
        rosters.into_iter()
    }

    /// Who is named, which bodies are counted in part, how sure the surest is, and the claims.
    fn listed(self, body: NodeRef<'g>) -> (Vec<NodeRef<'g>>, Vec<NodeRef<'g>>, Option<Certainty>, Because<'g>) {
        let relation = match body.kind() {
            NodeKind::Instrument => (RelationKind::Signs, false),
            NodeKind::Group => (RelationKind::Includes, true),
            NodeKind::Meeting => (RelationKind::TakesPartIn, false),
            _ => return self.listed_members(body),
        };
        let kind = FactKind::Relation(relation.0);
        let facts: Vec<_> = if relation.1 {
            self.running_from(kind, body.index).map(|one| (self.graph.facts.target(one.0), one)).collect()
        } else {
            self.running_to(kind, body.index).map(|one| (self.graph.facts.source(one.0), one)).collect()
        };
        let (mut named, mut ways) = (Vec::new(), Vec::new());
        for (node, _) in &facts {
            named.push(self.node(*node));
            for part in self.parts_in_full(*node).into_iter().filter(|part| part.node != body.index) {
                named.push(self.node(part.node));
                ways.extend(part.ways);
            }
        }
        let certainty = facts.iter().map(|(_, (_, certainty))| *certainty).max();
        let because = Because::of(self, facts.iter().map(|(_, (fact, _))| *fact).chain(ways));
        (self.counted(named), Vec::new(), certainty, because)
    }

    fn listed_members(self, body: NodeRef<'g>) -> (Vec<NodeRef<'g>>, Vec<NodeRef<'g>>, Option<Certainty>, Because<'g>) {
        let seats: Vec<_> = self.seats_in(body.index).filter(|one| one.role.is_member()).collect();
        let certainty = seats.iter().map(|one| one.certainty).max();
        let quantified = seats.iter().filter(|one| one.extent.is_some()).map(|one| self.node(one.other));
        let mut quantified: Vec<_> = quantified.collect();
        quantified.dedup();
        let members: Vec<_> = self.named_in(body.index).into_iter().filter(|one| one.role.is_member()).collect();
        let named = members.iter().map(|one| one.member).collect();
        let because = Because::of(self, seats.iter().map(|one| one.fact));
        let because = members.into_iter().fold(because, |because, one| because.and(one.because));
        (self.counted(named), quantified, certainty, because)
    }

    /// Each once, without the groups whose parts stand for them.
    fn counted(self, mut named: Vec<NodeRef<'g>>) -> Vec<NodeRef<'g>> {
        named.sort();
        named.dedup();
        named.retain(|one| self.named_in_full(one.index).is_empty());
        named
    }
}

/// Whether so many are all that are named.
fn is_complete(stated: Count, roster: &Roster<'_>) -> Option<bool> {
    let named = u32::try_from(roster.named.len()).unwrap_or(u32::MAX);
    match stated.precision {
        CountPrecision::Exact if !roster.quantified.is_empty() => Some(false),
        CountPrecision::Exact => Some(named == stated.value),
        CountPrecision::AtLeast if named < stated.value => Some(false),
        _ => None,
    }
}
