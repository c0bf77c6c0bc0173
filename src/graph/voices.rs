//! Who speaks for whom: what [`View::according_to`] hears.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claim;
use super::facts::{FactKind, RowRef};
use super::view::View;
use crate::batch::records::Teller;
use crate::model::{FactType, NodeKind, OrganizationKind, Qualifier, RelationKind, Role};
use crate::time::Certainty;

/// Who belongs to a group that is named in full, itself or by a group within it.
pub(crate) struct Part {
    pub(crate) node: u32,
    /// That of the surest way.
    pub(crate) certainty: Certainty,
    /// The inclusions on all ways.
    pub(crate) ways: Vec<RowRef>,
}

const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

impl<'g> View<'g> {
    /// Whether one of these actors says the claim, or somebody who spoke for it when the claim was published.
    pub(super) fn is_voiced_by(self, claim: u32, voices: &[u32]) -> bool {
        let row = &self.graph.records.claims[claim as usize];
        let published = self.graph.records.sources[row.source as usize].published;
        let on = published.map(|date| (date.first().ordinal(), date.last().ordinal() + 1));
        let heard = |speaker: u32| voices.iter().any(|actor| self.speaks_for(speaker, *actor, on));
        let speakers = |statement: u32| Claim { graph: self.graph, index: statement }.fillers(Role::Speaker);
        match row.teller() {
            Teller::Statement(statement) => return speakers(statement).any(|speaker| heard(speaker.index)),
            Teller::Node(speaker) if heard(speaker) => return true,
            Teller::Node(_) | Teller::Source => {}
        }
        // A statement is also the word of those who make it, whoever tells of it.
        row.fact == FactType::Statement && speakers(claim).any(|speaker| heard(speaker.index))
    }

    /// Whether the speaker is the actor, or holds one of its offices on one of these days (from the first up to, and not
    /// including, the second), or is a ministry or embassy of it, or holds an office there; a group speaks for whom one of its
    /// named members does, if it is named in full.
    pub(crate) fn speaks_for(self, speaker: u32, actor: u32, on: Option<(i32, i32)>) -> bool {
        if speaker == actor {
            return true;
        }
        let known = self.of_the_same_sources();
        let then = on.map_or(known, |(first, end)| known.within(first, end));
        match self.node(speaker).kind() {
            NodeKind::Person => {
                let offices = then.targets(RelationKind::HoldsOffice, speaker);
                offices.into_iter().any(|body| body.index == actor || known.is_organ_of(body.index, actor))
            }
            NodeKind::Organization => known.is_organ_of(speaker, actor),
            // Never a group again: whom a group includes is unfolded to the end.
            NodeKind::Group => known.named_in_full(speaker).into_iter().any(|member| {
                member == actor || self.node(member).kind() != NodeKind::Group && self.speaks_for(member, actor, on)
            }),
            _ => false,
        }
    }

    /// All who speak for the actor on some day, as [`View::speaks_for`] says, in the order of nodes.
    ///
    /// Linear in its organs, in those who hold offices there and in the groups that include one of them.
    pub(crate) fn voices_of(self, actor: u32) -> BTreeSet<u32> {
        let known = self.of_the_same_sources();
        let bodies = known.sources_of(RelationKind::AffiliatedWith, actor).into_iter().map(|body| body.index);
        let mut voices: BTreeSet<u32> = bodies.filter(|body| known.is_organ(*body)).chain([actor]).collect();
        let holders = |body: &u32| known.sources_of(RelationKind::HoldsOffice, *body);
        let holders: Vec<_> = voices.iter().flat_map(holders).map(|holder| holder.index).collect();
        voices.extend(holders);
        let groups = |one: &u32| known.groups_in_full(*one).into_iter().map(|(group, _)| group);
        let groups: Vec<u32> = voices.iter().flat_map(groups).collect();
        voices.extend(groups);
        voices
    }

    /// Whether it is a ministry or embassy of the actor.
    fn is_organ_of(self, body: u32, actor: u32) -> bool {
        self.is_organ(body) && self.targets(RelationKind::AffiliatedWith, body).iter().any(|whole| whole.index == actor)
    }

