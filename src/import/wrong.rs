//! What is wrong at a place of a file, as a diagnostic.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::Position;

/// About a place in a file.
pub(super) fn wrong_at(file: &str, place: Position, code: Code, message: &str, hint: Option<&str>) -> Diagnostic {
    Diagnostic {
        file: file.into(),
        line: place.line,
        column: place.column,
        severity: code.severity(),
        code,
        path: String::new(),
        value: None,
        message: message.into(),
        hint: hint.map(Into::into),
    }
}

/// About a line, or the file as a whole.
pub(super) fn wrong_line(file: &str, line: u32, code: Code, message: &str, hint: Option<&str>) -> Diagnostic {
    wrong_at(file, Position { line, column: 1 }, code, message, hint)
}
