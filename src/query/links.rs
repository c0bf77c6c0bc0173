//! Memberships as numbers: what the queries that go from member to member walk along.
//!
//! Their answers are values with claims; these are not yet, so that a walk over thousands costs little.

use std::ops::Deref;

use crate::graph::{FactKind, FarEnd, Reasons, RowRef, View};
use crate::model::RelationKind;
use crate::time::Certainty;

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);
const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

/// How one is tied to another by a membership: to a body as its member, say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<K> {
    /// To what.
    pub(super) to: K,
    /// The membership.
    row: u32,
    how: How,
}

/// How sure a link is, and the number of what else it rests on: one word, since links are many and are moved when they are sorted.
#[derive(Debug, Clone, Copy)]
struct How(u32);

impl How {
    /// Certain in the lowest bit; the number is 0 where there is nothing else.
    fn new(certainty: Certainty, further: usize) -> Self {
        Self((further as u32) << 1 | u32::from(certainty == Certainty::Certain))
    }

    fn certainty(self) -> Certainty {
        if self.0 & 1 == 1 { Certainty::Certain } else { Certainty::Possible }
    }

    fn further(self) -> Option<usize> {
        (self.0 as usize >> 1).checked_sub(1)
    }
}

/// Links as plain numbers, which cost little to sort and to throw away.
#[derive(Debug)]
pub(super) struct Links<K> {
    links: Vec<Link<K>>,
    /// What links rest on beside their membership: inclusions of member groups, and other memberships that say the same. Mostly nothing.
    further: Vec<Reasons>,
}

/// None, and no room for any.
impl<K> Default for Links<K> {
    fn default() -> Self {
        Self { links: Vec::new(), further: Vec::new() }
    }
}

/// The links.
impl<K> Deref for Links<K> {
    type Target = [Link<K>];

    fn deref(&self) -> &[Link<K>] {
        &self.links
    }
}

impl<K: Copy + Ord> Links<K> {
    /// With room for as many as most nodes and bodies have at a time: not more than allocators have at hand.
    pub(super) fn new() -> Self {
        Self { links: Vec::with_capacity(64), further: Vec::new() }
    }

    /// By a membership, and the inclusions that make it one of the member's too.
    #[inline]
    pub(super) fn push(&mut self, to: K, certainty: Certainty, membership: RowRef, inclusions: &[RowRef]) {
        let mut further = 0;
        if !inclusions.is_empty() {
            self.further.push(Reasons::from_slice(inclusions));
            further = self.further.len();
        }
        self.links.push(Link { to, row: membership.row, how: How::new(certainty, further) });
    }

    /// By what they lead to, those to the same as one.
    pub(super) fn merged(mut self) -> Self {
        self.links.sort_unstable_by_key(|link| link.to);
        self.links.dedup_by(|again, link| {
            let is_again = again.to == link.to;
            if is_again {
                link.merge(again, &mut self.further);
            }
            is_again
        });
        self
    }

    /// What a link rests on.
    pub(super) fn reasons(&self, link: &Link<K>) -> Reasons {
        let mut reasons = Reasons::from_iter([link.membership()]);
        reasons.extend_from_slice(link.beside(&self.further));
        reasons
    }
}

/// Makes an answer of what the links of two parties rest on. Where that is a membership of each, as mostly, the answer is made in its
/// place: to put the reasons together first, and then move them, would cost more than all the rest of it.
#[inline]
pub(super) fn for_reasons_of_both<A: Copy + Ord, B: Copy + Ord, T>(
    (ones, one): (&Links<A>, &Link<A>),
    (others, other): (&Links<B>, &Link<B>),
    answer: impl FnOnce(Reasons) -> T,
) -> T {
    if one.how.further().or(other.how.further()).is_none() {
        return answer(Reasons::from([one.membership(), other.membership()]));
    }
    for_all_reasons((ones, one), (others, other), answer)
}

/// The same, whatever they rest on.
#[cold]
fn for_all_reasons<A: Copy + Ord, B: Copy + Ord, T>(
    (ones, one): (&Links<A>, &Link<A>),
    (others, other): (&Links<B>, &Link<B>),
    answer: impl FnOnce(Reasons) -> T,
) -> T {
    let mut reasons = ones.reasons(one);
    reasons.extend(others.reasons(other));
    answer(reasons)
}

impl<K> Link<K> {
    /// That of the surest way.
    #[inline]
    pub(super) fn certainty(&self) -> Certainty {
        self.how.certainty()
    }

