//! JSON with the place of every value: what the explaining path reads.
//!
//! Only records that the fast path refuses come here, so it is exact rather than fast: duplicate keys, lone surrogates, how a
//! number is written and how deep it is nested are all seen, and each mistake at its character. It knows nothing of articles.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::problem::{Place, Problem, Problems, key_shown, shortened};
use crate::diagnostic::Code;

/// A value and where it begins, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Located<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Json<'t>,
}

#[derive(Debug, Clone)]
pub(crate) enum Json<'t> {
    Null,
    Boolean(bool),
    /// As it is written.
    Number(&'t str),
    String(Cow<'t, str>),
    List(Vec<Located<'t>>),
    Object(Vec<Member<'t>>),
}

#[derive(Debug, Clone)]
pub(crate) struct Member<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) key_start: usize,
    pub(crate) value: Located<'t>,
}

impl<'t> Located<'t> {
    pub(crate) fn member(&self, key: &str) -> Option<&Member<'t>> {
        match &self.value {
            Json::Object(members) => members.iter().find(|member| member.key == key),
            _ => None,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Located<'t>> {
        self.member(key).map(|member| &member.value)
    }

    /// The JSON type, as it stands in a message.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.value {
            Json::Null => "null",
            Json::Boolean(_) => "boolean",
            Json::Number(_) => "number",
            Json::String(_) => "string",
            Json::List(_) => "array",
            Json::Object(_) => "object",
        }
    }
}

/// Puts a key into a JSON pointer.
pub(crate) fn escaped(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { Cow::Owned(key.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(key) }
}

/// The deepest nesting that is read, whatever the limits say: reading goes down by calling itself.
const DEEPEST: usize = 512;

/// Reads one value; nothing but white space may follow. Adds the mistakes: keys that stand twice (the first is kept), and at
/// most one at which reading stopped, with no value then.
///
/// Of the writer's own members (`x_...`) only the place is kept: nobody looks into them.
pub(crate) fn parse<'t>(text: &'t str, depth: usize, problems: &mut Problems) -> Option<Located<'t>> {
    let depth = depth.min(DEEPEST);
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, depth, open: Vec::new(), own: 0, problems };
    match parser.document() {
        Ok(value) => Some(value),
        Err(stop) => {
            problems.add(|| *stop);
            None
        }
    }
}

struct Parser<'p, 't> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// How deep objects and lists may be nested.
    depth: usize,
    /// The way to the innermost open object or list.
    open: Vec<Step<'t>>,
    /// In how many of the writer's own members it is.
    own: usize,
    problems: &'p mut Problems,
}

#[derive(Clone)]
enum Step<'t> {
    Key(Cow<'t, str>),
    Item(usize),
}

/// The keys of an object so far.
#[derive(Default)]
struct Keys<'t> {
    few: Vec<Cow<'t, str>>,
    many: FxHashSet<Cow<'t, str>>,
}

impl<'t> Keys<'t> {
    /// More are looked up by hash.
    const FEW: usize = 24;

    /// Whether it is new.
    fn add(&mut self, key: Cow<'t, str>) -> bool {
        if self.few.len() < Self::FEW {
            let is_new = !self.few.contains(&key);
            if is_new {
                self.few.push(key);
            }
            return is_new;
        }
        !self.few.contains(&key) && self.many.insert(key)
    }
}

type Parsed<T> = Result<T, Box<Problem>>;

