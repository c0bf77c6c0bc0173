//! The nodes of a batch, found by kind and name.

use hashbrown::HashTable;

use super::records::{NONE, NodeRow};
use super::strings::{Strings, hash};
use crate::model::NodeKind;

/// What finds nodes. They are looked up for every claim that they are in: so what tells a keyed one from others stands in the table,
/// and only the letters of its name are read from elsewhere.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownNodes {
    table: HashTable<Known>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    /// Half the hash.
    half: u32,
    number: u32,
    /// At which byte of the strings its name stands.
    name: u32,
    /// How many bytes that has; none where this does not say enough: it is very long, or of a node that one source knows.
    length: Option<Length>,
    kind: NodeKind,
}

type Length = std::num::NonZeroU16;

/// Bits for all of a table from the half of a hash (Fibonacci hashing: Knuth, The Art of Computer Programming 6.4).
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl KnownNodes {
    /// The number of the node of this kind and name that this source alone knows, or, where that is none, the corpus.
    pub(super) fn find(
        &self,
        (kind, scope, name): (NodeKind, u32, &str),
        nodes: &[NodeRow],
        strings: &Strings,
    ) -> Option<u32> {
        let half = hash((kind, scope, name)) as u32;
        let same = |known: &Known| {
            known.half == half
                && known.kind == kind
                && match known.length {
                    Some(length) => {
                        scope == NONE && usize::from(length.get()) == name.len() && strings.is_at(known.name, name)
                    }
                    None => {
                        let row = nodes[known.number as usize];
                        row.scope == scope && strings.get(row.name) == name
                    }
                }
        };
        self.table.find(spread(half), same).map(|known| known.number)
    }

    /// Adds a node that is not found yet, whose name is to be the next of the strings.
    pub(super) fn insert(&mut self, (kind, scope, name): (NodeKind, u32, &str), number: u32, strings: &Strings) {
        let half = hash((kind, scope, name)) as u32;
        let length = u16::try_from(name.len()).ok().and_then(Length::new).filter(|_| scope == NONE);
        let known = Known { half, number, name: strings.next_byte(), length, kind };
        self.table.insert_unique(spread(half), known, |known| spread(known.half));
    }
}
