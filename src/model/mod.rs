//! The model: kinds of nodes, relations between them, fact types that make them, and the words they use.
//!
//! [`schema`] is the table to read first. Nothing here knows of claims, articles or graphs: it says what *can* be said.

mod class;
mod count;
mod fact;
mod id;
mod identity;
mod key;
mod node;
mod qualifier;
mod relation;
mod schema;
mod vocabulary;

pub use class::{Class, Fills, classes};
pub use count::Count;
pub use fact::{Carried, Disagreement, FactSchema, FactType, Lowering, Role, RoleSchema, TimeKind};
pub use id::{Id, Node, NotThatKind};
pub use identity::{Identity, IdentityError};
pub use key::{Key, KeyError};
pub(crate) use key::{is_key, is_slug};
pub use node::{
    Coalition, Detention, Group, Instrument, Kind, Meeting, Nation, NodeKind, NodeKinds, NodeType, Official,
    Organization, Person, Place, Sanction, Statement,
};
pub use qualifier::{Duration, NotDuration, Qualifier, QualifierType, Qualifiers, Value};
pub use relation::{Aspect, Attribute, Participation, Relation, RelationKind, WrongEndpoint, relations};
pub use vocabulary::*;
