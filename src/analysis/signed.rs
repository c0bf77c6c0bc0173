//! Signed graphs: who stands with whom, and who against.
//!
//! What its triads say of balance is in `balance`, what it would take to balance it in `frustration`.

use std::ops::Range;

use super::pacts;
use crate::graph::{Because, FactKind, NodeRef, View};
use crate::model::{Node, NodeKind, RelationKind};
use crate::time::Certainty;

/// Whether two stand together or against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// Together.
    Positive,
    /// Against each other.
    Negative,
}

/// A graph of nations whose ties have a sign and no direction.
///
/// From a view: **negative** if either nation sanctions the other, else **positive** if both are members of one alliance. Only
/// sanctions that one nation imposes itself, and on the other itself, count: not those of coalitions, nor on people or companies.
/// A tie is certain if it is certain that it is there and of which sign it is: where a sanction only may be in force, it is possible
/// at best.
///
/// ```
/// use comity::{Sign, SignedGraph};
/// let triangle = SignedGraph::from_edges(3, [(0, 1, Sign::Positive), (1, 2, Sign::Negative), (0, 2, Sign::Negative)])?;
/// assert_eq!(triangle.sign(2, 1), Some(Sign::Negative));
/// assert_eq!(triangle.census().balanced(), 1); // the enemy of my friend is my enemy
/// # Ok::<(), comity::NoTie>(())
/// ```
#[derive(Debug, Clone)]
pub struct SignedGraph<'g> {
    pub(super) count: usize,
    pub(super) positive: Bits,
    pub(super) negative: Bits,
    /// The ties that are certain, of whatever sign.
    pub(super) certain: Bits,
    /// The view that they were read from, if they are not another's, and the node of the first place.
    origin: Option<(View<'g>, u32)>,
}

/// What was given ties nothing to anything.
///
/// ```
/// use comity::{Sign, SignedGraph};
/// let error = SignedGraph::from_edges(2, [(0, 2, Sign::Positive)]).unwrap_err();
/// assert_eq!(error.to_string(), "place 2 is not among 2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoTie {
    /// There is no such place.
    #[error("place {place} is not among {count}")]
    NoSuchPlace {
        /// What was given.
        place: usize,
        /// How many there are.
        count: usize,
    },
    /// Both ends are the same.
    #[error("place {place} is tied to itself")]
    Itself {
        /// Which.
        place: usize,
    },
}

/// A tie of a signed graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedTie {
    /// The place of the one, the smaller.
    pub one: usize,
    /// The place of the other.
    pub other: usize,
    /// How they stand to each other.
    pub sign: Sign,
    /// How sure it is that they do.
    pub certainty: Certainty,
}

/// A square of bits, a row of words each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: usize,
    bits: Vec<u64>,
}

const IMPOSES: FactKind = FactKind::Relation(RelationKind::Imposes);
const TARGETS: FactKind = FactKind::Relation(RelationKind::Targets);

