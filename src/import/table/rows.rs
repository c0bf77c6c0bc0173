//! Rows of delimited text, one after the other, in bounded memory whatever comes.
//!
//! It knows no columns. What parts fields is csv-core's business; where a row that is none ends is decided here: at the next line.

use std::io::Read;

use csv_core::{ReadFieldResult, ReadRecordResult, Reader, ReaderBuilder};

use crate::import::reading_on::read_on;

/// How the fields of a table are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// By commas; a field may stand in double quotes.
    Commas,
    /// As by commas, as programs write them where a comma stands in numbers.
    Semicolons,
    /// By tabs; a quote is a character as any other, but where quotes stand around a whole field they are no part of it.
    Tabs,
}

/// The longest row, in bytes.
pub(crate) const ROW_BYTES: usize = 1 << 20;
/// The most fields of a row.
pub(crate) const FIELDS: usize = 4_096;

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// A row: its fields are there.
    Row,
    /// Something that is none. Reading goes on at the next line.
    NoRow(NoRow),
    /// Nothing.
    End,
}

/// Why something is no row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoRow {
    /// It is longer than [`ROW_BYTES`].
    TooLong,
    /// It has more fields than [`FIELDS`].
    TooManyFields,
    /// It has another number of fields than the table has columns.
    Fields(usize),
    /// A quote is open where the row should end.
    OpenQuote,
    /// The reader failed. Nothing follows.
    Failed(String),
}

/// A line of the buffer, by where it ends: past its line feed.
enum Line {
    Whole(usize),
    /// Without a line feed: the last one.
    Last(usize),
    TooLong,
    None,
}

/// A reader of rows.
pub(super) struct Rows<'r> {
    reader: Box<dyn Read + 'r>,
    format: Format,
    parser: Reader,
    /// What has been read and is not done with: never more than a row and a chunk.
    buffer: Vec<u8>,
    /// Where the row begins, or the one to come.
    start: usize,
    /// The length of the row, and of what parts it from the next.
    row: usize,
    gap: usize,
    /// The line on which it begins, from 1.
    line: u32,
    /// So far from `start` a quote is known to close nowhere, so that no row runs over the end of its line.
    single_lines: usize,
    ended: bool,
    failure: Option<String>,
    /// How many fields each row must have, once that is known.
    pub(super) columns: Option<usize>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Format {
    fn delimiter(self) -> u8 {
        match self {
            Self::Commas => b',',
            Self::Semicolons => b';',
            Self::Tabs => b'\t',
        }
    }

    fn parser(self) -> Reader {
        let mut builder = ReaderBuilder::new();
        match self {
            Self::Commas | Self::Semicolons => builder.delimiter(self.delimiter()).quoting(true),
            Self::Tabs => builder.delimiter(self.delimiter()).quoting(false),
        };
        builder.build()
    }
}

impl<'r> Rows<'r> {
    pub(super) fn new(reader: impl Read + 'r, format: Format) -> Self {
        Self {
            reader: Box::new(reader),
            format,
            parser: format.parser(),
            buffer: Vec::new(),
            start: 0,
            row: 0,
            gap: 0,
            line: 1,
            single_lines: 0,
            ended: false,
            failure: None,
            columns: None,
            fields: vec![0; 4_096],
            ends: vec![0; 64],
            count: 0,
        }
    }

