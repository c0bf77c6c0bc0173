//! The columns: sources, nodes, entities, mentions and claims, as rows that refer to each other by number.
//!
//! A [`Batch`](super::Batch) fills them in the order of reading; a [`Graph`](crate::Graph) holds them in canonical order
//! with indexes on top. Rows are small and plain, so that ten million of them fit; what few rows have stands in side tables.

use std::collections::BTreeMap;
use std::hash::BuildHasherDefault;

use rustc_hash::FxHasher;

use super::LocalId;
pub(crate) use super::arguments::{Argument, Arguments, Filler};
pub(crate) use super::description::Description;
use super::nodes::KnownNodes;
use super::strings::{Strings, Text};
use crate::model::{DateBasis, FactType, MentionForm, Modality, NodeKind, Qualifiers, Reading};
use crate::provenance::Source;
use crate::text::{MentionHash, Span};
use crate::time::When;

/// Values, each kept once, under the number by which rows name it.
pub(crate) type Interned<T> = indexmap::IndexSet<T, BuildHasherDefault<FxHasher>>;

/// No row.
pub(crate) const NONE: u32 = u32::MAX;

/// All rows of a batch or graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    pub(crate) strings: Strings,
    pub(crate) sources: Vec<Source>,
    pub(crate) nodes: Vec<NodeRow>,
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) entity_mentions: Vec<u32>,
    pub(crate) descriptions: Interned<Description>,
    pub(crate) mentions: Vec<MentionRow>,
    pub(crate) claims: Vec<ClaimRow>,
    pub(crate) arguments: Arguments,
    pub(crate) evidence: Vec<u32>,
    pub(crate) qualifiers: Interned<Qualifiers>,
    /// The further pieces of discontinuous mentions.
    pub(crate) pieces: BTreeMap<u32, Box<[Span]>>,
    /// The words of mentions, where the annotation gives them.
    pub(crate) exact: BTreeMap<u32, Box<str>>,
    /// The annotator of a mention.
    pub(crate) mention_by: BTreeMap<u32, Text>,
    /// The annotator of a claim.
    pub(crate) claim_by: BTreeMap<u32, Text>,
    pub(crate) confidence: BTreeMap<u32, f64>,
    /// The writer's own members, as JSON text without braces.
    pub(crate) extras: BTreeMap<Extra, Box<str>>,
    /// Empty in a graph: there nodes stand in their order, and are found by halves.
    known_nodes: KnownNodes,
}

/// A node: its kind, and its name to the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NodeRow {
    pub(crate) kind: NodeKind,
    /// The source that alone knows it; [`NONE`]: it has a key, and the corpus knows it.
    pub(crate) scope: u32,
    /// The slug of the key, or the local id.
    pub(crate) name: Text,
}

/// What one source says of a node that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntityRow {
    pub(crate) source: u32,
    pub(crate) local: LocalId,
    pub(crate) node: u32,
    pub(crate) description: u32,
    /// Where its mentions end in `entity_mentions`; they begin where those of the row before end.
    pub(crate) mentions_end: u32,
}

/// A place in a text that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MentionRow {
    pub(crate) hash: MentionHash,
    /// The first piece.
    pub(crate) span: Span,
    pub(crate) source: u32,
    pub(crate) local: LocalId,
    pub(crate) form: Option<MentionForm>,
    /// Whether somebody has read the words: of a mere place the hash is that of none.
    pub(crate) is_read: bool,
}

/// Something that a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClaimRow {
    pub(crate) source: u32,
    pub(crate) local: LocalId,
    pub(crate) teller: PackedTeller,
    /// The node that an event fact makes.
    pub(crate) event: u32,
    pub(crate) qualifiers: u32,
    pub(crate) gloss: Text,
    /// The mention that gives the time.
    pub(crate) words: u32,
    /// Where its arguments end; they begin where those of the row before end.
    pub(crate) arguments_end: u32,
    /// Where its evidence ends, likewise.
    pub(crate) evidence_end: u32,
    pub(crate) when: When,
    pub(crate) when_basis: Option<DateBasis>,
    pub(crate) fact: FactType,
    pub(crate) modality: Modality,
    pub(crate) negated: Option<bool>,
    pub(crate) reading: Option<Reading>,
}

