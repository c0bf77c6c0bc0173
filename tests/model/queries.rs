//! Every query, asked of the graph and of the list of claims.

use std::collections::{BTreeMap, BTreeSet};

use comity::{FactType, NodeKind, Qualifier, RelationKind};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::compare::{Both, because, certainty, holds, voices, with_both};
use crate::generate::{articles, filters};
use crate::lens::{CERTAIN, Filter, Holds, Lens, NO, POSSIBLE};
use crate::oracle::{Fact, target};
use crate::plan::Article;
use crate::run;

pub(crate) type Verdict = Result<(), TestCaseError>;

pub(crate) fn ask(cases: u32, about: &'static [FactType], question: impl Fn(&Both<'_>) -> Verdict) {
    run(cases, &(articles(about), filters()), |(articles, filters): (Vec<Article>, Vec<Filter>)| {
        with_both(&articles, &filters, &question)
    });
}

const VOICED: &[FactType] =
    &[FactType::Statement, FactType::Office, FactType::Affiliation, FactType::Composition, FactType::Detention];
pub(crate) const BELONGING: &[FactType] = &[FactType::Membership, FactType::Membership, FactType::Composition];
const BODIES: &[NodeKind] = &[NodeKind::Coalition, NodeKind::Organization];
pub(crate) const ACTORS: &[NodeKind] =
    &[NodeKind::Nation, NodeKind::Organization, NodeKind::Person, NodeKind::Group, NodeKind::Coalition];

#[test]
fn nodes_claims_and_voices_are_those_of_the_articles() {
    ask(150, FactType::ALL, |both| {
        let found: BTreeSet<String> = both.graph.nodes().map(|node| node.key()).collect();
        prop_assert_eq!(&found, &both.oracle().nodes);
        let order: Vec<_> = both.graph.nodes().map(|node| (node.kind(), node.slug().is_none(), node.key())).collect();
        prop_assert!(order.is_sorted(), "{order:?}");
        for (number, claim) in both.oracle().claims.iter().enumerate() {
            let found = both.graph.claim(&claim.id).expect("it was added");
            let own: BTreeSet<String> = both.oracle().voices(number).into_iter().collect();
            prop_assert_eq!(voices(&found.voices()), own);
            let denials: Vec<String> = found.denials().map(|denial| denial.id()).collect();
            let own: Vec<String> =
                both.oracle().denials(number).map(|at| both.oracle().claims[at].id.clone()).collect();
            prop_assert_eq!(denials, own);
            prop_assert_eq!(found.affirms(), claim.affirms());
        }
        for node in both.graph.nodes() {
            let heard: Vec<String> = both.view.claims(node).map(|claim| claim.id()).collect();
            let plays = |claim: &crate::oracle::Claim| {
                let contents = claim.contents.iter().map(|content| both.oracle().claims[*content].event.as_ref());
                claim.event.as_ref() == Some(&node.key())
                    || contents.flatten().any(|event| *event == node.key())
                    || matches!(claim.told.said, crate::plan::Said::By(name) if name == node.key())
                    || claim.nodes.iter().any(|(_, name)| *name == node.key())
            };
            let all = both.oracle().claims.iter().enumerate();
            let own = all.filter(|(number, claim)| plays(claim) && both.lens.hears(*number) != NO);
            let own: Vec<String> = own.map(|(_, claim)| claim.id.clone()).collect();
            both.same(&format!("claims of {node:?}"), &heard, &own)?;
        }
        Ok(())
    });
}

#[test]
fn edges_hold_as_the_best_of_their_claims_each_judged_alone() {
    ask(500, VOICED, |both| {
        for relation in RelationKind::ALL {
            let mut places = Vec::new();
            let mut lines = Vec::new();
            for edge in both.view.edges(*relation) {
                places.push((edge.source, edge.target));
                let identity = edge.identity.iter().map(|(name, value)| format!("{name} {value}"));
                let identity: Vec<_> = identity.collect();
                lines.push(format!(
                    "{} {relation} {} ({}) {} {}, against {}",
                    edge.source.key(),
                    edge.target.key(),
                    identity.join(", "),
                    certainty(edge.certainty),
                    because(&edge.because),
                    edge.because.against().map(|claim| claim.id()).collect::<Vec<_>>().join(" "),
                ));
            }
            prop_assert!(places.is_sorted(), "{relation}: {places:?}");
            let edges = both.lens.edges(*relation);
            let own = edges.into_iter().map(|(fact, certainty)| {
                let identity: Vec<_> = fact.identity.iter().map(|(name, value)| format!("{name} {value}")).collect();
                let target = fact.target.as_ref().expect("an edge");
                let against = both.claims(&both.lens.against(fact)).replace("because ", "");
                let because = both.claims(&both.lens.because(fact));
                let (source, identity, certainty) = (&fact.source, identity.join(", "), holds(certainty));
                format!("{source} {relation} {target} ({identity}) {certainty} {because}, against {against}")
            });
            both.same_set(relation.as_str(), lines, own.collect())?;
        }
        Ok(())
    });
}

