//! All that holds as one static graph: dyads in compressed sparse rows.
//!
//! A copy of what a view lets through, to be walked, counted and handed on. What is asked of one node is a question of the view, and
//! petgraph's algorithms run on the view itself, with events as nodes: neither needs a copy. What a dyad is stands in `dyads`.

use std::ops::Range;

use super::dyads::{DyadKind, Telling};
use super::signed::ones;
use crate::graph::{Because, Lists, NodeRef, View, add_up};
use crate::model::Node;
use crate::time::Certainty;

/// All that holds in a view as a static graph: its nodes are those that stand in a dyad, in order; its edges the dyads, each once,
/// with all facts behind it. What a dyad is: see [`DyadKind`].
///
/// A node has a **place**, from 0 on. The dyads that run from place `p` are those from `row_starts()[p]` up to, and not including,
/// `row_starts()[p + 1]`, and the place that each runs to is in `columns()`: the compressed sparse rows that other libraries take.
/// Two nodes have as many dyads as there are kinds that tie them.
///
/// ```
/// use comity::{Act, Batch, Claimed, Coalition, DyadKind, Fact, FactType, Graph, Nation, Person, Qualifiers, Role, Source};
/// use comity::relations::MemberOf;
/// let mut batch = Batch::new();
/// let note = batch.source(Source::article("desk-note"));
/// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
/// let (pact, held) = (batch.node::<Coalition>("harbour-pact")?, batch.node::<Person>("karel-voss")?);
/// batch.claim(note, Claimed::new(MemberOf::default(), iceland, pact));
/// batch.fact(note, Fact::new(FactType::Detention).role(Role::By, veldland).role(Role::Detained, held))?;
/// let charge = Fact::new(FactType::Statement).role(Role::Speaker, iceland).role(Role::Target, veldland);
/// batch.fact(note, charge.with(Qualifiers::new().act(Act::Accuse)))?;
/// let graph = Graph::new().apply(batch)?;
///
/// let slice = graph.view().slice();
/// assert_eq!((slice.nodes().len(), slice.dyads().len()), (4, 3));
/// let veldland = graph.find::<Nation>("x-veldland").expect("just added");
/// let kinds: Vec<_> = slice.dyads_from(veldland).chain(slice.dyads_to(veldland)).map(|dyad| dyad.kind).collect();
/// assert_eq!(kinds, [DyadKind::Detains, DyadKind::Says(Act::Accuse)]);
/// assert_eq!(slice.neighbours(veldland).map(|node| node.key()).collect::<Vec<_>>(), ["nation/ISL", "person/karel-voss"]);
/// assert_eq!(slice.dyads_from(veldland).next().expect("Voss").because().claims().len(), 1);
/// assert_eq!(slice.row_starts().len(), 5); // one more than there are places
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Slice<'g> {
    view: View<'g>,
    /// Of each place, in order.
    nodes: Vec<u32>,
    /// Sorted by source, target and kind: by places.
    tellings: Vec<Telling>,
    /// Where the tellings of each dyad begin; one more than there are dyads.
    tellings_starts: Vec<u32>,
    row_starts: Vec<u32>,
    columns: Vec<u32>,
    /// The dyads that run to each place, in their order.
    incoming: Lists,
}

/// Two that stand to each other in one way: an edge of a [`Slice`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Dyad<'a> {
    /// From whom.
    pub source: NodeRef<'a>,
    /// What ties them.
    pub kind: DyadKind,
    /// To whom.
    pub target: NodeRef<'a>,
    /// That of its surest telling; one through an event is as sure as the less sure of the two edges there.
    pub certainty: Certainty,
    slice: &'a Slice<'a>,
    number: usize,
}

