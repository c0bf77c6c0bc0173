//! Qualifiers: what a fact carries beside its ends.

use std::fmt;
use std::str::FromStr;

use super::vocabulary::vocabulary;
use super::{
    Act, Count, DetentionForm, DetentionStage, Extent, FoundingStep, InstrumentStage, Measure, MeetingKind,
    MeetingMode, MeetingStage, MembershipRole, Rank, Request, Rule, SanctionStage, Stance, UnknownWord,
};
use crate::time::PartialDate;

vocabulary! {
    /// The name of a qualifier, as it stands in `with`.
    Qualifier {
        /// Role of a member.
        Role = "role",
        /// How many of a body's members.
        Extent = "extent",
        /// A stated number.
        Count = "count",
        /// What is counted.
        Unit = "unit",
        /// Step of a founding.
        Step = "step",
        /// Which rule.
        Rule = "rule",
        /// How long a term is.
        Term = "term",
        /// Until when one may act.
        Deadline = "deadline",
        /// Title of an office or meeting.
        Title = "title",
        /// Rank of an office.
        Rank = "rank",
        /// How two stand to each other.
        Stance = "stance",
        /// On what that rests.
        Basis = "basis",
        /// Whether a group is named in full.
        Complete = "complete",
        /// Whether an instrument binds.
        Binding = "binding",
        /// What somebody is accused of before a court.
        Charge = "charge",
        /// What was requested.
        Request = "request",
        /// Form of a detention.
        Form = "form",
        /// What a sanction does.
        Measures = "measures",
        /// Why.
        Reason = "reason",
        /// How a meeting is held.
        Mode = "mode",
        /// What kind of meeting.
        Kind = "kind",
        /// What a statement does.
        Act = "act",
        /// Step in the life of an event or instrument.
        Stage = "stage",
        /// How that step came out.
        Outcome = "outcome",
        /// Days between two events.
        LagDays = "lag_days",
        /// What something is called.
        Label = "label",
        /// Whether a node gets only a copy of an instrument. Carried by edges, made from the role.
        Copy = "copy",
        /// How a statement concerns a node. Carried by edges, made from the role.
        Aspect = "aspect",
    }
}

/// What kind of value a qualifier takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QualifierType {
    /// One word of a list.
    Word(&'static [&'static str]),
    /// Several different words of a list, at least one.
    Words(&'static [&'static str]),
    /// A word of the list of stages that fits what it is a stage of.
    Stage,
    /// Free text of 1 to 500 code points.
    Text,
    /// A number with its precision.
    Count,
    /// An ISO 8601 duration of years, months, weeks or days.
    Duration,
    /// A date.
    Date,
    /// Yes or no.
    Boolean,
    /// A whole number, not below 0.
    Integer,
}

impl QualifierType {
    /// Whether it takes the value. Text is not empty and has at most 500 code points; words are of the list, and not twice
    /// the same; no number is above 2,147,483,647. A stage is asked of what it is a stage of: see
    /// [`NodeKind::stages`](crate::NodeKind::stages).
    ///
    /// ```
    /// use comity::{FactType, Qualifier, Value};
    /// let rank = FactType::Office.schema().qualifier(Qualifier::Rank).expect("an office has a rank");
    /// assert!(rank.takes(&Value::Word("ambassador")) && !rank.takes(&Value::Word("bishop")));
    /// ```
    #[must_use]
    pub fn takes(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Word(list), Value::Word(word)) => list.contains(word),
            (Self::Words(list), Value::Words(words)) => {
                let is_new = |(nth, word): (usize, &&str)| list.contains(word) && !words[..nth].contains(word);
                !words.is_empty() && words.iter().enumerate().all(is_new)
            }
            (Self::Text, Value::Text(text)) => (1..=500).contains(&text.chars().count()),
            (Self::Count, Value::Count(count)) => i32::try_from(count.value).is_ok(),
            (Self::Integer, Value::Integer(number)) => *number >= 0,
            (Self::Stage, Value::Word(_))
            | (Self::Duration, Value::Duration(_))
            | (Self::Date, Value::Date(_))
            | (Self::Boolean, Value::Boolean(_)) => true,
            _ => false,
        }
    }
}

