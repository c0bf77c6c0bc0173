//! When the facts of stand-off annotations hold: what arguments, relations, attributes and notes say that are mapped to the end of a time.
//!
//! It reads no language: words are dates as the mapping names them, or in the form of the native format.

use super::{Is, Says, Verdict, Writer, shown};
use crate::batch::MentionId;
use crate::diagnostic::Code;
use crate::import::mapping::Bound;
use crate::time::{End, PartialDate, Start, When};

/// A date that something other than an argument says of an event or relation, and the words that say it, if any do.
pub(super) type Dated = (Bound, PartialDate, Option<MentionId>);

/// A relation between an event or relation and the words of a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    by: usize,
    fact: usize,
    bound: Bound,
    words: usize,
}

/// A time as it is put together.
#[derive(Debug, Default)]
pub(super) struct Times {
    at: Option<PartialDate>,
    from: Option<PartialDate>,
    until: Option<PartialDate>,
}

impl Times {
    /// Adds a date; two of one end must be the same.
    pub(super) fn add(&mut self, bound: Bound, date: PartialDate) -> Result<(), (Code, String)> {
        let (end, name) = match bound {
            Bound::At => (&mut self.at, "at"),
            Bound::From => (&mut self.from, "from"),
            Bound::Until => (&mut self.until, "until"),
        };
        match *end {
            Some(known) if known != date => {
                Err((Code::I0505, format!("it is said to hold {name} {known} and {name} {date}")))
            }
            _ => {
                *end = Some(date);
                Ok(())
            }
        }
    }

    pub(super) fn when(&self) -> Result<When, (Code, String)> {
        let when = match (self.at, self.from, self.until) {
            (None, None, None) => return Ok(When::Unstated),
            (Some(at), None, None) => When::At(at),
            (Some(_), ..) => return Err((Code::I0505, "it is said to hold at a date, and from or until one".into())),
            (None, from, until) => {
                When::Span { from: from.map_or(Start::Unknown, Start::On), until: until.map_or(End::Unknown, End::On) }
            }
        };
        when.check().map(|()| when).map_err(|error| (Code::I0204, error.to_string()))
    }
}

impl<'a> Writer<'a> {
    /// What relations, attributes and notes say of the time of others, and which words must say a date.
    pub(super) fn times(&mut self) {
        let (annotations, mapping) = (self.annotations, self.mapping);
        for (nth, one) in self.undecided() {
            match &one.says {
                Says::Fact { label, trigger: None, arguments } => match (mapping.bound(label), &arguments[..]) {
                    (Some(bound), [(_, one), (_, other)]) => self.dated_relation(nth, bound, one, other),
                    _ => self.ask_for_dates(arguments),
                },
                Says::Fact { arguments, .. } => self.ask_for_dates(arguments),
                Says::Attribute { name, value, of } => {
                    if let Some(bound) = mapping.bound(name) {
                        self.dated(nth, bound, value.as_deref().unwrap_or_default(), of);
                    }
                }
                Says::Note { kind, text, of } => {
                    if let Some(bound) = mapping.bound(kind) {
                        self.dated(nth, bound, text, of);
                    }
                }
                _ => {}
            }
        }
        self.dates.retain(|nth, _| matches!(annotations[*nth].says, Says::Words { .. }));
    }

    fn ask_for_dates(&mut self, arguments: &'a [(Box<str>, Box<str>)]) {
        for (_, id) in arguments.iter().filter(|(name, _)| self.mapping.bound(name).is_some()) {
            if let Some(nth) = self.numbers.get(&**id) {
                self.dates.insert(*nth, "".into());
            }
        }
    }

    /// A relation between an event or relation and the words of a date, in either direction.
    fn dated_relation(&mut self, by: usize, bound: Bound, one: &str, other: &str) {
        let annotations = self.annotations;
        let (Some(one), Some(other)) = (self.named(by, one), self.named(by, other)) else { return };
        let is_fact = |nth: usize| matches!(annotations[nth].says, Says::Fact { .. });
        let (fact, words) = match (is_fact(one), is_fact(other)) {
            (true, false) => (one, other),
            (false, true) => (other, one),
            _ => {
                let message = "of its ends one must be an event or relation, the other the words of a date";
                return self.reject(by, Code::I0504, message.into(), None);
            }
        };
        self.dates.insert(words, "".into());
        self.asked.push(Asked { by, fact, bound, words });
        self.verdicts[by] = Some(Verdict::Keep);
    }

    /// An attribute or note with a date.
    fn dated(&mut self, nth: usize, bound: Bound, text: &str, of: &str) {
        let Some(of) = self.named(nth, of) else { return };
        let is_fact = matches!(self.annotations[of].says, Says::Fact { .. });
        match self.mapping.date(text.trim()) {
            Some(date) if is_fact => self.bounds.entry(of).or_default().push((bound, date, None)),
            Some(_) => self.reject(nth, Code::I0505, "a date is said of an event or relation".into(), None),
            None => {
                let message = format!("{} is no date", shown(text).unwrap_or_default());
                self.reject(
                    nth,
                    Code::I0202,
                    message,
                    Some("as in 2018-12-01, or named among the dates of the mapping"),
                );
            }
        }
    }

    /// The words that relations ask for a date have been read.
    pub(super) fn read_dates(&mut self) {
        for Asked { by, fact, bound, words } in self.asked.clone() {
            match (self.is[words], self.date_of(words)) {
                (None | Some(Is::Rejected), _) => {
                    let message = format!("{} is rejected, or no words", self.annotations[words].id);
                    self.reject(by, Code::I0504, message, None);
                }
                (_, Ok((date, mention))) => self.bounds.entry(fact).or_default().push((bound, date, mention)),
                (_, Err(said)) => self.leave_out(by, format!("relation to words that are no date: {said}")),
            }
        }
    }

    /// The date that the words of an annotation say, and these; else what they are.
    pub(super) fn date_of(&self, nth: usize) -> Result<(PartialDate, Option<MentionId>), &str> {
        let words = self.dates.get(&nth).map_or("", |words| words);
        let mention = match self.is[nth] {
            Some(Is::Date(mention) | Is::Entity(_, mention)) => Some(mention),
            _ => None,
        };
        self.mapping.date(words).map(|date| (date, mention)).ok_or(words)
    }

    /// Relations to dates share the fate of what they date.
    pub(super) fn settle_dates(&mut self) {
        for Asked { by, fact, .. } in self.asked.clone() {
            if matches!(self.verdicts[by], Some(Verdict::Keep)) && !matches!(self.is[fact], Some(Is::Claim(..))) {
                self.leave_out(by, "a date of what is left out");
            }
        }
    }
}
