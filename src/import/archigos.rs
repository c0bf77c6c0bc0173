//! The political leaders of Archigos, with the days on which they came and went.
//!
//! It knows who led, not in which office.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::ledger::ImportReport;
use super::nations::{CODES, Nations, Part};
use super::options::{Reading, options};
use super::table::{Column, Row, Table, Wrong};
use crate::batch::{Batch, Fact, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, NationRecord, Scheme};
use crate::model::{FactType, Key, Person, Qualifiers, Rank, Role};
use crate::provenance::Source;
use crate::time::{End, PartialDate, Start, When};

options! {
    /// How the leaders of Archigos are read: see [`read_archigos`].
    ArchigosOptions, "archigos.csv", "archigos"
}

const RIGHTS: &str = "Goemans, Henk E., Kristian Skrede Gleditsch, and Giacomo Chiozza. 2009. Introducing Archigos: A Dataset of \
     Political Leaders. Journal of Peace Research 46: 269-283.";

/// The title of all of them.
const TITLE: &str = "effective leader";

/// How far version 4.1 goes.
const COVERED: &str = "2015-12-31";

/// People whose years of birth are so far apart are not one, whatever their id.
const APART: i32 = 40;

/// Reads Archigos, the data on political leaders (version 4.1, as text parted by tabs, commas or semicolons): a row for each time in which a leader led a
/// state.
///
/// - Columns: `gwcode`, or as the project's own file has it `ccode` (a number of Gleditsch and Ward), `leadid`, `leader`, `startdate`, `enddate` (`YYYY-MM-DD`). Where they are
///   there: `obsid` (its letters are checked: a row whose number and letters are of different nations is rejected), `yrborn`, and
///   `entry`, `exit`, `exitcode`, which go into the gloss.
/// - A row becomes an office of the person `person/archigos-<leadid>` with the title "effective leader", for Archigos codes who
///   in fact held the power, not an office. Its rank is head of government: that is what a president who governs, a
///   prime minister and a chancellor have in common; a head of state who does not govern is not in the data.
/// - `enddate` is the first day out, for it mostly is the day on which the next leader began. Who began and ended on one day held
///   the office on that day.
/// - "Still in Office" is open at the end of coverage (2015-12-31); where the row ends before that, the end is unknown, and that
///   the leader led on the day it ends is a claim of its own.
/// - Rows with one `leadid` whose years of birth are forty or more years apart are different people: the year is added to
///   their keys, with a warning where that is seen.
/// - Where a number passed from one nation to another the office is cut. Nothing is dropped.
///
/// The data are the project's (<https://www.rochester.edu/college/faculty/hgoemans/data.htm>), who state no licence (the R package
/// with this form of them is under GPL-2): bring your own. Cite Goemans,
/// Gleditsch and Chiozza 2009 (Journal of Peace Research 46: 269-283). Linear in the file, and holds its rows; a row is an item.
///
/// ```
/// use comity::{ArchigosOptions, Graph, Nation, read_archigos};
/// let rows = "gwcode,leadid,leader,startdate,enddate\n395,a-1,Arnar,2001-02-03,2004-05-06\n395,a-2,Berg,2004-05-06,2009-01-01\n";
/// let (batch, report) = read_archigos(rows.as_bytes(), &ArchigosOptions::new());
/// assert!(report.is_clean() && report.mapped() == 2);
/// let graph = Graph::new().apply(batch)?;
/// let iceland = graph.find::<Nation>("ISL").expect("just read");
/// let leader = graph.view().as_of("2004-05-06".parse()?).officials(iceland).next().expect("Berg");
/// assert_eq!(leader.person.key(), "person/archigos-a-2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_archigos(reader: impl Read, options: &ArchigosOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    // As the project's own file calls it.
    let number = if table.has("gwcode") { "gwcode" } else { "ccode" };
    let names = [number, "leadid", "leader", "startdate", "enddate"];
    let Some([code, id, name, start, end]) = table.columns(names, &mut report) else { return (batch, report) };
    let [spell, born, entry, exit, manner] =
        ["obsid", "yrborn", "entry", "exit", "exitcode"].map(|name| table.optional(name));
    let columns = Columns { code, id, name, start, end, spell, born, entry, exit, manner };
    let covered = reading.coverage_end.unwrap_or(COVERED.parse().expect("a date"));
    let mut nations = Nations::of(Scheme::GleditschWard);
    let (mut leaders, mut births) = (Vec::new(), Births::default());
    while let Some(row) = table.next(&mut report) {
        match columns.read(&row, &nations, covered, &mut report) {
            Ok(leader) => {
                if births.add(&leader) {
                    let message = "an id of several people, told apart by their years of birth";
                    report.warn(*row.wrong(Code::I0402, id, message, None));
                }
                leaders.push(leader);
                report.map();
            }
            Err(wrong) => report.reject(*wrong),
        }
    }
    let source = batch.source(dataset(reading, covered));
    for leader in leaders {
        let is_shared = births.is_shared(&leader.id);
        leader.write(&mut batch, source, &mut nations, is_shared);
    }
    (batch, report)
}

fn dataset(reading: &Reading, covered: PartialDate) -> Source {
    let mut source = Source::dataset(&reading.source)
        .title("Archigos: A Dataset on Political Leaders")
        .publisher("Archigos")
        .published(covered);
    source.rights = Some(RIGHTS.into());
    source.url = Some("https://www.rochester.edu/college/faculty/hgoemans/data.htm".into());
    source
}

