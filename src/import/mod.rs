//! Other people's data as batches: one file a source. A reader never sees the graph.

#[cfg(feature = "tables")]
mod actors;
#[cfg(feature = "tables")]
mod archigos;
#[cfg(feature = "tables")]
mod atop;
#[cfg(feature = "tables")]
mod atop_alliances;
mod brat;
#[cfg(feature = "tables")]
mod cameo;
#[cfg(feature = "tables")]
mod coalition_lists;
#[cfg(feature = "tables")]
mod cow_alliances;
#[cfg(feature = "tables")]
mod cow_capabilities;
#[cfg(feature = "tables")]
mod cow_igo;
#[cfg(feature = "tables")]
mod cow_states;
#[cfg(feature = "tables")]
mod events;
mod follow_the_money;
mod follow_the_money_entity;
mod follow_the_money_nodes;
#[cfg(feature = "tables")]
mod gdelt;
#[cfg(feature = "tables")]
mod icews;
mod json;
mod label_studio;
mod ledger;
mod mapping;
mod memberships;
#[cfg(feature = "tables")]
mod nations;
mod offsets;
#[cfg(feature = "tables")]
mod opensanctions;
mod options;
#[cfg(feature = "tables")]
mod pages;
mod reading_on;
mod standoff;
#[cfg(feature = "tables")]
mod table;
#[cfg(feature = "tables")]
mod typed_keys;
mod wikidata;
mod wikidata_nodes;
mod wikidata_statement;
mod wrong;

#[cfg(feature = "tables")]
pub use archigos::{ArchigosOptions, read_archigos};
#[cfg(feature = "tables")]
pub use atop::{AtopOptions, AtopTerms, read_atop};
#[cfg(feature = "tables")]
pub use atop_alliances::{AtopAlliancesOptions, read_atop_alliances};
pub use brat::{BratOptions, read_brat, read_brat_folder};
#[cfg(feature = "tables")]
pub use cameo::{CameoEvent, PloverClass};
#[cfg(feature = "tables")]
pub use coalition_lists::{CoalitionListOptions, read_coalition_list};
#[cfg(feature = "tables")]
pub use cow_alliances::{CowAlliancesOptions, read_cow_alliances};
#[cfg(feature = "tables")]
pub use cow_capabilities::{Capabilities, CowCapabilitiesOptions, read_cow_capabilities};
#[cfg(feature = "tables")]
pub use cow_igo::{CowIgoOptions, read_cow_igo};
#[cfg(feature = "tables")]
pub use cow_states::{CowMajorsOptions, CowStatesOptions, read_cow_majors, read_cow_states};
pub(crate) use follow_the_money::RECORDS;
pub use follow_the_money::{FollowTheMoneyOptions, read_follow_the_money};
pub(crate) use follow_the_money_nodes::COUNTRIES;
#[cfg(feature = "tables")]
pub use gdelt::{GdeltOptions, read_gdelt};
#[cfg(feature = "tables")]
pub use icews::{IcewsOptions, read_icews};
pub use label_studio::{LabelStudioOptions, read_label_studio};
pub use ledger::ImportReport;
pub use mapping::{AnnotationMapping, MappingError};
pub use memberships::reference_memberships;
#[cfg(feature = "tables")]
pub use opensanctions::{SanctionsListOptions, read_sanctions_list};
pub use wikidata::{WikidataOptions, read_wikidata};
