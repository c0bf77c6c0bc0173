//! Fact types: what a claim can say, in which roles, with which qualifiers. The table itself is in [`super::schema`].

use super::UnknownWord;
use super::node::{NodeKind, NodeKinds};
use super::qualifier::{Qualifier, QualifierType};
use super::relation::{Attribute, RelationKind};
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a claim says. Each type has its roles, qualifiers and time in [`FactType::schema`].
    FactType {
        /// Is in a coalition or organization.
        Membership = "membership",
        /// How many there are said to be.
        Roster = "roster",
        /// A coalition is initiated, announced, founded or dissolved.
        Founding = "founding",
        /// How a body works.
        Rule = "rule",
        /// Holds an office.
        Office = "office",
        /// Is a national of.
        Nationality = "nationality",
        /// Works for, belongs to or represents.
        Affiliation = "affiliation",
        /// Stand to each other as allies, friends, rivals or enemies.
        Alignment = "alignment",
        /// Lies in.
        Location = "location",
        /// A group includes these.
        Composition = "composition",
        /// Who signed, issued, joined or got an instrument, and what it cites.
        Instrument = "instrument",
        /// Somebody is held: an event.
        Detention = "detention",
        /// A measure against somebody: an event.
        Sanction = "sanction",
        /// People or bodies meet or talk: an event.
        Meeting = "meeting",
        /// Something is said: an event.
        Statement = "statement",
        /// A step in the life of an event or instrument.
        Stage = "stage",
        /// One event answers another in kind.
        Retaliation = "retaliation",
        /// One came after the other.
        Order = "order",
        /// Somebody calls something something.
        Characterisation = "characterisation",
    }

    /// The role that an end plays in a fact.
    Role {
        /// Who belongs.
        Member = "member",
        /// The body, instrument or event spoken of.
        Of = "of",
        /// The coalition that is founded.
        Coalition = "coalition",
        /// Who does it.
        By = "by",
        /// Where.
        Place = "place",
        /// Who may join.
        OpenTo = "open_to",
        /// Who holds the office.
        Holder = "holder",
        /// To whom, or to what.
        To = "to",
        /// Who held it before.
        Predecessor = "predecessor",
        /// Who held it after.
        Successor = "successor",
        /// Whose nationality or affiliation.
        Who = "who",
        /// The nation.
        Nation = "nation",
        /// Those who stand to each other.
        Parties = "parties",
        /// What lies somewhere.
        What = "what",
        /// Where it lies.
        In = "in",
        /// The group.
        Group = "group",
        /// Whom it includes.
        Includes = "includes",
        /// The instrument.
        Instrument = "instrument",
        /// Who signed it.
        Signatory = "signatory",
        /// Who issued it.
        Issuer = "issuer",
        /// Who is party to it.
        Party = "party",
        /// To whom it is addressed.
        Addressee = "addressee",
        /// Who gets a copy.
        Copied = "copied",
        /// What it cites.
        Cites = "cites",
        /// Who is held.
        Detained = "detained",
        /// At whose request.
        AtRequestOf = "at_request_of",
        /// Under which instrument.
        Under = "under",
        /// Against whom, or aimed at whom.
        Target = "target",
        /// Who meets.
        Participant = "participant",
        /// Who hosts.
        Host = "host",
        /// Who speaks.
        Speaker = "speaker",
        /// The topic.
        About = "about",
        /// What is said, or denied.
        Content = "content",
        /// Through what it is said.
        Via = "via",
        /// For which other detention it was traded.
        InExchangeFor = "in_exchange_for",
        /// What answers.
        Response = "response",
        /// What came first.
        Earlier = "earlier",
        /// What came after.
        Later = "later",
    }
}

/// How a fact type stands to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeKind {
    /// It holds over a period.
    Lasting,
    /// It happens.
    Moment,
    /// Signatures and parties last, the rest happens.
    ByRole,
    /// It has no time of its own.
    None,
}

/// One role of a fact type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleSchema {
    /// The role.
    pub role: Role,
    /// Who can fill it. Events fill it by their fact.
    pub kinds: NodeKinds,
    /// Whether facts of any type fill it, rather than nodes (the content of a statement).
    pub facts: bool,
    /// How many it needs.
    pub min: usize,
    /// How many it takes; none: any number.
    pub max: Option<usize>,
}

