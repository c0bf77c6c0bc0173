//! From a name to a nation, at a date.

use super::names::Bearing;
use super::{Gazetteer, NamingPolicy, NationRecord, Scheme};
use crate::time::Day;

/// What a name or code stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp<'g> {
    /// This nation.
    One(Match<'g>),
    /// One of these, by key; which, the name does not say.
    Ambiguous(Vec<Match<'g>>),
    /// None that is known. Names that are near it in spelling, the nearest first; at most three.
    Unknown(Vec<&'g str>),
}

/// A nation that bears a name or code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match<'g> {
    /// The nation.
    pub nation: &'g NationRecord,
    /// By what it was found.
    pub by: MatchedBy,
    /// Whether it existed on the day asked for; without a day, whether it exists today.
    pub existed: bool,
}

/// By what a nation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MatchedBy {
    /// A name that it bears at any date.
    Name,
    /// A name that it bore for a time.
    DatedName,
    /// A code.
    Code,
    /// A name in French, Spanish, Russian, Chinese or Arabic.
    OtherLanguage,
    /// A word for its people or things.
    Demonym,
    /// A capital that stands for its government.
    Capital,
    /// A building, street or office that stands for its government.
    Metonym,
}

impl<'g> LookUp<'g> {
    pub(super) fn of(mut matches: Vec<Match<'g>>, suggestions: impl FnOnce() -> Vec<&'g str>) -> Self {
        match matches.len() {
            0 => Self::Unknown(suggestions()),
            1 => Self::One(matches.remove(0)),
            _ => Self::Ambiguous(matches),
        }
    }

    /// The nation, if it is one.
    #[must_use]
    pub fn one(&self) -> Option<&'g NationRecord> {
        match self {
            Self::One(found) => Some(found.nation),
            Self::Ambiguous(_) | Self::Unknown(_) => None,
        }
    }
}

/// The day to which the data are vouched for: "today", for a question without a date, on every machine and in every year.
const TODAY: (i16, u8, u8) = (2025, 12, 31);

/// How many names an unknown one is answered with, and how like it they must be.
const SUGGESTIONS: usize = 3;
const LIKENESS: f64 = 0.84;

