//! Sources, descriptions, qualifiers, and what few rows have: one after the other, field by field.

use std::collections::BTreeMap;
use std::hash::Hash;

use serde_json::value::RawValue;

use super::columns::{Reader, Writer};
use super::error::Flaw;
use super::known::{Known, row};
use crate::batch::records::{Description, Extra, Interned, Records};
use crate::batch::strings::Text;
use crate::model::{Count, DateBasis, Qualifiers, Value};
use crate::provenance::{Annotator, Dateline, Newlines, Origin, Source, SourceKind, TextRecord};
use crate::text::{Digest, Span};
use crate::time::PartialDate;

fn write_text(writer: &mut Writer, text: &Option<Box<str>>) {
    writer.option(text.as_deref(), Writer::text);
}

fn read_text(reader: &mut Reader<'_>) -> Result<Option<Box<str>>, Flaw> {
    reader.option(|reader| reader.text().map(Box::from))
}

fn write_date(writer: &mut Writer, date: Option<PartialDate>) {
    writer.number(date.map_or(0, PartialDate::to_bits));
}

/// No date has the number 0.
fn read_date(reader: &mut Reader<'_>) -> Result<Option<PartialDate>, Flaw> {
    match reader.number()? {
        0 => Ok(None),
        bits => PartialDate::from_bits(bits).map(Some).ok_or(Flaw::Date),
    }
}

fn read_boolean(reader: &mut Reader<'_>) -> Result<bool, Flaw> {
    match reader.number()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Flaw::Number),
    }
}

pub(super) fn write_sources(sources: &[Source], writer: &mut Writer) {
    writer.list(sources.iter(), |writer, source| {
        writer.text(&source.id);
        writer.number(match source.kind {
            SourceKind::Article => 0,
            SourceKind::Dataset => 1,
        });
        let Source { title, publisher, author, rights, url, language, retrieved, .. } = source;
        for text in [title, publisher, author, rights, url, language, retrieved] {
            write_text(writer, text);
        }
        write_date(writer, source.published);
        writer.option(source.published_basis, |writer, basis| writer.number(basis as u32));
        writer.option(source.dateline.as_ref(), |writer, dateline| {
            write_text(writer, &dateline.place);
            write_date(writer, dateline.date);
        });
        writer.option(source.origin.as_ref(), |writer, origin| {
            writer.number(origin.kind as u32);
            write_text(writer, &origin.of);
            write_text(writer, &origin.agency);
        });
        writer.option(source.text.as_ref(), |writer, text| {
            writer.bytes.extend_from_slice(&text.digest.to_bytes());
            writer.number(text.codepoints);
            writer.number(match text.newlines {
                None => 0,
                Some(Newlines::Lf) => 1,
                Some(Newlines::Raw) => 2,
            });
            write_text(writer, &text.file);
            writer.number(text.inline.into());
            writer.option(text.at_hand.as_deref(), Writer::text);
        });
        writer.list(source.annotators.iter(), |writer, annotator| {
            writer.text(&annotator.id);
            writer.number(annotator.kind as u32);
            write_text(writer, &annotator.name);
            write_text(writer, &annotator.version);
        });
    });
}

