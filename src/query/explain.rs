//! An answer's evidence as text: who says it where, and the words.

use std::fmt;

use crate::graph::{Because, Claim};

/// The evidence of an answer, claim by claim, for people: see [`Because::explain`].
#[derive(Debug, Clone)]
pub struct Explanation<'g> {
    because: Because<'g>,
}

impl<'g> Because<'g> {
    /// The evidence as text: a line for each claim with its source, voice, modality and date, then the words where the text is at
    /// hand, else the annotator's gloss; then what speaks against it.
    ///
    /// ```
    /// use comity::{Batch, Claimed, Graph, Nation, Person, Source, relations::NationalOf};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (rojas, chile) = (batch.node::<Person>("ines-rojas")?, batch.node::<Nation>("CHL")?);
    /// batch.claim(note, Claimed::new(NationalOf, rojas, chile).gloss("she is Chilean"));
    /// let graph = Graph::new().apply(batch)?;
    /// let edge = graph.view().edges(comity::RelationKind::NationalOf).next().expect("one");
    /// assert_eq!(edge.because.explain().to_string(), "desk-note#f1 [author, asserted]: she is Chilean\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explain(&self) -> Explanation<'g> {
        Explanation { because: self.clone() }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for claim in self.because.claims() {
            line(f, "", claim)?;
        }
        for claim in self.because.against() {
            line(f, "against: ", claim)?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, before: &str, claim: Claim<'_>) -> fmt::Result {
    let voices: Vec<_> = claim.voices().iter().map(ToString::to_string).collect();
    write!(f, "{before}{} [{}, {}", claim.id(), voices.join(" and "), claim.modality())?;
    if claim.is_negated() {
        f.write_str(", not so")?;
    }
    if claim.when().is_stated() {
        write!(f, ", {}", claim.when())?;
    }
    let words = claim.evidence().find_map(crate::graph::Evidence::quote).map(|words| format!("\"{words}\""));
    match words.as_deref().or(claim.gloss()) {
        Some(words) => writeln!(f, "]: {words}"),
        None => writeln!(f, "]"),
    }
}
