//! What is contested, in conflict, stated in numbers, differs between two views, and where claims come from.

use std::collections::{BTreeMap, BTreeSet};

use comity::{Attribute, Change, CountPrecision, FactKind, FactType, NodeKind, Qualifier, RelationKind, Role};
use proptest::prelude::*;

use crate::calendar;
use crate::compare::{Both, because, certainty, holds, voices};
use crate::generate::{articles, filters};
use crate::lens::{Filter, Holds, Lens, NO};
use crate::oracle::{Fact, Oracle, Saying, target};
use crate::plan::{Time, Until, build};
use crate::queries::{ask, is_member, named};
use crate::run;

const DISPUTED: &[FactType] = &[
    FactType::Retaliation,
    FactType::Membership,
    FactType::Statement,
    FactType::Statement,
    FactType::Detention,
    FactType::Characterisation,
];

/// Who says that it is not so: of a denial those who make it, of a claim to the contrary those whose word it is.
pub(crate) fn deniers(both: &Both<'_>, against: &BTreeSet<usize>) -> BTreeSet<String> {
    let oracle = both.oracle();
    let voice = |claim: &usize| {
        let of = &oracle.claims[*claim];
        if of.is_denial() { of.fillers(Role::Speaker) } else { oracle.voices(*claim) }
    };
    against.iter().flat_map(voice).collect()
}

#[test]
fn contested_is_what_one_voice_affirms_and_another_denies() {
    ask(600, DISPUTED, |both| {
        let (lens, oracle) = (&both.lens, both.oracle());
        let mut own = Vec::new();
        for fact in oracle.facts.values() {
            // Of a denied event the event is contested, not once more each of its edges.
            let speaks_of_an_event = |saying: &Saying| oracle.claims[saying.claim].event.is_some();
            if fact.kind != FactKind::Event && fact.said.iter().any(speaks_of_an_event) {
                continue;
            }
            let why = lens.because(fact);
            let affirmed: BTreeSet<String> = why.iter().flat_map(|claim| oracle.voices(*claim)).collect();
            let denied = deniers(both, &lens.against(fact));
            if affirmed.iter().any(|one| denied.iter().any(|other| one != other)) {
                let (key, sure) = (fact.key(), holds(lens.judge(fact)));
                own.push(format!("{key}: {affirmed:?} against {denied:?} {sure} {}", both.claims(&why)));
            }
        }
        let found = both.view.contested().map(|one| {
            let (affirmed, denied) = (voices(&one.affirmed_by), voices(&one.denied_by));
            let (key, sure) = (one.what.key(), certainty(one.certainty));
            format!("{key}: {affirmed:?} against {denied:?} {sure} {}", because(&one.because))
        });
        both.same_set("contested", found.collect(), own)
    });
}

/// What a claim says in a field: the days, or the fillers, or the numbers that it allows.
#[derive(Debug)]
enum Says {
    Days(i32, i32),
    Fillers(BTreeSet<String>),
    Numbers(u32, u32),
    Text(String),
}

impl Says {
    fn can_be_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Days(first, last), Self::Days(from, to)) => first.max(from) <= last.min(to),
            (Self::Fillers(one), Self::Fillers(other)) => !one.is_disjoint(other),
            (Self::Numbers(low, high), Self::Numbers(from, to)) => low.max(from) <= high.min(to),
            (Self::Text(one), Self::Text(other)) => one == other,
            _ => true,
        }
    }
}

