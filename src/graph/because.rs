//! The evidence of an answer.

use std::fmt;

use smallvec::SmallVec;

use super::claim::Claim;
use super::facts::RowRef;
use super::view::View;

/// The claims that an answer rests on, in canonical order. Found when asked for, not before.
///
/// ```
/// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
/// # let mut batch = Batch::new();
/// # let note = batch.source(Source::article("desk-note"));
/// # let (canada, pact) = (batch.node::<Nation>("CAN")?, batch.node::<Coalition>("harbour-pact")?);
/// # batch.claim(note, Claimed::new(MemberOf::default(), canada, pact));
/// let graph = Graph::new().apply(batch)?;
/// let pact = graph.find::<Coalition>("harbour-pact").expect("just added");
/// for member in graph.view().members(pact) {
///     let articles: Vec<_> = member.because.claims().map(|claim| claim.source().id()).collect();
///     assert_eq!(articles, ["desk-note"]);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Because<'g> {
    view: View<'g>,
    facts: Reasons,
    claims: Vec<u32>,
}

/// The facts that an answer rests on: mostly one, or one of each of two parties.
pub(crate) type Reasons = SmallVec<[RowRef; 2]>;

impl<'g> Because<'g> {
    pub(crate) fn of(view: View<'g>, facts: impl IntoIterator<Item = RowRef>) -> Self {
        Self::of_reasons(view, facts.into_iter().collect())
    }

    /// Of facts that are listed already, in the room that they have.
    pub(crate) fn of_reasons(view: View<'g>, facts: Reasons) -> Self {
        Self { view, facts, claims: Vec::new() }
    }

    /// For answers that rest on claims that are no fact of the view (denials, stated counts).
    pub(crate) fn of_claims(view: View<'g>, claims: impl IntoIterator<Item = u32>) -> Self {
        Self { view, facts: Reasons::new(), claims: claims.into_iter().collect() }
    }

    /// The view that it was asked through.
    pub(crate) fn view(&self) -> View<'g> {
        self.view
    }

    /// Also on what another view counts for the same facts.
    pub(crate) fn and_in(self, other: View<'g>) -> Self {
        let theirs = Self { view: other, facts: self.facts.clone(), claims: Vec::new() };
        let claims: Vec<u32> = theirs.claims().map(|claim| claim.index).collect();
        self.and(Self::of_claims(other, claims))
    }

    /// Also on these, as counted in their own view.
    pub(crate) fn and(mut self, other: Because<'g>) -> Self {
        if self.view.lens != other.view.lens {
            self.claims.extend(other.claims().map(|claim| claim.index));
        }
        self.facts.extend(other.facts);
        self.claims.extend(other.claims);
        self
    }

    /// The claims that support it.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = Claim<'g>> + use<'g> {
        let mut claims: Vec<u32> = self.facts.iter().flat_map(|fact| self.view.counting(*fact)).collect();
        claims.extend(&self.claims);
        claims.sort_unstable();
        claims.dedup();
        let graph = self.view.graph;
        claims.into_iter().map(move |index| Claim { graph, index })
    }

    /// The claims that speak against it: statements that deny one of its claims, and claims that it is not so.
    #[must_use]
    pub fn against(&self) -> impl ExactSizeIterator<Item = Claim<'g>> + use<'g> {
        let graph = self.view.graph;
        let mut claims = Vec::new();
        for fact in &self.facts {
            for claim in self.view.all_claims(*fact) {
                let denials = graph.denials.of(claim).iter().map(|index| Claim { graph, index: *index });
                claims.extend(denials.filter(|denial| denial.affirms()));
                let claim = Claim { graph, index: claim };
                claims.extend((claim.is_negated() && claim.is_told_as_so()).then_some(claim));
            }
        }
        claims.retain(|claim| self.view.is_heard(*claim));
        claims.sort();
        claims.dedup();
        claims.into_iter()
    }
}

impl fmt::Debug for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.claims()).finish()
    }
}
