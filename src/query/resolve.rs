//! From a name to a node.

use crate::gazetteer::{Gazetteer, LookUp, Match, NamingPolicy};
use crate::graph::{NodeRef, View};
use crate::model::{Key, NodeKind, NodeKinds};

/// What a name stands for. Rule of the house: an ambiguous name is an answer, and an unknown one gets suggestions, never a guess.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Resolution<'g> {
    /// This node.
    One(NodeRef<'g>),
    /// A nation that the gazetteer knows, and that the graph does not have.
    Unmentioned(Candidate),
    /// One of these; which, the name does not say.
    Ambiguous(Vec<Candidate>),
    /// None that is known; names that are near it, the nearest first.
    Unknown(Vec<String>),
}

/// What a name can stand for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Candidate {
    /// The key, or `article#local` for what only one article knows.
    pub key: String,
    /// The name.
    pub name: String,
}

impl Candidate {
    pub(super) fn of(node: NodeRef<'_>) -> Self {
        Self { key: node.key(), name: node.to_string() }
    }

    pub(super) fn nation(found: &Match<'_>) -> Self {
        Self { key: format!("nation/{}", found.nation.key()), name: found.nation.name(NamingPolicy::Common).to_owned() }
    }
}

/// How many suggestions an unknown name gets.
const SUGGESTIONS: usize = 3;

impl<'g> View<'g> {
    /// The node of this name, among those of these kinds: by its key, by a name that articles give it, by an alias; a nation also
    /// by any name, code, demonym or capital of the gazetteer, as of the day that the view asks for.
    ///
    /// A name that the gazetteer calls ambiguous never resolves to a nation, whatever an article means by it.
    ///
    /// Constant time; an unknown name is compared with all names.
    ///
    /// ```
    /// use comity::{Batch, Graph, Nation, NodeKinds, Resolution, Source};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let seoul = batch.node::<Nation>("KOR")?;
    /// batch.name(note, seoul, "Korea");
    /// let graph = Graph::new().apply(batch)?;
    /// let resolve = |name| graph.view().resolve(name, NodeKinds::ACTOR);
    /// assert!(matches!(resolve("ROK"), Resolution::One(node) if node.key() == "nation/KOR"));
    /// assert!(matches!(resolve("Korea"), Resolution::Ambiguous(candidates) if candidates.len() == 2));
    /// assert!(matches!(resolve("Belguim"), Resolution::Unknown(names) if names.contains(&"Belgium".into())));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn resolve(self, name: &str, kinds: NodeKinds) -> Resolution<'g> {
        let name = name.trim();
        if let Some(node) = self.by_key(name).filter(|node| kinds.contains(node.kind())) {
            return Resolution::One(node);
        }
        let nations = kinds.contains(NodeKind::Nation);
        let from_gazetteer = if nations { self.look_up(name) } else { Resolution::Unknown(Vec::new()) };
        let mut named = self.named(name, kinds);
        // What only one article knows under a nation's name is what that article could not tell apart.
        named.retain(|node| node.kind() != NodeKind::Nation || node.slug().is_some());
        match (named.as_slice(), from_gazetteer) {
            ([node], Resolution::Ambiguous(candidates)) if node.kind() == NodeKind::Nation => {
                Resolution::Ambiguous(candidates)
            }
            // The Germany of the articles is not that of 1914.
            ([node], Resolution::One(then)) if self.is_of_another_time(*node) => Resolution::One(then),
            ([node], _) => Resolution::One(*node),
            ([], Resolution::Unknown(others)) => {
                let mut suggestions = self.near(name, kinds);
                for other in others {
                    if !suggestions.contains(&other) {
                        suggestions.push(other);
                    }
                }
                suggestions.truncate(SUGGESTIONS);
                Resolution::Unknown(suggestions)
            }
            ([], found) => found,
            (several, Resolution::One(node)) if several.contains(&node) => Resolution::One(node),
            (several, _) => Resolution::Ambiguous(several.iter().copied().map(Candidate::of).collect()),
        }
    }

    /// By `nation/CAN`, or `article#local`.
    fn by_key(self, name: &str) -> Option<NodeRef<'g>> {
        if let Some(node) = name.parse::<Key>().ok().and_then(|key| self.graph.find_key(&key)) {
            return Some(self.graph.node(node));
        }
        let (article, _) = name.rsplit_once('#')?;
        let source = self.graph.source(article)?;
        self.graph.nodes().find(|node| node.scope() == Some(source) && node.key() == name)
    }

    /// By a name that articles give; by an alias only if nothing has it as its name.
    fn named(self, name: &str, kinds: NodeKinds) -> Vec<NodeRef<'g>> {
        let found: Vec<_> = self.graph.names.find(name).collect();
        let of = |alias: bool| {
            let nodes = found.iter().filter(|(is_alias, _)| *is_alias == alias).map(|(_, node)| self.node(*node));
            nodes.filter(|node| kinds.contains(node.kind())).collect::<Vec<_>>()
        };
        let (names, aliases) = (of(false), of(true));
        if names.is_empty() { aliases } else { names }
    }

    /// Whether it is a nation of which the gazetteer says that it did not exist on the day that the view asks for.
    fn is_of_another_time(self, node: NodeRef<'_>) -> bool {
        let record = node.slug().filter(|_| node.kind() == NodeKind::Nation);
        let record = record.and_then(|slug| Gazetteer::builtin().nation(slug));
        self.first_day().zip(record).is_some_and(|(day, record)| !record.existed_on(day))
    }

    fn look_up(self, name: &str) -> Resolution<'g> {
        let gazetteer = Gazetteer::builtin();
        let found = match self.first_day() {
            Some(day) => gazetteer.look_up_at(name, day),
            None => gazetteer.look_up(name),
        };
        match found {
            LookUp::One(found) => {
                let candidate = Candidate::nation(&found);
                self.by_key(&candidate.key).map_or(Resolution::Unmentioned(candidate), Resolution::One)
            }
            LookUp::Ambiguous(found) => Resolution::Ambiguous(found.iter().map(Candidate::nation).collect()),
            LookUp::Unknown(near) => Resolution::Unknown(near.into_iter().map(str::to_owned).collect()),
        }
    }

    /// The names of nodes that are nearest, the nearest first, of equals in the order of the alphabet. A name that has all the
    /// words that were given ("Garneau") is as near as can be.
    fn near(self, name: &str, kinds: NodeKinds) -> Vec<String> {
        let name = crate::text::fold(name);
        let mut near: Vec<(f64, String)> = Vec::new();
        for (known, node) in self.graph.names.all() {
            let node = self.node(node);
            let has_words = !name.is_empty() && name.split(' ').all(|word| known.split(' ').any(|part| part == word));
            let likeness = if has_words { 1.0 } else { strsim::jaro_winkler(&name, known) };
            if likeness >= 0.85 && kinds.contains(node.kind()) {
                near.push((likeness, node.to_string()));
            }
        }
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut names: Vec<String> = Vec::new();
        for (_, name) in near {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
