//! Ids: that each is used once and names the right kind of thing, that keys and identities are one thing's, and that facts do
//! not contain each other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Names, Thing};
use crate::article::located::escaped;
use crate::article::problem::{Problem, Problems, nearest};
use crate::article::syntax::{Article, Fact, Str};
use crate::article::words::AUTHOR;
use crate::diagnostic::Code;
use crate::model::{Act, FactType, Role};

/// Checks the stage; returns what each id names.
pub(crate) fn check<'a>(article: &'a Article<'_>, order: &Order, problems: &mut Problems) -> Names<'a> {
    let names = ids(article, order.lists, problems);
    own_origin(article, problems);
    entities(article, &names, problems);
    for (nth, mention) in article.mentions().iter().enumerate() {
        annotator(mention.by.as_ref(), article, &names, || format!("/mentions/{nth}/by"), problems);
    }
    for (nth, fact) in article.facts().iter().enumerate() {
        fact_ids(nth, fact, article, &names, problems);
        fact_key(nth, fact, problems);
    }
    circles(article, &names, order, problems);
    names
}

/// The order of writing, where the records do not keep it and a check needs it: what stands later is told.
#[derive(Debug)]
pub(crate) struct Order {
    /// The four lists as they stand in the file.
    pub(crate) lists: [List; 4],
    /// The facts whose `said_in` is written before their `args`.
    pub(crate) said_first: FxHashSet<usize>,
}

impl Default for Order {
    fn default() -> Self {
        let lists = [List::Annotators, List::Mentions, List::Entities, List::Facts];
        Self { lists, said_first: FxHashSet::default() }
    }
}

/// The lists that ids come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Annotators,
    Mentions,
    Entities,
    Facts,
}

impl List {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Annotators => "annotators",
            Self::Mentions => "mentions",
            Self::Entities => "entities",
            Self::Facts => "facts",
        }
    }
}

/// What each id names; of two of the same, the first.
pub(crate) fn ids<'a>(article: &'a Article<'_>, order: [List; 4], problems: &mut Problems) -> Names<'a> {
    let mut names = Names::default();
    let size = article.mentions().len() + article.entities().len() + article.facts().len();
    names.0.reserve(size + article.annotators().len());
    for list in order {
        let mut add = |nth: usize, id: Option<&'a Str<'_>>, thing: Thing| {
            let Some(id) = id else { return };
            let path = || format!("/{}/{nth}/id", list.key());
            if **id == *AUTHOR {
                problems.add(|| {
                    let message = "\"author\" is reserved for the article's own voice";
                    Problem::at(Code::C0404, path(), message).hint("take another id")
                });
            }
            match names.0.entry(id) {
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(thing);
                }
                std::collections::hash_map::Entry::Occupied(taken) => problems.add(|| {
                    let other = match *taken.get() {
                        Thing::Annotator(row) => format!("/annotators/{row}"),
                        Thing::Mention(row) => format!("/mentions/{row}"),
                        Thing::Entity(row) => format!("/entities/{row}"),
                        Thing::Fact(row) => format!("/facts/{row}"),
                    };
                    let message = format!("id \"{}\" is already used by {other}", &**id);
                    let hint = "ids are unique across annotators, mentions, entities and facts";
                    Problem::at(Code::C0401, path(), message).hint(hint)
                }),
            }
        };
        match list {
            List::Annotators => {
                article
                    .annotators()
                    .iter()
                    .enumerate()
                    .for_each(|(n, one)| add(n, one.id.as_ref(), Thing::Annotator(n)));
            }
            List::Mentions => {
                article.mentions().iter().enumerate().for_each(|(n, one)| add(n, one.id.as_ref(), Thing::Mention(n)));
            }
            List::Entities => {
                article.entities().iter().enumerate().for_each(|(n, one)| add(n, one.id.as_ref(), Thing::Entity(n)));
            }
            List::Facts => {
                article.facts().iter().enumerate().for_each(|(n, one)| add(n, one.id.as_ref(), Thing::Fact(n)));
            }
        }
    }
    names
}

fn own_origin(article: &Article<'_>, problems: &mut Problems) {
    let of = article.head.as_ref().and_then(|head| head.origin.as_ref()?.of.as_ref());
    if of.is_some() && of == article.id.as_ref() {
        problems.add(|| {
            let message = "the article is its own origin";
            Problem::at(Code::C0412, "/article/origin/of".into(), message).hint("name the article it was taken from")
        });
    }
}

