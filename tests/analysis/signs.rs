//! Signed graphs: their ties on random alliances and sanctions, and what is counted in them, against loops over every pair, triple
//! and way of taking sides.

use std::collections::BTreeSet;

use comity::relations::MemberOf;
use comity::{
    Batch, Certainty, Claimed, Coalition, CoalitionKind, Day, Description, Fact, FactType, Graph, Nation, Role,
    Sanction, Side, Sign, SignedGraph, Source, When,
};
use proptest::prelude::*;

use crate::times::{config, day, holds, numbers, view, when};

const NATIONS: usize = 5;
/// The second is no alliance.
const COALITIONS: usize = 3;
const EVENTS: usize = 3;

#[derive(Debug, Clone)]
enum Told {
    Joins { nation: usize, coalition: usize, when: When },
    Sanctions { event: usize, by: usize, on: usize, when: When },
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let joins = (0..NATIONS, 0..COALITIONS, when());
    let joins = joins.prop_map(|(nation, coalition, when)| Told::Joins { nation, coalition, when });
    let sanctions = (0..EVENTS, 0..NATIONS, 0..NATIONS, when());
    let sanctions = sanctions.prop_map(|(event, by, on, when)| Told::Sanctions { event, by, on, when });
    prop::collection::vec(prop_oneof![3 => joins, 1 => sanctions], 0..18)
}

fn graph(told: &[Told]) -> Graph {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let nations: Vec<_> = (0..NATIONS).map(|number| batch.node::<Nation>(&number.to_string()).unwrap()).collect();
    let coalitions: Vec<_> =
        (0..COALITIONS).map(|number| batch.node::<Coalition>(&format!("c{number}")).unwrap()).collect();
    let events: Vec<_> = (0..EVENTS).map(|number| batch.node::<Sanction>(&format!("s{number}")).unwrap()).collect();
    for (number, coalition) in coalitions.iter().enumerate() {
        let kind = if number == 1 { CoalitionKind::Letter } else { CoalitionKind::Alliance };
        batch.describe(note, *coalition, Description::new().coalition(kind)).unwrap();
    }
    for (number, one) in told.iter().enumerate() {
        let gloss = number.to_string();
        match *one {
            Told::Joins { nation, coalition, when } => {
                let claim = Claimed::new(MemberOf::default(), nations[nation], coalitions[coalition]);
                batch.claim(note, claim.when(when).gloss(&gloss));
            }
            Told::Sanctions { event, by, on, when } => {
                let fact = Fact::new(FactType::Sanction).event(events[event]);
                let fact = fact.role(Role::By, nations[by]).role(Role::Target, nations[on]);
                batch.fact(note, fact.when(when).gloss(&gloss)).unwrap();
            }
        }
    }
    Graph::new().apply(batch).unwrap()
}

/// How sure it is that the one sanctions the other, and the numbers of the claims: who imposes an event and whom it is against may
/// be told apart.
fn sanctioned(told: &[Told], by: usize, on: usize, day: Option<Day>) -> Option<(Certainty, BTreeSet<usize>)> {
    let mut found: Option<(Certainty, BTreeSet<usize>)> = None;
    for event in 0..EVENTS {
        let side = |fits: &dyn Fn(usize, usize) -> bool| {
            let counts = told.iter().enumerate().filter_map(|(number, one)| match *one {
                Told::Sanctions { event: of, by, on, when } if of == event && fits(by, on) => {
                    Some((holds(when, day)?, number))
                }
                _ => None,
            });
            let counts: Vec<_> = counts.collect();
            let certainty = counts.iter().map(|(certainty, _)| *certainty).max()?;
            Some((certainty, counts.into_iter().map(|(_, number)| number).collect::<Vec<_>>()))
        };
        let (imposed, against) = (side(&|imposer, _| imposer == by), side(&|_, target| target == on));
        if let (Some(imposed), Some(against)) = (imposed, against) {
            let certainty = imposed.0.min(against.0);
            let (best, numbers) = found.get_or_insert((certainty, BTreeSet::new()));
            *best = (*best).max(certainty);
            numbers.extend(imposed.1.into_iter().chain(against.1));
        }
    }
    found
}

