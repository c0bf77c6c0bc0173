//! petgraph's algorithms on a view, passed as it is: against what a hand works out on a small map of alliances, and against the
//! same algorithm on petgraph's own copy.

use std::collections::BTreeMap;

use comity::{
    Batch, Claimed, Coalition, Day, Detention, Graph, Id, Instrument, Nation, Node, RelationKind, Source, Stance, View,
    When,
    relations::{AlignedWith, Cites, MemberOf, RetaliatesFor},
};
use petgraph::algo::{
    astar, connected_components, dijkstra, dominators, has_path_connecting, is_bipartite_undirected,
    is_cyclic_directed, is_isomorphic, is_isomorphic_matching, kosaraju_scc, maximal_cliques, min_spanning_tree,
    page_rank, toposort,
};
use petgraph::data::FromElements;
use petgraph::dot::{Config, Dot};
use petgraph::graph::NodeIndex;
use petgraph::visit::{Bfs, Dfs, EdgeRef, IntoEdgeReferences, IntoNeighborsDirected, NodeCount, NodeIndexable, Topo};
use petgraph::{Direction, Graph as Copied, Undirected as Both};
use proptest::prelude::*;

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Alba, Bryn and Corr stand to each other as allies, Corr and Dunn until May 2031, Dunn and Esk; Fen alone is named.
fn allies() -> Result<Graph> {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("map").published("2031-06-01".parse()?));
    let allied = AlignedWith { stance: Stance::Allied };
    for (one, other) in [("alba", "bryn"), ("bryn", "corr"), ("alba", "corr"), ("corr", "dunn"), ("dunn", "esk")] {
        let (one, other) = (batch.node::<Nation>(one)?, batch.node::<Nation>(other)?);
        batch.claim(note, Claimed::new(allied.clone(), one, other).when(When::since("2030-01-01".parse()?)));
    }
    let fen = batch.node::<Nation>("fen")?;
    batch.name(note, fen, "Fen");
    let mut graph = Graph::new().apply(batch)?;
    // The same tie ends, by another article: each claim is judged alone, so this one is left out where it matters.
    let mut later = Batch::new();
    let note = later.source(Source::article("later"));
    let (dunn, fen) = (later.node::<Nation>("dunn")?, later.node::<Nation>("fen")?);
    let until = When::between("2030-01-01".parse()?, "2031-05-01".parse()?)?;
    later.claim(note, Claimed::new(allied, dunn, fen).when(until));
    graph = graph.apply(later)?;
    Ok(graph)
}

/// `law` cites `treaty` and `letter`, both of which cite `charter`; `charter` cites nothing.
fn citations() -> Result<Graph> {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("papers"));
    for (citing, cited) in [("law", "treaty"), ("law", "letter"), ("treaty", "charter"), ("letter", "charter")] {
        let (citing, cited) = (batch.node::<Instrument>(citing)?, batch.node::<Instrument>(cited)?);
        batch.claim(note, Claimed::new(Cites, citing, cited));
    }
    Ok(Graph::new().apply(batch)?)
}

/// Three detentions that answer each other in a circle, and one that answers the first.
fn answers() -> Result<Graph> {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("answers"));
    for (response, to) in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")] {
        let (response, to) = (batch.node::<Detention>(response)?, batch.node::<Detention>(to)?);
        batch.claim(note, Claimed::new(RetaliatesFor, response, to));
    }
    Ok(Graph::new().apply(batch)?)
}

fn nation(graph: &Graph, slug: &str) -> Node {
    graph.find::<Nation>(slug).expect("it is on the map").node()
}

fn paper(graph: &Graph, slug: &str) -> Node {
    graph.find::<Instrument>(slug).expect("it is among the papers").node()
}

fn slugs(graph: &Graph, nodes: impl IntoIterator<Item = Node>) -> Vec<String> {
    let mut slugs: Vec<String> =
        nodes.into_iter().map(|node| graph.node(node).slug().expect("a key").to_string()).collect();
    slugs.sort();
    slugs
}

fn in_june(graph: &Graph) -> View<'_> {
    graph.view().as_of(Day::new(2031, 6, 1).expect("a day")).along(RelationKind::AlignedWith)
}