impl<'g> View<'g> {
    /// The signed graph of the nations: a place a nation, by key.
    ///
    /// Linear in the coalitions, the memberships of alliances and who imposes sanctions, and for each member of an alliance in a 64th of
    /// the nations; no claim is read if the view has no filter but times.
    ///
    /// ```
    /// use comity::{Batch, Fact, FactType, Graph, Nation, Role, Sign, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
    /// batch.fact(note, Fact::new(FactType::Sanction).role(Role::By, iceland).role(Role::Target, veldland))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let signed = graph.view().signed();
    /// assert_eq!(signed.ties().map(|tie| tie.sign).collect::<Vec<_>>(), [Sign::Negative]);
    /// assert_eq!(signed.because(0, 1).expect("from a view").claims().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn signed(self) -> SignedGraph<'g> {
        let nations = self.graph.rows_of(NodeKind::Nation);
        let (negative, surely_negative) = self.sanctioned_nations(nations.clone());
        let (mut positive, mut certain) = self.allied_nations(nations.clone());
        positive.remove(&negative);
        certain.remove(&negative);
        certain.add(&surely_negative);
        SignedGraph { count: nations.len(), positive, negative, certain, origin: Some((self, nations.start)) }
    }

    /// Which nations stand against each other, and which for sure.
    fn sanctioned_nations(self, nations: Range<u32>) -> (Bits, Bits) {
        let mut all = Bits::new(nations.len());
        let mut certain = all.clone();
        let targets = self.sweep(TARGETS);
        for (imposes, imposed) in self.holding(IMPOSES) {
            let imposer = self.graph.facts.source(imposes);
            if !nations.contains(&imposer) {
                continue;
            }
            targets.each_from(self.graph.facts.target(imposes), |target| {
                if target.node == imposer || !nations.contains(&target.node) {
                    return;
                }
                let [one, other] = [imposer, target.node].map(|nation| (nation - nations.start) as usize);
                all.join(one, other);
                if target.certainty.min(imposed) == Certainty::Certain {
                    certain.join(one, other);
                }
            });
        }
        (all, certain)
    }

    /// Which nations are members of one alliance, and which for sure.
    fn allied_nations(self, nations: Range<u32>) -> (Bits, Bits) {
        let mut all = Bits::new(nations.len());
        let mut certain = all.clone();
        let (mut members, mut sure_members) = (vec![0; all.words], vec![0; all.words]);
        for alliance in pacts::alliances(self) {
            self.each_member(alliance, |member, certainty, _| {
                if nations.contains(&member) {
                    let place = (member - nations.start) as usize;
                    members[place / 64] |= 1 << (place % 64);
                    sure_members[place / 64] |= u64::from(certainty == Certainty::Certain) << (place % 64);
                }
            });
            if members.iter().any(|word| *word != 0) {
                all.join_all(&members);
                certain.join_all(&sure_members);
                members.fill(0);
                sure_members.fill(0);
            }
        }
        (all, certain)
    }
}

impl<'g> SignedGraph<'g> {
    /// How many places there are, tied or not.
    #[must_use]
    pub fn places(&self) -> usize {
        self.count
    }

    /// How two places stand to each other, in either order; none if they are not tied.
    #[must_use]
    pub fn sign(&self, one: usize, other: usize) -> Option<Sign> {
        if self.negative.has(one, other) {
            Some(Sign::Negative)
        } else {
            self.positive.has(one, other).then_some(Sign::Positive)
        }
    }

    /// Whether every tie is certain.
    pub(super) fn is_certain(&self) -> bool {
        let ties = self.positive.bits.iter().zip(&self.negative.bits);
        ties.zip(&self.certain.bits).all(|((positive, negative), certain)| (positive | negative) & !certain == 0)
    }

    pub(super) fn tie(&self, one: usize, other: usize) -> Option<SignedTie> {
        let sign = self.sign(one, other)?;
        let certainty = if self.certain.has(one, other) { Certainty::Certain } else { Certainty::Possible };
        Some(SignedTie { one: one.min(other), other: one.max(other), sign, certainty })
    }

