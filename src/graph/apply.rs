//! The graph, and how the next one is made.

use super::canonical::canonical;
use super::facts::{FactKind, Facts};
use super::handle::{NodeRef, SourceRef};
use super::kinds::Kinds;
use super::lists::Lists;
use super::lower::content;
use super::names::Names;
use super::pledged::AllPledged;
use super::pool::Pool;
use super::view::{Further, Lens, View};
use crate::batch::records::{NONE, NodeRow, Records};
use crate::batch::{Batch, next_owner};
use crate::model::{Act, FactType, Id, Key, Kind, Node, NodeKind, Official, Qualifier, RelationKind};
use crate::provenance::independent_origins;

/// A typed, temporal knowledge graph of diplomatic relations. Immutable, `Send + Sync`.
///
/// Its nodes and edges are what its claims support; it is asked through a [`View`]. Handles ([`Id`], [`Node`]) are good for
/// the graph that gave them out: the next graph gives out its own, and one used with the wrong graph fails loudly: a
/// method that takes a handle panics and says so; [`Graph::owns`] asks first.
///
/// ```
/// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note"));
/// let (canada, pact) = (batch.node::<Nation>("CAN")?, batch.node::<Coalition>("harbour-pact")?);
/// batch.claim(note, Claimed::new(MemberOf::default(), canada, pact));
/// let graph = Graph::new().apply(batch)?;
/// let pact = graph.find::<Coalition>("harbour-pact").expect("just added");
/// assert_eq!(graph.view().members(pact).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Graph {
    pub(crate) records: Records,
    pub(crate) kinds: Kinds,
    pub(crate) facts: Facts,
    pub(crate) names: Names,
    /// For each source the number of its independent origin.
    pub(crate) origins: Vec<u32>,
    /// The claims in which a node plays a part, node after node.
    pub(crate) claims_of_nodes: Lists,
    /// The claims that each claim is denied by: statements with act `deny`.
    pub(crate) denials: Lists,
    /// Where the claims of each source begin; one more than there are sources.
    pub(crate) claims_of_sources: Vec<u32>,
    pub(super) pledged: AllPledged,
    pub(super) pool: Pool<Further>,
    owner: u32,
}

/// What a graph works out of its rows: dear to make again for a large one.
#[derive(Debug)]
pub(crate) struct Derived {
    pub(crate) facts: Facts,
    pub(crate) names: Names,
    pub(crate) origins: Vec<u32>,
    pub(crate) claims_of_nodes: Lists,
    pub(crate) denials: Lists,
}

/// The claims in which each node plays a part, once each, in their order. Linear.
fn claims_of_nodes(records: &Records) -> Lists {
    let mut parts = Vec::new();
    Lists::new(records.nodes.len(), |say| {
        for (claim, row) in (0..).zip(&records.claims) {
            let arguments = records.arguments_of(claim);
            parts.clear();
            parts.extend(arguments.filter_map(|argument| records.filler_node(argument.filler)));
            parts.extend(Some(row.event).filter(|node| *node != NONE).into_iter().chain(row.said_by()));
            parts.sort_unstable();
            parts.dedup();
            parts.iter().for_each(|node| say(*node, claim));
        }
    })
}

/// Why a batch cannot become part of a graph. The graph is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// Articles with these ids are there already.
    #[error("there already: {}", ids.join(", "))]
    SourceTwice {
        /// The ids.
        ids: Vec<String>,
    },
}

impl Default for Graph {
    fn default() -> Self {
        Self::of(Records::default())
    }
}

impl Graph {
    /// The empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The graph with the batch's claims too. The order in which batches are applied makes no difference.
    ///
    /// Builds all columns and indexes anew: O(n log n) in the claims of both, once.
    ///
    /// # Errors
    /// [`ApplyError::SourceTwice`] if an article of the batch is there already.
    pub fn apply(&self, batch: Batch) -> Result<Self, ApplyError> {
        self.apply_all([batch])
    }

