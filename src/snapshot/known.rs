//! What is known of a snapshot before its rows are read: its words, and how many rows of each kind it says it has, so that every
//! part can be checked by itself.

use rustc_hash::FxHashSet;

use super::columns::{Reader, Writer};
use super::error::Flaw;
use super::words::{Words, known_words};
use crate::batch::LocalId;
use crate::batch::records::NONE;
use crate::batch::strings::Text;
use crate::graph::Graph;
use crate::model::{NodeKind, NodeKinds};

/// Raised when what a graph works out of its claims changes: then what older snapshots keep of it is worked out anew.
const DERIVATION: u32 = 1;

/// How many rows there are.
#[derive(Debug)]
pub(super) struct Counts {
    pub(super) strings: u32,
    pub(super) sources: u32,
    pub(super) nodes: u32,
    pub(super) entities: u32,
    pub(super) descriptions: u32,
    pub(super) mentions: u32,
    pub(super) claims: u32,
    pub(super) arguments: u32,
    pub(super) evidence: u32,
    pub(super) qualifiers: u32,
    pub(super) identities: u32,
    pub(super) bounds: u32,
}

impl Counts {
    /// Whether so many bytes can hold as many rows: each takes one at least.
    pub(super) fn fit(&self, bytes: u64) -> bool {
        let Self { strings, sources, nodes, entities, descriptions, mentions, .. } = *self;
        let Self { claims, arguments, evidence, qualifiers, identities, bounds, .. } = *self;
        let rows = [strings, sources, nodes, entities, descriptions, mentions];
        let others = [claims, arguments, evidence, qualifiers, identities, bounds];
        rows.into_iter().chain(others).map(u64::from).sum::<u64>() <= bytes
    }
}

#[derive(Debug)]
pub(super) struct Known {
    pub(super) words: Words,
    /// Where the nodes of each kind end, and the kind: they stand together.
    pub(super) kinds: Vec<(u32, NodeKind)>,
    pub(super) counts: Counts,
    /// Whether what was worked out of the claims is what this release would work out.
    pub(super) is_derived_alike: bool,
    /// Whether local ids are split into what they begin with and their number: since version 2.
    pub(super) splits_ids: bool,
    values: FxHashSet<&'static str>,
}

impl Known {
    pub(super) fn write(graph: &Graph, writer: &mut Writer) {
        Words::write(writer);
        writer.number(DERIVATION);
        for kind in NodeKind::ALL {
            writer.count(graph.rows_of(*kind).len());
        }
        let records = &graph.records;
        let (identities, bounds) = graph.facts.meanings();
        for count in [
            records.strings.len(),
            records.sources.len(),
            records.entities.len(),
            records.descriptions.len(),
            records.mentions.len(),
            records.claims.len(),
            records.arguments.len(),
            records.evidence.len(),
            records.qualifiers.len(),
            identities.len(),
            bounds.len(),
        ] {
            writer.count(count);
        }
    }

    pub(super) fn read(version: u32, reader: &mut Reader<'_>) -> Result<Self, Flaw> {
        let words = Words::read(reader)?;
        let derivation = reader.number()?;
        let (mut kinds, mut nodes) = (Vec::new(), 0_u32);
        for number in 0..words.node_kinds.len() {
            let count = reader.number()?;
            nodes = nodes.checked_add(count).filter(|nodes| *nodes < NONE).ok_or(Flaw::Count)?;
            if count > 0 {
                kinds.push((nodes, words.node_kinds.get(number)?));
            }
        }
        let mut count = || reader.number().and_then(|count| if count < NONE { Ok(count) } else { Err(Flaw::Count) });
        let counts = Counts {
            nodes,
            strings: count()?,
            sources: count()?,
            entities: count()?,
            descriptions: count()?,
            mentions: count()?,
            claims: count()?,
            arguments: count()?,
            evidence: count()?,
            qualifiers: count()?,
            identities: count()?,
            bounds: count()?,
        };
        let splits_ids = version > 1;
        let is_derived_alike = words.are_ours && derivation == DERIVATION && splits_ids;
        Ok(Self { words, kinds, counts, is_derived_alike, splits_ids, values: known_words() })
    }

    /// The rows of the nodes of some kinds: mostly one range, since kinds stand together.
    pub(super) fn nodes_of(&self, kinds: NodeKinds) -> Ranges {
        let mut ranges: Vec<std::ops::Range<u32>> = Vec::new();
        let mut start = 0;
        for (end, kind) in &self.kinds {
            match ranges.last_mut() {
                _ if !kinds.contains(*kind) => {}
                Some(before) if before.end == start => before.end = *end,
                _ => ranges.push(start..*end),
            }
            start = *end;
        }
        Ranges(ranges)
    }

    /// A word that can be the value of a qualifier, or the kind of a node.
    pub(super) fn word(&self, reader: &mut Reader<'_>) -> Result<&'static str, Flaw> {
        self.values.get(reader.text()?).copied().ok_or(Flaw::Word)
    }

    /// A string that may be there, as [`or_none`] writes it.
    pub(super) fn maybe_string(&self, number: u32) -> Result<Text, Flaw> {
        maybe_row(number, self.counts.strings).map(Text)
    }

    /// The column of the numbers of local ids, where they do not stand in one.
    pub(super) fn absent(&self, numbers: usize) -> Option<usize> {
        (!self.splits_ids).then_some(numbers)
    }

    /// A local id that may be there.
    pub(super) fn local_id(&self, stem: u32, number: u32) -> Result<LocalId, Flaw> {
        Ok(LocalId { stem: self.maybe_string(stem)?, number: number.wrapping_sub(1) })
    }
}

/// Some rows of nodes.
#[derive(Debug)]
pub(super) struct Ranges(Vec<std::ops::Range<u32>>);

impl Ranges {
    #[inline]
    pub(super) fn contains(&self, node: u32) -> bool {
        self.0.iter().any(|range| range.contains(&node))
    }
}

/// The number of a row, of so many.
#[inline]
pub(super) fn row(number: u32, count: u32) -> Result<u32, Flaw> {
    if number < count { Ok(number) } else { Err(Flaw::Row) }
}

/// A number as it is written where there may be none: 0 for [`NONE`], the others one higher.
pub(super) fn or_none(number: u32) -> u32 {
    number.wrapping_add(1)
}

/// Back from [`or_none`].
#[inline]
pub(super) fn maybe_row(number: u32, count: u32) -> Result<u32, Flaw> {
    if number <= count { Ok(number.wrapping_sub(1)) } else { Err(Flaw::Row) }
}
