//! What a reader hands over: nodes and claims in external keys. Readers fill a batch, the graph takes it; neither knows the
//! other.
//!
//! It answers nothing: what its claims support is for the graph to say.

mod arguments;
mod claimed;
mod description;
mod fact;
mod local_id;
mod locals;
mod nodes;
mod quote;
pub(crate) mod records;
pub(crate) mod strings;

use std::sync::atomic::{AtomicU32, Ordering};

pub use claimed::Claimed;
pub use description::{Description, DescriptionError};
use fact::Content;
pub use fact::{Fact, FactError};
pub(crate) use local_id::LocalId;
use locals::{Added, Locals};
pub use quote::{Quote, QuoteError};
use records::{Argument, ClaimRow, Filler, MentionRow, NONE, Records, Teller};
use smallvec::SmallVec;

use crate::model::{Act, FactType, Id, Key, KeyError, Modality, Node, NodeKind, NodeType, Qualifier, is_slug};
use crate::provenance::Source;
use crate::text::MentionHash;

/// Nodes and claims, ready for a graph: what readers return, and what code fills by hand.
///
/// Handles that it gives out are good for it alone; the graph gives out its own. A handle of another batch, or of something
/// that another source alone knows, makes a method panic and say so.
///
/// ```
/// use comity::{Batch, Claimed, Graph, Nation, Source, Stance, relations::AlignedWith};
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note").published("2021-03-23".parse()?));
/// let (china, russia) = (batch.node::<Nation>("CHN")?, batch.node::<Nation>("RUS")?);
/// batch.name(note, china, "China").name(note, russia, "Russia");
/// batch.claim(note, Claimed::new(AlignedWith { stance: Stance::Friendly }, china, russia));
/// let graph = Graph::new().apply(batch)?;
/// assert_eq!(graph.nodes().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Batch {
    pub(crate) records: Records,
    /// What was read beside them, by other threads; nothing is added there.
    beside: Vec<Records>,
    /// In which part each source that was read is, in the order of reading: the first is `records`, the others are `beside`.
    read_in: Vec<u32>,
    locals: Locals,
    owner: u32,
}

/// A source of a batch: what [`Batch::source`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId {
    row: u32,
    owner: u32,
}

/// A claim of a batch: what [`Batch::claim`] and [`Batch::fact`] give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId {
    row: u32,
    owner: u32,
}

/// Words of a source of a batch: what [`Batch::mention`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId {
    row: u32,
    owner: u32,
}

/// Handed out to batches and graphs, so that a handle knows its own. Never shown, never written.
static OWNERS: AtomicU32 = AtomicU32::new(1);

pub(crate) fn next_owner() -> u32 {
    OWNERS.fetch_add(1, Ordering::Relaxed) & 0x0fff_ffff
}

impl Default for Batch {
    fn default() -> Self {
        Self::from_parts([], Vec::new())
    }
}

impl Batch {
    /// The empty batch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From records that know nothing of each other, and in which of them each source is, in the order of reading.
    pub(crate) fn from_parts(parts: impl IntoIterator<Item = Records>, read_in: Vec<u32>) -> Self {
        let mut parts = parts.into_iter();
        let records = parts.next().unwrap_or_default();
        Self { records, beside: parts.collect(), read_in, locals: Locals::default(), owner: next_owner() }
    }

    /// In which part each source is, in the order of reading and adding; without end, for the last are all in the first.
    pub(crate) fn part_of_each(&self) -> impl Iterator<Item = usize> {
        self.read_in.iter().map(|part| *part as usize).chain(std::iter::repeat(0))
    }

