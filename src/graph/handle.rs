//! Nodes and sources with what is known of them: what answers hand out.

use std::fmt;

use super::apply::Graph;
use super::claim::Claim;
use super::facts::FactKind;
use crate::batch::records::{Description, NONE};
use crate::model::{Attribute, Count, Node, NodeKind, Pledge, RelationKind};
use crate::provenance::Source;

/// A node of a graph, with its names. A small `Copy` value; prints as its name.
#[derive(Clone, Copy)]
pub struct NodeRef<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) index: u32,
}

impl<'g> NodeRef<'g> {
    /// The handle.
    #[must_use]
    #[inline]
    pub fn id(self) -> Node {
        self.graph.handle(self.index)
    }

    /// Its kind.
    #[must_use]
    #[inline]
    pub fn kind(self) -> NodeKind {
        self.graph.kinds.of(self.index)
    }

    /// The name that most articles give it; none for the unnamed.
    #[must_use]
    pub fn name(self) -> Option<&'g str> {
        match self.graph.names.shown[self.index as usize] {
            NONE => None,
            number => self.graph.records.descriptions[number as usize].name.as_deref(),
        }
    }

    /// What it is called outside: `nation/CAN`; for what only one article knows, `article#local`.
    #[must_use]
    pub fn key(self) -> String {
        let row = self.graph.records.nodes[self.index as usize];
        let name = self.graph.records.strings.get(row.name);
        if row.scope == NONE {
            format!("{}/{name}", row.kind)
        } else {
            format!("{}#{name}", self.graph.records.sources[row.scope as usize].id())
        }
    }

    /// What stands after the `/` of its key; none for what only one article knows.
    #[must_use]
    pub fn slug(self) -> Option<&'g str> {
        let row = self.graph.records.nodes[self.index as usize];
        (row.scope == NONE).then(|| self.graph.records.strings.get(row.name))
    }

    /// The article that alone knows it; none for what has a key.
    #[must_use]
    pub fn scope(self) -> Option<SourceRef<'g>> {
        let row = self.graph.records.nodes[self.index as usize];
        (row.scope != NONE).then_some(SourceRef { graph: self.graph, index: row.scope })
    }

    fn descriptions(self) -> impl Iterator<Item = &'g Description> {
        self.descriptions_by_source().map(|(_, description)| description)
    }

    /// What is said of it, with the number of the source that says so.
    pub(super) fn descriptions_by_source(self) -> impl Iterator<Item = (u32, &'g Description)> {
        let graph = self.graph;
        let entities = graph.names.entities_of(self.index).iter();
        entities.map(|entity| {
            let row = graph.records.entities[*entity as usize];
            (row.source, &graph.records.descriptions[row.description as usize])
        })
    }

    /// Every name and alias that articles give it, each once, in the order of the articles.
    #[must_use]
    pub fn names(self) -> Vec<&'g str> {
        let mut names = Vec::new();
        for description in self.descriptions() {
            for name in description.name.iter().chain(&description.aliases) {
                if !names.contains(&&**name) {
                    names.push(&**name);
                }
            }
        }
        names
    }

    /// Its identities in outside schemes, `wikidata:Q189`, each once, sorted.
    #[must_use]
    pub fn same_as(self) -> Vec<&'g str> {
        let mut identities: Vec<_> = self.descriptions().flat_map(|one| one.same_as.iter().map(|id| &**id)).collect();
        identities.sort_unstable();
        identities.dedup();
        identities
    }

    /// What kind of organization, coalition, instrument or place it is said to be, a word of that list.
    #[must_use]
    pub fn subkind(self) -> Option<&'static str> {
        self.descriptions().find_map(|description| description.kind)
    }

    /// How many people or bodies a group is.
    #[must_use]
    pub fn count(self) -> Option<Count> {
        self.descriptions().find_map(|description| description.count)
    }

    /// What the members of an alliance promise each other, each once, in the order of [`Pledge`].
    #[must_use]
    pub fn pledges(self) -> Vec<Pledge> {
        let mut pledges: Vec<_> = self.descriptions().flat_map(|one| one.pledges.iter().copied()).collect();
        pledges.sort_unstable();
        pledges.dedup();
        pledges
    }

    /// Every claim in which it plays a part, whatever its modality, in canonical order.
    #[must_use]
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'g>> {
        let graph = self.graph;
        graph.claims_of_nodes.of(self.index).iter().map(move |index| Claim { graph, index: *index })
    }

    /// The articles that name it, each once, by id.
    pub fn sources(self) -> impl Iterator<Item = SourceRef<'g>> {
        let graph = self.graph;
        let entities = graph.names.entities_of(self.index).iter();
        entities.map(move |entity| SourceRef { graph, index: graph.records.entities[*entity as usize].source })
    }

    /// How a person can show: an unnamed node by what it does.
    fn describe(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &self.graph.facts;
        let other = |relation, out: bool| {
            let kind = FactKind::Relation(relation);
            let row = if out {
                facts.running_from(kind, self.index).next()
            } else {
                facts.running_to(kind, self.index).next()
            };
            row.map(|row| NodeRef { graph: self.graph, index: if out { facts.target(row) } else { facts.source(row) } })
        };
        let said = match self.kind() {
            NodeKind::Detention => other(RelationKind::HeldIn, false).map(|who| format!("detention of {who}")),
            NodeKind::Sanction => other(RelationKind::Targets, true).map(|whom| format!("sanction on {whom}")),
            NodeKind::Statement => other(RelationKind::Makes, false).map(|who| format!("statement by {who}")),
            NodeKind::Meeting => other(RelationKind::TakesPartIn, false).map(|who| format!("meeting with {who}")),
            NodeKind::Person => other(RelationKind::HoldsOffice, true).map(|of| format!("official of {of}")),
            _ => None,
        };
        match said {
            Some(said) => f.pad(&said),
            None => f.pad(&self.key()),
        }
    }
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for NodeRef<'_> {}

