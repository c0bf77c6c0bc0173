//! The checks of an article that is well formed: one file a stage. Both paths run them, on the same records.
//!
//! What is not sound is not there, and a check goes on with the rest: one mistake may be followed by others and hides none.

pub(crate) mod limits;
pub(crate) mod meaning;
pub(crate) mod periods;
pub(crate) mod references;
pub(crate) mod roles;
pub(crate) mod spans;
pub(crate) mod texts;

use rustc_hash::FxHashMap;

use super::syntax::{Article, Entity, Fact};

/// What a local id names: a row of one of the four lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Annotator(usize),
    Mention(usize),
    Entity(usize),
    Fact(usize),
}

/// The local ids of an article.
#[derive(Debug, Default)]
pub(crate) struct Names<'a>(pub(crate) FxHashMap<&'a str, Thing>);

impl Names<'_> {
    pub(crate) fn get(&self, id: &str) -> Option<Thing> {
        self.0.get(id).copied()
    }
}

/// The lists of an article; empty where they are missing.
impl<'t> Article<'t> {
    pub(crate) fn entities(&self) -> &[Entity<'t>] {
        self.entities.as_deref().unwrap_or_default()
    }

    pub(crate) fn facts(&self) -> &[Fact<'t>] {
        self.facts.as_deref().unwrap_or_default()
    }

    pub(crate) fn mentions(&self) -> &[super::syntax::Mention<'t>] {
        self.mentions.as_deref().unwrap_or_default()
    }

    pub(crate) fn annotators(&self) -> &[super::syntax::Annotator<'t>] {
        self.annotators.as_deref().unwrap_or_default()
    }
}

/// "an entity", "a fact": what a thing is, in a sentence.
impl Thing {
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Annotator(_) => "an annotator",
            Self::Mention(_) => "a mention",
            Self::Entity(_) => "an entity",
            Self::Fact(_) => "a fact",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Annotator(_) => "annotators",
            Self::Mention(_) => "mentions",
            Self::Entity(_) => "entities",
            Self::Fact(_) => "entities and facts",
        }
    }

    /// In which list it stands, and where.
    fn place(self) -> (u8, usize) {
        match self {
            Self::Annotator(row) => (0, row),
            Self::Mention(row) => (1, row),
            Self::Entity(row) => (2, row),
            Self::Fact(row) => (3, row),
        }
    }
}
