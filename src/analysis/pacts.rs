//! Which nations stand together in which alliance, and what they promise each other: what portfolios and signed graphs are made of.
//!
//! No answer of its own: it is asked many times for one answer, so it gives numbers and reads no claims.

use crate::graph::{FactKind, View};
use crate::model::{CoalitionKind, MembershipRole, Node, NodeKind, Pledge, Qualifier, Qualifiers, RelationKind};
use crate::time::Certainty;

/// An alliance, by what its members promise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pact {
    pub(super) coalition: u32,
    /// From 1, an entente, to 3, a defence pact.
    pub(super) commitment: u8,
    /// Only possible where no source says what is promised.
    pub(super) certainty: Certainty,
}

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);

/// The coalitions that the sources of a view call alliances, by key. Linear in the coalitions, and for each in the sources that
/// describe it.
pub(super) fn pacts(view: View<'_>) -> impl Iterator<Item = Pact> {
    let coalitions = view.graph().nodes_of(NodeKind::Coalition).map(|coalition| coalition.index);
    coalitions.filter(move |coalition| is_alliance(view, *coalition)).map(move |coalition| {
        let pledges =
            view.descriptions(coalition).flat_map(|said| said.pledges.iter().map(|pledge| commitment(*pledge)));
        let greatest = pledges.max().unwrap_or(0);
        let certainty = if greatest == 0 { Certainty::Possible } else { Certainty::Certain };
        Pact { coalition, commitment: greatest.max(ENTENTE), certainty }
    })
}

/// Whether the first source that says what kind of coalition it is calls it an alliance.
pub(super) fn is_alliance(view: View<'_>, coalition: u32) -> bool {
    view.descriptions(coalition).find_map(|said| said.kind) == Some(CoalitionKind::Alliance.as_str())
}

const ENTENTE: u8 = 1;
pub(super) const DEFENCE: u8 = 3;

fn commitment(pledge: Pledge) -> u8 {
    match pledge {
        Pledge::Defense => DEFENCE,
        Pledge::Neutrality | Pledge::Nonaggression => 2,
        Pledge::Consultation => ENTENTE,
        // No rank on this scale, so it says no more than that there is an alliance.
        Pledge::Offense => 0,
    }
}

/// The named members of a coalition, those of groups that are named in full among them, each once, by node, into `members`.
/// What [`View::members`] gives, without the claims. Linear in the coalition's memberships.
pub(super) fn members_of(view: View<'_>, coalition: u32, members: &mut Vec<(u32, Certainty)>) {
    members.clear();
    // Nearly all memberships are told alike, so the qualifiers of the one before are mostly those of the next.
    let mut before: Option<(&Qualifiers, bool)> = None;
    for (fact, certainty) in view.running_to(MEMBER_OF, coalition) {
        let identity = view.graph.facts.identity(fact);
        let counts = match before {
            Some((qualifiers, counts)) if std::ptr::eq(qualifiers, identity) => counts,
            _ => makes_a_member(identity),
        };
        before = Some((identity, counts));
        if !counts {
            continue;
        }
        let member = view.graph.facts.source(fact);
        members.push((member, certainty));
        if view.node(member).kind() == NodeKind::Group {
            let parts = view.parts_in_full(member).into_iter();
            members.extend(parts.map(|part| (part.node, part.certainty.min(certainty))));
        }
    }
    members.sort_unstable_by_key(|(member, certainty)| (*member, std::cmp::Reverse(*certainty)));
    members.dedup_by_key(|(member, _)| *member);
}

fn makes_a_member(identity: &Qualifiers) -> bool {
    let role = identity.word(Qualifier::Role).and_then(MembershipRole::from_word);
    role.is_none_or(MembershipRole::is_member) && identity.word(Qualifier::Extent).is_none()
}

/// The coalition as the public queries take it.
pub(super) fn handle(view: View<'_>, node: u32) -> Node {
    view.node(node).id()
}
