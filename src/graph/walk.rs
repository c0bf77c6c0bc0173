//! From a node along the facts of one kind: what the view lets through of them.

use std::ops::Range;

use super::facts::{FactKind, RowRef};
use super::handle::NodeRef;
use super::timeline::Timeline;
use super::view::View;
use crate::model::RelationKind;
use crate::time::{Certainty, Holding};

/// What a fact that holds leads to, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FarEnd {
    pub(crate) node: u32,
    pub(crate) fact: RowRef,
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
        let (table, judge, days) = (self.graph.facts.table(kind), self.judge_of(kind), self.lens.window);
        let mut found = Vec::new();
        let mut rows = 0..table.len() as u32;
        if let Some(timeline) = table.timeline_of_any(days) {
            rows = 0..0;
            timeline.each_meeting_of_all(days, |met| found.extend(judge(met.row, met.exact).map(|how| (met.row, how))));
            // A fact that holds by several spells holds by the surest.
            found.sort_unstable_by_key(|(row, certainty)| (*row, std::cmp::Reverse(*certainty)));
            found.dedup_by_key(|(row, _)| *row);
        }
        let looked_at = rows.filter_map(move |row| Some((row, judge(row, 0)?)));
        found.into_iter().chain(looked_at).map(move |(row, certainty)| (RowRef { kind, row }, certainty))
    }

    /// [`View::running_from`], with the target of each.
    pub(crate) fn ends_from(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_leaving(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), 0..0),
            None => (Vec::new(), table.leaving(node)),
        };
        found.into_iter().chain(rows.filter_map(self.end_of(kind, move |row| table.target(row))))
    }

    /// [`View::running_to`], with the source of each.
    pub(crate) fn ends_to(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_reaching(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), &[][..]),
            None => (Vec::new(), table.reaching(node)),
        };
        found.into_iter().chain(rows.iter().copied().filter_map(self.end_of(kind, move |row| table.source(row))))
    }

    fn meeting(self, kind: FactKind, timeline: &Timeline, node: u32) -> Vec<FarEnd> {
        let mut found = Vec::new();
        self.each_meeting(kind, timeline, node, |end| found.push(end));
        found.dedup_by(|next, end| end.is_again(next));
        found
    }

    /// Says what [`View::ends_from`] gives, a fact that holds by several of its spells several times.
    #[inline]
    pub(crate) fn each_end_from(self, kind: FactKind, node: u32, say: impl FnMut(FarEnd)) {
        let table = self.graph.facts.table(kind);
        match table.timeline_leaving(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, say),
            None => table.leaving(node).filter_map(self.end_of(kind, move |row| table.target(row))).for_each(say),
        }
    }

    /// Says what [`View::ends_to`] gives, likewise.
    #[inline]
    pub(crate) fn each_end_to(self, kind: FactKind, node: u32, say: impl FnMut(FarEnd)) {
        let table = self.graph.facts.table(kind);
        match table.timeline_reaching(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, say),
            None => {
                let rows = table.reaching(node).iter().copied();
                rows.filter_map(self.end_of(kind, move |row| table.source(row))).for_each(say);
            }
        }
    }

    /// What a row of a kind leads to, if it holds.
    #[inline]
    fn end_of(self, kind: FactKind, other: impl Fn(u32) -> u32 + 'g) -> impl Fn(u32) -> Option<FarEnd> + 'g {
        let judge = self.judge_of(kind);
        move |row| {
            let certainty = judge(row, 0)?;
            Some(FarEnd { node: other(row), fact: RowRef { kind, row }, certainty })
        }
    }

    /// Says which facts of a node hold by a timeline, by spell.
    #[inline]
    fn each_meeting(self, kind: FactKind, timeline: &Timeline, node: u32, mut say: impl FnMut(FarEnd)) {
        let judge = self.judge_of(kind);
        timeline.each_meeting(node, self.lens.window, |met| {
            if let Some(certainty) = judge(met.row, met.exact) {
                say(FarEnd { node: met.other, fact: RowRef { kind, row: met.row }, certainty });
            }
        });
    }

    /// [`View::judge`] for many facts of a kind that the time filters may let through, each with [`Met::exact`] or 0: where no claim
    /// need be read, without looking at the lens again for each, or at the spells where the timeline has said enough.
    ///
    /// [`Met::exact`]: super::timeline::Met::exact
    #[inline]
    fn judge_of(self, kind: FactKind) -> impl Fn(u32, u8) -> Option<Certainty> + 'g {
        let is_glance = self.is_plain() && self.lens.windows.is_none();
        let enough = if is_glance { self.modalities() } else { 0 };
        move |row, exact| match exact & enough {
            0 if !is_glance => self.judge(RowRef { kind, row }),
            0 if exact == 0 => self.glance_at(RowRef { kind, row }),
            0 => None,
            _ => Some(Certainty::Certain),
        }
    }

    /// [`View::judge`] where only the times and stands of spells matter, and one window at most.
    fn glance_at(self, fact: RowRef) -> Option<Certainty> {
        let facts = &self.graph.facts;
        let table = facts.table(fact.kind);
        let (modalities, days) = (self.modalities(), self.lens.window);
        let mut best = Holding::No;
        for spell in table.spells(fact.row) {
            if table.stands(spell) & modalities == 0 {
                continue;
            }
            if days.are_all() {
                return Some(Certainty::Certain);
            }
            best = best.max(facts.bounds(table, spell).overlaps_ordinals(days.first, days.end));
            if best == Holding::Certain {
                break;
            }
        }
        best.certainty()
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
