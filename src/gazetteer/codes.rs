//! Codes of other people's lists.

use rustc_hash::FxHashMap;

use super::record::{NationRecord, Spell};
use super::{Gazetteer, LookUp, Match, MatchedBy};
use crate::time::{Day, PartialDate};

/// A list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// ISO 3166-1 alpha-2, and withdrawn codes.
    Iso2,
    /// ISO 3166-1 alpha-3, and withdrawn codes.
    Iso3,
    /// The numeric codes of the United Nations (M49), as decimal digits.
    M49,
    /// State numbers of the Correlates of War.
    Cow,
    /// Letter codes of the Correlates of War.
    CowAlpha,
    /// Numbers of Gleditsch and Ward.
    GleditschWard,
    /// FIPS 10-4, as event data use them.
    Fips,
    /// Codes of the Olympic committees.
    Ioc,
    /// Wikidata items.
    Wikidata,
    /// Country codes of CAMEO actors: ISO 3166-1 alpha-3 with withdrawn codes, and a few of its own. Its codes of regions
    /// (`EUR`, `AFR`) are nobody's.
    Cameo,
}

/// Country codes of CAMEO that are no ISO codes, and whose they are.
const CAMEO: [(&str, &str); 3] = [("IMY", "IMN"), ("KSV", "XKX"), ("MTN", "MNE")];

/// A code of a record, and when it counts.
#[derive(Debug, Clone, Copy)]
struct Coded {
    row: usize,
    /// Only then, if it passed from one record to another.
    spell: Option<Spell>,
    /// Withdrawn: for an undated question only where nobody has it today.
    is_former: bool,
}

#[derive(Debug, Default)]
pub(super) struct Codes(FxHashMap<(Scheme, Box<str>), Vec<Coded>>);

impl Codes {
    pub(super) fn of(records: &[NationRecord]) -> Self {
        let mut codes = Self::default();
        for (row, record) in records.iter().enumerate() {
            let mut add = |scheme: Scheme, code: &str, spell: Option<Spell>, is_former: bool| {
                codes.0.entry((scheme, code.into())).or_default().push(Coded { row, spell, is_former });
            };
            record.iso2.iter().for_each(|code| add(Scheme::Iso2, code, None, false));
            record.iso3.iter().for_each(|code| add(Scheme::Iso3, code, None, false));
            record.iso2_former.iter().for_each(|code| add(Scheme::Iso2, code, None, true));
            record.iso3_former.iter().for_each(|code| add(Scheme::Iso3, code, None, true));
            record.iso3.iter().for_each(|code| add(Scheme::Cameo, code, None, false));
            record.iso3_former.iter().for_each(|code| add(Scheme::Cameo, code, None, true));
            let of_cameo = CAMEO.iter().filter(|(_, key)| *key == record.key());
            of_cameo.for_each(|(code, _)| add(Scheme::Cameo, code, None, false));
            record.m49.iter().for_each(|code| add(Scheme::M49, &code.to_string(), None, false));
            record.m49_former.iter().for_each(|code| add(Scheme::M49, &code.to_string(), None, true));
            record.cow_alpha.iter().for_each(|code| add(Scheme::CowAlpha, code, None, record.is_gone()));
            record.fips.iter().for_each(|code| add(Scheme::Fips, code, None, record.is_gone()));
            record.ioc.iter().for_each(|code| add(Scheme::Ioc, code, None, record.is_gone()));
            record.ioc_former.iter().for_each(|code| add(Scheme::Ioc, code, None, true));
            record
                .wikidata
                .iter()
                .chain(&record.wikidata_also)
                .for_each(|code| add(Scheme::Wikidata, code, None, false));
            for (scheme, name, number) in [(Scheme::Cow, "cow", record.cow), (Scheme::GleditschWard, "gw", record.gw)] {
                let spans: Vec<_> = record.code_spans.iter().filter(|span| &*span.scheme == name).collect();
                for span in &spans {
                    let is_plain = number == Some(span.code);
                    add(scheme, &span.code.to_string(), Some(span.spell), record.is_gone() || !is_plain);
                }
                if let Some(number) = number.filter(|number| spans.iter().all(|span| span.code != *number)) {
                    add(scheme, &number.to_string(), None, record.is_gone());
                }
            }
        }
        codes
    }
}

