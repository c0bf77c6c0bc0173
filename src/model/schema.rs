//! The ontology on one screen: every fact type with its roles, qualifiers, and what it becomes in the graph.
//!
//! Reads as the tables of the format do. `one`, `some` (one or more), `any` (any number), `maybe` (at most one) and `several`
//! (two or more) say how many fill a role; `ITSELF` is the event that the fact makes. A test holds it against the
//! machine-readable ontology of the format.

use super::fact::{Carried, Disagreement as D, FactSchema, FactType as F, Lowering, Role as R, RoleSchema, TimeKind};
use super::node::{NodeKind as K, NodeKinds};
use super::qualifier::{Qualifier as Q, QualifierType as T};
use super::relation::{Attribute as A, RelationKind as E};
use super::{
    Act, DetentionForm, Extent, FoundingStep, Measure, MeetingKind, MeetingMode, MembershipRole, Rank, Request, Rule,
    Stance,
};

const ACTOR: NodeKinds = NodeKinds::ACTOR;
const EVENT: NodeKinds = NodeKinds::EVENT;
const ANY: NodeKinds = NodeKinds::ANY;
const REQUIRED: bool = true;
const OPTIONAL: bool = false;
const ITSELF: Option<R> = None;

const NOTHING: FactSchema = FactSchema {
    fact: F::Membership,
    time: TimeKind::None,
    event: None,
    roles: &[],
    any_of: &[],
    qualifiers: &[],
    defaults: &[],
    identity: &[],
    conflicts: &[],
    apart: &[],
    lowers: &[],
};

const fn of(kinds: &[K]) -> NodeKinds {
    NodeKinds::of(kinds)
}

const fn role(role: R, kinds: NodeKinds, min: usize, max: Option<usize>) -> RoleSchema {
    RoleSchema { role, kinds, facts: false, min, max }
}

const fn one(name: R, kinds: NodeKinds) -> RoleSchema {
    role(name, kinds, 1, Some(1))
}

const fn some(name: R, kinds: NodeKinds) -> RoleSchema {
    role(name, kinds, 1, None)
}

const fn several(name: R, kinds: NodeKinds) -> RoleSchema {
    role(name, kinds, 2, None)
}

const fn any(name: R, kinds: NodeKinds) -> RoleSchema {
    role(name, kinds, 0, None)
}

const fn maybe(name: R, kinds: NodeKinds) -> RoleSchema {
    role(name, kinds, 0, Some(1))
}

const fn facts(role: R) -> RoleSchema {
    RoleSchema { role, kinds: NodeKinds::of(&[]), facts: true, min: 0, max: None }
}

const fn edge(relation: E, from: Option<R>, to: Option<R>) -> Lowering {
    Lowering::Edge { relation, from, to, carrying: None }
}

const fn carrying(relation: E, from: Option<R>, to: Option<R>, qualifier: Q, value: Carried) -> Lowering {
    Lowering::Edge { relation, from, to, carrying: Some((qualifier, value)) }
}

const fn attribute(attribute: A, on: R) -> Lowering {
    Lowering::Attribute { attribute, on }
}

