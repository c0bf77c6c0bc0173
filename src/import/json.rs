//! JSON of other people: its pieces as they stand, and where they stand, for diagnostics.
//!
//! It knows no format: the readers do.

use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::ledger::ImportReport;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::LineIndex;

/// A piece of JSON in a file.
pub(super) struct Document<'t> {
    file: &'t str,
    text: &'t str,
    index: LineIndex<'t>,
    /// How many lines of the file are before it.
    before: u32,
}

impl<'t> Document<'t> {
    pub(super) fn new(file: &'t str, text: &'t str, before: u32) -> Self {
        Self { file, text, index: LineIndex::new(text.as_bytes()), before }
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

    fn at(&self, code: Code, byte: usize, message: &str, hint: Option<&str>) -> Diagnostic {
        let position = self.index.position(byte);
        Diagnostic {
            file: self.file.into(),
            line: position.line + self.before,
            column: position.column.max(1),
            severity: code.severity(),
            code,
            path: String::new(),
            value: None,
            message: message.into(),
            hint: hint.map(Into::into),
        }
    }
}

/// About a line, or the file as a whole.
pub(super) fn wrong_line(file: &str, line: u32, code: Code, message: &str, hint: Option<&str>) -> Diagnostic {
    let whole = Document::new(file, "", line - 1);
    whole.at(code, 0, message, hint)
}

/// The whole of a file of so many bytes at most; what there is before it fails, with whether it did.
pub(super) fn read_whole(
    reader: impl Read,
    file: &str,
    most: u64,
    report: &mut ImportReport,
) -> Option<(String, bool)> {
    let mut bytes = Vec::new();
    let failed = reader.take(most + 1).read_to_end(&mut bytes).err();
    if let Some(error) = &failed {
        report.reject(wrong_line(file, 1, Code::I0106, &format!("the file cannot be read: {error}"), None));
    }
    if bytes.len() as u64 > most {
        let message = format!("the file has more than {most} bytes");
        report.reject(wrong_line(file, 1, Code::I0104, &message, Some("give it in parts")));
        return None;
    }
    let mut bytes = &*bytes;
    if let Some(rest) = bytes.strip_prefix("\u{feff}".as_bytes()) {
        bytes = rest;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some((text.into(), failed.is_some())),
        Err(_) if failed.is_some() => None,
        Err(error) => {
            let sound = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            let document = Document::new(file, sound, 0);
            report.reject(document.at(Code::I0101, sound.len(), "not UTF-8", Some("save the file as UTF-8")));
            None
        }
    }
}

/// The members of an object in their order, unread; an empty list, which some write for an empty object, has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Members<'t>(pub(super) Vec<(String, &'t RawValue)>);

impl<'t> Members<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&'t RawValue> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Members<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                let mut known = rustc_hash::FxHashSet::default();
                while let Some((key, value)) = map.next_entry::<String, &'de RawValue>()? {
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
