//! Entities of FollowTheMoney, as OpenSanctions and others publish them: one JSON object a line.
//!
//! It reads whole entities, not statements about them, and follows no reference out of the file.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

use indexmap::IndexMap;

use super::follow_the_money_entity::Entity;
use super::follow_the_money_nodes::Nodes;
use super::json::{Document, short};
use super::ledger::ImportReport;
use super::options::{Reading, options};
use super::wrong::wrong_line;
use crate::batch::{Batch, Fact, SourceId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Meeting;
use crate::model::{FactType, Measure, MeetingKind, Node, NodeKind, Organization, Qualifiers, Role, Sanction};
use crate::provenance::Source;
use crate::time::When;

options! {
    /// How entities of FollowTheMoney are read: see [`read_follow_the_money`].
    FollowTheMoneyOptions, "entities.ftm.json", "follow-the-money"
}

/// The most bytes of a line.
const LONGEST: u64 = 16 << 20;

/// Reads entities of FollowTheMoney, a JSON object a line with `id`, `schema` and `properties` (lists of text by name).
///
/// An item of the report is an entity, a line.
///
/// | schema | becomes |
/// |---|---|
/// | Person | a person, with a nationality for each `nationality` and `citizenship` |
/// | Organization, Company | an organization that lies in its `jurisdiction`, or else `country` |
/// | PublicBody | an organization that belongs to the nation of its `country`; with the `wikidataId` of a nation it is that nation |
/// | LegalEntity | a group: people or a body, the record does not say |
/// | Occupancy, with its Position | an office with the position's name, of its `organization`, or else `country`; where it has neither, a label of the person with its time (kept) |
/// | Membership | a membership, of a person an affiliation |
/// | Employment, Directorship | an affiliation with the `role` as title |
/// | Sanction | a sanction by the nation of its `country` (or the European Union), with `reason`, and the measures that its `provisions` name in plain words |
/// | Event | a meeting, if its `keywords` have a word of [`MeetingKind`] or "meeting": any other is kept |
///
/// - All other entities, and all other properties, are kept: each source keeps the records as they are, and
///   [`SourceRef::follow_the_money`](crate::SourceRef::follow_the_money) writes them back, line by line. A claim has the
///   id of its record in [`Claim::extras`](crate::Claim::extras); a text of more than 500 code points is shortened in the claim, not in
///   the record.
/// - Time: from the earliest `startDate` (of a sanction, else `listingDate`) until the latest `endDate`, the first day on which it is
///   no longer so; else at `date`. A time of day is left. Without an end nothing is said of it, unless the `status` is active: then it
///   is open.
/// - Keys: `person/wikidata-q7747` if the id or the `wikidataId` is an item, so that readers meet; else
///   `person/ftm-` and the id. Codes of countries that are no nation's (`cn-xz`) are left in the record. What is referred to and not
///   in the file is what the schema lets it be; where that may be anybody, a group.
/// - The data set is published on the earliest day on which an entity was last seen.
///
/// Cite the data set that you read: each has its own licence (OpenSanctions: CC BY-NC 4.0, <https://www.opensanctions.org>); the model
/// is at <https://followthemoney.tech> (MIT). Linear, and holds the file; a line has at most 16 MiB.
///
/// ```
/// use comity::{FollowTheMoneyOptions, Graph, Nation, read_follow_the_money};
/// let lines = r#"{"id": "a", "schema": "Person", "properties": {"name": ["Ada Berg"]}}
/// {"id": "b", "schema": "Position", "properties": {"name": ["Minister of Fish"], "country": ["is"]}}
/// {"id": "c", "schema": "Occupancy", "properties": {"holder": ["a"], "post": ["b"], "startDate": ["2001"]}}"#;
/// let (batch, report) = read_follow_the_money(lines.as_bytes(), &FollowTheMoneyOptions::new());
/// assert!(report.is_clean() && (report.mapped(), report.kept()) == (1, 2));
/// let graph = Graph::new().apply(batch)?;
/// let iceland = graph.find::<Nation>("ISL").expect("just read");
/// assert_eq!(graph.view().officials(iceland).next().expect("Berg").title(), "Minister of Fish");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_follow_the_money(reader: impl Read, options: &FollowTheMoneyOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let Reading { file, source, coverage_end } = &options.0;
    let records = Records::of(reader, file, &mut report);
    let entities = records.entities(file, &mut report);
    if records.all.is_empty() && report.rejected() == 0 {
        report.reject(wrong_line(file, 1, Code::I0108, "the file holds no entity", None));
    }
    if entities.is_empty() {
        return (batch, report);
    }
    let mut dataset = Source::dataset(source).title("FollowTheMoney entities");
    dataset.published = coverage_end.or_else(|| entities.values().filter_map(Entity::last_seen).min());
    let source = batch.source(dataset);
    let mut writer = Writer { batch, source, nodes: Nodes::of(&entities) };
    let mut kept = Vec::with_capacity(entities.len());
    for entity in entities.values() {
        match writer.entity(entity) {
            Ok(Fate::Mapped) => report.map(),
            Ok(Fate::Kept) => report.keep(),
            Err(fault) => {
                report.reject(wrong(file, entity, fault));
                continue;
            }
        }
        kept.push(entity.line);
    }
    let mut batch = writer.batch;
    drop(entities);
    batch.keep_with_source(source, records.into_member(&kept));
    report.sort();
    (batch, report)
}

