//! Sanctions of two actors on each other, as far as dates can show: no claim need say that one answers the other, and none is made.
//!
//! What somebody calls an answer is [`View::retaliation`]; here only who, whom and when are compared.

use super::tit_for_tat::began;
use crate::graph::{Because, FactKind, NodeRef, Reasons, RowRef, View};
use crate::model::{NodeKind, RelationKind};
use crate::time::Certainty;

/// Two sanctions in opposite directions that began within a few days: of one actor on another or those that belong to it, and of the
/// other on the one. Which answers which, or whether, it does not say.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MirroredSanctions<'g> {
    /// The one that may have begun first; of two on one day, the first by key.
    pub earlier: NodeRef<'g>,
    /// The other.
    pub later: NodeRef<'g>,
    /// Who imposes the earlier one, and to whom the targets of the later belong.
    pub by: NodeRef<'g>,
    /// Who imposes the later one, and to whom the targets of the earlier belong.
    pub on: NodeRef<'g>,
    /// How many days lie between their beginnings, at least and at most.
    pub days_apart: (i32, i32),
    /// How sure it is that one answers the other: never more than possible, since dates show no intent, and no claim is asked for any.
    pub certainty: Certainty,
    /// How sure it is that the two face each other: certain if they began within the days asked for whichever the days were, and who
    /// imposes them on whom is certain too.
    pub facing: Certainty,
    /// The claims of both sanctions, and those of whose their targets and organs are.
    pub because: Because<'g>,
}

/// That an actor sanctions another, or what belongs to it. Sorted by the two, then by when it began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Blow {
    by: u32,
    on: u32,
    /// Between which days it began, both included.
    first: i32,
    last: i32,
    sanction: u32,
    certainty: Certainty,
    /// The rows that say who imposes it and who is its target.
    own: [u32; 2],
    /// What makes the target the other's, and the imposer an organ.
    ties: Reasons,
}

const IMPOSES: FactKind = FactKind::Relation(RelationKind::Imposes);
const TARGETS: FactKind = FactKind::Relation(RelationKind::Targets);

/// What makes somebody a nation's or an organization's, as for [`Sanctions::on`](crate::Sanctions::on).
const TIES: [FactKind; 4] = [
    FactKind::Relation(RelationKind::NationalOf),
    FactKind::Relation(RelationKind::HoldsOffice),
    FactKind::Relation(RelationKind::AffiliatedWith),
    FactKind::Relation(RelationKind::LocatedIn),
];

