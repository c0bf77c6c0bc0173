//! What a source calls a node, and what it says the node is.

use crate::model::{CoalitionKind, Count, Identity, InstrumentKind, NodeKind, OrganizationKind, PlaceKind, Pledge};

/// What a source calls a node, and what it says the node is. Kept once for all that are described alike.
///
/// ```
/// use comity::{Batch, Coalition, CoalitionKind, Description, Pledge, Source};
/// let mut batch = Batch::new();
/// let (note, pact) = (batch.source(Source::article("desk-note")), batch.node::<Coalition>("harbour-pact")?);
/// let alliance = Description::new().name("Harbour Pact").coalition(CoalitionKind::Alliance).pledge(Pledge::Defense);
/// batch.describe(note, pact, alliance.alias("Pact of Sorrel").same_as("wikidata:Q1".parse()?))?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Description {
    pub(crate) name: Option<Box<str>>,
    pub(crate) aliases: Vec<Box<str>>,
    /// A word of the kinds of its node kind.
    pub(crate) kind: Option<&'static str>,
    pub(crate) count: Option<Count>,
    pub(crate) pledges: Vec<Pledge>,
    pub(crate) same_as: Vec<Box<str>>,
}

/// The description does not fit the kind of node. The batch is as it was.
///
/// ```
/// use comity::{Batch, Count, CountPrecision, Description, Nation, Source};
/// let mut batch = Batch::new();
/// let (note, canada) = (batch.source(Source::article("desk-note")), batch.node::<Nation>("CAN")?);
/// let counted = Description::new().count(Count::new(2, CountPrecision::Exact));
/// assert_eq!(batch.describe(note, canada, counted).unwrap_err().to_string(), "a nation has no count");
/// # Ok::<(), comity::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DescriptionError {
    /// The kind of node has no such field: counts are for groups, pledges for coalitions, kinds for organizations,
    /// coalitions, instruments and places.
    #[error("{} has no {field}", node.with_article())]
    NoField {
        /// The kind of node.
        node: NodeKind,
        /// The field as the native format calls it.
        field: &'static str,
    },
    /// The word is of the kinds of another kind of node.
    #[error("{} is of no kind {found}", node.with_article())]
    WrongKind {
        /// The kind of node.
        node: NodeKind,
        /// The word given.
        found: &'static str,
    },
    /// Pledges are for coalitions of kind `alliance`.
    #[error("only a coalition of kind alliance has pledges")]
    NoAlliance,
}

impl Description {
    /// Nothing said yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Its name, as the annotator would write it.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Another name in use, beside those given already.
    #[must_use]
    pub fn alias(mut self, name: &str) -> Self {
        push_new(&mut self.aliases, name.into());
        self
    }

    /// What kind of organization it is.
    #[must_use]
    pub fn organization(mut self, kind: OrganizationKind) -> Self {
        self.kind = Some(kind.as_str());
        self
    }

    /// Behind what a coalition stands.
    #[must_use]
    pub fn coalition(mut self, kind: CoalitionKind) -> Self {
        self.kind = Some(kind.as_str());
        self
    }

    /// What kind of instrument it is.
    #[must_use]
    pub fn instrument(mut self, kind: InstrumentKind) -> Self {
        self.kind = Some(kind.as_str());
        self
    }

    /// What kind of place it is.
    #[must_use]
    pub fn place(mut self, kind: PlaceKind) -> Self {
        self.kind = Some(kind.as_str());
        self
    }

    /// How many people or bodies a group is.
    #[must_use]
    pub fn count(mut self, count: Count) -> Self {
        self.count = Some(count);
        self
    }

    /// What the members of an alliance promise each other, beside what is given already.
    #[must_use]
    pub fn pledge(mut self, pledge: Pledge) -> Self {
        push_new(&mut self.pledges, pledge);
        self
    }

    /// Its identity in another scheme, beside those given already.
    #[must_use]
    pub fn same_as(mut self, identity: Identity) -> Self {
        push_new(&mut self.same_as, identity.into());
        self
    }

    /// Both: what `other` says beside or instead of this.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.name = other.name.or(self.name);
        self.kind = other.kind.or(self.kind);
        self.count = other.count.or(self.count);
        other.aliases.into_iter().for_each(|name| push_new(&mut self.aliases, name));
        other.pledges.into_iter().for_each(|pledge| push_new(&mut self.pledges, pledge));
        other.same_as.into_iter().for_each(|identity| push_new(&mut self.same_as, identity));
        self
    }

    /// Whether a node of this kind has what is said.
    pub(super) fn check(&self, node: NodeKind) -> Result<(), DescriptionError> {
        let fields = [
            ("count", self.count.is_some(), node == NodeKind::Group),
            ("pledges", !self.pledges.is_empty(), node == NodeKind::Coalition),
            ("kind", self.kind.is_some(), !node.subkinds().is_empty()),
        ];
        for (field, is_there, fits) in fields {
            if is_there && !fits {
                return Err(DescriptionError::NoField { node, field });
            }
        }
        match self.kind {
            Some(found) if !node.subkinds().contains(&found) => Err(DescriptionError::WrongKind { node, found }),
            kind if !self.pledges.is_empty() && kind != Some(CoalitionKind::Alliance.as_str()) => {
                Err(DescriptionError::NoAlliance)
            }
            _ => Ok(()),
        }
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
