//! Stand-off annotations as claims: what the readers of brat and Label Studio have in common.
//!
//! It reads no file. Labels mean what the mapping says, and nothing else.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ledger::ImportReport;
use super::mapping::{AnnotationMapping, FactMapping, Fill, Mark, NoteUse};
use super::offsets::{Offsets, Piece, Under};
use crate::batch::{Batch, ClaimId, Description, Fact, MentionId, Quote, SourceId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Identity, MentionForm, Modality, Node, NodeKind, Value};
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

pub(super) fn wrong(file: &str, line: u32, path: &str, code: Code, message: String, hint: Option<&str>) -> Diagnostic {
    let (file, path, hint) = (file.into(), path.into(), hint.map(Into::into));
    Diagnostic { file, line, column: 1, severity: code.severity(), code, path, value: None, message, hint }
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
        let offsets = under.fitting(quotes);
        if !offsets.unit.is_ours() {
            let message = format!("offsets are taken as {}: so the quotes fit the text", offsets.unit);
            let hint = "count code points of the text without a byte order mark, line ends as one";
            report.warn(wrong(file, 1, "", Code::I0508, message, Some(hint)));
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
            said: vec![Said::default(); annotations.len()],
            is: vec![None; annotations.len()],
            verdicts: annotations.iter().map(|_| None).collect(),
            arguments: Vec::new(),
        };
        writer.number();
        writer.attributes();
        writer.words(&under, &offsets);
        writer.identities();
        writer.facts();
        writer.settle();
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
    said: Vec<Said<'a>>,
    is: Vec<Option<Is>>,
    verdicts: Vec<Option<Verdict>>,
    /// Each argument of an event: mapped, or dropped by a rule.
    arguments: Vec<Option<String>>,
}

