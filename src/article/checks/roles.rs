//! Roles: that the fact type has them, that enough and not too many fill them, and that the right kind does.

use super::{Names, Thing};
use crate::article::located::escaped;
use crate::article::problem::{Problem, Problems, nearest};
use crate::article::syntax::{Article, Fact, List, Str};
use crate::diagnostic::Code;
use crate::model::{FactSchema, NodeKind, NodeKinds, Role, RoleSchema};

pub(super) fn check(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let (Some(kind), Some(args)) = (fact.fact, &fact.args) else { return };
    let schema = kind.schema();
    let path = |role: &str| format!("/facts/{nth}/args/{}", escaped(role));
    for (name, fillers) in &args.0 {
        let Some(row) = row(schema, name) else {
            problems.add(|| {
                let near = nearest(schema.roles.iter().map(|row| row.role.as_str()), name);
                let roles: Vec<_> = schema.roles.iter().map(|row| row.role.as_str()).collect();
                let message = format!("{} has no role \"{}\"", kind.with_article(), &**name);
                Problem::key(Code::C0702, path(name), message)
                    .hint(format!("its roles are {}", roles.join(", ")))
                    .suggest(near)
            });
            continue;
        };
        if row.max.is_some_and(|max| fillers.0.len() > max) {
            problems.add(|| {
                let message = format!("{name} takes one, not {}", fillers.0.len(), name = &**name);
                Problem::at(Code::C0704, path(name), message).hint("write a fact for each")
            });
        }
        if fillers.0.len() < row.min && fillers.0.iter().all(Option::is_some) {
            problems.add(|| {
                let message = format!("{name} needs {} or more", row.min, name = &**name);
                Problem::at(Code::C0703, path(name), message).hint("name the others too")
            });
        }
        kinds(schema, row, fillers, article, names, || path(name), problems);
    }
    for row in schema.roles.iter().filter(|row| row.min > 0 && args.role(row.role.as_str()).is_none()) {
        missing(nth, schema, row.role, problems);
    }
    let is_filled = |role: &Role| args.role(role.as_str()).is_some();
    if let Some(first) = schema.any_of.first().filter(|_| !schema.any_of.iter().any(is_filled)) {
        missing(nth, schema, *first, problems);
    }
    for (one, other) in schema.apart {
        apart(args.role(one.as_str()), args.role(other.as_str()), (*one, *other), || path(other.as_str()), problems);
    }
}

fn row(schema: &'static FactSchema, name: &str) -> Option<&'static RoleSchema> {
    schema.roles.iter().find(|row| row.role.as_str() == name)
}

fn missing(nth: usize, schema: &FactSchema, role: Role, problems: &mut Problems) {
    problems.add(|| {
        let kind = schema.fact.with_article();
        let (message, hint) = match schema.any_of {
            [] => (format!("{kind} needs \"{role}\""), format!("say who or what is its {role}")),
            roles => {
                let roles: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
                (format!("{kind} needs one or more of {}", roles.join(", ")), "say at least one".to_owned())
            }
        };
        Problem::missing(Code::C0703, format!("/facts/{nth}/args/{role}"), message).hint(hint)
    });
}

/// What a thing is as a filler: an entity or event of a kind, or a fact of no node.
fn kind_of(thing: Thing, article: &Article<'_>) -> Option<Result<NodeKind, crate::model::FactType>> {
    match thing {
        Thing::Entity(row) => article.entities()[row].node.map(Ok),
        Thing::Fact(row) => {
            let fact = article.facts()[row].fact?;
            Some(fact.schema().event.ok_or(fact))
        }
        Thing::Annotator(_) | Thing::Mention(_) => None,
    }
}

fn kinds(
    schema: &FactSchema,
    row: &RoleSchema,
    fillers: &List<Str<'_>>,
    article: &Article<'_>,
    names: &Names<'_>,
    path: impl Fn() -> String,
    problems: &mut Problems,
) {
    for (place, id) in fillers.sound() {
        let Some(thing) = names.get(id) else { continue };
        let found = kind_of(thing, article);
        let fits = match (thing, found) {
            (Thing::Fact(_), Some(_)) if row.facts => true,
            (Thing::Entity(_), _) if row.facts => false,
            (_, Some(Ok(kind))) => row.kinds.contains(kind),
            (_, Some(Err(_))) => false,
            // Of unknown type, or no filler at all: that is said elsewhere.
            (_, None) => true,
        };
        if !fits {
            problems.add(|| {
                let is = match found {
                    Some(Ok(kind)) => kind.with_article().to_owned(),
                    Some(Err(fact)) => fact.with_article(),
                    None => "an entity".to_owned(),
                };
                let wanted = if row.facts { "facts".to_owned() } else { row.kinds.to_string() };
                let message = format!("{} takes {wanted}; \"{}\" is {is}", row.role, &**id);
                let takes_it = |other: &&RoleSchema| matches!(found, Some(Ok(kind)) if other.kinds.contains(kind));
                let hint = match schema.roles.iter().find(takes_it) {
                    Some(other) => format!("did you mean {}?", other.role),
                    None if row.facts => "write what is said as a fact of its own, and name that".to_owned(),
                    None if row.kinds == NodeKinds::EVENT => "name the fact of the act itself".to_owned(),
                    None => format!("name {wanted}"),
                };
                Problem::at(Code::C0705, format!("{}/{place}", path()), message).hint(hint)
            });
        }
    }
}

/// The same on both ends, by local id.
fn apart(
    one: Option<&List<Str<'_>>>,
    other: Option<&List<Str<'_>>>,
    roles: (Role, Role),
    path: impl Fn() -> String,
    problems: &mut Problems,
) {
    let (Some(one), Some(other)) = (one, other) else { return };
    for (place, id) in other.sound() {
        if one.sound().any(|(_, same)| same == id) {
            problems.add(|| {
                let message = format!("\"{}\" is both {} and {}", &**id, roles.0, roles.1);
                Problem::at(Code::C0712, format!("{}/{place}", path()), message).hint("name two different ones")
            });
        }
    }
}
