//! The entities of FollowTheMoney as nodes: nations by their codes and items, the rest by their ids.
//!
//! It reads no relation.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use super::follow_the_money_entity::Entity;
use crate::batch::{Batch, Description, SourceId};
use crate::gazetteer::{Gazetteer, NamingPolicy, NationRecord, Scheme};
use crate::model::{Identity, Key, Node, NodeKind, OrganizationKind};
use crate::text::Digest;

/// The nodes of a batch, each described once.
#[derive(Debug)]
pub(super) struct Nodes<'e> {
    entities: &'e IndexMap<Box<str>, Entity<'e>>,
    described: FxHashSet<Node>,
}

/// Codes of countries of the model that are not those of ISO, and whose they are.
pub(crate) const COUNTRIES: [(&str, &str); 5] =
    [("suhh", "SUN"), ("yucs", "YUG"), ("csxx", "SCG"), ("cshh", "CSK"), ("xk", "XKX")];

impl<'e> Nodes<'e> {
    pub(super) fn of(entities: &'e IndexMap<Box<str>, Entity<'e>>) -> Self {
        Self { entities, described: FxHashSet::default() }
    }

    pub(super) fn entity(&self, id: &str) -> Option<&'e Entity<'e>> {
        self.entities.get(id)
    }

    /// The entity of this id; what is not in the file is of the kind that is given.
    pub(super) fn node(&mut self, batch: &mut Batch, source: SourceId, id: &str, anybody: NodeKind) -> Node {
        let entity = self.entity(id);
        if let Some(nation) = nation_of(id, entity) {
            return self.nation(batch, source, nation);
        }
        let kind = entity.and_then(kind).unwrap_or(anybody);
        let key = Key::of(kind, &self.slug(id)).expect("a slug was made");
        let node = batch.key(&key);
        if self.described.insert(node) {
            let description = entity.map_or_else(Description::new, |entity| described(entity, kind));
            let description = items(id, entity).fold(description, Description::same_as);
            batch.describe(source, node, description).expect("every node has names and identities");
        }
        node
    }

    /// Whom a sanction can be against: none of what is neither people nor a body, such as a ship.
    pub(super) fn target(&mut self, batch: &mut Batch, source: SourceId, id: &str) -> Option<Node> {
        let is_actor = self.entity(id).is_none_or(|entity| kind(entity).is_some());
        is_actor.then(|| self.node(batch, source, id, NodeKind::Group))
    }

    /// The nation of a code of the model.
    pub(super) fn country(&mut self, batch: &mut Batch, source: SourceId, code: &str) -> Option<Node> {
        let gazetteer = Gazetteer::builtin();
        let nation = match COUNTRIES.iter().find(|(known, _)| *known == code) {
            Some((_, key)) => gazetteer.nation(key),
            None => gazetteer.by_code(Scheme::Iso2, &code.to_ascii_uppercase()).one(),
        };
        Some(self.nation(batch, source, nation?))
    }

    fn nation(&mut self, batch: &mut Batch, source: SourceId, nation: &'static NationRecord) -> Node {
        let node = batch.node::<crate::model::Nation>(nation.key()).expect("the gazetteer's keys are keys").node();
        if self.described.insert(node) {
            batch.name(source, node, nation.name(NamingPolicy::Common));
        }
        node
    }

    /// What stands in the key of an entity: its item, if it has one, else its id, or a digest of one that cannot stand there.
    pub(super) fn slug(&self, id: &str) -> String {
        if let Some(item) = items(id, self.entity(id)).find(|one| one.scheme() == "wikidata" && one.id().len() < 20) {
            return format!("wikidata-{}", item.id().to_ascii_lowercase());
        }
        let slug = format!("ftm-{id}");
        if Key::of(NodeKind::Group, &slug).is_ok() { slug } else { format!("ftm-x-{}", Digest::of(id)) }
    }
}

/// The kind of node that an entity is, if it is one.
fn kind(entity: &Entity<'_>) -> Option<NodeKind> {
    match &*entity.schema {
        "Person" => Some(NodeKind::Person),
        "Organization" | "Company" | "PublicBody" => Some(NodeKind::Organization),
        "LegalEntity" => Some(NodeKind::Group),
        _ => None,
    }
}

/// The nation that an entity is, by its item.
fn nation_of(id: &str, entity: Option<&Entity<'_>>) -> Option<&'static NationRecord> {
    let is_body = entity.is_none_or(|entity| kind(entity) == Some(NodeKind::Organization));
    let mut items = items(id, entity).filter(|one| is_body && one.scheme() == "wikidata");
    items.find_map(|item| Gazetteer::builtin().by_code(Scheme::Wikidata, item.id()).one())
}

/// The identities of an entity in other schemes.
fn items(id: &str, entity: Option<&Entity<'_>>) -> impl Iterator<Item = Identity> {
    let values = |property| entity.map(|entity| entity.values(property)).unwrap_or_default();
    let wikidata = std::iter::once(id.to_owned()).chain(values("wikidataId"));
    let codes = values("leiCode").into_iter().map(|code| format!("lei:{code}"));
    wikidata.map(|item| format!("wikidata:{item}")).chain(codes).filter_map(|text| text.parse().ok())
}

fn described(entity: &Entity<'_>, kind: NodeKind) -> Description {
    let mut description = Description::new();
    let name = entity.name();
    for property in ["name", "alias", "previousName"] {
        for other in entity.values(property).iter().filter(|other| Some(*other) != name.as_ref()) {
            description = description.alias(other);
        }
    }
    if let Some(name) = &name {
        description = description.name(name);
    }
    match &*entity.schema {
        "Company" if kind == NodeKind::Organization => description.organization(OrganizationKind::Company),
        _ => description,
    }
}
