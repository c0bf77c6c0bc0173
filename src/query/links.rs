//! Memberships as numbers: what the queries that go from member to member walk along.
//!
//! Their answers are values with claims; these are not yet, so that a walk over thousands costs little.

use crate::graph::{Because, FactKind, Reasons, RowRef, View};
use crate::model::RelationKind;
use crate::time::Certainty;

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);
const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

/// A membership from one of its ends.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// The other end.
    pub(super) other: u32,
    pub(super) certainty: Certainty,
    pub(super) reasons: Reasons,
}

impl Link {
    fn new(other: u32, certainty: Certainty, fact: RowRef) -> Self {
        Self { other, certainty, reasons: Reasons::from_iter([fact]) }
    }

    /// The same end by a second way: as sure as the surer.
    fn merge(&mut self, other: &Self) {
        self.certainty = self.certainty.max(other.certainty);
        self.reasons.extend_from_slice(&other.reasons);
    }

    pub(super) fn because(self, view: View<'_>) -> Because<'_> {
        Because::of(view, self.reasons)
    }
}

impl<'g> View<'g> {
    /// The bodies that a node is a member of, itself or as a part of a group that is named in full: by node, each once.
    pub(super) fn bodies_linked(self, member: u32) -> Vec<Link> {
        let mut links: Vec<Link> = self.seats_of(member).collect();
        if self.graph.facts.running_to(INCLUDES, member).next().is_some() {
            for (group, part) in self.groups_in_full(member) {
                links.extend(self.seats_of(group).filter(|link| link.other != member).map(|link| Link {
                    certainty: link.certainty.min(part.certainty),
                    reasons: part.ways.iter().copied().chain(link.reasons).collect(),
                    ..link
                }));
            }
        }
        each_once(links)
    }

    /// The members of a body that are named, themselves or as parts of a group that is named in full: by node, each once.
    pub(super) fn members_linked(self, body: u32) -> Vec<Link> {
        let mut links = Vec::new();
        self.each_member(body, |member, certainty, reasons| {
            links.push(Link { other: member, certainty, reasons: reasons.into() });
        });
        each_once(links)
    }

    /// Says who is a named member of a body, how sure and why: whoever is so in two ways, twice.
    pub(crate) fn each_member(self, body: u32, mut say: impl FnMut(u32, Certainty, &[RowRef])) {
        let facts = &self.graph.facts;
        for (fact, certainty) in self.running_to(MEMBER_OF, body) {
            let belonging = facts.belonging(fact);
            if !belonging.role.is_member() || belonging.extent.is_some() {
                continue;
            }
            let member = facts.source(fact);
            say(member, certainty, &[fact]);
            if facts.running_from(INCLUDES, member).next().is_some() {
                for part in self.parts_in_full(member).into_iter().filter(|part| part.node != body) {
                    let reasons: Reasons = std::iter::once(fact).chain(part.ways).collect();
                    say(part.node, certainty.min(part.certainty), &reasons);
                }
            }
        }
    }

    /// What a node itself is a member of, by node.
    fn seats_of(self, member: u32) -> impl Iterator<Item = Link> + 'g {
        self.running_from(MEMBER_OF, member).filter_map(move |(fact, certainty)| {
            let facts = &self.graph.facts;
            let belonging = facts.belonging(fact);
            let sits = belonging.role.is_member() && belonging.extent.is_none();
            sits.then(|| Link::new(facts.target(fact), certainty, fact))
        })
    }
}

fn each_once(mut links: Vec<Link>) -> Vec<Link> {
    if !links.is_sorted_by_key(|link| link.other) {
        links.sort_by_key(|link| link.other);
    }
    links.dedup_by(|later, earlier| {
        let same = later.other == earlier.other;
        if same {
            earlier.merge(later);
        }
        same
    });
    links
}
