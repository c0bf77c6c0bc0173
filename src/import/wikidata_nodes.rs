//! The items of Wikidata as nodes: nations through the gazetteer, persons and organizations by their item.
//!
//! It reads no statement.

use rustc_hash::{FxHashMap, FxHashSet};

use super::wikidata::Fault;
use super::wikidata_statement::Entity;
use crate::batch::{Batch, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, NamingPolicy, NationRecord, Scheme};
use crate::model::{Identity, Node, NodeKind, Organization, OrganizationKind, Person};

/// What an entity is, as far as the statements about it need to know.
#[derive(Debug)]
pub(super) struct Subject {
    id: String,
    kind: NodeKind,
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

impl Subject {
    pub(super) fn of(entity: &Entity<'_>) -> Result<Self, Fault> {
        let id = sound(&entity.id)?;
        let is_human = entity.items("P31").iter().any(|class| class == HUMAN)
            || !entity.has("P31") && ["P27", "P39", "P102"].into_iter().any(|property| entity.has(property));
        let kind = match nation(id) {
            Some(_) => NodeKind::Nation,
            None if is_human => NodeKind::Person,
            None => NodeKind::Organization,
        };
        Ok(Self { id: id.into(), kind })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// The nodes of a batch, each described once.
#[derive(Debug)]
pub(super) struct Nodes<'k> {
    known: &'k FxHashMap<&'k str, &'k Entity<'k>>,
    described: FxHashSet<Node>,
}

impl<'k> Nodes<'k> {
    pub(super) fn of(known: &'k FxHashMap<&'k str, &'k Entity<'k>>) -> Self {
        Self { known, described: FxHashSet::default() }
    }

    /// The entity that the statements are about.
    pub(super) fn subject(&mut self, batch: &mut Batch, source: SourceId, subject: &Subject) -> Node {
        let made = match subject.kind {
            NodeKind::Person => self.person(batch, source, &subject.id),
            NodeKind::Nation => self.nation(batch, source, &subject.id),
            _ => self.body(batch, source, &subject.id),
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
        if let Some(entity) = self.known.get(id).filter(|_| node.kind() != NodeKind::Nation) {
            if let Some(label) = entity.label() {
                description = description.name(&label);
            }
            description = entity.aliases().iter().fold(description, |description, alias| description.alias(alias));
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
