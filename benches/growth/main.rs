//! Draws how the time of each workload grows with the facts, both on scales of tens, from the rows that `contestant` appends.
//!
//! `cargo bench --bench growth -- RESULTS.jsonl > data/pictures/growth.svg`, where several runs of `contestant` wrote their rows with
//! `--results RESULTS.jsonl`: of each workload and scale the best median counts. `--peer NAME` draws another's.
#![allow(clippy::print_stdout, reason = "it is run to print")]

mod plot;
mod rows;

use std::fs;
use std::path::PathBuf;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    use lexopt::prelude::*;
    let (mut results, mut peer): (Option<PathBuf>, _) = (None, "comity".to_owned());
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(path) => results = Some(path.into()),
            Long("peer") => peer = parser.value()?.string()?,
            // What cargo itself says to a bench.
            Long("bench") => {}
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(results) = results else {
        println!("growth: give it a file of results, see benches/README.md");
        return Ok(());
    };
    let curves = rows::curves(&fs::read_to_string(&results)?, &peer)?;
    if curves.is_empty() {
        return Err(format!("{}: no workload of {peer} was run at two scales", results.display()).into());
    }
    print!("{}", plot::svg(&curves));
    Ok(())
}
