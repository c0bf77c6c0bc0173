//! An article as it is written: the records of the native format, borrowed from its text.
//!
//! Every field may be missing, for the path that explains goes on with what is sound. The fast path scans the same records: it
//! refuses whatever is not whole and leaves the reasons to the other.

use std::borrow::Cow;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ops::Deref;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::problem::Problems;
use super::scan::{Scan, Scanner};
use super::{located, words};
use crate::model::{
    AnnotatorKind, Count, CountPrecision, DateBasis, FactType, MentionForm, Modality, NodeKind, OriginKind, Pledge,
    Reading,
};
use crate::provenance::Newlines;
use crate::text::{Digest, MentionHash};
use crate::time::{End, PartialDate, Start, When};

/// A string, borrowed unless it is written with escapes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Str<'t>(pub(crate) Cow<'t, str>);

impl Deref for Str<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'t> Scan<'t> for Str<'t> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        scanner.string()
    }
}

impl<'t, T: Scan<'t>> Scan<'t> for Vec<T> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        // As many as most articles have, so that few are moved to make room.
        let mut items = Self::with_capacity(64);
        scanner.items(|scanner| T::scan(scanner).map(|item| items.push(item)))?;
        Some(items)
    }
}

/// A number or truth value, as the scanner has it.
macro_rules! scanned {
    ($($type:ty: $read:expr;)+) => {$(
        impl<'t> Scan<'t> for $type {
            fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
                let read: fn(&mut Scanner<'t>) -> Option<Self> = $read;
                read(scanner)
            }
        }
    )+};
}

scanned! {
    u32: Scanner::integer;
    u64: |scanner| scanner.integer().map(u64::from);
    bool: Scanner::boolean;
    f64: |scanner| scanner.raw()?.parse().ok();
    PartialDate: |scanner| scanner.string()?.parse().ok();
    AnnotatorKind: |scanner| Self::from_word(&scanner.string()?);
    CountPrecision: |scanner| Self::from_word(&scanner.string()?);
    DateBasis: |scanner| Self::from_word(&scanner.string()?);
    FactType: |scanner| Self::from_word(&scanner.string()?);
    MentionForm: |scanner| Self::from_word(&scanner.string()?);
    Modality: |scanner| Self::from_word(&scanner.string()?);
    NodeKind: |scanner| Self::from_word(&scanner.string()?);
    OriginKind: |scanner| Self::from_word(&scanner.string()?);
    Pledge: |scanner| Self::from_word(&scanner.string()?);
    Reading: |scanner| Self::from_word(&scanner.string()?);
}

/// A list of different items, mostly of one; none stands for one that is not sound.
#[derive(Debug, Clone)]
pub(crate) struct List<T>(pub(crate) SmallVec<[Option<T>; 1]>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<T> List<T> {
    /// The sound items with their places.
    pub(crate) fn sound(&self) -> impl Iterator<Item = (usize, &T)> {
        self.0.iter().enumerate().filter_map(|(nth, item)| Some((nth, item.as_ref()?)))
    }
}

impl<T: Eq + Hash> List<T> {
    /// For each item whether it is sound and stands in the list before. Linear, without hashing where the list is short.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = bool> + '_ {
        const SHORT: usize = 16;
        let mut known = FxHashSet::default();
        self.0.iter().enumerate().map(move |(nth, item)| match item {
            None => false,
            Some(_) if self.0.len() <= SHORT => self.0[..nth].contains(item),
            Some(item) => !known.insert(item),
        })
    }
}

impl<'t, T: Scan<'t> + Eq + Hash> Scan<'t> for List<T> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        let mut list = Self::default();
        scanner.items(|scanner| T::scan(scanner).map(|item| list.0.push(Some(item))))?;
        let is_sound = list.0.len() < 2 || !list.repeated().any(|is_repeated| is_repeated);
        is_sound.then_some(list)
    }
}

/// The writer's own members, as the text of an object without its braces; empty if there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Extras(String);

impl Extras {
    pub(crate) fn push(&mut self, key: &str, raw: &str) {
        let key = serde_json::to_string(key).expect("a string can be written");
        let text = &mut self.0;
        for piece in [if text.is_empty() { "" } else { ", " }, &key, ": ", raw] {
            text.push_str(piece);
        }
    }

