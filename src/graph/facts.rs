//! The facts of the graph: for each relation, attribute and the events one table of columns, with a compressed adjacency for
//! each direction. A fact has spells (distinct times), a spell has claims.

use std::fmt;

use indexmap::IndexSet;

use super::lower::{lower, when_of};
use crate::batch::records::{NONE, Records};
use crate::model::{Attribute, Modality, Qualifiers, Reading, RelationKind};
use crate::time::{Bounds, When};

/// What a fact of the graph is: an edge of a relation, an attribute of a node, or that an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FactKind {
    /// An edge.
    Relation(RelationKind),
    /// An attribute of one node.
    Attribute(Attribute),
    /// That a detention, sanction, meeting or statement is.
    Event,
}

const RELATIONS: usize = RelationKind::ALL.len();
const KINDS: usize = RELATIONS + Attribute::ALL.len() + 1;

impl FactKind {
    /// Every kind: the relations, the attributes, the events.
    pub fn all() -> impl Iterator<Item = Self> {
        let relations = RelationKind::ALL.iter().map(|relation| Self::Relation(*relation));
        let attributes = Attribute::ALL.iter().map(|attribute| Self::Attribute(*attribute));
        relations.chain(attributes).chain([Self::Event])
    }

    fn number(self) -> usize {
        match self {
            Self::Relation(relation) => relation as usize,
            Self::Attribute(attribute) => RELATIONS + attribute as usize,
            Self::Event => KINDS - 1,
        }
    }
}

impl fmt::Display for FactKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relation(relation) => relation.fmt(f),
            Self::Attribute(attribute) => attribute.fmt(f),
            Self::Event => f.pad("event"),
        }
    }
}

/// One fact: its table and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowRef {
    pub(crate) kind: FactKind,
    pub(crate) row: u32,
}

/// All tables.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    tables: Vec<Table>,
    /// What tells apart two facts with equal ends, each list kept once, in order.
    identities: IndexSet<Qualifiers>,
    /// The facts that each claim speaks of, claim after claim.
    of_claims: Vec<RowRef>,
    of_claims_end: Vec<u32>,
}

/// One table: facts sorted by source, target and identity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    sources: Vec<u32>,
    targets: Vec<u32>,
    identities: Vec<u32>,
    /// Where the spells of each fact end.
    spells_end: Vec<u32>,
    spells: Vec<Bounds>,
    /// Which readings of a claim each spell has, see [`Stand`].
    stands: Vec<u8>,
    /// Where the claims of each spell end.
    claims_end: Vec<u32>,
    claims: Vec<u32>,
    /// Facts by target.
    by_target: Vec<u32>,
    out: Offsets,
    into: Offsets,
}

/// Where the rows of each node begin: for the range of nodes that has any.
#[derive(Debug, Clone, Default)]
struct Offsets {
    first: u32,
    starts: Vec<u32>,
}

