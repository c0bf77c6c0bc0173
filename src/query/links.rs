//! Memberships as numbers: what the queries that go from member to member walk along.
//!
//! Their answers are values with claims; these are not yet, so that a walk over thousands costs little.

use crate::graph::{FactKind, FarEnd, Reasons, RowRef, View};
use crate::model::RelationKind;
use crate::time::Certainty;

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);
const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

/// A way in which one is tied to another: to a body as its member, say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<K> {
    /// To what.
    pub(super) to: K,
    certainty: Certainty,
    /// Where its reasons begin and end among those of all.
    reasons: (u32, u32),
}

/// Links, and what they rest on in one list: so that they are sorted and thrown away as the plain numbers they are.
#[derive(Debug)]
pub(super) struct Links<K> {
    links: Vec<Link<K>>,
    reasons: Vec<RowRef>,
}

impl<K: Copy + Ord> Links<K> {
    /// As many as most nodes and bodies have at a time, so that the lists seldom grow.
    const USUAL: usize = 32;

    pub(super) fn new() -> Self {
        Self { links: Vec::with_capacity(Self::USUAL), reasons: Vec::with_capacity(Self::USUAL) }
    }

    #[inline]
    pub(super) fn push(&mut self, to: K, certainty: Certainty, reasons: impl IntoIterator<Item = RowRef>) {
        let start = self.reasons.len() as u32;
        reasons.into_iter().for_each(|reason| self.reasons.push(reason));
        self.links.push(Link { to, certainty, reasons: (start, self.reasons.len() as u32) });
    }

    /// By what they lead to.
    pub(super) fn sorted(mut self) -> Self {
        self.links.sort_unstable_by_key(|link| link.to);
        self
    }

    /// The links from this place on that lead to the same; none after the last. Of sorted ones.
    #[inline]
    pub(super) fn alike(&self, place: usize) -> &[Link<K>] {
        let rest = &self.links[place..];
        let alike = rest.iter().take_while(|link| link.to == rest[0].to).count();
        &rest[..alike]
    }

    /// All links to the same together. Of sorted ones.
    pub(super) fn each(&self) -> impl Iterator<Item = &[Link<K>]> {
        self.links.chunk_by(|one, other| one.to == other.to)
    }

    /// What some of the links rest on.
    #[inline]
    pub(super) fn reasons(&self, links: &[Link<K>]) -> impl Iterator<Item = RowRef> {
        let of = |link: &Link<K>| &self.reasons[link.reasons.0 as usize..link.reasons.1 as usize];
        links.iter().flat_map(of).copied()
    }
}

/// As sure as the surest of several ways.
#[inline]
pub(super) fn surest<K>(links: &[Link<K>]) -> Certainty {
    links.iter().map(|link| link.certainty).max().unwrap_or(Certainty::Possible)
}

impl View<'_> {
    /// The bodies that a node is a member of and that are asked for, itself or as a part of a group that is named in full: by node.
    #[inline]
    pub(super) fn bodies_linked(self, member: u32, is_asked: impl Fn(u32) -> bool) -> Links<u32> {
        let mut links = Links::new();
        self.each_body(member, |body, certainty, reasons| {
            if is_asked(body) {
                links.push(body, certainty, reasons.iter().copied());
            }
        });
        links.sorted()
    }

    /// Says what a node is a member of, itself or as a part of a group that is named in full, how sure and why: what it is so in two
    /// ways, twice.
    #[inline]
    pub(super) fn each_body(self, member: u32, mut say: impl FnMut(u32, Certainty, &[RowRef])) {
        self.each_seat(member, |seat| say(seat.node, seat.certainty, &[seat.fact]));
        if self.graph.facts.running_to(INCLUDES, member).next().is_some() {
            for (group, part) in self.groups_in_full(member) {
                self.each_seat(group, |seat| {
                    if seat.node != member {
                        let reasons: Reasons = part.ways.iter().copied().chain([seat.fact]).collect();
                        say(seat.node, seat.certainty.min(part.certainty), &reasons);
                    }
                });
            }
        }
    }

    /// Says what a node itself is a member of.
    #[inline]
    fn each_seat(self, member: u32, mut say: impl FnMut(FarEnd)) {
        let facts = &self.graph.facts;
        let memberships = facts.table(MEMBER_OF);
        self.each_end_from(MEMBER_OF, member, |seat| {
            if facts.belonging(memberships, seat.fact.row).is_of_a_member() {
                say(seat);
            }
        });
    }

    /// Says who is a named member of a body, itself or as a part of a group that is named in full, how sure and why: whoever is so
    /// in two ways, twice.
    #[inline]
    pub(crate) fn each_member(self, body: u32, mut say: impl FnMut(u32, Certainty, &[RowRef])) {
        let facts = &self.graph.facts;
        let memberships = facts.table(MEMBER_OF);
        self.each_end_to(MEMBER_OF, body, |FarEnd { node: member, fact, certainty }| {
            if !facts.belonging(memberships, fact.row).is_of_a_member() {
                return;
            }
            say(member, certainty, &[fact]);
            if facts.running_from(INCLUDES, member).next().is_some() {
                for part in self.parts_in_full(member).into_iter().filter(|part| part.node != body) {
                    let reasons: Reasons = std::iter::once(fact).chain(part.ways).collect();
                    say(part.node, certainty.min(part.certainty), &reasons);
                }
            }
        });
    }
}
