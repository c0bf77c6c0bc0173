//! Questions over a graph of 100,000 claims: one benchmark a question, over all nations or coalitions, so that hubs count.
#![allow(missing_docs, reason = "criterion's macros make an undocumented function")]

mod generator;

use std::hint::black_box;

use comity::{AllianceLens, Day, Graph, Node, NodeKind, NodeRef};
use criterion::{Criterion, criterion_group, criterion_main};
use generator::{Articles, in_code};

const SEED: u64 = 7;
const FACTS: usize = 100_000;

fn nodes(graph: &Graph, kind: NodeKind) -> Vec<Node> {
    graph.nodes_of(kind).map(NodeRef::id).collect()
}

fn queries(criterion: &mut Criterion) {
    let batch = in_code::batch(Articles::new(SEED, FACTS));
    let graph = Graph::new().apply(batch).expect("the ids are their own");
    let (nations, coalitions) = (nodes(&graph, NodeKind::Nation), nodes(&graph, NodeKind::Coalition));
    let day = Day::new(2010, 3, 1).expect("a day of the calendar");
    let view = graph.view().as_of(day);

    let mut group = criterion.benchmark_group("queries");
    group.bench_function("members of every coalition on a day", |bencher| {
        bencher.iter(|| coalitions.iter().map(|body| view.members(*body).count()).sum::<usize>());
    });
    for lens in AllianceLens::ALL {
        group.bench_function(format!("allies of every nation on a day, by {lens}"), |bencher| {
            let allies = |nation: &Node| view.allies(*nation, *lens).count();
            bencher.iter(|| nations.iter().map(allies).sum::<usize>());
        });
    }
    group.bench_function("coalitions shared by neighbours in the list of nations, on a day", |bencher| {
        let shared = |pair: &[Node]| view.shared_coalitions(pair[0], pair[1]).count();
        bencher.iter(|| nations.windows(2).map(shared).sum::<usize>());
    });
    group.bench_function("chain from the first nation to every other, on a day", |bencher| {
        let is_tied = |nation: &&Node| view.chain(nations[0], **nation).is_some();
        bencher.iter(|| nations[1..].iter().filter(is_tied).count());
    });
    group.bench_function("officials of every nation on a day", |bencher| {
        bencher.iter(|| nations.iter().map(|nation| view.officials(*nation).count()).sum::<usize>());
    });
    group.bench_function("detentions by every nation at any time", |bencher| {
        let detained = |nation: &Node| graph.view().detentions().by(*nation).count();
        bencher.iter(|| nations.iter().map(detained).sum::<usize>());
    });
    group.bench_function("statements about every nation at any time", |bencher| {
        let about = |nation: &Node| graph.view().statements().about(*nation).count();
        bencher.iter(|| nations.iter().map(about).sum::<usize>());
    });
    group.bench_function("statements by one nation at any time", |bencher| {
        bencher.iter(|| black_box(graph.view().statements().by(nations[0]).count()));
    });
    group.bench_function("retaliation at any time", |bencher| {
        bencher.iter(|| black_box(graph.view().retaliation().count()));
    });
    group.bench_function("contested claims at any time", |bencher| {
        bencher.iter(|| black_box(graph.view().contested().count()));
    });
    group.bench_function("conflicts between claims at any time", |bencher| {
        bencher.iter(|| black_box(graph.view().conflicts().count()));
    });
    group.finish();
}

criterion_group!(benches, queries);
criterion_main!(benches);
