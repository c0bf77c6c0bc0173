//! Lists of who is sanctioned, in the two forms in which OpenSanctions types them.
//!
//! It knows who is on a list, by whom and since when. That one list answers another is nobody's claim here: for what dates can show see
//! [`View::mirrored_sanctions`](crate::View::mirrored_sanctions).

use std::io::Read;

use rustc_hash::{FxHashMap, FxHashSet};

use super::actors::Body;
use super::coalition_lists::{body_node, node};
use super::ledger::ImportReport;
use super::options::options;
use super::pages::Pages;
use super::table::{Column, Row, Table, Wrong};
use super::typed_keys::{distinct_key, typed_key};
use crate::batch::{Batch, Description, Fact, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, MatchedBy, NationRecord};
use crate::model::{
    FactType, Identity, Instrument, InstrumentKind, Measure, Nation, Node, Organization, OrganizationKind, Person,
    Qualifiers, Role, Sanction,
};
use crate::provenance::Source;
use crate::text::Digest;
use crate::time::{Day, End, PartialDate, Start, When};

options! {
    /// How a list of sanctions is read: see [`read_sanctions_list`].
    SanctionsListOptions, "cn_sanctions.csv", "sanctions-list"
}

/// Reads a list of sanctions: China's counter-sanctions (`cn_sanctions.csv`) or a listing regulation of the European Union
/// (`eu_journal_32020R1998.csv`). Which of the two the first row tells: only the journal has `celex`.
///
/// - Columns of China's list: `Type`, `Name`, `Country`, `Body`, `Date`; where they are there `QID`, `Alias`, `Chinese name`, `Topics`,
///   `Summary`, `List`, `End date`, `Source URL`. Left out: `Chinese summary`, `Address`.
/// - Columns of the journal: `celex`, `programKey`, `measure`, `startDate`, `schema`, `name`; where they are there `reason`, `alias`,
///   `previousName`, `nationality`, `jurisdiction`, `position`. Left out: `country` (where somebody acts), births, numbers and addresses.
/// - What is listed on one day, by one body, by one act and on one page, is one sanction; each row is a claim of it, with its target.
///   China's list measures by its topics (`export.control` is export control, the others a designation), the journal by its measure
///   ("Asset freeze"), with the regulation as its ground and the reason, of which 500 code points are kept.
/// - A sanction is imposed by the European Union, or by the body of China that the row names, an organ of the state; without one by
///   China.
/// - A target is a person, or an organization (a company where it is so typed), known in its list by its name: rows of one name
///   are one target, whatever else they say. Nobody is joined with those of another list; the Wikidata item is kept as an identity.
/// - `Country` and `jurisdiction` are affiliations, `nationality` is a nationality of people; each is looked up at the date of the
///   row, in English, by name, code or demonym. What is not of one nation is left out, with a warning.
/// - Dates are `22.3.2021`, `22.03.21` (of this century), `2 March 2021` or `2021-03-22`. An end is the first day out. Without one
///   nothing is said of it, unless [`SanctionsListOptions::coverage_end`] says how far the list goes: then it was in force on that day.
/// - Each page of `Source URL` is a data set of its own, named after the list and the host (`sanctions-list/mofcom.gov.cn-2`). Nothing is dropped.
///
/// The data are OpenSanctions' (<https://www.opensanctions.org>, CC BY-NC 4.0); bring your own, and cite OpenSanctions. Linear in the
/// file; a row is an item.
///
/// ```
/// use comity::{Graph, Nation, SanctionsListOptions, read_sanctions_list};
/// let rows = "Type,Name,Country,Topics,Body,List,Date,Source URL\n\
///             Person,Arna Berg,Iceland,sanction.counter,Ministry of Foreign Affairs,AFSL,22.03.21,https://example.org/1\n\
///             Company,Skyr Ltd.,IS,sanction.counter,Ministry of Foreign Affairs,AFSL,22.03.21,https://example.org/1\n";
/// let (batch, report) = read_sanctions_list(rows.as_bytes(), &SanctionsListOptions::new());
/// assert!(report.is_clean() && report.mapped() == 2);
/// let graph = Graph::new().apply(batch)?;
/// let nation = |key| graph.find::<Nation>(key).expect("just read");
/// let case = graph.view().sanctions().by(nation("CHN")).on(nation("ISL")).next().expect("one decision");
/// assert_eq!((case.targets.len(), case.dates.to_string().as_str()), (2, "from 2021-03-22"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_sanctions_list(reader: impl Read, options: &SanctionsListOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let Some(columns) = Columns::of(&table, &mut report) else { return (batch, report) };
    let mut list = Source::dataset(&reading.source).title(columns.form.title()).publisher("OpenSanctions");
    list.published = reading.coverage_end;
    list.rights = Some("CC BY-NC 4.0".into());
    list.url = Some("https://www.opensanctions.org".into());
    let (mut pages, mut told) = (Pages::of(list), Told::default());
    while let Some(row) = table.next(&mut report) {
        match columns.read(&row, reading.coverage_end, &mut report) {
            Ok(listing) => {
                let source = pages.source(&mut batch, &listing.page);
                listing.write(&mut batch, source, columns.form, &mut told);
                report.map();
            }
            Err(wrong) => report.reject(*wrong),
        }
    }
    (batch, report)
}

