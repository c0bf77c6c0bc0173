//! What a reader of other people's files must bear: whatever comes, it gets a diagnostic at a place that is there, and an end.
//!
//! Nothing here is timed. What once took more than linear time is large enough here that it would not end.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::fmt::Write as _;

use comity::{Code, Limits, Loader, Report, Severity};
use proptest::prelude::{any, prop, proptest};

const BASE: &str = include_str!("codes/base.txt");

/// A small sound article with a bit of everything.
fn sound() -> String {
    BASE.lines().map(|line| line.split_once("| ").unwrap().1).collect::<Vec<_>>().join("\n")
}

/// Reads one article; whatever is found must be at a place that is there.
fn read(bytes: &[u8]) -> Report {
    read_as("a.json", bytes, Limits::default())
}

fn read_as(name: &str, bytes: &[u8], limits: Limits) -> Report {
    let (batch, report) = Loader::new().with_suspicions().with_limits(limits).read(name, bytes).unwrap();
    assert_eq!(report.read(), report.kept() + report.rejected());
    assert_eq!(report.kept(), batch.sources());
    let lines: Vec<usize> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).collect();
    for one in report.diagnostics() {
        let length = lines.get(one.line as usize - 1).unwrap_or_else(|| panic!("no such line: {one}"));
        assert!(one.column >= 1 && one.column as usize <= length + 1, "no such column: {one}");
        assert_eq!(one.to_string().lines().count(), 1, "{one:?}");
    }
    let errors = report.diagnostics().iter().filter(|one| one.severity == Severity::Error).count();
    assert!(errors >= report.rejected().min(limits.diagnostics), "{report}");
    report
}

fn codes(report: &Report) -> Vec<Code> {
    report.diagnostics().iter().map(|one| one.code).collect()
}

/// The article with something put before its mentions.
fn with(own: &str) -> String {
    sound().replacen("\"mentions\"", &format!("{own}, \"mentions\""), 1)
}

#[test]
fn cut_off_at_any_byte_it_is_refused_as_cut_off() {
    let article = sound();
    let end = article.trim_end().len();
    assert!(read(article.as_bytes()).is_clean());
    for byte in 0..end {
        let report = read(&article.as_bytes()[..byte]);
        let [one] = report.diagnostics() else { panic!("{byte}: {report}") };
        let expected = match article.is_char_boundary(byte) {
            _ if byte == 0 => Code::C0103,
            true => Code::C0202,
            false => Code::C0101,
        };
        assert_eq!(one.code, expected, "{byte}: {one}");
    }
}

#[test]
fn without_any_one_line_it_is_read_or_refused() {
    let article = sound();
    let lines: Vec<&str> = article.lines().collect();
    for without in 0..lines.len() {
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(nth, _)| *nth != without).map(|(_, line)| *line).collect();
        read(rest.join("\n").as_bytes());
    }
}

proptest! {
    #[test]
    fn whatever_bytes_are_changed_it_comes_to_an_end(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = sound().into_bytes();
        for (place, byte) in &changes {
            let place = place.index(bytes.len());
            bytes[place] = *byte;
        }
        read(&bytes);
        read_as("a.jsonl", &bytes, Limits::default());
    }

    #[test]
    fn whatever_bytes_come(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
        read_as("a.jsonl", &bytes, Limits::default());
    }

    #[test]
    fn pieces_of_articles_in_any_order(cuts in prop::collection::vec(any::<prop::sample::Index>(), 1..5), turn in 0_usize..4) {
        let article = sound();
        let letters: Vec<char> = article.chars().collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(letters.len())).collect();
        cuts.sort_unstable();
        let mut pieces: Vec<&[char]> = Vec::new();
        let mut start = 0;
        for cut in cuts.into_iter().chain([letters.len()]) {
            pieces.push(&letters[start..cut]);
            start = cut;
        }
        let turn = turn % pieces.len();
        pieces.rotate_left(turn);
        read(pieces.concat().into_iter().collect::<String>().as_bytes());
    }
}

