//! One table of facts: columns, and a compressed adjacency for each direction. A fact has spells (distinct times), a spell has
//! claims.
//!
//! What is the same for all rows of a table takes no room in it: the targets of events, the identities of a relation that
//! nothing but its ends tells apart, the ends of lists that all have one item.

use super::facts::Stand;
use super::lists::add_up;
use super::timeline::{Days, Met, Spell, Timeline};
use crate::batch::records::NONE;
use crate::time::Bounds;

/// What a claim says of one fact, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Said {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) identity: u32,
    pub(super) bounds: u32,
    pub(super) claim: u32,
}

/// Facts sorted by source, target and identity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    sources: Vec<u32>,
    targets: Column,
    identities: Column,
    /// The spells of each fact, sorted by time.
    spells: Runs,
    bounds: Vec<u32>,
    /// Which readings of a claim each spell has, see [`Stand`].
    stands: Vec<u8>,
    /// The claims of each spell, in canonical order.
    claims_of_spells: Runs,
    claims: Vec<u32>,
    /// Facts by target.
    by_target: Vec<u32>,
    out: Offsets,
    into: Offsets,
    /// The spells of each node by time, see [`FactKind::timed`](super::FactKind::timed); else empty.
    timeline: Timeline,
    timeline_by_target: Timeline,
    /// All spells by time, for events; else empty.
    timeline_of_all: Timeline,
}

/// What a table is made of: all else follows from it.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Of each fact; facts are sorted by source, target and identity.
    pub(crate) sources: Vec<u32>,
    /// [`NONE`] for attributes and events.
    pub(crate) targets: Vec<u32>,
    pub(crate) identities: Vec<u32>,
    /// Where the spells of each fact end.
    pub(crate) spells_end: Vec<u32>,
    /// Of each spell.
    pub(crate) bounds: Vec<u32>,
    pub(crate) stands: Vec<u8>,
    /// Where the claims of each spell end.
    pub(crate) claims_end: Vec<u32>,
    pub(crate) claims: Vec<u32>,
}

/// A number for each row.
#[derive(Debug, Clone)]
enum Column {
    Same(u32),
    Each(Vec<u32>),
}

/// Where the run of items of each row ends; it begins where that of the row before ends.
#[derive(Debug, Clone, Default)]
enum Runs {
    #[default]
    OneEach,
    Ends(Vec<u32>),
}

/// Where the rows of each node begin: for the range of nodes that has any.
#[derive(Debug, Clone, Default)]
pub(super) struct Offsets {
    first: u32,
    starts: Vec<u32>,
}

impl Table {
    /// Sorts what is said, and takes its room; `stands` are those of all claims.
    pub(super) fn new(said: Vec<Vec<Said>>, stands_of_claims: &[Stand]) -> Self {
        let said = sorted(said);
        let same_fact = |a: &Said, b: &Said| (a.source, a.target, a.identity) == (b.source, b.target, b.identity);
        let facts = said.chunk_by(same_fact).count();
        let mut sources = Vec::with_capacity(facts);
        let (mut targets, mut identities) = (Vec::with_capacity(facts), Vec::with_capacity(facts));
        let (mut bounds, mut stands, mut claims) = (Vec::new(), Vec::new(), Vec::with_capacity(said.len()));
        let (mut spells_end, mut claims_end) = (Vec::with_capacity(facts), Vec::new());
        for fact in said.chunk_by(same_fact) {
            sources.push(fact[0].source);
            targets.push(fact[0].target);
            identities.push(fact[0].identity);
            for spell in fact.chunk_by(|a, b| a.bounds == b.bounds) {
                bounds.push(spell[0].bounds);
                stands.push(spell.iter().fold(0, |stands, one| stands | stands_of_claims[one.claim as usize].0));
                // One claim can say it twice: who held an office before, and again after.
                let once = spell.chunk_by(|a, b| a.claim == b.claim);
                claims.extend(once.map(|same| same[0].claim));
                claims_end.push(claims.len() as u32);
            }
            spells_end.push(bounds.len() as u32);
        }
        drop(said);
        for column in [&mut bounds, &mut claims] {
            column.shrink_to_fit();
        }
        stands.shrink_to_fit();
        Self::of(Columns { sources, targets, identities, spells_end, bounds, stands, claims_end, claims })
    }

