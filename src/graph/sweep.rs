//! Along one kind of facts from many nodes, one after the other: what a view asks of all of them alike is asked once, not at each.
//!
//! What it gives is what [`View::running_from`] and [`View::running_to`] give. It goes by no timeline: where one node has many facts
//! of which a day asks for few, these two are quicker.

use super::facts::{FactKind, RowRef};
use super::table::Table;
use super::view::View;
use super::walk::FarEnd;
use crate::time::{Bounds, Certainty, Holding};

/// The facts of a kind as a view lets them through.
pub(crate) struct Sweep<'g> {
    view: View<'g>,
    kind: FactKind,
    table: &'g Table,
    /// Whether no claim need be read.
    is_plain: bool,
    /// Whether no day is left out.
    is_at_any_time: bool,
    modalities: u8,
}

impl<'g> View<'g> {
    /// The facts of a kind, to be gone along from many nodes.
    pub(crate) fn sweep(self, kind: FactKind) -> Sweep<'g> {
        Sweep {
            view: self,
            kind,
            table: self.graph.facts.table(kind),
            is_plain: self.is_plain(),
            is_at_any_time: self.lens.window.are_all(),
            modalities: self.modalities(),
        }
    }
}

impl Sweep<'_> {
    /// Says which facts run from this node and hold, by target.
    #[inline]
    pub(crate) fn each_from(&self, node: u32, mut say: impl FnMut(FarEnd)) {
        for row in self.table.leaving(node) {
            if let Some(certainty) = self.judge(row) {
                say(FarEnd { node: self.table.target(row), fact: RowRef { kind: self.kind, row }, certainty });
            }
        }
    }

    /// Says which facts run to this node and hold, by source.
    #[inline]
    pub(crate) fn each_to(&self, node: u32, mut say: impl FnMut(FarEnd)) {
        for row in self.table.reaching(node).iter().copied() {
            if let Some(certainty) = self.judge(row) {
                say(FarEnd { node: self.table.source(row), fact: RowRef { kind: self.kind, row }, certainty });
            }
        }
    }

    /// Says when the facts of this node may have been, as each spell has it of which some claim counts.
    #[inline]
    pub(crate) fn each_time(&self, node: u32, mut say: impl FnMut(Bounds)) {
        for row in self.table.leaving(node) {
            if self.is_plain && self.is_at_any_time {
                let spells = self.table.spells(row).filter(|spell| self.stands(*spell));
                spells.for_each(|spell| say(self.view.graph.facts.bounds(self.table, spell)));
            } else {
                self.view.spells(RowRef { kind: self.kind, row }).for_each(&mut say);
            }
        }
    }

    #[inline]
    fn judge(&self, row: u32) -> Option<Certainty> {
        if !self.is_plain {
            return self.view.judge(RowRef { kind: self.kind, row });
        }
        let mut spells = self.table.spells(row).filter(|spell| self.stands(*spell));
        if self.is_at_any_time {
            return spells.next().map(|_| Certainty::Certain);
        }
        let holding = |spell| self.view.holds(self.view.graph.facts.bounds(self.table, spell));
        spells.map(holding).max().unwrap_or(Holding::No).certainty()
    }

    /// Whether some claim of a spell is told so as to count.
    #[inline]
    fn stands(&self, spell: usize) -> bool {
        self.table.stands(spell) & self.modalities != 0
    }
}
