//! By which coalitions two are tied.

use crate::graph::{Because, Graph, NodeRef, Reasons, View};
use crate::model::{Node, NodeKind};
use crate::time::Certainty;

/// A chain of coalitions: nation, coalition, nation, coalition, nation.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Chain<'g> {
    /// Member and coalition in turn, from the one end to the other.
    pub steps: Vec<NodeRef<'g>>,
    /// As sure as the least sure step.
    pub certainty: Certainty,
    /// The claims of all memberships on the way.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// A shortest chain of shared coalitions between two, if there is one: of several as short, the one whose steps come first in
    /// the order of nodes, seen from `one`. Who is tied to itself has a chain of one step.
    ///
    /// Breadth first over named memberships from both ends, a level at a time, that with fewer nodes first: linear in the memberships
    /// of the coalitions that the two come to.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Coalition, Graph, Nation, Source, relations::MemberOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// for (nation, pact) in [("ISL", "harbour"), ("KEN", "harbour"), ("KEN", "savannah"), ("TZA", "savannah")] {
    ///     let (nation, pact) = (batch.node::<Nation>(nation)?, batch.node::<Coalition>(pact)?);
    ///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let nation = |slug| graph.find::<Nation>(slug).expect("just added");
    /// let chain = graph.view().chain(nation("ISL"), nation("TZA")).expect("over Kenya");
    /// assert_eq!((chain.steps.len(), chain.because.claims().len()), (5, 4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If a node is not of this graph.
    #[must_use]
    pub fn chain(self, one: impl Into<Node>, other: impl Into<Node>) -> Option<Chain<'g>> {
        let steps = self.steps_between(self.index(one), self.index(other))?;
        let (mut certainty, mut reasons) = (Certainty::Certain, Reasons::new());
        for pair in steps.windows(2) {
            let (member, body) = if self.is_coalition(pair[0]) { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            let links = self.bodies_linked(member, |other| other == body);
            for link in links.iter() {
                certainty = certainty.min(link.certainty());
                reasons.extend(links.reasons(link));
            }
        }
        let steps = steps.into_iter().map(|node| self.node(node)).collect();
        Some(Chain { steps, certainty, because: Because::of_reasons(self, reasons) })
    }

    /// The first of the shortest ways from one node to the other.
    fn steps_between(self, start: u32, goal: u32) -> Option<Vec<u32>> {
        let (mut there, mut back) = (Search::new(self, start), Search::new(self, goal));
        // Of those that the two searches have both come to, the one found first ends the first way to any of them.
        let mut met = (start == goal).then_some(0);
        while met.is_none() {
            let nearer = if there.outermost().len() <= back.outermost().len() { &mut there } else { &mut back };
            nearer.go_on();
            if nearer.outermost().is_empty() {
                return None;
            }
            met = there.outermost().iter().position(|step| back.seen.contains(step.node));
        }
        let mut steps = there.way_to(met?);
        steps.extend(back.first_way_home(*steps.last()?));
        Some(steps)
    }

    /// What is one step from a node, into `nodes`: the members of a coalition, the coalitions of whoever else; by node, each once.
    fn next_to(self, node: u32, nodes: &mut Vec<u32>) {
        nodes.clear();
        if self.is_coalition(node) {
            self.each_named(node, |member, _, _, _| nodes.push(member));
        } else {
            self.each_body(node, |body| self.is_coalition(body), |body, _, _, _| nodes.push(body));
        }
        nodes.sort_unstable();
        nodes.dedup();
    }

    fn is_coalition(self, node: u32) -> bool {
        self.node(node).kind() == NodeKind::Coalition
    }
}

/// A search breadth first from one node.
struct Search<'g> {
    view: View<'g>,
    seen: Seen<'g>,
    /// In the order of discovery, which is that of the first ways to them.
    steps: Vec<Step>,
    /// Where the steps of each level begin.
    levels: Vec<usize>,
}

/// A node on the way, and the place of the step from which it was discovered.
struct Step {
    node: u32,
    before: usize,
}

impl<'g> Search<'g> {
    fn new(view: View<'g>, start: u32) -> Self {
        let mut seen = Seen::new(view.graph());
        seen.insert(start);
        Self { view, seen, steps: vec![Step { node: start, before: 0 }], levels: vec![0] }
    }

    /// The steps that are furthest from the start.
    fn outermost(&self) -> &[Step] {
        &self.steps[self.levels[self.levels.len() - 1]..]
    }

    /// A level further.
    fn go_on(&mut self) {
        let level = self.levels[self.levels.len() - 1]..self.steps.len();
        self.levels.push(level.end);
        let mut nodes = Vec::new();
        for before in level {
            self.view.next_to(self.steps[before].node, &mut nodes);
            let new = nodes.iter().copied().filter(|node| self.seen.insert(*node));
            self.steps.extend(new.map(|node| Step { node, before }));
        }
    }

    /// The nodes from the start to the one at this place of the outermost level.
    fn way_to(&self, place: usize) -> Vec<u32> {
        let mut at = self.levels[self.levels.len() - 1] + place;
        let mut way = vec![self.steps[at].node];
        while at != 0 {
            at = self.steps[at].before;
            way.push(self.steps[at].node);
        }
        way.reverse();
        way
    }

    /// The nodes after this one of the outermost level on the first way back to the start.
    fn first_way_home(&self, mut node: u32) -> Vec<u32> {
        let (mut way, mut nodes) = (Vec::new(), Vec::new());
        for level in self.levels.windows(2).rev() {
            self.view.next_to(node, &mut nodes);
            let nearer = self.steps[level[0]..level[1]].iter().map(|step| step.node);
            node = nearer.filter(|node| nodes.binary_search(node).is_ok()).min().unwrap_or(node);
            way.push(node);
        }
        way
    }
}

/// Nodes as bits, with room only for the kinds that were met: events are many, and no chain leads through them.
struct Seen<'g> {
    graph: &'g Graph,
    kinds: [(u32, Vec<u64>); NodeKind::ALL.len()],
}

impl<'g> Seen<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self { graph, kinds: Default::default() }
    }

    fn contains(&self, node: u32) -> bool {
        let (first, bits) = &self.kinds[self.graph.kinds.of(node) as usize];
        let bit = node.wrapping_sub(*first);
        bits.get((bit / 64) as usize).is_some_and(|word| word & 1 << (bit % 64) != 0)
    }

    /// Whether it is new.
    fn insert(&mut self, node: u32) -> bool {
        let kind = self.graph.kinds.of(node);
        let (first, bits) = &mut self.kinds[kind as usize];
        if bits.is_empty() {
            let of_kind = self.graph.rows_of(kind);
            *first = of_kind.start;
            *bits = vec![0; of_kind.len().div_ceil(64)];
        }
        let bit = node - *first;
        let word = &mut bits[(bit / 64) as usize];
        let is_new = *word & 1 << (bit % 64) == 0;
        *word |= 1 << (bit % 64);
        is_new
    }
}
