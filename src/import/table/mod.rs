//! Tables of delimited text: rows with named columns, read one after the other.
//!
//! It says what stands in a field and where; what that means is for the readers of each data set.

mod first;
mod row;
mod rows;

use std::io::Read;

pub(crate) use first::first_line;
pub(crate) use row::{DateColumns, Row, Wrong};
pub(crate) use rows::Format;
use rows::{FIELDS, Next, NoRow, ROW_BYTES, Rows};

use super::ledger::ImportReport;
use super::wrong::wrong_line;
use crate::diagnostic::{Code, Diagnostic};

/// A column of a table: what [`Table::columns`] gives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Which field of a row; none has it where the table lacks the column.
    at: Option<usize>,
    name: &'static str,
}

/// A table that is being read.
pub(crate) struct Table<'r> {
    rows: Rows<'r>,
    file: Box<str>,
    /// The names of the columns, lower case.
    headings: Vec<Box<str>>,
}

impl<'r> Table<'r> {
    /// Begins a table whose first row names its columns, and shows by what fields are parted: commas, tabs or semicolons. Without one it
    /// is reported, and there is no table.
    pub(crate) fn with_heading(reader: impl Read + 'r, file: &str, report: &mut ImportReport) -> Option<Self> {
        let (first, reader) = first_line(reader);
        let format = Format::of(&first);
        let mut table = Self { rows: Rows::new(reader, format), file: file.into(), headings: Vec::new() };
        match table.rows.next() {
            Next::Row => {}
            Next::NoRow(no_row) => {
                report.reject(table.no_row(&no_row));
                return None;
            }
            Next::End => {
                report.reject(table.diagnostic(
                    Code::I0108,
                    "the file is empty",
                    Some("a first row names the columns"),
                ));
                return None;
            }
        }
        for nth in 0..table.rows.count() {
            let field = table.rows.field(nth);
            let field = if nth == 0 { field.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(field) } else { field };
            let Ok(name) = std::str::from_utf8(field) else {
                let is_utf16 = nth == 0 && (field.starts_with(b"\xFF\xFE") || field.starts_with(b"\xFE\xFF"));
                let hint = if is_utf16 { "it is UTF-16: save it as UTF-8" } else { "save the file as UTF-8" };
                let message = "the first row is not UTF-8";
                report.reject(table.at_field(nth, table.diagnostic(Code::I0101, message, Some(hint))));
                return None;
            };
            table.headings.push(name.trim().to_lowercase().into());
        }
        table.rows.columns = Some(table.headings.len());
        Some(table)
    }

    /// Begins a table without a first row of names: the columns are known by their order.
    pub(crate) fn without_heading(
        reader: impl Read + 'r,
        file: &str,
        format: Format,
        columns: &[&'static str],
    ) -> Self {
        let headings: Vec<Box<str>> = columns.iter().map(|name| (*name).into()).collect();
        let mut rows = Rows::new(reader, format);
        rows.columns = Some(headings.len());
        Self { rows, file: file.into(), headings }
    }

    /// The columns of these names, which must be there, each once. If not, every one that is wrong is in the diagnostic by which
    /// the file is rejected.
    pub(crate) fn columns<const N: usize>(
        &self,
        names: [&'static str; N],
        report: &mut ImportReport,
    ) -> Option<[Column; N]> {
        let found = names.map(|name| self.optional(name));
        let missing: Vec<_> = found.iter().filter(|column| column.at.is_none()).map(|column| column.name).collect();
        if let Some(first) = missing.first() {
            let message = format!("no column {}", missing.join(", "));
            let known: Vec<_> = self.headings.iter().take(12).map(|name| &**name).collect();
            let more = if self.headings.len() > known.len() { ", ..." } else { "" };
            let hint = format!("the first row names the columns; it has {}{more}", known.join(", "));
            let mut diagnostic = self.diagnostic(Code::I0102, &message, Some(&row::shortened(&hint, 300)));
            diagnostic.path = format!("/{first}");
            report.reject(diagnostic);
            return None;
        }
        for column in found {
            let mut places = (0..self.headings.len()).filter(|nth| &*self.headings[*nth] == column.name);
            if let Some(second) = places.nth(1) {
                let message = format!("two columns {}", column.name);
                let mut diagnostic = self.diagnostic(Code::I0107, &message, Some("keep the one that is meant"));
                diagnostic.path = format!("/{}", column.name);
                report.reject(self.at_field(second, diagnostic));
                return None;
            }
        }
        Some(found)
    }

    /// A column that need not be there: then its fields are empty.
    pub(crate) fn optional(&self, name: &'static str) -> Column {
        Column { at: self.headings.iter().position(|heading| &**heading == name), name }
    }

    /// Whether the table has a column of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headings.iter().any(|heading| &**heading == name)
    }

    /// All columns but these, with their names in lower case.
    pub(crate) fn others(&self, but: &[Column]) -> Vec<(Column, Box<str>)> {
        let is_other = |nth: &usize| but.iter().all(|column| column.at != Some(*nth));
        let columns = (0..self.headings.len()).filter(is_other);
        columns.map(|nth| (Column { at: Some(nth), name: "" }, self.headings[nth].clone())).collect()
    }

    /// About the name of a column.
    pub(crate) fn bad_heading(&self, column: Column, code: Code, message: &str) -> Diagnostic {
        let nth = column.at.unwrap_or_default();
        let mut diagnostic = self.diagnostic(code, message, Some("the first row names the columns"));
        diagnostic.value = Some(format!("\"{}\"", row::shortened(&self.headings[nth], 60)));
        self.at_field(nth, diagnostic)
    }

    /// The next row. What is none is rejected on the way.
    pub(crate) fn next(&mut self, report: &mut ImportReport) -> Option<Row<'_>> {
        loop {
            match self.rows.next() {
                Next::Row => break,
                Next::NoRow(no_row) => report.reject(self.no_row(&no_row)),
                Next::End => return None,
            }
        }
        Some(Row { rows: &self.rows, file: &self.file, headings: &self.headings })
    }

    /// About the line at hand as a whole.
    fn diagnostic(&self, code: Code, message: &str, hint: Option<&str>) -> Diagnostic {
        wrong_line(&self.file, self.rows.line(), code, message, hint)
    }

    fn at_field(&self, nth: usize, diagnostic: Diagnostic) -> Diagnostic {
        let (line, column) = self.rows.place(nth);
        Diagnostic { line, column, ..diagnostic }
    }

    fn no_row(&self, no_row: &NoRow) -> Diagnostic {
        match no_row {
            NoRow::TooLong => {
                let message = format!("the row is longer than {ROW_BYTES} bytes");
                self.diagnostic(Code::I0104, &message, Some("reading goes on at the next line"))
            }
            NoRow::TooManyFields => {
                let message = format!("the row has more than {FIELDS} fields");
                self.diagnostic(Code::I0104, &message, Some("reading goes on at the next line"))
            }
            NoRow::Fields(found) => {
                let message = format!("{found} fields in a table of {} columns", self.headings.len());
                let hint =
                    "a field is missing, or a comma or tab stands in one without quotes; or the file is cut off here";
                self.diagnostic(Code::I0103, &message, Some(hint))
            }
            NoRow::OpenQuote => {
                let hint = "close it, or double it if it is meant; reading goes on at the next line";
                self.diagnostic(Code::I0105, "a quote is not closed", Some(hint))
            }
            NoRow::Failed(why) => {
                let message = format!("the file cannot be read any further: {why}");
                self.diagnostic(Code::I0106, &message, Some("what was read before is in the batch"))
            }
        }
    }
}
