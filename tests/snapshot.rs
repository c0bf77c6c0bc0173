//! Snapshots: a graph comes back as it was; nothing but what was saved opens, and what was made up with care does no harm.
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "a test, with parts of another")]

#[path = "model/answers.rs"]
mod answers;
#[path = "model/calendar.rs"]
mod calendar;
#[path = "model/generate.rs"]
mod generate;
#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "model/lens.rs"]
mod lens;
#[path = "model/oracle.rs"]
mod oracle;
#[path = "model/plan.rs"]
mod plan;

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use answers::answers;
use comity::relations::MemberOf;
use comity::{
    Batch, Claimed, Coalition, Day, FactType, Flaw, Graph, Loader, Nation, NodeKind, OpenError, Source, View,
};
use generator::{Articles, in_code};
use proptest::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

fn saved(graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.to_writer(&mut bytes).unwrap();
    bytes
}

/// All that can be asked, and all that is written back.
fn told(view: View<'_>) -> String {
    let graph = view.graph();
    let mut text = answers(view);
    for source in graph.sources() {
        text.push_str(&format!("{:?}\n", source.document().map(|document| document.to_json())));
        for claim in source.claims() {
            let words: Vec<_> = claim.evidence().map(|one| (one, one.form(), one.quote())).collect();
            let more = (claim.qualifiers(), claim.when_basis(), claim.confidence(), claim.reading(), claim.bounds());
            text.push_str(&format!("{claim:?} {words:?} {more:?} {:?}\n", claim.contents().collect::<Vec<_>>()));
        }
    }
    for node in graph.nodes() {
        let found = node.slug().and_then(|_| graph.find_key(&node.key().parse().ok()?));
        text.push_str(&format!("{:?} {:?}\n", found.is_some(), node.same_as()));
        text.push_str(&format!("{:?}\n", node.sources().collect::<Vec<_>>()));
    }
    for name in ["Norway", "the nordic council", "Ann"] {
        text.push_str(&format!("{:?}\n", view.resolve(name, comity::NodeKinds::ANY)));
    }
    text
}

fn loaded(folder: &str) -> Batch {
    let (batch, report) = Loader::new().load(folder).unwrap();
    assert_eq!(report.rejected(), 0, "{report}");
    batch
}

/// Our demo with its text, the five annotations without theirs, and a data set.
fn rich() -> Graph {
    let memberships = comity::reference_memberships();
    Graph::new().apply_all([loaded("data/demo"), loaded("data/articles"), memberships]).unwrap()
}

fn small() -> Graph {
    Graph::new().apply_all([loaded("data/demo"), in_code::batch(Articles::new(7, 30))]).unwrap()
}

/// So few nodes that everything can be asked thousands of times.
fn tiny() -> Graph {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note").published("2032-06".parse().unwrap()));
    let accord = batch.node::<Coalition>("lysefjord-accord").unwrap();
    for nation in ["NOR", "x-maravia"] {
        let nation = batch.node::<Nation>(nation).unwrap();
        batch.claim(note, Claimed::new(MemberOf::default(), nation, accord));
    }
    Graph::new().apply_all([loaded("data/demo"), batch]).unwrap()
}

#[test]
fn a_graph_comes_back_with_every_answer_and_the_same_bytes() {
    for graph in [Graph::new(), tiny(), small()] {
        let bytes = saved(&graph);
        let again = Graph::from_reader(&*bytes).unwrap();
        assert!(saved(&again) == bytes, "saved again, the bytes differ");
        assert_eq!(told(again.view()), told(graph.view()));
    }
}

#[test]
fn random_graphs_come_back_through_any_view() {
    let config = ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(articles in generate::articles(FactType::ALL), filters in generate::filters())| {
        let graph = plan::build(&articles);
        let bytes = saved(&graph);
        let again = Graph::from_reader(&*bytes).unwrap();
        prop_assert!(saved(&again) == bytes);
        let view = |graph: &Graph| told(filters.iter().fold(graph.view(), |view, filter| filter.set(view)));
        prop_assert_eq!(view(&again), view(&graph));
    });
}

#[test]
fn a_large_graph_is_saved_and_read_by_several_threads_as_by_one() {
    let graph = Graph::new().apply(in_code::batch(Articles::new(7, 4_000))).unwrap();
    let bytes = saved(&graph);
    assert!(bytes.len() > 1 << 17, "large enough to be shared out: {}", bytes.len());
    assert!(saved(&graph) == bytes, "the same whoever comes first");
    let again = Graph::from_reader(&*bytes).unwrap();
    assert!(saved(&again) == bytes);
    let day = Day::new(2019, 7, 1).unwrap();
    for nation in graph.nodes_of(NodeKind::Nation) {
        let same = again.find_key(&nation.key().parse().unwrap()).unwrap();
        let claims: Vec<String> = graph.view().as_of(day).claims(nation).map(|claim| claim.to_string()).collect();
        let others: Vec<String> = again.view().as_of(day).claims(same).map(|claim| claim.to_string()).collect();
        assert_eq!(others, claims);
    }
}

