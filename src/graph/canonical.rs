//! Canonical order: the same rows, whatever the order in which they came.

use std::collections::BTreeMap;
use std::mem::take;

use super::apply::ApplyError;
use super::lists::add_up;
use super::order;
use crate::batch::LocalId;
use crate::batch::records::{Argument, EntityRow, Extra, Filler, Interned, NONE, NodeRow, Records, Teller};
use crate::batch::strings::{Strings, Text};
use crate::provenance::Source;

/// Puts the rows of several record sets together, in canonical order: strings and sources by their text, nodes by kind and
/// then key (those with a key before those that one source knows), all else by source and then in the order of the source.
///
/// A column of the parts is given up as soon as it is taken over: never is all there twice.
///
/// # Errors
/// [`ApplyError`] if two sources have one id.
pub(super) fn canonical(mut parts: Vec<Records>) -> Result<Records, ApplyError> {
    let mut whole = Records::default();
    let sources = merge_sources(&mut parts, &mut whole.sources)?;
    let texts = merge_strings(&mut parts, &mut whole.strings);
    let nodes = merge_nodes(&mut parts, &mut whole.nodes, &texts, &sources);
    let descriptions = merge_sets(&mut parts, |part| &mut part.descriptions, &mut whole.descriptions);
    let qualifiers = merge_sets(&mut parts, |part| &mut part.qualifiers, &mut whole.qualifiers);
    let count = whole.sources.len();
    let numbers = Numbers {
        mentions: ranks(&parts, |part| part.mentions.iter().map(|row| row.source), &sources, count),
        entities: ranks(&parts, |part| part.entities.iter().map(|row| row.source), &sources, count),
        claims: ranks(&parts, |part| part.claims.iter().map(|row| row.source), &sources, count),
        sources,
        texts,
        nodes,
        descriptions,
        qualifiers,
    };
    numbers.take_mentions(&mut parts, &mut whole);
    numbers.take_entities(&mut parts, &mut whole);
    numbers.take_claims(&mut parts, &mut whole);
    numbers.take_rare(parts, &mut whole);
    Ok(whole)
}

/// The new numbers of the rows of each part.
struct Numbers {
    sources: Vec<Vec<u32>>,
    texts: Texts,
    nodes: Vec<Vec<u32>>,
    descriptions: Vec<Vec<u32>>,
    qualifiers: Vec<Vec<u32>>,
    mentions: Vec<Vec<u32>>,
    entities: Vec<Vec<u32>>,
    claims: Vec<Vec<u32>>,
}

/// The new number of a row, where there is one.
fn renumbered(new: &[u32], number: u32) -> u32 {
    if number == NONE { NONE } else { new[number as usize] }
}

impl Numbers {
    fn take_mentions(&self, parts: &mut [Records], whole: &mut Records) {
        let order = in_order(&self.mentions);
        whole.mentions.reserve_exact(order.len());
        for (part, row) in order {
            let mut mention = parts[part as usize].mentions[row as usize];
            mention.source = self.sources[part as usize][mention.source as usize];
            mention.local = self.texts.of_local(part, mention.local);
            whole.mentions.push(mention);
        }
        parts.iter_mut().for_each(|part| part.mentions = Vec::new());
    }

    fn take_entities(&self, parts: &mut [Records], whole: &mut Records) {
        let order = in_order(&self.entities);
        whole.entities.reserve_exact(order.len());
        whole.entity_mentions.reserve_exact(parts.iter().map(|part| part.entity_mentions.len()).sum());
        for (part, row) in order {
            let (records, at) = (&parts[part as usize], part as usize);
            let entity = records.entities[row as usize];
            let of = records.mentions_of(row);
            whole.entity_mentions.extend(of.iter().map(|mention| self.mentions[at][*mention as usize]));
            whole.entities.push(EntityRow {
                source: self.sources[at][entity.source as usize],
                local: self.texts.of_local(part, entity.local),
                node: self.nodes[at][entity.node as usize],
                description: self.descriptions[at][entity.description as usize],
                mentions_end: whole.entity_mentions.len() as u32,
            });
        }
        parts.iter_mut().for_each(|part| (part.entities, part.entity_mentions) = Default::default());
    }