/// The id must name a thing of the right kind; says so if not.
fn names_a(
    wanted: &'static str,
    id: &str,
    article: &Article<'_>,
    names: &Names<'_>,
    fits: impl Fn(Thing) -> bool,
    path: impl FnOnce() -> String,
    problems: &mut Problems,
) -> Option<Thing> {
    match names.get(id) {
        Some(thing) if fits(thing) => return Some(thing),
        found => {
            let may_compare = problems.may_compare(names.0.len());
            problems.add(|| {
                let fitting = || names.0.iter().filter(|(_, thing)| may_compare && fits(**thing));
                let near = nearest(fitting().map(|(id, _)| *id), id);
                let (code, message) = match found {
                    Some(thing) => {
                        (Code::C0403, format!("{wanted} must stand here; \"{id}\" is {}", thing.with_article()))
                    }
                    None => (Code::C0402, format!("\"{id}\" names nothing: {wanted} must stand here")),
                };
                let problem = Problem::at(code, path(), message).hint(range(fitting())).suggest(near);
                match found.and_then(|thing| mention_of(thing, article)).filter(|id| names.get(id).is_some_and(&fits)) {
                    Some(mention) => problem.hint(format!("name a mention of it, such as {mention}")),
                    None => problem,
                }
            });
        }
    }
    None
}

/// The first words that name or say the thing.
fn mention_of<'a>(thing: Thing, article: &'a Article<'_>) -> Option<&'a str> {
    let mentions = match thing {
        Thing::Entity(row) => article.entities()[row].mentions.as_ref(),
        Thing::Fact(row) => article.facts()[row].evidence.as_ref(),
        Thing::Annotator(_) | Thing::Mention(_) => None,
    };
    mentions?.sound().next().map(|(_, id)| &**id)
}

/// What there is to be named: "mentions are m1 to m75".
fn range<'n>(fitting: impl Iterator<Item = (&'n &'n str, &'n Thing)> + Clone) -> String {
    let first = fitting.clone().min_by_key(|(_, thing)| thing.place());
    let last = fitting.max_by_key(|(_, thing)| thing.place());
    match first.zip(last) {
        None => "there is none that could stand here".to_owned(),
        Some(((one, _), (other, _))) if one == other => format!("only \"{one}\" could"),
        Some(((first, _), (last, thing))) => format!("{} are {first} to {last}", thing.plural()),
    }
}

fn annotator(
    id: Option<&Str<'_>>,
    article: &Article<'_>,
    names: &Names<'_>,
    path: impl FnOnce() -> String,
    problems: &mut Problems,
) {
    if let Some(id) = id {
        names_a("an annotator", id, article, names, |thing| matches!(thing, Thing::Annotator(_)), path, problems);
    }
}

fn is_mention(thing: Thing) -> bool {
    matches!(thing, Thing::Mention(_))
}

fn is_entity(thing: Thing) -> bool {
    matches!(thing, Thing::Entity(_))
}

fn is_fact(thing: Thing) -> bool {
    matches!(thing, Thing::Fact(_))
}

fn entities(article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let mut owners: FxHashMap<usize, usize> = FxHashMap::default();
    let mut keys: FxHashMap<&str, usize> = FxHashMap::default();
    keys.reserve(article.entities().len());
    let mut identities: FxHashMap<&str, usize> = FxHashMap::default();
    let called = |nth: usize| article.entities()[nth].id.as_deref().unwrap_or("?");
    for (nth, entity) in article.entities().iter().enumerate() {
        if let Some(key) = &entity.key {
            key_type(key, entity.node.map(|node| node.as_str()), || format!("/entities/{nth}/key"), problems);
            if let Some(other) = keys.insert(key, nth) {
                problems.add(|| {
                    let message = format!("entities \"{}\" and \"{}\" have one key", called(other), called(nth));
                    let hint = "one real thing is one entity: merge them, or mend the key";
                    Problem::at(Code::C0409, format!("/entities/{nth}/key"), message).hint(hint)
                });
            }
        }
        for (place, identity) in entity.same_as.iter().flat_map(|list| list.sound()) {
            if let Some(other) = identities.insert(identity, nth).filter(|other| *other != nth) {
                problems.add(|| {
                    let message = format!("entities \"{}\" and \"{}\" claim one identity", called(other), called(nth));
                    let hint = "one real thing is one entity: merge them, or mend the identity";
                    Problem::at(Code::C0410, format!("/entities/{nth}/same_as/{place}"), message).hint(hint)
                });
            }
        }
        for (place, id) in entity.mentions.iter().flat_map(|list| list.sound()) {
            let path = || format!("/entities/{nth}/mentions/{place}");
            let Some(Thing::Mention(mention)) = names_a("a mention", id, article, names, is_mention, path, problems)
            else {
                continue;
            };
            if let Some(other) = owners.insert(mention, nth).filter(|other| *other != nth) {
                problems.add(|| {
                    let message = format!("mention {} already belongs to \"{}\"", &**id, called(other));
                    let hint = "one mention names one thing; split it if it names two";
                    Problem::at(Code::C0407, path(), message).hint(hint)
                });
            }
        }
    }
}

