//! The invented press of the benches: the same from the same seed, and valid under the format.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test")]

#[path = "../benches/generator/mod.rs"]
mod generator;

use comity::{Digest, Graph};
use generator::{Articles, in_code, json_lines};
use serde_json::Value;

#[test]
fn the_same_seed_gives_the_same_bytes_on_every_machine() {
    assert_eq!(json_lines(7, 500), json_lines(7, 500));
    assert_ne!(json_lines(7, 500), json_lines(8, 500));
    // What was measured with these articles can be measured again.
    let digest = Digest::of(&json_lines(7, 500)).to_string();
    assert!(
        digest.starts_with("3eb2a849a4f67339"),
        "the press has changed, and with it every number measured: {digest}"
    );
}

#[test]
fn articles_are_as_long_as_articles_are() {
    let articles: Vec<Value> = Articles::new(7, 10_000).map(|line| serde_json::from_str(&line).unwrap()).collect();
    let count =
        |list: &str| -> Vec<usize> { articles.iter().map(|article| article[list].as_array().unwrap().len()).collect() };
    let facts: usize = count("facts").iter().sum();
    assert!(facts >= 10_000);
    let mean = facts as f64 / articles.len() as f64;
    assert!((9.0..11.5).contains(&mean), "{mean} facts an article");
    assert!(count("mentions").iter().all(|mentions| (12..=15).contains(mentions)));
}

#[test]
fn articles_tell_of_every_matter_that_is_asked_about() {
    let lines = json_lines(7, 5_000);
    for fact in ["membership", "office", "nationality", "detention", "sanction", "statement", "retaliation", "meeting"]
    {
        assert!(lines.contains(&format!(r#""type":"{fact}""#)), "{fact}");
    }
    assert!(lines.contains(r#""act":"deny""#) && lines.contains(r#""until":"open""#));
}

#[test]
fn articles_are_valid_under_the_schema() {
    let Some(shared) = std::env::var_os("COMITY_SHARED") else {
        eprintln!("skipped: COMITY_SHARED names no folder");
        return;
    };
    let schema = std::fs::read_to_string(std::path::Path::new(&shared).join("format/schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in Articles::new(7, 3_000) {
        let article: Value = serde_json::from_str(&line).unwrap();
        if let Some(error) = validator.iter_errors(&article).next() {
            panic!("{} at {}: {error}", article["id"], error.instance_path());
        }
    }
}

/// The checked door refuses nothing that the press writes, and the graph keeps all of it.
#[test]
fn articles_fit_the_ontology_and_make_a_graph() {
    let facts: usize = Articles::new(7, 3_000)
        .map(|line| serde_json::from_str::<Value>(&line).unwrap()["facts"].as_array().unwrap().len())
        .sum();
    let graph = Graph::new().apply(in_code::batch(Articles::new(7, 3_000))).unwrap();
    assert_eq!(graph.sources().map(|source| source.claims().len()).sum::<usize>(), facts);
    assert!(graph.sources().flat_map(|source| source.claims()).all(|claim| claim.evidence().len() == 1));
}
