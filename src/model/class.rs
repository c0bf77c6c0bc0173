//! Classes of nodes: what may stand at an end of a relation, as types.

use super::Id;
use super::node::{
    Coalition, Detention, Group, Instrument, Kind, Meeting, Nation, NodeKind, NodeKinds, Official, Organization,
    Person, Place, Sanction, Statement,
};

/// A named set of node kinds that an end of a relation takes. Sealed: the classes are those of the relation table.
pub trait Class: sealed::Sealed {
    /// The kinds of the class, for the check at run time.
    const KINDS: NodeKinds;
}

/// Says that nodes of this type may stand where a relation needs the class `C`.
///
/// This is the rule "wrong endpoints do not compile": no kind implements it for a class that does not hold it.
///
/// ```compile_fail
/// use comity::{Claimed, Id, Nation, Person, relations::NationalOf};
/// fn backwards(canada: Id<Nation>, spavor: Id<Person>) {
///     Claimed::new(NationalOf, canada, spavor); // a nation is not a national of a person
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand where this relation needs `{C}`",
    label = "this relation takes no `{Self}` here",
    note = "the relation table in `comity::relations` says what each relation runs between"
)]
pub trait Fills<C: Class>: Copy + sealed::Sealed {
    /// The node, its type forgotten.
    #[doc(hidden)]
    fn untyped(self) -> super::Node;
}

#[allow(unnameable_types, reason = "sealed: nobody else may implement it")]
mod sealed {
    #[diagnostic::on_unimplemented(
        message = "the classes of nodes are those of the ontology: `{Self}` is none of them",
        label = "not in the ontology"
    )]
    pub trait Sealed {}
    impl<K: super::Kind> Sealed for super::Id<K> {}
}

macro_rules! class_list {
    ($( $(#[$doc:meta])* $class:ident = $($kind:ident)|+; )+) => {
        /// The classes of nodes that relations run between.
        pub mod classes {
            use super::{Class, NodeKind, NodeKinds, sealed};
            $(
                $(#[$doc])*
                #[derive(Debug, Clone, Copy)]
                pub enum $class {}
                impl sealed::Sealed for $class {}
                impl Class for $class {
                    const KINDS: NodeKinds = NodeKinds::of(&[$(NodeKind::$kind),+]);
                }
            )+
        }
        $( $( class_list!(@fill $kind $class); )+ )+
    };
    (@fill Person $class:ident) => {
        class_list!(@impl Person $class);
        class_list!(@impl Official $class);
    };
    (@fill $kind:ident $class:ident) => { class_list!(@impl $kind $class); };
    (@impl $kind:ident $class:ident) => {
        impl Fills<classes::$class> for Id<$kind> {
            fn untyped(self) -> super::Node {
                self.node()
            }
        }
    };
}

class_list! {
    /// Who can belong to a body.
    Member = Nation | Organization | Group;
    /// What one can belong to.
    Body = Coalition | Organization;
    /// A coalition.
    Alliance = Coalition;
    /// A group.
    Collective = Group;
    /// What a group can include.
    Constituent = Person | Organization | Nation | Group;
    /// A human being.
    Human = Person;
    /// A state or a body that has offices, detains and requests.
    Polity = Nation | Organization;
    /// People, one or several.
    People = Person | Group;
    /// A nation.
    Country = Nation;
    /// Who can be affiliated.
    Affiliate = Person | Group | Organization;
    /// Anybody who acts.
    Actor = Nation | Organization | Person | Group | Coalition;
    /// What can lie somewhere.
    Site = Place | Organization;
    /// Where something can lie or happen.
    Locality = Place | Nation;
    /// A detention.
    Custody = Detention;
    /// Who can impose a sanction.
    Imposer = Nation | Organization | Coalition | Group;
    /// A sanction.
    Penalty = Sanction;
    /// Whom or what a sanction can be against.
    Target = Nation | Organization | Person | Group | Coalition | Place;
    /// What can rest on a legal instrument.
    LegalAct = Detention | Sanction;
    /// An instrument.
    Document = Instrument;
    /// A meeting.
    Encounter = Meeting;
    /// What can take place somewhere.
    Occasion = Meeting | Detention | Statement;
    /// Who or what can found a coalition.
    Founder = Nation | Organization | Person | Group | Coalition | Instrument;
    /// A statement.
    Utterance = Statement;
    /// Through what a statement can be made.
    Channel = Organization | Instrument | Meeting;
    /// What others answer.
    Action = Detention | Sanction | Meeting | Statement;
    /// What can come before or after another.
    Occurrence = Detention | Sanction | Meeting | Statement | Instrument;
    /// Any node.
    Anything = Nation | Organization | Person | Group | Coalition | Instrument | Place | Detention | Sanction | Meeting | Statement;
}
