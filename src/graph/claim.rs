//! Claims: what somebody says, with the words that say it.

use std::borrow::Cow;
use std::fmt;

use super::apply::Graph;
use super::facts::RowRef;
use super::handle::{NodeRef, SourceRef};
use crate::batch::records::{ClaimRow, Extra, Filler, NONE, Teller};
use crate::model::{Act, DateBasis, FactType, MentionForm, Modality, Qualifier, Qualifiers, Reading, Role, TimeKind};
use crate::text::Span;
use crate::time::{Bounds, When};

/// A claim: what a source says, whose word it is, how, for when, and which words say it. A small `Copy` value.
#[derive(Clone, Copy)]
pub struct Claim<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) index: u32,
}

/// Whose word a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice<'g> {
    /// The source's own.
    Author(SourceRef<'g>),
    /// That of somebody whom the source reports.
    Actor(NodeRef<'g>),
}

impl fmt::Display for Voice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Author(_) => f.pad("author"),
            Self::Actor(node) => node.fmt(f),
        }
    }
}

/// Words that say a claim: a mention in the text of its article.
#[derive(Clone, Copy)]
pub struct Evidence<'g> {
    graph: &'g Graph,
    mention: u32,
}

impl<'g> Claim<'g> {
    pub(crate) fn row(self) -> &'g ClaimRow {
        &self.graph.records.claims[self.index as usize]
    }

    /// Its id outside: `article#f3`.
    #[must_use]
    pub fn id(self) -> String {
        format!("{}#{}", self.source().id(), self.local_id())
    }

    /// Its id within its article.
    #[must_use]
    pub fn local_id(self) -> Cow<'g, str> {
        self.graph.records.strings.of_local_id(self.row().local)
    }

    /// The article or data set that it is from.
    #[must_use]
    pub fn source(self) -> SourceRef<'g> {
        SourceRef { graph: self.graph, index: self.row().source }
    }

    /// What it says, as a type.
    #[must_use]
    pub fn fact(self) -> FactType {
        self.row().fact
    }

    /// How it is told.
    #[must_use]
    pub fn modality(self) -> Modality {
        self.row().modality
    }

    /// Whether it says that something is **not** so.
    #[must_use]
    pub fn is_negated(self) -> bool {
        self.row().negated == Some(true)
    }

    /// How the annotator read the words.
    #[must_use]
    pub fn reading(self) -> Reading {
        self.row().reading.unwrap_or(Reading::AsWritten)
    }

    /// Whether it tells of a denial: a statement that says of its content that it is not so.
    #[must_use]
    pub fn is_denial(self) -> bool {
        self.fact() == FactType::Statement && self.qualifiers().word(Qualifier::Act) == Some(Act::Deny.as_str())
    }

    /// Whether it supports what it says: asserted or alleged, not negated, read as written.
    #[must_use]
    pub fn affirms(self) -> bool {
        self.is_told_as_so() && !self.is_negated()
    }

    /// Whether it is told as so, or as somebody's word, and read as written: what it says may be that something is not so.
    pub(crate) fn is_told_as_so(self) -> bool {
        matches!(self.modality(), Modality::Asserted | Modality::Alleged) && self.reading() == Reading::AsWritten
    }

    /// What it says of time.
    #[must_use]
    pub fn when(self) -> When {
        self.row().when
    }

    /// Where its date comes from.
    #[must_use]
    pub fn when_basis(self) -> DateBasis {
        self.row().when_basis.unwrap_or(DateBasis::Stated)
    }

    /// The days that its words leave possible. An instrument's signatures and parties last, the rest of it happens: for these
    /// the bounds are those of what happens.
    #[must_use]
    pub fn bounds(self) -> Bounds {
        let published = self.source().source().published;
        match self.fact().schema().time {
            TimeKind::Lasting => self.when().bounds(published),
            _ => self.when().bounds_of_moment(published),
        }
    }

    /// Its qualifiers, as said.
    #[must_use]
    pub fn qualifiers(self) -> &'g Qualifiers {
        self.graph.records.qualifiers_of(self.index)
    }

    /// What it says, in the annotator's own words.
    #[must_use]
    pub fn gloss(self) -> Option<&'g str> {
        let gloss = self.row().gloss;
        gloss.is_some().then(|| self.graph.records.strings.get(gloss))
    }

    /// What its source says with it that the model has no place for, as JSON: of a record of other people's data the record, of an
    /// article's fact the writer's own members.
    ///
    /// ```
    /// use comity::{Graph, WikidataOptions, read_wikidata};
    /// let entity = r#"{"id": "Q1", "claims": {"P27": [{"rank": "preferred", "mainsnak": {"snaktype": "value",
    ///     "datavalue": {"value": {"id": "Q189"}}}}]}}"#;
    /// let (batch, _) = read_wikidata(entity.as_bytes(), &WikidataOptions::new());
    /// let graph = Graph::new().apply(batch)?;
    /// let claim = graph.source("wikidata").and_then(|source| source.claims().next()).expect("just read");
    /// assert!(claim.extras().is_some_and(|extras| extras.starts_with("{\"x_wikidata\":{\"rank\": \"preferred\"")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn extras(self) -> Option<String> {
        self.graph.records.extras.get(&Extra::Fact(self.index)).map(|members| format!("{{{members}}}"))
    }

    /// The annotator's confidence, 0 to 1, where given.
    #[must_use]
    pub fn confidence(self) -> Option<f64> {
        self.graph.records.confidence.get(&self.index).copied()
    }

    /// The detention, sanction, meeting or statement that it tells of, for the four event types.
    #[must_use]
    pub fn event(self) -> Option<NodeRef<'g>> {
        let event = self.row().event;
        (event != NONE).then_some(NodeRef { graph: self.graph, index: event })
    }

    /// The nodes in a role, in the order of the article.
    pub fn fillers(self, role: Role) -> impl Iterator<Item = NodeRef<'g>> {
        let records = &self.graph.records;
        let of_role = records.arguments_of(self.index).filter(move |argument| argument.role == role);
        of_role.filter_map(move |argument| {
            records.filler_node(argument.filler).map(|index| NodeRef { graph: self.graph, index })
        })
    }

    /// The claims that a statement makes or denies: its content, and those that name it as where they are said.
    pub fn contents(self) -> impl Iterator<Item = Claim<'g>> {
        let graph = self.graph;
        let of_role = graph.records.arguments_of(self.index).filter(|argument| argument.role == Role::Content);
        let named = of_role.filter_map(|argument| match argument.filler {
            Filler::Claim(index) => Some(index),
            Filler::Node(_) => None,
        });
        let mut contents: Vec<u32> = named.collect();
        let said_here = self.source().claims().filter(|claim| claim.row().said_in() == Some(self.index));
        contents.extend(said_here.map(|claim| claim.index));
        contents.sort_unstable();
        contents.dedup();
        contents.into_iter().map(move |index| Claim { graph, index })
    }

    /// The statement in which it is said, as the claim that tells of it.
    #[must_use]
    pub fn said_in(self) -> Option<Claim<'g>> {
        self.row().said_in().map(|index| Claim { graph: self.graph, index })
    }

    /// Whose word it is: the speakers of the statement it is said in, else who is said to say it, else its source.
    #[must_use]
    pub fn voices(self) -> Vec<Voice<'g>> {
        let graph = self.graph;
        match self.row().teller() {
            Teller::Statement(index) => Claim { graph, index }.fillers(Role::Speaker).map(Voice::Actor).collect(),
            Teller::Node(index) => vec![Voice::Actor(NodeRef { graph, index })],
            Teller::Source => vec![Voice::Author(self.source())],
        }
    }

    /// The claims of statements that deny it.
    pub fn denials(self) -> impl Iterator<Item = Claim<'g>> {
        let graph = self.graph;
        graph.denials.of(self.index).iter().map(move |index| Claim { graph, index: *index })
    }

    /// The words that say it, in the order of the annotation; none for a data set's record.
    #[must_use]
    pub fn evidence(self) -> impl ExactSizeIterator<Item = Evidence<'g>> {
        let graph = self.graph;
        graph.records.evidence_of(self.index).iter().map(move |mention| Evidence { graph, mention: *mention })
    }

    /// Every claim of the same facts, itself among them, in canonical order: equal type, ends and what tells them apart; for
    /// events, the same event.
    #[must_use]
    pub fn same_fact(self) -> Vec<Claim<'g>> {
        let graph = self.graph;
        let mut claims: Vec<u32> = Vec::new();
        let rows = graph.facts.of_claim(&graph.records, self.index);
        let own_event = rows.iter().filter(|row| row.kind == super::FactKind::Event);
        let rows: Vec<&RowRef> = if self.event().is_some() { own_event.collect() } else { rows.iter().collect() };
        for row in rows {
            let table = graph.facts.table(row.kind);
            claims.extend(table.spells(row.row).flat_map(|spell| table.claims(spell).iter().copied()));
        }
        claims.retain(|claim| graph.records.claims[*claim as usize].fact == self.fact());
        claims.push(self.index);
        claims.sort_unstable();
        claims.dedup();
        claims.into_iter().map(|index| Claim { graph, index }).collect()
    }

    /// The label, title, count or word that says most about it, where it has one: for a line of print.
    pub(crate) fn headline(self) -> Option<String> {
        let qualifiers = self.qualifiers();
        let names =
            [Qualifier::Label, Qualifier::Title, Qualifier::Count, Qualifier::Stage, Qualifier::Act, Qualifier::Charge];
        names.into_iter().find_map(|name| qualifiers.get(name)).map(ToString::to_string)
    }
}

