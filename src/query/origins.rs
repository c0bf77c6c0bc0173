//! How many independent origins a claim has: ten copies of one wire story are one.

use crate::graph::{Because, Claim, Graph, SourceRef, View};
use crate::time::Certainty;

/// Claims of one fact that come from one independent origin.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OriginGroup<'g> {
    /// The article that stands for the origin: of those that share it, the first by id.
    pub origin: SourceRef<'g>,
    /// The articles, by id.
    pub articles: Vec<SourceRef<'g>>,
    /// How sure it is that they say the same: it is.
    pub certainty: Certainty,
    /// The claims.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// The claims of the same fact as this one that can be heard, grouped by independent origin, by origin.
    ///
    /// Linear in the claims of the fact.
    ///
    /// # Panics
    /// If the claim is of another graph.
    pub fn origins(self, claim: Claim<'g>) -> impl Iterator<Item = OriginGroup<'g>> {
        assert!(std::ptr::eq(self.graph, claim.graph), "{claim:?} is of another graph");
        let mut groups: Vec<(SourceRef<'g>, Vec<Claim<'g>>)> = Vec::new();
        for same in claim.same_fact().into_iter().filter(|same| self.is_heard(*same)) {
            let origin = same.source().origin();
            match groups.iter_mut().find(|(known, _)| *known == origin) {
                Some((_, claims)) => claims.push(same),
                None => groups.push((origin, vec![same])),
            }
        }
        groups.sort_by_key(|(origin, _)| *origin);
        groups.into_iter().map(move |(origin, claims)| {
            let mut articles: Vec<_> = claims.iter().map(|claim| claim.source()).collect();
            articles.dedup();
            let because = Because::of_claims(self, claims.iter().map(|claim| claim.index));
            OriginGroup { origin, articles, certainty: Certainty::Certain, because }
        })
    }
}

impl Graph {
    /// The claim of this id, `article#f3`. Linear in the claims of its article.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Nation, Person, Source, relations::NationalOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (rojas, chile) = (batch.node::<Person>("ines-rojas")?, batch.node::<Nation>("CHL")?);
    /// batch.claim(note, Claimed::new(NationalOf, rojas, chile));
    /// let graph = Graph::new().apply(batch)?;
    /// let claim = graph.claim("desk-note#f1").expect("the first of the note");
    /// assert_eq!(graph.view().origins(claim).count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<Claim<'_>> {
        let (article, local) = id.rsplit_once('#')?;
        self.source(article)?.claims().find(|claim| claim.local_id() == local)
    }
}
