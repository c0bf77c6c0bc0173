//! Label Studio exports (JSON): tasks with their text, and what was marked in it.
//!
//! It does not read the labelling configuration: what labels are in the ontology, the mapping says.

use std::io::Read;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::json::{Document, Element, Elements};
use super::ledger::ImportReport;
use super::mapping::AnnotationMapping;
use super::standoff::{Annotation, Says, Standoff};
use super::wrong::wrong_line;
use crate::batch::Batch;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Key;
use crate::provenance::Source;

/// How a Label Studio export is read: see [`read_label_studio`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct LabelStudioOptions {
    mapping: AnnotationMapping,
    file: Box<str>,
    source: Source,
    text_field: Option<Box<str>>,
    takes_predictions: bool,
}

impl LabelStudioOptions {
    /// With this mapping; the file is called `label-studio.json`, its articles `label-studio-1` and so on.
    pub fn new(mapping: AnnotationMapping) -> Self {
        let source = Source::article("label-studio");
        Self { mapping, file: "label-studio.json".into(), source, text_field: None, takes_predictions: false }
    }

    /// The name of the file, for diagnostics.
    pub fn file(mut self, name: &str) -> Self {
        self.file = name.into();
        self
    }

    /// What is known of the articles as sources. Each is called as this one, `-` and the id of its task.
    pub fn source(mut self, article: Source) -> Self {
        self.source = article;
        self
    }

    /// The field of `data` that holds the text; without it `text`, or the only one that is a text.
    pub fn text_field(mut self, name: &str) -> Self {
        self.text_field = Some(name.into());
        self
    }

    /// Takes the first prediction of a task that nobody annotated: what a model said, not a person.
    pub fn with_predictions(mut self) -> Self {
        self.takes_predictions = true;
        self
    }
}

/// Reads an export of Label Studio: a list of tasks, or one task (`JSON`, not `JSON-MIN`).
///
/// - A task is an article; its first annotation that was not cancelled is read, results of others are dropped.
/// - `labels`: an entity, where the label is mapped to a kind of node; where it is mapped to a fact, the words that tell an event,
///   whose arguments are the relations that begin there and are named as its roles.
/// - `relation`: a claim, where its label is mapped, or two that are the same; a direction to the left turns its ends round.
/// - `choices` or `datetime` on a region: an attribute, named after the control. `textarea` on a region: a note. All by the mapping. Other types
///   of results are dropped, as are regions of hypertext and dialogues, whose offsets are not of the text.
/// - What is not mapped is dropped, with its name and count, and what does not fit the ontology is rejected, as
///   [`read_brat`](crate::read_brat) has it.
/// - Offsets are code points. Older versions counted UTF-16 units: the quotes decide, a warning says so, and what fits neither way
///   is rejected.
///
/// - A task that is no JSON costs itself: reading goes on with the next line that begins as tasks do in the file.
///
/// Annotations and texts are their project's, under its licence. The tool: Tkachenko et al. 2020-2025, Label Studio, HumanSignal. Linear in the file, of which one task is held, of at most 16 MiB; an item is a
/// result, each further label or value of one, an event, and an argument of it.
///
/// ```
/// use comity::{Graph, LabelStudioOptions, Nation, read_label_studio};
/// let mapping = r#"{ "nodes": { "GPE": "nation" }, "keys": { "Canada": "nation/CAN" } }"#.parse()?;
/// let export = r#"[{ "id": 7, "data": { "text": "Anna is from Canada." }, "annotations": [{ "result": [
///     { "id": "a", "type": "labels", "value": { "start": 13, "end": 19, "text": "Canada", "labels": ["GPE"] } }] }] }]"#;
/// let (batch, report) = read_label_studio(export.as_bytes(), &LabelStudioOptions::new(mapping));
/// assert!(report.is_clean() && report.kept() == 1);
/// assert!(Graph::new().apply(batch)?.find::<Nation>("CAN").is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn read_label_studio(reader: impl Read, options: &LabelStudioOptions) -> (Batch, ImportReport) {
    let (mut batch, mut report) = (Batch::new(), ImportReport::default());
    let mut export = Export { options, ids: FxHashSet::default(), batch: &mut batch, report: &mut report };
    let mut tasks = Elements::new(reader, &options.file, None);
    let mut nth = 0;
    while let Some(task) = tasks.next() {
        nth += 1;
        if let Err(wrong) = task.and_then(|task| export.task(nth, &task)) {
            export.report.reject(*wrong);
        }
    }
    if nth == 0 {
        report.reject(wrong_line(&options.file, 1, Code::I0108, "the file holds no task", Some(FORM)));
    }
    report.sort();
    (batch, report)
}

