//! An annotation as it stands, opened only where something in it is to be changed: what is not touched is written as it was
//! read, digit for digit, with its own keys in their own order.
//!
//! It is not the reader: it checks nothing but that the JSON is sound and that no key stands twice where it looks.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::layout::respaced;
use crate::text::{LineIndex, Position};

/// A piece of an annotation.
#[derive(Debug, Clone)]
pub(crate) enum Tree<'d> {
    /// As it was read.
    Unread(&'d RawValue),
    /// As it was read, elsewhere and before.
    Kept(Box<RawValue>),
    /// Put in its place.
    New(serde_json::Value),
    List(Vec<Tree<'d>>),
    Object(Members<'d>),
}

/// An opened object: its members in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members<'d>(IndexMap<Cow<'d, str>, Tree<'d>>);

/// Why a piece of an annotation cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    #[error("an object is needed")]
    NotObject,
    #[error("a list is needed")]
    NotList,
    #[error("key \"{0}\" appears twice in one object")]
    KeyTwice(String),
}

impl<'d> Members<'d> {
    pub(crate) fn get(&self, key: &str) -> Option<&Tree<'d>> {
        self.0.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Tree<'d>> {
        self.0.get_mut(key)
    }

    /// Puts the value in the place of the one that is there, or at the end.
    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<serde_json::Value>) {
        self.put(key, Tree::New(value.into()));
    }

    /// Puts the piece in the place of the one that is there, or at the end.
    pub(crate) fn put(&mut self, key: &'static str, piece: Tree<'d>) {
        self.0.insert(Cow::Borrowed(key), piece);
    }

    /// Puts a member before that of the other key; where there is none, at the end.
    pub(crate) fn put_before(&mut self, other: &str, key: &'static str, value: impl Into<serde_json::Value>) {
        self.remove(key);
        let at = self.0.get_index_of(other).unwrap_or(self.0.len());
        self.0.shift_insert(at, Cow::Borrowed(key), Tree::New(value.into()));
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.shift_remove(key);
    }

    /// Opens the lists of an article, so that each item is written on a line of its own.
    pub(crate) fn open_lists(&mut self) {
        for key in ["annotators", "mentions", "entities", "facts"] {
            // What is no list stays as it is: it is for the reader to say so.
            let _ = self.get_mut(key).map(Tree::open_list);
        }
    }

    /// Puts the value at the end, if there is one.
    pub(crate) fn set_some(&mut self, key: &'static str, value: Option<impl Into<serde_json::Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// Puts the list at the end, if there is anything in it.
    pub(crate) fn set_list<T: Into<serde_json::Value>>(&mut self, key: &'static str, items: impl Iterator<Item = T>) {
        let items: Vec<serde_json::Value> = items.map(Into::into).collect();
        if !items.is_empty() {
            self.set(key, items);
        }
    }

    /// Puts members at the end that were kept as the text of an object without its braces.
    pub(crate) fn keep(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        let text = format!("{{{text}}}");
        let kept: InOrder<'_> = serde_json::from_str(&text).expect("it was read from an object");
        self.0.extend(kept.0.into_iter().map(|(key, value)| (Cow::Owned(key), Tree::Kept(value.to_owned()))));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a member says, if it is as it was read and says such a thing.
    pub(crate) fn read<T: Deserialize<'d>>(&self, key: &str) -> Option<T> {
        self.get(key)?.read()
    }
}

impl<'d> Tree<'d> {
    /// Its items, once it is opened.
    ///
    /// # Errors
    /// [`Unfit`] if it is not a list.
    pub(crate) fn open_list(&mut self) -> Result<&mut Vec<Self>, Unfit> {
        if let Self::Unread(raw) = self {
            let items: Vec<&'d RawValue> = serde_json::from_str(raw.get()).map_err(|_| Unfit::NotList)?;
            *self = Self::List(items.into_iter().map(Self::Unread).collect());
        }
        match self {
            Self::List(items) => Ok(items),
            Self::Unread(_) | Self::Kept(_) | Self::New(_) | Self::Object(_) => Err(Unfit::NotList),
        }
    }

