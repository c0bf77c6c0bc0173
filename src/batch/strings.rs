//! Strings, each kept once.

use std::hash::{BuildHasher, BuildHasherDefault, Hash};

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

/// Strings in one buffer, each kept once but for those that were [added](Strings::push) without looking.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    buffer: String,
    /// Where each string ends; it begins where the one before ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    /// Sorted ones are found by halves, and need no numbers.
    is_sorted: bool,
}

pub(super) fn hash(value: impl Hash) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(value)
}

impl Strings {
    /// The number of the string, given out now if it is new.
    pub(crate) fn intern(&mut self, text: &str) -> Text {
        debug_assert!(!self.is_sorted, "none is added to sorted ones");
        if let Some(known) = self.find_counted(text) {
            return known;
        }
        let new = self.push(text);
        let Self { buffer, ends, numbers, .. } = self;
        numbers.insert_unique(hash(text), new.0, |number| hash(slice(buffer, ends, *number)));
        new
    }

    /// Adds a string that is known by something else, so that it is not looked for here.
    pub(super) fn push(&mut self, text: &str) -> Text {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len() as u32);
        Text(self.ends.len() as u32 - 1)
    }

    /// The number of the string, or none for none.
    pub(crate) fn intern_some(&mut self, text: Option<&str>) -> Text {
        text.map_or(Text::NONE, |text| self.intern(text))
    }

    /// Strings that are sorted, each once: `ends` are where each ends in the buffer. None may be added to them.
    pub(crate) fn sorted(buffer: String, ends: Vec<u32>) -> Self {
        Self { buffer, ends, numbers: HashTable::new(), is_sorted: true }
    }

    /// Every string, by its number.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| slice(&self.buffer, &self.ends, number))
    }

    /// The number of the string, if it is known.
    pub(crate) fn find(&self, text: &str) -> Option<Text> {
        if self.is_sorted {
            return self.find_sorted(text);
        }
        self.find_counted(text)
    }

    fn find_counted(&self, text: &str) -> Option<Text> {
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

    /// Whether this string stands at this byte of all that was added.
    #[inline]
    pub(super) fn is_at(&self, byte: u32, text: &str) -> bool {
        self.buffer.as_bytes()[byte as usize..].starts_with(text.as_bytes())
    }

    /// At which byte the next string will stand.
    pub(super) fn next_byte(&self) -> u32 {
        self.buffer.len() as u32
    }

    /// The string of this number; empty for [`Text::NONE`].
    pub(crate) fn get(&self, text: Text) -> &str {
        if text.is_some() { slice(&self.buffer, &self.ends, text.0) } else { "" }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn slice<'b>(buffer: &'b str, ends: &[u32], number: u32) -> &'b str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] as usize };
    &buffer[start..ends[number] as usize]
}