#[test]
fn nested_as_deep_as_may_be_and_deeper() {
    let nested = |depth: usize| with(&format!("\"x_deep\": {}{}", "[".repeat(depth), "]".repeat(depth)));
    assert!(read(nested(127).as_bytes()).is_clean(), "127 and the article are 128");
    assert_eq!(codes(&read(nested(128).as_bytes())), [Code::C0902]);
    for depth in [200, 100_000] {
        assert_eq!(codes(&read(nested(depth).as_bytes())), [Code::C0902]);
        for open in ["[", "{\"a\":"] {
            assert_eq!(codes(&read(open.repeat(depth).as_bytes())), [Code::C0902]);
        }
    }
    let boundless = Limits { depth: usize::MAX, ..Limits::default() };
    assert!(read_as("a.json", nested(500).as_bytes(), boundless).is_clean());
    assert_eq!(
        codes(&read_as("a.json", nested(100_000).as_bytes(), boundless)),
        [Code::C0902],
        "no stack is without end"
    );
}

#[test]
fn numbers_of_any_size() {
    let article = sound();
    let digits = "9".repeat(100_000);
    for (number, code) in [
        (digits.as_str(), Code::C0308),
        ("-1", Code::C0308),
        ("2147483648", Code::C0308),
        ("18446744073709551616", Code::C0308),
        ("1e400", Code::C0314),
        ("-0.0", Code::C0314),
        ("2E0", Code::C0314),
    ] {
        let report = read(article.replacen("\"value\": 2", &format!("\"value\": {number}"), 1).as_bytes());
        assert_eq!(codes(&report), [code], "{report}");
        assert!(report.to_string().len() < 600, "a value is shown in part");
    }
    for number in ["1e400", "-1e400", "1e-400000000000000000000"] {
        let report = read(article.replacen("\"negated\": true", &format!("\"confidence\": {number}"), 1).as_bytes());
        assert!(codes(&report).iter().all(|code| *code == Code::C0308), "{report}");
    }
}

#[test]
fn zeros_and_controls_anywhere() {
    let article = sound();
    for (byte, _) in article.char_indices() {
        let mut bytes = article.clone().into_bytes();
        bytes.insert(byte, 0);
        let report = read(&bytes);
        let first = codes(&report)[0];
        assert!(
            matches!(first, Code::C0201 | Code::C0204 | Code::C0205 | Code::C0102 | Code::C0206),
            "{byte}: {report}"
        );
    }
    let escaped = with("\"x_\\u001b[31m\": 1, \"\\u001b[31m\": \"\\u0000\"");
    let report = read(escaped.as_bytes());
    assert_eq!(codes(&report), [Code::C0302]);
    assert!(!report.diagnostics()[0].to_string().contains('\u{1b}'), "what a file says does not steer the terminal");
}

#[test]
fn keys_and_strings_of_a_megabyte() {
    let long = "k".repeat(1 << 20);
    assert!(read(with(&format!("\"x_{long}\": \"{long}\"")).as_bytes()).is_clean());
    let report = read(with(&format!("\"{long}\": 1")).as_bytes());
    assert_eq!(codes(&report), [Code::C0302]);
    assert!(report.diagnostics()[0].message.len() < 500);
    let article = sound();
    for (from, to, code) in [
        ("\"type\": \"person\"", format!("\"type\": \"{long}\""), Code::C0304),
        ("\"type\": \"nationality\"", format!("\"type\": \"{long}\""), Code::C0701),
        ("\"who\":", format!("\"{long}\":"), Code::C0702),
        ("\"act\": \"deny\"", format!("\"act\": \"deny\", \"{long}\": 1"), Code::C0706),
        ("\"id\": \"tarn-1\"", format!("\"id\": \"{long}\""), Code::C0305),
        ("\"nation/x-orsova\"", format!("\"nation/{long}\""), Code::C0313),
        ("\"wikidata:Q900000001\"", format!("\"wikidata:{long}\""), Code::C0310),
        ("\"title\": \"Tärn\"", format!("\"title\": \"{long}\""), Code::C0312),
        ("\"2032-05-04\"", format!("\"{long}\""), Code::C0309),
    ] {
        let report = read(article.replacen(from, &to, 1).as_bytes());
        assert!(codes(&report).contains(&code), "{code}");
        let shown = |one: &comity::Diagnostic| {
            one.message.len() + one.hint.as_ref().map_or(0, String::len) + one.value.as_ref().map_or(0, String::len)
        };
        assert!(report.diagnostics().iter().all(|one| shown(one) < 2500), "{code}");
    }
}

#[test]
fn many_members_of_one_object() {
    let mut members = String::new();
    for nth in 0..100_000 {
        write!(members, "\"x_{nth}\": {nth}, ").unwrap();
    }
    assert!(read(with(&format!("{members}\"x_\": 0")).as_bytes()).is_clean());
    let report = read(with(&format!("\"x_all\": {{{members}\"x_7\": 0}}")).as_bytes());
    assert_eq!(codes(&report), [Code::C0203]);
    let report = read(with(members.replace("x_", "y_").trim_end_matches(", ")).as_bytes());
    assert_eq!(report.diagnostics().len(), 1001);
    assert_eq!(codes(&report).last(), Some(&Code::C0906));
}