    /// Its members, once it is opened.
    ///
    /// # Errors
    /// [`Unfit`] if it is not an object, or a key stands in it twice.
    pub(crate) fn open_object(&mut self) -> Result<&mut Members<'d>, Unfit> {
        if let Self::Unread(raw) = self {
            let InOrder(pairs) = serde_json::from_str(raw.get()).map_err(|_| Unfit::NotObject)?;
            let mut members = Members(IndexMap::with_capacity(pairs.len()));
            for (key, value) in pairs {
                if members.get(&key).is_some() {
                    return Err(Unfit::KeyTwice(key));
                }
                members.0.insert(Cow::Owned(key), Self::Unread(value));
            }
            *self = Self::Object(members);
        }
        match self {
            Self::Object(members) => Ok(members),
            Self::Unread(_) | Self::Kept(_) | Self::New(_) | Self::List(_) => Err(Unfit::NotObject),
        }
    }

    /// What it says, if it is as it was read and says such a thing.
    pub(crate) fn read<T: Deserialize<'d>>(&self) -> Option<T> {
        match self {
            Self::Unread(raw) => serde_json::from_str(raw.get()).ok(),
            Self::Kept(_) | Self::New(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Where it stands in the annotation that it was read from, in bytes; none once it is opened.
    pub(crate) fn offset(&self, annotation: &str) -> Option<usize> {
        let Self::Unread(raw) = self else { return None };
        (raw.get().as_ptr() as usize).checked_sub(annotation.as_ptr() as usize)
    }
}

/// The members of an object as they come, keys that stand twice among them.
struct InOrder<'d>(Vec<(String, &'d RawValue)>);

impl<'d> Deserialize<'d> for InOrder<'d> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'d> Visitor<'d> for Each {
            type Value = InOrder<'d>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<InOrder<'d>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(InOrder(members))
            }
        }

        deserializer.deserialize_map(Each)
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unread(raw) => respaced_value(raw)?.serialize(serializer),
            Self::Kept(raw) => respaced_value(raw)?.serialize(serializer),
            Self::New(value) => value.serialize(serializer),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Self::Object(members) => members.serialize(serializer),
        }
    }
}

/// The same JSON, spaced as everything that is written.
pub(crate) fn respaced_value<E: serde::ser::Error>(raw: &RawValue) -> Result<Box<RawValue>, E> {
    RawValue::from_string(respaced(raw.get())).map_err(E::custom)
}

/// An annotation or draft that cannot be read at all: not JSON, or not of the form of an article.
///
/// ```
/// use comity::reanchor;
/// let error = reanchor("{\"mentions\": 7}", "").unwrap_err();
/// assert_eq!(error.to_string(), "1:14: mentions: a list is needed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct NotAnArticle {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// What is wrong there.
    pub what: String,
}

impl NotAnArticle {
    /// That there is something wrong at this byte of the annotation.
    pub(crate) fn at(annotation: &str, byte: Option<usize>, what: impl fmt::Display) -> Self {
        let Position { line, column } = LineIndex::new(annotation.as_bytes()).position(byte.unwrap_or(0));
        Self { line, column, what: what.to_string() }
    }
}

/// The whole annotation, opened; a byte order mark before it is skipped.
///
/// # Errors
/// [`NotAnArticle`] if it is not JSON, or not an object.
pub(crate) fn open(annotation: &str) -> Result<Members<'_>, NotAnArticle> {
    let json = annotation.strip_prefix('\u{feff}').unwrap_or(annotation);
    let raw: &RawValue = serde_json::from_str(json).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let start = json.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let byte = annotation.len() - json.len() + start + error.column().saturating_sub(1);
        let message = error.to_string();
        NotAnArticle::at(annotation, Some(byte), message.split(" at line ").next().unwrap_or(&message))
    })?;
    let mut root = Tree::Unread(raw);
    match root.open_object() {
        Ok(members) => Ok(std::mem::take(members)),
        Err(unfit) => Err(NotAnArticle::at(annotation, root.offset(annotation), unfit)),
    }
}
