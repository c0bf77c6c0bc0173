//! Mistakes before they have a line and a column: what the checks find, by pointer.

use super::located::{Json, Located};
use crate::diagnostic::Code;

/// A mistake at a place of the annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) place: Place,
    /// The JSON pointer.
    pub(crate) path: String,
    /// What stands there, if it is not the value itself.
    pub(crate) value: Option<String>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// Which character of what the pointer names is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first of the value.
    Value,
    /// The opening quote of the key.
    Key,
    /// The opening brace of the innermost object that is there: the member is missing.
    Brace,
    /// This byte, whatever the pointer says.
    Byte(usize),
}

impl Problem {
    /// About the value at the pointer.
    pub(crate) fn at(code: Code, path: String, message: impl Into<String>) -> Self {
        Self { code, place: Place::Value, path, value: None, message: message.into(), hint: None }
    }

    /// About the member at the pointer, which should not be there.
    pub(crate) fn key(code: Code, path: String, message: impl Into<String>) -> Self {
        Self { place: Place::Key, ..Self::at(code, path, message) }
    }

    /// About the member at the pointer, which is missing.
    pub(crate) fn missing(code: Code, path: String, message: impl Into<String>) -> Self {
        Self { place: Place::Brace, ..Self::at(code, path, message) }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// "did you mean ...?", if something is near.
    pub(crate) fn suggest(mut self, suggestion: Option<&str>) -> Self {
        self.hint = suggestion.map(|near| format!("did you mean \"{near}\"?")).or(self.hint);
        self
    }
}

/// Pointers can be as long as the file: how many bytes of words are kept.
const MOST_BYTES: usize = 16 << 20;
/// Comparing all ids with each of many wrong ones would not end.
const MOST_COMPARISONS: usize = 500_000;

/// Where checks put what they find. On the fast path it is enough that there is something: nothing is worded there.
///
/// Errors are counted without end and worded up to a number, and hints are looked for up to an effort, so that no file,
/// however bad, takes more memory or time than a large sound one.
#[derive(Debug)]
pub(crate) struct Problems {
    pub(crate) found: Vec<Problem>,
    /// How many errors there are.
    pub(crate) errors: usize,
    /// How many more are worded.
    room: usize,
    /// How many bytes of words there may yet be.
    bytes: usize,
    /// How many more names are compared for hints.
    comparisons: usize,
}

impl Problems {
    /// For the fast path: counts errors, words only warnings.
    pub(crate) fn counted() -> Self {
        Self { found: Vec::new(), errors: 0, room: 0, bytes: 0, comparisons: 0 }
    }

    /// For the path that explains: words one more than are shown, so that it shows where the showing stopped.
    pub(crate) fn explained(most: usize) -> Self {
        Self { room: most.saturating_add(1), bytes: MOST_BYTES, comparisons: MOST_COMPARISONS, ..Self::counted() }
    }

    /// Adds an error, worded only if it is to be read.
    pub(crate) fn add(&mut self, problem: impl FnOnce() -> Problem) {
        self.errors += 1;
        if self.room > 0 && self.bytes > 0 {
            let problem = problem();
            self.room -= 1;
            self.bytes = self.bytes.saturating_sub(problem.path.len() + problem.message.len());
            self.found.push(problem);
        }
    }

    pub(crate) fn warn(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    /// Whether so many names may still be compared for a hint.
    pub(crate) fn may_compare(&mut self, names: usize) -> bool {
        let left = self.comparisons.checked_sub(names);
        self.comparisons = left.unwrap_or(self.comparisons);
        left.is_some()
    }
}

/// The byte of a problem's place in the annotation, and what stands there.
pub(crate) fn locate(root: &Located<'_>, text: &str, problem: &Problem) -> (usize, Option<String>) {
    let mut at = root;
    let mut brace = root.start;
    let mut key_start = root.start;
    let mut is_there = true;
    for step in problem.path.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = match &at.value {
            Json::Object(_) => {
                brace = at.start;
                at.member(&step).map(|member| {
                    key_start = member.key_start;
                    &member.value
                })
            }
            Json::List(items) => step.parse::<usize>().ok().and_then(|nth| items.get(nth)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => {
                is_there = false;
                break;
            }
        }
    }
    let shown = || problem.value.clone().or_else(|| Some(shortened(text.get(at.start..at.end)?)));
    match problem.place {
        Place::Byte(byte) => (byte, problem.value.clone()),
        Place::Brace => (innermost(at, brace), None),
        Place::Key => (key_start, problem.value.clone().or_else(|| key_shown(text, key_start))),
        Place::Value => (at.start, shown().filter(|_| is_there)),
    }
}

/// Where a missing member would stand: in the object itself, if the last step that is there is one.
fn innermost(at: &Located<'_>, brace: usize) -> usize {
    if matches!(at.value, Json::Object(_)) { at.start } else { brace }
}

/// A key as it is written, with its quotes.
pub(crate) fn key_shown(text: &str, start: usize) -> Option<String> {
    let mut is_escaped = false;
    let is_end = |letter: char| {
        let ends = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    };
    let length = text.get(start + 1..)?.find(is_end)?;
    Some(shortened(&text[start..start + length + 2]))
}

/// How much of a value a message shows.
const SHOWN: usize = 80;

/// The value on one line, cut; looks at no more of it than it shows.
pub(crate) fn shortened(value: &str) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for word in value.split_ascii_whitespace() {
        for letter in (length > 0).then_some(' ').into_iter().chain(word.chars()) {
            if length == SHOWN {
                shown.push('…');
                return shown;
            }
            shown.push(letter);
            length += 1;
        }
    }
    shown
}

/// The longest word, in bytes, that something can be near to.
const COMPARED: usize = 256;

/// The one of these that is most like the word, if one is like it at all; of several as like the first by the alphabet, in
/// whatever order they come.
pub(crate) fn nearest<'n>(names: impl Iterator<Item = &'n str>, word: &str) -> Option<&'n str> {
    if word.len() > COMPARED {
        return None;
    }
    let alike = |name: &'n str| (strsim::jaro_winkler(name, word), name);
    let near = names.map(alike).filter(|(likeness, name)| *likeness >= 0.8 && *name != word);
    near.max_by(|one, other| one.0.total_cmp(&other.0).then_with(|| other.1.cmp(one.1))).map(|(_, name)| name)
}
