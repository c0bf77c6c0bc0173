//! A source in the form of FollowTheMoney: entities, one JSON object a line.
//!
//! It has no place for who says something, nor for what is denied or only planned: such claims are left, and counted.

use std::fmt;

use indexmap::IndexMap;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::batch::records::Extra;
use crate::gazetteer::{Gazetteer, NationRecord};
use crate::graph::{Claim, NodeRef, SourceRef, Voice};
use crate::import::{COUNTRIES, RECORDS};
use crate::model::{FactType, MembershipRole, Modality, NodeKind, Qualifier, Reading, Role};
use crate::provenance::SourceKind;
use crate::text::Digest;
use crate::time::{End, PartialDate, Start, When};

/// A source as entities of FollowTheMoney: what [`SourceRef::follow_the_money`] gives. Prints as JSON Lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowTheMoney {
    lines: Vec<String>,
    left: usize,
}

impl FollowTheMoney {
    /// The entities, a JSON object each.
    #[must_use]
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &str> {
        self.lines.iter().map(|line| &**line)
    }

    /// How many claims were left, because the form has no place for them.
    #[must_use]
    pub fn left(&self) -> usize {
        self.left
    }
}

/// A line each, with its end.
impl fmt::Display for FollowTheMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl SourceRef<'_> {
    /// The source as entities of FollowTheMoney. What [`read_follow_the_money`](crate::read_follow_the_money) read is written as it
    /// was, digit for digit, whatever else the graph knows; any other source is turned into entities.
    ///
    /// - Persons, organizations and coalitions, nations (`PublicBody`) and groups (`LegalEntity`) with their names, and
    ///   `country`, `nationality`, `wikidataId`, `leiCode`.
    /// - Offices are a Position and an Occupancy, memberships and affiliations a Membership, those with a title an Employment,
    ///   sanctions a Sanction for each target, meetings an Event. Each claim is an entity of its own, with its id as
    ///   `recordId` and its gloss as `summary`; what several claims say of one node is put together.
    /// - Left, and counted in [`FollowTheMoney::left`]: what is not asserted or is denied, what is somebody else's word than the
    ///   source's, all other types of facts (detentions, statements, alignments ...), and nations without a code of the model where one is
    ///   needed. An approximate date is left out; so is the time of a nationality, for a property has none.
    ///
    /// Linear in the claims of the source and the names of their nodes.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Nation, Person, Rank, Source, relations::HoldsOffice};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::dataset("desk"));
    /// let (person, iceland) = (batch.node::<Person>("ada-berg")?, batch.node::<Nation>("ISL")?);
    /// let office = HoldsOffice { title: "Minister of Fish".into(), rank: Rank::Minister };
    /// batch.claim(note, Claimed::new(office, person, iceland));
    /// let graph = Graph::new().apply(batch)?;
    /// let entities = graph.source("desk").expect("just added").follow_the_money();
    /// assert_eq!((entities.lines().count(), entities.left()), (4, 0)); // who, of whom, the post, and the holding of it
    /// assert!(entities.to_string().contains(r#""schema":"Occupancy""#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn follow_the_money(self) -> FollowTheMoney {
        if let Some(lines) = self.own_records() {
            return FollowTheMoney { lines, left: 0 };
        }
        let mut writer = Writer { source: self, entities: IndexMap::new() };
        let left = self.claims().filter(|claim| !writer.claim(*claim)).count();
        let lines = writer.entities.into_iter().map(|(id, entity)| entity.line(&id)).collect();
        FollowTheMoney { lines, left }
    }

    /// The records that its reader kept.
    fn own_records(self) -> Option<Vec<String>> {
        let members = self.graph.records.extras.get(&Extra::Root(self.index))?;
        if self.source().kind() != SourceKind::Dataset {
            return None;
        }
        let object = format!("{{{members}}}");
        let kept: IndexMap<String, Box<RawValue>> = serde_json::from_str(&object).ok()?;
        let records: Vec<Box<RawValue>> = serde_json::from_str(kept.get(RECORDS)?.get()).ok()?;
        Some(records.iter().map(|record| record.get().to_owned()).collect())
    }
}

/// An entity to be written.
struct Entity {
    schema: &'static str,
    properties: IndexMap<&'static str, Vec<String>>,
}

impl Entity {
    fn new(schema: &'static str) -> Self {
        Self { schema, properties: IndexMap::new() }
    }

    /// Adds a value, once.
    fn add(&mut self, property: &'static str, value: impl Into<String>) {
        let (value, values) = (value.into(), self.properties.entry(property).or_default());
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }

    fn line(self, id: &str) -> String {
        let properties = self.properties.into_iter().filter(|(_, values)| !values.is_empty());
        let properties: Map<String, Value> =
            properties.map(|(property, values)| (property.to_owned(), values.into())).collect();
        serde_json::json!({ "id": id, "schema": self.schema, "properties": properties }).to_string()
    }
}

