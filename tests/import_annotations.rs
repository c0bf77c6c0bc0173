//! The readers of brat and Label Studio, on other people's files and on lines of ours: quotes are checked, nothing passes silently.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;

use comity::{
    AnnotationMapping, Batch, BratOptions, Code, FactType, Graph, ImportReport, LabelStudioOptions, Loader,
    MappingError, Modality, Nation, NodeKind, Person, QualifierType, RelationKind, Severity, Source, Stage, read_brat,
    read_brat_folder, read_label_studio,
};
use shared::data;

/// The labels of brat's tutorial, as a user might read them.
const TUTORIAL: &str = r#"{
    "nodes": { "Person": "person", "Organization": "organization", "GPE": "place" },
    "facts": {
        "Located": { "fact": "affiliation", "roles": { "Arg1": "who", "Arg2": "to" } },
        "Origin": { "fact": "location", "roles": { "Arg1": "what", "Arg2": "in" } },
        "Family": { "fact": "alignment", "roles": { "Arg1": "parties", "Arg2": "parties" }, "with": { "stance": "friendly" } },
        "Merge-org": { "fact": "meeting", "roles": { "Org-Arg": "participant" }, "with": { "kind": "negotiation" } },
        "Report": { "fact": "statement", "roles": { "Reporter-Arg": "speaker", "Event-Arg": "content" }, "with": { "act": "report" } }
    },
    "same": ["Alias"],
    "attributes": { "Confidence=Low": "hypothetical", "Confidence=Neutral": "alleged", "Confidence=High": "asserted",
        "Mention=Name": "name", "Mention=Nominal": "nominal", "Individual": "name" },
    "identities": { "Wikipedia": "x_wikipedia" },
    "notes": { "AnnotatorNotes": "gloss" }
}"#;

/// Labels of ours.
const OURS: &str = r#"{
    "nodes": { "Person": "person", "State": "nation", "Pact": "coalition" },
    "keys": { "Canada": "nation/CAN", "Chile": "nation/CHL" },
    "facts": {
        "Citizen": { "fact": "nationality", "roles": { "Arg1": "who", "Arg2": "nation" } },
        "Arrest": { "fact": "detention", "roles": { "Whom": "detained", "Who": "by", "Why": "charge" } },
        "Say": { "fact": "statement", "roles": { "Who": "speaker", "What": "content", "On": "about" }, "with": { "act": "announce" } },
        "Answer": { "fact": "retaliation", "roles": { "Arg1": "response", "Arg2": "to" } }
    },
    "same": ["Same"],
    "attributes": { "Negation": "negated", "Sure=No": "alleged", "Form=Name": "name" },
    "identities": { "Wikidata": "wikidata" },
    "notes": { "Gloss": "gloss", "Id": "identity" }
}"#;

fn ours() -> BratOptions {
    BratOptions::new(OURS.parse().unwrap())
}

/// Reads, and holds what is true of every reading: the ledger adds up, a graph takes the batch, and each article of it can be
/// written in the native format and is read back without a finding.
fn read(annotations: impl AsRef<[u8]>, text: impl AsRef<[u8]>) -> (Batch, ImportReport) {
    let (batch, report) = read_brat(annotations.as_ref(), text.as_ref(), &ours());
    check(&batch, &report);
    (batch, report)
}

fn check(batch: &Batch, report: &ImportReport) {
    assert_eq!(report.read(), report.mapped() + report.kept() + report.dropped() + report.rejected());
    for one in report.diagnostics() {
        assert!(one.line >= 1 && !one.message.is_empty() && !one.to_string().contains('\n'), "{one}");
        assert_eq!(one.severity, one.code.severity());
    }
    assert_eq!(report.to_string().lines().count(), report.diagnostics().len() + 1 + usize::from(report.untold() > 0));
    Graph::new().apply(batch.clone()).unwrap();
    for document in batch.documents() {
        let line = document.unwrap().to_line();
        let (_, again) = Loader::new().read_str("again.json", &line);
        assert_eq!(again.rejected(), 0, "{again}\n{line}");
    }
}

/// How many items were dropped by rules that begin so.
fn dropped(report: &ImportReport, rule: &str) -> u64 {
    report.dropped_by().filter(|(known, _)| known.starts_with(rule)).map(|(_, count)| count).sum()
}

