//! The ledger of a reader: what became of every item of a file, and why.
//!
//! It knows nothing of columns: readers say what they did with an item, this adds it up.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Severity};

/// What came of reading a file of other people's data: every item is exactly one of mapped, kept, dropped or rejected. Prints the
/// diagnostics, then the sum.
///
/// What an item is, a reader says: mostly a row.
///
/// ```
/// # #[cfg(feature = "tables")] {
/// use comity::{CowStatesOptions, read_cow_states};
/// let rows = "stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n\
///             CAN,20,1920,1,10,2016,12,31,2016\nXXX,9999,1920,1,10,2016,12,31,2016\n";
/// let (batch, report) = read_cow_states(rows.as_bytes(), &CowStatesOptions::new());
/// assert_eq!((report.read(), report.mapped(), report.rejected(), batch.claims()), (2, 1, 1, 1));
/// assert_eq!(report.diagnostics()[0].line, 3);
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    mapped: u64,
    kept: u64,
    dropped: IndexMap<Cow<'static, str>, u64>,
    rejected: u64,
    warnings: u64,
    diagnostics: Vec<Diagnostic>,
    untold: u64,
}

impl ImportReport {
    /// The most diagnostics that are held; those past it are only counted.
    pub const DIAGNOSTICS: usize = 1_000;
    const RULES: usize = 1_000;

    /// How many items were read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.mapped + self.kept + self.dropped() + self.rejected
    }

    /// How many became claims.
    #[must_use]
    pub fn mapped(&self) -> u64 {
        self.mapped
    }

    /// How many are in the batch as they are, without a claim of their own kind: as a description, a statement or a weight.
    #[must_use]
    pub fn kept(&self) -> u64 {
        self.kept
    }

    /// How many were left out by a rule of the reader.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.values().sum()
    }

    /// The rules by which items were left out, with how many each took, in the order of first use.
    #[must_use]
    pub fn dropped_by(&self) -> impl ExactSizeIterator<Item = (&str, u64)> {
        self.dropped.iter().map(|(rule, count)| (&**rule, *count))
    }

    /// How many are wrong, and not in the batch; each has a diagnostic that is an error.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.rejected
    }

    /// How many warnings there were: beside the sum, for they reject nothing.
    #[must_use]
    pub fn warnings(&self) -> u64 {
        self.warnings
    }

    /// What was found, in the order of the file: the first [`Self::DIAGNOSTICS`].
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more diagnostics there were than are held.
    #[must_use]
    pub fn untold(&self) -> u64 {
        self.untold
    }

    /// Whether nothing was found, not even a warning. What is dropped by a rule is no finding.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.rejected == 0 && self.warnings == 0
    }

    /// An item that became claims.
    pub(crate) fn map(&mut self) {
        self.mapped += 1;
    }

    /// Items that are in the batch as they are.
    pub(crate) fn keep(&mut self) {
        self.kept += 1;
    }

    /// Items that are left out by a rule, named as it is told: "a member that is not in the system".
    ///
    /// A rule may name what the file calls it, so there can be as many as it likes: those past the most are counted together.
    pub(crate) fn drop(&mut self, rule: impl Into<Cow<'static, str>>, count: u64) {
        let rule = rule.into();
        if count > 0 {
            let is_one_too_many = self.dropped.len() >= Self::RULES && !self.dropped.contains_key(&rule);
            let rule = if is_one_too_many { Cow::Borrowed("by further rules") } else { rule };
            *self.dropped.entry(rule).or_default() += count;
        }
    }

    /// An item that is wrong.
    pub(crate) fn reject(&mut self, diagnostic: Diagnostic) {
        debug_assert_eq!(diagnostic.severity, Severity::Error, "a rejection has a reason");
        self.rejected += 1;
        self.tell(diagnostic);
    }

    /// Something suspicious about an item, that rejects nothing.
    pub(crate) fn warn(&mut self, diagnostic: Diagnostic) {
        debug_assert_eq!(diagnostic.severity, Severity::Warning, "it rejects nothing");
        self.warnings += 1;
        self.tell(diagnostic);
    }

    /// Puts what was found in the order of the file, for a reader that goes back to what it held.
    pub(crate) fn sort(&mut self) {
        self.diagnostics.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < Self::DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.untold += 1;
        }
    }
}

/// The diagnostics, a line each, how many more there were, and the sum.
impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.diagnostics {
            writeln!(f, "{diagnostic}")?;
        }
        if self.untold > 0 {
            writeln!(f, "and {} more", self.untold)?;
        }
        let (read, dropped) = (self.read(), self.dropped());
        let Self { mapped, kept, rejected, warnings, .. } = self;
        write!(f, "{read} read = {mapped} mapped + {kept} kept + {dropped} dropped + {rejected} rejected")?;
        for (rule, count) in &self.dropped {
            let rule: String = rule.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
            write!(f, "; dropped {count}: {rule}")?;
        }
        if *warnings > 0 {
            write!(f, "; {warnings} warnings")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ImportReport;
    use crate::diagnostic::{Code, Diagnostic};

    fn wrong(line: u32) -> Diagnostic {
        let (file, path, message) = ("a.csv".into(), String::new(), "not a number".into());
        let severity = Code::I0201.severity();
        Diagnostic { file, line, column: 1, severity, code: Code::I0201, path, value: None, message, hint: None }
    }

    #[test]
    fn every_item_is_in_the_sum_once_and_the_report_stays_small() {
        let mut report = ImportReport::default();
        report.map();
        report.keep();
        report.drop("a rule", 2);
        report.drop("another", 1);
        report.drop("a rule", 1);
        report.drop("never used", 0);
        (1..=1_003).for_each(|line| report.reject(wrong(line)));
        assert_eq!(report.dropped_by().collect::<Vec<_>>(), [("a rule", 3), ("another", 1)]);
        assert_eq!(report.read(), 1 + 1 + 4 + 1_003);
        assert_eq!((report.diagnostics().len(), report.untold()), (ImportReport::DIAGNOSTICS, 3));
        let shown = report.to_string();
        let sum = "and 3 more\n1009 read = 1 mapped + 1 kept + 4 dropped + 1003 rejected; dropped 3: a rule; dropped 1: another";
        assert!(shown.ends_with(sum), "{shown}");
    }
}
