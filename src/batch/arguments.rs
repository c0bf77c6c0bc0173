//! Who and what fills the roles of claims.

use crate::model::Role;

/// What fills a role: a node, or a claim: the content of a statement, or the claim that tells of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Filler {
    Node(u32),
    Claim(u32),
}

/// A role, and what fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) role: Role,
    pub(crate) filler: Filler,
}

/// The arguments of all claims, in five bytes each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arguments {
    /// Twice the role, plus one where a claim fills it.
    roles: Vec<u8>,
    numbers: Vec<u32>,
}

// Twice the role, plus one, fits.
const _: () = assert!(Role::ALL.len() <= 1 << 7);

impl Argument {
    pub(crate) fn new(role: Role, filler: Filler) -> Self {
        Self { role, filler }
    }
}

impl Arguments {
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn reserve_exact(&mut self, more: usize) {
        self.roles.reserve_exact(more);
        self.numbers.reserve_exact(more);
    }

    pub(crate) fn push(&mut self, Argument { role, filler }: Argument) {
        let (is_claim, number) = match filler {
            Filler::Node(number) => (0, number),
            Filler::Claim(number) => (1, number),
        };
        self.roles.push((role as u8) << 1 | is_claim);
        self.numbers.push(number);
    }

    /// Those at these places.
    #[inline]
    pub(crate) fn at(&self, places: std::ops::Range<usize>) -> impl ExactSizeIterator<Item = Argument> + Clone {
        let numbers = &self.numbers[places.clone()];
        self.roles[places].iter().zip(numbers).map(|(role, number)| {
            let filler = if role & 1 == 0 { Filler::Node(*number) } else { Filler::Claim(*number) };
            Argument { role: Role::ALL[usize::from(role >> 1)], filler }
        })
    }

    /// All, in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = Argument> + Clone {
        self.at(0..self.len())
    }
}
