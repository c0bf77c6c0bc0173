//! Strings, nodes, entities, mentions and claims: the rows of which there are many.

use super::columns::{Ends, Reader, Writer, distance, near};
use super::error::Flaw;
use super::known::{Known, maybe_row, or_none, row};
use crate::batch::records::{
    Argument, Arguments, ClaimRow, EntityRow, Filler, MentionRow, NONE, NodeRow, Records, Teller,
};
use crate::batch::strings::Strings;
use crate::model::{FactType, NodeKinds};
use crate::text::{MentionHash, Span};
use crate::time::{End, PartialDate, Start, When};

/// Sorted strings share their beginnings: of each stands how many bytes it shares with the one before, how many more it has, and
/// these.
pub(super) fn write_strings(strings: &Strings, writer: &mut Writer) {
    let (mut before, mut rest) = (&b""[..], Vec::new());
    writer.rows(strings.iter(), |text| {
        let text = text.as_bytes();
        // A byte at most, so that a few bytes never make a great many.
        let shared = before.iter().zip(text).take(usize::from(u8::MAX)).take_while(|(one, other)| one == other).count();
        before = text;
        rest.extend_from_slice(&text[shared..]);
        [shared as u32, (text.len() - shared) as u32]
    });
    writer.bytes.append(&mut rest);
}

pub(super) fn read_strings(wanted: u32, reader: &mut Reader<'_>) -> Result<Strings, Flaw> {
    let lengths: Vec<[u32; 2]> = reader.rows(wanted, Ok)?;
    let (mut bytes, mut ends): (Vec<u8>, _) = (Vec::new(), Vec::with_capacity(lengths.len()));
    let mut before = 0;
    for [shared, more] in lengths {
        let start = bytes.len();
        let (shared, rest) = (shared as usize, reader.take(more as usize)?);
        let after = before + shared;
        if after > start || shared > usize::from(u8::MAX) {
            return Err(Flaw::Number);
        }
        // Greater than the one before: a longer one that begins with it, or one with a greater byte at the first difference.
        let is_next = rest.first().is_some_and(|byte| after == start || *byte > bytes[after]);
        if !is_next && !ends.is_empty() {
            return Err(Flaw::Order);
        }
        bytes.extend_from_within(before..after);
        bytes.extend_from_slice(rest);
        ends.push(u32::try_from(bytes.len()).map_err(|_| Flaw::Number)?);
        before = start;
    }
    let text = String::from_utf8(bytes).map_err(|_| Flaw::Text)?;
    if ends.iter().all(|end| text.is_char_boundary(*end as usize)) {
        Ok(Strings::sorted(text, ends))
    } else {
        Err(Flaw::Text)
    }
}

/// Their kinds are in what is known already.
pub(super) fn write_nodes(nodes: &[NodeRow], writer: &mut Writer) {
    writer.rows(nodes.iter(), |node| [or_none(node.name.0), or_none(node.scope)]);
}

pub(super) fn read_nodes(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<NodeRow>, Flaw> {
    let mut kinds = known.kinds.iter().copied().peekable();
    let (mut number, mut before) = (0, None);
    reader.rows(known.counts.nodes, |[name, scope]| {
        while kinds.next_if(|(end, _)| *end <= number).is_some() {
            before = None;
        }
        let (_, kind) = *kinds.peek().ok_or(Flaw::Count)?;
        number += 1;
        let row = NodeRow { kind, scope: maybe_row(scope, known.counts.sources)?, name: known.maybe_string(name)? };
        if before.replace(row.place()) >= Some(row.place()) {
            return Err(Flaw::Order);
        }
        Ok(row)
    })
}

pub(super) fn write_entities(records: &Records, writer: &mut Writer) {
    let (mut source, mut mentions) = (Ends::default(), Ends::default());
    writer.rows(records.entities.iter(), |row| {
        let named = mentions.length(row.mentions_end);
        [
            source.length(row.source),
            or_none(row.local.stem.0),
            or_none(row.local.number),
            row.node,
            row.description,
            named,
        ]
    });
    let mut before = 0;
    writer
        .rows(records.entity_mentions.iter(), |mention| [distance(std::mem::replace(&mut before, *mention), *mention)]);
}

pub(super) fn read_entities(known: &Known, reader: &mut Reader<'_>) -> Result<(Vec<EntityRow>, Vec<u32>), Flaw> {
    let counts = &known.counts;
    let (mut source, mut mentions) = (Ends::default(), Ends::default());
    let entities =
        reader.rows_without(known.absent(2), counts.entities, |[later, stem, number, node, description, named]| {
            Ok(EntityRow {
                source: row(source.end(later)?, counts.sources)?,
                local: known.local_id(stem, number)?,
                node: row(node, counts.nodes)?,
                description: row(description, counts.descriptions)?,
                mentions_end: mentions.end(named)?,
            })
        })?;
    let mut before = 0;
    let named = reader.rows(mentions.last, |[mention]| {
        before = near(before, mention);
        row(before, counts.mentions)
    })?;
    Ok((entities, named))
}

pub(super) fn write_mentions(mentions: &[MentionRow], writer: &mut Writer) {
    let mut source = Ends::default();
    writer.rows(mentions.iter(), |row| {
        let [a, b, c, d, e, f, g, h] = row.hash.to_bytes();
        let hash = [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])];
        let form = row.form.map_or(0, |form| form as u32 + 1) << 1 | u32::from(row.is_read);
        [
            source.length(row.source),
            hash[0],
            hash[1],
            row.span.start(),
            row.span.len(),
            or_none(row.local.stem.0),
            or_none(row.local.number),
            form,
        ]
    });
}

