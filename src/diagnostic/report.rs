//! The ledger: how many articles were read, kept and rejected, and why.

use super::{Code, Diagnostic, Severity};

/// What came of a load: read = kept + rejected, with a diagnostic for every rejection. Prints the diagnostics, then the sum.
///
/// ```
/// use comity::Loader;
/// let (batch, report) = Loader::new().read_str("note.json", "{}");
/// assert_eq!((report.read(), report.kept(), report.rejected(), batch.sources()), (1, 0, 1, 0));
/// assert!(!report.is_clean());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    kept: usize,
    rejected: usize,
    diagnostics: Vec<Diagnostic>,
    showing: Showing,
}

/// Whether what is found is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Showing {
    #[default]
    All,
    /// So many of a file, of which some are left.
    Most { most: usize, left: usize },
    /// It has been said that no more are.
    Stopped,
}

impl Report {
    /// How many articles were read.
    #[must_use]
    pub fn read(&self) -> usize {
        self.kept + self.rejected
    }

    /// How many of them are in the batch.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// How many of them are not, each for a diagnostic that is an error.
    #[must_use]
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// What was found, file after file in the order of reading; within an article by stage, then by place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether nothing was found, not even a warning.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Begins a file, of which so many diagnostics are shown.
    pub(crate) fn begin_file(&mut self, most: usize) {
        self.showing = Showing::Most { most, left: most };
    }

    /// Ends it: a report is what it says, not how it came about.
    pub(crate) fn end_file(&mut self) {
        self.showing = Showing::All;
    }

    /// An article that is in the batch, with what is to be said of it.
    pub(crate) fn keep(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.kept += 1;
        diagnostics.into_iter().for_each(|one| self.show(one));
    }

    /// An article that is not in the batch, with the reasons.
    pub(crate) fn reject(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.rejected += 1;
        let mut has_reason = false;
        for one in diagnostics {
            has_reason |= one.severity == Severity::Error;
            self.show(one);
        }
        debug_assert!(has_reason, "a rejection has a reason");
    }

    /// Shows it, or at the place of the first that is not shown says so; the ledger counts on.
    fn show(&mut self, diagnostic: Diagnostic) {
        match &mut self.showing {
            Showing::All => self.diagnostics.push(diagnostic),
            Showing::Most { left: left @ 1.., .. } => {
                *left -= 1;
                self.diagnostics.push(diagnostic);
            }
            Showing::Most { most, .. } => {
                let message = format!("stopped after {most} diagnostics");
                self.showing = Showing::Stopped;
                self.diagnostics.push(Diagnostic {
                    severity: Code::C0906.severity(),
                    code: Code::C0906,
                    path: String::new(),
                    value: None,
                    message,
                    hint: Some("mend these first, or raise the limit".into()),
                    ..diagnostic
                });
            }
            Showing::Stopped => {}
        }
    }
}
