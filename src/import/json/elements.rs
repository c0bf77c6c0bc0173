//! The elements of a JSON file of any length, one after the other, in the memory of one.
//!
//! It knows no format, and does not read the elements: whoever does says what is wrong within one.

use std::io::Read;
use std::mem;

use super::Document;
use super::extent::{Extent, Reached, is_space};
use crate::diagnostic::{Code, Diagnostic};
use crate::import::reading_on::read_on;
use crate::import::wrong::wrong_at;
use crate::text::Position;

/// The most bytes of an element.
pub(in crate::import) const LONGEST: usize = 16 << 20;

/// An element of a file, and where it stands.
#[derive(Debug)]
pub(in crate::import) struct Element<'e> {
    pub(in crate::import) path: String,
    pub(in crate::import) place: Position,
    pub(in crate::import) text: &'e str,
}

impl<'e> Element<'e> {
    /// The element as a piece of this file, for diagnostics.
    pub(in crate::import) fn document(&self, file: &'e str) -> Document<'e> {
        Document::standing(file, self.text, self.place)
    }
}

/// What the elements at hand are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// A list: how many of them were looked at.
    List(u64),
    /// The object that has them as members, itself a member of one.
    Members,
}

/// How elements stand in the lines of a file: each at the beginning of one, so far in, with this byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Habit {
    column: u32,
    byte: u8,
}

/// A reader of elements: those of a list, the members of one member of an object, or values that stand one after another.
///
/// What is no element is told, and reading goes on with the next line that begins as elements of the file do: one line of a file with
/// an element a line costs no other.
pub(in crate::import) struct Elements<'r> {
    reader: Box<dyn Read + 'r>,
    file: &'r str,
    /// The member of an object whose members are elements; without it an object is an element.
    within: Option<&'static str>,
    /// What has been read and is not done with: never more than an element and a chunk.
    buffer: Vec<u8>,
    start: usize,
    /// Where `start` is, and whether only space is before it on its line.
    place: Position,
    is_first: bool,
    /// How much behind `start` was given out, and is done with when the next is asked for.
    given: usize,
    level: Option<Level>,
    habit: Option<Habit>,
    /// So far from `start` what is open at the end of a line is closed nowhere: there an element is over with its line.
    single_lines: usize,
    ended: bool,
    failure: Option<String>,
    /// Whether it was told that the file is cut off.
    is_cut: bool,
}

/// Where an element ends, or why there is none.
enum Found {
    /// The element ends there.
    Element(usize),
    /// It goes on there, and is too long.
    TooLong(usize, Extent),
    /// There it cannot go on.
    Fault(usize, &'static str),
    /// The file ends in it.
    Cut,
}

impl<'r> Elements<'r> {
    pub(in crate::import) fn new(reader: impl Read + 'r, file: &'r str, within: Option<&'static str>) -> Self {
        Self {
            reader: Box::new(reader),
            file,
            within,
            buffer: Vec::new(),
            start: 0,
            place: Position { line: 1, column: 1 },
            is_first: true,
            given: 0,
            level: None,
            habit: None,
            single_lines: 0,
            ended: false,
            failure: None,
            is_cut: false,
        }
    }

