//! The codes: stable names of mistakes.

use std::fmt;

use serde::{Serialize, Serializer};

/// The stages of checking, in their order. All mistakes of a stage are reported before those of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The bytes are no text.
    Encoding,
    /// The text is no JSON.
    Syntax,
    /// It is larger than is read.
    Limit,
    /// The JSON is no article.
    Shape,
    /// An id names nothing, or the wrong thing.
    Reference,
    /// An offset cannot be.
    Span,
    /// The text is not the annotated one.
    Text,
    /// The facts do not fit the ontology.
    Meaning,
    /// The articles do not fit together.
    Lines,
    /// The file is no table, or its rows are not those of one.
    Table,
    /// A row of a table says what cannot be.
    Record,
    /// An annotation made with another tool says what cannot be.
    Annotation,
    /// It is sound, and suspicious: reported only on request.
    Suspicion,
}

impl Stage {
    /// The word: `encoding`, `syntax` and so on.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Syntax => "syntax",
            Self::Limit => "limit",
            Self::Shape => "shape",
            Self::Reference => "reference",
            Self::Span => "span",
            Self::Text => "text",
            Self::Meaning => "meaning",
            Self::Lines => "lines",
            Self::Table => "table",
            Self::Record => "record",
            Self::Annotation => "annotation",
            Self::Suspicion => "suspicion",
        }
    }
}

macro_rules! codes {
    ($($code:ident $stage:ident $meaning:literal;)+) => {
        /// What kind of mistake: the codes of the native format, those of other people's tables and annotations (`I...`), and those of
        /// suspicions (`W...`).
        ///
        /// ```
        /// use comity::{Code, Stage};
        /// assert_eq!(Code::C0402.stage(), Stage::Reference);
        /// assert_eq!(Code::C0402.to_string(), "C0402");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(
            #[doc = concat!("Stands for: ", $meaning, ".")]
            $code,
        )+ }

        impl Code {
            /// Every code, in the order of the stages.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];

            /// The code as it is printed.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)+ }
            }

            /// The stage of checking that finds it.
            #[must_use]
            pub fn stage(self) -> Stage {
                match self { $(Self::$code => Stage::$stage,)+ }
            }

            /// What it stands for.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$code => $meaning,)+ }
            }
        }
    };
}