fn says(oracle: &Oracle, saying: &Saying, field: &str) -> Option<Says> {
    let claim = &oracle.claims[saying.claim];
    let (long_ago, far_off) = (i32::MIN, i32::MAX);
    let fillers = |role| Some(claim.fillers(role).into_iter().collect::<BTreeSet<_>>()).filter(|all| !all.is_empty());
    match (field, saying.time) {
        ("at", Time::At(date)) => Some(Says::Days(date.first(), date.last())),
        ("at", Time::Span(from, until)) => {
            let first = from.map(calendar::Date::first);
            let last = match until {
                Until::On(date) | Until::By(date) => Some(date.last() - 1),
                Until::Open | Until::Unknown => None,
            };
            let bounded = first.is_some() || last.is_some();
            bounded.then(|| Says::Days(first.unwrap_or(long_ago), last.unwrap_or(far_off)))
        }
        ("from", Time::Span(Some(date), _)) => Some(Says::Days(date.first(), date.last())),
        ("until", Time::Span(_, until)) => match until {
            Until::On(date) => Some(Says::Days(date.first(), date.last())),
            Until::By(date) => Some(Says::Days(long_ago, date.last())),
            Until::Open => {
                let published = oracle.articles[claim.article].published?;
                Some(Says::Days(published.first() + 1, far_off))
            }
            Until::Unknown => None,
        },
        ("at" | "from" | "until", _) => None,
        ("by", _) => fillers(Role::By).map(Says::Fillers),
        ("at_request_of", _) => fillers(Role::AtRequestOf).map(Says::Fillers),
        ("place", _) => fillers(Role::Place).map(Says::Fillers),
        ("count", _) => {
            let count = claim.told.with.stated_count()?;
            Some(match count.precision {
                CountPrecision::Exact => Says::Numbers(count.value, count.value),
                CountPrecision::AtLeast => Says::Numbers(count.value, u32::MAX),
                CountPrecision::AtMost => Says::Numbers(0, count.value),
                _ => Says::Numbers(0, u32::MAX),
            })
        }
        ("term", _) => claim.told.with.get(Qualifier::Term).map(|term| Says::Text(term.to_string())),
        _ => None,
    }
}

#[test]
fn conflicts_are_claims_of_one_fact_that_cannot_both_be() {
    const CLASHING: &[FactType] = &[
        FactType::Membership,
        FactType::Office,
        FactType::Roster,
        FactType::Founding,
        FactType::Rule,
        FactType::Stage,
        FactType::Detention,
        FactType::Sanction,
        FactType::Meeting,
        FactType::Instrument,
    ];
    ask(600, CLASHING, |both| {
        let (lens, oracle) = (&both.lens, both.oracle());
        let mut own = Vec::new();
        for fact in oracle.facts.values() {
            // The `conflicts` of the ontology, where the claims of its fact are one: for events at the event itself.
            let fields: &[&str] = match fact.kind {
                FactKind::Relation(
                    RelationKind::MemberOf | RelationKind::HoldsOffice | RelationKind::Signs | RelationKind::PartyTo,
                ) => &["from", "until"],
                FactKind::Attribute(Attribute::StatedSize) => &["count"],
                FactKind::Attribute(Attribute::Founded | Attribute::Stage) => &["at"],
                FactKind::Attribute(Attribute::Rule) => &["term", "deadline"],
                FactKind::Event => match both.graph.nodes().nth(both.rank(&fact.source)).map(|node| node.kind()) {
                    Some(NodeKind::Detention) => &["from", "until", "by", "at_request_of"],
                    Some(NodeKind::Sanction) => &["from", "until", "by"],
                    Some(NodeKind::Meeting) => &["at", "place"],
                    _ => &[],
                },
                _ => &[],
            };
            for field in fields {
                let counting = fact.said.iter().filter(|saying| lens.counts(saying) != NO);
                let told: Vec<_> =
                    counting.filter_map(|saying| Some((saying.claim, says(oracle, saying, field)?))).collect();
                let clashing: BTreeSet<usize> = told
                    .iter()
                    .filter(|(_, one)| told.iter().any(|(_, other)| !one.can_be_with(other)))
                    .map(|(claim, _)| *claim)
                    .collect();
                if !clashing.is_empty() {
                    own.push(format!("{} in {field} {}", fact.key(), both.claims(&clashing)));
                }
            }
        }
        let found = both.view.conflicts().map(|one| {
            let values: BTreeSet<String> =
                one.values.iter().flat_map(|value| &value.claims).map(|claim| claim.id()).collect();
            let claims: BTreeSet<String> = one.because.claims().map(|claim| claim.id()).collect();
            assert_eq!(values, claims);
            format!("{} in {} {}", one.what.key(), one.field.as_str(), because(&one.because))
        });
        both.same_set("conflicts", found.collect(), own)
    });
}

