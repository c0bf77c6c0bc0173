//! Who was in which intergovernmental organization, year by year, as the Correlates of War have it.
//!
//! The table knows organizations by short names; it gives no long ones.

use std::collections::BTreeMap;
use std::io::Read;

use super::ledger::ImportReport;
use super::nations::{CODES, Holder, Nations, Part, split};
use super::options::{Reading, options};
use super::table::{Column, Row, Table, Wrong};
use crate::batch::{Batch, Claimed, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, NationRecord, Scheme};
use crate::model::relations::MemberOf;
use crate::model::{Id, MembershipRole, Organization, OrganizationKind};
use crate::provenance::Source;
use crate::time::{Day, End, PartialDate, Start, When};

options! {
    /// How memberships in intergovernmental organizations are read: see [`read_cow_igo`].
    CowIgoOptions, "state_year_format3.csv", "cow/igo"
}

const RIGHTS: &str = "Pevehouse, Jon C.W., Timothy Nordstrom, Roseanne W. McManus, and Anne Spencer Jamison. 2020. Tracking \
     Organizations in the World: The Correlates of War IGO Version 3.0 datasets. Journal of Peace Research 57: 492-503.";

const NO_MEMBER: &str = "the state was no member (0)";
const NOT_THERE: &str = "the organization did not exist, or the state was not in the system (-1)";
const NOT_KNOWN: &str = "whether the state was a member is not known (-9)";
const NOTHING: &str = "nothing is said (empty)";

/// Reads the state-year table of the Correlates of War on intergovernmental organizations (version 3, `state_year_format3.csv`): a
/// row for each state and year, a column for each organization.
///
/// - Columns: `ccode`, `year`, `state` (if it is there it is checked, in the table's own spelling: a row whose number and name are
///   of different nations is rejected), and every other one is an organization.
/// - An item is a cell: the standing of a state in an organization in a year. 1 (full), 2 (associate) and 3 (observer) are
///   mapped; 0, -1, -9 and empty ones are dropped, each by its rule; another value is rejected. A row that is wrong as a whole is
///   one rejected item.
/// - An organization becomes `organization/igo-nato`, of kind igo, called by the name of the column.
/// - A run of years with one standing becomes a membership: it began on a day of its first year, and was over on a day of the first
///   year in which it is not there: the table says no days. What is there in the last year covered (2014) is open. Where the state
///   has no row for the next year (it left the system), it was over on a day of the last.
/// - Where the year before or after is not known (-9), or is before the table begins, so is the beginning or end; that the state
///   was a member in each of the years is then said by claims of their own, as it is of the last year of a state.
/// - Only full members are members. Observers are observers, and so, for want of a nearer word, are associates: the gloss says so.
/// - Where a number passed from one nation to another the membership is cut.
///
/// The data are the Correlates of War Project's (<https://correlatesofwar.org>; the R package igoR carries this form
/// under GPL-3), free to use if they are cited; bring your
/// own. Cite Pevehouse et al. 2020 (Journal of Peace Research 57: 492-503). Holds a byte for each cell; linear in them.
///
/// ```
/// use comity::{CowIgoOptions, Graph, Organization, read_cow_igo};
/// let rows = "ccode,year,state,nato,un\n20,2013,canada,1,0\n20,2014,canada,1,-9\n395,2014,iceland,3,1\n";
/// let (batch, report) = read_cow_igo(rows.as_bytes(), &CowIgoOptions::new());
/// assert_eq!((report.read(), report.mapped(), report.dropped()), (6, 4, 2));
/// let graph = Graph::new().apply(batch)?;
/// let nato = graph.find::<Organization>("igo-nato").expect("just read");
/// assert_eq!(graph.view().as_of("2014-06-30".parse()?).members(nato).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_cow_igo(reader: impl Read, options: &CowIgoOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let Some([code, year]) = table.columns(["ccode", "year"], &mut report) else { return (batch, report) };
    let columns = Columns { code, year, state: table.optional("state") };
    let covered = reading.coverage_end.unwrap_or(COVERED.parse().expect("a date"));
    let bodies = table.others(&[code, year, columns.state]);
    let mut standings = Standings { bodies: Vec::new(), by_state: BTreeMap::new(), first: i16::MAX };
    let mut organizations = Vec::new();
    for (at, name) in bodies {
        match batch.node::<Organization>(&format!("igo-{name}")) {
            Ok(node) => {
                standings.bodies.push((name, node));
                organizations.push(at);
            }
            Err(_) => report.reject(table.bad_heading(at, Code::I0207, "no name for an organization")),
        }
    }
    let nations = Nations::of(Scheme::Cow);
    while let Some(row) = table.next(&mut report) {
        match columns.key(&row, &nations, covered, &standings) {
            Ok((state, year)) => {
                let cells = organizations.iter().map(|at| cell(&row, *at, &mut report)).collect();
                standings.first = standings.first.min(year);
                standings.by_state.entry(state).or_default().insert(year, cells);
            }
            Err(wrong) => report.reject(*wrong),
        }
    }
    let source = batch.source(dataset(reading, covered));
    standings.write(&mut batch, source, nations, covered);
    (batch, report)
}

