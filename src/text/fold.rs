//! When two pieces of text are the same word: NFKC, full case folding, one space between words.

use std::borrow::Cow;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

/// The text as it is compared: normalised (NFKC), case folded, white space collapsed and trimmed.
///
/// Borrows where the text is already so (lower-case ASCII, single spaces): the common case of codes and slugs.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let plain = |pair: &[u8]| pair[0] != b' ' || pair[1] != b' ';
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'@' | b'['..=b'~'))
        && bytes.windows(2).all(plain)
        && !text.starts_with(' ')
        && !text.ends_with(' ')
    {
        return Cow::Borrowed(text);
    }
    // Folding can undo normalisation ("ǰ"), so it is normalised again after.
    let folded: String = text.nfkc().default_case_fold().nfkc().collect();
    Cow::Owned(folded.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::fold;

    proptest::proptest! {
        #[test]
        fn what_is_folded_stays_as_it_is(text in proptest::prelude::any::<String>()) {
            let once = fold(&text).into_owned();
            proptest::prop_assert_eq!(fold(&once), once.as_str());
        }

        #[test]
        fn spaces_around_and_case_make_no_difference(words in proptest::collection::vec("[a-z]{1,6}", 1..4)) {
            let loud = format!(" {} ", words.join(" \t\u{a0}")).to_uppercase();
            proptest::prop_assert_eq!(fold(&loud), words.join(" "));
        }
    }

    #[test]
    fn same_words_fold_alike() {
        for (a, b) in
            [("Straße", "STRASSE"), ("  Foreign \n Minister", "foreign minister"), ("ﬁne", "FINE"), ("Ａ", "a")]
        {
            assert_eq!(fold(a), fold(b), "{a:?} and {b:?} are one word");
        }
        assert_ne!(fold("naïve"), fold("naive"), "folding keeps accents: they tell names apart");
    }
}
