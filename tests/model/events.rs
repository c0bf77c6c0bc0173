//! Officials, detentions, sanctions, statements, meetings, signatures, stages and retaliation.

use std::collections::BTreeSet;

use comity::{Act, Attribute, FactKind, FactType, NodeKind, Qualifier, RelationKind, Role};
use proptest::prelude::*;

use crate::compare::{Both, because, certainty, holds, keys, voices};
use crate::generate::TITLES;
use crate::lens::{Holds, Lens, NO};
use crate::oracle::{Fact, folded, target};
use crate::plan::{Time, Until};
use crate::queries::{ACTORS, Verdict, ask};

const OFFICES: &[FactType] = &[FactType::Office, FactType::Office, FactType::Affiliation];
const POLITIES: &[NodeKind] = &[NodeKind::Nation, NodeKind::Organization];

fn tenure(one: &comity::Tenure<'_>) -> String {
    let title = folded(one.title());
    let (person, of, to) = (one.person.key(), one.of.key(), keys(one.to()));
    format!("{person} {title} of {of} to ({to}) {} {}", certainty(one.certainty), because(&one.because))
}

impl Both<'_> {
    fn tenure(&self, fact: &Fact, sure: Holds) -> String {
        let why = self.lens.because(fact);
        let claims = why.iter().map(|claim| &self.oracle().claims[*claim]);
        let as_holder = claims.filter(|claim| claim.fillers(Role::Holder).contains(&fact.source));
        let to = self.joined(as_holder.flat_map(|claim| claim.fillers(Role::To)));
        let title = fact.identity(Qualifier::Title).expect("an office has a title");
        let (person, of) = (&fact.source, target(fact));
        format!("{person} {title} of {of} to ({to}) {} {}", holds(sure), self.claims(&why))
    }

    fn sources(&self, relation: RelationKind, node: &str) -> Vec<String> {
        self.sorted(self.lens.to(relation, node).into_iter().map(|(fact, _)| fact.source.clone()))
    }

    fn targets(&self, relation: RelationKind, node: &str) -> Vec<String> {
        self.sorted(self.lens.from(relation, node).into_iter().map(|(fact, _)| target(fact).to_string()))
    }

    /// The events of a kind that hold, with how sure, and why.
    fn events(&self, kind: NodeKind) -> Vec<(String, Holds, BTreeSet<usize>)> {
        let mut events = Vec::new();
        for node in self.graph.nodes_of(kind) {
            let fact = self.oracle().facts_of(FactKind::Event).find(|fact| fact.source == node.key());
            if let Some(fact) = fact.filter(|fact| self.lens.judge(fact) != NO) {
                events.push((node.key(), self.lens.judge(fact), self.lens.because(fact)));
            }
        }
        events
    }

    /// The steps that something has gone through by the last day that the view lets through.
    fn stages(&self, of: &str) -> Vec<(String, Holds, BTreeSet<usize>)> {
        let mut then = self.lens.at_any_time();
        if let Some(end) = self.lens.windows().iter().map(|(_, end)| *end).min() {
            then.filters.push(crate::lens::Filter::During(crate::calendar::FIRST, end));
        }
        let stages = self.oracle().facts_of(FactKind::Attribute(Attribute::Stage));
        let stages = stages.filter(|fact| fact.source == of && then.judge(fact) != NO);
        let stage = |fact: &Fact| fact.identity(Qualifier::Stage).expect("a step").to_string();
        stages.map(|fact| (stage(fact), then.judge(fact), then.because(fact))).collect()
    }

    fn with_stages(&self, of: &str, mut why: BTreeSet<usize>) -> BTreeSet<usize> {
        why.extend(self.stages(of).into_iter().flat_map(|(_, _, why)| why));
        why
    }

    /// Whether somebody among these is the actor, or speaks for it, whenever that was.
    fn speaks(&self, all: &[String], actor: &str) -> bool {
        all.iter().any(|one| self.lens.speaks_for(one, actor, None))
    }
}

