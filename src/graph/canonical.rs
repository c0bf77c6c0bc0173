//! Canonical order: the same rows, whatever the order in which they came.

use std::collections::BTreeMap;

use super::apply::ApplyError;
use crate::batch::records::{Argument, Extra, Filler, Interned, NONE, NodeRow, Records};
use crate::batch::strings::{Strings, Text};

/// Puts the rows of several record sets together, in canonical order: strings and sources by their text, nodes by kind and
/// then key (those with a key before those that one source knows), all else by source and then in the order of the source.
///
/// # Errors
/// [`ApplyError`] if two sources have one id.
pub(super) fn canonical(parts: &[&Records]) -> Result<Records, ApplyError> {
    let mut whole = Records::default();
    let texts = merge_strings(parts, &mut whole.strings);
    let sources = merge_sources(parts, &mut whole)?;
    let nodes = merge_nodes(parts, &mut whole, &texts, &sources);
    let descriptions = merge_sets(parts, |part| &part.descriptions, &mut whole.descriptions);
    let qualifiers = merge_sets(parts, |part| &part.qualifiers, &mut whole.qualifiers);
    let mentions = ranks(parts, |part| part.mentions.iter().map(|row| row.source), &sources);
    let claims = ranks(parts, |part| part.claims.iter().map(|row| row.source), &sources);
    let entities = ranks(parts, |part| part.entities.iter().map(|row| row.source), &sources);

    for (part, row) in mentions.order() {
        let mut mention = parts[part].mentions[row];
        mention.source = sources[part][mention.source as usize];
        mention.local = texts.of(part, mention.local);
        whole.mentions.push(mention);
    }
    for (part, row) in entities.order() {
        let entity = parts[part].entities[row];
        let of = parts[part].mentions_of(row as u32);
        whole.entity_mentions.extend(of.iter().map(|mention| mentions.new[part][*mention as usize]));
        whole.entities.push(crate::batch::records::EntityRow {
            source: sources[part][entity.source as usize],
            local: texts.of(part, entity.local),
            node: nodes[part][entity.node as usize],
            description: descriptions[part][entity.description as usize],
            mentions_end: whole.entity_mentions.len() as u32,
        });
    }
    for (part, row) in claims.order() {
        let mut claim = parts[part].claims[row];
        let node = |number: u32| if number == NONE { NONE } else { nodes[part][number as usize] };
        let other = |number: u32| if number == NONE { NONE } else { claims.new[part][number as usize] };
        let mention = |number: u32| if number == NONE { NONE } else { mentions.new[part][number as usize] };
        claim.source = sources[part][claim.source as usize];
        claim.local = texts.of(part, claim.local);
        claim.gloss = texts.of(part, claim.gloss);
        claim.said_by = node(claim.said_by);
        claim.event = node(claim.event);
        claim.said_in = other(claim.said_in);
        claim.words = mention(claim.words);
        claim.qualifiers = qualifiers[part][claim.qualifiers as usize];
        let arguments = parts[part].arguments_of(row as u32).iter().map(|argument| {
            let filler = match argument.filler() {
                Filler::Node(number) => Filler::Node(node(number)),
                Filler::Claim(number) => Filler::Claim(other(number)),
            };
            Argument::new(argument.role, filler)
        });
        let evidence = parts[part].evidence_of(row as u32).iter().map(|number| mention(*number));
        whole.push_claim(claim, arguments, evidence);
    }
    for (part, records) in parts.iter().enumerate() {
        let mention = |number: &u32| mentions.new[part][*number as usize];
        let claim = |number: &u32| claims.new[part][*number as usize];
        whole.pieces.extend(records.pieces.iter().map(|(row, pieces)| (mention(row), pieces.clone())));
        whole.exact.extend(records.exact.iter().map(|(row, words)| (mention(row), words.clone())));
        whole.mention_by.extend(records.mention_by.iter().map(|(row, by)| (mention(row), texts.of(part, *by))));
        whole.claim_by.extend(records.claim_by.iter().map(|(row, by)| (claim(row), texts.of(part, *by))));
        whole.confidence.extend(records.confidence.iter().map(|(row, confidence)| (claim(row), *confidence)));
        let extras = records.extras.iter().map(|(place, members)| {
            let source = |number: u32| sources[part][number as usize];
            let entity = |number: u32| entities.new[part][number as usize];
            let place = match *place {
                Extra::Root(row) => Extra::Root(source(row)),
                Extra::Article(row) => Extra::Article(source(row)),
                Extra::Text(row) => Extra::Text(source(row)),
                Extra::Dateline(row) => Extra::Dateline(source(row)),
                Extra::Origin(row) => Extra::Origin(source(row)),
                Extra::Annotator(row, nth) => Extra::Annotator(source(row), nth),
                Extra::Mention(row) => Extra::Mention(mention(&row)),
                Extra::Entity(row) => Extra::Entity(entity(row)),
                Extra::EntityCount(row) => Extra::EntityCount(entity(row)),
                Extra::Fact(row) => Extra::Fact(claim(&row)),
                Extra::With(row) => Extra::With(claim(&row)),
                Extra::Count(row) => Extra::Count(claim(&row)),
                Extra::When(row) => Extra::When(claim(&row)),
            };
            (place, members.clone())
        });
        whole.extras.extend(extras);
    }
    Ok(whole)
}

