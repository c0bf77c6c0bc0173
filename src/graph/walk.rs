//! From a node along the facts of one kind: what the view lets through of them.

use std::ops::Range;

use super::facts::{FactKind, RowRef};
use super::handle::NodeRef;
use super::table::Table;
use super::timeline::{Asked, Met, Timeline};
use super::view::View;
use crate::batch::records::NONE;
use crate::model::RelationKind;
use crate::time::Certainty;

/// What a fact that holds leads to, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FarEnd {
    pub(crate) node: u32,
    pub(crate) fact: RowRef,
    /// The number of what tells the fact from others with the same ends.
    pub(crate) identity: u32,
    pub(crate) certainty: Certainty,
}

impl FarEnd {
    /// Whether the next one is the same fact, by another of its spells: then this is as sure as the surer of the two.
    #[inline]
    pub(crate) fn is_again(&mut self, next: &Self) -> bool {
        let is_again = self.fact == next.fact;
        if is_again {
            self.certainty = self.certainty.max(next.certainty);
        }
        is_again
    }
}

impl<'g> View<'g> {
    /// The facts of a kind that run from this node and hold, by target.
    #[inline]
    pub(crate) fn running_from(self, kind: FactKind, node: u32) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        self.ends_from(kind, node).map(|end| (end.fact, end.certainty))
    }

    /// The facts of a kind that run to this node and hold, by source.
    #[inline]
    pub(crate) fn running_to(self, kind: FactKind, node: u32) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        self.ends_to(kind, node).map(|end| (end.fact, end.certainty))
    }

    /// All facts of a kind that hold, by source, then target.
    pub(crate) fn holding(self, kind: FactKind) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let mut found = Vec::new();
        let mut rows = 0..table.len() as u32;
        if let Some(timeline) = table.timeline_of_any(days) {
            rows = 0..0;
            let judge = self.judge_of_met(kind);
            timeline.each_meeting_of_all(self.asked(), |met| found.extend(judge(met).map(|how| (met.row, how))));
            // A fact that holds by several spells holds by the surest.
            found.sort_unstable_by_key(|(row, certainty)| (*row, std::cmp::Reverse(*certainty)));
            found.dedup_by_key(|(row, _)| *row);
        }
        let judge = self.judge_of_row(kind);
        let looked_at = rows.filter_map(move |row| Some((row, judge(row)?)));
        found.into_iter().chain(looked_at).map(move |(row, certainty)| (RowRef { kind, row }, certainty))
    }

    /// [`View::running_from`], with the target of each.
    pub(crate) fn ends_from(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_leaving(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), 0..0),
            None => (Vec::new(), table.leaving(node)),
        };
        found.into_iter().chain(rows.filter_map(self.end_of(kind, Table::target)))
    }

    /// [`View::running_to`], with the source of each.
    pub(crate) fn ends_to(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_reaching(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), &[][..]),
            None => (Vec::new(), table.reaching(node)),
        };
        found.into_iter().chain(rows.iter().copied().filter_map(self.end_of(kind, Table::source)))
    }

    fn meeting(self, kind: FactKind, timeline: &Timeline, node: u32) -> Vec<FarEnd> {
        let mut found = Vec::new();
        self.each_meeting(kind, timeline, node, |_| true, |end| found.push(end));
        found.dedup_by(|next, end| end.is_again(next));
        found
    }

    /// Says what [`View::ends_from`] gives, of the targets that are asked for, a fact that holds by several of its spells several
    /// times.
    #[inline]
    pub(crate) fn each_end_from(
        self,
        kind: FactKind,
        node: u32,
        is_asked: impl Fn(u32) -> bool,
        say: impl FnMut(FarEnd),
    ) {
        let table = self.graph.facts.table(kind);
        match table.timeline_leaving(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, is_asked, say),
            None => {
                let rows = table.leaving(node).filter(|row| is_asked(table.target(*row)));
                rows.filter_map(self.end_of(kind, Table::target)).for_each(say);
            }
        }
    }

    /// Says what [`View::ends_to`] gives, of all sources, likewise.
    #[inline]
    pub(crate) fn each_end_to(self, kind: FactKind, node: u32, say: impl FnMut(FarEnd)) {
        let table = self.graph.facts.table(kind);
        match table.timeline_reaching(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, |_| true, say),
            None => {
                let rows = table.reaching(node).iter().copied();
                rows.filter_map(self.end_of(kind, Table::source)).for_each(say);
            }
        }
    }

    /// What a row of a kind leads to, if it holds.
    #[inline]
    fn end_of(self, kind: FactKind, other: impl Fn(&Table, u32) -> u32 + 'g) -> impl Fn(u32) -> Option<FarEnd> + 'g {
        let (table, judge) = (self.graph.facts.table(kind), self.judge_of_row(kind));
        move |row| {
            let certainty = judge(row)?;
            Some(FarEnd {
                node: other(table, row),
                fact: RowRef { kind, row },
                identity: table.identity(row),
                certainty,
            })
        }
    }

    /// Says which facts of a node hold by a timeline, of the other ends that are asked for, by spell.
    #[inline]
    fn each_meeting(
        self,
        kind: FactKind,
        timeline: &Timeline,
        node: u32,
        is_asked: impl Fn(u32) -> bool,
        mut say: impl FnMut(FarEnd),
    ) {
        let judge = self.judge_of_met(kind);
        timeline.each_meeting(node, self.asked(), |met| {
            let Met { row, other: node, identity, .. } = met;
            if let Some(certainty) = is_asked(node).then(|| judge(met)).flatten() {
                say(FarEnd { node, fact: RowRef { kind, row }, identity, certainty });
            }
        });
    }

    /// [`View::judge`] for many facts of a kind: where no claim need be read, without looking at the lens again for each.
    #[inline]
    fn judge_of_row(self, kind: FactKind) -> impl Fn(u32) -> Option<Certainty> + 'g {
        let sweep = self.sweep(kind);
        move |row| sweep.judge(row)
    }

    /// What is asked of a timeline: where claims have to be read, all that may have been at the time.
    #[inline]
    fn asked(self) -> Asked {
        let stands = if self.asks_for_times_alone() { self.modalities() } else { u8::MAX };
        Asked { days: self.lens.window, stands }
    }

    /// [`View::judge`] for many facts of a kind that a timeline gave when [`View::asked`]: where no claim need be read, how far the
    /// spell that it met holds, without looking at the fact.
    #[inline]
    fn judge_of_met(self, kind: FactKind) -> impl Fn(Met) -> Option<Certainty> + 'g {
        let (is_glance, days) = (self.asks_for_times_alone(), self.lens.window);
        move |met| match met.time {
            _ if !is_glance => self.judge(RowRef { kind, row: met.row }),
            NONE => Some(Certainty::Certain),
            time => self.graph.facts.time(time).overlaps_ordinals(days.first, days.end).certainty(),
        }
    }

    /// Whether only the times and stands of spells matter, and one window at most.
    #[inline]
    fn asks_for_times_alone(self) -> bool {
        self.is_plain() && self.has_one_window()
    }

    /// Of nodes in a row those to which facts of a kind may run at the view's time: a glance at each, for where most have none then.
    pub(crate) fn may_be_reached(self, kind: FactKind, nodes: Range<u32>) -> impl Iterator<Item = u32> {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, unknown) = match table.timeline_reaching(days) {
            Some(timeline) => (timeline.spanning(nodes, days), 0..0),
            None => (Vec::new(), nodes),
        };
        found.into_iter().chain(unknown)
    }

    /// The nodes at the far end of the facts that run from this node.
    pub(crate) fn targets(self, relation: RelationKind, node: u32) -> Vec<NodeRef<'g>> {
        let facts = self.running_from(FactKind::Relation(relation), node);
        let mut nodes: Vec<_> = facts.map(|(fact, _)| self.node(self.graph.facts.target(fact))).collect();
        nodes.dedup();
        nodes
    }

    /// The nodes at the far end of the facts that run to this node.
    pub(crate) fn sources_of(self, relation: RelationKind, node: u32) -> Vec<NodeRef<'g>> {
        let facts = self.running_to(FactKind::Relation(relation), node);
        let mut nodes: Vec<_> = facts.map(|(fact, _)| self.node(self.graph.facts.source(fact))).collect();
        nodes.dedup();
        nodes
    }
}
