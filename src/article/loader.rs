//! Loading: files, folders, strings and readers of annotated articles become a batch and a report.
//!
//! Nothing is loaded in part: an article with an error is rejected whole, and the others are read.

use std::fmt;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::limits::Limits;
use super::loading::Loading;
use super::progress::{Hook, Progress};
use crate::batch::Batch;
use crate::diagnostic::Report;

/// Reads annotated articles in the native format: `*.json`, one article each, and `*.jsonl`, one a line.
///
/// Articles are checked in full; what is wrong is in the report, with file, line, column, JSON pointer, the value and a hint.
/// Lines of one file are read in parallel, and the result is the same as on one thread.
///
/// ```no_run
/// use comity::{Graph, Loader};
/// let (batch, report) = Loader::new().with_texts("texts").load("articles")?;
/// print!("{report}");
/// let graph = Graph::new().apply(batch)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Loader {
    pub(super) texts: Option<PathBuf>,
    pub(super) limits: Limits,
    pub(super) suspects: bool,
    pub(super) threads: Option<NonZeroUsize>,
    pub(super) progress: Option<Hook>,
}

/// Some files could not be read at all: which is not that something in them is wrong. The others were, and what was loaded of
/// them is here.
///
/// ```
/// use comity::{Loader, Unread};
/// let error = Loader::new().load_all(["no-such.json"]).unwrap_err();
/// assert!(matches!(error.unread(), [Unread::Io { .. }]));
/// let (batch, report) = error.into_loaded();
/// assert_eq!((batch.sources(), report.read()), (0, 0));
/// ```
#[derive(Debug)]
pub struct LoadError {
    unread: Vec<Unread>,
    loaded: Box<(Batch, Report)>,
}

impl LoadError {
    /// What could not be read, in the order of reading; never empty.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// What was loaded of the rest.
    #[must_use]
    pub fn into_loaded(self) -> (Batch, Report) {
        *self.loaded
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, others @ ..] = &*self.unread else { return Ok(()) };
        write!(f, "{first}")?;
        if others.is_empty() { Ok(()) } else { write!(f, ", and {} more", others.len()) }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.unread.first()?.source()
    }
}

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unread {
    /// The operating system says why. Of a file of lines, those before are loaded.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder has no `*.json` or `*.jsonl` below it.
    #[error("no *.json or *.jsonl below {}", path.display())]
    NoArticles {
        /// The folder.
        path: PathBuf,
    },
}

impl Loader {
    /// With the default limits, and no other folder for texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Also looks in this folder for the texts of the articles: under the name that the annotation gives, then as
    /// `<article id>.txt`, then for any `*.txt` with the right digest.
    pub fn with_texts(mut self, folder: impl Into<PathBuf>) -> Self {
        self.texts = Some(folder.into());
        self
    }

    /// With other limits.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Also warns of what is legal and suspicious: an effect before its cause, a count that does not match its list, ...
    pub fn with_suspicions(mut self) -> Self {
        self.suspects = true;
        self
    }

    /// Reads JSON Lines on so many threads; the default is as many as the machine has. The result is the same.
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Tells how far it has come, from the thread that loads: for a bar. It makes no difference to what is loaded.
    pub fn with_progress(mut self, tell: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Hook::new(tell));
        self
    }

    /// Loads a file, or every `*.json` and `*.jsonl` below a folder, in the order of their paths.
    ///
    /// # Errors
    /// [`LoadError`] if a file or folder cannot be read. What is wrong *in* a file is in the report.
    pub fn load(&self, path: impl AsRef<Path>) -> Result<(Batch, Report), LoadError> {
        self.load_all([path])
    }

    /// Loads several files and folders into one batch, in the order given. Article ids must differ across all of them.
    ///
    /// # Errors
    /// As [`Loader::load`]; the other files are read all the same, and come with the error.
    pub fn load_all<P: AsRef<Path>>(&self, paths: impl IntoIterator<Item = P>) -> Result<(Batch, Report), LoadError> {
        let mut loading = Loading::new(self);
        let mut unread = Vec::new();
        for path in paths {
            for file in files(path.as_ref(), &mut unread) {
                if let Err(source) = loading.path(&file) {
                    unread.push(Unread::Io { path: file, source });
                }
            }
        }
        let loaded = loading.done();
        if unread.is_empty() { Ok(loaded) } else { Err(LoadError { unread, loaded: Box::new(loaded) }) }
    }

    /// Reads what a reader gives, under this name: one article a line if the name ends in `.jsonl`, else one article.
    ///
    /// # Errors
    /// What the reader says.
    pub fn read(&self, name: &str, reader: impl Read) -> io::Result<(Batch, Report)> {
        let mut loading = Loading::new(self);
        loading.file(name, None, None, reader)?;
        Ok(loading.done())
    }

    /// Reads a string, under this name: as [`Loader::read`].
    ///
    /// ```
    /// use comity::Loader;
    /// let (batch, report) = Loader::new().read_str("none.jsonl", "\n\n");
    /// assert_eq!((batch.sources(), report.read()), (0, 0));
    /// ```
    #[must_use]
    pub fn read_str(&self, name: &str, text: &str) -> (Batch, Report) {
        self.read(name, text.as_bytes()).expect("reading from memory does not fail")
    }
}

/// The files that a path stands for, in the order of their paths.
fn files(path: &Path, unread: &mut Vec<Unread>) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let before = unread.len();
    let mut files = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match entries {
            Ok(entries) => {
                for path in entries.into_iter().map(|entry| entry.path()) {
                    if path.is_dir() && !path.is_symlink() {
                        open.push(path);
                    } else if path.extension().is_some_and(|ending| ending == "json" || ending == "jsonl") {
                        files.push(path);
                    }
                }
            }
            Err(source) => unread.push(Unread::Io { path: folder, source }),
        }
    }
    files.sort();
    if files.is_empty() && unread.len() == before {
        unread.push(Unread::NoArticles { path: path.to_owned() });
    }
    files
}
