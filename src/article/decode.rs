//! From bytes to text: the encoding of a file or line.

use super::reading::{Whereabouts, whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::LineIndex;

/// Where bytes stand in their file: only at its start is there a byte order mark, or a sign of another encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Later,
}

/// The text without its byte order mark, or why it is none.
pub(super) fn decode<'b>(bytes: &'b [u8], at: Whereabouts<'_>, place: Place) -> Result<&'b str, Box<Diagnostic>> {
    if let (Place::Start, Some((mark, name))) = (place, other_encoding(bytes)) {
        let message = format!("the file is {name}");
        return Err(Box::new(whole(at, Code::C0102, 1, Some(mark), &message, "save it as UTF-8")));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if place == Place::Start => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Ok(text) => Ok(text),
        Err(error) => {
            let bad = error.valid_up_to();
            let position = LineIndex::new(bytes).position(bad);
            let byte = bytes[bad];
            let hint = match byte {
                0xa0..=0xff => format!("0x{byte:02X} is \"{}\" in Latin-1: save the file as UTF-8", char::from(byte)),
                _ => "save the file as UTF-8".to_owned(),
            };
            let at = Whereabouts { line: at.line + position.line - 1, ..at };
            let value = Some(format!("0x{byte:02X}"));
            Err(Box::new(whole(at, Code::C0101, position.column, value, "invalid UTF-8", &hint)))
        }
    }
}

/// UTF-16 or UTF-32, by its mark, or by the zeros that JSON has in it.
pub(super) fn other_encoding(bytes: &[u8]) -> Option<(String, &'static str)> {
    let name = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'{' | b'[', ..] | [b'{' | b'[', 0, 0, 0, ..] => {
            "UTF-32"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..] => "UTF-16",
        _ => return None,
    };
    let shown: Vec<_> = bytes.iter().take(2).map(|byte| format!("{byte:02X}")).collect();
    Some((shown.join(" "), name))
}
