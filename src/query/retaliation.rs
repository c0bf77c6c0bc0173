//! Which act is said to answer which, by whom, and who denies it.

use super::Dates;
use super::contested::{deniers, voices};
use crate::graph::{Because, FactKind, NodeRef, RowRef, View, Voice};
use crate::model::{Node, Qualifier, RelationKind};
use crate::time::Certainty;

/// That one act answers another in kind.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Retaliation<'g> {
    /// What answers.
    pub response: NodeRef<'g>,
    /// What it answers.
    pub to: NodeRef<'g>,
    /// Who says so, each once, in the order of the claims.
    pub claimed_by: Vec<Voice<'g>>,
    /// Who denies it, each once, in the order of the claims.
    pub denied_by: Vec<Voice<'g>>,
    /// How many days later the response began, from at least to at most; none where the dates do not say.
    pub lag_days: Option<(i32, i32)>,
    /// Whether the response came after.
    pub order: Precedence,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on; [`Because::against`] gives those that deny it.
    pub because: Because<'g>,
}

/// Whether a response came after what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Precedence {
    /// It did.
    After,
    /// Both on the same day.
    SameDay,
    /// It came before: no answer, if the dates are right.
    Before,
    /// The dates do not say, or claims disagree about them.
    Unknown,
}

impl Precedence {
    /// The word: `after`, `same_day`, `before`, `unknown`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::SameDay => "same_day",
            Self::Before => "before",
            Self::Unknown => "unknown",
        }
    }
}

/// Answers that answer answers: the first answers what the second is, and so on.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RetaliationChain<'g> {
    /// From the last act back to the first.
    pub links: Vec<Retaliation<'g>>,
    /// As sure as the least sure link.
    pub certainty: Certainty,
    /// The claims of all links.
    pub because: Because<'g>,
}

/// Retaliation, by response, then by what it answers: what [`View::retaliation`] gives. Narrow it, then iterate.
#[derive(Debug, Clone)]
#[must_use]
pub struct Retaliations<'g> {
    view: View<'g>,
    next: u32,
    by: Option<u32>,
}

const RETALIATES_FOR: FactKind = FactKind::Relation(RelationKind::RetaliatesFor);

