//! The formal alliances of the Correlates of War, by member.
//!
//! The project asks that programs do not carry its data: this reads a copy of one's own.

use std::io::Read;

use super::ledger::ImportReport;
use super::nations::{Nations, ended_after};
use super::options::{Reading, options};
use super::table::{Column, DateColumns, Row, Table, Wrong};
use crate::batch::{Batch, Claimed, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, Scheme};
use crate::model::relations::MemberOf;
use crate::model::{Coalition, CoalitionKind, Pledge};
use crate::provenance::Source;
use crate::time::{End, PartialDate, Start, When};

options! {
    /// How the alliances of the Correlates of War are read: see [`read_cow_alliances`].
    CowAlliancesOptions, "alliance_v4.1_by_member.csv", "cow/alliances"
}

const RIGHTS: &str = "Gibler, Douglas M. 2009. International Military Alliances, 1648-2008. CQ Press. The project asks that its \
     alliance data be got from correlatesofwar.org, not passed on.";

/// Reads the formal alliances of the Correlates of War by member (`alliance_v4.1_by_member.csv`): a row for each alliance and
/// member.
///
/// - Columns: `version4id`, `ccode`, `ss_type`, `mem_st_day`, `mem_st_month`, `mem_st_year`, `mem_end_day`, `mem_end_month`,
///   `mem_end_year`, `right_censor`. `state_name`, where it is there, is checked: a row whose code and name are of different
///   nations is rejected. The dates of the alliance (`all_...`) say nothing that those of its members do not.
/// - An alliance becomes `coalition/cow-alliance-210`, of kind alliance, with the pledge of its type: a defence pact, neutrality,
///   non-aggression, or an entente, which pledges consultation. A type that is none of these is rejected.
/// - A row becomes a membership until the day after the last, which the list counts in. `right_censor` 1 is still in force, open
///   at the end of coverage (2012-12-31 for version 4.1). Alliances from before 1816 begin on 1816-01-01, as in the list.
/// - Where a number passed from one nation to another the membership is cut. Nothing is dropped.
///
/// The data are the Correlates of War Project's (<https://correlatesofwar.org>), which asks that programs do not carry them; bring
/// your own. Cite Gibler 2009 (International Military Alliances, 1648-2008). Linear in the file; a row is an item.
///
/// ```
/// use comity::{CowAlliancesOptions, read_cow_alliances};
/// let rows = "version4id,ccode,ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,mem_end_year,right_censor\n\
///             9001,20,Type I: Defense Pact,4,4,1950,,,,1\n9001,395,Type I: Defense Pact,4,4,1950,1,6,1960,0\n";
/// let (batch, report) = read_cow_alliances(rows.as_bytes(), &CowAlliancesOptions::new());
/// assert!(report.is_clean());
/// assert_eq!((report.mapped(), batch.claims()), (2, 2));
/// ```
#[must_use]
pub fn read_cow_alliances(reader: impl Read, options: &CowAlliancesOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let names = ["version4id", "ccode", "ss_type", "right_censor"];
    let Some([alliance, code, kind, censored]) = table.columns(names, &mut report) else { return (batch, report) };
    let names = ["mem_st_year", "mem_st_month", "mem_st_day", "mem_end_year", "mem_end_month", "mem_end_day"];
    let Some([y, m, d, to_y, to_m, to_d]) = table.columns(names, &mut report) else { return (batch, report) };
    let name = table.optional("state_name");
    let columns = Columns { alliance, code, kind, censored, from: [y, m, d], last: [to_y, to_m, to_d], name };
    let covered = reading.coverage_end.unwrap_or(COVERED.parse().expect("a date"));
    let source = batch.source(dataset(reading, covered));
    let mut nations = Nations::of(Scheme::Cow);
    while let Some(row) = table.next(&mut report) {
        match columns.write(&row, &mut batch, source, &mut nations, covered) {
            Ok(()) => report.map(),
            Err(wrong) => report.reject(*wrong),
        }
    }
    (batch, report)
}

/// How far version 4.1 goes.
const COVERED: &str = "2012-12-31";

fn dataset(reading: &Reading, covered: PartialDate) -> Source {
    let mut source = Source::dataset(&reading.source)
        .title("Formal Alliances, by member")
        .publisher("Correlates of War Project")
        .published(covered);
    source.rights = Some(RIGHTS.into());
    source.url = Some("https://correlatesofwar.org/data-sets/formal-alliances/".into());
    source
}

struct Columns {
    alliance: Column,
    code: Column,
    kind: Column,
    censored: Column,
    from: DateColumns,
    last: DateColumns,
    name: Column,
}

impl Columns {
    fn write(
        &self,
        row: &Row<'_>,
        batch: &mut Batch,
        source: SourceId,
        nations: &mut Nations,
        covered: PartialDate,
    ) -> Result<(), Wrong> {
        let alliance = row.number(self.alliance, 1..=99_999)?;
        let pledges = self.pledges(row)?;
        let from = row.date(self.from)?;
        let is_open = row.number(self.censored, 0..=1)? == 1;
        let until = match row.optional_date(self.last)? {
            // What is still in force has no end, or that of the coverage.
            Some(last) if !(is_open && last.last() >= covered.last()) => ended_after(last),
            _ if is_open => End::Open,
            _ => End::Unknown,
        };
        let when = When::Span { from: Start::On(from), until };
        when.check().map_err(|error| row.wrong(Code::I0204, self.last[0], &error.to_string(), None))?;
        let name = row.text(self.name)?;
        if !name.is_empty() {
            nations.check_name(row, self.code, self.name, &Gazetteer::builtin().look_up_at(name, from.first()))?;
        }
        let parts = nations.parts(row, self.code, from, until, covered)?;
        let body = batch.node::<Coalition>(&format!("cow-alliance-{alliance}")).expect("a number is a slug");
        let description =
            Description::new().name(&format!("COW alliance {alliance}")).coalition(CoalitionKind::Alliance);
        let description = pledges.iter().copied().fold(description, Description::pledge);
        batch.describe(source, body, description).expect("an alliance has a name and pledges");
        for (nation, when) in parts {
            let nation = nations.node(batch, source, nation);
            batch.claim(source, Claimed::new(MemberOf::default(), nation, body).when(when));
        }
        Ok(())
    }

    /// The pledges of a type, by the words that say it: the numbering of the types differs between versions.
    fn pledges(&self, row: &Row<'_>) -> Result<Vec<Pledge>, Wrong> {
        let said = row.required_text(self.kind)?.to_lowercase();
        let words = [
            ("defen", Pledge::Defense),
            ("neutral", Pledge::Neutrality),
            ("aggression", Pledge::Nonaggression),
            ("entente", Pledge::Consultation),
        ];
        let pledges: Vec<_> = words.iter().filter(|(word, _)| said.contains(word)).map(|(_, pledge)| *pledge).collect();
        if pledges.is_empty() {
            let hint = "a defense pact, neutrality, nonaggression or an entente";
            return Err(row.wrong(Code::I0206, self.kind, "a type of alliance that is not known", Some(hint)));
        }
        Ok(pledges)
    }
}
