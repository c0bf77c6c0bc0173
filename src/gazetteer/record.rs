//! One nation: what the data say of it.

use serde::{Deserialize, Deserializer};

use crate::time::{Day, PartialDate};

/// A state, or an entity that somebody treats as one. What its fields mean and where they come from is in
/// `data/gazetteer/README.md`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationRecord {
    key: Box<str>,
    name: Box<str>,
    kind: NationStatus,
    #[serde(default)]
    pub(super) iso2: Option<Box<str>>,
    #[serde(default)]
    pub(super) iso3: Option<Box<str>>,
    #[serde(default)]
    pub(super) m49: Option<u16>,
    #[serde(default)]
    pub(super) iso2_former: Vec<Box<str>>,
    #[serde(default)]
    pub(super) iso3_former: Vec<Box<str>>,
    #[serde(default)]
    pub(super) m49_former: Vec<u16>,
    #[serde(default)]
    pub(super) cow: Option<u16>,
    #[serde(default)]
    pub(super) cow_alpha: Vec<Box<str>>,
    #[serde(default)]
    pub(super) gw: Option<u16>,
    #[serde(default)]
    pub(super) gw_alpha: Vec<Box<str>>,
    #[serde(default)]
    pub(super) code_spans: Vec<CodeSpan>,
    #[serde(default)]
    pub(super) fips: Vec<Box<str>>,
    #[serde(default)]
    pub(super) ioc: Vec<Box<str>>,
    #[serde(default)]
    pub(super) ioc_former: Vec<Box<str>>,
    #[serde(default)]
    igo_state: Vec<Box<str>>,
    #[serde(default)]
    pub(super) wikidata: Option<Box<str>>,
    #[serde(default)]
    pub(super) wikidata_also: Vec<Box<str>>,
    status: ByBody,
    #[serde(default)]
    of: Option<Box<str>>,
    #[serde(default)]
    association: Option<Box<str>>,
    from: Option<PartialDate>,
    until: Option<PartialDate>,
    #[serde(default)]
    interruptions: Vec<Spell>,
    #[serde(default)]
    formal: Option<Box<str>>,
    #[serde(default)]
    policy: Option<Policy>,
    pub(super) aliases: Vec<Box<str>>,
    #[serde(default)]
    pub(super) dated_aliases: Vec<DatedName>,
    #[serde(default)]
    names_fr: Vec<Box<str>>,
    #[serde(default)]
    names_es: Vec<Box<str>>,
    #[serde(default)]
    names_ru: Vec<Box<str>>,
    #[serde(default)]
    names_zh: Vec<Box<str>>,
    #[serde(default)]
    names_ar: Vec<Box<str>>,
    demonyms: Vec<Box<str>>,
    capitals: Vec<Box<str>>,
    metonyms: Vec<Box<str>>,
    #[serde(default)]
    parts: Vec<Box<str>>,
    #[serde(default)]
    cautious: Vec<Box<str>>,
    predecessors: Vec<Box<str>>,
    successors: Vec<Box<str>>,
}

/// How to treat a record. It decides nothing about statehood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum NationStatus {
    /// A state, as most others see it.
    State,
    /// It has a code of its own and belongs to a state.
    Territory,
    /// Whether it is a state is a matter of claim.
    Disputed,
    /// It is gone.
    Former,
}

/// Its standing in the United Nations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum UnStatus {
    /// A member.
    Member,
    /// An observer, and not a member.
    Observer,
    /// Neither.
    None,
}

/// Whose name for a nation is given, where usage differs. The caller picks; no name is *the* name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum NamingPolicy {
    /// The one common in English.
    #[default]
    Common,
    /// The short name in the United Nations.
    UnitedNations,
    /// Its own.
    Own,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByBody {
    un: UnStatus,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    #[serde(default)]
    un: Option<Box<str>>,
    #[serde(default, rename = "self")]
    own: Option<Box<str>>,
    #[serde(default)]
    common: Option<Box<str>>,
}

/// Days from one up to, and not including, the other; none is no bound. A shorter date stands for its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spell {
    from: Option<PartialDate>,
    until: Option<PartialDate>,
}

impl Spell {
    pub(super) fn covers(self, day: Day) -> bool {
        self.from.is_none_or(|from| from.first() <= day) && self.until.is_none_or(|until| day < until.first())
    }

    /// From this date until, and not including, that.
    #[cfg(feature = "tables")]
    pub(super) fn dates(self) -> (Option<PartialDate>, Option<PartialDate>) {
        (self.from, self.until)
    }
}

/// A name that was borne for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatedName {
    pub(super) name: Box<str>,
    pub(super) spell: Spell,
    /// The data set that alone uses it so.
    pub(super) by: Option<Box<str>>,
}

impl<'de> Deserialize<'de> for DatedName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Flat {
            name: Box<str>,
            from: Option<PartialDate>,
            until: Option<PartialDate>,
            #[serde(default)]
            by: Option<Box<str>>,
        }
        let Flat { name, from, until, by } = Flat::deserialize(deserializer)?;
        Ok(Self { name, spell: Spell { from, until }, by })
    }
}

/// A number that was a record's for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CodeSpan {
    pub(super) scheme: Box<str>,
    pub(super) code: u16,
    pub(super) spell: Spell,
}

