//! brat stand-off: an article's text, and beside it a line an annotation.
//!
//! It does not read brat's configuration: what labels are in the ontology, the mapping says.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::ledger::ImportReport;
use super::mapping::AnnotationMapping;
use super::offsets::Piece;
use super::standoff::{Annotation, Says, Standoff};
use super::wrong::wrong_line;
use crate::batch::Batch;
use crate::diagnostic::{Code, Diagnostic};
use crate::provenance::Source;

/// How a pair of brat files is read: see [`read_brat`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct BratOptions {
    mapping: AnnotationMapping,
    file: Box<str>,
    text_file: Box<str>,
    source: Source,
}

impl BratOptions {
    /// With this mapping; the files are called `brat.ann` and `brat.txt`, the article `brat`.
    pub fn new(mapping: AnnotationMapping) -> Self {
        let source = Source::article("brat");
        Self { mapping, file: "brat.ann".into(), text_file: "brat.txt".into(), source }
    }

    /// The name of the file of annotations, for diagnostics.
    pub fn file(mut self, name: &str) -> Self {
        self.file = name.into();
        self
    }

    /// The name of the file of the text, for diagnostics.
    pub fn text_file(mut self, name: &str) -> Self {
        self.text_file = name.into();
        self
    }

    /// The article as a source: its id, its date of publication and what else is known. Its text is the one that is read.
    pub fn source(mut self, article: Source) -> Self {
        self.source = article;
        self
    }
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// The whole file as text: its offsets cannot be looked at before its end.
fn whole(reader: impl Read, file: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let failed = |error: io::Error| {
        Box::new(wrong_line(file, 1, Code::I0106, &format!("the file cannot be read to its end: {error}"), None))
    };
    reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("the file is larger than {LARGEST} bytes");
        return Err(Box::new(wrong_line(file, 1, Code::C0901, &message, Some("split it"))));
    }
    Ok(bytes)
}

fn utf8<'b>(bytes: &'b [u8], file: &str, line: u32) -> Result<&'b str, Box<Diagnostic>> {
    std::str::from_utf8(bytes)
        .map_err(|_| Box::new(wrong_line(file, line, Code::I0101, "not UTF-8", Some("save the file as UTF-8"))))
}

/// Reads a document of brat: the annotations (`.ann`) and the text that they are of (`.txt`).
///
/// - `T`: an entity, where its label is mapped: a node known in this article, or that of its key, named by its words; or the
///   trigger of an event. Its words must stand at its place, in pieces or in one; else it is rejected, with what names it.
/// - `E` and `R`: a claim each, where the label is mapped, with its words and those of its ends as evidence. What an event
///   contains is claimed before it. In the article they are called `t-4`, `e-1`, `r-2`. `*` makes entities one, where its label says so.
/// - `A` and `M`: negation, modality, or the form of a mention. `N`: an identity. `#`: a gloss or an identity. All by the mapping.
/// - When a claim holds, an argument, relation, attribute or note says that the mapping takes for it (`when`), in a date that the mapping names
///   or that is one as it stands; words that are none are dropped, and told.
/// - Labels, arguments, attributes and notes that are not mapped are dropped, each with its name and count; so are claims of which
///   so much is left out that the ontology takes them no more. What is mapped and does not fit the ontology is rejected.
/// - Offsets are code points. Where the text has CR LF, a byte order mark or characters past U+FFFF they may have been counted
///   otherwise: the quotes decide, a warning says so, and what fits neither way is rejected.
///
/// Annotations and texts are their project's, under its licence. The tool: Stenetorp et al. 2012, brat: a Web-based Tool for NLP-Assisted
/// Text Annotation, EACL. Linear in the files, of at most 64 MiB
/// each; an item is a line, an argument of an event, and one of a relation that is left out.
///
/// ```
/// use comity::{BratOptions, Graph, Nation, read_brat};
/// let mapping = r#"{ "nodes": { "Person": "person", "GPE": "nation" }, "keys": { "Canada": "nation/CAN" },
///     "facts": { "Citizen": { "fact": "nationality", "roles": { "Arg1": "who", "Arg2": "nation" } } } }"#.parse()?;
/// let annotations = "T1\tPerson 0 4\tAnna\nT2\tGPE 13 19\tCanada\nR1\tCitizen Arg1:T1 Arg2:T2\n";
/// let (batch, report) = read_brat(annotations.as_bytes(), "Anna is from Canada.".as_bytes(), &BratOptions::new(mapping));
/// assert!(report.is_clean() && report.mapped() == 1 && report.kept() == 2);
/// assert!(Graph::new().apply(batch)?.find::<Nation>("CAN").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_brat(annotations: impl Read, text: impl Read, options: &BratOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    read_into(annotations, text, options, &mut batch, &mut report);
    (batch, report)
}

