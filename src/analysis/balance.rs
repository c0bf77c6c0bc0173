//! Structural balance: of three that are tied, how many ties are negative.

use super::signed::{Sign, SignedGraph, ones};
use crate::graph::{Because, NodeRef};
use crate::time::Certainty;

/// How many triads there are with no, one, two and three negative ties. A triad is three places of which every two are tied.
///
/// Balanced are those with none or two: the friend of my friend is my friend, and the enemy of my enemy too. (Davis calls those
/// with three balanced as well; then it is `triads[0] + triads[2] + triads[3]`.)
///
/// Fritz Heider, "Attitudes and Cognitive Organization", *Journal of Psychology* 21 (1946); Dorwin Cartwright and Frank Harary,
/// "Structural Balance", *Psychological Review* 63 (1956); James A. Davis, *Human Relations* 20 (1967).
///
/// ```
/// use comity::{Sign, SignedGraph};
/// let three = |sign| [(0, 1, sign), (1, 2, sign), (0, 2, sign)];
/// let census = SignedGraph::from_edges(3, three(Sign::Negative))?.census();
/// assert_eq!((census.triads, census.balance()), ([0, 0, 0, 1], Some(0.0)));
/// # Ok::<(), comity::NoTie>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TriadCensus {
    /// By the number of negative ties.
    pub triads: [u64; 4],
    /// Of these, the ones of which every tie is certain.
    pub certain: [u64; 4],
}

/// Three places of which every two are tied.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Triad<'a> {
    /// The three, in order.
    pub places: [usize; 3],
    /// How the first stands to the second, the first to the third, and the second to the third.
    pub signs: [Sign; 3],
    /// As sure as the least sure of the three ties.
    pub certainty: Certainty,
    graph: &'a SignedGraph<'a>,
}

impl TriadCensus {
    /// How many triads are balanced.
    #[must_use]
    pub fn balanced(&self) -> u64 {
        self.triads[0] + self.triads[2]
    }

    /// How many are not.
    #[must_use]
    pub fn unbalanced(&self) -> u64 {
        self.triads[1] + self.triads[3]
    }

    /// The share of balanced triads (Cartwright and Harary's degree of balance over cycles of three); none if there are no triads.
    #[must_use]
    pub fn balance(&self) -> Option<f64> {
        let all = self.balanced() + self.unbalanced();
        (all > 0).then(|| self.balanced() as f64 / all as f64)
    }
}

impl SignedGraph<'_> {
    /// How many triads there are, by their signs.
    ///
    /// For each tie the common neighbours of its two ends, 64 at a time.
    #[must_use]
    pub fn census(&self) -> TriadCensus {
        let triads = self.count_triads();
        let certain = if self.is_certain() { triads } else { self.certain_only().count_triads() };
        TriadCensus { triads, certain }
    }

    /// By what thirds are to the two of each tie. Three alike are met at each of their ties, those with one negative tie at that one,
    /// those with two at both: so that of the negative ties, which are mostly fewer, more is asked.
    fn count_triads(&self) -> [u64; 4] {
        let mut triads = [0; 4];
        for one in 0..self.count {
            let (friends, foes) = (self.positive.row(one), self.negative.row(one));
            each_from(friends, one + 1, |other| {
                let theirs = self.positive.row(other);
                triads[0] += count_ones(friends.iter().zip(theirs).map(|(friend, theirs)| friend & theirs));
            });
            each_from(foes, one + 1, |other| {
                let both = friends.iter().zip(foes).zip(self.positive.row(other).iter().zip(self.negative.row(other)));
                triads[1] += count_ones(both.clone().map(|((friend, _), (theirs, _))| friend & theirs));
                triads[2] +=
                    count_ones(both.clone().map(|((friend, foe), (theirs, not))| (friend & not) | (foe & theirs)));
                triads[3] += count_ones(both.map(|((_, foe), (_, not))| foe & not));
            });
        }
        [triads[0] / 3, triads[1], triads[2] / 2, triads[3] / 3]
    }

    /// The triads themselves, by their places.
    ///
    /// ```
    /// use comity::{Sign, SignedGraph};
    /// let ties = [(0, 1, Sign::Positive), (1, 2, Sign::Negative), (0, 2, Sign::Positive), (2, 3, Sign::Positive)];
    /// let graph = SignedGraph::from_edges(4, ties)?;
    /// let triad = graph.triads().next().expect("the first three");
    /// assert_eq!((triad.places, triad.is_balanced(), graph.triads().count()), ([0, 1, 2], false, 1));
    /// # Ok::<(), comity::NoTie>(())
    /// ```
    pub fn triads(&self) -> impl Iterator<Item = Triad<'_>> {
        (0..self.count).flat_map(move |one| {
            self.neighbours(one, one + 1).flat_map(move |other| {
                let thirds = self.common_neighbours(one, other).filter(move |third| *third > other);
                thirds.filter_map(move |third| self.triad([one, other, third]))
            })
        })
    }

    fn common_neighbours(&self, one: usize, other: usize) -> impl Iterator<Item = usize> + '_ {
        let tied = move |place: usize, word: usize| self.positive.row(place)[word] | self.negative.row(place)[word];
        let words = self.positive.row(one).len();
        (0..words).flat_map(move |word| ones(word, tied(one, word) & tied(other, word)))
    }

    fn triad(&self, places: [usize; 3]) -> Option<Triad<'_>> {
        let [one, other, third] = places;
        let ties = [self.tie(one, other)?, self.tie(one, third)?, self.tie(other, third)?];
        let certainty = ties.iter().map(|tie| tie.certainty).min()?;
        Some(Triad { places, signs: ties.map(|tie| tie.sign), certainty, graph: self })
    }
}

impl<'a> Triad<'a> {
    /// Whether none or two of its ties are negative.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.signs.iter().filter(|sign| **sign == Sign::Negative).count().is_multiple_of(2)
    }

    /// The three nations; none in another's graph.
    #[must_use]
    pub fn nations(&self) -> Option<[NodeRef<'a>; 3]> {
        let [one, other, third] = self.places.map(|place| self.graph.nation(place));
        Some([one?, other?, third?])
    }

    /// The claims of its three ties; none in another's graph.
    #[must_use]
    pub fn because(&self) -> Option<Because<'a>> {
        let [one, other, third] = self.places;
        let graph = self.graph;
        Some(graph.because(one, other)?.and(graph.because(one, third)?).and(graph.because(other, third)?))
    }
}

/// Says which places have their bits set in a row, from one on.
#[inline]
fn each_from(row: &[u64], from: usize, mut say: impl FnMut(usize)) {
    let mut mask = !0 << (from % 64);
    for (nth, word) in row.iter().enumerate().skip(from / 64) {
        for place in ones(nth, word & mask) {
            say(place);
        }
        mask = !0;
    }
}

#[inline]
fn count_ones(words: impl Iterator<Item = u64>) -> u64 {
    words.map(|word| u64::from(word.count_ones())).sum()
}
