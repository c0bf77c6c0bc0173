//! What nodes are called: for showing, and for looking them up.

use std::collections::BTreeMap;

use super::lists::Lists;
use crate::batch::records::{Description, NONE, Records};
use crate::batch::strings::Strings;
use crate::text::fold;

/// Names by node, and nodes by name.
#[derive(Debug)]
pub(crate) struct Names {
    /// The description that names each node, [`NONE`] where none does: the name that most articles give it.
    pub(crate) shown: Vec<u32>,
    /// The entities that name each node.
    entities: Lists,
    pub(crate) folded: Strings,
    /// (name, whether it is an alias, node), sorted.
    pub(crate) known: Vec<(u32, bool, u32)>,
}

impl Names {
    pub(super) fn new(records: &Records) -> Self {
        let entities = entities_of_nodes(records);
        let mut shown = vec![NONE; records.nodes.len()];
        let mut folded = Strings::default();
        let mut said: Vec<(std::borrow::Cow<'_, str>, bool, u32)> = Vec::new();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (node, shown) in (0..).zip(&mut shown) {
            counts.clear();
            for entity in entities.of(node) {
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
                said.extend(names.map(|(name, alias)| (fold(name), alias, node)));
            }
        }
        said.sort_unstable();
        said.dedup();
        let known = said.into_iter().map(|(name, alias, node)| (folded.intern(&name).0, alias, node)).collect();
        Self { shown, entities, folded, known }
    }

    /// From what was worked out before: `folded` and `known` are sorted.
    pub(crate) fn of(records: &Records, shown: Vec<u32>, folded: Strings, known: Vec<(u32, bool, u32)>) -> Self {
        let entities = entities_of_nodes(records);
        Self { shown, entities, folded, known }
    }

    /// The entities that name this node.
    pub(crate) fn entities_of(&self, node: u32) -> &[u32] {
        self.entities.of(node)
    }

    /// The nodes of this name, and whether only as an alias. Logarithmic in the names, and linear in the nodes of this one.
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

/// The entities that name each node, in their order. Linear.
fn entities_of_nodes(records: &Records) -> Lists {
    Lists::new(records.nodes.len(), |say| {
        (0..).zip(&records.entities).for_each(|(row, entity)| say(entity.node, row));
    })
}
