//! Alliance portfolios: to whom each nation is committed, and how far.
//!
//! What two of them have in common is measured in `similarity` and `agreement`.

use super::pacts::{self, DEFENCE};
use crate::graph::{Because, NodeRef, Reasons, View};
use crate::model::{Id, Nation, Node, NodeKind};
use crate::time::Certainty;

/// The alliance portfolios of some nations: a row a nation, which says how far it is committed to each partner.
///
/// The scale is that of the Correlates of War alliance data as Signorino and Ritter use it: **3** a defence pact, **2**
/// neutrality or non-aggression, **1** consultation (an entente), **0** nothing; of several alliances the greatest counts, and a
/// nation's tie to itself is 3. An alliance of which no source says what is promised, or only that its members join in attacks,
/// counts as an entente, and as possible only. Members are those of [`View::members`]: "almost all of the union" names nobody.
///
/// A tie counts if it holds or may hold; every score then says whether its two rows are certain, and
/// [`Portfolios::certain_only`] leaves out what only may be.
///
/// Curtis S. Signorino and Jeffrey M. Ritter, "Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy Positions",
/// *International Studies Quarterly* 43 (1999). The five promises: Leeds et al., ATOP (2002).
///
/// ```
/// use comity::{Batch, Claimed, Coalition, CoalitionKind, Description, Distance, Graph, Nation, Pledge, Source};
/// use comity::relations::MemberOf;
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note"));
/// let pact = batch.node::<Coalition>("harbour-pact")?;
/// batch.describe(note, pact, Description::new().coalition(CoalitionKind::Alliance).pledge(Pledge::Defense))?;
/// for slug in ["ISL", "NOR"] {
///     let nation = batch.node::<Nation>(slug)?;
///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
/// }
/// let graph = Graph::new().apply(batch)?;
/// let portfolios = graph.view().portfolios();
/// assert_eq!(portfolios.rows().collect::<Vec<_>>(), [[3, 3], [3, 3]]);
/// let score = portfolios.similarity(Distance::Absolute).of(0, 1).expect("two nations");
/// assert_eq!((score.value, score.n, score.because().expect("from a view").claims().len()), (1.0, 2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Portfolios<'g> {
    pub(super) columns: usize,
    pub(super) greatest: u8,
    /// Row after row.
    pub(super) commitments: Vec<u8>,
    /// How sure each row is.
    pub(super) certainties: Vec<Certainty>,
    /// What they were made of, if they are not another's.
    origin: Option<Origin<'g>>,
}

#[derive(Debug, Clone)]
struct Origin<'g> {
    view: View<'g>,
    nations: Vec<u32>,
    at_least: Certainty,
}

/// The numbers are no matrix of commitments.
///
/// ```
/// use comity::Portfolios;
/// let error = Portfolios::from_matrix([vec![3, 0], vec![0]], 3).unwrap_err();
/// assert_eq!(error.to_string(), "row 1 has 1 columns, not 2");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MatrixError {
    /// The rows are not of one length.
    #[error("row {row} has {found} columns, not {wanted}")]
    Ragged {
        /// Which row, from 0.
        row: usize,
        /// How long the first is.
        wanted: usize,
        /// How long this one is.
        found: usize,
    },
    /// A commitment is off the scale.
    #[error("row {row}, column {column}: {found} is greater than {greatest}")]
    OffScale {
        /// Which row, from 0.
        row: usize,
        /// Which column, from 0.
        column: usize,
        /// What was given.
        found: u8,
        /// The greatest commitment there is.
        greatest: u8,
    },
}

impl<'g> View<'g> {
    /// The portfolios of the nations that a claim of the view speaks of, by key, whenever it holds: who existed at a date is not
    /// said by any claim, so where that matters name them in [`View::portfolios_of`]. The number of nations weighs in every score.
    ///
    /// Linear in the coalitions and in the memberships of alliances; no claim is read if the view has no filter but times.
    #[must_use]
    pub fn portfolios(self) -> Portfolios<'g> {
        let nations = self.graph.nodes_of(NodeKind::Nation).filter(|nation| self.claims(nation.id()).next().is_some());
        Portfolios::of(self, nations.map(|nation| nation.index).collect(), Certainty::Possible)
    }

    /// The portfolios of these nations, in the order given, each once: rows and columns are theirs.
    ///
    /// ```
    /// use comity::{Batch, Graph, Nation};
    /// let mut batch = Batch::new();
    /// for slug in ["CHL", "ISL"] {
    ///     batch.node::<Nation>(slug)?;
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let portfolios = graph.view().portfolios_of(["ISL", "CHL"].map(|slug| graph.find::<Nation>(slug).expect("added")));
    /// assert_eq!(portfolios.rows().collect::<Vec<_>>(), [[3, 0], [0, 3]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If a nation is not of this graph.
    #[must_use]
    pub fn portfolios_of(self, nations: impl IntoIterator<Item = Id<Nation>>) -> Portfolios<'g> {
        let mut seen = std::collections::BTreeSet::new();
        let nations = nations.into_iter().map(|nation| self.index(nation)).filter(|nation| seen.insert(*nation));
        Portfolios::of(self, nations.collect(), Certainty::Possible)
    }
}