#[test]
fn officials_are_those_whom_claims_put_in_office_before_and_after_included() {
    ask(400, OFFICES, |both| {
        for polity in both.nodes(POLITIES) {
            let key = polity.key();
            let offices = both.lens.edges(RelationKind::HoldsOffice);
            let own = offices.iter().filter(|(fact, _)| {
                target(fact) == key || both.lens.is_organ_of(target(fact), &key) && target(fact) != key
            });
            let own: Vec<_> = own.collect();
            let lines: Vec<_> = own.iter().map(|(fact, sure)| both.tenure(fact, *sure)).collect();
            let found: Vec<_> = both.view.officials(polity).collect();
            prop_assert!(found.is_sorted_by_key(|one| (one.person, one.of)), "{found:?}");
            both.same_set(&format!("officials of {key}"), found.iter().map(tenure).collect(), lines)?;
            for (title, rank) in TITLES {
                let titled = own.iter().filter(|(fact, _)| fact.identity(Qualifier::Title) == Some(&folded(title)));
                let lines = titled.map(|(fact, sure)| both.tenure(fact, *sure)).collect();
                let found: Vec<_> = both.view.holder(title, polity).collect();
                prop_assert!(found.iter().all(|one| one.rank() == *rank));
                both.same_set(&format!("{title} of {key}"), found.iter().map(tenure).collect(), lines)?;
            }
        }
        for person in both.nodes(&[NodeKind::Person]) {
            let own = both.lens.from(RelationKind::HoldsOffice, &person.key());
            let lines = own.iter().map(|(fact, sure)| both.tenure(fact, *sure)).collect();
            let found = both.view.tenures(person).map(|one| tenure(&one)).collect();
            both.same_set(&format!("tenures of {person:?}"), found, lines)?;
            let held = both.oracle().edges(RelationKind::HoldsOffice).any(|fact| {
                fact.source == person.key()
                    && fact.said.iter().any(|saying| both.oracle().claims[saying.claim].affirms())
            });
            prop_assert_eq!(both.graph.typed::<comity::Official>(person).is_some(), held, "{:?}", person);
        }
        Ok(())
    });
}

const HOLDING: &[FactType] = &[
    FactType::Detention,
    FactType::Detention,
    FactType::Composition,
    FactType::Nationality,
    FactType::Stage,
    FactType::Affiliation,
];

#[test]
fn detentions_tell_who_holds_whom() {
    ask(400, HOLDING, |both| {
        let lens = &both.lens;
        let known = lens.at_any_time();
        let mut cases = Vec::new();
        for (event, sure, why) in both.events(NodeKind::Detention) {
            let mut why = both.with_stages(&event, why);
            let held = both.sources(RelationKind::HeldIn, &event);
            let mut detained: BTreeSet<String> = held.iter().cloned().collect();
            for group in held.iter().filter(|one| one.starts_with("group/")) {
                for (part, (_, because)) in known.parts(group) {
                    detained.insert(part);
                    why.extend(because);
                }
            }
            let mut nations = BTreeSet::new();
            for (fact, _) in known.edges(RelationKind::NationalOf) {
                for one in &detained {
                    let through = known.parts(&fact.source);
                    if *one == fact.source {
                        nations.insert(target(fact).to_string());
                        why.extend(known.because(fact));
                    } else if let Some((_, because)) = through.get(one) {
                        nations.insert(target(fact).to_string());
                        why.extend(because.iter().copied().chain(known.because(fact)));
                    }
                }
            }
            let by = both.sources(RelationKind::Detains, &event);
            let line = format!(
                "{event} by ({}) holds ({}) nationals of ({}) requested by ({}) under stages {:?} {} {}",
                by.join(" "),
                both.joined(detained),
                both.joined(nations.clone()),
                both.sources(RelationKind::Requests, &event).join(" "),
                both.stages(&event).iter().map(|(stage, ..)| stage.clone()).collect::<BTreeSet<_>>(),
                holds(sure),
                both.claims(&why),
            );
            cases.push((by, nations, line));
        }
        let case = |one: comity::DetentionCase<'_>| {
            let (mut detained, by) = (one.detained.clone(), keys(one.by));
            detained.sort();
            format!(
                "{} by ({by}) holds ({}) nationals of ({}) requested by ({}) under stages {:?} {} {}",
                one.detention.key(),
                keys(detained),
                keys(one.nationality),
                keys(one.at_request_of),
                one.stages.iter().map(|step| step.stage.to_string()).collect::<BTreeSet<_>>(),
                certainty(one.certainty),
                because(&one.because),
            )
        };
        let lines = |fits: &dyn Fn(&[String], &BTreeSet<String>) -> bool| {
            let fitting = cases.iter().filter(|(by, nations, _)| fits(by, nations));
            fitting.map(|(.., line)| line.clone()).collect::<Vec<_>>()
        };
        let found: Vec<_> = both.view.detentions().map(case).collect();
        both.same("detentions", &found, &lines(&|_, _| true))?;
        for polity in both.nodes(POLITIES) {
            let found: Vec<_> = both.view.detentions().by(polity).map(case).collect();
            both.same(&format!("by {polity:?}"), &found, &lines(&|by, _| both.speaks(by, &polity.key())))?;
            let found: Vec<_> = both.view.detentions().of_nationality(polity).map(case).collect();
            both.same(&format!("of {polity:?}"), &found, &lines(&|_, nations| nations.contains(&polity.key())))?;
        }
        Ok(())
    });
}