fn pointer(steps: &[Step<'_>]) -> String {
    let mut pointer = String::new();
    for step in steps {
        pointer.push('/');
        match step {
            Step::Key(key) => pointer.push_str(&escaped(key)),
            Step::Item(nth) => pointer.push_str(&nth.to_string()),
        }
    }
    pointer
}

impl<'t> Parser<'_, 't> {
    /// A mistake at a byte, in the innermost open object or list.
    fn stop<T>(&self, code: Code, at: usize, value: Option<String>, message: &str, hint: &str) -> Parsed<T> {
        let container = &self.open[..self.open.len().saturating_sub(1)];
        let path = pointer(container);
        Err(Box::new(Problem {
            code,
            place: Place::Byte(at),
            path,
            value,
            message: message.into(),
            hint: Some(hint.into()),
        }))
    }

    fn unexpected<T>(&self, message: &str, hint: &str) -> Parsed<T> {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            None => {
                // What was complete of the list that it broke off in: "30 facts were complete".
                let complete = match self.open[..] {
                    [Step::Key(ref list), Step::Item(complete), ..] => format!("; {complete} {list} were complete"),
                    _ => String::new(),
                };
                let hint = format!("it is cut off{complete}");
                self.stop(Code::C0202, self.text.len(), None, "the text ends before the value does", &hint)
            }
            Some(_) if self.bytes[self.at..].starts_with(b"//") || self.bytes[self.at..].starts_with(b"/*") => {
                self.stop(Code::C0201, self.at, Some("/".into()), "JSON has no comments", "use an \"x_note\" key")
            }
            Some(found) => self.stop(Code::C0201, self.at, Some(shown(found)), message, hint),
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.bytes.get(self.at).copied()
    }

    fn document(&mut self) -> Parsed<Located<'t>> {
        let value = self.value()?;
        if self.peek().is_some() {
            let found = self.text[self.at..].chars().next().map(shown);
            return self.stop(
                Code::C0206,
                self.at,
                found,
                "something follows the end of the article",
                "one article a file; for several use .jsonl",
            );
        }
        Ok(value)
    }

    fn value(&mut self) -> Parsed<Located<'t>> {
        let first = self.peek();
        let start = self.at;
        let value = match first {
            Some(b'{') => self.object()?,
            Some(b'[') => self.list()?,
            Some(b'"') => Json::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Json::Number(self.number()?),
            Some(b't') => self.word("true", Json::Boolean(true))?,
            Some(b'f') => self.word("false", Json::Boolean(false))?,
            Some(b'n') => self.word("null", Json::Null)?,
            _ => return self.unexpected("expected a value", self.hint_for_value()),
        };
        Ok(Located { start, end: self.at, value })
    }

    fn hint_for_value(&self) -> &'static str {
        match self.bytes.get(self.at) {
            Some(b']' | b'}') => "remove the comma before it",
            Some(b'\'') => "strings stand in double quotes",
            _ => "a value is a string in double quotes, a number, a list, an object, true, false or null",
        }
    }

    fn word(&mut self, word: &'static str, value: Json<'t>) -> Parsed<Json<'t>> {
        for letter in word.bytes() {
            if self.bytes.get(self.at) != Some(&letter) {
                return self.unexpected(&format!("expected {word}"), "a bare word is true, false or null");
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// Goes into an object or list, unless it is too deep.
    fn enter(&mut self, step: Step<'t>) -> Parsed<()> {
        if self.open.len() >= self.depth {
            let found = self.text[self.at..].chars().next().map(shown);
            let message = format!("nested deeper than {}", self.depth);
            return self.stop(Code::C0902, self.at, found, &message, "flatten it, or raise the limit");
        }
        self.open.push(step);
        self.at += 1;
        Ok(())
    }

    fn list(&mut self) -> Parsed<Json<'t>> {
        self.enter(Step::Item(0))?;
        let (mut items, mut count) = (Vec::new(), 0);
        if self.peek() == Some(b']') {
            self.at += 1;
        } else {
            loop {
                let item = self.value()?;
                count += 1;
                if self.own == 0 {
                    items.push(item);
                }
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b']') => break self.at += 1,
                    _ => return self.unexpected("expected \",\" or \"]\"", "is a comma or a bracket missing?"),
                }
                if let Some(step) = self.open.last_mut() {
                    *step = Step::Item(count);
                }
            }
        }
        self.open.pop();
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Parsed<Json<'t>> {
        self.enter(Step::Key(Cow::Borrowed("")))?;
        let mut members: Vec<Member<'t>> = Vec::new();
        let mut keys = Keys::default();
        let mut is_first = true;
        if self.peek() == Some(b'}') {
            self.at += 1;
        } else {
            loop {
                if self.peek() != Some(b'"') {
                    let after_comma = !is_first && self.bytes.get(self.at) == Some(&b'}');
                    let hint = if after_comma { "remove the comma before it" } else { "keys stand in double quotes" };
                    return self.unexpected("expected a key", hint);
                }
                let key_start = self.at;
                let key = self.string()?;
                if self.peek() != Some(b':') {
                    return self.unexpected("expected \":\"", "a colon stands between key and value");
                }
                self.at += 1;
                if let Some(step) = self.open.last_mut() {
                    *step = Step::Key(key.clone());
                }
                is_first = false;
                let is_new = keys.add(key.clone());
                if !is_new {
                    let (text, path) = (self.text, || pointer(&self.open));
                    self.problems.add(|| {
                        let hint = "most readers keep the last one without a word: delete one";
                        let message = format!("key \"{}\" appears twice in one object", shortened(&key));
                        Problem {
                            place: Place::Byte(key_start),
                            value: key_shown(text, key_start),
                            ..Problem::at(Code::C0203, path(), message)
                        }
                        .hint(hint)
                    });
                }
                // In `args` every key is a role.
                let is_role = matches!(self.open.iter().nth_back(1), Some(Step::Key(outer)) if outer == "args");
                let is_own = key.starts_with("x_") && !is_role;
                self.own += usize::from(is_own);
                let value = self.value()?;
                self.own -= usize::from(is_own);
                if is_new && self.own == 0 {
                    members.push(Member { key, key_start, value });
                }
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(b'}') => break self.at += 1,
                    _ => return self.unexpected("expected \",\" or \"}\"", "is a comma or a brace missing?"),
                }
            }
        }
        self.open.pop();
        Ok(Json::Object(members))
    }

    fn number(&mut self) -> Parsed<&'t str> {
        let start = self.at;
        let bad = |parser: &Self| {
            let found =
                parser.text[start..].split(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E')).next();
            let hint = "no leading zeros; a digit after the point and in the exponent";
            parser.stop(Code::C0205, start, found.map(str::to_owned), "a bad number", hint)
        };
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        match self.digits() {
            0 if self.at == self.bytes.len() => return self.unexpected("expected a digit", ""),
            0 => return bad(self),
            1 => {}
            _ if self.text[start..].trim_start_matches('-').starts_with('0') => return bad(self),
            _ => {}
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return if self.at == self.bytes.len() { self.unexpected("expected a digit", "") } else { bad(self) };
            }
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return if self.at == self.bytes.len() { self.unexpected("expected a digit", "") } else { bad(self) };
            }
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at - start
    }

    fn string(&mut self) -> Parsed<Cow<'t, str>> {
        let open = self.at;
        self.at += 1;
        let mut whole = Cow::Borrowed("");
        let mut from = self.at;
        loop {
            match self.bytes.get(self.at) {
                None => {
                    self.at = self.bytes.len();
                    return self.unexpected("", "");
                }
                Some(b'"') => {
                    let piece = &self.text[from..self.at];
                    self.at += 1;
                    return Ok(if from == open + 1 { Cow::Borrowed(piece) } else { whole + piece });
                }
                Some(b'\\') => {
                    let letter = {
                        let piece = &self.text[from..self.at];
                        whole += piece;
                        self.escape()?
                    };
                    whole.to_mut().push(letter);
                    from = self.at;
                }
                Some(control @ 0..=0x1f) => {
                    let (value, hint) = (
                        format!("U+{control:04X}"),
                        if *control == b'\n' { "write \\n" } else { "write it as \\u00.." },
                    );
                    let message = if *control == b'\n' {
                        "a line break inside a string"
                    } else {
                        "a control character inside a string"
                    };
                    return self.stop(Code::C0204, self.at, Some(value), message, hint);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// What an escape stands for; reading stands at its backslash.
    fn escape(&mut self) -> Parsed<char> {
        let start = self.at;
        let simple = match self.bytes.get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            None => {
                self.at = self.bytes.len();
                return self.unexpected("", "");
            }
            Some(_) => {
                let found: String = self.text[start..].chars().take(2).collect();
                return self.stop(Code::C0204, start, Some(found), "no such escape", "a backslash itself is \\\\");
            }
        };
        self.at += 2;
        Ok(simple)
    }

    fn unicode_escape(&mut self) -> Parsed<char> {
        let start = self.at;
        let unit = |at: usize| {
            let digits = self.bytes.get(at..at + 6).filter(|six| six.starts_with(b"\\u"))?;
            let digits =
                std::str::from_utf8(&digits[2..]).ok().filter(|four| four.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u16::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(start) else {
            if self.bytes.len() < start + 6 && self.bytes[start + 2..].iter().all(u8::is_ascii_hexdigit) {
                self.at = self.bytes.len();
                return self.unexpected("", "");
            }
            let found: String = self.text[start..].chars().take(6).collect();
            return self.stop(Code::C0204, start, Some(found), "no such escape", "\\u takes four hexadecimal digits");
        };
        let decoded = match first {
            0xd800..=0xdbff => char::decode_utf16([Some(first), unit(start + 6)].into_iter().flatten()).next(),
            _ => char::decode_utf16([first]).next(),
        };
        match decoded {
            Some(Ok(letter)) => {
                self.at += if letter.len_utf16() == 2 { 12 } else { 6 };
                Ok(letter)
            }
            _ => {
                let found = self.text[start..start + 6].to_owned();
                let hint = "write the character itself, or both halves";
                self.stop(Code::C0204, start, Some(found), "a lone surrogate is no character", hint)
            }
        }
    }
}

/// A character as a message shows it.
fn shown(letter: char) -> String {
    if letter.is_control() || letter == '\u{feff}' { format!("U+{:04X}", letter as u32) } else { letter.to_string() }
}
