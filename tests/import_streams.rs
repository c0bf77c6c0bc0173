//! Files of any length with an element a line, or none: a fault costs its element, and no reader holds more of the file than that.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::io::{self, Read};

use comity::{
    Batch, BratOptions, Code, FollowTheMoneyOptions, Graph, ImportReport, LabelStudioOptions, WikidataOptions,
    read_brat, read_follow_the_money, read_label_studio, read_wikidata,
};
use shared::Endless;

const MAPPING: &str = r#"{ "nodes": { "State": "nation" }, "keys": { "Chile": "nation/CHL" } }"#;

/// A reader of many elements, and the nth element as it may stand there.
struct Case {
    name: &'static str,
    read: fn(&mut dyn Read) -> (Batch, ImportReport),
    element: fn(usize) -> String,
    /// Whether they are a list, or an element a line.
    is_list: bool,
}

const CASES: [Case; 3] = [
    Case {
        name: "wikidata",
        read: |reader| read_wikidata(reader, &WikidataOptions::new()),
        element: |nth| {
            format!(
                r#"{{"id": "Q7770{nth}", "labels": {{"en": {{"value": "A }} \" ]\\"}}}}, "claims": {{"P27": [{{"mainsnak": {{"snaktype": "value", "datavalue": {{"value": {{"id": "Q189"}}}}}}}}]}}}}"#
            )
        },
        is_list: true,
    },
    Case {
        name: "label studio",
        read: |reader| read_label_studio(reader, &LabelStudioOptions::new(MAPPING.parse().unwrap())),
        element: |nth| {
            format!(
                r#"{{"id": {}, "data": {{"text": "In Chile }}]"}}, "annotations": [{{"result": [{{"id": "a", "type": "labels", "value": {{"start": 3, "end": 8, "text": "Chile", "labels": ["State"]}}}}]}}]}}"#,
                nth + 1
            )
        },
        is_list: true,
    },
    Case {
        name: "follow the money",
        read: |reader| read_follow_the_money(reader, &FollowTheMoneyOptions::new()),
        element: |nth| format!(r#"{{"id":"p{nth}","schema":"Person","properties":{{"nationality":["is"]}}}}"#),
        is_list: false,
    },
];

fn check(report: &ImportReport) {
    assert_eq!(report.read(), report.mapped() + report.kept() + report.dropped() + report.rejected());
    assert_eq!(report.diagnostics().len() as u64 + report.untold(), report.rejected() + report.warnings());
    for one in report.diagnostics() {
        assert!(one.line >= 1 && one.column >= 1 && !one.to_string().contains('\n'), "{one}");
    }
    assert!(report.diagnostics().is_sorted_by_key(|one| (one.line, one.column)), "{report}");
}

impl Case {
    fn read(&self, mut file: impl Read) -> ImportReport {
        let (batch, report) = (self.read)(&mut file);
        check(&report);
        Graph::new().apply(batch).unwrap();
        report
    }

    /// How many elements are read of these lines, as a list where it is one, and what is told: code and line.
    fn lines(&self, lines: &[String]) -> (u64, Vec<(Code, u32)>) {
        let text = match self.is_list {
            true => format!("[\n{}\n]\n", lines.join(",\n")),
            false => lines.join("\n"),
        };
        let report = self.read(text.as_bytes());
        (report.mapped() + report.kept(), report.diagnostics().iter().map(|one| (one.code, one.line)).collect())
    }

    fn elements(&self, count: usize) -> Vec<String> {
        (0..count).map(self.element).collect()
    }
}

/// In two pieces of each length, so that a value is cut anywhere.
struct InPieces<'t>(&'t [u8], usize);

