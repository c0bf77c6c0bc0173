//! How alike two portfolios are: Signorino and Ritter's S.
//!
//! What is corrected for chance is in `agreement`.

use super::portfolios::Portfolios;
use crate::graph::{Because, NodeRef};
use crate::time::Certainty;

/// How far two commitments to one partner are apart.
///
/// ```
/// use comity::Distance;
/// assert_eq!([Distance::Nominal, Distance::Absolute, Distance::Squared].map(|distance| distance.between(3, 1)), [1, 2, 4]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Distance {
    /// 0 if they are the same, else 1: as if the scale had no order.
    Nominal,
    /// Their difference: what Signorino and Ritter take.
    Absolute,
    /// The square of their difference, so that one great difference weighs more than several small ones.
    Squared,
}

impl Distance {
    /// The distance of two commitments.
    #[must_use]
    pub fn between(self, one: u8, other: u8) -> u32 {
        let apart = u32::from(one.abs_diff(other));
        match self {
            Self::Nominal => u32::from(apart > 0),
            Self::Absolute => apart,
            Self::Squared => apart * apart,
        }
    }
}

/// A measure of similarity over portfolios: what [`Portfolios::similarity`] gives. Weigh it if you like, then ask for one pair or
/// for all.
#[derive(Debug, Clone)]
#[must_use]
pub struct Similarity<'a> {
    portfolios: &'a Portfolios<'a>,
    distance: Distance,
    weights: Option<Vec<f64>>,
}

/// The weights do not fit the portfolios.
///
/// ```
/// use comity::{Distance, Portfolios};
/// let portfolios = Portfolios::from_matrix([[3, 0], [0, 3]], 3)?;
/// let error = portfolios.similarity(Distance::Absolute).weighted_by(&[1.0]).unwrap_err();
/// assert_eq!(error.to_string(), "1 weights for 2 partners");
/// # Ok::<(), comity::MatrixError>(())
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// Not one weight a partner.
    #[error("{found} weights for {wanted} partners")]
    Count {
        /// How many partners there are.
        wanted: usize,
        /// How many weights were given.
        found: usize,
    },
    /// A weight is negative, infinite or no number.
    #[error("weight {place} is {found}")]
    NoWeight {
        /// Which, from 0.
        place: usize,
        /// What was given.
        found: f64,
    },
}

/// How alike two portfolios are, by some measure.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Score<'a> {
    /// The row of the one.
    pub one: usize,
    /// The row of the other.
    pub other: usize,
    /// From -1 to 1: 1 is the same portfolio.
    pub value: f64,
    /// How many partners were compared.
    pub n: usize,
    /// Possible if a commitment in either row only may be.
    pub certainty: Certainty,
    portfolios: &'a Portfolios<'a>,
}

/// The scores of all pairs: what [`Similarity::all`] gives.
///
/// ```
/// use comity::{Distance, Portfolios};
/// let portfolios = Portfolios::from_matrix([[3, 0], [0, 3], [3, 3]], 3)?;
/// let scores = portfolios.similarity(Distance::Absolute).all().expect("rows and partners");
/// assert_eq!(scores.of(2, 1).map(|score| (score.value, score.n)), Some((0.0, 2)));
/// assert_eq!(scores.values(), [-1.0, 0.0, 0.0]);
/// # Ok::<(), comity::MatrixError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Scores<'a> {
    portfolios: &'a Portfolios<'a>,
    /// Of the pairs of row 0 with all after it, then of row 1, ...
    values: Vec<f64>,
}

impl Portfolios<'_> {
    /// Signorino and Ritter's S: `1 - 2 d / d_max`, where `d` is the weighted sum of the distances of two rows, partner by partner,
    /// and `d_max` the greatest that it can be on the scale (1999, eq. 3 and 4). No weights: each partner weighs the same.
    ///
    /// ```
    /// use comity::{Distance, Portfolios};
    /// let portfolios = Portfolios::from_matrix([[3, 0, 3], [0, 3, 3]], 3)?;
    /// let weighted = portfolios.similarity(Distance::Squared).weighted_by(&[0.25, 0.25, 0.5])?;
    /// assert_eq!(weighted.of(0, 1).expect("two rows").value, 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn similarity(&self, distance: Distance) -> Similarity<'_> {
        Similarity { portfolios: self, distance, weights: None }
    }

    pub(super) fn score(&self, one: usize, other: usize, value: f64) -> Score<'_> {
        let certainty = self.certainties[one].min(self.certainties[other]);
        Score { one, other, value, n: self.columns, certainty, portfolios: self }
    }

    /// The two rows, if both are there and say something.
    pub(super) fn pair(&self, one: usize, other: usize) -> Option<[&[u8]; 2]> {
        let count = self.certainties.len();
        (one < count && other < count && self.columns > 0).then(|| [self.row(one), self.row(other)])
    }
}

