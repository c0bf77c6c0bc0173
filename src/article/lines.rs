//! JSON Lines, block by block: whole lines, numbered, none longer than is read.

use std::io::{self, BufRead, Read};

/// Some lines of a file.
#[derive(Debug, Default)]
pub(super) struct Block {
    buffer: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// How many bytes of the file have been read with it.
    pub(super) end: u64,
}

/// A line: its number from 1, and where its bytes are in the block.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u32,
    start: usize,
    end: usize,
    pub(super) is_too_long: bool,
}

impl Block {
    /// The lines in so many parts of about as many bytes, of which some may be empty.
    pub(super) fn parts(&self, parts: usize) -> impl Iterator<Item = &[Line]> {
        let starts_before = move |part: usize| {
            let byte = self.buffer.len() * part / parts;
            self.lines.partition_point(|line| line.start < byte)
        };
        (0..parts).map(move |part| match part + 1 {
            last if last == parts => &self.lines[starts_before(part)..],
            next => &self.lines[starts_before(part)..starts_before(next)],
        })
    }

    /// The bytes of a line, without its end.
    pub(super) fn bytes(&self, line: &Line) -> &[u8] {
        &self.buffer[line.start..line.end]
    }
}

/// Reads a file of lines.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    line_bytes: usize,
    number: u32,
    bytes: u64,
}

/// About how many bytes a block has: enough to share out, little enough to forget.
const BLOCK_BYTES: usize = 8 << 20;

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R, line_bytes: usize) -> Self {
        Self { reader, line_bytes, number: 0, bytes: 0 }
    }

    /// The next lines, in the place of those of the block; none at the end.
    pub(super) fn next_block(&mut self, block: &mut Block) -> io::Result<()> {
        block.buffer.clear();
        block.lines.clear();
        while block.buffer.len() < BLOCK_BYTES {
            let start = block.buffer.len();
            // One byte more than a line may have, and its end.
            let most = (self.line_bytes as u64).saturating_add(2);
            let read = (&mut self.reader).take(most).read_until(b'\n', &mut block.buffer)?;
            if read == 0 {
                break;
            }
            self.bytes += read as u64;
            self.number += 1;
            let has_end = block.buffer.last() == Some(&b'\n');
            let mut end = block.buffer.len() - usize::from(has_end);
            if end > start && block.buffer[end - 1] == b'\r' {
                end -= 1;
            }
            let is_too_long = end - start > self.line_bytes;
            if is_too_long {
                block.buffer.truncate(start);
                end = start;
                if !has_end {
                    self.skip_to_end()?;
                }
            }
            block.lines.push(Line { number: self.number, start, end, is_too_long });
        }
        block.end = self.bytes;
        Ok(())
    }

    fn skip_to_end(&mut self) -> io::Result<()> {
        let mut scrap = Vec::new();
        loop {
            scrap.clear();
            let read = (&mut self.reader).take(1 << 16).read_until(b'\n', &mut scrap)?;
            self.bytes += read as u64;
            if read == 0 || scrap.last() == Some(&b'\n') {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, Lines};

    #[test]
    fn lines_end_at_lf_only_and_long_ones_are_skipped_to_their_end() {
        let mut lines = Lines::new(&b"a\r\n\nbb\rb\nlonger than six\nlast"[..], 6);
        let mut block = Block::default();
        lines.next_block(&mut block).unwrap();
        let read: Vec<_> = block.lines.iter().map(|line| (line.number, block.bytes(line), line.is_too_long)).collect();
        let expected: [(u32, &[u8], bool); 5] =
            [(1, b"a", false), (2, b"", false), (3, b"bb\rb", false), (4, b"", true), (5, b"last", false)];
        assert_eq!(read, expected);
        assert_eq!(block.end, 29);
        lines.next_block(&mut block).unwrap();
        assert!(block.lines.is_empty());
    }
}