impl Offsets {
    /// For rows that are sorted by these nodes.
    fn new(sorted: impl Iterator<Item = u32> + Clone) -> Self {
        let nodes = sorted.clone().filter(|node| *node != NONE);
        let (Some(first), Some(last)) = (nodes.clone().min(), nodes.max()) else { return Self::default() };
        let mut starts = vec![0; (last - first) as usize + 2];
        for node in sorted.filter(|node| *node != NONE) {
            starts[(node - first) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { first, starts }
    }

    #[inline]
    fn of(&self, node: u32) -> std::ops::Range<u32> {
        let at = node.wrapping_sub(self.first) as usize;
        match self.starts.get(at..) {
            Some([start, end, ..]) => *start..*end,
            _ => 0..0,
        }
    }
}

/// How a claim stands to its fact, as one bit: so that a view with no filter reads no claim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand(pub(crate) u8);

impl Stand {
    pub(crate) const NEGATED: u8 = 1 << 6;
    pub(crate) const REPAIRED: u8 = 1 << 7;

    pub(crate) const fn modality(modality: Modality) -> u8 {
        1 << modality as u8
    }

    /// Asserted or alleged, not negated, as written.
    pub(crate) const AFFIRMING: u8 = Self::modality(Modality::Asserted) | Self::modality(Modality::Alleged);

    pub(crate) fn of(records: &Records, claim: u32) -> Self {
        let row = &records.claims[claim as usize];
        if row.reading == Some(Reading::Repaired) {
            Self(Self::REPAIRED)
        } else if row.negated == Some(true) {
            Self(Self::NEGATED)
        } else {
            Self(Self::modality(row.modality))
        }
    }
}

impl Facts {
    /// Lowers every claim and sorts what they say. O(n log n) in the edges.
    pub(super) fn new(records: &Records) -> Self {
        struct Said {
            source: u32,
            target: u32,
            identity: u32,
            bounds: Bounds,
            claim: u32,
        }
        let mut said: Vec<Vec<Said>> = (0..KINDS).map(|_| Vec::new()).collect();
        let mut identities: IndexSet<Qualifiers> = IndexSet::new();
        for claim in 0..records.claims.len() as u32 {
            for lowered in lower(records, claim) {
                let identity = match identities.get_index_of(&lowered.identity) {
                    Some(known) => known,
                    None => identities.insert_full(lowered.identity).0,
                } as u32;
                let (source, target, bounds) = (lowered.source, lowered.target, lowered.bounds);
                said[lowered.kind.number()].push(Said { source, target, identity, bounds, claim });
            }
        }
        let mut order: Vec<u32> = (0..identities.len() as u32).collect();
        order.sort_unstable_by_key(|number| &identities[*number as usize]);
        let mut rank = vec![0; order.len()];
        for (place, number) in order.iter().enumerate() {
            rank[*number as usize] = place as u32;
        }
        identities.sort_unstable();

        // Pairs, sorted at the end: a list for each claim would leave the heap in crumbs.
        let mut spoken: Vec<(u32, RowRef)> = Vec::with_capacity(said.iter().map(Vec::len).sum());
        let tables = said.into_iter().zip(FactKind::all()).map(|(mut said, kind)| {
            for one in &mut said {
                one.identity = rank[one.identity as usize];
            }
            said.sort_unstable_by_key(|one| (one.source, one.target, one.identity, one.bounds, one.claim));
            let mut table = Table::default();
            for one in &said {
                let key = (one.source, one.target, one.identity);
                let known = table.last_key() == Some(key);
                if !known {
                    table.sources.push(one.source);
                    table.targets.push(one.target);
                    table.identities.push(one.identity);
                    table.spells_end.push(table.spells.len() as u32);
                }
                let spell_known = known && table.spells.last() == Some(&one.bounds);
                if !spell_known {
                    table.spells.push(one.bounds);
                    table.stands.push(0);
                    table.claims_end.push(table.claims.len() as u32);
                }
                let row = table.sources.len() as u32 - 1;
                if let (Some(stands), Some(claims_end), Some(spells_end)) =
                    (table.stands.last_mut(), table.claims_end.last_mut(), table.spells_end.last_mut())
                {
                    *spells_end = table.spells.len() as u32;
                    spoken.push((one.claim, RowRef { kind, row }));
                    *stands |= Stand::of(records, one.claim).0;
                    // A claim can speak of two spells: who held an office before, and again after.
                    if !spell_known || table.claims.last() != Some(&one.claim) {
                        table.claims.push(one.claim);
                    }
                    *claims_end = table.claims.len() as u32;
                }
            }
            table.index();
            table
        });
        let tables = tables.collect();
        spoken.sort_unstable();
        spoken.dedup();
        let mut of_claims_end = vec![0; records.claims.len()];
        for (nth, (claim, _)) in spoken.iter().enumerate() {
            of_claims_end[*claim as usize] = nth as u32 + 1;
        }
        for claim in 1..of_claims_end.len() {
            of_claims_end[claim] = of_claims_end[claim].max(of_claims_end[claim - 1]);
        }
        let of_claims = spoken.iter().map(|(_, row)| *row).collect();
        Self { tables, identities, of_claims, of_claims_end }
    }

    pub(crate) fn table(&self, kind: FactKind) -> &Table {
        &self.tables[kind.number()]
    }

    /// The facts that this claim speaks of.
    pub(crate) fn of_claim(&self, claim: u32) -> &[RowRef] {
        let claim = claim as usize;
        let start = claim.checked_sub(1).map_or(0, |before| self.of_claims_end[before]);
        &self.of_claims[start as usize..self.of_claims_end[claim] as usize]
    }

    pub(crate) fn source(&self, fact: RowRef) -> u32 {
        self.table(fact.kind).sources[fact.row as usize]
    }

    /// [`NONE`] for attributes and events.
    pub(crate) fn target(&self, fact: RowRef) -> u32 {
        self.table(fact.kind).targets[fact.row as usize]
    }

    pub(crate) fn identity(&self, fact: RowRef) -> &Qualifiers {
        &self.identities[self.table(fact.kind).identities[fact.row as usize] as usize]
    }

    /// What a claim says of the time of one of its facts.
    pub(crate) fn when(&self, records: &Records, claim: u32, fact: RowRef) -> When {
        match fact.kind {
            FactKind::Relation(RelationKind::HoldsOffice) => when_of(records, claim, self.source(fact)),
            _ => records.claims[claim as usize].when,
        }
    }

    /// All facts of a kind, in their order.
    pub(crate) fn all(&self, kind: FactKind) -> impl Iterator<Item = RowRef> + use<> {
        (0..self.table(kind).sources.len() as u32).map(move |row| RowRef { kind, row })
    }

    /// The facts of a kind whose source is this node, by target.
    pub(crate) fn running_from(&self, kind: FactKind, node: u32) -> impl Iterator<Item = RowRef> + use<> {
        self.table(kind).out.of(node).map(move |row| RowRef { kind, row })
    }

    /// The facts of a kind whose target is this node, by source.
    pub(crate) fn running_to(&self, kind: FactKind, node: u32) -> impl Iterator<Item = RowRef> + '_ {
        let table = self.table(kind);
        let range = table.into.of(node);
        table.by_target[range.start as usize..range.end as usize].iter().map(move |row| RowRef { kind, row: *row })
    }
}

impl Table {
    fn last_key(&self) -> Option<(u32, u32, u32)> {
        Some((*self.sources.last()?, *self.targets.last()?, *self.identities.last()?))
    }

