//! The entities of stand-off annotations: words at their places, which of them are one, and what they are elsewhere.
//!
//! It makes no claims.

use rustc_hash::FxHashMap;

use super::{Is, Says, Verdict, Writer, local, shown};
use crate::batch::{Description, MentionId, Quote};
use crate::diagnostic::Code;
use crate::import::mapping::NoteUse;
use crate::import::offsets::{Offsets, Under};
use crate::model::{Identity, Key, MentionForm, Node, NodeKind};

impl<'a> Writer<'a> {
    /// The mentions, and the entities that they are of.
    pub(super) fn words(&mut self, under: &Under<'_>, offsets: &Offsets) {
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
            let is_entity = self.mapping.node(label).is_some();
            let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_date = self.dates.contains_key(&nth);
            if !is_trigger && !is_entity && !is_date {
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
            let mention = self.batch.quoted(self.source, quote);
            if is_date {
                self.dates.insert(nth, found.as_str().into());
            }
            if is_trigger {
                self.is[nth] = Some(Is::Trigger(mention));
            } else if is_entity {
                mentions[nth] = Some((mention, found));
            } else {
                self.is[nth] = Some(Is::Date(mention));
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
        for (nth, mention) in mentions.iter().enumerate() {
            let (Some((mention, words)), Some(kind)) = (mention, self.kind(nth)) else { continue };
            let one = root(&mut first, nth);
            let node = match keys[one] {
                Some(key) => self.batch.key(key),
                None => self.batch.local(kind, self.source, &local(&annotations[one].id, one)),
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
        keys: &mut [Option<&'a Key>],
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
    pub(super) fn identities(&mut self) {
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
