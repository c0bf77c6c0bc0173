//! The file around the parts: what it begins with, where each part stands, and the checksums over all of it.
//!
//! It knows nothing of what is in the parts.

use std::io::{self, Read, Write};

use xxhash_rust::xxh3::xxh3_64;

use super::error::OpenError;

/// No text file begins so, and one whose line ends were changed on the way no longer does.
const MAGIC: [u8; 8] = *b"\x89COMITY\n";

/// The version that is written, and the latest that can be read.
const VERSION: u32 = 2;

/// More than any file of this version has: a larger number is damage, not a reason to make room.
const MOST_PARTS: u32 = 1_000;

/// A part as the table at the front has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) tag: u32,
    length: u64,
    checksum: u64,
}

const ENTRY: usize = 20;

impl Entry {
    pub(super) fn length(self) -> u64 {
        self.length
    }

    /// Whether these are the bytes of the part.
    pub(super) fn fits(self, bytes: &[u8]) -> bool {
        self.length == bytes.len() as u64 && self.checksum == xxh3_64(bytes)
    }
}

/// Writes the parts, each with its tag. All of them are there at once: the table stands before them.
pub(super) fn write(parts: &[(u32, Vec<u8>, u64)], mut writer: impl Write) -> io::Result<()> {
    let mut front = Vec::with_capacity(MAGIC.len() + 16 + parts.len() * ENTRY);
    front.extend(MAGIC);
    front.extend(VERSION.to_le_bytes());
    front.extend((parts.len() as u32).to_le_bytes());
    for (tag, bytes, checksum) in parts {
        front.extend(tag.to_le_bytes());
        front.extend((bytes.len() as u64).to_le_bytes());
        front.extend(checksum.to_le_bytes());
    }
    front.extend(xxh3_64(&front).to_le_bytes());
    writer.write_all(&front)?;
    parts.iter().try_for_each(|(_, bytes, _)| writer.write_all(bytes))
}

pub(super) fn checksum(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// Reads up to the parts: gives the version, and their table, which is as it was written.
pub(super) fn read(mut reader: impl Read) -> Result<(u32, Vec<Entry>), OpenError> {
    const DAMAGED: OpenError = OpenError::Damaged { part: "table of parts" };
    let mut front = Vec::new();
    more(&mut reader, MAGIC.len() + 8, &mut front)?.then_some(()).ok_or(OpenError::NotSnapshot)?;
    if !front.starts_with(&MAGIC) {
        return Err(OpenError::NotSnapshot);
    }
    let word = |front: &[u8], at: usize| front[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let long = |front: &[u8], at: usize| front[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let (found, parts) = (word(&front, MAGIC.len()), word(&front, MAGIC.len() + 4));
    if !(1..=VERSION).contains(&found) {
        return Err(OpenError::Version { found, newest: VERSION });
    }
    if parts > MOST_PARTS {
        return Err(DAMAGED);
    }
    let start = front.len();
    more(&mut reader, parts as usize * ENTRY + 8, &mut front)?.then_some(()).ok_or(DAMAGED)?;
    let end = front.len() - 8;
    if xxh3_64(&front[..end]) != long(&front, end) {
        return Err(DAMAGED);
    }
    let entry = |entry: &[u8]| Entry { tag: word(entry, 0), length: long(entry, 4), checksum: long(entry, 12) };
    Ok((found, front[start..end].chunks_exact(ENTRY).map(entry).collect()))
}

/// Reads so many bytes more; whether they were there. Room is made as they come, not as they are promised.
pub(super) fn more(reader: &mut impl Read, length: usize, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let before = bytes.len();
    reader.take(length as u64).read_to_end(bytes)?;
    Ok(bytes.len() - before == length)
}
