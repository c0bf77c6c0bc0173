//! Relations: the typed edges of the graph. **This table is the schema**; from it come the types that refuse wrong
//! endpoints at compile time, the erased kind, and the same check at run time.

use super::class::{Class, classes};
use super::node::{NodeKind, NodeKinds};
use super::qualifier::{Qualifier, Qualifiers, Value};
use super::vocabulary::vocabulary;
use super::{Extent, FoundingStep, MembershipRole, Rank, Request, Stance, UnknownWord};

/// A relation as a type: what it runs between, and what it carries. Sealed: the relations are those of the table.
pub trait Relation: sealed::Sealed {
    /// What it runs from.
    type Source: Class;
    /// What it runs to.
    type Target: Class;
    /// The relation as a value.
    const KIND: RelationKind;

    /// What an edge of it carries.
    fn qualifiers(&self) -> Qualifiers;
}

#[allow(unnameable_types, reason = "sealed: nobody else may implement it")]
mod sealed {
    #[diagnostic::on_unimplemented(
        message = "the relations are those of the ontology: `{Self}` is none of them",
        label = "not in the ontology"
    )]
    pub trait Sealed {}
}

/// The ends are not those that the relation runs between: the verdict that the compiler gives typed code, for untyped input.
///
/// ```
/// use comity::{NodeKind, RelationKind};
/// let error = RelationKind::NationalOf.check(NodeKind::Nation, NodeKind::Person).unwrap_err();
/// assert_eq!(error.to_string(), "NationalOf runs from a person or a group, not from a nation");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WrongEndpoint {
    /// Nothing of this kind can stand at the source.
    #[error("{relation} runs from {wanted}, not from {}", found.with_article())]
    Source {
        /// The relation.
        relation: RelationKind,
        /// What it runs from.
        wanted: NodeKinds,
        /// What was given.
        found: NodeKind,
    },
    /// Nothing of this kind can stand at the target.
    #[error("{relation} runs to {wanted}, not to {}", found.with_article())]
    Target {
        /// The relation.
        relation: RelationKind,
        /// What it runs to.
        wanted: NodeKinds,
        /// What was given.
        found: NodeKind,
    },
}

