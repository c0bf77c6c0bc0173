//! The nodes of a batch, found by kind and name.

use hashbrown::HashTable;

use super::records::{NONE, NodeRow};
use super::strings::{Strings, hash};
use crate::model::NodeKind;

/// What finds nodes. They are looked up for every claim that they are in: so what tells a keyed one from others stands in the table,
/// and only of a long name the letters are read from elsewhere. Each kind has a table of its own, so that the few nations and persons,
/// who are asked for often, stand together and not among the many events.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownNodes {
    tables: [HashTable<Known>; NodeKind::ALL.len()],
}

#[derive(Debug, Clone, Copy)]
struct Known {
    /// Half the hash.
    half: u32,
    number: u32,
    /// How many bytes the name has; [`IN_ROW`] where the row of the node has to be read: the name is very long, or one source's alone.
    length: u16,
    /// The name, if it is short, else at which byte of the strings it stands.
    name: [u8; SHORT],
}

/// Bytes of a name that has a place in the table.
const SHORT: usize = 14;

const IN_ROW: u16 = u16::MAX;

/// Bits for all of a table from the half of a hash (Fibonacci hashing: Knuth, The Art of Computer Programming 6.4).
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A short name, zeros behind it; none for one that is longer.
fn short(name: &str) -> Option<[u8; SHORT]> {
    let mut bytes = [0; SHORT];
    bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
    Some(bytes)
}

impl Known {
    /// With a name that is to be the next of the strings.
    fn new((scope, name): (u32, &str), half: u32, number: u32, strings: &Strings) -> Self {
        let length = u16::try_from(name.len()).ok().filter(|_| scope == NONE).unwrap_or(IN_ROW);
        let name = short(name).unwrap_or_else(|| {
            let mut bytes = [0; SHORT];
            bytes[..4].copy_from_slice(&strings.next_byte().to_ne_bytes());
            bytes
        });
        Self { half, number, length, name }
    }

    /// Whether it is keyed and has this name.
    #[inline]
    fn is_named(&self, name: &str, short: Option<[u8; SHORT]>, strings: &Strings) -> bool {
        usize::from(self.length) == name.len()
            && match short {
                Some(short) => self.name == short,
                None => {
                    let [a, b, c, d, ..] = self.name;
                    strings.is_at(u32::from_ne_bytes([a, b, c, d]), name)
                }
            }
    }
}

impl KnownNodes {
    /// The number of the node of this kind and name that this source alone knows, or, where that is none, the corpus.
    pub(super) fn find(
        &self,
        (kind, scope, name): (NodeKind, u32, &str),
        nodes: &[NodeRow],
        strings: &Strings,
    ) -> Option<u32> {
        let (half, short) = (hash((scope, name)) as u32, short(name));
        let same = |known: &Known| {
            known.half == half
                && if known.length == IN_ROW {
                    let row = nodes[known.number as usize];
                    row.scope == scope && strings.get(row.name) == name
                } else {
                    scope == NONE && known.is_named(name, short, strings)
                }
        };
        self.tables[kind as usize].find(spread(half), same).map(|known| known.number)
    }

    /// Adds a node that is not found yet, whose name is to be the next of the strings.
    pub(super) fn insert(&mut self, (kind, scope, name): (NodeKind, u32, &str), number: u32, strings: &Strings) {
        let half = hash((scope, name)) as u32;
        let known = Known::new((scope, name), half, number, strings);
        self.tables[kind as usize].insert_unique(spread(half), known, |known| spread(known.half));
    }
}

#[cfg(test)]
mod tests {
    use crate::batch::records::Records;
    use crate::model::NodeKind;

    #[test]
    fn nodes_are_the_same_by_kind_and_name_however_long_that_is() {
        let mut records = Records::default();
        let names =
            (1..40).chain([65_534, 65_535, 65_536]).flat_map(|length| ["a", "b"].map(|end| "x".repeat(length) + end));
        let names: Vec<String> = names.chain(["x\0".into(), "x\0\0".into()]).collect();
        let mut find = |kind: NodeKind, scope: Option<u32>| -> Vec<u32> {
            let found = names.iter().map(|name| match scope {
                Some(source) => records.local_node(kind, source, name),
                None => records.keyed_node(kind, name),
            });
            found.collect()
        };
        let places = [
            (NodeKind::Person, None),
            (NodeKind::Group, None),
            (NodeKind::Person, Some(0)),
            (NodeKind::Person, Some(1)),
        ];
        let first = places.map(|(kind, scope)| find(kind, scope));
        let again = places.map(|(kind, scope)| find(kind, scope));
        assert_eq!(first, again);
        let mut all = first.concat();
        all.sort_unstable();
        assert_eq!(all, (0..places.len() as u32 * names.len() as u32).collect::<Vec<_>>());
    }
}
