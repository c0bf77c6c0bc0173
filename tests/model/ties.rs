//! What ties two: chains of coalitions, and allies in each sense.

use std::collections::{BTreeMap, BTreeSet};

use comity::{FactType, NodeKind, Qualifier, RelationKind};
use proptest::prelude::*;

use crate::compare::{because, certainty, keys};
use crate::lens::{CERTAIN, Holds, Lens, NO};
use crate::oracle::target;
use crate::queries::{ACTORS, BELONGING, Bodies, Found, ask, bodies, is_member, named};

/// A chain is valid if every step of it is a membership, and shortest if no walk over fewer coalitions gets there.
#[test]
fn chains_are_shortest_walks_over_shared_coalitions() {
    ask(300, BELONGING, |both| {
        let all = bodies(&both.lens);
        let none = Bodies::new();
        let coalitions = |member: &str| {
            let bodies = all.get(member).unwrap_or(&none).iter();
            bodies.filter(|(body, _)| body.starts_with("coalition/")).map(|(body, how)| (body.clone(), how.clone()))
        };
        let members = both.nodes(&[NodeKind::Nation, NodeKind::Organization, NodeKind::Group]);
        for one in &members {
            // Every shortest walk, in the order of its steps.
            let mut walks = vec![vec![one.key()]];
            let mut reached: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::from([(one.key(), walks.clone())]);
            for _ in 0..4 {
                let mut next = Vec::new();
                for walk in &walks {
                    let last = &walk[walk.len() - 1];
                    for (coalition, _) in coalitions(last) {
                        for (member, theirs) in &all {
                            if theirs.contains_key(&coalition) && !walk.contains(member) {
                                let step = [coalition.clone(), member.clone()];
                                next.push([walk.clone(), step.to_vec()].concat());
                            }
                        }
                    }
                }
                next.retain(|walk: &Vec<String>| !reached.contains_key(&walk[walk.len() - 1]));
                for walk in &next {
                    reached.entry(walk[walk.len() - 1].clone()).or_default().push(walk.clone());
                }
                walks = next;
            }
            for other in &members {
                let chain = both.view.chain(*one, *other);
                let Some(walks) = reached.get(&other.key()) else {
                    prop_assert!(chain.is_none(), "{one:?} to {other:?}: {chain:?}");
                    continue;
                };
                let first = walks.iter().min_by_key(|walk| walk.iter().map(|step| both.rank(step)).collect::<Vec<_>>());
                let (mut sure, mut why) = (CERTAIN, BTreeSet::new());
                let first = first.expect("one or more");
                for (nth, step) in first.iter().enumerate().filter(|(nth, _)| nth % 2 == 1) {
                    for end in [&first[nth - 1], &first[nth + 1]] {
                        let (holds, because) = &all[end][step];
                        sure = sure.min(*holds);
                        why.extend(because);
                    }
                }
                let found = chain.map(|chain| {
                    format!("{} {} {}", keys(chain.steps), certainty(chain.certainty), because(&chain.because))
                });
                let own = both.line(&Found { line: first.join(" "), holds: sure, because: why });
                prop_assert_eq!(found, Some(own));
            }
        }
        Ok(())
    });
}

/// Somebody who does what others do: how sure, and why.
type Doers = BTreeMap<String, (Holds, BTreeSet<usize>)>;

fn add(doers: &mut Doers, who: &str, holds: Holds, because: impl IntoIterator<Item = usize>) {
    let (known, why) = doers.entry(who.into()).or_insert((NO, BTreeSet::new()));
    *known = (*known).max(holds);
    why.extend(because);
}

/// Those that do it, with whom a group among them names in full.
fn unfolded(doers: &Doers, parts: &Lens<'_>) -> Doers {
    let mut all = doers.clone();
    for (who, (holds, why)) in doers {
        for (part, (included, because)) in parts.parts(who) {
            add(&mut all, &part, included.min(*holds), why.union(&because).copied());
        }
    }
    all
}

