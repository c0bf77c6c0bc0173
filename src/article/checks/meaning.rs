//! What the ontology says: fields by type, qualifiers, denials, extents, stages.

use rustc_hash::FxHashSet;

use super::references::content_of;
use super::{Names, Thing, periods, roles};
use crate::article::located::escaped;
use crate::article::problem::{Problem, Problems, nearest};
use crate::article::qualified::{fits, stage_words};
use crate::article::syntax::{Article, Entity, Fact, Loose};
use crate::diagnostic::Code;
use crate::model::{CoalitionKind, FactType, Modality, NodeKind, Qualifier, Role};

pub(crate) fn check(article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    for (nth, entity) in article.entities().iter().enumerate() {
        fields(nth, entity, problems);
    }
    for (nth, fact) in article.facts().iter().enumerate() {
        roles::check(nth, fact, article, names, problems);
        qualifiers(nth, fact, problems);
        periods::check(nth, fact, problems);
        extent(nth, fact, article, names, problems);
        stage(nth, fact, article, names, problems);
        if fact.is_denial() && fact.args.as_ref().is_some_and(|args| args.role(Role::Content.as_str()).is_none()) {
            problems.add(|| {
                let path = format!("/facts/{nth}/args/content");
                let message = "a denial needs the denied fact as content";
                Problem::missing(Code::C0710, path, message).hint("write the denied fact and name it")
            });
        }
    }
    denied(article, names, problems);
}

/// The fields that only some types of entity have.
fn fields(nth: usize, entity: &Entity<'_>, problems: &mut Problems) {
    let Some(node) = entity.node else { return };
    let is_alliance = entity.kind.as_deref() == Some(CoalitionKind::Alliance.as_str());
    let alien = [
        (
            "kind",
            entity.kind.is_some() && node.subkinds().is_empty(),
            "only organizations, coalitions, instruments and places have",
        ),
        ("count", entity.count.is_some() && node != NodeKind::Group, "only a group has"),
        (
            "pledges",
            entity.pledges.is_some() && !(node == NodeKind::Coalition && is_alliance),
            "only a coalition of kind alliance has",
        ),
    ];
    for (field, _, hint) in alien.into_iter().filter(|(_, is_alien, _)| *is_alien) {
        problems.add(|| {
            let message = format!("{} has no {field}", node.with_article());
            Problem::key(Code::C0706, format!("/entities/{nth}/{field}"), message).hint(hint)
        });
    }
    let is_alien = |kind: &&str| !node.subkinds().is_empty() && !node.subkinds().contains(kind);
    if entity.kind.as_deref().is_some_and(|kind| is_alien(&kind)) {
        problems.add(|| {
            let message = format!("unknown kind of {node}");
            let hint = format!("one of {}", node.subkinds().join(", "));
            Problem::at(Code::C0304, format!("/entities/{nth}/kind"), message).hint(hint)
        });
    }
}

fn qualifiers(nth: usize, fact: &Fact<'_>, problems: &mut Problems) {
    let Some(kind) = fact.fact else { return };
    let schema = kind.schema();
    for (name, value) in fact.with.iter().flat_map(|with| &with.members) {
        let known = Qualifier::from_word(name).and_then(|qualifier| schema.qualifier(qualifier));
        match known {
            None => problems.add(|| {
                let message = format!("{} has no qualifier \"{}\"", kind.with_article(), &**name);
                let names: Vec<_> = schema.qualifiers.iter().map(|(name, ..)| name.as_str()).collect();
                let hint = if names.is_empty() { "it has none".into() } else { format!("it has {}", names.join(", ")) };
                let near = nearest(names.iter().copied(), name);
                Problem::key(Code::C0706, format!("/facts/{nth}/with/{}", escaped(name)), message)
                    .hint(hint)
                    .suggest(near)
            }),
            // On the path that explains, the shape of values has been explained already.
            Some(wanted) if !matches!(value, Loose::Unsound) && !fits(value, wanted) => problems.add(|| {
                let path = format!("/facts/{nth}/with/{}", escaped(name));
                Problem::at(Code::C0303, path, "a value of another type")
                    .hint("the format lists the types of qualifiers")
            }),
            Some(_) => {}
        }
    }
    for (required, ..) in schema.qualifiers.iter().filter(|(.., required)| *required) {
        if fact.with.as_ref().and_then(|with| with.get(required.as_str())).is_none() {
            problems.add(|| {
                let path = format!("/facts/{nth}/with/{required}");
                let message = format!("{} needs \"{required}\"", kind.with_article());
                Problem::missing(Code::C0707, path, message).hint("write it as the article says it")
            });
        }
    }
}

/// An extent counts the members of a body: a nation has none.
fn extent(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let has_extent = fact.with.as_ref().is_some_and(|with| with.get(Qualifier::Extent.as_str()).is_some());
    if fact.fact != Some(FactType::Membership) || !has_extent {
        return;
    }
    let members = fact.args.as_ref().and_then(|args| args.role(Role::Member.as_str()));
    for (place, id) in members.into_iter().flat_map(|list| list.sound()) {
        let Some(Thing::Entity(row)) = names.get(id) else { continue };
        if article.entities()[row].node == Some(NodeKind::Nation) {
            problems.add(|| {
                let message = format!("extent counts the members of a body; \"{}\" is a nation", &**id);
                let path = format!("/facts/{nth}/args/member/{place}");
                Problem::at(Code::C0713, path, message).hint("drop extent, or name the organization")
            });
        }
    }
}

/// A stage must be one of what it is a stage of.
fn stage(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let stage = fact.with.as_ref().and_then(|with| with.get(Qualifier::Stage.as_str()));
    let (Some(FactType::Stage), Some(Loose::Text(stage))) = (fact.fact, stage) else { return };
    let of = fact.args.as_ref().and_then(|args| args.role(Role::Of.as_str()));
    let Some((_, of)) = of.and_then(|list| list.sound().next()) else { return };
    let kind = match names.get(of) {
        Some(Thing::Fact(row)) => article.facts()[row].fact.and_then(|fact| fact.schema().event),
        Some(Thing::Entity(row)) => article.entities()[row].node,
        _ => None,
    };
    let Some(kind) = kind.filter(|kind| !stage_words(*kind).is_empty()) else { return };
    if !stage_words(kind).contains(&&**stage) {
        problems.add(|| {
            let message = format!("\"{}\" is no stage of {}", &**stage, kind.with_article());
            let problem = Problem::at(Code::C0714, format!("/facts/{nth}/with/stage"), message);
            problem.hint(format!("one of {}", stage_words(kind).join(", ")))
        });
    }
}

/// What is told only as something denied must be denied by somebody.
fn denied(article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let is_denied = |fact: &Fact<'_>| fact.modality == Some(Modality::Denied);
    if !article.facts().iter().any(is_denied) {
        return;
    }
    let denials = article.facts().iter().enumerate().filter(|(_, fact)| fact.is_denial());
    let contents: FxHashSet<usize> = denials.flat_map(|(nth, _)| content_of(nth, article, names)).collect();
    for (nth, _) in article.facts().iter().enumerate().filter(|(nth, fact)| is_denied(fact) && !contents.contains(nth))
    {
        problems.add(|| {
            let message = "told as denied, but no denial has it as content";
            let hint = "write the statement with act deny that names it as content";
            Problem::at(Code::C0711, format!("/facts/{nth}/modality"), message).hint(hint)
        });
    }
}
