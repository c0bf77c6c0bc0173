//! The facts of each node by the day they may have begun: of a body with members of two centuries those of one day are found
//! without reading the others.
//!
//! A list sorted by beginning, with the latest end of every sixteen beside it: what had not begun is cut off, what was over is
//! skipped sixteen at a time. The blocks of an interval tree of two levels (Edelsbrunner 1980 has it with more), which is enough
//! for spells that last some years of two hundred.

use smallvec::SmallVec;

use crate::time::Bounds;

/// From a first day up to, and not including, an end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) end: i32,
}

impl Days {
    /// No day left out.
    pub(super) const ALL: Self = Self { first: i32::MIN, end: i32::MAX };

    pub(super) fn are_all(self) -> bool {
        self.first == Self::ALL.first && self.end == Self::ALL.end
    }
}

/// The days outside which a fact cannot hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hull {
    first: i32,
    end: i32,
    /// The stands of its only spell, if that began and ended on known days: then it held on all days of the hull, and nothing
    /// more need be looked at. Else 0.
    exact: u8,
}

impl Hull {
    pub(super) fn of(spells: &[Bounds], stands: &[u8]) -> Self {
        let first = spells.iter().map(|bounds| bounds.from_first).min().unwrap_or(i32::MAX);
        let end = spells.iter().map(|bounds| bounds.until_last).max().unwrap_or(i32::MIN);
        let exact = match (spells, stands) {
            ([only], [stands]) if only.is_exact() => *stands,
            _ => 0,
        };
        Self { first, end, exact }
    }
}

const BLOCK: usize = 16;

/// Rows, those of a node together and in the order in which they may have begun.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    rows: Vec<u32>,
    firsts: Vec<i32>,
    ends: Vec<i32>,
    exact: Vec<u8>,
    /// The latest end of every block.
    latest: Vec<i32>,
}

/// What may hold: rows in their order, each with [`Hull::exact`].
pub(super) type Found = SmallVec<[(u32, u8); 16]>;

impl Timeline {
    /// Of rows that are sorted by node: `same` says whether two are of one node.
    pub(super) fn new(mut rows: Vec<u32>, hulls: &[Hull], same: impl Fn(u32, u32) -> bool) -> Self {
        let hull = |row: &u32| hulls[*row as usize];
        for of_node in rows.chunk_by_mut(|one, other| same(*one, *other)) {
            of_node.sort_unstable_by_key(|row| (hull(row).first, *row));
        }
        let ends: Vec<i32> = rows.iter().map(|row| hull(row).end).collect();
        Self {
            firsts: rows.iter().map(|row| hull(row).first).collect(),
            exact: rows.iter().map(|row| hull(row).exact).collect(),
            latest: ends.chunks(BLOCK).map(|block| block.iter().copied().max().unwrap_or(i32::MIN)).collect(),
            ends,
            rows,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Those of a node (its places in the list) that may hold on one of the days. Logarithmic in the node's own, linear in the
    /// sixteenth of those that had begun, and in the answer.
    pub(super) fn meeting(&self, of_node: std::ops::Range<usize>, days: Days) -> Found {
        let begun = self.firsts[of_node.clone()].partition_point(|first| *first < days.end);
        let (mut at, end) = (of_node.start, of_node.start + begun);
        let mut found = Found::new();
        while at < end {
            let block = at / BLOCK;
            let block_end = ((block + 1) * BLOCK).min(end);
            if self.latest[block] > days.first {
                let goes_on = (at..block_end).filter(|at| self.ends[*at] > days.first);
                found.extend(goes_on.map(|at| (self.rows[at], self.exact[at])));
            }
            at = block_end;
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Hull, Timeline};

    #[test]
    fn what_it_finds_is_what_reading_all_finds() {
        // Three nodes with spells spread by a fixed rule, some without beginning, some without end.
        let spread = |row: u32| (row.wrapping_mul(2_654_435_761) >> 16) as i32 % 1_000;
        let hulls: Vec<Hull> = (0..200)
            .map(|row| Hull {
                first: if row % 17 == 0 { i32::MIN } else { spread(row) },
                end: if row % 13 == 0 { i32::MAX } else { spread(row) + 1 + spread(row + 7) % 40 },
                exact: (row % 3) as u8,
            })
            .collect();
        let node = |row: u32| row / 70;
        let timeline = Timeline::new((0..200).collect(), &hulls, |one, other| node(one) == node(other));
        for of_node in [0..70, 70..140, 140..200_usize] {
            for first in -10..1_050 {
                for length in [1, 30] {
                    let days = Days { first, end: first + length };
                    let meets = |row: &u32| {
                        let hull = hulls[*row as usize];
                        hull.first < days.end && days.first < hull.end
                    };
                    let all: Vec<(u32, u8)> = (of_node.start as u32..of_node.end as u32)
                        .filter(meets)
                        .map(|row| (row, hulls[row as usize].exact))
                        .collect();
                    assert_eq!(timeline.meeting(of_node.clone(), days).to_vec(), all, "{days:?}");
                }
            }
        }
    }
}