pub(super) fn read_mentions(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<MentionRow>, Flaw> {
    let mut source = Ends::default();
    reader.rows_without(
        known.absent(6),
        known.counts.mentions,
        |[later, low, high, start, length, stem, number, form]| {
            let ([a, b, c, d], [e, f, g, h]) = (low.to_le_bytes(), high.to_le_bytes());
            Ok(MentionRow {
                hash: MentionHash::from_bytes([a, b, c, d, e, f, g, h]),
                span: Span::new(start, start.checked_add(length).ok_or(Flaw::Number)?),
                source: row(source.end(later)?, known.counts.sources)?,
                local: known.local_id(stem, number)?,
                form: (form >> 1).checked_sub(1).map(|form| known.words.forms.get(form)).transpose()?,
                is_read: form & 1 == 1,
            })
        },
    )
}

/// What a claim says in few words each, packed: the fact type, and what it may leave unsaid (0).
struct Small {
    fact: u32,
    modality: u32,
    basis: u32,
    reading: u32,
    negated: u32,
}

impl Small {
    fn pack(self) -> u32 {
        self.fact << 10 | self.modality << 6 | self.basis << 4 | self.reading << 2 | self.negated
    }

    fn unpack(bits: u32) -> Self {
        let field = |shift: u32, mask: u32| bits >> shift & mask;
        Self {
            fact: bits >> 10,
            modality: field(6, 0xf),
            basis: field(4, 3),
            reading: field(2, 3),
            negated: field(0, 3),
        }
    }
}

/// What is said of time: which of the shapes it has, and its dates.
fn split_when(when: When) -> [u32; 3] {
    let (from, until) = match when {
        When::Unstated => return [0; 3],
        When::At(date) => return [1, date.to_bits(), 0],
        When::Span { from, until } => (from, until),
    };
    let (started, from) = match from {
        Start::Unknown => (0, 0),
        Start::On(date) => (1, date.to_bits()),
    };
    let (ended, until) = match until {
        End::Unknown => (0, 0),
        End::Open => (1, 0),
        End::On(date) => (2, date.to_bits()),
        End::By(date) => (3, date.to_bits()),
    };
    [2 + started * 4 + ended, from, until]
}

fn join_when(shape: u32, from: u32, until: u32) -> Result<When, Flaw> {
    let date = |bits: u32| PartialDate::from_bits(bits).ok_or(Flaw::Date);
    match shape {
        0 => return Ok(When::Unstated),
        1 => return Ok(When::At(date(from)?)),
        2..10 => {}
        _ => return Err(Flaw::Number),
    }
    let shape = shape - 2;
    let from = if shape / 4 == 0 { Start::Unknown } else { Start::On(date(from)?) };
    let until = match shape % 4 {
        0 => End::Unknown,
        1 => End::Open,
        2 => End::On(date(until)?),
        _ => End::By(date(until)?),
    };
    // A batch, too, takes a period that ends before it begins: it held on no day.
    Ok(When::Span { from, until })
}

pub(super) fn write_claims(claims: &[ClaimRow], writer: &mut Writer) {
    let (mut source, mut arguments, mut evidence) = (Ends::default(), Ends::default(), Ends::default());
    let mut number = 0_u32;
    writer.rows(claims.iter(), |row| {
        let [shape, from, until] = split_when(row.when);
        let small = Small {
            fact: row.fact as u32,
            modality: row.modality as u32,
            basis: row.when_basis.map_or(0, |basis| basis as u32 + 1),
            reading: row.reading.map_or(0, |reading| reading as u32 + 1),
            negated: row.negated.map_or(0, |negated| u32::from(negated) + 1),
        };
        // The statement that it is said in stands near it.
        let said_in = row.said_in().map_or(0, |statement| distance(number, statement).wrapping_add(1));
        number += 1;
        [
            small.pack(),
            source.length(row.source),
            or_none(row.local.stem.0),
            or_none(row.local.number),
            or_none(row.said_by().unwrap_or(NONE)),
            said_in,
            or_none(row.event),
            row.qualifiers,
            or_none(row.gloss.0),
            or_none(row.words),
            arguments.length(row.arguments_end),
            evidence.length(row.evidence_end),
            shape,
            from,
            until,
        ]
    });
}

pub(super) fn read_claims(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<ClaimRow>, Flaw> {
    let (counts, words) = (&known.counts, &known.words);
    let (mut source, mut arguments, mut evidence) = (Ends::default(), Ends::default(), Ends::default());
    let mut number = 0;
    // By the number of the fact type: the type, and the nodes of the events that it makes.
    let events = |fact: FactType| fact.schema().event.map(|kind| known.nodes_of(NodeKinds::of(&[kind])));
    let facts: Vec<_> =
        (0..words.facts.len()).map(|number| words.facts.get(number).map(|fact| (fact, events(fact)))).collect();
    let claims = reader.rows_without(known.absent(3), counts.claims, |fields| {
        let [
            small,
            later,
            stem,
            id,
            said_by,
            said_in,
            event,
            qualifiers,
            gloss,
            mention,
            filled,
            shown,
            shape,
            from,
            until,
        ] = fields;
        let Small { fact, modality, basis, reading, negated } = Small::unpack(small);
        let teller = match (said_in.checked_sub(1), maybe_row(said_by, counts.nodes)?) {
            (Some(far), NONE) => Teller::Statement(row(near(number, far), counts.claims)?),
            (None, NONE) => Teller::Source,
            (None, node) => Teller::Node(node),
            (Some(_), _) => return Err(Flaw::Ends),
        };
        number += 1;
        let Some(Ok((fact, events))) = facts.get(fact as usize) else { return Err(Flaw::Word) };
        let event = maybe_row(event, counts.nodes)?;
        if !events.as_ref().map_or(event == NONE, |events| events.contains(event)) {
            return Err(Flaw::Ends);
        }
        Ok(ClaimRow {
            source: row(source.end(later)?, counts.sources)?,
            local: known.local_id(stem, id)?,
            teller: teller.into(),
            event,
            qualifiers: row(qualifiers, counts.qualifiers)?,
            gloss: known.maybe_string(gloss)?,
            words: maybe_row(mention, counts.mentions)?,
            arguments_end: arguments.end(filled)?,
            evidence_end: evidence.end(shown)?,
            when: join_when(shape, from, until)?,
            when_basis: basis.checked_sub(1).map(|basis| words.bases.get(basis)).transpose()?,
            fact: *fact,
            modality: words.modalities.get(modality)?,
            negated: match negated {
                0 => None,
                1 => Some(false),
                2 => Some(true),
                _ => return Err(Flaw::Number),
            },
            reading: reading.checked_sub(1).map(|reading| words.readings.get(reading)).transpose()?,
        })
    })?;
    if (arguments.last, evidence.last) == (counts.arguments, counts.evidence) { Ok(claims) } else { Err(Flaw::Count) }
}

pub(super) fn write_arguments(arguments: &Arguments, writer: &mut Writer) {
    writer.rows(arguments.iter(), |argument| {
        let (is_claim, number) = match argument.filler {
            Filler::Node(number) => (0, number),
            Filler::Claim(number) => (1, number),
        };
        [(argument.role as u32) << 1 | is_claim, number]
    });
}

pub(super) fn read_arguments(known: &Known, reader: &mut Reader<'_>) -> Result<Arguments, Flaw> {
    let mut arguments = Arguments::default();
    let count = reader.count_of(known.counts.arguments)?;
    arguments.reserve_exact(count);
    reader.each_row(count, |[role, number]| {
        let filler = match role & 1 {
            0 => Filler::Node(row(number, known.counts.nodes)?),
            _ => Filler::Claim(row(number, known.counts.claims)?),
        };
        arguments.push(Argument::new(known.words.roles.get(role >> 1)?, filler));
        Ok(())
    })?;
    Ok(arguments)
}

pub(super) fn write_evidence(evidence: &[u32], writer: &mut Writer) {
    let mut before = 0;
    writer.rows(evidence.iter(), |mention| [distance(std::mem::replace(&mut before, *mention), *mention)]);
}

pub(super) fn read_evidence(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<u32>, Flaw> {
    let mut before = 0;
    reader.rows(known.counts.evidence, |[mention]| {
        before = near(before, mention);
        row(before, known.counts.mentions)
    })
}
