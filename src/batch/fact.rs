//! Claims of whole facts made in code: the checked door.

use smallvec::SmallVec;

use super::claimed::{Telling, telling};
use super::{ClaimId, MentionId};
use crate::model::{
    Act, FactSchema, FactType, Modality, Node, NodeKind, NodeKinds, Qualifier, QualifierType, Qualifiers, Reading,
    Role, Value,
};
use crate::time::{PeriodError, When};

/// A claim of a fact as the native format has it, with as many fillers as it takes: the checked door.
///
/// ```
/// use comity::{Batch, Fact, FactType, Nation, Person, Qualifiers, Role, Source};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note"));
/// let (china, spavor) = (batch.node::<Nation>("CHN")?, batch.node::<Person>("michael-spavor")?);
/// let held = Fact::new(FactType::Detention).role(Role::Detained, spavor).role(Role::By, china);
/// batch.fact(note, held.with(Qualifiers::new().charge("espionage")))?;
/// let backwards = Fact::new(FactType::Nationality).role(Role::Who, china);
/// assert_eq!(batch.fact(note, backwards).unwrap_err().to_string(), "who takes a person or a group, not a nation");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Fact {
    pub(super) fact: FactType,
    pub(super) arguments: SmallVec<[(Role, Content); 4]>,
    pub(super) qualifiers: Qualifiers,
    pub(super) event: Option<Node>,
    pub(super) telling: Telling,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Content {
    Node(Node),
    Claim(ClaimId),
}

/// Why a fact does not fit the ontology.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FactError {
    /// The fact type has no such role.
    #[error("{} has no role {role}", fact.with_article())]
    UnknownRole {
        /// The fact type.
        fact: FactType,
        /// The role given.
        role: Role,
    },
    /// Nothing of that kind can fill the role.
    #[error("{role} takes {wanted}, not {}", found.with_article())]
    WrongFiller {
        /// The role.
        role: Role,
        /// Who can fill it.
        wanted: NodeKinds,
        /// What was given.
        found: NodeKind,
    },
    /// The role takes facts, or takes none.
    #[error("{role} takes {}", if *facts { "facts" } else { "nodes, not facts" })]
    FactOrNode {
        /// The role.
        role: Role,
        /// Whether it takes facts.
        facts: bool,
    },
    /// Too few or too many fill the role.
    #[error("{} needs {} in {role}, not {found}", fact.with_article(), match max { Some(max) if max == min => min.to_string(), Some(max) => format!("{min} to {max}"), None => format!("{min} or more") })]
    Fillers {
        /// The fact type.
        fact: FactType,
        /// The role.
        role: Role,
        /// How many it needs.
        min: usize,
        /// How many it takes.
        max: Option<usize>,
        /// How many were given.
        found: usize,
    },
    /// The role is filled twice by the same.
    #[error("the same fills {role} twice")]
    Repeated {
        /// The role.
        role: Role,
    },
    /// Nobody fills any of the roles of which one is needed.
    #[error("{} needs one of {}", fact.with_article(), roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "))]
    NoneOf {
        /// The fact type.
        fact: FactType,
        /// The roles.
        roles: &'static [Role],
    },
    /// A required qualifier is missing.
    #[error("{} needs {qualifier}", fact.with_article())]
    MissingQualifier {
        /// The fact type.
        fact: FactType,
        /// The qualifier.
        qualifier: Qualifier,
    },
    /// The fact type has no such qualifier.
    #[error("{} has no {qualifier}", fact.with_article())]
    UnknownQualifier {
        /// The fact type.
        fact: FactType,
        /// The qualifier.
        qualifier: Qualifier,
    },
    /// The qualifier does not take the value.
    #[error("{qualifier} takes {takes}, not \"{found}\"")]
    WrongValue {
        /// The qualifier.
        qualifier: Qualifier,
        /// What it takes; for a stage, the steps of what it is a stage of.
        takes: QualifierType,
        /// What was given.
        found: Value,
    },
    /// The same node is on both ends.
    #[error("the same on both ends: {one} and {other}")]
    SameEnds {
        /// One role.
        one: Role,
        /// The other.
        other: Role,
    },
    /// The fact type makes no event, or one of another kind.
    #[error("{} is no {}", fact.with_article(), found.as_str())]
    WrongEvent {
        /// The fact type.
        fact: FactType,
        /// The kind of the event given.
        found: NodeKind,
    },
    /// `extent` speaks of the members of the member, which this has none of.
    #[error("{} has no members of its own for an extent", found.with_article())]
    ExtentWithoutMembers {
        /// The member given.
        found: NodeKind,
    },
    /// A denial says which fact is not so.
    #[error("a statement with act deny needs content")]
    EmptyDenial,
    /// No event says anything.
    #[error("{} says nothing", found.with_article())]
    SpeechlessVoice {
        /// What was given for who says it.
        found: NodeKind,
    },
    /// Only a statement that affirms says other facts.
    #[error("what it is said in is no statement that affirms")]
    NotSaidThere,
    /// The source knows something else by that id.
    #[error("{id} is the id of something else in its source")]
    IdTaken {
        /// The id.
        id: Box<str>,
    },
    /// The gloss is too long.
    #[error("a gloss has at most 500 code points, not {codepoints}")]
    LongGloss {
        /// How long it is.
        codepoints: usize,
    },
    /// The period holds no day.
    #[error(transparent)]
    Period(#[from] PeriodError),
}

const LONGEST: usize = 500;

