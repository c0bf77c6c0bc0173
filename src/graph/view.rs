//! The view: one small `Copy` value to ask everything through.

use std::fmt;

use super::apply::Graph;
use super::because::Because;
use super::claim::Claim;
use super::facts::{FactKind, RowRef, Stand};
use super::handle::{NodeRef, SourceRef};
use super::pool::{Kept, PoolItem};
use super::timeline::{Days, Timeline};
use crate::batch::records::Description;
use crate::model::{Modality, Node, Qualifiers, Reading, RelationKind};
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
#[derive(Clone, Copy, PartialEq, Default)]
pub(crate) struct Lens<'g> {
    window: Days,
    /// Further windows, in which it must hold too.
    windows: Option<&'g Kept>,
    published_by: Option<i32>,
    /// Bits of [`Stand`]; none: affirming ones.
    modalities: u8,
    repaired: bool,
    voices: Option<&'g Kept>,
    without: Option<&'g Kept>,
    /// The relations that petgraph and slices see; none: all.
    pub(super) relations: u32,
}

/// What a fact that holds leads to, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FarEnd {
    pub(crate) node: u32,
    pub(crate) fact: RowRef,
    pub(crate) certainty: Certainty,
}

impl FarEnd {
    /// Whether the next one is the same fact, by another of its spells: then this is as sure as the surer of the two.
    #[inline]
    pub(crate) fn is_again(&mut self, next: &Self) -> bool {
        let is_again = self.fact == next.fact;
        if is_again {
            self.certainty = self.certainty.max(next.certainty);
        }
        is_again
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
            let item = |Days { first, end }| {
                (0, Bounds { from_first: first, from_last: first, until_first: end, until_last: end })
            };
            let mut windows = with(self.lens.windows, item(before));
            windows.push(item(window));
            let windows = self.graph.pool.keep(windows);
            self.lens.windows = Some(windows);
            let (_, earliest) = windows[0];
            self.lens.window = Days { first: earliest.from_first, end: earliest.until_last };
        }
        self
    }

    /// Only what was published on or before this day. An article that may have been published later is possible at best.
    #[must_use]
    pub fn published_by(mut self, day: Day) -> Self {
        let by = self.lens.published_by.map_or(day.ordinal(), |before| before.min(day.ordinal()));
        self.lens.published_by = Some(by);
        self
    }

    /// Only what this actor says, or somebody who speaks for it: for a nation or organization the holders of its offices at
    /// the time, its ministries and embassies, and the holders of theirs. Named twice: what either says.
    ///
    /// # Panics
    /// If the node is not of this graph.
    #[must_use]
    pub fn according_to(mut self, actor: impl Into<Node>) -> Self {
        let actor = self.graph.index(actor.into());
        let voices = with(self.lens.voices, (actor, Bounds::UNSTATED));
        self.lens.voices = Some(self.graph.pool.keep(voices));
        self
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
    pub fn without(mut self, source: SourceRef<'g>) -> Self {
        assert!(std::ptr::eq(source.graph, self.graph), "{source} is of another graph: look it up in this one");
        let without = with(self.lens.without, (source.index, Bounds::UNSTATED));
        self.lens.without = Some(self.graph.pool.keep(without));
        self
    }

    /// Lets petgraph's algorithms and [`View::slice`] see this relation only, instead of all. Named twice: both. Queries do not heed
    /// it.
    #[must_use]
    pub fn along(mut self, relation: RelationKind) -> Self {
        self.lens.relations |= 1 << relation as u32;
        self
    }
}

/// The items that are kept, and one more.
fn with(kept: Option<&Kept>, item: PoolItem) -> Vec<PoolItem> {
    items(kept).iter().copied().chain([item]).collect()
}

/// The items that are kept; none where no list is.
fn items(kept: Option<&Kept>) -> &[PoolItem] {
    kept.map_or(&[], |kept| kept)
}

/// What the lens lets through.
impl<'g> View<'g> {
    /// The same view at any time.
    pub(crate) fn at_any_time(mut self) -> Self {
        self.lens.window = Days::ALL;
        self.lens.windows = None;
        self
    }

    /// The first day that the time filters let through.
    pub(crate) fn first_day(self) -> Option<Day> {
        Day::from_ordinal(self.lens.window.first)
    }

