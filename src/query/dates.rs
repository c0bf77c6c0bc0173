//! When something held or happened, for an answer that rests on several claims.

use std::fmt;

use crate::graph::{RowRef, View};
use crate::time::{End, PartialDate, Start, When};

/// When something held or happened, as the claims behind an answer give it **most narrowly**: a day before a month, a date before
/// "still so" before nothing. Where claims disagree the others are not gone: they are in the answer's `because`, and
/// [`View::conflicts`] finds them.
///
/// ```
/// use comity::{Batch, Claimed, Graph, Nation, Person, Rank, Source, Start, When, relations::HoldsOffice};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note").published("2021-02".parse()?));
/// let (garneau, canada) = (batch.node::<Person>("marc-garneau")?, batch.node::<Nation>("CAN")?);
/// let office = HoldsOffice { title: "Foreign Minister".into(), rank: Rank::ForeignMinister };
/// batch.claim(note, Claimed::new(office, garneau, canada).when(When::since("2021-01".parse()?)));
/// let graph = Graph::new().apply(batch)?;
/// let canada = graph.find::<Nation>("CAN").expect("just added");
/// let tenure = graph.view().officials(canada).next().expect("just added");
/// assert_eq!(tenure.dates().from, Start::On("2021-01".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dates {
    /// The date on which it is said to have held or happened, if only that is said.
    pub at: Option<PartialDate>,
    /// When it began; for what happened at a date, that date.
    pub from: Start,
    /// When it ended.
    pub until: End,
}

impl Dates {
    /// From the claims of these facts that count.
    pub(super) fn of(view: View<'_>, facts: impl IntoIterator<Item = RowRef>) -> Self {
        let graph = view.graph;
        let whens = facts.into_iter().flat_map(|fact| {
            let claims = view.counting(fact);
            claims.into_iter().map(move |claim| graph.facts.when(&graph.records, claim, fact))
        });
        whens.fold(Self { at: None, from: Start::Unknown, until: End::Unknown }, Self::narrowed)
    }

    fn narrowed(self, when: When) -> Self {
        match when {
            When::Unstated => self,
            When::At(date) => Self { at: Some(self.at.map_or(date, |known| narrower(known, date))), ..self },
            When::Span { from, until } => {
                let from = match (self.from, from) {
                    (Start::On(known), Start::On(date)) => Start::On(narrower(known, date)),
                    (Start::Unknown, from) => from,
                    (known, Start::Unknown) => known,
                };
                let rank = |end: End| match end {
                    End::On(_) => 3,
                    End::By(_) => 2,
                    End::Open => 1,
                    End::Unknown => 0,
                };
                let until = match (self.until, until) {
                    (End::On(known), End::On(date)) => End::On(narrower(known, date)),
                    (End::By(known), End::By(date)) => End::By(known.min(date)),
                    (known, end) if rank(end) > rank(known) => end,
                    (known, _) => known,
                };
                Self { from, until, ..self }
            }
        }
    }

    /// The days between which it began, both included: of what happened at a date, the days it may have happened on.
    pub(super) fn beginning(when: When) -> Option<(i32, i32)> {
        let date = match when {
            When::At(date) | When::Span { from: Start::On(date), .. } => date,
            When::Unstated | When::Span { .. } => return None,
        };
        Some((date.first().ordinal(), date.last().ordinal()))
    }

    /// The days on which what happened may have happened, both included; none if it is not bounded on any side.
    pub(super) fn happening(when: When) -> Option<(i32, i32)> {
        let (from, until) = match when {
            When::Unstated => return None,
            When::At(_) => return Self::beginning(when),
            When::Span { from, until } => (from, until),
        };
        let first = match from {
            Start::On(date) => Some(date.first().ordinal()),
            Start::Unknown => None,
        };
        let last = match until {
            End::On(date) | End::By(date) => Some(date.last().ordinal() - 1),
            End::Open | End::Unknown => None,
        };
        (first.is_some() || last.is_some()).then(|| (first.unwrap_or(i32::MIN), last.unwrap_or(i32::MAX)))
    }
}

/// The date that leaves fewer days open; of equals the first.
fn narrower(one: PartialDate, other: PartialDate) -> PartialDate {
    let days = |date: PartialDate| date.first().days_until(date.last());
    if days(other) < days(one) { other } else { one }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let when = match (self.at, self.from, self.until) {
            (Some(date), Start::Unknown, End::Unknown) => When::At(date),
            (None, Start::Unknown, End::Unknown) => When::Unstated,
            (_, from, until) => When::Span { from, until },
        };
        f.pad(&when.to_string())
    }
}
