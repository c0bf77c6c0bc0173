//! Stand-off annotations as claims: what the readers of brat and Label Studio have in common.
//!
//! It reads no file. Labels mean what the mapping says, and nothing else.

mod dates;
mod entities;
mod facts;

use std::borrow::Cow;

use dates::{Asked, Dated};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ledger::ImportReport;
use super::mapping::{AnnotationMapping, Mark, NoteUse};
use super::offsets::{Piece, Under};
use super::wrong::wrong_line;
use crate::batch::{Batch, ClaimId, MentionId, SourceId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{MentionForm, Modality, Node};
use crate::provenance::Source;

/// One annotation: a line of brat, a result of Label Studio.
#[derive(Debug)]
pub(super) struct Annotation {
    /// Empty for what no other can name.
    pub(super) id: Box<str>,
    pub(super) line: u32,
    pub(super) path: String,
    pub(super) says: Says,
}

/// What an annotation says.
#[derive(Debug)]
pub(super) enum Says {
    /// An entity, or the words that tell an event.
    Words {
        label: Box<str>,
        pieces: Vec<Piece>,
        words: Option<Box<str>>,
    },
    /// An event, told by a trigger, or a relation, which has none.
    Fact {
        label: Box<str>,
        trigger: Option<Box<str>>,
        arguments: Vec<(Box<str>, Box<str>)>,
    },
    /// These are one.
    Same {
        label: Box<str>,
        members: Vec<Box<str>>,
    },
    Attribute {
        name: Box<str>,
        value: Option<Box<str>>,
        of: Box<str>,
    },
    /// An id in a knowledge base.
    Identity {
        base: Box<str>,
        id: Box<str>,
        of: Box<str>,
    },
    Note {
        kind: Box<str>,
        text: Box<str>,
        of: Box<str>,
    },
    /// Left out by this rule.
    Nothing(Cow<'static, str>),
}

/// What became of an annotation.
enum Verdict {
    Map,
    Keep,
    Drop(Cow<'static, str>),
    Reject(Box<Diagnostic>),
}

/// What an annotation is to those that name it.
#[derive(Debug, Clone, Copy)]
enum Is {
    Entity(Node, MentionId),
    Trigger(MentionId),
    /// Words that say when something holds.
    Date(MentionId),
    /// Its event, if it makes one.
    Claim(ClaimId, Option<Node>),
    LeftOut,
    Rejected,
}

/// What attributes and notes say of a fact or of words.
#[derive(Debug, Clone, Copy, Default)]
struct Said<'a> {
    negated: bool,
    modality: Option<Modality>,
    form: Option<MentionForm>,
    gloss: Option<&'a str>,
}

/// The longest gloss, in code points.
const LONGEST: usize = 500;

/// An article and its annotations, in the order of the file.
pub(super) struct Standoff<'a> {
    pub(super) file: &'a str,
    pub(super) source: Source,
    pub(super) text: &'a str,
    pub(super) annotations: Vec<Annotation>,
    pub(super) mapping: &'a AnnotationMapping,
}

/// As diagnostics show it.
fn shown(text: &str) -> Option<String> {
    let short: String = text.chars().take(60).collect();
    Some(if short.len() < text.len() { format!("{short:?}...") } else { format!("{short:?}") })
}

/// What an annotation is called in its article: `t-4` for `T4`, its place in the file for ids that have another form. It is an id
/// of the native format, and none of those that a batch makes up.
fn local(id: &str, nth: usize) -> String {
    let (letter, number) = id.split_at(id.chars().next().map_or(0, char::len_utf8));
    let is_plain = matches!(letter, "T" | "E" | "R")
        && (1..=40).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { format!("{}-{number}", letter.to_ascii_lowercase()) } else { format!("n-{}", nth + 1) }
}

impl Standoff<'_> {
    /// Adds the article and what its annotations say.
    pub(super) fn write(self, batch: &mut Batch, report: &mut ImportReport) {
        let Self { file, source, text, annotations, mapping } = self;
        let under = Under::new(text);
        let quotes = annotations.iter().filter_map(|one| match &one.says {
            Says::Words { pieces, words: Some(words), .. } => Some((&pieces[..], &**words)),
            _ => None,
        });
        let offsets = under.fitting(&quotes);
        if !offsets.unit.is_ours() {
            let message = format!("offsets are taken as {}: so the quotes fit the text", offsets.unit);
            let hint = "count code points of the text without a byte order mark, line ends as one";
            report.warn(wrong_line(file, 1, Code::I0508, &message, Some(hint)));
        }
        let source = batch.source(source.text(under.text()));
        let mut writer = Writer {
            batch,
            source,
            file,
            annotations: &annotations,
            mapping,
            numbers: FxHashMap::default(),
            triggers: FxHashSet::default(),
            dates: FxHashMap::default(),
            asked: Vec::new(),
            bounds: FxHashMap::default(),
            said: vec![Said::default(); annotations.len()],
            is: vec![None; annotations.len()],
            verdicts: annotations.iter().map(|_| None).collect(),
            arguments: Vec::new(),
        };
        writer.number();
        writer.attributes();
        writer.times();
        writer.words(&under, &offsets);
        writer.read_dates();
        writer.identities();
        writer.facts();
        writer.settle();
        writer.settle_dates();
        let Writer { verdicts, arguments, .. } = writer;
        for verdict in verdicts {
            match verdict.unwrap_or(Verdict::Keep) {
                Verdict::Map => report.map(),
                Verdict::Keep => report.keep(),
                Verdict::Drop(rule) => report.drop(rule, 1),
                Verdict::Reject(diagnostic) => report.reject(*diagnostic),
            }
        }
        for argument in arguments {
            match argument {
                None => report.map(),
                Some(rule) => report.drop(rule, 1),
            }
        }
    }
}

