//! Loading: files, folders, strings and readers of annotated articles become a batch and a report.
//!
//! Nothing is loaded in part: an article with an error is rejected whole, and the others are read.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::checks::Names;
use super::decode::{Place, decode, other_encoding};
use super::limits::Limits;
use super::lines::{Block, Line, Lines};
use super::lower::lower;
use super::progress::{Hook, Progress};
use super::reading::{Manner, Readout, Whereabouts, already_used, whole};
use super::scan::id_of;
use super::syntax::Article;
use super::textfiles::TextFiles;
use crate::batch::Batch;
use crate::batch::records::Records;
use crate::diagnostic::{Code, Diagnostic, Report};

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
    texts: Option<PathBuf>,
    limits: Limits,
    suspects: bool,
    threads: Option<NonZeroUsize>,
    progress: Option<Hook>,
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

/// A load under way.
struct Loading<'l> {
    loader: &'l Loader,
    texts: TextFiles,
    /// What each thread has lowered, as many as there are to be.
    parts: Vec<Records>,
    report: Report,
    /// The names of the files, in the order of reading.
    files: Vec<Box<str>>,
    /// Where each article id was first seen: the file, by its place among them, and the line.
    seen: FxHashMap<Box<str>, (usize, u32)>,
}

/// What came of a line: why it cannot be read at all, or the number of the line and what it reads as.
type Outcome = Result<(u32, Readout), Box<Diagnostic>>;

impl<'l> Loading<'l> {
    fn new(loader: &'l Loader) -> Self {
        let threads = loader.threads.map_or_else(std::thread::available_parallelism, Ok).map_or(1, usize::from);
        Self {
            loader,
            texts: TextFiles::new(loader.texts.clone()),
            parts: vec![Records::default(); threads],
            report: Report::default(),
            files: Vec::new(),
            seen: FxHashMap::default(),
        }
    }

    fn done(self) -> (Batch, Report) {
        (Batch::from_parts(self.parts), self.report)
    }