/// Whose list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lister {
    China,
    Union,
}

impl Lister {
    fn title(self) -> &'static str {
        match self {
            Self::China => "Sanctions and countermeasures of China",
            Self::Union => "Restrictive measures in the Official Journal of the European Union",
        }
    }

    /// What the keys of its sanctions, targets and bodies begin with.
    fn prefix(self) -> &'static str {
        match self {
            Self::China => "cn",
            Self::Union => "eu",
        }
    }
}

struct Columns {
    form: Lister,
    kind: Column,
    name: Column,
    item: Column,
    aliases: [Column; 2],
    /// To which nations a target belongs, and by nationality.
    country: Column,
    nationality: Column,
    start: Column,
    end: Column,
    measure: Column,
    reason: Column,
    note: Column,
    page: Column,
    body: Column,
    act: Column,
    program: Column,
}

/// A sound row.
struct Listing {
    is_person: bool,
    is_company: bool,
    name: Box<str>,
    aliases: Vec<Box<str>>,
    item: Option<Identity>,
    affiliations: Vec<Whole>,
    nationalities: Vec<Whole>,
    date: Option<PartialDate>,
    when: When,
    measure: Option<Measure>,
    reason: String,
    gloss: String,
    page: Box<str>,
    body: Box<str>,
    act: Box<str>,
    /// What else tells two sanctions apart.
    program: Box<str>,
}

