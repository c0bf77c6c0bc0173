//! Static graphs of random claims against loops over the public edges: every two edges at an event, every edge elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use comity::relations::{AlignedWith, Founds, MemberOf, Relation};
use comity::{
    Act, Aspect, Batch, Certainty, Claimed, Coalition, Day, Detention, DyadKind, Edge, Extent, Fact, FactType,
    FoundingStep, Graph, Meeting, MembershipRole, Nation, Node, NodeKinds, Participation, Person, Qualifier,
    Qualifiers, RelationKind, Role, Sanction, Source, Stance, Statement, View, When,
};
use proptest::prelude::*;

use crate::times::{config, day, numbers, view, when};

const ACTORS: usize = 4;
const EVENTS: usize = 3;

#[derive(Debug, Clone, Copy)]
enum Told {
    Joins { actor: usize, role: MembershipRole, extent: Option<Extent> },
    Office { holder: usize, of: usize },
    Aligned { one: usize, other: usize, stance: Stance },
    Founds { actor: usize, step: FoundingStep },
    Detains { event: usize, by: usize, asked_by: Option<usize>, held: usize },
    Sanctions { event: usize, by: usize, on: usize },
    Meets { event: usize, one: usize, other: usize, roles: (Role, Role) },
    Says { event: usize, by: usize, to: usize, about: usize, act: Act },
}

/// Actors are nations, then people.
fn told() -> impl Strategy<Value = Vec<(Told, When)>> {
    let (actor, nation, person) = (|| 0..2 * ACTORS, || 0..ACTORS, || ACTORS..2 * ACTORS);
    let event = || 0..EVENTS;
    let role = prop::sample::select(vec![MembershipRole::Member, MembershipRole::Leader, MembershipRole::Observer]);
    let extent = prop::option::weighted(0.2, Just(Extent::AlmostAll));
    let part = || prop::sample::select(vec![Role::Host, Role::Participant, Role::Speaker]);
    let act = prop::sample::select(vec![Act::Accuse, Act::Assert]);
    let stance = prop::sample::select(vec![Stance::Allied, Stance::Hostile]);
    let step = prop::sample::select(vec![FoundingStep::Announced, FoundingStep::Founded]);
    let one = prop_oneof![
        (nation(), role, extent).prop_map(|(actor, role, extent)| Told::Joins { actor, role, extent }),
        (person(), nation()).prop_map(|(holder, of)| Told::Office { holder, of }),
        (actor(), actor(), stance).prop_map(|(one, other, stance)| Told::Aligned { one, other, stance }),
        (actor(), step).prop_map(|(actor, step)| Told::Founds { actor, step }),
        (event(), nation(), prop::option::of(nation()), person())
            .prop_map(|(event, by, asked_by, held)| Told::Detains { event, by, asked_by, held }),
        (event(), nation(), actor()).prop_map(|(event, by, on)| Told::Sanctions { event, by, on }),
        (event(), actor(), actor(), (part(), part())).prop_map(|(event, one, other, roles)| Told::Meets {
            event,
            one,
            other,
            roles
        }),
        (event(), actor(), actor(), actor(), act).prop_map(|(event, by, to, about, act)| Told::Says {
            event,
            by,
            to,
            about,
            act
        }),
    ];
    prop::collection::vec((one, when()), 0..24)
}

