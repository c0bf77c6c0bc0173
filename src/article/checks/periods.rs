//! Periods that can hold no day.

use crate::article::problem::{Problem, Problems};
use crate::article::syntax::Fact;
use crate::diagnostic::Code;

pub(super) fn check(nth: usize, fact: &Fact<'_>, problems: &mut Problems) {
    if let Err(error) = fact.when().check() {
        problems.add(|| {
            let ends_by = fact.when.as_ref().is_some_and(|when| when.ended_by.is_some());
            let path = format!("/facts/{nth}/when/{}", if ends_by { "ended_by" } else { "until" });
            Problem::at(Code::C0709, path, error.to_string()).hint("swap from and until")
        });
    }
}