/// Reads every document of a folder of brat (not of those below it), in the order of their names: a file `x.ann` and its
/// `x.txt`. Each is an article of its own, called as the one of the options, `-` and the name without its ending (where the name
/// cannot stand in an id, `:` and the number of the file).
///
/// # Errors
/// If the folder cannot be listed. A file that cannot be opened is rejected, and the others are read.
///
/// ```
/// use comity::{AnnotationMapping, BratOptions, read_brat_folder};
/// let (batch, report) = read_brat_folder("src".as_ref(), &BratOptions::new(AnnotationMapping::default()))?;
/// assert_eq!((batch.sources(), report.read()), (0, 0)); // no .ann there
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn read_brat_folder(folder: &Path, options: &BratOptions) -> io::Result<(Batch, ImportReport)> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "ann"));
    paths.sort();
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    for (nth, path) in (1..).zip(paths) {
        let text = path.with_extension("txt");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_sound = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
        let name = if name.chars().all(is_sound) { name.into_owned() } else { format!(":{nth}") };
        let (file, text_file) = (path.display().to_string(), text.display().to_string());
        let source = Source { id: format!("{}-{name}", options.source.id()).into(), ..options.source.clone() };
        let options = options.clone().file(&file).text_file(&text_file).source(source);
        let unread = |file: &str, error: io::Error| wrong_line(file, 1, Code::I0106, &error.to_string(), None);
        match (File::open(&path), File::open(&text)) {
            (Ok(annotations), Ok(text)) => read_into(annotations, text, &options, &mut batch, &mut report),
            (Err(error), _) => report.reject(unread(&file, error)),
            (_, Err(error)) => report.reject(unread(&text_file, error)),
        }
    }
    Ok((batch, report))
}

fn read_into(
    annotations: impl Read,
    text: impl Read,
    options: &BratOptions,
    batch: &mut Batch,
    report: &mut ImportReport,
) {
    let BratOptions { mapping, file, text_file, source } = options;
    let read = || Ok((whole(annotations, file)?, whole(text, text_file)?));
    let (lines, text) = match read() {
        Ok(both) => both,
        Err(wrong) => {
            let wrong: Box<Diagnostic> = wrong;
            return report.reject(*wrong);
        }
    };
    let text = match utf8(&text, text_file, 1) {
        Ok(text) => text,
        Err(wrong) => return report.reject(*wrong),
    };
    let mut annotations = Vec::new();
    for (nth, line) in (1..).zip(lines.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if nth == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line) } else { line };
        if line.is_empty() {
            continue;
        }
        match utf8(line, file, nth).and_then(|line| annotation(line, nth).map_err(|form| form.told(file, nth, line))) {
            Ok(annotation) => annotations.push(annotation),
            Err(wrong) => report.reject(*wrong),
        }
    }
    Standoff { file, source: source.clone(), text, annotations, mapping }.write(batch, report);
}