macro_rules! relation_table {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $( $(#[$field_doc:meta])* $field:ident: $type:ty ),+ $(,)? })?:
            $source:ident => $target:ident;
    )+) => {
        vocabulary! {
            /// A relation as a value: the erased form of the types in [`relations`].
            RelationKind { $( $(#[$doc])* $name = stringify!($name), )+ }
        }

        impl RelationKind {
            /// What it runs from.
            #[must_use]
            pub const fn source(self) -> NodeKinds {
                match self { $(Self::$name => <classes::$source as Class>::KINDS,)+ }
            }

            /// What it runs to.
            #[must_use]
            pub const fn target(self) -> NodeKinds {
                match self { $(Self::$name => <classes::$target as Class>::KINDS,)+ }
            }
        }

        /// The relations as types: give one to [`Claimed::new`](crate::Claimed::new) with its two ends.
        ///
        /// ```
        /// use comity::{MembershipRole, RelationKind, relations::{MemberOf, Relation, Signs}};
        /// let lead = MemberOf { role: MembershipRole::Leader, ..MemberOf::default() };
        /// assert_eq!(lead.qualifiers().iter().count(), 1);
        /// assert_eq!(Signs::KIND, RelationKind::Signs);
        /// ```
        pub mod relations {
            use super::*;
            pub use super::Relation;
            $(
                relation_table!(@struct $(#[$doc])* $name $({ $( $(#[$field_doc])* $field: $type ),+ })?);

                impl sealed::Sealed for $name {}

                impl Relation for $name {
                    type Source = classes::$source;
                    type Target = classes::$target;
                    const KIND: RelationKind = RelationKind::$name;

                    fn qualifiers(&self) -> Qualifiers {
                        let qualifiers = Qualifiers::new();
                        $( $( let qualifiers = self.$field.carry(stringify!($field), qualifiers); )+ )?
                        qualifiers
                    }
                }
            )+
        }
    };
    (@struct $(#[$doc:meta])* $name:ident { $( $(#[$field_doc:meta])* $field:ident: $type:ty ),+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name { $( $(#[$field_doc])* pub $field: $type ),+ }
    };
    (@struct $(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name;
    };
}

relation_table! {
    /// Belongs to a coalition or organization.
    MemberOf {
        /// In what role.
        role: MembershipRole,
        /// How many of the member's own members, if it is they who belong.
        extent: Option<Extent>,
    }: Member => Body;
    /// A group includes these.
    Includes {
        /// Whether they are all of it.
        complete: bool,
    }: Collective => Constituent;
    /// Holds an office.
    HoldsOffice {
        /// The title, as said.
        title: String,
        /// The rank, whatever the title.
        rank: Rank,
    }: Human => Polity;
    /// Is a national of.
    NationalOf: People => Country;
    /// Works for, belongs to or represents.
    AffiliatedWith {
        /// As what.
        title: Option<String>,
    }: Affiliate => Polity;
    /// Stands to another as ally, friend, rival or enemy; symmetric.
    AlignedWith {
        /// How.
        stance: Stance,
    }: Actor => Actor;
    /// Lies in, has its seat in.
    LocatedIn: Site => Locality;
    /// Holds somebody.
    Detains: Polity => Custody;
    /// Is held.
    HeldIn: People => Custody;
    /// Asked for the detention.
    Requests {
        /// What was asked for.
        request: Option<Request>,
    }: Polity => Custody;
    /// Was traded for the other.
    ExchangedFor: Custody => Custody;
    /// Imposes a sanction.
    Imposes: Imposer => Penalty;
    /// Is against.
    Targets: Penalty => Target;
    /// Rests on a law or other instrument.
    Under: LegalAct => Document;
    /// Takes part in a meeting.
    TakesPartIn {
        /// As what.
        role: Participation,
    }: Actor => Encounter;
    /// Takes place in.
    TakesPlaceIn: Occasion => Locality;
    /// Signed.
    Signs: Actor => Document;
    /// Issued.
    Issues: Actor => Document;
    /// Is party to.
    PartyTo: Actor => Document;
    /// Is addressed to.
    AddressedTo {
        /// Whether it is only a copy.
        copy: bool,
    }: Document => Actor;
    /// Cites another instrument.
    Cites: Document => Document;
    /// Initiated, announced, founded or dissolved a coalition.
    Founds {
        /// Which of these.
        step: FoundingStep,
    }: Founder => Alliance;
    /// Makes a statement.
    Makes: Actor => Utterance;
    /// Is aimed at, or about.
    Concerns {
        /// Which of the two.
        aspect: Aspect,
    }: Utterance => Anything;
    /// Is made through.
    Via: Utterance => Channel;
    /// Answers another act in kind.
    RetaliatesFor: Action => Action;
    /// Came after.
    Follows {
        /// How many days after.
        lag_days: Option<i32>,
    }: Occurrence => Occurrence;
}

vocabulary! {
    /// How somebody takes part in a meeting.
    Participation {
        /// Is there.
        Participant = "participant",
        /// Invites.
        Host = "host",
        /// Speaks.
        Speaker = "speaker",
    }

    /// How a statement concerns a node.
    Aspect {
        /// It is aimed at it.
        Target = "target",
        /// It is about it.
        Topic = "topic",
    }

    /// A claim about one node that has no other end.
    Attribute {
        /// How many there are said to be.
        StatedSize = "stated_size",
        /// A step in its founding.
        Founded = "founded",
        /// How it works.
        Rule = "rule",
        /// Whether it binds.
        Binding = "binding",
        /// A step in its life.
        Stage = "stage",
        /// What it is called.
        Label = "label",
    }
}

impl Default for relations::MemberOf {
    /// As a plain member.
    fn default() -> Self {
        Self { role: MembershipRole::Member, extent: None }
    }
}

impl RelationKind {
    /// Whether the two ends stand alike: an edge one way is an edge the other way.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        matches!(self, Self::AlignedWith)
    }

    /// Whether nodes of these kinds may be its ends: the verdict of the compiler, at run time.
    ///
    /// # Errors
    /// [`WrongEndpoint`], with what the relation runs between.
    pub const fn check(self, source: NodeKind, target: NodeKind) -> Result<(), WrongEndpoint> {
        if !self.source().contains(source) {
            Err(WrongEndpoint::Source { relation: self, wanted: self.source(), found: source })
        } else if !self.target().contains(target) {
            Err(WrongEndpoint::Target { relation: self, wanted: self.target(), found: target })
        } else {
            Ok(())
        }
    }
}

/// A field of a relation, as a qualifier of the same name.
trait Carry {
    fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers;
}

fn set(name: &'static str, qualifiers: Qualifiers, value: Value) -> Qualifiers {
    match Qualifier::from_word(name) {
        Some(qualifier) => qualifiers.with(qualifier, value),
        None => qualifiers,
    }
}

macro_rules! carry_words {
    ($($type:ty),+) => {$(
        impl Carry for $type {
            fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers {
                set(name, qualifiers, Value::Word(self.as_str()))
            }
        }
    )+};
}

carry_words!(MembershipRole, Extent, Rank, Stance, Request, Participation, FoundingStep, Aspect);

impl Carry for bool {
    fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers {
        set(name, qualifiers, Value::Boolean(*self))
    }
}

impl Carry for i32 {
    fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers {
        set(name, qualifiers, Value::Integer(*self))
    }
}

impl Carry for String {
    fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers {
        set(name, qualifiers, Value::Text(self.as_str().into()))
    }
}

impl<T: Carry> Carry for Option<T> {
    fn carry(&self, name: &'static str, qualifiers: Qualifiers) -> Qualifiers {
        match self {
            Some(value) => value.carry(name, qualifiers),
            None => qualifiers,
        }
    }
}