/// For whom each statement speaks.
fn principals(lens: &Lens<'_>, statement: &str) -> Doers {
    let known = lens.at_any_time();
    let mut speakers = Doers::new();
    for (fact, holds) in lens.to(RelationKind::Makes, statement) {
        add(&mut speakers, &fact.source, holds, lens.because(fact));
    }
    let mut bodies = Doers::new();
    for (who, (holds, why)) in unfolded(&speakers, &known) {
        if who.starts_with("person/") {
            for (office, held) in known.from(RelationKind::HoldsOffice, &who) {
                add(&mut bodies, target(office), holds.min(held), why.union(&known.because(office)).copied());
            }
        } else if !who.starts_with("group/") {
            add(&mut bodies, &who, holds, why);
        }
    }
    let mut principals = Doers::new();
    for (body, (holds, why)) in bodies {
        let wholes = known.from(RelationKind::AffiliatedWith, &body);
        if known.is_organ(&body) && !wholes.is_empty() {
            for (fact, belongs) in wholes {
                add(&mut principals, target(fact), holds.min(belongs), why.union(&known.because(fact)).copied());
            }
        } else {
            add(&mut principals, &body, holds, why);
        }
    }
    principals
}

fn imposers(lens: &Lens<'_>, sanction: &str) -> Doers {
    let mut own = Doers::new();
    for (fact, holds) in lens.to(RelationKind::Imposes, sanction) {
        add(&mut own, &fact.source, holds, lens.because(fact));
    }
    let mut all = unfolded(&own, lens);
    for (who, (holds, why)) in own.iter().filter(|(who, _)| who.starts_with("coalition/")) {
        for one in named(lens, who).into_iter().filter(|one| is_member(&one.role)) {
            add(&mut all, &one.who, one.holds.min(*holds), why.union(&one.because).copied());
        }
    }
    all
}

const ALLYING: &[FactType] = &[
    FactType::Membership,
    FactType::Composition,
    FactType::Alignment,
    FactType::Statement,
    FactType::Statement,
    FactType::Sanction,
    FactType::Office,
    FactType::Affiliation,
];

#[test]
fn allies_are_named_with_the_lens_that_makes_them_so() {
    use comity::AllianceLens as A;
    ask(500, ALLYING, |both| {
        let lens = &both.lens;
        for actor in both.nodes(ACTORS) {
            let mut own: BTreeMap<A, BTreeMap<(String, String), Doers>> = BTreeMap::new();
            let mut tie = |kind: A, via: &str, doers: &Doers| {
                let Some((sure, why)) = doers.get(&actor.key()) else { return };
                for (who, (holds, because)) in doers.iter().filter(|(who, _)| **who != actor.key()) {
                    let allies = own.entry(kind).or_default().entry((who.clone(), via.into())).or_default();
                    add(allies, who, (*holds).min(*sure), why.union(because).copied());
                }
            };
            for node in both.graph.nodes() {
                let via = node.key();
                match node.kind() {
                    NodeKind::Coalition => {
                        let mut members = Doers::new();
                        for one in named(lens, &via).into_iter().filter(|one| is_member(&one.role)) {
                            add(&mut members, &one.who, one.holds, one.because);
                        }
                        tie(A::SharedCoalition, &via, &members);
                        if lens.is_alliance(&via) {
                            tie(A::Alliance, &via, &members);
                        }
                        if lens.pledges_defence(&via) {
                            tie(A::DefencePact, &via, &members);
                        }
                    }
                    NodeKind::Statement => tie(A::JointStatement, &via, &principals(lens, &via)),
                    NodeKind::Sanction => tie(A::CoSanction, &via, &imposers(lens, &via)),
                    _ => {}
                }
            }
            for (fact, holds) in lens.edges(RelationKind::AlignedWith) {
                if fact.identity(Qualifier::Stance) == Some("allied") {
                    let mut pair = Doers::new();
                    add(&mut pair, &fact.source, holds, lens.because(fact));
                    add(&mut pair, target(fact), holds, lens.because(fact));
                    tie(A::Stated, "nothing", &pair);
                }
            }
            for kind in A::ALL {
                let found: Vec<_> = both.view.allies(actor, *kind).collect();
                prop_assert!(found.is_sorted_by_key(|one| (one.ally, one.via)));
                let found = found.iter().map(|one| {
                    let via = one.via.map_or("nothing".into(), |via| via.key());
                    format!("{} via {via} {} {}", one.ally.key(), certainty(one.certainty), because(&one.because))
                });
                let own = own.remove(kind).unwrap_or_default();
                let own = own.iter().map(|((who, via), allies)| {
                    let (sure, why) = allies[who].clone();
                    both.line(&Found { line: format!("{who} via {via}"), holds: sure, because: why })
                });
                both.same_set(&format!("{kind} of {actor:?}"), found.collect(), own.collect())?;
            }
        }
        Ok(())
    });
}