struct Writer<'g> {
    source: SourceRef<'g>,
    entities: IndexMap<String, Entity>,
}

impl<'g> Writer<'g> {
    /// Whether the claim has a place.
    fn claim(&mut self, claim: Claim<'g>) -> bool {
        let is_own = matches!(&*claim.voices(), [Voice::Author(_)]);
        let is_so =
            claim.modality() == Modality::Asserted && !claim.is_negated() && claim.reading() == Reading::AsWritten;
        if !is_own || !is_so {
            return false;
        }
        match claim.fact() {
            FactType::Office => self.office(claim),
            FactType::Nationality => self.nationality(claim),
            FactType::Membership => self.membership(claim),
            FactType::Affiliation => self.affiliation(claim),
            FactType::Location => self.location(claim),
            FactType::Sanction => self.sanction(claim),
            FactType::Meeting => self.meeting(claim),
            _ => false,
        }
    }

    fn office(&mut self, claim: Claim<'g>) -> bool {
        let (Some(holder), Some(of)) = (claim.fillers(Role::Holder).next(), claim.fillers(Role::Of).next()) else {
            return false;
        };
        let title = claim.qualifiers().text(Qualifier::Title).unwrap_or_default();
        let (Some(person), Some(body)) = (self.node(holder), self.node(of)) else { return false };
        let post = format!("position-{}", digest(&format!("{}\n{title}", of.key())));
        let position = self.entities.entry(post.clone()).or_insert_with(|| Entity::new("Position"));
        position.add("name", title);
        match nation(of) {
            Some(nation) => position.add("country", code(nation).unwrap_or_default()),
            None => position.add("organization", body),
        }
        let mut occupancy = self.interval("Occupancy", claim);
        occupancy.add("holder", person);
        occupancy.add("post", post);
        self.push("occupancy", claim, "", occupancy);
        true
    }

    fn nationality(&mut self, claim: Claim<'g>) -> bool {
        let Some(code) = claim.fillers(Role::Nation).next().and_then(nation).and_then(code) else { return false };
        for who in claim.fillers(Role::Who) {
            let property = if who.kind() == NodeKind::Person { "nationality" } else { "country" };
            if let Some(entity) = self.node(who).and_then(|id| self.entities.get_mut(&id)) {
                entity.add(property, code.clone());
            }
        }
        true
    }

    fn membership(&mut self, claim: Claim<'g>) -> bool {
        let role = claim.qualifiers().word(Qualifier::Role).unwrap_or(MembershipRole::Member.as_str());
        // Of a body's members, not of the body itself, it speaks by its extent.
        if claim.qualifiers().get(Qualifier::Extent).is_some() {
            return false;
        }
        self.links(claim, "Membership", [(Role::Member, "member"), (Role::Of, "organization")], role)
    }

    fn affiliation(&mut self, claim: Claim<'g>) -> bool {
        let title = claim.qualifiers().text(Qualifier::Title).unwrap_or_default();
        let are_people = claim.fillers(Role::Who).all(|who| who.kind() == NodeKind::Person);
        if title.is_empty() || !are_people {
            self.links(claim, "Membership", [(Role::Who, "member"), (Role::To, "organization")], title)
        } else {
            self.links(claim, "Employment", [(Role::Who, "employee"), (Role::To, "employer")], title)
        }
    }

