//! Who is allied, what is shared, how two are linked, who holds office, and all that holds on a day.

use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::day::Day;
use crate::press::{Coalition, Entity, Kind, Press, Spell};

/// The spells of one node that hold on a day.
pub(crate) fn on(map: &HashMap<NodeIndex, Vec<Spell>>, node: NodeIndex, day: Day) -> impl Iterator<Item = NodeIndex> {
    let spells = map.get(&node).map_or(&[][..], Vec::as_slice);
    spells.iter().filter(move |spell| spell.holds(day)).map(|spell| spell.with)
}

impl Press {
    pub(crate) fn alliance(&self, node: NodeIndex) -> Option<&Coalition> {
        match &self.graph[node] {
            Entity::Coalition(coalition) if coalition.is_alliance() => Some(coalition),
            _ => None,
        }
    }

    pub(crate) fn allies(&self, nation: NodeIndex, day: Day) -> HashSet<NodeIndex> {
        on(&self.coalitions, nation, day)
            .filter(|coalition| self.alliance(*coalition).is_some())
            .flat_map(|coalition| on(&self.members, coalition, day))
            .filter(|ally| *ally != nation)
            .collect()
    }

    pub(crate) fn shared(&self, one: NodeIndex, other: NodeIndex, day: Day) -> HashSet<NodeIndex> {
        let of_one: HashSet<NodeIndex> = on(&self.coalitions, one, day).collect();
        on(&self.coalitions, other, day).filter(|coalition| of_one.contains(coalition)).collect()
    }

    /// Nation, coalition, nation, ...: breadth first, each coalition entered once.
    pub(crate) fn chain(&self, one: NodeIndex, other: NodeIndex, day: Day) -> Option<Vec<NodeIndex>> {
        let mut came_from: HashMap<NodeIndex, NodeIndex> = HashMap::new();
        let mut queue = VecDeque::from([one]);
        while let Some(nation) = queue.pop_front() {
            for coalition in on(&self.coalitions, nation, day) {
                if came_from.contains_key(&coalition) {
                    continue;
                }
                came_from.insert(coalition, nation);
                for member in on(&self.members, coalition, day) {
                    if member == one || came_from.contains_key(&member) {
                        continue;
                    }
                    came_from.insert(member, coalition);
                    if member == other {
                        let mut chain = vec![other];
                        while let Some(before) = chain.last().and_then(|last| came_from.get(last)) {
                            chain.push(*before);
                        }
                        chain.reverse();
                        return Some(chain);
                    }
                    queue.push_back(member);
                }
            }
        }
        None
    }

    pub(crate) fn officials(&self, nation: NodeIndex, day: Day) -> HashSet<NodeIndex> {
        on(&self.officials, nation, day).collect()
    }

    /// All that some report asserts of a day, each once.
    pub(crate) fn slice(&self, day: Day) -> DiGraph<NodeIndex, Kind> {
        let holding = self.graph.edge_references().filter(|edge| edge.weight().holds(day));
        let edges: HashSet<_> = holding.map(|edge| (edge.source(), edge.weight().kind, edge.target())).collect();
        let mut slice = DiGraph::with_capacity(0, edges.len());
        let mut places = HashMap::new();
        for (source, kind, target) in edges {
            let source = *places.entry(source).or_insert_with(|| slice.add_node(source));
            let target = *places.entry(target).or_insert_with(|| slice.add_node(target));
            slice.add_edge(source, target, kind);
        }
        slice
    }
}
