//! What strings and numbers of the format must be: one place for both paths.

use super::syntax::{List, Str};
use crate::model::{self, Identity, NodeKind};
use crate::provenance::Newlines;
use crate::time::{End, Start};

/// The version that this build reads.
pub(crate) const VERSION: u64 = 1;
/// The largest integer.
pub(crate) const LARGEST: u32 = i32::MAX as u32;
/// The longest `exact`, in code points.
pub(crate) const LONGEST_EXACT: usize = 300;
/// The longest other string, in code points.
pub(crate) const LONGEST: usize = 500;
/// The id that no thing may have.
pub(crate) const AUTHOR: &str = "author";

pub(crate) fn is_format(version: &u64) -> bool {
    *version == VERSION
}

pub(crate) fn is_offsets(text: &str) -> bool {
    text == "codepoint"
}

pub(crate) fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 64
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}

pub(crate) fn is_article_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'/' | b'-');
    bytes.len() <= 200 && bytes.first().is_some_and(u8::is_ascii_alphanumeric) && bytes.iter().all(inner)
}

/// No longer than so many code points.
pub(crate) fn fits(text: &str, most: usize) -> bool {
    text.len() <= most || text.chars().count() <= most
}

pub(crate) fn is_title(text: &str) -> bool {
    fits(text, LONGEST)
}

pub(crate) fn is_short(text: &str) -> bool {
    !text.is_empty() && fits(text, LONGEST)
}

pub(crate) fn is_exact(text: &str) -> bool {
    !text.is_empty() && fits(text, LONGEST_EXACT)
}

pub(crate) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// BCP 47, as far as its form goes.
pub(crate) fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or_default();
    matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|tag| matches!(tag.len(), 2..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A day, or a UTC time stamp to the second: its form only.
pub(crate) fn is_time_stamp(text: &str) -> bool {
    let form = |form: &str| {
        let fits = |(byte, place): (u8, u8)| if place == b'0' { byte.is_ascii_digit() } else { byte == place };
        text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
    };
    form("0000-00-00") || form("0000-00-00T00:00:00Z")
}

/// A relative path with `/` that stays below its folder.
pub(crate) fn is_inner_path(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('/')
        && !text.contains(|c: char| matches!(c, '\\' | ':' | '\0'..='\u{1f}'))
        && !text.split('/').any(|part| part == "." || part == "..")
}

pub(crate) fn is_offset(number: &u32) -> bool {
    *number <= LARGEST
}

pub(crate) fn is_confidence(number: &f64) -> bool {
    (0.0..=1.0).contains(number)
}

pub(crate) fn is_key(text: &str) -> bool {
    model::is_key(text)
}

pub(crate) fn is_identity(text: &str) -> bool {
    text.parse::<Identity>().is_ok()
}

/// An event is no entity: facts make them.
pub(crate) fn is_entity(kind: &NodeKind) -> bool {
    !kind.is_event()
}

pub(crate) fn are_ids(list: &List<Str<'_>>) -> bool {
    list.sound().all(|(_, id)| is_id(id))
}

pub(crate) fn are_some_ids(list: &List<Str<'_>>) -> bool {
    list.is_some() && are_ids(list)
}

pub(crate) fn are_short(list: &List<Str<'_>>) -> bool {
    list.sound().all(|(_, text)| is_short(text))
}

pub(crate) fn are_identities(list: &List<Str<'_>>) -> bool {
    list.sound().all(|(_, identity)| is_identity(identity))
}

pub(crate) fn newlines(text: &str) -> Option<Newlines> {
    match text {
        "lf" => Some(Newlines::Lf),
        "raw" => Some(Newlines::Raw),
        _ => None,
    }
}

pub(crate) fn start(text: &str) -> Option<Start> {
    if text == "unknown" { Some(Start::Unknown) } else { text.parse().ok().map(Start::On) }
}

pub(crate) fn end(text: &str) -> Option<End> {
    match text {
        "open" => Some(End::Open),
        "unknown" => Some(End::Unknown),
        date => date.parse().ok().map(End::On),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_article_id, is_id, is_inner_path, is_language, is_time_stamp, is_url};

    #[test]
    fn each_form_is_told_from_its_near_misses() {
        assert!(is_id("f1-a_b") && !is_id("F1") && !is_id("") && !is_id("1f") && !is_id(&"a".repeat(65)));
        assert!(is_article_id("a:b/c.d_e-1") && !is_article_id(".a") && !is_article_id("a b") && !is_article_id(""));
        assert!(is_url("https://a") && !is_url("https://") && !is_url("ftp://a") && !is_url("http://a b"));
        assert!(is_language("pt-BR") && is_language("zh-Hant-TW") && !is_language("e") && !is_language("en-"));
        assert!(is_time_stamp("2031-03-04") && is_time_stamp("2031-03-04T05:06:07Z") && !is_time_stamp("2031-3-4"));
        for path in ["a.txt", "a/b.txt", "a..b/c"] {
            assert!(is_inner_path(path), "{path}");
        }
        for path in ["", "/a", "../a", "a/../b", "a/..", "./a", "a\\b", "c:a", "a\u{1}"] {
            assert!(!is_inner_path(path), "{path}");
        }
    }
}