fn tutorial() -> Option<PathBuf> {
    data("brat/tutorial-news/000-introduction.ann")?;
    Some(PathBuf::from(std::env::var_os("COMITY_SHARED")?).join("data/brat/tutorial-news"))
}

#[test]
fn every_line_and_argument_of_brats_tutorial_is_counted_by_its_label() {
    let Some(folder) = tutorial() else { return };
    let (batch, report) = read_brat_folder(&folder, &BratOptions::new(AnnotationMapping::default())).unwrap();
    assert_eq!((batch.sources(), report.rejected(), report.warnings()), (13, 0, 0), "{report}");
    assert_eq!((dropped(&report, "entity "), dropped(&report, "trigger ")), (96, 23));
    let relations =
        ["Family", "Located", "Origin", "Employment"].map(|name| dropped(&report, &format!("relation {name}")));
    assert_eq!((relations, dropped(&report, "relation Alias")), ([3, 3, 1, 1], 2));
    let events = ["Merge-org", "Report", "Transfer-money"].map(|name| dropped(&report, &format!("event {name}")));
    assert_eq!((events, dropped(&report, "event ")), ([14, 8, 1], 23));
    let numbered = |(rule, count): (&str, u64)| {
        let name = rule.strip_prefix("argument ")?.split(' ').next()?;
        name.ends_with(|letter: char| letter.is_ascii_digit()).then_some(count)
    };
    assert_eq!(dropped(&report, "argument "), 52);
    assert_eq!(dropped(&report, "argument Event-Arg of Report"), 8);
    assert_eq!(report.dropped_by().filter_map(numbered).sum::<u64>(), 18);
    assert_eq!((dropped(&report, "attribute "), dropped(&report, "attribute Individual")), (11, 3));
    assert_eq!((dropped(&report, "identity "), dropped(&report, "note ")), (1, 4));
    assert_eq!(report.dropped(), 119 + 8 + 2 + 23 + 52 + 11 + 1 + 4);
    assert_eq!(report.read(), report.dropped());
}

#[test]
fn a_mapping_makes_claims_of_brats_tutorial() {
    let Some(folder) = tutorial() else { return };
    let (batch, report) = read_brat_folder(&folder, &BratOptions::new(TUTORIAL.parse().unwrap())).unwrap();
    check(&batch, &report);
    assert_eq!(report.read(), 119 + 8 + 2 + 23 + 52 + 11 + 1 + 4, "{report}");
    // The relations of kin and origin, the events but the money, and all their arguments.
    assert_eq!((report.rejected(), batch.claims()), (3, 3 + 1 + 14 + 8), "{report}");
    assert_eq!(report.mapped(), (3 + 1 + 14 + 8) + (52 - 4), "{report}");
    // Located lacks the end that the ontology asks for: told three times, at its place.
    assert!(report.diagnostics().iter().all(|one| one.code == Code::I0505 && one.path.starts_with("/R")), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let introduction = graph.source("brat-000-introduction").unwrap();
    let Some(person) = graph.nodes().find(|node| node.name() == Some("former Mexican president")) else { panic!() };
    assert_eq!(person.same_as(), ["x_wikipedia:64488"]);
    assert!(introduction.claims().count() == 2);
    let notes = graph.source("brat-110-note_annotation").unwrap();
    assert_eq!(notes.claims().filter(|claim| claim.gloss().is_some()).count(), 2);
}

const TEXT: &str = "In Chile, Anna and Berta of Canada were arrested. Canada denied it.\n";

#[test]
fn events_contain_events_and_say_what_attributes_and_notes_say() {
    let annotations = "\
E1\tSay:T6 Who:T4 What:E2\n\
A1\tNegation E2\n\
A2\tSure E1 No\n\
A3\tForm T1 Name\n\
T1\tPerson 10 14\tAnna\n\
T2\tPerson 10 14;19 24\tAnna Berta\n\
T3\tState 28 34\tCanada\n\
T4\tState 50 56\tCanada\n\
T5\tArrest 40 48\tarrested\n\
T6\tSay 57 63\tdenied\n\
E2\tArrest:T5 Whom:T1 Whom2:T2 Who:T7\n\
T7\tState 3 8\tChile\n\
R1\tCitizen Arg1:T1 Arg2:T3\t\n\
N1\tReference T3 Wikidata:Q16\tCanada\n\
#1\tGloss E2\tChile holds two\n";
    let (batch, report) = read(annotations, TEXT);
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.mapped(), report.kept(), report.dropped()), (3 + 2 + 3, 7 + 3 + 1 + 1, 0));
    let graph = Graph::new().apply(batch).unwrap();
    let claims: Vec<_> = graph.source("brat").unwrap().claims().collect();
    let claim = |id: &str| *claims.iter().find(|claim| claim.local_id() == id).unwrap();
    assert!(claim("e-2").is_negated() && !claim("e-1").is_negated());
    assert_eq!((claim("e-1").modality(), claim("e-2").gloss()), (Modality::Alleged, Some("Chile holds two")));
    assert_eq!(claim("e-2").evidence().count(), 4);
    let canada = graph.find::<Nation>("CAN").unwrap();
    assert_eq!(graph.view().edges_to(RelationKind::NationalOf, canada).count(), 1);
    let canada = graph.nodes().find(|node| node.slug() == Some("CAN")).unwrap();
    assert_eq!(canada.same_as(), ["wikidata:Q16"]);
}

