//! Reading the native format: what is sound loads, from wherever it comes and however it is cut up.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use comity::{Batch, Code, Diagnostic, Graph, Limits, Loader, Report, Severity, Unread};

const ARTICLE: &str = include_str!("../data/demo/lysefjord.json");
const TEXT: &str = include_str!("../data/demo/lysefjord.txt");

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn codes(report: &Report) -> Vec<Code> {
    report.diagnostics().iter().map(|one| one.code).collect()
}

/// Whether the text of an article is at hand.
fn has_text(batch: Batch) -> bool {
    Graph::new().apply(batch).unwrap().sources().any(|source| source.text().is_some())
}

/// What a batch holds, as far as it can be told from outside.
fn told(batch: Batch) -> Vec<String> {
    let graph = Graph::new().apply(batch).unwrap();
    graph.sources().flat_map(|source| source.claims().map(|claim| claim.to_string()).collect::<Vec<_>>()).collect()
}

/// The demo article on one line, under another id, with its text inside.
fn line(id: &str) -> String {
    let mut article: serde_json::Value = serde_json::from_str(ARTICLE).unwrap();
    article["id"] = id.into();
    let text = article["article"]["text"].as_object_mut().unwrap();
    text.remove("file");
    text.insert("content".into(), TEXT.into());
    article.to_string()
}

/// An article of no claims, on one line.
fn small(id: &str) -> String {
    let sha256 = comity::Digest::of("");
    format!(
        r#"{{"format": 1, "id": "{id}", "offsets": "codepoint", "article": {{"text": {{"sha256": "{sha256}", "codepoints": 0}}}}, "mentions": [], "entities": [], "facts": []}}"#
    )
}

#[test]
fn the_published_examples_load_without_a_word() {
    let Some(shared) = std::env::var_os("COMITY_SHARED").map(PathBuf::from) else {
        println!("skipped: the examples are read from the folder that COMITY_SHARED names");
        return;
    };
    for (file, articles, claims) in [("example.json", 1, 32), ("example.jsonl", 2, 3)] {
        let (batch, report) = Loader::new().load(shared.join("format").join(file)).unwrap();
        assert!(report.is_clean(), "{report}");
        assert_eq!(
            (report.read(), report.kept(), batch.sources(), batch.claims()),
            (articles, articles, articles, claims)
        );
        assert!(has_text(batch), "{file}: the text is at hand");
    }
}

#[test]
fn a_text_is_looked_for_inside_then_beside_then_in_the_folder_by_name_by_id_and_by_digest() {
    let (here, texts) = (folder("texts-here"), folder("texts-there"));
    let load = || {
        let (batch, report) = Loader::new().with_texts(&texts).load(here.join("a.json")).unwrap();
        let codes = codes(&report);
        assert_eq!(report.kept(), 1, "{report}");
        (has_text(batch), codes)
    };
    let article = line("a");
    fs::write(here.join("a.json"), &article).unwrap();
    assert_eq!(load(), (true, vec![]), "inside");

    let mut article: serde_json::Value = serde_json::from_str(&article).unwrap();
    let record = article["article"]["text"].as_object_mut().unwrap();
    record.remove("content");
    fs::write(here.join("a.json"), article.to_string()).unwrap();
    assert_eq!(load(), (false, vec![]), "nobody says where: unverified without a word");

    article["article"]["text"]["file"] = "sub/a.txt".into();
    fs::write(here.join("a.json"), article.to_string()).unwrap();
    assert_eq!(load(), (false, vec![Code::C0601]), "it is not where it is said to be");
    let others = ["other.txt", "a.txt", "sub/a.txt"].map(|name| texts.join(name));
    for path in others.iter().chain([&here.join("sub/a.txt")]) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, TEXT).unwrap();
        assert_eq!(load(), (true, vec![]), "{}", path.display());
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn the_text_is_the_same_whatever_its_line_ends_and_with_or_without_a_mark() {
    let here = folder("line-ends");
    fs::write(here.join("lysefjord.json"), ARTICLE).unwrap();
    assert!(TEXT.contains('\n') && !TEXT.contains('\r'));
    for text in [TEXT.replace('\n', "\r\n"), TEXT.replace('\n', "\r"), format!("\u{feff}{TEXT}")] {
        fs::write(here.join("lysefjord.txt"), text).unwrap();
        let (batch, report) = Loader::new().load(here.join("lysefjord.json")).unwrap();
        assert!(report.is_clean() && has_text(batch), "{report}");
    }
    let raw = ARTICLE.replacen("\"sha256\"", "\"newlines\": \"raw\", \"sha256\"", 1);
    fs::write(here.join("lysefjord.json"), raw).unwrap();
    for (text, fits) in
        [(TEXT.to_owned(), true), (TEXT.replace('\n', "\r\n"), false), (format!("\u{feff}{TEXT}"), true)]
    {
        fs::write(here.join("lysefjord.txt"), text).unwrap();
        let (_, report) = Loader::new().load(here.join("lysefjord.json")).unwrap();
        assert_eq!(report.is_clean(), fits, "{report}");
    }
    let content = line("a").replacen("\"content\":\"", "\"content\":\"\\ufeff", 1).replace("\\n", "\\r\\n");
    let (batch, report) = Loader::new().read_str("a.json", &content);
    assert!(report.is_clean() && has_text(batch), "inside the annotation too: {report}");
}

