//! Sealing a draft: quotes become spans and hashes.
//!
//! A draft is an annotation as a person writes it, by quoting. It is no reader: what the sealed article says is for the
//! reader to judge.

use super::anchor::Anchors;
use super::layout;
use super::quote::{Nearby, Quotes};
use super::reanchor::{known, list, opened, pairs, retext};
use super::tree::{Members, NotAnArticle, open};
use crate::text::Span;

/// Seals drafts of annotations against their text.
///
/// A draft is an article of the native format in which a mention has `exact`, the words (a list of them for a mention of
/// several pieces), and where these stand more than once `occurrence`, counted from 1, instead of `spans` and `hash`. Each
/// further piece is the first one after the piece before. `article.text` may be missing. A mention that has spans and hash
/// already is checked against the text and left as it is.
///
/// ```
/// use comity::Sealer;
/// let draft = r#"{"format": 1, "id": "note", "offsets": "codepoint", "article": {},
///     "mentions": [{"id": "m1", "exact": "Peru", "occurrence": 2, "form": "name"}], "entities": [], "facts": []}"#;
/// let sealed = Sealer::new("Peru met Fiji; Peru agreed.").seal(draft).unwrap();
/// assert!(sealed.contains(r#"{"id": "m1", "spans": [[15, 19]], "hash": "508731a3c5d375cb", "exact": "Peru", "form": "name"}"#));
/// let problems = Sealer::new("Chad met Fiji; Chad agreed.").seal(&draft.replace("Peru", "Fiij")).unwrap_err();
/// assert!(problems[0].to_string().starts_with("2:18: m1: \"Fiij\" is not in the text; nearest: "));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Sealer<'t> {
    text: &'t str,
    words: Words,
}

/// Whether the words of mentions stay in the sealed article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Kept,
    Stripped,
}

/// What is wrong with a draft, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {mention}: {what}")]
#[non_exhaustive]
pub struct DraftProblem {
    /// The line of the draft, from 1.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
    /// The local id of the mention; "draft" where it is about the whole, or the mention has no id.
    pub mention: String,
    /// What is wrong.
    pub what: QuoteProblem,
}

/// What is wrong with a quote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuoteProblem {
    /// The words are nowhere in the text.
    #[error("\"{words}\" is not in the text{}", listed("; nearest: ", nearest))]
    NotThere {
        /// The words.
        words: String,
        /// The places most like them, the best first.
        nearest: Vec<Nearby>,
    },
    /// The words stand more than once, and the draft does not say which are meant.
    #[error("\"{words}\" stands {} times, say which with occurrence{}", places.len(), listed(": ", places))]
    Several {
        /// The words.
        words: String,
        /// The places in their order: the first is occurrence 1.
        places: Vec<Nearby>,
    },
    /// The words do not stand so often.
    #[error("\"{words}\" has no occurrence {occurrence}{}", listed("; there are: ", places))]
    TooFew {
        /// The words.
        words: String,
        /// The occurrence asked for.
        occurrence: u32,
        /// The places in their order.
        places: Vec<Nearby>,
    },
    /// A further piece does not stand after the piece before.
    #[error("\"{words}\" does not stand after the piece before{}", listed("; nearest: ", nearest))]
    NotAfter {
        /// The words of the piece.
        words: String,
        /// The places most like them anywhere in the text, the best first.
        nearest: Vec<Nearby>,
    },
    /// A further piece follows the piece before at once.
    #[error("\"{words}\" touches the piece before: join the two")]
    Touches {
        /// The words of the piece.
        words: String,
    },
    /// The words are too many to be kept.
    #[error("{codepoints} code points are too long to be kept, at most {max}: strip the words")]
    TooLong {
        /// How many code points they have.
        codepoints: usize,
        /// How many they may have.
        max: usize,
    },
    /// The mention has spans and hash already, and the text there has another hash.
    #[error("the text at its spans has another hash")]
    AnotherHash,
    /// The draft is not of the form of one.
    #[error("{0}")]
    Form(String),
}

/// The longest `exact` of the format, in code points.
const LONGEST_EXACT: usize = 300;
/// How many places a message lists.
const LISTED: usize = 12;

fn listed(before: &str, places: &[Nearby]) -> String {
    if places.is_empty() {
        return String::new();
    }
    let mut shown: Vec<_> = places.iter().take(LISTED).map(ToString::to_string).collect();
    if places.len() > LISTED {
        shown.push(format!("and {} more", places.len() - LISTED));
    }
    format!("{before}{}", shown.join(", "))
}

