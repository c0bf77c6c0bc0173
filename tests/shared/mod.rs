//! Other people's files, where they are at hand.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::path::PathBuf;

/// A file of the data, or none with a line that says so.
pub(crate) fn data(path: &str) -> Option<Vec<u8>> {
    let Some(shared) = std::env::var_os("COMITY_SHARED") else {
        println!("skipped: COMITY_SHARED does not say where other people's data are");
        return None;
    };
    let path = PathBuf::from(shared).join("data").join(path);
    Some(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
