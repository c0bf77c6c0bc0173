//! Who was a state, and who a major power, in the list of the Correlates of War.
//!
//! It does not say what a state is: it says who is in the list.

use std::io::Read;

use super::ledger::ImportReport;
use super::nations::{Nations, ended_after};
use super::options::{Reading, options};
use super::table::{Column, DateColumns, Row, Table, Wrong};
use crate::batch::{Batch, Description, Fact, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, Scheme};
use crate::model::{FactType, Group, Id, Role};
use crate::provenance::Source;
use crate::time::{End, PartialDate, Start, When};

options! {
    /// How the list of states is read: see [`read_cow_states`].
    CowStatesOptions, "states2016.csv", "cow/states"
}

options! {
    /// How the list of major powers is read: see [`read_cow_majors`].
    CowMajorsOptions, "majors2016.csv", "cow/majors"
}

const RIGHTS: &str = "Correlates of War Project. State System Membership List. Free to use with this citation.";

/// Reads the state system membership list of the Correlates of War (`states2016.csv`; any version): each row is a spell in
/// which a state was in the system.
///
/// - Columns: `ccode`, `styear`, `stmonth`, `stday`, `endyear`, `endmonth`, `endday`, `version` (a year). `stateabb` and
///   `statenme`, where they are there, are checked: a row whose code and name are of different nations is rejected.
/// - A spell becomes a composition of `group/cow-state-system`: it includes the nation from the first day until the day after
///   the last, which the list counts in (West Germany's last day is 1990-10-02, Germany's first 1990-10-03). Where a number passed
///   from one nation to another the spell is cut: 365 is four claims.
/// - A row that ends on 31 December of its version is open: certain up to that day, possible after.
/// - Nothing is dropped. Spells from before 1816 begin on 1816-01-01, as in the list.
///
/// The file is the Correlates of War Project's (<https://correlatesofwar.org>), free to use if it is cited; bring your own. Cite: Correlates of War Project.
/// 2017. State System Membership List, v2016. Linear in the file; a row is an item.
///
/// ```
/// use comity::{CowStatesOptions, Graph, Nation, RelationKind, read_cow_states};
/// let rows = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n\
///             CAN,20,Canada,1920,1,10,2016,12,31,2016\n";
/// let (batch, report) = read_cow_states(rows.as_bytes(), &CowStatesOptions::new());
/// assert!(report.is_clean() && report.mapped() == 1);
/// let graph = Graph::new().apply(batch)?;
/// let in_1920 = graph.view().as_of("1920-02-01".parse()?);
/// let system = graph.find::<comity::Group>("cow-state-system").expect("just read");
/// assert_eq!(in_1920.edges_from(RelationKind::Includes, system).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_cow_states(reader: impl Read, options: &CowStatesOptions) -> (Batch, ImportReport) {
    let list =
        List { slug: "cow-state-system", name: "State system (Correlates of War)", title: "State System Membership" };
    list.read(reader, &options.0)
}

/// Reads the list of major powers of the Correlates of War (`majors2016.csv`; any version): as [`read_cow_states`], but of
/// `group/cow-major-powers`.
///
/// Columns, dates, source and citation are those of [`read_cow_states`]; there is no `statenme`.
///
/// ```
/// use comity::{CowMajorsOptions, read_cow_majors};
/// let rows = "stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n\
///             JPN,740,1895,4,1,1945,8,14,2016\nJPN,740,1991,4,1,2016,12,31,2016\n";
/// let (batch, report) = read_cow_majors(rows.as_bytes(), &CowMajorsOptions::new());
/// assert_eq!((report.read(), report.mapped(), batch.claims()), (2, 2, 2));
/// ```
#[must_use]
pub fn read_cow_majors(reader: impl Read, options: &CowMajorsOptions) -> (Batch, ImportReport) {
    let list = List { slug: "cow-major-powers", name: "Major powers (Correlates of War)", title: "Major Powers" };
    list.read(reader, &options.0)
}

/// One of the two lists.
struct List {
    slug: &'static str,
    name: &'static str,
    title: &'static str,
}

