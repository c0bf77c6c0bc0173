//! What a graph works out of its claims: tables of facts, names, origins, and the claims of each node. Dear to work out again,
//! cheap to keep, and never trusted: every number and every order that an answer relies on is looked at.

use super::columns::{Ends, Reader, Writer, distance, near};
use super::error::Flaw;
use super::known::{Known, maybe_row, or_none, row};
use super::rows::{read_strings, write_strings};
use crate::batch::records::NONE;
use crate::batch::strings::Strings;
use crate::graph::{Columns, FactKind, Lists, Names, Table};
use crate::model::NodeKinds;
use crate::time::{Bounds, Day};

/// The times of spells.
pub(super) fn write_bounds(bounds: &[Bounds], writer: &mut Writer) {
    writer.rows(bounds.iter(), |bounds| {
        [bounds.from_first, bounds.from_last, bounds.until_first, bounds.until_last].map(|ordinal| ordinal as u32)
    });
}

pub(super) fn read_bounds(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<Bounds>, Flaw> {
    // Up to the day after the last, and the two that stand for no day.
    let days = 0..=Day::LAST.ordinal() + 1;
    reader.rows(known.counts.bounds, |fields| {
        let [from_first, from_last, until_first, until_last] = fields.map(|field| field as i32);
        let is_day = |day: i32| days.contains(&day) || day == i32::MIN || day == i32::MAX;
        if [from_first, from_last, until_first, until_last].into_iter().all(is_day) {
            Ok(Bounds { from_first, from_last, until_first, until_last })
        } else {
            Err(Flaw::Date)
        }
    })
}

pub(super) fn write_table(table: &Table, writer: &mut Writer) {
    let mut source = Ends::default();
    let facts = 0..table.len() as u32;
    writer.rows(facts, |fact| {
        let spells = table.spells(fact).len() as u32;
        [source.length(table.source(fact)), or_none(table.target(fact)), table.identity(fact), spells]
    });
    let spells = 0..table.spell_count();
    writer.rows(spells, |spell| [table.bounds(spell), table.stands(spell).into(), table.claims(spell).len() as u32]);
    writer.rows(table.all_claims().iter(), |claim| [*claim]);
}

pub(super) fn read_table(known: &Known, kind: FactKind, reader: &mut Reader<'_>) -> Result<Columns, Flaw> {
    let counts = &known.counts;
    let mut columns = Columns::default();
    let count = reader.count()?;
    for column in [&mut columns.sources, &mut columns.targets, &mut columns.identities, &mut columns.spells_end] {
        column.reserve_exact(count);
    }
    let (mut source, mut spells) = (Ends::default(), Ends::default());
    let (from, to) = match kind {
        FactKind::Relation(relation) => (relation.source(), Some(relation.target())),
        FactKind::Attribute(_) => (NodeKinds::ANY, None),
        FactKind::Event => (NodeKinds::EVENT, None),
    };
    let (from, to) = (known.nodes_of(from), to.map(|kinds| known.nodes_of(kinds)));
    let mut before = None;
    reader.each_row(count, |[later, target, identity, length]| {
        let place = (source.end(later)?, maybe_row(target, counts.nodes)?, row(identity, counts.identities)?);
        if !from.contains(place.0) || !to.as_ref().map_or(place.1 == NONE, |to| to.contains(place.1)) {
            return Err(Flaw::Ends);
        }
        if before.replace(place) >= Some(place) {
            return Err(Flaw::Order);
        }
        if length == 0 {
            return Err(Flaw::Count);
        }
        columns.sources.push(place.0);
        columns.targets.push(place.1);
        columns.identities.push(place.2);
        columns.spells_end.push(spells.end(length)?);
        Ok(())
    })?;
    let count = reader.count_of(spells.last)?;
    columns.bounds.reserve_exact(count);
    columns.stands.reserve_exact(count);
    columns.claims_end.reserve_exact(count);
    let mut claims = Ends::default();
    reader.each_row(count, |[bounds, stands, length]| {
        if length == 0 {
            return Err(Flaw::Count);
        }
        columns.bounds.push(row(bounds, counts.bounds)?);
        columns.stands.push(u8::try_from(stands).map_err(|_| Flaw::Number)?);
        columns.claims_end.push(claims.end(length)?);
        Ok(())
    })?;
    columns.claims = reader.rows(claims.last, |[claim]| row(claim, counts.claims))?;
    Ok(columns)
}

pub(super) fn write_names(names: &Names, writer: &mut Writer) {
    writer.rows(names.shown.iter(), |description| [or_none(*description)]);
    writer.count(names.folded.len());
    write_strings(&names.folded, writer);
    writer.count(names.known.len());
    let mut name = Ends::default();
    writer.rows(names.known.iter(), |(number, alias, node)| [name.length(*number), u32::from(*alias), *node]);
}

/// What is shown, the folded names, and whose they are.
pub(super) type NameParts = (Vec<u32>, Strings, Vec<(u32, bool, u32)>);

pub(super) fn read_names(known: &Known, reader: &mut Reader<'_>) -> Result<NameParts, Flaw> {
    let counts = &known.counts;
    let shown = reader.rows(counts.nodes, |[description]| maybe_row(description, counts.descriptions))?;
    let names = reader.number()?;
    let folded = read_strings(names, reader)?;
    let (count, mut name, mut before) = (reader.number()?, Ends::default(), None);
    let whose = reader.rows(count, |[later, alias, node]| {
        let one = (row(name.end(later)?, names)?, alias == 1, row(node, counts.nodes)?);
        if alias > 1 || before.replace(one) >= Some(one) { Err(Flaw::Order) } else { Ok(one) }
    })?;
    Ok((shown, folded, whose))
}

pub(super) fn write_origins(origins: &[u32], writer: &mut Writer) {
    let mut number = 0;
    writer.rows(origins.iter(), |origin| {
        number += 1;
        [distance(number, *origin)]
    });
}

pub(super) fn read_origins(known: &Known, reader: &mut Reader<'_>) -> Result<Vec<u32>, Flaw> {
    let mut number = 0;
    reader.rows(known.counts.sources, |[origin]| {
        number += 1;
        row(near(number, origin), known.counts.sources)
    })
}

/// Lists of claims, one for each row of something.
pub(super) fn write_lists(lists: &Lists, rows: u32, writer: &mut Writer) {
    writer.rows(0..rows, |row| [lists.of(row).len() as u32]);
    writer.rows(lists.items().iter(), |item| [*item]);
}

pub(super) fn read_lists(known: &Known, rows: u32, reader: &mut Reader<'_>) -> Result<Lists, Flaw> {
    let count = reader.count()?;
    if count != rows as usize {
        return Err(Flaw::Count);
    }
    let (mut starts, mut ends) = (Vec::with_capacity(count + 1), Ends::default());
    starts.push(0);
    reader.each_row(count, |[length]| {
        starts.push(ends.end(length)?);
        Ok(())
    })?;
    let items = reader.rows(ends.last, |[claim]| row(claim, known.counts.claims))?;
    Ok(Lists::of_parts(starts, items))
}