    /// The same view from the first day on, up to its end: what has happened by then.
    pub(crate) fn until_its_end(self) -> Self {
        let ends = items(self.lens.windows).iter().map(|(_, window)| window.until_last);
        let end = ends.fold(self.lens.window.end, i32::min);
        self.at_any_time().within(i32::MIN, end)
    }

    /// The view that leaves out the same sources, and lets everything else through: for who is who.
    pub(crate) fn of_the_same_sources(self) -> Self {
        View { graph: self.graph, lens: Lens { without: self.lens.without, ..Lens::default() } }
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
        self.lens.without.is_none()
    }

    /// What is said of a node by the sources that are not left out.
    pub(crate) fn descriptions(self, node: u32) -> impl Iterator<Item = &'g Description> {
        let without = items(self.lens.without);
        let heard = move |source: u32| without.iter().all(|(left_out, _)| *left_out != source);
        self.node(node).descriptions_by_source().filter(move |(source, _)| heard(*source)).map(|(_, said)| said)
    }

    /// How far the time filters let these bounds through.
    #[inline]
    pub(crate) fn holds(self, bounds: Bounds) -> Holding {
        let Days { first, end } = self.lens.window;
        if self.lens.window.are_all() {
            return Holding::Certain;
        }
        let holding = bounds.overlaps_ordinals(first, end);
        items(self.lens.windows).iter().fold(holding, |holding, (_, window)| {
            holding.min(bounds.overlaps_ordinals(window.from_first, window.until_last))
        })
    }

    /// Whether only the times and stands of spells matter, so that no claim need be read.
    #[inline]
    fn is_plain(self) -> bool {
        self.lens.published_by.is_none()
            && self.lens.voices.is_none()
            && self.lens.without.is_none()
            && !self.lens.repaired
    }

    #[inline]
    fn modalities(self) -> u8 {
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
        if items(self.lens.without).iter().any(|(source, _)| *source == row.source) {
            return Holding::No;
        }
        if self.lens.voices.is_some_and(|voices| !self.is_voiced_by(claim, voices)) {
            return Holding::No;
        }
        let published = self.graph.records.sources[row.source as usize].published;
        match (self.lens.published_by, published) {
            (None, _) => Holding::Certain,
            (Some(_), None) => Holding::Possible,
            (Some(by), Some(date)) if date.first().ordinal() > by => Holding::No,
            (Some(by), Some(date)) if date.last().ordinal() > by => Holding::Possible,
            (Some(_), Some(_)) => Holding::Certain,
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

    /// The facts of a kind that run from this node and hold, by target.
    #[inline]
    pub(crate) fn running_from(self, kind: FactKind, node: u32) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        self.ends_from(kind, node).map(|end| (end.fact, end.certainty))
    }

    /// The facts of a kind that run to this node and hold, by source.
    #[inline]
    pub(crate) fn running_to(self, kind: FactKind, node: u32) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        self.ends_to(kind, node).map(|end| (end.fact, end.certainty))
    }

    /// All facts of a kind that hold, by source, then target.
    pub(crate) fn holding(self, kind: FactKind) -> impl Iterator<Item = (RowRef, Certainty)> + 'g {
        let (table, judge, days) = (self.graph.facts.table(kind), self.judge_of(kind), self.lens.window);
        let mut found = Vec::new();
        let mut rows = 0..table.len() as u32;
        if let Some(timeline) = table.timeline_of_any(days) {
            rows = 0..0;
            timeline.each_meeting_of_all(days, |met| found.extend(judge(met.row, met.exact).map(|how| (met.row, how))));
            // A fact that holds by several spells holds by the surest.
            found.sort_unstable_by_key(|(row, certainty)| (*row, std::cmp::Reverse(*certainty)));
            found.dedup_by_key(|(row, _)| *row);
        }
        let looked_at = rows.filter_map(move |row| Some((row, judge(row, 0)?)));
        found.into_iter().chain(looked_at).map(move |(row, certainty)| (RowRef { kind, row }, certainty))
    }

    /// [`View::running_from`], with the target of each.
    pub(crate) fn ends_from(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_leaving(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), 0..0),
            None => (Vec::new(), table.leaving(node)),
        };
        found.into_iter().chain(rows.filter_map(self.end_of(kind, move |row| table.target(row))))
    }

    /// [`View::running_to`], with the source of each.
    pub(crate) fn ends_to(self, kind: FactKind, node: u32) -> impl Iterator<Item = FarEnd> + 'g {
        let (table, days) = (self.graph.facts.table(kind), self.lens.window);
        let (found, rows) = match table.timeline_reaching(days) {
            Some(timeline) => (self.meeting(kind, timeline, node), &[][..]),
            None => (Vec::new(), table.reaching(node)),
        };
        found.into_iter().chain(rows.iter().copied().filter_map(self.end_of(kind, move |row| table.source(row))))
    }

    fn meeting(self, kind: FactKind, timeline: &Timeline, node: u32) -> Vec<FarEnd> {
        let mut found = Vec::new();
        self.each_meeting(kind, timeline, node, |end| found.push(end));
        found.dedup_by(|next, end| end.is_again(next));
        found
    }

    /// Says what [`View::ends_from`] gives, a fact that holds by several of its spells several times.
    #[inline]
    pub(crate) fn each_end_from(self, kind: FactKind, node: u32, say: impl FnMut(FarEnd)) {
        let table = self.graph.facts.table(kind);
        match table.timeline_leaving(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, say),
            None => table.leaving(node).filter_map(self.end_of(kind, move |row| table.target(row))).for_each(say),
        }
    }

    /// Says what [`View::ends_to`] gives, likewise.
    #[inline]
    pub(crate) fn each_end_to(self, kind: FactKind, node: u32, say: impl FnMut(FarEnd)) {
        let table = self.graph.facts.table(kind);
        match table.timeline_reaching(self.lens.window) {
            Some(timeline) => self.each_meeting(kind, timeline, node, say),
            None => {
                let rows = table.reaching(node).iter().copied();
                rows.filter_map(self.end_of(kind, move |row| table.source(row))).for_each(say);
            }
        }
    }

    /// What a row of a kind leads to, if it holds.
    #[inline]
    fn end_of(self, kind: FactKind, other: impl Fn(u32) -> u32 + 'g) -> impl Fn(u32) -> Option<FarEnd> + 'g {
        let judge = self.judge_of(kind);
        move |row| {
            let certainty = judge(row, 0)?;
            Some(FarEnd { node: other(row), fact: RowRef { kind, row }, certainty })
        }
    }

    /// Says which facts of a node hold by a timeline, by spell.
    #[inline]
    fn each_meeting(self, kind: FactKind, timeline: &Timeline, node: u32, mut say: impl FnMut(FarEnd)) {
        let judge = self.judge_of(kind);
        timeline.each_meeting(node, self.lens.window, |met| {
            if let Some(certainty) = judge(met.row, met.exact) {
                say(FarEnd { node: met.other, fact: RowRef { kind, row: met.row }, certainty });
            }
        });
    }

    /// [`View::judge`] for many facts of a kind that the time filters may let through, each with [`Met::exact`] or 0: where no claim
    /// need be read, without looking at the lens again for each, or at the spells where the timeline has said enough.
    ///
    /// [`Met::exact`]: super::timeline::Met::exact
    #[inline]
    fn judge_of(self, kind: FactKind) -> impl Fn(u32, u8) -> Option<Certainty> + 'g {
        let is_glance = self.is_plain() && self.lens.windows.is_none();
        let enough = if is_glance { self.modalities() } else { 0 };
        move |row, exact| match exact & enough {
            0 if !is_glance => self.judge(RowRef { kind, row }),
            0 if exact == 0 => self.glance_at(RowRef { kind, row }),
            0 => None,
            _ => Some(Certainty::Certain),
        }
    }

    /// [`View::judge`] where only the times and stands of spells matter, and one window at most.
    fn glance_at(self, fact: RowRef) -> Option<Certainty> {
        let facts = &self.graph.facts;
        let table = facts.table(fact.kind);
        let (modalities, days) = (self.modalities(), self.lens.window);
        let mut best = Holding::No;
        for spell in table.spells(fact.row) {
            if table.stands(spell) & modalities == 0 {
                continue;
            }
            if days.are_all() {
                return Some(Certainty::Certain);
            }
            best = best.max(facts.bounds(table, spell).overlaps_ordinals(days.first, days.end));
            if best == Holding::Certain {
                break;
            }
        }
        best.certainty()
    }

    /// The nodes at the far end of the facts that run from this node.
    pub(crate) fn targets(self, relation: RelationKind, node: u32) -> Vec<NodeRef<'g>> {
        let facts = self.running_from(FactKind::Relation(relation), node);
        let mut nodes: Vec<_> = facts.map(|(fact, _)| self.node(self.graph.facts.target(fact))).collect();
        nodes.dedup();
        nodes
    }

    /// The nodes at the far end of the facts that run to this node.
    pub(crate) fn sources_of(self, relation: RelationKind, node: u32) -> Vec<NodeRef<'g>> {
        let facts = self.running_to(FactKind::Relation(relation), node);
        let mut nodes: Vec<_> = facts.map(|(fact, _)| self.node(self.graph.facts.source(fact))).collect();
        nodes.dedup();
        nodes
    }

    fn edge(self, fact: RowRef, certainty: Certainty) -> Edge<'g> {
        let facts = &self.graph.facts;
        let FactKind::Relation(relation) = fact.kind else { unreachable!("only relations have edges") };
        Edge {
            source: self.node(facts.source(fact)),
            relation,
            target: self.node(facts.target(fact)),
            identity: facts.identity(fact),
            certainty,
            because: Because::of(self, [fact]),
        }
    }

    /// Every edge of a relation that holds, by source, then target: the general look-up under the named queries.
    ///
    /// Linear in the edges of the relation; of memberships, offices and who imposes sanctions in those that may have held at the view's
    /// time and a sixteenth of those before; of the relations that only detentions, sanctions, meetings and statements make in those of
    /// events that may have gone on then.
    pub fn edges(self, relation: RelationKind) -> impl Iterator<Item = Edge<'g>> {
        let (of_events, all) = match self.of_events_at_the_time(relation) {
            Some(found) => (found, None),
            None => (Vec::new(), Some(self.holding(FactKind::Relation(relation)))),
        };
        let of_events = of_events.into_iter().filter_map(move |fact| Some((fact, self.judge(fact)?)));
        of_events.chain(all.into_iter().flatten()).map(move |(fact, certainty)| self.edge(fact, certainty))
    }

    /// The facts of a relation whose event may have gone on at the view's time, in their order; none where the view is of all
    /// times, or where the relation's facts have times of their own.
    fn of_events_at_the_time(self, relation: RelationKind) -> Option<Vec<RowRef>> {
        use RelationKind as R;
        let (facts, kind) = (&self.graph.facts, FactKind::Relation(relation));
        let days = Some(self.lens.window).filter(|days| !days.are_all())?;
        let events = || {
            let (table, mut rows) = (facts.table(FactKind::Event), Vec::new());
            let timeline = table.timeline_of_any(days);
            timeline.iter().for_each(|timeline| timeline.each_meeting_of_all(days, |met| rows.push(met.row)));
            rows.dedup();
            rows.into_iter().map(|row| facts.event(row))
        };
        let mut found: Vec<RowRef> = match relation {
            R::Makes | R::TakesPartIn | R::Detains | R::HeldIn => {
                events().flat_map(|event| facts.running_to(kind, event)).collect()
            }
            R::Concerns | R::Targets => events().flat_map(|event| facts.running_from(kind, event)).collect(),
            _ => return None,
        };
        found.sort_unstable();
        Some(found)
    }

    /// The edges of a relation that run from this node and hold, by target. Linear in the node's own edges of that relation.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn edges_from(self, relation: RelationKind, node: impl Into<Node>) -> impl Iterator<Item = Edge<'g>> {
        let facts = self.running_from(FactKind::Relation(relation), self.index(node));
        facts.map(move |(fact, certainty)| self.edge(fact, certainty))
    }

    /// The edges of a relation that run to this node and hold, by source. Linear in the node's own edges of that relation.
    ///
    /// # Panics
    /// If the node is not of this graph.
    pub fn edges_to(self, relation: RelationKind, node: impl Into<Node>) -> impl Iterator<Item = Edge<'g>> {
        let facts = self.running_to(FactKind::Relation(relation), self.index(node));
        facts.map(move |(fact, certainty)| self.edge(fact, certainty))
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
            .field("published_by", &published_by.and_then(day))
            .field("without", &items(self.lens.without).len())
            .finish_non_exhaustive()
    }
}

/// An edge that holds, with its claims.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Edge<'g> {
    /// What it runs from.
    pub source: NodeRef<'g>,
    /// The relation.
    pub relation: RelationKind,
    /// What it runs to.
    pub target: NodeRef<'g>,
    /// What tells it from other edges with the same ends, as compared: titles and labels are folded.
    pub identity: &'g Qualifiers,
    /// How sure it is.
    pub certainty: Certainty,
    /// The claims that it rests on.
    pub because: Because<'g>,
}