struct Columns {
    code: Column,
    from: DateColumns,
    last: DateColumns,
    version: Column,
    abbreviation: Column,
    name: Column,
}

/// The group in the batch.
struct Into {
    source: SourceId,
    group: Id<Group>,
    covered: PartialDate,
}

impl List {
    fn read(&self, reader: impl Read, reading: &Reading) -> (Batch, ImportReport) {
        let (mut batch, mut report) = (Batch::new(), ImportReport::default());
        let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
            return (batch, report);
        };
        let names = ["ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday", "version"];
        let Some([code, y, m, d, to_y, to_m, to_d, version]) = table.columns(names, &mut report) else {
            return (batch, report);
        };
        let (abbreviation, name) = (table.optional("stateabb"), table.optional("statenme"));
        let columns = Columns { code, from: [y, m, d], last: [to_y, to_m, to_d], version, abbreviation, name };
        let mut nations = Nations::of(Scheme::Cow);
        let mut into = None;
        while let Some(row) = table.next(&mut report) {
            match self.row(&mut batch, &mut nations, &mut into, reading, &columns, &row) {
                Ok(()) => report.map(),
                Err(wrong) => report.reject(*wrong),
            }
        }
        (batch, report)
    }

    fn row(
        &self,
        batch: &mut Batch,
        nations: &mut Nations,
        into: &mut Option<Into>,
        reading: &Reading,
        columns: &Columns,
        row: &Row<'_>,
    ) -> Result<(), Wrong> {
        let version = row.number(columns.version, 1_900..=2_200)?;
        let covered = match into {
            Some(into) => into.covered,
            None => reading.coverage_end.unwrap_or(last_day_of(row, columns.version, version)?),
        };
        let (from, last) = (row.date(columns.from)?, row.date(columns.last)?);
        let until = if last.last() >= covered.last() { End::Open } else { ended_after(last) };
        let when = When::Span { from: Start::On(from), until };
        when.check().map_err(|error| row.wrong(Code::I0204, columns.last[0], &error.to_string(), None))?;
        let gazetteer = Gazetteer::builtin();
        if !row.text(columns.abbreviation)?.is_empty() {
            let said = gazetteer.by_code(Scheme::CowAlpha, row.text(columns.abbreviation)?);
            nations.check_name(row, columns.code, columns.abbreviation, &said)?;
        }
        if !row.text(columns.name)?.is_empty() {
            let said = gazetteer.look_up_at(row.text(columns.name)?, from.first());
            nations.check_name(row, columns.code, columns.name, &said)?;
        }
        let parts = nations.parts(row, columns.code, from, until, covered)?;
        let Into { source, group, .. } = into.get_or_insert_with(|| self.into(batch, reading, version, covered));
        for (nation, when) in parts {
            let nation = nations.node(batch, *source, nation);
            let fact =
                Fact::new(FactType::Composition).role(Role::Group, *group).role(Role::Includes, nation).when(when);
            batch.fact(*source, fact).expect("a group includes nations, and the dates were checked");
        }
        Ok(())
    }

    fn into(&self, batch: &mut Batch, reading: &Reading, version: i32, covered: PartialDate) -> Into {
        let mut source = Source::dataset(&reading.source)
            .title(&format!("{}, v{version}", self.title))
            .publisher("Correlates of War Project")
            .published(covered);
        source.rights = Some(RIGHTS.into());
        source.url = Some("https://correlatesofwar.org/data-sets/state-system-membership/".into());
        let source = batch.source(source);
        let group = batch.node::<Group>(self.slug).expect("a slug");
        batch.describe(source, group, Description::new().name(self.name)).expect("a group has a name");
        Into { source, group, covered }
    }
}

/// The last day of the year that is the version of a list.
fn last_day_of(row: &Row<'_>, column: Column, version: i32) -> Result<PartialDate, Wrong> {
    let year = i16::try_from(version).unwrap_or(i16::MAX);
    PartialDate::day(year, 12, 31).map_err(|error| row.wrong(Code::I0202, column, &error.to_string(), None))
}