#[derive(Deserialize)]
struct Task<'t> {
    id: Option<Value>,
    data: Map<String, Value>,
    #[serde(borrow, default)]
    annotations: Option<Vec<&'t RawValue>>,
    /// As older versions call them.
    #[serde(borrow, default)]
    completions: Option<Vec<&'t RawValue>>,
    #[serde(borrow, default)]
    predictions: Option<Vec<&'t RawValue>>,
}

#[derive(Deserialize)]
struct Marked<'t> {
    #[serde(borrow, default)]
    result: Option<Vec<&'t RawValue>>,
    #[serde(default)]
    was_cancelled: Option<bool>,
}

/// One result.
#[derive(Deserialize)]
struct Found {
    #[serde(rename = "type")]
    kind: Box<str>,
    id: Option<Box<str>>,
    from_name: Option<Box<str>>,
    #[serde(default)]
    value: Map<String, Value>,
    from_id: Option<Box<str>>,
    to_id: Option<Box<str>>,
    direction: Option<Box<str>>,
    labels: Option<Vec<Box<str>>>,
}

/// A result, and where it stands.
struct Placed {
    line: u32,
    path: String,
    found: Found,
}

struct Export<'e> {
    options: &'e LabelStudioOptions,
    ids: FxHashSet<String>,
    batch: &'e mut Batch,
    report: &'e mut ImportReport,
}

fn parse<'t, T: Deserialize<'t>>(document: &Document<'t>, text: &'t str, path: &str) -> Result<T, Box<Diagnostic>> {
    serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() { Code::I0501 } else { Code::I0109 };
        Box::new(Diagnostic { hint: Some(FORM.into()), ..*document.unread(code, text, path, &error) })
    })
}

impl Export<'_> {
    fn task(&mut self, nth: u64, element: &Element<'_>) -> Result<(), Box<Diagnostic>> {
        let (options, path) = (self.options, &*element.path);
        let document = element.document(&options.file);
        let wrong = |code, message: &str, hint| document.wrong(code, element.text, path, message, Some(hint));
        let Task { id, data, annotations, completions, predictions } = parse(&document, element.text, path)?;
        let id = match id {
            Some(Value::Number(number)) if number.is_u64() => number.to_string(),
            Some(Value::String(id)) if Key::new::<crate::model::Group>(&id).is_ok() => id,
            _ => nth.to_string(),
        };
        if self.ids.contains(&id) {
            let message = format!("{id} is the id of an earlier task");
            return Err(wrong(Code::I0506, &message, "give each task its own"));
        }
        let text = text(&data, options.text_field.as_deref()).ok_or_else(|| {
            wrong(Code::I0504, "which text was annotated is not known", "say which field of data holds it")
        })?;
        let mut results: Option<Vec<Placed>> = None;
        let lists = [("annotations", annotations), ("completions", completions), ("predictions", predictions)];
        for (name, list) in lists {
            let is_prediction = name == "predictions";
            for (nth, marked) in list.unwrap_or_default().into_iter().enumerate() {
                let path = format!("{path}/{name}/{nth}");
                let Marked { result, was_cancelled } = match parse(&document, marked.get(), &path) {
                    Ok(marked) => marked,
                    Err(wrong) => {
                        self.report.reject(*wrong);
                        continue;
                    }
                };
                let result = result.unwrap_or_default();
                let rule = match (is_prediction, was_cancelled, &results) {
                    (true, ..) if !options.takes_predictions => "a result of a prediction",
                    (_, Some(true), _) => "a result of a cancelled annotation",
                    (.., Some(_)) => "a result of a further annotation of the same text",
                    _ => "",
                };
                if rule.is_empty() {
                    results = Some(self.results(&document, &result, &path));
                } else {
                    self.report.drop(rule, result.len() as u64);
                }
            }
        }
        let annotations = annotations_of(results.unwrap_or_default(), &options.mapping);
        let name = format!("{}-{id}", options.source.id());
        self.ids.insert(id);
        let source = Source { id: name.into(), ..options.source.clone() };
        let (file, mapping) = (&*options.file, &options.mapping);
        Standoff { file, source, text, annotations, mapping }.write(self.batch, self.report);
        Ok(())
    }

    fn results<'t>(&mut self, document: &Document<'t>, list: &[&'t RawValue], path: &str) -> Vec<Placed> {
        let mut results = Vec::with_capacity(list.len());
        for (nth, raw) in list.iter().enumerate() {
            let path = format!("{path}/result/{nth}");
            match parse(document, raw.get(), &path) {
                Ok(found) => results.push(Placed { line: document.place(raw.get()).line, path, found }),
                Err(wrong) => self.report.reject(*wrong),
            }
        }
        results
    }
}

