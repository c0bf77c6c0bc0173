//! Who stands to whom in what: relations as they run, and events as ties between those who are in them.
//!
//! What a [`Slice`](super::Slice) is made of. The rules are in the table at [`DyadKind`]; nothing here counts or walks.

use smallvec::SmallVec;

use crate::graph::{FactKind, RowRef, View};
use crate::model::{
    Act, Aspect, FoundingStep, NodeKind, NodeKinds, Participation, Qualifier, RelationKind as R, Stance,
};
use crate::time::Certainty;

/// What ties the two of a dyad.
///
/// An event is gone through: who detains and who is held are two edges at a detention, and one dyad. Nobody makes a dyad with oneself.
/// What a dyad of each kind is, and which relation a view goes [`along`](View::along) to see it:
///
/// | kind | from | to | rests on | along |
/// |---|---|---|---|---|
/// | `Relation` | the source of a relation that runs to no event | its target | that edge | that relation |
/// | `AlignedWith` | a party | another; both ways alike | that edge | `AlignedWith` |
/// | `Founds` | who takes the step | the coalition | that edge | `Founds` |
/// | `Detains` | who detains | whoever is held | both edges at the detention | `Detains` |
/// | `Requests` | who asks for it | whoever is held | both edges at the detention | `Requests` |
/// | `Sanctions` | who imposes it | whom it targets | both edges at the sanction | `Imposes` |
/// | `Meets` | a host, or of two who are or are not the first by key | whoever else takes part | both edges at the meeting | `TakesPartIn` |
/// | `Says` | who says it | at whom it is aimed | both edges at the statement | `Makes` |
///
/// `Relation` is of [`MemberOf`](R::MemberOf) where the source itself is a member, as for [`View::members`]: an observer or candidate is
/// none, nor is a body of whose members only some or all are meant. Groups stand as they are told of; whom they include is a dyad of its own.
///
/// No dyad are the topics of a statement, which take no part in it; the place, law and medium of an event; and what ties one event to
/// another ([`RetaliatesFor`](R::RetaliatesFor), [`ExchangedFor`](R::ExchangedFor), [`Follows`](R::Follows)): see [`View::edges`].
///
/// ```
/// use comity::{Act, DyadKind, RelationKind};
/// assert_eq!(DyadKind::Says(Act::Accuse).to_string(), "Makes accuse");
/// assert_eq!(DyadKind::Sanctions.relation(), RelationKind::Imposes);
/// assert!(DyadKind::Meets.is_symmetric() && !DyadKind::Detains.is_symmetric());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DyadKind {
    /// A relation between two that are no events.
    Relation(R),
    /// Stands to another as ally, friend, rival or enemy.
    AlignedWith(Stance),
    /// Initiated, announced, founded or dissolved a coalition.
    Founds(FoundingStep),
    /// Holds somebody.
    Detains,
    /// Asked that somebody be held.
    Requests,
    /// Imposes a sanction on somebody.
    Sanctions,
    /// Takes part in the same meeting.
    Meets,
    /// Says something to or against somebody.
    Says(Act),
}

impl DyadKind {
    /// The relation that a view goes along to see dyads of this kind.
    #[must_use]
    pub const fn relation(self) -> R {
        match self {
            Self::Relation(relation) => relation,
            Self::AlignedWith(_) => R::AlignedWith,
            Self::Founds(_) => R::Founds,
            Self::Detains => R::Detains,
            Self::Requests => R::Requests,
            Self::Sanctions => R::Imposes,
            Self::Meets => R::TakesPartIn,
            Self::Says(_) => R::Makes,
        }
    }

    /// The relation of the second edge at the event, where there is an event.
    pub(super) const fn far_relation(self) -> Option<R> {
        match self {
            Self::Relation(_) | Self::AlignedWith(_) | Self::Founds(_) => None,
            Self::Detains | Self::Requests => Some(R::HeldIn),
            Self::Sanctions => Some(R::Targets),
            Self::Meets => Some(R::TakesPartIn),
            Self::Says(_) => Some(R::Concerns),
        }
    }

