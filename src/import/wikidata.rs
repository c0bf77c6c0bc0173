//! Entities of Wikidata: who held which position, of which nation they are, who belongs to what.
//!
//! It knows no labels but those that the file has, and follows no link out of it.

use std::io::Read;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::{Document, Members, read_whole, short};
use super::ledger::ImportReport;
use super::options::{Reading, options};
use super::wikidata_nodes::{Nodes, Subject};
use super::wikidata_statement::{Entity, Statement, Timed, gloss, item};
use crate::batch::{Batch, Fact, SourceId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FactType, Node, NodeKind, OrganizationKind, Qualifiers, Rank, Role};
use crate::provenance::Source;
use crate::time::PartialDate;

options! {
    /// How entities of Wikidata are read: see [`read_wikidata`].
    WikidataOptions, "wikidata.json", "wikidata"
}

/// The most bytes that are read: some hundred times what the programming interface gives at once.
const LARGEST: u64 = 256 << 20;

const UNTOLD: &str = "a statement of a property that is not read";
const DEPRECATED: &str = "deprecated: Wikidata records it and does not stand by it";
const NOBODY: &str = "no value: it is said that there is none";
const SOMEBODY: &str = "some value that is not known";
const UNFIT: &str = "a property that does not fit what the entity is";
const NO_NATION: &str = "a part that is no nation";
const ABSENT: &str = "an entity that Wikidata does not have";

/// Reads entities as Wikidata gives them (`wbgetentities`, `Special:EntityData`): `{"entities": {"Q7747": {...}}}`, a bare entity,
/// a list of them, or several of these one after another.
///
/// An item of the report is a statement. Properties read:
///
/// | property | of | becomes |
/// |---|---|---|
/// | P27 citizenship | a person | a nationality |
/// | P39 position held | a person | an office of what the qualifiers P642, P1001 or P2389 name, else of what the position itself names (P1001, P2389, P17), if it is in the file too; predecessor and successor by P1365 and P1366. Of a position of which neither tells whose it is: kept, as a label of the person with its time |
/// | P463 member of | a nation or organization | a membership |
/// | P463, P102 member of, party | a person | an affiliation |
/// | P527 has part | an organization | the membership of a part that is a nation: its member states |
/// | P35, P6 head of state, of government | a nation or organization | an office of that rank |
/// | P530 diplomatic relation | a nation | kept as a label of both, for relations are neither friendship nor alliance |
///
/// - Statements of other properties are dropped, by a rule; so is what has no value or an unknown one.
/// - Rank: *deprecated* statements are dropped. Wikidata keeps them to say that a source said so and that it is not to be relied
///   on: that is no assertion, and no denial either, for a denial in this model is somebody's statement. *Preferred* and *normal*
///   are both asserted; which it is stands in the gloss, and the whole statement, qualifiers and references
///   included, in [`Claim::extras`](crate::Claim::extras).
/// - Time: P580 to P582, the first day on which it was no longer so, or at P585. A day, month or year as precise as it is
///   said; coarser (a decade) is rejected, as are years before 1. Julian days are turned into Gregorian ones, Julian months and
///   years become approximate, as does what is "circa" (P1480). P582 of no value is open, of an unknown one over by the
///   last change of the entity. Without P582 nothing is said of the end: that most such offices go on is not what is written.
/// - Nations are those of the gazetteer with that item; an item of none where a nation must be is rejected. Persons are
///   `person/wikidata-q7747`, organizations `organization/wikidata-q151469` but for a few that have their key everywhere
///   (`organization/united-nations`). Each has its `wikidata:` identity, and the English label if the file has it.
///   A position without a label is called by its item.
/// - The data set is published with the earliest last change of the entities.
///
/// Wikidata is in the public domain (CC0): <https://www.wikidata.org>. Cite it with the date of the retrieval. Linear; holds the
/// file, of at most 256 MiB.
///
/// ```
/// use comity::{Graph, Nation, WikidataOptions, read_wikidata};
/// let reply = r#"{"entities": {"Q189": {"id": "Q189", "claims": {"P35": [{"rank": "normal", "mainsnak": {"snaktype": "value",
///     "property": "P35", "datavalue": {"value": {"id": "Q1"}}}}]}}}}"#;
/// let (batch, report) = read_wikidata(reply.as_bytes(), &WikidataOptions::new());
/// assert!(report.is_clean() && report.mapped() == 1);
/// let graph = Graph::new().apply(batch)?;
/// let iceland = graph.find::<Nation>("ISL").expect("just read");
/// assert_eq!(graph.view().officials(iceland).next().expect("its head").person.key(), "person/wikidata-q1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_wikidata(reader: impl Read, options: &WikidataOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let Reading { file, source, coverage_end } = &options.0;
    let Some((text, is_cut)) = read_whole(reader, file, LARGEST, &mut report) else { return (batch, report) };
    let document = Document::new(file, &text, 0);
    let entities = entities(&document, &text, is_cut, &mut report);
    let published = coverage_end.or_else(|| entities.iter().filter_map(|(_, entity)| entity.modified()).min());
    let mut dataset = Source::dataset(source).title("Wikidata").publisher("Wikidata");
    dataset.published = published;
    dataset.rights = Some("CC0 1.0".into());
    dataset.url = Some("https://www.wikidata.org".into());
    if entities.is_empty() {
        return (batch, report);
    }
    let source = batch.source(dataset);
    let known: FxHashMap<&str, &Entity<'_>> = entities.iter().map(|(_, entity)| (&*entity.id, entity)).collect();
    let mut writer = Writer { batch, source, nodes: Nodes::of(&known), known: &known };
    for (path, entity) in &entities {
        writer.entity(&document, path, entity, published, &mut report);
    }
    (writer.batch, report)
}