#[derive(Debug, Clone, Copy)]
enum Whole {
    Nation(&'static NationRecord),
    Body(&'static Body),
}

impl Columns {
    fn of(table: &Table<'_>, report: &mut ImportReport) -> Option<Self> {
        let optional = |name| table.optional(name);
        // A column that no table has, for the names of those are in lower case: its fields are empty.
        let none = optional("NONE");
        if table.has("celex") {
            let names = ["celex", "programkey", "measure", "startdate", "schema", "name"];
            let [act, program, measure, start, kind, name] = table.columns(names, report)?;
            return Some(Self {
                form: Lister::Union,
                kind,
                name,
                item: none,
                aliases: [optional("alias"), optional("previousname")],
                country: optional("jurisdiction"),
                nationality: optional("nationality"),
                start,
                end: none,
                measure,
                reason: optional("reason"),
                note: optional("position"),
                page: none,
                body: none,
                act,
                program,
            });
        }
        let [kind, name, country, body, start] = table.columns(["type", "name", "country", "body", "date"], report)?;
        Some(Self {
            form: Lister::China,
            kind,
            name,
            item: optional("qid"),
            aliases: [optional("alias"), optional("chinese name")],
            country,
            nationality: none,
            start,
            end: optional("end date"),
            measure: optional("topics"),
            reason: none,
            note: optional("summary"),
            page: optional("source url"),
            body,
            act: none,
            program: optional("list"),
        })
    }

    fn read(&self, row: &Row<'_>, covered: Option<PartialDate>, report: &mut ImportReport) -> Result<Listing, Wrong> {
        let name = row.required_text(self.name)?;
        let kind = row.required_text(self.kind)?;
        if !["Person", "Organization", "Company", "LegalEntity"].contains(&kind) {
            let hint = Some("one of Person, Organization, Company, LegalEntity");
            return Err(row.wrong(Code::I0206, self.kind, "no kind of target", hint));
        }
        let act = match self.form {
            Lister::Union => row.required_text(self.act)?,
            Lister::China => "",
        };
        let (date, end) = (date(row, self.start)?, date(row, self.end)?);
        let until = match (end, covered) {
            (Some(end), _) => End::On(end),
            (None, Some(_)) => End::Open,
            (None, None) => End::Unknown,
        };
        let when = match (date, until) {
            (None, End::Unknown) => When::Unstated,
            (date, until) => When::Span { from: date.map_or(Start::Unknown, Start::On), until },
        };
        when.check().map_err(|error| row.wrong(Code::I0204, self.end, &error.to_string(), None))?;
        let day = date.or(end).map(PartialDate::first);
        let (measure, body) = (row.text(self.measure)?, row.text(self.body)?);
        let (page, program) = (row.text(self.page)?, row.text(self.program)?);
        let item = format!("wikidata:{}", row.text(self.item)?).parse().ok();
        let affiliations = wholes(row, self.country, day, report)?;
        let nationalities = wholes(row, self.nationality, day, report)?;
        let [aliases, others] = self.aliases.map(|column| row.text_if_sound(column, report));
        let aliases = aliases.split(';').chain(others.split(';')).map(str::trim);
        let note = row.text_if_sound(self.note, report);
        let gloss: Vec<_> = [program, note].into_iter().filter(|words| !words.is_empty()).collect();
        Ok(Listing {
            is_person: kind == "Person",
            is_company: kind == "Company",
            name: name.into(),
            aliases: aliases.filter(|alias| !alias.is_empty()).map(Into::into).collect(),
            item,
            affiliations,
            nationalities,
            date,
            when,
            measure: measure_of(measure),
            reason: shortened(row.text_if_sound(self.reason, report)),
            gloss: shortened(&gloss.join("; ")),
            page: page.into(),
            body: body.into(),
            act: act.into(),
            program: format!("{program}\u{1f}{measure}").into(),
        })
    }
}

/// As much of a text as the native format takes.
fn shortened(text: &str) -> String {
    text.chars().take(500).collect()
}

fn measure_of(word: &str) -> Option<Measure> {
    match word {
        "" => None,
        "export.control" => Some(Measure::ExportControl),
        "sanction" | "sanction.counter" => Some(Measure::Designation),
        "Asset freeze" => Some(Measure::AssetFreeze),
        "Travel ban" => Some(Measure::EntryBan),
        _ => Some(Measure::Other),
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as lists write it, or in ISO's form; none if the field is empty.
fn date(row: &Row<'_>, column: Column) -> Result<Option<PartialDate>, Wrong> {
    let text = row.text(column)?;
    let is_iso = text.split('-').next().is_some_and(|year| year.len() == 4);
    if text.is_empty() || is_iso {
        return row.optional_iso_date(column);
    }
    let numbers = |text: &str| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(['.', ' ']).filter(|part| !part.is_empty()).collect();
    let found = match parts[..] {
        [day, month, year] if numbers(day) && numbers(year) => {
            let named = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name)).map(|nth| nth + 1);
            let month = named.or_else(|| month.parse().ok().filter(|_| numbers(month)));
            let year = match year.len() {
                2 => year.parse().ok().map(|year: i16| 2_000 + year),
                4 => year.parse().ok(),
                _ => None,
            };
            month.zip(year).zip(day.parse::<u8>().ok())
        }
        _ => None,
    };
    let hint = Some("as in 22.3.2021, 22.03.21, 22 March 2021 or 2021-03-22");
    let Some(((month, year), day)) = found else { return Err(row.wrong(Code::I0202, column, "not a date", hint)) };
    let month = u8::try_from(month).unwrap_or(u8::MAX);
    match PartialDate::day(year, month, day) {
        Ok(date) if year >= 1_000 => Ok(Some(date)),
        Ok(_) => Err(row.wrong(Code::I0203, column, "a year before 1000", hint)),
        Err(error) => Err(row.wrong(Code::I0202, column, &error.to_string(), hint)),
    }
}

/// The nations and bodies of a field, parted by commas or semicolons. What is none is left out, with a warning.
fn wholes(row: &Row<'_>, column: Column, day: Option<Day>, report: &mut ImportReport) -> Result<Vec<Whole>, Wrong> {
    let text = row.text(column)?;
    let mut found = Vec::new();
    for name in text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()) {
        let body = if name == "EU" { "European Union" } else { name };
        match (Body::named(body), nation(name, day)) {
            (Some(body), _) => found.push(Whole::Body(body)),
            (None, Some(nation)) => found.push(Whole::Nation(nation)),
            (None, None) => {
                let hint = Some("the target is kept, without it");
                report.warn(*row.wrong(Code::I0403, column, "not the name of one nation: left out", hint));
            }
        }
    }
    Ok(found)
}

/// The nation of a name, also of "Myanmar/Burma" and "... (DPRK)".
fn nation(name: &str, day: Option<Day>) -> Option<&'static NationRecord> {
    let one = |name: &str| {
        let found = Gazetteer::builtin().matches(name, day);
        match found[..] {
            [one] if !matches!(one.by, MatchedBy::Capital | MatchedBy::Metonym) && (one.existed || day.is_none()) => {
                Some(one.nation)
            }
            _ => None,
        }
    };
    let without_letters = || one(name.strip_suffix(')')?.rsplit_once(" (")?.0);
    let both = || {
        let (first, second) = name.split_once('/')?;
        let (first, second) = (one(first)?, one(second)?);
        (first.key() == second.key()).then_some(first)
    };
    one(name).or_else(without_letters).or_else(both)
}

/// What was told already.
#[derive(Default)]
struct Told {
    /// The ties of each source: between whom, and by what.
    ties: FxHashSet<(SourceId, FactType, Node, Node)>,
    /// Whose name each key is made of.
    names: FxHashMap<Box<str>, Box<str>>,
}

