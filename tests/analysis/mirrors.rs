//! Sanctions that face each other, on random ones with people, a group, a ministry and a union, against every two of them.

use std::collections::{BTreeMap, BTreeSet};

use comity::relations::{AffiliatedWith, HoldsOffice, Includes, NationalOf};
use comity::{
    Batch, Certainty, Claimed, Day, Description, Fact, FactType, Graph, Group, Nation, Node, NodeRef, Organization,
    OrganizationKind, Person, Rank, Role, Sanction, Source, When,
};
use proptest::prelude::*;

use crate::times::{began, config, day, holds, numbers, view, when};

const NATIONS: usize = 3;
const PEOPLE: usize = 3;
const EVENTS: usize = 4;

/// A nation, then a person, then one of the three others.
type Actor = usize;

const GROUP: Actor = NATIONS + PEOPLE;
/// Acts for the nation that it belongs to.
const MINISTRY: Actor = GROUP + 1;
/// Acts for itself alone.
const UNION: Actor = MINISTRY + 1;
const ACTORS: usize = UNION + 1;

#[derive(Debug, Clone, Copy)]
enum Told {
    /// A person, as a national or official; or the group, as nationals; or the ministry, as an organ.
    Belongs {
        who: Actor,
        nation: usize,
        is_official: bool,
    },
    InUnion {
        person: Actor,
    },
    InGroup {
        person: Actor,
        complete: bool,
    },
    Sanctions {
        event: usize,
        by: Actor,
        on: Actor,
        when: When,
    },
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let person = || NATIONS..GROUP;
    let belongs = (NATIONS..UNION, 0..NATIONS, any::<bool>());
    let belongs = belongs.prop_map(|(who, nation, is_official)| Told::Belongs { who, nation, is_official });
    let in_union = person().prop_map(|person| Told::InUnion { person });
    let in_group = (person(), any::<bool>()).prop_map(|(person, complete)| Told::InGroup { person, complete });
    let imposer = prop_oneof![4 => 0..NATIONS, 1 => MINISTRY..ACTORS];
    let sanctions =
        (0..EVENTS, imposer, 0..ACTORS, when()).prop_filter("nobody sanctions itself", |(_, by, on, _)| by != on);
    let sanctions = sanctions.prop_map(|(event, by, on, when)| Told::Sanctions { event, by, on, when });
    prop::collection::vec(prop_oneof![2 => belongs, 1 => in_union, 1 => in_group, 5 => sanctions], 0..16)
}

fn slug(actor: Actor) -> String {
    format!("a{actor}")
}

fn graph(told: &[Told]) -> Graph {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let nations: Vec<_> = (0..NATIONS).map(|one| batch.node::<Nation>(&slug(one)).unwrap()).collect();
    let people: Vec<_> = (NATIONS..GROUP).map(|one| batch.node::<Person>(&slug(one)).unwrap()).collect();
    let group = batch.node::<Group>(&slug(GROUP)).unwrap();
    let [ministry, union] = [MINISTRY, UNION].map(|one| batch.node::<Organization>(&slug(one)).unwrap());
    batch.describe(note, ministry, Description::new().organization(OrganizationKind::Ministry)).unwrap();
    let events: Vec<_> = (0..EVENTS).map(|one| batch.node::<Sanction>(&one.to_string()).unwrap()).collect();
    let node = |actor: Actor| -> Node {
        match actor {
            GROUP => group.into(),
            MINISTRY => ministry.into(),
            UNION => union.into(),
            nation if nation < NATIONS => nations[nation].into(),
            person => people[person - NATIONS].into(),
        }
    };
    let affiliated = || AffiliatedWith { title: None };
    for (number, one) in told.iter().enumerate() {
        let gloss = number.to_string();
        match *one {
            Told::Belongs { who: GROUP, nation, .. } => {
                batch.claim(note, Claimed::new(NationalOf, group, nations[nation]).gloss(&gloss));
            }
            Told::Belongs { who: MINISTRY, nation, .. } => {
                batch.claim(note, Claimed::new(affiliated(), ministry, nations[nation]).gloss(&gloss));
            }
            Told::Belongs { who, nation, is_official } => {
                let (person, nation) = (people[who - NATIONS], nations[nation]);
                let office = HoldsOffice { title: "envoy".into(), rank: Rank::Other };
                if is_official {
                    batch.claim(note, Claimed::new(office, person, nation).gloss(&gloss));
                } else {
                    batch.claim(note, Claimed::new(NationalOf, person, nation).gloss(&gloss));
                }
            }
            Told::InUnion { person } => {
                batch.claim(note, Claimed::new(affiliated(), people[person - NATIONS], union).gloss(&gloss));
            }
            Told::InGroup { person, complete } => {
                batch.claim(note, Claimed::new(Includes { complete }, group, people[person - NATIONS]).gloss(&gloss));
            }
            Told::Sanctions { event, by, on, when } => {
                let fact = Fact::new(FactType::Sanction).event(events[event]);
                let fact = fact.role(Role::By, node(by)).role(Role::Target, node(on));
                batch.fact(note, fact.when(when).gloss(&gloss)).unwrap();
            }
        }
    }
    Graph::new().apply(batch).unwrap()
}

type Claims = BTreeSet<usize>;

