//! What nodes are called: for showing, and for looking them up.

use std::collections::BTreeMap;

use crate::batch::records::{Description, NONE, Records};
use crate::batch::strings::Strings;
use crate::text::fold;

/// Names by node, and nodes by name.
#[derive(Debug)]
pub(crate) struct Names {
    /// The description that names each node, [`NONE`] where none does: the name that most articles give it.
    pub(crate) shown: Vec<u32>,
    /// The entities of each node, node after node.
    pub(crate) entities: Vec<u32>,
    pub(crate) entities_start: Vec<u32>,
    pub(crate) folded: Strings,
    /// (name, whether it is an alias, node), sorted.
    pub(crate) known: Vec<(u32, bool, u32)>,
}

impl Names {
    pub(super) fn new(records: &Records) -> Self {
        let (entities, entities_start) = entities_of_nodes(records);
        let mut shown = vec![NONE; records.nodes.len()];
        let mut folded = Strings::default();
        let mut said: Vec<(std::borrow::Cow<'_, str>, bool, u32)> = Vec::new();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (node, shown) in shown.iter_mut().enumerate() {
            counts.clear();
            let rows = &entities[entities_start[node] as usize..entities_start[node + 1] as usize];
            for entity in rows {
                *counts.entry(records.entities[*entity as usize].description).or_default() += 1;
            }
            let description = |number: u32| &records.descriptions[number as usize];
            let named = counts.iter().filter(|(number, _)| description(**number).name.is_some());
            // The commonest; of equals the first in the alphabet: descriptions are sorted.
            let best = named.max_by_key(|(number, count)| (**count, std::cmp::Reverse(**number)));
            *shown = best.map_or(NONE, |(number, _)| *number);
            for number in counts.keys() {
                let Description { name, aliases, .. } = description(*number);
                let names = name.iter().map(|name| (name, false)).chain(aliases.iter().map(|alias| (alias, true)));
                said.extend(names.map(|(name, alias)| (fold(name), alias, node as u32)));
            }
        }
        said.sort_unstable();
        said.dedup();
        let known = said.into_iter().map(|(name, alias, node)| (folded.intern(&name).0, alias, node)).collect();
        Self { shown, entities, entities_start, folded, known }
    }

    /// From what was worked out before: `folded` and `known` are sorted.
    pub(crate) fn of(records: &Records, shown: Vec<u32>, folded: Strings, known: Vec<(u32, bool, u32)>) -> Self {
        let (entities, entities_start) = entities_of_nodes(records);
        Self { shown, entities, entities_start, folded, known }
    }

    /// The entities that name this node.
    pub(crate) fn entities_of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.entities[self.entities_start[node] as usize..self.entities_start[node + 1] as usize]
    }

    /// The nodes of this name, and whether only as an alias. Constant time but for the number of nodes.
    pub(crate) fn find(&self, name: &str) -> impl Iterator<Item = (bool, u32)> + '_ {
        let number = self.folded.find(&fold(name)).map_or(NONE, |text| text.0);
        let start = self.known.partition_point(|(known, ..)| *known < number);
        self.known[start..]
            .iter()
            .take_while(move |(known, ..)| *known == number)
            .map(|(_, alias, node)| (*alias, *node))
    }

    /// Every folded name with a node of it.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, u32)> {
        self.known.iter().map(|(name, _, node)| (self.folded.get(crate::batch::strings::Text(*name)), *node))
    }
}

/// The entities of each node, node after node, and where those of each node begin. Linear.
fn entities_of_nodes(records: &Records) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0; records.nodes.len() + 1];
    for entity in &records.entities {
        starts[entity.node as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let (mut next, mut entities) = (starts.clone(), vec![0; records.entities.len()]);
    for (row, entity) in (0..).zip(&records.entities) {
        let place = &mut next[entity.node as usize];
        entities[*place as usize] = row;
        *place += 1;
    }
    (entities, starts)
}
