//! The spells of each node's facts by their days: of a body with members of two centuries those of one day are found without
//! looking at the facts of the others.
//!
//! Of a node with few spells the days stand in the order of the facts and are compared many at a time, and with them how the claims
//! stand, so that what is found needs no sorting, and what is not asked for is not read. Of one with many they are sorted by
//! beginning, with the latest end of every sixteen beside them: what had not begun is cut off, what was over is skipped sixteen at a
//! time. The blocks of an interval tree of two levels (Edelsbrunner 1980 has it with more), which is enough for spells that last some
//! years of two hundred.

use std::ops::Range;

use super::table::Offsets;
use crate::batch::records::NONE;
use crate::time::Bounds;

/// From a first day up to, and not including, an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) end: i32,
}

impl Days {
    /// No day left out.
    pub(super) const ALL: Self = Self { first: i32::MIN, end: i32::MAX };

    pub(super) fn are_all(self) -> bool {
        self == Self::ALL
    }

    /// Whether some day is in both.
    #[inline]
    fn meet(self, other: Self) -> bool {
        (self.first < other.end) & (other.first < self.end)
    }
}

impl Default for Days {
    fn default() -> Self {
        Self::ALL
    }
}

/// A spell of a fact, found at one of the fact's ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) row: u32,
    /// The other end; nothing for events.
    pub(super) other: u32,
    /// The number of what tells the fact from others with the same ends.
    pub(super) identity: u32,
    /// The number of the spell's time; [`NONE`] if it began and ended on known days: then it held on all days between them.
    pub(super) time: u32,
}

/// Which spells are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Those that may have been on one of these days,
    pub(super) days: Days,
    /// of which some claim stands in one of these ways.
    pub(super) stands: u8,
}

/// A spell with the days outside which it cannot have been, and how its claims stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell {
    days: Days,
    stands: u8,
    met: Met,
}

impl Spell {
    /// Of what is met there, with the number of the time.
    pub(super) fn new(mut met: Met, time: Bounds, stands: u8) -> Self {
        if time.is_exact() {
            met.time = NONE;
        }
        Self { days: Days { first: time.from_first, end: time.until_last }, stands, met }
    }
}

const BLOCK: usize = 16;
/// As many spells as are sooner compared one and all than sorted once they are found.
const FEW: usize = 4_096;
/// Compared at once, a bit each.
const LANES: usize = u64::BITS as usize;

/// What is given out of each spell. Where all lead to the same, as those of events do, only what differs takes room.
#[derive(Debug, Clone)]
enum Mets {
    Each(Vec<Met>),
    Alike {
        other: u32,
        identity: u32,
        /// The row and the number of the time.
        rows: Vec<(u32, u32)>,
    },
}

/// Spells, those of a node together: if they are few, by row, else in the order in which they may have begun.
///
/// What is compared stands in columns, which end in a block of spells that nobody asks for, so that blocks are compared whole; what
/// is given out stands together.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    nodes: Offsets,
    /// Of each node, from the first day of its spells up to their last end.
    spans: Vec<Days>,
    mets: Mets,
    stands: Vec<u8>,
    firsts: Vec<i32>,
    ends: Vec<i32>,
    /// The latest end of every block.
    latest: Vec<i32>,
}

