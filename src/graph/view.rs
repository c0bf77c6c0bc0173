//! The view: one small `Copy` value to ask everything through.

use std::fmt;

use super::apply::Graph;
use super::claim::Claim;
use super::facts::{RowRef, Stand};
use super::handle::{NodeRef, SourceRef};
use super::timeline::Days;
use crate::batch::records::Description;
use crate::model::{Modality, Node, Reading, RelationKind};
use crate::time::{Bounds, Certainty, Day, Holding, Period};

/// A graph through a lens: as of a date, as published by a date, as somebody tells it, without an article.
///
/// A small `Copy` value that borrows the graph; all queries are its methods. Filters can be set in any order, with the same
/// result: a second time or publication filter narrows the first, a second voice, modality or left-out article is added.
/// With no filter it shows what some voice affirms (asserted or alleged, not negated, as written) at any time.
///
/// ```
/// use comity::{Day, Graph, Modality};
/// let graph = Graph::new();
/// let day = Day::new(2021, 3, 1)?;
/// let view = graph.view().as_of(day).published_by(day).modality(Modality::Asserted);
/// assert_eq!(view.contested().count(), 0);
/// # Ok::<(), comity::DateError>(())
/// ```
#[derive(Clone, Copy)]
pub struct View<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) lens: Lens<'g>,
}

/// What a view lets through.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Lens<'g> {
    pub(super) window: Days,
    /// What few views ask for, behind a word: lenses are copied into every answer.
    further: Option<&'g Further>,
    heeds: Heeds,
    /// The last day of publication; [`i32::MAX`]: any.
    published_by: i32,
    /// Bits of [`Stand`]; none: affirming ones.
    modalities: u8,
    repaired: bool,
}

/// What few views ask for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Further {
    /// Further windows, in which it must hold too.
    windows: Vec<Days>,
    /// Who says it; none: anybody.
    voices: Vec<u32>,
    /// The sources that are not heard.
    without: Vec<u32>,
    /// The relations that petgraph and slices see; none: all.
    relations: u32,
}

/// How much of it counts. Queries set some aside at every step: that is to cost no search for what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heeds {
    All,
    /// Not the windows.
    AtAnyTime,
    /// Nothing but which sources are not heard.
    SourcesAlone,
}

impl Default for Lens<'_> {
    fn default() -> Self {
        let (window, heeds) = (Days::ALL, Heeds::All);
        Self { window, further: None, heeds, published_by: i32::MAX, modalities: 0, repaired: false }
    }
}

impl<'g> Lens<'g> {
    #[inline]
    fn windows(self) -> &'g [Days] {
        self.further.filter(|_| self.heeds == Heeds::All).map_or(&[], |further| &further.windows)
    }

    #[inline]
    fn voices(self) -> &'g [u32] {
        self.further.filter(|_| self.heeds != Heeds::SourcesAlone).map_or(&[], |further| &further.voices)
    }

    #[inline]
    fn without(self) -> &'g [u32] {
        self.further.map_or(&[], |further| &further.without)
    }

    #[inline]
    pub(super) fn relations(self) -> u32 {
        self.further.filter(|_| self.heeds != Heeds::SourcesAlone).map_or(0, |further| further.relations)
    }
}