/// New numbers of strings, by part.
struct Texts(Vec<Vec<Text>>);

impl Texts {
    fn of(&self, part: usize, text: Text) -> Text {
        if text.is_some() { self.0[part][text.0 as usize] } else { Text::NONE }
    }
}

fn merge_strings(parts: &[&Records], whole: &mut Strings) -> Texts {
    let mut all: Vec<(&str, usize, u32)> = Vec::with_capacity(parts.iter().map(|part| part.strings.len()).sum());
    for (part, records) in parts.iter().enumerate() {
        all.extend((0..records.strings.len() as u32).map(|number| (records.strings.get(Text(number)), part, number)));
    }
    all.sort_unstable();
    let mut texts: Vec<_> = parts.iter().map(|part| vec![Text::NONE; part.strings.len()]).collect();
    for (text, part, number) in all {
        texts[part][number as usize] = whole.intern(text);
    }
    whole.shrink();
    Texts(texts)
}

fn merge_sources(parts: &[&Records], whole: &mut Records) -> Result<Vec<Vec<u32>>, ApplyError> {
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
    for (number, (part, row)) in order.into_values().enumerate() {
        new[part][row] = number as u32;
        whole.sources.push(parts[part].sources[row].clone());
    }
    Ok(new)
}

fn merge_nodes(parts: &[&Records], whole: &mut Records, texts: &Texts, sources: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let renamed = |part: usize, row: &NodeRow| NodeRow {
        kind: row.kind,
        scope: if row.scope == NONE { NONE } else { sources[part][row.scope as usize] },
        name: texts.of(part, row.name),
    };
    let mut order = Vec::with_capacity(parts.iter().map(|part| part.nodes.len()).sum());
    for (part, records) in parts.iter().enumerate() {
        order.extend(records.nodes.iter().map(|row| renamed(part, row)));
    }
    order.sort_unstable_by_key(|row| row.place());
    for row in order {
        whole.node(row);
    }
    let number = |part: usize, row: &NodeRow| whole.find_node(renamed(part, row)).unwrap_or(NONE);
    let of_part = |(part, records): (usize, &&Records)| records.nodes.iter().map(|row| number(part, row)).collect();
    parts.iter().enumerate().map(of_part).collect()
}

fn merge_sets<T: Ord + Clone + std::hash::Hash + Eq>(
    parts: &[&Records],
    set: impl Fn(&Records) -> &Interned<T>,
    whole: &mut Interned<T>,
) -> Vec<Vec<u32>> {
    let mut all: Vec<&T> = parts.iter().flat_map(|part| set(part)).collect();
    all.sort_unstable();
    all.dedup();
    whole.extend(all.into_iter().cloned());
    let number = |value: &T| whole.get_index_of(value).map_or(NONE, |number| number as u32);
    parts.iter().map(|part| set(part).iter().map(number).collect()).collect()
}

/// Rows sorted by source, those of one source in the order they came.
struct Ranks {
    /// New numbers, by part.
    new: Vec<Vec<u32>>,
    order: Vec<(u32, u32)>,
}

impl Ranks {
    fn order(&self) -> impl Iterator<Item = (usize, usize)> {
        self.order.iter().map(|(part, row)| (*part as usize, *row as usize))
    }
}

fn ranks<'r, I: Iterator<Item = u32>>(
    parts: &[&'r Records],
    rows: impl Fn(&'r Records) -> I,
    sources: &[Vec<u32>],
) -> Ranks {
    let mut order = Vec::new();
    for (part, records) in parts.iter().enumerate() {
        order.extend(
            rows(records).enumerate().map(|(row, source)| (sources[part][source as usize], part as u32, row as u32)),
        );
    }
    order.sort_unstable();
    let mut new: Vec<_> = parts.iter().map(|part| vec![NONE; rows(part).count()]).collect();
    for (number, (_, part, row)) in order.iter().enumerate() {
        new[*part as usize][*row as usize] = number as u32;
    }
    Ranks { new, order: order.into_iter().map(|(_, part, row)| (part, row)).collect() }
}
