//! What is written back reads the same, and is written the same again: nothing that an annotator wrote is lost on a round trip.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::PathBuf;

use comity::{Batch, Graph, Loader};

/// The batch of sound articles under this name, and the articles written back as one text of lines.
fn read(name: &str, text: &str) -> (Batch, String) {
    let (batch, report) = Loader::new().read_str(name, text);
    assert_eq!(report.rejected(), 0, "{report}");
    let lines: Vec<_> = batch.documents().map(|document| document.unwrap().to_line()).collect();
    (batch, lines.join("\n"))
}

/// Everything that a graph says of its nodes, claims and answers, as text.
fn told(batch: Batch) -> String {
    let graph = Graph::new().apply(batch).unwrap();
    let mut told = String::new();
    for node in graph.nodes() {
        let line =
            format!("{node:?} {:?} {:?} {:?} {:?}\n", node.names(), node.same_as(), node.subkind(), node.count());
        told.push_str(&line);
    }
    for source in graph.sources() {
        told.push_str(&format!("{:?}\n", source.source()));
        for claim in source.claims() {
            let spans: Vec<_> = claim.evidence().map(|one| (one.extent(), one.form())).collect();
            let line = format!(
                "{claim} {:?} {:?} {:?} {:?} {spans:?}\n",
                claim.qualifiers(),
                claim.when_basis(),
                claim.confidence(),
                claim.reading()
            );
            told.push_str(&line);
        }
    }
    told
}

/// Reads, writes, reads and writes again.
fn goes_round(name: &str, text: &str) {
    let (batch, written) = read(name, text);
    let (again, rewritten) = read("again.jsonl", &written);
    assert_eq!(written, rewritten, "{name}: the second writing differs");
    // Where a text is beside its annotation differs by the folder it is read from, and nothing else may.
    let unread = |text: String| text.replace("at_hand: Some", "at_hand: None");
    assert_eq!(unread(told(batch)), unread(told(again)), "{name}: it reads differently");
}

#[test]
fn our_articles_go_round() {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["data/articles", "data/demo"] {
        files.extend(std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    assert_eq!(files.len(), 6);
    for file in files {
        goes_round(&file.to_string_lossy(), &std::fs::read_to_string(&file).unwrap());
    }
}

#[test]
fn what_the_format_allows_and_we_do_not_use_goes_round_too() {
    let text = r#"{"format": 1, "id": "note:1", "offsets": "codepoint", "x_top": {"a": [1, 2.50, "é"]},
      "article": {"title": "", "publisher": "P", "author": "A", "rights": "R", "url": "https://example.org/", "language": "pt-BR",
        "retrieved": "2031-03-04T05:06:07Z", "published": "2031-03~", "published_basis": "outside",
        "dateline": {"place": "LIMA", "x_d": true}, "origin": {"kind": "reprint", "of": "wire:1", "agency": "G", "x_o": null},
        "text": {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "codepoints": 90, "newlines": "raw", "x_t": 1},
        "x_a": "own"},
      "annotators": [{"id": "a1", "kind": "tool", "name": "reader", "version": "2", "x_n": 1}],
      "mentions": [{"id": "m1", "spans": [[0, 3], [5, 8]], "hash": "0000000000000000", "exact": "abc def", "form": "trigger", "by": "a1", "x_m": {}},
        {"id": "m2", "spans": [[9, 12]], "hash": "1111111111111111"}],
      "entities": [{"id": "g", "type": "group", "name": "two", "aliases": ["both", "the pair"], "count": {"value": 2, "precision": "at_least", "x_c": 3}, "mentions": ["m2"], "x_e": []},
        {"id": "pact", "type": "coalition", "key": "coalition/pact", "kind": "alliance", "pledges": ["offense", "defense"], "same_as": ["x_own:1", "wikidata:Q5"]},
        {"id": "peru", "type": "nation", "key": "nation/PER"}],
      "facts": [{"id": "f1", "type": "membership", "args": {"of": ["pact"], "member": ["g"]}, "with": {"extent": "some", "x_w": 1}, "modality": "alleged", "negated": false,
          "said_by": "peru", "when": {"from": "2030~", "until": "open", "words": "m2", "basis": "computed", "x_when": 0}, "evidence": ["m2", "m1"], "gloss": "g", "confidence": 0.25, "reading": "as_written", "by": "a1", "x_f": "f"},
        {"id": "f2", "type": "roster", "args": {"of": ["pact"]}, "with": {"count": {"value": 7, "precision": "approximate", "x_k": 1}, "unit": "states"}, "modality": "asserted", "said_by": "author", "when": {"ended_by": "2031-02-28"}, "evidence": ["m1"]},
        {"id": "f3", "type": "detention", "key": "detention/case", "args": {"detained": ["g"]}, "modality": "denied", "reading": "repaired", "when": {"from": "unknown"}, "evidence": ["m1"]},
        {"id": "f4", "type": "statement", "args": {"speaker": ["peru"], "content": ["f3"]}, "with": {"act": "deny"}, "modality": "asserted", "negated": true, "when": {"at": "2031-03-04"}, "evidence": ["m1"]},
        {"id": "f5", "type": "rule", "args": {"of": ["pact"]}, "with": {"rule": "other", "term": "P1Y6M", "deadline": "2032-02"}, "modality": "planned", "evidence": ["m1"]}]}"#;
    goes_round("note.json", text);
}

#[test]
fn the_published_examples_go_round() {
    let Some(shared) = std::env::var_os("COMITY_SHARED") else {
        println!("skipped: the published examples are read from the folder that COMITY_SHARED names");
        return;
    };
    for file in ["example.json", "example.jsonl"] {
        let text = std::fs::read_to_string(PathBuf::from(&shared).join("format").join(file)).unwrap();
        goes_round(file, &text);
    }
}