pub(super) fn read_sources(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<Source>, Flaw> {
    let sources = reader.list(|reader| source(known, reader))?;
    if sources.len() != known.counts.sources as usize {
        return Err(Flaw::Count);
    }
    let is_sorted = sources.windows(2).all(|pair| pair[0].id < pair[1].id);
    if is_sorted { Ok(sources) } else { Err(Flaw::Order) }
}

fn source(known: &Known, reader: &mut Reader<'_>) -> Result<Source, Flaw> {
    let basis = |reader: &mut Reader<'_>| -> Result<DateBasis, Flaw> { known.words.bases.get(reader.number()?) };
    Ok(Source {
        id: reader.text()?.into(),
        kind: if read_boolean(reader)? { SourceKind::Dataset } else { SourceKind::Article },
        title: read_text(reader)?,
        publisher: read_text(reader)?,
        author: read_text(reader)?,
        rights: read_text(reader)?,
        url: read_text(reader)?,
        language: read_text(reader)?,
        retrieved: read_text(reader)?,
        published: read_date(reader)?,
        published_basis: reader.option(basis)?,
        dateline: reader
            .option(|reader| Ok(Box::new(Dateline { place: read_text(reader)?, date: read_date(reader)? })))?,
        origin: reader.option(|reader| {
            Ok(Box::new(Origin {
                kind: known.words.origins.get(reader.number()?)?,
                of: read_text(reader)?,
                agency: read_text(reader)?,
            }))
        })?,
        text: reader.option(|reader| {
            Ok(TextRecord {
                digest: Digest::from_bytes(reader.array()?),
                codepoints: reader.number()?,
                newlines: match reader.number()? {
                    0 => None,
                    1 => Some(Newlines::Lf),
                    2 => Some(Newlines::Raw),
                    _ => return Err(Flaw::Number),
                },
                file: read_text(reader)?,
                inline: read_boolean(reader)?,
                at_hand: reader.option(|reader| reader.text().map(Into::into))?,
            })
        })?,
        annotators: reader.list(|reader| {
            Ok(Annotator {
                id: reader.text()?.into(),
                kind: known.words.annotators.get(reader.number()?)?,
                name: read_text(reader)?,
                version: read_text(reader)?,
            })
        })?,
    })
}

fn write_count(writer: &mut Writer, count: Count) {
    writer.number(count.value);
    writer.number(count.precision as u32);
}

fn read_count(known: &Known, reader: &mut Reader<'_>) -> Result<Count, Flaw> {
    let (value, precision) = (reader.number()?, reader.number()?);
    Ok(Count::new(value, known.words.precisions.get(precision)?))
}

/// Reads a list of which each item is kept once.
fn read_set<T: Hash + Eq>(
    wanted: u32,
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T, Flaw>,
) -> Result<Interned<T>, Flaw> {
    let count = reader.count()?;
    if count != wanted as usize {
        return Err(Flaw::Count);
    }
    let mut set = Interned::with_capacity_and_hasher(count, Default::default());
    for _ in 0..count {
        if !set.insert(read(reader)?) {
            return Err(Flaw::Order);
        }
    }
    Ok(set)
}

pub(super) fn write_descriptions(descriptions: &Interned<Description>, writer: &mut Writer) {
    writer.list(descriptions.iter(), |writer, description| {
        let Description { name, aliases, kind, count, pledges, same_as } = description;
        write_text(writer, name);
        writer.list(aliases.iter(), |writer, alias| writer.text(alias));
        writer.option(*kind, Writer::text);
        writer.option(*count, write_count);
        writer.list(pledges.iter(), |writer, pledge| writer.number(*pledge as u32));
        writer.list(same_as.iter(), |writer, identity| writer.text(identity));
    });
}

pub(super) fn read_descriptions(known: &Known, reader: &mut Reader<'_>) -> Result<Interned<Description>, Flaw> {
    read_set(known.counts.descriptions, reader, |reader| {
        Ok(Description {
            name: read_text(reader)?,
            aliases: reader.list(|reader| reader.text().map(Box::from))?,
            kind: reader.option(|reader| known.word(reader))?,
            count: reader.option(|reader| read_count(known, reader))?,
            pledges: reader.list(|reader| known.words.pledges.get(reader.number()?))?,
            same_as: reader.list(|reader| reader.text().map(Box::from))?,
        })
    })
}

pub(super) fn write_qualifiers(qualifiers: &Interned<Qualifiers>, writer: &mut Writer) {
    writer.list(qualifiers.iter(), |writer, qualifiers| {
        let said: Vec<_> = qualifiers.iter().collect();
        writer.list(said.into_iter(), |writer, (name, value)| {
            writer.number(name as u32);
            match value {
                Value::Word(word) => {
                    writer.number(0);
                    writer.text(word);
                }
                Value::Words(words) => {
                    writer.number(1);
                    writer.list(words.iter(), |writer, word| writer.text(word));
                }
                Value::Text(text) => {
                    writer.number(2);
                    writer.text(text);
                }
                Value::Count(count) => {
                    writer.number(3);
                    write_count(writer, *count);
                }
                Value::Duration(duration) => {
                    writer.number(4);
                    writer.text(duration.as_str());
                }
                Value::Date(date) => {
                    writer.number(5);
                    writer.number(date.to_bits());
                }
                Value::Boolean(yes) => {
                    writer.number(6);
                    writer.number((*yes).into());
                }
                Value::Integer(number) => {
                    writer.number(7);
                    writer.number(*number as u32);
                }
            }
        });
    });
}

pub(super) fn read_qualifiers(
    known: &Known,
    wanted: u32,
    reader: &mut Reader<'_>,
) -> Result<Interned<Qualifiers>, Flaw> {
    read_set(wanted, reader, |reader| {
        let said = reader.list(|reader| {
            let name = known.words.qualifiers.get(reader.number()?)?;
            let value = match reader.number()? {
                0 => Value::Word(known.word(reader)?),
                1 => Value::Words(reader.list(|reader| known.word(reader))?),
                2 => Value::Text(reader.text()?.into()),
                3 => Value::Count(read_count(known, reader)?),
                4 => Value::Duration(reader.text()?.parse().map_err(|_| Flaw::Text)?),
                5 => Value::Date(PartialDate::from_bits(reader.number()?).ok_or(Flaw::Date)?),
                6 => Value::Boolean(read_boolean(reader)?),
                7 => Value::Integer(reader.number()? as i32),
                _ => return Err(Flaw::Number),
            };
            Ok((name, value))
        })?;
        Ok(said.into_iter().fold(Qualifiers::new(), |all, (name, value)| all.with(name, value)))
    })
}

/// The side tables, each row with its number.
pub(super) fn write_rare(records: &Records, writer: &mut Writer) {
    writer.list(records.pieces.iter(), |writer, (mention, pieces)| {
        writer.number(*mention);
        writer.list(pieces.iter(), |writer, span| {
            writer.number(span.start());
            writer.number(span.len());
        });
    });
    writer.list(records.exact.iter(), |writer, (mention, words)| {
        writer.number(*mention);
        writer.text(words);
    });
    for annotators in [&records.mention_by, &records.claim_by] {
        writer.list(annotators.iter(), |writer, (row, by)| {
            writer.number(*row);
            writer.number(by.0);
        });
    }
    writer.list(records.confidence.iter(), |writer, (claim, confidence)| {
        writer.number(*claim);
        writer.bytes.extend_from_slice(&confidence.to_le_bytes());
    });
    writer.list(records.extras.iter(), |writer, (place, members)| {
        let (number, row, nth) = number_of(*place);
        for number in [number, row, nth] {
            writer.number(number);
        }
        writer.text(members);
    });
}

/// The side tables alone.
pub(super) fn read_rare(known: &Known, reader: &mut Reader<'_>) -> Result<Records, Flaw> {
    let counts = &known.counts;
    let table = |reader: &mut Reader<'_>| -> Result<BTreeMap<u32, Text>, Flaw> {
        read_table(reader, |reader| row(reader.number()?, counts.strings).map(Text))
    };
    let pieces = read_table(reader, |reader| {
        let spans = reader.list(|reader| {
            let (start, length) = (reader.number()?, reader.number()?);
            Ok(Span::new(start, start.checked_add(length).ok_or(Flaw::Number)?))
        });
        spans.map(Vec::into_boxed_slice)
    })?;
    let exact = read_table(reader, |reader| reader.text().map(Box::from))?;
    let (mention_by, claim_by) = (table(reader)?, table(reader)?);
    let confidence = read_table(reader, |reader| {
        let confidence = f64::from_le_bytes(reader.array()?);
        if confidence.is_finite() { Ok(confidence) } else { Err(Flaw::Number) }
    })?;
    let extras = reader.list(|reader| {
        let place = extra(reader.number()?, reader.number()?, reader.number()?, known)?;
        let members = reader.text()?;
        let is_json = serde_json::from_str::<BTreeMap<String, &RawValue>>(&format!("{{{members}}}")).is_ok();
        if is_json { Ok((place, members.into())) } else { Err(Flaw::Text) }
    })?;
    fn is_within<T>(table: &BTreeMap<u32, T>, count: u32) -> bool {
        table.last_key_value().is_none_or(|(last, _)| *last < count)
    }
    let are_within = is_within(&pieces, counts.mentions)
        && is_within(&exact, counts.mentions)
        && is_within(&mention_by, counts.mentions)
        && is_within(&claim_by, counts.claims)
        && is_within(&confidence, counts.claims);
    if !are_within {
        return Err(Flaw::Row);
    }
    let extras = extras.into_iter().collect();
    let mut rare = Records::default();
    (rare.pieces, rare.exact, rare.extras) = (pieces, exact, extras);
    (rare.mention_by, rare.claim_by, rare.confidence) = (mention_by, claim_by, confidence);
    Ok(rare)
}

