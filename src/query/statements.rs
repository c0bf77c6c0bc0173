//! Who said what, to whom, about what.

use super::Dates;
use super::events::Events;
use crate::graph::{Because, Claim, FactKind, NodeRef, View};
use crate::model::{Act, Aspect, Node, NodeKind, Qualifier, RelationKind, Role};
use crate::time::Certainty;

/// A statement, with all that the claims that count say of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Said<'g> {
    /// The statement.
    pub statement: NodeRef<'g>,
    /// Who makes it.
    pub speakers: Vec<NodeRef<'g>>,
    /// What it does; several only where articles tell of one statement differently.
    pub acts: Vec<&'g str>,
    /// At whom it is aimed.
    pub targets: Vec<NodeRef<'g>>,
    /// Its topics.
    pub about: Vec<NodeRef<'g>>,
    /// The claims that it makes, or denies.
    pub contents: Vec<Claim<'g>>,
    /// Through which media, documents or meetings.
    pub via: Vec<NodeRef<'g>>,
    /// When.
    pub dates: Dates,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}

/// Statements, by key: what [`View::statements`] gives. Narrow it, then iterate.
#[derive(Debug, Clone)]
#[must_use]
pub struct Statements<'g> {
    view: View<'g>,
    statements: Events,
    by: Option<u32>,
    about: Option<u32>,
    act: Option<Act>,
}

impl<'g> View<'g> {
    /// The statements that hold, by key, those without one after, by article. Linear in the statements;
    /// [`Statements::about`] makes it linear in those about one node, [`Statements::by`] in those of all who ever speak for an actor.
    ///
    /// ```
    /// use comity::{Act, Batch, Fact, FactType, Graph, Nation, Qualifiers, Role, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (chile, veldland) = (batch.node::<Nation>("CHL")?, batch.node::<Nation>("x-veldland")?);
    /// let charge = Fact::new(FactType::Statement).role(Role::Speaker, chile).role(Role::Target, veldland);
    /// batch.fact(note, charge.with(Qualifiers::new().act(Act::Accuse)))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let veldland = graph.find::<Nation>("x-veldland").expect("just added");
    /// assert_eq!(graph.view().statements().about(veldland).act(Act::Accuse).count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn statements(self) -> Statements<'g> {
        let statements = Events::of(self, NodeKind::Statement);
        Statements { view: self, statements, by: None, about: None, act: None }
    }

    /// Whom or what a statement concerns, in one way.
    fn concerned(self, statement: u32, aspect: Aspect) -> Vec<NodeRef<'g>> {
        let concerns = self.running_from(FactKind::Relation(RelationKind::Concerns), statement);
        let of_aspect = concerns
            .filter(|(fact, _)| self.graph.facts.identity(*fact).word(Qualifier::Aspect) == Some(aspect.as_str()));
        of_aspect.map(|(fact, _)| self.node(self.graph.facts.target(fact))).collect()
    }
}

impl<'g> Statements<'g> {
    /// Only those of this actor, or of somebody who speaks for it: see [`View::according_to`].
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn by(mut self, speaker: impl Into<Node>) -> Self {
        let speaker = self.view.index(speaker);
        self.by = Some(speaker);
        // Which of these it is the word of depends on the day of each claim.
        if self.about.is_none() {
            let facts = &self.view.graph.facts;
            let made = |voice| facts.running_from(FactKind::Relation(RelationKind::Makes), voice);
            let voices = self.view.voices_of(speaker).into_iter();
            let mut statements: Vec<_> = voices.flat_map(made).map(|fact| facts.target(fact)).collect();
            statements.sort_unstable();
            statements.dedup();
            self.statements = Events::these(statements);
        }
        self
    }

    /// Only those that are about this node, or aimed at it.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn about(mut self, node: impl Into<Node>) -> Self {
        let about = self.view.index(node);
        self.about = Some(about);
        let mut statements: Vec<_> =
            self.view.sources_of(RelationKind::Concerns, about).into_iter().map(|one| one.index).collect();
        statements.dedup();
        self.statements = Events::these(statements);
        self
    }

    /// Only those that do this.
    pub fn act(mut self, act: Act) -> Self {
        self.act = Some(act);
        self
    }
}

impl<'g> Iterator for Statements<'g> {
    type Item = Said<'g>;

    fn next(&mut self) -> Option<Said<'g>> {
        loop {
            let (view, statement) = (self.view, self.statements.next()?);
            let Some((fact, certainty)) = view.event(statement) else { continue };
            let because = Because::of(view, [fact]);
            let acts = view.distinct(&because, Qualifier::Act);
            if self.act.is_some_and(|wanted| !acts.contains(&wanted.as_str())) {
                continue;
            }
            let speakers = view.sources_of(RelationKind::Makes, statement);
            let told = |wanted: u32| {
                because.claims().any(|claim| {
                    let then = claim.source().source().published;
                    let then = then.map(|date| (date.first().ordinal(), date.last().ordinal() + 1));
                    claim.fillers(Role::Speaker).any(|one| view.speaks_for(one.index, wanted, then))
                })
            };
            if self.by.is_some_and(|wanted| !told(wanted)) {
                continue;
            }
            let mut contents: Vec<_> = because.claims().flat_map(Claim::contents).collect();
            contents.sort();
            contents.dedup();
            return Some(Said {
                statement: view.node(statement),
                speakers,
                acts,
                targets: view.concerned(statement, Aspect::Target),
                about: view.concerned(statement, Aspect::Topic),
                contents,
                via: view.targets(RelationKind::Via, statement),
                dates: Dates::of(view, [fact]),
                certainty,
                because,
            });
        }
    }
}
