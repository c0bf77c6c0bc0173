//! What a graph promises of itself: it can be shared, it never changes, and it knows its own handles.

use comity::{
    Batch, Claim, Claimed, Coalition, Day, Graph, Id, Nation, NodeKinds, NodeRef, Resolution, Source, View,
    relations::MemberOf,
};

/// One article in which Iceland joins a pact.
fn one(article: &str) -> Batch {
    let mut batch = Batch::new();
    let note = batch.source(Source::article(article));
    let (iceland, pact) =
        (batch.node::<Nation>("ISL").expect("a slug"), batch.node::<Coalition>("pact").expect("a slug"));
    batch.claim(note, Claimed::new(MemberOf::default(), iceland, pact));
    batch
}

fn graph(article: &str) -> Graph {
    Graph::new().apply(one(article)).expect("one article")
}

fn pact(graph: &Graph) -> Id<Coalition> {
    graph.find("pact").expect("it was added")
}

#[test]
fn a_graph_and_all_that_it_hands_out_can_be_shared_between_threads() {
    const fn shared<T: Send + Sync>() {}
    const {
        shared::<Graph>();
        shared::<Batch>();
        shared::<View<'_>>();
        shared::<NodeRef<'_>>();
        shared::<Claim<'_>>();
        shared::<Id<Nation>>();
    }
    let graph = graph("note");
    let members = || graph.view().as_of(Day::FIRST).according_to(pact(&graph)).members(pact(&graph)).count();
    let counts = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(members)).collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).collect::<Vec<_>>()
    });
    assert_eq!(counts, [0; 4]);
}

#[test]
fn a_view_is_small_and_copied() {
    const fn copied<T: Copy>() {}
    const { copied::<View<'_>>() };
    assert!(size_of::<View<'_>>() <= 96, "{}", size_of::<View<'_>>());
}

#[test]
fn applying_makes_the_next_graph_and_leaves_the_old_one_as_it_was() {
    let first = graph("one");
    let before = format!("{:?}", first.view().members(pact(&first)).collect::<Vec<_>>());
    let second = first.apply(one("two")).expect("another article");
    assert_eq!(before, format!("{:?}", first.view().members(pact(&first)).collect::<Vec<_>>()));
    assert_eq!((first.sources().len(), second.sources().len()), (1, 2));
    let member = second.view().members(pact(&second)).next().expect("Iceland");
    assert_eq!(member.because.claims().map(Claim::id).collect::<Vec<_>>(), ["one#f1", "two#f1"]);
    assert!(first.owns(pact(&first)) && !second.owns(pact(&first)));
}

#[test]
fn an_article_that_is_there_already_is_refused_and_nothing_changes() {
    let first = graph("one");
    let error = first.apply(one("one")).expect_err("it is there already");
    assert!(error.to_string().contains("one"), "{error}");
    assert_eq!(first.sources().len(), 1);
}

#[test]
#[should_panic(expected = "was given out by another batch or graph: look it up in this one by its key")]
fn a_handle_of_the_graph_before_is_refused() {
    let first = graph("one");
    let second = first.apply(one("two")).expect("another article");
    let _ = second.view().members(pact(&first)).count();
}

#[test]
#[should_panic(expected = "was given out by another batch or graph: look it up in this one by its key")]
fn a_handle_of_the_batch_is_refused_by_its_graph() {
    let mut batch = one("one");
    let pact = batch.node::<Coalition>("pact").expect("a slug");
    let graph = Graph::new().apply(batch).expect("one article");
    let _ = graph.node(pact);
}

#[test]
#[should_panic(expected = "was given out by another batch")]
fn a_handle_of_another_batch_is_refused_by_a_batch() {
    let (mut batch, mut other) = (one("one"), one("two"));
    let note = batch.source(Source::article("three"));
    let pact = other.node::<Coalition>("pact").expect("a slug");
    batch.name(note, pact, "Pact");
}

#[test]
#[should_panic(expected = "one is of another graph: look it up in this one")]
fn an_article_of_another_graph_cannot_be_left_out() {
    let (first, second) = (graph("one"), graph("one"));
    let _ = first.view().without(second.source("one").expect("it was added"));
}

#[test]
#[should_panic(expected = "the two views are of two graphs")]
fn views_of_two_graphs_cannot_be_compared() {
    let (first, second) = (graph("one"), graph("one"));
    let _ = first.view().diff(second.view()).count();
}

#[test]
#[should_panic(expected = "is of another graph")]
fn origins_of_a_claim_of_another_graph_are_refused() {
    let (first, second) = (graph("one"), graph("one"));
    let _ = first.view().origins(second.claim("one#f1").expect("it was added")).count();
}

#[test]
fn a_name_at_a_date_is_the_nation_that_bore_it_then() {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("note"));
    for slug in ["DEU", "x-german-reich"] {
        let nation = batch.node::<Nation>(slug).unwrap();
        batch.name(note, nation, if slug == "DEU" { "Germany" } else { "German Reich" });
    }
    let graph = Graph::new().apply(batch).unwrap();
    let resolve = |view: View<'_>| match view.resolve("Germany", NodeKinds::ACTOR) {
        Resolution::One(node) => node.key(),
        other => panic!("{other:?}"),
    };
    assert_eq!(resolve(graph.view()), "nation/DEU");
    assert_eq!(resolve(graph.view().as_of(Day::new(2021, 3, 1).unwrap())), "nation/DEU");
    assert_eq!(resolve(graph.view().as_of(Day::new(1914, 7, 1).unwrap())), "nation/x-german-reich");
}
