//! What coalitions are said to be and to promise, as bits: who is an ally of whom is asked often, and reading descriptions each time
//! would cost more than all the rest.

use std::ops::Range;

use super::names::Names;
use super::view::View;
use crate::batch::records::{Description, Records};
use crate::model::{CoalitionKind, Pledge};

/// What some source says of a coalition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pledged(u8);

impl Pledged {
    const ALLIANCE: u8 = 1 << 7;

    // Cold: only a view that leaves sources out asks again, and the walk over members is not to make room for it.
    #[cold]
    fn of<'d>(descriptions: impl Iterator<Item = &'d Description>) -> Self {
        Self(descriptions.fold(0, |said, one| {
            let alliance = if one.kind == Some(CoalitionKind::Alliance.as_str()) { Self::ALLIANCE } else { 0 };
            one.pledges.iter().fold(said | alliance, |said, pledge| said | 1 << *pledge as u8)
        }))
    }

    /// Whether it is called an alliance.
    pub(crate) fn is_alliance(self) -> bool {
        self.0 & Self::ALLIANCE != 0
    }

    /// Whether its members are said to promise this.
    pub(crate) fn has(self, pledge: Pledge) -> bool {
        self.0 & 1 << pledge as u8 != 0
    }
}

/// Of every coalition, in the order of nodes.
#[derive(Debug)]
pub(super) struct AllPledged {
    first: u32,
    said: Vec<Pledged>,
}

impl AllPledged {
    /// Linear in the descriptions of coalitions.
    pub(super) fn new(records: &Records, coalitions: Range<u32>, names: &Names) -> Self {
        let first = coalitions.start;
        let description = |entity: &u32| {
            let number = records.entities[*entity as usize].description;
            &records.descriptions[number as usize]
        };
        let said = coalitions.map(|node| Pledged::of(names.entities_of(node).iter().map(description)));
        Self { first, said: said.collect() }
    }
}

impl View<'_> {
    /// What the sources that are not left out say of a coalition.
    #[inline]
    pub(crate) fn pledged(self, coalition: u32) -> Pledged {
        if self.leaves_none_out() {
            let all = &self.graph.pledged;
            return all.said.get(coalition.wrapping_sub(all.first) as usize).copied().unwrap_or_default();
        }
        Pledged::of(self.descriptions(coalition))
    }
}
