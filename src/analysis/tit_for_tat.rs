//! Detentions that answer each other in kind, as far as dates can show: no claim need say so.
//!
//! What somebody calls an answer is [`View::retaliation`]; here only who, whom and when are compared.

use std::num::NonZeroU32;

use crate::graph::{Because, FactKind, NodeRef, Reasons, RowRef, View};
use crate::model::{NodeKind, RelationKind};
use crate::time::Certainty;

/// A detention that follows another in kind: a nation holds nationals of one that held nationals of its own shortly before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TitForTat<'g> {
    /// The detention that came first.
    pub first: NodeRef<'g>,
    /// The one that came after.
    pub answer: NodeRef<'g>,
    /// Who holds somebody in the first, and whose national is held in the answer.
    pub by: NodeRef<'g>,
    /// Whose national is held in the first, and who holds somebody in the answer.
    pub answered_by: NodeRef<'g>,
    /// How many days after the first the answer began, at least and at most.
    pub lag_days: (i32, i32),
    /// Certain if it began after the first and within the days asked for whichever the days were, and all else is certain too.
    pub certainty: Certainty,
    /// The claims of both detentions, of the nationalities and of the groups among them.
    pub because: Because<'g>,
}

/// What [`View::tit_for_tat`] finds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TitsForTats<'g> {
    /// The pairs, by the first detention, then by the answer, then by who holds whom, all by key.
    pub pairs: Vec<TitForTat<'g>>,
    /// The detentions of one nation's nationals by another that no pair can be made of, because nothing says on both sides between
    /// which days they began; by key.
    pub undated: Vec<NodeRef<'g>>,
}

/// That a nation holds a national of another. Sorted by the two, then by when it began. There may be many: numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Case {
    by: u32,
    of: u32,
    /// Between which days it began, both included.
    first: i32,
    last: i32,
    detention: u32,
    certainty: Certainty,
    /// The rows that say who holds, who is held, and what makes a national of whoever is held.
    rows: [u32; 3],
    /// Which groups they are held in or nationals by, and whose ministry holds them: the place in [`Cases::ways`], if any.
    ways: Option<NonZeroU32>,
}

/// What is gathered from a view.
#[derive(Default)]
struct Cases {
    cases: Vec<Case>,
    /// The first is empty.
    ways: Vec<Reasons>,
    undated: Vec<u32>,
}

const DETAINS: FactKind = FactKind::Relation(RelationKind::Detains);
const HELD_IN: FactKind = FactKind::Relation(RelationKind::HeldIn);
const NATIONAL_OF: FactKind = FactKind::Relation(RelationKind::NationalOf);
const AFFILIATED_WITH: FactKind = FactKind::Relation(RelationKind::AffiliatedWith);
const INCLUDES: FactKind = FactKind::Relation(RelationKind::Includes);

