//! What one voice affirms and another denies.

use super::Proposition;
use crate::graph::{Because, Claim, FactKind, RowRef, View, Voice};
use crate::model::Role;
use crate::time::{Certainty, Holding};

/// A fact that one voice affirms, and that another denies or states the negation of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Contest<'g> {
    /// What is contested.
    pub what: Proposition<'g>,
    /// Who affirms it, each once, in the order of the claims.
    pub affirmed_by: Vec<Voice<'g>>,
    /// Who denies it, each once, in the order of the claims.
    pub denied_by: Vec<Voice<'g>>,
    /// How sure what is affirmed is, as far as time goes.
    pub certainty: Certainty,
    /// The claims that affirm it; [`Because::against`] gives those that deny it.
    pub because: Because<'g>,
}

impl<'g> View<'g> {
    /// What is contested: by kind of fact, then by its ends. A fact is contested once at least one voice affirms it and **another**
    /// denies it; who takes back his own words contests nothing.
    ///
    /// Linear in the claims that deny or negate, and in the claims of what they deny.
    ///
    /// ```
    /// use comity::{Act, Batch, Claimed, Detention, Fact, FactType, Graph, Nation, Qualifiers, Role, Source};
    /// use comity::relations::RetaliatesFor;
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (chile, veldland) = (batch.node::<Nation>("CHL")?, batch.node::<Nation>("x-veldland")?);
    /// let (sailors, banker) = (batch.node::<Detention>("sailors")?, batch.node::<Detention>("banker")?);
    /// let answer = batch.claim(note, Claimed::new(RetaliatesFor, sailors, banker).said_by(chile));
    /// let denial = Fact::new(FactType::Statement).role(Role::Speaker, veldland).content(Role::Content, answer);
    /// batch.fact(note, denial.with(Qualifiers::new().act(Act::Deny)))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let contest = graph.view().contested().next().expect("it is");
    /// assert_eq!(contest.denied_by[0].to_string(), "nation/x-veldland");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contested(self) -> impl Iterator<Item = Contest<'g>> {
        let graph = self.graph;
        let mut facts: Vec<RowRef> = Vec::new();
        for claim in 0..graph.records.claims.len() as u32 {
            if graph.denials.of(claim).is_empty() && graph.records.claims[claim as usize].negated != Some(true) {
                continue;
            }
            let rows = graph.facts.of_claim(&graph.records, claim);
            // That an event is not so is said of the event, not once more of each of its edges.
            let of_event: Vec<_> = rows.iter().filter(|row| row.kind == FactKind::Event).copied().collect();
            facts.extend(if of_event.is_empty() { rows } else { of_event });
        }
        facts.sort_unstable();
        facts.dedup();
        facts.into_iter().filter_map(move |fact| self.contest(fact))
    }

    fn contest(self, fact: RowRef) -> Option<Contest<'g>> {
        let certainty = self.judge(fact)?;
        let because = Because::of(self, [fact]);
        let (affirmed_by, denied_by) = (voices(because.claims()), deniers(because.against()));
        let is_contested = affirmed_by.iter().any(|one| denied_by.iter().any(|other| one != other));
        let what = Proposition::of(self, fact);
        is_contested.then_some(Contest { what, affirmed_by, denied_by, certainty, because })
    }

    /// Whether somebody who is heard denies the fact, or says that it is not so.
    pub(super) fn is_denied(self, fact: RowRef) -> bool {
        Because::of(self, [fact]).against().any(|claim| self.holds(claim.bounds()) != Holding::No)
    }
}

/// Whose word these claims are, each voice once, in the order of the claims.
pub(super) fn voices<'g>(claims: impl Iterator<Item = Claim<'g>>) -> Vec<Voice<'g>> {
    distinct(claims.flat_map(Claim::voices))
}

/// Who says that it is not so: of a denial those who make it, of a claim to the contrary those whose word it is.
pub(super) fn deniers<'g>(claims: impl Iterator<Item = Claim<'g>>) -> Vec<Voice<'g>> {
    distinct(claims.flat_map(|claim| match claim.is_denial() {
        true => claim.fillers(Role::Speaker).map(Voice::Actor).collect(),
        false => claim.voices(),
    }))
}

fn distinct<'g>(all: impl Iterator<Item = Voice<'g>>) -> Vec<Voice<'g>> {
    let mut voices = Vec::new();
    for voice in all {
        if !voices.contains(&voice) {
            voices.push(voice);
        }
    }
    voices
}
