//! Detentions that answer each other in kind, as far as dates can show: no claim need say so.
//!
//! What somebody calls an answer is [`View::retaliation`]; here only who, whom and when are compared.

use std::num::NonZeroU32;
use std::ops::Range;

use crate::graph::{Because, FactKind, FarEnd, Lists, NodeRef, Reasons, ReasonsOfMany, RowRef, Sweep, View};
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
    cases: Vec<Case>,
    /// The first is empty.
    ways: Vec<Reasons>,
    undated: Vec<u32>,
}

/// When a case may have begun. Many are looked at in turn, so that what is asked of each stands together.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    /// The two nations, whoever of them holds whose national: the smaller, then the greater, as one number.
    between: u64,
    /// Whether it is the greater that holds somebody.
    is_turned: bool,
    first: i32,
    last: i32,
    /// The place in [`Cases::cases`].
    case: u32,
}

/// Two cases of which the second may answer the first. Sorted by what tells pairs apart; the last two are places in [`Cases::cases`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    /// The first detention, then its answer: the two as one number, which is compared at once.
    detentions: u64,
    by: u32,
    answered_by: u32,
    first: u32,
    answer: u32,
}

impl Near {
    fn is_of_pair(&self, other: &Self) -> bool {
        let key = |near: &Self| (near.detentions, near.by, near.answered_by);
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
        let mut near = gathered.near(within, self.graph.rows_of(NodeKind::Nation));
        near.sort_unstable();
        let pairs = || near.chunk_by(Near::is_of_pair);
        let (list, parts) = gathered.reasons(&near);
        let list = ReasonsOfMany::new(list);
        let mut found = Vec::with_capacity(parts.len());
        found.extend(pairs().zip(parts).map(|(tellings, [start, theirs, end])| {
            // Who holds whom as the view counts it, who is whose at any time.
            let because = Because::of_listed(self, &list, start..end, (self.at_any_time(), theirs));
            self.pair(tellings, within, &gathered, because)
        }));
        TitsForTats { pairs: found, undated: gathered.undated.iter().map(|detention| self.node(*detention)).collect() }
    }

