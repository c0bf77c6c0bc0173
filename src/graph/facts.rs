//! The facts of the graph: a table for each relation and attribute, and one for the events.

use std::fmt;

use rustc_hash::FxHashMap;

use super::lower::{Identity, Lowered, lower, when_of};
use super::table::{Said, Table};
use crate::batch::records::{ClaimRow, Interned, NONE, Records};
use crate::model::{
    Attribute, Extent, FactType, MembershipRole, Modality, Qualifier, Qualifiers, Reading, RelationKind,
};
use crate::threads;
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
/// Below this many claims another thread costs more than it does.
const FEW: usize = 1 << 12;

const KINDS: usize = RELATIONS + Attribute::ALL.len() + 1;

impl FactKind {
    /// Every kind: the relations, the attributes, the events.
    pub fn all() -> impl Iterator<Item = Self> {
        let relations = RelationKind::ALL.iter().map(|relation| Self::Relation(*relation));
        let attributes = Attribute::ALL.iter().map(|attribute| Self::Attribute(*attribute));
        relations.chain(attributes).chain([Self::Event])
    }

    /// The table of this kind with the indexes by time that it has; `times` are those that its `bounds` are numbers of.
    ///
    /// Where a node may have many facts, each for some years, of which a day or year asks for few.
    pub(crate) fn timed(self, table: Table, times: &[Bounds]) -> Table {
        match self {
            Self::Event => table.timed_as_one(times),
            Self::Relation(RelationKind::MemberOf) => table.timed_from_sources(times).timed_from_targets(times),
            Self::Relation(RelationKind::HoldsOffice) => table.timed_from_targets(times),
            Self::Relation(RelationKind::Imposes) => table.timed_from_sources(times),
            _ => table,
        }
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
    identities: Interned<Qualifiers>,
    /// How each of these lists makes somebody a member, if it is one's of a membership.
    belongings: Vec<Belonging>,
    /// The times of spells, each kept once, in order.
    bounds: Vec<Bounds>,
}

/// As what somebody belongs to a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Belonging {
    pub(crate) role: MembershipRole,
    pub(crate) extent: Option<Extent>,
}

impl Belonging {
    /// Whether it makes a member of whoever is named, and of no others.
    #[inline]
    pub(crate) fn is_of_a_member(self) -> bool {
        self.role.is_member() && self.extent.is_none()
    }

    fn of(identity: &Qualifiers) -> Self {
        let role = identity.word(Qualifier::Role).and_then(MembershipRole::from_word);
        let extent = identity.word(Qualifier::Extent).and_then(Extent::from_word);
        Self { role: role.unwrap_or(MembershipRole::Member), extent }
    }
}

/// What some of the claims say, by kind, with numbers for identities and times that are good in here alone.
struct SaidByClaims {
    said: Vec<Vec<Said>>,
    identities: Interned<Qualifiers>,
    bounds: Interned<Bounds>,
    /// How each claim stands to what it says.
    stands: Vec<Stand>,
}

impl SaidByClaims {
    fn new(records: &Records, claims: std::ops::Range<usize>) -> Self {
        let mut said: Vec<Vec<Said>> = (0..KINDS).map(|_| Vec::new()).collect();
        let mut identities = Interned::from_iter([Qualifiers::new()]);
        let mut bounds: Interned<Bounds> = Interned::default();
        // Claims that are qualified alike have their identity worked out once.
        let mut worked_out: FxHashMap<(FactType, u32, Identity), u32> = FxHashMap::default();
        let mut stands = Vec::with_capacity(claims.len());
        for claim in claims.start as u32..claims.end as u32 {
            let row = &records.claims[claim as usize];
            stands.push(Stand::of(row));
            // Mostly all that a claim says has one time.
            let mut last = None;
            lower(records, claim, |lowered| {
                let identity = match lowered.identity {
                    Identity::Ends => 0,
                    rule => *worked_out.entry((row.fact, row.qualifiers, rule)).or_insert_with(|| {
                        let (number, _) = identities.insert_full(rule.of(records, claim));
                        number as u32
                    }),
                };
                let Lowered { kind, source, target, bounds: time, .. } = lowered;
                let number = match last {
                    Some((same, number)) if same == time => number,
                    _ => bounds.insert_full(time).0 as u32,
                };
                last = Some((time, number));
                said[kind.number()].push(Said { source, target, identity, bounds: number, claim });
            });
        }
        Self { said, identities, bounds, stands }
    }
}

/// What threads share, and what they give for it.
enum Work<B, T> {
    Beside(B),
    Table(FactKind, T),
}

