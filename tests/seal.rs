//! Sealing: a draft that quotes becomes an article with spans and hashes, and a drafting mistake is told, never a panic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use comity::{MentionHash, QuoteProblem, Sealer, Span};
use serde_json::{Value, json};

const TEXT: &str = "🌊 Peru’s envoy met the press. Peru said so;\nFiji’s envoy did not meet the press. Peru froze on Monday the assets.\n";

fn draft(mentions: &str) -> String {
    format!(
        r#"{{"format": 1, "id": "note", "offsets": "codepoint", "article": {{"title": "Note"}}, "mentions": [{mentions}], "entities": [], "facts": []}}"#
    )
}

fn problem(mention: &str) -> QuoteProblem {
    let mut problems = Sealer::new(TEXT).seal(&draft(mention)).expect_err("a mistake in the draft");
    assert_eq!(problems.len(), 1);
    problems.remove(0).what
}

#[test]
fn quotes_become_spans_and_hashes_of_the_text() {
    let mentions = r#"{"id": "m1", "exact": "Peru", "occurrence": 3}, {"id": "m2", "exact": ["froze", "the assets"], "form": "trigger", "x_a": {"b" : 1.0}}"#;
    let sealed = Sealer::new(TEXT).seal(&draft(mentions)).unwrap();
    let json: Value = serde_json::from_str(&sealed).unwrap();
    assert_eq!(json["article"]["text"]["codepoints"], TEXT.chars().count());
    let peru = Span::new(81, 85);
    assert_eq!(peru.of(TEXT), Some("Peru"));
    assert_eq!(json["mentions"][0]["spans"], json!([[81, 85]]));
    assert_eq!(json["mentions"][0]["hash"], MentionHash::of(["Peru"]).to_string());
    assert_eq!(json["mentions"][1]["spans"], json!([[86, 91], [102, 112]]));
    assert_eq!(json["mentions"][1]["hash"], MentionHash::of(["froze", "the assets"]).to_string());
    assert_eq!(json["mentions"][1]["exact"], "froze the assets");
    let keys: Vec<_> = json["mentions"][1].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["id", "spans", "hash", "exact", "form", "x_a"], "the draft's own order");
    assert_eq!(json["mentions"][0].get("occurrence"), None);
}

#[test]
fn a_sealed_article_has_one_item_a_line_and_keeps_all_else() {
    let draft = r#"{"x_first": [ 1e3 ], "format": 1, "id": "note", "offsets": "codepoint",
        "article": {"text": {"x_seen": true, "file": "note.txt"}, "title": "N\u00f6te"},
        "mentions": [ {"exact": "envoy did", "id": "m1"} ], "entities": [{"id": "e", "type":"person"}], "facts": []}"#;
    let expected = "{\n  \"x_first\": [1e3],\n  \"format\": 1,\n  \"id\": \"note\",\n  \"offsets\": \"codepoint\",\n  \"article\": {\n    \
        \"text\": {\"x_seen\": true, \"file\": \"note.txt\", \"sha256\": \"";
    let sealed = Sealer::new(TEXT).without_words().seal(draft).unwrap();
    assert!(sealed.starts_with(expected), "{sealed}");
    let rest = "\", \"codepoints\": 114},\n    \"title\": \"N\\u00f6te\"\n  },\n  \"mentions\": [\n    \
        {\"spans\": [[51, 60]], \"hash\": \"";
    assert!(sealed.contains(rest), "{sealed}");
    assert!(sealed.ends_with("\", \"id\": \"m1\"}\n  ],\n  \"entities\": [\n    {\"id\": \"e\", \"type\": \"person\"}\n  ],\n  \"facts\": []\n}\n"));
}

#[test]
fn sealing_what_is_sealed_changes_nothing() {
    let mentions = r#"{"id": "m1", "exact": "Peru", "occurrence": 3}, {"id": "m2", "exact": ["froze", "the assets"]}"#;
    let sealed = Sealer::new(TEXT).seal(&draft(mentions)).unwrap();
    assert_eq!(Sealer::new(TEXT).seal(&sealed).unwrap(), sealed);
    let stripped = Sealer::new(TEXT).without_words().seal(&sealed).unwrap();
    assert_eq!(Sealer::new(TEXT).without_words().seal(&draft(mentions)).unwrap(), stripped);
    let moved = Sealer::new("Another text.").seal(&sealed).unwrap_err();
    assert!(moved.iter().all(|problem| problem.what == QuoteProblem::AnotherHash));
}

#[test]
fn a_quote_that_is_not_there_is_told_with_what_is_most_like_it() {
    let QuoteProblem::NotThere { words, nearest } = problem(r#"{"id": "m1", "exact": "Fiji's envoy"}"#) else {
        panic!("not there");
    };
    assert_eq!(words, "Fiji's envoy");
    assert_eq!((nearest[0].line, nearest[0].column), (2, 1));
    assert!(nearest[0].around.contains("Fiji’s envoy did not meet the press."));
}