const PUNISHING: &[FactType] = &[
    FactType::Sanction,
    FactType::Sanction,
    FactType::Composition,
    FactType::Nationality,
    FactType::Location,
    FactType::Office,
    FactType::Stage,
    FactType::Affiliation,
];

/// Whether somebody belongs to a nation or organization at any time: itself, or as one of a group named in full.
fn belongs(known: &Lens<'_>, one: &str, whole: &str) -> bool {
    const TIES: [RelationKind; 4] =
        [RelationKind::NationalOf, RelationKind::HoldsOffice, RelationKind::AffiliatedWith, RelationKind::LocatedIn];
    let parts = known.parts(one).into_keys();
    std::iter::once(one.to_string()).chain(parts).any(|one| {
        one == whole || TIES.iter().any(|tie| known.from(*tie, &one).iter().any(|(fact, _)| target(fact) == whole))
    })
}

#[test]
fn sanctions_tell_who_punishes_whom() {
    ask(400, PUNISHING, |both| {
        let known = both.lens.at_any_time();
        let mut cases = Vec::new();
        for (event, sure, why) in both.events(NodeKind::Sanction) {
            let (by, on) = (both.sources(RelationKind::Imposes, &event), both.targets(RelationKind::Targets, &event));
            let why = both.with_stages(&event, why);
            let measures: BTreeSet<&str> = why
                .iter()
                .flat_map(|claim| both.oracle().claims[*claim].told.with.words(Qualifier::Measures))
                .copied()
                .collect();
            let (imposers, targets) = (by.join(" "), on.join(" "));
            let line =
                format!("{event} by ({imposers}) on ({targets}) {measures:?} {} {}", holds(sure), both.claims(&why));
            cases.push((by, on, line));
        }
        let case = |one: comity::SanctionCase<'_>| {
            let (by, on) = (keys(one.by), keys(one.targets));
            let measures: BTreeSet<&str> = one.measures.into_iter().collect();
            let sure = certainty(one.certainty);
            format!("{} by ({by}) on ({on}) {measures:?} {sure} {}", one.sanction.key(), because(&one.because))
        };
        let lines = |fits: &dyn Fn(&[String], &[String]) -> bool| {
            let fitting = cases.iter().filter(|(by, on, _)| fits(by, on));
            fitting.map(|(.., line)| line.clone()).collect::<Vec<_>>()
        };
        let found: Vec<_> = both.view.sanctions().map(case).collect();
        both.same("sanctions", &found, &lines(&|_, _| true))?;
        for one in both.nodes(&[ACTORS, &[NodeKind::Place]].concat()) {
            let key = one.key();
            let found: Vec<_> = both.view.sanctions().by(one).map(case).collect();
            both.same(&format!("by {key}"), &found, &lines(&|by, _| both.speaks(by, &key)))?;
            let found: Vec<_> = both.view.sanctions().on(one).map(case).collect();
            let on = |_: &[String], on: &[String]| on.iter().any(|target| belongs(&known, target, &key));
            both.same(&format!("on {key}"), &found, &lines(&on))?;
        }
        Ok(())
    });
}

