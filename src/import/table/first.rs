//! The first line of a table, looked at before the table is read: some data sets come in more than one dress.

use std::io::{self, Cursor, Read};

use super::Format;

impl Format {
    /// The format of a table that begins with this line.
    pub(crate) fn of(first: &[u8]) -> Self {
        let count = |parts: u8| first.iter().filter(|byte| **byte == parts).count();
        match (count(b'\t'), count(b';'), count(b',')) {
            (1.., ..) => Self::Tabs,
            (_, semicolons, commas) if semicolons > commas => Self::Semicolons,
            _ => Self::Commas,
        }
    }
}

/// The most that is read ahead.
const FIRST_LINE: usize = 1 << 16;

/// The first line that is not blank, as far as it is not too long, and the whole again from its begin.
pub(crate) fn first_line<'r>(mut reader: impl Read + 'r) -> (Vec<u8>, impl Read + 'r) {
    let (mut begun, mut failure, mut chunk) = (Vec::new(), None, [0; 4_096]);
    let line = |begun: &[u8]| {
        let text = begun.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begun).trim_ascii_start();
        text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map(|end| text[..end].to_vec())
    };
    while begun.len() < FIRST_LINE && line(&begun).is_none() {
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => begun.extend_from_slice(&chunk[..read.min(chunk.len())]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    let first = line(&begun).unwrap_or_else(|| begun.trim_ascii_start().to_vec());
    (first, Cursor::new(begun).chain(Fails(failure)).chain(reader))
}

/// Gives the failure again that stopped the reading ahead.
struct Fails(Option<io::Error>);

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
