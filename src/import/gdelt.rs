//! GDELT event data, versions 1 and 2: who is said to have done what to whom.
//!
//! It takes actors by their CAMEO codes. Names are as the story had them, and decide nothing.

use std::io::Read;

use super::actors::{Actor, Body, Known, Other, Whole, is_slug, slug};
use super::events::{Event, Events, SEEN, Told, event_code, number};
use super::ledger::ImportReport;
use super::options::options;
use super::table::{Column, Format, Row, Table, Wrong, first_line};
use crate::batch::Batch;
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, LookUp, NationRecord, Scheme};
use crate::model::OrganizationKind;
use crate::provenance::Source;
use crate::text::Digest;
use crate::time::{Day, PartialDate};

options! {
    /// How a file of GDELT events is read: see [`read_gdelt`].
    GdeltOptions, "export.CSV", "gdelt"
}

/// Reads a file of GDELT events, of version 1 (57 or 58 columns) or 2 (61 columns), parted by tabs or commas, with a first row of
/// names or without: the first row tells which.
///
/// - Columns: `GLOBALEVENTID`, `SQLDATE`, `EventCode`, `DATEADDED`; of each actor `Code`, `Name`, `CountryCode` and `KnownGroupCode`; where
///   they are there `ActionGeo_CountryCode` and `SOURCEURL`.
/// - What a code becomes, modality, keys (`detention/gdelt-719024875`) and meetings are as in [`read_icews`](crate::read_icews);
///   here two rows of one story and day that mirror each other are one meeting.
/// - An actor whose code is that of a country is the nation: CAMEO gives it to whoever is of that country. With a role it is an
///   organization (`USAGOV`, `CHNCOP`: government, police, army, courts, parliament) or a group, affiliated with the nation. Known
///   organizations (`UNO`, `EEC`, `NAT`, `SCE`) have their own keys. A role without a country ("some police") is known in
///   its story only, and has no nation. Codes of regions are no nations.
/// - A story is a source, a data set named `gdelt/` and the beginning of its address's SHA-256, with the address and the day it was
///   added. A row without an address is the data set's.
/// - The place is the country of the action, by its FIPS code. Left out: tone, counts of mentions, coordinates and places below a
///   country.
/// - A number that an earlier row has is dropped, as is an event of nobody on nobody.
///
/// The data are the GDELT Project's (<https://www.gdeltproject.org>), free for any use that names it with a link; bring your own. Cite
/// Leetaru and Schrodt 2013, GDELT: Global Data on Events, Location and Tone. Linear in the file; a row is an item.
///
/// ```
/// use comity::{GdeltOptions, Graph, Nation, read_gdelt};
/// let mut row = vec![""; 61];
/// (row[0], row[1], row[26]) = ("7", "20181210", "112");
/// (row[5], row[7], row[15], row[17]) = ("CHN", "CHN", "CANGOV", "CAN");
/// row[59] = "20181210000000";
/// let (batch, report) = read_gdelt(row.join("\t").as_bytes(), &GdeltOptions::new());
/// assert!(report.is_clean() && report.mapped() == 1);
/// let graph = Graph::new().apply(batch)?;
/// let china = graph.find::<Nation>("CHN").expect("just read");
/// assert_eq!(graph.view().statements().by(china).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_gdelt(reader: impl Read, options: &GdeltOptions) -> (Batch, ImportReport) {
    let mut report = ImportReport::default();
    let mut dataset = Source::dataset(&options.0.source).title("GDELT Event Database");
    dataset.published = options.0.coverage_end;
    let mut events = Events::of(dataset, "gdelt");
    let (first, reader) = first_line(reader);
    let shape = Shape::of(&first);
    let file = &options.0.file;
    let table = match shape.names {
        Some(names) => Some(Table::without_heading(reader, file, shape.format, names)),
        None => Table::with_heading(reader, file, &mut report),
    };
    let Some(mut table) = table else { return (events.into_batch(), report) };
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

/// How the rows are parted, and the names of the columns where the file has none.
struct Shape {
    format: Format,
    names: Option<&'static [&'static str]>,
}

