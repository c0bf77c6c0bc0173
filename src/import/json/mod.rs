//! JSON of other people: its pieces as they stand, and where they stand, for diagnostics.
//!
//! It knows no format: the readers do.

mod elements;
mod extent;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

pub(super) use elements::{Element, Elements};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::wrong::wrong_at;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{LineIndex, Position};

/// A piece of JSON in a file.
pub(super) struct Document<'t> {
    file: &'t str,
    text: &'t str,
    /// Made when something must be told: of most pieces nothing is.
    index: OnceCell<LineIndex<'t>>,
    /// Where in the file it begins.
    place: Position,
}

impl<'t> Document<'t> {
    /// A piece that begins on this line.
    pub(super) fn on_line(file: &'t str, text: &'t str, line: u32) -> Self {
        Self::standing(file, text, Position { line, column: 1 })
    }

    /// A piece that begins there.
    pub(super) fn standing(file: &'t str, text: &'t str, place: Position) -> Self {
        Self { file, text, index: OnceCell::new(), place }
    }

    /// Where in the file a piece of the text begins.
    pub(super) fn place(&self, piece: &str) -> Position {
        self.position((piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }

    fn position(&self, byte: usize) -> Position {
        let Position { line, column } = self.index.get_or_init(|| LineIndex::new(self.text.as_bytes())).position(byte);
        let before = if line == 1 { self.place.column - 1 } else { 0 };
        Position { line: self.place.line.saturating_add(line - 1), column: column.max(1).saturating_add(before) }
    }

    /// About a piece of the text.
    pub(super) fn wrong(&self, code: Code, at: &str, path: &str, message: &str, hint: Option<&str>) -> Box<Diagnostic> {
        let value: String = at.chars().take(60).collect();
        let value = if value.len() < at.len() { format!("{value}...") } else { value };
        let byte = (at.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let diagnostic = self.at(code, byte, message, hint);
        Box::new(Diagnostic { path: path.into(), value: (!value.is_empty()).then_some(value), ..diagnostic })
    }

    /// That a piece of the text is no JSON, or not what it must be.
    pub(super) fn unread(&self, code: Code, at: &str, path: &str, error: &serde_json::Error) -> Box<Diagnostic> {
        let line = at.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let byte = (line + error.column().saturating_sub(1)).min(at.len());
        let start = (at.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
        Box::new(Diagnostic { path: path.into(), ..self.at(code, start + byte, message, None) })
    }

    /// That an element is no JSON, or not what it must be.
    pub(super) fn not_read(&self, at: &str, path: &str, error: &serde_json::Error) -> Box<Diagnostic> {
        self.unread(if error.is_data() { Code::I0209 } else { Code::I0109 }, at, path, error)
    }

    fn at(&self, code: Code, byte: usize, message: &str, hint: Option<&str>) -> Diagnostic {
        wrong_at(self.file, self.position(byte), code, message, hint)
    }
}

/// The members of an object in their order, unread; an empty list, which some write for an empty object, has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Members<'t>(pub(super) Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'t> Members<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&'t RawValue> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Members<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        /// A key as it stands there, where nothing in it is escaped.
        #[derive(Deserialize)]
        struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                let mut known = rustc_hash::FxHashSet::default();
                while let Some((Key(key), value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    if !known.insert(key.clone()) {
                        return Err(A::Error::custom(format_args!("key {key:?} appears twice in one object")));
                    }
                    members.push((key, value));
                }
                Ok(Members(members))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Members<'de>, A::Error> {
                match list.next_element::<&'de RawValue>()? {
                    None => Ok(Members::default()),
                    Some(_) => Err(A::Error::custom("an object is needed, not a list")),
                }
            }
        }

        deserializer.deserialize_any(Each)
    }
}

/// As much of a text as a qualifier or gloss holds.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 500;
    match text.char_indices().nth(MOST) {
        Some(_) => text.chars().take(MOST - 3).chain("...".chars()).collect(),
        None => text.into(),
    }
}