    fn take_claims(&self, parts: &mut [Records], whole: &mut Records) {
        let order = in_order(&self.claims);
        whole.claims.reserve_exact(order.len());
        whole.arguments.reserve_exact(parts.iter().map(|part| part.arguments.len()).sum());
        whole.evidence.reserve_exact(parts.iter().map(|part| part.evidence.len()).sum());
        for (part, row) in order {
            let (records, at) = (&parts[part as usize], part as usize);
            let (nodes, claims, mentions) = (&self.nodes[at], &self.claims[at], &self.mentions[at]);
            let mut claim = records.claims[row as usize];
            let teller = match claim.teller() {
                Teller::Source => Teller::Source,
                Teller::Node(node) => Teller::Node(renumbered(nodes, node)),
                Teller::Statement(statement) => Teller::Statement(renumbered(claims, statement)),
            };
            claim.teller = teller.into();
            claim.source = self.sources[at][claim.source as usize];
            claim.local = self.texts.of_local(part, claim.local);
            claim.gloss = self.texts.of(part, claim.gloss);
            claim.event = renumbered(nodes, claim.event);
            claim.words = renumbered(mentions, claim.words);
            claim.qualifiers = self.qualifiers[at][claim.qualifiers as usize];
            let arguments = records.arguments_of(row).map(|argument| {
                let filler = match argument.filler {
                    Filler::Node(number) => Filler::Node(renumbered(nodes, number)),
                    Filler::Claim(number) => Filler::Claim(renumbered(claims, number)),
                };
                Argument::new(argument.role, filler)
            });
            let evidence = records.evidence_of(row).iter().map(|number| renumbered(mentions, *number));
            whole.push_claim(claim, arguments, evidence);
        }
        parts.iter_mut().for_each(|part| (part.claims, part.arguments, part.evidence) = Default::default());
    }

    /// What few rows have.
    fn take_rare(&self, parts: Vec<Records>, whole: &mut Records) {
        for (at, records) in parts.into_iter().enumerate() {
            let mention = |number: u32| self.mentions[at][number as usize];
            let claim = |number: u32| self.claims[at][number as usize];
            let text = |by: Text| self.texts.of(at as u32, by);
            whole.pieces.extend(records.pieces.into_iter().map(|(row, pieces)| (mention(row), pieces)));
            whole.exact.extend(records.exact.into_iter().map(|(row, words)| (mention(row), words)));
            whole.mention_by.extend(records.mention_by.into_iter().map(|(row, by)| (mention(row), text(by))));
            whole.claim_by.extend(records.claim_by.into_iter().map(|(row, by)| (claim(row), text(by))));
            whole.confidence.extend(records.confidence.into_iter().map(|(row, confidence)| (claim(row), confidence)));
            whole.extras.extend(records.extras.into_iter().map(|(place, members)| (self.place(at, place), members)));
        }
    }

    fn place(&self, part: usize, place: Extra) -> Extra {
        let source = |number: u32| self.sources[part][number as usize];
        let mention = |number: u32| self.mentions[part][number as usize];
        let entity = |number: u32| self.entities[part][number as usize];
        let claim = |number: u32| self.claims[part][number as usize];
        match place {
            Extra::Root(row) => Extra::Root(source(row)),
            Extra::Article(row) => Extra::Article(source(row)),
            Extra::Text(row) => Extra::Text(source(row)),
            Extra::Dateline(row) => Extra::Dateline(source(row)),
            Extra::Origin(row) => Extra::Origin(source(row)),
            Extra::Annotator(row, nth) => Extra::Annotator(source(row), nth),
            Extra::Mention(row) => Extra::Mention(mention(row)),
            Extra::Entity(row) => Extra::Entity(entity(row)),
            Extra::EntityCount(row) => Extra::EntityCount(entity(row)),
            Extra::Fact(row) => Extra::Fact(claim(row)),
            Extra::With(row) => Extra::With(claim(row)),
            Extra::Count(row) => Extra::Count(claim(row)),
            Extra::When(row) => Extra::When(claim(row)),
        }
    }
}

/// New numbers of strings, by part.
struct Texts(Vec<Vec<Text>>);

impl Texts {
    fn of(&self, part: u32, text: Text) -> Text {
        if text.is_some() { self.0[part as usize][text.0 as usize] } else { Text::NONE }
    }