    /// Members that have keys or nesting to be looked at closely, or are long, are for the other path.
    fn push_plain(&mut self, key: &str, raw: &str) -> Option<()> {
        const DEPTH: usize = 32;
        const LENGTH: usize = 1 << 14;
        let mut problems = Problems::counted();
        let is_known = self.0.len() > LENGTH || self.0.contains(key);
        if is_known || located::parse(raw, DEPTH, &mut problems).is_none() || problems.errors > 0 {
            return None;
        }
        self.push(key, raw);
        Some(())
    }

    pub(crate) fn text(&self) -> Option<&str> {
        Some(&*self.0).filter(|text| !text.is_empty())
    }
}

/// Declares a record: its keys, whether each is required, what it must be, and what must be true of all together.
macro_rules! record {
    (@required req) => { true };
    (@required opt) => { false };
    ($(#[$meta:meta])* $name:ident { $( $mode:ident $field:ident $key:literal: $type:ty $(, $check:path)?; )+ } $($whole:path)?) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub(crate) struct $name<'t> {
            $( pub(crate) $field: Option<$type>, )+
            pub(crate) extras: Extras,
            pub(crate) text: PhantomData<&'t str>,
        }

        impl $name<'_> {
            /// The keys, and whether each is required.
            pub(crate) const KEYS: &'static [(&'static str, bool)] = &[$( ($key, record!(@required $mode)) ),+];
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                Self { $( $field: None, )+ extras: Extras::default(), text: PhantomData }
            }
        }

        #[cfg(feature = "schema")]
        impl<'t> schemars::JsonSchema for $name<'t> {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut members = serde_json::Map::new();
                $(
                    let check = None::<&str>$( .or(Some(stringify!($check))) )?;
                    members.insert($key.into(), super::schema::member::<$type>(generator, check));
                )+
                super::schema::record(generator, stringify!($name), Self::KEYS, &members)
            }
        }

        impl<'t> Scan<'t> for $name<'t> {
            fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
                let mut record = Self::default();
                scanner.members(|scanner, key| match &*key {
                    $( $key if record.$field.is_none() => {
                        let value: $type = Scan::scan(scanner)?;
                        $( if !$check(&value) {
                            return None;
                        } )?
                        record.$field = Some(value);
                        Some(())
                    } )+
                    own if own.starts_with("x_") => record.extras.push_plain(own, scanner.raw()?),
                    _ => None,
                })?;
                $( if record!(@required $mode) && record.$field.is_none() {
                    return None;
                } )+
                $( if !$whole(&record) {
                    return None;
                } )?
                Some(record)
            }
        }
    };
}

record! {
    /// The whole article.
    Article {
        req format "format": u64, words::is_format;
        req id "id": Str<'t>, words::is_article_id;
        req offsets "offsets": Str<'t>, words::is_offsets;
        req head "article": Head<'t>;
        opt annotators "annotators": Vec<Annotator<'t>>;
        req mentions "mentions": Vec<Mention<'t>>;
        req entities "entities": Vec<Entity<'t>>;
        req facts "facts": Vec<Fact<'t>>;
    }
}

record! {
    /// Where the article is from.
    Head {
        opt title "title": Str<'t>, words::is_title;
        opt publisher "publisher": Str<'t>, words::is_short;
        opt author "author": Str<'t>, words::is_short;
        opt rights "rights": Str<'t>, words::is_short;
        opt url "url": Str<'t>, words::is_url;
        opt language "language": Str<'t>, words::is_language;
        opt retrieved "retrieved": Str<'t>, words::is_time_stamp;
        opt published "published": PartialDate;
        opt published_basis "published_basis": DateBasis;
        opt dateline "dateline": Dateline<'t>;
        opt origin "origin": Origin<'t>;
        req text_record "text": Text<'t>;
    }
}

record! {
    Dateline {
        opt place "place": Str<'t>, words::is_short;
        opt date "date": PartialDate;
    }
    Dateline::is_whole
}

record! {
    Origin {
        req kind "kind": OriginKind;
        opt of "of": Str<'t>, words::is_article_id;
        opt agency "agency": Str<'t>, words::is_short;
    }
    Origin::is_whole
}