    /// The next row that is not blank, or what stands instead of it.
    pub(super) fn next(&mut self) -> Next {
        self.advance(self.row + self.gap);
        (self.row, self.gap, self.count) = (0, 0, 0);
        let (end, is_last) = loop {
            let (end, is_last) = match self.line_end(0) {
                Line::None => {
                    self.start = self.buffer.len();
                    return self.failure.take().map_or(Next::End, |failure| Next::NoRow(NoRow::Failed(failure)));
                }
                Line::TooLong => {
                    self.row = ROW_BYTES.min(self.buffer.len() - self.start);
                    return Next::NoRow(NoRow::TooLong);
                }
                Line::Whole(end) => (end, false),
                Line::Last(end) => (end, true),
            };
            if self.buffer[self.start..self.start + end].iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                self.advance(end);
            } else {
                break (end, is_last);
            }
        };
        match self.parse(end, is_last) {
            Ok(length) => {
                let is_one_line = length <= end;
                (self.row, self.gap) = (length, usize::from(self.buffer.get(self.start + length) == Some(&b'\n')));
                let is_other_count = self.columns.is_some_and(|columns| columns != self.count);
                // On several lines it is more likely a quote that closes where another one opens.
                if !is_one_line && (is_other_count || !self.is_quoted_well(length)) {
                    self.open_quote(end, length)
                } else if is_other_count {
                    Next::NoRow(NoRow::Fields(self.count))
                } else {
                    Next::Row
                }
            }
            // Too many fields on several lines are the fields of several rows.
            Err((no_row, scanned)) if no_row == NoRow::OpenQuote || scanned > end => self.open_quote(end, scanned),
            Err((no_row, _)) => {
                self.row = end;
                Next::NoRow(no_row)
            }
        }
    }

    /// Whether in a row of several lines quotes stand around whole fields only.
    fn is_quoted_well(&self, length: usize) -> bool {
        #[derive(Clone, Copy)]
        enum At {
            Begin,
            Plain,
            Quoted,
            Quote,
        }
        let row = &self.buffer[self.start..self.start + length];
        let delimiter = self.format.delimiter();
        let end = row.iter().try_fold(At::Begin, |at, byte| match (at, byte) {
            (At::Begin, b'"') | (At::Quote, b'"') => Some(At::Quoted),
            (At::Begin | At::Plain | At::Quote, byte) if *byte == delimiter || matches!(byte, b'\r' | b'\n') => {
                Some(At::Begin)
            }
            (At::Quoted, b'"') => Some(At::Quote),
            (At::Quoted, _) => Some(At::Quoted),
            (At::Plain, b'"') | (At::Quote, _) => None,
            (At::Begin | At::Plain, _) => Some(At::Plain),
        });
        end.is_some()
    }

    /// Gives up the first line only; what was looked at is read again, line by line.
    fn open_quote(&mut self, end: usize, scanned: usize) -> Next {
        (self.row, self.gap) = (end, 0);
        self.single_lines = self.single_lines.max(scanned);
        Next::NoRow(NoRow::OpenQuote)
    }

    /// Parts the row that begins at `start` into fields; its first line ends at `end`. Gives its length; without a row, how far
    /// was looked.
    fn parse(&mut self, end: usize, is_last: bool) -> Result<usize, (NoRow, usize)> {
        self.parser.reset();
        let (mut end, mut is_last) = (end, is_last);
        let (mut fed, mut written) = (0, 0);
        let mut is_over = false;
        loop {
            // A last line is as good as one that ends.
            let input = if is_over { &b"\n"[..] } else { &self.buffer[self.start + fed..self.start + end] };
            let (result, read, wrote, ends) =
                self.parser.read_record(input, &mut self.fields[written..], &mut self.ends[self.count..]);
            (written, self.count) = (written + wrote, self.count + ends);
            if !is_over {
                fed += read;
            }
            match result {
                ReadRecordResult::Record => return Ok(fed),
                ReadRecordResult::End => return Err((NoRow::OpenQuote, fed)),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= FIELDS => {
                    return Err((NoRow::TooManyFields, fed));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize((self.ends.len() * 2).min(FIELDS), 0),
                ReadRecordResult::InputEmpty if is_over || fed < self.single_lines => {
                    return Err((NoRow::OpenQuote, fed));
                }
                ReadRecordResult::InputEmpty if is_last => is_over = true,
                // Within quotes: the row goes on.
                ReadRecordResult::InputEmpty => match self.line_end(end) {
                    Line::Whole(next) => end = next,
                    Line::Last(next) => (end, is_last) = (next, true),
                    Line::None | Line::TooLong => {
                        let scanned = self.buffer.len() - self.start;
                        return Err((NoRow::OpenQuote, scanned));
                    }
                },
            }
        }
    }

    /// The end of the line that begins so far from `start`, and ends within a row's length of it.
    fn line_end(&mut self, from: usize) -> Line {
        let mut looked = from;
        loop {
            let rest = &self.buffer[self.start + looked..];
            if let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
                let end = looked + at + 1;
                return if end > ROW_BYTES { Line::TooLong } else { Line::Whole(end) };
            }
            looked += rest.len();
            if looked > ROW_BYTES {
                return Line::TooLong;
            }
            if self.ended {
                // What a failed reader left may be half a row.
                return if looked == from || self.failure.is_some() { Line::None } else { Line::Last(looked) };
            }
            self.fill();
        }
    }

    /// Moves to the end of the row, and if that is within a line, to the end of the line. Counts lines.
    fn advance(&mut self, by: usize) {
        let to = (self.start + by).min(self.buffer.len());
        let lines = self.buffer[self.start..to].iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.single_lines = self.single_lines.saturating_sub(by);
        self.start = to;
        // Of a line that is too long nothing is kept.
        while by >= ROW_BYTES && self.buffer.get(self.start.wrapping_sub(1)) != Some(&b'\n') {
            let rest = &self.buffer[self.start..];
            match rest.iter().position(|byte| *byte == b'\n') {
                Some(at) => {
                    self.start += at + 1;
                    self.line = self.line.saturating_add(1);
                }
                None if self.ended => {
                    self.start = self.buffer.len();
                    return;
                }
                None => {
                    self.start = self.buffer.len();
                    self.fill();
                }
            }
        }
    }

    fn fill(&mut self) {
        self.buffer.drain(..self.start);
        self.start = 0;
        let more = read_on(&mut self.reader, &mut self.buffer).unwrap_or_else(|error| {
            self.failure = Some(error.to_string());
            false
        });
        self.ended = !more;
    }

    /// The line on which the row begins.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// How many fields the row has.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// A field of the row; empty past the last.
    pub(super) fn field(&self, nth: usize) -> &[u8] {
        if nth >= self.count {
            return &[];
        }
        let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        let field = &self.fields[start..self.ends[nth]];
        match field {
            [b'"', within @ .., b'"'] if self.format == Format::Tabs && !within.contains(&b'"') => within,
            field => field,
        }
    }

    /// The line and column (in code points, from 1) at which a field begins: looked for only when it must be told.
    pub(super) fn place(&self, nth: usize) -> (u32, u32) {
        let row = &self.buffer[self.start..self.start + self.row];
        let (mut parser, mut output) = (self.format.parser(), [0; 256]);
        let (mut at, mut field) = (0, 0);
        while field < nth && at < row.len() {
            let (result, read, _) = parser.read_field(&row[at..], &mut output);
            at += read;
            match result {
                ReadFieldResult::Field { record_end: false } => field += 1,
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end: true } | ReadFieldResult::InputEmpty | ReadFieldResult::End => {
                    break;
                }
            }
        }
        let before = &row[..at];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |line_feed| line_feed + 1);
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before[line_start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (self.line.saturating_add(narrow(lines)), narrow(column))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::{Format, Next, NoRow, ROW_BYTES, Rows};

    /// All rows, and what stands between them, with lines.
    fn all(text: &[u8], format: Format) -> Vec<(u32, Result<Vec<String>, NoRow>)> {
        let mut rows = Rows::new(text, format);
        let mut found = Vec::new();
        loop {
            let next = match rows.next() {
                Next::End => return found,
                Next::NoRow(no_row) => Err(no_row),
                Next::Row => {
                    rows.columns = Some(rows.columns.unwrap_or(rows.count()));
                    let fields = 0..rows.count();
                    Ok(fields.map(|nth| String::from_utf8_lossy(rows.field(nth)).into_owned()).collect())
                }
            };
            found.push((rows.line(), next));
        }
    }

    fn row(fields: &[&str]) -> Result<Vec<String>, NoRow> {
        Ok(fields.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn blank_lines_and_line_ends_of_any_kind_part_rows_and_are_counted() {
        let found = all(b"a,b\r\n\r\n\n\"1\r\n2\",\"x\"\"y\"\n3,\r\n4,5", Format::Commas);
        let expected =
            [(1, row(&["a", "b"])), (4, row(&["1\r\n2", "x\"y"])), (6, row(&["3", ""])), (7, row(&["4", "5"]))];
        assert_eq!(found, expected);
        assert_eq!(all(b"a\t\"b\n1\t2", Format::Tabs), [(1, row(&["a", "\"b"])), (2, row(&["1", "2"]))]);
    }

    #[test]
    fn a_quote_that_is_not_closed_costs_its_own_line_only() {
        let found = all(b"a,b\n1,\"2\n3,4\n5,6\n", Format::Commas);
        let open = Err(NoRow::OpenQuote);
        assert_eq!(found, [(1, row(&["a", "b"])), (2, open.clone()), (3, row(&["3", "4"])), (4, row(&["5", "6"]))]);
        // Also where the next quote closes it.
        let found = all(b"a,b\n1,\"2\n3,4\n5,\"6\"\n7,8\n", Format::Commas);
        let rows = [(3, row(&["3", "4"])), (4, row(&["5", "6"])), (5, row(&["7", "8"]))];
        assert_eq!(found[1], (2, open));
        assert_eq!(found[2..], rows);
    }

    #[test]
    fn quotes_that_open_on_every_line_are_read_in_linear_time() {
        let text = "x\",\"\"\"\n".repeat(200_000);
        let found = all(text.as_bytes(), Format::Commas);
        assert_eq!(found.len(), 200_000);
        assert!(found.iter().all(|(_, one)| *one == Err(NoRow::OpenQuote)));
    }

    #[test]
    fn a_row_too_long_costs_itself_and_no_memory() {
        struct Endless(usize);
        impl Read for Endless {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let length = into.len().min(self.0);
                into[..length].fill(b'x');
                self.0 -= length;
                Ok(length)
            }
        }
        let text = b"a,b\n".chain(Endless(50 << 20)).chain(&b"\n1,2\n"[..]);
        let mut rows = Rows::new(text, Format::Commas);
        assert_eq!(rows.next(), Next::Row);
        assert_eq!((rows.next(), rows.line()), (Next::NoRow(NoRow::TooLong), 2));
        assert_eq!((rows.next(), rows.line()), (Next::Row, 3));
        assert_eq!(rows.next(), Next::End);
        assert!(rows.buffer.capacity() <= 4 * ROW_BYTES, "{}", rows.buffer.capacity());
        let many = format!("a,b\n{}\n1,2\n", ",".repeat(5_000));
        let found = all(many.as_bytes(), Format::Commas);
        assert_eq!(found[1..], [(2, Err(NoRow::TooManyFields)), (3, row(&["1", "2"]))]);
    }

    #[test]
    fn half_a_row_before_a_failure_is_no_row() {
        struct Fails;
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the cable is out"))
            }
        }
        let mut rows = Rows::new(b"a,b\n1,2".chain(Fails), Format::Commas);
        assert_eq!(rows.next(), Next::Row);
        assert_eq!(rows.next(), Next::NoRow(NoRow::Failed("the cable is out".into())));
        assert_eq!(rows.next(), Next::End);
    }

    #[test]
    fn a_field_is_found_where_it_begins() {
        let mut rows = Rows::new("a,b,c\n\"ä\nö\",é,x\n".as_bytes(), Format::Commas);
        rows.next();
        rows.next();
        assert_eq!([rows.place(0), rows.place(1), rows.place(2)], [(2, 1), (3, 4), (3, 6)]);
    }
}