fn read_table<T>(
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T, Flaw>,
) -> Result<BTreeMap<u32, T>, Flaw> {
    let rows = reader.list(|reader| Ok((reader.number()?, read(reader)?)))?;
    let is_sorted = rows.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if is_sorted { Ok(rows.into_iter().collect()) } else { Err(Flaw::Order) }
}

/// What stands for a place where the writer's own members are, its row, and which of several there.
fn number_of(place: Extra) -> (u32, u32, u32) {
    match place {
        Extra::Root(row) => (0, row, 0),
        Extra::Article(row) => (1, row, 0),
        Extra::Text(row) => (2, row, 0),
        Extra::Dateline(row) => (3, row, 0),
        Extra::Origin(row) => (4, row, 0),
        Extra::Annotator(row, nth) => (5, row, nth),
        Extra::Mention(row) => (6, row, 0),
        Extra::Entity(row) => (7, row, 0),
        Extra::EntityCount(row) => (8, row, 0),
        Extra::Fact(row) => (9, row, 0),
        Extra::With(row) => (10, row, 0),
        Extra::Count(row) => (11, row, 0),
        Extra::When(row) => (12, row, 0),
    }
}

fn extra(place: u32, number: u32, nth: u32, known: &Known) -> Result<Extra, Flaw> {
    let counts = &known.counts;
    let of = |count: u32| row(number, count);
    Ok(match place {
        0 => Extra::Root(of(counts.sources)?),
        1 => Extra::Article(of(counts.sources)?),
        2 => Extra::Text(of(counts.sources)?),
        3 => Extra::Dateline(of(counts.sources)?),
        4 => Extra::Origin(of(counts.sources)?),
        5 => Extra::Annotator(of(counts.sources)?, nth),
        6 => Extra::Mention(of(counts.mentions)?),
        7 => Extra::Entity(of(counts.entities)?),
        8 => Extra::EntityCount(of(counts.entities)?),
        9 => Extra::Fact(of(counts.claims)?),
        10 => Extra::With(of(counts.claims)?),
        11 => Extra::Count(of(counts.claims)?),
        12 => Extra::When(of(counts.claims)?),
        _ => return Err(Flaw::Number),
    })
}