record! {
    Text {
        req sha256 "sha256": Hashed<Digest>;
        req codepoints "codepoints": u32, words::is_offset;
        opt newlines "newlines": LineEnds;
        opt file "file": Str<'t>, words::is_inner_path;
        opt content "content": Str<'t>;
    }
    Text::is_whole
}

record! {
    Annotator {
        req id "id": Str<'t>, words::is_id;
        req kind "kind": AnnotatorKind;
        opt name "name": Str<'t>, words::is_short;
        opt version "version": Str<'t>, words::is_short;
    }
}

record! {
    Mention {
        req id "id": Str<'t>, words::is_id;
        req spans "spans": List<Pair>, List::is_some;
        req hash "hash": Hashed<MentionHash>;
        opt exact "exact": Str<'t>, words::is_exact;
        opt form "form": MentionForm;
        opt by "by": Str<'t>, words::is_id;
    }
}

record! {
    Entity {
        req id "id": Str<'t>, words::is_id;
        req node "type": NodeKind, words::is_entity;
        opt key "key": Str<'t>, words::is_key;
        opt name "name": Str<'t>, words::is_short;
        opt aliases "aliases": List<Str<'t>>, words::are_short;
        opt kind "kind": Str<'t>;
        opt count "count": Number<'t>;
        opt pledges "pledges": List<Pledge>, List::is_some;
        opt same_as "same_as": List<Str<'t>>, words::are_identities;
        opt mentions "mentions": List<Str<'t>>, words::are_ids;
    }
}

record! {
    Number {
        req value "value": u32, words::is_offset;
        req precision "precision": CountPrecision;
    }
}

record! {
    Fact {
        req id "id": Str<'t>, words::is_id;
        req fact "type": FactType;
        opt key "key": Str<'t>, words::is_key;
        req args "args": Args<'t>;
        opt with "with": With<'t>;
        req modality "modality": Modality;
        opt negated "negated": bool;
        opt said_by "said_by": Str<'t>, words::is_id;
        opt said_in "said_in": Str<'t>, words::is_id;
        opt when "when": Time<'t>;
        req evidence "evidence": List<Str<'t>>, words::are_some_ids;
        opt gloss "gloss": Str<'t>, words::is_short;
        opt confidence "confidence": f64, words::is_confidence;
        opt reading "reading": Reading;
        opt by "by": Str<'t>, words::is_id;
    }
    Fact::is_whole
}

record! {
    /// `when`.
    Time {
        opt at "at": PartialDate;
        opt from "from": From;
        opt until "until": Until;
        opt ended_by "ended_by": PartialDate;
        opt words "words": Str<'t>, words::is_id;
        opt basis "basis": DateBasis;
    }
    Time::is_whole
}

/// Rules about several members of one object.
impl Dateline<'_> {
    fn is_whole(&self) -> bool {
        self.place.is_some() || self.date.is_some()
    }
}

impl Origin<'_> {
    /// What was taken from elsewhere says from where.
    fn is_whole(&self) -> bool {
        self.of.is_some() || !matches!(self.kind, Some(OriginKind::Reprint | OriginKind::Translation))
    }
}

impl Text<'_> {
    fn is_whole(&self) -> bool {
        self.file.is_none() || self.content.is_none()
    }
}

impl Fact<'_> {
    fn is_whole(&self) -> bool {
        self.said_by.is_none() || self.said_in.is_none()
    }

    /// What is said of time.
    pub(crate) fn when(&self) -> When {
        self.when.as_ref().map_or(When::Unstated, Time::when)
    }
}

impl Time<'_> {
    fn is_whole(&self) -> bool {
        let ends = usize::from(self.until.is_some()) + usize::from(self.ended_by.is_some());
        match self.at {
            Some(_) => self.from.is_none() && ends == 0,
            None => ends < 2 && (self.from.is_some() || ends == 1),
        }
    }

    pub(crate) fn when(&self) -> When {
        match (self.at, &self.from, &self.until, self.ended_by) {
            (Some(date), ..) => When::At(date),
            (None, None, None, None) => When::Unstated,
            (None, from, until, by) => When::Span {
                from: from.as_ref().map_or(Start::Unknown, |from| from.0),
                until: until.as_ref().map(|until| until.0).or(by.map(End::By)).unwrap_or(End::Unknown),
            },
        }
    }
}