/// Whose word a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Teller {
    /// The source's own.
    Source,
    /// That of a node.
    Node(u32),
    /// That of those who make the statement that a claim tells of.
    Statement(u32),
}

/// A [`Teller`] in five bytes, wherever they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PackedTeller {
    number: [u8; 4],
    is_statement: bool,
}

impl From<Teller> for PackedTeller {
    fn from(teller: Teller) -> Self {
        let (number, is_statement) = match teller {
            Teller::Source => (NONE, false),
            Teller::Node(node) => (node, false),
            Teller::Statement(claim) => (claim, true),
        };
        Self { number: number.to_ne_bytes(), is_statement }
    }
}

/// An object of an annotation that may hold members of the writer's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Extra {
    Root(u32),
    Article(u32),
    Text(u32),
    Dateline(u32),
    Origin(u32),
    Annotator(u32, u32),
    Mention(u32),
    Entity(u32),
    EntityCount(u32),
    Fact(u32),
    With(u32),
    Count(u32),
    When(u32),
}

impl Records {
    /// The node of this kind and slug that the whole corpus knows.
    pub(crate) fn keyed_node(&mut self, kind: NodeKind, slug: &str) -> u32 {
        self.node(kind, NONE, slug)
    }

    /// The node that only this source knows.
    pub(crate) fn local_node(&mut self, kind: NodeKind, source: u32, local: &str) -> u32 {
        self.node(kind, source, local)
    }

    fn node(&mut self, kind: NodeKind, scope: u32, name: &str) -> u32 {
        let Self { nodes, known_nodes, strings, .. } = self;
        if let Some(known) = known_nodes.find((kind, scope, name), nodes, strings) {
            return known;
        }
        let number = nodes.len() as u32;
        known_nodes.insert((kind, scope, name), number, strings);
        nodes.push(NodeRow { kind, scope, name: strings.push(name) });
        number
    }

    /// The row of a node of a graph: there they stand in their order.
    pub(crate) fn find_node(&self, row: NodeRow) -> Option<u32> {
        self.nodes.binary_search_by_key(&row.place(), |row| row.place()).ok().map(|number| number as u32)
    }

    /// Gives up the nodes, and what finds them.
    pub(crate) fn forget_nodes(&mut self) {
        (self.nodes, self.known_nodes) = Default::default();
    }

    /// Adds a mention with its further pieces and its words; returns its number.
    pub(crate) fn push_mention(&mut self, row: MentionRow, further: Vec<Span>, exact: Option<Box<str>>) -> u32 {
        let number = self.mentions.len() as u32;
        self.mentions.push(row);
        if !further.is_empty() {
            self.pieces.insert(number, further.into());
        }
        if let Some(exact) = exact {
            self.exact.insert(number, exact);
        }
        number
    }

    /// Adds an entity with its mentions; returns its number.
    pub(crate) fn push_entity(
        &mut self,
        source: u32,
        local: LocalId,
        node: u32,
        description: Description,
        mentions: impl IntoIterator<Item = u32>,
    ) -> u32 {
        let description = match self.descriptions.get_index_of(&description) {
            Some(known) => known,
            None => self.descriptions.insert_full(description).0,
        } as u32;
        self.entity_mentions.extend(mentions);
        let mentions_end = self.entity_mentions.len() as u32;
        self.entities.push(EntityRow { source, local, node, description, mentions_end });
        self.entities.len() as u32 - 1
    }

    /// The number of these qualifiers, each list kept once.
    pub(crate) fn qualifiers_number(&mut self, qualifiers: Qualifiers) -> u32 {
        let number = match self.qualifiers.get_index_of(&qualifiers) {
            Some(known) => known,
            None => self.qualifiers.insert_full(qualifiers).0,
        };
        number as u32
    }

    /// Adds a claim with its arguments and evidence (mentions); returns its number. The row's ends are set here.
    pub(crate) fn push_claim(
        &mut self,
        mut row: ClaimRow,
        arguments: impl IntoIterator<Item = Argument>,
        evidence: impl IntoIterator<Item = u32>,
    ) -> u32 {
        arguments.into_iter().for_each(|argument| self.arguments.push(argument));
        self.evidence.extend(evidence);
        row.arguments_end = self.arguments.len() as u32;
        row.evidence_end = self.evidence.len() as u32;
        self.claims.push(row);
        self.claims.len() as u32 - 1
    }

