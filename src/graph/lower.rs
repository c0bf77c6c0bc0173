//! From a claim to what it says of edges, attributes and events, as the ontology's `lowers` has it.

use super::facts::FactKind;
use crate::batch::records::{Filler, NONE, Records};
use crate::model::{Attribute, Lowering, Qualifier, Qualifiers, RelationKind, Role, TimeKind, Value};
use crate::text::fold;
use crate::time::{Bounds, End, Start, When};

/// One thing that a claim says: an edge, an attribute of a node, or that an event is.
#[derive(Debug, Clone)]
pub(super) struct Lowered {
    pub(super) kind: FactKind,
    pub(super) source: u32,
    /// [`NONE`] for attributes and events.
    pub(super) target: u32,
    /// What tells it from another with the same ends.
    pub(super) identity: Qualifiers,
    pub(super) bounds: Bounds,
}

/// All that a claim says, in the order of the ontology. Linear in what it gives.
pub(super) fn lower(records: &Records, claim: u32) -> Vec<Lowered> {
    let row = &records.claims[claim as usize];
    let schema = row.fact.schema();
    let published = records.sources[row.source as usize].published;
    let bounds = |lasts: bool| if lasts { row.when.bounds(published) } else { row.when.bounds_of_moment(published) };
    let lasts = schema.time == TimeKind::Lasting;
    let said = records.qualifiers_of(claim);
    let identity = identity(schema.identity, said);
    let mut out = Vec::new();
    if row.event != NONE {
        let kind = FactKind::Event;
        out.push(Lowered { kind, source: row.event, target: NONE, identity: Qualifiers::new(), bounds: bounds(lasts) });
    }
    let fillers = |role: Option<Role>| -> Vec<u32> {
        match role {
            None => vec![row.event],
            Some(role) => {
                let of_role = records.arguments_of(claim).iter().filter(|argument| argument.role == role);
                of_role.filter_map(|argument| records.filler_node(argument.filler)).collect()
            }
        }
    };
    for lowering in schema.lowers {
        match *lowering {
            Lowering::Edge { relation, from, to, carrying } => {
                let identity = match carrying {
                    Some((qualifier, value)) => identity.clone().with(qualifier, value.into()),
                    None if relation_has(relation, &identity) => identity.clone(),
                    None => Qualifiers::new(),
                };
                let bounds = match from {
                    Some(Role::Predecessor) => before(row.when).bounds(published),
                    Some(Role::Successor) => after(row.when).bounds(published),
                    // Of an instrument signatures and parties last.
                    Some(Role::Signatory | Role::Party) => bounds(true),
                    _ => bounds(lasts),
                };
                let (sources, targets) = (fillers(from), fillers(to));
                for (source, target) in sources.iter().flat_map(|source| targets.iter().map(move |to| (*source, *to))) {
                    let kinds = (records.nodes[source as usize].kind, records.nodes[target as usize].kind);
                    if relation.check(kinds.0, kinds.1).is_ok() {
                        let kind = FactKind::Relation(relation);
                        out.push(Lowered { kind, source, target, identity: identity.clone(), bounds });
                    }
                }
            }
            Lowering::Pairs { relation, among } => {
                let parties = fillers(Some(among));
                for (nth, one) in parties.iter().enumerate() {
                    for other in &parties[nth + 1..] {
                        let kind = FactKind::Relation(relation);
                        let (source, target) = (*one.min(other), *one.max(other));
                        out.push(Lowered { kind, source, target, identity: identity.clone(), bounds: bounds(lasts) });
                    }
                }
            }
            Lowering::Attribute { attribute, on } => {
                if attribute == Attribute::Binding && said.get(Qualifier::Binding).is_none() {
                    continue;
                }
                for source in fillers(Some(on)) {
                    let kind = FactKind::Attribute(attribute);
                    let bounds = bounds(lasts);
                    out.push(Lowered { kind, source, target: NONE, identity: identity.clone(), bounds });
                }
            }
        }
    }
    out
}

/// The identity of a fact is that of its type; only `ExchangedFor` is made by a type whose identity is an attribute's.
fn relation_has(relation: RelationKind, identity: &Qualifiers) -> bool {
    !identity.is_empty() && relation != RelationKind::ExchangedFor
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
    let roles = records.arguments_of(claim).iter().filter(|argument| argument.filler == Filler::Node(source));
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
    records.arguments_of(claim).iter().filter_map(|argument| match argument {
        argument if argument.role != Role::Content => None,
        argument => match argument.filler {
            Filler::Claim(content) => Some(content),
            Filler::Node(_) => None,
        },
    })
}