#[test]
fn dijkstra_counts_the_steps_between_allies() -> Result {
    let graph = allies()?;
    let steps = dijkstra(in_june(&graph).undirected(), nation(&graph, "alba"), None, |_| 1);
    let steps: BTreeMap<_, _> = steps.into_iter().map(|(node, cost)| (graph.node(node).key(), cost)).collect();
    let expected = [("alba", 0), ("bryn", 1), ("corr", 1), ("dunn", 2), ("esk", 3)];
    assert_eq!(steps, expected.map(|(slug, cost)| (format!("nation/{slug}"), cost)).into());
    Ok(())
}

#[test]
fn astar_finds_a_shortest_way_and_none_where_the_tie_has_ended() -> Result {
    let graph = allies()?;
    let (alba, fen) = (nation(&graph, "alba"), nation(&graph, "fen"));
    let way = |view: View<'_>| astar(view.undirected(), alba, |node| node == fen, |_| 1, |_| 0);
    let (cost, steps) = way(graph.view().along(RelationKind::AlignedWith)).expect("over Corr and Dunn");
    let keys: Vec<_> = steps.into_iter().map(|node| graph.node(node).key()).collect();
    assert_eq!((cost, keys), (3, ["alba", "corr", "dunn", "fen"].map(|slug| format!("nation/{slug}")).to_vec()));
    assert_eq!(way(in_june(&graph)), None);
    assert!(!has_path_connecting(in_june(&graph).undirected(), alba, fen, None));
    Ok(())
}

#[test]
fn components_are_counted_on_the_day_that_is_asked_for() -> Result {
    let graph = allies()?;
    let ever = graph.view().along(RelationKind::AlignedWith);
    assert_eq!(connected_components(ever.undirected()), 1);
    assert_eq!(connected_components(in_june(&graph).undirected()), 2);
    assert!(!is_bipartite_undirected(ever.undirected(), nation(&graph, "alba")));
    Ok(())
}

#[test]
fn cliques_are_the_blocs_in_which_all_are_allied() -> Result {
    let graph = allies()?;
    let cliques = maximal_cliques(in_june(&graph).undirected());
    let mut cliques: Vec<_> = cliques.into_iter().map(|clique| slugs(&graph, clique)).collect();
    cliques.sort();
    assert_eq!(cliques, [vec!["alba", "bryn", "corr"], vec!["corr", "dunn"], vec!["dunn", "esk"], vec!["fen"]]);
    Ok(())
}

#[test]
fn strong_components_are_the_circles_of_retaliation() -> Result {
    let graph = answers()?;
    let view = graph.view().along(RelationKind::RetaliatesFor);
    let mut circles: Vec<_> = kosaraju_scc(view).into_iter().map(|circle| slugs(&graph, circle)).collect();
    circles.sort();
    assert_eq!(circles, [vec!["a", "b", "c"], vec!["d"]]);
    assert!(is_cyclic_directed(view) && toposort(view, None).is_err());
    let copy = view.to_petgraph();
    assert_eq!(kosaraju_scc(&copy).len(), 2);
    Ok(())
}

#[test]
fn what_cites_comes_before_what_it_cites() -> Result {
    let graph = citations()?;
    let view = graph.view().along(RelationKind::Cites);
    let order = toposort(view, None).expect("nothing cites itself");
    let place = |slug: &str| order.iter().position(|node| *node == paper(&graph, slug)).expect("it is there");
    assert!(place("law") < place("treaty") && place("law") < place("letter"));
    assert!(place("treaty") < place("charter") && place("letter") < place("charter"));
    assert!(!is_cyclic_directed(view));
    let mut walk = Topo::new(view);
    assert_eq!(walk.next(view), Some(paper(&graph, "law")));
    // Two ways lead to the charter, so that only the law stands before it on all of them.
    let before = dominators::simple_fast(view, paper(&graph, "law"));
    assert_eq!(before.immediate_dominator(paper(&graph, "charter")), Some(paper(&graph, "law")));
    assert_eq!(before.immediate_dominator(paper(&graph, "treaty")), Some(paper(&graph, "law")));
    let cited_by: Vec<_> = view.neighbors_directed(paper(&graph, "charter"), Direction::Incoming).collect();
    assert_eq!(slugs(&graph, cited_by), ["letter", "treaty"]);
    Ok(())
}

