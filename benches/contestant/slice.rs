//! All that holds on a day as one static graph: W10.

use std::collections::BTreeSet;

use comity::{Graph, Node, Participation, Qualifier, RelationKind, View};

use crate::answer::digest;

/// Nodes, and edges by their places, sorted: with the event that makes an edge, or its own end where none does.
pub(crate) struct Slice {
    nodes: Vec<Node>,
    edges: Vec<(u32, Node, u32)>,
}

impl Slice {
    pub(crate) fn of(view: View<'_>) -> Self {
        let mut edges: Vec<(Node, Node, Node)> = Vec::new();
        for relation in [RelationKind::MemberOf, RelationKind::HoldsOffice] {
            edges.extend(view.edges(relation).map(|edge| (edge.source.id(), edge.target.id(), edge.target.id())));
        }
        // An event and its two ends make an edge.
        for edge in view.edges(RelationKind::Detains) {
            let held = view.edges_to(RelationKind::HeldIn, edge.target.id());
            edges.extend(held.map(|held| (edge.source.id(), edge.target.id(), held.source.id())));
        }
        for edge in view.edges(RelationKind::Imposes) {
            let targets = view.edges_from(RelationKind::Targets, edge.target.id());
            edges.extend(targets.map(|target| (edge.source.id(), edge.target.id(), target.target.id())));
        }
        for edge in view.edges(RelationKind::Makes) {
            let concerned = view.edges_from(RelationKind::Concerns, edge.target.id());
            let targets = concerned.filter(|one| one.identity.word(Qualifier::Aspect) == Some("target"));
            edges.extend(targets.map(|target| (edge.source.id(), edge.target.id(), target.target.id())));
        }
        let part = |word: Participation| Some(word.as_str());
        for edge in view.edges(RelationKind::TakesPartIn) {
            if edge.identity.word(Qualifier::Role) != part(Participation::Host) {
                continue;
            }
            let others = view.edges_to(RelationKind::TakesPartIn, edge.target.id());
            let guests = others.filter(|one| one.identity.word(Qualifier::Role) == part(Participation::Participant));
            edges.extend(guests.map(|guest| (edge.source.id(), edge.target.id(), guest.source.id())));
        }
        let mut nodes: Vec<Node> = edges.iter().flat_map(|(source, _, target)| [*source, *target]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place = |node: &Node| nodes.binary_search(node).map_or(u32::MAX, |place| place as u32);
        let mut edges: Vec<_> = edges.iter().map(|(one, via, other)| (place(one), *via, place(other))).collect();
        edges.sort_unstable();
        Self { nodes, edges }
    }

    /// Several offices of one nation, or statements of one kind on one day, are one line.
    pub(crate) fn line(&self, graph: &Graph) -> String {
        let slug = |node: Node| graph.node(node).slug().unwrap_or_default();
        let kind = |via: Node| match graph.node(via).slug().unwrap_or_default() {
            slug if slug.starts_with('C') => "member_of",
            slug if slug.starts_with('N') => "holds_office",
            slug if slug.starts_with("held-") => "detains",
            slug if slug.starts_with("on-") => "sanctions",
            slug if slug.starts_with("met-") => "meets",
            slug => slug.split('-').next().unwrap_or_default(),
        };
        let end = |place: u32| slug(self.nodes[place as usize]);
        let lines: BTreeSet<String> = self
            .edges
            .iter()
            .map(|(source, via, target)| format!("{}|{}|{}", end(*source), kind(*via), end(*target)))
            .collect();
        format!("{},{},{}", self.nodes.len(), lines.len(), digest(lines.into_iter()))
    }
}