/// What form a line should have.
struct Form(&'static str);

impl Form {
    fn told(&self, file: &str, line: u32, found: &str) -> Box<Diagnostic> {
        let id: String = found.chars().take_while(|letter| !letter.is_whitespace()).take(40).collect();
        let message = format!("{id} is not written as brat does");
        Box::new(wrong_line(file, line, Code::I0501, &message, Some(self.0)))
    }
}

fn annotation(line: &str, number: u32) -> Result<Annotation, Form> {
    let mut parts = line.splitn(3, '\t');
    let (id, head) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let rest = parts.next();
    let mut words = head.split_ascii_whitespace();
    let mut word = || words.next();
    let says = match id.chars().next() {
        Some('T') => {
            let form = Form("as in T1, tab, Person 0 4, tab, Anna");
            let (label, places) = head.split_once(' ').ok_or(form)?;
            let form = Form("a place is two numbers, pieces are parted by ;, and the words stand after a tab");
            let (Some(pieces), Some(words)) = (pieces(places), rest) else { return Err(form) };
            Says::Words { label: label.into(), pieces, words: Some(words.into()) }
        }
        Some('E') => {
            let form = || Form("as in E1, tab, Meet:T3 Who:T1 Who2:T2");
            let (label, trigger) = word().and_then(|first| first.split_once(':')).ok_or_else(form)?;
            let arguments = words.map(argument).collect::<Option<_>>().ok_or_else(form)?;
            Says::Fact { label: label.into(), trigger: Some(trigger.into()), arguments }
        }
        Some('R') => {
            let form = || Form("as in R1, tab, Citizen Arg1:T1 Arg2:T2");
            let label = word().ok_or_else(form)?;
            let arguments: Vec<_> = words.map(argument).collect::<Option<_>>().ok_or_else(form)?;
            if arguments.len() != 2 {
                return Err(form());
            }
            Says::Fact { label: label.into(), trigger: None, arguments }
        }
        Some('*') => {
            let label = word().ok_or(Form("as in *, tab, Alias T1 T2"))?;
            Says::Same { label: label.into(), members: words.map(Into::into).collect() }
        }
        Some('A' | 'M') => match (word(), word(), word(), word()) {
            (Some(name), Some(of), value, None) => {
                Says::Attribute { name: name.into(), value: value.map(Into::into), of: of.into() }
            }
            _ => return Err(Form("as in A1, tab, Negation E1, or A1, tab, Confidence E1 Low")),
        },
        Some('N') => match (word(), word(), word().and_then(|identity| identity.split_once(':')), word()) {
            (Some(_), Some(of), Some((base, id)), None) => {
                Says::Identity { base: base.into(), id: id.into(), of: of.into() }
            }
            _ => return Err(Form("as in N1, tab, Reference T1 Wikidata:Q16, tab, Canada")),
        },
        Some('#') => match (word(), word(), word()) {
            (Some(kind), Some(of), None) => {
                Says::Note { kind: kind.into(), text: rest.unwrap_or_default().into(), of: of.into() }
            }
            _ => return Err(Form("as in #1, tab, AnnotatorNotes T1, tab, and the note")),
        },
        _ => return Err(Form("a line begins with T, E, R, A, M, N, # or *")),
    };
    let is_list = matches!(says, Says::Same { .. });
    if !is_list && (id.len() < 2 || id.contains(|letter: char| !letter.is_ascii_graphic())) {
        return Err(Form("an id is a letter and a number"));
    }
    let (id, path) = if is_list { ("", String::new()) } else { (id, format!("/{id}")) };
    Ok(Annotation { id: id.into(), line: number, path, says })
}

fn argument(written: &str) -> Option<(Box<str>, Box<str>)> {
    written.split_once(':').map(|(name, id)| (name.into(), id.into()))
}

fn pieces(places: &str) -> Option<Vec<Piece>> {
    let piece = |written: &str| {
        let (start, end) = written.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    places.split(';').map(piece).collect()
}
