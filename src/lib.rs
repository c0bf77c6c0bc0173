#![doc = include_str!("../README.md")]
// Only the library is silent: examples and tools print.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod analysis;
mod article;
mod batch;
mod diagnostic;
mod export;
mod gazetteer;
mod graph;
mod import;
mod model;
mod provenance;
mod query;
mod snapshot;
mod text;
mod threads;
mod time;

pub use analysis::{
    Distance, Dyad, DyadKind, Frustration, MatrixError, MirroredSanctions, NoTie, Portfolios, Score, Scores, Side,
    Sign, SignedGraph, SignedTie, Similarity, Slice, TitForTat, TitsForTats, Triad, TriadCensus, WeightsError,
};
#[cfg(feature = "schema")]
pub use article::json_schema;
pub use article::{
    Anchor, Anchors, ArticleDocument, DraftProblem, Limits, LoadError, Loader, Move, Nearby, NotAnArticle, Placement,
    Progress, QuoteProblem, Reanchored, RejectedFact, Rejection, Sealer, Unread, WriteError, reanchor,
};
pub use batch::{
    Batch, ClaimId, Claimed, Description, DescriptionError, Fact, FactError, MentionId, Quote, QuoteError, SourceId,
};
pub use diagnostic::{Code, Diagnostic, Report, Severity, Stage};
pub use export::FollowTheMoney;
pub use gazetteer::{Gazetteer, LookUp, Match, MatchedBy, NamingPolicy, NationRecord, NationStatus, Scheme, UnStatus};
pub use graph::{
    ApplyError, Because, Claim, Edge, Evidence, FactKind, Graph, NodeRef, SourceRef, Tie, TieId, Undirected, View,
    Visited, Voice,
};
pub use import::{
    AnnotationMapping, BratOptions, FollowTheMoneyOptions, ImportReport, LabelStudioOptions, MappingError,
    WikidataOptions, read_brat, read_brat_folder, read_follow_the_money, read_label_studio, read_wikidata,
    reference_memberships,
};
#[cfg(feature = "tables")]
pub use import::{
    ArchigosOptions, AtopAlliancesOptions, AtopOptions, AtopTerms, CameoEvent, Capabilities, CoalitionListOptions,
    CowAlliancesOptions, CowCapabilitiesOptions, CowIgoOptions, CowMajorsOptions, CowStatesOptions, GdeltOptions,
    IcewsOptions, PloverClass, SanctionsListOptions, read_archigos, read_atop, read_atop_alliances,
    read_coalition_list, read_cow_alliances, read_cow_capabilities, read_cow_igo, read_cow_majors, read_cow_states,
    read_gdelt, read_icews, read_sanctions_list,
};
pub use model::*;
pub use provenance::{Annotator, Dateline, Newlines, Origin, Source, SourceKind, TextRecord};
pub use query::*;
pub use snapshot::{Flaw, OpenError, SaveError};
pub use text::{Digest, MentionHash, NotHex, Span};
pub use time::*;

#[cfg(doctest)]
#[doc = include_str!("../DESIGN.md")]
struct Design;