#[test]
fn many_mistakes_of_every_kind() {
    let many = |item: &dyn Fn(usize) -> String, size: usize| (0..size).map(item).collect::<Vec<_>>().join(", ");
    let article = sound();
    let ids = many(&|nth| format!("\"n{nth}\""), 9_999);
    let report = read(article.replacen("\"evidence\": [\"m1\"]", &format!("\"evidence\": [{ids}]"), 1).as_bytes());
    assert_eq!(codes(&report)[..1000], [Code::C0402; 1000]);
    assert_eq!(report.diagnostics()[1000].code, Code::C0906);

    let entities =
        many(&|nth| format!("{{\"id\": \"e{nth}\", \"type\": \"person\", \"mentions\": [\"w{nth}\"]}}"), 60_000);
    let report = read(article.replacen("\"entities\": [", &format!("\"entities\": [{entities}, "), 1).as_bytes());
    assert_eq!(report.diagnostics().len(), 1001);

    let twice = many(&|_| "\"m1\"".to_owned(), 9_999);
    let report = read(article.replacen("\"evidence\": [\"m1\"]", &format!("\"evidence\": [{twice}]"), 1).as_bytes());
    assert_eq!(codes(&report)[..1000], [Code::C0316; 1000]);

    let report = read(format!("{{\"facts\": [{}]}}", many(&|_| "{}".to_owned(), 200_000)).as_bytes());
    assert_eq!(report.diagnostics().len(), 1001);
    let report = read(format!("{{{}}}", many(&|_| "\"id\": 1".to_owned(), 200_000)).as_bytes());
    assert_eq!(codes(&report)[..1000], [Code::C0203; 1000]);
    let report = read_as("a.jsonl", "x\n".repeat(200_000).as_bytes(), Limits::default());
    assert_eq!((report.rejected(), report.diagnostics().len()), (200_000, 1001));
}

#[test]
fn many_mentions_that_fail_in_a_long_text() {
    let text = "Lorem ipsum. ".repeat(10_000);
    let mention = |nth: usize| {
        format!("{{\"id\": \"m{nth}\", \"spans\": [[{nth}, {}]], \"hash\": \"{:016x}\"}}", nth + 50_000, nth)
    };
    let mentions: Vec<_> = (0..300).map(mention).collect();
    let article = format!(
        "{{\"format\": 1, \"id\": \"a\", \"offsets\": \"codepoint\", \"article\": {{\"text\": {{\"sha256\": \"{}\", \"codepoints\": {}, \"content\": \"{text}\"}}}}, \"mentions\": [{}], \"entities\": [], \"facts\": []}}",
        comity::Digest::of(&text),
        text.len(),
        mentions.join(", ")
    );
    let report = read(article.as_bytes());
    assert_eq!(codes(&report), [Code::C0604; 300]);
}

#[test]
fn circles_of_any_length() {
    let size = 20_000;
    let fact = |nth: usize| {
        let next = (nth + 1) % size;
        format!(
            "{{\"id\": \"f{nth}\", \"type\": \"statement\", \"args\": {{\"speaker\": [\"e\"], \"content\": [\"f{next}\"]}}, \"with\": {{\"act\": \"report\"}}, \"modality\": \"asserted\", \"evidence\": [\"m\"]}}"
        )
    };
    let facts: Vec<_> = (0..size).map(fact).collect();
    let article = format!(
        "{{\"format\": 1, \"id\": \"a\", \"offsets\": \"codepoint\", \"article\": {{\"text\": {{\"sha256\": \"{}\", \"codepoints\": 9}}}}, \"mentions\": [{{\"id\": \"m\", \"spans\": [[0, 1]], \"hash\": \"{}\"}}], \"entities\": [{{\"id\": \"e\", \"type\": \"person\"}}], \"facts\": [{}]}}",
        "0".repeat(64),
        "0".repeat(16),
        facts.join(",\n")
    );
    let report = read(article.as_bytes());
    let [one] = report.diagnostics() else { panic!("{report}") };
    assert_eq!((one.code, &*one.path), (Code::C0405, "/facts/19999/args/content/0"));
    assert!(one.message.len() < 500);
}
