//! One table of facts: columns, and a compressed adjacency for each direction. A fact has spells (distinct times), a spell has
//! claims.
//!
//! What is the same for all rows of a table takes no room in it: the targets of events, the identities of a relation that
//! nothing but its ends tells apart, the ends of lists that all have one item.

use super::facts::Stand;
use crate::batch::records::NONE;
use crate::time::Bounds;

/// What a claim says of one fact, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// The days outside which a fact cannot hold, beside the rows and beside `by_target`: so that of a body with members of two
    /// centuries those of one day are found by reading along. Empty where facts are no spells of years.
    hulls: Vec<Hull>,
    hulls_by_target: Vec<Hull>,
}

/// The first day on which something may have held, and the day by which it was over at the latest.
#[derive(Debug, Clone, Copy)]
struct Hull {
    first: i32,
    end: i32,
    /// The stands of its only spell, if that began and ended on known days: then it held on all days of the hull, and nothing
    /// more need be looked at. Else 0.
    exact: u8,
}

impl Hull {
    fn of(spells: &[Bounds], stands: &[u8]) -> Self {
        let first = spells.iter().map(|bounds| bounds.from_first).min().unwrap_or(i32::MAX);
        let end = spells.iter().map(|bounds| bounds.until_last).max().unwrap_or(i32::MIN);
        let exact = match (spells, stands) {
            ([only], [stands]) if only.is_exact() => *stands,
            _ => 0,
        };
        Self { first, end, exact }
    }

    /// [`Hull::exact`], if it has a day in common with these.
    #[inline]
    fn meeting(self, days: Days) -> Option<u8> {
        (self.first < days.end && days.first < self.end).then_some(self.exact)
    }
}

/// From a first day up to, and not including, an end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) end: i32,
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
struct Offsets {
    first: u32,
    starts: Vec<u32>,
}

impl Table {
    /// Sorts what is said, and takes its room. With `times` (those that `bounds` are numbers of) it knows when each fact may hold
    /// without looking at its spells.
    pub(super) fn new(mut said: Vec<Said>, stand: impl Fn(u32) -> Stand, times: Option<&[Bounds]>) -> Self {
        said.sort_unstable();
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
                stands.push(spell.iter().fold(0, |stands, one| stands | stand(one.claim).0));
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
        let mut by_target: Vec<u32> = (0..facts as u32).filter(|row| targets[*row as usize] != NONE).collect();
        by_target.sort_by_key(|row| targets[*row as usize]);
        let (mut hulls, mut hulls_by_target) = (Vec::new(), Vec::new());
        if let Some(times) = times {
            let (mut start, mut spells) = (0, Vec::new());
            hulls.extend(spells_end.iter().map(|end| {
                let range = start..*end as usize;
                start = range.end;
                spells.clear();
                spells.extend(bounds[range.clone()].iter().map(|number| times[*number as usize]));
                Hull::of(&spells, &stands[range])
            }));
            hulls_by_target.extend(by_target.iter().map(|row| hulls[*row as usize]));
        }
        Self {
            out: Offsets::new(sources.iter().copied()),
            into: Offsets::new(by_target.iter().map(|row| targets[*row as usize])),
            sources,
            targets: Column::new(targets),
            identities: Column::new(identities),
            spells: Runs::new(spells_end),
            bounds,
            stands,
            claims_of_spells: Runs::new(claims_end),
            claims,
            by_target,
            hulls,
            hulls_by_target,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.sources.len()
    }

    #[inline]
    pub(super) fn source(&self, row: u32) -> u32 {
        self.sources[row as usize]
    }

    /// [`NONE`] for attributes and events.
    #[inline]
    pub(super) fn target(&self, row: u32) -> u32 {
        self.targets.at(row)
    }

    #[inline]
    pub(super) fn identity(&self, row: u32) -> u32 {
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

    /// The facts whose source is this node and that may hold in these days, by target; where that is not known without their
    /// spells, all. With each the stands of its only spell, if it certainly held in those days, else 0.
    #[inline]
    pub(super) fn leaving_in(&self, node: u32, days: Days) -> impl Iterator<Item = (u32, u8)> + use<'_> {
        let rows = self.out.of(node);
        let is_timed = !self.hulls.is_empty();
        rows.filter_map(move |row| match is_timed {
            true => self.hulls[row as usize].meeting(days).map(|exact| (row, exact)),
            false => Some((row, 0)),
        })
    }

    /// The facts whose target is this node, likewise, by source.
    #[inline]
    pub(super) fn reaching_in(&self, node: u32, days: Days) -> impl Iterator<Item = (u32, u8)> + use<'_> {
        let rows = self.into.of(node);
        let is_timed = !self.hulls_by_target.is_empty();
        let range = rows.start as usize..rows.end as usize;
        range.filter_map(move |at| match is_timed {
            true => self.hulls_by_target[at].meeting(days).map(|exact| (self.by_target[at], exact)),
            false => Some((self.by_target[at], 0)),
        })
    }

    /// The spells of a fact, as their numbers.
    #[inline]
    pub(crate) fn spells(&self, row: u32) -> std::ops::Range<usize> {
        self.spells.of(row as usize)
    }

    /// The number of a spell's time.
    #[inline]
    pub(super) fn bounds(&self, spell: usize) -> u32 {
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
    /// For rows that are sorted by these nodes.
    fn new(sorted: impl Iterator<Item = u32> + Clone) -> Self {
        let (Some(first), Some(last)) = (sorted.clone().next(), sorted.clone().last()) else { return Self::default() };
        let mut starts = vec![0; (last - first) as usize + 2];
        for node in sorted {
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
