//! Members of coalitions and organizations, and the bodies that a nation is in.

use super::links::for_reasons_of_both;
use crate::graph::{Because, Belonging, FactKind, NodeRef, Reasons, RowRef, View};
use crate::model::{Extent, MembershipRole, Node, NodeKind, RelationKind};
use crate::time::Certainty;

/// A member of a coalition or organization.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Member<'g> {
    /// Who.
    pub member: NodeRef<'g>,
    /// In what role.
    pub role: MembershipRole,
    /// The body or group through which it is one, if it is not named itself.
    pub through: Option<NodeRef<'g>>,
    /// How many of that body's members are meant, if that is what is said.
    pub extent: Option<Extent>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

/// A coalition or organization that somebody is in.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Membership<'g> {
    /// What it is in.
    pub body: NodeRef<'g>,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

/// One `MemberOf` fact that holds.
pub(super) struct Seat {
    pub(super) fact: RowRef,
    /// The other end: the member, or the body.
    pub(super) other: u32,
    pub(super) role: MembershipRole,
    pub(super) extent: Option<Extent>,
    pub(super) certainty: Certainty,
}

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);

impl MembershipRole {
    /// Whether it makes a member: an observer or candidate is none.
    ///
    /// ```
    /// use comity::MembershipRole;
    /// assert!(MembershipRole::Signatory.is_member() && !MembershipRole::Observer.is_member());
    /// ```
    #[must_use]
    pub fn is_member(self) -> bool {
        !matches!(self, Self::Observer | Self::Candidate)
    }
}

