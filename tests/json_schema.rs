//! The JSON Schema made from the types and the ontology says the same as the one that the format was published with.
//!
//! Reads other people's files under the folder that `COMITY_SHARED` names; without it the comparison is skipped.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use comity::{Loader, json_schema};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// The published schema and the folder of its examples.
fn published() -> Option<(PathBuf, Validator)> {
    let Some(shared) = std::env::var_os("COMITY_SHARED") else {
        println!("skipped: COMITY_SHARED names no folder");
        return None;
    };
    let folder = PathBuf::from(shared).join("format");
    let schema = serde_json::from_str(&fs::read_to_string(folder.join("schema.json")).unwrap()).unwrap();
    Some((folder, jsonschema::validator_for(&schema).unwrap()))
}

fn example(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("example.json")).unwrap()).unwrap()
}

fn ours() -> Validator {
    jsonschema::validator_for(&json_schema()).unwrap()
}

/// Panics if the two disagree on the document.
fn agree(theirs: &Validator, ours: &Validator, document: &Value, what: &dyn std::fmt::Display) {
    let verdicts = (theirs.is_valid(document), ours.is_valid(document));
    if verdicts.0 != verdicts.1 {
        let said: Vec<_> =
            theirs.iter_errors(document).chain(ours.iter_errors(document)).map(|e| e.to_string()).collect();
        panic!("theirs says {}, ours says {}: {what}\n{said:#?}", verdicts.0, verdicts.1);
    }
}

#[test]
fn the_schema_is_a_sound_one() {
    assert!(jsonschema::meta::is_valid(&json_schema()));
    assert_eq!(json_schema(), json_schema(), "and the same each time");
}

#[test]
fn examples_pass_and_bad_files_get_the_published_verdict() {
    let Some((folder, theirs)) = published() else { return };
    let ours = ours();
    let example = fs::read_to_string(folder.join("example.json")).unwrap();
    let lines = fs::read_to_string(folder.join("example.jsonl")).unwrap();
    for text in std::iter::once(example.as_str()).chain(lines.lines()) {
        let document = serde_json::from_str(text).unwrap();
        assert!(
            ours.is_valid(&document),
            "{:?}",
            ours.iter_errors(&document).map(|e| e.to_string()).collect::<Vec<_>>()
        );
    }
    let mut compared = 0;
    let mut files: Vec<_> = fs::read_dir(folder.join("bad")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let parts: Vec<&str> = match file.extension().and_then(|extension| extension.to_str()) {
            Some("json") => vec![&text],
            Some("jsonl") if !file.ends_with("expected.jsonl") => text.lines().collect(),
            _ => continue,
        };
        for part in parts {
            if let Ok(document) = serde_json::from_str(part) {
                agree(&theirs, &ours, &document, &file.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "only {compared} documents could be compared");
}

/// Each mention, entity and fact of the example in an article of its own: no schema looks at references.
fn single_items(example: &Value) -> Vec<Value> {
    let mut bare = example.clone();
    for list in ["annotators", "mentions", "entities", "facts"] {
        bare[list] = json!([]);
    }
    let mut items = vec![bare.clone()];
    bare["article"] = json!({"text": bare["article"]["text"]});
    for list in ["annotators", "mentions", "entities", "facts"] {
        let each = example[list].as_array().unwrap().iter().map(|item| {
            let mut one = bare.clone();
            one[list] = json!([item]);
            one
        });
        items.extend(each);
    }
    items
}

/// What somebody may put in the place of a value.
fn replacements(value: &Value) -> Vec<Value> {
    let mut others = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(2_147_483_648_u64),
        json!(""),
        json!("zz"),
        json!("Zz zz"),
        json!("x".repeat(501)),
        json!([]),
        json!(["zz"]),
        json!({}),
        json!({"zz": 1}),
    ];
    match value {
        Value::String(text) => {
            others.push(json!(format!("{text} ")));
            others.push(json!(format!("{text}x")));
            others.push(json!(text.to_uppercase()));
            others.push(json!([text]));
        }
        Value::Array(items) => {
            others.push(items.first().cloned().unwrap_or(json!(0)));
            others.push(items.iter().chain(items.first()).cloned().collect());
            others.push(items.iter().cloned().chain([json!("zz")]).collect());
            others.push(items.iter().cloned().chain([json!(7)]).collect());
            others.push(items.iter().skip(1).cloned().collect());
        }
        Value::Number(number) => others.push(json!(number.to_string())),
        _ => {}
    }
    others
}

/// Members that may belong elsewhere.
fn additions(of: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let all = [
        ("zz", json!(1)),
        ("x_zz", json!({"any": [null]})),
        ("x_", json!(1)),
        ("id", json!("zz")),
        ("key", json!("person/zz")),
        ("key", json!("meeting/zz")),
        ("name", json!("Zz")),
        ("kind", json!("other")),
        ("kind", json!("alliance")),
        ("count", json!({"value": 3, "precision": "exact"})),
        ("pledges", json!(["defense"])),
        ("aliases", json!(["Zz", "Zy"])),
        ("same_as", json!(["cow:20", "lei:5493001KJTIIGC8Y1R12", "x_own:zz", "gw:2", "viaf:1"])),
        ("version", json!("1")),
        ("exact", json!("zz zz")),
        ("by", json!("zz")),
        ("said_by", json!("author")),
        ("said_in", json!("zz")),
        ("negated", json!(false)),
        ("reading", json!("repaired")),
        ("gloss", json!("zz")),
        ("confidence", json!(1)),
        ("confidence", json!(1.01)),
        ("when", json!({"from": "unknown", "until": "unknown"})),
        ("when", json!({"basis": "stated"})),
        ("with", json!({})),
        ("at", json!("2031~")),
        ("from", json!("2031-02-31")),
        ("until", json!("open")),
        ("ended_by", json!("unknown")),
        ("ended_by", json!("0000")),
        ("title", json!("Zz")),
        ("title", json!("")),
        ("retrieved", json!("2031-01-01T00:00:00Z")),
        ("author", json!("Zz")),
        ("content", json!("")),
        ("content", json!(["zz"])),
        ("file", json!("a/../b")),
        ("newlines", json!("raw")),
        ("of", json!(["zz"])),
        ("of", json!("zz:1")),
        ("agency", json!("Zz")),
        ("act", json!("deny")),
        ("role", json!("member")),
        ("term", json!("P1Y2M3W4D")),
        ("term", json!("P")),
        ("deadline", json!("2031-13")),
        ("unit", json!("states")),
        ("outcome", json!("zz")),
        ("lag_days", json!(-3)),
        ("place", json!(["zz"])),
    ];
    all.into_iter().filter(|(key, _)| !of.contains_key(*key)).collect()
}

fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| pointers(value, &format!("{at}/{key}"), all)),
        Value::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{nth}"), all);
            }
        }
        _ => {}
    }
}

