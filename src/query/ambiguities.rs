//! Names that an article leaves open.

use super::Candidate;
use crate::gazetteer::{Gazetteer, LookUp};
use crate::graph::{Because, NodeRef, SourceRef, View};
use crate::model::NodeKind;
use crate::time::Certainty;

/// A name in an article that can stand for several, and that the annotator did not resolve.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ambiguity<'g> {
    /// The name.
    pub name: &'g str,
    /// The article.
    pub article: SourceRef<'g>,
    /// What only that article knows under the name.
    pub node: NodeRef<'g>,
    /// Whom it can mean, by key.
    pub candidates: Vec<Candidate>,
    /// How sure it is that the name is ambiguous: it is.
    pub certainty: Certainty,
    /// The claims in which it plays a part.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// The names without a key that can stand for several: of nations those that the gazetteer calls ambiguous on the day of
    /// publication, of others those that several keyed nodes of the kind bear. By kind, then by article.
    ///
    /// Linear in the nodes without a key.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Nation, Organization, Source, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (korea, club) = (batch.local_node::<Nation>(note, "korea"), batch.node::<Organization>("club")?);
    /// batch.name(note, korea, "Korea").claim(note, Claimed::new(MemberOf::default(), korea, club));
    /// let graph = Graph::new().apply(batch)?;
    /// let ambiguity = graph.view().ambiguities().next().expect("North or South?");
    /// assert_eq!(ambiguity.candidates.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ambiguities(self) -> impl Iterator<Item = Ambiguity<'g>> {
        let unkeyed = self.graph.nodes().filter(|node| node.slug().is_none());
        unkeyed.filter_map(move |node| {
            let (name, article) = (node.name()?, node.scope()?);
            let candidates = self.candidates(node, name, article);
            let claims: Vec<u32> = self.claims(node).map(|claim| claim.index).collect();
            let is_heard = !claims.is_empty() && candidates.len() > 1;
            let because = Because::of_claims(self, claims);
            let certainty = Certainty::Certain;
            is_heard.then_some(Ambiguity { name, article, node, candidates, certainty, because })
        })
    }

    fn candidates(self, node: NodeRef<'g>, name: &str, article: SourceRef<'g>) -> Vec<Candidate> {
        if node.kind() == NodeKind::Nation {
            let gazetteer = Gazetteer::builtin();
            let found = match article.source().published {
                Some(date) => gazetteer.look_up_at(name, date.last()),
                None => gazetteer.look_up(name),
            };
            return match found {
                LookUp::Ambiguous(found) => found.iter().map(Candidate::nation).collect(),
                LookUp::One(_) | LookUp::Unknown(_) => Vec::new(),
            };
        }
        let named = self.graph.names.find(name).map(|(_, index)| self.node(index));
        let mut keyed: Vec<_> = named.filter(|one| one.kind() == node.kind() && one.slug().is_some()).collect();
        keyed.sort();
        keyed.dedup();
        keyed.into_iter().map(Candidate::of).collect()
    }
}
