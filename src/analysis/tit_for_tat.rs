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

/// That a nation holds a national of another. There may be many: numbers only.
#[derive(Debug, Clone, Copy)]
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
struct Cases {
    /// By who holds, then of which nation, then when they began.
    cases: Vec<Case>,
    /// The first is empty.
    ways: Vec<Reasons>,
    undated: Vec<u32>,
}

/// Two cases of which the second may answer the first. Sorted by what tells pairs apart; the last two are places in [`Cases::cases`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    first_detention: u32,
    answer_detention: u32,
    by: u32,
    answered_by: u32,
    first: u32,
    answer: u32,
}

impl Near {
    fn is_of_pair(&self, other: &Self) -> bool {
        let key = |near: &Self| (near.first_detention, near.answer_detention, near.by, near.answered_by);
        key(self) == key(other)
    }
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
        let gathered = self.cases();
        let mut near = gathered.near(within);
        near.sort_unstable();
        let pairs = || near.chunk_by(Near::is_of_pair);
        let mut found = Vec::with_capacity(pairs().count());
        found.extend(pairs().map(|tellings| self.pair(tellings, within, &gathered)));
        TitsForTats { pairs: found, undated: gathered.undated.iter().map(|detention| self.node(*detention)).collect() }
    }

    /// One pair, by all who are held in the two.
    fn pair(self, tellings: &[Near], within: i32, gathered: &Cases) -> TitForTat<'g> {
        let cases = |near: &Near| [near.first, near.answer].map(|place| &gathered.cases[place as usize]);
        let [first, answer] = cases(&tellings[0]);
        let lag_days = (answer.first - first.last, answer.last - first.first);
        let in_time = if lag_days.0 > 0 && lag_days.1 <= within { Certainty::Certain } else { Certainty::Possible };
        let certainty = tellings.iter().map(cases).map(|[first, answer]| first.certainty.min(answer.certainty)).max();
        TitForTat {
            first: self.node(first.detention),
            answer: self.node(answer.detention),
            by: self.node(first.by),
            answered_by: self.node(first.of),
            lag_days,
            certainty: certainty.map_or(in_time, |certainty| certainty.min(in_time)),
            because: self.of_cases(tellings.iter().flat_map(cases), &gathered.ways),
        }
    }

    /// The claims that cases rest on: of who holds whom as the view counts them, of who is whose at any time.
    fn of_cases<'c>(self, cases: impl Iterator<Item = &'c Case> + Clone, ways: &[Reasons]) -> Because<'g> {
        let fact = |kind: FactKind, row: u32| RowRef { kind, row };
        let own = |case: &Case| [fact(DETAINS, case.rows[0]), fact(HELD_IN, case.rows[1])];
        // Room for the nationalities too: mostly there is nothing else.
        let mut held = Reasons::with_capacity(3 * cases.clone().count());
        held.extend(cases.clone().flat_map(own));
        let mut theirs = Reasons::new();
        for case in cases {
            theirs.push(fact(NATIONAL_OF, case.rows[2]));
            theirs.extend_from_slice(&ways[case.ways.map_or(0, |place| place.get() as usize)]);
        }
        Because::of_reasons(self, held).and(Because::of_reasons(self.at_any_time(), theirs))
    }

    /// Which nations are said to hold nationals of which.
    fn cases(self) -> Cases {
        let known = self.at_any_time();
        let facts = &self.graph.facts;
        let (mut cases, mut ways, mut undated) = (Vec::new(), vec![Reasons::new()], Vec::new());
        cases.reserve(facts.table(DETAINS).len());
        let detentions = self.graph.rows_of(NodeKind::Detention);
        // In the order of the events, in which their times are found quickest.
        let began: Vec<_> = detentions.clone().map(|detention| known.began(detention)).collect();
        // Facts come by who holds, so who is behind whom is asked once for each.
        let (mut detainer, mut behind) = (None, Vec::new());
        for (detains, certainty) in self.holding(DETAINS) {
            if detainer.replace(facts.source(detains)) != Some(facts.source(detains)) {
                behind.clear();
                known.each_nation_behind(facts.source(detains), |by, organ| behind.push((by, Reasons::from(organ))));
            }
            let detention = facts.target(detains);
            let began = began[(detention - detentions.start) as usize];
            for (held_in, held_certainty) in self.running_to(HELD_IN, detention) {
                known.each_nationality(facts.source(held_in), |national, groups| {
                    let of = facts.target(national);
                    for (by, organ) in behind.iter().filter(|(by, _)| *by != of) {
                        let Some((first, last)) = began else {
                            undated.push(detention);
                            continue;
                        };
                        let mut place = None;
                        if !groups.is_empty() || !organ.is_empty() {
                            place = NonZeroU32::new(ways.len() as u32);
                            ways.push(groups.iter().chain(organ).copied().collect());
                        }
                        let (certainty, rows) =
                            (certainty.min(held_certainty), [detains.row, held_in.row, national.row]);
                        cases.push(Case { by: *by, of, first, last, detention, certainty, rows, ways: place });
                    }
                });
            }
        }
        // In order already but for those whom a ministry holds.
        cases.sort_by_key(|case| case.by);
        for of_one in cases.chunk_by_mut(|one, other| one.by == other.by) {
            of_one.sort_unstable_by_key(|case| (case.of, case.first));
        }
        undated.sort_unstable();
        undated.dedup();
        Cases { cases, ways, undated }
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

impl Cases {
    /// Every two of which the second may have begun after the first, and at most so many days after it.
    fn near(&self, within: i32) -> Vec<Near> {
        let cases = &self.cases;
        let widest = cases.iter().map(|case| case.last - case.first).max().unwrap_or(0);
        // Where the answers of each nation begin to those who are still to come.
        let mut nexts = vec![cases.len(); cases.last().map_or(0, |last| last.by as usize + 1)];
        cases.iter().enumerate().rev().for_each(|(place, case)| nexts[case.by as usize] = place);
        let mut found = Vec::new();
        let mut place = 0;
        for firsts in cases.chunk_by(|one, other| (one.by, one.of) == (other.by, other.of)) {
            let turned = (firsts[0].of, firsts[0].by);
            let places = place..;
            place += firsts.len();
            let Some(next) = nexts.get_mut(turned.0 as usize) else { continue };
            *next += cases[*next..].iter().take_while(|case| (case.by, case.of) < turned).count();
            // A detention that is told of both sides, on a day that is not known, does not answer itself.
            let follows = |first: &Case, answer: &Case| {
                within > 0 && answer.last > first.first && answer.detention != first.detention
            };
            let is_answer = |answer: &&Case| (answer.by, answer.of) == turned;
            let mut begin = *next;
            for (place, first) in places.zip(firsts) {
                // Firsts come by the day on which they may have begun, so what is too early for one is so for the next.
                let too_early = first.first.saturating_sub(widest);
                let early = cases[begin..].iter().take_while(is_answer).take_while(|answer| answer.first <= too_early);
                begin += early.count();
                let latest = first.last.saturating_add(within);
                let near = cases[begin..].iter().take_while(is_answer).take_while(|answer| answer.first <= latest);
                let near = (begin..).zip(near).filter(|(_, answer)| follows(first, answer));
                found.extend(near.map(|(at, answer)| Near {
                    first_detention: first.detention,
                    answer_detention: answer.detention,
                    by: first.by,
                    answered_by: first.of,
                    first: place as u32,
                    answer: at as u32,
                }));
            }
        }
        found
    }
}