impl<'g> View<'g> {
    /// All that holds as one static graph, of the relations that the view goes [`along`](View::along): of all if it names none.
    ///
    /// Linear in the memberships, offices and events that may have held at the view's time and a sixteenth of those before, in the
    /// edges of other relations, in a 64th of the graph's nodes, and O(n log n) in what it finds. At any time: linear in all edges.
    ///
    /// ```
    /// use comity::{Batch, Day, Fact, FactType, Graph, Nation, RelationKind, Role, Source, When};
    /// let mut batch = Batch::new();
    /// let note = batch.source(Source::article("desk-note"));
    /// let (iceland, veldland) = (batch.node::<Nation>("ISL")?, batch.node::<Nation>("x-veldland")?);
    /// let ban = Fact::new(FactType::Sanction).role(Role::By, iceland).role(Role::Target, veldland);
    /// batch.fact(note, ban.when(When::since("2031-03-04".parse()?)))?;
    /// let graph = Graph::new().apply(batch)?;
    /// let sanctions = graph.view().along(RelationKind::Imposes);
    /// assert_eq!(sanctions.as_of(Day::new(2031, 3, 3)?).slice().dyads().len(), 0);
    /// assert_eq!(sanctions.as_of(Day::new(2031, 3, 4)?).slice().dyads().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn slice(self) -> Slice<'g> {
        let mut tellings = self.tellings();
        let nodes = to_places(&mut tellings, self.graph.records.nodes.len());
        // They come in sorted runs, a relation each, which this sort merges.
        tellings.sort();
        let mut tellings_starts = vec![0];
        let mut columns = Vec::new();
        let mut row_starts = vec![0; nodes.len() + 1];
        for dyad in tellings.chunk_by(|one, other| one.is_of_dyad(other)) {
            tellings_starts.push(tellings_starts[columns.len()] + dyad.len() as u32);
            columns.push(dyad[0].target);
            row_starts[dyad[0].source as usize + 1] += 1;
        }
        add_up(&mut row_starts);
        let incoming = Lists::new(nodes.len(), |say| {
            (0..).zip(&columns).for_each(|(dyad, place)| say(*place, dyad));
        });
        Slice { view: self, nodes, tellings, tellings_starts, row_starts, columns, incoming }
    }
}

/// Gives every node that is in a telling a place, in order, and puts the places where the nodes stood.
fn to_places(tellings: &mut [Telling], all: usize) -> Vec<u32> {
    // A bit a node: with the bits counted up to each word, the place of a node is found without a search.
    let mut words = vec![0_u64; all.div_ceil(64)];
    for node in tellings.iter().flat_map(|telling| [telling.source, telling.target]) {
        words[node as usize / 64] |= 1 << (node % 64);
    }
    let mut before = Vec::with_capacity(words.len());
    let mut nodes = Vec::new();
    for (nth, word) in words.iter().enumerate() {
        before.push(nodes.len() as u32);
        nodes.extend(ones(nth, *word).map(|node| node as u32));
    }
    let place = |node: u32| {
        let word = node as usize / 64;
        before[word] + (words[word] & ((1 << (node % 64)) - 1)).count_ones()
    };
    for telling in tellings {
        (telling.source, telling.target) = (place(telling.source), place(telling.target));
    }
    nodes
}

