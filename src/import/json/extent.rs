//! How far a JSON value goes, byte by byte, so that it can be looked for in what is still coming.
//!
//! It does not read the value: a number or word that is none passes here, and is told by whoever reads it.

/// A value that is being gone through.
#[derive(Debug)]
pub(super) struct Extent {
    /// The brackets that are open.
    open: Vec<u8>,
    at: At,
}

/// What the bytes gone through so far end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Where a value must begin.
    Value,
    /// Behind the bracket of a list.
    ValueOrEnd,
    /// Behind the bracket of an object.
    KeyOrEnd,
    /// Behind a comma in an object.
    Key,
    /// Behind a key.
    Colon,
    /// Behind a value that is in another one.
    Comma,
    /// In a string, or behind a backslash in one.
    Text {
        is_key: bool,
        is_escaped: bool,
    },
    /// In a number, or a word such as `true`.
    Word,
    End,
}

/// How far the bytes at hand have brought it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    /// There must be more.
    More,
    /// The value is over.
    End,
    /// Here it cannot go on, and why.
    Fault(&'static str),
}

/// Nested deeper than this nothing is read.
const DEEPEST: usize = 512;

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

impl Extent {
    /// Of a value whose first byte is to come.
    pub(super) fn of_value() -> Self {
        Self { open: Vec::new(), at: At::Value }
    }

    /// Of what is left of an object behind the value of a member.
    pub(super) fn of_rest() -> Self {
        Self { open: vec![b'{'], at: At::Comma }
    }

    /// Goes through the bytes as far as they belong to the value: how many do, and how far that brings it.
    pub(super) fn go(&mut self, bytes: &[u8]) -> (usize, Reached) {
        let mut gone = 0;
        while self.at != At::End {
            let Some(byte) = bytes.get(gone).copied() else { return (gone, Reached::More) };
            match self.step(byte) {
                Ok(is_taken) => gone += usize::from(is_taken),
                Err(why) => return (gone, Reached::Fault(why)),
            }
        }
        (gone, Reached::End)
    }

    /// Goes on by a byte: whether it belongs to the value.
    fn step(&mut self, byte: u8) -> Result<bool, &'static str> {
        self.at = match (self.at, byte) {
            (At::Text { is_key, is_escaped: true }, _) => At::Text { is_key, is_escaped: false },
            (At::Text { is_key, .. }, b'\\') => At::Text { is_key, is_escaped: true },
            (At::Text { is_key: true, .. }, b'"') => At::Colon,
            (At::Text { is_key: false, .. }, b'"') => self.behind_a_value(),
            (At::Text { .. }, 0..0x20) => return Err("a string is not closed on its line"),
            (At::Text { .. }, _) => self.at,
            (At::Word, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.') => At::Word,
            (At::Word, _) => {
                self.at = self.behind_a_value();
                return Ok(false);
            }
            (at, byte) if is_space(byte) => at,
            (At::ValueOrEnd, b']') | (At::Comma, b']') => self.close(b'[')?,
            (At::KeyOrEnd, b'}') | (At::Comma, b'}') => self.close(b'{')?,
            (At::Value | At::ValueOrEnd, b'{' | b'[') => self.open(byte)?,
            (At::Value | At::ValueOrEnd, b'"') => At::Text { is_key: false, is_escaped: false },
            (At::Value | At::ValueOrEnd, b'a'..=b'z' | b'0'..=b'9' | b'-') => At::Word,
            (At::Value | At::ValueOrEnd, _) => return Err("a value must stand here"),
            (At::Key | At::KeyOrEnd, b'"') => At::Text { is_key: true, is_escaped: false },
            (At::Key | At::KeyOrEnd, _) => return Err("a key must stand here"),
            (At::Colon, b':') => At::Value,
            (At::Colon, _) => return Err("a colon must stand here"),
            (At::Comma, b',') if self.open.last() == Some(&b'{') => At::Key,
            (At::Comma, b',') => At::Value,
            (At::Comma, _) => return Err("a comma or the closing bracket must stand here"),
            (At::End, _) => At::End,
        };
        Ok(true)
    }

    fn behind_a_value(&self) -> At {
        if self.open.is_empty() { At::End } else { At::Comma }
    }

    fn open(&mut self, bracket: u8) -> Result<At, &'static str> {
        if self.open.len() == DEEPEST {
            return Err("it is nested deeper than is read");
        }
        self.open.push(bracket);
        Ok(if bracket == b'{' { At::KeyOrEnd } else { At::ValueOrEnd })
    }

    fn close(&mut self, bracket: u8) -> Result<At, &'static str> {
        match self.open.pop() {
            Some(open) if open == bracket => Ok(self.behind_a_value()),
            _ => Err("another bracket is open here"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, Reached};

    /// How much of a text belongs to its value, however it is cut into pieces.
    fn extent(text: &str) -> (usize, Reached) {
        let whole = Extent::of_value().go(text.as_bytes());
        let (mut pieces, mut sum, mut reached) = (Extent::of_value(), 0, Reached::More);
        for byte in text.as_bytes().chunks(1) {
            if reached == Reached::More {
                let (gone, now) = pieces.go(byte);
                (sum, reached) = (sum + gone, now);
            }
        }
        assert_eq!((sum, reached), whole, "{text}");
        whole
    }

    #[test]
    fn a_value_goes_to_its_end_and_no_further() {
        for (value, rest) in [
            (r#"{"a": [1, {"b": "}\"]"}, null], "c": {}}"#, " x"),
            ("[]", "]"),
            (r#""\\""#, "\""),
            ("{}", "{}"),
            ("-1.5e+3", ","),
            ("true", "\n"),
        ] {
            assert_eq!(extent(&format!("{value}{rest}")), (value.len(), Reached::End), "{value}");
        }
        assert_eq!(extent("[1, 2").1, Reached::More);
    }

    #[test]
    fn what_cannot_go_on_is_told_where_it_cannot() {
        for (text, at) in [
            ("{\"a\": 1,\n{", 9),
            ("{\"a\" 1}", 5),
            ("[1}", 2),
            ("{]", 1),
            ("[\"a\nb\"]", 3),
            ("[1 2]", 3),
            ("}", 0),
            ("[,]", 1),
        ] {
            let (gone, reached) = extent(text);
            assert!(gone == at && matches!(reached, Reached::Fault(_)), "{text}: {gone} {reached:?}");
        }
        let (gone, reached) = Extent::of_value().go(&[b'['; 1_000]);
        assert!(gone == 512 && matches!(reached, Reached::Fault(_)));
    }
}
