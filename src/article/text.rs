//! The text that spans and hashes speak of, made from the text as it is in a file.

use std::borrow::Cow;

use crate::provenance::Newlines;

/// The text with one leading byte order mark removed and, unless it is to be taken raw, every CR LF and lone CR as LF.
/// Nothing else is changed; borrows where nothing is.
pub(crate) fn as_read(text: &str, newlines: Newlines) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match newlines {
        Newlines::Lf if text.contains('\r') => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        Newlines::Lf | Newlines::Raw => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Newlines, as_read};

    #[test]
    fn only_the_mark_and_the_line_ends_change() {
        let text = "\u{feff}\u{feff} a\r\n\r\rb\n\r ";
        assert_eq!(as_read(text, Newlines::Lf), "\u{feff} a\n\n\nb\n\n ");
        assert_eq!(as_read(text, Newlines::Raw), &text[3..]);
    }
}