    /// From columns that are in order: linear.
    pub(crate) fn of(columns: Columns) -> Self {
        let Columns { sources, targets, identities, spells_end, bounds, stands, claims_end, claims } = columns;
        let into = Offsets::of_nodes(targets.iter().copied());
        let by_target = into.sort((0..).zip(&targets).map(|(row, target)| (*target, row)));
        Self {
            out: Offsets::of_nodes(sources.iter().copied()),
            into,
            sources,
            targets: Column::new(targets),
            identities: Column::new(identities),
            spells: Runs::new(spells_end),
            bounds,
            stands,
            claims_of_spells: Runs::new(claims_end),
            claims,
            by_target,
            timeline: Timeline::default(),
            timeline_by_target: Timeline::default(),
            timeline_of_all: Timeline::default(),
        }
    }

    /// The table with the spells of each source by time; `times` are those that `bounds` are numbers of.
    pub(super) fn timed_from_sources(mut self, times: &[Bounds]) -> Self {
        let rows = 0..self.len() as u32;
        self.timeline = self.timeline_of(rows, times, |row| self.source(row), |row| self.target(row));
        self
    }

    /// The table with the spells of each target by time, likewise.
    pub(super) fn timed_from_targets(mut self, times: &[Bounds]) -> Self {
        let rows = self.by_target.iter().copied();
        self.timeline_by_target = self.timeline_of(rows, times, |row| self.target(row), |row| self.source(row));
        self
    }

    /// The table with all its spells by time, whatever their node.
    pub(super) fn timed_as_one(mut self, times: &[Bounds]) -> Self {
        let rows = 0..self.len() as u32;
        self.timeline_of_all = self.timeline_of(rows, times, |_| Self::ALL, |row| self.target(row));
        self
    }

    /// Stands for every node where all spells are timed as one.
    const ALL: u32 = 0;

    fn timeline_of(
        &self,
        rows: impl Iterator<Item = u32>,
        times: &[Bounds],
        node: impl Fn(u32) -> u32,
        other: impl Fn(u32) -> u32,
    ) -> Timeline {
        let (mut spells, mut nodes) = (Vec::with_capacity(self.spell_count()), Vec::with_capacity(self.spell_count()));
        for row in rows {
            for spell in self.spells(row) {
                let time = self.bounds[spell];
                let met = Met { row, other: other(row), identity: self.identity(row), time };
                spells.push(Spell::new(met, times[time as usize], self.stands[spell]));
                nodes.push(node(row));
            }
        }
        Timeline::new(spells, &nodes)
    }

    /// The claims of all spells, spell after spell.
    pub(crate) fn all_claims(&self) -> &[u32] {
        &self.claims
    }

    /// How many spells its facts have.
    pub(crate) fn spell_count(&self) -> usize {
        self.bounds.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.sources.len()
    }

    #[inline]
    pub(crate) fn source(&self, row: u32) -> u32 {
        self.sources[row as usize]
    }

    /// [`NONE`] for attributes and events.
    #[inline]
    pub(crate) fn target(&self, row: u32) -> u32 {
        self.targets.at(row)
    }

    #[inline]
    pub(crate) fn identity(&self, row: u32) -> u32 {
        self.identities.at(row)
    }

    /// The fact of these ends and this identity. Logarithmic in the facts of the source.
    pub(super) fn find(&self, source: u32, target: u32, identity: u32) -> Option<u32> {
        let mut rows = self.leaving(source);
        let wanted = (target, identity);
        while rows.start < rows.end {
            let middle = rows.start + (rows.end - rows.start) / 2;
            match (self.target(middle), self.identity(middle)).cmp(&wanted) {
                std::cmp::Ordering::Less => rows.start = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => rows.end = middle,
            }
        }
        None
    }

    /// The facts whose source is this node, by target.
    #[inline]
    pub(super) fn leaving(&self, node: u32) -> std::ops::Range<u32> {
        self.out.of(node)
    }

    /// The facts whose target is this node, by source.
    #[inline]
    pub(super) fn reaching(&self, node: u32) -> &[u32] {
        let rows = self.into.of(node);
        &self.by_target[rows.start as usize..rows.end as usize]
    }

    /// The spells of all facts, if they are timed in some way and some days are left out.
    pub(super) fn timeline_of_any(&self, days: Days) -> Option<&Timeline> {
        let timelines = [&self.timeline_of_all, &self.timeline, &self.timeline_by_target];
        timelines.into_iter().find(|timeline| !timeline.is_empty() && !days.are_all())
    }

    /// The spells of the facts by source, if they are timed so and some days are left out.
    #[inline]
    pub(super) fn timeline_leaving(&self, days: Days) -> Option<&Timeline> {
        Some(&self.timeline).filter(|timeline| !timeline.is_empty() && !days.are_all())
    }

