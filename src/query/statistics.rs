//! How much there is of what.

use crate::graph::{FactKind, SourceRef, View};
use crate::model::{Modality, NodeKind};

/// Counts of what a view shows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics<'g> {
    /// How many nodes of each kind the graph has, in the order of [`NodeKind`].
    pub nodes: Vec<(NodeKind, usize)>,
    /// How many facts of each kind hold, in the order of [`FactKind::all`].
    pub facts: Vec<(FactKind, usize)>,
    /// How many claims can be heard, by modality.
    pub modalities: Vec<(Modality, usize)>,
    /// How many claims can be heard, by article.
    pub articles: Vec<(SourceRef<'g>, usize)>,
}

impl<'g> View<'g> {
    /// Counts of nodes, facts and claims; zeros are there too. Linear in the facts and claims.
    ///
    /// ```
    /// use comity::Graph;
    /// assert!(Graph::new().view().statistics().nodes.iter().all(|(_, count)| *count == 0));
    /// ```
    #[must_use]
    pub fn statistics(self) -> Statistics<'g> {
        let nodes = NodeKind::ALL.iter().map(|kind| (*kind, self.graph.nodes_of(*kind).count()));
        let holding = |kind| self.graph.facts.all(kind).filter(|fact| self.judge(*fact).is_some()).count();
        let mut modalities: Vec<_> = Modality::ALL.iter().map(|modality| (*modality, 0)).collect();
        let mut articles: Vec<_> = self.graph.sources().map(|source| (source, 0)).collect();
        for (source, count) in &mut articles {
            for claim in source.claims().filter(|claim| self.is_heard(*claim)) {
                *count += 1;
                modalities[claim.modality() as usize].1 += 1;
            }
        }
        Statistics {
            nodes: nodes.collect(),
            facts: FactKind::all().map(|kind| (kind, holding(kind))).collect(),
            modalities,
            articles,
        }
    }
}