/// The sound entities of the file, each with where it is.
fn entities<'t>(
    document: &Document<'t>,
    text: &'t str,
    is_cut: bool,
    report: &mut ImportReport,
) -> Vec<(String, Entity<'t>)> {
    #[derive(Deserialize)]
    struct Reply<'t> {
        #[serde(borrow, default)]
        entities: Option<Members<'t>>,
    }
    let mut raw: Vec<(String, &'t RawValue)> = Vec::new();
    let (mut end, mut count) = (0, 0);
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    while let Some(value) = values.next() {
        let value = match value {
            Ok(value) => value,
            Err(_) if is_cut => break,
            Err(error) => {
                let whole = &text[..text.len().max(end)];
                report.reject(*document.unread(Code::I0109, whole, "", &error));
                return Vec::new();
            }
        };
        end = values.byte_offset();
        count += 1;
        if value.get().starts_with('[') {
            match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
                Ok(list) => raw.extend(list.into_iter().enumerate().map(|(nth, one)| (format!("/{nth}"), one))),
                Err(error) => report.reject(*document.unread(Code::I0209, value.get(), "", &error)),
            }
            continue;
        }
        match serde_json::from_str::<Reply<'t>>(value.get()) {
            Ok(Reply { entities: Some(entities) }) => {
                raw.extend(entities.0.into_iter().map(|(id, one)| (format!("/entities/{id}"), one)));
            }
            Ok(Reply { entities: None }) => raw.push((String::new(), value)),
            Err(error) => report.reject(*document.unread(Code::I0209, value.get(), "", &error)),
        }
    }
    if count == 0 && !is_cut {
        let hint = "give a reply of wbgetentities or Special:EntityData";
        report.reject(*document.wrong(Code::I0108, text, "", "the file holds no entity", Some(hint)));
    }
    let mut known = rustc_hash::FxHashSet::default();
    let mut entities = Vec::new();
    for (path, one) in raw {
        match serde_json::from_str::<Entity<'t>>(one.get()) {
            Ok(entity) if entity.missing.is_some() => report.drop(ABSENT, 1),
            Ok(entity) if !known.insert(entity.id.clone()) => {
                let message = format!("{} is in the file twice", entity.id);
                report.reject(*document.wrong(Code::I0208, one.get(), &path, &message, None));
            }
            Ok(entity) => entities.push((path, entity)),
            Err(error) => report.reject(*document.unread(Code::I0209, one.get(), &path, &error)),
        }
    }
    entities
}

struct Writer<'k, 't> {
    batch: Batch,
    source: SourceId,
    nodes: Nodes<'k>,
    known: &'k FxHashMap<&'k str, &'k Entity<'t>>,
}

