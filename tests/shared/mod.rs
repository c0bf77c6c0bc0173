//! Other people's files, where they are at hand, and one that is too long to be at hand.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::fs;
use std::io::{self, Read};
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

/// So many bytes, without the memory.
pub(crate) struct Endless(pub(crate) u64, pub(crate) u8);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(usize::try_from(self.0).unwrap());
        into[..length].fill(self.1);
        self.0 -= length as u64;
        Ok(length)
    }
}