/// How one filter of the lens is set.
impl<'g> View<'g> {
    /// The graph behind it.
    #[must_use]
    pub fn graph(self) -> &'g Graph {
        self.graph
    }

    /// Only what holds, or may hold, on this day.
    #[must_use]
    pub fn as_of(self, day: Day) -> Self {
        self.within(day.ordinal(), day.ordinal() + 1)
    }

    /// Only what holds, or may hold, on some day of the period.
    #[must_use]
    pub fn during(self, period: Period) -> Self {
        self.within(period.first().ordinal(), period.end().ordinal())
    }

    pub(super) fn within(mut self, first: i32, end: i32) -> Self {
        let (window, before) = (Days { first, end }, self.lens.window);
        if before.are_all() {
            self.lens.window = window;
        } else if before != window {
            self = self.with_further(|further| {
                further.windows.extend([before, window]);
                further.windows.sort_unstable();
                further.windows.dedup();
            });
            self.lens.window = self.lens.windows()[0];
        }
        self
    }

    /// With something else among what few views ask for.
    fn with_further(mut self, add: impl FnOnce(&mut Further)) -> Self {
        let mut further = Further {
            windows: self.lens.windows().to_vec(),
            voices: self.lens.voices().to_vec(),
            without: self.lens.without().to_vec(),
            relations: self.lens.relations(),
        };
        add(&mut further);
        self.lens.further = Some(self.graph.pool.keep(&further));
        self.lens.heeds = Heeds::All;
        self
    }

    /// Only what was published on or before this day. An article that may have been published later is possible at best.
    #[must_use]
    pub fn published_by(mut self, day: Day) -> Self {
        self.lens.published_by = self.lens.published_by.min(day.ordinal());
        self
    }

    /// Only what this actor says, or somebody who speaks for it: for a nation or organization the holders of its offices at
    /// the time, its ministries and embassies, and the holders of theirs. Named twice: what either says.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn according_to(self, actor: impl Into<Node>) -> Self {
        let actor = self.graph.index(actor.into());
        self.with_further(|further| add(&mut further.voices, actor))
    }

    /// Only claims that are told so, instead of those that affirm. Named twice: those told either way. Negated claims never count.
    #[must_use]
    pub fn modality(mut self, modality: Modality) -> Self {
        self.lens.modalities |= Stand::modality(modality);
        self
    }

    /// Also what annotators read by mending a broken or mistranslated text.
    #[must_use]
    pub fn with_repaired(mut self) -> Self {
        self.lens.repaired = true;
        self
    }

    /// As if this article or data set had not been loaded.
    ///
    /// # Panics
    /// If it is of another graph.
    #[must_use]
    pub fn without(self, source: SourceRef<'g>) -> Self {
        assert!(std::ptr::eq(source.graph, self.graph), "{source} is of another graph: look it up in this one");
        self.with_further(|further| add(&mut further.without, source.index))
    }

    /// Lets petgraph's algorithms and [`View::slice`] see this relation only, instead of all. Named twice: both. Queries do not heed
    /// it.
    #[must_use]
    pub fn along(self, relation: RelationKind) -> Self {
        self.with_further(|further| further.relations |= 1 << relation as u32)
    }
}

/// Adds a number to a sorted list, if it is not there.
fn add(numbers: &mut Vec<u32>, number: u32) {
    if let Err(place) = numbers.binary_search(&number) {
        numbers.insert(place, number);
    }
}

/// What the lens lets through.
impl<'g> View<'g> {
    /// The same view at any time.
    pub(crate) fn at_any_time(mut self) -> Self {
        self.lens.window = Days::ALL;
        if !self.has_one_window() {
            self.lens.heeds = Heeds::AtAnyTime;
        }
        self
    }

    /// Whether one window is all that is asked of times.
    #[inline]
    pub(super) fn has_one_window(self) -> bool {
        self.lens.windows().is_empty()
    }

    /// The first day that the time filters let through.
    pub(crate) fn first_day(self) -> Option<Day> {
        Day::from_ordinal(self.lens.window.first)
    }

    /// The same view from the first day on, up to its end: what has happened by then.
    pub(crate) fn until_its_end(self) -> Self {
        let ends = self.lens.windows().iter().map(|window| window.end);
        let end = ends.fold(self.lens.window.end, i32::min);
        self.at_any_time().within(i32::MIN, end)
    }

    /// The view that leaves out the same sources, and lets everything else through: for who is who.
    pub(crate) fn of_the_same_sources(self) -> Self {
        let further = self.lens.further.filter(|further| !further.without.is_empty());
        View { graph: self.graph, lens: Lens { further, heeds: Heeds::SourcesAlone, ..Lens::default() } }
    }

    /// The graph's node behind a handle.
    ///
    /// # Panics
    /// If it is not of this graph.
    #[track_caller]
    pub(crate) fn index(self, node: impl Into<Node>) -> u32 {
        self.graph.index(node.into())
    }

