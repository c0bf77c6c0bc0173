//! Keys of what lists only name: the words of the name, as somebody would type them.
//!
//! It is for names that people chose to be told apart by; event data spell theirs otherwise: see `actors`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::Digest;

/// How much of a name stands in a key.
const LONGEST: usize = 80;

/// The words of a name with `-` between them: punctuation and case make no difference, letters lose their marks. A name of other
/// letters, or too long for a key, is told from its like by a piece of its digest.
pub(super) fn typed_key(name: &str) -> String {
    let (words, is_whole) = words(name);
    if is_whole { words } else { marked(name, &words) }
}

/// As [`typed_key`], of a name whose key another has already.
pub(super) fn distinct_key(name: &str) -> String {
    marked(name, &words(name).0)
}

/// With a piece of the digest of the name.
fn marked(name: &str, words: &str) -> String {
    let digest = Digest::of(&name.to_lowercase()).to_string();
    format!("{}.{}", if words.is_empty() { "x" } else { words }, &digest[..8])
}

/// The words, and whether they are all of the name.
fn words(name: &str) -> (String, bool) {
    let (mut words, mut is_whole) = (String::new(), name.is_ascii());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '\'' | '’')) {
        if words.len() >= LONGEST {
            is_whole = false;
            break;
        }
        match letter {
            letter if letter.is_ascii_alphanumeric() => words.push(letter.to_ascii_lowercase()),
            letter if letter.is_alphanumeric() => is_whole = false,
            _ if !words.is_empty() && !words.ends_with('-') => words.push('-'),
            _ => {}
        }
    }
    words.truncate(words.trim_end_matches('-').len());
    is_whole &= !words.is_empty();
    (words, is_whole)
}

#[cfg(test)]
mod tests {
    use super::typed_key;

    #[test]
    fn a_name_is_typed_as_it_is_read() {
        for (name, key) in [
            ("Declaration Against Arbitrary Detention", "declaration-against-arbitrary-detention"),
            ("Joint letter, 12 July 2019 (A/HRC/41/G/17)", "joint-letter-12-july-2019-a-hrc-41-g-17"),
            ("Skyr Ltd.", "skyr-ltd"),
            ("the People's Office", "the-peoples-office"),
        ] {
            assert_eq!(typed_key(name), key);
        }
        assert!(typed_key("Reinhard Bütikofer").starts_with("reinhard-butikofer."));
        assert!(typed_key("外交部").starts_with("x."));
        assert_ne!(typed_key("Müller"), typed_key("Muller"));
        assert_ne!(typed_key(&"a".repeat(200)), typed_key(&"a".repeat(201)));
        for name in ["", " ", "-", "\u{0}", "🌊", "é", "a/b"] {
            assert!(super::super::actors::is_slug(&typed_key(name)), "{name:?}");
        }
    }
}
