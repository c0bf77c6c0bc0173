//! What can go wrong with a snapshot.

use std::io;

/// Why a graph could not be saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// It could not be written. The file that was there before is as it was.
    #[error("the snapshot cannot be written")]
    Write(#[from] io::Error),
}

/// Why a snapshot could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It could not be read.
    #[error("the snapshot cannot be read")]
    Read(#[from] io::Error),
    /// It does not begin as a snapshot does.
    #[error("not a snapshot of a graph")]
    NotSnapshot,
    /// It was written by a later release, in a way that this one cannot read.
    #[error("a snapshot of version {found}: this release reads up to version {newest}")]
    Version {
        /// That of the file.
        found: u32,
        /// The latest that can be read.
        newest: u32,
    },
    /// It is not as it was written: something is missing, added or changed.
    #[error("the snapshot is damaged in its {part}")]
    Damaged {
        /// Which part of it.
        part: &'static str,
    },
    /// It is as it was written, and what was written is no graph.
    #[error("the {part} of the snapshot are those of no graph: {flaw}")]
    NoGraph {
        /// Which part of it.
        part: &'static str,
        /// What is wrong there.
        flaw: Flaw,
    },
}

/// What is wrong with a part of a snapshot that was written wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// It ends too soon.
    #[error("too short")]
    Short,
    /// Something stands after its end.
    #[error("too long")]
    Long,
    /// Two parts differ in how many rows there are.
    #[error("another number of rows than elsewhere")]
    Count,
    /// A number stands for nothing.
    #[error("a number that stands for nothing")]
    Number,
    /// A row that is not there is named.
    #[error("the number of no row")]
    Row,
    /// A word is in no list.
    #[error("an unknown word")]
    Word,
    /// Something that must be UTF-8, or JSON, is not.
    #[error("a broken text")]
    Text,
    /// There is no such date, or a period ends before it begins.
    #[error("no date")]
    Date,
    /// Rows are not in canonical order.
    #[error("out of order")]
    Order,
    /// An edge whose ends are not those of its relation, or an event of another kind.
    #[error("ends that do not fit")]
    Ends,
}
