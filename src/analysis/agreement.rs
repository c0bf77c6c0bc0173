//! How far two portfolios agree beyond what chance would have: Scott's pi and Cohen's kappa; and whether they rank their partners
//! alike: Kendall's tau-b.

use super::portfolios::Portfolios;
use super::similarity::{Distance, Score};

/// How many partners the one and the other are committed to so far: the table that these measures are worked out from.
struct Contingency {
    levels: usize,
    /// A row a commitment of the one, a column a commitment of the other.
    counts: Vec<u64>,
    n: u64,
}

impl Portfolios<'_> {
    /// Scott's pi: `1 - observed / expected` disagreement, where chance draws both from the commitments of the two together.
    /// With [`Distance::Nominal`] it is Scott's own; the others weigh a disagreement by its distance. At most 1; 0 is chance.
    ///
    /// None if there is no such row, or if chance would have no disagreement. Linear in the partners, and in the square of the
    /// scale.
    ///
    /// William A. Scott, *Public Opinion Quarterly* 19 (1955). For foreign policy: Frank M. Häge, "Choice or Circumstance?
    /// Adjusting Measures of Foreign Policy Similarity for Chance Agreement", *Political Analysis* 19 (2011).
    ///
    /// ```
    /// use comity::{Distance, Portfolios};
    /// let portfolios = Portfolios::from_matrix([[3, 0, 0, 0], [0, 3, 0, 0]], 3)?;
    /// let score = portfolios.scotts_pi(0, 1, Distance::Nominal).expect("they differ");
    /// assert!((score.value - (1.0 - 0.5 / 0.375)).abs() < 1e-12);
    /// # Ok::<(), comity::MatrixError>(())
    /// ```
    #[must_use]
    pub fn scotts_pi(&self, one: usize, other: usize, distance: Distance) -> Option<Score<'_>> {
        let table = Contingency::of(self.pair(one, other)?, self.greatest);
        let pooled: Vec<u64> = table.mine().zip(table.theirs()).map(|(mine, theirs)| mine + theirs).collect();
        let value = table.beyond_chance(&pooled, &pooled, distance)?;
        Some(self.score(one, other, value))
    }

    /// Cohen's kappa: as [`Portfolios::scotts_pi`], but chance draws each from its own commitments. With [`Distance::Nominal`] it
    /// is Cohen's first (1960); the others are his weighted kappa (1968).
    ///
    /// None if there is no such row, or if chance would have no disagreement.
    ///
    /// Jacob Cohen, *Educational and Psychological Measurement* 20 (1960) and *Psychological Bulletin* 70 (1968).
    ///
    /// ```
    /// use comity::{Distance, Portfolios};
    /// let portfolios = Portfolios::from_matrix([[3, 3, 0, 0], [3, 0, 3, 0]], 3)?;
    /// assert_eq!(portfolios.cohens_kappa(0, 1, Distance::Squared).expect("they differ").value, 0.0);
    /// # Ok::<(), comity::MatrixError>(())
    /// ```
    #[must_use]
    pub fn cohens_kappa(&self, one: usize, other: usize, distance: Distance) -> Option<Score<'_>> {
        let table = Contingency::of(self.pair(one, other)?, self.greatest);
        let (mine, theirs): (Vec<_>, Vec<_>) = (table.mine().collect(), table.theirs().collect());
        let value = table.beyond_chance(&mine, &theirs, distance)?;
        Some(self.score(one, other, value))
    }

    /// Kendall's tau-b: whether the two rank their partners alike, ties apart. From -1 to 1. It is what Bueno de Mesquita took
    /// (1975) and what Signorino and Ritter warn of: it measures association, not agreement.
    ///
    /// None if there is no such row, or if either is committed to all alike. Linear in the partners, and in the square of the
    /// scale.
    ///
    /// ```
    /// use comity::Portfolios;
    /// let portfolios = Portfolios::from_matrix([[0, 1, 2], [1, 2, 3]], 3)?;
    /// assert_eq!(portfolios.kendalls_tau_b(0, 1).expect("they differ").value, 1.0);
    /// # Ok::<(), comity::MatrixError>(())
    /// ```
    #[must_use]
    pub fn kendalls_tau_b(&self, one: usize, other: usize) -> Option<Score<'_>> {
        let table = Contingency::of(self.pair(one, other)?, self.greatest);
        let pairs = |count: u64| count * count.saturating_sub(1) / 2;
        let untied = |counts: u64| (pairs(table.n) - counts) as f64;
        let (mine, theirs) = (untied(table.mine().map(pairs).sum()), untied(table.theirs().map(pairs).sum()));
        let value = table.concordant_less_discordant() as f64 / (mine * theirs).sqrt();
        value.is_finite().then(|| self.score(one, other, value))
    }
}

impl Contingency {
    fn of([mine, theirs]: [&[u8]; 2], greatest: u8) -> Self {
        let levels = usize::from(greatest) + 1;
        let mut counts = vec![0; levels * levels];
        for (one, other) in mine.iter().zip(theirs) {
            counts[usize::from(*one) * levels + usize::from(*other)] += 1;
        }
        Self { levels, counts, n: mine.len() as u64 }
    }

    /// How many partners the one is committed to so far, by commitment.
    fn mine(&self) -> impl Iterator<Item = u64> {
        self.counts.chunks_exact(self.levels).map(|row| row.iter().sum())
    }

    fn theirs(&self) -> impl Iterator<Item = u64> {
        (0..self.levels).map(|column| self.counts.iter().skip(column).step_by(self.levels).sum())
    }

    /// One less the observed over the expected disagreement, where the one draws from these and the other from those.
    fn beyond_chance(&self, one: &[u64], other: &[u64], distance: Distance) -> Option<f64> {
        let draws = (one.iter().sum::<u64>() * other.iter().sum::<u64>()) as f64;
        let (mut observed, mut expected) = (0, 0);
        for (mine, drawn) in (0..=u8::MAX).zip(one) {
            for (theirs, also_drawn) in (0..=u8::MAX).zip(other) {
                let apart = u64::from(distance.between(mine, theirs));
                observed += apart * self.counts[usize::from(mine) * self.levels + usize::from(theirs)];
                expected += apart * drawn * also_drawn;
            }
        }
        (expected > 0).then(|| 1.0 - observed as f64 / self.n as f64 / (expected as f64 / draws))
    }

    /// The pairs of partners that both rank the same way, less those that they rank the other way.
    fn concordant_less_discordant(&self) -> i64 {
        let mut sum = 0;
        // Of the rows below: how many stand in columns up to and including each.
        let mut below = vec![0; self.levels];
        for row in self.counts.chunks_exact(self.levels).rev() {
            let all = below.last().copied().unwrap_or(0);
            for (column, count) in row.iter().enumerate() {
                let before = column.checked_sub(1).map_or(0, |before| below[before]);
                sum += *count as i64 * ((all - below[column]) - before);
            }
            let mut running = 0;
            for (known, count) in below.iter_mut().zip(row) {
                running += *count as i64;
                *known += running;
            }
        }
        sum
    }
}
