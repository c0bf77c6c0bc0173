//! Corpus-wide identity.

use std::fmt;
use std::str::FromStr;

use super::node::{Kind, NodeKind};

/// The corpus-wide identity of a node, `type/slug`: `nation/CAN`, `person/marc-garneau`, `detention/meng-2018`.
///
/// Equal keys in two articles are one node. A nation's slug is its key in the gazetteer.
///
/// ```
/// use comity::{Key, Nation, NodeKind};
/// let key: Key = "nation/CAN".parse()?;
/// assert_eq!((key.kind(), key.slug()), (NodeKind::Nation, "CAN"));
/// assert_eq!(key, Key::new::<Nation>("CAN")?);
/// assert!("CAN".parse::<Key>().is_err());
/// # Ok::<(), comity::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    kind: NodeKind,
    text: Box<str>,
}

/// Why a piece of text is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// There is no `/` in it.
    #[error("\"{0}\" is not a key: a key is type/slug")]
    NoType(String),
    /// What stands before the `/` is no kind of node.
    #[error("\"{0}\" is not a kind of node")]
    UnknownKind(String),
    /// The slug is empty, too long or has other characters than it may.
    #[error("\"{0}\" is not a slug: [A-Za-z0-9][A-Za-z0-9._-]*, at most 100")]
    Slug(String),
}

impl Key {
    /// The longest slug.
    pub const MAX_SLUG: usize = 100;

    /// The key of a node of this kind.
    ///
    /// # Errors
    /// [`KeyError::Slug`] if the slug is not `[A-Za-z0-9][A-Za-z0-9._-]*` of at most 100 characters.
    pub fn new<K: Kind>(slug: &str) -> Result<Self, KeyError> {
        Self::of(K::KIND, slug)
    }

    /// The key of a node of this kind, known at run time.
    ///
    /// # Errors
    /// As [`Key::new`].
    pub fn of(kind: NodeKind, slug: &str) -> Result<Self, KeyError> {
        if !is_slug(slug) {
            return Err(KeyError::Slug(slug.into()));
        }
        Ok(Self { kind, text: format!("{kind}/{slug}").into() })
    }

    /// The kind of node it names.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        self.kind
    }

    /// What stands after the `/`.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.text[self.kind.as_str().len() + 1..]
    }

    /// The whole key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Whether the text is a key, without making one.
pub(crate) fn is_key(text: &str) -> bool {
    text.split_once('/').is_some_and(|(kind, slug)| NodeKind::from_word(kind).is_some() && is_slug(slug))
}

/// Whether the text may stand after the `/` of a key.
pub(crate) fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= Key::MAX_SLUG
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (kind, slug) = text.split_once('/').ok_or_else(|| KeyError::NoType(text.into()))?;
        let kind = NodeKind::from_word(kind).ok_or_else(|| KeyError::UnknownKind(kind.into()))?;
        Self::of(kind, slug)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.text)
    }
}
