//! Entities of Wikidata: who held which position, of which nation they are, who belongs to what.
//!
//! It knows no labels but those that the file has, and follows no link out of it.

use std::io;

use serde_json::value::RawValue;

use super::json::{Document, Element, Elements, short};
use super::ledger::ImportReport;
use super::options::{Reading, options};
use super::wikidata_nodes::{Known, Nodes};
use super::wikidata_statement::{Entity, Statement, Timed, gloss, item};
use super::wrong::wrong_line;
use crate::batch::{Batch, Fact, SourceId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FactType, Node, NodeKind, OrganizationKind, Qualifiers, Rank, Role};
use crate::provenance::Source;
use crate::text::Position;
use crate::time::PartialDate;

options! {
    /// How entities of Wikidata are read: see [`read_wikidata`].
    WikidataOptions, "wikidata.json", "wikidata"
}

const UNTOLD: &str = "a statement of a property that is not read";
const DEPRECATED: &str = "deprecated: Wikidata records it and does not stand by it";
const NOBODY: &str = "no value: it is said that there is none";
const SOMEBODY: &str = "some value that is not known";
const UNFIT: &str = "a property that does not fit what the entity is";
const NO_NATION: &str = "a part that is no nation";
const ABSENT: &str = "an entity that Wikidata does not have";

/// Reads entities as Wikidata gives them: `{"entities": {"Q7747": {...}}}` (`wbgetentities`, `Special:EntityData`), a list of them as in
/// its dumps, a bare entity, or several of these one after another.
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
/// - An entity that is no JSON costs itself: reading goes on with the next line that begins as entities do in the file.
///
/// Wikidata is in the public domain (CC0): <https://www.wikidata.org>. Cite it with the date of the retrieval. Linear, in any order of
/// the entities; holds one entity, of at most 16 MiB, the statements that are read, and of each other entity its names and whose it is.
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
pub fn read_wikidata(reader: impl io::Read, options: &WikidataOptions) -> (Batch, ImportReport) {
    let Reading { file, source, coverage_end } = &options.0;
    let mut report = ImportReport::default();
    let Read { nodes, statements } = Read::of(reader, file, &mut report);
    let published = coverage_end.or_else(|| nodes.entities().filter_map(|entity| entity.modified).min());
    let mut batch = Batch::new();
    if nodes.entities().len() > 0 {
        let mut dataset = Source::dataset(source).title("Wikidata").publisher("Wikidata");
        dataset.published = published;
        dataset.rights = Some("CC0 1.0".into());
        dataset.url = Some("https://www.wikidata.org".into());
        let source = batch.source(dataset);
        let mut writer = Writer { batch, source, nodes, file, published };
        for held in statements {
            match writer.statement(held) {
                Ok(Fate::Dropped(rule)) => report.drop(rule, 1),
                Ok(Fate::Kept(_)) => report.keep(),
                Ok(Fate::Mapped(_)) => report.map(),
                Err(wrong) => report.reject(*wrong),
            }
        }
        batch = writer.batch;
    }
    report.sort();
    (batch, report)
}

/// What is held of the entities of a file once all of them have gone by. What a statement is about, or whose a position is, may stand
/// behind it.
#[derive(Default)]
struct Read {
    nodes: Nodes,
    statements: Vec<Held>,
}

/// A statement of a property that is read.
struct Held {
    /// Whose it is, by the order of the file.
    entity: usize,
    property: &'static str,
    nth: u32,
    place: Position,
    text: Box<str>,
}

impl Read {
    fn of(reader: impl io::Read, file: &str, report: &mut ImportReport) -> Self {
        let mut read = Self::default();
        let mut elements = Elements::new(reader, file, Some("entities"));
        let mut is_empty = true;
        while let Some(element) = elements.next() {
            is_empty = false;
            let read = element.and_then(|element| read.entity(&element, file, report));
            if let Err(wrong) = read {
                report.reject(*wrong);
            }
        }
        if is_empty {
            let hint = "give a dump, or a reply of wbgetentities or Special:EntityData";
            report.reject(wrong_line(file, 1, Code::I0108, "the file holds no entity", Some(hint)));
        }
        read
    }