/// A key begins with the type of what it is the key of.
fn key_type(key: &str, node: Option<&str>, path: impl FnOnce() -> String, problems: &mut Problems) {
    let Some(node) = node else { return };
    let (said, slug) = key.split_once('/').unwrap_or_default();
    if said != node {
        problems.add(|| {
            let message = format!("the key says {said}, the type says {node}");
            Problem::at(Code::C0408, path(), message).hint(format!("did you mean \"{node}/{slug}\"?"))
        });
    }
}

fn fact_key(nth: usize, fact: &Fact<'_>, problems: &mut Problems) {
    let (Some(key), Some(fact)) = (&fact.key, fact.fact) else { return };
    let path = || format!("/facts/{nth}/key");
    match fact.schema().event {
        Some(event) => key_type(key, Some(event.as_str()), path, problems),
        None => problems.add(|| {
            let message = "only detention, sanction, meeting and statement facts have keys";
            Problem::key(Code::C0411, path(), message).hint("drop the key")
        }),
    }
}

fn fact_ids(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    for (place, id) in fact.evidence.iter().flat_map(|list| list.sound()) {
        names_a("a mention", id, article, names, is_mention, || format!("/facts/{nth}/evidence/{place}"), problems);
    }
    for (role, fillers) in fact.args.iter().flat_map(|args| &args.0) {
        for (place, id) in fillers.sound() {
            let path = || format!("/facts/{nth}/args/{}/{place}", escaped(role));
            names_a(
                "an entity or fact",
                id,
                article,
                names,
                |thing| is_entity(thing) || is_fact(thing),
                path,
                problems,
            );
        }
    }
    if let Some(id) = fact.said_by.as_ref().filter(|id| ***id != *AUTHOR) {
        names_a("an entity or \"author\"", id, article, names, is_entity, || format!("/facts/{nth}/said_by"), problems);
    }
    if let Some(id) = fact.when.as_ref().and_then(|when| when.words.as_ref()) {
        names_a("a mention", id, article, names, is_mention, || format!("/facts/{nth}/when/words"), problems);
    }
    annotator(fact.by.as_ref(), article, names, || format!("/facts/{nth}/by"), problems);
    let Some(id) = &fact.said_in else { return };
    let path = || format!("/facts/{nth}/said_in");
    if let Some(Thing::Fact(row)) = names_a("a statement", id, article, names, is_fact, path, problems) {
        let said_in = &article.facts()[row];
        match said_in.fact {
            Some(FactType::Statement) if !said_in.is_denial() => {}
            Some(FactType::Statement) => problems.add(|| {
                let hint = "a denial has the denied fact as content; whoever says it is another voice";
                Problem::at(Code::C0406, path(), "said_in names a denial").hint(hint)
            }),
            Some(other) => problems.add(|| {
                let message = format!("said_in names {}", other.with_article());
                Problem::at(Code::C0406, path(), message).hint("name the statement in which it is said")
            }),
            None => {}
        }
    }
}

impl Fact<'_> {
    /// Whether it is a statement that denies its content.
    pub(crate) fn is_denial(&self) -> bool {
        let act = self.with.as_ref().and_then(|with| with.get("act"));
        self.fact == Some(FactType::Statement)
            && matches!(act, Some(crate::article::syntax::Loose::Text(act)) if **act == *Act::Deny.as_str())
    }
}

