//! From rows of results to curves.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Failure;

/// A row of results.
#[derive(Deserialize)]
struct Row {
    peer: String,
    scale: String,
    w: String,
    median_s: f64,
}

/// The times of one workload.
pub(crate) struct Curve {
    pub(crate) name: &'static str,
    /// The number of facts, and the seconds: by the number.
    pub(crate) points: Vec<(f64, f64)>,
}

/// What the rows call a workload, and what it is.
const WORKLOADS: [(&str, &str); 11] = [
    ("W1", "W1 load"),
    ("W2-call", "W2 allies"),
    ("W3-call", "W3 shared coalitions"),
    ("W4-call", "W4 chains"),
    ("W5", "W5 similarity"),
    ("W6", "W6 tit for tat"),
    ("W7", "W7 signed triads"),
    ("W8-call", "W8 officials"),
    ("W9-save", "W9 save"),
    ("W9-load", "W9 load again"),
    ("W10", "W10 a day as a graph"),
];

/// How many facts a scale has.
fn facts(scale: &str) -> Option<u32> {
    match scale {
        "S" => Some(100_000),
        "M" => Some(1_000_000),
        "L" => Some(10_000_000),
        _ => None,
    }
}

/// The workloads that a peer ran at two scales or more.
pub(crate) fn curves(results: &str, peer: &str) -> Result<Vec<Curve>, Failure> {
    let mut best: BTreeMap<(String, u32), f64> = BTreeMap::new();
    for line in results.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line)?;
        if let Some(facts) = facts(&row.scale).filter(|_| row.peer == peer && row.median_s > 0.0) {
            let seconds = best.entry((row.w, facts)).or_insert(row.median_s);
            *seconds = seconds.min(row.median_s);
        }
    }
    let curve = |(word, name): (&str, &'static str)| {
        let of_it = best.iter().filter(|((w, _), _)| w == word);
        Curve { name, points: of_it.map(|((_, facts), seconds)| (f64::from(*facts), *seconds)).collect() }
    };
    Ok(WORKLOADS.into_iter().map(curve).filter(|curve| curve.points.len() > 1).collect())
}