impl<'a> Similarity<'a> {
    /// Weighs the partners, in the order of the columns: by their capabilities, say. They need not add up to one.
    ///
    /// # Errors
    /// [`WeightsError`] if there is not one for each partner, or if one is negative, infinite or no number.
    pub fn weighted_by(mut self, weights: &[f64]) -> Result<Self, WeightsError> {
        let wanted = self.portfolios.columns;
        if weights.len() != wanted {
            return Err(WeightsError::Count { wanted, found: weights.len() });
        }
        if let Some(place) = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0) {
            return Err(WeightsError::NoWeight { place, found: weights[place] });
        }
        self.weights = Some(weights.to_vec());
        Ok(self)
    }

    /// The score of one pair of rows, of the same row twice too. None if there is no such row, no partner, or no weight but zero.
    ///
    /// Linear in the partners.
    #[must_use]
    pub fn of(&self, one: usize, other: usize) -> Option<Score<'a>> {
        let rows = self.portfolios.pair(one, other)?;
        let greatest = self.greatest()?;
        let mut sum = self.alone(rows[0]) + self.alone(rows[1]);
        for (column, (mine, theirs)) in rows[0].iter().zip(rows[1]).enumerate() {
            if *mine > 0 && *theirs > 0 {
                sum += self.saved(*mine, *theirs) * self.weight(column);
            }
        }
        Some(self.portfolios.score(one, other, s(sum, greatest)))
    }

    /// The scores of all pairs. None where [`Similarity::of`] gives none for any pair.
    ///
    /// Two rows are as far apart as each is from an empty one, less what they save where both are committed: so it costs what it
    /// takes to write the scores, and for each partner the square of how many are committed to it. No worse than comparing every
    /// two rows, and much less where most commitments are none, as they are.
    ///
    /// ```
    /// use comity::{Distance, Portfolios};
    /// let portfolios = Portfolios::from_matrix([[3, 0, 0], [0, 3, 3], [0, 3, 3]], 3)?;
    /// let scores = portfolios.similarity(Distance::Absolute).all().expect("rows and partners");
    /// assert_eq!(scores.pairs().map(|score| score.value).collect::<Vec<_>>(), [-1.0, -1.0, 1.0]);
    /// # Ok::<(), comity::MatrixError>(())
    /// ```
    #[must_use]
    pub fn all(&self) -> Option<Scores<'a>> {
        let greatest = self.greatest()?;
        let portfolios = self.portfolios;
        let count = portfolios.certainties.len();
        let scale = usize::from(portfolios.greatest) + 1;
        let levels = 0..=portfolios.greatest;
        let saved: Vec<f64> = levels
            .clone()
            .flat_map(|one| levels.clone().map(move |other| (one, other)))
            .map(|(one, other)| self.saved(one, other))
            .collect();
        let mut committed = Committed::new(portfolios);
        let alone: Vec<f64> = portfolios.rows().map(|row| self.alone(row)).collect();
        let mut values = Vec::with_capacity(count * count.saturating_sub(1) / 2);
        for (one, row) in portfolios.rows().enumerate() {
            let start = values.len();
            values.extend(alone[one + 1..].iter().map(|other| alone[one] + other));
            let sums = &mut values[start..];
            for (column, commitment) in row.iter().enumerate().filter(|(_, commitment)| **commitment > 0) {
                let weight = self.weight(column);
                let saved = &saved[usize::from(*commitment) * scale..][..scale];
                for (other, theirs) in committed.after(one, column) {
                    sums[*other as usize - one - 1] += saved[usize::from(*theirs)] * weight;
                }
            }
            for sum in sums {
                *sum = s(*sum, greatest);
            }
        }
        Some(Scores { portfolios, values })
    }

    /// The greatest distance that there can be; none if there can be none.
    fn greatest(&self) -> Option<f64> {
        let whole = match &self.weights {
            Some(weights) => weights.iter().sum(),
            None => self.portfolios.columns as f64,
        };
        let greatest = f64::from(self.distance.between(self.portfolios.greatest, 0)) * whole;
        (greatest > 0.0 && greatest.is_finite()).then_some(greatest)
    }

    fn weight(&self, column: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[column])
    }

    /// How far a row is from one without commitments.
    fn alone(&self, row: &[u8]) -> f64 {
        let distances = row.iter().enumerate().filter(|(_, commitment)| **commitment > 0);
        distances.map(|(column, one)| f64::from(self.distance.between(*one, 0)) * self.weight(column)).sum()
    }

    /// How much closer two commitments are to each other than by way of none: never positive.
    fn saved(&self, one: u8, other: u8) -> f64 {
        let distance = |one, other| f64::from(self.distance.between(one, other));
        distance(one, other) - distance(one, 0) - distance(other, 0)
    }
}