fn allied(told: &[Told], one: usize, other: usize, day: Option<Day>) -> Option<(Certainty, BTreeSet<usize>)> {
    let mut found: Option<(Certainty, BTreeSet<usize>)> = None;
    for alliance in [0, 2] {
        let member = |who: usize| {
            let counts = told.iter().enumerate().filter_map(|(number, one)| match *one {
                Told::Joins { nation, coalition, when } if (nation, coalition) == (who, alliance) => {
                    Some((holds(when, day)?, number))
                }
                _ => None,
            });
            let counts: Vec<_> = counts.collect();
            Some((counts.iter().map(|(certainty, _)| *certainty).max()?, counts))
        };
        if let (Some(mine), Some(theirs)) = (member(one), member(other)) {
            let certainty = mine.0.min(theirs.0);
            let (best, numbers) = found.get_or_insert((certainty, BTreeSet::new()));
            *best = (*best).max(certainty);
            numbers.extend(mine.1.into_iter().chain(theirs.1).map(|(_, number)| number));
        }
    }
    found
}

type Tie = (Sign, Certainty, BTreeSet<usize>);

fn tie(told: &[Told], one: usize, other: usize, day: Option<Day>) -> Option<Tie> {
    let (there, back) = (sanctioned(told, one, other, day), sanctioned(told, other, one, day));
    if there.is_some() || back.is_some() {
        let both: Vec<_> = there.into_iter().chain(back).collect();
        let certainty = both.iter().map(|(certainty, _)| *certainty).max()?;
        return Some((Sign::Negative, certainty, both.into_iter().flat_map(|(_, numbers)| numbers).collect()));
    }
    allied(told, one, other, day).map(|(certainty, numbers)| (Sign::Positive, certainty, numbers))
}

