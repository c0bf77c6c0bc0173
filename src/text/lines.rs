//! From a byte offset to the line and column that a person looks for.

/// A line and a column, both from 1, columns in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Where the lines of a text begin. Lines end at LF only.
#[derive(Debug)]
pub(crate) struct LineIndex<'t> {
    text: &'t [u8],
    starts: Vec<usize>,
    /// How many code points begin before each block: a file can be one line, and have thousands of places to be told.
    before: Vec<usize>,
}

/// Bytes of a block.
const BLOCK: usize = 1 << 12;

fn codepoints(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

impl<'t> LineIndex<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut sum = 0;
        let counted = text.chunks(BLOCK).map(|block| {
            sum += codepoints(block);
            sum
        });
        let before = std::iter::once(0).chain(counted).collect();
        Self { text, starts, before }
    }

    /// How many code points begin before this byte.
    fn codepoints_before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        self.before[block] + codepoints(&self.text[block * BLOCK..byte])
    }

    /// The position of this byte; one past the last is allowed. A byte order mark at the start has no column.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let before = self.codepoints_before(byte) - self.codepoints_before(start);
        let has_mark = start == 0 && byte > 0 && self.text.starts_with("\u{feff}".as_bytes());
        let column = before + usize::from(!has_mark);
        Position { line: line as u32, column: column as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn columns_count_code_points_and_lines_end_at_lf_only() {
        let text = "\u{feff}a\rb\n🌊ó!";
        let index = LineIndex::new(text.as_bytes());
        let at = |byte| (index.position(byte).line, index.position(byte).column);
        assert_eq!(at(3), (1, 1), "the byte order mark has no column");
        assert_eq!(at(5), (1, 3), "CR does not end a line");
        assert_eq!(at(text.len() - 1), (2, 3));
        assert_eq!(at(text.len()), (2, 4), "one past the last");
        let long = "ó".repeat(5000);
        let index = LineIndex::new(long.as_bytes());
        for byte in [0, 4094, 4096, 4098, 8192, 10_000] {
            assert_eq!(index.position(byte).column as usize, byte / 2 + 1, "across blocks");
        }
    }
}