#[test]
fn rosters_set_stated_numbers_against_who_is_named() {
    const COUNTING: &[FactType] =
        &[FactType::Roster, FactType::Membership, FactType::Composition, FactType::Instrument, FactType::Meeting];
    ask(500, COUNTING, |both| {
        let lens = &both.lens;
        for body in both.graph.nodes() {
            let key = body.key();
            let (mut names, mut quantified, mut why, mut best) =
                (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), NO);
            let mut list = |name: String, sure: Holds, because: BTreeSet<usize>, best: &mut Holds| {
                names.insert(name);
                why.extend(because);
                *best = (*best).max(sure);
            };
            let ends: Vec<(String, Holds, BTreeSet<usize>)> = match body.kind() {
                NodeKind::Instrument => lens.to(RelationKind::Signs, &key),
                NodeKind::Meeting => lens.to(RelationKind::TakesPartIn, &key),
                NodeKind::Group => lens.from(RelationKind::Includes, &key),
                _ => Vec::new(),
            }
            .into_iter()
            .map(|(fact, sure)| {
                let end = if body.kind() == NodeKind::Group { target(fact) } else { &fact.source };
                (end.to_string(), sure, lens.because(fact))
            })
            .collect();
            for (end, sure, because) in ends {
                for (part, (_, ways)) in lens.parts(&end).into_iter().filter(|(part, _)| *part != key) {
                    list(part, NO, ways, &mut best);
                }
                list(end, sure, because, &mut best);
            }
            if matches!(body.kind(), NodeKind::Coalition | NodeKind::Organization) {
                for one in named(lens, &key).into_iter().filter(|one| is_member(&one.role)) {
                    list(one.who, one.holds, one.because, &mut best);
                }
                for (fact, sure) in lens.to(RelationKind::MemberOf, &key) {
                    if fact.identity(Qualifier::Extent).is_some()
                        && is_member(fact.identity(Qualifier::Role).expect("a role"))
                    {
                        quantified.insert(fact.source.clone());
                        why.extend(lens.because(fact));
                        best = best.max(sure);
                    }
                }
            }
            names.retain(|name| lens.parts(name).is_empty());
            let mut stated: BTreeMap<String, (comity::Count, Holds, BTreeSet<usize>)> = BTreeMap::new();
            for fact in both.oracle().facts_of(FactKind::Attribute(Attribute::StatedSize)) {
                for saying in fact.said.iter().filter(|saying| fact.source == key && lens.counts(saying) != NO) {
                    let count = both.oracle().claims[saying.claim].told.with.stated_count().expect("a count");
                    let known = stated.entry(count.to_string()).or_insert((count, NO, why.clone()));
                    known.1 = known.1.max(lens.counts(saying));
                    known.2.insert(saying.claim);
                }
            }
            let lists =
                format!("names ({}) and parts of ({})", both.joined(names.clone()), both.joined(quantified.clone()));
            let mut own: Vec<String> = stated
                .iter()
                .map(|(text, (_, sure, why))| format!("{text}: {lists} {} {}", holds(*sure), both.claims(why)))
                .collect();
            if own.is_empty() && !(names.is_empty() && quantified.is_empty()) {
                own.push(format!("none: {lists} {} {}", holds(best), both.claims(&why)));
            }
            let mut found = Vec::new();
            for one in both.view.roster(body) {
                let text = one.stated.map_or("none".into(), |count| count.to_string());
                let keys = |nodes: &[comity::NodeRef<'_>]| crate::compare::keys(nodes.iter().copied());
                let lists = format!("names ({}) and parts of ({})", keys(&one.named), keys(&one.quantified));
                found.push(format!("{text}: {lists} {} {}", certainty(one.certainty), because(&one.because)));
                let Some(count) = one.stated else { continue };
                let few = one.named.len() < count.value as usize;
                match count.precision {
                    CountPrecision::Exact if few => prop_assert_eq!(one.complete, Some(false)),
                    CountPrecision::Exact if one.quantified.is_empty() => {
                        prop_assert_eq!(one.complete, Some(one.named.len() == count.value as usize));
                    }
                    CountPrecision::AtLeast if few => prop_assert_eq!(one.complete, Some(false)),
                    CountPrecision::Approximate => prop_assert_eq!(one.complete, None),
                    _ => {}
                }
            }
            both.same_set(&format!("roster of {key}"), found, own)?;
        }
        Ok(())
    });
}

