//! Detentions that answer each other, on random cases with people and groups, against every two of them.

use std::collections::{BTreeMap, BTreeSet};

use comity::relations::{Includes, NationalOf};
use comity::{
    Batch, Certainty, Claimed, Day, Detention, Fact, FactType, Graph, Group, Nation, Person, Role, Source, When,
};
use proptest::prelude::*;

use crate::times::{began, config, day, holds, numbers, view, when};

const NATIONS: usize = 3;
const PEOPLE: usize = 4;
const EVENTS: usize = 5;

/// Somebody who can be held: a person, or the group (the last).
type Held = usize;

#[derive(Debug, Clone)]
enum Told {
    National {
        who: Held,
        nation: usize,
    },
    InGroup {
        who: usize,
        complete: bool,
    },
    Detains {
        event: usize,
        by: usize,
        held: Held,
        when: When,
    },
    /// In the place of what a view leaves out.
    Unheard,
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let national = (0..=PEOPLE, 0..NATIONS).prop_map(|(who, nation)| Told::National { who, nation });
    let in_group = (0..PEOPLE, any::<bool>()).prop_map(|(who, complete)| Told::InGroup { who, complete });
    let detains = (0..EVENTS, 0..NATIONS, 0..=PEOPLE, when());
    let detains = detains.prop_map(|(event, by, held, when)| Told::Detains { event, by, held, when });
    prop::collection::vec(prop_oneof![2 => national, 1 => in_group, 4 => detains], 0..16)
}

fn graph(told: &[Told]) -> Graph {
    let mut batch = Batch::new();
    let articles = ["even", "odd"].map(|id| batch.source(Source::article(id)));
    let nations: Vec<_> = (0..NATIONS).map(|number| batch.node::<Nation>(&number.to_string()).unwrap()).collect();
    let people: Vec<_> = (0..PEOPLE).map(|number| batch.node::<Person>(&format!("p{number}")).unwrap()).collect();
    let group = batch.node::<Group>("g").unwrap();
    let events: Vec<_> = (0..EVENTS).map(|number| batch.node::<Detention>(&number.to_string()).unwrap()).collect();
    for (number, one) in told.iter().enumerate() {
        let (gloss, note) = (number.to_string(), articles[number % 2]);
        match *one {
            Told::National { who, nation } => {
                let claim = match people.get(who) {
                    Some(person) => Claimed::new(NationalOf, *person, nations[nation]),
                    None => Claimed::new(NationalOf, group, nations[nation]),
                };
                batch.claim(note, claim.gloss(&gloss));
            }
            Told::InGroup { who, complete } => {
                batch.claim(note, Claimed::new(Includes { complete }, group, people[who]).gloss(&gloss));
            }
            Told::Detains { event, by, held, when } => {
                let fact = Fact::new(FactType::Detention).event(events[event]).role(Role::By, nations[by]);
                let fact = match people.get(held) {
                    Some(person) => fact.role(Role::Detained, *person),
                    None => fact.role(Role::Detained, group),
                };
                batch.fact(note, fact.when(when).gloss(&gloss)).unwrap();
            }
            Told::Unheard => {}
        }
    }
    Graph::new().apply(batch).unwrap()
}

/// A nation that holds a national of another: the event, the two, how sure, and by which claims.
struct Case {
    event: usize,
    by: usize,
    of: usize,
    certainty: Certainty,
    numbers: BTreeSet<usize>,
}

/// The claims of a group that name it in full: any claim that says so of this person counts all that say who is in it.
fn in_group(told: &[Told], person: usize) -> Option<BTreeSet<usize>> {
    let claims = told.iter().enumerate().filter_map(|(number, one)| match *one {
        Told::InGroup { who, complete } if who == person => Some((number, complete)),
        _ => None,
    });
    let claims: Vec<_> = claims.collect();
    let is_in = claims.iter().any(|(_, complete)| *complete);
    is_in.then(|| claims.into_iter().map(|(number, _)| number).collect())
}

/// The nationalities of somebody who is held, by nation, with the claims.
fn nationalities(told: &[Told], held: Held) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut found: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut people = vec![(held, BTreeSet::new())];
    if held == PEOPLE {
        people.extend((0..PEOPLE).filter_map(|person| Some((person, in_group(told, person)?))));
    }
    for (who, ways) in people {
        let mut as_whom = vec![(who, ways.clone())];
        if who < PEOPLE {
            as_whom.extend(in_group(told, who).map(|more| (PEOPLE, &ways | &more)));
        }
        for (whose, ways) in as_whom {
            for (number, one) in told.iter().enumerate() {
                if let Told::National { who, nation } = one
                    && *who == whose
                {
                    let numbers = found.entry(*nation).or_default();
                    numbers.insert(number);
                    numbers.extend(&ways);
                }
            }
        }
    }
    found
}