/// The lines of a file as the member in which their source keeps them, so that there is no second copy of what may be large.
struct Records {
    text: String,
    /// The line and the piece of the text of each.
    all: Vec<(u32, Range<usize>)>,
}

impl Records {
    /// The entities by their ids; what is none is told.
    fn entities(&self, file: &str, report: &mut ImportReport) -> IndexMap<Box<str>, Entity<'_>> {
        let mut entities: IndexMap<Box<str>, Entity<'_>> = IndexMap::new();
        for (number, piece) in &self.all {
            let line = &self.text[piece.clone()];
            let document = Document::on_line(file, line, *number);
            match Entity::read(line, *number) {
                Ok(entity) if entities.contains_key(&*entity.id) => {
                    let message = format!("{} is in the file twice", entity.id);
                    report.reject(*document.wrong(Code::I0208, line, "/id", &message, None));
                }
                Ok(entity) => {
                    entities.insert((&*entity.id).into(), entity);
                }
                Err(error) => report.reject(*document.not_read(line, "", &error)),
            }
        }
        entities
    }

    /// The member, with the records of these lines.
    fn into_member(self, kept: &[u32]) -> String {
        let Self { mut text, mut all } = self;
        if kept.len() < all.len() {
            let whole = text;
            all.retain(|(line, _)| kept.binary_search(line).is_ok());
            text = Self::begun();
            for (_, piece) in all {
                Self::add(&mut text, &whole[piece]);
            }
        }
        text.push(']');
        text
    }

    fn begun() -> String {
        format!("\"{RECORDS}\":[")
    }

    fn add(text: &mut String, line: &str) -> Range<usize> {
        if !text.ends_with('[') {
            text.push(',');
        }
        text.push_str(line);
        text.len() - line.len()..text.len()
    }

    /// The lines that are not blank.
    fn of(reader: impl Read, file: &str, report: &mut ImportReport) -> Self {
        let mut records = Self { text: Self::begun(), all: Vec::new() };
        let (mut reader, mut number, mut line) = (BufReader::new(reader), 0, Vec::new());
        let failed = |number, error: io::Error| {
            wrong_line(file, number, Code::I0106, &format!("the file cannot be read: {error}"), None)
        };
        loop {
            number += 1;
            line.clear();
            match (&mut reader).take(LONGEST + 1).read_until(b'\n', &mut line) {
                Ok(0) => return records,
                Ok(_) => {}
                Err(error) => {
                    report.reject(failed(number, error));
                    return records;
                }
            }
            if line.len() as u64 > LONGEST && line.last() != Some(&b'\n') {
                let message = format!("the line has more than {LONGEST} bytes");
                report.reject(wrong_line(file, number, Code::I0104, &message, None));
                if let Err(error) = reader.skip_until(b'\n') {
                    report.reject(failed(number, error));
                    return records;
                }
                continue;
            }
            match std::str::from_utf8(&line) {
                Ok(line) => {
                    let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line }.trim();
                    if !line.is_empty() {
                        let piece = Self::add(&mut records.text, line);
                        records.all.push((number, piece));
                    }
                }
                Err(_) => {
                    report.reject(wrong_line(file, number, Code::I0101, "not UTF-8", Some("save the file as UTF-8")));
                }
            }
        }
    }
}

