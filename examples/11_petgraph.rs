//! petgraph's own algorithms on a view, with no copy: `cargo run --example 11_petgraph`.

use comity::{Graph, Loader, Nation, NodeKind, RelationKind};
use petgraph::algo::{astar, connected_components, dijkstra, maximal_cliques};
use petgraph::dot::{Config, Dot};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;

    // A view is a small `Copy` value; `along` says which relations petgraph sees.
    let ties = graph.view().along(RelationKind::MemberOf).along(RelationKind::AlignedWith).undirected();
    let russia = graph.find::<Nation>("RUS").ok_or("Russia is not in these articles")?.node();
    let reached = dijkstra(ties, russia, None, |_| 1_u32);
    let mut nations: Vec<_> = reached.iter().filter(|(node, _)| node.kind() == NodeKind::Nation).collect();
    nations.sort_by_key(|(node, hops)| (**hops, **node));
    println!("{} nations are tied to Russia by coalitions and alignments; the nearest:", nations.len() - 1);
    for (node, hops) in nations.into_iter().skip(1).take(5) {
        println!("  {:<28} {hops} hops", graph.node(*node));
    }

    let laos = graph.find::<Nation>("LAO").ok_or("Laos is not in these articles")?.node();
    if let Some((_, way)) = astar(ties, russia, |node| node == laos, |_| 1_u32, |_| 0) {
        let names: Vec<_> = way.iter().map(|node| graph.node(*node).to_string()).collect();
        println!("a shortest way to Laos: {}", names.join(" - "));
    }
    println!("components, single nodes among them: {}", connected_components(ties));

    let stances = graph.view().along(RelationKind::AlignedWith);
    let largest = maximal_cliques(stances.undirected()).into_iter().map(|clique| clique.len()).max();
    println!("the largest clique of mutual alignments has {} members", largest.unwrap_or(0));

    let detentions = graph.view().along(RelationKind::Detains).along(RelationKind::HeldIn).to_petgraph();
    println!("\n{:?}", Dot::with_config(&detentions, &[Config::EdgeNoLabel]));
    Ok(())
}