/// What becomes of a sound statement.
enum Fate {
    Mapped(Vec<Fact>),
    Kept(Box<Fact>),
    Dropped(&'static str),
}

/// What is wrong with a statement: the code, what to say, and what to do.
pub(super) type Fault = (Code, String, Option<&'static str>);

impl<'t> Writer<'_, 't> {
    fn entity(
        &mut self,
        document: &Document<'_>,
        path: &str,
        entity: &Entity<'t>,
        published: Option<PartialDate>,
        report: &mut ImportReport,
    ) {
        let subject = match Subject::of(entity) {
            Ok(subject) => subject,
            Err((code, message, hint)) => {
                return report.reject(*document.wrong(code, &entity.id, path, &message, hint));
            }
        };
        let changed = entity.modified().or(published);
        for (property, list) in &entity.claims.0 {
            let at = format!("{path}/claims/{property}");
            let statements = match serde_json::from_str::<Vec<&RawValue>>(list.get()) {
                Ok(statements) => statements,
                Err(error) => {
                    report.reject(*document.unread(Code::I0209, list.get(), &at, &error));
                    continue;
                }
            };
            if !READ.contains(&&**property) {
                report.drop(UNTOLD, statements.len() as u64);
                continue;
            }
            for (nth, raw) in statements.into_iter().enumerate() {
                let at = format!("{at}/{nth}");
                match self.statement(property, raw, &at, &subject, changed, document) {
                    Ok(Fate::Dropped(rule)) => report.drop(rule, 1),
                    Ok(Fate::Kept(_)) => report.keep(),
                    Ok(Fate::Mapped(_)) => report.map(),
                    Err(wrong) => report.reject(*wrong),
                }
            }
        }
    }

    fn statement(
        &mut self,
        property: &str,
        raw: &'t RawValue,
        path: &str,
        subject: &Subject,
        changed: Option<PartialDate>,
        document: &Document<'_>,
    ) -> Result<Fate, Box<Diagnostic>> {
        let statement: Statement<'t> =
            serde_json::from_str(raw.get()).map_err(|error| document.unread(Code::I0209, raw.get(), path, &error))?;
        let wrong = |(code, message, hint): Fault| document.wrong(code, raw.get(), path, &message, hint);
        let timed = match &statement {
            Statement { rank: Some(rank), .. } if rank == "deprecated" => return Ok(Fate::Dropped(DEPRECATED)),
            Statement { rank: Some(rank), .. } if !["normal", "preferred"].contains(&&**rank) => {
                return Err(wrong((
                    Code::I0206,
                    format!("{rank:?} is no rank"),
                    Some("preferred, normal or deprecated"),
                )));
            }
            Statement { mainsnak, .. } if mainsnak.snaktype == "novalue" => return Ok(Fate::Dropped(NOBODY)),
            Statement { mainsnak, .. } if mainsnak.snaktype == "somevalue" => return Ok(Fate::Dropped(SOMEBODY)),
            statement => Timed::of(statement, changed).map_err(wrong)?,
        };
        let value = item(&statement.mainsnak).map_err(wrong)?;
        let fate = self.fate(property, &value, subject, &statement).map_err(wrong)?;
        let facts = match &fate {
            Fate::Mapped(facts) => facts.clone(),
            Fate::Kept(fact) => vec![(**fact).clone()],
            Fate::Dropped(_) => return Ok(fate),
        };
        let gloss = gloss(property, &value, &statement);
        for (nth, fact) in facts.into_iter().enumerate() {
            let fact = fact.when(timed.when).gloss(&gloss);
            let fact = match &statement.id {
                Some(id) if nth == 0 => fact.local_id(id),
                _ => fact,
            };
            let claim = self
                .batch
                .fact(self.source, fact)
                .map_err(|error| wrong((Code::I0208, error.to_string(), Some("see whether it stands there twice"))))?;
            self.batch.keep_beside(claim, format!("\"x_wikidata\":{}", raw.get()));
        }
        Ok(fate)
    }

    fn fate(
        &mut self,
        property: &str,
        value: &str,
        subject: &Subject,
        statement: &Statement<'t>,
    ) -> Result<Fate, Fault> {
        let own = self.nodes.subject(&mut self.batch, self.source, subject);
        let fact = match (property, own.kind()) {
            ("P27", NodeKind::Person) => {
                let nation = self.nodes.nation(&mut self.batch, self.source, value)?;
                Fact::new(FactType::Nationality).role(Role::Who, own).role(Role::Nation, nation)
            }
            ("P39", NodeKind::Person) => return self.position(value, own, statement),
            ("P463" | "P102", NodeKind::Person) => {
                let kind = (property == "P102").then_some(OrganizationKind::Party);
                let body = self.nodes.polity(&mut self.batch, self.source, value, kind)?;
                Fact::new(FactType::Affiliation).role(Role::Who, own).role(Role::To, body)
            }
            ("P463", NodeKind::Nation | NodeKind::Organization) => {
                let body = self.nodes.body(&mut self.batch, self.source, value)?;
                Fact::new(FactType::Membership).role(Role::Member, own).role(Role::Of, body)
            }
            ("P527", NodeKind::Organization) => match self.nodes.nation(&mut self.batch, self.source, value) {
                Ok(nation) => Fact::new(FactType::Membership).role(Role::Member, nation).role(Role::Of, own),
                Err(_) => return Ok(Fate::Dropped(NO_NATION)),
            },
            ("P35" | "P6", NodeKind::Nation | NodeKind::Organization) => {
                let holder = self.nodes.person(&mut self.batch, self.source, value)?;
                let (title, rank) = match property {
                    "P35" => ("head of state", Rank::HeadOfState),
                    _ => ("head of government", Rank::HeadOfGovernment),
                };
                let office = Qualifiers::new().title(title).rank(rank);
                Fact::new(FactType::Office).role(Role::Holder, holder).role(Role::Of, own).with(office)
            }
            ("P530", NodeKind::Nation) => {
                let other = self.nodes.nation(&mut self.batch, self.source, value)?;
                let mut both = [(self.nodes.nation_key(subject.id()), own), (self.nodes.nation_key(value), other)];
                both.sort_by_key(|(key, _)| *key);
                let [(one, first), (two, second)] = both;
                if one == two {
                    return Err((Code::I0208, "a nation's relation with itself".into(), None));
                }
                let label = Qualifiers::new().label(&format!("diplomatic relations between {one} and {two}"));
                let fact = Fact::new(FactType::Characterisation).role(Role::Of, first).role(Role::Of, second);
                return Ok(Fate::Kept(fact.with(label).into()));
            }
            _ => return Ok(Fate::Dropped(UNFIT)),
        };
        Ok(Fate::Mapped(vec![fact]))
    }

    /// An office for each body whose it is said to be.
    fn position(&mut self, value: &str, holder: Node, statement: &Statement<'t>) -> Result<Fate, Fault> {
        let position = self.known.get(value).copied();
        let title: String = position.and_then(Entity::label).unwrap_or_else(|| value.into());
        let of = ["P642", "P1001", "P2389"].into_iter().map(|property| statement.items(property));
        let of = of.chain(
            ["P1001", "P2389", "P17"]
                .into_iter()
                .map(|property| position.map(|position| position.items(property)).unwrap_or_default()),
        );
        let Some(of) = of.into_iter().find(|of| !of.is_empty()) else {
            let label = Fact::new(FactType::Characterisation).role(Role::Of, holder);
            return Ok(Fate::Kept(label.with(Qualifiers::new().label(&short(&title))).into()));
        };
        let mut office = Qualifiers::new().title(&short(&title));
        if let Some(rank) = position.and_then(Entity::rank) {
            office = office.rank(rank);
        }
        let mut fact = Fact::new(FactType::Office).role(Role::Holder, holder).with(office);
        for (property, role) in [("P1365", Role::Predecessor), ("P1366", Role::Successor)] {
            if let [other] = &*statement.items(property) {
                let other = self.nodes.person(&mut self.batch, self.source, other)?;
                if other != holder {
                    fact = fact.role(role, other);
                }
            }
        }
        let bodies = of.iter().map(|of| self.nodes.polity(&mut self.batch, self.source, of, None));
        let facts = bodies.map(|of| Ok(fact.clone().role(Role::Of, of?))).collect::<Result<_, Fault>>()?;
        Ok(Fate::Mapped(facts))
    }
}

/// The properties that are read.
const READ: [&str; 8] = ["P27", "P39", "P463", "P102", "P527", "P35", "P6", "P530"];
