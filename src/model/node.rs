//! The kinds of nodes: what can stand in the graph.

use std::fmt;

use super::vocabulary::vocabulary;
use super::{
    CoalitionKind, DetentionStage, InstrumentKind, InstrumentStage, MeetingStage, OrganizationKind, PlaceKind,
    SanctionStage, UnknownWord,
};

vocabulary! {
    /// The kind of a node. The order is that in which kinds are listed everywhere.
    NodeKind {
        /// See [`Nation`](enum@Nation).
        Nation = "nation",
        /// See [`Organization`](enum@Organization).
        Organization = "organization",
        /// See [`Person`](enum@Person).
        Person = "person",
        /// See [`Group`](enum@Group).
        Group = "group",
        /// See [`Coalition`](enum@Coalition).
        Coalition = "coalition",
        /// See [`Instrument`](enum@Instrument).
        Instrument = "instrument",
        /// See [`Place`](enum@Place).
        Place = "place",
        /// See [`Detention`](enum@Detention).
        Detention = "detention",
        /// See [`Sanction`](enum@Sanction).
        Sanction = "sanction",
        /// See [`Meeting`](enum@Meeting).
        Meeting = "meeting",
        /// See [`Statement`](enum@Statement).
        Statement = "statement",
    }
}

impl NodeKind {
    /// Whether it is an event: made by a fact, and itself an end of others.
    ///
    /// ```
    /// use comity::NodeKind;
    /// assert!(NodeKind::Detention.is_event() && !NodeKind::Nation.is_event());
    /// ```
    #[must_use]
    pub const fn is_event(self) -> bool {
        matches!(self, Self::Detention | Self::Sanction | Self::Meeting | Self::Statement)
    }

    /// The kind with its article, as it stands in a sentence: "a nation", "an organization".
    #[must_use]
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Nation => "a nation",
            Self::Organization => "an organization",
            Self::Person => "a person",
            Self::Group => "a group",
            Self::Coalition => "a coalition",
            Self::Instrument => "an instrument",
            Self::Place => "a place",
            Self::Detention => "a detention",
            Self::Sanction => "a sanction",
            Self::Meeting => "a meeting",
            Self::Statement => "a statement",
        }
    }

    /// The kinds of this kind: what an organization, coalition, instrument or place can be said to be. Empty for the others.
    ///
    /// ```
    /// use comity::NodeKind;
    /// assert!(NodeKind::Organization.subkinds().contains(&"ministry"));
    /// assert!(NodeKind::Nation.subkinds().is_empty());
    /// ```
    #[must_use]
    pub const fn subkinds(self) -> &'static [&'static str] {
        match self {
            Self::Organization => OrganizationKind::WORDS,
            Self::Coalition => CoalitionKind::WORDS,
            Self::Instrument => InstrumentKind::WORDS,
            Self::Place => PlaceKind::WORDS,
            Self::Nation | Self::Person | Self::Group => &[],
            Self::Detention | Self::Sanction | Self::Meeting | Self::Statement => &[],
        }
    }

    /// The steps in the life of a detention, sanction, meeting or instrument. Empty for the others, which have no stages.
    ///
    /// ```
    /// use comity::NodeKind;
    /// assert!(NodeKind::Detention.stages().contains(&"release"));
    /// assert!(NodeKind::Person.stages().is_empty());
    /// ```
    #[must_use]
    pub const fn stages(self) -> &'static [&'static str] {
        match self {
            Self::Detention => DetentionStage::WORDS,
            Self::Sanction => SanctionStage::WORDS,
            Self::Meeting => MeetingStage::WORDS,
            Self::Instrument => InstrumentStage::WORDS,
            Self::Nation | Self::Organization | Self::Person | Self::Group => &[],
            Self::Coalition | Self::Place | Self::Statement => &[],
        }
    }
}

/// A set of node kinds: what may stand at an end of a relation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeKinds(u16);