    fn entity(&mut self, element: &Element<'_>, file: &str, report: &mut ImportReport) -> Result<(), Box<Diagnostic>> {
        let document = element.document(file);
        let (text, path) = (element.text, &*element.path);
        let entity: Entity<'_> = serde_json::from_str(text).map_err(|error| document.not_read(text, path, &error))?;
        if entity.missing.is_some() {
            report.drop(ABSENT, 1);
            return Ok(());
        }
        if self.nodes.knows(&entity.id) {
            let message = format!("{} is in the file twice", entity.id);
            return Err(document.wrong(Code::I0208, text, path, &message, None));
        }
        let wrong = |(code, message, hint): Fault| document.wrong(code, text, path, &message, hint);
        let number = self.nodes.know(&entity.id, Known::of(&entity, path).map_err(wrong)?);
        for (property, list) in &entity.claims.0 {
            let statements = match serde_json::from_str::<Vec<&RawValue>>(list.get()) {
                Ok(statements) => statements,
                Err(error) => {
                    let path = format!("{path}/claims/{property}");
                    report.reject(*document.not_read(list.get(), &path, &error));
                    continue;
                }
            };
            let Some(property) = READ.into_iter().find(|read| *read == property) else {
                report.drop(UNTOLD, statements.len() as u64);
                continue;
            };
            self.statements.extend((0..).zip(statements).map(|(nth, raw)| {
                let place = document.place(raw.get());
                Held { entity: number, property, nth, place, text: raw.get().into() }
            }));
        }
        Ok(())
    }
}

struct Writer<'f> {
    batch: Batch,
    source: SourceId,
    nodes: Nodes,
    file: &'f str,
    published: Option<PartialDate>,
}

/// What becomes of a sound statement.
enum Fate {
    Mapped(Vec<Fact>),
    Kept(Box<Fact>),
    Dropped(&'static str),
}

/// What is wrong with a statement: the code, what to say, and what to do.
pub(super) type Fault = (Code, String, Option<&'static str>);

impl Writer<'_> {
    fn statement(&mut self, held: Held) -> Result<Fate, Box<Diagnostic>> {
        let Held { entity, property, nth, place, text } = held;
        let Known { path, modified, .. } = self.nodes.entity(entity);
        let (path, changed) = (format!("{path}/claims/{property}/{nth}"), modified.or(self.published));
        let document = Document::standing(self.file, &text, place);
        let statement: Statement<'_> =
            serde_json::from_str(&text).map_err(|error| document.unread(Code::I0209, &text, &path, &error))?;
        let wrong = |(code, message, hint): Fault| document.wrong(code, &text, &path, &message, hint);
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
        let fate = self.fate(property, &value, entity, &statement).map_err(wrong)?;
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
            self.batch.keep_beside(claim, format!("\"x_wikidata\":{text}"));
        }
        Ok(fate)
    }

    fn fate(&mut self, property: &str, value: &str, entity: usize, statement: &Statement<'_>) -> Result<Fate, Fault> {
        let own = self.nodes.subject(&mut self.batch, self.source, entity);
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
                let own_key = self.nodes.nation_key(self.nodes.id(entity));
                let mut both = [(own_key, own), (self.nodes.nation_key(value), other)];
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
    fn position(&mut self, value: &str, holder: Node, statement: &Statement<'_>) -> Result<Fate, Fault> {
        let said = ["P642", "P1001", "P2389"].into_iter().map(|property| statement.items(property));
        let position = self.nodes.known(value);
        let title: String = position.and_then(|position| position.label.clone()).map_or(value.into(), String::from);
        let rank = position.and_then(|position| position.rank);
        let of = said.chain(position.map(|position| position.of.iter().map(|of| of.to_string()).collect()));
        let Some(of) = of.into_iter().find(|of| !of.is_empty()) else {
            let label = Fact::new(FactType::Characterisation).role(Role::Of, holder);
            return Ok(Fate::Kept(label.with(Qualifiers::new().label(&short(&title))).into()));
        };
        let mut office = Qualifiers::new().title(&short(&title));
        if let Some(rank) = rank {
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