/// "one of arrest, extradition"; "text of 1 to 500 code points".
impl fmt::Display for QualifierType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word([]) => f.write_str("no word"),
            Self::Word(list) => write!(f, "one of {}", list.join(", ")),
            Self::Words(list) => write!(f, "some of {}", list.join(", ")),
            Self::Stage => f.write_str("a step in the life of what it is a stage of"),
            Self::Text => f.write_str("text of 1 to 500 code points"),
            Self::Count => f.write_str("a count"),
            Self::Duration => f.write_str("a duration"),
            Self::Date => f.write_str("a date"),
            Self::Boolean => f.write_str("yes or no"),
            Self::Integer => f.write_str("a whole number, not below 0"),
        }
    }
}

/// The value of a qualifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Value {
    /// A word of a list.
    Word(&'static str),
    /// Words of a list, in the order given.
    Words(Vec<&'static str>),
    /// Free text.
    Text(Box<str>),
    /// A count.
    Count(Count),
    /// A duration.
    Duration(Duration),
    /// A date.
    Date(PartialDate),
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i32),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.pad(word),
            Self::Words(words) => f.pad(&words.join(", ")),
            Self::Text(text) => f.pad(text),
            Self::Count(count) => count.fmt(f),
            Self::Duration(duration) => duration.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Boolean(yes) => f.pad(if *yes { "yes" } else { "no" }),
            Self::Integer(number) => number.fmt(f),
        }
    }
}

/// An ISO 8601 duration without times of day: `P1Y`, `P2Y6M`, `P90D`.
///
/// ```
/// use comity::Duration;
/// let term: Duration = "P1Y".parse()?;
/// assert_eq!(term.to_string(), "P1Y");
/// assert!("1 year".parse::<Duration>().is_err());
/// # Ok::<(), comity::NotDuration>(())
/// ```
///
/// Compared and ordered as text: `P12M` is not `P1Y`, for a text that says the one does not say the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(Box<str>);

/// The text is not an ISO 8601 duration of years, months, weeks and days, in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a duration of years, months, weeks or days, such as P1Y6M")]
#[non_exhaustive]
pub struct NotDuration;

