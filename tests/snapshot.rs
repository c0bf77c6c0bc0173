//! Snapshots: a graph comes back as it was, and nothing but what was saved opens.
#![allow(clippy::unwrap_used, reason = "a test")]

use comity::Graph;

fn saved(graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.to_writer(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_empty_graph_comes_back() {
    let bytes = saved(&Graph::new());
    let graph = Graph::from_reader(&*bytes).unwrap();
    assert_eq!(graph.nodes().len(), 0);
    assert_eq!(saved(&graph), bytes);
}
