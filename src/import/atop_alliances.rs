//! When ATOP's alliances began and ended: the table with a row for each alliance.
//!
//! Who is in them stands in another table: see [`read_atop`](super::read_atop).

use std::io::Read;

use super::atop::{PLEDGES, Version, coalition, pledges};
use super::ledger::ImportReport;
use super::options::{Reading, options};
use super::table::{Column, DateColumns, Row, Table, Wrong};
use crate::batch::{Batch, Fact, SourceId};
use crate::diagnostic::Code;
use crate::model::{FactType, FoundingStep, Qualifiers, Role};
use crate::time::{End, Start, When};

options! {
    /// How ATOP's table of alliances is read: see [`read_atop_alliances`].
    AtopAlliancesOptions, "atop-alliance-level.csv", "atop/alliances"
}

/// Reads the alliance-level table of ATOP (`atop-alliance-level.csv`, versions 3 to 5): a row for each alliance.
///
/// - Columns: `atopid`, `begyr`, `begmo`, `begday`, `endyr`, `endmo`, `endday`, `maxphase`, `defense`, `offense`, `neutral`, `nonagg`,
///   `consul`, and `version` as in [`read_atop`](crate::read_atop). The members (`mem1` and so on, without dates) and the terms of
///   the treaties are left.
/// - An alliance becomes `coalition/atop-1005`, the same node as from the member-level table, founded when it began, and dissolved
///   when it ended; `endyr` 0 is still in force.
/// - The pledges are taken of alliances of one phase only (`maxphase` 0 or 1): of others the table does not say when.
/// - Nothing is dropped.
///
/// Source and citation are those of [`read_atop`](crate::read_atop). Linear in the file; a row is an item.
///
/// ```
/// use comity::{AtopAlliancesOptions, read_atop_alliances};
/// let rows = "atopid,begyr,begmo,begday,endyr,endmo,endday,maxphase,defense,offense,neutral,nonagg,consul,version\n\
///             9001,1950,4,,1960,1,2,0,1,0,0,0,1,5.1\n";
/// let (batch, report) = read_atop_alliances(rows.as_bytes(), &AtopAlliancesOptions::new());
/// assert_eq!((report.mapped(), batch.claims()), (1, 2));
/// ```
#[must_use]
pub fn read_atop_alliances(reader: impl Read, options: &AtopAlliancesOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let names = ["atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "maxphase"];
    let Some([alliance, y, m, d, to_y, to_m, to_d, phases]) = table.columns(names, &mut report) else {
        return (batch, report);
    };
    let Some(pledges) = table.columns(PLEDGES, &mut report) else { return (batch, report) };
    let version = table.optional("version");
    let columns = Columns { alliance, begin: [y, m, d], end: [to_y, to_m, to_d], phases, pledges, version };
    let mut source = None;
    while let Some(row) = table.next(&mut report) {
        match columns.write(&row, &mut batch, reading, &mut source) {
            Ok(()) => report.map(),
            Err(wrong) => report.reject(*wrong),
        }
    }
    (batch, report)
}

struct Columns {
    alliance: Column,
    begin: DateColumns,
    end: DateColumns,
    phases: Column,
    pledges: [Column; 5],
    version: Column,
}

impl Columns {
    fn write(
        &self,
        row: &Row<'_>,
        batch: &mut Batch,
        reading: &Reading,
        source: &mut Option<SourceId>,
    ) -> Result<(), Wrong> {
        let source = match source {
            Some(source) => *source,
            None => *source.insert(batch.source(Version::of(row, self.version, reading)?.source(reading, "alliances"))),
        };
        let alliance = row.number(self.alliance, 1..=99_999)?;
        let phases = row.number(self.phases, 0..=99)?;
        let pledges = pledges(row, &self.pledges)?;
        let (begin, end) = (row.date(self.begin)?, row.optional_date(self.end)?);
        if let Some(end) = end {
            let when = When::Span { from: Start::On(begin), until: End::On(end) };
            when.check().map_err(|error| row.wrong(Code::I0204, self.end[0], &error.to_string(), None))?;
        }
        let (slug, name) = (alliance.to_string(), format!("ATOP alliance {alliance}"));
        let node = coalition(batch, source, &slug, &name, if phases <= 1 { pledges } else { 0 });
        let steps = [(FoundingStep::Founded, Some(begin)), (FoundingStep::Dissolved, end)];
        for (step, date) in steps.into_iter().filter_map(|(step, date)| Some((step, date?))) {
            let fact = Fact::new(FactType::Founding).role(Role::Coalition, node);
            let fact = fact.with(Qualifiers::new().step(step)).when(When::at(date));
            batch.fact(source, fact).expect("a coalition is founded and dissolved");
        }
        Ok(())
    }
}