impl Read for InPieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(into.len());
        into[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

#[test]
fn elements_are_the_same_however_they_are_laid_out_and_handed_over() {
    for case in &CASES {
        let elements = case.elements(20);
        assert_eq!(case.lines(&elements), (20, Vec::new()), "{}", case.name);
        let mut layouts =
            vec![elements.join("\n"), elements.join("\r\n\r\n"), format!("\u{feff}{}", elements.join("\n"))];
        if case.is_list {
            let pretty: Vec<String> = elements
                .iter()
                .map(|one| {
                    serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(one).unwrap()).unwrap()
                })
                .collect();
            layouts.extend([
                format!("[{}]", elements.join(",")),
                format!("[\n  {}\n]", pretty.join(",\n").replace('\n', "\n  ")),
                pretty.join(""),
                // A part of a list, as `head`, `tail` and `split` make them, and lines out of their order.
                format!("{},\n", elements.join(",\n")),
                format!("{}\n{},\n", elements[..9].join(",\n"), elements[9..].join(",\n")),
                format!("[\n{},\n]", elements.join(",\n")),
            ]);
        }
        for layout in layouts {
            for length in [1, 7, 1 << 20] {
                let report = case.read(InPieces(layout.as_bytes(), length));
                assert!(report.is_clean(), "{}: {report}\n{layout}", case.name);
                assert_eq!(report.mapped() + report.kept(), 20, "{}", case.name);
            }
        }
    }
}

#[test]
fn a_broken_element_costs_itself_and_is_told_at_its_line() {
    type Broken = fn(&str) -> String;
    let breaks: [(&str, Broken, Code); 7] = [
        ("cut in half", |text| text[..text.len() / 2].into(), Code::I0109),
        ("without its last bracket", |text| text[..text.len() - 1].into(), Code::I0109),
        ("with one too many", |text| format!("{text}}}"), Code::I0109),
        ("an open quote", |text| text.replacen("\"id\"", "\"id", 1), Code::I0109),
        ("another bracket", |text| format!("{}]", &text[..text.len() - 1]), Code::I0109),
        ("no JSON", |_| "{what is this?".into(), Code::I0109),
        ("a list", |_| "[1, 2]".into(), Code::I0209),
    ];
    for case in &CASES {
        for (name, broken, code) in breaks {
            let mut lines = case.elements(20);
            for nth in [4, 5, 9] {
                lines[nth] = broken(&lines[nth]);
            }
            let before = u32::from(case.is_list);
            let (read, told) = case.lines(&lines);
            // With a bracket too many the element itself is sound; only of a line it can be told that it is not.
            let expected = if case.is_list && name == "with one too many" { 20 } else { 17 };
            assert_eq!(read, expected, "{}, {name}: {told:?}", case.name);
            let code = if code == Code::I0209 && case.name == "label studio" { Code::I0501 } else { code };
            assert_eq!(told.iter().map(|one| one.0).collect::<Vec<_>>(), [code; 3], "{}, {name}", case.name);
            let at: Vec<u32> = told.iter().map(|one| one.1).collect();
            let near = |at: u32, nth: u32| (nth + before..=nth + before + 1).contains(&at);
            assert!(near(at[0], 5) && near(at[1], 6) && near(at[2], 10), "{}, {name}: {at:?}", case.name);
        }
    }
}

#[test]
fn a_pretty_printed_element_that_is_broken_costs_itself_too() {
    for case in CASES.iter().filter(|case| case.is_list) {
        let pretty = |text: &String| {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            format!("  {}", serde_json::to_string_pretty(&value).unwrap().replace('\n', "\n  "))
        };
        let mut elements: Vec<String> = case.elements(6).iter().map(pretty).collect();
        let end = elements[2].len() - 1;
        elements[2].truncate(end);
        elements[4] = elements[4].replacen('"', "", 1);
        let report = case.read(format!("[\n{}\n]", elements.join(",\n")).as_bytes());
        assert_eq!((report.mapped() + report.kept(), report.rejected()), (4, 2), "{}: {report}", case.name);
    }
}