/// To whom an actor belongs, itself among them, with the claims that say so; by a group only what belongs to it in full.
fn wholes(told: &[Told], actor: Actor) -> BTreeMap<Actor, Claims> {
    let mut found = BTreeMap::from([(actor, Claims::new())]);
    for (number, one) in told.iter().enumerate() {
        let whole = match *one {
            Told::Belongs { who, nation, .. } if who == actor => nation,
            Told::InUnion { person } if person == actor => UNION,
            _ => continue,
        };
        found.entry(whole).or_default().insert(number);
    }
    let people = if actor == GROUP { NATIONS..GROUP } else { 0..0 };
    for part in people {
        let inclusions = told.iter().enumerate().filter_map(|(number, one)| match *one {
            Told::InGroup { person, complete } if person == part => Some((number, complete)),
            _ => None,
        });
        let inclusions: Vec<_> = inclusions.collect();
        if inclusions.iter().any(|(_, complete)| *complete) {
            for (whole, claims) in wholes(told, part) {
                found.entry(whole).or_default().extend(inclusions.iter().map(|(number, _)| *number).chain(claims));
            }
        }
    }
    found
}

/// For whom an imposer acts, itself among them.
fn behind(told: &[Told], imposer: Actor) -> BTreeMap<Actor, Claims> {
    if imposer == MINISTRY { wholes(told, imposer) } else { BTreeMap::from([(imposer, Claims::new())]) }
}

struct Blow {
    event: usize,
    by: Actor,
    on: Actor,
    certainty: Certainty,
    claims: Claims,
}

/// Every way in which somebody sanctions somebody: who imposes an event and whom it is on may be told apart.
fn blows(told: &[Told], day: Option<Day>) -> Vec<Blow> {
    let mut blows = Vec::new();
    for event in 0..EVENTS {
        let mut imposers: BTreeMap<Actor, (Certainty, Claims)> = BTreeMap::new();
        let mut targets = imposers.clone();
        for (number, one) in told.iter().enumerate() {
            if let Told::Sanctions { event: of, by, on, when } = *one
                && of == event
                && let Some(certainty) = holds(when, day)
            {
                for (side, who) in [(&mut imposers, by), (&mut targets, on)] {
                    let side = side.entry(who).or_insert((certainty, Claims::new()));
                    side.0 = side.0.max(certainty);
                    side.1.insert(number);
                }
            }
        }
        for (imposer, imposing) in &imposers {
            for (target, being_target) in &targets {
                for (by, organ) in behind(told, *imposer) {
                    for (on, ties) in wholes(told, *target) {
                        let claims =
                            [&imposing.1, &being_target.1, &organ, &ties].into_iter().flatten().copied().collect();
                        blows.push(Blow { event, by, on, certainty: imposing.0.min(being_target.0), claims });
                    }
                }
            }
        }
    }
    blows.retain(|blow| blow.by != blow.on);
    blows
}

type Pair = (Certainty, (i32, i32), Claims);

proptest! {
    #![proptest_config(config(400))]

    /// Every two sanctions in opposite directions within the days: how sure, how far apart, and by which claims; none of them surely
    /// an answer.
    #[test]
    fn pairs_are_those_of_every_two_sanctions(told in told(), day in day(), within in 0..100_u32) {
        let graph = graph(&told);
        let whens = |event: usize| told.iter().filter_map(move |one| match *one {
            Told::Sanctions { event: of, when, .. } if of == event => Some(when),
            _ => None,
        });
        let blows = blows(&told, day);
        let mut pairs: BTreeMap<(usize, usize, usize, usize), Pair> = BTreeMap::new();
        for one in &blows {
            for other in blows.iter().filter(|other| (other.by, other.on) == (one.on, one.by)) {
                let (Some(first), Some(second)) = (began(whens(one.event)), began(whens(other.event))) else { continue };
                // Of two, the earlier tells of both.
                if (first.0, one.event) >= (second.0, other.event) {
                    continue;
                }
                let least = first.1.days_until(second.0).max(second.1.days_until(first.0)).max(0);
                let most = first.0.days_until(second.1).max(second.0.days_until(first.1));
                let within = i32::try_from(within).unwrap();
                if least > within {
                    continue;
                }
                let in_time = if most <= within { Certainty::Certain } else { Certainty::Possible };
                let certainty = one.certainty.min(other.certainty).min(in_time);
                let pair = pairs.entry((one.event, other.event, one.by, one.on));
                let pair = pair.or_insert((certainty, (least, most), Claims::new()));
                pair.0 = pair.0.max(certainty);
                pair.2.extend(one.claims.iter().chain(&other.claims));
            }
        }
        let number = |node: NodeRef<'_>| node.slug().unwrap().trim_start_matches('a').parse::<usize>().unwrap();
        let found = view(&graph, day).mirrored_sanctions(within);
        prop_assert!(found.iter().all(|pair| pair.certainty == Certainty::Possible));
        let found = found.iter().map(|pair| {
            let key = (number(pair.earlier), number(pair.later), number(pair.by), number(pair.on));
            (key, (pair.facing, pair.days_apart, numbers(&pair.because)))
        });
        // By kind, then key: as the numbers of actors do not stand.
        let found: BTreeMap<_, _> = found.collect();
        prop_assert_eq!(found, pairs);
    }
}