impl<'g> View<'g> {
    /// The members that are named, by kind and key, then role: also those that a member group consists of, if it is named in full.
    /// Observers and candidates are no members; [`View::memberships`] has them too.
    ///
    /// Linear in the body's own memberships.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Coalition, Graph, MembershipRole, Nation, Source, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let pact = batch.node::<Coalition>("harbour-pact")?;
    /// let (iceland, kenya) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("KEN")?);
    /// batch.claim(note, Claimed::new(MemberOf::default(), iceland, pact));
    /// batch.claim(note, Claimed::new(MemberOf { role: MembershipRole::Observer, extent: None }, kenya, pact));
    /// let graph = Graph::new().apply(batch)?;
    /// let pact = graph.find::<Coalition>("harbour-pact").expect("just added");
    /// let members: Vec<_> = graph.view().members(pact).map(|one| one.member.key()).collect();
    /// assert_eq!(members, ["nation/ISL"]);
    /// assert_eq!(graph.view().memberships(pact).count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn members(self, body: impl Into<Node>) -> impl Iterator<Item = Member<'g>> {
        self.memberships(body).filter(|member| member.role.is_member())
    }

    /// All that are named in a body, in whatever role: as [`View::members`], with observers and candidates.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn memberships(self, body: impl Into<Node>) -> impl Iterator<Item = Member<'g>> {
        self.named_in(self.index(body)).into_iter()
    }

    pub(super) fn named_in(self, body: u32) -> Vec<Member<'g>> {
        let mut members = Vec::new();
        for seat in self.seats_in(body).filter(|one| one.extent.is_none()) {
            let Seat { fact, other, role, certainty, .. } = seat;
            let because = Because::of(self, [fact]);
            members.push(Member {
                member: self.node(other),
                role,
                through: None,
                extent: None,
                certainty,
                because: because.clone(),
            });
            for part in self.parts_in_full(other).into_iter().filter(|part| part.node != body) {
                let because = because.clone().and(Because::of(self, part.ways));
                let (member, through) = (self.node(part.node), Some(self.node(other)));
                let certainty = certainty.min(part.certainty);
                members.push(Member { member, role, through, extent: None, certainty, because });
            }
        }
        members.sort_by_key(|one| (one.member, one.role, one.through.is_some(), one.through));
        members
    }

    /// The members that are only meant by "all", "almost all" or "some" of the members of another body: each is possible, or with
    /// "all" as certain as it is in that body. Those that are named in the body or group itself are asked; who is named directly is
    /// left out. By member, then body.
    ///
    /// ```
    /// use comity::{Batch, Certainty, Claimed, Coalition, Extent, Graph, MembershipRole, Nation, Organization, Source};
    /// use comity::relations::MemberOf;
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (pact, council) = (batch.node::<Coalition>("harbour-pact")?, batch.node::<Organization>("nordic-council")?);
    /// let norway = batch.node::<Nation>("NOR")?;
    /// batch.claim(note, Claimed::new(MemberOf::default(), norway, council));
    /// let nearly_all = MemberOf { role: MembershipRole::Member, extent: Some(Extent::AlmostAll) };
    /// batch.claim(note, Claimed::new(nearly_all, council, pact));
    /// let graph = Graph::new().apply(batch)?;
    /// let pact = graph.find::<Coalition>("harbour-pact").expect("just added");
    /// let norway = graph.view().quantified_members(pact).next().expect("through the council");
    /// assert_eq!((norway.certainty, norway.because.claims().len()), (Certainty::Possible, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn quantified_members(self, body: impl Into<Node>) -> impl Iterator<Item = Member<'g>> {
        let body = self.index(body);
        let named = self.named_in(body).into_iter().filter(|one| one.role.is_member());
        let named: Vec<_> = named.map(|one| one.member.index).collect();
        let mut members = Vec::new();
        for whole in self.seats_in(body).filter(|one| one.role.is_member()) {
            let Some(extent) = whole.extent else { continue };
            for (part, certainty, because) in self.counted_in(whole.other) {
                if part.index == body || named.contains(&part.index) {
                    continue;
                }
                let certainty = match extent {
                    Extent::All => certainty.min(whole.certainty),
                    Extent::AlmostAll | Extent::Some => Certainty::Possible,
                };
                members.push(Member {
                    member: part,
                    role: whole.role,
                    through: Some(self.node(whole.other)),
                    extent: Some(extent),
                    certainty,
                    because: Because::of(self, [whole.fact]).and(because),
                });
            }
        }
        members.sort_by_key(|one| (one.member, one.through, one.role, one.extent));
        // Who is named in the other body twice, in two roles, is one possible member.
        let same = |one: &Member<'g>, other: &Member<'g>| {
            (one.member, one.through, one.role, one.extent) == (other.member, other.through, other.role, other.extent)
        };
        members
            .into_iter()
            .fold(Vec::new(), |mut merged: Vec<Member<'g>>, one| {
                match merged.last_mut() {
                    Some(last) if same(last, &one) => {
                        last.certainty = last.certainty.max(one.certainty);
                        last.because = last.because.clone().and(one.because);
                    }
                    _ => merged.push(one),
                }
                merged
            })
            .into_iter()
    }

    /// Whom "the members of" an organization or group can mean.
    fn counted_in(self, body: u32) -> Vec<(NodeRef<'g>, Certainty, Because<'g>)> {
        if self.node(body).kind() == NodeKind::Group {
            let included = self.running_from(FactKind::Relation(RelationKind::Includes), body);
            let part =
                |(fact, certainty)| (self.node(self.graph.facts.target(fact)), certainty, Because::of(self, [fact]));
            return included.map(part).collect();
        }
        let members = self.named_in(body).into_iter().filter(|one| one.role.is_member());
        members.map(|one| (one.member, one.certainty, one.because)).collect()
    }

    /// The coalitions that it is in as a named member, by key. [`View::bodies`] has organizations too.
    ///
    /// Linear in the node's own memberships.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn coalitions(self, member: impl Into<Node>) -> impl Iterator<Item = Membership<'g>> {
        self.bodies(member).filter(|one| one.body.kind() == NodeKind::Coalition)
    }

    /// The coalitions and organizations that it is in as a named member, or as one of a member group that is named in full; by
    /// kind and key.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn bodies(self, member: impl Into<Node>) -> impl Iterator<Item = Membership<'g>> {
        let links = self.bodies_linked(self.index(member), |_| true);
        let bodies = links.iter().map(|link| self.membership(link.to, link.certainty(), links.reasons(link)));
        bodies.collect::<Vec<_>>().into_iter()
    }

    /// The coalitions in which both are named members, by key. As sure as the less sure of the two.
    ///
    /// Linear in the two nodes' own memberships.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let pact = batch.node::<Coalition>("harbour-pact")?;
    /// for slug in ["ISL", "KEN"] {
    ///     let nation = batch.node::<Nation>(slug)?;
    ///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let (iceland, kenya) = (graph.find::<Nation>("ISL").expect("added"), graph.find::<Nation>("KEN").expect("added"));
    /// let shared = graph.view().shared_coalitions(iceland, kenya).next().expect("the pact");
    /// assert_eq!(shared.because.claims().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If a node is not of this graph.
    pub fn shared_coalitions(
        self,
        one: impl Into<Node>,
        other: impl Into<Node>,
    ) -> impl Iterator<Item = Membership<'g>> {
        let is_coalition = |body| self.node(body).kind() == NodeKind::Coalition;
        let theirs = self.bodies_linked(self.index(other), is_coalition);
        let mine = self.bodies_linked(self.index(one), is_coalition);
        let mut theirs_by_body = theirs.iter().peekable();
        let shared = mine.iter().filter_map(|my| {
            while theirs_by_body.next_if(|their| their.to < my.to).is_some() {}
            let their = theirs_by_body.next_if(|their| their.to == my.to)?;
            let certainty = my.certainty().min(their.certainty());
            Some(for_reasons_of_both((&mine, my), (&theirs, their), |reasons| {
                self.membership(my.to, certainty, reasons)
            }))
        });
        shared.collect::<Vec<_>>().into_iter()
    }

    fn membership(self, body: u32, certainty: Certainty, reasons: Reasons) -> Membership<'g> {
        Membership { body: self.node(body), certainty, because: Because::of_reasons(self, reasons) }
    }

    /// The memberships in a body that hold, by member.
    pub(super) fn seats_in(self, body: u32) -> impl Iterator<Item = Seat> + 'g {
        self.running_to(MEMBER_OF, body)
            .map(move |(fact, certainty)| self.seat(fact, self.graph.facts.source(fact), certainty))
    }

    fn seat(self, fact: RowRef, other: u32, certainty: Certainty) -> Seat {
        let facts = &self.graph.facts;
        let Belonging { role, extent } = facts.belonging(facts.table(MEMBER_OF), fact.row);
        Seat { fact, other, role, extent, certainty }
    }
}
