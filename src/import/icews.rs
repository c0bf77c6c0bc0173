//! ICEWS event data: who is said to have done what to whom, story by story.
//!
//! It takes names as ICEWS lists them: who a named actor is, person or body, ICEWS does not say, and nobody here guesses.

use std::io::Read;

use super::actors::{Actor, Body, Known, Other, Whole, is_slug, slug};
use super::events::{Event, Events, SEEN, Told, event_code, number};
use super::ledger::ImportReport;
use super::options::options;
use super::table::{Column, Row, Table, Wrong};
use crate::batch::Batch;
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, NationRecord};
use crate::model::OrganizationKind;
use crate::provenance::Source;
use crate::time::Day;

options! {
    /// How a file of ICEWS events is read: see [`read_icews`].
    IcewsOptions, "events.tab", "icews"
}

/// Reads a file of ICEWS events (`events.2018.*.tab`: 20 columns, the first row names them; parted by tabs, or by
/// commas where somebody wrote it anew).
///
/// - A row is an event on a day, by a source, on a target, with a code of CAMEO. Its claims are *alleged*: a program read them in
///   a story whose speaker is not kept.
/// - 173 becomes a detention, 163 a sanction (and 172, if the two are of different nations), 04 a meeting, what is done in words a
///   statement with the act that comes nearest. Deeds that the ontology has no kind for (aid, protest, fighting ...) are *kept*, as
///   statements of act `other`. The code stands in the gloss: [`CameoEvent::of_gloss`](crate::CameoEvent::of_gloss).
/// - Events have keys (`detention/icews-32889836`). A meeting is coded once from each side: two rows of one sentence that mirror
///   each other are claims about one meeting.
/// - An actor is a nation where its name is one and its country the same. "Police (China)" is an organization, "Citizen (Canada)"
///   a group, both affiliated with the nation; any other name is a group, person or body, of its country. What
///   the gazetteer does not know stays without a nation. An unspecified actor is known in its story only.
/// - Each story is a source, a data set named `icews/` and its number, with its publisher and day. A row without one is the data
///   set's.
/// - Columns: `Event ID`, `Event Date`, `Source Name`, `Source Country`, `CAMEO Code`, `Target Name`, `Target Country`; `Source
///   Sectors`, `Target Sectors`, `Story ID`, `Sentence Number`, `Publisher` and `Country` where they are there. Left out: the event's
///   text and intensity (they go with the code), sectors, and places below a country.
/// - A number that an earlier row has is dropped, as is an event of nobody on nobody.
///
/// The data are in the Harvard Dataverse (<https://doi.org/10.7910/DVN/28075>), under the terms that stand there; bring your own. Cite
/// Boschee et al. 2015, ICEWS Coded Event Data. Linear in the file; a row is an item.
///
/// ```
/// use comity::{Graph, IcewsOptions, Nation, read_icews};
/// let rows = "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tTarget Name\tTarget Country\tStory ID\n\
///             7\t2018-12-10\tPolice (China)\tChina\t173\tCitizen (Canada)\tCanada\t41\n";
/// let (batch, report) = read_icews(rows.as_bytes(), &IcewsOptions::new());
/// assert!(report.is_clean() && report.mapped() == 1);
/// let graph = Graph::new().apply(batch)?;
/// let nation = |key| graph.find::<Nation>(key).expect("just read");
/// let cases = graph.view().detentions().by(nation("CHN")).of_nationality(nation("CAN"));
/// assert_eq!(cases.count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_icews(reader: impl Read, options: &IcewsOptions) -> (Batch, ImportReport) {
    let mut report = ImportReport::default();
    let mut dataset = Source::dataset(&options.0.source).title("ICEWS Coded Event Data");
    dataset.published = options.0.coverage_end;
    let mut events = Events::of(dataset, "icews");
    let Some(mut table) = Table::with_heading(reader, &options.0.file, &mut report) else {
        return (events.into_batch(), report);
    };
    let Some(columns) = Columns::of(&table, &mut report) else { return (events.into_batch(), report) };
    while let Some(row) = table.next(&mut report) {
        match columns.read(&mut events, &options.0.source, &row) {
            Ok(Told::Mapped) => report.map(),
            Ok(Told::Kept) => report.keep(),
            Ok(Told::Dropped(rule)) => report.drop(rule, 1),
            Err(wrong) => report.reject(*wrong),
        }
    }
    (events.into_batch(), report)
}

struct Columns {
    id: Column,
    date: Column,
    code: Column,
    source: [Column; 3],
    target: [Column; 3],
    story: Column,
    sentence: Column,
    publisher: Column,
    country: Column,
}

