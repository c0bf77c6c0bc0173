//! Answers the workloads of a comparison with other libraries through the calls that a user would make.
//!
//! `cargo bench --bench contestant -- --data FOLDER --scale M [--results FILE] [--only W2,W3] [--runs N]
//! [--check FILE] [--native FILE | --write-native FILE]`: the folder holds `facts.jsonl`,
//! `coalitions.jsonl`, `nations.csv` and `queries/`. A row is written for each workload, with the checksum of its answers.
//! With `--native` the graph is loaded from a file of articles in the native format, which `--write-native` writes.
#![allow(clippy::print_stdout, reason = "it is run to print")]

mod adapter;
mod answer;
mod arguments;
mod clock;
mod native;
mod slice;
mod world;

use std::fs::{self, File};
use std::path::Path;

use answer::{Answers, digest};
use arguments::arguments;
use clock::{Clock, Failure, Run};
use comity::{AllianceLens, Day, Graph, Id, Modality, Nation, Node, RelationKind, View};
use slice::{line, slice};
use world::World;

/// A line of a query file, its names turned into handles before the clock starts.
struct Query {
    nations: Vec<Id<Nation>>,
    day: Day,
}

fn queries(graph: &Graph, folder: &Path, name: &str) -> Result<Vec<Query>, Failure> {
    let text = fs::read_to_string(folder.join("queries").join(name))?;
    let query = |line: &str| {
        let (nations, day) = line.rsplit_once(',').unwrap_or(("", line));
        let nations = nations.split(',').filter(|id| !id.is_empty());
        let nations: Option<_> = nations.map(|id| graph.find(id)).collect();
        Ok(Query { nations: nations.ok_or("an unknown nation")?, day: day.parse()? })
    };
    text.lines().map(query).collect()
}

/// What the workloads ask of: facts with a report that asserts them, on a day.
fn on(graph: &Graph, day: Day) -> View<'_> {
    graph.view().as_of(day).modality(Modality::Asserted)
}

fn allies<'g>(graph: &'g Graph, query: &Query) -> impl Iterator<Item = Node> + use<'g> {
    on(graph, query.day).allies(query.nations[0], AllianceLens::Alliance).map(|one| one.ally.id())
}

fn main() -> Result<(), Failure> {
    let given = arguments()?;
    if given.data.as_os_str().is_empty() {
        println!("contestant: give it --data FOLDER (and --scale), see benches/README.md");
        return Ok(());
    }
    if let Some(file) = &given.write_native {
        return native::write(&given.data, file);
    }
    let mut clock = Clock::new(("comity", env!("CARGO_PKG_VERSION")), &given);
    let graph = match &given.native {
        Some(file) => clock.load("W1-native", || native::load(file))?,
        None => clock.load("W1", || adapter::load(&given.data))?,
    };
    let slug = |node: Node| graph.node(node).slug().unwrap_or_default().to_owned();
    let sets = |answers: &Answers<Node>| answers.digest(slug);

    let asked = queries(&graph, &given.data, "w2.csv")?;
    clock.run(&Run::new("W2-call"), || Answers::of(&asked, |query| allies(&graph, query)), sets)?;

    let asked = queries(&graph, &given.data, "w3.csv")?;
    let shared = |query: &Query| {
        let found = on(&graph, query.day).shared_coalitions(query.nations[0], query.nations[1]);
        found.map(|one| one.body.id())
    };
    clock.run(&Run::new("W3-call"), || Answers::of(&asked, shared), sets)?;

    let asked = queries(&graph, &given.data, "w4.csv")?;
    let hops = |query: &Query| on(&graph, query.day).chain(query.nations[0], query.nations[1]);
    clock.run(
        &Run::new("W4-call"),
        || asked.iter().map(hops).collect::<Vec<_>>(),
        |chains| {
            let hops = chains.iter().map(|chain| match chain {
                Some(chain) => ((chain.steps.len() - 1) / 2).to_string(),
                None => "-1".into(),
            });
            digest(hops)
        },
    )?;

    let world = World::read(&graph, &given.data)?;
    clock.run(&Run::new("W5"), || world.similarities(&graph), |years| world.lines(years))?;

    let asserted = graph.view().modality(Modality::Asserted);
    clock.run(
        &Run::new("W6"),
        || asserted.tit_for_tat(90),
        |found| {
            let held = |detention: Node| {
                let who = asserted.edges_to(RelationKind::HeldIn, detention).next();
                who.and_then(|edge| edge.source.slug()).unwrap_or_default()
            };
            let pairs = found.pairs.iter().map(|pair| format!("{},{}", held(pair.first.id()), held(pair.answer.id())));
            let mut pairs: Vec<_> = pairs.collect();
            pairs.sort();
            digest(pairs.into_iter())
        },
    )?;

    let asked = queries(&graph, &given.data, "w7.csv")?;
    let census = |query: &Query| on(&graph, query.day).signed().census().triads;
    clock.run(
        &Run::new("W7"),
        || asked.iter().map(census).collect::<Vec<_>>(),
        |counts| digest(counts.iter().map(|[none, one, two, three]| format!("{none},{one},{two},{three}"))),
    )?;

    let asked = queries(&graph, &given.data, "w8.csv")?;
    let officials = |query: &Query| on(&graph, query.day).officials(query.nations[0]).map(|one| one.person.id());
    clock.run(&Run::new("W8-call"), || Answers::of(&asked, officials), sets)?;

    let asked = queries(&graph, &given.data, "w10.csv")?;
    clock.run(
        &Run::new("W10"),
        || asked.iter().map(|query| slice(on(&graph, query.day))).collect::<Vec<_>>(),
        |slices| digest(slices.iter().map(line)),
    )?;

    if clock.wants("W9") || clock.wants("W9-save") || clock.wants("W9-load") {
        let path = std::env::temp_dir().join(format!("comity-contestant-{}", std::process::id()));
        snapshots(&graph, &path, &given.data, &mut clock)?;
        fs::remove_file(path)?;
    }
    clock.verdict(given.check.as_deref())
}

/// W9: the whole graph to disk, without waiting for the disk, and back to one that answers W2.
fn snapshots(graph: &Graph, path: &Path, data: &Path, clock: &mut Clock) -> Result<(), Failure> {
    let save = || -> Result<(), Failure> { Ok(graph.to_writer(File::create(path)?)?) };
    save()?;
    let load = || Graph::open(path).map_err(Failure::from);
    let answer = |graph: &Graph| -> Result<String, Failure> {
        let answers = Answers::of(&queries(graph, data, "w2.csv")?, |query| allies(graph, query));
        Ok(answers.digest(|node| graph.node(node).slug().unwrap_or_default().to_owned()))
    };
    let shown = |answer: Result<String, Failure>| answer.unwrap_or_else(|error| error.to_string());
    let bytes = Some(fs::metadata(path)?.len());
    let run = |name| {
        let mut run = Run::new(name);
        run.bytes = bytes;
        run
    };
    clock.run(&run("W9-save"), save, |saved| {
        shown(saved.as_ref().map_or_else(|error| Err(error.to_string().into()), |()| answer(&load()?)))
    })?;
    clock.run(&run("W9-load"), load, |loaded| {
        shown(loaded.as_ref().map_or_else(|error| Err(error.to_string().into()), answer))
    })
}
