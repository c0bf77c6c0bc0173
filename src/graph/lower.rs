//! From a claim to what it says of edges, attributes and events, as the ontology's `lowers` has it.

use super::facts::FactKind;
use crate::batch::records::{Filler, NONE, Records};
use crate::model::{Attribute, Carried, Lowering, Qualifier, Qualifiers, RelationKind, Role, TimeKind, Value};
use crate::text::fold;
use crate::time::{Bounds, End, Start, When};

/// One thing that a claim says: an edge, an attribute of a node, or that an event is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lowered {
    pub(super) kind: FactKind,
    pub(super) source: u32,
    /// [`NONE`] for attributes and events.
    pub(super) target: u32,
    /// What tells it from another with the same ends.
    pub(super) identity: Identity,
    pub(super) bounds: Bounds,
}

/// What tells a fact from another with the same ends, as a rule that depends on the fact type and the qualifiers alone: so it
/// is worked out once for all claims that are qualified alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Identity {
    /// Nothing does.
    Ends,
    /// The qualifiers that the ontology names.
    Named,
    /// These, and one that the edge carries.
    Carrying(Qualifier, Carried),
}

impl Identity {
    /// The qualifiers of the rule, for this claim.
    pub(super) fn of(self, records: &Records, claim: u32) -> Qualifiers {
        let named = || identity(records.claims[claim as usize].fact.schema().identity, records.qualifiers_of(claim));
        match self {
            Self::Ends => Qualifiers::new(),
            Self::Named => named(),
            Self::Carrying(qualifier, value) => named().with(qualifier, value.into()),
        }
    }
}

/// Says all that a claim says, in the order of the ontology. Linear in what it gives.
pub(super) fn lower(records: &Records, claim: u32, mut say: impl FnMut(Lowered)) {
    let row = &records.claims[claim as usize];
    let schema = row.fact.schema();
    let published = records.sources[row.source as usize].published;
    let lasts = schema.time == TimeKind::Lasting;
    let own = if lasts { row.when.bounds(published) } else { row.when.bounds_of_moment(published) };
    let named = if schema.identity.is_empty() { Identity::Ends } else { Identity::Named };
    if row.event != NONE {
        let kind = FactKind::Event;
        say(Lowered { kind, source: row.event, target: NONE, identity: Identity::Ends, bounds: own });
    }
    let fillers = |role: Option<Role>| {
        let event = role.is_none().then_some(row.event);
        let of_role = records.arguments_of(claim).filter(move |argument| Some(argument.role) == role);
        event.into_iter().chain(of_role.filter_map(|argument| records.filler_node(argument.filler)))
    };
    for lowering in schema.lowers {
        match *lowering {
            Lowering::Edge { relation, from, to, carrying } => {
                let identity = match carrying {
                    Some((qualifier, value)) => Identity::Carrying(qualifier, value),
                    // Only this is made by a type whose identity is an attribute's.
                    None if relation == RelationKind::ExchangedFor => Identity::Ends,
                    None => named,
                };
                let bounds = match from {
                    Some(Role::Predecessor) => before(row.when).bounds(published),
                    Some(Role::Successor) => after(row.when).bounds(published),
                    // Of an instrument signatures and parties last.
                    Some(Role::Signatory | Role::Party) => row.when.bounds(published),
                    _ => own,
                };
                for source in fillers(from) {
                    for target in fillers(to) {
                        let (from, to) = (records.nodes[source as usize].kind, records.nodes[target as usize].kind);
                        if relation.check(from, to).is_ok() {
                            say(Lowered { kind: FactKind::Relation(relation), source, target, identity, bounds });
                        }
                    }
                }
            }
            Lowering::Pairs { relation, among } => {
                for (nth, one) in fillers(Some(among)).enumerate() {
                    for other in fillers(Some(among)).skip(nth + 1) {
                        let kind = FactKind::Relation(relation);
                        let (source, target) = (one.min(other), one.max(other));
                        say(Lowered { kind, source, target, identity: named, bounds: own });
                    }
                }
            }
            Lowering::Attribute { attribute, on } => {
                let kind = FactKind::Attribute(attribute);
                if attribute == Attribute::Binding && records.qualifiers_of(claim).get(Qualifier::Binding).is_none() {
                    continue;
                }
                for source in fillers(Some(on)) {
                    say(Lowered { kind, source, target: NONE, identity: named, bounds: own });
                }
            }
        }
    }
}

/// The qualifiers that tell facts apart, as they are compared: defaults filled in, text folded.
fn identity(names: &[Qualifier], said: &Qualifiers) -> Qualifiers {
    names.iter().fold(Qualifiers::new(), |identity, name| match said.get(*name) {
        Some(Value::Text(text)) => identity.with(*name, Value::Text(fold(text).into())),
        Some(value) => identity.with(*name, value.clone()),
        None if *name == Qualifier::Role => identity.with(*name, Value::Word("member")),
        None => identity,
    })
}

/// What a claim says of the time of an edge whose source plays this role: of a predecessor's office that it ended when this
/// one began, of a successor's that it began when this one ended.
pub(super) fn when_of(records: &Records, claim: u32, source: u32) -> When {
    let row = &records.claims[claim as usize];
    let roles = records.arguments_of(claim).filter(|argument| argument.filler == Filler::Node(source));
    match roles.map(|argument| argument.role).find(|role| *role != Role::Of) {
        Some(Role::Predecessor) => before(row.when),
        Some(Role::Successor) => after(row.when),
        _ => row.when,
    }
}

/// When the one before held the office: until this one began.
fn before(when: When) -> When {
    let until = match when {
        When::Span { from: Start::On(date), .. } => End::On(date),
        _ => End::Unknown,
    };
    When::Span { from: Start::Unknown, until }
}

/// When the one after held the office: from when this one ended.
fn after(when: When) -> When {
    let from = match when {
        When::Span { until: End::On(date), .. } => Start::On(date),
        _ => Start::Unknown,
    };
    When::Span { from, until: End::Unknown }
}

/// The node that a claim's statement or event fact is about, for fillers that name a claim.
pub(super) fn content(records: &Records, claim: u32) -> impl Iterator<Item = u32> + '_ {
    records.arguments_of(claim).filter_map(|argument| match argument {
        argument if argument.role != Role::Content => None,
        argument => match argument.filler {
            Filler::Claim(content) => Some(content),
            Filler::Node(_) => None,
        },
    })
}