impl<'g> View<'g> {
    /// The pairs of sanctions where an actor sanctions another, and the other the one, begun at most so many days apart; 0 is on the same
    /// day. By the earlier, the later, then who imposes them, all by key.
    ///
    /// A sanction is on an actor if its target is the actor, or its national, official, affiliate or place, or a group that names such
    /// in full; these ties are taken at any time. What a ministry imposes its nation does. The members of an organization are not the
    /// organization: a sanction on nationals of Estonia is none on the European Union. Sanctions on oneself count for nothing, nor do
    /// those of which nothing says on both sides between which days they began.
    ///
    /// Nothing is said of intent: that two sanctions face each other on one day may be an answer, two parts of one plan, or chance. So each
    /// pair is a *possible* retaliation and no more, even where it is certain that the two face each other ([`MirroredSanctions::facing`]).
    /// Which of them somebody calls an answer [`View::retaliation`] tells.
    ///
    /// O(n log n) in the pairs of imposers and targets of all sanctions, and linear in the pairs found and near.
    ///
    /// ```
    /// use comity::{Batch, Certainty, Fact, FactType, Graph, Nation, Role, Source, When};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// for (by, on) in [("ISL", "CHL"), ("CHL", "ISL")] {
    ///     let (by, on) = (batch.node::<Nation>(by)?, batch.node::<Nation>(on)?);
    ///     let sanction = Fact::new(FactType::Sanction).role(Role::By, by).role(Role::Target, on);
    ///     batch.fact(note, sanction.when(When::from("2031-05-01".parse()?)))?;
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let pairs = graph.view().mirrored_sanctions(0);
    /// assert_eq!((pairs.len(), pairs[0].days_apart), (1, (0, 0)));
    /// assert_eq!((pairs[0].facing, pairs[0].certainty), (Certainty::Certain, Certainty::Possible));
    /// assert_eq!(graph.view().retaliation().count(), 0); // nobody said so
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn mirrored_sanctions(self, within_days: u32) -> Vec<MirroredSanctions<'g>> {
        let within = i32::try_from(within_days).unwrap_or(i32::MAX);
        let mut blows = self.blows();
        blows.sort_unstable();
        let widest = blows.iter().map(|blow| blow.last - blow.first).max().unwrap_or(0);
        let mut found: Vec<(&Blow, &Blow)> = Vec::new();
        for one in &blows {
            // From the first that may be near on.
            let early = one.first.saturating_sub(within).saturating_sub(widest);
            let turned = (one.on, one.by);
            let begin = blows.partition_point(|other| ((other.by, other.on), other.first) < (turned, early));
            let near = blows[begin..]
                .iter()
                .take_while(|other| (other.by, other.on) == turned && other.first <= one.last.saturating_add(within));
            let near = near.filter(|other| other.last >= one.first.saturating_sub(within));
            // Each pair is seen from both: it is told from the earlier. One sanction of both on both does not face itself.
            let is_earlier = |other: &&Blow| (one.first, one.sanction) < (other.first, other.sanction);
            found.extend(near.filter(is_earlier).map(|other| (one, other)));
        }
        let key = |(one, other): &(&Blow, &Blow)| (one.sanction, other.sanction, one.by, one.on);
        found.sort_by_key(key);
        let pairs = found.chunk_by(|one, other| key(one) == key(other));
        pairs.map(|tellings| self.mirrored(tellings, within)).collect()
    }

    /// One pair, by all its targets.
    fn mirrored(self, tellings: &[(&Blow, &Blow)], within: i32) -> MirroredSanctions<'g> {
        let (one, other) = tellings[0];
        let least = (other.first - one.last).max(one.first - other.last).max(0);
        let most = (other.last - one.first).max(one.last - other.first);
        let in_time = if most <= within { Certainty::Certain } else { Certainty::Possible };
        let certainty = tellings.iter().map(|(one, other)| one.certainty.min(other.certainty)).max();
        let blows = || tellings.iter().flat_map(|(one, other)| [*one, *other]);
        let row = |kind: FactKind, row: u32| RowRef { kind, row };
        let own = blows().flat_map(|blow| [row(IMPOSES, blow.own[0]), row(TARGETS, blow.own[1])]);
        let ties = blows().flat_map(|blow| blow.ties.iter().copied());
        MirroredSanctions {
            earlier: self.node(one.sanction),
            later: self.node(other.sanction),
            by: self.node(one.by),
            on: self.node(one.on),
            days_apart: (least, most),
            certainty: Certainty::Possible,
            facing: certainty.map_or(in_time, |certainty| certainty.min(in_time)),
            because: Because::of(self, own).and(Because::of(self.at_any_time(), ties)),
        }
    }

    /// Who sanctions whom, by each way in which it is said.
    fn blows(self) -> Vec<Blow> {
        let known = self.at_any_time();
        let events = known.sweep(FactKind::Event);
        let mut blows = Vec::new();
        for sanction in self.graph.nodes_of(NodeKind::Sanction) {
            let Some((first, last)) = began(&events, sanction.index) else { continue };
            let mut wholes: Vec<(u32, Reasons, u32, Certainty)> = Vec::new();
            for (targets, certainty) in self.running_from(TARGETS, sanction.index) {
                known.each_whole(self.graph.facts.target(targets), |whole, ties| {
                    wholes.push((whole, ties.into(), targets.row, certainty));
                });
            }
            for (imposes, imposed) in self.running_to(IMPOSES, sanction.index) {
                let imposer = self.graph.facts.source(imposes);
                let mut by_one = |by: u32, organ: &[RowRef]| {
                    for (on, ties, targets, certainty) in wholes.iter().filter(|(on, ..)| *on != by) {
                        blows.push(Blow {
                            by,
                            on: *on,
                            first,
                            last,
                            sanction: sanction.index,
                            certainty: imposed.min(*certainty),
                            own: [imposes.row, *targets],
                            ties: ties.iter().chain(organ).copied().collect(),
                        });
                    }
                };
                if self.node(imposer).kind() != NodeKind::Nation {
                    by_one(imposer, &[]);
                }
                known.each_nation_behind(imposer, by_one);
            }
        }
        blows
    }

    /// Says whom a target is or belongs to, and what says so.
    fn each_whole(self, target: u32, mut say: impl FnMut(u32, &[RowRef])) {
        let mut of_one = |part: u32, ways: &[RowRef]| {
            say(part, ways);
            for tie in TIES.into_iter().flat_map(|tie| self.running_from(tie, part)).map(|(tie, _)| tie) {
                let ties: Reasons = ways.iter().copied().chain([tie]).collect();
                say(self.graph.facts.target(tie), &ties);
            }
        };
        of_one(target, &[]);
        if self.node(target).kind() == NodeKind::Group {
            for part in self.parts_in_full(target) {
                of_one(part.node, &part.ways);
            }
        }
    }
}
