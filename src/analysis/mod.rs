//! The measures of the field over a view: how alike the alliances of two nations are, whether the ties among three are balanced,
//! which detentions answer each other in kind, which sanctions face each other; and all that holds as one static graph.
//!
//! Each takes a view, or other people's numbers in its place, and each answer says how sure it is and finds its claims when asked.
//! Nothing here knows what a number means for peace or war, and nothing is estimated: every measure is exact.

mod agreement;
mod balance;
mod dyads;
mod frustration;
mod mirrored;
mod pacts;
mod portfolios;
mod signed;
mod similarity;
mod slice;
mod tit_for_tat;

pub use balance::{Triad, TriadCensus};
pub use dyads::DyadKind;
pub use frustration::{Frustration, Side};
pub use mirrored::MirroredSanctions;
pub use portfolios::{MatrixError, Portfolios};
pub use signed::{NoTie, Sign, SignedGraph, SignedTie};
pub use similarity::{Distance, Score, Scores, Similarity, WeightsError};
pub use slice::{Dyad, Slice};
pub use tit_for_tat::{TitForTat, TitsForTats};
