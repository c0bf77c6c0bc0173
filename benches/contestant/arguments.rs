//! What a contestant is told: which data, and which workloads.

use std::path::PathBuf;

use crate::clock::Failure;

#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) data: PathBuf,
    pub(crate) scale: String,
    pub(crate) results: Option<PathBuf>,
    pub(crate) only: Vec<String>,
    pub(crate) runs: Option<usize>,
    /// A file of the same facts in the native format, which is loaded instead.
    pub(crate) native: Option<PathBuf>,
    /// Where such a file is to be written: nothing else is done.
    pub(crate) write_native: Option<PathBuf>,
    /// A file of the checksums that the answers must have.
    pub(crate) check: Option<PathBuf>,
}

pub(crate) fn arguments() -> Result<Arguments, Failure> {
    use lexopt::prelude::*;
    let mut given = Arguments { scale: "S".into(), ..Arguments::default() };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("data") => given.data = parser.value()?.into(),
            Long("scale") => given.scale = parser.value()?.string()?,
            Long("results") => given.results = Some(parser.value()?.into()),
            Long("check") => given.check = Some(parser.value()?.into()),
            Long("native") => given.native = Some(parser.value()?.into()),
            Long("write-native") => given.write_native = Some(parser.value()?.into()),
            Long("runs") => given.runs = Some(parser.value()?.parse()?),
            Long("only") => given.only = parser.value()?.string()?.split(',').map(str::to_owned).collect(),
            // What cargo itself says to a bench.
            Long("bench") => {}
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(given)
}
