//! Which nations stand together in which alliance, and what they promise each other: what portfolios and signed graphs are made of.
//!
//! No answer of its own: it is asked many times for one answer, so it gives numbers and reads no claims.

use std::cmp::Reverse;

use crate::graph::{FactKind, View};
use crate::model::{NodeKind, Pledge, RelationKind};
use crate::time::Certainty;

const MEMBER_OF: FactKind = FactKind::Relation(RelationKind::MemberOf);

/// An alliance, by what its members promise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pact {
    pub(super) coalition: u32,
    /// From 1, an entente, to 3, a defence pact.
    pub(super) commitment: u8,
    /// Only possible where no source says what is promised.
    pub(super) certainty: Certainty,
}

/// The coalitions that some source of a view calls an alliance and that may have members at the view's time, by key. Linear in the
/// coalitions.
pub(super) fn alliances(view: View<'_>) -> impl Iterator<Item = u32> {
    let coalitions = view.may_be_reached(MEMBER_OF, view.graph().rows_of(NodeKind::Coalition));
    coalitions.filter(move |coalition| is_alliance(view, *coalition))
}

/// The same, with what their members promise.
pub(super) fn pacts(view: View<'_>) -> impl Iterator<Item = Pact> {
    alliances(view).map(move |coalition| {
        let pledged = view.pledged(coalition);
        let promised = Pledge::ALL.iter().filter(|pledge| pledged.has(**pledge));
        let greatest = promised.map(|pledge| commitment(*pledge)).max().unwrap_or(0);
        let certainty = if greatest == 0 { Certainty::Possible } else { Certainty::Certain };
        Pact { coalition, commitment: greatest.max(ENTENTE), certainty }
    })
}

/// Whether some source calls it an alliance.
pub(super) fn is_alliance(view: View<'_>, coalition: u32) -> bool {
    view.pledged(coalition).is_alliance()
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

/// The named members of a coalition, each once, by node, into `members`: those of [`View::members`], without the claims. Linear in
/// the coalition's memberships.
pub(super) fn members_of(view: View<'_>, coalition: u32, members: &mut Vec<(u32, Certainty)>) {
    members.clear();
    view.each_member(coalition, |member, certainty, _| members.push((member, certainty)));
    members.sort_unstable_by_key(|(member, certainty)| (*member, Reverse(*certainty)));
    members.dedup_by_key(|(member, _)| *member);
}
