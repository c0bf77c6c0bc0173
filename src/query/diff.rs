//! What differs between two views: two dates, or two tellings.

use super::Proposition;
use crate::graph::{Because, FactKind, View};
use crate::time::Certainty;

/// How a fact differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Only the second view has it.
    Gained,
    /// Only the first view has it.
    Lost,
    /// Both speak of it, and not alike: the one affirms what the other denies, or the one is sure where the other is not.
    Turned,
}

impl Change {
    /// The word: `gained`, `lost`, `turned`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Turned => "turned",
        }
    }
}

/// A fact in which two views differ.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Difference<'g> {
    /// How.
    pub change: Change,
    /// In what.
    pub what: Proposition<'g>,
    /// How sure it is in the first view; none if it does not hold there.
    pub before: Option<Certainty>,
    /// How sure it is in the second view; none if it does not hold there.
    pub after: Option<Certainty>,
    /// How sure the difference is: as the surer of the two.
    pub certainty: Certainty,
    /// The claims that it rests on, in either view, and for what turned those that deny it.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// What the other view shows differently, by kind of fact, then by its ends.
    ///
    /// Linear in the facts of the graph.
    ///
    /// ```
    /// use comity::{Batch, Change, Claimed, Coalition, Graph, Nation, Source, When, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note").published("2031-03-04".parse()?));
    /// let (kenya, pact) = (batch.node::<Nation>("KEN")?, batch.node::<Coalition>("harbour-pact")?);
    /// let since = When::since("2031-03-01".parse()?);
    /// batch.claim(note, Claimed::new(MemberOf::default(), kenya, pact).when(since));
    /// let graph = Graph::new().apply(batch)?;
    /// let (then, now) = (graph.view().as_of("2031-02-28".parse()?), graph.view().as_of("2031-03-01".parse()?));
    /// assert_eq!(then.diff(now).map(|one| one.change).collect::<Vec<_>>(), [Change::Gained]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the views are of two graphs.
    pub fn diff(self, other: View<'g>) -> impl Iterator<Item = Difference<'g>> {
        assert!(std::ptr::eq(self.graph, other.graph), "the two views are of two graphs");
        let facts = FactKind::all().flat_map(move |kind| self.graph.facts.all(kind));
        facts.filter_map(move |fact| {
            let (before, after) = (self.judge(fact), other.judge(fact));
            let change = match (before, after) {
                (None, None) => return None,
                (Some(one), Some(two)) if one == two => return None,
                (Some(_), Some(_)) => Change::Turned,
                (None, Some(_)) if self.is_denied(fact) => Change::Turned,
                (Some(_), None) if other.is_denied(fact) => Change::Turned,
                (None, Some(_)) => Change::Gained,
                (Some(_), None) => Change::Lost,
            };
            let mut because = Because::of(self, [fact]).and_in(other);
            if change == Change::Turned {
                let against = [self, other].map(|view| Because::of(view, [fact]));
                let denying = against.iter().flat_map(Because::against).map(|claim| claim.index);
                because = because.and(Because::of_claims(self, denying.collect::<Vec<_>>()));
            }
            let certainty = before.max(after)?;
            Some(Difference { change, what: Proposition::of(self, fact), before, after, certainty, because })
        })
    }
}