#[test]
fn a_quote_in_pieces_keeps_its_pieces() {
    let annotations = "T1\tPerson 10 14;19 24\tAnna Berta\nT2\tState 28 34\tCanada\nR1\tCitizen Arg1:T1 Arg2:T2\n";
    let (batch, report) = read(annotations, TEXT);
    assert!(report.is_clean(), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let claim = graph.source("brat").unwrap().claims().next().unwrap();
    let pieces: Vec<Vec<_>> =
        claim.evidence().map(|words| words.spans().map(|one| (one.start(), one.end())).collect()).collect();
    assert_eq!(pieces, [vec![(10, 14), (19, 24)], vec![(28, 34)]]);
}

#[test]
fn what_is_said_to_be_one_is_one_node_of_one_key() {
    let annotations = "T1\tState 28 34\tCanada\nT2\tState 40 48\tarrested\nT3\tPerson 10 14\tAnna\n\
                       *\tSame T1 T2\n*\tSame T1 T3\nR1\tSame Arg1:T2 Arg2:T9\n*\tOther T1 T2\n";
    let (batch, report) = read(annotations, TEXT);
    assert_eq!((report.kept(), report.rejected(), dropped(&report, "relation Other")), (4, 2, 1), "{report}");
    let codes: Vec<_> = report.diagnostics().iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::I0505, Code::I0504]);
    let graph = Graph::new().apply(batch).unwrap();
    let kinds: Vec<_> = graph.nodes().map(|node| (node.kind(), node.slug())).collect();
    assert_eq!(kinds, [(NodeKind::Nation, Some("CAN")), (NodeKind::Person, None)]);
}

#[test]
fn line_ends_are_read_both_ways_and_the_quotes_decide() {
    let text = "Anna.\r\nBerta of Canada.\r\n";
    let as_one = "T1\tPerson 6 11\tBerta\nT2\tState 15 21\tCanada\nR1\tCitizen Arg1:T1 Arg2:T2\n";
    let as_two = "T1\tPerson 7 12\tBerta\r\nT2\tState 16 22\tCanada\r\nR1\tCitizen Arg1:T1 Arg2:T2\r\n";
    let told = |annotations: &str| {
        let (batch, report) = read(annotations, text);
        let graph = Graph::new().apply(batch).unwrap();
        let claim = graph.source("brat").unwrap().claims().next().unwrap();
        let places: Vec<_> = claim.evidence().map(|words| (words.extent().start(), words.quote())).collect();
        (places, report.warnings(), report.rejected())
    };
    let places = vec![(6, Some("Berta".to_owned())), (15, Some("Canada".to_owned()))];
    assert_eq!(told(as_one), (places.clone(), 0, 0));
    assert_eq!(told(as_two), (places, 1, 0));
    let neither = as_one.replace("6 11", "5 10").replace("15 21", "14 20");
    let (_, report) = read(&neither, text);
    assert_eq!((report.rejected(), report.warnings()), (3, 0), "{report}");
}

