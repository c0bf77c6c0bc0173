//! The fast path through JSON: what is plain is read where it stands, and whatever is not is refused without a word.
//!
//! It explains nothing. What it refuses is read again by [`located`](super::located), which says what is wrong and where; so it
//! may refuse what is sound, and takes nothing that is not.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::syntax::Str;

/// How far a text has been read.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// What can be read so.
pub(crate) trait Scan<'t>: Sized {
    /// The value that begins here, if it is plain and sound.
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self>;
}

/// The text, if all of it is one value.
pub(crate) fn scan<'t, T: Scan<'t>>(text: &'t str) -> Option<T> {
    let mut scanner = Scanner::new(text);
    let value = T::scan(&mut scanner)?;
    scanner.peek().is_none().then_some(value)
}

/// The id of an article that has not been read yet: that of its first member of this name, if it is a string; none if it has
/// none. No answer where that cannot be told without a closer look.
pub(crate) fn id_of(text: &str) -> Option<Option<Str<'_>>> {
    let mut scanner = Scanner::new(text);
    let mut id = None;
    let read_to_end = scanner.members(|scanner, key| {
        if *key == *"id" {
            id = scanner.string();
            return None;
        }
        scanner.raw().map(|_| ())
    });
    (id.is_some() || read_to_end.is_some()).then_some(id)
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is not white space; it is not taken.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes the byte, if it is the next.
    #[inline]
    pub(crate) fn takes(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    /// An object, member after member.
    #[inline]
    pub(crate) fn members(&mut self, mut member: impl FnMut(&mut Self, Str<'t>) -> Option<()>) -> Option<()> {
        self.takes(b'{')?;
        if self.takes(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.string()?;
            self.takes(b':')?;
            member(self, key)?;
            if self.takes(b',').is_none() {
                return self.takes(b'}');
            }
        }
    }

    /// A list, item after item.
    #[inline]
    pub(crate) fn items(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.takes(b'[')?;
        if self.takes(b']').is_some() {
            return Some(());
        }
        loop {
            item(self)?;
            if self.takes(b',').is_none() {
                return self.takes(b']');
            }
        }
    }

    #[inline]
    pub(crate) fn string(&mut self) -> Option<Str<'t>> {
        self.takes(b'"')?;
        let start = self.at;
        let end = plain_end(self.text.as_bytes(), start);
        match self.text.as_bytes().get(end)? {
            b'"' => {
                self.at = end + 1;
                Some(Str(Cow::Borrowed(&self.text[start..end])))
            }
            b'\\' => self.escaped(start, end),
            _ => None,
        }
    }

    /// A string whose first escape is here.
    #[cold]
    fn escaped(&mut self, start: usize, mut end: usize) -> Option<Str<'t>> {
        let bytes = self.text.as_bytes();
        while *bytes.get(end)? == b'\\' {
            end = plain_end(bytes, end + 2);
        }
        self.at = end + 1;
        serde_json::from_str(self.text.get(start - 1..=end)?).ok().map(|text| Str(Cow::Owned(text)))
    }

    /// A whole number, written in digits alone.
    pub(crate) fn integer(&mut self) -> Option<u32> {
        self.peek()?;
        let digits = &self.text.as_bytes()[self.at..];
        let mut number: u32 = 0;
        let mut length = 0;
        while let Some(digit @ b'0'..=b'9') = digits.get(length) {
            number = number.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            length += 1;
        }
        self.at += length;
        (length == 1 || (length > 1 && digits[0] != b'0')).then_some(number)
    }

    pub(crate) fn boolean(&mut self) -> Option<bool> {
        let yes = self.peek()? == b't';
        let word = if yes { "true" } else { "false" };
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())?;
        Some(yes)
    }

    /// Whatever value begins here, as it is written.
    pub(crate) fn raw(&mut self) -> Option<&'t str> {
        self.peek()?;
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter::<&RawValue>();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value.get())
    }
}

