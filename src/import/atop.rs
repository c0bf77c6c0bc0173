//! The alliances of ATOP: who was in which, from when to when, and what the members pledged.
//!
//! It knows alliances by their numbers; the project's tables give no names.

use std::collections::BTreeMap;
use std::io::Read;

use super::ledger::ImportReport;
use super::nations::{Nations, Part};
use super::options::{Reading, options};
use super::table::{Column, DateColumns, Row, Table, Wrong};
use crate::batch::{Batch, Claimed, Description, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::Scheme;
use crate::model::relations::MemberOf;
use crate::model::{Coalition, CoalitionKind, Id, Pledge};
use crate::provenance::Source;
use crate::time::{End, PartialDate, Start, When};

options! {
    /// How the members of ATOP's alliances are read: see [`read_atop`].
    AtopOptions, "atop-member-level.csv", "atop/members"
}

pub(super) const PUBLISHER: &str = "Alliance Treaty Obligations and Provisions Project";
pub(super) const RIGHTS: &str = "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell, and Andrew G. Long. 2002. \
     Alliance Treaty Obligations and Provisions, 1815-1944. International Interactions 28: 237-260.";
pub(super) const URL: &str = "http://www.atopdata.org";

/// Reads the member-level table of ATOP (`atop-member-level.csv`, versions 3 to 5): a row for each alliance, member and phase.
///
/// - Columns: `atopid`, `member` (a COW code), `yrent`, `moent`, `dayent`, `yrexit`, `moexit`, `dayexit`, `phase`, `defense`,
///   `offense`, `neutral`, `nonagg`, `consul`, and `version` (it says how far the file goes: version 3 to the end of 2003, 4 to 2016,
///   5 to 2018; for others say it with [`AtopOptions::coverage_end`]). The terms of the treaties in the other columns are left.
/// - An alliance becomes `coalition/atop-1005`, of kind alliance, with the pledges that any of its members made in every phase.
///   A phase in which more was pledged is a coalition too, `coalition/atop-1155.2`, with the pledges and members of that phase: so
///   that nobody is an ally before the pledge, nor after.
/// - A row becomes a membership from the day of entry; `yrexit` 0 is still in force, open at the end of coverage. The day of exit
///   is the first day out: that is how phases follow each other in the table. A month or day that is not given is unknown. What
///   the member itself pledged stands in the gloss, for pledges are not always mutual: [`AtopTerms::of_gloss`] reads it.
/// - Where a number passed from one nation to another the membership is cut: the Soviet Union's goes on as Russia's.
/// - Nothing is dropped. A member that the gazetteer does not know is rejected: in version 4 that is 8152 of alliance 1320, a number that is
///   neither in the state system nor in the project's own table of pairs.
///
/// The data are the project's (<http://www.atopdata.org>), which states no licence: bring your own. Cite Leeds et al. 2002 (International Interactions 28:
/// 237-260). Linear in the file, and holds its rows; a row is an item.
///
/// ```
/// use comity::{AllianceLens, AtopOptions, Graph, Nation, read_atop};
/// let rows = "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,defense,offense,neutral,nonagg,consul,version\n\
///             9001,20,1950,4,,0,0,0,0,1,0,0,0,1,5.1\n9001,395,1950,4,,0,0,0,0,1,0,0,0,1,5.1\n";
/// let (batch, report) = read_atop(rows.as_bytes(), &AtopOptions::new());
/// assert!(report.is_clean() && report.mapped() == 2);
/// let graph = Graph::new().apply(batch)?;
/// let canada = graph.find::<Nation>("CAN").expect("just read");
/// let allies = graph.view().as_of("1960-01-01".parse()?).allies(canada, AllianceLens::DefencePact).count();
/// assert_eq!(allies, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_atop(reader: impl Read, options: &AtopOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let reading = &options.0;
    let Some(mut table) = Table::with_heading(reader, &reading.file, &mut report) else {
        return (batch, report);
    };
    let Some(columns) = Columns::of(&table, &mut report) else { return (batch, report) };
    let nations = Nations::of(Scheme::Cow);
    let mut alliances = Alliances::default();
    let mut version = None;
    while let Some(row) = table.next(&mut report) {
        match columns.read(&row, &nations, reading, &mut version) {
            Ok(member) => {
                alliances.add(member);
                report.map();
            }
            Err(wrong) => report.reject(*wrong),
        }
    }
    if let Some(version) = version {
        let source = batch.source(version.source(reading, "members"));
        alliances.write(&mut batch, source, nations);
    }
    (batch, report)
}