    /// The spells of the facts by target, likewise.
    #[inline]
    pub(super) fn timeline_reaching(&self, days: Days) -> Option<&Timeline> {
        Some(&self.timeline_by_target).filter(|timeline| !timeline.is_empty() && !days.are_all())
    }

    /// The spells of a fact, as their numbers.
    #[inline]
    pub(crate) fn spells(&self, row: u32) -> std::ops::Range<usize> {
        self.spells.of(row as usize)
    }

    /// The number of a spell's time.
    #[inline]
    pub(crate) fn bounds(&self, spell: usize) -> u32 {
        self.bounds[spell]
    }

    #[inline]
    pub(crate) fn stands(&self, spell: usize) -> u8 {
        self.stands[spell]
    }

    /// The claims of a spell.
    #[inline]
    pub(crate) fn claims(&self, spell: usize) -> &[u32] {
        &self.claims[self.claims_of_spells.of(spell)]
    }
}

/// By source first, counted, since most sources are events and say few things; then those of each source.
fn sorted(said: Vec<Vec<Said>>) -> Vec<Said> {
    let all = || said.iter().flatten().map(|one| (one.source, *one));
    let mut sorted = Offsets::of_nodes(all().map(|(source, _)| source)).sort(all());
    drop(said);
    sorted.chunk_by_mut(|one, other| one.source == other.source).for_each(<[Said]>::sort_unstable);
    sorted
}

impl Default for Column {
    fn default() -> Self {
        Self::Same(NONE)
    }
}

impl Column {
    fn new(each: Vec<u32>) -> Self {
        match each.first() {
            None => Self::default(),
            Some(first) if each.iter().all(|number| number == first) => Self::Same(*first),
            Some(_) => Self::Each(each),
        }
    }

    #[inline]
    fn at(&self, row: u32) -> u32 {
        match self {
            Self::Same(number) => *number,
            Self::Each(numbers) => numbers[row as usize],
        }
    }
}

impl Runs {
    fn new(mut ends: Vec<u32>) -> Self {
        if ends.iter().zip(1..).all(|(end, nth)| *end == nth) {
            return Self::OneEach;
        }
        ends.shrink_to_fit();
        Self::Ends(ends)
    }

    #[inline]
    fn of(&self, row: usize) -> std::ops::Range<usize> {
        match self {
            Self::OneEach => row..row + 1,
            Self::Ends(ends) => {
                let start = row.checked_sub(1).map_or(0, |before| ends[before]);
                start as usize..ends[row] as usize
            }
        }
    }
}

impl Offsets {
    /// For rows of these nodes, once they are sorted by them; those of [`NONE`] are left out.
    pub(super) fn of_nodes(nodes: impl Iterator<Item = u32> + Clone) -> Self {
        let some = nodes.filter(|node| *node != NONE);
        let (first, last) = some.clone().fold((NONE, 0), |(first, last), node| (first.min(node), last.max(node)));
        if first == NONE {
            return Self::default();
        }
        let mut starts = vec![0; (last - first) as usize + 2];
        some.for_each(|node| starts[(node - first) as usize + 1] += 1);
        add_up(&mut starts);
        Self { first, starts }
    }

    /// The items by their nodes, those of one node in their order: each goes where the last of its node went before.
    fn sort<T: Copy + Default>(&self, items: impl Iterator<Item = (u32, T)>) -> Vec<T> {
        let mut next = self.starts.clone();
        let mut sorted = vec![T::default(); self.starts.last().map_or(0, |end| *end as usize)];
        for (node, item) in items.filter(|(node, _)| *node != NONE) {
            let place = &mut next[(node - self.first) as usize];
            sorted[*place as usize] = item;
            *place += 1;
        }
        sorted
    }

    /// The range of nodes that has rows.
    pub(super) fn nodes(&self) -> std::ops::Range<u32> {
        self.first..self.first + (self.starts.len() as u32).saturating_sub(1)
    }

    /// The rows of each node, node after node.
    pub(super) fn runs(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.starts.windows(2).map(|pair| pair[0] as usize..pair[1] as usize)
    }

    #[inline]
    pub(super) fn of(&self, node: u32) -> std::ops::Range<u32> {
        let at = node.wrapping_sub(self.first) as usize;
        match self.starts.get(at..) {
            Some([start, end, ..]) => *start..*end,
            _ => 0..0,
        }
    }
}
