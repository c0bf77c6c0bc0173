//! When the claims of a random case hold, and how sure an answer is.

use std::collections::BTreeSet;

use comity::{Because, Certainty, Day, Graph, Nation, View, When};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// As many cases as named, the same in every run.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1999), ..ProptestConfig::default() }
}

/// Times of which some hold for sure on a day of spring 2031, some may, some don't.
pub(crate) fn when() -> impl Strategy<Value = When> {
    let date = |text: &str| text.parse().unwrap();
    prop::sample::select(vec![
        When::Unstated,
        When::at(date("2031-03")),
        When::at(date("2031-03-04")),
        When::from(date("2031-03-04")),
        When::from(date("2031-03")),
        When::from(date("2031-05-20")),
        When::ended_by(date("2031-06")),
        When::between(date("2031-02-10"), date("2031-05-01")).unwrap(),
        When::between(date("2030"), date("2032")).unwrap(),
        When::between(date("2031-01"), date("2031-03-20")).unwrap(),
    ])
}

/// A day to look at, or none.
pub(crate) fn day() -> impl Strategy<Value = Option<Day>> {
    let day = |month, day| Some(Day::new(2031, month, day).unwrap());
    prop::sample::select(vec![None, day(3, 4), day(3, 15), day(5, 21), day(1, 1)])
}

pub(crate) fn view(graph: &Graph, day: Option<Day>) -> View<'_> {
    day.map_or(graph.view(), |day| graph.view().as_of(day))
}

/// Whether a claim of something that lasts counts on the day.
pub(crate) fn holds(when: When, day: Option<Day>) -> Option<Certainty> {
    day.map_or(Some(Certainty::Certain), |day| when.bounds(None).holds_on(day).certainty())
}

/// The claims of an answer, by the number that each has as its gloss.
pub(crate) fn numbers(because: &Because<'_>) -> BTreeSet<usize> {
    because.claims().map(|claim| claim.gloss().unwrap().parse().unwrap()).collect()
}

/// The nations `0`, `1`, ... of a graph, by number.
pub(crate) fn nation(graph: &Graph, number: usize) -> comity::Id<Nation> {
    graph.find(&number.to_string()).unwrap()
}

/// The days between which an event began of which this is told: those that all tellings leave open; if they leave none, from the first
/// to the last.
pub(crate) fn began(told: impl Iterator<Item = When>) -> Option<(Day, Day)> {
    let bounds: Vec<_> = told.map(|when| when.bounds(None)).collect();
    let first = bounds.iter().filter_map(|one| one.earliest()).max()?;
    let last = bounds.iter().filter_map(|one| one.latest_begin()).min()?;
    if first <= last {
        return Some((first, last));
    }
    let ranges = bounds.iter().filter_map(|one| Some((one.earliest()?, one.latest_begin()?)));
    let ranges: Vec<_> = ranges.collect();
    Some((ranges.iter().map(|range| range.0).min()?, ranges.iter().map(|range| range.1).max()?))
}