const FORM: &str = "export as JSON, not as JSON-MIN: tasks with data and annotations, these with results";

fn text<'d>(data: &'d Map<String, Value>, field: Option<&str>) -> Option<&'d str> {
    if let Some(field) = field {
        return data.get(field)?.as_str();
    }
    let only = || {
        let mut texts = data.values().filter_map(Value::as_str);
        texts.next().filter(|_| texts.next().is_none())
    };
    data.get("text").and_then(Value::as_str).or_else(only)
}

/// What those that others name are called here: made-up ids never look so.
fn named(id: &str) -> Box<str> {
    format!("ls-{id}").into()
}

/// The event that a region tells.
fn event(id: &str) -> Box<str> {
    format!("ls-{id}-event").into()
}

/// The names of a list of them, or of a single one.
fn names(value: Option<&Value>) -> Vec<Box<str>> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(Into::into).collect(),
        Some(Value::String(name)) => vec![name.as_str().into()],
        _ => Vec::new(),
    }
}

/// The role, and who fills it.
type Part = (Box<str>, Box<str>);

fn annotations_of(results: Vec<Placed>, mapping: &AnnotationMapping) -> Vec<Annotation> {
    // Which regions tell events, and what those are.
    let mut events: FxHashMap<Box<str>, Box<str>> = FxHashMap::default();
    for Placed { found, .. } in &results {
        let label = region_labels(found).into_iter().find(|label| mapping.node(label).is_none());
        if let (Some(id), Some(label)) = (&found.id, label.filter(|label| mapping.fact(label).is_some())) {
            events.entry(id.clone()).or_insert(label);
        }
    }
    let end = |id: &str| if events.contains_key(id) { event(id) } else { named(id) };
    let mut arguments: FxHashMap<Box<str>, Vec<Part>> = FxHashMap::default();
    let (mut regions, mut annotations) = (FxHashSet::default(), Vec::with_capacity(results.len()));
    for (nth, Placed { line, path, found }) in results.into_iter().enumerate() {
        let mut add = |id: Box<str>, says| annotations.push(Annotation { id, line, path: path.clone(), says });
        let nothing = |rule: &'static str| Says::Nothing(rule.into());
        match &*found.kind {
            "labels" | "hypertextlabels" | "paragraphlabels" => {
                let labels = region_labels(&found);
                let at = |name| found.value.get(name).and_then(Value::as_u64);
                let (Some(start), Some(end)) = (at("start"), at("end")) else {
                    add("".into(), nothing("a region without offsets in the text"));
                    continue;
                };
                let words = found.value.get("text").and_then(Value::as_str).map(Into::into);
                let means = |label: &str| mapping.node(label).is_some() || mapping.fact(label).is_some();
                let Some(label) = labels.iter().find(|label| means(label)).or(labels.first()) else {
                    add("".into(), nothing("a region without a label"));
                    continue;
                };
                let id = found.id.clone().unwrap_or_else(|| format!("{nth}").into());
                let is_new = regions.insert(id.clone());
                for further in labels.iter().filter(|other| !is_new || *other != label) {
                    add("".into(), Says::Nothing(format!("further label {further} of a region").into()));
                }
                if is_new {
                    let (label, pieces) = (label.clone(), vec![(start, end)]);
                    add(named(&id), Says::Words { label, pieces, words });
                }
            }
            "relation" => {
                let (Some(from), Some(to)) = (&found.from_id, &found.to_id) else {
                    add("".into(), nothing("a relation without ends"));
                    continue;
                };
                let (from, to) = if found.direction.as_deref() == Some("left") { (to, from) } else { (from, to) };
                let labels = found.labels.unwrap_or_default();
                if labels.is_empty() {
                    add("".into(), nothing("a relation without a label"));
                }
                for (which, label) in labels.into_iter().enumerate() {
                    let is_argument = events.get(from).is_some_and(|event| {
                        let fills = mapping.fact(event).is_some_and(|event| event.fill(&label).is_some());
                        fills || mapping.bound(&label).is_some() && !events.contains_key(to)
                    });
                    if is_argument {
                        arguments.entry(from.clone()).or_default().push((label, end(to)));
                    } else if mapping.is_same(&label) {
                        add("".into(), Says::Same { label, members: vec![named(from), named(to)] });
                    } else {
                        let arguments = vec![("Arg1".into(), end(from)), ("Arg2".into(), end(to))];
                        let id = format!("ls-relation-{nth}.{which}").into();
                        add(id, Says::Fact { label, trigger: None, arguments });
                    }
                }
            }
            "choices" | "textarea" | "datetime" => {
                let Some(of) = found.id.as_ref().filter(|_| found.value.contains_key("start")) else {
                    add("".into(), nothing("a choice or note on the whole text"));
                    continue;
                };
                let name = found.from_name.unwrap_or_default();
                let is_choice = &*found.kind != "textarea";
                let values = names(found.value.get(if is_choice { &*found.kind } else { "text" }));
                if values.is_empty() {
                    add("".into(), nothing("a choice or note that says nothing"));
                }
                for value in values {
                    let of = end(of);
                    let name = name.clone();
                    let says = if is_choice {
                        Says::Attribute { name, value: Some(value), of }
                    } else {
                        Says::Note { kind: name, text: value, of }
                    };
                    add("".into(), says);
                }
            }
            kind => add("".into(), Says::Nothing(format!("result of type {kind}").into())),
        }
    }
    let told: Vec<_> = annotations.iter().filter(|one| regions_event(&events, &one.id).is_some()).collect();
    let told: Vec<_> = told
        .into_iter()
        .filter_map(|region| {
            let (id, label) = regions_event(&events, &region.id)?;
            let arguments = arguments.remove(id).unwrap_or_default();
            let says = Says::Fact { label: label.into(), trigger: Some(named(id)), arguments };
            Some(Annotation { id: event(id), line: region.line, path: region.path.clone(), says })
        })
        .collect();
    annotations.extend(told);
    annotations
}

fn regions_event<'a>(events: &'a FxHashMap<Box<str>, Box<str>>, id: &str) -> Option<(&'a str, &'a str)> {
    let (id, label) = id.strip_prefix("ls-").and_then(|id| events.get_key_value(id))?;
    Some((&**id, &**label))
}

fn region_labels(found: &Found) -> Vec<Box<str>> {
    match &*found.kind {
        "labels" | "hypertextlabels" | "paragraphlabels" => names(found.value.get(&*found.kind)),
        _ => Vec::new(),
    }
}