/// Calls back with each different mutation of the example, and what was done to it; returns how many there were.
fn mutations(example: &Value, mut each: impl FnMut(&Value, &str)) -> usize {
    let mut seen = BTreeSet::new();
    for (nth, document) in single_items(example).into_iter().enumerate() {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        for pointer in all {
            // The article's own members are mutated once, in the first document.
            if nth > 0 && (pointer.starts_with("/article") || !pointer.contains("/0")) {
                continue;
            }
            let value = document.pointer(&pointer).unwrap();
            let mut try_one = |mutated: Value, what: &str| {
                if seen.insert(mutated.to_string()) {
                    each(&mutated, &format!("{pointer}{what} in {document}: {mutated}"));
                }
            };
            for other in replacements(value) {
                let mut mutated = document.clone();
                *mutated.pointer_mut(&pointer).unwrap() = other;
                try_one(mutated, " replaced");
            }
            let Value::Object(members) = value else { continue };
            for key in members.keys() {
                let mut mutated = document.clone();
                mutated.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(key);
                try_one(mutated, &format!("/{key} taken out"));
            }
            for (key, addition) in additions(members) {
                let mut mutated = document.clone();
                mutated.pointer_mut(&pointer).unwrap()[key] = addition;
                try_one(mutated, &format!("/{key} added"));
            }
        }
    }
    seen.len()
}

#[test]
fn every_mutation_of_the_example_gets_the_published_verdict() {
    let Some((folder, theirs)) = published() else { return };
    let ours = ours();
    let mut sound = 0;
    let all = mutations(&example(&folder), |mutated, what| {
        agree(&theirs, &ours, mutated, &what);
        sound += usize::from(ours.is_valid(mutated));
    });
    assert!(sound > 1_000 && all - sound > 5_000, "{sound} of {all} mutations are sound: too few of one kind");
}

#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let Some((folder, _)) = published() else { return };
    let ours = ours();
    mutations(&example(&folder), |mutated, what| {
        if !ours.is_valid(mutated) {
            let (_, report) = Loader::new().read_str("note.json", &mutated.to_string());
            assert_eq!(report.rejected(), 1, "the reader takes what the schema refuses: {what}");
        }
    });
}