impl<'g> Portfolios<'g> {
    fn of(view: View<'g>, nations: Vec<u32>, at_least: Certainty) -> Self {
        let count = nations.len();
        let places = Places::new(&nations);
        let mut all = vec![0; count * count];
        for place in 0..count {
            all[place * count + place] = DEFENCE;
        }
        // What is left without the ties that only may be: a matrix of its own from the first of these on.
        let mut certain: Option<Vec<u8>> = None;
        let mut members = Vec::new();
        for pact in pacts::pacts(view).filter(|pact| pact.certainty >= at_least) {
            pacts::members_of(view, pact.coalition, &mut members);
            members.retain_mut(|(member, certainty)| match places.of(*member) {
                Some(place) if *certainty >= at_least => {
                    *member = place;
                    true
                }
                _ => false,
            });
            let is_sure = |certainty: Certainty| certainty.min(pact.certainty) == Certainty::Certain;
            if members.len() > 1 && members.iter().any(|(_, certainty)| !is_sure(*certainty)) {
                certain.get_or_insert_with(|| all.clone());
            }
            tie(&mut all, count, pact.commitment, &members, |_| true);
            if let Some(certain) = &mut certain {
                tie(certain, count, pact.commitment, &members, is_sure);
            }
        }
        let certainty_of = |row: usize| match &certain {
            Some(certain) if certain[row * count..][..count] != all[row * count..][..count] => Certainty::Possible,
            _ => Certainty::Certain,
        };
        let certainties = (0..count).map(certainty_of).collect();
        let origin = Some(Origin { view, nations, at_least });
        Self { columns: count, greatest: DEFENCE, commitments: all, certainties, origin }
    }

    /// The same without the ties that only may be: in these, every score is certain. For another's matrix, the same.
    ///
    /// ```
    /// use comity::{Batch, Certainty, Claimed, Coalition, CoalitionKind, Description, Distance, Graph, Nation, Source};
    /// use comity::relations::MemberOf;
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let pact = batch.node::<Coalition>("harbour-pact")?;
    /// batch.describe(note, pact, Description::new().coalition(CoalitionKind::Alliance))?; // who knows what they promise?
    /// for slug in ["ISL", "NOR"] {
    ///     let nation = batch.node::<Nation>(slug)?;
    ///     batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
    /// }
    /// let graph = Graph::new().apply(batch)?;
    /// let portfolios = graph.view().portfolios();
    /// assert_eq!((portfolios.commitment(0, 1), portfolios.certain_only().commitment(0, 1)), (Some(1), Some(0)));
    /// let score = portfolios.similarity(Distance::Absolute).of(0, 1).expect("two nations");
    /// assert_eq!(score.certainty, Certainty::Possible);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn certain_only(&self) -> Self {
        match &self.origin {
            Some(origin) => Self::of(origin.view, origin.nations.clone(), Certainty::Certain),
            None => self.clone(),
        }
    }

    /// A row of commitments for each nation.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.certainties.len()).map(|row| self.row(row))
    }

    pub(super) fn row(&self, row: usize) -> &[u8] {
        &self.commitments[row * self.columns..][..self.columns]
    }

    /// How far the nation of a row is committed to that of a column; none if there is no such row or column.
    #[must_use]
    pub fn commitment(&self, row: usize, column: usize) -> Option<u8> {
        let row = (row < self.certainties.len()).then(|| self.row(row))?;
        row.get(column).copied()
    }

    /// The nations of the rows, in their order; none of them for another's matrix.
    #[must_use]
    pub fn nations(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> {
        let (view, nations) = match &self.origin {
            Some(origin) => (Some(origin.view), origin.nations.as_slice()),
            None => (None, &[][..]),
        };
        let nations: Vec<_> = nations.iter().filter_map(|nation| Some(view?.node(*nation))).collect();
        nations.into_iter()
    }

    /// The row of a nation; none in another's matrix.
    ///
    /// ```
    /// use comity::{Batch, Graph, Nation};
    /// let mut batch = Batch::new();
    /// batch.node::<Nation>("CHL")?;
    /// batch.node::<Nation>("ISL")?;
    /// let graph = Graph::new().apply(batch)?;
    /// let nation = |slug| graph.find::<Nation>(slug).expect("just added");
    /// let portfolios = graph.view().portfolios_of([nation("ISL")]);
    /// assert_eq!((portfolios.place_of(nation("ISL")), portfolios.place_of(nation("CHL"))), (Some(0), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of the graph of the view.
    #[must_use]
    pub fn place_of(&self, nation: impl Into<Node>) -> Option<usize> {
        let origin = self.origin.as_ref()?;
        let nation = origin.view.index(nation);
        origin.nations.iter().position(|known| *known == nation)
    }

    /// The claims that two rows rest on: the memberships that make each of their commitments, on both ends. None for another's
    /// matrix, and for rows that there are not.
    ///
    /// Linear in the memberships of alliances, so it is asked of one score, not of all.
    #[must_use]
    pub fn because(&self, one: usize, other: usize) -> Option<Because<'g>> {
        let origin = self.origin.as_ref()?;
        let rows = [one, other];
        if rows.iter().any(|row| *row >= origin.nations.len()) {
            return None;
        }
        let (view, places) = (origin.view, Places::new(&origin.nations));
        let mut facts = Vec::new();
        let mut members: Vec<(usize, Reasons)> = Vec::new();
        for pact in pacts::pacts(view).filter(|pact| pact.certainty >= origin.at_least) {
            members.clear();
            view.each_member(pact.coalition, |member, certainty, reasons| {
                let place = places.of(member).filter(|_| certainty >= origin.at_least);
                members.extend(place.map(|place| (place as usize, reasons.into())));
            });
            let makes =
                |row: usize, column: usize| row != column && self.commitment(row, column) == Some(pact.commitment);
            for row in rows.into_iter().filter(|row| members.iter().any(|(member, _)| member == row)) {
                let is_tied = members.iter().any(|(member, _)| makes(row, *member));
                let behind = members.iter().filter(|(member, _)| makes(row, *member) || (is_tied && *member == row));
                facts.extend(behind.flat_map(|(_, reasons)| reasons.iter().copied()));
            }
        }
        facts.sort_unstable();
        facts.dedup();
        Some(Because::of(view, facts))
    }
}

