//! From the code of a data set to the nations that had it while a spell lasted.
//!
//! Data sets give one number to what the gazetteer cuts in time (365 is the Russian Empire, the Soviet Union and Russia): a spell
//! is cut where the number passed on. What the gazetteer does not know is refused, never guessed.

use rustc_hash::FxHashSet;

use super::table::{Column, Row, Wrong};
use crate::batch::{Batch, SourceId};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, LookUp, NamingPolicy, NationRecord, Scheme};
use crate::model::{Id, Nation};
use crate::time::{Day, End, PartialDate, Start, When};

/// The nations of one list of codes, as they get into a batch.
#[derive(Debug)]
pub(super) struct Nations {
    scheme: Scheme,
    named: FxHashSet<&'static str>,
}

/// The nation that had the code for a part of a spell, and that part.
pub(super) type Part = (&'static NationRecord, When);

/// A nation that had a code, from the first day until, and not including, the last, where it passed from one to another.
pub(super) type Holder = (&'static NationRecord, Option<Day>, Option<Day>);

/// The numbers that a code can be.
pub(super) const CODES: std::ops::RangeInclusive<i32> = 1..=9_999;

impl Nations {
    pub(super) fn of(scheme: Scheme) -> Self {
        Self { scheme, named: FxHashSet::default() }
    }

    /// Who had the code from a date until an end, each with its part of the time; the last day that the data set covers decides
    /// how far an open end is looked at.
    pub(super) fn parts(
        &self,
        row: &Row<'_>,
        column: Column,
        from: PartialDate,
        until: End,
        covered: PartialDate,
    ) -> Result<Vec<Part>, Wrong> {
        let code = row.number(column, CODES)?;
        let holders = self.holders(row, column, code)?;
        split(&holders, from, until, covered).ok_or_else(|| {
            let message = format!("the number {code} {} is not one nation's in {from}", self.list());
            row.wrong(Code::I0302, column, &message, Some("see whether the code or the date is wrong, or give the day"))
        })
    }

    /// Who has or had a number.
    pub(super) fn holders(&self, row: &Row<'_>, column: Column, code: i32) -> Result<Vec<Holder>, Wrong> {
        let holders = Gazetteer::builtin().holders(self.scheme, &code.to_string());
        if holders.is_empty() {
            let message = format!("no nation has the number {code} {}", self.list());
            return Err(row.wrong(Code::I0301, column, &message, Some("the gazetteer of nations does not know it")));
        }
        Ok(holders)
    }

    fn list(&self) -> &'static str {
        match self.scheme {
            Scheme::GleditschWard => "of Gleditsch and Ward",
            _ => "of the Correlates of War",
        }
    }

    /// That a name beside the code is not another nation's. What names nobody, or several of which one has the code, is fine.
    pub(super) fn check_name(&self, row: &Row<'_>, code: Column, name: Column, said: &LookUp<'_>) -> Result<(), Wrong> {
        let candidates = match said {
            LookUp::One(found) => std::slice::from_ref(found),
            LookUp::Ambiguous(found) => found,
            LookUp::Unknown(_) => return Ok(()),
        };
        let number = row.number(code, CODES)?;
        let holders = self.holders(row, code, number)?;
        let is_holder = |key: &str| holders.iter().any(|(holder, ..)| holder.key() == key);
        match candidates.first() {
            Some(first) if !candidates.iter().any(|one| is_holder(one.nation.key())) => {
                let holder = holders.last().map_or("nobody", |(holder, ..)| holder.key());
                let message = format!("{number} is {holder}, and {} is {}", row.text(name)?, first.nation.key());
                Err(row.wrong(Code::I0303, name, &message, Some("see which of the two is wrong")))
            }
            _ => Ok(()),
        }
    }

    /// The nation in the batch, with its name.
    pub(super) fn node(&mut self, batch: &mut Batch, source: SourceId, nation: &'static NationRecord) -> Id<Nation> {
        let node = batch.node::<Nation>(nation.key()).expect("the gazetteer's keys are keys: a test reads them");
        if self.named.insert(nation.key()) {
            batch.name(source, node, nation.name(NamingPolicy::Common));
        }
        node
    }
}

/// The parts of a spell, by who had the code; none if nobody had it when the spell began, or two had it in turn before it surely
/// had. A spell that began on one of several days within which the code passed on, and went on after them, is the later one's:
/// of the earlier one it is not known.
pub(super) fn split(holders: &[Holder], from: PartialDate, until: End, covered: PartialDate) -> Option<Vec<Part>> {
    let end = match until {
        End::On(date) | End::By(date) => date.first(),
        End::Open | End::Unknown => covered.last().next().unwrap_or(Day::LAST),
    };
    let at = |day: Day| {
        let holds =
            |(_, first, end): &&Holder| first.is_none_or(|first| first <= day) && end.is_none_or(|end| day < end);
        let mut then = holders.iter().filter(holds).map(|(nation, ..)| *nation);
        then.next().filter(|_| then.next().is_none())
    };
    let begin = if at(from.first())?.key() == at(from.last())?.key() { from.first() } else { from.last() };
    if begin >= end && begin > from.first() {
        return None;
    }
    let mut parts = Vec::new();
    for (nation, first, last) in holders {
        let is_over = last.is_some_and(|last| last <= begin);
        let is_to_come = first.is_some_and(|first| first > begin && first >= end);
        if is_over || is_to_come {
            continue;
        }
        let since = first.filter(|first| *first > begin).map_or(from, PartialDate::from);
        let over = last.filter(|last| *last < end).map_or(until, |last| End::On(last.into()));
        parts.push((*nation, When::Span { from: Start::On(since), until: over }));
    }
    Some(parts)
}

/// The end of what held for the last time on this date: the day after, as far as the day is known.
pub(super) fn ended_after(last: PartialDate) -> End {
    let next = last.last().next().filter(|_| last.is_single_day());
    End::On(next.map_or(last, PartialDate::from))
}
