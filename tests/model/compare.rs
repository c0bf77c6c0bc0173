//! Answers of both sides as lines of keys, certainty and claim ids.

use std::collections::{BTreeMap, BTreeSet};

use comity::{Because, Certainty, Claim, Graph, NodeRef, View, Voice};
use proptest::test_runner::TestCaseError;

use crate::lens::{CERTAIN, Filter, Holds, Lens, NO};
use crate::oracle::{Fact, Oracle};
use crate::plan::{Article, build};

/// The same articles as a graph and as a list of claims, and the same filters on both.
pub(crate) struct Both<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) view: View<'a>,
    pub(crate) lens: Lens<'a>,
    /// Where each node stands in the graph: the order of most answers.
    pub(crate) rank: BTreeMap<String, usize>,
}

pub(crate) fn with_both(
    articles: &[Article],
    filters: &[Filter],
    ask: impl Fn(&Both<'_>) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let (graph, oracle) = (build(articles), Oracle::of(articles));
    let view = filters.iter().fold(graph.view(), |view, filter| filter.set(view));
    let rank = graph.nodes().enumerate().map(|(number, node)| (node.key(), number)).collect();
    ask(&Both { graph: &graph, view, lens: Lens::new(&oracle, filters), rank })
}

pub(crate) fn certainty(certainty: Certainty) -> &'static str {
    if certainty == Certainty::Certain { "certain" } else { "possible" }
}

pub(crate) fn holds(holds: Holds) -> &'static str {
    match holds {
        CERTAIN => "certain",
        NO => "NOT",
        _ => "possible",
    }
}

pub(crate) fn ids(claims: impl Iterator<Item = impl std::borrow::Borrow<str>>) -> String {
    let ids: Vec<String> = claims.map(|id| id.borrow().to_string()).collect();
    format!("because {}", ids.join(" "))
}

pub(crate) fn because(because: &Because<'_>) -> String {
    ids(because.claims().map(Claim::id))
}

pub(crate) fn keys<'g>(nodes: impl IntoIterator<Item = NodeRef<'g>>) -> String {
    nodes.into_iter().map(NodeRef::key).collect::<Vec<_>>().join(" ")
}

pub(crate) fn voices(voices: &[Voice<'_>]) -> BTreeSet<String> {
    let name = |voice: &Voice<'_>| match voice {
        Voice::Author(source) => format!("author of {}", source.id()),
        Voice::Actor(node) => node.key(),
    };
    voices.iter().map(name).collect()
}

impl Both<'_> {
    pub(crate) fn oracle(&self) -> &Oracle {
        self.lens.oracle
    }

    pub(crate) fn claims(&self, claims: &BTreeSet<usize>) -> String {
        ids(claims.iter().map(|claim| self.oracle().claims[*claim].id.as_str()))
    }

    pub(crate) fn rank(&self, node: &str) -> usize {
        self.rank[node]
    }

    /// Names in the order of nodes, each once.
    pub(crate) fn sorted(&self, names: impl IntoIterator<Item = String>) -> Vec<String> {
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_by_key(|name| self.rank(name));
        names.dedup();
        names
    }

    pub(crate) fn joined(&self, names: impl IntoIterator<Item = String>) -> String {
        self.sorted(names).join(" ")
    }

    /// The place of a fact among those of its kind, as far as an order is promised: by source, then target.
    pub(crate) fn place(&self, fact: &Fact) -> (usize, Option<usize>) {
        (self.rank(&fact.source), fact.target.as_ref().map(|target| self.rank(target)))
    }

    /// Every node of these kinds that the graph has.
    pub(crate) fn nodes(&self, kinds: &[comity::NodeKind]) -> Vec<NodeRef<'_>> {
        self.graph.nodes().filter(|node| kinds.contains(&node.kind())).collect()
    }

    pub(crate) fn same_set(&self, what: &str, graph: Vec<String>, model: Vec<String>) -> Result<(), TestCaseError> {
        let sorted = |mut lines: Vec<String>| {
            lines.sort();
            lines
        };
        self.same(what, &sorted(graph), &sorted(model))
    }

    pub(crate) fn same(&self, what: &str, graph: &[String], model: &[String]) -> Result<(), TestCaseError> {
        if graph == model {
            return Ok(());
        }
        let lines = |lines: &[String]| lines.iter().map(|line| format!("\n    {line}")).collect::<String>();
        Err(TestCaseError::fail(format!("{what}\n  graph:{}\n  model:{}", lines(graph), lines(model))))
    }
}