impl Gazetteer {
    /// The nation of a code today, or failing that the one that had it. Constant time.
    ///
    /// ```
    /// use comity::{Gazetteer, LookUp, Scheme};
    /// let found = Gazetteer::builtin().by_code(Scheme::Cow, "365");
    /// assert!(matches!(found, LookUp::One(found) if found.nation.key() == "RUS"));
    /// ```
    #[must_use]
    pub fn by_code(&self, scheme: Scheme, code: &str) -> LookUp<'_> {
        let coded = self.coded(scheme, code);
        let today: Vec<_> = coded.iter().filter(|coded| !coded.is_former).collect();
        let rows = if today.is_empty() {
            coded.iter().map(|one| one.row).collect()
        } else {
            today.iter().map(|one| one.row).collect()
        };
        self.found_by_code(rows, None)
    }

    /// The nation of a code on a day: where a number passed from one to another, whose it was; where a withdrawn code was
    /// given out again, whoever of the two existed then; if both did, the one that has it today, or the one that was gone first.
    ///
    /// ```
    /// use comity::{Day, Gazetteer, LookUp, Scheme};
    /// let found = Gazetteer::builtin().by_code_at(Scheme::Cow, "365", Day::new(1950, 1, 1)?);
    /// assert!(matches!(found, LookUp::One(found) if found.nation.key() == "SUN"));
    /// # Ok::<(), comity::DateError>(())
    /// ```
    #[must_use]
    pub fn by_code_at(&self, scheme: Scheme, code: &str, day: Day) -> LookUp<'_> {
        let coded = self.coded(scheme, code);
        let has_spells = coded.iter().any(|one| one.spell.is_some());
        let mut then: Vec<&Coded> = coded
            .iter()
            .filter(|one| match one.spell {
                Some(spell) => spell.covers(day),
                None => self.records[one.row].existed_on(day),
            })
            .collect();
        if then.is_empty() && !has_spells {
            then = coded.iter().filter(|one| !one.is_former).collect();
        }
        // Djibouti outlived its first code, which is Anguilla's today; Serbia and Montenegro had Czechoslovakia's, and not
        // before that was gone.
        if then.iter().any(|one| !one.is_former) {
            then.retain(|one| !one.is_former || one.spell.is_some());
        } else if !has_spells {
            let until = |one: &Coded| self.records[one.row].until().map(PartialDate::first);
            let first = then.iter().filter_map(|one| until(one)).min();
            then.retain(|one| first.is_none() || until(one) == first);
        }
        let then = then.into_iter().map(|one| one.row).collect();
        self.found_by_code(then, Some(day))
    }

    /// Those that have or had a code, each with the first day on which it was theirs and the first on which it no longer was,
    /// where it passed from one to another; in their order in time.
    #[cfg(feature = "tables")]
    pub(crate) fn holders(&self, scheme: Scheme, code: &str) -> Vec<(&NationRecord, Option<Day>, Option<Day>)> {
        let coded = self.coded(scheme, code).iter();
        let mut holders: Vec<_> = coded
            .map(|one| {
                let (from, until) = one.spell.map_or((None, None), Spell::dates);
                let day = |date: Option<crate::time::PartialDate>| date.map(|date| date.first());
                (&self.records[one.row], day(from), day(until))
            })
            .collect();
        holders.sort_by_key(|(_, from, _)| *from);
        holders
    }

    fn coded(&self, scheme: Scheme, code: &str) -> &[Coded] {
        let code = code.trim();
        let plain = match scheme {
            Scheme::M49 | Scheme::Cow | Scheme::GleditschWard => code.trim_start_matches('0'),
            _ => code,
        };
        self.codes.0.get(&(scheme, plain.into())).map_or(&[], |coded| coded)
    }

    fn found_by_code(&self, mut rows: Vec<usize>, day: Option<Day>) -> LookUp<'_> {
        rows.sort_unstable();
        rows.dedup();
        let matches = rows.into_iter().map(|row| {
            let nation = &self.records[row];
            Match { nation, by: MatchedBy::Code, existed: day.is_none_or(|day| nation.existed_on(day)) }
        });
        LookUp::of(matches.collect(), Vec::new)
    }
}