const TELLING: &[FactType] =
    &[FactType::Statement, FactType::Statement, FactType::Office, FactType::Affiliation, FactType::Composition];

#[test]
fn statements_tell_who_says_what_about_what() {
    ask(400, TELLING, |both| {
        struct Case {
            line: String,
            acts: BTreeSet<&'static str>,
            concerned: Vec<String>,
            speakers: Vec<(usize, Vec<String>)>,
        }
        let mut cases = Vec::new();
        for (event, sure, why) in both.events(NodeKind::Statement) {
            let claims = || why.iter().map(|claim| &both.oracle().claims[*claim]);
            let acts: BTreeSet<_> = claims().filter_map(|claim| claim.told.with.word(Qualifier::Act)).collect();
            let all = both.oracle().claims.iter().enumerate();
            let said_in = all.filter(|(_, claim)| claim.said_in.is_some_and(|told| why.contains(&told)));
            let contents: BTreeSet<usize> =
                claims().flat_map(|claim| claim.contents.clone()).chain(said_in.map(|(at, _)| at)).collect();
            let concerned = |aspect: &str| {
                let edges = both.lens.from(RelationKind::Concerns, &event).into_iter();
                let edges = edges.filter(|(fact, _)| fact.identity(Qualifier::Aspect) == Some(aspect));
                both.sorted(edges.map(|(fact, _)| target(fact).to_string()))
            };
            let line = format!(
                "{event} by ({}) {acts:?} at ({}) about ({}) via ({}) says ({}) {} {}",
                both.sources(RelationKind::Makes, &event).join(" "),
                concerned("target").join(" "),
                concerned("topic").join(" "),
                both.targets(RelationKind::Via, &event).join(" "),
                both.claims(&contents),
                holds(sure),
                both.claims(&why),
            );
            let speakers = claims().map(|claim| (claim.article, claim.fillers(Role::Speaker))).collect();
            cases.push(Case { line, acts, concerned: [concerned("target"), concerned("topic")].concat(), speakers });
        }
        let case = |one: comity::Said<'_>| {
            format!(
                "{} by ({}) {:?} at ({}) about ({}) via ({}) says ({}) {} {}",
                one.statement.key(),
                keys(one.speakers),
                one.acts.iter().collect::<BTreeSet<_>>(),
                keys(one.targets),
                keys(one.about),
                keys(one.via),
                crate::compare::ids(one.contents.iter().map(|claim| claim.id())),
                certainty(one.certainty),
                because(&one.because),
            )
        };
        let lines = |fits: &dyn Fn(&Case) -> bool| {
            cases.iter().filter(|case| fits(case)).map(|case| case.line.clone()).collect::<Vec<_>>()
        };
        let found: Vec<_> = both.view.statements().map(case).collect();
        both.same("statements", &found, &lines(&|_| true))?;
        let found: Vec<_> = both.view.statements().act(Act::Deny).map(case).collect();
        both.same("denials", &found, &lines(&|case| case.acts.contains("deny")))?;
        for node in both.graph.nodes() {
            let key = node.key();
            let found: Vec<_> = both.view.statements().about(node).map(case).collect();
            both.same(&format!("about {key}"), &found, &lines(&|case| case.concerned.contains(&key)))?;
            let found: Vec<_> = both.view.statements().by(node).map(case).collect();
            let by = |case: &Case| {
                case.speakers.iter().any(|(article, speakers)| {
                    speakers.iter().any(|one| both.lens.speaks_for(one, &key, Some(*article)))
                })
            };
            both.same(&format!("by {key}"), &found, &lines(&by))?;
        }
        Ok(())
    });
}

