//! Stated numbers against what is listed by name.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::article::checks::{Names, Thing};
use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{Article, Fact, Loose};
use crate::diagnostic::Code;
use crate::model::{Count, CountPrecision, FactType, MembershipRole, NodeKind, Qualifier, Role};

/// The number of a group against a list of whom it includes: all of it if the list is said to be complete, else as many at
/// least.
pub(super) fn listed(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let (Some(FactType::Composition), Some(args)) = (fact.fact, &fact.args) else { return };
    let says_all = fact.with.as_ref().is_some_and(|with| matches!(with.get("complete"), Some(Loose::Boolean(true))));
    let group = args.role(Role::Group.as_str()).and_then(|list| list.sound().next());
    let Some(Thing::Entity(row)) = group.and_then(|(_, id)| names.get(id)) else { return };
    let Some(stated) = article.entities()[row].count.as_ref().and_then(|number| number.count()) else { return };
    let included = args.role(Role::Includes.as_str());
    // A group among them is one or more.
    let is_group = |id: &str| match names.get(id) {
        Some(Thing::Entity(row)) => article.entities()[row].node == Some(NodeKind::Group),
        _ => false,
    };
    let counts = says_all && !included.into_iter().flat_map(|list| list.sound()).any(|(_, id)| is_group(id));
    let included = included.map_or(0, |list| list.0.len()) as u32;
    let precision = if counts { CountPrecision::Exact } else { CountPrecision::AtLeast };
    if fact.negated == Some(true) || stated.fits(Count::new(included, precision)) {
        return;
    }
    let (how, hint) = match counts {
        true => ("said to be all", "is somebody missing, or the list not complete?"),
        false => ("and more may be", "is somebody listed who is none of them?"),
    };
    let message = format!("{included} are named, {how}; the group counts {stated}");
    problems.warn(Problem::at(Code::W0101, format!("/facts/{nth}/args/includes"), message).hint(hint));
}

/// A stated size against the members by name, if it allows fewer: that it allows more is how articles are.
pub(super) fn rosters(article: &Article<'_>, problems: &mut Problems) {
    let mut named: FxHashMap<&str, BTreeSet<&str>> = FxHashMap::default();
    for fact in article.facts().iter().filter(|fact| fact.negated != Some(true)) {
        let (Some(FactType::Membership), Some(args)) = (fact.fact, &fact.args) else { continue };
        let role = fact.with.as_ref().and_then(|with| with.get(Qualifier::Role.as_str()));
        let outside = [MembershipRole::Observer, MembershipRole::Candidate];
        if matches!(role, Some(Loose::Text(word)) if outside.iter().any(|role| role.as_str() == &**word)) {
            continue;
        }
        for (_, of) in args.role(Role::Of.as_str()).into_iter().flat_map(|list| list.sound()) {
            let members = args.role(Role::Member.as_str()).into_iter().flat_map(|list| list.sound());
            named.entry(of).or_default().extend(members.map(|(_, member)| &**member));
        }
    }
    for (nth, fact) in article.facts().iter().enumerate().filter(|(_, fact)| fact.negated != Some(true)) {
        let (Some(FactType::Roster), Some(args), Some(with)) = (fact.fact, &fact.args, &fact.with) else { continue };
        let of = args.role(Role::Of.as_str()).and_then(|list| list.sound().next());
        let members = of.and_then(|(_, of)| named.get(&**of)).map_or(0, BTreeSet::len) as u32;
        let Some(Loose::Number(number)) = with.get(Qualifier::Count.as_str()) else { continue };
        let Some(stated) = number.count().filter(|stated| !stated.fits(Count::new(members, CountPrecision::AtLeast)))
        else {
            continue;
        };
        let message = format!("the stated number is {stated}; {members} members are named");
        let problem = Problem::at(Code::W0101, format!("/facts/{nth}/with/count"), message);
        problems.warn(problem.hint("is somebody listed who is no member, or the number another's?"));
    }
}
