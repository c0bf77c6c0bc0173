//! petgraph's visit traits on a view: its algorithms run on "alliances as of a date" with no copy.
//!
//! Every node of the graph is a node; the edges are those of the relations that the view goes [`along`](View::along) and that
//! hold. Directions are those of the relation table; [`View::undirected`] forgets them.

use std::fmt;

use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, GraphRef, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Direction, EdgeType};

use super::facts::{FactKind, RowRef};
use super::handle::NodeRef;
use super::view::View;
use crate::model::{Node, RelationKind};

/// An edge as petgraph sees it; its weight is the relation.
#[derive(Clone, Copy)]
pub struct Tie {
    source: Node,
    target: Node,
    id: TieId,
    relation: RelationKind,
}

/// The identity of a [`Tie`] within its graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TieId(RowRef);

impl EdgeRef for Tie {
    type NodeId = Node;
    type EdgeId = TieId;
    type Weight = RelationKind;

    fn source(&self) -> Node {
        self.source
    }

    fn target(&self) -> Node {
        self.target
    }

    fn weight(&self) -> &RelationKind {
        &self.relation
    }

    fn id(&self) -> TieId {
        self.id
    }
}

impl fmt::Debug for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} {:?}", self.source, self.relation, self.target)
    }
}

/// Which nodes a traversal has been to.
#[derive(Debug, Clone, Default)]
pub struct Visited(Vec<bool>);

impl VisitMap<Node> for Visited {
    fn visit(&mut self, node: Node) -> bool {
        !std::mem::replace(&mut self.0[node.index as usize], true)
    }

    fn is_visited(&self, node: &Node) -> bool {
        self.0[node.index as usize]
    }

    fn unvisit(&mut self, node: Node) -> bool {
        std::mem::replace(&mut self.0[node.index as usize], false)
    }
}

impl petgraph::visit::NodeRef for NodeRef<'_> {
    type NodeId = Node;
    type Weight = Self;

    fn id(&self) -> Node {
        NodeRef::id(*self)
    }

    fn weight(&self) -> &Self {
        self
    }
}

/// A view whose edges can be gone along both ways: see [`View::undirected`].
#[derive(Debug, Clone, Copy)]
pub struct Undirected<'g>(View<'g>);

impl<'g> View<'g> {
    /// The same view with edges that go both ways, for petgraph's algorithms.
    ///
    /// ```
    /// use comity::{Graph, RelationKind};
    /// use petgraph::algo::connected_components;
    /// let graph = Graph::new();
    /// assert_eq!(connected_components(graph.view().along(RelationKind::MemberOf).undirected()), 0);
    /// ```
    #[must_use]
    pub fn undirected(self) -> Undirected<'g> {
        Undirected(self)
    }

    /// A copy as petgraph's own graph: the nodes that have an edge, in order, and those edges.
    ///
    /// Linear in the edges of the relations that the view goes along.
    #[must_use]
    pub fn to_petgraph(self) -> petgraph::Graph<NodeRef<'g>, RelationKind> {
        let ties = self.ties();
        let mut touched: Vec<Node> = ties.iter().flat_map(|tie| [tie.source, tie.target]).collect();
        touched.sort_unstable();
        touched.dedup();
        let mut copy = petgraph::Graph::with_capacity(touched.len(), ties.len());
        for node in &touched {
            copy.add_node(self.graph.node(*node));
        }
        let at = |node: &Node| petgraph::graph::NodeIndex::new(touched.partition_point(|before| before < node));
        for tie in &ties {
            copy.add_edge(at(&tie.source), at(&tie.target), tie.relation);
        }
        copy
    }

    /// Whether the view goes along it.
    pub(crate) fn sees(self, relation: RelationKind) -> bool {
        let relations = self.lens.relations();
        relations == 0 || relations & (1 << relation as u32) != 0
    }

    fn tie(self, fact: RowRef, relation: RelationKind) -> Tie {
        let facts = &self.graph.facts;
        let (source, target) = (self.graph.handle(facts.source(fact)), self.graph.handle(facts.target(fact)));
        Tie { source, target, id: TieId(fact), relation }
    }

    fn ties(self) -> Vec<Tie> {
        let seen = RelationKind::ALL.iter().copied().filter(|relation| self.sees(*relation));
        let of = |relation| {
            let all = self.graph.facts.all(FactKind::Relation(relation));
            all.filter(|fact| self.judge(*fact).is_some()).map(move |fact| self.tie(fact, relation))
        };
        seen.flat_map(of).collect()
    }

    /// The ties at a node, as they run.
    fn ties_at(self, node: Node, direction: Direction) -> Vec<Tie> {
        let mut ties = Vec::new();
        let index = self.index(node);
        for relation in RelationKind::ALL.iter().copied().filter(|relation| self.sees(*relation)) {
            let kind = FactKind::Relation(relation);
            let tie = |(fact, _)| self.tie(fact, relation);
            match direction {
                Direction::Outgoing => ties.extend(self.running_from(kind, index).map(tie)),
                Direction::Incoming => ties.extend(self.running_to(kind, index).map(tie)),
            }
        }
        ties
    }
}

impl<'g> Undirected<'g> {
    /// The ties at a node, each turned to run from it.
    fn ties_at(self, node: Node) -> Vec<Tie> {
        let mut ties = self.0.ties_at(node, Direction::Outgoing);
        let incoming = self.0.ties_at(node, Direction::Incoming).into_iter().filter(|tie| tie.source != tie.target);
        ties.extend(incoming.map(|tie| Tie { source: tie.target, target: tie.source, ..tie }));
        ties
    }
}