/// A task with these results on this text.
fn task(text: &str, results: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "[\n{{\"id\": 5, \"data\": {{\"text\": {text}, \"url\": \"x\"}}, \"annotations\": [{{\"result\": [{results}]}}]}}\n]"
    )
}

fn studio(export: impl AsRef<[u8]>) -> (Batch, ImportReport) {
    let (batch, report) = read_label_studio(export.as_ref(), &LabelStudioOptions::new(OURS.parse().unwrap()));
    check(&batch, &report);
    (batch, report)
}

fn region(id: &str, label: &str, start: u32, words: &str) -> String {
    let end = start as usize + words.chars().count();
    format!(
        "{{\"id\": \"{id}\", \"type\": \"labels\", \"from_name\": \"label\", \"to_name\": \"text\", \
         \"value\": {{\"start\": {start}, \"end\": {end}, \"text\": \"{words}\", \"labels\": [\"{label}\"]}}}}"
    )
}

fn relation(from: &str, to: &str, direction: &str, label: &str) -> String {
    format!(
        "{{\"type\": \"relation\", \"from_id\": \"{from}\", \"to_id\": \"{to}\", \"direction\": \"{direction}\", \
         \"labels\": [\"{label}\"]}}"
    )
}

/// Regions, relations of every kind, an event with arguments, a choice and a note.
fn results() -> String {
    let choice =
        r#"{"id": "e", "type": "choices", "from_name": "Sure", "value": {"start": 40, "end": 48, "choices": ["No"]}}"#;
    let note = r#"{"id": "c", "type": "textarea", "from_name": "Id", "value": {"start": 28, "end": 34, "text": ["wikidata:Q16"]}}"#;
    [
        region("a", "Person", 10, "Anna"),
        region("b", "Person", 19, "Berta"),
        region("c", "State", 28, "Canada"),
        region("d", "State", 3, "Chile"),
        region("e", "Arrest", 40, "arrested"),
        relation("e", "a", "right", "Whom"),
        relation("d", "e", "left", "Who"),
        relation("c", "b", "left", "Citizen"),
        choice.to_owned(),
        note.to_owned(),
    ]
    .join(",\n")
}

#[test]
fn regions_relations_choices_and_notes_of_label_studio_are_claims() {
    let (batch, report) = studio(task(TEXT, &results()));
    assert!(report.is_clean(), "{report}");
    // Two claims, and the two arguments of the event; five regions, a choice and a note.
    assert_eq!((report.mapped(), report.kept(), report.dropped()), (4, 7, 0), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let canada = graph.find::<Nation>("CAN").unwrap();
    let berta = graph.view().edges_to(RelationKind::NationalOf, canada).next().unwrap();
    assert_eq!(graph.nodes().find(|node| node.slug() == Some("CAN")).unwrap().same_as(), ["wikidata:Q16"]);
    assert_eq!(berta.source.name(), Some("Berta"));
    let arrest = graph.view().detentions().next();
    assert!(arrest.is_none() || arrest.is_some_and(|case| case.because.claims().len() == 1));
    let claims: Vec<_> = graph.source("label-studio-5").unwrap().claims().map(|claim| claim.modality()).collect();
    assert!(claims.contains(&Modality::Alleged) && claims.len() == 2);
    // A task by itself reads the same.
    let export = task(TEXT, &results());
    let (_, alone) = studio(export.trim_matches(['[', ']']));
    assert_eq!((alone.mapped(), alone.kept()), (4, 7));
}

#[test]
fn offsets_of_old_exports_are_known_by_their_quotes() {
    let text = format!("\u{1f30a}\u{1f30a} {TEXT}");
    for (shift, warnings) in [(3, 0), (5, 1)] {
        let (_, report) = studio(task(&text, &region("c", "State", 28 + shift, "Canada")));
        assert_eq!((report.kept(), report.warnings(), report.rejected()), (1, warnings, 0), "{report}");
    }
    let (_, report) = studio(task(&text, &region("c", "State", 28, "Canada")));
    assert_eq!((report.rejected(), report.diagnostics()[0].code), (1, Code::I0502));
    assert_eq!((report.diagnostics()[0].line, &*report.diagnostics()[0].path), (2, "/0/annotations/0/result/0"));
}

#[test]
fn label_studios_own_sample_has_a_quote_that_is_not_in_its_text_and_is_told_so() {
    let Some(annotated) = data("label_studio/rich_text_plain/annotations/1.json") else { return };
    let mapping: AnnotationMapping = r#"{ "nodes": { "Date": "instrument" } }"#.parse().unwrap();
    let options = LabelStudioOptions::new(mapping).file("1.json");
    let (batch, report) = read_label_studio(&*annotated, &options);
    assert_eq!((batch.sources(), report.read(), report.rejected()), (1, 1, 1), "{report}");
    assert_eq!(report.diagnostics()[0].code, Code::I0502);
    let Some(tasks) = data("label_studio/rich_text_plain/tasks.json") else { return };
    let (batch, report) = read_label_studio(&*tasks, &options);
    assert_eq!((batch.sources(), report.read(), dropped(&report, "a result of a prediction")), (1, 1, 1), "{report}");
    let (_, report) = read_label_studio(&*tasks, &options.with_predictions());
    assert_eq!((report.read(), report.rejected()), (1, 1), "{report}");
}

struct Fails;

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the cable is out"))
    }
}

