//! The items of Wikidata as nodes: nations through the gazetteer, persons and organizations by their item.
//!
//! It reads no statement.

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::wikidata::Fault;
use super::wikidata_statement::Entity;
use crate::batch::{Batch, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, NamingPolicy, NationRecord, Scheme};
use crate::model::{Identity, Node, NodeKind, Organization, OrganizationKind, Person, Rank};
use crate::time::PartialDate;

/// What is held of an entity of the file: what statements about it and about others need.
#[derive(Debug)]
pub(super) struct Known {
    /// Where in the file it is.
    pub(super) path: Box<str>,
    kind: NodeKind,
    pub(super) modified: Option<PartialDate>,
    pub(super) label: Option<Box<str>>,
    aliases: Box<[Box<str>]>,
    /// Of a position: of which items it is, and its rank.
    pub(super) of: Box<[Box<str>]>,
    pub(super) rank: Option<Rank>,
}

/// Organizations that have their key in every data set: their item, and the slug.
const BODIES: [(&str, &str); 7] = [
    ("Q1065", "united-nations"),
    ("Q458", "european-union"),
    ("Q7184", "nato"),
    ("Q7159", "african-union"),
    ("Q7768", "asean"),
    ("Q8908", "council-of-europe"),
    ("Q81299", "osce"),
];

/// The item of all human beings.
const HUMAN: &str = "Q5";

impl Known {
    pub(super) fn of(entity: &Entity<'_>, path: &str) -> Result<Self, Fault> {
        let id = sound(&entity.id)?;
        let is_human = entity.items("P31").iter().any(|class| class == HUMAN)
            || !entity.has("P31") && ["P27", "P39", "P102"].into_iter().any(|property| entity.has(property));
        let kind = match nation(id) {
            Some(_) => NodeKind::Nation,
            None if is_human => NodeKind::Person,
            None => NodeKind::Organization,
        };
        // Nobody's position is a human being or a nation.
        let is_position = kind == NodeKind::Organization;
        let of = ["P1001", "P2389", "P17"].into_iter().filter(|_| is_position).map(|property| entity.items(property));
        let of = of.into_iter().find(|of| !of.is_empty()).unwrap_or_default();
        Ok(Self {
            path: path.into(),
            kind,
            modified: entity.modified(),
            label: entity.label().map(Into::into),
            aliases: entity.aliases().into_iter().map(Into::into).collect(),
            of: of.into_iter().map(Into::into).collect(),
            rank: if is_position { entity.rank() } else { None },
        })
    }
}

/// The entities of a file, and the nodes of a batch, each described once.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    entities: IndexMap<Box<str>, Known, FxBuildHasher>,
    described: FxHashSet<Node>,
}

impl Nodes {
    pub(super) fn knows(&self, id: &str) -> bool {
        self.entities.contains_key(id)
    }

    /// Adds an entity; gives its number.
    pub(super) fn know(&mut self, id: &str, entity: Known) -> usize {
        self.entities.insert_full(id.into(), entity).0
    }

    pub(super) fn entities(&self) -> impl ExactSizeIterator<Item = &Known> {
        self.entities.values()
    }

    /// The entity of this item, if the file has it.
    pub(super) fn known(&self, id: &str) -> Option<&Known> {
        self.entities.get(id)
    }

    /// The entity of this number.
    pub(super) fn entity(&self, number: usize) -> &Known {
        &self.entities[number]
    }

    /// Its item.
    pub(super) fn id(&self, number: usize) -> &str {
        self.entities.get_index(number).map_or("", |(id, _)| id)
    }

    /// The entity of this number as what statements are about.
    pub(super) fn subject(&mut self, batch: &mut Batch, source: SourceId, number: usize) -> Node {
        let id = self.id(number).to_owned();
        let made = match self.entity(number).kind {
            NodeKind::Person => self.person(batch, source, &id),
            NodeKind::Nation => self.nation(batch, source, &id),
            _ => self.body(batch, source, &id),
        };
        made.expect("the item was tried")
    }

    pub(super) fn person(&mut self, batch: &mut Batch, source: SourceId, id: &str) -> Result<Node, Fault> {
        let node = batch.node::<Person>(&slug(id)?).expect("an item is a slug").node();
        self.describe(batch, source, node, id, Description::new());
        Ok(node)
    }

    /// The nation whose item it is.
    pub(super) fn nation(&mut self, batch: &mut Batch, source: SourceId, id: &str) -> Result<Node, Fault> {
        let Some(nation) = nation(sound(id)?) else {
            let hint = "the gazetteer of nations does not know it";
            return Err((Code::I0301, format!("no nation has the item {id}"), Some(hint)));
        };
        let node = batch.node::<crate::model::Nation>(nation.key()).expect("the gazetteer's keys are keys").node();
        let name = Description::new().name(nation.name(NamingPolicy::Common));
        self.describe(batch, source, node, nation.wikidata().unwrap_or(id), name);
        Ok(node)
    }

    /// The key of the nation whose item it is.
    pub(super) fn nation_key(&self, id: &str) -> &'static str {
        nation(id).map_or("", NationRecord::key)
    }

    /// The organization of this item.
    pub(super) fn body(&mut self, batch: &mut Batch, source: SourceId, id: &str) -> Result<Node, Fault> {
        let known = BODIES.iter().find(|(item, _)| *item == id).map(|(_, slug)| (*slug).to_owned());
        let slug = slug(id)?;
        let node = batch.node::<Organization>(&known.unwrap_or(slug)).expect("an item is a slug").node();
        self.describe(batch, source, node, id, Description::new());
        Ok(node)
    }

    /// The nation of this item if one has it, else the organization, of a kind if that is known.
    pub(super) fn polity(
        &mut self,
        batch: &mut Batch,
        source: SourceId,
        id: &str,
        kind: Option<OrganizationKind>,
    ) -> Result<Node, Fault> {
        if nation(id).is_some() {
            return self.nation(batch, source, id);
        }
        let node = self.body(batch, source, id)?;
        if let Some(kind) = kind {
            let description = Description::new().organization(kind);
            batch.describe(source, node, description).expect("an organization has a kind");
        }
        Ok(node)
    }

    fn describe(&mut self, batch: &mut Batch, source: SourceId, node: Node, id: &str, description: Description) {
        if !self.described.insert(node) {
            return;
        }
        let identity: Identity = format!("wikidata:{id}").parse().expect("the item was tried");
        let mut description = description.same_as(identity);
        if let Some(entity) = self.known(id).filter(|_| node.kind() != NodeKind::Nation) {
            if let Some(label) = &entity.label {
                description = description.name(label);
            }
            description = entity.aliases.iter().fold(description, |description, alias| description.alias(alias));
        }
        batch.describe(source, node, description).expect("every node has names and identities");
    }
}

fn nation(id: &str) -> Option<&'static NationRecord> {
    Gazetteer::builtin().by_code(Scheme::Wikidata, id).one()
}

/// The most digits of an item.
const DIGITS: usize = 18;

fn sound(id: &str) -> Result<&str, Fault> {
    let is_item = id.strip_prefix('Q').is_some_and(|number| {
        (1..=DIGITS).contains(&number.len())
            && !number.starts_with('0')
            && number.bytes().all(|one| one.is_ascii_digit())
    });
    if is_item { Ok(id) } else { Err((Code::I0207, format!("{id:?} is no item"), Some("such as Q7747"))) }
}

fn slug(id: &str) -> Result<String, Fault> {
    Ok(format!("wikidata-{}", sound(id)?.to_ascii_lowercase()))
}
