//! The evidence of an answer.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

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
    facts: Grounds,
    /// Seldom any, and then a word in the answer.
    claims: Option<Box<Further>>,
}

/// Claims that are no fact of the view, or that another view counts.
#[derive(Clone)]
struct Further(Vec<u32>);

/// The facts that an answer rests on: mostly one, or one of each of two parties.
pub(crate) type Reasons = SmallVec<[RowRef; 2]>;

/// The facts that many answers rest on, answer after answer, each with its part of the list.
pub(crate) type ReasonsOfMany = Arc<Vec<RowRef>>;

/// The facts of one answer.
#[derive(Clone)]
enum Grounds {
    Own(Reasons),
    /// A part of a list. Where each of many answers has more facts than an answer has room for, one list costs less than one of each.
    Listed(ReasonsOfMany, Range<usize>),
}

impl Deref for Grounds {
    type Target = [RowRef];

    fn deref(&self) -> &[RowRef] {
        match self {
            Self::Own(facts) => facts,
            Self::Listed(list, part) => &list[part.clone()],
        }
    }
}

impl Grounds {
    /// These as its own, to add others to.
    fn into_own(self) -> Reasons {
        match self {
            Self::Own(facts) => facts,
            Self::Listed(list, part) => Reasons::from(&list[part]),
        }
    }
}

impl<'g> Because<'g> {
    #[inline]
    pub(crate) fn of(view: View<'g>, facts: impl IntoIterator<Item = RowRef>) -> Self {
        let mut reasons = Reasons::new();
        // One by one: they are so few that asking how many there will be costs more.
        facts.into_iter().for_each(|fact| reasons.push(fact));
        Self::of_reasons(view, reasons)
    }

    /// Of facts that are listed already, in the room that they have.
    #[inline]
    pub(crate) fn of_reasons(view: View<'g>, facts: Reasons) -> Self {
        Self { view, facts: Grounds::Own(facts), claims: None }
    }

    /// Of the facts in a part of a list, those from a place on as another view counts them.
    #[inline]
    pub(crate) fn of_listed(
        view: View<'g>,
        list: &ReasonsOfMany,
        part: Range<usize>,
        (other, from): (View<'g>, usize),
    ) -> Self {
        let of = |view, part| Self { view, facts: Grounds::Listed(Arc::clone(list), part), claims: None };
        let all = of(view, part.clone());
        if view.lens == other.lens {
            return all;
        }
        all.and_claims(of(other, from..part.end).claims().map(|claim| claim.index))
    }

    /// For answers that rest on claims that are no fact of the view (denials, stated counts).
    pub(crate) fn of_claims(view: View<'g>, claims: impl IntoIterator<Item = u32>) -> Self {
        Self::of_reasons(view, Reasons::new()).and_claims(claims)
    }

    /// The view that it was asked through.
    pub(crate) fn view(&self) -> View<'g> {
        self.view
    }

    /// Also on what another view counts for the same facts.
    pub(crate) fn and_in(self, other: View<'g>) -> Self {
        let theirs = Self { view: other, facts: self.facts.clone(), claims: None };
        let claims: Vec<u32> = theirs.claims().map(|claim| claim.index).collect();
        self.and(Self::of_claims(other, claims))
    }

    /// Also on these, as counted in their own view.
    pub(crate) fn and(mut self, other: Because<'g>) -> Self {
        if self.view.lens != other.view.lens {
            self = self.and_claims(other.claims().map(|claim| claim.index));
        }
        let mut facts = self.facts.into_own();
        facts.extend_from_slice(&other.facts);
        self.facts = Grounds::Own(facts);
        self.and_claims(other.claims.into_iter().flat_map(|further| further.0))
    }

    fn and_claims(mut self, claims: impl IntoIterator<Item = u32>) -> Self {
        let mut claims = claims.into_iter().peekable();
        if claims.peek().is_some() {
            self.claims.get_or_insert_with(|| Box::new(Further(Vec::new()))).0.extend(claims);
        }
        self
    }

    /// The facts among what it rests on.
    pub(crate) fn facts(&self) -> &[RowRef] {
        &self.facts
    }

    /// The claims that support it.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = Claim<'g>> + use<'g> {
        let mut claims: Vec<u32> = self.facts.iter().flat_map(|fact| self.view.counting(*fact)).collect();
        claims.extend(self.claims.iter().flat_map(|further| &further.0));
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
        for fact in &*self.facts {
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