    /// All that it holds, in parts that know nothing of each other.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Records> {
        std::iter::once(&self.records).chain(&self.beside)
    }

    /// Likewise, given up.
    pub(crate) fn into_parts(self) -> impl Iterator<Item = Records> {
        std::iter::once(self.records).chain(self.beside)
    }

    /// Adds an article or data set. Its id must be its own in the corpus: the graph refuses a second one.
    pub fn source(&mut self, source: Source) -> SourceId {
        self.records.sources.push(source);
        let row = self.records.sources.len() as u32 - 1;
        self.locals.add_source(&mut self.records, row);
        SourceId { row, owner: self.owner }
    }

    /// The node of this key, made if it is new: `batch.node::<Nation>("CAN")`. Constant time.
    ///
    /// # Errors
    /// [`KeyError`] if the slug cannot stand in a key.
    pub fn node<K: NodeType>(&mut self, slug: &str) -> Result<Id<K>, KeyError> {
        if !is_slug(slug) {
            return Err(KeyError::Slug(slug.into()));
        }
        let index = self.records.keyed_node(K::KIND, slug);
        Ok(Id::from_node(Node::new(K::KIND, index, self.owner)))
    }

    /// The node of this key, its kind known at run time, made if it is new. Constant time.
    ///
    /// ```
    /// use comity::{Batch, Nation};
    /// let mut batch = Batch::new();
    /// let canada = batch.key(&"nation/CAN".parse()?);
    /// assert_eq!(batch.node::<Nation>("CAN")?.node(), canada);
    /// # Ok::<(), comity::KeyError>(())
    /// ```
    pub fn key(&mut self, key: &Key) -> Node {
        let index = self.records.keyed_node(key.kind(), key.slug());
        Node::new(key.kind(), index, self.owner)
    }

    /// A node without a key, known in this source only, under an id of the source's own; the same id is the same node.
    ///
    /// # Panics
    /// If the source is not of this batch.
    pub fn local_node<K: NodeType>(&mut self, source: SourceId, local: &str) -> Id<K> {
        Id::from_node(self.local(K::KIND, source, local))
    }

    /// As [`Self::local_node`], its kind known at run time.
    pub(crate) fn local(&mut self, kind: NodeKind, source: SourceId, local: &str) -> Node {
        let source = self.source_row(source);
        let id = self.records.strings.local_id(local);
        self.locals.take(&mut self.records, source, id);
        let index = self.records.local_node(kind, source, local);
        Node::new(kind, index, self.owner)
    }

    /// Says what the source calls the node.
    ///
    /// # Panics
    /// If the source or the node is not of this batch.
    pub fn name(&mut self, source: SourceId, node: impl Into<Node>, name: &str) -> &mut Self {
        self.push_description(source, node.into(), Description::new().name(name));
        self
    }

    /// Says what the source calls the node and what it says the node is, beside or instead of what it said already.
    ///
    /// # Errors
    /// [`DescriptionError`] if such a node has no such field; the batch is as it was.
    ///
    /// # Panics
    /// If the source or the node is not of this batch.
    pub fn describe(
        &mut self,
        source: SourceId,
        node: impl Into<Node>,
        description: Description,
    ) -> Result<(), DescriptionError> {
        let node = node.into();
        let known = self.description(source, node);
        known.unwrap_or_default().and(description.clone()).check(node.kind())?;
        self.push_description(source, node, description);
        Ok(())
    }

    /// Adds words of the source, for claims to give as evidence.
    ///
    /// # Errors
    /// [`QuoteError`] if the words cannot stand there, or do not where the text is at hand; the batch is as it was.
    ///
    /// # Panics
    /// If the source is not of this batch.
    pub fn mention(&mut self, source: SourceId, mut quote: Quote) -> Result<MentionId, QuoteError> {
        let row = self.source_row(source);
        let text = self.records.sources[row as usize].text.as_ref();
        let text = text.and_then(|text| text.at_hand.as_deref());
        quote.read(text);
        quote.check(text)?;
        Ok(self.quoted(source, quote))
    }

    /// As [`Self::mention`], of words that their reader took from the text at their place: they are not looked for again, which takes
    /// the longer, the longer the text is.
    pub(crate) fn quoted(&mut self, source: SourceId, quote: Quote) -> MentionId {
        let source = self.source_row(source);
        let hash = quote.hash();
        let local = self.locals.make_up(&mut self.records, source, Added::Mention);
        let row = self.records.mentions.len() as u32;
        if quote.keeps_words {
            let words = quote.to_string();
            if words.chars().count() <= Quote::LONGEST {
                self.records.exact.insert(row, words.into());
            }
        }
        let Quote { pieces, form, .. } = quote;
        let mut spans = pieces.into_iter().map(|(span, _)| span);
        let span = spans.next().expect("a quote has a first piece");
        let further: Box<[_]> = spans.collect();
        if !further.is_empty() {
            self.records.pieces.insert(row, further);
        }
        self.records.mentions.push(MentionRow {
            hash: hash.unwrap_or(MentionHash::OF_NOTHING),
            span,
            source,
            local,
            form,
            is_read: hash.is_some(),
        });
        MentionId { row, owner: self.owner }
    }

    /// Adds a claim of one edge.
    ///
    /// # Panics
    /// If a handle is not of this batch and source; if who says it is an event, or what it is said in no statement that
    /// affirms; if the id given to it is another's.
    pub fn claim(&mut self, source: SourceId, claimed: Claimed) -> ClaimId {
        let fact = claimed.into_fact();
        let voice = self.check_voice(source, &fact);
        assert!(voice.is_ok(), "it cannot be said so: {voice:?}");
        self.push(source, fact)
    }

    /// Adds a claim of a fact.
    ///
    /// # Errors
    /// [`FactError`] if it does not fit the ontology; the batch is as it was.
    ///
    /// # Panics
    /// If a handle is not of this batch and source.
    pub fn fact(&mut self, source: SourceId, fact: Fact) -> Result<ClaimId, FactError> {
        fact.check()?;
        self.check_voice(source, &fact)?;
        Ok(self.push(source, fact))
    }

    /// Keeps what the source says with a claim and the model has no place for: members of an object, as JSON without its braces.
    pub(crate) fn keep_beside(&mut self, claim: ClaimId, members: String) {
        self.records.extras.insert(records::Extra::Fact(claim.row), members.into());
    }

    /// As [`Self::keep_beside`], with the source as a whole.
    pub(crate) fn keep_with_source(&mut self, source: SourceId, members: String) {
        self.records.extras.insert(records::Extra::Root(source.row), members.into());
    }

    /// How many sources it has.
    #[must_use]
    pub fn sources(&self) -> usize {
        self.parts().map(|part| part.sources.len()).sum()
    }

    /// How many claims it has.
    #[must_use]
    pub fn claims(&self) -> usize {
        self.parts().map(|part| part.claims.len()).sum()
    }

    fn check_voice(&mut self, source: SourceId, fact: &Fact) -> Result<(), FactError> {
        let source = self.source_row(source);
        if let Some(id) = &fact.telling.local {
            let known = self.records.strings.find_local_id(id);
            if known.is_some_and(|known| self.locals.is_taken(&mut self.records, source, known)) {
                return Err(FactError::IdTaken { id: id.clone() });
            }
        }
        if let Some(found) = fact.telling.said_by.map(Node::kind).filter(|kind| kind.is_event()) {
            return Err(FactError::SpeechlessVoice { found });
        }
        let Some(statement) = fact.telling.said_in.map(|claim| self.claim_row(source, claim)) else { return Ok(()) };
        let denies = self.records.qualifiers_of(statement).word(Qualifier::Act) == Some(Act::Deny.as_str());
        match self.records.claims[statement as usize].fact {
            FactType::Statement if !denies => Ok(()),
            _ => Err(FactError::NotSaidThere),
        }
    }

    fn push(&mut self, source: SourceId, fact: Fact) -> ClaimId {
        let source = self.source_row(source);
        let Fact { fact, arguments, qualifiers, event, telling } = fact;
        let arguments: SmallVec<[_; 4]> = arguments
            .into_iter()
            .map(|(role, content)| {
                let filler = match content {
                    Content::Node(node) => Filler::Node(self.node_row(source, node)),
                    Content::Claim(claim) => Filler::Claim(self.claim_row(source, claim)),
                };
                Argument::new(role, filler)
            })
            .collect();
        let teller = match (telling.said_in, telling.said_by) {
            (Some(claim), _) => Teller::Statement(self.claim_row(source, claim)),
            (None, Some(node)) => Teller::Node(self.node_row(source, node)),
            (None, None) => Teller::Source,
        };
        let evidence: SmallVec<[_; 2]> =
            telling.evidence.iter().map(|words| self.mention_row(source, *words)).collect();
        let event = event.map(|event| self.node_row(source, event));

        let local = match telling.local {
            Some(id) => {
                let id = self.records.strings.local_id(&id);
                self.locals.take(&mut self.records, source, id);
                id
            }
            None => self.locals.make_up(&mut self.records, source, Added::Claim),
        };
        let event = match (event, fact.schema().event) {
            (Some(event), _) => event,
            (None, Some(kind)) => {
                let name = self.records.strings.of_local_id(local).into_owned();
                self.records.local_node(kind, source, &name)
            }
            (None, None) => NONE,
        };
        let claim = ClaimRow {
            teller: teller.into(),
            event,
            qualifiers: self.records.qualifiers_number(qualifiers),
            gloss: self.records.strings.intern_some(telling.gloss.as_deref()),
            when: telling.when,
            modality: telling.modality.unwrap_or(Modality::Asserted),
            negated: telling.negated.then_some(true),
            reading: telling.reading,
            ..ClaimRow::new(source, local, fact)
        };
        let row = self.records.push_claim(claim, arguments, evidence);
        ClaimId { row, owner: self.owner }
    }

    fn description(&mut self, source: SourceId, node: Node) -> Option<Description> {
        let source = self.source_row(source);
        let index = self.node_row(source, node);
        let entity = self.locals.entity(&mut self.records, source, index)?;
        let number = self.records.entities[entity as usize].description;
        Some(self.records.descriptions[number as usize].clone())
    }

    /// One thing is one entity of a source, however often the source describes it.
    fn push_description(&mut self, source: SourceId, node: Node, description: Description) {
        let known = self.description(source, node);
        let (source, records) = (self.source_row(source), &mut self.records);
        match (known, self.locals.entity(records, source, node.index)) {
            (Some(known), Some(entity)) => {
                let number = records.descriptions.insert_full(known.and(description)).0;
                records.entities[entity as usize].description = number as u32;
            }
            _ => {
                let row = records.nodes[node.index as usize];
                let local = if row.scope == NONE {
                    self.locals.make_up(records, source, Added::Entity)
                } else {
                    let name = records.strings.get(row.name).to_owned();
                    records.strings.local_id(&name)
                };
                let entity = records.push_entity(source, local, node.index, description, []);
                self.locals.add_entity(records, source, node.index, entity);
            }
        }
    }

    #[track_caller]
    fn source_row(&self, source: SourceId) -> u32 {
        assert!(source.owner == self.owner, "{source:?} was given out by another batch");
        source.row
    }

    #[track_caller]
    fn node_row(&self, source: u32, node: Node) -> u32 {
        assert!(node.owner() == self.owner, "{node:?} was given out by another batch or graph: get it from this one");
        let scope = self.records.nodes[node.index as usize].scope;
        assert!(scope == NONE || scope == source, "{node:?} is known in another source only: give it a key");
        node.index
    }

    #[track_caller]
    fn claim_row(&self, source: u32, claim: ClaimId) -> u32 {
        assert!(claim.owner == self.owner, "{claim:?} was given out by another batch");
        assert!(self.records.claims[claim.row as usize].source == source, "{claim:?} is of another source");
        claim.row
    }

    #[track_caller]
    fn mention_row(&self, source: u32, words: MentionId) -> u32 {
        assert!(words.owner == self.owner, "{words:?} was given out by another batch");
        assert!(self.records.mentions[words.row as usize].source == source, "{words:?} is of another source");
        words.row
    }
}