    fn membership(&self) -> RowRef {
        RowRef { kind: MEMBER_OF, row: self.row }
    }

    /// What it rests on beside the membership.
    fn beside<'r>(&self, further: &'r [Reasons]) -> &'r [RowRef] {
        self.how.further().map_or(&[], |number| &further[number])
    }

    /// Takes over what another rests on: as sure as the surer of the two.
    #[cold]
    fn merge(&mut self, other: &Self, further: &mut Vec<Reasons>) {
        let mut reasons = Reasons::from_slice(self.beside(further));
        reasons.push(other.membership());
        reasons.extend_from_slice(other.beside(further));
        further.push(reasons);
        self.how = How::new(self.certainty().max(other.certainty()), further.len());
    }
}

impl View<'_> {
    /// The bodies that a node is a member of and that are asked for, itself or as a part of a group that is named in full: by node.
    #[inline]
    pub(super) fn bodies_linked(self, member: u32, is_asked: impl Fn(u32) -> bool + Copy) -> Links<u32> {
        let mut links = Links::new();
        self.each_body(member, is_asked, |body, certainty, membership, inclusions| {
            links.push(body, certainty, membership, inclusions);
        });
        links.merged()
    }

    /// Says what a node is a member of, of the bodies that are asked for, itself or as a part of a group that is named in full: how
    /// sure, by which membership and, of a group, which inclusions. What it is so in two ways, twice.
    #[inline]
    pub(super) fn each_body(
        self,
        member: u32,
        is_asked: impl Fn(u32) -> bool + Copy,
        mut say: impl FnMut(u32, Certainty, RowRef, &[RowRef]),
    ) {
        self.each_seat(member, is_asked, |seat| say(seat.node, seat.certainty, seat.fact, &[]));
        if self.graph.facts.running_to(INCLUDES, member).next().is_some() {
            self.each_body_of_groups(member, is_asked, say);
        }
    }

    /// Of [`View::each_body`] what a node is a member of as a part of a group.
    #[cold]
    fn each_body_of_groups(
        self,
        member: u32,
        is_asked: impl Fn(u32) -> bool + Copy,
        mut say: impl FnMut(u32, Certainty, RowRef, &[RowRef]),
    ) {
        for (group, part) in self.groups_in_full(member) {
            self.each_seat(group, is_asked, |seat| {
                if seat.node != member {
                    say(seat.node, seat.certainty.min(part.certainty), seat.fact, &part.ways);
                }
            });
        }
    }

    /// Says what a node itself is a member of, of the bodies that are asked for.
    #[inline]
    fn each_seat(self, member: u32, is_asked: impl Fn(u32) -> bool + Copy, mut say: impl FnMut(FarEnd)) {
        self.each_end_from(MEMBER_OF, member, is_asked, |seat| {
            if self.graph.facts.belonging_by(seat.identity).is_of_a_member() {
                say(seat);
            }
        });
    }

    /// Says who is a named member of a body, likewise.
    #[inline]
    pub(super) fn each_named(self, body: u32, mut say: impl FnMut(u32, Certainty, RowRef, &[RowRef])) {
        let facts = &self.graph.facts;
        self.each_end_to(MEMBER_OF, body, |FarEnd { node: member, fact, identity, certainty }| {
            if !facts.belonging_by(identity).is_of_a_member() {
                return;
            }
            say(member, certainty, fact, &[]);
            if facts.running_from(INCLUDES, member).next().is_some() {
                self.each_part(member, |part, how, ways| {
                    if part != body {
                        say(part, certainty.min(how), fact, ways);
                    }
                });
            }
        });
    }

    /// Says whom a group names in full, how sure and by which inclusions.
    #[cold]
    fn each_part(self, group: u32, mut say: impl FnMut(u32, Certainty, &[RowRef])) {
        self.parts_in_full(group).iter().for_each(|part| say(part.node, part.certainty, &part.ways));
    }

    /// Says who is a named member of a body, itself or as a part of a group that is named in full, how sure and why: whoever is so
    /// in two ways, twice.
    #[inline]
    pub(crate) fn each_member(self, body: u32, mut say: impl FnMut(u32, Certainty, &[RowRef])) {
        self.each_named(body, |member, certainty, membership, inclusions| match inclusions {
            [] => say(member, certainty, &[membership]),
            _ => say(member, certainty, &[&[membership], inclusions].concat()),
        });
    }
}