impl Columns {
    fn of(table: &Table<'_>, report: &mut ImportReport) -> Option<Self> {
        let names = ["event id", "event date", "source name", "source country", "cameo code", "target name"];
        let [id, date, by, by_country, code, on] = table.columns(names, report)?;
        let [on_country] = table.columns(["target country"], report)?;
        Some(Self {
            id,
            date,
            code,
            source: [by, table.optional("source sectors"), by_country],
            target: [on, table.optional("target sectors"), on_country],
            story: table.optional("story id"),
            sentence: table.optional("sentence number"),
            publisher: table.optional("publisher"),
            country: table.optional("country"),
        })
    }

    fn read(&self, events: &mut Events, dataset: &str, row: &Row<'_>) -> Result<Told, Wrong> {
        let id = number(row, self.id)?;
        row.required_text(self.date)?;
        let date = row.optional_iso_date(self.date)?.filter(|date| date.is_single_day());
        let date = date.ok_or_else(|| {
            row.wrong(Code::I0202, self.date, "not a day", Some("an event has one, as in 2018-06-01"))
        })?;
        let code = event_code(row, self.code)?;
        let source = actor(row, self.source, date.first())?;
        let target = actor(row, self.target, date.first())?;
        let place = nation(row.text(self.country)?, date.first());
        let (story, publisher) = (row.text(self.story)?, row.text(self.publisher)?);
        let sentence = row.text(self.sentence)?;
        if !events.is_new(id) {
            return Ok(Told::Dropped(SEEN));
        }
        let story = match story {
            "" => events.dataset(),
            story => events.story(story, || {
                let id = if is_slug(story) { story.to_owned() } else { slug(story) };
                let source = Source::dataset(&format!("{dataset}/{id}")).published(date);
                if publisher.is_empty() { source } else { source.publisher(publisher) }
            }),
        };
        Ok(events.tell(&Event { id, code, day: date, story, sentence, source, target, place }))
    }
}

fn nation(name: &str, day: Day) -> Option<&'static NationRecord> {
    Gazetteer::builtin().bearer_at(name, day)
}

fn actor(row: &Row<'_>, columns: [Column; 3], day: Day) -> Result<Actor, Wrong> {
    let [name, sectors, country] = columns;
    let (name, sectors, country) = (row.text(name)?, row.text(sectors)?, row.text(country)?);
    if name.is_empty() {
        return Ok(Actor::Nobody);
    }
    let role = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let whose = match (nation(country, day), role.and_then(|(_, part)| nation(part, day))) {
        // The two contradict each other: neither is taken.
        (Some(one), Some(other)) if one.key() != other.key() => None,
        (None, named) if country.is_empty() => named,
        (given, _) => given,
    };
    let of = whose.map_or(Whole::Unknown, Whole::Nation);
    if sectors == "Unspecified" || name.starts_with("Unspecified ") || name.starts_with("Unidentified ") {
        return Ok(Actor::passing(&format!("{name} {country}"), Some(name), of));
    }
    if let Some(body) = Body::named(name).filter(|_| country.is_empty()) {
        return Ok(Actor::Body(body));
    }
    // A name may be a person's or a town's too: the country settles it.
    if let Some(named) = nation(name, day).filter(|named| whose.is_some_and(|whose| whose.key() == named.key())) {
        return Ok(Actor::Nation(named));
    }
    let place = whose.map_or_else(|| slug(country), |nation| nation.key().to_owned());
    let (known, kind) = match (role, whose) {
        (Some((role, _)), Some(_)) => (format!("{place}.{}", slug(role)), organ(role)),
        _ if country.is_empty() => (slug(name), None),
        _ => (format!("{}.of-{place}", slug(name)), None),
    };
    let are_nationals = role.is_some_and(|(role, _)| role == "Citizen") && whose.is_some();
    let name = Some(name.into());
    Ok(Actor::Other(Other { known: Known::Everywhere(known), kind, name, of, are_nationals }))
}

/// What kind of organization a role of ICEWS is; none for people, and for what may be either.
fn organ(role: &str) -> Option<OrganizationKind> {
    match role {
        // Organs of a state, which speak and act for it.
        "Police"
        | "Government"
        | "Military"
        | "Foreign Affairs"
        | "Naval"
        | "Air Force"
        | "Army"
        | "Domestic Affairs"
        | "Cabinet / Council of Ministers / Advisors"
        | "Border Patrol"
        | "Royal Administration"
        | "Justice Department/Ministery" => Some(OrganizationKind::Ministry),
        role if role.contains("Ministry") || role.ends_with(" Department") => Some(OrganizationKind::Ministry),
        role if role.ends_with("Court") => Some(OrganizationKind::Court),
        role if role.ends_with(" Party") => Some(OrganizationKind::Party),
        "State Media" | "Newspaper" => Some(OrganizationKind::Media),
        "Bank" | "Airline" | "Government Affiliated Bank" => Some(OrganizationKind::Company),
        "Congress"
        | "Senate"
        | "Legislature"
        | "House of Representatives"
        | "Assemblies"
        | "Election Commission"
        | "Labor Union"
        | "Healthcare Facility" => Some(OrganizationKind::Other),
        _ => None,
    }
}
