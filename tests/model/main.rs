//! Random articles and random views against a naive list of claims: the same answers, with the same certainty and the same
//! claims, to every query. And: neither the order nor the split of the articles shows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

mod answers;
mod calendar;
mod compare;
mod disputes;
mod events;
mod generate;
mod lens;
mod oracle;
mod plan;
mod queries;
mod regressions;
mod splits;
mod ties;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// As many cases as named, the same in every run.
pub(crate) fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, b"what is claimed is counted over.");
    let mut runner = TestRunner::new_with_rng(config, random);
    let failure = runner.run(strategy, test).err().map(|error| error.to_string());
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
}