impl<'g> View<'g> {
    /// The acts that are said to answer others in kind. Linear in these.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Detention, Graph, Nation, Source, relations::RetaliatesFor};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let chile = batch.node::<Nation>("CHL")?;
    /// let (sailors, banker) = (batch.node::<Detention>("sailors")?, batch.node::<Detention>("banker")?);
    /// batch.claim(note, Claimed::new(RetaliatesFor, sailors, banker).said_by(chile));
    /// let graph = Graph::new().apply(batch)?;
    /// let answer = graph.view().retaliation().next().expect("one");
    /// assert_eq!((answer.claimed_by[0].to_string(), answer.lag_days), ("nation/CHL".into(), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn retaliation(self) -> Retaliations<'g> {
        Retaliations { view: self, next: 0, by: None }
    }

    /// The chains of at least two answers, from acts that nothing is said to answer; an act that comes again ends its chain.
    ///
    /// As many as there are ways through: exponential in the worst case, so take only as many as you need.
    pub fn retaliation_chains(self) -> impl Iterator<Item = RetaliationChain<'g>> {
        let ends = self.graph.facts.all(RETALIATES_FOR);
        let mut starts: Vec<u32> =
            ends.filter(|fact| self.judge(*fact).is_some()).map(|fact| self.graph.facts.source(fact)).collect();
        starts.dedup();
        starts.retain(|start| self.running_to(RETALIATES_FOR, *start).next().is_none());
        let mut open: Vec<Vec<RowRef>> = Vec::new();
        for start in starts.into_iter().rev() {
            open.extend(self.answers_of(start).into_iter().rev().map(|fact| vec![fact]));
        }
        std::iter::from_fn(move || {
            loop {
                let path = open.pop()?;
                let facts = &self.graph.facts;
                let last = facts.target(*path.last()?);
                let further: Vec<_> = self
                    .answers_of(last)
                    .into_iter()
                    .filter(|fact| !path.iter().any(|step| facts.source(*step) == facts.target(*fact)))
                    .collect();
                if further.is_empty() {
                    if path.len() < 2 {
                        continue;
                    }
                    let links: Vec<_> = path.iter().filter_map(|fact| self.answer(*fact)).collect();
                    let certainty = links.iter().map(|link| link.certainty).min()?;
                    return Some(RetaliationChain { links, certainty, because: Because::of(self, path) });
                }
                open.extend(further.into_iter().rev().map(|fact| path.iter().copied().chain([fact]).collect()));
            }
        })
    }

    fn answers_of(self, response: u32) -> Vec<RowRef> {
        self.running_from(RETALIATES_FOR, response).map(|(fact, _)| fact).collect()
    }

    fn answer(self, fact: RowRef) -> Option<Retaliation<'g>> {
        let certainty = self.judge(fact)?;
        let (response, to) = (self.graph.facts.source(fact), self.graph.facts.target(fact));
        let because = Because::of(self, [fact]);
        let (lag_days, order) = self.lag(response, to);
        Some(Retaliation {
            response: self.node(response),
            to: self.node(to),
            claimed_by: voices(because.claims()),
            denied_by: deniers(because.against()),
            lag_days,
            order,
            certainty,
            because,
        })
    }

    /// How many days after, from the dates of the two; failing that, from what is said of their order.
    fn lag(self, response: u32, to: u32) -> (Option<(i32, i32)>, Precedence) {
        if let (Some(later), Some(earlier)) = (self.beginning(response), self.beginning(to)) {
            let lag = (later.0 - earlier.1, later.1 - earlier.0);
            let order = match lag {
                (0, 0) => Precedence::SameDay,
                (least, _) if least > 0 => Precedence::After,
                (_, most) if most < 0 => Precedence::Before,
                _ => self.stated_order(response, to).1,
            };
            return (Some(lag), order);
        }
        self.stated_order(response, to)
    }

    fn stated_order(self, response: u32, to: u32) -> (Option<(i32, i32)>, Precedence) {
        let known = self.at_any_time();
        let follows = |later: u32, earlier: u32| {
            let facts = known.running_from(FactKind::Relation(RelationKind::Follows), later);
            facts.into_iter().find(|(fact, _)| known.graph.facts.target(*fact) == earlier).map(|(fact, _)| fact)
        };
        let reversed = follows(to, response).is_some();
        if let Some(fact) = follows(response, to).filter(|_| !reversed) {
            let claims = known.counting(fact).into_iter();
            let lags = claims.filter_map(|claim| known.graph.records.qualifiers_of(claim).integer(Qualifier::LagDays));
            let lags: Vec<_> = lags.collect();
            let lag = lags.iter().min().copied().zip(lags.iter().max().copied());
            return (lag, if lag == Some((0, 0)) { Precedence::SameDay } else { Precedence::After });
        }
        let is_before = reversed && follows(response, to).is_none();
        (None, if is_before { Precedence::Before } else { Precedence::Unknown })
    }

    /// The days between which an event began, both included: what all its dated claims allow, or if they allow nothing
    /// together, from the first to the last.
    fn beginning(self, event: u32) -> Option<(i32, i32)> {
        let known = self.at_any_time();
        let (fact, _) = known.event(event)?;
        let claims = known.counting(fact).into_iter();
        let ranges: Vec<_> = claims
            .filter_map(|claim| Dates::beginning(self.graph.facts.when(&self.graph.records, claim, fact)))
            .collect();
        let latest_first = ranges.iter().map(|range| range.0).max()?;
        let earliest_last = ranges.iter().map(|range| range.1).min()?;
        if latest_first <= earliest_last {
            return Some((latest_first, earliest_last));
        }
        Some((ranges.iter().map(|range| range.0).min()?, ranges.iter().map(|range| range.1).max()?))
    }

    /// Who acts in an event.
    fn actors(self, event: u32) -> Vec<NodeRef<'g>> {
        const ACTING: [RelationKind; 4] =
            [RelationKind::Detains, RelationKind::Imposes, RelationKind::TakesPartIn, RelationKind::Makes];
        ACTING.iter().flat_map(|relation| self.at_any_time().sources_of(*relation, event)).collect()
    }
}

impl<'g> Retaliations<'g> {
    /// Only those in which this actor answers, itself or by who speaks for it.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn by(mut self, actor: impl Into<Node>) -> Self {
        self.by = Some(self.view.index(actor));
        self
    }
}

impl<'g> Iterator for Retaliations<'g> {
    type Item = Retaliation<'g>;

    fn next(&mut self) -> Option<Retaliation<'g>> {
        let view = self.view;
        while (self.next as usize) < view.graph.facts.table(RETALIATES_FOR).len() {
            let fact = RowRef { kind: RETALIATES_FOR, row: self.next };
            self.next += 1;
            let response = view.graph.facts.source(fact);
            let acts = |wanted| view.actors(response).iter().any(|one| view.speaks_for(one.index, wanted, None));
            if self.by.is_none_or(acts)
                && let Some(answer) = view.answer(fact)
            {
                return Some(answer);
            }
        }
        None
    }
}