impl<'de> Deserialize<'de> for CodeSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Flat {
            scheme: Box<str>,
            code: u16,
            from: Option<PartialDate>,
            until: Option<PartialDate>,
        }
        let Flat { scheme, code, from, until } = Flat::deserialize(deserializer)?;
        Ok(Self { scheme, code, spell: Spell { from, until } })
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> impl ExactSizeIterator<Item = &str> {
            self.$name.iter().map(|item| &**item)
        }
    )+};
}

impl NationRecord {
    /// The slug of its key: `CAN` for `nation/CAN`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its name under a policy.
    ///
    /// ```
    /// use comity::{Gazetteer, NamingPolicy};
    /// let burma = Gazetteer::builtin().nation("CIV").expect("it is there");
    /// assert_eq!(burma.name(NamingPolicy::Common), "Ivory Coast");
    /// assert_eq!(burma.name(NamingPolicy::UnitedNations), "Côte d'Ivoire");
    /// ```
    #[must_use]
    pub fn name(&self, policy: NamingPolicy) -> &str {
        let named = self.policy.as_ref().and_then(|names| match policy {
            NamingPolicy::Common => names.common.as_deref(),
            NamingPolicy::UnitedNations => names.un.as_deref(),
            NamingPolicy::Own => names.own.as_deref(),
        });
        named.unwrap_or(&self.name)
    }

    /// Its long form in English.
    #[must_use]
    pub fn formal_name(&self) -> Option<&str> {
        self.formal.as_deref()
    }

    /// How to treat it.
    #[must_use]
    pub fn status(&self) -> NationStatus {
        self.kind
    }

    /// Its standing in the United Nations today; the history is in the reference batch.
    #[must_use]
    pub fn un_status(&self) -> UnStatus {
        self.status.un
    }

    /// The first day of its existence; none if it began before 1816.
    #[must_use]
    pub fn from(&self) -> Option<PartialDate> {
        self.from
    }

    /// The first day on which it was no more; none if it is still there.
    #[must_use]
    pub fn until(&self) -> Option<PartialDate> {
        self.until
    }

    /// Whether it existed on a day, and was not annexed, occupied or merged then. A date of a year or month stands for its
    /// first day.
    ///
    /// ```
    /// use comity::{Day, Gazetteer};
    /// let estonia = Gazetteer::builtin().nation("EST").expect("it is there");
    /// assert!(estonia.existed_on(Day::new(1930, 1, 1)?) && !estonia.existed_on(Day::new(1970, 1, 1)?));
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn existed_on(&self, day: Day) -> bool {
        let existence = Spell { from: self.from, until: self.until };
        existence.covers(day) && !self.interruptions.iter().any(|interruption| interruption.covers(day))
    }

    /// Key of the state that a territory belongs to.
    #[must_use]
    pub fn belongs_to(&self) -> Option<&str> {
        self.of.as_deref()
    }

    /// Key of the state it is freely associated with.
    #[must_use]
    pub fn associated_with(&self) -> Option<&str> {
        self.association.as_deref()
    }

    /// Its ISO 3166-1 alpha-2 code today.
    #[must_use]
    pub fn iso2(&self) -> Option<&str> {
        self.iso2.as_deref()
    }

    /// Its ISO 3166-1 alpha-3 code today.
    #[must_use]
    pub fn iso3(&self) -> Option<&str> {
        self.iso3.as_deref()
    }

    /// Its number in the Correlates of War state system.
    #[must_use]
    pub fn cow(&self) -> Option<u16> {
        self.cow
    }

    /// All its numbers in the Correlates of War state system, at any time.
    #[cfg(feature = "tables")]
    pub(crate) fn cow_codes(&self) -> impl Iterator<Item = u16> {
        let others = self.code_spans.iter().filter(|span| &*span.scheme == "cow").map(|span| span.code);
        let mut codes: Vec<_> = self.cow.into_iter().chain(others).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter()
    }

    /// Its letter codes in the Correlates of War and with Gleditsch and Ward.
    #[cfg(feature = "tables")]
    pub(crate) fn letter_codes(&self) -> impl Iterator<Item = &str> {
        self.cow_alpha.iter().chain(&self.gw_alpha).map(|code| &**code)
    }

    /// Its number in the list of Gleditsch and Ward.
    #[must_use]
    pub fn gleditsch_ward(&self) -> Option<u16> {
        self.gw
    }

    /// Its item in Wikidata.
    #[must_use]
    pub fn wikidata(&self) -> Option<&str> {
        self.wikidata.as_deref()
    }

    lists! {
        /// Other English names and spellings in use.
        aliases;
        /// Words for its people and things.
        demonyms;
        /// Capitals and seats of government, the one most in use first; they stand for the government.
        capitals;
        /// Buildings, streets and offices that stand for the government.
        metonyms;
        /// Parts that some sources list as if they were it.
        parts;
        /// Names of it that are also ordinary words, persons or other places.
        cautious;
        /// How the state column of the Correlates of War IGO data spells it.
        igo_state;
        /// Keys of those it came from.
        predecessors;
        /// Keys of those that came from it.
        successors;
    }

    /// Its names in French, Spanish, Russian, Chinese and Arabic.
    pub(super) fn names_in_other_languages(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.names_fr, &self.names_es, &self.names_ru, &self.names_zh, &self.names_ar];
        lists.into_iter().flatten().map(|name| &**name)
    }

    /// The names that it bears at any date.
    pub(super) fn plain_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.name).chain(self.aliases.iter().map(|alias| &**alias))
    }

    pub(super) fn is_gone(&self) -> bool {
        self.kind == NationStatus::Former
    }
}