/// Where a source keeps its records.
pub(crate) const RECORDS: &str = "x_follow_the_money";

/// What is wrong with an entity: the code, the property, what to say.
pub(super) type Fault = (Code, &'static str, String);

fn wrong(file: &str, entity: &Entity<'_>, (code, property, message): Fault) -> Diagnostic {
    let document = Document::on_line(file, entity.record, entity.line);
    let at = entity.place(property);
    let path = if property.is_empty() { String::new() } else { format!("/properties/{property}") };
    *document.wrong(code, at, &path, &message, None)
}

struct Writer<'e> {
    batch: Batch,
    source: SourceId,
    nodes: Nodes<'e>,
}

/// What becomes of a sound entity.
enum Fate {
    Mapped,
    Kept,
}

impl Writer<'_> {
    fn entity(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        match &*entity.schema {
            "Person" => self.nationalities(entity),
            "Organization" | "Company" | "PublicBody" => self.organization(entity),
            "LegalEntity" => {
                self.nodes.node(&mut self.batch, self.source, &entity.id, NodeKind::Group);
                Ok(Fate::Kept)
            }
            "Occupancy" => self.occupancy(entity),
            "Membership" => self.affiliation(entity, "member", "organization"),
            "Employment" => self.affiliation(entity, "employee", "employer"),
            "Directorship" => self.affiliation(entity, "director", "organization"),
            "Sanction" => self.sanction(entity),
            "Event" => self.event(entity),
            _ => Ok(Fate::Kept),
        }
    }

    /// Adds a claim, with the id of the record that it is from.
    fn push(&mut self, entity: &Entity<'_>, fact: Fact) -> Result<(), Fault> {
        let made = self.batch.fact(self.source, fact);
        let claim = made.map_err(|error| (Code::I0208, "", error.to_string()))?;
        self.batch.keep_beside(claim, format!("\"{RECORDS}\":{}", serde_json::Value::from(&*entity.id)));
        Ok(())
    }

    fn nationalities(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        let person = self.nodes.node(&mut self.batch, self.source, &entity.id, NodeKind::Person);
        let mut codes = [entity.values("nationality"), entity.values("citizenship")].concat();
        codes.sort();
        codes.dedup();
        let mut fate = Fate::Kept;
        for code in codes {
            if let Some(nation) = self.nodes.country(&mut self.batch, self.source, &code) {
                self.push(entity, Fact::new(FactType::Nationality).role(Role::Who, person).role(Role::Nation, nation))?;
                fate = Fate::Mapped;
            }
        }
        Ok(fate)
    }

    fn organization(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        let node = self.nodes.node(&mut self.batch, self.source, &entity.id, NodeKind::Organization);
        if node.kind() != NodeKind::Organization {
            return Ok(Fate::Kept);
        }
        let jurisdiction = entity.values("jurisdiction");
        let codes = if jurisdiction.is_empty() { entity.values("country") } else { jurisdiction };
        let mut fate = Fate::Kept;
        for code in codes {
            let Some(nation) = self.nodes.country(&mut self.batch, self.source, &code) else { continue };
            let fact = match &*entity.schema {
                "PublicBody" => Fact::new(FactType::Affiliation).role(Role::Who, node).role(Role::To, nation),
                _ => Fact::new(FactType::Location).role(Role::What, node).role(Role::In, nation),
            };
            self.push(entity, fact)?;
            fate = Fate::Mapped;
        }
        Ok(fate)
    }

    fn occupancy(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        let (holder, post) = (entity.one("holder")?, entity.one("post")?);
        let when = entity.when()?;
        let holder = self.nodes.node(&mut self.batch, self.source, &holder, NodeKind::Person);
        if holder.kind() != NodeKind::Person {
            return Err((Code::I0209, "holder", format!("a holder is a person, not {}", holder.kind())));
        }
        let position = self.nodes.entity(&post);
        let title = position.and_then(Entity::name).unwrap_or(post);
        let mut bodies = Vec::new();
        if let Some(position) = position {
            for id in position.values("organization") {
                bodies.push(self.nodes.node(&mut self.batch, self.source, &id, NodeKind::Organization));
            }
            if bodies.is_empty() {
                let codes = position.values("country");
                let nations = codes.iter().filter_map(|code| self.nodes.country(&mut self.batch, self.source, code));
                bodies.extend(nations);
            }
        }
        bodies.retain(|body| matches!(body.kind(), NodeKind::Nation | NodeKind::Organization));
        bodies.sort();
        bodies.dedup();
        for body in &bodies {
            let fact = Fact::new(FactType::Office).role(Role::Holder, holder).role(Role::Of, *body);
            self.push(entity, fact.with(Qualifiers::new().title(&short(&title))).when(when))?;
        }
        if bodies.is_empty() {
            let label = Fact::new(FactType::Characterisation).role(Role::Of, holder);
            self.push(entity, label.with(Qualifiers::new().label(&short(&title))).when(when))?;
            return Ok(Fate::Kept);
        }
        Ok(Fate::Mapped)
    }

    fn affiliation(&mut self, entity: &Entity<'_>, who: &'static str, to: &'static str) -> Result<Fate, Fault> {
        let (member, body) = (entity.one(who)?, entity.one(to)?);
        let when = entity.when()?;
        let anybody = if who == "member" { NodeKind::Group } else { NodeKind::Person };
        let member = self.nodes.node(&mut self.batch, self.source, &member, anybody);
        let body = self.nodes.node(&mut self.batch, self.source, &body, NodeKind::Organization);
        let fact = match (member.kind(), body.kind()) {
            (NodeKind::Nation | NodeKind::Organization | NodeKind::Group, NodeKind::Organization)
                if who == "member" =>
            {
                Fact::new(FactType::Membership).role(Role::Member, member).role(Role::Of, body)
            }
            (
                NodeKind::Person | NodeKind::Organization | NodeKind::Group,
                NodeKind::Nation | NodeKind::Organization,
            ) => {
                let fact = Fact::new(FactType::Affiliation).role(Role::Who, member).role(Role::To, body);
                match entity.values("role").first() {
                    Some(role) => fact.with(Qualifiers::new().title(&short(role))),
                    None => fact,
                }
            }
            _ => return Ok(Fate::Kept),
        };
        self.push(entity, fact.when(when))?;
        Ok(Fate::Mapped)
    }

    fn sanction(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        let when = entity.when()?;
        entity.one("entity")?;
        let mut targets = Vec::new();
        for id in entity.values("entity") {
            targets.extend(self.nodes.target(&mut self.batch, self.source, &id));
        }
        targets.sort();
        targets.dedup();
        if targets.is_empty() {
            return Ok(Fate::Kept);
        }
        let case = self.batch.node::<Sanction>(&self.nodes.slug(&entity.id)).expect("a slug was made").node();
        let mut fact = Fact::new(FactType::Sanction);
        fact = targets.into_iter().fold(fact, |fact, target| fact.role(Role::Target, target));
        let mut imposers: Vec<Node> = Vec::new();
        for code in entity.values("country") {
            match self.nodes.country(&mut self.batch, self.source, &code) {
                Some(nation) => imposers.push(nation),
                None if code == "eu" => {
                    let union = self.batch.node::<Organization>("european-union").expect("a slug");
                    self.batch.name(self.source, union, "European Union");
                    imposers.push(union.node());
                }
                None => {}
            }
        }
        imposers.sort();
        imposers.dedup();
        fact = imposers.into_iter().fold(fact, |fact, imposer| fact.role(Role::By, imposer));
        let mut qualifiers = Qualifiers::new();
        let measures = measures(&entity.values("provisions"));
        if !measures.is_empty() {
            qualifiers = qualifiers.measures(&measures);
        }
        if let Some(reason) = entity.values("reason").first() {
            qualifiers = qualifiers.reason(&short(reason));
        }
        let said = ["authority", "program", "provisions", "status"].into_iter().flat_map(|name| entity.values(name));
        let gloss = short(&said.collect::<Vec<_>>().join("; "));
        fact = fact.with(qualifiers).when(when);
        fact = if gloss.is_empty() { fact } else { fact.gloss(&gloss) };
        self.push(entity, fact.event(case))?;
        Ok(Fate::Mapped)
    }

    fn event(&mut self, entity: &Entity<'_>) -> Result<Fate, Fault> {
        let words = entity.values("keywords");
        let kind = words.iter().find_map(|word| MeetingKind::from_word(word));
        let involved = entity.values("involved");
        if involved.is_empty() || kind.is_none() && !words.iter().any(|word| word == "meeting") {
            return Ok(Fate::Kept);
        }
        let when = match entity.when()? {
            When::Unstated => When::Unstated,
            When::Span { from: crate::time::Start::On(date), .. } => When::At(date),
            when => when,
        };
        let node = self.batch.node::<Meeting>(&self.nodes.slug(&entity.id)).expect("a slug was made").node();
        let mut fact = Fact::new(FactType::Meeting);
        let mut known = Vec::new();
        for (role, ids) in [(Role::Participant, involved), (Role::Host, entity.values("organizer"))] {
            for id in ids {
                let actor = self.nodes.node(&mut self.batch, self.source, &id, NodeKind::Group);
                if !known.contains(&(role, actor)) {
                    known.push((role, actor));
                    fact = fact.role(role, actor);
                }
            }
        }
        let mut qualifiers = Qualifiers::new();
        if let Some(name) = entity.name() {
            qualifiers = qualifiers.title(&short(&name));
        }
        if let Some(kind) = kind {
            qualifiers = qualifiers.meeting_kind(kind);
        }
        self.push(entity, fact.with(qualifiers).when(when).event(node))?;
        Ok(Fate::Mapped)
    }
}

/// The measures that provisions name in plain words; others stay in the gloss.
fn measures(provisions: &[String]) -> Vec<Measure> {
    const WORDS: [(&str, Measure); 10] = [
        ("travel ban", Measure::EntryBan),
        ("entry ban", Measure::EntryBan),
        ("asset freeze", Measure::AssetFreeze),
        ("assets freeze", Measure::AssetFreeze),
        ("freezing of assets", Measure::AssetFreeze),
        ("blocking of assets", Measure::AssetFreeze),
        ("arms embargo", Measure::ArmsEmbargo),
        ("export control", Measure::ExportControl),
        ("tariff", Measure::Tariff),
        ("visa", Measure::VisaLimits),
    ];
    let text = provisions.join("\n").to_lowercase();
    let mut measures: Vec<_> = WORDS.iter().filter(|(words, _)| text.contains(words)).map(|(_, one)| *one).collect();
    measures.sort();
    measures.dedup();
    measures
}
