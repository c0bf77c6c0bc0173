//! The reader against the published JSON Schema: what the schema refuses is refused, and what the reader refuses for its shape
//! the schema refuses too, save what a schema cannot say.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::path::PathBuf;

use comity::{Code, Loader};
use proptest::prelude::{any, prop};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Codes that the schema cannot know, or need not.
fn is_beyond_a_schema(code: Code) -> bool {
    use comity::Stage::{Limit, Lines, Reference, Span, Text};
    let by_stage = matches!(code.stage(), Limit | Lines | Reference | Span | Text);
    // A key of another type and a key on no event are in the schema.
    let referential = by_stage && !matches!(code, Code::C0408 | Code::C0411);
    // 1.0 is an integer to a schema, a day is any of 31, and who fills a role, or what a stage is of, stands elsewhere.
    let others =
        [Code::C0314, Code::C0705, Code::C0708, Code::C0709, Code::C0711, Code::C0712, Code::C0713, Code::C0714];
    referential || others.contains(&code)
}

fn odd() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(2147483647),
        json!(2147483648u64),
        json!(""),
        json!(" "),
        json!("m1"),
        json!("author"),
        json!("2031-02"),
        json!("2031~"),
        json!("2031-13"),
        json!("2031-1-1"),
        json!("unknown"),
        json!("open"),
        json!("deny"),
        json!("member"),
        json!("P1Y"),
        json!("PT1H"),
        json!("P"),
        json!("P1Y2M3W4D"),
        json!("P1M1Y"),
        json!([]),
        json!({}),
        json!(["m1", "m1"]),
        json!(["m1", "m2"]),
        json!([1]),
        json!([[0, 3]]),
        json!([[0, 3, 4]]),
        json!([[0]]),
        json!([[]]),
        json!("nation/x-a"),
        json!("nation/-a"),
        json!("planet/a"),
        json!("person/a.b"),
        json!({"value": 3, "precision": "exact"}),
        json!({"value": 3}),
        json!({"at": "2031"}),
        json!({"from": "unknown"}),
        json!({"from": "2031", "until": "open", "ended_by": "2032"}),
        json!({"basis": "stated"}),
        json!("x".repeat(300)),
        json!("x".repeat(301)),
        json!("é".repeat(500)),
        json!("é".repeat(501)),
        json!("wikidata:Q1"),
        json!("wikidata:Q01"),
        json!("iso3166:ab"),
        json!("cow:1000"),
        json!("lei:A"),
        json!("x_a:b"),
        json!("x_A:b"),
        json!("x_:b c"),
        json!("https://a"),
        json!("https://"),
        json!("en-US"),
        json!("english"),
        json!("a/b.txt"),
        json!("a//b"),
        json!("../a"),
        json!("2031-03-04T05:06:07Z"),
        json!("statement"),
        json!("person"),
        json!("Q1"),
        json!("a".repeat(65)),
        json!(0.999),
        json!(2),
    ]
}

const KEYS: &[&str] = &[
    "x_own",
    "X_own",
    "said_by",
    "said_in",
    "key",
    "when",
    "at",
    "until",
    "ended_by",
    "count",
    "by",
    "with",
    "act",
    "content",
    "id",
    "kind",
    "exact",
    "title",
    "of",
    "member",
    "pledges",
    "same_as",
    "aliases",
    "file",
    "url",
    "retrieved",
    "language",
    "agency",
    "lag_days",
];

/// Changes the place that is so many steps into the tree.
fn change(value: &mut Value, left: &mut usize, how: usize, new: &Value, key: &str) -> bool {
    if *left == 0 {
        match (how % 4, &mut *value) {
            (0 | 1, _) => *value = new.clone(),
            (2, Value::Object(members)) => drop(members.insert(key.into(), new.clone())),
            (2, Value::Array(items)) => items.push(new.clone()),
            (_, Value::Object(members)) => {
                let first = members.keys().next().cloned();
                first.map(|first| members.shift_remove(&first));
            }
            (_, Value::Array(items)) => drop(items.pop()),
            _ => {}
        }
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, left, how, new, key)),
        Value::Object(members) => members.iter_mut().any(|(_, member)| change(member, left, how, new, key)),
        _ => false,
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

#[test]
fn reader_and_schema_refuse_the_same_shapes() {
    let Some(format) = std::env::var_os("COMITY_SHARED").map(|folder| PathBuf::from(folder).join("format")) else {
        println!("skipped: the schema is read from the folder that COMITY_SHARED names");
        return;
    };
    let read =
        |name: &str| -> Value { serde_json::from_str(&std::fs::read_to_string(format.join(name)).unwrap()).unwrap() };
    let (schema, example) = (jsonschema::validator_for(&read("schema.json")).unwrap(), read("example.json"));
    let places = size(&example);
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    // The facts are at the end, and mentions are all alike: half of the changes are to facts.
    let facts = places - size(&example["facts"]);
    let place = any::<(bool, prop::sample::Index)>();
    let mutations = (place, 0_usize..4, prop::sample::select(odd()), prop::sample::select(KEYS));
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
        .run(&mutations, |((in_facts, place), how, new, key)| {
            let mut article = example.clone();
            let mut at = if in_facts { facts + place.index(places - facts) } else { place.index(places) };
            change(&mut article, &mut at, how, &new, key);
            let text = article.to_string();
            let (_, report) = Loader::new().read_str("a.json", &text);
            let refused =
                schema.iter_errors(&article).map(|error| format!("{}: {error}", error.instance_path())).next();
            if let Some(refused) = &refused {
                assert_eq!(report.rejected(), 1, "the schema refuses what is read: {refused}");
            } else {
                let shapes: Vec<_> = report.diagnostics().iter().filter(|one| !is_beyond_a_schema(one.code)).collect();
                assert!(shapes.is_empty(), "the schema takes what the reader refuses: {shapes:?}");
            }
            Ok(())
        })
        .unwrap();
}