#[test]
fn meetings_signatures_and_stages_tell_who_took_part_in_what() {
    const MEETING: &[FactType] =
        &[FactType::Meeting, FactType::Meeting, FactType::Instrument, FactType::Stage, FactType::Office];
    ask(300, MEETING, |both| {
        let mut cases = Vec::new();
        for (event, sure, why) in both.events(NodeKind::Meeting) {
            let part = |(fact, _): &(&Fact, Holds)| {
                (
                    both.rank(&fact.source),
                    format!("{} {}", fact.source, fact.identity(Qualifier::Role).expect("a role")),
                )
            };
            let parts: BTreeSet<_> = both.lens.to(RelationKind::TakesPartIn, &event).iter().map(part).collect();
            let parts: BTreeSet<_> = parts.into_iter().map(|(_, part)| part).collect();
            let line = format!(
                "{event} {parts:?} in ({}) {} {}",
                both.targets(RelationKind::TakesPlaceIn, &event).join(" "),
                holds(sure),
                both.claims(&both.with_stages(&event, why)),
            );
            cases.push((both.sources(RelationKind::TakesPartIn, &event), line));
        }
        let case = |one: comity::Encounter<'_>| {
            let parts = one.participants.iter().map(|(node, role)| format!("{} {role}", node.key()));
            let parts: BTreeSet<_> = parts.collect();
            let (places, sure) = (keys(one.places), certainty(one.certainty));
            format!("{} {parts:?} in ({places}) {sure} {}", one.meeting.key(), because(&one.because))
        };
        let all: Vec<_> = cases.iter().map(|(_, line)| line.clone()).collect();
        both.same("meetings", &both.view.meetings().map(case).collect::<Vec<_>>(), &all)?;
        for actor in both.nodes(ACTORS) {
            let found: Vec<_> = both.view.meetings().with(actor).map(case).collect();
            let own = cases.iter().filter(|(parts, _)| both.speaks(parts, &actor.key()));
            both.same(&format!("with {actor:?}"), &found, &own.map(|(_, line)| line.clone()).collect::<Vec<_>>())?;
        }
        for node in both.graph.nodes() {
            let own = both.stages(&node.key()).into_iter();
            let own = own.map(|(stage, sure, why)| format!("{stage} {} {}", holds(sure), both.claims(&why)));
            let found = both.view.stages(node);
            let found =
                found.map(|one| format!("{} {} {}", one.stage, certainty(one.certainty), because(&one.because)));
            both.same_set(&format!("stages of {node:?}"), found.collect(), own.collect())?;
            let own = both.lens.to(RelationKind::Signs, &node.key()).into_iter();
            let own = own.map(|(fact, sure)| {
                format!("{} {} {}", fact.source, holds(sure), both.claims(&both.lens.because(fact)))
            });
            let found: Vec<_> = both.view.signatories(node).collect();
            prop_assert!(found.is_sorted_by_key(|one| one.signatory));
            let found = found
                .iter()
                .map(|one| format!("{} {} {}", one.signatory.key(), certainty(one.certainty), because(&one.because)));
            both.same_set(&format!("signatories of {node:?}"), found.collect(), own.collect())?;
        }
        Ok(())
    });
}

const ANSWERING: &[FactType] = &[
    FactType::Retaliation,
    FactType::Retaliation,
    FactType::Order,
    FactType::Detention,
    FactType::Sanction,
    FactType::Statement,
];

/// The days between which an event began, by the claims that date it: what all of them allow, or else all that one allows.
fn beginning(lens: &Lens<'_>, event: &str) -> Option<(i32, i32)> {
    let known = lens.at_any_time();
    let fact = lens.oracle.facts_of(FactKind::Event).find(|fact| fact.source == event)?;
    let dated: Vec<BTreeSet<i32>> = known
        .because(fact)
        .into_iter()
        .filter_map(|claim| match lens.oracle.claims[claim].told.time {
            Time::At(date) | Time::Span(Some(date), _) => Some(date.days().into_iter().collect()),
            Time::Unstated | Time::Span(None, Until::Unknown | Until::Open | Until::On(_) | Until::By(_)) => None,
        })
        .collect();
    let first = dated.first()?;
    let common: BTreeSet<i32> =
        first.iter().filter(|day| dated.iter().all(|days| days.contains(day))).copied().collect();
    let days = if common.is_empty() { dated.into_iter().flatten().collect() } else { common };
    Some((*days.first()?, *days.last()?))
}