impl Fact {
    /// A fact of this type with no roles filled yet.
    #[must_use]
    pub fn new(fact: FactType) -> Self {
        Self {
            fact,
            arguments: SmallVec::new(),
            qualifiers: Qualifiers::new(),
            event: None,
            telling: Telling::default(),
        }
    }

    /// Fills a role, beside those that fill it already.
    #[must_use]
    pub fn role(mut self, role: Role, node: impl Into<Node>) -> Self {
        self.arguments.push((role, Content::Node(node.into())));
        self
    }

    /// Fills a role with a fact: the content of a statement.
    #[must_use]
    pub fn content(mut self, role: Role, claim: ClaimId) -> Self {
        self.arguments.push((role, Content::Claim(claim)));
        self
    }

    /// Sets the qualifiers.
    #[must_use]
    pub fn with(mut self, qualifiers: Qualifiers) -> Self {
        self.qualifiers = qualifiers;
        self
    }

    /// The detention, sanction, meeting or statement that it tells of; without it, one that only its source knows.
    #[must_use]
    pub fn event(mut self, event: impl Into<Node>) -> Self {
        self.event = Some(event.into());
        self
    }

    telling!();

    /// Whether the ontology has such a fact. What takes the whole batch to see (modality `denied` without a denial) is not
    /// asked here.
    pub(super) fn check(&self) -> Result<(), FactError> {
        let schema = self.fact.schema();
        self.check_roles(schema)?;
        self.check_qualifiers(schema)?;
        if let Some(found) = self.event.map(Node::kind).filter(|kind| Some(*kind) != schema.event) {
            return Err(FactError::WrongEvent { fact: self.fact, found });
        }
        let denies =
            self.fact == FactType::Statement && self.qualifiers.word(Qualifier::Act) == Some(Act::Deny.as_str());
        if denies && self.fillers(Role::Content).next().is_none() {
            return Err(FactError::EmptyDenial);
        }
        self.telling.check()
    }

    fn fillers(&self, role: Role) -> impl Iterator<Item = Content> {
        self.arguments.iter().filter(move |(name, _)| *name == role).map(|(_, content)| *content)
    }

    fn kinds(&self, role: Role) -> impl Iterator<Item = NodeKind> {
        self.fillers(role).filter_map(|content| match content {
            Content::Node(node) => Some(node.kind()),
            Content::Claim(_) => None,
        })
    }

    fn check_roles(&self, schema: &FactSchema) -> Result<(), FactError> {
        let fact = self.fact;
        for (nth, (role, content)) in self.arguments.iter().enumerate() {
            let row = schema.role(*role).ok_or(FactError::UnknownRole { fact, role: *role })?;
            match content {
                Content::Claim(_) if row.facts => {}
                Content::Node(node) if !row.facts => {
                    let found = node.kind();
                    if !row.kinds.contains(found) {
                        return Err(FactError::WrongFiller { role: *role, wanted: row.kinds, found });
                    }
                }
                Content::Claim(_) | Content::Node(_) => {
                    return Err(FactError::FactOrNode { role: *role, facts: row.facts });
                }
            }
            if self.arguments[..nth].contains(&(*role, *content)) {
                return Err(FactError::Repeated { role: *role });
            }
        }
        for row in schema.roles {
            let found = self.fillers(row.role).count();
            if found < row.min || row.max.is_some_and(|max| found > max) {
                return Err(FactError::Fillers { fact, role: row.role, min: row.min, max: row.max, found });
            }
        }
        if !schema.any_of.is_empty() && schema.any_of.iter().all(|role| self.fillers(*role).next().is_none()) {
            return Err(FactError::NoneOf { fact, roles: schema.any_of });
        }
        for (one, other) in schema.apart {
            if self.fillers(*one).any(|content| self.fillers(*other).any(|second| second == content)) {
                return Err(FactError::SameEnds { one: *one, other: *other });
            }
        }
        Ok(())
    }

    fn check_qualifiers(&self, schema: &FactSchema) -> Result<(), FactError> {
        let fact = self.fact;
        for (qualifier, value) in self.qualifiers.iter() {
            let takes = match schema.qualifier(qualifier).ok_or(FactError::UnknownQualifier { fact, qualifier })? {
                QualifierType::Stage => {
                    QualifierType::Word(self.kinds(Role::Of).next().map_or(&[][..], NodeKind::stages))
                }
                takes => takes,
            };
            if !takes.takes(value) {
                return Err(FactError::WrongValue { qualifier, takes, found: value.clone() });
            }
        }
        let required = schema.qualifiers.iter().filter(|(.., required)| *required);
        for (qualifier, ..) in required {
            self.qualifiers.get(*qualifier).ok_or(FactError::MissingQualifier { fact, qualifier: *qualifier })?;
        }
        let has_members = |kind: &NodeKind| matches!(kind, NodeKind::Organization | NodeKind::Group);
        match self.kinds(Role::Member).find(|kind| !has_members(kind)) {
            Some(found) if self.qualifiers.get(Qualifier::Extent).is_some() => {
                Err(FactError::ExtentWithoutMembers { found })
            }
            _ => Ok(()),
        }
    }
}

impl Telling {
    fn check(&self) -> Result<(), FactError> {
        let codepoints = self.gloss.as_ref().map_or(0, |gloss| gloss.chars().count());
        if codepoints > LONGEST {
            return Err(FactError::LongGloss { codepoints });
        }
        Ok(self.when.check()?)
    }
}