#[test]
fn page_rank_is_highest_where_most_is_cited() -> Result {
    let graph = citations()?;
    let view = graph.view().along(RelationKind::Cites);
    let ranks = page_rank(view, 0.85_f64, 30);
    let rank = |slug: &str| ranks[NodeIndexable::to_index(&view, paper(&graph, slug))];
    assert!(rank("charter") > rank("treaty") && rank("treaty") > rank("law"));
    assert!((rank("treaty") - rank("letter")).abs() < 1e-12);
    assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    Ok(())
}

#[test]
fn a_spanning_tree_has_one_tie_fewer_than_each_component_has_nodes() -> Result {
    let graph = allies()?;
    let tree: Copied<_, _, Both> = Copied::from_elements(min_spanning_tree(in_june(&graph).undirected()));
    assert_eq!((tree.node_count(), tree.edge_count()), (6, 4));
    assert_eq!(connected_components(&tree), 2);
    Ok(())
}

#[test]
fn walks_come_to_every_node_that_can_be_reached_once() -> Result {
    let graph = allies()?;
    let view = in_june(&graph).undirected();
    let (mut deep, mut broad) = (Dfs::new(view, nation(&graph, "esk")), Bfs::new(view, nation(&graph, "esk")));
    let deep: Vec<_> = std::iter::from_fn(|| deep.next(view)).collect();
    let broad: Vec<_> = std::iter::from_fn(|| broad.next(view)).collect();
    assert_eq!(slugs(&graph, deep), ["alba", "bryn", "corr", "dunn", "esk"]);
    let broad: Vec<_> = broad.into_iter().map(|node| graph.node(node).key()).collect();
    assert_eq!(broad[..3], ["nation/esk", "nation/dunn", "nation/corr"]);
    Ok(())
}

#[test]
fn two_maps_of_one_shape_are_isomorphic() -> Result {
    let (papers, circle) = (citations()?, answers()?);
    let (papers, circle) = (papers.view(), circle.view());
    let papers = papers.along(RelationKind::Cites);
    let circle = circle.along(RelationKind::RetaliatesFor);
    assert!(is_isomorphic(papers, papers));
    assert!(!is_isomorphic(papers, circle));
    let drawn: Copied<(), ()> = Copied::from_edges([(0, 1), (1, 2), (2, 0), (3, 0)]);
    assert!(is_isomorphic(circle, &drawn));
    // Matching by weights needs references to them, which only the copy holds.
    let (one, other) = (papers.to_petgraph(), papers.to_petgraph());
    assert!(is_isomorphic(papers, &one));
    assert!(is_isomorphic_matching(&one, &other, |one, other| one == other, |one, other| one == other));
    Ok(())
}

#[test]
fn dot_prints_a_view() -> Result {
    let graph = citations()?;
    let view = graph.view().along(RelationKind::Cites);
    let dot = format!("{:?}", Dot::with_config(view, &[Config::NodeIndexLabel]));
    let lines: Vec<_> = dot.lines().map(str::trim).collect();
    assert_eq!((lines[0], lines.last()), ("digraph {", Some(&"}")));
    assert_eq!(lines.iter().filter(|line| line.contains("->")).count(), 4);
    let named = format!("{}", Dot::new(view));
    assert!(named.contains("instrument/charter") && named.contains("Cites"), "{named}");
    assert!(format!("{}", Dot::new(view.undirected())).starts_with("graph {"));
    assert_eq!(
        dot,
        format!("{:?}", Dot::with_config(citations()?.view().along(RelationKind::Cites), &[Config::NodeIndexLabel]))
    );
    Ok(())
}