struct Writer<'a> {
    batch: &'a mut Batch,
    source: SourceId,
    file: &'a str,
    annotations: &'a [Annotation],
    mapping: &'a AnnotationMapping,
    numbers: FxHashMap<&'a str, usize>,
    triggers: FxHashSet<&'a str>,
    /// Which annotations are asked for a date, and their words.
    dates: FxHashMap<usize, Box<str>>,
    asked: Vec<Asked>,
    /// What others say of the time of an event or relation.
    bounds: FxHashMap<usize, Vec<Dated>>,
    said: Vec<Said<'a>>,
    is: Vec<Option<Is>>,
    verdicts: Vec<Option<Verdict>>,
    /// Each argument of an event, and each of a relation that is left out: mapped, or dropped by a rule.
    arguments: Vec<Option<String>>,
}

impl<'a> Writer<'a> {
    fn reject(&mut self, nth: usize, code: Code, message: String, hint: Option<&str>) {
        let Annotation { line, path, says, .. } = &self.annotations[nth];
        let value = match says {
            Says::Words { words: Some(words), .. } => shown(words),
            _ => None,
        };
        let wrong = wrong_line(self.file, *line, code, "", hint);
        let diagnostic = Diagnostic { path: path.clone(), value, message, ..wrong };
        self.verdicts[nth] = Some(Verdict::Reject(diagnostic.into()));
        self.is[nth] = Some(Is::Rejected);
    }

    fn leave_out(&mut self, nth: usize, rule: impl Into<Cow<'static, str>>) {
        self.verdicts[nth] = Some(Verdict::Drop(rule.into()));
        self.is[nth] = Some(Is::LeftOut);
    }

    /// Who bears which id, and who is a trigger.
    fn number(&mut self) {
        let annotations = self.annotations;
        for (nth, one) in annotations.iter().enumerate() {
            if let Says::Nothing(rule) = &one.says {
                self.leave_out(nth, rule.clone());
            }
            if one.id.is_empty() {
                continue;
            }
            if self.numbers.contains_key(&*one.id) {
                let message = format!("{} is the id of an earlier annotation", one.id);
                self.reject(nth, Code::I0506, message, None);
                continue;
            }
            self.numbers.insert(&one.id, nth);
            if let Says::Fact { trigger: Some(trigger), .. } = &one.says {
                self.triggers.insert(trigger);
            }
        }
    }