#[test]
fn edges_at_a_node_are_those_of_the_relation_that_touch_it() {
    ask(60, FactType::ALL, |both| {
        let line = |edge: comity::Edge<'_>| {
            format!("{:?} {:?} {:?} {:?} {:?}", edge.source, edge.target, edge.identity, edge.certainty, edge.because)
        };
        for relation in RelationKind::ALL {
            for node in both.graph.nodes() {
                let touching = |out: bool| {
                    let all = both.view.edges(*relation);
                    all.filter(move |edge| if out { edge.source == node } else { edge.target == node }).map(line)
                };
                let (from, to) = (both.view.edges_from(*relation, node), both.view.edges_to(*relation, node));
                both.same("from", &from.map(line).collect::<Vec<_>>(), &touching(true).collect::<Vec<_>>())?;
                both.same("to", &to.map(line).collect::<Vec<_>>(), &touching(false).collect::<Vec<_>>())?;
            }
        }
        Ok(())
    });
}

/// An answer of the model: what it says, how sure, and why.
pub(crate) struct Found {
    pub(crate) line: String,
    pub(crate) holds: Holds,
    pub(crate) because: BTreeSet<usize>,
}

pub(crate) fn is_member(role: &str) -> bool {
    !["observer", "candidate"].contains(&role)
}

pub(crate) fn role_of(fact: &Fact) -> &str {
    fact.identity(Qualifier::Role).expect("a membership has a role")
}

/// Who is named in a body, in whatever role: member, role, through, and how.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) who: String,
    pub(crate) role: String,
    pub(crate) through: Option<String>,
    pub(crate) holds: Holds,
    pub(crate) because: BTreeSet<usize>,
}

pub(crate) fn named(lens: &Lens<'_>, body: &str) -> Vec<Named> {
    let mut named = Vec::new();
    for (fact, holds) in lens.to(RelationKind::MemberOf, body) {
        if fact.identity(Qualifier::Extent).is_some() {
            continue;
        }
        let (role, own) = (role_of(fact).to_string(), lens.because(fact));
        if fact.source.starts_with("group/") {
            for (part, (included, why)) in lens.parts(&fact.source) {
                named.push(Named {
                    who: part,
                    role: role.clone(),
                    through: Some(fact.source.clone()),
                    holds: holds.min(included),
                    because: own.union(&why).copied().collect(),
                });
            }
        }
        named.push(Named { who: fact.source.clone(), role, through: None, holds, because: own });
    }
    // Nothing is a member of itself, whatever a group includes.
    named.retain(|one| one.who != body);
    named
}

fn member_line(who: &str, role: &str, through: Option<&str>, extent: Option<&str>) -> String {
    format!("{who} as {role} through {} ({})", through.unwrap_or("nothing"), extent.unwrap_or("itself"))
}

fn member(one: &comity::Member<'_>) -> String {
    let through = one.through.map(|node| node.key());
    let extent = one.extent.map(|extent| extent.as_str());
    let line = member_line(&one.member.key(), one.role.as_str(), through.as_deref(), extent);
    format!("{line} {} {}", certainty(one.certainty), because(&one.because))
}

impl Both<'_> {
    pub(crate) fn line(&self, found: &Found) -> String {
        format!("{} {} {}", found.line, holds(found.holds), self.claims(&found.because))
    }
}

#[test]
fn members_and_memberships_name_whom_claims_name() {
    ask(500, BELONGING, |both| {
        for body in both.nodes(BODIES) {
            let own: Vec<Named> = named(&both.lens, &body.key());
            let line = |one: &Named| {
                let line = member_line(&one.who, &one.role, one.through.as_deref(), None);
                format!("{line} {} {}", holds(one.holds), both.claims(&one.because))
            };
            let found: Vec<_> = both.view.memberships(body).collect();
            prop_assert!(found.is_sorted_by_key(|one| (one.member, one.role)), "{found:?}");
            let what = |query: &str| format!("{query} of {body:?}");
            both.same_set(&what("memberships"), found.iter().map(member).collect(), own.iter().map(line).collect())?;
            let members = own.iter().filter(|one| is_member(&one.role)).map(line);
            let found: Vec<_> = both.view.members(body).map(|one| member(&one)).collect();
            both.same_set(&what("members"), found, members.collect())?;
        }
        Ok(())
    });
}