impl Portfolios<'static> {
    /// Another's matrix: a row a nation, a column a partner, from 0 to the greatest commitment that the scale has (which sets
    /// the greatest distance there can be, whether or not it occurs). Its own tie is what the matrix says.
    ///
    /// # Errors
    /// [`MatrixError`] if the rows are of different lengths, or a commitment is greater than the greatest.
    ///
    /// ```
    /// use comity::{Distance, Portfolios};
    /// let portfolios = Portfolios::from_matrix([[3, 0, 1], [0, 3, 1]], 3)?;
    /// let score = portfolios.similarity(Distance::Absolute).of(0, 1).expect("two rows");
    /// assert!((score.value - (1.0 - 2.0 * 6.0 / 9.0)).abs() < 1e-12);
    /// # Ok::<(), comity::MatrixError>(())
    /// ```
    pub fn from_matrix<R: AsRef<[u8]>>(rows: impl IntoIterator<Item = R>, greatest: u8) -> Result<Self, MatrixError> {
        let (mut commitments, mut count, mut columns) = (Vec::new(), 0, None);
        for given in rows {
            let given = given.as_ref();
            let wanted = *columns.get_or_insert(given.len());
            if given.len() != wanted {
                return Err(MatrixError::Ragged { row: count, wanted, found: given.len() });
            }
            if let Some(column) = given.iter().position(|commitment| *commitment > greatest) {
                return Err(MatrixError::OffScale { row: count, column, found: given[column], greatest });
            }
            commitments.extend_from_slice(given);
            count += 1;
        }
        let certainties = vec![Certainty::Certain; count];
        Ok(Self { columns: columns.unwrap_or(0), greatest, commitments, certainties, origin: None })
    }
}

/// Commits all members that count to each other, at least so far.
fn tie(
    matrix: &mut [u8],
    count: usize,
    commitment: u8,
    members: &[(u32, Certainty)],
    counts: impl Fn(Certainty) -> bool,
) {
    for (one, _) in members.iter().filter(|(_, certainty)| counts(*certainty)) {
        let row = &mut matrix[*one as usize * count..][..count];
        for (other, _) in members.iter().filter(|(_, certainty)| counts(*certainty)) {
            // A nation's tie to itself is the greatest there is.
            row[*other as usize] = row[*other as usize].max(commitment);
        }
    }
}

/// The places of some nodes in a list.
struct Places {
    first: u32,
    places: Vec<Option<u32>>,
}

impl Places {
    fn new(nodes: &[u32]) -> Self {
        let (Some(first), Some(last)) = (nodes.iter().min(), nodes.iter().max()) else {
            return Self { first: 0, places: Vec::new() };
        };
        let mut places = vec![None; (last - first) as usize + 1];
        for (place, node) in nodes.iter().enumerate() {
            places[(node - first) as usize] = Some(place as u32);
        }
        Self { first: *first, places }
    }

    fn of(&self, node: u32) -> Option<u32> {
        self.places.get(node.wrapping_sub(self.first) as usize).copied().flatten()
    }
}
