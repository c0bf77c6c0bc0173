//! Ids that mean something in one source only, in eight bytes.

use std::borrow::Cow;

use super::strings::{Strings, Text};

/// What the id begins with, kept once, and the number that it ends in.
///
/// Local ids are counted, nearly always: `f12`, `F00000123`. A string for each would take more room, and more time to put in order,
/// than all else that a claim says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LocalId {
    pub(crate) stem: Text,
    /// [`LocalId::UNCOUNTED`] if it ends in no number.
    pub(crate) number: u32,
}

impl LocalId {
    /// No id.
    pub(crate) const NONE: Self = Self { stem: Text::NONE, number: Self::UNCOUNTED };

    /// It ends in no number.
    pub(crate) const UNCOUNTED: u32 = u32::MAX;

    /// So many digits are a number for certain.
    const DIGITS: usize = 9;
}

/// The beginning of an id, and its number: zeros before it belong to the beginning, so that every id has one form.
fn split(id: &str) -> (&str, u32) {
    let digits = id.bytes().rev().take(LocalId::DIGITS).take_while(u8::is_ascii_digit).count();
    let (stem, number) = id.split_at(id.len() - digits);
    let zeros = number.bytes().take_while(|digit| *digit == b'0').count();
    match number[zeros..].parse() {
        Ok(number) => (&id[..stem.len() + zeros], number),
        Err(_) => (id, LocalId::UNCOUNTED),
    }
}

impl Strings {
    /// The id of this text.
    pub(crate) fn local_id(&mut self, id: &str) -> LocalId {
        let (stem, number) = split(id);
        LocalId { stem: self.intern(stem), number }
    }

    /// The id of this text, if it can be that of something.
    pub(crate) fn find_local_id(&self, id: &str) -> Option<LocalId> {
        let (stem, number) = split(id);
        self.find(stem).map(|stem| LocalId { stem, number })
    }

    /// The text of an id; empty for [`LocalId::NONE`].
    pub(crate) fn of_local_id(&self, id: LocalId) -> Cow<'_, str> {
        let stem = self.get(id.stem);
        match id.number {
            LocalId::UNCOUNTED => stem.into(),
            number => format!("{stem}{number}").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::batch::strings::Strings;

    #[test]
    fn an_id_comes_back_as_it_was_and_the_counted_share_a_beginning() {
        let mut strings = Strings::default();
        let ids = [
            "f1",
            "f12",
            "f007",
            "f0",
            "0",
            "",
            "12",
            "f",
            "é9",
            "a4294967295",
            "F00000123",
            "x000",
            "9".repeat(30).as_str(),
        ]
        .map(str::to_owned);
        for id in &ids {
            let local = strings.local_id(id);
            assert_eq!(strings.of_local_id(local), id.as_str());
            assert_eq!(strings.find_local_id(id), Some(local));
        }
        assert_eq!(strings.local_id("f1").stem, strings.local_id("f12").stem);
        assert_eq!(split("F00000123"), ("F00000", 123));
        assert_eq!(split("a4294967295").0, "a4");
    }
}