/// The version of the file, as its first sound row has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    number: Option<i32>,
    pub(super) covered: PartialDate,
}

impl Version {
    /// That of a row, and how far it goes.
    pub(super) fn of(row: &Row<'_>, column: Column, reading: &Reading) -> Result<Self, Wrong> {
        let number =
            row.optional_decimal(column)?.map(|number| number.floor()).filter(|number| (1.0..100.0).contains(number));
        let number = number.map(|number| number as i32);
        let year = match number {
            Some(3) => Some(2003),
            Some(4) => Some(2016),
            Some(5) => Some(2018),
            _ => None,
        };
        match (reading.coverage_end, year.map(|year| PartialDate::day(year, 12, 31))) {
            (Some(covered), _) | (None, Some(Ok(covered))) => Ok(Self { number, covered }),
            (None, _) => {
                let hint = "say with coverage_end how far the file goes";
                Err(row.wrong(Code::I0206, column, "a version that is not known", Some(hint)))
            }
        }
    }

    pub(super) fn source(self, reading: &Reading, level: &str) -> Source {
        let number = self.number.map(|number| format!(" {number}")).unwrap_or_default();
        let mut source = Source::dataset(&reading.source)
            .title(&format!("Alliance Treaty Obligations and Provisions{number}: {level}"))
            .publisher(PUBLISHER)
            .published(self.covered);
        source.rights = Some(RIGHTS.into());
        source.url = Some(URL.into());
        source
    }
}

/// The five columns of pledges, in the order of [`Pledge::ALL`].
pub(super) const PLEDGES: [&str; 5] = ["defense", "offense", "neutral", "nonagg", "consul"];

/// Pledges as bits, in the order of [`Pledge::ALL`].
pub(super) type Pledges = u8;

pub(super) fn pledges(row: &Row<'_>, columns: &[Column; 5]) -> Result<Pledges, Wrong> {
    columns.iter().enumerate().try_fold(0, |sum, (bit, column)| {
        let pledged = row.optional_number(*column, 0..=1)?.unwrap_or(0) == 1;
        Ok(sum | Pledges::from(pledged) << bit)
    })
}

pub(super) fn list(pledges: Pledges) -> impl Iterator<Item = Pledge> {
    Pledge::ALL.iter().enumerate().filter(move |(bit, _)| pledges & (1 << bit) != 0).map(|(_, pledge)| *pledge)
}

struct Columns {
    alliance: Column,
    member: Column,
    from: DateColumns,
    exit: DateColumns,
    phase: Column,
    pledges: [Column; 5],
    version: Column,
}

/// A sound row.
struct Member {
    alliance: i32,
    phase: i32,
    pledges: Pledges,
    parts: Vec<Part>,
}

impl Columns {
    fn of(table: &Table<'_>, report: &mut ImportReport) -> Option<Self> {
        let names = ["atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", "phase"];
        let [alliance, member, y, m, d, to_y, to_m, to_d, phase] = table.columns(names, report)?;
        let pledges = table.columns(PLEDGES, report)?;
        let version = table.optional("version");
        Some(Self { alliance, member, from: [y, m, d], exit: [to_y, to_m, to_d], phase, pledges, version })
    }

    fn read(
        &self,
        row: &Row<'_>,
        nations: &Nations,
        reading: &Reading,
        version: &mut Option<Version>,
    ) -> Result<Member, Wrong> {
        let now = match version {
            Some(version) => *version,
            None => Version::of(row, self.version, reading)?,
        };
        let (alliance, phase) = (row.number(self.alliance, 1..=99_999)?, row.number(self.phase, 0..=99)?);
        let pledges = pledges(row, &self.pledges)?;
        let from = row.date(self.from)?;
        let until = match (row.optional_number(self.exit[0], i32::MIN..=i32::MAX)?, row.optional_date(self.exit)?) {
            (Some(0), None) => End::Open,
            (_, None) => End::Unknown,
            (_, Some(exit)) => End::On(exit),
        };
        let when = When::Span { from: Start::On(from), until };
        when.check().map_err(|error| row.wrong(Code::I0204, self.exit[0], &error.to_string(), None))?;
        let parts = nations.parts(row, self.member, from, until, now.covered)?;
        *version = Some(now);
        Ok(Member { alliance, phase, pledges, parts })
    }
}