#[test]
fn what_is_not_utf8_and_what_is_cut_off_is_told_and_the_rest_is_read() {
    for case in &CASES {
        let mut text: Vec<u8> = Vec::new();
        for (nth, element) in case.elements(5).into_iter().enumerate() {
            let element = if nth == 2 { element.replacen("\"id\"", "\"\u{1}\"", 1) } else { element };
            let bytes = element.bytes().map(|byte| if byte == 1 { 0xe9 } else { byte });
            text.extend(bytes.chain(*b"\n"));
        }
        let report = case.read(&text[..]);
        assert_eq!((report.mapped() + report.kept(), report.rejected()), (4, 1), "{}: {report}", case.name);
        assert_eq!((report.diagnostics()[0].code, report.diagnostics()[0].line), (Code::I0101, 3));
        let report = case.read(&text[..text.len() - 9]);
        assert_eq!((report.mapped() + report.kept(), report.rejected()), (3, 2), "{}: {report}", case.name);
        assert_eq!((report.diagnostics()[1].code, report.diagnostics()[1].line), (Code::I0109, 5));
        let wide: Vec<u8> = "\u{feff}{}\n{}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let report = case.read(&wide[..]);
        assert!(report.rejected() >= 1 && report.diagnostics()[0].code == Code::I0101, "{}: {report}", case.name);
    }
}

/// The most bytes that were ever resident, where the system says so.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[test]
fn a_line_of_a_gigabyte_is_one_diagnostic_in_little_memory() {
    for (nth, case) in CASES.iter().enumerate() {
        let elements = case.elements(4).join("\n");
        for (begin, byte) in
            [("", b'x'), ("", b'"'), ("", b'['), ("", b'7'), ("", b','), ("{\"id\": \"", b'x'), ("{\"id\": [", b' ')]
        {
            // All of them on a long line; one of them on a very long one.
            let length = if begin.len() == 8 && byte == b'x' && nth != 1 { 1 << 30 } else { 17 << 20 };
            let line = format!("{elements}\n{begin}");
            let end = format!("\n{}\n", (case.element)(4));
            let report = case.read(line.as_bytes().chain(Endless(length, byte)).chain(end.as_bytes()));
            // A bracket may begin a list, which then is not closed.
            let told = if case.is_list && byte == b'[' { 2 } else { 1 };
            assert_eq!((report.mapped() + report.kept(), report.rejected()), (5, told), "{}: {report}", case.name);
            let first = &report.diagnostics()[0];
            assert!(first.line == 5 && matches!(first.code, Code::I0104 | Code::I0109), "{first}");
        }
        // Nothing but a long line.
        assert_eq!(case.read(Endless(17 << 20, b'x')).rejected(), 1, "{}", case.name);
    }
    let brat = BratOptions::new(MAPPING.parse().unwrap());
    let (_, report) = read_brat(Endless(1 << 30, b'T'), &b"Chile"[..], &brat);
    assert_eq!(report.rejected(), 1, "{report}");
    let (_, report) = read_brat(&b"T1\tState 0 5\tChile\n"[..], Endless(1 << 30, b'x'), &brat);
    assert_eq!(report.rejected(), 1, "{report}");
    if let Some(peak) = peak() {
        assert!(peak < 400 << 20, "{} MiB", peak >> 20);
    }
}

#[test]
fn a_list_on_one_line_is_not_held_and_a_long_element_in_it_costs_itself() {
    for case in CASES.iter().filter(|case| case.is_list) {
        let long = format!("[{}, {{\"id\": \"", (case.element)(0));
        let end = format!("\"}}, {}]", (case.element)(1));
        let report = case.read(long.as_bytes().chain(Endless(64 << 20, b'x')).chain(end.as_bytes()));
        assert_eq!((report.mapped() + report.kept(), report.rejected()), (2, 1), "{}: {report}", case.name);
        assert_eq!(
            (report.diagnostics()[0].code, report.diagnostics()[0].column),
            (Code::I0104, long.len() as u32 - 7)
        );
    }
}

#[test]
fn every_line_broken_is_told_in_linear_time() {
    for case in &CASES {
        // Each opens a list that the next line could go on with.
        let lines = "{\"a\": [1,\n".repeat(200_000);
        let report = case.read(lines.as_bytes());
        assert_eq!(report.mapped() + report.kept(), 0);
        assert!(report.rejected() >= 199_999, "{}: {}", case.name, report.rejected());
    }
}