    /// Whether it is a ministry or embassy: an organ that speaks for the nation or organization it belongs to.
    pub(crate) fn is_organ(self, body: u32) -> bool {
        let organs = [OrganizationKind::Ministry.as_str(), OrganizationKind::Embassy.as_str()];
        let kind = self.descriptions(body).find_map(|said| said.kind);
        self.node(body).kind() == NodeKind::Organization && kind.is_some_and(|kind| organs.contains(&kind))
    }

    /// Whom a group includes, and whom the groups among them include, where some claim that counts says that they are all of
    /// it: what is said of such a group is said of them. In the order of nodes; the group itself is no part of it.
    ///
    /// Linear in the inclusions, and for each part in those on the ways to it.
    pub(crate) fn parts_in_full(self, group: u32) -> Vec<Part> {
        let mut certainties = BTreeMap::from([(group, Certainty::Certain)]);
        let mut incoming: BTreeMap<u32, Vec<(u32, RowRef)>> = BTreeMap::new();
        let mut open = vec![group];
        while let Some(next) = open.pop() {
            let so_far = certainties[&next];
            for (fact, certainty) in self.inclusions_in_full(next) {
                let part = self.graph.facts.target(fact);
                if part == group {
                    continue;
                }
                let ways = incoming.entry(part).or_default();
                if !ways.contains(&(next, fact)) {
                    ways.push((next, fact));
                }
                // Gone along again where a surer way is found.
                let certainty = Some(certainty.min(so_far));
                if certainties.get(&part).copied() < certainty {
                    certainties.extend(certainty.map(|certainty| (part, certainty)));
                    open.push(part);
                }
            }
        }
        certainties.remove(&group);
        let part = |(node, certainty)| Part { node, certainty, ways: ways_to(node, &incoming) };
        certainties.into_iter().map(part).collect()
    }

    /// The parts alone, in the order of nodes.
    pub(crate) fn named_in_full(self, group: u32) -> Vec<u32> {
        self.parts_in_full(group).into_iter().map(|part| part.node).collect()
    }

    /// The groups that have this node as a part, as [`View::parts_in_full`] says, each with the part.
    pub(crate) fn groups_in_full(self, node: u32) -> Vec<(u32, Part)> {
        let mut groups = BTreeSet::new();
        let mut open = vec![node];
        while let Some(next) = open.pop() {
            for (fact, _) in self.running_to(INCLUDES, next) {
                let group = self.graph.facts.source(fact);
                if group != node && self.certainty_in_full(fact).is_some() && groups.insert(group) {
                    open.push(group);
                }
            }
        }
        let part_of = |group: u32| self.parts_in_full(group).into_iter().find(|part| part.node == node);
        groups.into_iter().filter_map(|group| Some((group, part_of(group)?))).collect()
    }

    fn inclusions_in_full(self, group: u32) -> impl Iterator<Item = (RowRef, Certainty)> + use<'g> {
        self.running_from(INCLUDES, group).filter_map(move |(fact, _)| Some((fact, self.certainty_in_full(fact)?)))
    }

    /// How sure an inclusion is by the claims that name the group in full.
    fn certainty_in_full(self, inclusion: RowRef) -> Option<Certainty> {
        let complete =
            |claim: &u32| self.graph.records.qualifiers_of(*claim).boolean(Qualifier::Complete) == Some(true);
        let claims = self.counting(inclusion).into_iter().filter(complete);
        claims.filter_map(|claim| self.judge_claim(inclusion, claim)).max()
    }
}

/// The inclusions on the ways to a part: its own, and those of the groups that it is in.
fn ways_to(part: u32, incoming: &BTreeMap<u32, Vec<(u32, RowRef)>>) -> Vec<RowRef> {
    let mut seen = BTreeSet::from([part]);
    let (mut ways, mut open) = (Vec::new(), vec![part]);
    while let Some(next) = open.pop() {
        for (group, fact) in incoming.get(&next).into_iter().flatten().filter(|(group, _)| *group != part) {
            ways.push(*fact);
            if seen.insert(*group) {
                open.push(*group);
            }
        }
    }
    ways
}
