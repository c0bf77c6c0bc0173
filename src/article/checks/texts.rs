//! The text: that it is the annotated one, and that the words of the mentions stand where they are said to.

use std::sync::Arc;

use crate::article::anchor::{Anchor, Anchors, Placement};
use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{Article, Mention};
use crate::article::units::counted_in;
use crate::diagnostic::Code;
use crate::text::Digest;

/// How many code points are hashed to find out where the words of mentions stand instead.
const MOST_HASHED: usize = 50_000_000;

/// What was found where the text was looked for.
#[derive(Debug)]
pub(crate) enum Found {
    /// Nobody says where it is, and it was not looked for.
    Nowhere,
    /// The file that the annotation names is not there.
    Absent,
    /// It cannot be read, or is not UTF-8: why.
    Unreadable(String),
    /// It is here.
    Here(Here),
}

/// A text, as spans and hashes speak of it.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    pub(crate) text: Arc<str>,
    pub(crate) digest: Digest,
}

impl Here {
    pub(crate) fn new(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        Self { digest: Digest::of(&text), text }
    }

    /// Whether it is the annotated one.
    pub(crate) fn is_of(&self, article: &Article<'_>) -> bool {
        let digest = article.head.as_ref().and_then(|head| head.text_record.as_ref()?.sha256);
        digest.is_some_and(|digest| digest.0 == self.digest)
    }
}

impl Found {
    /// The text, if it is here and the annotated one.
    pub(crate) fn text_of(self, article: &Article<'_>) -> Option<Arc<str>> {
        match self {
            Self::Here(here) if here.is_of(article) => Some(here.text),
            _ => None,
        }
    }
}

pub(crate) fn check(article: &Article<'_>, found: &Found, problems: &mut Problems) {
    let Some(record) = article.head.as_ref().and_then(|head| head.text_record.as_ref()) else { return };
    let file = || {
        let named = if record.file.is_some() { "/file" } else { "" };
        format!("/article/text{named}")
    };
    let Here { text, digest } = match found {
        Found::Nowhere => return,
        Found::Absent => {
            let message = "the text is not here: spans are unverified";
            problems.warn(Problem::at(Code::C0601, file(), message).hint("put the text there, or leave out \"file\""));
            return;
        }
        Found::Unreadable(why) => {
            problems.add(|| Problem::at(Code::C0607, file(), why).hint("save it as UTF-8"));
            return;
        }
        Found::Here(here) => here,
    };
    let anchors = Anchors::of(text);
    let is_other = record.sha256.is_some_and(|said| said.0 != *digest);
    if is_other {
        problems.add(|| {
            let anchors_of = anchored(article);
            let fitting = anchors_of.iter().filter(|(_, anchor)| anchors.stands(anchor)).count();
            let message = format!("the text hashes to {digest}; {fitting} of {} mentions still fit", anchors_of.len());
            let hint = "re-anchor by hash, or fetch the old text";
            Problem::at(Code::C0602, "/article/text/sha256".into(), message).hint(hint)
        });
    }
    let codepoints = anchors.codepoints();
    if let Some(said) = record.codepoints.filter(|said| *said as usize != codepoints) {
        problems.add(|| {
            let message = format!("the text has {codepoints} code points");
            let problem = Problem::at(Code::C0603, "/article/text/codepoints".into(), message);
            let utf16 = text.encode_utf16().count();
            match said as usize {
                bytes if bytes == text.len() => problem.hint(format!("{bytes} is its length in bytes")),
                units if units == utf16 => problem.hint(format!("{units} is its length in UTF-16 units")),
                _ => problem.hint("count code points, line ends as one"),
            }
        });
    }
    if !is_other {
        mentions(article, &anchors, problems);
    }
}

/// The mentions that can be looked for, with their rows.
fn anchored(article: &Article<'_>) -> Vec<(usize, Anchor)> {
    let anchor = |(nth, mention): (usize, &Mention<'_>)| {
        Some((nth, Anchor { spans: mention.pieces()?.into_vec(), hash: mention.hash?.0 }))
    };
    article.mentions().iter().enumerate().filter_map(anchor).collect()
}

fn mentions(article: &Article<'_>, anchors: &Anchors<'_>, problems: &mut Problems) {
    let all = anchored(article);
    let within = |anchor: &Anchor| anchor.spans.last().is_some_and(|span| span.end() as usize <= anchors.codepoints());
    let mut failing: Vec<_> = all.iter().filter(|(_, anchor)| !anchors.stands(anchor)).collect();
    if failing.len() >= 2 {
        let every: Vec<_> = all.iter().map(|(_, anchor)| anchor.clone()).collect();
        if let Some(unit) = counted_in(anchors, &every) {
            problems.add(|| {
                let message = format!("mention hashes fail as code points, and all fit as {unit}");
                let path = format!("/mentions/{}/spans/0", failing[0].0);
                Problem::at(Code::C0605, path, message).hint("convert the offsets; they are never guessed")
            });
            return;
        }
    }
    // A span past the end is told as that.
    failing.retain(|(_, anchor)| within(anchor));
    let mut effort = MOST_HASHED;
    for (nth, anchor) in failing {
        problems.add(|| {
            let message = "the text there has another hash";
            let problem = Problem::at(Code::C0604, format!("/mentions/{nth}/spans/0"), message);
            let cost = anchors.codepoints() * anchor.spans.iter().map(|span| span.len() as usize).sum::<usize>();
            let Some(left) = effort.checked_sub(cost) else { return problem.hint("re-anchor by hash") };
            effort = left;
            match anchors.place(std::slice::from_ref(anchor)).pop() {
                Some(Placement::Moved { to }) => {
                    let to: Vec<_> = to.iter().map(ToString::to_string).collect();
                    problem.hint(format!("the hashed words stand once, at {}", to.join(" and ")))
                }
                Some(Placement::Ambiguous { starts, .. }) => {
                    problem.hint(format!("the hashed words stand at {} places", starts.len()))
                }
                _ => problem.hint("the hashed words stand nowhere in the text"),
            }
        });
    }
    for (nth, mention) in article.mentions().iter().enumerate() {
        let (Some(exact), Some(spans)) = (&mention.exact, mention.pieces()) else { continue };
        let words: Option<Vec<&str>> = spans.iter().map(|span| anchors.words(*span)).collect();
        let Some(words) = words.map(|words| words.join(" ")).filter(|words| **words != **exact) else { continue };
        problems.add(|| {
            let message = "the words at its spans are others";
            Problem::at(Code::C0606, format!("/mentions/{nth}/exact"), message)
                .hint(format!("there stands \"{words}\""))
        });
    }
}