/// The last digits of a weighted sum may lie beyond what is possible.
fn s(sum: f64, greatest: f64) -> f64 {
    (1.0 - 2.0 * sum / greatest).clamp(-1.0, 1.0)
}

/// For each column the rows that are committed to it, and how far.
struct Committed {
    entries: Vec<(u32, u8)>,
    /// Where the rows of each column that are still to come begin, and where they end.
    open: Vec<(usize, usize)>,
}

impl Committed {
    fn new(portfolios: &Portfolios<'_>) -> Self {
        let mut counts = vec![0; portfolios.columns];
        for row in portfolios.rows() {
            for (count, commitment) in counts.iter_mut().zip(row) {
                *count += usize::from(*commitment > 0);
            }
        }
        let mut end = 0;
        let mut open = Vec::with_capacity(counts.len());
        for count in counts {
            open.push((end, end + count));
            end += count;
        }
        let mut entries = vec![(0, 0); end];
        let mut next: Vec<usize> = open.iter().map(|(start, _)| *start).collect();
        for (nth, row) in portfolios.rows().enumerate() {
            for (column, commitment) in row.iter().enumerate().filter(|(_, commitment)| **commitment > 0) {
                entries[next[column]] = (nth as u32, *commitment);
                next[column] += 1;
            }
        }
        Self { entries, open }
    }

    /// The rows after this one that are committed to a column; rows are asked in their order, each once a column.
    fn after(&mut self, row: usize, column: usize) -> &[(u32, u8)] {
        let (start, end) = &mut self.open[column];
        debug_assert_eq!(self.entries[*start].0 as usize, row, "asked for those that are committed, in order");
        *start += 1;
        &self.entries[*start..*end]
    }
}

impl<'a> Scores<'a> {
    /// The score of a pair of rows, in either order; of a row with itself it is 1. None if there is no such row.
    #[must_use]
    pub fn of(&self, one: usize, other: usize) -> Option<Score<'a>> {
        let count = self.portfolios.certainties.len();
        let (first, second) = (one.min(other), one.max(other));
        if second >= count {
            return None;
        }
        let value = if first == second {
            1.0
        } else {
            self.values[first * count - first * (first + 1) / 2 + second - first - 1]
        };
        Some(self.portfolios.score(one, other, value))
    }

    /// Every pair of two rows once: the first with all after it, then the second, and so on.
    #[must_use]
    pub fn pairs(&self) -> impl ExactSizeIterator<Item = Score<'a>> + use<'a, '_> {
        let (portfolios, count) = (self.portfolios, self.portfolios.certainties.len());
        let (mut one, mut other) = (0, 0);
        self.values.iter().map(move |value| {
            other += 1;
            if other == count {
                one += 1;
                other = one + 1;
            }
            portfolios.score(one, other, *value)
        })
    }

    /// The bare numbers, in the order of [`Scores::pairs`].
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The bare numbers to keep.
    #[must_use]
    pub fn into_values(self) -> Vec<f64> {
        self.values
    }
}

impl<'a> Score<'a> {
    /// The two nations; none for another's matrix.
    #[must_use]
    pub fn nations(&self) -> Option<[NodeRef<'a>; 2]> {
        let mut nations = self.portfolios.nations();
        let (one, other) = (nations.nth(self.one)?, self.portfolios.nations().nth(self.other)?);
        Some([one, other])
    }

    /// The claims that it rests on: those of the ties in both rows. None for another's matrix. Costs what
    /// [`Portfolios::because`] does.
    #[must_use]
    pub fn because(&self) -> Option<Because<'a>> {
        self.portfolios.because(self.one, self.other)
    }
}