#[test]
fn a_graph_from_a_snapshot_takes_further_batches_like_any_other() {
    let again = Graph::from_reader(&*saved(&small())).unwrap();
    let articles = || loaded("data/articles");
    let (one, other) = (small().apply(articles()).unwrap(), again.apply(articles()).unwrap());
    assert!(saved(&one) == saved(&other));
}

#[test]
fn handles_of_a_graph_are_not_those_of_its_snapshot() {
    let graph = small();
    let again = Graph::from_reader(&*saved(&graph)).unwrap();
    let node = graph.nodes().next().unwrap().id();
    assert!(graph.owns(node) && !again.owns(node));
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&again);
}

struct Random(u64);

impl Random {
    /// Steele, Lea, Flood 2014: the mixer of SplitMix.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % bound.max(1) as u64) as usize
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        let longest = if self.below(2) == 0 { 8 } else { length };
        start..(start + 1 + self.below(longest)).min(length)
    }

    /// One of the accidents that happen to bytes.
    fn harm(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        match self.below(7) {
            0 | 1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
            2 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][self.below(5)],
            3 => bytes.truncate(at),
            4 => bytes.insert(at, self.below(256) as u8),
            5 => {
                let copied = bytes[self.range(bytes.len())].to_vec();
                bytes.splice(at..at, copied);
            }
            _ => {
                let range = self.range(bytes.len());
                bytes[range].fill(0);
            }
        }
    }
}

#[test]
fn no_file_opens_that_differs_from_the_one_saved() {
    let bytes = saved(&tiny());
    let mut random = Random(7);
    let mut harmed = 0;
    while harmed < 3_000 {
        let mut other = bytes.clone();
        random.harm(&mut other);
        if other == bytes {
            continue;
        }
        harmed += 1;
        assert!(Graph::from_reader(&*other).is_err(), "case {harmed} opens");
    }
    for end in 0..bytes.len().min(2_000) {
        assert!(Graph::from_reader(&bytes[..end]).is_err(), "the first {end} bytes open");
    }
}

/// A snapshot taken apart: tags and bodies of its parts.
struct Parts(Vec<(u32, Vec<u8>)>);

impl Parts {
    fn of(bytes: &[u8]) -> Self {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let count = word(12) as usize;
        let mut at = 16 + count * 20 + 8;
        let parts = (0..count).map(|nth| {
            let entry = 16 + nth * 20;
            let length = u64::from_le_bytes(bytes[entry + 4..entry + 12].try_into().unwrap()) as usize;
            at += length;
            (word(entry), bytes[at - length..at].to_vec())
        });
        Self(parts.collect())
    }

    /// Put together with right lengths and checksums.
    fn sealed(&self) -> Vec<u8> {
        let mut bytes = b"\x89COMITY\n\x02\0\0\0".to_vec();
        bytes.extend((self.0.len() as u32).to_le_bytes());
        for (tag, body) in &self.0 {
            bytes.extend(tag.to_le_bytes());
            bytes.extend((body.len() as u64).to_le_bytes());
            bytes.extend(xxh3_64(body).to_le_bytes());
        }
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        self.0.iter().for_each(|(_, body)| bytes.extend(body));
        bytes
    }
}

#[test]
fn files_made_up_with_right_checksums_never_panic() {
    let whole = saved(&tiny());
    assert!(Parts::of(&whole).sealed() == whole, "the layout is as this test has it");
    let mut random = Random(11);
    let mut opened = 0;
    for case in 0..2_000 {
        let mut parts = Parts::of(&whole);
        for _ in 0..1 + random.below(2) {
            let (one, other) = (random.below(parts.0.len()), random.below(parts.0.len()));
            match random.below(24) {
                0 => parts.0[one].1 = parts.0[other].1.clone(),
                1 => parts.0[one].0 = parts.0[other].0,
                2 => parts.0.swap(one, other),
                3 => drop(parts.0.remove(one)),
                // Most parts are small: of those that hold the rows, every byte counts.
                _ => {
                    let weight: usize = parts.0.iter().map(|(_, body)| body.len().min(600)).sum();
                    let mut at = random.below(weight);
                    let chosen = parts.0.iter_mut().find(|(_, body)| {
                        let here = at < body.len().min(600);
                        at = at.saturating_sub(body.len().min(600));
                        here
                    });
                    if let Some((_, body)) = chosen {
                        random.harm(body);
                    }
                }
            }
        }
        let sealed = parts.sealed();
        let asked = catch_unwind(|| match Graph::from_reader(&*sealed) {
            Ok(graph) => {
                // Each with all that can be asked, in one of the ways to ask it.
                let day = Day::new(2032, 3, 1).unwrap();
                let actor = graph.nodes_of(NodeKind::Nation).next();
                match (case % 4, actor) {
                    (0, Some(actor)) => drop(told(graph.view().as_of(day).according_to(actor))),
                    (1, _) => drop(told(graph.view().published_by(day).with_repaired())),
                    (2, _) => drop(told(graph.apply(Batch::new()).unwrap().view())),
                    _ => drop(told(graph.view())),
                }
                let again = Graph::from_reader(&*saved(&graph));
                assert!(again.is_ok(), "what opened is saved so that it opens: {again:?}");
                1
            }
            Err(_) => 0,
        });
        opened += asked.unwrap_or_else(|_| panic!("case {case} panics"));
    }
    assert!(opened > 100, "only {opened} of the made-up files open: nothing is tested by that");
}