    /// The graph with the claims of several batches, built once: for batches that were filled side by side, each in its own
    /// thread. The same graph as if they were applied one after the other, in any order.
    ///
    /// O(n log n) in the claims of all.
    ///
    /// # Errors
    /// [`ApplyError::SourceTwice`] if an article is there already, or in two of the batches.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
    /// let desk = |article: &str, nation: &str| {
    ///     let mut batch = Batch::new();
    ///     let note = batch.source(Source::article(article));
    ///     let (nation, pact) = (batch.node::<Nation>(nation)?, batch.node::<Coalition>("harbour-pact")?);
    ///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
    ///     Ok::<_, comity::KeyError>(batch)
    /// };
    /// let graph = Graph::new().apply_all([desk("north", "ISL")?, desk("south", "KEN")?])?;
    /// let pact = graph.find::<Coalition>("harbour-pact").expect("in both");
    /// assert_eq!(graph.view().members(pact).count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_all(&self, batches: impl IntoIterator<Item = Batch>) -> Result<Self, ApplyError> {
        let own = Some(&self.records).filter(|own| !(own.sources.is_empty() && own.nodes.is_empty()));
        let parts = own.cloned().into_iter().chain(batches.into_iter().flat_map(Batch::into_parts));
        Ok(Self::of(canonical(parts.collect())?))
    }

    fn of(records: Records) -> Self {
        let claims = 0..records.claims.len() as u32;
        let denies = |claim: &u32| {
            records.claims[*claim as usize].fact == FactType::Statement
                && records.qualifiers_of(*claim).word(Qualifier::Act) == Some(Act::Deny.as_str())
        };
        let denied = |claim: u32| content(&records, claim).map(move |denied| (denied, claim));
        let mut denials: Vec<(u32, u32)> = claims.filter(denies).flat_map(denied).collect();
        denials.sort_unstable();
        denials.dedup();
        let (facts, claims_of_nodes) = Facts::new(&records, || claims_of_nodes(&records));
        let derived = Derived {
            facts,
            names: Names::new(&records),
            origins: independent_origins(records.sources.iter()),
            claims_of_nodes,
            denials: Lists::new(records.claims.len(), |say| denials.iter().for_each(|(denied, by)| say(*denied, *by))),
        };
        Self::from_parts(records, derived)
    }

    /// From rows in canonical order and what was worked out of them before.
    pub(crate) fn from_parts(records: Records, derived: Derived) -> Self {
        let mut claims_of_sources = vec![0; records.sources.len() + 1];
        for (claim, row) in (1..).zip(&records.claims) {
            claims_of_sources[row.source as usize + 1] = claim;
        }
        for at in 1..claims_of_sources.len() {
            claims_of_sources[at] = claims_of_sources[at].max(claims_of_sources[at - 1]);
        }
        let Derived { facts, names, origins, claims_of_nodes, denials } = derived;
        let kinds = Kinds::new(&records.nodes);
        Self {
            pledged: AllPledged::new(&records, kinds.nodes(NodeKind::Coalition), &names),
            kinds,
            names,
            origins,
            claims_of_nodes,
            denials,
            claims_of_sources,
            facts,
            records,
            pool: Pool::default(),
            owner: next_owner(),
        }
    }

    /// From rows in whatever order: as if a batch had them.
    pub(crate) fn from_records(records: Records) -> Result<Self, ApplyError> {
        Ok(Self::of(canonical(vec![records])?))
    }

    /// The view with nothing left out: what some voice affirms, at any time.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { graph: self, lens: Lens::default() }
    }

    /// The node of this key, if the graph has it: `graph.find::<Nation>("CAN")`. Logarithmic in the nodes.
    ///
    /// For an [`Official`] it is asked whether the person is said to hold or have held an office.
    #[must_use]
    pub fn find<K: Kind>(&self, slug: &str) -> Option<Id<K>> {
        self.find_key(&Key::new::<K>(slug).ok()?).and_then(|node| self.typed(node))
    }

    /// The node of this key, its kind known at run time.
    #[must_use]
    pub fn find_key(&self, key: &Key) -> Option<Node> {
        let name = self.records.strings.find(key.slug())?;
        self.records.find_node(NodeRow { kind: key.kind(), scope: NONE, name }).map(|index| self.handle(index))
    }

    /// The typed handle, if the node is of that kind; for an [`Official`], if the person is said to hold or have held an
    /// office.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn typed<K: Kind>(&self, node: impl Into<Node>) -> Option<Id<K>> {
        let node = node.into();
        let index = self.index(node);
        let office = FactKind::Relation(RelationKind::HoldsOffice);
        let fits = node.kind() == K::KIND
            && (K::NAME != Official::NAME || self.view().running_from(office, index).next().is_some());
        fits.then(|| Id::from_node(node))
    }

    /// The node behind a handle, with its names.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn node(&self, node: impl Into<Node>) -> NodeRef<'_> {
        NodeRef { graph: self, index: self.index(node.into()) }
    }

    /// Every node, by kind and key.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> {
        (0..self.records.nodes.len() as u32).map(|index| NodeRef { graph: self, index })
    }

    /// Every node of a kind, by key.
    pub fn nodes_of(&self, kind: NodeKind) -> impl Iterator<Item = NodeRef<'_>> {
        self.rows_of(kind).map(|index| NodeRef { graph: self, index })
    }

    /// The rows of the nodes of a kind: they stand together.
    pub(crate) fn rows_of(&self, kind: NodeKind) -> std::ops::Range<u32> {
        self.kinds.nodes(kind)
    }

    /// Every article and data set, by id.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = SourceRef<'_>> {
        (0..self.records.sources.len() as u32).map(|index| SourceRef { graph: self, index })
    }

    /// The article or data set of this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<SourceRef<'_>> {
        let at = self.records.sources.binary_search_by(|source| source.id().cmp(id)).ok()?;
        Some(SourceRef { graph: self, index: at as u32 })
    }

    /// Whether this graph gave out the handle.
    #[must_use]
    pub fn owns(&self, node: impl Into<Node>) -> bool {
        let node = node.into();
        node.owner() == self.owner && (node.index as usize) < self.records.nodes.len()
    }

    #[inline]
    pub(crate) fn handle(&self, index: u32) -> Node {
        Node::new(self.kinds.of(index), index, self.owner)
    }

    /// The row of a node, or the loud failure.
    #[inline]
    #[track_caller]
    pub(crate) fn index(&self, node: Node) -> u32 {
        assert!(
            node.owner() == self.owner,
            "{node:?} was given out by another batch or graph: look it up in this one by its key"
        );
        node.index
    }
}