/// The rows of the file, and what each alliance pledged in each phase.
#[derive(Default)]
struct Alliances {
    members: Vec<Member>,
    phases: BTreeMap<i32, BTreeMap<i32, Pledges>>,
}

impl Alliances {
    fn add(&mut self, member: Member) {
        *self.phases.entry(member.alliance).or_default().entry(member.phase).or_default() |= member.pledges;
        self.members.push(member);
    }

    fn write(&self, batch: &mut Batch, source: SourceId, mut nations: Nations) {
        let mut coalitions: BTreeMap<(i32, Option<i32>), Id<Coalition>> = BTreeMap::new();
        for (alliance, phases) in &self.phases {
            let common = phases.values().fold(Pledges::MAX, |common, pledges| common & pledges);
            let name = format!("ATOP alliance {alliance}");
            coalitions.insert((*alliance, None), coalition(batch, source, &alliance.to_string(), &name, common));
            for (phase, pledges) in phases.iter().filter(|(_, pledges)| **pledges != common) {
                let (slug, name) = (format!("{alliance}.{phase}"), format!("{name}, phase {phase}"));
                coalitions.insert((*alliance, Some(*phase)), coalition(batch, source, &slug, &name, *pledges));
            }
        }
        for Member { alliance, phase, pledges, parts } in &self.members {
            let gloss = AtopTerms { phase: *phase, pledges: list(*pledges).collect() }.gloss();
            for (nation, when) in parts {
                let nation = nations.node(batch, source, nation);
                let bodies = [coalitions.get(&(*alliance, None)), coalitions.get(&(*alliance, Some(*phase)))];
                for body in bodies.into_iter().flatten() {
                    batch.claim(source, Claimed::new(MemberOf::default(), nation, *body).when(*when).gloss(&gloss));
                }
            }
        }
    }
}

/// An alliance in the batch.
pub(super) fn coalition(
    batch: &mut Batch,
    source: SourceId,
    slug: &str,
    name: &str,
    pledges: Pledges,
) -> Id<Coalition> {
    let node = batch.node::<Coalition>(&format!("atop-{slug}")).expect("a number is a slug");
    let description = Description::new().name(name).coalition(CoalitionKind::Alliance);
    let description = list(pledges).fold(description, Description::pledge);
    batch.describe(source, node, description).expect("an alliance has a name and pledges");
    node
}

/// What a member of one of ATOP's alliances itself pledged, and in which phase: as the gloss of its membership says, for pledges are not
/// always mutual. An alliance pledges what any of its members does.
///
/// ```
/// use comity::{AtopTerms, Pledge};
/// let terms = AtopTerms::of_gloss("phase 2: pledges defense, consultation").expect("it is written so");
/// assert_eq!((terms.phase(), terms.pledges()), (2, &[Pledge::Defense, Pledge::Consultation][..]));
/// assert!(AtopTerms::of_gloss("pledges nothing").is_some_and(|terms| terms.pledges().is_empty()));
/// assert!(AtopTerms::of_gloss("promises the moon").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtopTerms {
    phase: i32,
    pledges: Vec<Pledge>,
}

const PLEDGES_NOTHING: &str = "nothing";

impl AtopTerms {
    /// What the gloss of a membership says, as [`read_atop`] writes it.
    #[must_use]
    pub fn of_gloss(gloss: &str) -> Option<Self> {
        let (phase, rest) = match gloss.strip_prefix("phase ") {
            Some(rest) => rest.split_once(": ").and_then(|(phase, rest)| Some((phase.parse().ok()?, rest)))?,
            None => (0, gloss),
        };
        let pledges = match rest.strip_prefix("pledges ")? {
            PLEDGES_NOTHING => Vec::new(),
            words => words.split(", ").map(Pledge::from_word).collect::<Option<_>>()?,
        };
        Some(Self { phase, pledges })
    }

    /// The phase of the alliance; 0 where it has but one.
    #[must_use]
    pub fn phase(&self) -> i32 {
        self.phase
    }

    /// What the member pledged, in the order of [`Pledge::ALL`].
    #[must_use]
    pub fn pledges(&self) -> &[Pledge] {
        &self.pledges
    }

    fn gloss(&self) -> String {
        let pledged: Vec<_> = self.pledges.iter().map(|pledge| pledge.as_str()).collect();
        let pledged = if pledged.is_empty() { PLEDGES_NOTHING.into() } else { pledged.join(", ") };
        match self.phase {
            0 => format!("pledges {pledged}"),
            phase => format!("phase {phase}: pledges {pledged}"),
        }
    }
}
