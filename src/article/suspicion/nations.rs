//! Nations that the gazetteer knows better: names that several have, and states that did not exist then.

use super::beginning;
use crate::article::checks::{Names, Thing};
use crate::article::problem::{Problem, Problems};
use crate::article::syntax::{Article, Entity, Fact};
use crate::diagnostic::Code;
use crate::gazetteer::{Gazetteer, LookUp, NamingPolicy, NationRecord};
use crate::model::{NodeKind, Role};
use crate::time::{End, PartialDate, When};

/// A nation without a key is found by its name: if several have that, it never resolves.
pub(super) fn ambiguous_name(nth: usize, entity: &Entity<'_>, published: Option<PartialDate>, problems: &mut Problems) {
    let (Some(NodeKind::Nation), None, Some(name)) = (entity.node, &entity.key, &entity.name) else { return };
    if entity.same_as.as_ref().is_some_and(|identities| identities.is_some()) {
        return;
    }
    let gazetteer = Gazetteer::builtin();
    let found = published.map_or_else(|| gazetteer.look_up(name), |date| gazetteer.look_up_at(name, date.first()));
    let LookUp::Ambiguous(matches) = found else { return };
    let keys: Vec<_> = matches.iter().map(|found| format!("nation/{}", found.nation.key())).collect();
    let message = format!("several nations are called \"{}\"", &**name);
    let problem = Problem::at(Code::W0104, format!("/entities/{nth}/name"), message);
    problems.warn(problem.hint(format!("give it a key: {}", keys.join(" or "))));
}

/// What is only spoken of may be long gone; what does something may not.
pub(super) fn gone(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let end = match fact.when() {
        When::Span { until: End::On(end) | End::By(end), .. } => Some(end),
        _ => None,
    };
    let Some(date) = beginning(fact.when()).or(end).filter(|_| fact.negated != Some(true)) else { return };
    for (role, fillers) in fact.args.iter().flat_map(|args| &args.0) {
        if matches!(Role::from_word(role), None | Some(Role::About)) {
            continue;
        }
        for (place, id) in fillers.sound() {
            let Some(Thing::Entity(row)) = names.get(id) else { continue };
            let key = article.entities()[row].key.as_deref();
            let slug = key.and_then(|key| key.strip_prefix("nation/"));
            let Some(nation) = slug.and_then(|slug| Gazetteer::builtin().nation(slug)) else { continue };
            let existed = match beginning(fact.when()) {
                Some(date) => existed_in(nation, date),
                // What was over by then may have been long before.
                None => nation.from().is_none_or(|from| from.first() <= date.last()),
            };
            if !existed {
                let name = nation.name(NamingPolicy::Common);
                let spell = match (nation.from(), nation.until()) {
                    (Some(from), Some(until)) => format!("it existed from {from} until {until}"),
                    (Some(from), None) => format!("it existed from {from}"),
                    (None, Some(until)) => format!("it existed until {until}"),
                    (None, None) => "it was interrupted then".to_owned(),
                };
                let path = format!("/facts/{nth}/args/{}/{place}", &**role);
                let message = format!("{name} did not exist on the date ({date})");
                let hint = format!("{spell}: is its predecessor or successor meant?");
                problems.warn(Problem::at(Code::W0105, path, message).hint(hint));
            }
        }
    }
}

/// Whether it existed on some day of the date.
fn existed_in(nation: &NationRecord, date: PartialDate) -> bool {
    let began_in_it = nation.from().is_some_and(|from| date.first() <= from.first() && from.first() <= date.last());
    began_in_it || nation.existed_on(date.first()) || nation.existed_on(date.last())
}