/// All values of some sets, in order; of each set the new numbers of its own.
fn merge<'s, T: Ord + Clone + 's>(sets: impl Iterator<Item = &'s Interned<T>> + Clone) -> (Vec<T>, Vec<Vec<u32>>) {
    let mut all: Vec<&T> = sets.clone().flatten().collect();
    all.sort_unstable();
    all.dedup();
    let number = |value: &T| all.binary_search(&value).map_or(NONE, |number| number as u32);
    let ranks = sets.map(|set| set.iter().map(number).collect()).collect();
    (all.into_iter().cloned().collect(), ranks)
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

    fn of(row: &ClaimRow) -> Self {
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
    /// Lowers every claim and sorts what they say, while a thread that is free does what there is to do beside; gives both. O(n log n)
    /// in the edges.
    pub(super) fn new<T: Send>(records: &Records, beside: impl FnOnce() -> T + Send) -> (Self, T) {
        let claims = records.claims.len();
        let threads = threads::worth(claims, FEW);
        let share = claims.div_ceil(threads).max(1);
        let shares = (0..claims).step_by(share).map(|start| start..(start + share).min(claims));
        let shares = threads::each(threads, shares.collect(), |claims| SaidByClaims::new(records, claims));
        let (identities, identity_ranks) = merge(shares.iter().map(|share| &share.identities));
        let (bounds, bounds_ranks) = merge(shares.iter().map(|share| &share.bounds));

        let mut stands = Vec::with_capacity(claims);
        let mut said: Vec<(FactKind, Vec<Vec<Said>>)> = FactKind::all().map(|kind| (kind, Vec::new())).collect();
        for of_share in shares {
            said.iter_mut().zip(of_share.said).for_each(|((_, lists), list)| lists.push(list));
            stands.extend(of_share.stands);
        }
        // The largest first, so that threads end together.
        said.sort_by_key(|(_, lists)| std::cmp::Reverse(lists.iter().map(Vec::len).sum::<usize>()));
        let table = |kind: FactKind, mut lists: Vec<Vec<Said>>| {
            for (list, (identities, bounds)) in lists.iter_mut().zip(identity_ranks.iter().zip(&bounds_ranks)) {
                for one in list {
                    (one.identity, one.bounds) = (identities[one.identity as usize], bounds[one.bounds as usize]);
                }
            }
            kind.timed(Table::new(lists, &stands), &bounds)
        };
        let tables = said.into_iter().map(|(kind, lists)| Work::Table(kind, lists));
        let works = std::iter::once(Work::Beside(beside)).chain(tables).collect();
        let done = threads::each(threads, works, |work| match work {
            Work::Beside(work) => Work::Beside(work()),
            Work::Table(kind, lists) => Work::Table(kind, table(kind, lists)),
        });
        let (mut tables, mut beside) = (Vec::new(), None);
        for done in done {
            match done {
                Work::Beside(given) => beside = Some(given),
                Work::Table(kind, table) => tables.push((kind, table)),
            }
        }
        tables.sort_by_key(|(kind, _)| kind.number());
        let tables = tables.into_iter().map(|(_, table)| table).collect();
        let facts = Self::of(tables, identities.into_iter().collect(), bounds);
        (facts, beside.expect("it was the first of the works"))
    }

    /// From a table for each kind, in the order of [`FactKind::all`], and what their numbers mean.
    pub(crate) fn of(tables: Vec<Table>, identities: Interned<Qualifiers>, bounds: Vec<Bounds>) -> Self {
        Self { tables, belongings: identities.iter().map(Belonging::of).collect(), identities, bounds }
    }

    /// What tells facts apart, and their times: what the numbers in the tables mean.
    pub(crate) fn meanings(&self) -> (&Interned<Qualifiers>, &[Bounds]) {
        (&self.identities, &self.bounds)
    }

    pub(crate) fn table(&self, kind: FactKind) -> &Table {
        &self.tables[kind.number()]
    }

    /// The facts that this claim speaks of, sorted: lowered once more, which is dearer than a list of them all and takes no
    /// room.
    pub(crate) fn of_claim(&self, records: &Records, claim: u32) -> Vec<RowRef> {
        let mut rows = Vec::new();
        lower(records, claim, |lowered| {
            let identity = self.identities.get_index_of(&lowered.identity.of(records, claim));
            let Lowered { kind, source, target, .. } = lowered;
            let row = identity.and_then(|identity| self.table(kind).find(source, target, identity as u32));
            rows.extend(row.map(|row| RowRef { kind, row }));
        });
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// When a spell may have been, and must have been.
    #[inline]
    pub(crate) fn bounds(&self, table: &Table, spell: usize) -> Bounds {
        self.time(table.bounds(spell))
    }

    /// The time of this number.
    #[inline]
    pub(super) fn time(&self, number: u32) -> Bounds {
        self.bounds[number as usize]
    }

    /// The event of a row of their table.
    pub(super) fn event(&self, row: u32) -> u32 {
        self.table(FactKind::Event).source(row)
    }

    pub(crate) fn source(&self, fact: RowRef) -> u32 {
        self.table(fact.kind).source(fact.row)
    }

    /// [`NONE`] for attributes and events.
    pub(crate) fn target(&self, fact: RowRef) -> u32 {
        self.table(fact.kind).target(fact.row)
    }

    pub(crate) fn identity(&self, fact: RowRef) -> &Qualifiers {
        &self.identities[self.table(fact.kind).identity(fact.row) as usize]
    }

    /// As what the source of a membership belongs to its target.
    #[inline]
    pub(crate) fn belonging(&self, memberships: &Table, row: u32) -> Belonging {
        self.belonging_by(memberships.identity(row))
    }

    /// The same, by the number of what tells the membership from others with its ends.
    #[inline]
    pub(crate) fn belonging_by(&self, identity: u32) -> Belonging {
        self.belongings[identity as usize]
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
        (0..self.table(kind).len() as u32).map(move |row| RowRef { kind, row })
    }

    /// The facts of a kind whose source is this node, by target.
    pub(crate) fn running_from(&self, kind: FactKind, node: u32) -> impl Iterator<Item = RowRef> + use<> {
        self.table(kind).leaving(node).map(move |row| RowRef { kind, row })
    }

    /// The facts of a kind whose target is this node, by source.
    pub(crate) fn running_to(&self, kind: FactKind, node: u32) -> impl Iterator<Item = RowRef> + '_ {
        self.table(kind).reaching(node).iter().map(move |row| RowRef { kind, row: *row })
    }
}