/// In the order of the graph: by kind, then by key.
impl PartialOrd for NodeRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NodeRef<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl std::hash::Hash for NodeRef<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl From<NodeRef<'_>> for Node {
    fn from(node: NodeRef<'_>) -> Self {
        node.id()
    }
}

impl fmt::Display for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => self.describe(f),
        }
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key())
    }
}

/// An article or data set of a graph. Prints as its id.
#[derive(Clone, Copy)]
pub struct SourceRef<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) index: u32,
}

impl<'g> SourceRef<'g> {
    /// What is known of it.
    #[must_use]
    pub fn source(self) -> &'g Source {
        &self.graph.records.sources[self.index as usize]
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.source().id()
    }

    /// Its text, where it was at hand when it was loaded.
    #[must_use]
    pub fn text(self) -> Option<&'g str> {
        self.source().text.as_ref()?.at_hand.as_deref()
    }

    /// The source that stands for its independent origin: itself, or the first that it shares one with.
    #[must_use]
    pub fn origin(self) -> SourceRef<'g> {
        SourceRef { graph: self.graph, index: self.graph.origins[self.index as usize] }
    }

    /// Its claims, in its own order.
    #[must_use]
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'g>> {
        let starts = &self.graph.claims_of_sources;
        let (start, end) = (starts[self.index as usize], starts[self.index as usize + 1]);
        (start..end).map(move |index| Claim { graph: self.graph, index })
    }
}

impl PartialEq for SourceRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for SourceRef<'_> {}

impl PartialOrd for SourceRef<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourceRef<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl fmt::Display for SourceRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Debug for SourceRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The attributes that claims can say of a node, with the claims.
impl<'g> NodeRef<'g> {
    pub(crate) fn attribute_rows(self, attribute: Attribute) -> impl Iterator<Item = super::RowRef> + use<'g> {
        self.graph.facts.running_from(FactKind::Attribute(attribute), self.index)
    }
}