    fn index(&mut self) {
        self.out = Offsets::new(self.sources.iter().copied());
        self.by_target = (0..self.targets.len() as u32).filter(|row| self.targets[*row as usize] != NONE).collect();
        self.by_target.sort_by_key(|row| self.targets[*row as usize]);
        let targets = &self.targets;
        self.into = Offsets::new(self.by_target.iter().map(|row| targets[*row as usize]));
        for column in [&mut self.sources, &mut self.targets, &mut self.identities, &mut self.spells_end] {
            column.shrink_to_fit();
        }
        self.spells.shrink_to_fit();
        self.stands.shrink_to_fit();
        self.claims_end.shrink_to_fit();
        self.claims.shrink_to_fit();
    }

    pub(crate) fn len(&self) -> usize {
        self.sources.len()
    }

    /// The spells of a fact, as their numbers.
    #[inline]
    pub(crate) fn spells(&self, row: u32) -> std::ops::Range<usize> {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| self.spells_end[before]);
        start as usize..self.spells_end[row] as usize
    }

    /// When a spell may have been, and must have been.
    #[inline]
    pub(crate) fn bounds(&self, spell: usize) -> Bounds {
        self.spells[spell]
    }

    #[inline]
    pub(crate) fn stands(&self, spell: usize) -> u8 {
        self.stands[spell]
    }

    /// The claims of a spell.
    #[inline]
    pub(crate) fn claims(&self, spell: usize) -> &[u32] {
        let start = spell.checked_sub(1).map_or(0, |before| self.claims_end[before]);
        &self.claims[start as usize..self.claims_end[spell] as usize]
    }
}
