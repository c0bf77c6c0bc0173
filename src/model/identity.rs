//! Identity in other people's schemes.

use std::fmt;
use std::str::FromStr;

/// What a node is called in an outside scheme, `scheme:id`: `wikidata:Q16`, `iso3166:CAN`, `cow:20`, `x_desk:17`.
///
/// ```
/// use comity::{Identity, IdentityError};
/// let canada: Identity = "cow:20".parse()?;
/// assert_eq!((canada.scheme(), canada.id()), ("cow", "20"));
/// assert!(matches!("Q16".parse::<Identity>(), Err(IdentityError::NoScheme(_))));
/// assert!(matches!("wikidata:16".parse::<Identity>(), Err(IdentityError::Malformed { .. })));
/// # Ok::<(), IdentityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(Box<str>);

/// Why a piece of text is not an identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// There is no `:` in it.
    #[error("\"{0}\" is not an identity: an identity is scheme:id")]
    NoScheme(String),
    /// Nobody knows the scheme. One's own begin with `x_`.
    #[error("\"{scheme}\" is not one of {}, nor an own x_...", Identity::SCHEMES.join(", "))]
    UnknownScheme {
        /// What stands before the `:`.
        scheme: String,
    },
    /// The scheme has no ids of that form.
    #[error("\"{id}\" is not of the form of {scheme}")]
    Malformed {
        /// The scheme.
        scheme: String,
        /// What stands after the `:`.
        id: String,
    },
}

impl Identity {
    /// The schemes that are known, in the order of the ontology.
    pub const SCHEMES: &'static [&'static str] = &["wikidata", "iso3166", "cow", "gw", "geonames", "viaf", "lei"];

    /// What stands before the `:`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.0.split_once(':').map_or("", |(scheme, _)| scheme)
    }

    /// What stands after the `:`.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, id)| id)
    }

    /// The whole.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_number(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty() && !id.starts_with('0')
}

impl FromStr for Identity {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, IdentityError> {
        let (scheme, id) = text.split_once(':').ok_or_else(|| IdentityError::NoScheme(text.into()))?;
        let upper = |byte: u8| byte.is_ascii_uppercase();
        let fits = match scheme {
            "wikidata" => id.strip_prefix('Q').is_some_and(is_number),
            "iso3166" => matches!(id.len(), 2 | 3) && id.bytes().all(upper),
            "cow" => is_number(id) && id.len() <= 3,
            "gw" => is_number(id) && id.len() <= 4,
            "geonames" | "viaf" => is_number(id),
            "lei" => id.len() == 20 && id.bytes().all(|byte| upper(byte) || byte.is_ascii_digit()),
            own if own.starts_with("x_")
                && own.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')) =>
            {
                !id.is_empty() && !id.contains(char::is_whitespace)
            }
            unknown => return Err(IdentityError::UnknownScheme { scheme: unknown.into() }),
        };
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(IdentityError::Malformed { scheme: scheme.into(), id: id.into() })
        }
    }
}

impl From<Identity> for Box<str> {
    fn from(identity: Identity) -> Self {
        identity.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
