//! Who signed.

use super::Dates;
use crate::graph::{Because, FactKind, NodeRef, View};
use crate::model::{Node, RelationKind};
use crate::time::Certainty;

/// That somebody signed an instrument.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Signatory<'g> {
    /// Who.
    pub signatory: NodeRef<'g>,
    /// From when; until when, for who withdrew.
    pub dates: Dates,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// Who signed a declaration, letter or other instrument, by kind and key. Who withdrew is there until then: ask
    /// [`as_of`](View::as_of) a day.
    ///
    /// Linear in its own signatures.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Instrument, Nation, Source, When, relations::Signs};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (qatar, letter) = (batch.node::<Nation>("QAT")?, batch.node::<Instrument>("joint-letter")?);
    /// let signed = When::between("2019-07-12".parse()?, "2019-07-18".parse()?)?;
    /// batch.claim(note, Claimed::new(Signs, qatar, letter).when(signed));
    /// let graph = Graph::new().apply(batch)?;
    /// let letter = graph.find::<Instrument>("joint-letter").expect("just added");
    /// assert_eq!(graph.view().as_of("2019-07-17".parse()?).signatories(letter).count(), 1);
    /// assert_eq!(graph.view().as_of("2019-07-18".parse()?).signatories(letter).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn signatories(self, instrument: impl Into<Node>) -> impl Iterator<Item = Signatory<'g>> {
        let signing = self.running_to(FactKind::Relation(RelationKind::Signs), self.index(instrument));
        signing.map(move |(fact, certainty)| Signatory {
            signatory: self.node(self.graph.facts.source(fact)),
            dates: Dates::of(self, [fact]),
            certainty,
            because: Because::of(self, [fact]),
        })
    }
}
