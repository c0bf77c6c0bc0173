//! National capabilities: weights of nations by year, for those who weigh.
//!
//! They are no claims: an index says nothing about a relation.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::ledger::ImportReport;
use super::nations::{CODES, Nations};
use super::options::options;
use super::table::{Column, Row, Table, Wrong};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, Scheme};
use crate::time::Day;

options! {
    /// How national capabilities are read: see [`read_cow_capabilities`].
    CowCapabilitiesOptions, "NMC.csv", "cow/capabilities"
}

/// The Composite Index of National Capability of each state and year: its share of the system's military spending and personnel,
/// iron and steel, energy, urban and total population, from 0 to 1 (Singer, Bremer and Stuckey 1972).
///
/// ```
/// use comity::{CowCapabilitiesOptions, read_cow_capabilities};
/// let (capabilities, report) =
///     read_cow_capabilities("ccode,year,cinc\n365,1950,0.25\n".as_bytes(), &CowCapabilitiesOptions::new());
/// assert_eq!(report.kept(), 1);
/// let in_1950 = |nation| capabilities.cinc(nation, comity::Day::new(1950, 6, 25).ok()?);
/// assert_eq!((in_1950("SUN"), in_1950("RUS")), (Some(0.25), None));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Capabilities(FxHashMap<(u16, i16), f64>);

impl Capabilities {
    /// The index of a nation (its key in the gazetteer, `CAN`) in the year of a day; none if the table has none, or if two numbers
    /// of the nation have one (Germany in 1990: ask for 255 or 260). Constant time.
    #[must_use]
    pub fn cinc(&self, nation: &str, on: Day) -> Option<f64> {
        let gazetteer = Gazetteer::builtin();
        let codes = gazetteer.nation(nation)?.cow_codes();
        let mut found = codes.filter_map(|code| {
            let holder = gazetteer.by_code_at(Scheme::Cow, &code.to_string(), on).one()?;
            if holder.key() == nation { self.cinc_of_code(code, on) } else { None }
        });
        found.next().filter(|_| found.next().is_none())
    }

    /// The index of a number of the Correlates of War in the year of a day, whichever nation had it. Constant time.
    #[must_use]
    pub fn cinc_of_code(&self, code: u16, on: Day) -> Option<f64> {
        self.0.get(&(code, on.year())).copied()
    }

    /// How many states and years have an index.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

const NO_INDEX: &str = "a state and year without an index";

/// Reads the national material capabilities of the Correlates of War (any version): a row for each state and year.
///
/// - Columns: `ccode`, `year`, `cinc`; the six components are left.
/// - A row is kept as a weight, from 0 to 1. A row without an index (empty or -9) is dropped by the rule "a state and year without an
///   index". A second row of a state and year is rejected.
///
/// The data are the Correlates of War Project's (<https://correlatesofwar.org>), free to use if they are cited; bring your own. Cite Singer, Bremer and Stuckey
/// 1972 (Capability Distribution, Uncertainty, and Major Power War, 1820-1965), and Singer 1987 (International Interactions 14:
/// 115-132). Linear in the file; a row is an item.
///
/// ```
/// use comity::{CowCapabilitiesOptions, read_cow_capabilities};
/// let rows = "ccode,year,milex,cinc\n20,1950,1,0.012\n20,1951,1,-9\n20,1952,1,1.2\n";
/// let (capabilities, report) = read_cow_capabilities(rows.as_bytes(), &CowCapabilitiesOptions::new().file("mine.csv"));
/// assert_eq!((report.kept(), report.dropped(), report.rejected(), capabilities.len()), (1, 1, 1, 1));
/// assert!(report.diagnostics()[0].to_string().starts_with("mine.csv:4:11: error[I0203] /cinc: "));
/// ```
#[must_use]
pub fn read_cow_capabilities(reader: impl Read, options: &CowCapabilitiesOptions) -> (Capabilities, ImportReport) {
    let (mut capabilities, mut report) = (Capabilities::default(), ImportReport::default());
    let Some(mut table) = Table::with_heading(reader, &options.0.file, &mut report) else {
        return (capabilities, report);
    };
    let Some(columns) = table.columns(["ccode", "year", "cinc"], &mut report) else { return (capabilities, report) };
    let nations = Nations::of(Scheme::Cow);
    while let Some(row) = table.next(&mut report) {
        match capabilities.add(&row, columns, &nations) {
            Ok(true) => report.keep(),
            Ok(false) => report.drop(NO_INDEX, 1),
            Err(wrong) => report.reject(*wrong),
        }
    }
    (capabilities, report)
}

impl Capabilities {
    /// Whether the row has an index.
    fn add(&mut self, row: &Row<'_>, [code, year, cinc]: [Column; 3], nations: &Nations) -> Result<bool, Wrong> {
        let number = row.number(code, CODES)?;
        nations.holders(row, code, number)?;
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        let in_year = i16::try_from(row.number(year, 1_000..=2_200)?).unwrap_or(i16::MAX);
        let Some(index) = row.optional_decimal(cinc)?.filter(|index| *index != -9.0) else { return Ok(false) };
        if !(0.0..=1.0).contains(&index) {
            return Err(row.wrong(Code::I0203, cinc, "an index is from 0 to 1", None));
        }
        if self.0.contains_key(&(number, in_year)) {
            let message = format!("{number} has an index in {in_year} already");
            return Err(row.wrong(Code::I0208, cinc, &message, None));
        }
        self.0.insert((number, in_year), index);
        Ok(true)
    }
}