impl Duration {
    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Duration {
    type Err = NotDuration;

    fn from_str(text: &str) -> Result<Self, NotDuration> {
        let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty()).ok_or(NotDuration)?;
        for unit in ['Y', 'M', 'W', 'D'] {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            if digits > 0 && rest[digits..].starts_with(unit) {
                rest = &rest[digits + 1..];
            }
        }
        if rest.is_empty() { Ok(Self(text.into())) } else { Err(NotDuration) }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The qualifiers of a fact, in the order of [`Qualifier`].
///
/// ```
/// use comity::{Qualifier, Qualifiers, Rank};
/// let office = Qualifiers::new().title("Foreign Minister").rank(Rank::ForeignMinister);
/// assert_eq!(office.text(Qualifier::Title), Some("Foreign Minister"));
/// assert_eq!(office.word(Qualifier::Rank), Some("foreign_minister"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Qualifiers(Vec<(Qualifier, Value)>);

macro_rules! setters {
    ($($name:ident $qualifier:ident: $type:ty => $variant:ident($value:expr);)+) => {$(
        #[doc = concat!("Sets [`Qualifier::", stringify!($qualifier), "`].")]
        #[must_use]
        pub fn $name(self, value: $type) -> Self {
            let make: fn($type) -> Value = |value| Value::$variant($value(value));
            self.with(Qualifier::$qualifier, make(value))
        }
    )+};
}

impl Qualifiers {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one; whether the fact type takes it is checked where the fact is made.
    #[must_use]
    pub fn with(mut self, qualifier: Qualifier, value: Value) -> Self {
        match self.0.binary_search_by_key(&qualifier, |(name, _)| *name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (qualifier, value)),
        }
        self
    }

    setters! {
        role Role: MembershipRole => Word(MembershipRole::as_str);
        extent Extent: Extent => Word(Extent::as_str);
        count Count: Count => Count(std::convert::identity);
        unit Unit: &str => Text(Box::from);
        step Step: FoundingStep => Word(FoundingStep::as_str);
        rule Rule: Rule => Word(Rule::as_str);
        term Term: Duration => Duration(std::convert::identity);
        deadline Deadline: PartialDate => Date(std::convert::identity);
        title Title: &str => Text(Box::from);
        rank Rank: Rank => Word(Rank::as_str);
        stance Stance: Stance => Word(Stance::as_str);
        basis Basis: &str => Text(Box::from);
        complete Complete: bool => Boolean(std::convert::identity);
        binding Binding: bool => Boolean(std::convert::identity);
        charge Charge: &str => Text(Box::from);
        request Request: Request => Word(Request::as_str);
        form Form: DetentionForm => Word(DetentionForm::as_str);
        reason Reason: &str => Text(Box::from);
        mode Mode: MeetingMode => Word(MeetingMode::as_str);
        meeting_kind Kind: MeetingKind => Word(MeetingKind::as_str);
        act Act: Act => Word(Act::as_str);
        detention_stage Stage: DetentionStage => Word(DetentionStage::as_str);
        sanction_stage Stage: SanctionStage => Word(SanctionStage::as_str);
        meeting_stage Stage: MeetingStage => Word(MeetingStage::as_str);
        instrument_stage Stage: InstrumentStage => Word(InstrumentStage::as_str);
        outcome Outcome: &str => Text(Box::from);
        lag_days LagDays: i32 => Integer(std::convert::identity);
        label Label: &str => Text(Box::from);
    }

    /// Sets [`Qualifier::Measures`].
    #[must_use]
    pub fn measures(self, measures: &[Measure]) -> Self {
        self.with(Qualifier::Measures, Value::Words(measures.iter().map(|measure| measure.as_str()).collect()))
    }

    /// The value of one, if it is there. Linear in the few there are.
    #[must_use]
    pub fn get(&self, qualifier: Qualifier) -> Option<&Value> {
        self.0.iter().find(|(name, _)| *name == qualifier).map(|(_, value)| value)
    }

    /// The text of one, if it is there and is text.
    #[must_use]
    pub fn text(&self, qualifier: Qualifier) -> Option<&str> {
        match self.get(qualifier)? {
            Value::Text(text) => Some(text),
            Value::Duration(duration) => Some(duration.as_str()),
            _ => None,
        }
    }

    /// The word of one, if it is there and is a word of a list.
    #[must_use]
    pub fn word(&self, qualifier: Qualifier) -> Option<&'static str> {
        match self.get(qualifier)? {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The words of one; empty if it is not there.
    #[must_use]
    pub fn words(&self, qualifier: Qualifier) -> &[&'static str] {
        match self.get(qualifier) {
            Some(Value::Words(words)) => words,
            _ => &[],
        }
    }

    /// The stated count, if it is there.
    #[must_use]
    pub fn stated_count(&self) -> Option<Count> {
        match self.get(Qualifier::Count)? {
            Value::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The yes or no of one, if it is there.
    #[must_use]
    pub fn boolean(&self, qualifier: Qualifier) -> Option<bool> {
        match self.get(qualifier)? {
            Value::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The whole number of one, if it is there.
    #[must_use]
    pub fn integer(&self, qualifier: Qualifier) -> Option<i32> {
        match self.get(qualifier)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Each with its value, in the order of [`Qualifier`].
    pub fn iter(&self) -> impl Iterator<Item = (Qualifier, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// Keeps those of which this is true.
    pub(crate) fn retain(&mut self, keep: impl Fn(Qualifier) -> bool) {
        self.0.retain(|(name, _)| keep(*name));
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
