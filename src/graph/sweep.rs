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
                say(self.end(row, self.table.target(row), certainty));
            }
        }
    }

    /// Says which facts run to this node and hold, by source.
    #[inline]
    pub(crate) fn each_to(&self, node: u32, mut say: impl FnMut(FarEnd)) {
        for row in self.table.reaching(node).iter().copied() {
            if let Some(certainty) = self.judge(row) {
                say(self.end(row, self.table.source(row), certainty));
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
    fn end(&self, row: u32, node: u32, certainty: Certainty) -> FarEnd {
        FarEnd { node, fact: RowRef { kind: self.kind, row }, identity: self.table.identity(row), certainty }
    }

    /// [`View::judge`].
    #[inline]
    pub(super) fn judge(&self, row: u32) -> Option<Certainty> {
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

#[cfg(test)]
mod tests {
    use crate::batch::{Batch, Fact};
    use crate::graph::{FactKind, Graph, View};
    use crate::model::{Detention, FactType, Modality, Nation, Person, RelationKind, Role};
    use crate::provenance::Source;
    use crate::time::{Bounds, Certainty, Day, When};

    /// Detentions in one of two articles or in both, told in all modalities, on days that are known and on such as are not.
    fn graph() -> Graph {
        let mut batch = Batch::new();
        let articles = ["one", "two"].map(|id| batch.source(Source::article(id).published("2031-04".parse().unwrap())));
        let by = batch.node::<Nation>("CHL").unwrap();
        for (number, date) in ["2031-03-04", "2031-03", "2031", "2031-05-01"].into_iter().cycle().take(48).enumerate() {
            let event = batch.node::<Detention>(&(number % 19).to_string()).unwrap();
            let held = batch.node::<Person>(&(number % 7).to_string()).unwrap();
            let fact = Fact::new(FactType::Detention).event(event).role(Role::Detained, held).role(Role::By, by);
            let fact =
                fact.when(When::from(date.parse().unwrap())).modality(Modality::ALL[number % Modality::ALL.len()]);
            let fact = if number % 5 == 0 { fact.said_by(by) } else { fact };
            batch.fact(articles[number % 3 % 2], fact).unwrap();
        }
        Graph::new().apply(batch).unwrap()
    }

    fn gives_the_same(view: View<'_>) {
        use RelationKind::{Detains, HeldIn};
        for kind in [FactKind::Relation(Detains), FactKind::Relation(HeldIn), FactKind::Event] {
            let sweep = view.sweep(kind);
            for node in 0..view.graph.nodes().len() as u32 {
                let (mut from, mut to, mut times) = (Vec::new(), Vec::new(), Vec::new());
                sweep.each_from(node, |end| from.push((end.fact, end.certainty)));
                sweep.each_to(node, |end| to.push((end.fact, end.certainty)));
                sweep.each_time(node, |bounds| times.push(bounds));
                let spells = view.graph.facts.running_from(kind, node).flat_map(|fact| view.spells(fact));
                assert_eq!(from, view.running_from(kind, node).collect::<Vec<_>>(), "{view:?}");
                assert_eq!(to, view.running_to(kind, node).collect::<Vec<_>>(), "{view:?}");
                assert_eq!(times, spells.collect::<Vec<Bounds>>(), "{view:?}");
            }
        }
    }

    #[test]
    fn it_gives_what_is_given_from_each_node() {
        let graph = graph();
        let (all, day) = (graph.view(), Day::new(2031, 3, 4).unwrap());
        let (one, chile) = (graph.source("one").unwrap(), graph.find::<Nation>("CHL").unwrap());
        let filtered =
            [all, all.without(one), all.according_to(chile), all.published_by(Day::new(2031, 4, 9).unwrap())];
        for view in filtered {
            for view in [view, view.modality(Modality::Denied), view.with_repaired()] {
                for view in [view, view.as_of(day), view.as_of(day).as_of(Day::new(2031, 5, 1).unwrap())] {
                    gives_the_same(view);
                }
            }
        }
        let mut certainties = Vec::new();
        let sweep = all.as_of(day).sweep(FactKind::Relation(RelationKind::Detains));
        sweep.each_from(all.index(chile), |end| certainties.push(end.certainty));
        assert!(certainties.contains(&Certainty::Certain) && certainties.contains(&Certainty::Possible));
    }
}