    /// Whether the two stand alike, so that which of them it runs from says nothing.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::AlignedWith(_) | Self::Meets)
    }
}

impl std::fmt::Display for DyadKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self {
            Self::AlignedWith(stance) => stance.as_str(),
            Self::Founds(step) => step.as_str(),
            Self::Says(act) => act.as_str(),
            _ => return self.relation().fmt(f),
        };
        f.pad(&format!("{} {word}", self.relation()))
    }
}

/// One telling of a dyad: by one edge, or by the two at one event. Sorted by its ends and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Telling {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) kind: DyadKind,
    /// The rows of the edges; of one that has no event twice the same.
    pub(super) rows: [u32; 2],
    pub(super) certainty: Certainty,
}

/// Somebody at an event.
#[derive(Clone, Copy)]
struct Party {
    node: u32,
    fact: RowRef,
    certainty: Certainty,
}

/// Those at one event: mostly one or two.
type Parties = SmallVec<[Party; 4]>;

impl Telling {
    fn of(kind: DyadKind, one: Party, other: Party) -> Self {
        let (rows, certainty) = ([one.fact.row, other.fact.row], one.certainty.min(other.certainty));
        Self { source: one.node, target: other.node, kind, rows, certainty }
    }

    /// Whether both tell of one dyad.
    pub(super) fn is_of_dyad(&self, other: &Self) -> bool {
        (self.source, self.target, self.kind) == (other.source, other.target, other.kind)
    }

    /// The event that it is told through, if it is through one.
    pub(super) fn event(&self, view: View<'_>) -> Option<u32> {
        let near = RowRef { kind: FactKind::Relation(self.kind.relation()), row: self.rows[0] };
        self.kind.far_relation().map(|_| view.graph.facts.target(near))
    }

    /// The edges that it is told by.
    pub(super) fn facts(&self) -> impl Iterator<Item = RowRef> + use<> {
        let near = FactKind::Relation(self.kind.relation());
        let far = self.kind.far_relation().map(FactKind::Relation);
        let [row, far_row] = self.rows;
        std::iter::once(RowRef { kind: near, row }).chain(far.map(|kind| RowRef { kind, row: far_row }))
    }
}

