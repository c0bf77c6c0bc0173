//! Very many strings put in order, on as many threads as there are.
//!
//! Names of events begin alike for longer than a processor compares at once, and each stands elsewhere in memory: so a string is
//! sorted by its next fifteen bytes, which travel with it, and looked up again only where these are alike (multikey quicksort of
//! Bentley and Sedgewick 1997, by more than a byte at a time).

use crate::batch::strings::{Strings, Text};
use crate::threads;

/// Below this many another thread costs more than it does.
const MANY: usize = 1 << 14;

/// Bytes that travel with a string.
const SHOWN: usize = 15;

/// What is alike for so long is compared as a whole.
const DEEP: usize = 8 * SHOWN;

/// A string, and what comes next in it.
#[derive(Clone, Copy)]
struct Entry {
    /// Fifteen bytes, zeros behind the end; the last byte says how many there were, or that it goes on.
    head: (u64, u64),
    part: u32,
    number: u32,
}

impl Entry {
    const GOES_ON: u64 = SHOWN as u64 + 1;

    /// Without the bytes before the depth.
    fn at(depth: usize, part: u32, number: u32, text: &str) -> Self {
        let rest = &text.as_bytes()[depth..];
        let shown = rest.len().min(SHOWN);
        let mut head = [0; SHOWN + 1];
        head[..shown].copy_from_slice(&rest[..shown]);
        head[SHOWN] = rest.len().min(Self::GOES_ON as usize) as u8;
        let head = u128::from_be_bytes(head);
        Self { head: ((head >> 64) as u64, head as u64), part, number }
    }

    fn goes_on(&self) -> bool {
        self.head.1 & 0xff == Self::GOES_ON
    }

    fn text<'s>(&self, parts: &'s [Strings]) -> &'s str {
        parts[self.part as usize].get(Text(self.number))
    }
}

/// Some of the strings, all of which come after those of the run before.
#[derive(Default)]
struct Run {
    entries: Vec<Entry>,
    /// Which text each is, from the first of the run.
    ranks: Vec<u32>,
    buffer: String,
    /// Where each text ends in the buffer.
    ends: Vec<u32>,
}

/// All strings of all parts in the order of their bytes, each once, and the new numbers of each part. O(n log n).
pub(super) fn merge(parts: &[Strings]) -> (Strings, Vec<Vec<Text>>) {
    let mut entries = Vec::with_capacity(parts.iter().map(Strings::len).sum());
    for (part, strings) in (0..).zip(parts) {
        entries.extend((0..).zip(strings.iter()).map(|(number, text)| Entry::at(0, part, number, text)));
    }
    let threads = threads::worth(entries.len(), MANY);
    let runs = threads::each(threads, shares(entries, threads), |entries| Run::new(entries, parts));

    let mut new: Vec<_> = parts.iter().map(|strings| vec![Text::NONE; strings.len()]).collect();
    let mut buffer = String::with_capacity(runs.iter().map(|run| run.buffer.len()).sum());
    let mut ends = Vec::with_capacity(runs.iter().map(|run| run.ends.len()).sum());
    for Run { entries, ranks, buffer: of_run, ends: ends_of_run } in runs {
        let (first, start) = (ends.len() as u32, buffer.len() as u32);
        for (entry, rank) in entries.into_iter().zip(ranks) {
            new[entry.part as usize][entry.number as usize] = Text(first + rank);
        }
        buffer.push_str(&of_run);
        ends.extend(ends_of_run.into_iter().map(|end| start + end));
    }
    (Strings::sorted(buffer, ends), new)
}

/// About as many in each share, and all of a share before all of the next: what begins alike is in one.
fn shares(entries: Vec<Entry>, threads: usize) -> Vec<Vec<Entry>> {
    if threads < 2 {
        return vec![entries];
    }
    let mut sample: Vec<_> = entries.iter().step_by(entries.len() / MANY + 1).map(|entry| entry.head).collect();
    sample.sort_unstable();
    let bounds: Vec<_> = (1..threads).map(|nth| sample[nth * sample.len() / threads]).collect();
    let mut shares: Vec<_> = (0..threads).map(|_| Vec::with_capacity(entries.len() / threads)).collect();
    for entry in entries {
        shares[bounds.partition_point(|bound| *bound <= entry.head)].push(entry);
    }
    shares
}

impl Run {
    fn new(mut entries: Vec<Entry>, parts: &[Strings]) -> Self {
        sort(&mut entries, 0, parts);
        let mut run = Self { ranks: Vec::with_capacity(entries.len()), ..Self::default() };
        let mut before = None;
        for entry in &entries {
            let text = entry.text(parts);
            if before.replace(text) != Some(text) {
                run.buffer.push_str(text);
                run.ends.push(run.buffer.len() as u32);
            }
            run.ranks.push(run.ends.len() as u32 - 1);
        }
        Self { entries, ..run }
    }
}

/// Sorts strings that are alike before the depth.
fn sort(entries: &mut [Entry], depth: usize, parts: &[Strings]) {
    entries.sort_unstable_by_key(|entry| entry.head);
    let alike = entries.chunk_by_mut(|one, other| one.head == other.head);
    for alike in alike.filter(|alike| alike.len() > 1 && alike[0].goes_on()) {
        let depth = depth + SHOWN;
        if depth > DEEP {
            alike.sort_unstable_by_key(|entry| entry.text(parts));
            continue;
        }
        alike.iter_mut().for_each(|entry| *entry = Entry::at(depth, entry.part, entry.number, entry.text(parts)));
        sort(alike, depth, parts);
    }
}

#[cfg(test)]
mod tests {
    use super::{MANY, merge};
    use crate::batch::strings::{Strings, Text};

    #[test]
    fn strings_come_in_the_order_of_their_bytes_each_once_with_their_new_numbers() {
        // Some end where others go on with zeros or letters, at the edge of what is looked at together, in both parts or one.
        let long = "x".repeat(70);
        let spread = |number: u32| number.wrapping_mul(2_654_435_761) >> 8;
        let text = |number: u32| match number % 4 {
            0 => format!("{}{}", &long[..spread(number) as usize % 70], "\0".repeat(number as usize % 3)),
            1 => format!("meeting-{}-{}", spread(number) % 50, spread(number)),
            2 => format!("{}é{}", &long[..number as usize % 33], spread(number) % 9),
            _ if number % 8 == 3 => format!("{}{}", long.repeat(1 + number as usize % 3), spread(number) % 999),
            _ => spread(number).to_string(),
        };
        for count in [0, 1, 100, 2 * MANY as u32] {
            let mut parts = [Strings::default(), Strings::default(), Strings::default()];
            for number in 0..count {
                let text = text(number);
                parts[number as usize % 2].intern(&text);
                if number % 5 == 0 {
                    parts[2].intern(&text);
                }
            }
            let mut all: Vec<&str> = parts.iter().flat_map(Strings::iter).collect();
            all.sort_unstable();
            all.dedup();
            let (whole, new) = merge(&parts);
            assert_eq!(whole.iter().collect::<Vec<_>>(), all);
            for (strings, new) in parts.iter().zip(new) {
                assert!(strings.iter().zip(new).all(|(text, number)| whole.get(number) == text));
            }
        }
    }

    #[test]
    fn a_very_long_string_twice_is_one() {
        let mut parts = [Strings::default(), Strings::default()];
        let long = "é".repeat(1 << 20);
        for strings in &mut parts {
            strings.intern(&long);
        }
        let (whole, new) = merge(&parts);
        assert_eq!((whole.len(), new), (1, vec![vec![Text(0)]; 2]));
    }
}