impl Told {
    /// The key of a name. Where two names would have one, only the first has it: they are not one target.
    fn key(&mut self, name: &str) -> String {
        let key = typed_key(name);
        let first = self.names.entry(key.as_str().into()).or_insert_with(|| name.into());
        if **first == *name { key } else { distinct_key(name) }
    }
}

impl Listing {
    fn write(&self, batch: &mut Batch, source: SourceId, form: Lister, told: &mut Told) {
        let day = self.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        let parts = [&*self.body, &self.act, &self.program, &self.page, &self.when.to_string()];
        let digest = Digest::of(&parts.join("\u{1f}")).to_string();
        let sanction = format!("{}-{day}.{}", form.prefix(), &digest[..8]);
        let sanction = batch.node::<Sanction>(&sanction).expect("a slug");
        let imposer = self.imposer(batch, source, form, told);
        let target = self.target(batch, source, form, told);
        let fact = Fact::new(FactType::Sanction).event(sanction).role(Role::By, imposer).role(Role::Target, target);
        let mut qualifiers = Qualifiers::new();
        if let Some(measure) = self.measure {
            qualifiers = qualifiers.measures(&[measure]);
        }
        if !self.reason.is_empty() {
            qualifiers = qualifiers.reason(&self.reason);
        }
        let mut fact = fact.with(qualifiers).when(self.when);
        if !self.act.is_empty() {
            let act = batch.node::<Instrument>(&format!("celex-{}", typed_key(&self.act))).expect("a slug");
            let description = Description::new().name(&self.act).instrument(InstrumentKind::Law);
            batch.describe(source, act, description).expect("an instrument has a name and a kind");
            fact = fact.role(Role::Under, act);
        }
        if !self.gloss.is_empty() {
            fact = fact.gloss(&self.gloss);
        }
        batch.fact(source, fact).expect("a body sanctions somebody, and the dates were checked");
    }

    /// The Union; or the body of China that the row names, or China.
    fn imposer(&self, batch: &mut Batch, source: SourceId, form: Lister, told: &mut Told) -> Node {
        if form == Lister::Union {
            let union = Body::named("European Union").expect("a body that everybody knows");
            return body_node(batch, source, union).into();
        }
        let china = batch.node::<Nation>("CHN").expect("a key");
        batch.name(source, china, "China");
        if self.body.is_empty() {
            return china.into();
        }
        let body = batch.node::<Organization>(&format!("cn-{}", typed_key(&self.body))).expect("a slug");
        // What acts for the state is an organ of it, whether a ministry or an office of the party.
        let description = Description::new().name(&self.body).organization(OrganizationKind::Ministry);
        batch.describe(source, body, description).expect("an organization has a name and a kind");
        tie(batch, source, FactType::Affiliation, body.into(), china.into(), told);
        body.into()
    }

    fn target(&self, batch: &mut Batch, source: SourceId, form: Lister, told: &mut Told) -> Node {
        let key = format!("{}-{}", form.prefix(), told.key(&self.name));
        let aliases = self.aliases.iter().filter(|alias| **alias != self.name);
        let mut description = aliases.fold(Description::new().name(&self.name), |said, alias| said.alias(alias));
        if let Some(item) = &self.item {
            description = description.same_as(item.clone());
        }
        let target: Node = if self.is_person {
            batch.node::<Person>(&key).expect("a slug").into()
        } else {
            let kind = if self.is_company { OrganizationKind::Company } else { OrganizationKind::Other };
            description = description.organization(kind);
            batch.node::<Organization>(&key).expect("a slug").into()
        };
        batch.describe(source, target, description).expect("people have names, and organizations a kind");
        // Only people have a nationality.
        let nationality = if self.is_person { FactType::Nationality } else { FactType::Affiliation };
        let affiliations = self.affiliations.iter().map(|whole| (FactType::Affiliation, whole));
        for (fact, whole) in affiliations.chain(self.nationalities.iter().map(|whole| (nationality, whole))) {
            let (whole, fact) = match whole {
                Whole::Nation(nation) => (node(batch, source, nation).into(), fact),
                Whole::Body(body) => (body_node(batch, source, body).into(), FactType::Affiliation),
            };
            tie(batch, source, fact, target, whole, told);
        }
        target
    }
}

/// Says that somebody belongs to a nation or body, unless the source said so.
fn tie(batch: &mut Batch, source: SourceId, fact: FactType, part: Node, whole: Node, told: &mut Told) {
    if part != whole && told.ties.insert((source, fact, part, whole)) {
        let to = if fact == FactType::Nationality { Role::Nation } else { Role::To };
        batch.fact(source, Fact::new(fact).role(Role::Who, part).role(to, whole)).expect("what it is was looked at");
    }
}