    /// The next element, or what stands in the place of one.
    pub(in crate::import) fn next(&mut self) -> Option<Result<Element<'_>, Box<Diagnostic>>> {
        let (path, length) = match self.find()? {
            Ok(found) => found,
            Err(wrong) => return Some(Err(wrong)),
        };
        self.given = length;
        let (place, file) = (self.place, self.file);
        let bytes = &self.buffer[self.start..self.start + length];
        Some(match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Element { path, place, text }),
            Err(error) => {
                let sound = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
                let document = Document::standing(file, sound, place);
                let not_utf8 = document.at(Code::I0101, sound.len(), "not UTF-8", Some("save the file as UTF-8"));
                Err(Box::new(Diagnostic { path, ..not_utf8 }))
            }
        })
    }

    /// The next element: its path, and its length from `start` on.
    fn find(&mut self) -> Option<Result<(String, usize), Box<Diagnostic>>> {
        let given = mem::take(&mut self.given);
        self.advance(given);
        if self.place == (Position { line: 1, column: 1 }) && self.has_mark() {
            self.start += 3;
        }
        loop {
            self.skip_to_value();
            let Some(byte) = self.byte(0) else { return self.end().map(Err) };
            match (self.level, byte) {
                (Some(Level::List(_)), b']') => self.leave(),
                (Some(Level::Members), b'}') => {
                    self.leave();
                    if let Err(wrong) = self.skip_rest() {
                        return Some(Err(wrong));
                    }
                }
                (Some(Level::Members), _) => return Some(self.member()),
                (None, b'[') => self.enter(Level::List(0)),
                (None, b'{') if self.enters_members() => {}
                _ => return Some(self.element()),
            }
        }
    }

    fn enter(&mut self, level: Level) {
        self.advance(1);
        (self.level, self.habit) = (Some(level), None);
    }

    fn leave(&mut self) {
        self.advance(1);
        (self.level, self.habit) = (None, None);
    }

    /// An element of a list, or a value by itself.
    fn element(&mut self) -> Result<(String, usize), Box<Diagnostic>> {
        let path = match &mut self.level {
            Some(Level::List(nth)) => {
                *nth += 1;
                format!("/{}", *nth - 1)
            }
            _ => String::new(),
        };
        self.learn_habit(b'{');
        let is_object = self.byte(0) == Some(b'{');
        match self.extent(0, Extent::of_value()) {
            // What is no object may be no JSON either, that only begins like some.
            Found::Element(end) if !is_object && !self.is_closed(end) => {
                Err(self.fault(&path, end, "a comma or the closing bracket must stand here"))
            }
            Found::Element(end) => Ok((path, end)),
            none => Err(self.none(&path, none)),
        }
    }

    /// A member: the path has its key.
    fn member(&mut self) -> Result<(String, usize), Box<Diagnostic>> {
        let within = self.within.unwrap_or_default();
        self.learn_habit(b'"');
        let Some((key, value)) = self.key(0) else {
            return Err(self.fault(&format!("/{within}"), 0, "a key and a colon must stand here"));
        };
        let path = format!("/{within}/{key}");
        match self.extent(value, Extent::of_value()) {
            Found::Element(end) => {
                self.advance(value);
                Ok((path, end - value))
            }
            none => Err(self.none(&path, none)),
        }
    }

    /// Whether the object that begins here has the elements as the members of a member: then it is entered. What is before that
    /// member is kept until it is known.
    fn enters_members(&mut self) -> bool {
        let Some(within) = self.within else { return false };
        let mut at = 1;
        loop {
            while self.byte(at).is_some_and(|byte| is_space(byte) || byte == b',') {
                at += 1;
            }
            let Some((key, value)) = self.key(at) else { return false };
            if key == within && self.byte(value) == Some(b'{') {
                self.advance(value);
                self.enter(Level::Members);
                return true;
            }
            match self.extent(value, Extent::of_value()) {
                Found::Element(end) => at = end,
                Found::TooLong(..) | Found::Fault(..) | Found::Cut => return false,
            }
        }
    }

    /// The key that begins there, and where its value does.
    fn key(&mut self, from: usize) -> Option<(String, usize)> {
        /// Keys are ids.
        const LONGEST_KEY: usize = 1 << 12;
        let mut at = from + 1;
        if self.byte(from) != Some(b'"') {
            return None;
        }
        while self.byte(at)? != b'"' {
            at += 1;
            if at - from > LONGEST_KEY || self.byte(at)? < b' ' {
                return None;
            }
        }
        let key = String::from_utf8_lossy(&self.buffer[self.start + from + 1..self.start + at]).into_owned();
        at += 1;
        while is_space(self.byte(at)?) {
            at += 1;
        }
        if self.byte(at)? != b':' {
            return None;
        }
        at += 1;
        while is_space(self.byte(at)?) {
            at += 1;
        }
        Some((key, at))
    }

    /// How the elements of this file stand in its lines, if the first of them that begins a line begins here.
    fn learn_habit(&mut self, byte: u8) {
        if self.habit.is_none() && self.is_first && self.byte(0) == Some(byte) {
            self.habit = Some(Habit { column: self.place.column, byte });
        }
    }

    /// How far the value that begins there goes.
    fn extent(&mut self, from: usize, mut extent: Extent) -> Found {
        let mut at = from;
        loop {
            let end = self.line_end(at);
            let (gone, reached) = extent.go(&self.buffer[self.start + at..self.start + end]);
            at += gone;
            match reached {
                Reached::End => return Found::Element(at),
                Reached::Fault(why) => return Found::Fault(at, why),
                Reached::More if at < self.single_lines && self.buffer[self.start + at - 1] == b'\n' => {
                    return Found::Fault(at, "it is not closed on its line");
                }
                Reached::More if at > LONGEST => return Found::TooLong(at, extent),
                Reached::More if self.start + at == self.buffer.len() && !self.fill() => {
                    // A number may end with the file, but then nobody knows whether it is whole.
                    return Found::Cut;
                }
                Reached::More => {}
            }
        }
    }

    /// To the end of what is at hand; where elements stand on one line, of the line.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.buffer[self.start + at..];
        let line = || rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        at + if at < self.single_lines { line() } else { rest.len() }
    }

    /// Goes through what is left of a value, and keeps nothing of it; where it cannot go on, the next line is for others to find.
    fn skip_value(&mut self, mut extent: Extent) {
        loop {
            let (gone, reached) = extent.go(&self.buffer[self.start..]);
            self.advance(gone);
            match reached {
                Reached::End => return,
                Reached::Fault(_) => return self.skip_to_element(),
                Reached::More if !self.fill() => return,
                Reached::More => {}
            }
        }
    }

    /// What is left of the object of the members.
    fn skip_rest(&mut self) -> Result<(), Box<Diagnostic>> {
        match self.extent(0, Extent::of_rest()) {
            Found::Element(end) => {
                self.advance(end);
                Ok(())
            }
            none => Err(self.none("", none)),
        }
    }

    /// Whether what follows on the line parts a value from the next.
    fn is_closed(&mut self, end: usize) -> bool {
        let mut at = end;
        while matches!(self.byte(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        match self.byte(at) {
            None | Some(b'\n' | b',') => true,
            Some(byte) => byte == b']' && self.level.is_some(),
        }
    }

    /// Tells why there is no element, and goes to the next.
    fn none(&mut self, path: &str, found: Found) -> Box<Diagnostic> {
        match found {
            Found::Element(at) => self.fault(path, at, "an element must stand here"),
            Found::Fault(at, why) => self.fault(path, at, why),
            Found::TooLong(at, extent) => {
                let message = format!("it is longer than {LONGEST} bytes");
                let wrong = self.told(Code::I0104, path, &message, Some("reading goes on behind it"));
                if self.habit.is_some() {
                    self.single_lines = self.single_lines.max(at);
                    self.skip_to_element();
                } else {
                    self.advance(at);
                    self.skip_value(extent);
                }
                Box::new(wrong)
            }
            Found::Cut => {
                let cut = self.told(Code::I0109, path, "the file ends in it: it is cut off", None);
                let wrong = self.failed().unwrap_or(cut);
                self.is_cut = true;
                // It may be that only its end is missing.
                self.single_lines = self.buffer.len() - self.start;
                self.skip_to_element();
                Box::new(wrong)
            }
        }
    }

    /// Tells that no element can go on there, and goes to the next line that begins as one.
    fn fault(&mut self, path: &str, at: usize, why: &str) -> Box<Diagnostic> {
        let bytes = &self.buffer[self.start..];
        let is_utf16 = self.place.line == 1 && (bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF"));
        let place = after(self.place, &bytes[..at.min(bytes.len())]);
        let mut wrong = if is_utf16 {
            wrong_at(self.file, place, Code::I0101, "the file is not UTF-8", Some("it is UTF-16: save it as UTF-8"))
        } else {
            wrong_at(
                self.file,
                place,
                Code::I0109,
                why,
                Some("reading goes on at the next line that begins as others do"),
            )
        };
        wrong.path = path.into();
        self.single_lines = self.single_lines.max(at);
        self.skip_to_element();
        Box::new(wrong)
    }

    fn told(&self, code: Code, path: &str, message: &str, hint: Option<&str>) -> Diagnostic {
        Diagnostic { path: path.into(), ..wrong_at(self.file, self.place, code, message, hint) }
    }

    /// That the reader failed, once.
    fn failed(&mut self) -> Option<Diagnostic> {
        let failure = self.failure.take()?;
        let message = format!("the file cannot be read any further: {failure}");
        Some(self.told(Code::I0106, "", &message, Some("what was read before is in the batch")))
    }

    /// What there is to say at the end of the file.
    fn end(&mut self) -> Option<Box<Diagnostic>> {
        let is_open = self.level.take().is_some() && !self.is_cut;
        let cut =
            is_open.then(|| self.told(Code::I0109, "", "the list or object is not closed: the file is cut off", None));
        self.failed().or(cut).map(Box::new)
    }

    /// To the next line, not the one at hand, that begins as elements do.
    fn skip_to_element(&mut self) {
        loop {
            match self.buffer[self.start..].iter().position(|byte| *byte == b'\n') {
                None => {
                    self.advance(self.buffer.len() - self.start);
                    if !self.fill() {
                        return;
                    }
                }
                Some(end) => {
                    self.advance(end + 1);
                    if self.begins_as_elements_do() {
                        return;
                    }
                }
            }
        }
    }

    fn begins_as_elements_do(&mut self) -> bool {
        /// No line is written further in.
        const FURTHEST: usize = 1 << 10;
        let mut indent = 0;
        while indent < FURTHEST && matches!(self.byte(indent), Some(b' ' | b'\t')) {
            indent += 1;
        }
        match (self.byte(indent), self.habit) {
            (Some(byte), Some(habit)) => byte == habit.byte && indent as u32 + 1 == habit.column,
            (Some(byte), None) => matches!(byte, b'{' | b'"'),
            (None, _) => false,
        }
    }

    /// Over space, and a comma in it. Where lines were shuffled or a file was cut in parts, it may be missing, or be one too many.
    fn skip_to_value(&mut self) {
        self.skip_space();
        if self.byte(0) == Some(b',') {
            self.advance(1);
            self.skip_space();
        }
    }

    fn skip_space(&mut self) {
        loop {
            let rest = &self.buffer[self.start..];
            let gone = rest.iter().position(|byte| !is_space(*byte)).unwrap_or(rest.len());
            self.advance(gone);
            if self.start < self.buffer.len() || !self.fill() {
                return;
            }
        }
    }

    fn has_mark(&mut self) -> bool {
        self.byte(2).is_some() && self.buffer[self.start..].starts_with("\u{feff}".as_bytes())
    }

    /// The byte so far from `start`.
    fn byte(&mut self, at: usize) -> Option<u8> {
        while self.start + at >= self.buffer.len() {
            if !self.fill() {
                return None;
            }
        }
        Some(self.buffer[self.start + at])
    }

    fn advance(&mut self, by: usize) {
        let gone = &self.buffer[self.start..self.start + by];
        let line = gone.iter().rposition(|byte| *byte == b'\n').map_or(gone, |end| &gone[end + 1..]);
        let is_blank = line.iter().all(|byte| is_space(*byte));
        self.is_first = is_blank && (self.is_first || line.len() < gone.len());
        self.place = after(self.place, gone);
        self.start += by;
        self.single_lines = self.single_lines.saturating_sub(by);
    }

    /// Reads on; whether there was more.
    fn fill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        // What is done with is thrown away when it is as much as what is not, so that nothing is moved often.
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let more = read_on(&mut self.reader, &mut self.buffer).unwrap_or_else(|error| {
            self.failure = Some(error.to_string());
            false
        });
        self.ended = !more;
        more
    }
}

/// The place behind these bytes.
fn after(place: Position, bytes: &[u8]) -> Position {
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    let last = bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes, |end| &bytes[end + 1..]);
    let columns = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let column = if lines == 0 { place.column } else { 1 };
    Position { line: place.line.saturating_add(narrow(lines)), column: column.saturating_add(narrow(columns)) }
}