impl PartialEq for Claim<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.graph, other.graph)
    }
}

impl Eq for Claim<'_> {}

/// In canonical order: by article, then by place in it.
impl PartialOrd for Claim<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Claim<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl fmt::Debug for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id())
    }
}

/// One line: what, by whom, when, and the annotator's words.
impl fmt::Display for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let voices: Vec<_> = self.voices().iter().map(ToString::to_string).collect();
        write!(f, "{} [{}, {}", self.id(), voices.join(" and "), self.modality())?;
        if self.is_negated() {
            f.write_str(", not so")?;
        }
        if self.when().is_stated() {
            write!(f, ", {}", self.when())?;
        }
        write!(f, "] {}", self.fact())?;
        if let Some(headline) = self.headline() {
            write!(f, " \"{headline}\"")?;
        }
        self.gloss().map_or(Ok(()), |gloss| write!(f, ": {gloss}"))
    }
}

impl<'g> Evidence<'g> {
    /// Where the words stand, in code points; more than one piece if they are not together.
    pub fn spans(self) -> impl Iterator<Item = Span> {
        self.graph.records.spans_of(self.mention)
    }

    /// From the first code point to the end of the last piece.
    #[must_use]
    pub fn extent(self) -> Span {
        let first = self.graph.records.mentions[self.mention as usize].span;
        let end = self.spans().last().map_or(first.end(), Span::end);
        Span::new(first.start(), end)
    }

    /// The form of the words.
    #[must_use]
    pub fn form(self) -> Option<MentionForm> {
        self.graph.records.mentions[self.mention as usize].form
    }

    /// The words themselves, pieces joined by " … ": from the text where it is at hand, else as the annotation gives them.
    /// Linear in the place of the words in the text.
    #[must_use]
    pub fn quote(self) -> Option<String> {
        let row = self.graph.records.mentions[self.mention as usize];
        let text = SourceRef { graph: self.graph, index: row.source }.text();
        match text {
            Some(text) => {
                let pieces: Option<Vec<&str>> = self.spans().map(|span| span.of(text)).collect();
                pieces.map(|pieces| pieces.join(" … "))
            }
            None => self.graph.records.exact.get(&self.mention).map(ToString::to_string),
        }
    }
}

impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.extent())
    }
}