/// How far version 3 goes.
const COVERED: &str = "2014-12-31";

fn dataset(reading: &Reading, covered: PartialDate) -> Source {
    let mut source = Source::dataset(&reading.source)
        .title("Intergovernmental Organizations, v3: states by year")
        .publisher("Correlates of War Project")
        .published(covered);
    source.rights = Some(RIGHTS.into());
    source.url = Some("https://correlatesofwar.org/data-sets/igos/".into());
    source
}

/// How a state stands to an organization in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Full,
    Associate,
    Observer,
    /// It may have stood in any way to it, for all that the table says.
    Unknown,
    None,
}

/// What a cell says, and what becomes of it.
fn cell(row: &Row<'_>, at: Column, report: &mut ImportReport) -> Standing {
    let (standing, rule) = match row.optional_number(at, -9..=3) {
        Ok(Some(1)) => (Standing::Full, None),
        Ok(Some(2)) => (Standing::Associate, None),
        Ok(Some(3)) => (Standing::Observer, None),
        Ok(Some(0)) => (Standing::None, Some(NO_MEMBER)),
        Ok(Some(-1)) => (Standing::None, Some(NOT_THERE)),
        Ok(Some(-9)) => (Standing::Unknown, Some(NOT_KNOWN)),
        Ok(None) => (Standing::Unknown, Some(NOTHING)),
        Ok(Some(_)) => {
            let hint = "1 full, 2 associate, 3 observer, 0 none, -1 not there, -9 not known";
            report.reject(*row.wrong(Code::I0206, at, "not a standing", Some(hint)));
            return Standing::Unknown;
        }
        Err(wrong) => {
            report.reject(*wrong);
            return Standing::Unknown;
        }
    };
    match rule {
        None => report.map(),
        Some(rule) => report.drop(rule, 1),
    }
    standing
}

struct Columns {
    code: Column,
    year: Column,
    state: Column,
}

impl Columns {
    /// Whose row it is, and of which year.
    fn key(
        &self,
        row: &Row<'_>,
        nations: &Nations,
        covered: PartialDate,
        known: &Standings,
    ) -> Result<(i32, i16), Wrong> {
        let (code, year) = (row.number(self.code, CODES)?, row.number(self.year, 1_000..=2_200)?);
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        let holders = nations.holders(row, self.code, code)?;
        if year > covered.last().year() {
            let hint = "say with coverage_end how far the file goes";
            return Err(row.wrong(Code::I0203, self.year, "a year after the end of coverage", Some(hint)));
        }
        let of_the_year = PartialDate::year(year).ok();
        if of_the_year.and_then(|year| split(&holders, year, End::Open, covered)).is_none() {
            let message = format!("{code} was no nation's number in {year}");
            return Err(row.wrong(Code::I0302, self.code, &message, None));
        }
        let state = row.text(self.state)?.to_lowercase();
        let spells = |nation: &NationRecord| nation.igo_state().any(|spelling| spelling == state);
        let of_another = || Gazetteer::builtin().nations().find(|nation| spells(nation));
        if !holders.iter().any(|(nation, ..)| spells(nation))
            && let Some(other) = of_another()
        {
            let message = format!("{code} is {}, and {state} is {}", holders[0].0.key(), other.key());
            return Err(row.wrong(Code::I0303, self.state, &message, Some("see which of the two is wrong")));
        }
        if known.by_state.get(&code).is_some_and(|years| years.contains_key(&year)) {
            let message = format!("{code} has a row for {year} already");
            return Err(row.wrong(Code::I0208, self.year, &message, None));
        }
        Ok((code, year))
    }
}