#[test]
fn every_code_of_annotations_is_raised_at_its_place() {
    let anna = "T1\tPerson 10 14\tAnna\n";
    let berta = "T2\tPerson 19 24\tBerta\n";
    let lines = |lines: &str| read(format!("{anna}{lines}"), TEXT).1;
    let circle = "T3\tSay 57 63\tdenied\nE1\tSay:T3 Who:T1 What:E2\nE2\tSay:T3 Who:T1 What:E1\n";
    let reports = [
        (Code::I0501, 2, "", lines("T2\tPerson 19\tBerta\n")),
        (Code::I0502, 2, "/T2", lines("T2\tPerson 19 24\tBertha\n")),
        (Code::I0503, 2, "/T2", lines("T2\tPerson 19 19\t\n")),
        (Code::I0504, 2, "/R1", lines("R1\tCitizen Arg1:T1 Arg2:T8\n")),
        (Code::I0505, 3, "/R1", lines(&format!("{berta}R1\tCitizen Arg1:T1 Arg2:T2\n"))),
        (Code::I0506, 2, "/T1", lines(anna)),
        (Code::I0507, 4, "/E2", lines(circle)),
        (Code::I0508, 1, "", read("T1\tPerson 2 6\tAnna\n", "\u{1f30a}Anna").1),
        (Code::I0101, 1, "", read(b"T1\tPerson 0 1\t\xff\n", TEXT).1),
        (Code::I0101, 1, "", read(anna, b"\xff").1),
        (Code::I0106, 1, "", read_brat(Fails, TEXT.as_bytes(), &ours()).1),
        (Code::I0106, 1, "", read_brat(anna.as_bytes(), Fails, &ours()).1),
        (Code::C0901, 1, "", read_brat(io::repeat(b'T'), TEXT.as_bytes(), &ours()).1),
        (Code::I0109, 1, "/0", studio("[7").1),
        (Code::I0108, 1, "", studio("").1),
        (Code::I0501, 1, "/0", studio("[7]").1),
        (Code::I0504, 1, "/0", studio(r#"[{"data": {"a": "x", "b": "y"}}]"#).1),
        (
            Code::I0506,
            2,
            "/1",
            studio("[{\"id\": 1, \"data\": {\"text\": \"x\"}},\n{\"id\": 1, \"data\": {\"text\": \"x\"}}]").1,
        ),
    ];
    let mut raised = BTreeSet::new();
    for (code, line, path, report) in &reports {
        let first = report.diagnostics().first().unwrap_or_else(|| panic!("{code}: {report}"));
        let last = report.diagnostics().iter().find(|one| one.code == *code).unwrap_or(first);
        assert_eq!((last.code, last.line, last.path.as_str()), (*code, *line, *path), "{report}");
        assert_eq!(report.rejected() > 0, code.severity() == Severity::Error, "{report}");
        raised.insert(*code);
    }
    let all: BTreeSet<Code> = Code::ALL.iter().copied().filter(|code| code.stage() == Stage::Annotation).collect();
    assert_eq!(raised.iter().copied().filter(|code| code.stage() == Stage::Annotation).collect::<BTreeSet<_>>(), all);
}

const SOUND: &str = "T1\tPerson 10 14\tAnna\nT2\tPerson 19 24\tBerta\nT3\tState 28 34\tCanada\nT4\tArrest 40 48\tarrested\n\
    E1\tArrest:T4 Whom:T1 Who:T3\nT5\tSay 57 63\tdenied\nE2\tSay:T5 Who:T3 What:E1\nR1\tCitizen Arg1:T1 Arg2:T3\n\
    A1\tNegation E1\nN1\tReference T3 Wikidata:Q16\tCanada\n#1\tGloss E1\ta note\n*\tSame T1 T2\n";

#[test]
fn annotations_cut_off_at_any_byte_or_with_any_word_changed_never_panic() {
    for end in 0..=SOUND.len() {
        read(&SOUND[..end], TEXT);
        read(SOUND, &TEXT[..end.min(TEXT.len())]);
    }
    let values = [
        "",
        "T1",
        "E1",
        "E2",
        "T99",
        "-1",
        "0",
        "99999999999999999999",
        ";",
        ":",
        "\t",
        "\u{0}",
        "\u{1f30a}",
        "Who:E2",
    ];
    let bounds = SOUND.match_indices([' ', '\t', '\n', ':', ';']).map(|(at, _)| at).collect::<Vec<_>>();
    for pair in bounds.windows(2) {
        for value in values {
            read(format!("{}{value}{}", &SOUND[..=pair[0]], &SOUND[pair[1]..]), TEXT);
        }
    }
    let export = task(TEXT, &results());
    for end in (0..export.len()).step_by(3) {
        studio(&export[..end]);
    }
    let values = ["null", "7", "-1", "1e99", "[]", "{}", "\"\"", "\"a\"", "true", "[[1]]"];
    let places: Vec<_> = export.match_indices(": ").map(|(at, _)| at + 2).collect();
    for at in places {
        let rest = export[at..].find([',', '}', ']']).unwrap() + at;
        for value in values {
            studio(format!("{}{value}{}", &export[..at], &export[rest..]));
        }
    }
}

#[test]
fn a_chain_of_fifty_thousand_statements_is_read_without_recursion() {
    let mut lines = String::from("T0\tPerson 10 14\tAnna\nT1\tSay 57 63\tdenied\n");
    for nth in 0..50_000 {
        lines.push_str(&format!("E{nth}\tSay:T1 Who:T0 What:E{}\n", nth + 1));
    }
    lines.push_str("E50000\tSay:T1 Who:T0\n");
    let (batch, report) = read_brat(lines.as_bytes(), TEXT.as_bytes(), &ours());
    assert_eq!((batch.claims(), report.rejected()), (50_001, 0));
}

#[test]
fn labels_without_end_are_dropped_in_little_memory() {
    let lines: String = (0..5_000).map(|nth| format!("T{nth}\tL{nth} 10 14\tAnna\n")).collect();
    let (_, report) = read(lines, TEXT);
    assert_eq!((report.dropped(), report.dropped_by().len()), (5_000, 1_001));
}

#[test]
fn a_mapping_that_does_not_fit_the_ontology_is_refused_with_its_label() {
    let wrong = |mapping: &str| mapping.parse::<AnnotationMapping>().unwrap_err();
    let role = wrong(r#"{"facts": {"Citizen": {"fact": "nationality", "roles": {"Arg1": "speaker"}}}}"#);
    assert_eq!(role.to_string(), "Citizen: a nationality has no role or text \"speaker\"; it has who, nation");
    let value = wrong(r#"{"facts": {"Say": {"fact": "statement", "with": {"act": "sing"}}}}"#);
    let value = value.to_string();
    assert!(
        value.starts_with("Say: a statement does not take \"sing\" as \"act\"; it takes one of accuse, announce, "),
        "{value}"
    );
    let none = wrong(r#"{"facts": {"Say": {"fact": "statement", "with": {"volume": "loud"}}}}"#).to_string();
    assert_eq!(none, "Say: a statement does not take \"loud\" as \"volume\"; it takes act");
    assert!(matches!(wrong(r#"{"when": {"A": "since"}}"#), MappingError::Json(_)));
    assert!(matches!(wrong(r#"{"dates": {"Monday": "Monday"}}"#), MappingError::Json(_)));
    assert!(matches!(wrong(r#"{"attributes": {"Negation": "denied"}}"#), MappingError::NoMark { .. }));
    assert!(matches!(wrong(r#"{"identities": {"Wikipedia": "wikipedia"}}"#), MappingError::NoScheme { .. }));
    assert!(matches!(wrong(r#"{"notes": {"A": "b"}}"#), MappingError::Json(_)));
    assert!(matches!(wrong(r#"{"knots": {}}"#), MappingError::Json(_)));
}

#[test]
fn the_article_is_as_the_options_say() {
    let source = Source::article("desk-7").published("2018-12-10".parse().unwrap());
    let (batch, report) =
        read_brat(SOUND.as_bytes(), TEXT.as_bytes(), &ours().source(source).file("a.ann").text_file("a.txt"));
    check(&batch, &report);
    let graph = Graph::new().apply(batch).unwrap();
    assert!(graph.source("desk-7").is_some_and(|desk| desk.source().published.is_some() && desk.text() == Some(TEXT)));
    assert!(graph.find::<Person>("anna").is_none(), "without a key a person is known in the article only");
}

/// A value that the qualifier takes, as JSON.
fn value_for(takes: QualifierType) -> Option<String> {
    Some(match takes {
        QualifierType::Word(list) => format!("\"{}\"", list.first()?),
        QualifierType::Words(list) => format!("[\"{}\"]", list.first()?),
        QualifierType::Stage => "\"release\"".into(),
        QualifierType::Text => "\"words\"".into(),
        QualifierType::Count => r#"{"value": 50, "precision": "at_least"}"#.into(),
        QualifierType::Duration => "\"P1Y\"".into(),
        QualifierType::Date => "\"2021-02\"".into(),
        QualifierType::Boolean => "true".into(),
        QualifierType::Integer => "7".into(),
        _ => return None,
    })
}

#[test]
fn every_qualifier_of_the_ontology_can_stand_in_a_mapping() {
    for fact in FactType::ALL {
        for (qualifier, takes, _) in fact.schema().qualifiers {
            let value = value_for(*takes).unwrap();
            let mapping = format!(r#"{{"facts": {{"A": {{"fact": "{fact}", "with": {{"{qualifier}": {value}}}}}}}}}"#);
            mapping.parse::<AnnotationMapping>().unwrap_or_else(|error| panic!("{mapping}: {error}"));
            let wrong = mapping.replace(&value, "{}").parse::<AnnotationMapping>().unwrap_err().to_string();
            assert!(wrong.contains("; it takes "), "{wrong}");
        }
    }
    let size = r#"{"nodes": {"Pact": "coalition"}, "facts": {"Size": {"fact": "roster", "roles": {"Arg1": "of", "Arg2": "of"}, "with": {"count": 58}}}}"#;
    assert!(size.parse::<AnnotationMapping>().is_ok());
}

/// A mapping in which dates are told by arguments, relations, attributes and notes.
const DATED: &str = r#"{
    "nodes": { "Person": "person", "State": "nation" },
    "facts": {
        "Citizen": { "fact": "nationality", "roles": { "Arg1": "who", "Arg2": "nation" } },
        "Arrest": { "fact": "detention", "roles": { "Whom": "detained" } }
    },
    "when": { "Time": "at", "Begin": "from", "End": "until", "Day": "at", "Until": "until", "On": "at" },
    "dates": { "the next spring": "2019~", "in December 2018": "2018-12" }
}"#;

const DATED_TEXT: &str =
    "Anna, of Chile since 2001-02, was arrested in December 2018, and again in the next spring or so.\n";

#[test]
fn when_a_fact_holds_is_told_by_what_the_mapping_takes_for_it() {
    let words = "T1\tPerson 0 4\tAnna\nT2\tState 9 14\tChile\nT3\tArrest 34 42\tarrested\nT4\tDate 43 59\tin December 2018\n\
                 T5\tDate 21 28\t2001-02\nT6\tDate 74 89\tthe next spring\nT7\tDate 90 95\tor so\n";
    let read = |lines: &str| {
        let options = BratOptions::new(DATED.parse().unwrap());
        let (batch, report) = read_brat(format!("{words}{lines}").as_bytes(), DATED_TEXT.as_bytes(), &options);
        check(&batch, &report);
        let graph = Graph::new().apply(batch).unwrap();
        let claim = graph.source("brat").unwrap().claims().next();
        let told =
            claim.map(|claim| (claim.when().to_string(), claim.evidence().filter_map(|words| words.quote()).count()));
        (told, report)
    };
    let (arrest, citizen) = ("E1\tArrest:T3 Whom:T1", "R1\tCitizen Arg1:T1 Arg2:T2");
    let dated = |lines: &str| {
        let (told, report) = read(lines);
        assert!(report.is_clean(), "{report}");
        told.unwrap()
    };
    // An argument of an event; a relation in either direction; an attribute; a note: with the words of the date as evidence.
    assert_eq!(dated(&format!("{arrest} Time:T4\n")), ("at 2018-12".into(), 3));
    assert_eq!(dated(&format!("{arrest} Begin:T4 End2:T6\n")), ("from 2018-12 until 2019~".into(), 4));
    assert_eq!(dated(&format!("{citizen}\nR2\tBegin Arg1:R1 Arg2:T5\n")), ("from 2001-02".into(), 3));
    assert_eq!(
        dated(&format!("{citizen}\nR2\tUntil Arg1:T4 Arg2:R1\n")),
        ("from an unknown day until 2018-12".into(), 3)
    );
    assert_eq!(dated(&format!("{arrest}\nA1\tDay E1 2018-12-01\n")), ("at 2018-12-01".into(), 2));
    assert_eq!(dated(&format!("{arrest}\n#1\tOn E1\tin December 2018\n")), ("at 2018-12".into(), 2));
    // What is no date is told, and leaves the rest; what is two is refused.
    let (told, report) = read(&format!("{arrest} Time:T7\n"));
    assert!(told.is_some() && dropped(&report, "argument Time of Arrest, no date: or so") == 1, "{report}");
    let (told, report) = read(&format!("{arrest}\nR1\tDay Arg1:E1 Arg2:T7\n"));
    assert!(told.is_some() && dropped(&report, "relation to words that are no date: or so") == 1, "{report}");
    for (lines, code) in [
        (format!("{arrest}\nA1\tDay E1 Monday\n"), Code::I0202),
        (format!("{arrest}\nA1\tDay T1 2018-12-01\n"), Code::I0505),
        (format!("{arrest}\nR1\tDay Arg1:T1 Arg2:T4\n"), Code::I0504),
        (format!("{arrest} Time:T4 Time2:T6\n"), Code::I0505),
        (format!("{arrest} Time:T4 Begin:T4\n"), Code::I0505),
        (format!("{arrest} Begin:T4 End:T5\n"), Code::I0204),
    ] {
        let (_, report) = read(&lines);
        assert_eq!((report.rejected() >= 1, report.diagnostics()[0].code), (true, code), "{lines}: {report}");
    }
    // A date of what is left out is left out with it.
    let (_, report) = read("R1\tOther Arg1:T1 Arg2:T2\nR2\tDay Arg1:R1 Arg2:T4\n");
    assert_eq!((dropped(&report, "a date of what is left out"), report.rejected()), (1, 0), "{report}");
}

#[test]
fn dates_of_label_studio_are_told_by_relations_and_by_controls() {
    let date = |line: &str| {
        let results = [
            region("a", "Person", 0, "Anna"),
            region("e", "Arrest", 34, "arrested"),
            region("d", "Date", 43, "in December 2018"),
            relation("e", "a", "right", "Whom"),
            line.to_owned(),
        ];
        let options = LabelStudioOptions::new(DATED.parse().unwrap());
        let (batch, report) = read_label_studio(task(DATED_TEXT, &results.join(",")).as_bytes(), &options);
        check(&batch, &report);
        assert!(report.is_clean(), "{report}");
        let graph = Graph::new().apply(batch).unwrap();
        graph.source("label-studio-5").unwrap().claims().next().unwrap().when().to_string()
    };
    assert_eq!(date(&relation("e", "d", "right", "Time")), "at 2018-12");
    assert_eq!(date(&relation("d", "e", "right", "Day")), "at 2018-12");
    let control = r#"{"id": "e", "type": "datetime", "from_name": "Day", "value": {"start": 34, "end": 42, "datetime": "2018-12-01"}}"#;
    assert_eq!(date(control), "at 2018-12-01");
}