#[test]
fn quantified_members_are_possible_members() {
    ask(500, BELONGING, |both| {
        for body in both.nodes(BODIES) {
            let lens = &both.lens;
            let direct = named(lens, &body.key()).into_iter().filter(|one| is_member(&one.role));
            let direct: Vec<String> = direct.map(|one| one.who).collect();
            let mut own = Vec::new();
            for (fact, sure) in lens.to(RelationKind::MemberOf, &body.key()) {
                let Some(extent) = fact.identity(Qualifier::Extent) else { continue };
                if !is_member(role_of(fact)) {
                    continue;
                }
                let asked: Vec<(String, Holds, BTreeSet<usize>)> = if fact.source.starts_with("group/") {
                    let included = lens.from(RelationKind::Includes, &fact.source);
                    included.into_iter().map(|(part, sure)| (target(part).into(), sure, lens.because(part))).collect()
                } else {
                    let members = named(lens, &fact.source).into_iter().filter(|one| is_member(&one.role));
                    members.map(|one| (one.who, one.holds, one.because)).collect()
                };
                let mut best: BTreeMap<String, (Holds, BTreeSet<usize>)> = BTreeMap::new();
                for (who, there, why) in asked {
                    let (known, because) = best.entry(who).or_insert((NO, lens.because(fact)));
                    *known = (*known).max(there);
                    because.extend(why);
                }
                for (who, (there, why)) in best {
                    if direct.contains(&who) || who == body.key() {
                        continue;
                    }
                    let all = if extent == "all" { CERTAIN } else { POSSIBLE };
                    let line = member_line(&who, role_of(fact), Some(&fact.source), Some(extent));
                    own.push(both.line(&Found { line, holds: sure.min(there).min(all), because: why }));
                }
            }
            let found: Vec<_> = both.view.quantified_members(body).collect();
            prop_assert!(found.is_sorted_by_key(|one| (one.member, one.through)), "{found:?}");
            let found = found.iter().map(member).collect();
            both.same_set(&format!("quantified members of {body:?}"), found, own)?;
        }
        Ok(())
    });
}

/// The bodies that somebody is in, with how sure and why.
pub(crate) type Bodies = BTreeMap<String, (Holds, BTreeSet<usize>)>;

/// For each node the bodies that it is in as a named member.
pub(crate) fn bodies(lens: &Lens<'_>) -> BTreeMap<String, Bodies> {
    let mut members: BTreeMap<String, Bodies> = BTreeMap::new();
    let all: BTreeSet<&str> = lens.oracle.edges(RelationKind::MemberOf).map(target).collect();
    for body in all {
        for one in named(lens, body).into_iter().filter(|one| is_member(&one.role)) {
            let bodies = members.entry(one.who).or_default();
            let (known, because) = bodies.entry(body.into()).or_insert((NO, BTreeSet::new()));
            *known = (*known).max(one.holds);
            because.extend(one.because);
        }
    }
    members
}

#[test]
fn bodies_and_shared_coalitions_are_the_other_side_of_members() {
    ask(400, BELONGING, |both| {
        let line = |one: comity::Membership<'_>| {
            format!("{} {} {}", one.body.key(), certainty(one.certainty), because(&one.because))
        };
        let all = bodies(&both.lens);
        let none = Bodies::new();
        let own = |bodies: &Bodies, only: &str| {
            let mut lines: Vec<_> = bodies.iter().filter(|(body, _)| body.starts_with(only)).collect();
            lines.sort_by_key(|(body, _)| both.rank(body));
            lines
                .into_iter()
                .map(|(body, (sure, why))| both.line(&Found { line: body.clone(), holds: *sure, because: why.clone() }))
                .collect::<Vec<_>>()
        };
        let members = both.nodes(&[NodeKind::Nation, NodeKind::Organization, NodeKind::Group, NodeKind::Person]);
        for one in &members {
            let theirs = all.get(&one.key()).unwrap_or(&none);
            let found: Vec<_> = both.view.bodies(*one).map(line).collect();
            both.same(&format!("bodies of {one:?}"), &found, &own(theirs, ""))?;
            let found: Vec<_> = both.view.coalitions(*one).map(line).collect();
            both.same(&format!("coalitions of {one:?}"), &found, &own(theirs, "coalition/"))?;
            for other in &members {
                if one == other {
                    continue;
                }
                let others = all.get(&other.key()).unwrap_or(&none);
                let shared = theirs.iter().filter_map(|(body, (sure, why))| {
                    let (second, because) = others.get(body)?;
                    Some((body.clone(), ((*sure).min(*second), why.union(because).copied().collect())))
                });
                let found: Vec<_> = both.view.shared_coalitions(*one, *other).map(line).collect();
                let shared: Bodies = shared.collect();
                both.same(&format!("shared by {one:?} and {other:?}"), &found, &own(&shared, "coalition/"))?;
            }
        }
        Ok(())
    });
}