impl Timeline {
    /// Of spells that are sorted by node, then row, and the node of each.
    pub(super) fn new(mut spells: Vec<Spell>, nodes: &[u32]) -> Self {
        let nodes = Offsets::of_nodes(nodes.iter().copied());
        for of_node in nodes.runs() {
            if of_node.len() > FEW {
                spells[of_node].sort_unstable_by_key(|spell| (spell.days.first, spell.met.row));
            }
        }
        let span = |of_node: &[Spell]| {
            let first = of_node.iter().map(|spell| spell.days.first).min().unwrap_or(i32::MAX);
            Days { first, end: of_node.iter().map(|spell| spell.days.end).max().unwrap_or(i32::MIN) }
        };
        let spans = nodes.runs().map(|of_node| span(&spells[of_node])).collect();
        let latest = spells.chunks(BLOCK).map(|block| block.iter().map(|spell| spell.days.end).max());
        Self {
            nodes,
            spans,
            latest: latest.map(|end| end.unwrap_or(i32::MIN)).collect(),
            mets: Mets::new(&spells),
            stands: column(&spells, |spell| spell.stands),
            firsts: column(&spells, |spell| spell.days.first),
            ends: column(&spells, |spell| spell.days.end),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.nodes().is_empty()
    }

    /// Of some nodes those of whose spells one of the days is between the first day and the last end: none of the others' may have been
    /// on any. Linear in the nodes.
    pub(super) fn spanning(&self, nodes: Range<u32>, days: Days) -> Vec<u32> {
        let own = self.nodes.nodes();
        let [start, end] = [nodes.start, nodes.end].map(|node| node.clamp(own.start, own.end));
        let spans = &self.spans[(start - own.start) as usize..(end.max(start) - own.start) as usize];
        (start..).zip(spans).filter(|(_, span)| span.meet(days)).map(|(node, _)| node).collect()
    }

    /// Says which spells of a node are asked for, in the order of rows. Of few linear in the node's own; of many logarithmic in
    /// these, linear in the sixteenth of those that had begun, and in the answer.
    #[inline]
    pub(super) fn each_meeting(&self, node: u32, asked: Asked, mut say: impl FnMut(Met)) {
        let of_node = self.nodes.of(node);
        let of_node = of_node.start as usize..of_node.end as usize;
        if of_node.len() > FEW {
            self.meeting_among_many(of_node, asked).into_iter().for_each(say);
            return;
        }
        for start in of_node.clone().step_by(LANES) {
            let mut left = self.lanes(start..of_node.end.min(start + LANES), asked);
            while left != 0 {
                say(self.mets.at(start + left.trailing_zeros() as usize));
                left &= left - 1;
            }
        }
    }

    /// Says which spells of any node are asked for, node after node.
    pub(super) fn each_meeting_of_all(&self, asked: Asked, mut say: impl FnMut(Met)) {
        self.nodes.nodes().for_each(|node| self.each_meeting(node, asked, &mut say));
    }

    /// Which spells are asked for, a bit each: of not more than there are lanes.
    fn lanes(&self, places: Range<usize>, Asked { days, stands }: Asked) -> u64 {
        let blocks = places.start..places.start + places.len().next_multiple_of(BLOCK);
        let (firsts, ends) = (self.firsts[blocks.clone()].as_chunks().0, self.ends[blocks.clone()].as_chunks().0);
        let told = self.stands[blocks].as_chunks().0;
        let mut meets = [[0_u8; BLOCK]; LANES / BLOCK];
        for (((meets, firsts), ends), told) in meets.iter_mut().zip(firsts).zip(ends).zip(told) {
            let (firsts, ends, told): (&[i32; BLOCK], &[i32; BLOCK], &[u8; BLOCK]) = (firsts, ends, told);
            for lane in 0..BLOCK {
                meets[lane] =
                    u8::from((firsts[lane] < days.end) & (days.first < ends[lane]) & (told[lane] & stands != 0));
            }
        }
        // The product has the lowest bits of the eight bytes side by side, in its highest byte.
        let bits = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let eights = &meets.as_flattened().as_chunks().0[..places.len().div_ceil(8)];
        let lanes = eights.iter().rev().fold(0, |lanes, eight| lanes << 8 | bits(eight));
        lanes & u64::MAX >> (LANES - places.len())
    }

    /// The spells at these places that are asked for, in the order of rows.
    fn meeting_among_many(&self, places: Range<usize>, Asked { days, stands }: Asked) -> Vec<Met> {
        let begun = self.firsts[places.clone()].partition_point(|first| *first < days.end);
        let (mut at, end) = (places.start, places.start + begun);
        let mut found = Vec::new();
        while at < end {
            let block = at / BLOCK;
            let block_end = ((block + 1) * BLOCK).min(end);
            if self.latest[block] > days.first {
                let goes_on = |at: &usize| self.ends[*at] > days.first && self.stands[*at] & stands != 0;
                found.extend((at..block_end).filter(goes_on).map(|at| self.mets.at(at)));
            }
            at = block_end;
        }
        found.sort_unstable_by_key(|met| met.row);
        found
    }
}

impl Default for Mets {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl Mets {
    fn new(spells: &[Spell]) -> Self {
        let ends = |spell: &Spell| (spell.met.other, spell.met.identity);
        match spells.first().map(ends) {
            Some((other, identity)) if spells.iter().all(|spell| ends(spell) == (other, identity)) => {
                let rows = spells.iter().map(|spell| (spell.met.row, spell.met.time));
                Self::Alike { other, identity, rows: rows.collect() }
            }
            _ => Self::Each(spells.iter().map(|spell| spell.met).collect()),
        }
    }

