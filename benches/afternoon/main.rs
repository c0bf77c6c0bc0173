//! The workloads of `contestant` by what one writes in an afternoon without comity: a `DiGraph` with an edge for each report,
//! hash maps of what is asked most, and `serde_json`. It keeps every field and answers nothing about evidence.
//!
//! `cargo bench --bench afternoon --` with the arguments of `contestant`.
#![allow(clippy::print_stdout, reason = "it is run to print")]

#[path = "../contestant/answer.rs"]
mod answer;
#[path = "../contestant/arguments.rs"]
mod arguments;
#[path = "../contestant/clock.rs"]
mod clock;
mod day;
mod measures;
mod press;
mod questions;

use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use answer::{Answers, digest};
use arguments::arguments;
use clock::{Clock, Failure, Run};
use day::Day;
use measures::Scores;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use press::{Kind, Press};

const YEARS: RangeInclusive<i32> = 1816..=2025;

/// A line of a query file, its names turned into places before the clock starts.
struct Query {
    nations: Vec<NodeIndex>,
    day: Day,
}

fn queries(press: &Press, folder: &Path, name: &str) -> Result<Vec<Query>, Failure> {
    let text = fs::read_to_string(folder.join("queries").join(name))?;
    let query = |line: &str| {
        let (nations, day) = line.rsplit_once(',').unwrap_or(("", line));
        let nations = nations.split(',').filter(|id| !id.is_empty());
        let nations: Option<_> = nations.map(|id| press.nodes.get(id).copied()).collect();
        Ok(Query { nations: nations.ok_or("an unknown nation")?, day: day.parse()? })
    };
    text.lines().map(query).collect()
}

fn sets(press: &Press, answers: &Answers<NodeIndex>) -> String {
    answers.digest(|node| press.graph[node].id().to_owned())
}

fn allies(press: &Press, asked: &[Query]) -> Answers<NodeIndex> {
    Answers::of(asked, |query| press.allies(query.nations[0], query.day))
}

fn mid_year(year: i32) -> Day {
    Day::new(year, 7, 1)
}

/// W5: the sum of all scores of a year, and the same weighted by the places of the two.
fn similarities(press: &Press, years: &[Scores]) -> String {
    digest(YEARS.zip(years).map(|(year, scores)| {
        let existing: Vec<i64> = press.nations(mid_year(year)).iter().map(|nation| nation.index() as i64).collect();
        let pairs = existing
            .iter()
            .enumerate()
            .flat_map(|(nth, one)| existing[nth + 1..].iter().map(move |other| (200 * one + other) % 1_009));
        let (mut sum, mut weighted) = (0_i64, 0_i64);
        for (weight, score) in pairs.zip(scores) {
            let score = (score * 1e9).round() as i64;
            sum += score;
            weighted += score * weight;
        }
        format!("{year},{sum},{weighted}")
    }))
}

/// W10: the size of a slice and the checksum of its edges.
fn slice(press: &Press, slice: &DiGraph<NodeIndex, Kind>) -> String {
    let id = |node: NodeIndex| press.graph[slice[node]].id();
    let word = |kind: Kind| serde_json::to_value(kind).ok().and_then(|word| word.as_str().map(str::to_owned));
    let line = |edge: petgraph::graph::EdgeReference<'_, Kind>| {
        let kind = word(*edge.weight()).unwrap_or_default();
        format!("{}|{kind}|{}", id(edge.source()), id(edge.target()))
    };
    let lines: BTreeSet<String> = slice.edge_references().map(line).collect();
    format!("{},{},{}", slice.node_count(), lines.len(), digest(lines.into_iter()))
}

fn main() -> Result<(), Failure> {
    let given = arguments()?;
    if given.data.as_os_str().is_empty() {
        println!("afternoon: give it --data FOLDER (and --scale), see benches/README.md");
        return Ok(());
    }
    if given.native.is_some() || given.write_native.is_some() {
        return Err("it reads no articles: leave out --native and --write-native".into());
    }
    let mut clock = Clock::new(("afternoon", "petgraph 0.8"), &given);
    let press = clock.load("W1", || Press::read(&given.data))?;
    let asked = |name: &str| queries(&press, &given.data, name);

    let two = asked("w2.csv")?;
    clock.run(&Run::new("W2-call"), || allies(&press, &two), |answers| sets(&press, answers))?;

    let three = asked("w3.csv")?;
    let shared = |query: &Query| press.shared(query.nations[0], query.nations[1], query.day);
    clock.run(&Run::new("W3-call"), || Answers::of(&three, shared), |answers| sets(&press, answers))?;

    let four = asked("w4.csv")?;
    let chain = |query: &Query| press.chain(query.nations[0], query.nations[1], query.day);
    clock.run(
        &Run::new("W4-call"),
        || four.iter().map(chain).collect::<Vec<_>>(),
        |chains| {
            digest(chains.iter().map(|chain| match chain {
                Some(chain) => (chain.len() / 2).to_string(),
                None => "-1".into(),
            }))
        },
    )?;

    clock.run(
        &Run::new("W5"),
        || YEARS.map(|year| press.similarities(mid_year(year))).collect::<Vec<_>>(),
        |years| similarities(&press, years),
    )?;

    clock.run(
        &Run::new("W6"),
        || press.tit_for_tat(90),
        |pairs| {
            let id = |node: NodeIndex| press.graph[node].id();
            let mut lines: Vec<_> = pairs.iter().map(|(one, other)| format!("{},{}", id(*one), id(*other))).collect();
            lines.sort();
            digest(lines.into_iter())
        },
    )?;

    let seven = asked("w7.csv")?;
    clock.run(
        &Run::new("W7"),
        || seven.iter().map(|query| press.census(query.day)).collect::<Vec<_>>(),
        |counts| digest(counts.iter().map(|[none, one, two, three]| format!("{none},{one},{two},{three}"))),
    )?;

    let eight = asked("w8.csv")?;
    let officials = |query: &Query| press.officials(query.nations[0], query.day);
    clock.run(&Run::new("W8-call"), || Answers::of(&eight, officials), |answers| sets(&press, answers))?;

    if clock.wants("W9") || clock.wants("W9-save") || clock.wants("W9-load") {
        let path = std::env::temp_dir().join(format!("afternoon-{}", std::process::id()));
        disk(&press, &two, &path, &mut clock)?;
        fs::remove_file(path)?;
    }

    let ten = asked("w10.csv")?;
    clock.run(
        &Run::new("W10"),
        || ten.iter().map(|query| press.slice(query.day)).collect::<Vec<_>>(),
        |slices| digest(slices.iter().map(|one| slice(&press, one))),
    )?;
    clock.verdict(given.check.as_deref())
}

/// W9: to disk, without waiting for the disk, and back to a graph that answers W2.
fn disk(press: &Press, asked: &[Query], path: &Path, clock: &mut Clock) -> Result<(), Failure> {
    press.save(path)?;
    let answer = |loaded: &Result<Press, Failure>| match loaded {
        // Entities keep their order, so the places of the questions are those of the graph that was saved.
        Ok(loaded) => sets(loaded, &allies(loaded, asked)),
        Err(error) => error.to_string(),
    };
    let bytes = Some(fs::metadata(path)?.len());
    let run = |name| {
        let mut run = Run::new(name);
        run.bytes = bytes;
        run
    };
    clock.run(
        &run("W9-save"),
        || press.save(path),
        |saved| match saved {
            Ok(()) => answer(&Press::load(path)),
            Err(error) => error.to_string(),
        },
    )?;
    clock.run(&run("W9-load"), || Press::load(path), answer)
}