    fn undecided(&self) -> Vec<(usize, &'a Annotation)> {
        self.annotations.iter().enumerate().filter(|(nth, _)| self.verdicts[*nth].is_none()).collect()
    }

    /// The annotation of this id; else the one that names it is rejected.
    fn named(&mut self, by: usize, id: &str) -> Option<usize> {
        let found = self.numbers.get(id).copied();
        if found.is_none() {
            self.reject(by, Code::I0504, format!("nothing has the id {id:?}"), None);
        }
        found
    }

    /// What attributes, and notes that are glosses, say of others.
    fn attributes(&mut self) {
        let (annotations, mapping) = (self.annotations, self.mapping);
        for (nth, one) in self.undecided() {
            match &one.says {
                Says::Attribute { name, .. } if mapping.bound(name).is_some() => {}
                Says::Attribute { name, value, of } => {
                    let Some(mark) = mapping.mark(name, value.as_deref()) else {
                        let value = value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
                        self.leave_out(nth, format!("attribute {name}{value}, not mapped"));
                        continue;
                    };
                    let Some(of) = self.named(nth, of) else { continue };
                    let is_fact = matches!(annotations[of].says, Says::Fact { .. });
                    let said = &mut self.said[of];
                    match mark {
                        Mark::Negated if is_fact => said.negated = true,
                        Mark::Modality(modality) if is_fact && said.modality.is_none_or(|one| one == modality) => {
                            said.modality = Some(modality);
                        }
                        Mark::Modality(_) if is_fact => {
                            let message = format!("{} is told in another way already", annotations[of].id);
                            self.reject(nth, Code::I0505, message, None);
                        }
                        Mark::Form(form) if matches!(annotations[of].says, Says::Words { .. }) => {
                            said.form = Some(form);
                        }
                        Mark::Negated | Mark::Modality(_) | Mark::Form(_) => {
                            let what = if is_fact { "an event or relation" } else { "words" };
                            let message = format!("{name}, as it is mapped, is not said of {what}");
                            self.reject(nth, Code::I0505, message, None);
                        }
                    }
                }
                Says::Note { kind, text, of } if mapping.note(kind) == Some(NoteUse::Gloss) => {
                    let Some(of) = self.named(nth, of) else { continue };
                    if !matches!(annotations[of].says, Says::Fact { .. }) {
                        self.leave_out(nth, "a note for a gloss on what is no event or relation");
                    } else if text.trim().is_empty() {
                        self.leave_out(nth, "a note that says nothing");
                    } else if self.said[of].gloss.is_some() {
                        self.leave_out(nth, "a second note on one event or relation");
                    } else if text.chars().count() > LONGEST {
                        let message = format!("a gloss has at most {LONGEST} code points");
                        self.reject(nth, Code::I0505, message, None);
                    } else {
                        self.said[of].gloss = Some(text);
                    }
                }
                Says::Note { kind, .. } if mapping.note(kind).is_none() && mapping.bound(kind).is_none() => {
                    self.leave_out(nth, format!("note {kind}, not mapped"));
                }
                _ => {}
            }
        }
    }

    /// Triggers share the fate of their events, attributes and notes that of what they speak of.
    fn settle(&mut self) {
        let annotations = self.annotations;
        let mut told: FxHashSet<&str> = FxHashSet::default();
        for (nth, one) in annotations.iter().enumerate() {
            if let (Says::Fact { trigger: Some(trigger), .. }, Some(Is::Claim(..))) = (&one.says, self.is[nth]) {
                told.insert(trigger);
            }
        }
        for (nth, one) in self.undecided() {
            match (&one.says, self.is[nth]) {
                (Says::Words { label, .. }, Some(Is::Trigger(_))) if !told.contains(&*one.id) => {
                    self.leave_out(nth, format!("trigger {label} of an event that is left out"));
                }
                (Says::Attribute { of, .. } | Says::Note { of, .. }, None) => {
                    let of = self.numbers.get(&**of).and_then(|of| self.is[*of]);
                    if matches!(of, Some(Is::LeftOut | Is::Rejected) | None) {
                        self.leave_out(nth, "attribute or note on what is left out");
                    }
                }
                _ => {}
            }
        }
    }
}
