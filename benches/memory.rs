//! How many bytes of resident memory a claim takes in a graph, with all its provenance. Linux only: it reads `/proc`.
//!
//! An upper bound: the allocator keeps some of what only the making needed.
#![allow(clippy::print_stdout, reason = "it is run to print")]

mod generator;

use comity::Graph;
use generator::{Articles, in_code};

const SEED: u64 = 7;
const FACTS: usize = 100_000;

/// Resident memory in bytes: the second number of `statm`, in pages.
fn resident() -> Option<u64> {
    const PAGE: u64 = 4_096;
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split_whitespace().nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

fn main() {
    if resident().is_none() {
        println!("memory: this system has no /proc/self/statm to read");
        return;
    }
    let facts = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(FACTS);
    let before = resident().unwrap_or_default();
    let graph = {
        let batch = in_code::batch(Articles::new(SEED, facts));
        Graph::new().apply(batch).expect("the ids are their own")
    };
    let after = resident().unwrap_or_default();
    let claims = graph.sources().map(|source| source.claims().len() as u64).sum::<u64>().max(1);
    println!("memory: {claims} claims, {} nodes", graph.nodes().len());
    println!("memory: {} bytes a claim resident after load", after.saturating_sub(before) / claims);
}
