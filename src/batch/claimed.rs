//! Claims of one edge made in code: the typed door, and what it shares with the checked one.

use smallvec::SmallVec;

use super::fact::{Content, Fact};
use super::{ClaimId, MentionId};
use crate::model::{
    FactType, Fills, Lowering, Modality, Node, NodeKind, Qualifier, Qualifiers, Reading, Relation, RelationKind, Role,
    Value,
};
use crate::time::When;

/// What is common to claims of both doors.
#[derive(Debug, Clone, Default)]
pub(super) struct Telling {
    pub(super) modality: Option<Modality>,
    pub(super) negated: bool,
    pub(super) said_by: Option<Node>,
    pub(super) said_in: Option<ClaimId>,
    pub(super) when: When,
    pub(super) gloss: Option<String>,
    pub(super) evidence: SmallVec<[MentionId; 2]>,
    pub(super) reading: Option<Reading>,
    pub(super) local: Option<Box<str>>,
}

macro_rules! telling {
    () => {
        /// How it is told; the default is [`Modality::Asserted`].
        #[must_use]
        pub fn modality(mut self, modality: Modality) -> Self {
            self.telling.modality = Some(modality);
            self
        }

        /// What is said is that it is **not** so.
        #[must_use]
        pub fn negated(mut self) -> Self {
            self.telling.negated = true;
            self
        }

        /// Whose word it is; the default is the source's own. Takes the place of [`Self::said_in`].
        #[must_use]
        pub fn said_by(mut self, actor: impl Into<Node>) -> Self {
            self.telling.said_by = Some(actor.into());
            self.telling.said_in = None;
            self
        }

        /// The statement in which it is said; its speakers then say it. Takes the place of [`Self::said_by`].
        #[must_use]
        pub fn said_in(mut self, statement: ClaimId) -> Self {
            self.telling.said_in = Some(statement);
            self.telling.said_by = None;
            self
        }

        /// The words that say it, beside those given already: what [`Batch::mention`](crate::Batch::mention) gives.
        #[must_use]
        pub fn evidence(mut self, words: MentionId) -> Self {
            self.telling.evidence.push(words);
            self
        }

        /// How you read the words; the default is [`Reading::AsWritten`].
        #[must_use]
        pub fn reading(mut self, reading: Reading) -> Self {
            self.telling.reading = Some(reading);
            self
        }

        /// When it held or happened. A period that holds no day says that it never did.
        #[must_use]
        pub fn when(mut self, when: When) -> Self {
            self.telling.when = when;
            self
        }

        /// The id by which its source knows it, there its own; without it one is made up.
        ///
        /// ```
        /// use comity::{Batch, Claimed, Graph, Nation, Source, Stance, relations::AlignedWith};
        /// let mut batch = Batch::new();
        /// let wire = batch.source(Source::article("wire-7"));
        /// let (chile, peru) = (batch.node::<Nation>("CHL")?, batch.node::<Nation>("PER")?);
        /// batch.claim(wire, Claimed::new(AlignedWith { stance: Stance::Friendly }, chile, peru).local_id("event-12"));
        /// let graph = Graph::new().apply(batch)?;
        /// let claim = graph.source("wire-7").and_then(|wire| wire.claims().next()).expect("just added");
        /// assert_eq!(claim.local_id(), "event-12");
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[must_use]
        pub fn local_id(mut self, id: &str) -> Self {
            self.telling.local = Some(id.into());
            self
        }

        /// What it says, in your own words: at most 500 code points, never a quotation.
        #[must_use]
        pub fn gloss(mut self, gloss: &str) -> Self {
            self.telling.gloss = Some(gloss.into());
            self
        }
    };
}
pub(super) use telling;

/// A claim of one edge, its ends checked by the compiler: relation first, for that is the order in which the compiler names
/// a misuse in our words.
///
/// ```
/// use comity::{Batch, Claimed, Modality, Nation, Organization, Source, When, relations::HoldsOffice, Person, Rank};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note").published("2021-02-16".parse()?));
/// let (garneau, canada) = (batch.node::<Person>("marc-garneau")?, batch.node::<Nation>("CAN")?);
/// let office = HoldsOffice { title: "Foreign Minister".into(), rank: Rank::ForeignMinister };
/// batch.claim(note, Claimed::new(office, garneau, canada).when(When::since("2021-01-12".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// One edge is all that it says. Where an event needs more in one claim (a detention its detained, a statement its act), take
/// a [`Fact`]: the native format holds no detention without anybody detained.
#[derive(Debug, Clone)]
pub struct Claimed {
    relation: RelationKind,
    source: Node,
    target: Node,
    qualifiers: Qualifiers,
    telling: Telling,
}

impl Claimed {
    /// That the relation runs from `source` to `target`. Wrong ends do not compile.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "a relation is named where it is used: nobody keeps it")]
    pub fn new<R: Relation>(relation: R, source: impl Fills<R::Source>, target: impl Fills<R::Target>) -> Self {
        Self {
            relation: R::KIND,
            source: source.untyped(),
            target: target.untyped(),
            qualifiers: relation.qualifiers(),
            telling: Telling::default(),
        }
    }

    telling!();

    /// The fact that says it: the row of the ontology that makes such an edge.
    pub(super) fn into_fact(self) -> Fact {
        let Self { relation, source, target, mut qualifiers, telling } = self;
        let (fact, from, to) = relation.fact_between(source.kind(), target.kind(), &qualifiers);
        qualifiers.retain(|name| fact.schema().qualifier(name).is_some());
        let mut fact = Fact { telling, qualifiers, ..Fact::new(fact) };
        for (role, node) in [(from, source), (to, target)] {
            match role {
                Some(role) => fact.arguments.push((role, Content::Node(node))),
                None => fact.event = Some(node),
            }
        }
        fact
    }
}

impl RelationKind {
    /// The fact type and roles that make an edge of this relation between such nodes; no role is the event itself.
    fn fact_between(
        self,
        source: NodeKind,
        target: NodeKind,
        qualifiers: &Qualifiers,
    ) -> (FactType, Option<Role>, Option<Role>) {
        let fits = |event: Option<NodeKind>, role: Option<Role>, kind: NodeKind| role.is_some() || event == Some(kind);
        let carries =
            |(name, value): (Qualifier, crate::model::Carried)| qualifiers.get(name) == Some(&Value::from(value));
        let found = self.lowerings().find_map(|(schema, lowering)| match *lowering {
            Lowering::Edge { from, to, carrying, .. }
                if fits(schema.event, from, source)
                    && fits(schema.event, to, target)
                    && carrying.is_none_or(carries) =>
            {
                Some((schema.fact, from, to))
            }
            Lowering::Pairs { among, .. } => Some((schema.fact, Some(among), Some(among))),
            Lowering::Edge { .. } | Lowering::Attribute { .. } => None,
        });
        found.expect("every relation of the table is made by a fact type: a test holds it")
    }
}
