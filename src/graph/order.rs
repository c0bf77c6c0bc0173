//! Sorting of very many strings, on as many threads as there are.

use std::cmp::Ordering;

use crate::batch::strings::{Strings, Text};
use crate::threads;

/// Below this many another thread costs more than it does.
const MANY: usize = 1 << 14;

/// A string by its first sixteen bytes, which mostly decide: only where they are alike is it looked up.
struct Entry {
    head: u128,
    part: u32,
    number: u32,
}

impl Entry {
    fn new(text: &str, part: u32, number: u32) -> Self {
        let mut head = [0; 16];
        let shown = text.len().min(16);
        head[..shown].copy_from_slice(&text.as_bytes()[..shown]);
        Self { head: u128::from_be_bytes(head), part, number }
    }

    fn compare(&self, other: &Self, parts: &[Strings]) -> Ordering {
        let text = |entry: &Self| parts[entry.part as usize].get(Text(entry.number));
        self.head.cmp(&other.head).then_with(|| text(self).cmp(text(other)))
    }
}

/// All strings of all parts, as part and number, in the order of their bytes; equal ones beside each other.
pub(super) fn of_strings(parts: &[Strings]) -> impl Iterator<Item = (u32, u32)> {
    let mut entries = Vec::with_capacity(parts.iter().map(Strings::len).sum());
    for (part, strings) in (0..).zip(parts) {
        entries.extend((0..).zip(strings.iter()).map(|(number, text)| Entry::new(text, part, number)));
    }
    let threads = threads::worth(entries.len(), MANY);
    let share = entries.len().div_ceil(threads).max(1);
    let shares = entries.chunks_mut(share).collect();
    threads::each(threads, shares, |share: &mut [Entry]| {
        share.sort_unstable_by(|one, other| one.compare(other, parts));
    });
    // Runs that are sorted already: this merges them.
    entries.sort_by(|one, other| one.compare(other, parts));
    entries.into_iter().map(|entry| (entry.part, entry.number))
}
