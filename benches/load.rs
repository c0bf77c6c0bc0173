//! From articles to a graph: what building costs, by the claim.
#![allow(missing_docs, reason = "criterion's macros make an undocumented function")]

mod generator;

use std::hint::black_box;

use comity::{Graph, Loader};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use generator::{Articles, in_code};

const SEED: u64 = 7;
const FACTS: usize = 100_000;

fn load(criterion: &mut Criterion) {
    let batch = in_code::batch(Articles::new(SEED, FACTS));
    let claims = batch.claims() as u64;
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10).throughput(Throughput::Elements(claims));
    group.bench_function("apply a batch of 100,000 claims", |bencher| {
        bencher.iter_batched(
            || batch.clone(),
            |batch| Graph::new().apply(batch).expect("the ids are their own"),
            BatchSize::PerIteration,
        );
    });
    let lines: String = Articles::new(SEED, FACTS).map(|article| article + "\n").collect();
    group.bench_function("read 100,000 claims of JSON Lines", |bencher| {
        bencher.iter(|| black_box(Loader::new().read_str("press.jsonl", &lines).0.claims()));
    });
    let articles: Vec<String> = Articles::new(SEED, FACTS / 10).collect();
    group.throughput(Throughput::Elements(in_code::batch(articles.iter().cloned()).claims() as u64));
    group.bench_function("build a batch of 10,000 claims in code", |bencher| {
        bencher.iter(|| black_box(in_code::batch(articles.iter().cloned()).claims()));
    });
    group.finish();
}

criterion_group!(benches, load);
criterion_main!(benches);