    #[inline]
    pub(crate) fn arguments_of(&self, claim: u32) -> impl ExactSizeIterator<Item = Argument> + Clone {
        let claim = claim as usize;
        let start = claim.checked_sub(1).map_or(0, |before| self.claims[before].arguments_end);
        self.arguments.at(start as usize..self.claims[claim].arguments_end as usize)
    }

    pub(crate) fn evidence_of(&self, claim: u32) -> &[u32] {
        let claim = claim as usize;
        let start = claim.checked_sub(1).map_or(0, |before| self.claims[before].evidence_end);
        &self.evidence[start as usize..self.claims[claim].evidence_end as usize]
    }

    pub(crate) fn mentions_of(&self, entity: u32) -> &[u32] {
        let entity = entity as usize;
        let start = entity.checked_sub(1).map_or(0, |before| self.entities[before].mentions_end);
        &self.entity_mentions[start as usize..self.entities[entity].mentions_end as usize]
    }

    pub(crate) fn qualifiers_of(&self, claim: u32) -> &Qualifiers {
        &self.qualifiers[self.claims[claim as usize].qualifiers as usize]
    }

    /// The node that a filler stands for; none for the content of a statement that is no event.
    pub(crate) fn filler_node(&self, filler: Filler) -> Option<u32> {
        match filler {
            Filler::Node(node) => Some(node),
            Filler::Claim(claim) => Some(self.claims[claim as usize].event).filter(|event| *event != NONE),
        }
    }

    /// All pieces of a mention, in their order.
    pub(crate) fn spans_of(&self, mention: u32) -> impl Iterator<Item = Span> {
        let further = self.pieces.get(&mention).map_or(&[][..], |pieces| pieces);
        std::iter::once(self.mentions[mention as usize].span).chain(further.iter().copied())
    }
}

impl NodeRow {
    /// The canonical order: by kind, then what the corpus knows (`NONE + 1` wraps to 0) before what one source knows.
    pub(crate) fn place(self) -> (NodeKind, u32, Text) {
        (self.kind, self.scope.wrapping_add(1), self.name)
    }

    /// Back from the [`place`](Self::place).
    pub(crate) fn at((kind, scope, name): (NodeKind, u32, Text)) -> Self {
        Self { kind, scope: scope.wrapping_sub(1), name }
    }
}

impl ClaimRow {
    /// An asserted claim of the source's own voice, with everything else left unsaid.
    pub(crate) fn new(source: u32, local: LocalId, fact: FactType) -> Self {
        Self {
            source,
            local,
            teller: Teller::Source.into(),
            event: NONE,
            qualifiers: NONE,
            gloss: Text::NONE,
            words: NONE,
            arguments_end: 0,
            evidence_end: 0,
            when: When::Unstated,
            when_basis: None,
            fact,
            modality: Modality::Asserted,
            negated: None,
            reading: None,
        }
    }

    /// Whose word it is.
    #[inline]
    pub(crate) fn teller(&self) -> Teller {
        let PackedTeller { number, is_statement } = self.teller;
        match u32::from_ne_bytes(number) {
            NONE => Teller::Source,
            claim if is_statement => Teller::Statement(claim),
            node => Teller::Node(node),
        }
    }

    /// The node whose word it is.
    #[inline]
    pub(crate) fn said_by(&self) -> Option<u32> {
        match self.teller() {
            Teller::Node(node) => Some(node),
            Teller::Source | Teller::Statement(_) => None,
        }
    }

    /// The claim of the statement in which it is said.
    #[inline]
    pub(crate) fn said_in(&self) -> Option<u32> {
        match self.teller() {
            Teller::Statement(claim) => Some(claim),
            Teller::Source | Teller::Node(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ClaimRow, MentionRow};

    /// Of these there are as many as a corpus has facts: what DESIGN.md says of their room holds.
    #[test]
    fn rows_are_as_small_as_they_are_said_to_be() {
        assert_eq!((size_of::<ClaimRow>(), size_of::<MentionRow>()), (56, 32));
    }
}
