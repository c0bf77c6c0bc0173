//! Sources: articles and data sets.

use std::sync::Arc;

use crate::model::{AnnotatorKind, DateBasis, OriginKind};
use crate::text::Digest;
use crate::time::PartialDate;

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum SourceKind {
    /// An article: a text that somebody published.
    #[default]
    Article,
    /// A data set: records that somebody coded. Its claims have no words as evidence, and no speaker but the data set.
    Dataset,
}

/// An article or data set that claims come from.
///
/// ```
/// use comity::Source;
/// let note = Source::article("desk-note-7").published("2021-02-16".parse()?).publisher("Foreign desk");
/// assert_eq!(note.id(), "desk-note-7");
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    pub(crate) id: Box<str>,
    pub(crate) kind: SourceKind,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// Who wrote it.
    pub author: Option<Box<str>>,
    /// What others may do with it.
    pub rights: Option<Box<str>>,
    /// Where it was found.
    pub url: Option<Box<str>>,
    /// Its language, as BCP 47 says it.
    pub language: Option<Box<str>>,
    /// When it was fetched, a day or a UTC time stamp.
    pub retrieved: Option<Box<str>>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// Where that date comes from; none is `stated`.
    pub published_basis: Option<DateBasis>,
    /// Where and when it says it was written.
    pub dateline: Option<Box<Dateline>>,
    /// How it came to be; none is its own origin.
    pub origin: Option<Box<Origin>>,
    /// Its text; a data set has none.
    pub text: Option<TextRecord>,
    /// Who annotated it.
    pub annotators: Vec<Annotator>,
}

impl Source {
    /// An article of this id, unique in the corpus.
    #[must_use]
    pub fn article(id: &str) -> Self {
        Self { id: id.into(), ..Self::default() }
    }

    /// A data set of this id, unique in the corpus.
    #[must_use]
    pub fn dataset(id: &str) -> Self {
        Self { id: id.into(), kind: SourceKind::Dataset, ..Self::default() }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What kind of source it is.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Sets the date of publication, or the last day that a data set covers.
    #[must_use]
    pub fn published(mut self, date: PartialDate) -> Self {
        self.published = Some(date);
        self
    }

    /// Sets the publisher.
    #[must_use]
    pub fn publisher(mut self, name: &str) -> Self {
        self.publisher = Some(name.into());
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: &str) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the text, so that mentions can be checked against it and quoted.
    ///
    /// ```
    /// use comity::Source;
    /// let note = Source::article("desk-note").text("Ottawa answered.\r\n");
    /// assert_eq!(note.text.as_ref().map(|text| text.codepoints), Some(17)); // CR LF became LF
    /// assert!(note.is_verified());
    /// ```
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.text = Some(TextRecord::of(text));
        self
    }

    /// Whether its spans were checked against its text.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.at_hand.is_some())
    }
}

/// Where and when an article says it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place.
    pub place: Option<Box<str>>,
    /// The date.
    pub date: Option<PartialDate>,
}

/// How an article came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Original, wire copy, reprint or translation.
    pub kind: OriginKind,
    /// The article that it was taken from.
    pub of: Option<Box<str>>,
    /// The agency.
    pub agency: Option<Box<str>>,
}

/// What is known of a text: enough to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRecord {
    /// Its digest.
    pub digest: Digest,
    /// How many code points it has.
    pub codepoints: u32,
    /// How its line ends were read; none is [`Newlines::Lf`].
    pub newlines: Option<Newlines>,
    /// The file it is in, relative to the annotation.
    pub file: Option<Box<str>>,
    /// Whether the annotation itself carries the text.
    pub inline: bool,
    /// The text, where it was at hand.
    pub at_hand: Option<Arc<str>>,
}

impl TextRecord {
    /// The record of a text at hand, as spans and hashes speak of it: one leading byte order mark removed, CR LF and lone CR
    /// turned into LF. Linear in its bytes.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        Self {
            digest: Digest::of(&text),
            codepoints: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
            newlines: None,
            file: None,
            inline: false,
            at_hand: Some(text.into()),
        }
    }
}

/// How the line ends of a text were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newlines {
    /// CR LF and lone CR became LF.
    Lf,
    /// As they stand.
    Raw,
}

/// Who annotated an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotator {
    /// The local id.
    pub id: Box<str>,
    /// Person or program.
    pub kind: AnnotatorKind,
    /// The name.
    pub name: Option<Box<str>>,
    /// The version of a program.
    pub version: Option<Box<str>>,
}