#[test]
fn a_quote_that_stands_more_than_once_needs_its_occurrence() {
    let QuoteProblem::Several { places, .. } = problem(r#"{"id": "m1", "exact": "Peru"}"#) else { panic!("several") };
    assert_eq!(places.iter().map(|place| (place.line, place.column)).collect::<Vec<_>>(), [(1, 3), (1, 31), (2, 38)]);
    let problem = problem(r#"{"id": "m1", "exact": "Peru", "occurrence": 4}"#);
    assert!(matches!(&problem, QuoteProblem::TooFew { occurrence: 4, places, .. } if places.len() == 3), "{problem}");
}

#[test]
fn pieces_stand_one_after_the_other_and_apart() {
    let after = problem(r#"{"id": "m1", "exact": ["the assets", "froze"]}"#);
    assert!(matches!(after, QuoteProblem::NotAfter { .. }), "{after}");
    let touching = problem(r#"{"id": "m1", "exact": ["froze", " on Monday"]}"#);
    assert!(matches!(touching, QuoteProblem::Touches { .. }), "{touching}");
}

#[test]
fn every_problem_is_told_at_once_with_its_place_in_the_draft() {
    let mentions = "{\"id\": \"m1\", \"exact\": \"Perú\"},\n {\"id\": \"m2\", \"exact\": \"Peru\"},\n{\"exact\": 7}";
    let problems = Sealer::new(TEXT).seal(&draft(mentions)).unwrap_err();
    let told: Vec<_> =
        problems.iter().map(|problem| (problem.line, problem.column, problem.mention.as_str())).collect();
    assert_eq!(told, [(1, 96, "m1"), (2, 2, "m2"), (3, 1, "draft")]);
    assert!(problems[1].to_string().starts_with("2:2: m2: \"Peru\" stands 3 times, say which with occurrence: 1:3 \""));
}

#[test]
fn words_too_long_to_be_kept_are_sealed_only_without_them() {
    let long = "ab ".repeat(101);
    let draft = draft(&format!(r#"{{"id": "m1", "exact": "{long}"}}"#));
    let problems = Sealer::new(&long).seal(&draft).unwrap_err();
    assert_eq!(problems[0].what, QuoteProblem::TooLong { codepoints: 303, max: 300 });
    assert!(Sealer::new(&long).without_words().seal(&draft).is_ok());
}

#[test]
fn no_draft_makes_it_panic() {
    let odd = [
        r#"{"id": "m1"}"#,
        r#"{"id": "m1", "exact": ""}"#,
        r#"{"id": "m1", "exact": []}"#,
        r#"{"id": "m1", "exact": ["Fiji", ""]}"#,
        r#"{"id": "m1", "exact": "Peru", "occurrence": 0}"#,
        r#"{"id": "m1", "exact": "Peru", "occurrence": -1}"#,
        r#"{"id": "m1", "exact": "Peru", "occurrence": 99999999999}"#,
        r#"{"id": "m1", "exact": "Peru", "occurrence": null}"#,
        r#"{"id": "m1", "spans": [[1, 0]], "hash": "0000000000000000"}"#,
        r#"{"id": "m1", "spans": [[4000000000, 4000000001]], "hash": "0000000000000000"}"#,
        r#"{"id": "m1", "spans": 3, "hash": 4}"#,
    ];
    for mention in odd {
        let problem = problem(mention);
        assert!(matches!(problem, QuoteProblem::Form(_) | QuoteProblem::AnotherHash), "{mention}: {problem}");
    }
    for draft in
        ["", "[", "7", "null", "{\"article\": 7}", "{\"mentions\": {}}", "{\"mentions\": [7]}", "{\"a\": \"\\ud800\"}"]
    {
        let problems = Sealer::new(TEXT).seal(draft).err().map_or(0, |problems| problems.len());
        assert!(problems <= 1, "{draft}");
    }
    let every_cut = draft(r#"{"id": "m1", "exact": "Fiji", "x_é": "🌊"}"#);
    for (cut, _) in every_cut.char_indices() {
        assert!(Sealer::new(TEXT).seal(&every_cut[..cut]).is_err());
    }
}

#[test]
fn line_ends_count_as_the_draft_says() {
    let windows = TEXT.replace('\n', "\r\n");
    let quote = draft(r#"{"id": "m1", "exact": "assets"}"#);
    assert_eq!(Sealer::new(&windows).seal(&quote).unwrap(), Sealer::new(TEXT).seal(&quote).unwrap());
    let raw = quote.replace(r#""title": "Note""#, r#""text": {"newlines": "raw"}"#);
    let json: Value = serde_json::from_str(&Sealer::new(&windows).seal(&raw).unwrap()).unwrap();
    assert_eq!(json["mentions"][0]["spans"], json!([[107, 113]]));
}