/// What a fact becomes in the graph: one row of a fact type's `lowers`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lowering {
    /// Edges from every filler of one role to every filler of another. `None` is the event that the fact makes.
    Edge {
        /// The relation.
        relation: RelationKind,
        /// The role at the source.
        from: Option<Role>,
        /// The role at the target.
        to: Option<Role>,
        /// What the edge carries because of these roles.
        carrying: Option<(Qualifier, Carried)>,
    },
    /// One edge for each unordered pair of the role's fillers.
    Pairs {
        /// The relation.
        relation: RelationKind,
        /// The role.
        among: Role,
    },
    /// An attribute of every filler of a role.
    Attribute {
        /// The attribute.
        attribute: Attribute,
        /// Of whom.
        on: Role,
    },
}

/// What an edge carries because of the roles it is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Carried {
    /// A word.
    Word(&'static str),
    /// Yes or no.
    Boolean(bool),
}

impl From<Carried> for super::Value {
    fn from(carried: Carried) -> Self {
        match carried {
            Carried::Word(word) => Self::Word(word),
            Carried::Boolean(yes) => Self::Boolean(yes),
        }
    }
}

/// One fact type: a row of the ontology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactSchema {
    /// The type.
    pub fact: FactType,
    /// How it stands to time.
    pub time: TimeKind,
    /// The node that the fact itself makes, for the four event types.
    pub event: Option<NodeKind>,
    /// Its roles, in the order of the ontology.
    pub roles: &'static [RoleSchema],
    /// Of these roles at least one must be filled; empty: no such rule.
    pub any_of: &'static [Role],
    /// Its qualifiers, and whether each is required.
    pub qualifiers: &'static [(Qualifier, QualifierType, bool)],
    /// What a qualifier says where it is left out.
    pub defaults: &'static [(Qualifier, Carried)],
    /// The qualifiers that tell two facts with equal ends apart.
    pub identity: &'static [Qualifier],
    /// What two claims of the same fact can disagree about.
    pub conflicts: &'static [Disagreement],
    /// Pairs of roles that cannot be filled by the same.
    pub apart: &'static [(Role, Role)],
    /// What it becomes in the graph.
    pub lowers: &'static [Lowering],
}

/// What two claims of the same fact can disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Disagreement {
    /// The day it happened.
    At,
    /// When it began.
    From,
    /// When it ended.
    Until,
    /// Who fills a role: no filler in common.
    Fillers(Role),
    /// The value of a qualifier.
    Qualifier(Qualifier),
}

impl FactType {
    /// The type with its article, as it stands in a sentence: "a membership", "an office".
    #[must_use]
    pub fn with_article(self) -> String {
        let word = self.as_str();
        if word.starts_with(['a', 'i', 'o']) { format!("an {word}") } else { format!("a {word}") }
    }
}

impl Disagreement {
    /// The field as the native format calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::At => "at",
            Self::From => "from",
            Self::Until => "until",
            Self::Fillers(role) => role.as_str(),
            Self::Qualifier(qualifier) => qualifier.as_str(),
        }
    }
}

impl FactSchema {
    /// The role's row, if the type has the role.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&'static RoleSchema> {
        self.roles.iter().find(|row| row.role == role)
    }

    /// How those who fill a role stand to time: what of an instrument fact lasts is who signed and who is party.
    ///
    /// ```
    /// use comity::{FactType, Role, TimeKind};
    /// let instrument = FactType::Instrument.schema();
    /// assert_eq!(instrument.time_of(Role::Party), TimeKind::Lasting);
    /// assert_eq!(instrument.time_of(Role::Addressee), TimeKind::Moment);
    /// ```
    #[must_use]
    pub fn time_of(&self, role: Role) -> TimeKind {
        match (self.time, role) {
            (TimeKind::ByRole, Role::Signatory | Role::Party) => TimeKind::Lasting,
            (TimeKind::ByRole, Role::Issuer | Role::Addressee | Role::Copied | Role::Cites) => TimeKind::Moment,
            (time, _) => time,
        }
    }

    /// What the qualifier says where it is left out, if that says anything.
    ///
    /// ```
    /// use comity::{FactType, Qualifier, Value};
    /// let membership = FactType::Membership.schema();
    /// assert_eq!(membership.default_of(Qualifier::Role), Some(Value::Word("member")));
    /// assert_eq!(membership.default_of(Qualifier::Extent), None);
    /// ```
    #[must_use]
    pub fn default_of(&self, qualifier: Qualifier) -> Option<super::Value> {
        self.defaults.iter().find(|(name, _)| *name == qualifier).map(|(_, value)| (*value).into())
    }

    /// The type of a qualifier, if the fact type has it.
    #[must_use]
    pub fn qualifier(&self, qualifier: Qualifier) -> Option<QualifierType> {
        self.qualifiers.iter().find(|(name, ..)| *name == qualifier).map(|(_, value, _)| *value)
    }
}
