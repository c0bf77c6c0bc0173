//! What must be refused is refused with the right code at the right place, and the sound rest is loaded.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comity::{Diagnostic, Loader};
use serde_json::Value;

/// The folder of other people's files, if there is one.
fn shared(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("COMITY_SHARED").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {what} is read from the folder that COMITY_SHARED names");
    }
    folder.map(|folder| folder.join(what))
}

fn found(diagnostic: &Diagnostic) -> (String, String, u32, u32) {
    (diagnostic.code.to_string(), diagnostic.path.clone(), diagnostic.line, diagnostic.column)
}

/// Whether the values that are shown must be as expected, letter by letter.
enum Values {
    Advise,
    Bind,
}

/// Every file of a folder against its `expected.jsonl`: the diagnostics named there, and none but those and their `also`.
fn check(folder: &Path, values: &Values) -> usize {
    let binds_values = matches!(values, Values::Bind);
    let expected = std::fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let mut files: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in expected.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        files.entry(line["file"].as_str().unwrap().to_owned()).or_default().push(line);
    }
    let mut wrong = Vec::new();
    for (file, lines) in &files {
        let limits = lines[0].get("limits").map(limits).unwrap_or_default();
        let (batch, report) = Loader::new().with_limits(limits).load(folder.join(file)).unwrap();
        let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
        for line in lines {
            let number = |key: &str| u32::try_from(line[key].as_u64().unwrap()).unwrap();
            let wanted = (text(line, "code"), text(line, "path"), number("line"), number("column"));
            let matching = report.diagnostics().iter().find(|one| found(one) == wanted);
            match matching {
                Some(one) => {
                    if let Some(value) = line["value"].as_str().filter(|_| binds_values) {
                        assert_eq!(one.value.as_deref(), Some(value), "{file}");
                    }
                    assert_eq!(one.severity.to_string(), text(line, "severity"), "{file}");
                    assert_eq!(one.code.stage().as_str(), text(line, "stage"), "{file}");
                }
                None => wrong.push(format!("{file}: wanted {wanted:?}, found {report}")),
            }
            let kept = line.get("kept").and_then(Value::as_u64).unwrap_or(0) as usize;
            if (report.kept(), batch.sources()) != (kept, kept) {
                wrong.push(format!("{file}: kept {}, not {kept}", report.kept()));
            }
        }
        let may = |one: &Diagnostic| {
            let also = lines.iter().flat_map(|line| line.get("also").and_then(Value::as_array).into_iter().flatten());
            lines.iter().chain(also).any(|line| line["code"] == one.code.as_str() && line["path"] == *one.path)
        };
        for one in report.diagnostics().iter().filter(|one| !may(one)) {
            wrong.push(format!("{file}: nobody expected {one}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    files.len()
}

fn limits(said: &Value) -> comity::Limits {
    let mut limits = comity::Limits::default();
    for (name, value) in said.as_object().unwrap() {
        let value = value.as_u64().unwrap() as usize;
        match name.as_str() {
            "file_bytes" => limits.file_bytes = value,
            "line_bytes" => limits.line_bytes = value,
            "ids" => limits.ids = value,
            "spans" => limits.spans = value,
            "spans_per_mention" => limits.spans_per_mention = value,
            "depth" => limits.depth = value,
            "list_items" => limits.list_items = value,
            "diagnostics" => limits.diagnostics = value,
            other => panic!("no limit {other}"),
        }
    }
    limits
}

#[test]
fn every_published_bad_file_is_refused_at_the_expected_place() {
    if let Some(folder) = shared("format/bad") {
        assert_eq!(check(&folder, &Values::Advise), 67);
    }
}

/// Files of our own, for the codes that those have no file for: same shape, with the limits under which each is read.
#[test]
fn every_bad_file_of_our_own_is_refused_at_the_expected_place() {
    assert!(check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad"), &Values::Bind) >= 30);
}