/// A reference from a fact to one that it contains, with where it stands: in `args` of the one, or in `said_in` of the other.
struct Containment {
    container: usize,
    contained: usize,
    /// The fact in which it is written, and where in its `args`: the role and the item; else in `said_in`.
    written: (usize, Option<(usize, usize)>),
}

/// Facts must not contain each other in a circle.
fn circles(article: &Article<'_>, names: &Names<'_>, order: &Order, problems: &mut Problems) {
    let mut edges = Vec::new();
    for (nth, fact) in article.facts().iter().enumerate() {
        for (role, (_, fillers)) in fact.args.iter().flat_map(|args| args.0.iter().enumerate()) {
            for (place, id) in fillers.sound() {
                if let Some(Thing::Fact(contained)) = names.get(id) {
                    edges.push(Containment { container: nth, contained, written: (nth, Some((role, place))) });
                }
            }
        }
        if let Some(Thing::Fact(container)) = fact.said_in.as_ref().and_then(|id| names.get(id)) {
            edges.push(Containment { container, contained: nth, written: (nth, None) });
        }
    }
    // References that all go back, or all forward, go round in no circle: so it is in nearly every article.
    let all_back = edges.iter().all(|edge| edge.contained < edge.container);
    let all_forward = edges.iter().all(|edge| edge.contained > edge.container);
    if all_back || all_forward {
        return;
    }
    let mut graph = petgraph::graph::DiGraph::<(), ()>::with_capacity(article.facts().len(), edges.len());
    for _ in article.facts() {
        graph.add_node(());
    }
    let node = petgraph::graph::NodeIndex::new;
    for edge in &edges {
        graph.add_edge(node(edge.container), node(edge.contained), ());
    }
    let components = petgraph::algo::kosaraju_scc(&graph);
    let mut component_of = vec![0; article.facts().len()];
    for (number, component) in components.iter().enumerate() {
        component.iter().for_each(|fact| component_of[fact.index()] = number);
    }
    // The last reference of each circle, by the order of writing.
    let rank = |edge: &Containment| {
        let (fact, place) = edge.written;
        let place = match place {
            Some((role, item)) => (1, role, item),
            None if order.said_first.contains(&fact) => (0, 0, 0),
            None => (2, 0, 0),
        };
        (fact, place)
    };
    let mut last: FxHashMap<usize, &Containment> = FxHashMap::default();
    let in_circle = |edge: &&Containment| component_of[edge.container] == component_of[edge.contained];
    for edge in edges.iter().filter(in_circle) {
        let known = last.entry(component_of[edge.container]).or_insert(edge);
        if rank(edge) > rank(known) {
            *known = edge;
        }
    }
    let mut circles: Vec<_> = last.into_iter().collect();
    circles.sort_unstable_by_key(|(_, edge)| edge.written.0);
    for (component, edge) in circles {
        problems.add(|| {
            let (fact, place) = edge.written;
            let written = &article.facts()[fact];
            let path = match place {
                None => format!("/facts/{fact}/said_in"),
                Some((role, place)) => {
                    let role = written.args.as_ref().map_or("", |args| &*args.0[role].0);
                    format!("/facts/{fact}/args/{}/{place}", escaped(role))
                }
            };
            let mut facts: Vec<_> = components[component].iter().map(|fact| fact.index()).collect();
            facts.sort_unstable();
            let ids: Vec<_> = facts.iter().map(|fact| article.facts()[*fact].id.as_deref().unwrap_or("?")).collect();
            let message = format!("facts contain each other: {}", ids.join(", "));
            Problem::at(Code::C0405, path, message).hint("a statement cannot contain itself")
        });
    }
}

/// The facts that a statement has as its content: those that it names, and those that are said in it.
pub(crate) fn content_of<'a>(
    nth: usize,
    article: &'a Article<'_>,
    names: &'a Names<'_>,
) -> impl Iterator<Item = usize> + 'a {
    let named = article.facts()[nth].args.as_ref().and_then(|args| args.role(Role::Content.as_str()));
    named.into_iter().flat_map(|list| list.sound()).filter_map(|(_, id)| match names.get(id) {
        Some(Thing::Fact(fact)) => Some(fact),
        _ => None,
    })
}