impl Shape {
    fn of(first: &[u8]) -> Self {
        let format = Format::of(first);
        let begins_with_a_number = first.iter().find(|byte| **byte != b'"').is_some_and(u8::is_ascii_digit);
        if !begins_with_a_number {
            return Self { format, names: None };
        }
        let mut is_quoted = false;
        let parts = |byte: &&u8| {
            is_quoted ^= **byte == b'"' && format == Format::Commas;
            !is_quoted && **byte == if format == Format::Tabs { b'\t' } else { b',' }
        };
        let names = match first.iter().filter(parts).count() + 1 {
            57 => &VERSION_1[..57],
            58 => &VERSION_1[..],
            _ => &VERSION_2[..],
        };
        Self { format, names: Some(names) }
    }
}

struct Columns {
    id: Column,
    date: Column,
    code: Column,
    source: ActorColumns,
    target: ActorColumns,
    place: Column,
    added: Column,
    address: Column,
}

struct ActorColumns {
    code: Column,
    name: Column,
    country: Column,
    group: Column,
}

impl Columns {
    fn of(table: &Table<'_>, report: &mut ImportReport) -> Option<Self> {
        let [id, date, code, added] = table.columns(["globaleventid", "sqldate", "eventcode", "dateadded"], report)?;
        let source = ["actor1code", "actor1name", "actor1countrycode", "actor1knowngroupcode"];
        let target = ["actor2code", "actor2name", "actor2countrycode", "actor2knowngroupcode"];
        let mut actor = |names| {
            let [code, name, country, group] = table.columns(names, report)?;
            Some(ActorColumns { code, name, country, group })
        };
        let (source, target) = (actor(source)?, actor(target)?);
        let (place, address) = (table.optional("actiongeo_countrycode"), table.optional("sourceurl"));
        Some(Self { id, date, code, source, target, place, added, address })
    }

    fn read(&self, events: &mut Events, dataset: &str, row: &Row<'_>) -> Result<Told, Wrong> {
        let id = number(row, self.id)?;
        let day = day(row, self.date, row.required_text(self.date)?)?;
        let code = event_code(row, self.code)?;
        let source = actor(row, &self.source, id, day.first())?;
        let target = actor(row, &self.target, id, day.first())?;
        let place = nation(Scheme::Fips, row.text(self.place)?, day.first());
        let added = row.required_text(self.added)?;
        let added = day_of_stamp(row, self.added, added)?;
        let address = row.text(self.address)?;
        if !events.is_new(id) {
            return Ok(Told::Dropped(SEEN));
        }
        let story = match address {
            "" => events.dataset(),
            address => events.story(address, || {
                let digest = Digest::of(address).to_string();
                let mut source = Source::dataset(&format!("{dataset}/{}", &digest[..16])).published(added);
                source.url = Some(address.into());
                source
            }),
        };
        Ok(events.tell(&Event { id, code, day, story, sentence: "", source, target, place }))
    }
}

/// A day as `YYYYMMDD`.
fn day(row: &Row<'_>, column: Column, text: &str) -> Result<PartialDate, Wrong> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parse = || PartialDate::day(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok();
    digits
        .then(parse)
        .flatten()
        .filter(|day| day.first().year() >= 1_000)
        .ok_or_else(|| row.wrong(Code::I0202, column, "not a day", Some("eight digits, as in 20180101")))
}

/// The day of `YYYYMMDD` or `YYYYMMDDHHMMSS`.
fn day_of_stamp(row: &Row<'_>, column: Column, text: &str) -> Result<PartialDate, Wrong> {
    let is_stamp = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    day(row, column, if is_stamp { &text[..8] } else { text })
}

/// The nation that had a code on a day, and was there.
fn nation(scheme: Scheme, code: &str, day: Day) -> Option<&'static NationRecord> {
    match Gazetteer::builtin().by_code_at(scheme, code, day) {
        LookUp::One(found) if found.existed => Some(found.nation),
        _ => None,
    }
}

