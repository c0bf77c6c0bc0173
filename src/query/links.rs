//! Memberships as numbers: what the queries that go from member to member walk along.
//!
//! Their answers are values with claims; these are not yet, so that a walk over thousands costs little.

use crate::graph::{FactKind, FarEnd, Reasons, RowRef, View};
use crate::model::RelationKind;
use crate::time::Certainty;

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);
const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

/// A way in which one is tied to another by a membership: to a body as its member, say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<K> {
    /// To what.
    pub(super) to: K,
    certainty: Certainty,
    /// The membership.
    row: u32,
    /// Where the inclusions of a member group begin and end among those of all.
    inclusions: (u32, u32),
}

/// Links as plain numbers, which cost little to sort and to throw away.
#[derive(Debug)]
pub(super) struct Links<K> {
    links: Vec<Link<K>>,
    inclusions: Vec<RowRef>,
}

/// None, and no room for any.
impl<K> Default for Links<K> {
    fn default() -> Self {
        Self { links: Vec::new(), inclusions: Vec::new() }
    }
}

impl<K: Copy + Ord> Links<K> {
    /// With room for as many as most nodes and bodies have at a time.
    pub(super) fn new() -> Self {
        Self { links: Vec::with_capacity(32), inclusions: Vec::new() }
    }

    /// By a membership, and the inclusions that make it one of the member's too.
    #[inline]
    pub(super) fn push(&mut self, to: K, certainty: Certainty, membership: RowRef, inclusions: &[RowRef]) {
        let start = self.inclusions.len() as u32;
        self.inclusions.extend_from_slice(inclusions);
        let inclusions = (start, self.inclusions.len() as u32);
        self.links.push(Link { to, certainty, row: membership.row, inclusions });
    }

    /// By what they lead to.
    pub(super) fn sorted(mut self) -> Self {
        // Mostly some lists that are sorted, one after the other: a stable sort merges them.
        self.links.sort_by_key(|link| link.to);
        self
    }

    /// The links from this place on that lead to the same; none after the last. Of sorted ones.
    #[inline]
    pub(super) fn alike(&self, place: usize) -> &[Link<K>] {
        let rest = &self.links[place..];
        let alike = rest.iter().take_while(|link| link.to == rest[0].to).count();
        &rest[..alike]
    }

    /// All links to the same together, each with the place of the first. Of sorted ones.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, &[Link<K>])> {
        let mut place = 0;
        std::iter::from_fn(move || {
            let (start, alike) = (place, self.alike(place));
            place += alike.len();
            (!alike.is_empty()).then_some((start, alike))
        })
    }

    /// Adds what some of the links rest on.
    #[inline]
    pub(super) fn give_reasons(&self, links: &[Link<K>], reasons: &mut Reasons) {
        for Link { row, inclusions: (start, end), .. } in links {
            reasons.push(RowRef { kind: MEMBER_OF, row: *row });
            if start < end {
                reasons.extend_from_slice(&self.inclusions[*start as usize..*end as usize]);
            }
        }
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
        self.each_body(member, |body, certainty, membership, inclusions| {
            if is_asked(body) {
                links.push(body, certainty, membership, inclusions);
            }
        });
        links.sorted()
    }

    /// Says what a node is a member of, itself or as a part of a group that is named in full: how sure, by which membership and, of a
    /// group, which inclusions. What it is so in two ways, twice.
    #[inline]
    pub(super) fn each_body(self, member: u32, mut say: impl FnMut(u32, Certainty, RowRef, &[RowRef])) {
        self.each_seat(member, |seat| say(seat.node, seat.certainty, seat.fact, &[]));
        if self.graph.facts.running_to(INCLUDES, member).next().is_some() {
            for (group, part) in self.groups_in_full(member) {
                self.each_seat(group, |seat| {
                    if seat.node != member {
                        say(seat.node, seat.certainty.min(part.certainty), seat.fact, &part.ways);
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

    /// Says who is a named member of a body, likewise.
    #[inline]
    pub(super) fn each_named(self, body: u32, mut say: impl FnMut(u32, Certainty, RowRef, &[RowRef])) {
        let facts = &self.graph.facts;
        let memberships = facts.table(MEMBER_OF);
        self.each_end_to(MEMBER_OF, body, |FarEnd { node: member, fact, certainty }| {
            if !facts.belonging(memberships, fact.row).is_of_a_member() {
                return;
            }
            say(member, certainty, fact, &[]);
            if facts.running_from(INCLUDES, member).next().is_some() {
                for part in self.parts_in_full(member).into_iter().filter(|part| part.node != body) {
                    say(part.node, certainty.min(part.certainty), fact, &part.ways);
                }
            }
        });
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
