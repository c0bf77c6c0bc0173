//! Measures over a graph of 100,000 claims, on a day and over all time.
#![allow(missing_docs, reason = "criterion's macros make an undocumented function")]

mod generator;

use std::hint::black_box;

use comity::{Day, Distance, Graph, Nation};
use criterion::{Criterion, criterion_group, criterion_main};
use generator::{Articles, in_code};

const SEED: u64 = 7;
const FACTS: usize = 100_000;

fn measures(criterion: &mut Criterion) {
    let batch = in_code::batch(Articles::new(SEED, FACTS));
    let graph = Graph::new().apply(batch).expect("the ids are their own");
    let nations = || graph.nodes_of(comity::NodeKind::Nation).filter_map(|nation| nation.id().typed::<Nation>().ok());
    let view = graph.view().as_of(Day::new(2010, 3, 1).expect("a day of the calendar"));
    let portfolios = view.portfolios_of(nations());

    let mut group = criterion.benchmark_group("measures");
    group.bench_function("portfolios of all nations on a day", |bencher| {
        bencher.iter(|| black_box(view.portfolios_of(nations())));
    });
    group.bench_function("similarity of all pairs, from their portfolios", |bencher| {
        bencher.iter(|| black_box(portfolios.similarity(Distance::Absolute).all().map(comity::Scores::into_values)));
    });
    group.bench_function("signed ties on a day", |bencher| {
        bencher.iter(|| black_box(view.signed()));
    });
    let signed = view.signed();
    group.bench_function("census of triads, from the signed ties", |bencher| {
        bencher.iter(|| black_box(signed.census().triads));
    });
    group.bench_function("tit for tat within 90 days at any time", |bencher| {
        bencher.iter(|| black_box(graph.view().tit_for_tat(90).pairs.len()));
    });
    group.finish();
}

criterion_group!(benches, measures);
criterion_main!(benches);