impl Gazetteer {
    /// The nation of a name, demonym, capital, metonym or ISO code, as of today: names of the present first, then those of the
    /// past.
    ///
    /// Constant time; an unknown name is compared with all names.
    ///
    /// ```
    /// use comity::{Gazetteer, LookUp, MatchedBy};
    /// let gazetteer = Gazetteer::builtin();
    /// assert_eq!(gazetteer.look_up("Guinea").one().map(|nation| nation.key()), Some("GIN"));
    /// assert!(matches!(gazetteer.look_up("Beijing"), LookUp::One(found) if found.by == MatchedBy::Capital));
    /// assert!(matches!(gazetteer.look_up("Congo"), LookUp::Ambiguous(_)));
    /// ```
    #[must_use]
    pub fn look_up(&self, name: &str) -> LookUp<'_> {
        self.find(name, None)
    }

    /// The nation of a name on a day: who existed then before who did not (a match says so), a name borne then before one
    /// borne at another time.
    ///
    /// Constant time; an unknown name is compared with all names.
    ///
    /// ```
    /// use comity::{Day, Gazetteer};
    /// let named = |year| Some(Gazetteer::builtin().look_up_at("Russia", Day::new(year, 6, 1).ok()?).one()?.key());
    /// assert_eq!((named(1900), named(2021)), (Some("x-russian-empire"), Some("RUS")));
    /// ```
    #[must_use]
    pub fn look_up_at(&self, name: &str, day: Day) -> LookUp<'_> {
        self.find(name, Some(day))
    }

    /// The nation that bears a name on a day and was there: not by its capital, its people or a code. Nothing is suggested, so that
    /// many names can be asked for.
    #[cfg(feature = "tables")]
    pub(crate) fn bearer_at(&self, name: &str, day: Day) -> Option<&NationRecord> {
        match self.found(name, Some(day))[..] {
            [found] if found.existed && matches!(found.by, MatchedBy::Name | MatchedBy::DatedName) => {
                Some(found.nation)
            }
            _ => None,
        }
    }

    /// All that a name may stand for on a day, or today, by key. Nothing is suggested, so that many names can be asked for.
    #[cfg(feature = "tables")]
    pub(crate) fn matches(&self, name: &str, day: Option<Day>) -> Vec<Match<'_>> {
        self.found(name, day)
    }

    fn find(&self, name: &str, day: Option<Day>) -> LookUp<'_> {
        LookUp::of(self.found(name, day), || self.near(name))
    }

    /// What the first step finds that finds anything.
    fn found(&self, name: &str, day: Option<Day>) -> Vec<Match<'_>> {
        let (year, month, today) = TODAY;
        let then = day.or_else(|| Day::new(year, month, today).ok()).unwrap_or(Day::LAST);
        let bearings = self.names.find(name);
        let existed = |bearing: &Bearing| self.records[bearing.row].existed_on(then);
        let covers = |bearing: &Bearing| bearing.spell.is_some_and(|spell| spell.covers(then));
        let is_plain = |bearing: &Bearing| bearing.by == MatchedBy::Name;
        let is_dated = |bearing: &Bearing| bearing.by == MatchedBy::DatedName;
        let stands_in = |bearing: &Bearing| {
            let counts = !self.records[bearing.row].is_gone() || existed(bearing);
            counts && matches!(bearing.by, MatchedBy::Demonym | MatchedBy::Capital | MatchedBy::Metonym)
        };
        let steps: [&dyn Fn(&Bearing) -> bool; 6] = [
            &|one| (is_plain(one) && existed(one)) || (is_dated(one) && !one.in_dataset && covers(one) && existed(one)),
            &|one| day.is_some() && is_dated(one) && one.in_dataset && covers(one),
            &|one| is_plain(one),
            &|one| one.by == MatchedBy::OtherLanguage,
            &stands_in,
            &|one| day.is_none() && is_dated(one) && !one.in_dataset,
        ];
        for (nth, step) in steps.into_iter().enumerate() {
            let found =
                bearings.iter().filter(|one| step(one)).map(|one| self.matching(one.row, one.by, then)).collect();
            let found = each_once(found);
            if !found.is_empty() {
                return found;
            }
            // Codes are looked for once it is no name of the present.
            if nth == 0 {
                let found = self.by_plain_code(name, then);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn matching(&self, row: usize, by: MatchedBy, day: Day) -> Match<'_> {
        let nation = &self.records[row];
        Match { nation, by, existed: nation.existed_on(day) }
    }

    /// By an ISO code in capitals, or a Wikidata item.
    fn by_plain_code(&self, name: &str, day: Day) -> Vec<Match<'_>> {
        let name = name.trim();
        let is_upper = name.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_item = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
        let scheme = match name.len() {
            2 if is_upper => Scheme::Iso2,
            3 if is_upper => Scheme::Iso3,
            _ if name.strip_prefix('Q').is_some_and(is_item) => Scheme::Wikidata,
            _ => return Vec::new(),
        };
        match self.by_code_at(scheme, name, day) {
            LookUp::One(found) => vec![found],
            LookUp::Ambiguous(found) => found,
            LookUp::Unknown(_) => Vec::new(),
        }
    }

    /// The common names of those whose names are nearest in spelling.
    fn near(&self, name: &str) -> Vec<&str> {
        let name = super::fold::folded(name);
        let mut near: Vec<(f64, &str)> = Vec::new();
        for (known, row) in self.names.in_english() {
            let likeness = strsim::jaro_winkler(&name, known);
            if likeness >= LIKENESS {
                near.push((likeness, self.records[row].name(NamingPolicy::Common)));
            }
        }
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in near {
            if names.len() < SUGGESTIONS && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// One match a nation: by what comes first.
fn each_once(mut matches: Vec<Match<'_>>) -> Vec<Match<'_>> {
    matches.sort_by(|one, other| (one.nation.key(), one.by).cmp(&(other.nation.key(), other.by)));
    matches.dedup_by(|next, kept| next.nation.key() == kept.nation.key());
    matches
}
