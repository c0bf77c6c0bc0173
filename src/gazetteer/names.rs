//! Who bears a name.

use rustc_hash::FxHashMap;

use super::MatchedBy;
use super::fold::folded;
use super::record::{NationRecord, Spell};

/// That a record bears a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearing {
    pub(super) row: usize,
    pub(super) by: MatchedBy,
    /// Only then.
    pub(super) spell: Option<Spell>,
    /// Only in a data set.
    pub(super) in_dataset: bool,
}

/// Names by their folded form.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<String, Vec<Bearing>>);

impl Names {
    pub(super) fn of(records: &[NationRecord]) -> Self {
        let mut names = Self::default();
        for (row, record) in records.iter().enumerate() {
            let mut add = |name: &str, by: MatchedBy, spell: Option<Spell>, in_dataset: bool| {
                let bearings = names.0.entry(folded(name)).or_default();
                let is_known = |known: &Bearing| known.row == row && known.by == by && known.spell == spell;
                if !bearings.iter().any(is_known) {
                    bearings.push(Bearing { row, by, spell, in_dataset });
                }
            };
            record.plain_names().for_each(|name| add(name, MatchedBy::Name, None, false));
            for dated in &record.dated_aliases {
                add(&dated.name, MatchedBy::DatedName, Some(dated.spell), dated.by.is_some());
            }
            record.names_in_other_languages().for_each(|name| add(name, MatchedBy::OtherLanguage, None, false));
            record.demonyms().for_each(|name| add(name, MatchedBy::Demonym, None, false));
            record.capitals().for_each(|name| add(name, MatchedBy::Capital, None, false));
            record.metonyms().for_each(|name| add(name, MatchedBy::Metonym, None, false));
        }
        names
    }

    pub(super) fn find(&self, name: &str) -> &[Bearing] {
        self.0.get(&folded(name)).map_or(&[], |bearings| bearings)
    }

    /// The folded names that are borne plainly or for a time, with a bearer.
    pub(super) fn in_english(&self) -> impl Iterator<Item = (&str, usize)> {
        let english = |bearing: &&Bearing| matches!(bearing.by, MatchedBy::Name | MatchedBy::DatedName);
        self.0.iter().flat_map(move |(name, bearings)| {
            bearings.iter().filter(english).map(move |bearing| (name.as_str(), bearing.row))
        })
    }
}