proptest! {
    #![proptest_config(config(200))]

    /// The ties of the day, their signs, certainties and claims, and the triads they make.
    #[test]
    fn ties_and_triads_are_those_of_the_day(told in told(), day in day()) {
        // Nobody sanctions itself in one claim; in two it may be told so.
        let told: Vec<_> = told.into_iter()
            .filter(|one| !matches!(one, Told::Sanctions { by, on, .. } if by == on)).collect();
        let graph = graph(&told);
        let signed = view(&graph, day).signed();
        let mut ties = Vec::new();
        let mut triads = Vec::new();
        for one in 0..NATIONS {
            for other in one + 1..NATIONS {
                let by_hand = tie(&told, one, other, day);
                ties.extend(by_hand.as_ref().map(|(sign, certainty, _)| (one, other, *sign, *certainty)));
                prop_assert_eq!(signed.because(other, one).map(|because| numbers(&because)), by_hand.map(|tie| tie.2));
                for third in other + 1..NATIONS {
                    let three = [(one, other), (one, third), (other, third)];
                    let three: Option<Vec<Tie>> = three.iter().map(|(a, b)| tie(&told, *a, *b, day)).collect();
                    triads.extend(three.map(|three| ([one, other, third], three)));
                }
            }
        }
        let found: Vec<_> = signed.ties().map(|tie| (tie.one, tie.other, tie.sign, tie.certainty)).collect();
        prop_assert_eq!(found, ties.clone());
        let certain = signed.certain_only();
        prop_assert_eq!(certain.ties().count(), ties.iter().filter(|tie| tie.3 == Certainty::Certain).count());
        prop_assert_eq!(signed.triads().count(), triads.len());
        let (mut counts, mut sure) = ([0; 4], [0; 4]);
        for (found, (places, three)) in signed.triads().zip(&triads) {
            let negative = three.iter().filter(|tie| tie.0 == Sign::Negative).count();
            let certainty = three.iter().map(|tie| tie.1).min().unwrap();
            counts[negative] += 1;
            sure[negative] += u64::from(certainty == Certainty::Certain);
            prop_assert_eq!((found.places, found.certainty), (*places, certainty));
            prop_assert_eq!(found.signs.to_vec(), three.iter().map(|tie| tie.0).collect::<Vec<_>>());
            prop_assert_eq!(found.is_balanced(), negative % 2 == 0);
            let claims: BTreeSet<_> = three.iter().flat_map(|tie| tie.2.iter().copied()).collect();
            prop_assert_eq!(numbers(&found.because().unwrap()), claims);
        }
        let census = signed.census();
        prop_assert_eq!((census.triads, census.certain), (counts, sure));
    }

    /// Of many places, more than a word has bits, all triads are counted once.
    #[test]
    fn a_census_of_many_places_counts_every_triad_once(
        ties in prop::collection::vec((0..140_usize, 0..140_usize, any::<bool>()), 0..900),
    ) {
        let sign = |foes: bool| if foes { Sign::Negative } else { Sign::Positive };
        let apart = ties.iter().filter(|(one, other, _)| one != other);
        // Packed into three dense patches, so that there are triads.
        let place = |place: usize| place % 3 * 60 + place / 12;
        let ties: Vec<_> = apart.map(|(one, other, foes)| (place(*one), place(*other), sign(*foes)))
            .filter(|(one, other, _)| one != other).collect();
        let graph = SignedGraph::from_edges(140, ties).unwrap();
        let mut counts = [0; 4];
        for one in 0..140 {
            for other in one + 1..140 {
                let Some(first) = graph.sign(one, other) else { continue };
                for third in other + 1..140 {
                    if let (Some(second), Some(last)) = (graph.sign(one, third), graph.sign(other, third)) {
                        counts[[first, second, last].iter().filter(|sign| **sign == Sign::Negative).count()] += 1;
                    }
                }
            }
        }
        prop_assert_eq!(graph.census().triads, counts);
        prop_assert_eq!(graph.triads().count() as u64, counts.iter().sum::<u64>());
    }

    /// The least frustration of all ways of taking sides, and in how many ways.
    #[test]
    fn frustration_is_the_least_of_all_ways_of_taking_sides(
        ties in prop::collection::vec((0..8_usize, 0..8_usize, any::<bool>()), 0..22),
    ) {
        let sign = |foes: bool| if foes { Sign::Negative } else { Sign::Positive };
        let ties = ties.into_iter().filter(|(one, other, _)| one != other);
        let graph = SignedGraph::from_edges(8, ties.map(|(one, other, foes)| (one, other, sign(foes)))).unwrap();
        let ties: Vec<_> = graph.ties().collect();
        let frustrated = |sides: u32| {
            let is_same = |one: usize, other: usize| sides >> one & 1 == sides >> other & 1;
            ties.iter().filter(|tie| is_same(tie.one, tie.other) == (tie.sign == Sign::Negative)).count()
        };
        let least = (0..256).map(frustrated).min().unwrap();
        let ways = (0..256).filter(|sides| frustrated(*sides) == least).count() as u64;
        // Each connected part, single places too, can exchange its sides: that is the same way.
        let mut part: Vec<usize> = (0..8).collect();
        for _ in 0..8 {
            for tie in &ties {
                let least = part[tie.one].min(part[tie.other]);
                (part[tie.one], part[tie.other]) = (least, least);
            }
        }
        let parts = part.into_iter().collect::<BTreeSet<_>>().len() as u32;
        let found = graph.frustration(1_000_000).unwrap();
        prop_assert_eq!((found.index as usize, found.optima), (least, ways >> parts));
        let sides = found.sides.iter().rev().fold(0, |sides, side| sides << 1 | u32::from(*side == Side::Second));
        prop_assert_eq!((frustrated(sides), found.frustrated.len()), (least, least));
    }
}

#[test]
fn a_search_that_takes_too_long_says_so_and_one_of_thousands_of_places_nests_no_calls() {
    let all = (0..40).flat_map(|one| (0..one).map(move |other| (one, other, Sign::Negative)));
    assert_eq!(SignedGraph::from_edges(40, all).unwrap().frustration(1_000), None);
    let chain = (1..3_000).map(|place| (place - 1, place, Sign::Negative));
    let found = SignedGraph::from_edges(3_000, chain).unwrap().frustration(10_000).unwrap();
    assert_eq!((found.index, found.optima), (0, 1));
}

#[test]
fn places_that_are_not_there_are_refused_or_untied() {
    assert!(SignedGraph::from_edges(2, [(1, 1, Sign::Positive)]).is_err());
    let pair = SignedGraph::from_edges(2, [(0, 1, Sign::Positive), (1, 0, Sign::Negative)]).unwrap();
    assert_eq!((pair.sign(0, 1), pair.sign(0, 70), pair.sign(70, 0)), (Some(Sign::Negative), None, None));
    assert!(pair.nation(0).is_none() && pair.because(0, 1).is_none());
    assert_eq!(SignedGraph::from_edges(0, []).unwrap().census().balance(), None);
}
