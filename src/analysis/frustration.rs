//! What it would take to balance a signed graph: the frustration index.

use super::signed::{Sign, SignedGraph, SignedTie};

/// The least number of ties whose removal leaves a signed graph balanced: two sides, friends on one, foes across.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frustration {
    /// How many ties.
    pub index: u32,
    /// In how many ways the places can be put on two sides with so few: of each connected part up to exchanging its sides.
    pub optima: u64,
    /// The side of each place in one of these ways, the first that is found: of each connected part the place with most ties is on
    /// the first side.
    pub sides: Vec<Side>,
    /// The ties that are frustrated then: positive ones across, negative ones on one side.
    pub frustrated: Vec<SignedTie>,
}

/// One of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The one.
    First,
    /// The other.
    Second,
}

/// One connected part, while it is searched.
struct Search {
    /// For each place of the part, in the order in which they are put on a side, those that it is tied to and whether they are foes.
    ties: Vec<Vec<(usize, bool)>>,
    sides: Vec<Option<Side>>,
    /// What each place would cost on either side, for those that are put already.
    costs: Vec<[u32; 2]>,
    best: u32,
    best_sides: Vec<Side>,
    optima: u64,
}

/// How far the search has come at one place.
struct Level {
    /// What the places before it cost.
    cost: u32,
    /// What it and those after it must cost at least.
    left: u32,
    /// How many sides it was put on.
    tried: usize,
}

impl SignedGraph<'_> {
    /// The frustration index, exactly, with a way of reaching it. None if it takes more steps than these: the problem is NP-hard
    /// (it holds that of the greatest cut), so a dense graph of more than some fifty places may take longer than anyone waits.
    ///
    /// Branch and bound over each connected part: a step puts one place on one side, and what the places that are left must cost at
    /// least is known.
    ///
    /// Robert P. Abelson and Milton J. Rosenberg, *Behavioral Science* 3 (1958); Frank Harary, *Behavioral Science* 4 (1959); Samin
    /// Aref and Mark C. Wilson, "Balance and Frustration in Signed Networks", *Journal of Complex Networks* 7 (2019).
    ///
    /// ```
    /// use comity::{Sign, SignedGraph};
    /// let three = |sign| [(0, 1, sign), (1, 2, sign), (0, 2, sign)];
    /// let frustration = SignedGraph::from_edges(3, three(Sign::Negative))?.frustration(1_000).expect("three places");
    /// assert_eq!((frustration.index, frustration.optima), (1, 3)); // any two may make peace
    /// # Ok::<(), comity::NoTie>(())
    /// ```
    #[must_use]
    pub fn frustration(&self, most_steps: u64) -> Option<Frustration> {
        let mut steps = most_steps;
        let mut whole = Frustration { index: 0, optima: 1, sides: vec![Side::First; self.count], frustrated: vec![] };
        for part in self.connected_parts() {
            let mut search = Search::new(self, &part);
            search.run(&mut steps)?;
            whole.index += search.best;
            whole.optima = whole.optima.saturating_mul(search.optima);
            for (place, side) in part.iter().zip(&search.best_sides) {
                whole.sides[*place] = *side;
            }
        }
        let sides = &whole.sides;
        let is_frustrated = |tie: &SignedTie| (sides[tie.one] == sides[tie.other]) == (tie.sign == Sign::Negative);
        whole.frustrated = self.ties().filter(is_frustrated).collect();
        Some(whole)
    }

    /// The connected parts with a tie. In each the place with most ties comes first, then always the one with most ties to those
    /// before it: so that what is put constrains what is left.
    fn connected_parts(&self) -> Vec<Vec<usize>> {
        let degree: Vec<usize> = (0..self.count).map(|place| self.neighbours(place, 0).count()).collect();
        let mut by_degree: Vec<usize> = (0..self.count).filter(|place| degree[*place] > 0).collect();
        by_degree.sort_by_key(|place| std::cmp::Reverse(degree[*place]));
        let mut ties_to_put = vec![0; self.count];
        let mut is_put = vec![false; self.count];
        let mut parts = Vec::new();
        for start in by_degree {
            let (mut part, mut next) = (Vec::new(), (!is_put[start]).then_some(start));
            while let Some(place) = next {
                is_put[place] = true;
                part.push(place);
                for other in self.neighbours(place, 0) {
                    ties_to_put[other] += 1;
                }
                let open = (0..self.count).filter(|place| !is_put[*place] && ties_to_put[*place] > 0);
                next = open.max_by_key(|place| (ties_to_put[*place], degree[*place], std::cmp::Reverse(*place)));
            }
            parts.extend((!part.is_empty()).then_some(part));
        }
        parts
    }
}