fn graph(told: &[(Told, When)]) -> Graph {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    let nations: Vec<_> = (0..ACTORS).map(|number| batch.node::<Nation>(&format!("n{number}")).unwrap()).collect();
    let people: Vec<_> = (0..ACTORS).map(|number| batch.node::<Person>(&format!("p{number}")).unwrap()).collect();
    let pact = batch.node::<Coalition>("pact").unwrap();
    let actor =
        |number: usize| nations.get(number).map_or_else(|| Node::from(people[number - ACTORS]), |one| (*one).into());
    for (number, (one, when)) in told.iter().enumerate() {
        let gloss = number.to_string();
        let fact = match *one {
            Told::Joins { actor, role, extent } => {
                let claim = Claimed::new(MemberOf { role, extent }, nations[actor], pact);
                batch.claim(note, claim.when(*when).gloss(&gloss));
                continue;
            }
            Told::Aligned { one, other, stance } => {
                let parties =
                    Fact::new(FactType::Alignment).role(Role::Parties, actor(one)).role(Role::Parties, actor(other));
                parties.with(AlignedWith { stance }.qualifiers())
            }
            Told::Founds { actor: by, step } => {
                let fact = Fact::new(FactType::Founding).role(Role::Coalition, pact).role(Role::By, actor(by));
                fact.with(Founds { step }.qualifiers())
            }
            Told::Office { holder, of } => {
                let fact = Fact::new(FactType::Office).role(Role::Holder, actor(holder)).role(Role::Of, nations[of]);
                fact.with(Qualifiers::new().title(&gloss))
            }
            Told::Detains { event, by, asked_by, held } => {
                let case = batch.node::<Detention>(&event.to_string()).unwrap();
                let fact = Fact::new(FactType::Detention).event(case).role(Role::By, nations[by]);
                let fact = fact.role(Role::Detained, actor(held));
                asked_by.map(|one| fact.clone().role(Role::AtRequestOf, nations[one])).unwrap_or(fact)
            }
            Told::Sanctions { event, by, on } => {
                let ban = batch.node::<Sanction>(&event.to_string()).unwrap();
                Fact::new(FactType::Sanction).event(ban).role(Role::By, nations[by]).role(Role::Target, actor(on))
            }
            Told::Meets { event, one, other, roles } => {
                let talks = batch.node::<Meeting>(&event.to_string()).unwrap();
                Fact::new(FactType::Meeting).event(talks).role(roles.0, actor(one)).role(roles.1, actor(other))
            }
            Told::Says { event, by, to, about, act } => {
                let speech = batch.node::<Statement>(&event.to_string()).unwrap();
                let fact = Fact::new(FactType::Statement).event(speech).role(Role::Speaker, actor(by));
                let fact = fact.role(Role::Target, actor(to)).role(Role::About, actor(about));
                fact.with(Qualifiers::new().act(act))
            }
        };
        // What the door refuses (somebody twice in one role, say) is not told.
        let _ = batch.fact(note, fact.when(*when).gloss(&gloss));
    }
    Graph::new().apply(batch).unwrap()
}

type Dyads = BTreeMap<(Node, Node, DyadKind), (Certainty, BTreeSet<usize>, BTreeSet<Node>)>;

/// Who is at each event, by the edges of a relation that runs to or from it.
fn at_events(view: View<'_>, relation: RelationKind) -> Vec<(Node, Node, Edge<'_>)> {
    let runs_from_events = NodeKinds::EVENT.iter().any(|event| relation.source().contains(event));
    let ends = |edge: &Edge<'_>| {
        let (source, target) = (edge.source.id(), edge.target.id());
        if runs_from_events { (source, target) } else { (target, source) }
    };
    view.edges(relation).map(|edge| (ends(&edge).0, ends(&edge).1, edge)).collect()
}

fn by_hand(view: View<'_>, day: Option<Day>) -> Dyads {
    use RelationKind as R;
    let mut dyads = Dyads::new();
    let mut add =
        |from: Node, to: Node, kind: DyadKind, certainty: Certainty, edges: &[&Edge<'_>], event: Option<Node>| {
            if from == to {
                return;
            }
            let dyad = dyads.entry((from, to, kind)).or_insert((certainty, BTreeSet::new(), BTreeSet::new()));
            dyad.0 = dyad.0.max(certainty);
            edges.iter().for_each(|edge| dyad.1.extend(numbers(&edge.because)));
            dyad.2.extend(event);
        };
    for relation in R::ALL.iter().copied() {
        if NodeKinds::EVENT.iter().any(|event| relation.source().contains(event) || relation.target().contains(event)) {
            continue;
        }
        for edge in view.edges(relation) {
            let word = |qualifier| edge.identity.word(qualifier);
            let kind = match relation {
                R::AlignedWith => DyadKind::AlignedWith(word(Qualifier::Stance).unwrap().parse().unwrap()),
                R::Founds => DyadKind::Founds(word(Qualifier::Step).unwrap().parse().unwrap()),
                R::MemberOf if word(Qualifier::Role) == Some("observer") || word(Qualifier::Extent).is_some() => {
                    continue;
                }
                other => DyadKind::Relation(other),
            };
            add(edge.source.id(), edge.target.id(), kind, edge.certainty, &[&edge], None);
        }
    }
    for (near, far, kind) in [
        (R::Detains, R::HeldIn, DyadKind::Detains),
        (R::Requests, R::HeldIn, DyadKind::Requests),
        (R::Imposes, R::Targets, DyadKind::Sanctions),
    ] {
        for (event, one, near) in &at_events(view, near) {
            for (_, other, far) in at_events(view, far).iter().filter(|(at, ..)| at == event) {
                add(*one, *other, kind, near.certainty.min(far.certainty), &[near, far], Some(*event));
            }
        }
    }
    let parts = at_events(view, R::TakesPartIn);
    let is_host = |event: Node, who: Node| {
        let invites = |edge: &Edge<'_>| edge.identity.word(Qualifier::Role) == Some(Participation::Host.as_str());
        parts.iter().any(|(at, one, edge)| (*at, *one) == (event, who) && invites(edge))
    };
    for (event, one, near) in &parts {
        for (_, other, far) in parts.iter().filter(|(at, ..)| at == event) {
            let (mine, theirs) = (is_host(*event, *one), is_host(*event, *other));
            if mine && !theirs || mine == theirs && one < other {
                add(*one, *other, DyadKind::Meets, near.certainty.min(far.certainty), &[near, far], Some(*event));
            }
        }
    }
    let makers: Vec<_> = view.edges(R::Makes).collect();
    for (event, to, far) in &at_events(view, R::Concerns) {
        if far.identity.word(Qualifier::Aspect) != Some(Aspect::Target.as_str()) {
            continue;
        }
        for near in makers.iter().filter(|near| near.target.id() == *event) {
            for claim in far.because.claims() {
                let act: Act = claim.qualifiers().word(Qualifier::Act).unwrap().parse().unwrap();
                let told =
                    day.map_or(Some(Certainty::Certain), |day| claim.bounds().holds_on(day).certainty()).unwrap();
                add(near.source.id(), *to, DyadKind::Says(act), near.certainty.min(told), &[near, far], Some(*event));
            }
        }
    }
    dyads
}