    pub(crate) fn node(self, index: u32) -> NodeRef<'g> {
        NodeRef { graph: self.graph, index }
    }

    /// Whether every source is heard.
    pub(super) fn leaves_none_out(self) -> bool {
        self.lens.without().is_empty()
    }

    /// What is said of a node by the sources that are not left out.
    pub(crate) fn descriptions(self, node: u32) -> impl Iterator<Item = &'g Description> {
        let without = self.lens.without();
        let heard = move |source: &u32| without.binary_search(source).is_err();
        self.node(node).descriptions_by_source().filter(move |(source, _)| heard(source)).map(|(_, said)| said)
    }

    /// How far the time filters let these bounds through.
    #[inline]
    pub(crate) fn holds(self, bounds: Bounds) -> Holding {
        let Days { first, end } = self.lens.window;
        if self.lens.window.are_all() {
            return Holding::Certain;
        }
        let holding = bounds.overlaps_ordinals(first, end);
        self.lens
            .windows()
            .iter()
            .fold(holding, |holding, window| holding.min(bounds.overlaps_ordinals(window.first, window.end)))
    }

    /// Whether only the times and stands of spells matter, so that no claim need be read.
    #[inline]
    pub(super) fn is_plain(self) -> bool {
        let Lens { published_by, repaired, .. } = self.lens;
        published_by == i32::MAX && !repaired && self.lens.voices().is_empty() && self.leaves_none_out()
    }

    #[inline]
    pub(super) fn modalities(self) -> u8 {
        if self.lens.modalities == 0 { Stand::AFFIRMING } else { self.lens.modalities }
    }

    /// How far a claim counts, its time aside: by its modality, voice, article and publication.
    pub(crate) fn admits(self, claim: u32) -> Holding {
        let row = &self.graph.records.claims[claim as usize];
        let repaired = row.reading == Some(Reading::Repaired);
        if row.negated == Some(true)
            || (repaired && !self.lens.repaired)
            || self.modalities() & Stand::modality(row.modality) == 0
        {
            return Holding::No;
        }
        self.hears(claim)
    }

    /// How far a claim can be heard, whatever it says: by its voice, article and publication.
    pub(crate) fn hears(self, claim: u32) -> Holding {
        let row = &self.graph.records.claims[claim as usize];
        let (voices, without) = (self.lens.voices(), self.lens.without());
        if without.binary_search(&row.source).is_ok() || !voices.is_empty() && !self.is_voiced_by(claim, voices) {
            return Holding::No;
        }
        let by = self.lens.published_by;
        match self.graph.records.sources[row.source as usize].published {
            _ if by == i32::MAX => Holding::Certain,
            None => Holding::Possible,
            Some(date) if date.first().ordinal() > by => Holding::No,
            Some(date) if date.last().ordinal() > by => Holding::Possible,
            Some(_) => Holding::Certain,
        }
    }

    /// How far a fact holds: the best among the claims that count.
    pub(crate) fn judge(self, fact: RowRef) -> Option<Certainty> {
        let table = self.graph.facts.table(fact.kind);
        let plain = self.is_plain();
        let mut best = Holding::No;
        for spell in table.spells(fact.row) {
            let stands = table.stands(spell);
            if stands & (self.modalities() | Stand::REPAIRED) == 0 {
                continue;
            }
            let mut holding = self.holds(self.graph.facts.bounds(table, spell));
            if holding <= best {
                continue;
            }
            if !plain || stands & self.modalities() == 0 {
                let admitted = table.claims(spell).iter().map(|claim| self.admits(*claim)).max();
                holding = holding.min(admitted.unwrap_or(Holding::No));
            }
            best = best.max(holding);
        }
        best.certainty()
    }

    /// When a fact may have been, as each of its spells has it of which some claim counts.
    pub(crate) fn spells(self, fact: RowRef) -> impl Iterator<Item = Bounds> + 'g {
        let facts = &self.graph.facts;
        let (table, plain) = (facts.table(fact.kind), self.is_plain());
        let counts = move |spell: &usize| {
            let told = table.stands(*spell) & (self.modalities() | Stand::REPAIRED);
            let read = || table.claims(*spell).iter().any(|claim| self.admits(*claim) != Holding::No);
            told != 0
                && self.holds(facts.bounds(table, *spell)) != Holding::No
                && ((plain && told != Stand::REPAIRED) || read())
        };
        table.spells(fact.row).filter(counts).map(move |spell| facts.bounds(table, spell))
    }

    /// How far one claim of a fact holds.
    pub(crate) fn judge_claim(self, fact: RowRef, claim: u32) -> Option<Certainty> {
        let table = self.graph.facts.table(fact.kind);
        let spells = table.spells(fact.row).filter(|spell| table.claims(*spell).contains(&claim));
        let best = spells.map(|spell| self.holds(self.graph.facts.bounds(table, spell))).max()?;
        best.min(self.admits(claim)).certainty()
    }

    /// Whether a claim can be heard at all, whatever it says and for when.
    pub(crate) fn is_heard(self, claim: Claim<'_>) -> bool {
        self.hears(claim.index) != Holding::No
    }

    /// The claims of a fact that count, in canonical order.
    pub(crate) fn counting(self, fact: RowRef) -> Vec<u32> {
        let table = self.graph.facts.table(fact.kind);
        let spells =
            table.spells(fact.row).filter(|spell| self.holds(self.graph.facts.bounds(table, *spell)) != Holding::No);
        let mut claims: Vec<u32> = spells
            .flat_map(|spell| table.claims(spell).iter().copied())
            .filter(|claim| self.admits(*claim) != Holding::No)
            .collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// All claims of a fact, whatever they say of it.
    pub(crate) fn all_claims(self, fact: RowRef) -> Vec<u32> {
        let table = self.graph.facts.table(fact.kind);
        let mut claims: Vec<u32> =
            table.spells(fact.row).flat_map(|spell| table.claims(spell).iter().copied()).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The claims in which a node plays a part and that can be heard, whatever their modality and time, in canonical order.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn claims(self, node: impl Into<Node>) -> impl Iterator<Item = Claim<'g>> {
        let claims = self.graph.claims_of_nodes.of(self.index(node)).iter();
        let graph = self.graph;
        claims.filter(move |claim| self.hears(**claim) != Holding::No).map(move |index| Claim { graph, index: *index })
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lens { window, published_by, .. } = self.lens;
        let day = |ordinal| Day::from_ordinal(ordinal);
        f.debug_struct("View")
            .field("from", &day(window.first))
            .field("before", &day(window.end))
            .field("published_by", &day(published_by))
            .field("without", &self.lens.without().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::View;
    use crate::batch::Batch;
    use crate::graph::Graph;
    use crate::model::{Nation, RelationKind};
    use crate::provenance::Source;
    use crate::time::Day;

    /// Answers hold one each.
    #[test]
    fn a_view_is_four_words() {
        assert!(size_of::<View<'_>>() <= 32);
    }

    #[test]
    fn what_is_set_aside_stays_aside_whatever_filter_comes_after() {
        let mut batch = Batch::new();
        let note = batch.source(Source::article("note"));
        let iceland = batch.node::<Nation>("ISL").unwrap();
        batch.name(note, iceland, "Iceland");
        let graph = Graph::new().apply(batch).unwrap();
        let (note, iceland) = (graph.source("note").unwrap(), graph.find::<Nation>("ISL").unwrap());
        let [one, other] = [4, 9].map(|day| Day::new(2031, 3, day).unwrap());

        let filtered = graph.view().as_of(one).as_of(other).without(note).according_to(iceland);
        let filtered = filtered.along(RelationKind::MemberOf).published_by(other);
        assert!(!filtered.has_one_window() && !filtered.leaves_none_out() && !filtered.sees(RelationKind::Makes));

        let known = filtered.at_any_time();
        assert!(known.has_one_window() && known.lens.window.are_all() && !known.leaves_none_out());
        let lens = filtered.lens;
        assert_eq!((known.lens.voices(), known.lens.relations()), (lens.voices(), lens.relations()));
        let again = known.along(RelationKind::Makes);
        assert!(again.has_one_window() && again.sees(RelationKind::Makes) && !again.sees(RelationKind::Targets));

        let sources = known.of_the_same_sources();
        assert!(sources.lens.voices().is_empty() && sources.sees(RelationKind::Makes) && !sources.leaves_none_out());
        assert!(!sources.is_plain() && graph.view().as_of(one).is_plain() && !filtered.is_plain());
        assert_eq!(sources.as_of(one).as_of(other).lens.windows().len(), 2);
        assert!(sources.as_of(one).as_of(other).lens.voices().is_empty());
    }
}
