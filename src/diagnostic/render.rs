//! Diagnostics and ledgers as people read them.

use std::fmt;

use super::{Diagnostic, Report, Severity};

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        let mut f = OneLine(f);
        let Self { file, line, column, severity, code, path, value, message, hint } = self;
        write!(f, "{file}:{line}:{column}: {severity}[{code}] ")?;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        f.write_str(message)?;
        if let Some(value) = value {
            write!(f, ", found {value}")?;
        }
        hint.as_ref().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

/// Keeps what files say on one line, and from steering the terminal that it is printed on.
struct OneLine<'f, 'b>(&'f mut fmt::Formatter<'b>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.find(char::is_control) {
            let (plain, from) = rest.split_at(at);
            self.0.write_str(plain)?;
            let control = from.chars().next().unwrap_or_default();
            write!(self.0, "{}", control.escape_unicode())?;
            rest = &from[control.len_utf8()..];
        }
        self.0.write_str(rest)
    }
}

/// The diagnostics, a line each, then the ledger.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in self.diagnostics() {
            writeln!(f, "{diagnostic}")?;
        }
        write!(f, "{} read = {} kept + {} rejected", self.read(), self.kept(), self.rejected())
    }
}