    fn of_local(&self, part: u32, id: LocalId) -> LocalId {
        LocalId { stem: self.of(part, id.stem), ..id }
    }
}

fn merge_strings(parts: &mut [Records], whole: &mut Strings) -> Texts {
    let parts: Vec<Strings> = parts.iter_mut().map(|part| take(&mut part.strings)).collect();
    let (strings, new) = order::merge(&parts);
    *whole = strings;
    Texts(new)
}

fn merge_sources(parts: &mut [Records], whole: &mut Vec<Source>) -> Result<Vec<Vec<u32>>, ApplyError> {
    let mut order: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut twice = Vec::new();
    for (part, records) in parts.iter().enumerate() {
        for (row, source) in records.sources.iter().enumerate() {
            if order.insert(source.id(), (part, row)).is_some() {
                twice.push(source.id().to_owned());
            }
        }
    }
    if !twice.is_empty() {
        twice.sort();
        return Err(ApplyError::SourceTwice { ids: twice });
    }
    let mut new: Vec<_> = parts.iter().map(|part| vec![NONE; part.sources.len()]).collect();
    let order: Vec<_> = order.into_values().collect();
    whole.reserve_exact(order.len());
    for (number, (part, row)) in (0..).zip(order) {
        new[part][row] = number;
        whole.push(take(&mut parts[part].sources[row]));
    }
    Ok(new)
}

fn merge_nodes(parts: &mut [Records], whole: &mut Vec<NodeRow>, texts: &Texts, sources: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut new: Vec<_> = parts.iter().map(|part| vec![NONE; part.nodes.len()]).collect();
    let mut order = Vec::with_capacity(new.iter().map(Vec::len).sum());
    for (part, records) in (0..).zip(parts) {
        let renamed = |row: &NodeRow| NodeRow {
            kind: row.kind,
            scope: renumbered(&sources[part as usize], row.scope),
            name: texts.of(part, row.name),
        };
        order.extend((0..).zip(&records.nodes).map(|(number, row)| (renamed(row).place(), part, number)));
        records.forget_nodes();
    }
    order.sort_unstable();
    let mut before = None;
    for (place, part, number) in order {
        if before.replace(place) != Some(place) {
            whole.push(NodeRow::at(place));
        }
        new[part as usize][number as usize] = whole.len() as u32 - 1;
    }
    whole.shrink_to_fit();
    new
}

fn merge_sets<T: Ord + Clone + std::hash::Hash + Eq>(
    parts: &mut [Records],
    set: impl Fn(&mut Records) -> &mut Interned<T>,
    whole: &mut Interned<T>,
) -> Vec<Vec<u32>> {
    let parts: Vec<Interned<T>> = parts.iter_mut().map(|part| take(set(part))).collect();
    let mut all: Vec<&T> = parts.iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    whole.extend(all.into_iter().cloned());
    let number = |value: &T| whole.get_index_of(value).map_or(NONE, |number| number as u32);
    parts.iter().map(|part| part.iter().map(number).collect()).collect()
}

/// The new numbers of rows, by part: by source, those of one source in the order they came. A source is of one part only.
fn ranks<'r, I: Iterator<Item = u32>>(
    parts: &'r [Records],
    rows: impl Fn(&'r Records) -> I,
    sources: &[Vec<u32>],
    count: usize,
) -> Vec<Vec<u32>> {
    let mut next = vec![0; count + 1];
    for (part, records) in parts.iter().enumerate() {
        rows(records).for_each(|source| next[sources[part][source as usize] as usize + 1] += 1);
    }
    add_up(&mut next);
    let mut place = |source: u32| {
        let place = &mut next[source as usize];
        *place += 1;
        *place - 1
    };
    let mut new = Vec::with_capacity(parts.len());
    for (part, records) in parts.iter().enumerate() {
        new.push(rows(records).map(|source| place(sources[part][source as usize])).collect());
    }
    new
}

/// Part and row of each new number.
fn in_order(new: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut order = vec![(0, 0); new.iter().map(Vec::len).sum()];
    for (part, new) in (0..).zip(new) {
        for (row, number) in (0..).zip(new) {
            order[*number as usize] = (part, row);
        }
    }
    order
}