impl NodeKinds {
    /// Nation, organization, person, group, coalition: those who act.
    pub const ACTOR: Self =
        Self::of(&[NodeKind::Nation, NodeKind::Organization, NodeKind::Person, NodeKind::Group, NodeKind::Coalition]);
    /// Detention, sanction, meeting, statement: what others answer.
    pub const EVENT: Self =
        Self::of(&[NodeKind::Detention, NodeKind::Sanction, NodeKind::Meeting, NodeKind::Statement]);
    /// Every kind.
    pub const ANY: Self = Self::of(NodeKind::ALL);

    /// The set of these kinds.
    #[must_use]
    pub const fn of(kinds: &[NodeKind]) -> Self {
        let (mut bits, mut nth) = (0, 0);
        while nth < kinds.len() {
            bits |= 1 << kinds[nth] as u16;
            nth += 1;
        }
        Self(bits)
    }

    /// Whether the set has this kind.
    #[must_use]
    pub const fn contains(self, kind: NodeKind) -> bool {
        self.0 & (1 << kind as u16) != 0
    }

    /// The kinds of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds of the set, in their order.
    pub fn iter(self) -> impl Iterator<Item = NodeKind> {
        NodeKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl fmt::Display for NodeKinds {
    /// "a person or a group"; "an actor", "an event" and "any node" for the large sets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::ACTOR => f.write_str("an actor (nation, organization, person, group or coalition)"),
            Self::EVENT => f.write_str("an event (detention, sanction, meeting or statement)"),
            Self::ANY => f.write_str("any node"),
            _ => {
                let names: Vec<_> = self.iter().map(NodeKind::with_article).collect();
                f.write_str(&names.join(" or "))
            }
        }
    }
}

impl fmt::Debug for NodeKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A type that stands for a kind of node: it makes [`Id`](crate::Id)s and [`Key`](crate::Key)s typed.
///
/// Sealed: the kinds are those of the ontology.
pub trait Kind: sealed::Sealed + Copy + 'static {
    /// The kind of node, as a value.
    const KIND: NodeKind;
    /// The name of the type, as it is printed: `Nation`, or `Official` for a person known to hold an office.
    const NAME: &'static str;
}

/// A type that nodes are made as: every [`Kind`] but [`Official`], which a person becomes by a claim of an office.
///
/// ```compile_fail
/// use comity::{Batch, Official};
/// let mut batch = Batch::new();
/// let _ = batch.node::<Official>("marc-garneau"); // make a Person, and claim HoldsOffice
/// ```
#[diagnostic::on_unimplemented(
    message = "no node is made as `{Self}`",
    label = "make a `Person`, and claim that the person `HoldsOffice`",
    note = "whether a person is an official is asked of the graph: `Graph::typed`"
)]
pub trait NodeType: Kind {}

#[allow(unnameable_types, reason = "sealed: nobody else may implement it")]
mod sealed {
    #[diagnostic::on_unimplemented(
        message = "the kinds of nodes are those of the ontology: `{Self}` is none of them",
        label = "not in the ontology"
    )]
    pub trait Sealed {}
}

macro_rules! kinds {
    (@made Official) => {};
    (@made $name:ident) => { impl NodeType for $name {} };
    ($( $(#[$doc:meta])* $name:ident is $kind:ident; )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {}

        impl sealed::Sealed for $name {}

        impl Kind for $name {
            const KIND: NodeKind = NodeKind::$kind;
            const NAME: &'static str = stringify!($name);
        }

        kinds!(@made $name);
    )+};
}

kinds! {
    /// A state, or an entity that somebody treats as one.
    Nation is Nation;
    /// An intergovernmental organization, bloc, ministry, party, court, company, medium or other body.
    Organization is Organization;
    /// A human being, named or not.
    Person is Person;
    /// A person who holds or held an office: a stronger handle to the same node as [`Person`].
    Official is Person;
    /// People or bodies spoken of together, counted or not.
    Group is Group;
    /// States and others joined behind a declaration, a letter, a group of friends or an alliance.
    Coalition is Coalition;
    /// A declaration, letter, note, law, treaty, petition or court request.
    Instrument is Instrument;
    /// A place that is not spoken of as a state.
    Place is Place;
    /// Somebody is held.
    Detention is Detention;
    /// A measure against somebody.
    Sanction is Sanction;
    /// People or bodies meet or talk.
    Meeting is Meeting;
    /// Something is said.
    Statement is Statement;
}