#[test]
fn retaliation_tells_who_says_so_who_denies_it_and_how_long_after() {
    ask(500, ANSWERING, |both| {
        let lens = &both.lens;
        let known = lens.at_any_time();
        let mut answers = Vec::new();
        for (fact, sure) in lens.edges(RelationKind::RetaliatesFor) {
            let why = lens.because(fact);
            let claimed: BTreeSet<String> = why.iter().flat_map(|claim| both.oracle().voices(*claim)).collect();
            let denied: BTreeSet<String> = crate::disputes::deniers(both, &lens.against(fact));
            let follows = |later: &str, earlier: &str| {
                let edges = known.from(RelationKind::Follows, later).into_iter();
                edges.map(|(fact, _)| fact).find(|fact| target(fact) == earlier)
            };
            let stated = match (follows(&fact.source, target(fact)), follows(target(fact), &fact.source)) {
                (Some(after), None) => {
                    let claims = known.because(after).into_iter();
                    let lags =
                        claims.filter_map(|claim| both.oracle().claims[claim].told.with.integer(Qualifier::LagDays));
                    let lags: BTreeSet<i32> = lags.collect();
                    let lag = lags.first().copied().zip(lags.last().copied());
                    (lag, if lag == Some((0, 0)) { "same_day" } else { "after" })
                }
                (None, Some(_)) => (None, "before"),
                _ => (None, "unknown"),
            };
            let (lag, order) = match (beginning(lens, &fact.source), beginning(lens, target(fact))) {
                (Some(later), Some(earlier)) => {
                    let (least, most) = (later.0 - earlier.1, later.1 - earlier.0);
                    let order = match (least, most) {
                        (0, 0) => "same_day",
                        _ if least > 0 => "after",
                        _ if most < 0 => "before",
                        _ => stated.1,
                    };
                    (Some((least, most)), order)
                }
                _ => stated,
            };
            let (response, to) = (&fact.source, target(fact));
            let line = format!(
                "{response} answers {to}, say {claimed:?}, deny {denied:?}, {lag:?} {order} {} {}",
                holds(sure),
                both.claims(&why)
            );
            const ACTING: [RelationKind; 4] =
                [RelationKind::Detains, RelationKind::Imposes, RelationKind::TakesPartIn, RelationKind::Makes];
            let actors = ACTING.iter().flat_map(|relation| known.to(*relation, response));
            let actors: Vec<String> = actors.map(|(fact, _)| fact.source.clone()).collect();
            answers.push((both.place(fact), actors, line));
        }
        answers.sort();
        let answer = |one: comity::Retaliation<'_>| {
            format!(
                "{} answers {}, say {:?}, deny {:?}, {:?} {} {} {}",
                one.response.key(),
                one.to.key(),
                voices(&one.claimed_by),
                voices(&one.denied_by),
                one.lag_days,
                one.order.as_str(),
                certainty(one.certainty),
                because(&one.because)
            )
        };
        let all: Vec<_> = answers.iter().map(|(.., line)| line.clone()).collect();
        both.same("retaliation", &both.view.retaliation().map(answer).collect::<Vec<_>>(), &all)?;
        for actor in both.nodes(ACTORS) {
            let found: Vec<_> = both.view.retaliation().by(actor).map(answer).collect();
            let own = answers.iter().filter(|(_, actors, _)| both.speaks(actors, &actor.key()));
            both.same(&format!("by {actor:?}"), &found, &own.map(|(.., line)| line.clone()).collect::<Vec<_>>())?;
        }
        chains(both)
    });
}

/// A chain is two answers or more, each of what the one before answers, and its claims are theirs.
fn chains(both: &Both<'_>) -> Verdict {
    for chain in both.view.retaliation_chains().take(100) {
        prop_assert!(chain.links.len() >= 2);
        prop_assert!(chain.links.windows(2).all(|pair| pair[0].to == pair[1].response));
        let first = chain.links[0].response;
        prop_assert_eq!(both.view.edges_to(RelationKind::RetaliatesFor, first).count(), 0);
        let claims: BTreeSet<String> =
            chain.links.iter().flat_map(|link| link.because.claims()).map(|claim| claim.id()).collect();
        let own: BTreeSet<String> = chain.because.claims().map(|claim| claim.id()).collect();
        prop_assert_eq!(own, claims);
        prop_assert_eq!(Some(chain.certainty), chain.links.iter().map(|link| link.certainty).min());
    }
    Ok(())
}