/// For each id the first and last year of birth of those who have it.
#[derive(Default)]
struct Births(FxHashMap<Box<str>, (i32, i32)>);

impl Births {
    /// Whether it is with this leader that the id is seen to be of several people.
    fn add(&mut self, leader: &Leader) -> bool {
        let Some(born) = leader.born else { return false };
        let was_shared = self.is_shared(&leader.id);
        let (first, last) = self.0.entry(leader.id.clone()).or_insert((born, born));
        (*first, *last) = (born.min(*first), born.max(*last));
        !was_shared && self.is_shared(&leader.id)
    }

    fn is_shared(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|(first, last)| last.saturating_sub(*first) >= APART)
    }
}

struct Columns {
    code: Column,
    id: Column,
    name: Column,
    start: Column,
    end: Column,
    spell: Column,
    born: Column,
    entry: Column,
    exit: Column,
    manner: Column,
}

/// A sound row.
struct Leader {
    id: Box<str>,
    name: Box<str>,
    born: Option<i32>,
    gloss: Option<String>,
    parts: Vec<Part>,
}

impl Columns {
    fn read(
        &self,
        row: &Row<'_>,
        nations: &Nations,
        covered: PartialDate,
        report: &mut ImportReport,
    ) -> Result<Leader, Wrong> {
        let (id, name) = (row.required_text(self.id)?, row.required_text(self.name)?);
        if Key::new::<Person>(&slug(id, Some(9_999))).is_err() {
            return Err(row.wrong(
                Code::I0207,
                self.id,
                "no id that can stand in a key",
                Some("letters, digits, . _ -"),
            ));
        }
        let born = row.optional_number(self.born, i32::MIN..=i32::MAX)?.filter(|year| *year > 0);
        let missing = |column| row.wrong(Code::I0205, column, "no date", None);
        let start = row.optional_iso_date(self.start)?.ok_or_else(|| missing(self.start))?;
        let end = row.optional_iso_date(self.end)?.ok_or_else(|| missing(self.end))?;
        self.check_letters(row, nations)?;
        let exit = row.text(self.exit)?;
        let is_still = exit == "Still in Office";
        let until = match end.last().next() {
            _ if is_still && end.last() >= covered.last() => End::Open,
            _ if is_still => End::Unknown,
            Some(next) if start == end && end.is_single_day() => End::On(next.into()),
            _ => End::On(end),
        };
        let when = When::Span { from: Start::On(start), until: if is_still { End::On(covered) } else { until } };
        when.check().map_err(|error| row.wrong(Code::I0204, self.end, &error.to_string(), None))?;
        let known_until = if until == End::Unknown { end } else { covered };
        let mut parts = nations.parts(row, self.code, start, until, known_until)?;
        if let (End::Unknown, Some((nation, _))) = (until, parts.last()) {
            parts.push((nation, When::at(end)));
        }
        let gloss = self.gloss(row, exit, report);
        Ok(Leader { id: id.into(), name: name.into(), born, gloss, parts })
    }

    /// That the letters of the row's own id are not another nation's than its number.
    fn check_letters(&self, row: &Row<'_>, nations: &Nations) -> Result<(), Wrong> {
        let Some((letters, _)) = row.text(self.spell)?.split_once('-') else { return Ok(()) };
        let code = row.number(self.code, CODES)?;
        let holders = nations.holders(row, self.code, code)?;
        let has = |nation: &NationRecord| nation.letter_codes().any(|known| known == letters);
        if holders.iter().any(|(nation, ..)| has(nation)) {
            return Ok(());
        }
        match Gazetteer::builtin().nations().find(|nation| has(nation)) {
            Some(other) => {
                let message = format!("{code} is {}, and {letters} is {}", holders[0].0.key(), other.key());
                Err(row.wrong(Code::I0303, self.spell, &message, Some("see which of the two is wrong")))
            }
            None => Ok(()),
        }
    }

    /// How the leader came and went, in the words of the data.
    fn gloss(&self, row: &Row<'_>, exit: &str, report: &mut ImportReport) -> Option<String> {
        let entry = row.text_if_sound(self.entry, report);
        let said = [("entry", entry), ("exit", exit), ("how", row.text_if_sound(self.manner, report))];
        let words = said.iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| format!("{what}: {text}"));
        let gloss: String = words.collect::<Vec<_>>().join("; ").chars().take(500).collect();
        (!gloss.is_empty()).then_some(gloss)
    }
}

/// The slug of a leader's key.
fn slug(id: &str, born: Option<i32>) -> String {
    born.map_or_else(|| format!("archigos-{id}"), |born| format!("archigos-{id}-{born}"))
}

impl Leader {
    fn write(self, batch: &mut Batch, source: SourceId, nations: &mut Nations, is_shared: bool) {
        let Self { id, name, born, gloss, parts } = self;
        let slug = slug(&id, born.filter(|_| is_shared));
        let person = batch.node::<Person>(&slug).expect("the id was tried");
        batch.name(source, person, &name);
        for (nation, when) in parts {
            let nation = nations.node(batch, source, nation);
            let fact = Fact::new(FactType::Office).role(Role::Holder, person).role(Role::Of, nation).when(when);
            let fact = fact.with(Qualifiers::new().title(TITLE).rank(Rank::HeadOfGovernment));
            let fact = match &gloss {
                Some(gloss) => fact.gloss(gloss),
                None => fact,
            };
            batch.fact(source, fact).expect("a person holds an office of a nation, and the dates were checked");
        }
    }
}
