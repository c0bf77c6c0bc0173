//! Answers in their canonical form: lines, and the first sixteen digits of their SHA-256.

use sha2::{Digest, Sha256};

pub(crate) fn digest(lines: impl Iterator<Item = String>) -> String {
    let text = lines.collect::<Vec<_>>().join("\n");
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// One line a query: its sorted names.
pub(crate) fn of_sets(answers: impl Iterator<Item = Vec<String>>) -> String {
    digest(answers.map(|mut names| {
        names.sort();
        names.join(",")
    }))
}
