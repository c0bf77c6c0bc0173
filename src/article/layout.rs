//! How annotations are laid out on the page: one mention, entity or fact a line, so that two versions of an annotation can be
//! compared line by line.
//!
//! It decides on white space only: which members there are, and in what order, is not its business.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

/// The value as a document: the members of the outermost object and of `article`, and the items of the lists, on lines of
/// their own; everything inside those on one line. Ends with a line end.
pub(crate) fn document(value: &impl Serialize) -> serde_json::Result<String> {
    let mut text = laid_out(value, Layout { open: 2, ..Layout::default() })?;
    text.push('\n');
    Ok(text)
}

/// The value on one line, as JSON Lines need it; without the line end.
pub(crate) fn line(value: &impl Serialize) -> serde_json::Result<String> {
    laid_out(value, Layout::default())
}

fn laid_out(value: &impl Serialize, layout: Layout) -> serde_json::Result<String> {
    let mut text = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut text, layout))?;
    Ok(String::from_utf8(text).expect("JSON is written as UTF-8"))
}

/// White space for objects and lists down to a depth, one line for each of those below.
#[derive(Debug, Default)]
struct Layout {
    /// How many levels stand on lines of their own.
    open: usize,
    depth: usize,
    /// Whether the list or object that ends now has anything in it.
    filled: bool,
}

impl Layout {
    fn begin<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let on_its_own = self.depth <= self.open && self.filled;
        self.depth -= 1;
        self.filled = true;
        if on_its_own {
            self.new_line(writer)?;
        }
        writer.write_all(bracket)
    }

    fn item<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        let on_its_own = self.depth <= self.open;
        match (first, on_its_own) {
            (true, _) => {}
            (false, true) => writer.write_all(b",")?,
            (false, false) => writer.write_all(b", ")?,
        }
        if on_its_own { self.new_line(writer) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + io::Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

/// JSON text on one line, spaced as [`line`] does it. Strings and numbers stay as they are written, digit for digit.
pub(crate) fn respaced(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + json.len() / 8);
    let (mut in_string, mut escaped) = (false, false);
    for letter in json.chars() {
        if in_string {
            text.push(letter);
            in_string = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            ' ' | '\t' | '\r' | '\n' => {}
            ',' => text.push_str(", "),
            ':' => text.push_str(": "),
            _ => {
                in_string = letter == '"';
                text.push(letter);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{document, line, respaced};

    #[test]
    fn a_document_has_one_item_a_line_and_a_line_has_none() {
        let value = json!({"id": "a", "article": {"title": "t", "text": {"n": 1}}, "facts": [], "mentions": [{"id": "m1", "spans": [[0, 1]]}, {"id": "m2"}]});
        let expected = "{\n  \"id\": \"a\",\n  \"article\": {\n    \"title\": \"t\",\n    \"text\": {\"n\": 1}\n  },\n  \"facts\": [],\n  \
                        \"mentions\": [\n    {\"id\": \"m1\", \"spans\": [[0, 1]]},\n    {\"id\": \"m2\"}\n  ]\n}\n";
        assert_eq!(document(&value).unwrap(), expected);
        let one = line(&value).unwrap();
        assert!(
            !one.contains('\n') && one.contains(r#""facts": [], "mentions": [{"id": "m1", "spans": [[0, 1]]}"#),
            "{one}"
        );
    }

    #[test]
    fn respacing_touches_neither_strings_nor_numbers() {
        let json = "{\"a\" :\t[ 1.50e400 ,\"x , \\\" : \\\\\" ,\n{ } ] }";
        let respaced_once = respaced(json);
        assert_eq!(respaced_once, r#"{"a": [1.50e400, "x , \" : \\", {}]}"#);
        assert_eq!(respaced(&respaced_once), respaced_once);
    }

    #[test]
    fn respacing_is_what_writing_a_value_on_one_line_gives() {
        let json = "[ {\"b\":[true,null , -1],\"a\":{} },[] ]";
        assert_eq!(respaced(json), line(&serde_json::from_str::<Value>(json).unwrap()).unwrap());
    }
}