/// From a place in a string on, the first byte that is not of a plain one: its quote, a backslash, or a control character.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const QUOTES: u64 = ONES * b'"' as u64;
    const BACKSLASHES: u64 = ONES * b'\\' as u64;
    const SPACES: u64 = ONES * b' ' as u64;
    // Eight bytes at once: what is taken from a byte that is too small for it reaches its high bit, and the lowest one that is
    // set so is that of the first such byte (Mycroft 1987). A byte is zero where it is exclusive-or'ed with itself.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let less =
            eight.wrapping_sub(SPACES) | (eight ^ QUOTES).wrapping_sub(ONES) | (eight ^ BACKSLASHES).wrapping_sub(ONES);
        let found = less & !eight & (ONES << 7);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..b' ')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};
    use serde_json::Value;

    use super::{Scanner, id_of, plain_end};

    /// The text as a tree, read by the scanner alone.
    fn tree(scanner: &mut Scanner<'_>) -> Option<Value> {
        match scanner.peek()? {
            b'"' => scanner.string().map(|text| Value::from(&*text)),
            b't' | b'f' => scanner.boolean().map(Value::from),
            b'0'..=b'9' => scanner.integer().map(Value::from),
            b'[' => {
                let mut items = Vec::new();
                scanner.items(|scanner| tree(scanner).map(|item| items.push(item)))?;
                Some(Value::Array(items))
            }
            b'{' => {
                let mut members = serde_json::Map::new();
                scanner.members(|scanner, key| {
                    let value = tree(scanner)?;
                    members.insert(key.to_string(), value);
                    Some(())
                })?;
                Some(Value::Object(members))
            }
            _ => None,
        }
    }

    fn whole(text: &str) -> Option<Value> {
        let mut scanner = Scanner::new(text);
        let value = tree(&mut scanner)?;
        scanner.peek().is_none().then_some(value)
    }

    #[test]
    fn what_is_plain_is_read_and_what_is_not_json_is_refused() {
        let sound = r#" { "a" : [ 0 , 17, true,false ,"x\u00e9\"\\ü" ] , "": {} , "b":[]}"#;
        assert_eq!(whole(sound), serde_json::from_str(sound).ok());
        for text in [
            "",
            "{",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "[01]",
            "[1 2]",
            "[1.]",
            "[-]",
            "[tru]",
            "[truefalse]",
            "\"\n\"",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"",
            "\"\\",
            "\"\\\"",
            "1 1",
            "[1}",
            "{]",
            "[4294967296]",
            "nul",
        ] {
            assert_eq!(whole(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_id_is_found_before_its_article_is_read() {
        let id = |text| id_of(text).map(|id| id.map(|id| id.to_string()));
        assert_eq!(
            id(r#"{"format": 1, "x_a": [{"id": "no"}, 1e5, null], "id": "y\u0065s", "#),
            Some(Some("yes".into()))
        );
        assert_eq!(id(r#"{"format": 1}"#), Some(None));
        for unclear in ["[]", "", r#"{"format": 1"#, r#"{"id": 1, "id": "a"}"#] {
            assert_eq!(id(unclear), None, "{unclear}");
        }
    }

    proptest! {
        #[test]
        fn the_first_byte_that_is_not_plain_is_found(bytes in prop::collection::vec(prop::sample::select(b"ab \"\\\x1f\x00\x20\x21\x7f\x80\xff".to_vec()), 0..40), at in 0_usize..9) {
            let slow = (at..bytes.len()).find(|at| matches!(bytes[*at], b'"' | b'\\' | 0..=0x1f));
            prop_assert_eq!(plain_end(&bytes, at), slow.unwrap_or(bytes.len().max(at)));
        }

        #[test]
        fn no_other_text_is_taken_than_json(text in "[\\[\\]{},:\"\\\\ 0-9a-eltrufs.-]{0,12}", any_text in any::<String>()) {
            for text in [text, any_text] {
                if let Some(value) = whole(&text) {
                    prop_assert_eq!(Some(value), serde_json::from_str(&text).ok());
                }
            }
        }
    }
}
