//! How much is read.

/// Limits of reading. What is over one is refused with its code, never cut.
///
/// ```
/// use comity::{Code, Limits, Loader};
/// let small = Loader::new().with_limits(Limits { file_bytes: 10, ..Limits::default() });
/// let (_, report) = small.read_str("note.json", "{\"format\": 1}");
/// assert_eq!(report.diagnostics()[0].code, Code::C0901);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file: 67,108,864. For JSON Lines in bulk raise it: of a file they are read block by block.
    pub file_bytes: usize,
    /// Bytes of a line of JSON Lines: 16,777,216.
    pub line_bytes: usize,
    /// How deep objects and lists are nested: 128. More than 512 is taken for 512.
    pub depth: usize,
    /// Ids in an article: 200,000.
    pub ids: usize,
    /// Spans of a mention: 1,000.
    pub spans_per_mention: usize,
    /// Spans in an article: 1,000,000.
    pub spans: usize,
    /// Items of a list of ids: 10,000.
    pub list_items: usize,
    /// Diagnostics of a file: 1,000.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 67_108_864,
            line_bytes: 16_777_216,
            depth: 128,
            ids: 200_000,
            spans_per_mention: 1_000,
            spans: 1_000_000,
            list_items: 10_000,
            diagnostics: 1_000,
        }
    }
}