#[test]
fn views_of_nothing_are_gone_over_without_a_hitch() -> Result {
    let empty = Graph::new();
    let view = empty.view();
    assert_eq!((view.node_count(), view.edge_references().count()), (0, 0));
    assert_eq!(connected_components(view.undirected()), 0);
    assert!(kosaraju_scc(view).is_empty() && toposort(view, None).expect("nothing").is_empty());
    assert!(!is_cyclic_directed(view) && is_isomorphic(view, view));
    assert_eq!(view.to_petgraph().node_count(), 0);
    assert_eq!(format!("{:?}", Dot::new(view)), "digraph {\n}\n");
    let graph = allies()?;
    let no_ties = graph.view().along(RelationKind::Detains);
    assert_eq!(connected_components(no_ties.undirected()), 6);
    assert_eq!(maximal_cliques(no_ties.undirected()).len(), 6);
    assert_eq!(dijkstra(no_ties, nation(&graph, "alba"), None, |_| 1).len(), 1);
    assert_eq!(no_ties.to_petgraph().node_count(), 0);
    Ok(())
}

/// The ties of a view as pairs of keys.
fn ties(graph: &Graph, view: View<'_>) -> Vec<(String, String)> {
    let key = |node: Node| graph.node(node).key();
    view.edge_references().map(|tie| (key(tie.source()), key(tie.target()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 120,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(31),
        ..ProptestConfig::default()
    })]

    /// On random memberships and alliances every algorithm says of the view what it says of petgraph's own copy of it.
    #[test]
    fn a_view_and_its_copy_give_the_same_answers(
        pairs in prop::collection::vec((0..6_usize, 0..6_usize, any::<bool>()), 0..14),
    ) {
        let mut batch = Batch::new();
        let note = batch.source(Source::article("random"));
        for (one, other, allied) in pairs {
            let nation: Id<Nation> = batch.node(&format!("n{one}")).expect("a slug");
            if !allied {
                let pact: Id<Coalition> = batch.node(&format!("c{}", other / 2)).expect("a slug");
                batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
            } else if one != other {
                let ally: Id<Nation> = batch.node(&format!("n{other}")).expect("a slug");
                batch.claim(note, Claimed::new(AlignedWith { stance: Stance::Friendly }, nation, ally));
            }
        }
        let graph = Graph::new().apply(batch).expect("one article");
        for view in [graph.view(), graph.view().along(RelationKind::MemberOf), graph.view().along(RelationKind::AlignedWith)] {
            let copy = view.to_petgraph();
            let own = |at: NodeIndex| copy[at].key();
            let copied: Vec<_> =
                copy.edge_references().map(|tie| (own(tie.source()), own(tie.target()))).collect();
            prop_assert_eq!(ties(&graph, view), copied);

            let alone = view.node_count() - copy.node_count();
            prop_assert_eq!(connected_components(view.undirected()), connected_components(&copy) + alone);
            prop_assert_eq!(kosaraju_scc(view).len(), kosaraju_scc(&copy).len() + alone);
            prop_assert_eq!(is_cyclic_directed(view), is_cyclic_directed(&copy));
            let both_ways = copy.clone().into_edge_type::<Both>();
            for start in copy.node_indices() {
                let theirs = dijkstra(&both_ways, start, None, |_| 1_u32);
                let theirs: BTreeMap<_, _> = theirs.into_iter().map(|(node, cost)| (own(node), cost)).collect();
                let ours = dijkstra(view.undirected(), copy[start].id(), None, |_| 1_u32);
                let ours: BTreeMap<_, _> =
                    ours.into_iter().map(|(node, cost)| (graph.node(node).key(), cost)).collect();
                prop_assert_eq!(ours, theirs);
                let ours = dijkstra(view, copy[start].id(), None, |_| 1_u32).len();
                prop_assert_eq!(ours, dijkstra(&copy, start, None, |_| 1_u32).len());
            }
            // petgraph finds one clique, of nobody, in a graph without nodes.
            let ours = maximal_cliques(view.undirected()).iter().filter(|clique| !clique.is_empty()).count();
            let theirs = maximal_cliques(&both_ways).iter().filter(|clique| !clique.is_empty()).count();
            prop_assert_eq!(ours, theirs + alone);
            let tree: Copied<_, _, Both> = Copied::from_elements(min_spanning_tree(view.undirected()));
            let copied: Copied<_, _, Both> = Copied::from_elements(min_spanning_tree(&both_ways));
            prop_assert_eq!(tree.edge_count(), copied.edge_count());
            if alone == 0 {
                prop_assert!(is_isomorphic(view, &copy));
            }
        }
    }
}