    /// Every tie once, by place of the one, then of the other.
    pub fn ties(&self) -> impl Iterator<Item = SignedTie> + '_ {
        (0..self.count).flat_map(move |one| self.neighbours(one, one + 1).filter_map(move |other| self.tie(one, other)))
    }

    /// The places that are tied to a place, from one on, in order.
    pub(super) fn neighbours(&self, one: usize, from: usize) -> impl Iterator<Item = usize> + '_ {
        let words = self.positive.row(one).iter().zip(self.negative.row(one)).enumerate().skip(from / 64);
        words.flat_map(|(nth, (positive, negative))| ones(nth, positive | negative)).filter(move |other| *other >= from)
    }

    /// The same with nothing but what is certain: ties of which it is certain that they are there, and of which sign.
    ///
    /// ```
    /// use comity::{Batch, Day, Fact, FactType, Graph, Nation, Role, Source, When};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
    /// let ban = Fact::new(FactType::Sanction).role(Role::By, iceland).role(Role::Target, veldland);
    /// batch.fact(note, ban.when(When::from("2031-03".parse()?)))?; // on one of its days
    /// let graph = Graph::new().apply(batch)?;
    /// let signed = graph.view().as_of(Day::new(2031, 3, 4)?).signed();
    /// assert_eq!((signed.ties().count(), signed.certain_only().ties().count()), (1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn certain_only(&self) -> Self {
        let mut only = self.clone();
        only.positive.keep(&self.certain);
        only.negative.keep(&self.certain);
        only
    }

    /// The nation of a place; none in another's graph.
    #[must_use]
    pub fn nation(&self, place: usize) -> Option<NodeRef<'g>> {
        let (view, first) = self.origin?;
        (place < self.count).then(|| view.node(first + place as u32))
    }

    /// The place of a nation; none in another's graph.
    ///
    /// # Panics
    /// If the node is not of the graph of the view.
    #[must_use]
    pub fn place_of(&self, nation: impl Into<Node>) -> Option<usize> {
        let (view, first) = self.origin?;
        Some(view.index(nation).wrapping_sub(first) as usize).filter(|place| *place < self.count)
    }

    /// The claims of a tie: of a negative one those of the sanctions between the two, of a positive one those of their
    /// memberships. None for another's ties, and where there is no tie.
    ///
    /// Linear in the sanctions that the two impose, or in their memberships.
    #[must_use]
    pub fn because(&self, one: usize, other: usize) -> Option<Because<'g>> {
        let (view, first) = self.origin?;
        let sign = self.sign(one, other)?;
        let (one, other) = (first + one as u32, first + other as u32);
        if sign == Sign::Negative {
            let mut facts = Vec::new();
            for (by, on) in [(one, other), (other, one)] {
                for (imposes, _) in view.running_from(IMPOSES, by) {
                    let targets = view.running_from(TARGETS, view.graph.facts.target(imposes)).map(|(fact, _)| fact);
                    let targets = targets.filter(|fact| view.graph.facts.target(*fact) == on);
                    facts.extend(targets.flat_map(|targets| [imposes, targets]));
                }
            }
            return Some(Because::of(view, facts));
        }
        let shared = view.shared_coalitions(view.node(one).id(), view.node(other).id());
        let alliances = shared.filter(|membership| pacts::is_alliance(view, membership.body.index));
        Some(alliances.fold(Because::of(view, []), |because, one| because.and(one.because)))
    }
}

impl SignedGraph<'static> {
    /// Another's ties among so many places, numbered from 0. Direction does not matter, and a tie may be given more than once: if
    /// it is ever negative, it is negative.
    ///
    /// # Errors
    /// [`NoTie`] if a place is not among them, or is tied to itself.
    pub fn from_edges(places: usize, edges: impl IntoIterator<Item = (usize, usize, Sign)>) -> Result<Self, NoTie> {
        let (mut positive, mut negative) = (Bits::new(places), Bits::new(places));
        for (one, other, sign) in edges {
            if let Some(place) = [one, other].into_iter().find(|place| *place >= places) {
                return Err(NoTie::NoSuchPlace { place, count: places });
            }
            if one == other {
                return Err(NoTie::Itself { place: one });
            }
            let bits = if sign == Sign::Negative { &mut negative } else { &mut positive };
            bits.join(one, other);
        }
        positive.remove(&negative);
        let mut certain = positive.clone();
        certain.add(&negative);
        Ok(Self { count: places, positive, negative, certain, origin: None })
    }
}

impl Bits {
    fn new(count: usize) -> Self {
        let words = count.div_ceil(64);
        Self { words, bits: vec![0; words * count] }
    }

    pub(super) fn row(&self, place: usize) -> &[u64] {
        &self.bits[place * self.words..][..self.words]
    }

    fn join(&mut self, one: usize, other: usize) {
        self.bits[one * self.words + other / 64] |= 1 << (other % 64);
        self.bits[other * self.words + one / 64] |= 1 << (one % 64);
    }

    /// Joins every two of the places whose bits are set.
    fn join_all(&mut self, places: &[u64]) {
        for one in places.iter().enumerate().flat_map(|(nth, word)| ones(nth, *word)) {
            let row = &mut self.bits[one * self.words..][..self.words];
            row.iter_mut().zip(places).for_each(|(word, others)| *word |= others);
            row[one / 64] &= !(1 << (one % 64));
        }
    }

    /// None outside the square.
    pub(super) fn has(&self, one: usize, other: usize) -> bool {
        let word = if other / 64 < self.words { self.bits.get(one * self.words + other / 64) } else { None };
        word.is_some_and(|word| word >> (other % 64) & 1 == 1)
    }

    fn add(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word |= other);
    }

    fn remove(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word &= !other);
    }

    fn keep(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(word, other)| *word &= other);
    }
}

/// The places whose bits are set in the nth word of a row.
pub(super) fn ones(nth: usize, mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            nth * 64 + bit as usize
        })
    })
}
