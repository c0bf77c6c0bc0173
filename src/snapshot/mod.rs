//! Snapshots: a graph on disk, opened again in a fraction of the time that it takes to read what it was made of.
//!
//! No format for exchange: that is the native format, which says what an article says. A snapshot is one graph as one release
//! keeps it, with all that was worked out of its claims; later releases read it, other programs do not.

mod columns;
mod derived;
mod error;
mod file;
mod frame;
mod known;
mod odd;
mod older;
mod parts;
mod rows;
mod words;

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

pub use error::{Flaw, OpenError, SaveError};

use crate::graph::Graph;

/// A graph on disk.
impl Graph {
    /// Writes the graph to a file, which is there whole or not at all: after a crash it is the old one or the new one.
    ///
    /// The same graph gives the same bytes, whatever the order in which it was filled. Linear in its rows.
    ///
    /// # Errors
    /// [`SaveError`] if it cannot be written.
    ///
    /// ```
    /// use comity::{Batch, Graph, Nation, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let iceland = batch.node::<Nation>("ISL")?;
    /// batch.name(note, iceland, "Iceland");
    /// let path = std::env::temp_dir().join(format!("comity-save-{}", std::process::id()));
    /// Graph::new().apply(batch)?.save(&path)?;
    /// let again = Graph::open(&path)?;
    /// assert_eq!(again.node(again.find::<Nation>("ISL").expect("saved")).name(), Some("Iceland"));
    /// # std::fs::remove_file(path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        file::replace(path.as_ref(), |file| self.to_writer(file))
    }

    /// Opens a graph that was saved, by this release or an earlier one. It gives out handles of its own.
    ///
    /// Everything is read and looked at: a file that was changed in any way is an error, and one that was made up with care is
    /// an error too, or a graph that answers, never a panic. The room it takes is bounded by the length of the file,
    /// not by what the file says.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, is no snapshot, is of a later version, is damaged, or is no graph.
    ///
    /// ```
    /// use comity::{Graph, OpenError};
    /// let path = std::env::temp_dir().join(format!("comity-open-{}", std::process::id()));
    /// std::fs::write(&path, "The Union of ...")?;
    /// assert!(matches!(Graph::open(&path), Err(OpenError::NotSnapshot)));
    /// # std::fs::remove_file(path)?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        parts::read(file, length)
    }

    /// Writes the graph as [`Graph::save`] does, to wherever: no file is replaced, nothing is waited for.
    ///
    /// # Errors
    /// [`SaveError`] if it cannot be written.
    ///
    /// ```
    /// use comity::Graph;
    /// let mut bytes = Vec::new();
    /// Graph::new().to_writer(&mut bytes)?;
    /// assert_eq!(Graph::from_reader(&*bytes)?.nodes().len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_writer(&self, writer: impl Write) -> Result<(), SaveError> {
        parts::write(self, writer)
    }

    /// Reads a graph as [`Graph::open`] does, from wherever; the snapshot ends where the reader does. All of it is read first.
    ///
    /// # Errors
    /// [`OpenError`], likewise.
    ///
    /// ```
    /// use comity::{Graph, OpenError};
    /// let mut bytes = Vec::new();
    /// Graph::new().to_writer(&mut bytes)?;
    /// bytes.push(0);
    /// assert!(matches!(Graph::from_reader(&*bytes), Err(OpenError::Damaged { part: "end" })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_reader(mut reader: impl Read) -> Result<Self, OpenError> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        parts::read(&*bytes, bytes.len() as u64)
    }
}
