//! Digests: of a whole text, and of the words of a mention.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a text in UTF-8.
///
/// ```
/// use comity::Digest;
/// let digest = Digest::of("");
/// assert!(digest.to_string().starts_with("e3b0c44298fc1c14"));
/// assert_eq!(digest.to_string().parse(), Ok(digest));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of this text. Linear in its bytes.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

/// The hash of a mention's words: the first eight bytes of the SHA-256 of its pieces, joined by U+001F.
///
/// ```
/// use comity::MentionHash;
/// assert_eq!(MentionHash::of(["Iceland"]).to_string(), "595d6d914950b8a2");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionHash([u8; 8]);

impl MentionHash {
    /// The hash of no words.
    pub(crate) const OF_NOTHING: Self = Self([0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14]);

    /// The hash of these pieces, in their order. Linear in their bytes.
    #[must_use]
    pub fn of<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        let mut hasher = Sha256::new();
        for (nth, piece) in pieces.into_iter().enumerate() {
            if nth > 0 {
                hasher.update([0x1f]);
            }
            hasher.update(piece.as_bytes());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize()[..8]);
        Self(first)
    }
}

/// The text is not so many lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not {0} lower-case hexadecimal digits")]
pub struct NotHex(usize);

fn nibble(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Two digits a byte, and no others.
fn unhex(text: &str, bytes: &mut [u8]) -> Result<(), NotHex> {
    let wrong = NotHex(bytes.len() * 2);
    if text.len() != bytes.len() * 2 {
        return Err(wrong);
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = nibble(pair[0]).zip(nibble(pair[1])).map(|(high, low)| high << 4 | low).ok_or(wrong)?;
    }
    Ok(())
}

impl Digest {
    pub(crate) fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl MentionHash {
    pub(crate) fn to_bytes(self) -> [u8; 8] {
        self.0
    }

    pub(crate) fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }
}

impl FromStr for Digest {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let mut digest = [0; 32];
        unhex(text, &mut digest)?;
        Ok(Self(digest))
    }
}

impl FromStr for MentionHash {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let mut hash = [0; 8];
        unhex(text, &mut hash)?;
        Ok(Self(hash))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for MentionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for MentionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::MentionHash;

    #[test]
    fn the_hash_of_no_words_is_that_of_the_empty_text() {
        assert_eq!(MentionHash::OF_NOTHING, MentionHash::of([]));
    }
}