#[test]
fn claims_of_one_fact_are_grouped_by_independent_origin() {
    const REPEATED: &[FactType] = &[FactType::Membership, FactType::Detention, FactType::Characterisation];
    ask(300, REPEATED, |both| {
        let oracle = both.oracle();
        for (number, claim) in oracle.claims.iter().enumerate() {
            // The same fact: for events the same event, else an edge or attribute in common.
            let mut same = BTreeSet::from([number]);
            for fact in oracle.facts.values() {
                let counts = fact.kind == FactKind::Event || claim.event.is_none();
                if counts && fact.said.iter().any(|saying| saying.claim == number) {
                    same.extend(fact.said.iter().map(|saying| saying.claim));
                }
            }
            same.retain(|other| oracle.claims[*other].told.fact == claim.told.fact && both.lens.hears(*other) != NO);
            let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
            for other in same {
                let origin = oracle.origin(oracle.claims[other].article);
                groups.entry(*origin.first().expect("itself")).or_default().insert(other);
            }
            let own = groups
                .iter()
                .map(|(origin, claims)| format!("{} {}", oracle.articles[*origin].id, both.claims(claims)));
            let found = both.graph.claim(&claim.id).expect("it was added");
            let found = both.view.origins(found).map(|one| format!("{} {}", one.origin.id(), because(&one.because)));
            both.same(&format!("origins of {}", claim.id), &found.collect::<Vec<_>>(), &own.collect::<Vec<_>>())?;
        }
        Ok(())
    });
}

#[test]
fn a_difference_is_what_one_view_has_and_the_other_has_not() {
    let two_views = (filters(), filters());
    run(300, &(articles(DISPUTED), two_views), |(articles, (one, other))| {
        let (graph, oracle) = (build(&articles), Oracle::of(&articles));
        let set = |filters: &[Filter]| filters.iter().fold(graph.view(), |view, filter| filter.set(view));
        let (first, second) = (Lens::new(&oracle, &one), Lens::new(&oracle, &other));
        let mut found: BTreeMap<String, _> = BTreeMap::new();
        for difference in set(&one).diff(set(&other)) {
            found.insert(format!("{} {}", difference.what.kind, difference.what.key()), difference);
        }
        for fact in oracle.facts.values() {
            let key = format!("{} {}", fact.kind, fact.key());
            let (before, after) = (first.judge(fact), second.judge(fact));
            let Some(one) = found.remove(&key) else {
                prop_assert_eq!(before, after, "{}", key);
                continue;
            };
            prop_assert_ne!(before, after, "{}", &key);
            let sure = |certainty: Option<comity::Certainty>| certainty.map_or("NOT", crate::compare::certainty);
            prop_assert_eq!((sure(one.before), sure(one.after)), (holds(before), holds(after)), "{}", &key);
            prop_assert_eq!(certainty(one.certainty), holds(before.max(after)));
            let against: BTreeSet<usize> = first.against(fact).union(&second.against(fact)).copied().collect();
            let why: BTreeSet<usize> = first.because(fact).union(&second.because(fact)).copied().collect();
            let ids = |claims: &BTreeSet<usize>| {
                crate::compare::ids(claims.iter().map(|claim| oracle.claims[*claim].id.as_str()))
            };
            match (before, after) {
                (NO, _) if one.change == Change::Gained => prop_assert_eq!(because(&one.because), ids(&why)),
                (_, NO) if one.change == Change::Lost => prop_assert_eq!(because(&one.because), ids(&why)),
                _ => {
                    prop_assert_eq!(one.change, Change::Turned);
                    prop_assert!((before != NO && after != NO) || !against.is_empty(), "{}: nobody denies it", key);
                    prop_assert_eq!(because(&one.because), ids(&why.union(&against).copied().collect()));
                }
            }
        }
        prop_assert!(found.is_empty(), "{:?}", found.keys());
        Ok(())
    });
}

#[test]
fn statistics_count_what_the_view_shows() {
    ask(150, FactType::ALL, |both| {
        let (lens, oracle) = (&both.lens, both.oracle());
        let statistics = both.view.statistics();
        for (kind, count) in statistics.nodes {
            prop_assert_eq!(both.graph.nodes().filter(|node| node.kind() == kind).count(), count);
        }
        for (kind, count) in statistics.facts {
            prop_assert_eq!(
                oracle.facts_of(kind).filter(|fact: &&Fact| lens.judge(fact) != NO).count(),
                count,
                "{}",
                kind
            );
        }
        let heard = || (0..oracle.claims.len()).filter(|claim| lens.hears(*claim) != NO);
        for (modality, count) in statistics.modalities {
            prop_assert_eq!(heard().filter(|claim| oracle.claims[*claim].told.modality == modality).count(), count);
        }
        for (source, count) in statistics.articles {
            let own = heard().filter(|claim| oracle.articles[oracle.claims[*claim].article].id == source.id());
            prop_assert_eq!(own.count(), count);
        }
        Ok(())
    });
}
