//! The house: imports only go down, files stay small, every module says what it is, and no claim is lost to an `unwrap`.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the ground. Modules of one layer do not know each other.
const LAYERS: &[&[&str]] = &[
    &["text", "threads", "time"],
    &["model"],
    &["provenance", "gazetteer", "diagnostic"],
    &["batch"],
    // Two wings: the readers, which know each other as one, and the graph.
    &["article", "import", "graph"],
    &["query"],
    &["analysis", "export", "snapshot"],
];

/// Modules of one layer that may know each other all the same, and in which direction: from, to.
const NEIGHBOURS: &[(&str, &str)] = &[("import", "article")];

const MOST_LINES: usize = 600;

/// A file of the library: the top module it is in (none for `lib.rs`), its path below `src`, its text.
struct File {
    module: Option<String>,
    path: String,
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        let first = path.split('/').next().unwrap().trim_end_matches(".rs");
        let module = (first != "lib").then(|| first.to_owned());
        Self { module, path: path.to_owned(), text: text.to_owned() }
    }

    /// The code of the library proper: no comments, no strings, no tests, line by line with its number.
    fn code(&self) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        let text = without_comments_and_strings(&self.text);
        // Tests stand last in a file: a habit that this relies on, and so enforces.
        let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
        lines.extend(text[..end].lines().enumerate().map(|(nth, line)| (nth + 1, line.to_owned())));
        lines
    }
}