    #[inline]
    fn at(&self, place: usize) -> Met {
        match self {
            Self::Each(mets) => mets[place],
            Self::Alike { other, identity, rows } => {
                let (row, time) = rows[place];
                Met { row, other: *other, identity: *identity, time }
            }
        }
    }
}

/// What spells are compared by, and a block of nothing.
fn column<T: Copy + Default>(spells: &[Spell], of: impl Fn(&Spell) -> T) -> Vec<T> {
    spells.iter().map(of).chain([T::default(); BLOCK]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Asked, Days, FEW, Met, Spell, Timeline};

    #[test]
    fn what_it_finds_is_what_reading_all_finds() {
        // Nodes with few and with many spells, two a row, spread by a fixed rule, some without beginning, some without end.
        let spread = |spell: u32| (spell.wrapping_mul(2_654_435_761) >> 16) as i32 % 1_000;
        let spell = |number: u32| Spell {
            days: Days {
                first: if number.is_multiple_of(17) { i32::MIN } else { spread(number) },
                end: if number.is_multiple_of(13) { i32::MAX } else { spread(number) + 1 + spread(number + 7) % 40 },
            },
            stands: 1 << (number % 3),
            met: Met { row: number / 2, other: number / 2 + 1, identity: number % 7, time: number },
        };
        let spells: Vec<Spell> = (0..12_000).map(spell).collect();
        let places = [0..7, 7..7, 7..71, 71..200, 200..FEW + 200, FEW + 200..12_000];
        let nodes: Vec<u32> = (5..).zip(&places).flat_map(|(node, places)| places.clone().map(move |_| node)).collect();
        let timeline = Timeline::new(spells.clone(), &nodes);
        // The second node has no spells, and before the first there is none.
        assert_eq!(timeline.spanning(0..9, Days::ALL), [5, 7, 8]);
        assert_eq!(timeline.spanning(8..100, Days::ALL), [8, 9, 10]);
        for (node, places) in (5..).zip(&places) {
            for first in (-10..1_050).step_by(1 + places.len() / 100) {
                for length in [1, 30] {
                    let days = Days { first, end: first + length };
                    let asked = Asked { days, stands: 1 << first.rem_euclid(3) | 1 << (length % 3) };
                    let meets = |spell: &&Spell| {
                        let is_told = spell.stands & asked.stands != 0;
                        is_told && spell.days.first < days.end && days.first < spell.days.end
                    };
                    let mut all: Vec<Met> =
                        spells[places.clone()].iter().filter(meets).map(|spell| spell.met).collect();
                    let mut found = Vec::new();
                    timeline.each_meeting(node, asked, |met| found.push(met));
                    assert!(found.is_empty() || timeline.spanning(node..node + 1, asked.days) == [node]);
                    assert!(found.is_sorted_by_key(|met| met.row));
                    for met in [&mut all, &mut found] {
                        met.sort_by_key(|met| (met.row, met.time));
                    }
                    assert_eq!(found, all, "{asked:?}");
                }
            }
        }
    }
}