impl View<'_> {
    /// What makes dyads of the relations that the view goes along: relation after relation, event after event.
    pub(super) fn tellings(self) -> Vec<Telling> {
        let mut tellings = Vec::new();
        let mut say = |telling: Telling| tellings.extend((telling.source != telling.target).then_some(telling));
        for relation in R::ALL.iter().copied().filter(|relation| self.sees(*relation)) {
            self.each_standing(relation, &mut say);
        }
        if [R::Detains, R::Requests, R::Imposes, R::TakesPartIn, R::Makes].into_iter().any(|one| self.sees(one)) {
            for (event, _) in self.holding(FactKind::Event) {
                self.each_at_event(self.graph.facts.source(event), &mut say);
            }
        }
        tellings
    }

    /// The dyads of one relation that runs to no event.
    fn each_standing(self, relation: R, mut say: impl FnMut(Telling)) {
        let touches = |event: NodeKind| relation.source().contains(event) || relation.target().contains(event);
        if NodeKinds::EVENT.iter().any(touches) {
            return;
        }
        let facts = &self.graph.facts;
        for (fact, certainty) in self.holding(FactKind::Relation(relation)) {
            let word = |qualifier| facts.identity(fact).word(qualifier);
            let kind = match relation {
                R::AlignedWith => word(Qualifier::Stance).and_then(Stance::from_word).map(DyadKind::AlignedWith),
                R::Founds => word(Qualifier::Step).and_then(FoundingStep::from_word).map(DyadKind::Founds),
                R::MemberOf => {
                    let belonging = facts.belonging(facts.table(fact.kind), fact.row);
                    belonging.is_of_a_member().then_some(DyadKind::Relation(relation))
                }
                _ => Some(DyadKind::Relation(relation)),
            };
            if let Some(kind) = kind {
                let (source, target) = (facts.source(fact), facts.target(fact));
                say(Telling { source, target, kind, rows: [fact.row; 2], certainty });
            }
        }
    }

    /// The dyads through one event.
    fn each_at_event(self, event: u32, mut say: impl FnMut(Telling)) {
        let mut each = |kind: DyadKind, one: Party, others: &[Party]| {
            others.iter().for_each(|other| say(Telling::of(kind, one, *other)));
        };
        match self.node(event).kind() {
            NodeKind::Detention => {
                let held = self.parties_to(R::HeldIn, event);
                self.seen_to(R::Detains, event).for_each(|by| each(DyadKind::Detains, by, &held));
                self.seen_to(R::Requests, event).for_each(|by| each(DyadKind::Requests, by, &held));
            }
            NodeKind::Sanction => {
                let targets = self.parties_from(R::Targets, event);
                self.seen_to(R::Imposes, event).for_each(|by| each(DyadKind::Sanctions, by, &targets));
            }
            NodeKind::Meeting => self.each_encounter(event, each),
            NodeKind::Statement => self.each_address(event, each),
            _ => {}
        }
    }

    /// Every two who take part in a meeting, from the host.
    fn each_encounter(self, meeting: u32, mut say: impl FnMut(DyadKind, Party, &[Party])) {
        let parties: Parties = self.seen_to(R::TakesPartIn, meeting).collect();
        let host = Some(Participation::Host.as_str());
        let invites = |party: &Party| self.graph.facts.identity(party.fact).word(Qualifier::Role) == host;
        let hosts: SmallVec<[u32; 4]> = parties.iter().filter(|party| invites(party)).map(|party| party.node).collect();
        for (nth, one) in parties.iter().enumerate() {
            for other in &parties[nth + 1..] {
                let is_turned = hosts.contains(&other.node) && !hosts.contains(&one.node);
                let (from, to) = if is_turned { (other, one) } else { (one, other) };
                say(DyadKind::Meets, *from, std::slice::from_ref(to));
            }
        }
    }

    /// Who says something at whom, by what each telling of it says that it does.
    fn each_address(self, statement: u32, mut say: impl FnMut(DyadKind, Party, &[Party])) {
        let speakers: Parties = self.seen_to(R::Makes, statement).collect();
        if speakers.is_empty() {
            return;
        }
        let aimed = Some(Aspect::Target.as_str());
        for target in self.parties_from(R::Concerns, statement) {
            if self.graph.facts.identity(target.fact).word(Qualifier::Aspect) != aimed {
                continue;
            }
            for claim in self.counting(target.fact) {
                let act = self.graph.records.qualifiers_of(claim).word(Qualifier::Act).and_then(Act::from_word);
                let Some((act, certainty)) = act.zip(self.judge_claim(target.fact, claim)) else { continue };
                let target = Party { certainty, ..target };
                speakers.iter().for_each(|speaker| say(DyadKind::Says(act), *speaker, &[target]));
            }
        }
    }

    /// Those from whom a relation runs to an event, if the view goes along it.
    fn seen_to(self, relation: R, event: u32) -> impl Iterator<Item = Party> {
        let seen = self.sees(relation).then(|| self.parties_to(relation, event));
        seen.into_iter().flatten()
    }

    fn parties_to(self, relation: R, event: u32) -> Parties {
        let edges = self.running_to(FactKind::Relation(relation), event);
        edges.map(|(fact, certainty)| Party { node: self.graph.facts.source(fact), fact, certainty }).collect()
    }

    fn parties_from(self, relation: R, event: u32) -> Parties {
        let edges = self.running_from(FactKind::Relation(relation), event);
        edges.map(|(fact, certainty)| Party { node: self.graph.facts.target(fact), fact, certainty }).collect()
    }
}