fn cases(told: &[Told], day: Option<Day>) -> Vec<Case> {
    let mut cases = Vec::new();
    for event in 0..EVENTS {
        let mut holders: BTreeMap<usize, (Certainty, BTreeSet<usize>)> = BTreeMap::new();
        let mut held_ones = holders.clone();
        for (number, one) in told.iter().enumerate() {
            if let Told::Detains { event: of, by, held, when } = *one
                && of == event
                && let Some(certainty) = holds(when, day)
            {
                for (sides, who) in [(&mut holders, by), (&mut held_ones, held)] {
                    let side = sides.entry(who).or_insert((certainty, BTreeSet::new()));
                    side.0 = side.0.max(certainty);
                    side.1.insert(number);
                }
            }
        }
        for (by, holding) in &holders {
            for (held, being_held) in &held_ones {
                for (of, nationality) in nationalities(told, *held) {
                    let numbers = &(&holding.1 | &being_held.1) | &nationality;
                    let certainty = holding.0.min(being_held.0);
                    cases.push(Case { event, by: *by, of, certainty, numbers });
                }
            }
        }
    }
    cases.retain(|case| case.by != case.of);
    cases
}

/// What is told of the time of an event.
fn whens(told: &[Told], event: usize) -> impl Iterator<Item = When> {
    told.iter().filter_map(move |one| match *one {
        Told::Detains { event: of, when, .. } if of == event => Some(when),
        _ => None,
    })
}

type Pair = (Certainty, (i32, i32), BTreeSet<usize>);

proptest! {
    #![proptest_config(config(400))]

    /// Every two detentions that answer each other within the days, how sure, how long after, and by which claims: of both articles, or
    /// without what one of them tells.
    #[test]
    fn pairs_are_those_of_every_two_detentions(
        mut told in told(), day in day(), within in 0..100_u32, is_one_left_out in any::<bool>(),
    ) {
        let graph = graph(&told);
        let mut view = view(&graph, day);
        if is_one_left_out {
            view = view.without(graph.source("odd").unwrap());
            told.iter_mut().skip(1).step_by(2).for_each(|one| *one = Told::Unheard);
        }
        let found = view.tit_for_tat(within);
        let cases = cases(&told, day);
        let mut pairs: BTreeMap<(usize, usize, usize, usize), Pair> = BTreeMap::new();
        for first in &cases {
            for answer in cases.iter().filter(|answer| (answer.by, answer.of) == (first.of, first.by)) {
                // Nothing answers itself.
                if first.event == answer.event {
                    continue;
                }
                let (Some(before), Some(after)) = (began(whens(&told, first.event)), began(whens(&told, answer.event))) else { continue };
                let lag = (before.1.days_until(after.0), before.0.days_until(after.1));
                let within = i32::try_from(within).unwrap();
                if within == 0 || lag.1 <= 0 || lag.0 > within {
                    continue;
                }
                let is_sure = lag.0 > 0 && lag.1 <= within;
                let in_time = if is_sure { Certainty::Certain } else { Certainty::Possible };
                let certainty = first.certainty.min(answer.certainty).min(in_time);
                let pair = pairs.entry((first.event, answer.event, first.by, first.of));
                let pair = pair.or_insert((certainty, lag, BTreeSet::new()));
                pair.0 = pair.0.max(certainty);
                pair.2.extend(first.numbers.iter().chain(&answer.numbers));
            }
        }
        let found_pairs = found.pairs.iter().map(|pair| {
            let number = |node: comity::NodeRef<'_>| node.slug().unwrap().parse::<usize>().unwrap();
            let key = (number(pair.first), number(pair.answer), number(pair.by), number(pair.answered_by));
            (key, (pair.certainty, pair.lag_days, numbers(&pair.because)))
        });
        prop_assert_eq!(found_pairs.collect::<Vec<_>>(), pairs.into_iter().collect::<Vec<_>>());
        let undated = cases.iter().map(|case| case.event).filter(|event| began(whens(&told, *event)).is_none());
        let undated: BTreeSet<_> = undated.map(|event| event.to_string()).collect();
        let found: Vec<_> = found.undated.iter().map(|node| node.slug().unwrap().to_owned()).collect();
        prop_assert_eq!(found, undated.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_ministry_holds_for_its_nation_and_nobody_answers_oneself() {
    use comity::relations::AffiliatedWith;
    use comity::{Description, Organization, OrganizationKind};
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let [one, other] = ["1", "2"].map(|slug| batch.node::<Nation>(slug).unwrap());
    let police = batch.node::<Organization>("police").unwrap();
    batch.describe(note, police, Description::new().organization(OrganizationKind::Ministry)).unwrap();
    batch.claim(note, Claimed::new(AffiliatedWith { title: None }, police, other));
    let mut hold = |event: &str, who: &str, of, held: Fact, from: &str| {
        let (event, person) = (batch.node::<Detention>(event).unwrap(), batch.node::<Person>(who).unwrap());
        batch.claim(note, Claimed::new(NationalOf, person, of));
        let held = held.event(event).role(Role::Detained, person);
        batch.fact(note, held.when(When::from(from.parse().unwrap()))).unwrap();
    };
    let held = Fact::new(FactType::Detention);
    hold("a", "pa", other, held.clone().role(Role::By, one), "2031-01-01");
    hold("b", "pb", one, held.clone().role(Role::By, police), "2031-01-31");
    hold("c", "pc", one, held.role(Role::By, one), "2031-02-01");
    let graph = Graph::new().apply(batch).unwrap();
    let found = graph.view().tit_for_tat(30);
    assert_eq!(found.pairs.len(), 1, "{found:?}");
    assert_eq!((found.pairs[0].lag_days, found.pairs[0].certainty), ((30, 30), Certainty::Certain));
    assert_eq!(found.pairs[0].because.claims().len(), 5);
    assert!(graph.view().tit_for_tat(29).pairs.is_empty());
}