    /// A link from each filler of one role to the filler of the other.
    fn links(&mut self, claim: Claim<'g>, schema: &'static str, ends: [(Role, &'static str); 2], role: &str) -> bool {
        let [(from, from_property), (to, to_property)] = ends;
        let Some(body) = claim.fillers(to).next().and_then(|node| self.node(node)) else { return false };
        for who in claim.fillers(from) {
            let Some(who) = self.node(who) else { continue };
            let mut link = self.interval(schema, claim);
            link.add(from_property, who.clone());
            link.add(to_property, body.clone());
            link.add("role", role);
            self.push("link", claim, &who, link);
        }
        true
    }

    fn location(&mut self, claim: Claim<'g>) -> bool {
        let Some(code) = claim.fillers(Role::In).next().and_then(nation).and_then(code) else { return false };
        let mut found = false;
        for what in claim.fillers(Role::What) {
            if let Some(entity) = self.node(what).and_then(|id| self.entities.get_mut(&id)) {
                entity.add("country", code.clone());
                found = true;
            }
        }
        found
    }

    fn sanction(&mut self, claim: Claim<'g>) -> bool {
        let mut found = false;
        for target in claim.fillers(Role::Target) {
            let Some(target) = self.node(target) else { continue };
            let mut sanction = self.interval("Sanction", claim);
            sanction.add("entity", target.clone());
            for by in claim.fillers(Role::By) {
                sanction.add("authority", name(by));
                sanction.add("country", nation(by).and_then(code).unwrap_or_default());
            }
            for measure in claim.qualifiers().words(Qualifier::Measures) {
                sanction.add("provisions", measure.replace('_', " "));
            }
            sanction.add("reason", claim.qualifiers().text(Qualifier::Reason).unwrap_or_default());
            self.push("sanction", claim, &target, sanction);
            found = true;
        }
        found
    }

    fn meeting(&mut self, claim: Claim<'g>) -> bool {
        let kind = claim.qualifiers().word(Qualifier::Kind).unwrap_or("meeting");
        let mut event = self.interval("Event", claim);
        event.add("name", claim.qualifiers().text(Qualifier::Title).unwrap_or(kind));
        event.add("keywords", kind);
        for (role, property) in
            [(Role::Participant, "involved"), (Role::Speaker, "involved"), (Role::Host, "organizer")]
        {
            for actor in claim.fillers(role) {
                event.add(property, self.node(actor).unwrap_or_default());
            }
        }
        self.push("event", claim, "", event);
        true
    }

    /// What every link and event has: its time, and where it comes from.
    fn interval(&self, schema: &'static str, claim: Claim<'g>) -> Entity {
        let mut entity = Entity::new(schema);
        let exact = |date: PartialDate| if date.is_approximate() { String::new() } else { date.to_string() };
        match claim.when() {
            When::Unstated => {}
            When::At(date) => entity.add("date", exact(date)),
            When::Span { from, until } => {
                if let Start::On(date) = from {
                    entity.add("startDate", exact(date));
                }
                match until {
                    End::On(date) => entity.add("endDate", exact(date)),
                    End::Open if schema != "Event" => entity.add("status", "active"),
                    End::Open | End::By(_) | End::Unknown => {}
                }
            }
        }
        let source = self.source.source();
        entity.add("recordId", claim.id());
        entity.add("summary", claim.gloss().unwrap_or_default());
        entity.add("sourceUrl", source.url.as_deref().unwrap_or_default());
        entity.add("publisher", source.publisher.as_deref().unwrap_or_default());
        entity
    }

    fn push(&mut self, prefix: &str, claim: Claim<'g>, end: &str, entity: Entity) {
        let id = format!("{prefix}-{}", digest(&format!("{}\n{end}", claim.id())));
        self.entities.insert(id, entity);
    }

    /// The entity of a node, written if it is new; none of what is neither people nor a body.
    fn node(&mut self, node: NodeRef<'g>) -> Option<String> {
        let schema = match node.kind() {
            NodeKind::Person => "Person",
            NodeKind::Nation => "PublicBody",
            NodeKind::Group => "LegalEntity",
            NodeKind::Coalition => "Organization",
            NodeKind::Organization => match node.subkind() {
                Some("ministry" | "embassy" | "court") => "PublicBody",
                Some("company") => "Company",
                _ => "Organization",
            },
            _ => return None,
        };
        let id = id(node);
        if self.entities.contains_key(&id) {
            return Some(id);
        }
        let mut entity = Entity::new(schema);
        entity.add("name", name(node));
        for other in node.names().into_iter().filter(|other| Some(*other) != node.name()) {
            entity.add("alias", other);
        }
        if let Some(nation) = nation(node) {
            entity.add("country", code(nation).unwrap_or_default());
            entity.add("wikidataId", nation.wikidata().unwrap_or_default());
        }
        for identity in node.same_as() {
            match identity.split_once(':') {
                Some(("wikidata", item)) => entity.add("wikidataId", item),
                Some(("lei", code)) => entity.add("leiCode", code),
                _ => {}
            }
        }
        self.entities.insert(id.clone(), entity);
        Some(id)
    }
}

/// The id of a node's entity: its item, or its key; with a digest where that cannot stand in an id.
fn id(node: NodeRef<'_>) -> String {
    if let Some(item) = node.slug().and_then(|slug| slug.strip_prefix("wikidata-q")) {
        return format!("Q{item}");
    }
    let key = node.key();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    let plain: String = key.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
    if key.replacen('/', "-", 1) == plain && plain.ends_with(|letter: char| letter.is_ascii_alphanumeric()) {
        plain
    } else {
        format!("{}-{}", node.kind(), digest(&key))
    }
}

fn digest(text: &str) -> String {
    Digest::of(text).to_string().chars().filter(char::is_ascii_hexdigit).take(40).collect()
}

/// What it is called: every entity has a name.
fn name(node: NodeRef<'_>) -> String {
    node.name().map_or_else(|| node.slug().map_or_else(|| node.key(), str::to_owned), str::to_owned)
}

fn nation(node: NodeRef<'_>) -> Option<&'static NationRecord> {
    let is_nation = node.kind() == NodeKind::Nation;
    node.slug().filter(|_| is_nation).and_then(|slug| Gazetteer::builtin().nation(slug))
}

/// The code of the model for a nation.
fn code(nation: &NationRecord) -> Option<String> {
    let own = COUNTRIES.iter().find(|(_, key)| *key == nation.key()).map(|(code, _)| (*code).to_owned());
    own.or_else(|| nation.iso2().map(str::to_ascii_lowercase))
}
