//! Every code of the native format, in articles with the mistake drawn under its place; and that no code is without one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use comity::{Code, Loader, Severity, Stage};

const BASE: &str = include_str!("codes/base.txt");
const MISTAKES: &str = include_str!("codes/mistakes.txt");
const SUSPICIONS: &str = include_str!("codes/suspicions.txt");
const FILES: &str = include_str!("bad/expected.jsonl");

/// A case: an article, and what must be found in it: code, pointer, line and column.
struct Case<'t> {
    title: &'t str,
    article: String,
    expected: Vec<(String, String, u32, u32)>,
}

fn keyed(line: &str) -> (&str, &str) {
    line.split_once("| ").unwrap_or_else(|| panic!("no key: {line}"))
}

/// The cases of a drawing. Lines before the first `## ` say what it is.
fn cases(drawing: &str) -> Vec<Case<'_>> {
    drawing.split("\n## ").skip(1).map(case).collect()
}

fn case(drawn: &str) -> Case<'_> {
    let (title, body) = drawn.split_once('\n').expect("a title and lines");
    let mut changed: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut marks = Vec::new();
    let mut last = "";
    for line in body.lines().filter(|line| !line.is_empty()) {
        if let Some(mark) = line.trim_start_matches(' ').strip_prefix("^ ") {
            let (code, pointer) = mark.split_once(' ').unwrap_or((mark, ""));
            let at = line.chars().take_while(|letter| *letter == ' ').count();
            marks.push((last, at - last.len() - "| ".len(), code, pointer));
        } else if let Some(left_out) = line.strip_suffix("|-") {
            changed.insert(left_out, None);
        } else {
            let (key, line) = keyed(line);
            changed.insert(key, Some(line));
            last = key;
        }
    }
    let written: Vec<(&str, &str)> = BASE
        .lines()
        .map(keyed)
        .filter_map(|(key, line)| Some((key, changed.get(key).copied().unwrap_or(Some(line))?)))
        .collect();
    let number = |key: &str| written.iter().position(|(known, _)| *known == key).expect("the line is there") as u32 + 1;
    let expected = marks
        .into_iter()
        .map(|(key, at, code, pointer)| (code.to_owned(), pointer.to_owned(), number(key), at as u32 + 1))
        .collect();
    let article = written.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    Case { title, article, expected }
}

fn check(loader: &Loader, case: &Case<'_>) {
    println!("{}", case.title);
    let (batch, report) = loader.read_str("tarn.json", &case.article);
    let found: Vec<_> =
        report.diagnostics().iter().map(|one| (one.code.to_string(), one.path.clone(), one.line, one.column)).collect();
    let sort = |mut all: Vec<_>| {
        all.sort();
        all
    };
    assert_eq!(sort(found), sort(case.expected.clone()), "{}\n{report}", case.title);
    let is_bad = report.diagnostics().iter().any(|one| one.severity == Severity::Error);
    assert_eq!((report.read(), report.rejected(), batch.sources()), (1, usize::from(is_bad), usize::from(!is_bad)));
    for diagnostic in report.diagnostics() {
        assert!(!diagnostic.message.is_empty() && diagnostic.hint.is_some(), "{diagnostic}");
        let is_end = diagnostic.message.ends_with('.') && !diagnostic.message.ends_with("...");
        assert!(!is_end, "a message is no sentence: {diagnostic}");
    }
    let stages: Vec<_> = report.diagnostics().iter().map(|one| one.code.stage()).collect();
    assert!(stages.is_sorted(), "{}: {stages:?}", case.title);
}

#[test]
fn the_article_without_changes_is_sound_and_unsuspicious() {
    let sound = Case { title: "sound", article: case("\n").article, expected: Vec::new() };
    check(&Loader::new().with_suspicions(), &sound);
}

#[test]
fn every_drawn_mistake_is_found_where_it_is_drawn_and_no_other() {
    for case in cases(MISTAKES) {
        check(&Loader::new(), &case);
    }
}

#[test]
fn what_is_suspicious_is_told_on_request_only_and_rejects_nothing() {
    for case in cases(SUSPICIONS) {
        check(&Loader::new().with_suspicions(), &case);
        let (_, report) = Loader::new().read_str("tarn.json", &case.article);
        assert!(report.is_clean(), "{}\n{report}", case.title);
    }
}

#[test]
fn no_code_is_without_a_case() {
    let drawn = [MISTAKES, SUSPICIONS].into_iter().flat_map(cases).flat_map(|case| case.expected);
    let mut held: BTreeSet<String> = drawn.map(|(code, ..)| code).collect();
    for line in FILES.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        held.insert(line["code"].as_str().unwrap().to_owned());
    }
    // Those of tables and records are raised by `import_hostile`, those of annotations by `import_annotations`.
    let is_of_articles = |code: &&Code| !matches!(code.stage(), Stage::Table | Stage::Record | Stage::Annotation);
    let all: BTreeSet<String> = Code::ALL.iter().filter(is_of_articles).map(ToString::to_string).collect();
    assert_eq!(held, all);
}

#[test]
fn each_line_of_a_diagnostic_reads_as_the_format_says() {
    let case = &cases(MISTAKES).into_iter().find(|case| case.title == "an unknown type of fact").unwrap();
    let (_, report) = Loader::new().read_str("tarn.json", &case.article);
    let line = report.diagnostics()[0].to_string();
    let (place, rest) = line.split_once(": error[C0701] ").unwrap();
    assert_eq!(place, format!("tarn.json:{}:{}", case.expected[0].2, case.expected[0].3));
    assert!(rest.starts_with("/facts/3/type: ") && rest.contains(", found \"citizenship\"; "), "{rest}");
    let json = serde_json::to_value(&report.diagnostics()[0]).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["file", "line", "column", "severity", "code", "path", "value", "message", "hint"]);
}
