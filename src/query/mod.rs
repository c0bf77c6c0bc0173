//! The questions: methods of [`View`](crate::View) that answer with named values, each with its certainty and its claims.
//!
//! One file a subject. Answers are lazy iterators where there may be many, in an order that the method states; every one says
//! `certainty` and `because`. Nothing here builds or changes a graph, and nothing here prints.

mod alliances;
mod ambiguities;
mod chain;
mod coalitions;
mod conflicts;
mod contested;
mod dates;
mod detentions;
mod diff;
mod events;
mod explain;
mod instruments;
mod links;
mod meetings;
mod officials;
mod origins;
mod proposition;
mod resolve;
mod retaliation;
mod roster;
mod sanctions;
mod stages;
mod statements;
mod statistics;

pub use alliances::{AllianceLens, Ally};
pub use ambiguities::Ambiguity;
pub use chain::Chain;
pub use coalitions::{Member, Membership};
pub use conflicts::{Conflict, ConflictingValue};
pub use contested::Contest;
pub use dates::Dates;
pub use detentions::{DetentionCase, Detentions};
pub use diff::{Change, Difference};
pub use explain::Explanation;
pub use instruments::Signatory;
pub use meetings::{Encounter, Meetings};
pub use officials::Tenure;
pub use origins::OriginGroup;
pub use proposition::Proposition;
pub use resolve::{Candidate, Resolution};
pub use retaliation::{Precedence, Retaliation, RetaliationChain, Retaliations};
pub use roster::Roster;
pub use sanctions::{SanctionCase, Sanctions};
pub use stages::StageStep;
pub use statements::{Said, Statements};
pub use statistics::Statistics;
