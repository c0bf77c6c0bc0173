//! How alike the alliances of two nations are, signed triads, and detentions that answer each other.

use petgraph::graph::NodeIndex;
use petgraph::graphmap::UnGraphMap;

use crate::day::Day;
use crate::press::{Entity, Press};
use crate::questions::on;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Positive,
    Negative,
}

/// The scores of a year: of the pairs of the first existing nation with all after it, then of the second, ...
pub(crate) type Scores = Vec<f64>;

impl Press {
    /// The nations that exist on a day, in the order of their file.
    pub(crate) fn nations(&self, day: Day) -> Vec<NodeIndex> {
        let exists = |node: &NodeIndex| matches!(&self.graph[*node], Entity::Nation(nation) if nation.exists(day));
        self.graph.node_indices().filter(exists).collect()
    }

    /// The alliances with their members on a day.
    fn alliances(&self, day: Day) -> impl Iterator<Item = (u8, Vec<NodeIndex>)> {
        self.members.keys().filter_map(move |coalition| {
            let pledge = self.alliance(*coalition)?.pledge;
            Some((pledge, on(&self.members, *coalition, day).collect()))
        })
    }

    /// Signorino and Ritter's S, of all pairs of those who exist.
    pub(crate) fn similarities(&self, day: Day) -> Scores {
        const GREATEST: u8 = 3;
        let nations = self.nations(day);
        let mut places = vec![usize::MAX; self.graph.node_count()];
        for (place, nation) in nations.iter().enumerate() {
            places[nation.index()] = place;
        }
        let mut portfolios = vec![vec![0_u8; nations.len()]; nations.len()];
        for (place, row) in portfolios.iter_mut().enumerate() {
            row[place] = GREATEST;
        }
        for (pledge, members) in self.alliances(day) {
            let members: Vec<usize> = members.iter().map(|member| places[member.index()]).collect();
            let existing = || members.iter().copied().filter(|place| *place != usize::MAX);
            for one in existing() {
                for other in existing() {
                    portfolios[one][other] = portfolios[one][other].max(pledge);
                }
            }
        }
        let most = f64::from(GREATEST) * nations.len() as f64;
        let mut scores = Vec::with_capacity(nations.len() * nations.len() / 2);
        for (place, one) in portfolios.iter().enumerate() {
            for other in &portfolios[place + 1..] {
                let apart: u32 = one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(*other))).sum();
                scores.push(1.0 - 2.0 * f64::from(apart) / most);
            }
        }
        scores
    }

    /// How many triangles have none, one, two and three negative edges.
    pub(crate) fn census(&self, day: Day) -> [u64; 4] {
        let mut signed: UnGraphMap<NodeIndex, Sign> = UnGraphMap::new();
        for (_, members) in self.alliances(day) {
            for (nth, one) in members.iter().enumerate() {
                for other in &members[nth + 1..] {
                    signed.add_edge(*one, *other, Sign::Positive);
                }
            }
        }
        // A sanction outweighs an alliance.
        for by in self.sanctions.keys() {
            for target in on(&self.sanctions, *by, day) {
                signed.add_edge(*by, target, Sign::Negative);
            }
        }
        let mut counts = [0; 4];
        for (one, other, sign) in signed.all_edges() {
            let (one, other) = (one.min(other), one.max(other));
            for third in signed.neighbors(other).filter(|third| *third > other) {
                let signs = [Some(sign), signed.edge_weight(one, third), signed.edge_weight(other, third)];
                if one != other && signs.iter().all(Option::is_some) {
                    counts[signs.iter().filter(|sign| **sign == Some(&Sign::Negative)).count()] += 1;
                }
            }
        }
        counts
    }

    /// Pairs of people: one held by a nation, the other by that one's nation in the days after.
    pub(crate) fn tit_for_tat(&self, within: i32) -> Vec<(NodeIndex, NodeIndex)> {
        let mut pairs = Vec::new();
        for ((by, of), held) in &self.detentions {
            let Some(answers) = self.detentions.get(&(*of, *by)) else { continue };
            for (from, first) in held {
                let after = answers.partition_point(|(day, _)| day <= from);
                let answers = answers[after..].iter().take_while(|(day, _)| day.0 - from.0 <= within);
                pairs.extend(answers.map(|(_, answer)| (*first, *answer)));
            }
        }
        pairs
    }
}