/// What both kinds of view have in common.
macro_rules! visitable {
    ($view:ident, $edge_type:ty, |$self:ident| $inner:expr) => {
        impl GraphBase for $view<'_> {
            type NodeId = Node;
            type EdgeId = TieId;
        }

        impl GraphRef for $view<'_> {}

        impl<'g> Data for $view<'g> {
            type NodeWeight = NodeRef<'g>;
            type EdgeWeight = RelationKind;
        }

        impl GraphProp for $view<'_> {
            type EdgeType = $edge_type;

            fn is_directed(&self) -> bool {
                <$edge_type>::is_directed()
            }
        }

        impl NodeCount for $view<'_> {
            fn node_count($self: &Self) -> usize {
                $inner.graph.records.nodes.len()
            }
        }

        impl NodeIndexable for $view<'_> {
            fn node_bound(&self) -> usize {
                self.node_count()
            }

            fn to_index($self: &Self, node: Node) -> usize {
                $inner.index(node) as usize
            }

            fn from_index($self: &Self, index: usize) -> Node {
                $inner.graph.handle(index as u32)
            }
        }

        impl NodeCompactIndexable for $view<'_> {}

        impl IntoNodeIdentifiers for $view<'_> {
            type NodeIdentifiers = std::vec::IntoIter<Node>;

            fn node_identifiers($self) -> Self::NodeIdentifiers {
                let nodes: Vec<_> = $inner.graph.nodes().map(NodeRef::id).collect();
                nodes.into_iter()
            }
        }

        impl<'g> IntoNodeReferences for $view<'g> {
            type NodeRef = NodeRef<'g>;
            type NodeReferences = std::vec::IntoIter<NodeRef<'g>>;

            fn node_references($self) -> Self::NodeReferences {
                let nodes: Vec<_> = $inner.graph.nodes().collect();
                nodes.into_iter()
            }
        }

        impl IntoEdgeReferences for $view<'_> {
            type EdgeRef = Tie;
            type EdgeReferences = std::vec::IntoIter<Tie>;

            fn edge_references($self) -> Self::EdgeReferences {
                $inner.ties().into_iter()
            }
        }

        impl EdgeCount for $view<'_> {
            fn edge_count($self: &Self) -> usize {
                $inner.ties().len()
            }
        }

        impl Visitable for $view<'_> {
            type Map = Visited;

            fn visit_map(&self) -> Visited {
                Visited(vec![false; self.node_count()])
            }

            fn reset_map(&self, map: &mut Visited) {
                *map = self.visit_map();
            }
        }

        impl IntoNeighbors for $view<'_> {
            type Neighbors = std::vec::IntoIter<Node>;

            fn neighbors(self, node: Node) -> Self::Neighbors {
                let nodes: Vec<_> = IntoEdges::edges(self, node).map(|tie| tie.target()).collect();
                nodes.into_iter()
            }
        }

        impl GetAdjacencyMatrix for $view<'_> {
            type AdjMatrix = std::collections::BTreeSet<(u32, u32)>;

            fn adjacency_matrix(&self) -> Self::AdjMatrix {
                let ties = self.edge_references();
                let mut pairs: Self::AdjMatrix = ties.map(|tie| (tie.source.index, tie.target.index)).collect();
                if !self.is_directed() {
                    let turned: Vec<_> = pairs.iter().map(|(source, target)| (*target, *source)).collect();
                    pairs.extend(turned);
                }
                pairs
            }

            fn is_adjacent(&self, matrix: &Self::AdjMatrix, a: Node, b: Node) -> bool {
                matrix.contains(&(a.index, b.index))
            }
        }
    };
}

visitable!(View, petgraph::Directed, |self| self);
visitable!(Undirected, petgraph::Undirected, |self| self.0);

impl IntoEdges for View<'_> {
    type Edges = std::vec::IntoIter<Tie>;

    fn edges(self, node: Node) -> Self::Edges {
        self.ties_at(node, Direction::Outgoing).into_iter()
    }
}

impl IntoEdges for Undirected<'_> {
    type Edges = std::vec::IntoIter<Tie>;

    fn edges(self, node: Node) -> Self::Edges {
        self.ties_at(node).into_iter()
    }
}

impl IntoNeighborsDirected for View<'_> {
    type NeighborsDirected = std::vec::IntoIter<Node>;

    fn neighbors_directed(self, node: Node, direction: Direction) -> Self::NeighborsDirected {
        let far = |tie: Tie| if direction == Direction::Outgoing { tie.target } else { tie.source };
        let nodes: Vec<_> = self.ties_at(node, direction).into_iter().map(far).collect();
        nodes.into_iter()
    }
}

impl IntoNeighborsDirected for Undirected<'_> {
    type NeighborsDirected = std::vec::IntoIter<Node>;

    fn neighbors_directed(self, node: Node, _: Direction) -> Self::NeighborsDirected {
        self.neighbors(node)
    }
}

impl IntoEdgesDirected for View<'_> {
    type EdgesDirected = std::vec::IntoIter<Tie>;

    fn edges_directed(self, node: Node, direction: Direction) -> Self::EdgesDirected {
        self.ties_at(node, direction).into_iter()
    }
}

impl IntoEdgesDirected for Undirected<'_> {
    type EdgesDirected = std::vec::IntoIter<Tie>;

    fn edges_directed(self, node: Node, direction: Direction) -> Self::EdgesDirected {
        let turn = |tie: Tie| match direction {
            Direction::Outgoing => tie,
            Direction::Incoming => Tie { source: tie.target, target: tie.source, ..tie },
        };
        let ties: Vec<_> = self.ties_at(node).into_iter().map(turn).collect();
        ties.into_iter()
    }
}