/// All cells, and the organizations of their columns.
struct Standings {
    bodies: Vec<(Box<str>, Id<Organization>)>,
    by_state: BTreeMap<i32, BTreeMap<i16, Box<[Standing]>>>,
    /// The first year of the table.
    first: i16,
}

/// Years of one standing, one after the other.
struct Run {
    standing: Standing,
    first: i16,
    last: i16,
    /// Whether the years before and after are not known.
    before: bool,
    after: bool,
    /// Whether the state has a row for the year after.
    goes_on: bool,
}

impl Standings {
    fn write(&self, batch: &mut Batch, source: SourceId, mut nations: Nations, covered: PartialDate) {
        for (name, node) in &self.bodies {
            let description = Description::new().name(&name.to_uppercase()).organization(OrganizationKind::Igo);
            batch.describe(source, *node, description).expect("an organization has a name and kind");
        }
        for (code, years) in &self.by_state {
            let holders = Gazetteer::builtin().holders(Scheme::Cow, &code.to_string());
            for (nth, (_, body)) in self.bodies.iter().enumerate() {
                for run in self.runs(years, nth) {
                    for (nation, when) in run.spells(&holders, covered) {
                        let nation = nations.node(batch, source, nation);
                        let claimed = Claimed::new(run.standing.relation(), nation, *body).when(when);
                        let is_associate = run.standing == Standing::Associate;
                        let claimed = if is_associate { claimed.gloss("associate member") } else { claimed };
                        batch.claim(source, claimed);
                    }
                }
            }
        }
    }

    /// The runs of a state in the organization of a column.
    fn runs(&self, years: &BTreeMap<i16, Box<[Standing]>>, nth: usize) -> Vec<Run> {
        let standing = |year: i16| years.get(&year).map(|cells| cells[nth]);
        let is_unknown = |year: i16| standing(year) == Some(Standing::Unknown);
        let mut runs: Vec<Run> = Vec::new();
        for (year, cells) in years {
            let (year, now) = (*year, cells[nth]);
            if matches!(now, Standing::None | Standing::Unknown) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.standing == now && run.last == year - 1 => run.last = year,
                _ => {
                    let before = year == self.first || is_unknown(year - 1);
                    runs.push(Run { standing: now, first: year, last: year, before, after: false, goes_on: false });
                }
            }
        }
        for run in &mut runs {
            run.after = is_unknown(run.last + 1);
            run.goes_on = standing(run.last + 1).is_some();
        }
        runs
    }
}

impl Standing {
    fn relation(self) -> MemberOf {
        let role = match self {
            Self::Full => MembershipRole::Member,
            Self::Associate | Self::Observer | Self::Unknown | Self::None => MembershipRole::Observer,
        };
        MemberOf { role, extent: None }
    }
}

impl Run {
    /// What is claimed of it, and of which nation.
    fn spells(&self, holders: &[Holder], covered: PartialDate) -> Vec<Part> {
        let year = |year: i16| PartialDate::year(year).ok();
        let (Some(first), Some(last)) = (year(self.first), year(self.last)) else { return Vec::new() };
        let is_open = self.last >= covered.last().year();
        let until = match (is_open, self.after, year(self.last + 1)) {
            (true, ..) => End::Open,
            (false, true, _) | (false, false, None) => End::Unknown,
            (false, false, Some(next)) => End::On(if self.goes_on { next } else { last }),
        };
        // Of an unknown end it is only known that it had not come in the last year: no number that passed on later counts.
        let known_until = if until == End::Unknown { last } else { covered };
        let mut spells = split(holders, first, until, known_until).unwrap_or_default();
        if self.before
            && let Some((_, When::Span { from, .. })) = spells.first_mut()
        {
            *from = Start::Unknown;
        }
        // The years in which the spell alone does not say that it was so.
        let from = match until {
            _ if self.before => self.first,
            End::Unknown => self.first.saturating_add(1),
            _ if !is_open && !self.goes_on => self.last,
            _ => self.last.saturating_add(1),
        };
        for year in (from..=self.last).filter_map(year) {
            // In a year in which the number passed on it is not said of whom it was so.
            if let Some([(nation, _)]) = split(holders, year, End::On(next_day(year)), covered).as_deref() {
                let said = (*nation, When::at(year));
                if !spells.contains(&said) {
                    spells.push(said);
                }
            }
        }
        spells
    }
}

/// The day after the last of a date.
fn next_day(date: PartialDate) -> PartialDate {
    date.last().next().unwrap_or(Day::LAST).into()
}