    fn manner(&self) -> Manner<'l> {
        Manner { limits: &self.loader.limits, suspects: self.loader.suspects }
    }

    fn path(&mut self, path: &Path) -> io::Result<()> {
        let file = std::fs::File::open(path)?;
        let about = file.metadata()?;
        let size = about.is_file().then_some(about.len());
        self.file(&path.to_string_lossy(), path.parent(), size, file)
    }

    fn file(&mut self, name: &str, folder: Option<&Path>, size: Option<u64>, reader: impl Read) -> io::Result<()> {
        self.report.begin_file(self.loader.limits.diagnostics);
        self.files.push(name.into());
        let read = if name.ends_with(".jsonl") {
            self.lines(name, folder, size, reader)
        } else {
            self.document(name, folder, reader)
        };
        self.report.end_file();
        read
    }

    /// The bytes of a file that is read at once; none if it has more than it may.
    fn whole_file(&mut self, name: &str, reader: impl Read) -> io::Result<Option<Vec<u8>>> {
        let most = self.loader.limits.file_bytes;
        let mut bytes = Vec::new();
        reader.take((most as u64).saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() > most {
            self.too_large(name);
            return Ok(None);
        }
        Ok(Some(bytes))
    }

    fn too_large(&mut self, name: &str) {
        let message = format!("the file has more than {} bytes", self.loader.limits.file_bytes);
        let at = Whereabouts { file: name, line: 1 };
        self.report.reject([whole(at, Code::C0901, 1, None, &message, "split it, or raise the limit")]);
    }

    /// A file of one article.
    fn document(&mut self, name: &str, folder: Option<&Path>, reader: impl Read) -> io::Result<()> {
        let at = Whereabouts { file: name, line: 1 };
        let Some(bytes) = self.whole_file(name, reader)? else { return Ok(()) };
        let text = match decode(&bytes, at, Place::Start) {
            Ok(text) => text,
            Err(diagnostic) => {
                self.report.reject([*diagnostic]);
                return Ok(());
            }
        };
        if is_blank(text) {
            let hint = "an article is one JSON object";
            self.report.reject([whole(at, Code::C0103, 1, None, "the file holds no JSON value", hint)]);
            return Ok(());
        }
        self.article(text, at, folder);
        self.tell(name, bytes.len() as u64, Some(bytes.len() as u64));
        Ok(())
    }

    fn tell(&self, file: &str, bytes: u64, of: Option<u64>) {
        if let Some(hook) = &self.loader.progress {
            hook.tell(Progress { file, bytes, of, articles: self.report.read() });
        }
    }

    /// A file of one article a line. One that is over the limit is refused before any of its lines is taken: what is not a
    /// file, and does not say how much it has, is read whole before.
    fn lines(&mut self, name: &str, folder: Option<&Path>, size: Option<u64>, reader: impl Read) -> io::Result<()> {
        match size {
            Some(size) if size > self.loader.limits.file_bytes as u64 => self.too_large(name),
            Some(_) => return self.blocks(name, folder, size, BufReader::with_capacity(1 << 16, reader)),
            None => {
                if let Some(bytes) = self.whole_file(name, reader)? {
                    return self.blocks(name, folder, Some(bytes.len() as u64), &*bytes);
                }
            }
        }
        Ok(())
    }

    /// Block after block.
    fn blocks(&mut self, name: &str, folder: Option<&Path>, size: Option<u64>, reader: impl BufRead) -> io::Result<()> {
        let mut lines = Lines::new(reader, self.loader.limits.line_bytes);
        let (mut block, mut next) = (Block::default(), Block::default());
        lines.next_block(&mut block)?;
        while !block.lines.is_empty() {
            let start = block.lines.first().filter(|line| line.number == 1);
            if start.is_some_and(|line| other_encoding(block.bytes(line)).is_some()) {
                // Its lines are none: one rejection for the whole.
                if let Err(diagnostic) =
                    decode(block.bytes(&block.lines[0]), Whereabouts { file: name, line: 1 }, Place::Start)
                {
                    self.report.reject([*diagnostic]);
                }
                return Ok(());
            }
            let mut read_on = || lines.next_block(&mut next);
            let read = if self.parts.len() > 1 && self.are_new(&block) {
                self.side_by_side(&block, name, folder, read_on)
            } else {
                self.one_by_one(&block, name, folder);
                read_on()
            };
            self.tell(name, block.end, size);
            read?;
            std::mem::swap(&mut block, &mut next);
        }
        Ok(())
    }

    /// Whether the lines have ids, all different and none used before: then each can be lowered whatever comes of the others.
    fn are_new(&self, block: &Block) -> bool {
        let mut ids = FxHashSet::default();
        block.lines.iter().filter(|line| !line.is_too_long).all(|line| {
            let Ok(text) = std::str::from_utf8(block.bytes(line)) else { return false };
            is_blank(text)
                || id_of(text).is_some_and(|id| id.is_none_or(|id| !self.seen.contains_key(&*id) && ids.insert(id)))
        })
    }

    /// The lines of a block, each thread its part of them, while this one does what is to be done `meanwhile`.
    fn side_by_side<T>(
        &mut self,
        block: &Block,
        name: &str,
        folder: Option<&Path>,
        meanwhile: impl FnOnce() -> T,
    ) -> T {
        let (manner, texts) = (self.manner(), &self.texts);
        let read = |lines: &[Line], records: &mut Records| -> Vec<Outcome> {
            let mut article = |(text, at): (&str, Whereabouts<'_>)| {
                let take = |article: &Article<'_>, names: &Names<'_>, at_hand| lower(article, names, at_hand, records);
                (at.line, manner.read(text, at, |article| texts.find(article, folder), take))
            };
            lines
                .iter()
                .filter_map(|line| text_of(line, block, name, manner.limits))
                .map(|text| text.map(&mut article))
                .collect()
        };
        let (outcomes, done) = std::thread::scope(|scope| {
            let parts = block.parts(self.parts.len()).zip(&mut self.parts);
            let started: Vec<_> = parts.map(|(lines, records)| scope.spawn(move || read(lines, records))).collect();
            let done = meanwhile();
            let outcomes = started.into_iter().flat_map(|thread| thread.join().expect("reading does not panic"));
            (outcomes.collect::<Vec<_>>(), done)
        });
        for outcome in outcomes {
            match outcome {
                Ok((line, readout)) => self.enter(readout, line),
                Err(diagnostic) => self.report.reject([*diagnostic]),
            }
        }
        done
    }

    /// The lines of a block in their order: where one may be refused for its id, which depends on those before.
    fn one_by_one(&mut self, block: &Block, name: &str, folder: Option<&Path>) {
        for text in block.lines.iter().filter_map(|line| text_of(line, block, name, &self.loader.limits)) {
            match text {
                Ok((text, at)) => self.article(text, at, folder),
                Err(diagnostic) => self.report.reject([*diagnostic]),
            }
        }
    }

    /// Reads an article, and takes it into the batch unless it is not sound or its id is used already.
    fn article(&mut self, text: &str, at: Whereabouts<'_>, folder: Option<&Path>) {
        let manner = self.manner();
        let Self { texts, parts, seen, files, .. } = self;
        let take = |article: &Article<'_>, names: &Names<'_>, at_hand| {
            if article.id.as_deref().is_none_or(|id| !seen.contains_key(id)) {
                lower(article, names, at_hand, &mut parts[0]);
            }
        };
        let mut readout = manner.read(text, at, |article| texts.find(article, folder), take);
        let earlier = readout.id.as_deref().and_then(|id| Some((id, seen.get(id)?)));
        if let Some((id, (file, line))) = earlier {
            let file = &*files[*file];
            let place = if file == at.file { format!("line {line}") } else { format!("{file}:{line}") };
            let twice = already_used(id, &place, text, at, manner.limits);
            readout.diagnostics.push(twice);
            self.report.reject(readout.diagnostics);
        } else {
            self.enter(readout, at.line);
        }
    }

    /// Enters an article whose id is its own in the ledger.
    fn enter(&mut self, readout: Readout, line: u32) {
        if let Some(id) = readout.id {
            self.seen.insert(id, (self.files.len() - 1, line));
        }
        if readout.is_sound {
            self.report.keep(readout.diagnostics);
        } else {
            self.report.reject(readout.diagnostics);
        }
    }
}

/// The text of a line and where it stands, or why it has none; nothing for a blank one.
fn text_of<'b>(
    line: &Line,
    block: &'b Block,
    file: &'b str,
    limits: &Limits,
) -> Option<Result<(&'b str, Whereabouts<'b>), Box<Diagnostic>>> {
    let at = Whereabouts { file, line: line.number };
    if line.is_too_long {
        let message = format!("the line has more than {} bytes", limits.line_bytes);
        let hint = "split the article, or raise the limit";
        return Some(Err(Box::new(whole(at, Code::C0905, 1, None, &message, hint))));
    }
    let place = if line.number == 1 { Place::Start } else { Place::Later };
    match decode(block.bytes(line), at, place) {
        Ok(text) if is_blank(text) => None,
        text => Some(text.map(|text| (text, at))),
    }
}

fn is_blank(text: &str) -> bool {
    text.trim_matches([' ', '\t', '\n', '\r']).is_empty()
}