proptest! {
    #![proptest_config(config(300))]

    /// The dyads with their certainties, claims and events, and what is counted of them.
    #[test]
    fn dyads_are_those_of_every_edge_and_every_two_at_an_event(
        told in told(),
        day in day(),
        only in prop::option::of(prop::sample::select(RelationKind::ALL)),
    ) {
        let graph = graph(&told);
        let view = view(&graph, day);
        let mut by_hand = by_hand(view, day);
        by_hand.retain(|(_, _, kind), _| only.is_none_or(|only| kind.relation() == only));
        let slice = only.map_or(view, |only| view.along(only)).slice();
        let found = slice.dyads().map(|dyad| {
            let events = dyad.events().map(|event| event.id()).collect();
            ((dyad.source.id(), dyad.target.id(), dyad.kind), (dyad.certainty, numbers(&dyad.because()), events))
        });
        prop_assert_eq!(found.collect::<Vec<_>>(), by_hand.clone().into_iter().collect::<Vec<_>>());

        let nodes: Vec<Node> = slice.nodes().map(|node| node.id()).collect();
        let ends: BTreeSet<Node> = by_hand.keys().flat_map(|(from, to, _)| [*from, *to]).collect();
        prop_assert_eq!(&nodes, &ends.iter().copied().collect::<Vec<_>>());
        let rows = slice.row_starts().windows(2).zip(&nodes).flat_map(|(row, from)| {
            let columns = row[0] as usize..row[1] as usize;
            columns.map(|at| (*from, nodes[slice.columns()[at] as usize]))
        });
        let pairs = by_hand.keys().map(|(from, to, _)| (*from, *to));
        prop_assert_eq!(rows.collect::<Vec<_>>(), pairs.collect::<Vec<_>>());
        prop_assert_eq!(slice.kinds().collect::<Vec<_>>(), by_hand.keys().map(|key| key.2).collect::<Vec<_>>());
        for node in graph.nodes().map(|node| node.id()) {
            let keys = |from: bool| by_hand.keys().filter(move |key| node == if from { key.0 } else { key.1 });
            let key = |dyad: comity::Dyad<'_>| (dyad.source.id(), dyad.target.id(), dyad.kind);
            prop_assert_eq!(slice.dyads_from(node).map(key).collect::<Vec<_>>(), keys(true).copied().collect::<Vec<_>>());
            prop_assert_eq!(slice.dyads_to(node).map(key).collect::<Vec<_>>(), keys(false).copied().collect::<Vec<_>>());
            prop_assert_eq!(slice.degree(node), keys(true).count() + keys(false).count());
            let others: BTreeSet<Node> = keys(true).map(|key| key.1).chain(keys(false).map(|key| key.0)).collect();
            let neighbours: Vec<Node> = slice.neighbours(node).map(|one| one.id()).collect();
            prop_assert_eq!(neighbours, others.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(slice.place(node), nodes.iter().position(|one| *one == node));
        }
    }
}