impl<'g> View<'g> {
    /// The pairs of detentions where first a nation holds a national of another, and then the other holds a national of the first,
    /// more than 0 and at most so many days later.
    ///
    /// Both must hold in the view. Days are those on which they began, as all that is said of them leaves open: dates that are only
    /// partly known give pairs that are possible. Nationality is taken at any time; a ministry or embassy that holds somebody does
    /// it for its nation.
    ///
    /// O(n log n) in the detentions, and linear in the pairs and near pairs.
    ///
    /// ```
    /// use comity::{Batch, Certainty, Claimed, Fact, FactType, Graph, Nation, Person, Role, Source, When};
    /// use comity::relations::NationalOf;
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// for (person, nation, holder, from) in [("a", "ISL", "CHL", "2031-05-01"), ("b", "CHL", "ISL", "2031-05")] {
    ///     let (person, nation) = (batch.node::<Person>(person)?, batch.node::<Nation>(nation)?);
    ///     let holder = batch.node::<Nation>(holder)?;
    ///     batch.claim(note, Claimed::new(NationalOf, person, nation));
    ///     let held = Fact::new(FactType::Detention).role(Role::Detained, person).role(Role::By, holder);
    ///     batch.fact(note, held.when(When::from(from.parse()?)))?;
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let found = graph.view().tit_for_tat(90);
    /// assert_eq!((found.pairs[0].lag_days, found.pairs[0].certainty), ((0, 30), Certainty::Possible));
    /// assert_eq!((found.pairs[0].because.claims().len(), found.undated.len()), (4, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn tit_for_tat(self, within_days: u32) -> TitsForTats<'g> {
        let within = i32::try_from(within_days).unwrap_or(i32::MAX);
        let mut gathered = Cases::default();
        gathered.ways.push(Reasons::new());
        gathered.cases.reserve(self.graph.facts.table(DETAINS).len());
        for detention in self.graph.nodes_of(NodeKind::Detention) {
            for (detains, certainty) in self.running_to(DETAINS, detention.index) {
                self.gather(detains, certainty, &mut gathered);
            }
        }
        gathered.undated.dedup();
        let cases = &mut gathered.cases;
        cases.sort_unstable();
        let widest = cases.iter().map(|case| case.last - case.first).max().unwrap_or(0);
        // Where the answers of each nation begin to those who are still to come.
        let mut nexts = vec![cases.len(); cases.last().map_or(0, |last| last.by as usize + 1)];
        cases.iter().enumerate().rev().for_each(|(place, case)| nexts[case.by as usize] = place);
        let mut found: Vec<(Case, Case)> = Vec::new();
        for firsts in cases.chunk_by(|one, other| (one.by, one.of) == (other.by, other.of)) {
            let turned = (firsts[0].of, firsts[0].by);
            let Some(next) = nexts.get_mut(turned.0 as usize) else { continue };
            *next += cases[*next..].iter().take_while(|case| (case.by, case.of) < turned).count();
            let mut answers = &cases[*next..];
            for first in firsts {
                let is_answer = |answer: &&Case| (answer.by, answer.of) == turned;
                // Firsts come by the day on which they may have begun, so what is too early for one is so for the next.
                let too_early = first.first.saturating_sub(widest);
                let early = answers.iter().take_while(is_answer).take_while(|answer| answer.first <= too_early);
                answers = &answers[early.count()..];
                let latest = first.last.saturating_add(within);
                let near = answers.iter().take_while(is_answer).take_while(|answer| answer.first <= latest);
                let follows = |answer: &&Case| within > 0 && answer.last > first.first;
                found.extend(near.filter(follows).map(|answer| (*first, *answer)));
            }
        }
        found.sort_by_key(|(first, answer)| (first.detention, answer.detention, first.by, first.of));
        let pairs = found.chunk_by(|one, other| {
            let key = |(first, answer): &(Case, Case)| (first.detention, answer.detention, first.by, first.of);
            key(one) == key(other)
        });
        let pairs = pairs.map(|tellings| self.pair(tellings, within, &gathered.ways)).collect();
        TitsForTats { pairs, undated: gathered.undated.iter().map(|detention| self.node(*detention)).collect() }
    }

    /// One pair, by all who are held in the two.
    fn pair(self, tellings: &[(Case, Case)], within: i32, ways: &[Reasons]) -> TitForTat<'g> {
        let (first, answer) = tellings[0];
        let lag_days = (answer.first - first.last, answer.last - first.first);
        let in_time = if lag_days.0 > 0 && lag_days.1 <= within { Certainty::Certain } else { Certainty::Possible };
        let certainty = tellings.iter().map(|(first, answer)| first.certainty.min(answer.certainty)).max();
        let cases = || tellings.iter().flat_map(|(first, answer)| [*first, *answer]);
        let fact = |kind: FactKind, row: u32| RowRef { kind, row };
        let own = cases().flat_map(|case| [fact(DETAINS, case.rows[0]), fact(HELD_IN, case.rows[1])]);
        let others = cases().flat_map(|case| {
            let ways = &ways[case.ways.map_or(0, |place| place.get() as usize)];
            ways.iter().copied().chain([fact(NATIONAL_OF, case.rows[2])])
        });
        TitForTat {
            first: self.node(first.detention),
            answer: self.node(answer.detention),
            by: self.node(first.by),
            answered_by: self.node(first.of),
            lag_days,
            certainty: certainty.map_or(in_time, |certainty| certainty.min(in_time)),
            because: Because::of(self, own).and(Because::of(self.at_any_time(), others)),
        }
    }

    /// Which nations are said to hold nationals of which, by one who holds somebody in a detention.
    fn gather(self, detains: RowRef, certainty: Certainty, gathered: &mut Cases) {
        let known = self.at_any_time();
        let facts = &self.graph.facts;
        let (detainer, detention) = (facts.source(detains), facts.target(detains));
        let mut began = None;
        for (held_in, held_certainty) in self.running_to(HELD_IN, detention) {
            known.each_nationality(facts.source(held_in), |national, ways| {
                let of = facts.target(national);
                known.each_nation_behind(detainer, |by, behind| {
                    if by == of {
                        return;
                    }
                    let Some((first, last)) = *began.get_or_insert_with(|| known.began(detention)) else {
                        gathered.undated.push(detention);
                        return;
                    };
                    let mut place = None;
                    if !ways.is_empty() || !behind.is_empty() {
                        place = NonZeroU32::new(gathered.ways.len() as u32);
                        gathered.ways.push(ways.iter().chain(behind).copied().collect());
                    }
                    let (certainty, rows) = (certainty.min(held_certainty), [detains.row, held_in.row, national.row]);
                    gathered.cases.push(Case { by, of, first, last, detention, certainty, rows, ways: place });
                });
            });
        }
    }

    /// Says which nations a nation, ministry or embassy acts for, and what says so.
    pub(super) fn each_nation_behind(self, body: u32, mut say: impl FnMut(u32, &[RowRef])) {
        if self.node(body).kind() == NodeKind::Nation {
            say(body, &[]);
        } else if self.is_organ(body) {
            for (fact, _) in self.running_from(AFFILIATED_WITH, body) {
                let whole = self.graph.facts.target(fact);
                if self.node(whole).kind() == NodeKind::Nation {
                    say(whole, &[fact]);
                }
            }
        }
    }

    /// Says what makes nationals of somebody who is held, or of a group and those that it names in full, and by which groups.
    fn each_nationality(self, held: u32, mut say: impl FnMut(RowRef, &[RowRef])) {
        let mut of_one = |person: u32, ways: &[RowRef]| {
            for (national, _) in self.running_from(NATIONAL_OF, person) {
                say(national, ways);
            }
            if self.graph.facts.running_to(INCLUDES, person).next().is_none() {
                return;
            }
            for (group, part) in self.groups_in_full(person) {
                let ways: Reasons = ways.iter().copied().chain(part.ways).collect();
                for (national, _) in self.running_from(NATIONAL_OF, group) {
                    say(national, &ways);
                }
            }
        };
        of_one(held, &[]);
        if self.node(held).kind() == NodeKind::Group {
            for part in self.parts_in_full(held) {
                of_one(part.node, &part.ways);
            }
        }
    }

    /// The days between which an event began, both included: what all that is said at any time of it leaves open, or if that is nothing, from
    /// the first to the last. None if it is not bounded on both sides.
    pub(super) fn began(self, event: u32) -> Option<(i32, i32)> {
        let fact = self.graph.facts.running_from(FactKind::Event, event).next()?;
        let (mut between, mut whole) = ((i32::MIN, i32::MAX), (i32::MAX, i32::MIN));
        for bounds in self.spells(fact) {
            let (first, last) = (bounds.from_first, bounds.from_last);
            between = (between.0.max(first), between.1.min(last));
            if first != i32::MIN && last != i32::MAX {
                whole = (whole.0.min(first), whole.1.max(last));
            }
        }
        let is_bounded = between.0 != i32::MIN && between.1 != i32::MAX;
        let began = if between.0 <= between.1 { between } else { whole };
        (is_bounded && began.0 <= began.1).then_some(began)
    }
}
