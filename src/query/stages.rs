//! Steps in the life of a detention, sanction, meeting or instrument.

use super::Dates;
use crate::batch::records::NONE;
use crate::graph::{Because, NodeRef, View};
use crate::model::{Attribute, Node, Qualifier};
use crate::time::Certainty;

/// A step in the life of an event or instrument.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StageStep<'g> {
    /// Of what.
    pub of: NodeRef<'g>,
    /// Which: a word of [`DetentionStage`](crate::DetentionStage), [`SanctionStage`](crate::SanctionStage),
    /// [`MeetingStage`](crate::MeetingStage) or [`InstrumentStage`](crate::InstrumentStage), by the kind of node.
    pub stage: &'g str,
    /// When.
    pub dates: Dates,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// The steps that it has gone through by the last day that the view lets through, as far as they may have been taken by then;
    /// in the order of the list of stages.
    ///
    /// Linear in the node's own stages.
    ///
    /// ```
    /// use comity::{Batch, Detention, DetentionStage, Fact, FactType, Graph, Qualifiers, Role, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let case = batch.node::<Detention>("karel-voss")?;
    /// let trial = Qualifiers::new().detention_stage(DetentionStage::Trial);
    /// batch.fact(note, Fact::new(FactType::Stage).role(Role::Of, case).with(trial))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let case = graph.find::<Detention>("karel-voss").expect("just added");
    /// assert_eq!(graph.view().stages(case).map(|step| step.stage).collect::<Vec<_>>(), ["trial"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn stages(self, of: impl Into<Node>) -> impl Iterator<Item = StageStep<'g>> {
        self.stages_of(self.index(of)).into_iter()
    }

    pub(super) fn stages_of(self, of: u32) -> Vec<StageStep<'g>> {
        let (then, of) = (self.until_its_end(), self.node(of));
        let mut steps: Vec<_> = of
            .attribute_rows(Attribute::Stage)
            .filter_map(|fact| {
                let certainty = then.judge(fact)?;
                let stage = self.graph.facts.identity(fact).word(Qualifier::Stage)?;
                let (dates, because) = (Dates::of(then, [fact]), Because::of(then, [fact]));
                Some(StageStep { of, stage, dates, certainty, because })
            })
            .collect();
        let place = |stage: &str| stage_words(of).iter().position(|word| *word == stage);
        steps.sort_by_key(|step| place(step.stage).unwrap_or(NONE as usize));
        steps
    }
}

/// The stages that a node of its kind can go through, in their order.
fn stage_words(of: NodeRef<'_>) -> &'static [&'static str] {
    use crate::model::{DetentionStage, InstrumentStage, MeetingStage, NodeKind, SanctionStage};
    match of.kind() {
        NodeKind::Detention => DetentionStage::WORDS,
        NodeKind::Sanction => SanctionStage::WORDS,
        NodeKind::Meeting => MeetingStage::WORDS,
        NodeKind::Instrument => InstrumentStage::WORDS,
        _ => &[],
    }
}