impl<'t> Sealer<'t> {
    /// Seals against this text, as it is in its file; line ends are read as the draft says.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, words: Words::Kept }
    }

    /// Leaves the words out of the sealed article, for texts that may not be shared.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { words: Words::Stripped, ..self }
    }

    /// The sealed article, as a document with one mention, entity or fact a line. All else in the draft, order of keys and
    /// own `x_` members included, stays as it is. Linear in the text for each quote.
    ///
    /// # Errors
    /// Everything that is wrong with the quotes, in the order of the draft; or the one thing that keeps the draft from
    /// being read.
    pub fn seal(&self, draft: &str) -> Result<String, Vec<DraftProblem>> {
        let unread = |error: NotAnArticle| {
            let NotAnArticle { line, column, what } = error;
            vec![DraftProblem { line, column, mention: "draft".into(), what: QuoteProblem::Form(what) }]
        };
        let mut root = open(draft).map_err(unread)?;
        let fresh = retext(draft, &mut root, self.text).map_err(unread)?;
        let (anchors, quotes) = (Anchors::of(&fresh), Quotes::new(&fresh));
        let mut problems = Vec::new();
        for mention in list(draft, &mut root, "mentions").map_err(unread)? {
            let byte = mention.offset(draft);
            let members = opened(draft, "mentions", mention).map_err(unread)?;
            if let Err(what) = self.seal_mention(members, &anchors, &quotes) {
                let NotAnArticle { line, column, .. } = NotAnArticle::at(draft, byte, "");
                let mention = members.read("id").unwrap_or_else(|| "draft".into());
                problems.push(DraftProblem { line, column, mention, what });
            }
        }
        root.open_lists();
        if problems.is_empty() {
            layout::document(&root).map_err(|error| unread(NotAnArticle::at(draft, None, error)))
        } else {
            Err(problems)
        }
    }

    fn seal_mention(
        &self,
        mention: &mut Members<'_>,
        anchors: &Anchors<'_>,
        quotes: &Quotes<'_>,
    ) -> Result<(), QuoteProblem> {
        if mention.get("spans").is_some() && mention.get("hash").is_some() {
            let form = || QuoteProblem::Form("spans are lists of two offsets, hash has 16 hexadecimal digits".into());
            let (_, anchor) = known(mention).ok_or_else(form)?;
            if !anchors.stands(&anchor) {
                return Err(QuoteProblem::AnotherHash);
            }
        } else {
            let pieces = pieces(mention)?;
            let occurrence = occurrence(mention)?;
            let spans = find(&pieces, occurrence, anchors, quotes)?;
            let hash = anchors.hash(spans.iter().copied()).expect("the spans were found in the text");
            let exact = pieces.join(" ");
            let codepoints = exact.chars().count();
            if self.words == Words::Kept && codepoints > LONGEST_EXACT {
                return Err(QuoteProblem::TooLong { codepoints, max: LONGEST_EXACT });
            }
            mention.put_before("exact", "spans", pairs(&spans));
            mention.put_before("exact", "hash", hash.to_string());
            mention.set("exact", exact);
            mention.remove("occurrence");
        }
        if self.words == Words::Stripped {
            mention.remove("exact");
        }
        Ok(())
    }
}

/// The pieces that a mention of a draft quotes.
fn pieces(mention: &Members<'_>) -> Result<Vec<String>, QuoteProblem> {
    let form = |what: &str| QuoteProblem::Form(what.into());
    let one = mention.read("exact").map(|words| vec![words]);
    let pieces: Vec<String> =
        one.or_else(|| mention.read("exact")).ok_or_else(|| form("exact, the words or a list of them, is needed"))?;
    match pieces.iter().any(String::is_empty) || pieces.is_empty() {
        true => Err(form("exact has no words")),
        false => Ok(pieces),
    }
}

/// Which of several places is meant, from 1.
fn occurrence(mention: &Members<'_>) -> Result<Option<u32>, QuoteProblem> {
    if mention.get("occurrence").is_none() {
        return Ok(None);
    }
    let occurrence: Option<u32> = mention.read("occurrence").filter(|nth| *nth > 0);
    occurrence.map(Some).ok_or_else(|| QuoteProblem::Form("occurrence is a whole number from 1".into()))
}

/// Where the pieces stand: the first by its occurrence, each further one the first after the piece before.
fn find(
    pieces: &[String],
    occurrence: Option<u32>,
    anchors: &Anchors<'_>,
    quotes: &Quotes<'_>,
) -> Result<Vec<Span>, QuoteProblem> {
    let mut spans = Vec::with_capacity(pieces.len());
    let mut end = 0;
    for (nth, piece) in pieces.iter().enumerate() {
        let words = piece.clone();
        let found = quotes.places(piece, end);
        let show = || found.iter().map(|start| quotes.show(*start..start + piece.len())).collect();
        let start = match (nth, occurrence, found.as_slice()) {
            (0, _, []) => return Err(QuoteProblem::NotThere { words, nearest: quotes.nearest(piece) }),
            (0, None, [start]) => *start,
            (0, None, _) => return Err(QuoteProblem::Several { words, places: show() }),
            (0, Some(occurrence), _) => match found.get(occurrence as usize - 1) {
                Some(start) => *start,
                None => return Err(QuoteProblem::TooFew { words, occurrence, places: show() }),
            },
            (_, _, []) => return Err(QuoteProblem::NotAfter { words, nearest: quotes.nearest(piece) }),
            (_, _, [start, ..]) if *start == end => return Err(QuoteProblem::Touches { words }),
            (_, _, [start, ..]) => *start,
        };
        end = start + piece.len();
        spans.push(anchors.span(start..end));
    }
    Ok(spans)
}