    /// One pair, by all who are held in the two.
    fn pair(self, tellings: &[Near], within: i32, gathered: &Cases, because: Because<'g>) -> TitForTat<'g> {
        let [first, answer] = gathered.of(&tellings[0]);
        let lag_days = (answer.first - first.last, answer.last - first.first);
        let in_time = if lag_days.0 > 0 && lag_days.1 <= within { Certainty::Certain } else { Certainty::Possible };
        let certainty = |near: &Near| gathered.of(near).map(|case| case.certainty).into_iter().min();
        let certainty = tellings.iter().filter_map(certainty).max();
        TitForTat {
            first: self.node(first.detention),
            answer: self.node(answer.detention),
            by: self.node(first.by),
            answered_by: self.node(first.of),
            lag_days,
            certainty: certainty.map_or(in_time, |certainty| certainty.min(in_time)),
            because,
        }
    }

    /// Which nations are said to hold nationals of which.
    fn cases(self) -> Cases {
        let known = self.at_any_time();
        let facts = &self.graph.facts;
        let (mut cases, mut ways, mut undated) = (Vec::new(), vec![Reasons::new()], Vec::new());
        cases.reserve(facts.table(DETAINS).len());
        let detentions = self.graph.rows_of(NodeKind::Detention);
        // In the order of the events, in which their times are found quickest.
        let events = known.sweep(FactKind::Event);
        let began: Vec<_> = detentions.clone().map(|detention| began(&events, detention)).collect();
        let (held_in, nationals) = (self.sweep(HELD_IN), known.sweep(NATIONAL_OF));
        let groups = self.graph.rows_of(NodeKind::Group);
        // Facts come by who holds, so who is behind whom is asked once for each.
        let (mut detainer, mut behind) = (None, Vec::new());
        for (detains, certainty) in self.holding(DETAINS) {
            if detainer.replace(facts.source(detains)) != Some(facts.source(detains)) {
                behind.clear();
                known.each_nation_behind(facts.source(detains), |by, organ| behind.push((by, Reasons::from(organ))));
            }
            let detention = facts.target(detains);
            let began = began[(detention - detentions.start) as usize];
            held_in.each_to(detention, |held| {
                known.each_nationality(&nationals, &groups, held.node, |national, in_groups| {
                    let of = national.node;
                    for (by, organ) in behind.iter().filter(|(by, _)| *by != of) {
                        let Some((first, last)) = began else {
                            undated.push(detention);
                            continue;
                        };
                        let mut place = None;
                        if !in_groups.is_empty() || !organ.is_empty() {
                            place = NonZeroU32::new(ways.len() as u32);
                            ways.push(in_groups.iter().chain(organ).copied().collect());
                        }
                        let (certainty, rows) =
                            (certainty.min(held.certainty), [detains.row, held.fact.row, national.fact.row]);
                        cases.push(Case { by: *by, of, first, last, detention, certainty, rows, ways: place });
                    }
                });
            });
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

    /// Says what makes nationals of somebody who is held, or of a group and those that it names in full, and by which groups; `groups`
    /// are all that there are.
    #[inline]
    fn each_nationality(
        self,
        nationals: &Sweep<'_>,
        groups: &Range<u32>,
        held: u32,
        mut say: impl FnMut(FarEnd, &[RowRef]),
    ) {
        let mut of_one = |person: u32, ways: &[RowRef]| {
            nationals.each_from(person, |national| say(national, ways));
            if self.graph.facts.running_to(INCLUDES, person).next().is_none() {
                return;
            }
            for (group, part) in self.groups_in_full(person) {
                let ways: Reasons = ways.iter().copied().chain(part.ways).collect();
                nationals.each_from(group, |national| say(national, &ways));
            }
        };
        of_one(held, &[]);
        if groups.contains(&held) {
            for part in self.parts_in_full(held) {
                of_one(part.node, &part.ways);
            }
        }
    }
}

/// The days between which an event began, both included: what all that is said at any time of it leaves open, or if that is nothing, from
/// the first to the last. None if it is not bounded on both sides. `events` are those of a view at any time.
#[inline]
pub(super) fn began(events: &Sweep<'_>, event: u32) -> Option<(i32, i32)> {
    let (mut between, mut whole) = ((i32::MIN, i32::MAX), (i32::MAX, i32::MIN));
    events.each_time(event, |bounds| {
        let (first, last) = (bounds.from_first, bounds.from_last);
        between = (between.0.max(first), between.1.min(last));
        if first != i32::MIN && last != i32::MAX {
            whole = (whole.0.min(first), whole.1.max(last));
        }
    });
    let is_bounded = between.0 != i32::MIN && between.1 != i32::MAX;
    let began = if between.0 <= between.1 { between } else { whole };
    (is_bounded && began.0 <= began.1).then_some(began)
}

impl Cases {
    /// The two cases, the first and its answer.
    fn of(&self, near: &Near) -> [&Case; 2] {
        [near.first, near.answer].map(|place| &self.cases[place as usize])
    }

    /// The facts that pairs rest on, pair after pair, and of each where those begin that say who holds and who is held, where those
    /// that say who is whose, and where they end.
    fn reasons(&self, near: &[Near]) -> (Vec<RowRef>, Vec<[usize; 3]>) {
        // Mostly three facts of each of two cases.
        let (mut list, mut parts) = (Vec::with_capacity(near.len() * 6), Vec::with_capacity(near.len()));
        for tellings in near.chunk_by(Near::is_of_pair) {
            let start = list.len();
            for case in tellings.iter().flat_map(|near| self.of(near)) {
                let [detains, held_in, _] = case.rows;
                list.extend([(DETAINS, detains), (HELD_IN, held_in)].map(|(kind, row)| RowRef { kind, row }));
            }
            let middle = list.len();
            for case in tellings.iter().flat_map(|near| self.of(near)) {
                list.push(RowRef { kind: NATIONAL_OF, row: case.rows[2] });
                list.extend_from_slice(&self.ways[case.ways.map_or(0, |place| place.get() as usize)]);
            }
            parts.push([start, middle, list.len()]);
        }
        (list, parts)
    }

    /// Every two of which the second may have begun after the first, and at most so many days after it; `nations` are all that there are.
    fn near(&self, within: i32, nations: Range<u32>) -> Vec<Near> {
        let mut beginnings = self.between_two(nations);
        let widest = beginnings.iter().map(|one| one.last - one.first).max().unwrap_or(0);
        let mut found = Vec::new();
        for of_two in beginnings.chunk_by_mut(|one, other| one.between == other.between) {
            if of_two.iter().all(|one| one.is_turned == of_two[0].is_turned) {
                continue;
            }
            of_two.sort_unstable_by_key(|one| (one.is_turned, one.first));
            let (ones, others) = of_two.split_at(of_two.partition_point(|one| !one.is_turned));
            for (firsts, answers) in [(ones, others), (others, ones)] {
                self.each_near(firsts, answers, (widest, within), |near| found.push(near));
            }
        }
        found
    }

    /// Those of some cases and of those that turn them round; both come by their first days, of which the last is at most the widest away.
    fn each_near(
        &self,
        firsts: &[Beginning],
        mut answers: &[Beginning],
        (widest, within): (i32, i32),
        mut say: impl FnMut(Near),
    ) {
        for one in firsts {
            // What is too early for one is so for the next.
            let too_early = one.first.saturating_sub(widest);
            answers = &answers[answers.iter().take_while(|answer| answer.first <= too_early).count()..];
            let latest = one.last.saturating_add(within);
            let near = answers.iter().take_while(|answer| answer.first <= latest);
            for answer in near.filter(|answer| within > 0 && answer.last > one.first) {
                let [first, answered] = [one, answer].map(|one| &self.cases[one.case as usize]);
                // A detention that is told of both sides, on a day that is not known, does not answer itself.
                if answered.detention != first.detention {
                    say(Near {
                        detentions: u64::from(first.detention) << 32 | u64::from(answered.detention),
                        by: first.by,
                        answered_by: first.of,
                        first: one.case,
                        answer: answer.case,
                    });
                }
            }
        }
    }

    /// When the cases may have begun, those between the same two nations together: sorted by the one and the other, counted.
    fn between_two(&self, nations: Range<u32>) -> Vec<Beginning> {
        let cases = || (0..).zip(&self.cases);
        let by_greater = Lists::new(nations.len(), |say| {
            cases().for_each(|(place, case)| say(case.by.max(case.of) - nations.start, place));
        });
        let by_both = Lists::new(nations.len(), |say| {
            for place in by_greater.items() {
                let case = &self.cases[*place as usize];
                say(case.by.min(case.of) - nations.start, *place);
            }
        });
        let beginning = |place: &u32| {
            let Case { by, of, first, last, .. } = self.cases[*place as usize];
            let between = u64::from(by.min(of)) << 32 | u64::from(by.max(of));
            Beginning { between, is_turned: of < by, first, last, case: *place }
        };
        by_both.items().iter().map(beginning).collect()
    }
}