#[test]
fn an_annotation_may_begin_with_a_mark_and_end_its_lines_as_it_likes() {
    let plain = Loader::new().read_str("a.json", ARTICLE);
    for text in [ARTICLE.replace('\n', "\r\n"), format!("\u{feff}{ARTICLE}"), ARTICLE.replace('\n', " ")] {
        let (batch, report) = Loader::new().read_str("a.json", &text);
        assert!(report.diagnostics().iter().all(|one| one.code == Code::C0601), "{report}");
        assert_eq!(told(batch), told(plain.0.clone()));
    }
}

#[test]
fn lines_are_numbered_from_one_with_blank_ones_and_the_last_needs_no_end() {
    let bad = "{\"format\": 1,";
    let text = format!("\u{feff}\r\n{}\r\n  \t\n{bad}\n{}\r\n\n{bad}\r\n{}", small("a"), small("b"), small("c"));
    let (batch, report) = Loader::new().read_str("a.jsonl", &text);
    assert_eq!((report.kept(), report.rejected(), batch.sources()), (3, 2, 3));
    let places: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.column)).collect();
    let column = bad.len() as u32 + 1;
    assert_eq!(places, [(Code::C0202, 4, column), (Code::C0202, 7, column)]);
    let (batch, report) = Loader::new().read_str("a.jsonl", "");
    assert!(
        report.is_clean() && batch.sources() == 0 && report.read() == 0,
        "an empty file is no articles and no error"
    );
}

#[test]
fn threads_and_cuts_of_a_reader_change_nothing() {
    struct Drip<'t>(&'t [u8], usize);
    impl std::io::Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let size = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(size);
            buffer[..size].copy_from_slice(now);
            self.0 = later;
            Ok(size)
        }
    }
    let mut lines: Vec<String> = (0..40).map(|nth| line(&format!("a{nth}"))).collect();
    lines[7].truncate(900);
    lines[11] = line("a3");
    lines[23] = lines[23].replacen("asserted", "sure", 1);
    let text = lines.join("\n");
    let whole =
        |threads: usize| Loader::new().with_threads(NonZeroUsize::new(threads).unwrap()).read_str("a.jsonl", &text);
    let (batch, report) = whole(1);
    assert_eq!((report.kept(), report.rejected()), (37, 3), "{report}");
    let told_by_one = told(batch);
    for threads in [2, 3, 64] {
        let (batch, other) = whole(threads);
        assert_eq!(other, report);
        assert_eq!(told(batch), told_by_one);
    }
    for size in [1, 7, 4096] {
        let (batch, other) = Loader::new().read("a.jsonl", Drip(text.as_bytes(), size)).unwrap();
        assert_eq!(other, report);
        assert_eq!(told(batch), told_by_one);
    }
}

