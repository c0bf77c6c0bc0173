//! Re-anchoring: an annotation follows its text when that is edited, and what the text no longer bears out is named.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use comity::{Digest, MentionHash, Placement, Reanchored, Rejection, Sealer, Span, reanchor};
use serde_json::Value;

const OLD: &str =
    "Peru holds a Fijian sailor. Fiji condemned that.\nPeru denies it. Fiji barred Peruvian ships in return.\n";

/// Facts that hang on each other: f2 condemns f1, f3 is said in f2, f5 denies f4, f6 answers f1 with f7.
fn annotation() -> String {
    let draft = r#"{
      "format": 1, "id": "note", "offsets": "codepoint", "x_own": [1.50, "kept"],
      "article": {"title": "Note", "text": {"file": "note.txt"}, "published": "2031-03"},
      "mentions": [
        {"id": "m1", "exact": "holds", "form": "trigger"},
        {"id": "m2", "exact": "condemned"},
        {"id": "m3", "exact": "Peru", "occurrence": 2, "x_n": 7},
        {"id": "m4", "exact": "denies it"},
        {"id": "m5", "exact": ["barred", "ships"]},
        {"id": "m6", "exact": "in return"},
        {"id": "m7", "exact": "Fiji", "occurrence": 2}
      ],
      "entities": [
        {"id": "peru", "type": "nation", "mentions": ["m3"]},
        {"id": "fiji", "type": "nation", "mentions": ["m7"]},
        {"id": "sailor", "type": "person"}
      ],
      "facts": [
        {"id": "f1", "type": "detention", "args": {"detained": ["sailor"], "by": ["peru"]}, "modality": "asserted", "evidence": ["m1"]},
        {"id": "f2", "type": "statement", "args": {"speaker": ["fiji"], "about": ["f1"]}, "with": {"act": "condemn"}, "modality": "asserted", "evidence": ["m2"]},
        {"id": "f3", "type": "characterisation", "args": {"of": ["f1", "peru"]}, "with": {"label": "a wrong"}, "modality": "alleged", "said_in": "f2", "evidence": ["m2", "m1"]},
        {"id": "f4", "type": "nationality", "args": {"who": ["sailor"], "nation": ["fiji"]}, "modality": "denied", "when": {"at": "2031-03", "words": "m4"}, "evidence": ["m1", "m6"]},
        {"id": "f5", "type": "statement", "args": {"speaker": ["peru"], "content": ["f4"]}, "with": {"act": "deny"}, "modality": "asserted", "evidence": ["m4"]},
        {"id": "f7", "type": "sanction", "args": {"target": ["peru"], "by": ["fiji"]}, "modality": "asserted", "evidence": ["m5"]},
        {"id": "f6", "type": "retaliation", "args": {"response": ["f7"], "to": ["f1"]}, "modality": "asserted", "evidence": ["m6"]}
      ]
    }"#;
    Sealer::new(OLD).seal(draft).expect("the draft fits its text")
}

fn on(text: &str) -> Reanchored {
    reanchor(&annotation(), text).expect("the annotation is sound")
}

fn rejections(text: &str) -> Vec<(String, Rejection)> {
    on(text).rejected.into_iter().map(|fact| (fact.fact, fact.reason)).collect()
}

#[test]
fn an_unchanged_text_changes_nothing() {
    let same = on(OLD);
    assert_eq!(same.json, annotation());
    assert!(same.moves.iter().all(|moved| moved.placement == Placement::Unmoved));
    assert!(same.rejected.is_empty());
}