/// The same text with comments and the insides of strings and characters blanked, line ends kept.
fn without_comments_and_strings(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |out: &mut String, from: usize, to: usize| {
        out.extend(characters[from..to].iter().map(|character| if *character == '\n' { '\n' } else { ' ' }));
    };
    let is_word =
        |at: usize| characters.get(at).is_some_and(|character| character.is_alphanumeric() || *character == '_');
    while at < characters.len() {
        let rest = &characters[at..];
        let skip = match rest {
            ['/', '/', ..] => rest.iter().position(|character| *character == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => {
                let mut depth = 0;
                let mut end = 0;
                while end < rest.len() {
                    match rest[end..] {
                        ['/', '*', ..] => (depth, end) = (depth + 1, end + 2),
                        ['*', '/', ..] => (depth, end) = (depth - 1, end + 2),
                        _ => end += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
                end
            }
            ['r', '"' | '#', ..] if at == 0 || !is_word(at - 1) || characters[at - 1] == 'b' => {
                let hashes = rest[1..].iter().take_while(|character| **character == '#').count();
                if rest.get(1 + hashes) == Some(&'"') {
                    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                    let body = &rest[2 + hashes..];
                    let end = body.windows(close.len()).position(|window| window == close).unwrap_or(body.len());
                    (2 + hashes + end + close.len()).min(rest.len())
                } else {
                    0
                }
            }
            ['"', ..] => {
                let mut end = 1;
                while end < rest.len() && rest[end] != '"' {
                    end += if rest[end] == '\\' { 2 } else { 1 };
                }
                (end + 1).min(rest.len())
            }
            ['\'', '\\', ..] => rest[3..].iter().position(|character| *character == '\'').map_or(1, |end| end + 4),
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        if skip == 0 {
            out.push(rest[0]);
            at += 1;
        } else {
            blank(&mut out, at, at + skip);
            at += skip;
        }
    }
    out
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The names of what `crate::` is followed by in the code: one, or those of a brace list at the top.
fn imports(file: &File) -> Vec<(usize, String)> {
    let code = file.code();
    let text: String = code.iter().map(|(_, line)| format!("{line}\n")).collect();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == '_' || character == '$') {
            continue;
        }
        let line = text[..at].matches('\n').count() + 1;
        let rest = text[at + "crate::".len()..].trim_start();
        let name =
            |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '*').collect::<String>();
        match rest.strip_prefix('{') {
            None => found.push((line, name(rest))),
            Some(list) => {
                let (mut depth, mut start) = (0, 0);
                for (end, character) in list.char_indices() {
                    match character {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        ',' | '}' if depth == 0 => {
                            let item = name(list[start..end].trim());
                            found.extend((!item.is_empty()).then_some((line, item)));
                            start = end + 1;
                            if character == '}' {
                                break;
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    // `super::` that climbs out of the module's folder is the same import by another way.
    let depth =
        file.path.matches('/').count() + usize::from(!file.path.ends_with("/mod.rs") && file.path.contains('/'));
    let climb = "super::".repeat(depth.max(1));
    if file.module.is_some() {
        for (line, code) in &code {
            for (at, _) in code.match_indices(&climb) {
                let rest = &code[at + climb.len()..];
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if layer(&name).is_some() {
                    found.push((*line, name));
                }
            }
        }
    }
    found
}

/// What breaks the rules of the house in this file.
fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    let path = &file.path;
    let lines = file.text.lines().count();
    if lines > MOST_LINES {
        faults.push(format!("{path}: {lines} lines, more than {MOST_LINES}: split it by noun"));
    }
    // The crate itself begins with its README.
    if !file.text.starts_with("//! ") && path != "lib.rs" {
        faults.push(format!("{path}: does not begin with what it is: //! ..."));
    }
    if path.contains("util") || path.contains("helper") {
        faults.push(format!("{path}: is called after nothing"));
    }
    for (nth, line) in file.code() {
        for (slip, instead) in [
            (".unwrap()", "expect with the reason why it cannot fail, or an error"),
            ("panic!(", "an error"),
            ("unsafe ", "nothing"),
        ] {
            if line.contains(slip) {
                faults.push(format!("{path}:{nth}: {instead} instead of {slip}"));
            }
        }
        if is_integer_date(&line) {
            faults.push(format!("{path}:{nth}: a public year, day or date as an integer: use Day or PartialDate"));
        }
    }
    let Some(module) = &file.module else { return faults };
    let Some(own) = layer(module) else {
        faults.push(format!("{path}: {module} is not in the diagram"));
        return faults;
    };
    for (nth, import) in imports(file) {
        let Some(other) = layer(&import) else {
            // A type by its name at the root would hide which module it is of.
            faults.push(format!("{path}:{nth}: crate::{import} names no module"));
            continue;
        };
        let is_neighbour = NEIGHBOURS.contains(&(module.as_str(), import.as_str()));
        if import != *module && other > own {
            faults.push(format!("{path}:{nth}: {module} imports {import}, which stands above it"));
        } else if import != *module && other == own && !is_neighbour {
            faults.push(format!("{path}:{nth}: {module} imports {import}, which stands beside it"));
        }
    }
    faults
}

/// Whether a public function or field gives or takes a date as a bare number. The parts of a calendar date (year, month and day
/// of the month) are numbers by nature: [`TIME`](is_integer_date) is where they are.
fn is_integer_date(line: &str) -> bool {
    let line = line.trim_start();
    if !line.starts_with("pub ") {
        return false;
    }
    let is_number = |text: &str| {
        let text = text.trim_start_matches("Option<");
        ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "usize", "f64"].iter().any(|kind| {
            text.strip_prefix(kind).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    };
    let is_date = |name: &str| {
        ["date", "published", "year", "month", "from", "until", "since", "as_of"].contains(&name)
            || name.ends_with("_date")
            || name.ends_with("_year")
    };
    line.match_indices(": ").any(|(at, _)| {
        let name: String = line[..at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let name: String = name.chars().rev().collect();
        is_date(&name) && is_number(&line[at + 2..])
    })
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let relative = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    paths.iter().map(|path| File::new(&relative(path), &fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_house_is_in_order() {
    let faults: Vec<String> = sources().iter().flat_map(in_order).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The faults of a file of this library; the calendar itself is made of numbers.
fn in_order(file: &File) -> Vec<String> {
    let mut found = faults(file);
    if file.module.as_deref() == Some("time") {
        found.retain(|fault| !fault.ends_with("use Day or PartialDate"));
    }
    found
}

#[test]
fn every_module_that_lib_names_is_in_the_diagram_once() {
    let all: Vec<&str> = LAYERS.iter().flat_map(|layer| layer.iter().copied()).collect();
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len(), "a module stands in one layer");
    let sources = sources();
    let lib = sources.iter().find(|file| file.path == "lib.rs").expect("a library has one");
    let named = lib.code().into_iter().filter_map(|(_, line)| {
        let line = line.trim();
        line.strip_prefix("mod ").or(line.strip_prefix("pub mod ")).map(|rest| rest.trim_end_matches(';').to_owned())
    });
    for module in named {
        assert!(layer(&module).is_some(), "{module} is not in the diagram");
    }
    assert!(lib.code().iter().all(|(_, line)| !line.trim().starts_with("pub mod ")), "modules are private");
}

/// What the checks find in a made-up file.
fn found(path: &str, text: &str) -> Vec<String> {
    faults(&File::new(path, text))
}

#[test]
fn an_upward_import_is_caught_however_it_is_written() {
    for text in [
        "//! A file.\nuse crate::graph::Graph;\n",
        "//! A file.\nuse crate::{model::Id, graph::{Graph, View}};\n",
        "//! A file.\nuse crate::{\n    model::Id,\n    graph,\n};\n",
        "//! A file.\nfn f(_: &crate::graph::Graph) {}\n",
        "//! A file.\npub(crate) use crate :: graph::Graph;\n".replace(" :: ", "::").as_str(),
        "//! A file.\nuse super::super::graph::Graph;\n",
    ] {
        let found = found("batch/mention.rs", text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains("batch imports graph, which stands above it"), "{found:?}");
    }
    assert_eq!(found("batch.rs", "//! A file.\nuse super::graph::Graph;\n").len(), 1);
    assert_eq!(found("batch/mod.rs", "//! A file.\nuse super::graph::Graph;\n").len(), 1);
}

#[test]
fn a_sideways_import_is_caught_and_the_wings_do_not_know_each_other() {
    for (path, other) in [("article/parse.rs", "graph"), ("graph/view.rs", "import"), ("text/span.rs", "time")] {
        let found = found(path, &format!("//! A file.\nuse crate::{other}::Thing;\n"));
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert!(found[0].contains("stands beside it"), "{found:?}");
    }
}

#[test]
fn a_downward_import_and_ones_own_are_fine() {
    for (path, text) in [
        ("batch/claimed.rs", "//! A file.\nuse crate::model::Id;\nuse crate::batch::Batch;\nuse super::Batch;\n"),
        ("graph/view.rs", "//! A file.\nuse crate::{batch::records::NONE, time::{Day, Bounds}};\n"),
        ("model/id.rs", "//! A file.\n/// See [`crate::Graph`], used as `use crate::graph::Graph`.\nstruct Id;\n"),
        ("model/id.rs", "//! A file.\nconst A: &str = \"crate::graph\"; // crate::graph\n/* crate::graph */\n"),
        ("model/id.rs", "//! A file.\n#[cfg(test)]\nmod tests {\n    use crate::graph::Graph;\n}\n"),
        ("lib.rs", "//! A crate.\nmod graph;\npub use graph::Graph;\n"),
    ] {
        assert_eq!(found(path, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_module_outside_the_diagram_is_caught() {
    assert!(found("cache/mod.rs", "//! A file.\n")[0].contains("not in the diagram"));
    assert!(found("graph/view.rs", "//! A file.\nuse crate::cache::Cache;\n")[0].contains("names no module"));
    assert!(found("graph/view.rs", "//! A file.\nuse crate::Batch;\n")[0].contains("names no module"));
}

#[test]
fn a_long_file_one_without_a_header_and_one_of_odds_and_ends_are_caught() {
    assert!(found("graph/view.rs", &format!("//! A file.\n{}", "\n".repeat(600)))[0].contains("601 lines"));
    assert!(found("graph/view.rs", "use std::fmt;\n")[0].contains("does not begin with what it is"));
    assert!(found("graph/utils.rs", "//! A file.\n")[0].contains("called after nothing"));
}

#[test]
fn slips_are_caught_outside_of_tests_and_prose_only() {
    let caught = |line: &str| found("graph/view.rs", &format!("//! A file.\n{line}\n")).len();
    assert_eq!(caught("fn f() { x.unwrap(); }"), 1);
    assert_eq!(caught("fn f() { panic!(\"no\"); }"), 1);
    assert_eq!(caught("/// x.unwrap()"), 0);
    assert_eq!(caught("const A: (char, &str) = ('\"', r#\"x.unwrap()\"#);"), 0);
    assert_eq!(caught("#[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }"), 0);
    assert_eq!(caught("pub fn as_of(self, date: i32) -> Self {"), 1);
    assert_eq!(caught("pub published: Option<u32>,"), 1);
    assert_eq!(caught("pub fn as_of(self, date: Day) -> Self {"), 0);
    assert_eq!(caught("pub fn years(self, lag_days: i32) -> Self {"), 0);
    assert_eq!(caught("pub(crate) from: i32,"), 0);
}