impl Number<'_> {
    pub(crate) fn count(&self) -> Option<Count> {
        Some(Count::new(self.value?, self.precision?))
    }
}

impl<T> List<T> {
    pub(crate) fn is_some(&self) -> bool {
        !self.0.is_empty()
    }
}

/// `[start, end]`, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Pair(pub(crate) u32, pub(crate) u32);

impl<'t> Scan<'t> for Pair {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        scanner.takes(b'[')?;
        let start = scanner.integer().filter(words::is_offset)?;
        scanner.takes(b',')?;
        let end = scanner.integer().filter(words::is_offset)?;
        scanner.takes(b']')?;
        Some(Self(start, end))
    }
}

/// What is written as text and parsed at once.
macro_rules! parsed {
    ($(#[$meta:meta])* $name:ident$(<$type:ident>)? ($inner:ty), |$text:ident| $parse:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct $name$(<$type>)?(pub(crate) $inner);

        impl<'t $(, $type: std::str::FromStr)?> Scan<'t> for $name$(<$type>)? {
            fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
                let $text: &str = &scanner.string()?;
                $parse.map(Self)
            }
        }
    };
}

parsed! {
    /// A digest in hexadecimal digits.
    Hashed<T>(T), |text| text.parse().ok()
}
parsed! {
    LineEnds(Newlines), |text| words::newlines(text)
}
parsed! {
    /// A date, or `unknown`.
    From(Start), |text| words::start(text)
}
parsed! {
    /// A date, `open` or `unknown`.
    Until(End), |text| words::end(text)
}

/// `args`: the roles as written, each with its fillers.
#[derive(Debug, Default)]
pub(crate) struct Args<'t>(pub(crate) Vec<(Str<'t>, List<Str<'t>>)>);

impl<'t> Args<'t> {
    pub(crate) fn role(&self, role: &str) -> Option<&List<Str<'t>>> {
        self.0.iter().find(|(name, _)| **name == *role).map(|(_, fillers)| fillers)
    }
}

impl<'t> Scan<'t> for Args<'t> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        let mut args = Self::default();
        scanner.members(|scanner, role| {
            let fillers = List::scan(scanner)?;
            // A role that stands twice, or has no fillers, is for the other path.
            if args.role(&role).is_some() || !words::are_some_ids(&fillers) {
                return None;
            }
            args.0.push((role, fillers));
            Some(())
        })?;
        Some(args)
    }
}

/// `with`: the qualifiers as written.
#[derive(Debug, Default)]
pub(crate) struct With<'t> {
    pub(crate) members: Vec<(Str<'t>, Loose<'t>)>,
    pub(crate) extras: Extras,
}

impl<'t> With<'t> {
    pub(crate) fn get(&self, qualifier: &str) -> Option<&Loose<'t>> {
        self.members.iter().find(|(name, _)| **name == *qualifier).map(|(_, value)| value)
    }
}

/// The value of a qualifier, before its fact type says what it must be.
#[derive(Debug)]
pub(crate) enum Loose<'t> {
    Text(Str<'t>),
    Integer(u32),
    Boolean(bool),
    Number(Number<'t>),
    List(List<Str<'t>>),
    /// It is there, and not sound.
    Unsound,
}

impl<'t> Scan<'t> for With<'t> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        let mut with = Self::default();
        scanner.members(|scanner, key| {
            if key.starts_with("x_") {
                return with.extras.push_plain(&key, scanner.raw()?);
            }
            if with.get(&key).is_some() {
                return None;
            }
            let value = Loose::scan(scanner)?;
            with.members.push((key, value));
            Some(())
        })?;
        Some(with)
    }
}

impl<'t> Scan<'t> for Loose<'t> {
    fn scan(scanner: &mut Scanner<'t>) -> Option<Self> {
        Some(match scanner.peek()? {
            b'"' => Self::Text(scanner.string()?),
            b'{' => Self::Number(Number::scan(scanner)?),
            b'[' => Self::List(List::scan(scanner)?),
            b't' | b'f' => Self::Boolean(scanner.boolean()?),
            _ => Self::Integer(scanner.integer().filter(words::is_offset)?),
        })
    }
}