#[test]
fn mentions_follow_their_words_and_the_rest_stays_as_it_is() {
    let new = format!("🌊 Update.\n{OLD}");
    let moved = on(&new);
    let json: Value = serde_json::from_str(&moved.json).unwrap();
    assert_eq!(json["article"]["text"]["sha256"], Digest::of(&new).to_string());
    assert_eq!(json["article"]["text"]["codepoints"], new.chars().count());
    for mention in json["mentions"].as_array().unwrap() {
        let spans: Vec<(u32, u32)> = serde_json::from_value(mention["spans"].clone()).unwrap();
        let words: Vec<_> = spans.iter().map(|(start, end)| Span::new(*start, *end).of(&new).unwrap()).collect();
        assert_eq!(mention["hash"], MentionHash::of(words.iter().copied()).to_string());
        assert_eq!(mention["exact"], words.join(" "));
    }
    assert!(moved.rejected.is_empty());
    assert!(moved.json.contains(r#""x_own": [1.50, "kept"]"#), "own members stay, digit for digit");
    assert_eq!(moved.moves.len(), 7);
    assert_eq!(moved.moves[0].mention, "m1");
    assert_eq!(moved.moves[0].from, [Span::new(5, 10)]);
    assert_eq!(moved.moves[0].placement, Placement::Moved { to: vec![Span::new(15, 20)] });
    assert!(
        matches!(&moved.moves[2].placement, Placement::Ambiguous { to, starts } if to[0].start() == 59 && starts == &[10, 59, 87])
    );
    assert_eq!(reanchor(&moved.json, &new).unwrap().json, moved.json, "a second time changes nothing");
}

#[test]
fn a_fact_without_evidence_is_rejected_and_one_with_some_left_is_not() {
    let text = OLD.replace("in return", "again");
    let result = on(&text);
    let named: Vec<_> = result.rejected.iter().map(|fact| (fact.fact.as_str(), &fact.reason)).collect();
    assert_eq!(named, [("f6", &Rejection::NoEvidence)]);
    let json: Value = serde_json::from_str(&result.json).unwrap();
    assert_eq!(json["facts"].as_array().unwrap().len(), 6);
    assert_eq!(json["facts"][3]["evidence"], serde_json::json!(["m1"]), "what is left of the evidence of f4");
    assert!(json["mentions"].as_array().unwrap().iter().all(|mention| mention["id"] != "m6"));
}

#[test]
fn what_cannot_be_said_without_a_rejected_fact_is_rejected_too() {
    let text = OLD.replace("condemned", "noted").replace("holds", "keeps");
    let expected = [
        ("f1".into(), Rejection::NoEvidence),
        ("f2".into(), Rejection::NoEvidence),
        ("f3".into(), Rejection::NoEvidence),
        ("f6".into(), Rejection::RoleEmptied { role: "to".into() }),
    ];
    assert_eq!(rejections(&text), expected);

    let text = OLD.replace("condemned", "noted");
    let statement = || "f2".to_owned();
    let expected =
        [("f2".into(), Rejection::NoEvidence), ("f3".into(), Rejection::StatementRejected { statement: statement() })];
    assert_eq!(rejections(&text), expected, "f3 still has evidence, but nobody says it any more");

    let text = OLD.replace("denies it", "is silent");
    assert_eq!(
        rejections(&text),
        [("f4".into(), Rejection::DenialRejected), ("f5".into(), Rejection::NoEvidence)],
        "denied by nobody"
    );
}

#[test]
fn references_to_what_is_gone_are_left_out() {
    let text = OLD.replace("holds", "keeps").replace("Peru denies", "Lima denies");
    let json: Value = serde_json::from_str(&on(&text).json).unwrap();
    let fact = |id: &str| json["facts"].as_array().unwrap().iter().find(|fact| fact["id"] == id).cloned();
    assert_eq!(fact("f1"), None);
    assert_eq!(fact("f2").unwrap()["args"], serde_json::json!({"speaker": ["fiji"]}), "a topic is no condition");
    assert_eq!(fact("f3").unwrap()["args"]["of"], serde_json::json!(["peru"]));
    let ids: Vec<_> = json["mentions"].as_array().unwrap().iter().map(|mention| mention["id"].clone()).collect();
    for entity in json["entities"].as_array().unwrap() {
        for mention in entity["mentions"].as_array().into_iter().flatten() {
            assert!(ids.contains(mention), "{entity}");
        }
    }
}

#[test]
fn line_ends_are_read_as_the_annotation_says() {
    let windows = format!("\u{feff}{}", OLD.replace('\n', "\r\n"));
    assert_eq!(on(&windows).json, annotation(), "CR LF counts as one");
    let raw = annotation().replace(r#""text": {"#, r#""text": {"newlines": "raw", "#);
    let moved = reanchor(&raw, &windows).unwrap();
    assert!(matches!(moved.moves[3].placement, Placement::Moved { .. }), "taken raw it counts as two");
}

#[test]
fn what_is_no_annotation_is_refused_with_its_place() {
    for (annotation, expected) in [
        ("", "1:1: EOF while parsing a value"),
        ("{\"a\": 1,\n  \"é\" 2}", "2:7: expected `:`"),
        ("[]", "1:1: an object is needed"),
        ("{\"id\": 1, \"id\": 2}", "1:1: key \"id\" appears twice in one object"),
        ("{\"mentions\": [\n 5]}", "2:2: mentions: an object is needed"),
        ("{\"mentions\": [{\"id\": \"m1\"}]}", "1:15: a mention needs an id, spans and a hash"),
        ("{\"facts\": [{\"id\": 7}]}", "1:12: a fact needs an id, a type, and lists of ids in args and evidence"),
    ] {
        assert_eq!(reanchor(annotation, "").unwrap_err().to_string(), expected, "{annotation}");
    }
}