/// The fact types, in the order of [`FactType::ALL`](super::FactType::ALL).
static FACTS: [FactSchema; F::ALL.len()] = [
    FactSchema {
        fact: F::Membership,
        time: TimeKind::Lasting,
        roles: &[
            some(R::Member, of(&[K::Nation, K::Organization, K::Group])),
            one(R::Of, of(&[K::Coalition, K::Organization])),
        ],
        qualifiers: &[
            (Q::Role, T::Word(MembershipRole::WORDS), OPTIONAL),
            (Q::Extent, T::Word(Extent::WORDS), OPTIONAL),
        ],
        defaults: &[(Q::Role, Carried::Word("member"))],
        identity: &[Q::Role, Q::Extent],
        conflicts: &[D::From, D::Until],
        apart: &[(R::Member, R::Of)],
        lowers: &[edge(E::MemberOf, Some(R::Member), Some(R::Of))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Roster,
        time: TimeKind::Lasting,
        roles: &[one(R::Of, of(&[K::Coalition, K::Organization, K::Instrument, K::Group, K::Meeting]))],
        qualifiers: &[(Q::Count, T::Count, REQUIRED), (Q::Unit, T::Text, OPTIONAL)],
        conflicts: &[D::Qualifier(Q::Count)],
        lowers: &[attribute(A::StatedSize, R::Of)],
        ..NOTHING
    },
    FactSchema {
        fact: F::Founding,
        time: TimeKind::Moment,
        roles: &[
            one(R::Coalition, of(&[K::Coalition])),
            any(R::By, of(&[K::Nation, K::Organization, K::Person, K::Group, K::Coalition, K::Instrument])),
            any(R::Place, of(&[K::Place, K::Nation])),
        ],
        qualifiers: &[(Q::Step, T::Word(FoundingStep::WORDS), REQUIRED)],
        identity: &[Q::Step],
        conflicts: &[D::At],
        lowers: &[edge(E::Founds, Some(R::By), Some(R::Coalition)), attribute(A::Founded, R::Coalition)],
        ..NOTHING
    },
    FactSchema {
        fact: F::Rule,
        time: TimeKind::Lasting,
        roles: &[
            one(R::Of, of(&[K::Coalition, K::Organization, K::Instrument])),
            any(R::OpenTo, of(&[K::Nation, K::Organization, K::Group])),
        ],
        qualifiers: &[
            (Q::Rule, T::Word(Rule::WORDS), REQUIRED),
            (Q::Term, T::Duration, OPTIONAL),
            (Q::Deadline, T::Date, OPTIONAL),
        ],
        identity: &[Q::Rule],
        conflicts: &[D::Qualifier(Q::Term), D::Qualifier(Q::Deadline)],
        lowers: &[attribute(A::Rule, R::Of)],
        ..NOTHING
    },
    FactSchema {
        fact: F::Office,
        time: TimeKind::Lasting,
        roles: &[
            one(R::Holder, of(&[K::Person])),
            one(R::Of, of(&[K::Nation, K::Organization])),
            any(R::To, of(&[K::Nation, K::Organization])),
            maybe(R::Predecessor, of(&[K::Person])),
            maybe(R::Successor, of(&[K::Person])),
        ],
        qualifiers: &[(Q::Title, T::Text, REQUIRED), (Q::Rank, T::Word(Rank::WORDS), OPTIONAL)],
        defaults: &[(Q::Rank, Carried::Word("other"))],
        identity: &[Q::Title],
        conflicts: &[D::From, D::Until],
        apart: &[(R::Holder, R::Predecessor), (R::Holder, R::Successor)],
        lowers: &[
            edge(E::HoldsOffice, Some(R::Holder), Some(R::Of)),
            edge(E::HoldsOffice, Some(R::Predecessor), Some(R::Of)),
            edge(E::HoldsOffice, Some(R::Successor), Some(R::Of)),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Nationality,
        time: TimeKind::Lasting,
        roles: &[some(R::Who, of(&[K::Person, K::Group])), one(R::Nation, of(&[K::Nation]))],
        lowers: &[edge(E::NationalOf, Some(R::Who), Some(R::Nation))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Affiliation,
        time: TimeKind::Lasting,
        roles: &[
            some(R::Who, of(&[K::Person, K::Group, K::Organization])),
            one(R::To, of(&[K::Organization, K::Nation])),
        ],
        qualifiers: &[(Q::Title, T::Text, OPTIONAL)],
        apart: &[(R::Who, R::To)],
        lowers: &[edge(E::AffiliatedWith, Some(R::Who), Some(R::To))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Alignment,
        time: TimeKind::Lasting,
        roles: &[several(R::Parties, ACTOR)],
        qualifiers: &[(Q::Stance, T::Word(Stance::WORDS), REQUIRED), (Q::Basis, T::Text, OPTIONAL)],
        identity: &[Q::Stance],
        lowers: &[Lowering::Pairs { relation: E::AlignedWith, among: R::Parties }],
        ..NOTHING
    },
    FactSchema {
        fact: F::Location,
        time: TimeKind::Lasting,
        roles: &[some(R::What, of(&[K::Place, K::Organization])), one(R::In, of(&[K::Place, K::Nation]))],
        apart: &[(R::What, R::In)],
        lowers: &[edge(E::LocatedIn, Some(R::What), Some(R::In))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Composition,
        time: TimeKind::Lasting,
        roles: &[
            one(R::Group, of(&[K::Group])),
            some(R::Includes, of(&[K::Person, K::Organization, K::Nation, K::Group])),
        ],
        qualifiers: &[(Q::Complete, T::Boolean, OPTIONAL)],
        defaults: &[(Q::Complete, Carried::Boolean(false))],
        apart: &[(R::Group, R::Includes)],
        lowers: &[edge(E::Includes, Some(R::Group), Some(R::Includes))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Instrument,
        time: TimeKind::ByRole,
        roles: &[
            one(R::Instrument, of(&[K::Instrument])),
            any(R::Signatory, ACTOR),
            any(R::Issuer, ACTOR),
            any(R::Party, ACTOR),
            any(R::Addressee, ACTOR),
            any(R::Copied, ACTOR),
            any(R::Cites, of(&[K::Instrument])),
        ],
        any_of: &[R::Signatory, R::Issuer, R::Party, R::Addressee, R::Copied, R::Cites],
        qualifiers: &[(Q::Binding, T::Boolean, OPTIONAL)],
        conflicts: &[D::From, D::Until],
        lowers: &[
            edge(E::Signs, Some(R::Signatory), Some(R::Instrument)),
            edge(E::Issues, Some(R::Issuer), Some(R::Instrument)),
            edge(E::PartyTo, Some(R::Party), Some(R::Instrument)),
            carrying(E::AddressedTo, Some(R::Instrument), Some(R::Addressee), Q::Copy, Carried::Boolean(false)),
            carrying(E::AddressedTo, Some(R::Instrument), Some(R::Copied), Q::Copy, Carried::Boolean(true)),
            edge(E::Cites, Some(R::Instrument), Some(R::Cites)),
            attribute(A::Binding, R::Instrument),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Detention,
        time: TimeKind::Lasting,
        event: Some(K::Detention),
        roles: &[
            some(R::Detained, of(&[K::Person, K::Group])),
            any(R::By, of(&[K::Nation, K::Organization])),
            any(R::AtRequestOf, of(&[K::Nation, K::Organization])),
            any(R::Place, of(&[K::Place, K::Nation])),
            any(R::Under, of(&[K::Instrument])),
        ],
        qualifiers: &[
            (Q::Charge, T::Text, OPTIONAL),
            (Q::Request, T::Word(Request::WORDS), OPTIONAL),
            (Q::Form, T::Word(DetentionForm::WORDS), OPTIONAL),
        ],
        conflicts: &[D::From, D::Until, D::Fillers(R::By), D::Fillers(R::AtRequestOf)],
        lowers: &[
            edge(E::HeldIn, Some(R::Detained), ITSELF),
            edge(E::Detains, Some(R::By), ITSELF),
            edge(E::Requests, Some(R::AtRequestOf), ITSELF),
            edge(E::TakesPlaceIn, ITSELF, Some(R::Place)),
            edge(E::Under, ITSELF, Some(R::Under)),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Sanction,
        time: TimeKind::Lasting,
        event: Some(K::Sanction),
        roles: &[
            any(R::By, of(&[K::Nation, K::Organization, K::Coalition, K::Group])),
            some(R::Target, of(&[K::Nation, K::Organization, K::Person, K::Group, K::Coalition, K::Place])),
            any(R::Under, of(&[K::Instrument])),
        ],
        qualifiers: &[(Q::Measures, T::Words(Measure::WORDS), OPTIONAL), (Q::Reason, T::Text, OPTIONAL)],
        conflicts: &[D::From, D::Until, D::Fillers(R::By)],
        lowers: &[
            edge(E::Imposes, Some(R::By), ITSELF),
            edge(E::Targets, ITSELF, Some(R::Target)),
            edge(E::Under, ITSELF, Some(R::Under)),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Meeting,
        time: TimeKind::Moment,
        event: Some(K::Meeting),
        roles: &[
            any(R::Participant, ACTOR),
            any(R::Host, ACTOR),
            any(R::Speaker, ACTOR),
            any(R::Place, of(&[K::Place, K::Nation])),
        ],
        any_of: &[R::Participant, R::Host, R::Speaker],
        qualifiers: &[
            (Q::Mode, T::Word(MeetingMode::WORDS), OPTIONAL),
            (Q::Kind, T::Word(MeetingKind::WORDS), OPTIONAL),
            (Q::Title, T::Text, OPTIONAL),
        ],
        conflicts: &[D::At, D::Fillers(R::Place)],
        lowers: &[
            carrying(E::TakesPartIn, Some(R::Participant), ITSELF, Q::Role, Carried::Word("participant")),
            carrying(E::TakesPartIn, Some(R::Host), ITSELF, Q::Role, Carried::Word("host")),
            carrying(E::TakesPartIn, Some(R::Speaker), ITSELF, Q::Role, Carried::Word("speaker")),
            edge(E::TakesPlaceIn, ITSELF, Some(R::Place)),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Statement,
        time: TimeKind::Moment,
        event: Some(K::Statement),
        roles: &[
            some(R::Speaker, ACTOR),
            any(R::Target, ACTOR),
            any(R::About, ANY),
            facts(R::Content),
            any(R::Via, of(&[K::Organization, K::Instrument, K::Meeting])),
            any(R::Place, of(&[K::Place, K::Nation])),
        ],
        qualifiers: &[(Q::Act, T::Word(Act::WORDS), REQUIRED)],
        lowers: &[
            edge(E::Makes, Some(R::Speaker), ITSELF),
            carrying(E::Concerns, ITSELF, Some(R::Target), Q::Aspect, Carried::Word("target")),
            carrying(E::Concerns, ITSELF, Some(R::About), Q::Aspect, Carried::Word("topic")),
            edge(E::Via, ITSELF, Some(R::Via)),
            edge(E::TakesPlaceIn, ITSELF, Some(R::Place)),
        ],
        ..NOTHING
    },
    FactSchema {
        fact: F::Stage,
        time: TimeKind::Moment,
        roles: &[
            one(R::Of, of(&[K::Detention, K::Sanction, K::Meeting, K::Instrument])),
            any(R::By, ACTOR),
            any(R::Place, of(&[K::Place, K::Nation])),
            any(R::InExchangeFor, of(&[K::Detention])),
        ],
        qualifiers: &[(Q::Stage, T::Stage, REQUIRED), (Q::Charge, T::Text, OPTIONAL), (Q::Outcome, T::Text, OPTIONAL)],
        identity: &[Q::Stage],
        conflicts: &[D::At],
        lowers: &[attribute(A::Stage, R::Of), edge(E::ExchangedFor, Some(R::Of), Some(R::InExchangeFor))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Retaliation,
        time: TimeKind::None,
        roles: &[some(R::Response, EVENT), some(R::To, EVENT)],
        apart: &[(R::Response, R::To)],
        lowers: &[edge(E::RetaliatesFor, Some(R::Response), Some(R::To))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Order,
        time: TimeKind::None,
        roles: &[
            one(R::Earlier, of(&[K::Detention, K::Sanction, K::Meeting, K::Statement, K::Instrument])),
            one(R::Later, of(&[K::Detention, K::Sanction, K::Meeting, K::Statement, K::Instrument])),
        ],
        qualifiers: &[(Q::LagDays, T::Integer, OPTIONAL)],
        apart: &[(R::Earlier, R::Later)],
        lowers: &[edge(E::Follows, Some(R::Later), Some(R::Earlier))],
        ..NOTHING
    },
    FactSchema {
        fact: F::Characterisation,
        time: TimeKind::Lasting,
        roles: &[some(R::Of, ANY)],
        qualifiers: &[(Q::Label, T::Text, REQUIRED)],
        identity: &[Q::Label],
        lowers: &[attribute(A::Label, R::Of)],
        ..NOTHING
    },
];

impl F {
    /// The row of the ontology.
    ///
    /// ```
    /// use comity::{FactType, Role};
    /// let membership = FactType::Membership.schema();
    /// assert_eq!(membership.role(Role::Of).map(|role| role.max), Some(Some(1)));
    /// ```
    #[must_use]
    pub fn schema(self) -> &'static FactSchema {
        &FACTS[self as usize]
    }
}

impl E {
    /// The fact types that make edges of this relation, and how.
    pub(crate) fn lowerings(self) -> impl Iterator<Item = (&'static FactSchema, &'static Lowering)> {
        let rows = FACTS.iter().flat_map(|schema| schema.lowers.iter().map(move |lowering| (schema, lowering)));
        rows.filter(move |(_, lowering)| match lowering {
            Lowering::Edge { relation, .. } | Lowering::Pairs { relation, .. } => *relation == self,
            Lowering::Attribute { .. } => false,
        })
    }
}
