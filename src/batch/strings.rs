//! Strings, each kept once.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The number of a string in a [`Strings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Text(pub(crate) u32);

impl Text {
    /// No string.
    pub(crate) const NONE: Self = Self(u32::MAX);

    pub(crate) fn is_some(self) -> bool {
        self != Self::NONE
    }
}

/// Strings in one buffer, each kept once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    buffer: String,
    /// Where each string ends; it begins where the one before ends.
    ends: Vec<u32>,
    /// Empty for strings that came sorted: they are found by halves.
    numbers: HashTable<u32>,
}

fn hash(text: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(text)
}

impl Strings {
    /// The number of the string, given out now if it is new.
    pub(crate) fn intern(&mut self, text: &str) -> Text {
        let Self { buffer, ends, numbers } = self;
        let at = |number: u32| slice(buffer, ends, number);
        let entry = numbers.entry(hash(text), |number| at(*number) == text, |number| hash(at(*number)));
        Text(match entry {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(free) => {
                let number = ends.len() as u32;
                free.insert(number);
                buffer.push_str(text);
                ends.push(buffer.len() as u32);
                number
            }
        })
    }

    /// The number of the string, or none for none.
    pub(crate) fn intern_some(&mut self, text: Option<&str>) -> Text {
        text.map_or(Text::NONE, |text| self.intern(text))
    }

    /// Strings that are sorted, each once: `ends` are where each ends in the buffer. None may be added to them.
    pub(crate) fn sorted(buffer: String, ends: Vec<u32>) -> Self {
        Self { buffer, ends, numbers: HashTable::new() }
    }

    /// Every string, by its number.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| slice(&self.buffer, &self.ends, number))
    }

    /// The number of the string, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<Text> {
        if self.numbers.is_empty() {
            return self.find_sorted(text);
        }
        self.numbers.find(hash(text), |number| self.get(Text(*number)) == text).copied().map(Text)
    }

    fn find_sorted(&self, text: &str) -> Option<Text> {
        let (mut start, mut end) = (0, self.ends.len() as u32);
        while start < end {
            let middle = start + (end - start) / 2;
            match slice(&self.buffer, &self.ends, middle).cmp(text) {
                std::cmp::Ordering::Less => start = middle + 1,
                std::cmp::Ordering::Equal => return Some(Text(middle)),
                std::cmp::Ordering::Greater => end = middle,
            }
        }
        None
    }

    /// The string of this number; empty for [`Text::NONE`].
    pub(crate) fn get(&self, text: Text) -> &str {
        if text.is_some() { slice(&self.buffer, &self.ends, text.0) } else { "" }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives back what was reserved and not used.
    pub(crate) fn shrink(&mut self) {
        self.buffer.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn slice<'b>(buffer: &'b str, ends: &[u32], number: u32) -> &'b str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] as usize };
    &buffer[start..ends[number] as usize]
}
