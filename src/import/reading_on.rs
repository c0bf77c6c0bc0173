//! The bytes of a reader, some more at a time.

use std::io::{self, ErrorKind, Read};

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// Reads on behind what is in the buffer; whether there was more.
pub(super) fn read_on(reader: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let length = buffer.len();
    buffer.resize(length + CHUNK, 0);
    let read = loop {
        match reader.read(&mut buffer[length..]) {
            // No reader is trusted to say how much it gave.
            Ok(read) => break Ok(read.min(CHUNK)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    buffer.truncate(length + read.as_ref().copied().unwrap_or(0));
    read.map(|read| read > 0)
}
