//! The events and relations of stand-off annotations as claims, those that are contained in others first.
//!
//! It knows no labels: what they are, the mapping says.

use rustc_hash::FxHashSet;

use super::dates::Times;
use super::{Is, Said, Says, Verdict, Writer, local};
use crate::batch::Fact;
use crate::diagnostic::Code;
use crate::import::mapping::{FactMapping, Fill};
use crate::model::Value;

/// What is wrong with an annotation as it is mapped.
type Wrong = (Code, String);

impl<'a> Writer<'a> {
    /// The claims, each after those that it contains.
    pub(super) fn facts(&mut self) {
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
                        let id = local(&self.annotations[nth].id, nth);
                        let event = mapping.fact.schema().event;
                        let event = event.map(|kind| self.batch.local(kind, self.source, &id));
                        self.is[nth] = Some(Is::Claim(claim, event));
                        self.verdicts[nth] = Some(Verdict::Map);
                        // The ends of a relation are items only where one is left out.
                        self.arguments.extend(fates.into_iter().filter(|fate| trigger.is_some() || fate.is_some()));
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
    ) -> Result<(Fact, Vec<Option<String>>), Wrong> {
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
        let mut fact = Fact::new(mapping.fact).local_id(&local(&self.annotations[nth].id, nth));
        if let Some(trigger) = trigger {
            match what(trigger)? {
                (_, Is::Trigger(words)) => fact = fact.evidence(words),
                _ => return Err((Code::I0504, format!("{trigger} is not the words of an event"))),
            }
        }
        let mut fates = Vec::with_capacity(arguments.len());
        let (mut filled, mut shown, mut times) = (FxHashSet::default(), FxHashSet::default(), Times::default());
        for (name, id) in arguments {
            let (target, is) = what(id)?;
            let Some(fill) = mapping.fill(name) else {
                let rule = match (self.mapping.bound(name), self.date_of(target)) {
                    (None, _) => Some(format!("argument {name} of {label}, not mapped")),
                    (Some(bound), Ok((date, words))) => {
                        times.add(bound, date)?;
                        if let Some(words) = words.filter(|words| shown.insert(*words)) {
                            fact = fact.evidence(words);
                        }
                        None
                    }
                    (Some(_), Err(words)) => Some(format!("argument {name} of {label}, no date: {words}")),
                };
                fates.push(rule);
                continue;
            };
            if let (Fill::Text(qualifier), Is::LeftOut | Is::Entity(..) | Is::Date(_)) = (fill, is) {
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
        for (bound, date, words) in self.bounds.get(&nth).into_iter().flatten() {
            times.add(*bound, *date)?;
            if let Some(words) = words.filter(|words| shown.insert(*words)) {
                fact = fact.evidence(words);
            }
        }
        fact = fact.when(times.when()?);
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
}