impl<'g> Slice<'g> {
    /// The nodes, a place each, in order.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> + '_ {
        self.nodes.iter().map(|node| self.view.node(*node))
    }

    /// The place of a node; none if it stands in no dyad. Logarithmic in the nodes.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn place(&self, node: impl Into<Node>) -> Option<usize> {
        self.nodes.binary_search(&self.view.index(node)).ok()
    }

    /// The dyads, by source, target and kind: in the order of [`Slice::columns`].
    #[must_use]
    pub fn dyads(&self) -> impl ExactSizeIterator<Item = Dyad<'_>> {
        (0..self.columns.len()).map(|number| self.dyad(number))
    }

    /// The dyads that run from a node, by target and kind.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn dyads_from(&self, node: impl Into<Node>) -> impl ExactSizeIterator<Item = Dyad<'_>> {
        let row = self.place(node).map_or(0..0, |place| span(&self.row_starts, place));
        row.map(|number| self.dyad(number))
    }

    /// The dyads that run to a node, by source and kind.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn dyads_to(&self, node: impl Into<Node>) -> impl ExactSizeIterator<Item = Dyad<'_>> {
        let incoming = self.place(node).map_or(&[][..], |place| self.incoming.of(place as u32));
        incoming.iter().map(|number| self.dyad(*number as usize))
    }

    /// Those who share a dyad with a node, whichever way it runs: each once, in order.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn neighbours(&self, node: impl Into<Node>) -> impl ExactSizeIterator<Item = NodeRef<'g>> + '_ {
        let mut places = Vec::new();
        if let Some(place) = self.place(node) {
            places.extend_from_slice(&self.columns[span(&self.row_starts, place)]);
            let incoming = self.incoming.of(place as u32).iter();
            places.extend(incoming.map(|number| self.telling(*number as usize).source));
        }
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|place| self.view.node(self.nodes[place as usize]))
    }

    /// How many dyads a node stands in, whichever way they run.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn degree(&self, node: impl Into<Node>) -> usize {
        let of_place = |place| span(&self.row_starts, place).len() + self.incoming.of(place as u32).len();
        self.place(node).map_or(0, of_place)
    }

    /// Where the dyads that run from each place begin: one more than there are places. With [`Slice::columns`] the matrix as
    /// compressed sparse rows.
    ///
    /// ```
    /// use comity::Graph;
    /// assert_eq!(Graph::new().view().slice().row_starts(), [0]);
    /// ```
    #[must_use]
    pub fn row_starts(&self) -> &[u32] {
        &self.row_starts
    }

    /// The place that each dyad runs to, by source, then target and kind: one column twice in a row where two kinds tie the two.
    #[must_use]
    pub fn columns(&self) -> &[u32] {
        &self.columns
    }

    /// What ties the two of each dyad, in the order of [`Slice::columns`].
    #[must_use]
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = DyadKind> + '_ {
        (0..self.columns.len()).map(|number| self.telling(number).kind)
    }

    /// The first telling of a dyad.
    fn telling(&self, dyad: usize) -> &Telling {
        &self.tellings[self.tellings_starts[dyad] as usize]
    }

    fn tellings_of(&self, dyad: usize) -> &[Telling] {
        &self.tellings[span(&self.tellings_starts, dyad)]
    }

    fn dyad(&self, number: usize) -> Dyad<'_> {
        let tellings = self.tellings_of(number);
        let Telling { source, target, kind, .. } = tellings[0];
        let node = |place: u32| self.view.node(self.nodes[place as usize]);
        let certainty = tellings.iter().fold(Certainty::Possible, |best, telling| best.max(telling.certainty));
        Dyad { source: node(source), kind, target: node(target), certainty, slice: self, number }
    }
}

/// From where the items of one begin to where those of the next do.
fn span(starts: &[u32], of: usize) -> Range<usize> {
    starts[of] as usize..starts[of + 1] as usize
}

impl<'a> Dyad<'a> {
    /// The claims that it rests on: those of all edges that tie the two in this way. Of a statement also those that tell of
    /// another act of it, since they too say who makes it and at whom.
    #[must_use]
    pub fn because(&self) -> Because<'a> {
        Because::of(self.slice.view, self.slice.tellings_of(self.number).iter().flat_map(Telling::facts))
    }

    /// The events that tie the two in this way, each once, by kind and key; none where a relation does.
    pub fn events(&self) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
        let view = self.slice.view;
        let tellings = self.slice.tellings_of(self.number).iter();
        let mut events: Vec<u32> = tellings.filter_map(|telling| telling.event(view)).collect();
        events.sort_unstable();
        events.dedup();
        events.into_iter().map(move |event| view.node(event))
    }
}
