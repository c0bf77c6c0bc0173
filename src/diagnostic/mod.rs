//! What is wrong with a file, as values: a stable code, the place, the value and a hint; and the ledger of a load.
//!
//! It knows nothing of formats: readers make diagnostics, this module holds, orders and shows them.

mod code;
mod render;
mod report;

pub use code::{Code, Stage};
pub use report::Report;

use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It rejects nothing.
    Warning,
    /// The article is rejected.
    Error,
}

/// Something wrong in a file, for the person who must mend it. Prints as
/// `file:line:column: error[code] /json/pointer: message, found VALUE; hint`.
///
/// ```
/// use comity::{Code, Loader};
/// let (_, report) = Loader::new().read_str("note.json", "{\"format\": \"1\"}");
/// let first = &report.diagnostics()[0];
/// assert_eq!((first.code, first.line, first.column), (Code::C0301, 1, 1));
/// assert!(first.to_string().starts_with("note.json:1:1: error[C0301] /id: "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file, as it was named when it was read.
    pub file: Box<str>,
    /// The line, from 1; lines end at LF only.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of mistake.
    pub code: Code,
    /// The JSON pointer of the place.
    pub path: String,
    /// What stands there, shortened; none where something is missing.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The likeliest repair.
    pub hint: Option<String>,
}
