//! A load under way: files are cut into articles, these are read and lowered, and the ledger is kept.
//!
//! What is sound and what is wrong is not decided here; only that no id is used twice.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::checks::Names;
use super::decode::{Place, decode, other_encoding};
use super::limits::Limits;
use super::lines::{Block, Line, Lines};
use super::loader::Loader;
use super::lower::lower;
use super::progress::Progress;
use super::reading::{Manner, Readout, Whereabouts, already_used, whole};
use super::scan::id_of;
use super::syntax::{Article, Str};
use super::textfiles::TextFiles;
use crate::batch::Batch;
use crate::batch::records::Records;
use crate::diagnostic::{Code, Diagnostic, Report};

/// A load under way.
pub(super) struct Loading<'l> {
    loader: &'l Loader,
    texts: TextFiles,
    /// What each thread has lowered, as many as there are to be.
    parts: Vec<Records>,
    /// In which of them each article is, in the order of reading.
    read_in: Vec<u32>,
    report: Report,
    /// The names of the files, in the order of reading.
    files: Vec<Box<str>>,
    /// Where each article id was first seen: the file, by its place among them, and the line.
    seen: FxHashMap<Box<str>, (usize, u32)>,
}

/// What came of a line: why it cannot be read at all, or the number of the line and what it reads as.
type Outcome = Result<(u32, Readout), Box<Diagnostic>>;

impl<'l> Loading<'l> {
    pub(super) fn new(loader: &'l Loader) -> Self {
        let threads = loader.threads.map_or_else(std::thread::available_parallelism, Ok).map_or(1, usize::from);
        Self {
            loader,
            texts: TextFiles::new(loader.texts.clone()),
            parts: vec![Records::default(); threads],
            read_in: Vec::new(),
            report: Report::default(),
            files: Vec::new(),
            seen: FxHashMap::default(),
        }
    }

    pub(super) fn done(self) -> (Batch, Report) {
        (Batch::from_parts(self.parts, self.read_in), self.report)
    }

    fn manner(&self) -> Manner<'l> {
        Manner { limits: &self.loader.limits, suspects: self.loader.suspects }
    }

    pub(super) fn path(&mut self, path: &Path) -> io::Result<()> {
        let file = std::fs::File::open(path)?;
        let about = file.metadata()?;
        let size = about.is_file().then_some(about.len());
        self.file(&path.to_string_lossy(), path.parent(), size, file)
    }

    pub(super) fn file(
        &mut self,
        name: &str,
        folder: Option<&Path>,
        size: Option<u64>,
        reader: impl Read,
    ) -> io::Result<()> {
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
        if is_blank(text.as_bytes()) {
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
        block.lines.iter().map(|line| block.bytes(line)).filter(|line| !is_blank(line)).all(|line| {
            let id = id_within(&line[..line.len().min(USUAL_PLACE)]).or_else(|| id_within(line));
            id.is_some_and(|id| id.is_none_or(|id| !self.seen.contains_key(&*id) && ids.insert(id)))
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
            let threads = self.parts.len().min(block.lines.len());
            let parts = block.parts(threads).zip(&mut self.parts);
            let started: Vec<_> = parts.map(|(lines, records)| scope.spawn(move || read(lines, records))).collect();
            let done = meanwhile();
            let outcomes = started.into_iter().map(|thread| thread.join().expect("reading does not panic"));
            (outcomes.collect::<Vec<_>>(), done)
        });
        for (part, outcomes) in (0..).zip(outcomes) {
            for outcome in outcomes {
                match outcome {
                    Ok((line, readout)) => self.enter(readout, line, part),
                    Err(diagnostic) => self.report.reject([*diagnostic]),
                }
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
            self.enter(readout, at.line, 0);
        }
    }

    /// Enters an article whose id is its own in the ledger; if it is sound, it has been lowered to this part.
    fn enter(&mut self, readout: Readout, line: u32, part: u32) {
        if let Some(id) = readout.id {
            self.seen.insert(id, (self.files.len() - 1, line));
        }
        if readout.is_sound {
            self.read_in.push(part);
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
        Ok(text) if is_blank(text.as_bytes()) => None,
        text => Some(text.map(|text| (text, at))),
    }
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Within how many bytes of a line its id mostly stands.
const USUAL_PLACE: usize = 512;

/// As [`id_of`], of text that may be cut off.
fn id_within(bytes: &[u8]) -> Option<Option<Str<'_>>> {
    id_of(bytes.utf8_chunks().next()?.valid())
}