fn actor(row: &Row<'_>, columns: &ActorColumns, event: &str, day: Day) -> Result<Actor, Wrong> {
    let (code, name) = (row.text(columns.code)?, row.text(columns.name)?);
    let (country, group) = (row.text(columns.country)?, row.text(columns.group)?);
    let name = Some(name).filter(|name| !name.is_empty());
    if code.is_empty() {
        // Somebody, if there is a name: who, the coder did not know.
        return Ok(
            name.map_or(Actor::Nobody, |name| Actor::passing(&format!("{name} {event}"), Some(name), Whole::Unknown))
        );
    }
    let whose = nation(Scheme::Cameo, country, day);
    let body = Body::of_cameo(group);
    match (whose, body) {
        (Some(whose), None) if code == country => return Ok(Actor::Nation(whose)),
        // The organization itself: what its code says besides is what it is (`IGO`) and where it is at home.
        (_, Some(body)) if code.replace(group, "").replace(country, "") == "IGO" || code == group => {
            return Ok(Actor::Body(body));
        }
        _ => {}
    }
    let of = body.map(Whole::Body).or(whose.map(Whole::Nation)).unwrap_or(Whole::Unknown);
    let rest = code.strip_prefix(country).filter(|_| whose.is_some()).unwrap_or(code);
    let kind = organ(rest);
    let id = if is_slug(code) && code.len() <= 40 { code.to_owned() } else { slug(code) };
    // Whom a code names without country or group is another in every story; a region is the same.
    let is_lasting = whose.is_some() || !group.is_empty() || (!country.is_empty() && code == country);
    let (known, name) = if is_lasting {
        (Known::Everywhere(id), Some(code))
    } else {
        (Known::InStory(slug(code)), name.or(Some(code)))
    };
    Ok(Actor::Other(Other { known, kind, name: name.map(Into::into), of, are_nationals: false }))
}

/// What kind of organization a role is; none for people, and for what may be either.
fn organ(role: &str) -> Option<OrganizationKind> {
    match role {
        "GOV" | "COP" | "MIL" | "SPY" => Some(OrganizationKind::Ministry),
        "JUD" => Some(OrganizationKind::Court),
        "LEG" => Some(OrganizationKind::Other),
        _ => None,
    }
}

/// Version 1 to March 2013, but for the last column; the columns since then.
const VERSION_1: [&str; 58] = [
    "globaleventid",
    "sqldate",
    "monthyear",
    "year",
    "fractiondate",
    "actor1code",
    "actor1name",
    "actor1countrycode",
    "actor1knowngroupcode",
    "actor1ethniccode",
    "actor1religion1code",
    "actor1religion2code",
    "actor1type1code",
    "actor1type2code",
    "actor1type3code",
    "actor2code",
    "actor2name",
    "actor2countrycode",
    "actor2knowngroupcode",
    "actor2ethniccode",
    "actor2religion1code",
    "actor2religion2code",
    "actor2type1code",
    "actor2type2code",
    "actor2type3code",
    "isrootevent",
    "eventcode",
    "eventbasecode",
    "eventrootcode",
    "quadclass",
    "goldsteinscale",
    "nummentions",
    "numsources",
    "numarticles",
    "avgtone",
    "actor1geo_type",
    "actor1geo_fullname",
    "actor1geo_countrycode",
    "actor1geo_adm1code",
    "actor1geo_lat",
    "actor1geo_long",
    "actor1geo_featureid",
    "actor2geo_type",
    "actor2geo_fullname",
    "actor2geo_countrycode",
    "actor2geo_adm1code",
    "actor2geo_lat",
    "actor2geo_long",
    "actor2geo_featureid",
    "actiongeo_type",
    "actiongeo_fullname",
    "actiongeo_countrycode",
    "actiongeo_adm1code",
    "actiongeo_lat",
    "actiongeo_long",
    "actiongeo_featureid",
    "dateadded",
    "sourceurl",
];

/// Version 2: three more, of districts.
const VERSION_2: [&str; 61] = version_2();

const fn version_2() -> [&'static str; 61] {
    let districts = ["actor1geo_adm2code", "actor2geo_adm2code", "actiongeo_adm2code"];
    // Each stands behind the third column of its place but one: type, name, country, first level.
    let before = [39, 46, 53];
    let mut names = [""; 61];
    let (mut from, mut to, mut nth) = (0, 0, 0);
    while from < VERSION_1.len() {
        if nth < 3 && from == before[nth] {
            names[to] = districts[nth];
            to += 1;
            nth += 1;
        }
        names[to] = VERSION_1[from];
        from += 1;
        to += 1;
    }
    names
}