#[test]
fn threads_change_nothing_where_no_id_is_used_twice() {
    let mut lines: Vec<String> = (0..40).map(|nth| line(&format!("a{nth}"))).collect();
    lines[7].truncate(900);
    lines[23] = lines[23].replacen("asserted", "sure", 1);
    lines.insert(30, " ".into());
    let text = lines.join("\n");
    let read =
        |threads: usize| Loader::new().with_threads(NonZeroUsize::new(threads).unwrap()).read_str("a.jsonl", &text);
    let (batch, report) = read(1);
    assert_eq!((report.kept(), report.rejected()), (38, 2), "{report}");
    let written = |batch: &Batch| batch.documents().map(|one| one.unwrap().to_line()).collect::<Vec<_>>();
    let (claims, written_by_one, told_by_one) = (batch.claims(), written(&batch), told(batch));
    for threads in [2, 3, 64] {
        let (batch, other) = read(threads);
        assert_eq!((batch.sources(), batch.claims()), (38, claims));
        assert_eq!(written(&batch), written_by_one, "in the order of the file");
        assert_eq!(other, report);
        assert_eq!(told(batch), told_by_one);
    }
}

#[test]
fn an_id_is_its_own_wherever_it_stands_in_the_line() {
    let last = |id: &str| {
        let mut article: serde_json::Value = serde_json::from_str(&line(id)).unwrap();
        let members = article.as_object_mut().unwrap();
        let value = members.shift_remove("id").unwrap();
        members.insert("id".into(), value);
        article.to_string()
    };
    // The third has an id only if its key is read twice, the fourth none that can be found.
    let lines =
        [last("one"), line("two"), line("one").replacen("\"id\"", "\"id\": \"six\", \"id\"", 1), "{\"id\"".into()];
    let lines: Vec<String> = lines.into_iter().chain([last("two"), last("five"), line("six")]).collect();
    let read = |threads: usize, lines: &[String]| {
        Loader::new().with_threads(NonZeroUsize::new(threads).unwrap()).read_str("a.jsonl", &lines.join("\n"))
    };
    for lines in [&lines[..], &lines[..2], &lines[5..]] {
        let ((by_one, report), (by_many, other)) = (read(1, lines), read(4, lines));
        assert_eq!(other, report);
        assert_eq!(told(by_many), told(by_one));
    }
    let (_, report) = read(4, &lines);
    assert_eq!(codes(&report), [Code::C0203, Code::C0202, Code::C0801, Code::C0801], "{report}");
}

#[test]
fn a_file_of_many_megabytes_is_the_same_on_many_threads_and_tells_how_far_it_is() {
    let padded =
        |nth: usize| small(&format!("a{nth}")).replacen("{", &format!("{{\"x_pad\": \"{}\", ", "-".repeat(800)), 1);
    let mut lines: Vec<String> = (0..18_000).map(padded).collect();
    lines.push(small("a7"));
    let text = lines.join("\n");
    let mut reports = Vec::new();
    for threads in [1, 3] {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&heard);
        let loader = Loader::new().with_threads(NonZeroUsize::new(threads).unwrap());
        let loader = loader.with_progress(move |so_far| tell.lock().unwrap().push((so_far.bytes, so_far.articles)));
        let (batch, report) = loader.read_str("a.jsonl", &text);
        assert_eq!((batch.sources(), codes(&report)), (18_000, vec![Code::C0801]));
        assert_eq!(report.diagnostics()[0].line, 18_001);
        let heard = heard.lock().unwrap().clone();
        assert_eq!((heard.len(), heard.last()), (3, Some(&(text.len() as u64, 18_001))), "every eight megabytes");
        assert!(heard.is_sorted());
        reports.push((report, heard));
    }
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn code_adds_to_what_several_threads_have_read() {
    let lines: Vec<String> = (0..8).map(|nth| line(&format!("a{nth}"))).collect();
    let with_a_note = |threads: usize| {
        let threads = NonZeroUsize::new(threads).unwrap();
        let (mut batch, _) = Loader::new().with_threads(threads).read_str("a.jsonl", &lines.join("\n"));
        let note = batch.source(comity::Source::article("note"));
        let norway = batch.key(&"nation/NOR".parse().unwrap());
        batch.name(note, norway, "Norge");
        let mut bytes = Vec::new();
        Graph::new().apply(batch).unwrap().to_writer(&mut bytes).unwrap();
        bytes
    };
    assert!(with_a_note(1) == with_a_note(4), "the same graph, byte for byte");
}