impl<'a> Writer<'a> {
    fn reject(&mut self, nth: usize, code: Code, message: String, hint: Option<&str>) {
        let Annotation { line, path, says, .. } = &self.annotations[nth];
        let mut diagnostic = wrong(self.file, *line, path, code, message, hint);
        if let Says::Words { words: Some(words), .. } = says {
            diagnostic.value = shown(words);
        }
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
                        Mark::Modality(modality) if is_fact => said.modality = Some(modality),
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
                    if matches!(annotations[of].says, Says::Fact { .. }) {
                        self.said[of].gloss = Some(text);
                    } else {
                        self.leave_out(nth, "a note for a gloss on what is no event or relation");
                    }
                }
                Says::Note { kind, .. } if mapping.note(kind).is_none() => {
                    self.leave_out(nth, format!("note {kind}, not mapped"));
                }
                _ => {}
            }
        }
    }

    /// The mentions, and the entities that they are of.
    fn words(&mut self, under: &Under<'_>, offsets: &Offsets) {
        let mut mentions: Vec<Option<(MentionId, String)>> = vec![None; self.annotations.len()];
        for (nth, one) in self.undecided() {
            let Says::Words { label, pieces, words } = &one.says else { continue };
            let spans = match offsets.spans(pieces) {
                Ok(spans) => spans,
                Err(message) => {
                    self.reject(nth, Code::I0503, message, None);
                    continue;
                }
            };
            let found = spans.iter().map(|span| under.words(*span)).collect::<Vec<_>>().join(" ");
            if words.as_ref().is_some_and(|words| !under.is_quote(&spans, words)) {
                let message = format!("there stands {}", shown(&found).unwrap_or_default());
                self.reject(nth, Code::I0502, message, Some("see whether it is the text that was annotated"));
                continue;
            }
            let is_trigger = self.triggers.contains(&*one.id);
            if !is_trigger && self.mapping.node(label).is_none() {
                self.leave_out(nth, format!("entity {label}, not mapped"));
                continue;
            }
            let mut quote = Quote::new(spans[0], under.words(spans[0]));
            for span in &spans[1..] {
                quote = quote.and(*span, under.words(*span));
            }
            if let Some(form) = self.said[nth].form {
                quote = quote.form(form);
            }
            let mention = self.batch.mention(self.source, quote).expect("the words were read from the text");
            if is_trigger {
                self.is[nth] = Some(Is::Trigger(mention));
            } else {
                mentions[nth] = Some((mention, found.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        self.entities(&mentions);
    }

    /// Entities: what is said to be one is one.
    fn entities(&mut self, mentions: &[Option<(MentionId, String)>]) {
        let annotations = self.annotations;
        let mut first: Vec<usize> = (0..annotations.len()).collect();
        let key = |(nth, mention): (usize, &Option<(MentionId, String)>)| {
            let kind = self.kind(nth)?;
            self.mapping.key(&mention.as_ref()?.1).filter(|key| key.kind() == kind)
        };
        let mut keys: Vec<_> = mentions.iter().enumerate().map(key).collect();
        for (nth, one) in annotations.iter().enumerate() {
            let (label, members): (_, Vec<&str>) = match &one.says {
                Says::Same { label, members } => (label, members.iter().map(|id| &**id).collect()),
                Says::Fact { label, trigger: None, arguments } if self.mapping.is_same(label) => {
                    (label, arguments.iter().map(|(_, id)| &**id).collect())
                }
                _ => continue,
            };
            if self.verdicts[nth].is_some() {
                continue;
            }
            if !self.mapping.is_same(label) {
                self.leave_out(nth, format!("relation {label}, not mapped"));
                continue;
            }
            if let Err((code, message)) = self.unite(&members, mentions, &mut first, &mut keys) {
                self.reject(nth, code, message, None);
            } else {
                self.verdicts[nth] = Some(Verdict::Keep);
            }
        }
        let mut described: FxHashMap<Node, bool> = FxHashMap::default();
        for nth in 0..annotations.len() {
            let (Some((mention, words)), Some(kind)) = (&mentions[nth], self.kind(nth)) else { continue };
            let one = root(&mut first, nth);
            let node = match keys[one] {
                Some(key) => self.batch.key(key),
                None => self.batch.local(kind, self.source, &annotations[one].id),
            };
            self.is[nth] = Some(Is::Entity(node, *mention));
            // The first words are its name, until some are said to be one; only what is said to be a name is another one.
            let is_name = self.said[nth].form == Some(MentionForm::Name);
            let description = match described.get(&node) {
                None => Description::new().name(words),
                Some(false) if is_name => Description::new().name(words),
                Some(true) if is_name => Description::new().alias(words),
                Some(_) => continue,
            };
            described.insert(node, is_name);
            self.batch.describe(self.source, node, description).expect("every kind of node has names");
        }
    }

    fn kind(&self, nth: usize) -> Option<NodeKind> {
        match &self.annotations[nth].says {
            Says::Words { label, .. } => self.mapping.node(label),
            _ => None,
        }
    }

    /// Makes them one: the first of the file stands for all.
    fn unite(
        &self,
        members: &[&str],
        mentions: &[Option<(MentionId, String)>],
        first: &mut [usize],
        keys: &mut [Option<&'a crate::model::Key>],
    ) -> Result<(), (Code, String)> {
        let mut all = Vec::new();
        for id in members {
            let nth = *self.numbers.get(id).ok_or_else(|| (Code::I0504, format!("nothing has the id {id:?}")))?;
            if mentions[nth].is_some() {
                all.push(root(first, nth));
            } else if !matches!(self.is[nth], Some(Is::LeftOut)) {
                return Err((Code::I0504, format!("{id} is no entity, or is rejected")));
            }
        }
        all.sort_unstable();
        all.dedup();
        let Some((one, others)) = all.split_first() else { return Ok(()) };
        if let Some(other) = others.iter().find(|other| self.kind(**other) != self.kind(*one)) {
            let (one, other) = (&self.annotations[*one].id, &self.annotations[*other].id);
            return Err((Code::I0505, format!("{one} and {other} are mapped to different kinds of nodes")));
        }
        let mut of_all: Vec<_> = all.iter().filter_map(|nth| keys[*nth]).collect();
        of_all.dedup();
        if let [key, other, ..] = of_all[..] {
            return Err((Code::I0505, format!("{key} and {other} are not the same")));
        }
        keys[*one] = of_all.first().copied();
        others.iter().for_each(|other| first[*other] = *one);
        Ok(())
    }

    /// What entities are called in other people's schemes.
    fn identities(&mut self) {
        let (annotations, mapping) = (self.annotations, self.mapping);
        for (nth, one) in self.undecided() {
            let (identity, of) = match &one.says {
                Says::Identity { base, id, of } => match mapping.scheme(base) {
                    Some(scheme) => (format!("{scheme}:{id}"), of),
                    None => {
                        self.leave_out(nth, format!("identity {base}, not mapped"));
                        continue;
                    }
                },
                Says::Note { kind, text, of } if mapping.note(kind) == Some(NoteUse::Identity) => {
                    (text.to_string(), of)
                }
                _ => continue,
            };
            let Some(of) = self.named(nth, of) else { continue };
            match (self.is[of], identity.parse::<Identity>()) {
                (Some(Is::LeftOut), _) => self.leave_out(nth, "an identity of what is left out"),
                (Some(Is::Entity(node, _)), Ok(identity)) => {
                    let description = Description::new().same_as(identity);
                    self.batch.describe(self.source, node, description).expect("every kind of node has identities");
                }
                (Some(Is::Entity(..)), Err(error)) => self.reject(nth, Code::I0505, error.to_string(), None),
                _ => {
                    let message = format!("{} is no entity, or is rejected", annotations[of].id);
                    self.reject(nth, Code::I0504, message, None);
                }
            }
        }
    }

    /// The claims, each after those that it contains.
    fn facts(&mut self) {
        let annotations = self.annotations;
        let mut begun = vec![false; annotations.len()];
        for nth in 0..annotations.len() {
            let mut stack = vec![nth];
            while let Some(top) = stack.last().copied() {
                let Says::Fact { label, trigger, arguments } = &annotations[top].says else {
                    stack.pop();
                    continue;
                };
                if self.verdicts[top].is_some() {
                    stack.pop();
                    continue;
                }
                if !begun[top] {
                    begun[top] = true;
                    let inner = arguments.iter().filter_map(|(_, id)| self.numbers.get(&**id).copied());
                    let inner = inner.filter(|inner| matches!(annotations[*inner].says, Says::Fact { .. }));
                    let inner: Vec<_> = inner.filter(|inner| self.verdicts[*inner].is_none()).collect();
                    if let Some(around) = inner.iter().find(|inner| begun[**inner]) {
                        let message = format!("{} contains it, and it that", annotations[*around].id);
                        self.reject(top, Code::I0507, message, None);
                        self.count_arguments(top, "argument of a rejected event");
                        continue;
                    }
                    stack.extend(inner);
                    continue;
                }
                stack.pop();
                self.fact(top, label, trigger.as_deref(), arguments);
            }
        }
    }

    fn fact(&mut self, nth: usize, label: &str, trigger: Option<&str>, arguments: &'a [(Box<str>, Box<str>)]) {
        let what = if trigger.is_some() { "event" } else { "relation" };
        let Some(mapping) = self.mapping.fact(label) else {
            self.leave_out(nth, format!("{what} {label}, not mapped"));
            if trigger.is_some() {
                let rule = |(name, _): &(Box<str>, _)| Some(format!("argument {name} of {label}, not mapped"));
                self.arguments.extend(arguments.iter().map(rule));
            }
            return;
        };
        match self.filled(nth, mapping, label, trigger, arguments) {
            Ok((fact, fates)) => {
                let left_out = fates.iter().flatten().next().is_some();
                match self.batch.fact(self.source, fact) {
                    Ok(claim) => {
                        let id = &self.annotations[nth].id;
                        let event = mapping.fact.schema().event;
                        let event = event.map(|kind| self.batch.local(kind, self.source, id));
                        self.is[nth] = Some(Is::Claim(claim, event));
                        self.verdicts[nth] = Some(Verdict::Map);
                        if trigger.is_some() {
                            self.arguments.extend(fates);
                        }
                    }
                    Err(_) if left_out => {
                        self.leave_out(nth, format!("{what} {label}, of which too much is left out"));
                        self.count_arguments(nth, "argument of an event of which too much is left out");
                    }
                    Err(error) => {
                        self.reject(nth, Code::I0505, error.to_string(), Some("see the mapping of its label"));
                        self.count_arguments(nth, "argument of a rejected event");
                    }
                }
            }
            Err((code, message)) => {
                self.reject(nth, code, message, None);
                self.count_arguments(nth, "argument of a rejected event");
            }
        }
    }

    fn count_arguments(&mut self, nth: usize, rule: &str) {
        if let Says::Fact { trigger: Some(_), arguments, .. } = &self.annotations[nth].says {
            self.arguments.extend(arguments.iter().map(|_| Some(rule.to_owned())));
        }
    }

    /// The fact, and by which rule each argument is dropped from it, if it is.
    fn filled(
        &self,
        nth: usize,
        mapping: &FactMapping,
        label: &str,
        trigger: Option<&str>,
        arguments: &[(Box<str>, Box<str>)],
    ) -> Result<(Fact, Vec<Option<String>>), (Code, String)> {
        let what = |id: &str| {
            let nth = self.numbers.get(id).ok_or_else(|| (Code::I0504, format!("nothing has the id {id:?}")))?;
            match self.is[*nth] {
                Some(Is::Rejected) => Err((Code::I0504, format!("{id} is rejected"))),
                Some(is) => Ok((*nth, is)),
                None => Err((Code::I0504, format!("{id} is no entity, event or relation"))),
            }
        };
        let schema = mapping.fact.schema();
        let mut qualifiers = mapping.with.clone();
        let mut fact = Fact::new(mapping.fact).local_id(&self.annotations[nth].id);
        if let Some(trigger) = trigger {
            match what(trigger)? {
                (_, Is::Trigger(words)) => fact = fact.evidence(words),
                _ => return Err((Code::I0504, format!("{trigger} is not the words of an event"))),
            }
        }
        let mut fates = Vec::with_capacity(arguments.len());
        let (mut filled, mut shown) = (FxHashSet::default(), FxHashSet::default());
        for (name, id) in arguments {
            let (target, is) = what(id)?;
            let Some(fill) = mapping.fill(name) else {
                fates.push(Some(format!("argument {name} of {label}, not mapped")));
                continue;
            };
            if let (Fill::Text(qualifier), Is::LeftOut | Is::Entity(..)) = (fill, is) {
                let Says::Words { words: Some(words), .. } = &self.annotations[target].says else {
                    return Err((Code::I0504, format!("{id} has no words")));
                };
                qualifiers = qualifiers
                    .with(qualifier, Value::Text(words.split_whitespace().collect::<Vec<_>>().join(" ").into()));
                fates.push(None);
                continue;
            }
            let fate = match (fill, is) {
                (_, Is::LeftOut) => Some(format!("argument {name} of {label}, filled by what is left out")),
                (Fill::Role(role), Is::Entity(node, words)) => {
                    // Two mentions of one entity fill a role once.
                    if filled.insert((role, node)) {
                        fact = fact.role(role, node);
                    }
                    if shown.insert(words) {
                        fact = fact.evidence(words);
                    }
                    None
                }
                (Fill::Role(role), Is::Claim(claim, event)) => {
                    let takes_facts = schema.role(role).is_some_and(|row| row.facts);
                    fact = match event {
                        _ if takes_facts => fact.content(role, claim),
                        Some(event) => {
                            if filled.insert((role, event)) {
                                fact.role(role, event)
                            } else {
                                fact
                            }
                        }
                        None => return Err((Code::I0505, format!("{id}, as it is mapped, is no event"))),
                    };
                    None
                }
                _ => return Err((Code::I0504, format!("{id} cannot fill {name}"))),
            };
            fates.push(fate);
        }
        let Said { negated, modality, gloss, .. } = self.said[nth];
        if negated {
            fact = fact.negated();
        }
        if let Some(modality) = modality {
            fact = fact.modality(modality);
        }
        if let Some(gloss) = gloss {
            fact = fact.gloss(gloss);
        }
        Ok((fact.with(qualifiers), fates))
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

/// The first of those that are one with it.
fn root(first: &mut [usize], nth: usize) -> usize {
    let mut one = nth;
    while first[one] != one {
        // Shortens the way for the next who asks.
        first[one] = first[first[one]];
        one = first[one];
    }
    one
}