impl Search {
    fn new(graph: &SignedGraph<'_>, part: &[usize]) -> Self {
        let mut order = vec![0; graph.count];
        for (nth, place) in part.iter().enumerate() {
            order[*place] = nth;
        }
        let ties_of = |place: &usize| {
            let others = graph.neighbours(*place, 0);
            others.map(|other| (order[other], graph.sign(*place, other) == Some(Sign::Negative))).collect()
        };
        Self {
            ties: part.iter().map(ties_of).collect(),
            sides: vec![None; part.len()],
            costs: vec![[0; 2]; part.len()],
            best: u32::MAX,
            best_sides: Vec::new(),
            optima: 0,
        }
    }

    /// Goes through all ways that may be as good as the best. None if the steps run out.
    fn run(&mut self, steps: &mut u64) -> Option<()> {
        // A stack of its own, for a part may have more places than calls can be nested.
        let mut levels = vec![Level { cost: 0, left: 0, tried: 0 }];
        while let Some(nth) = levels.len().checked_sub(1) {
            if let Some(side) = self.sides[nth].take() {
                self.take_back(nth, side);
            }
            let level = &mut levels[nth];
            // Exchanging the sides changes nothing, so the first place stays on the first.
            if level.tried == if nth == 0 { 1 } else { 2 } {
                levels.pop();
                continue;
            }
            *steps = steps.checked_sub(1)?;
            let own = self.costs[nth];
            let cheaper_first = if own[1] < own[0] { [Side::Second, Side::First] } else { [Side::First, Side::Second] };
            let side = cheaper_first[level.tried];
            level.tried += 1;
            let (cost, left) = (level.cost + own[side as usize], level.left - own[0].min(own[1]));
            self.sides[nth] = Some(side);
            let left = left + self.put(nth, side);
            if cost + left > self.best {
                continue;
            }
            if nth + 1 == self.sides.len() {
                self.keep(cost);
            } else {
                levels.push(Level { cost, left, tried: 0 });
            }
        }
        Some(())
    }

    /// One way more that costs so much, which is no more than the best.
    fn keep(&mut self, cost: u32) {
        if cost < self.best {
            self.best = cost;
            self.best_sides = self.sides.iter().map(|side| side.unwrap_or(Side::First)).collect();
            self.optima = 0;
        }
        self.optima = self.optima.saturating_add(1);
    }

    /// By how much the least cost of those that are left grows.
    fn put(&mut self, nth: usize, side: Side) -> u32 {
        let mut more = 0;
        for (other, is_foe) in self.ties[nth].iter().filter(|(other, _)| *other > nth) {
            let costs = &mut self.costs[*other];
            let before = costs[0].min(costs[1]);
            costs[wrong_side(side, *is_foe)] += 1;
            more += costs[0].min(costs[1]) - before;
        }
        more
    }

    fn take_back(&mut self, nth: usize, side: Side) {
        for (other, is_foe) in self.ties[nth].iter().filter(|(other, _)| *other > nth) {
            self.costs[*other][wrong_side(side, *is_foe)] -= 1;
        }
    }
}

/// On which side the other end of a tie would be frustrated.
fn wrong_side(side: Side, is_foe: bool) -> usize {
    if is_foe { side as usize } else { 1 - side as usize }
}