codes! {
    C0101 Encoding "invalid UTF-8";
    C0102 Encoding "the file is UTF-16 or UTF-32";
    C0103 Encoding "the file holds no JSON value";
    C0201 Syntax "unexpected character";
    C0202 Syntax "unexpected end of the file or line";
    C0203 Syntax "a key appears twice in one object";
    C0204 Syntax "a bad string: raw control character, bad escape or lone surrogate";
    C0205 Syntax "a bad number: leading zero, or no digit after the point or exponent";
    C0206 Syntax "something follows the end of the value";
    C0901 Limit "the file is too large";
    C0902 Limit "nested too deep";
    C0903 Limit "too many ids";
    C0904 Limit "too many spans or items";
    C0905 Limit "the line is too long";
    C0906 Limit "stopped after too many diagnostics";
    C0301 Shape "a required key is missing";
    C0302 Shape "an unknown key";
    C0303 Shape "the wrong JSON type";
    C0304 Shape "the value is not one of the list";
    C0305 Shape "a malformed string: id, hash, language, address, duration or time stamp";
    C0306 Shape "a version of the format that this build does not read";
    C0307 Shape "a list or string is too short";
    C0308 Shape "a number is out of range";
    C0309 Shape "not a date";
    C0310 Shape "a malformed identity, or an unknown scheme";
    C0311 Shape "the path of the text leaves the folder";
    C0312 Shape "a string is too long";
    C0313 Shape "a malformed key";
    C0314 Shape "an integer is not written as an integer";
    C0315 Shape "keys exclude each other";
    C0316 Shape "an item is repeated in a list";
    C0401 Reference "an id is used twice";
    C0402 Reference "an id names nothing";
    C0403 Reference "an id names the wrong kind of thing";
    C0404 Reference "a reserved id";
    C0405 Reference "facts contain each other";
    C0406 Reference "`said_in` names no statement that affirms";
    C0407 Reference "a mention belongs to two entities";
    C0408 Reference "a key does not begin with the type";
    C0409 Reference "two entities have one key";
    C0410 Reference "two entities have one identity";
    C0411 Reference "a key on a fact that is no event";
    C0412 Reference "an article is its own origin";
    C0501 Span "a span is empty or reversed";
    C0502 Span "a span ends past the text";
    C0503 Span "pieces overlap, touch or are out of order";
    C0601 Text "the text is not here, so that its spans are unverified (a warning)";
    C0602 Text "the hash of the text differs";
    C0603 Text "the number of code points differs";
    C0604 Text "the hash of a mention differs";
    C0605 Text "the offsets were counted in another unit";
    C0606 Text "`exact` differs from the text";
    C0607 Text "the text cannot be read, or is not UTF-8";
    C0701 Meaning "an unknown fact type";
    C0702 Meaning "an unknown role";
    C0703 Meaning "a required role is missing";
    C0704 Meaning "too many in a role";
    C0705 Meaning "the wrong type in a role";
    C0706 Meaning "a field that this type does not have";
    C0707 Meaning "a required qualifier is missing";
    C0708 Meaning "no such month or day";
    C0709 Meaning "a period is empty or reversed";
    C0710 Meaning "a denial without content";
    C0711 Meaning "modality `denied`, but no denial has it as content";
    C0712 Meaning "the same thing on both ends";
    C0713 Meaning "extent on a member that has no members";
    C0714 Meaning "a stage that does not fit what it is a stage of";
    C0801 Lines "the id of the article is used already in this file or load";
    I0101 Table "a field or the file is not UTF-8";
    I0102 Table "a column is missing";
    I0103 Table "a row has more or fewer fields than there are columns";
    I0104 Table "a row is too long, or has too many fields";
    I0105 Table "a quote is not closed on its line or on the lines that follow";
    I0106 Table "the file cannot be read to its end";
    I0107 Table "a column is there twice";
    I0108 Table "the file holds no table";
    I0109 Table "the file or line is no JSON";
    I0201 Record "not a number";
    I0202 Record "not a date";
    I0203 Record "a number is out of range";
    I0204 Record "it ends before it begins";
    I0205 Record "a field that must be filled is empty";
    I0206 Record "not one of the codes of the data set";
    I0207 Record "a name that cannot stand in a key";
    I0208 Record "the same thing is said twice";
    I0209 Record "a member is missing, or is not of the JSON type that it must be";
    I0301 Record "no nation has the code";
    I0302 Record "the code is not of one nation on that date";
    I0303 Record "the code and the name are of different nations";
    I0401 Record "text that is not UTF-8 and may be left out is left out (a warning)";
    I0402 Record "one id is given to several people, who are told apart (a warning)";
    I0403 Record "a name that is not of one nation, and may be left out, is left out (a warning)";
    I0501 Annotation "an annotation is not of the form of its kind";
    I0502 Annotation "the words of an annotation are not at its place";
    I0503 Annotation "a place is empty, reversed or past the text, or its pieces overlap";
    I0504 Annotation "an annotation names what is not there, or what cannot stand there";
    I0505 Annotation "an annotation, as it is mapped, does not fit the ontology";
    I0506 Annotation "the id of an annotation is used twice";
    I0507 Annotation "annotations contain each other";
    I0508 Annotation "offsets were counted in another unit than code points (a warning)";
    W0101 Suspicion "a stated count does not match the list";
    W0102 Suspicion "an effect before its cause";
    W0103 Suspicion "a title outside its tenure";
    W0104 Suspicion "an ambiguous name";
    W0105 Suspicion "a state that did not exist on the date";
    W0106 Suspicion "the date of publication used as the date of an event";
}

impl Code {
    /// Whether it rejects the article or row: all but the suspicions and the text that is not here or is left out do.
    #[must_use]
    pub fn severity(self) -> super::Severity {
        let warns = [Self::C0601, Self::I0401, Self::I0402, Self::I0403, Self::I0508].contains(&self);
        if warns || self.stage() == Stage::Suspicion { super::Severity::Warning } else { super::Severity::Error }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