#[test]
fn lines_read_one_by_one_are_the_file_read_at_once() {
    let lines: Vec<String> = (0..6).map(|nth| line(&format!("a{nth}"))).collect();
    let (at_once, _) = Loader::new().read_str("a.jsonl", &lines.join("\n"));
    let mut one_by_one = Vec::new();
    for line in &lines {
        one_by_one.extend(told(Loader::new().read_str("a.json", line).0));
    }
    assert_eq!(told(at_once), one_by_one);
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths_and_ids_are_unique_across_files() {
    let here = folder("across");
    fs::create_dir_all(here.join("b")).unwrap();
    for (path, content) in
        [("z.json", small("a")), ("b/c.jsonl", small("a") + "\n" + &small("b")), ("a.txt", "no".into())]
    {
        fs::write(here.join(path), content).unwrap();
    }
    let (batch, report) = Loader::new().load(&here).unwrap();
    assert_eq!((report.read(), batch.sources()), (3, 2));
    let [one] = report.diagnostics() else { panic!("{report}") };
    assert_eq!((one.code, one.path.as_str(), one.line, one.column), (Code::C0801, "/id", 1, 21));
    assert!(one.file.ends_with("z.json") && one.message.contains("c.jsonl:1"), "{one}");
}

#[test]
fn what_cannot_be_read_stops_nothing_and_comes_with_the_rest() {
    let here = folder("unread");
    fs::write(here.join("a.json"), small("a")).unwrap();
    fs::create_dir_all(here.join("empty")).unwrap();
    let paths = ["no.json", "empty", "a.json"].map(|name| here.join(name));
    let error = Loader::new().load_all(&paths).unwrap_err();
    assert!(matches!(error.unread(), [Unread::Io { .. }, Unread::NoArticles { .. }]), "{error:?}");
    assert!(error.to_string().ends_with("no.json, and 1 more"), "{error}");
    let (batch, report) = error.into_loaded();
    assert_eq!((batch.sources(), report.read()), (1, 1));
}

#[test]
fn keys_of_the_writer_are_kept_where_they_may_stand() {
    let article = small("a").replace("{\"sha256\"", "{\"x_a\": [1.50, {\"x_b\": null}], \"sha256\"");
    let article = article.replacen('{', "{\"x_\": \"é\", ", 1);
    let (batch, report) = Loader::new().read_str("a.json", &article);
    assert!(report.is_clean(), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let written = graph.sources().next().unwrap();
    let document = written.document().unwrap().to_line();
    assert!(document.contains("1.50") && document.contains("\"x_\"") && document.contains("x_b"), "{document}");
}

#[test]
fn the_ledger_adds_up_and_every_rejection_has_its_error() {
    let text = [small("a"), "x".into(), small("a"), small("b"), "[]".into()].join("\n");
    let (batch, report) = Loader::new().read_str("a.jsonl", &text);
    assert_eq!(report.read(), report.kept() + report.rejected());
    assert_eq!((report.kept(), batch.sources()), (2, 2));
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    assert_eq!(report.diagnostics().iter().filter(is_error).count(), report.rejected());
    assert!(report.to_string().ends_with("5 read = 2 kept + 3 rejected"));
}

#[test]
fn a_mention_past_the_end_counts_as_one_that_fails_when_the_unit_is_asked_for() {
    let text = "🌊🌊🌊 Oslo and Bergen met Lima";
    let spans = |words: &str| {
        let start = text[..text.find(words).unwrap()].encode_utf16().count();
        (start, start + words.len(), comity::MentionHash::of([words]))
    };
    let mentions: Vec<_> = ["Oslo", "Lima"]
        .into_iter()
        .map(spans)
        .enumerate()
        .map(|(nth, (start, end, hash))| {
            format!(r#"{{"id": "m{nth}", "spans": [[{start}, {end}]], "hash": "{hash}"}}"#)
        })
        .collect();
    let (digest, length) = (comity::Digest::of(text), text.chars().count());
    let article = small("a")
        .replace("\"mentions\": []", &format!("\"mentions\": [{}]", mentions.join(", ")))
        .replace(&comity::Digest::of("").to_string(), &digest.to_string())
        .replace("\"codepoints\": 0", &format!("\"codepoints\": {length}, \"content\": \"{text}\""));
    let (_, report) = Loader::new().read_str("a.json", &article);
    assert_eq!(codes(&report), [Code::C0502, Code::C0605], "{report}");
}

#[test]
fn limits_are_the_readers_to_set() {
    let long = small("a").replace("\"mentions\"", &format!("\"x_long\": \"{}\", \"mentions\"", "n".repeat(2000)));
    let tight = Limits { line_bytes: 1000, ..Limits::default() };
    let (_, report) = Loader::new().with_limits(tight).read_str("a.jsonl", &long);
    assert_eq!(codes(&report), [Code::C0905]);
    let (_, report) = Loader::new().with_limits(tight).read_str("a.json", &long);
    assert!(report.is_clean(), "a file of one article has no lines: {report}");
    let (_, report) = Loader::new().read_str("a.jsonl", &long);
    assert!(report.is_clean());
    let small_file = Limits { file_bytes: 1000, ..Limits::default() };
    for name in ["a.json", "a.jsonl"] {
        let (batch, report) = Loader::new().with_limits(small_file).read_str(name, &(small("a") + "\n" + &long));
        assert_eq!(
            (codes(&report), report.rejected(), batch.sources()),
            (vec![Code::C0901], 1, 0),
            "never cut: {name}"
        );
    }
    let none = usize::MAX;
    let boundless = Limits {
        file_bytes: none,
        line_bytes: none,
        depth: none,
        ids: none,
        spans_per_mention: none,
        spans: none,
        list_items: none,
        diagnostics: none,
    };
    for name in ["a.json", "a.jsonl"] {
        let (_, report) = Loader::new().with_limits(boundless).read_str(name, &long);
        assert!(report.is_clean(), "{report}");
    }
}

#[test]
fn a_load_tells_how_far_it_has_come_and_loads_the_same() {
    let line = std::fs::read_to_string("data/demo/lysefjord.json").unwrap().replace('\n', " ");
    let text: String = (0..400).map(|nth| line.replacen("demo:lysefjord", &format!("demo:{nth}"), 1) + "\n").collect();
    let folder = std::env::temp_dir().join(format!("comity-progress-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.jsonl"), &text).unwrap();
    std::fs::write(folder.join("b.json"), &line).unwrap();
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = std::sync::Arc::clone(&told);
    let loader = Loader::new().with_progress(move |so_far| {
        let name = so_far.file.rsplit(['/', '\\']).next().unwrap().to_owned();
        heard.lock().unwrap().push((name, so_far.bytes, so_far.of, so_far.articles));
    });
    let (batch, report) = loader.load(&folder).unwrap();
    let (other, _) = Loader::new().load(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((batch.claims(), report.kept()), (other.claims(), 401));
    let told = told.lock().unwrap();
    let bytes = text.len() as u64;
    let [earlier @ .., lines, last] = told.as_slice() else { panic!("{told:?}") };
    assert!(bytes > 8 << 20 && !earlier.is_empty(), "more than one block: {bytes}");
    assert!(earlier.is_sorted_by_key(|(_, bytes, ..)| *bytes), "{told:?}");
    assert_eq!(*lines, ("a.jsonl".into(), bytes, Some(bytes), 400));
    assert_eq!(*last, ("b.json".into(), line.len() as u64, Some(line.len() as u64), 401));
}