/// Where the number of how facts are worked out stands: after the lists of words.
fn after_words(known: &[u8]) -> usize {
    (0..14).fold(0, |at, _| (0..known[at]).fold(at + 1, |at, _| at + 1 + usize::from(known[at])))
}

#[test]
fn more_rows_than_there_are_bytes_are_refused_before_room_is_made_for_them() {
    let mut parts = Parts::of(&saved(&tiny()));
    let at = after_words(&parts.0[0].1) + 1;
    // Four thousand million nations.
    parts.0[0].1.splice(at..=at, [0xf0, 0xff, 0xff, 0xff, 0x0e]);
    let error = Graph::from_reader(&*parts.sealed()).unwrap_err();
    assert!(matches!(error, OpenError::NoGraph { part: "words and counts", flaw: Flaw::Count }), "{error}");
}

/// The same snapshot as another release would have written it: with another number for how facts are worked out.
fn as_worked_out_otherwise(bytes: &[u8]) -> Vec<u8> {
    let mut parts = Parts::of(bytes);
    let known = &mut parts.0[0].1;
    let at = after_words(known);
    known[at] += 1;
    parts.sealed()
}

#[test]
fn what_another_release_worked_out_is_worked_out_anew() {
    for graph in [small(), rich()] {
        let bytes = saved(&graph);
        let again = Graph::from_reader(&*as_worked_out_otherwise(&bytes)).unwrap();
        assert!(saved(&again) == bytes);
    }
}

#[test]
fn a_file_takes_the_place_of_the_one_before_and_says_what_it_is_not() {
    let path = std::env::temp_dir().join(format!("comity-snapshot-{}", std::process::id()));
    Graph::new().save(&path).unwrap();
    let graph = tiny();
    graph.save(&path).unwrap();
    assert_eq!(told(Graph::open(&path).unwrap().view()), told(graph.view()));

    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    assert!(matches!(Graph::open(&path), Err(OpenError::Damaged { .. })));
    let mut later = bytes.clone();
    later[8] = 3;
    fs::write(&path, later).unwrap();
    assert!(matches!(Graph::open(&path), Err(OpenError::Version { found: 3, newest: 2 })));
    let mut parts = Parts::of(&bytes);
    parts.0[2].1.push(0);
    fs::write(&path, parts.sealed()).unwrap();
    let error = Graph::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::NoGraph { part: "claims", flaw: Flaw::Long }), "{error}");
    fs::remove_file(&path).unwrap();
    assert!(matches!(Graph::open(&path), Err(OpenError::Read(_))));
    assert!(Graph::open("data").is_err(), "a folder is no snapshot");
}

fn kept(version: u32) -> PathBuf {
    format!("tests/snapshots/v{version}.comity").into()
}

/// What the kept files say: each was written once, of the demo, when its version was new, and is never written again.
fn answers_as_the_demo(graph: &Graph) {
    assert_eq!(graph.sources().len(), 1);
    let accord = graph.find::<Coalition>("lysefjord-accord").unwrap();
    let members: Vec<String> = graph.view().members(accord).map(|member| member.member.to_string()).collect();
    assert_eq!(members, ["Ghana", "Norway", "Uruguay"]);
    let norway = graph.find::<Nation>("NOR").unwrap();
    let officials: Vec<String> = graph.view().officials(norway).map(|tenure| tenure.person.to_string()).collect();
    assert_eq!(officials, ["Ingrid Haug", "Leif Moe"]);
    let source = graph.sources().next().unwrap();
    let words: Vec<_> = source.claims().filter_map(|claim| claim.evidence().next()?.quote()).collect();
    assert_eq!(words[0], "Fourteen states have signed");
    assert_eq!(source.claims().next().unwrap().local_id(), "f1");
}

#[test]
fn version_1_opens_and_answers_and_is_saved_as_the_latest() {
    let graph = Graph::open(kept(1)).unwrap();
    answers_as_the_demo(&graph);
    assert!(saved(&graph) == fs::read(kept(2)).unwrap());
}

#[test]
fn version_2_opens_and_answers() {
    let graph = Graph::open(kept(2)).unwrap();
    answers_as_the_demo(&graph);
    // Whoever changes what is worked out of claims has to say so, or old snapshots would answer as the old release did.
    let bytes = fs::read(kept(2)).unwrap();
    let anew = Graph::from_reader(&*as_worked_out_otherwise(&bytes)).unwrap();
    assert!(saved(&anew) == saved(&graph), "what is worked out of claims has changed: raise `DERIVATION`");
}
