//! A view of the model: the filters that are set, and what they let through.

use std::collections::{BTreeMap, BTreeSet};

use comity::{FactType, Modality, Qualifier, RelationKind, Role, View};

use crate::calendar::{self, day};
use crate::oracle::{Fact, Oracle, Saying, target};
use crate::plan::{Name, Time, Until, described};

/// How far something holds: 0 not, 1 possibly, 2 certainly.
pub(crate) type Holds = u8;
pub(crate) const NO: Holds = 0;
pub(crate) const POSSIBLE: Holds = 1;
pub(crate) const CERTAIN: Holds = 2;

/// A filter of a view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Filter {
    /// From the first day up to, and not including, the second.
    During(i32, i32),
    PublishedBy(i32),
    AccordingTo(Name),
    Modality(Modality),
    Repaired,
    Without(&'static str),
}

impl Filter {
    /// The filter as the library sets it; one that names what the graph has not is left out.
    pub(crate) fn set(self, view: View<'_>) -> View<'_> {
        match self {
            Self::During(first, end) if end == first + 1 => view.as_of(day(first)),
            Self::During(first, end) => view.during(comity::Period::new(day(first), day(end)).expect("a period")),
            Self::PublishedBy(by) => view.published_by(day(by)),
            Self::AccordingTo(name) => {
                let node = view.graph().find_key(&name.parse().expect("a key"));
                node.map_or(view, |node| view.according_to(node))
            }
            Self::Modality(modality) => view.modality(modality),
            Self::Repaired => view.with_repaired(),
            Self::Without(id) => view.graph().source(id).map_or(view, |source| view.without(source)),
        }
    }
}

/// A view of the model: every filter that was set.
#[derive(Clone)]
pub(crate) struct Lens<'o> {
    pub(crate) oracle: &'o Oracle,
    pub(crate) filters: Vec<Filter>,
}

impl<'o> Lens<'o> {
    pub(crate) fn new(oracle: &'o Oracle, filters: &[Filter]) -> Self {
        let known = |filter: &&Filter| match filter {
            Filter::AccordingTo(name) => oracle.nodes.contains(*name),
            _ => true,
        };
        Self { oracle, filters: filters.iter().filter(known).copied().collect() }
    }

    /// The same lens without those filters.
    fn keeping(&self, keep: impl Fn(&Filter) -> bool) -> Self {
        Self { oracle: self.oracle, filters: self.filters.iter().filter(|one| keep(one)).copied().collect() }
    }

    pub(crate) fn at_any_time(&self) -> Self {
        self.keeping(|filter| !matches!(filter, Filter::During(..)))
    }

    /// Who is who is no question of time or telling; what was never loaded tells nothing.
    pub(crate) fn who_is_who(&self) -> Self {
        self.keeping(|filter| matches!(filter, Filter::Without(_)))
    }

    /// The days that it lets through, if any are left out.
    pub(crate) fn windows(&self) -> Vec<(i32, i32)> {
        let windows = self.filters.iter().filter_map(|filter| match filter {
            Filter::During(first, end) => Some((*first, *end)),
            _ => None,
        });
        windows.collect()
    }

    pub(crate) fn has_loaded(&self, article: usize) -> bool {
        let id = self.oracle.articles[article].id;
        !self.filters.contains(&Filter::Without(id))
    }

    /// How far what is said of time lets it hold in all of the windows.
    pub(crate) fn holds(&self, saying: &Saying) -> Holds {
        let published = self.oracle.articles[self.oracle.claims[saying.claim].article].published;
        let windows = self.windows().into_iter();
        windows.map(|window| holds(saying.time, saying.lasting, published, window)).min().unwrap_or(CERTAIN)
    }

    /// How far a claim can be heard.
    pub(crate) fn hears(&self, claim: usize) -> Holds {
        let article = self.oracle.claims[claim].article;
        if !self.has_loaded(article) {
            return NO;
        }
        let mut heard_voice = None;
        let mut heard = CERTAIN;
        for filter in &self.filters {
            match filter {
                Filter::AccordingTo(actor) => {
                    heard_voice = Some(heard_voice == Some(true) || self.is_word_of(claim, actor));
                }
                Filter::PublishedBy(by) => {
                    let holds = match self.oracle.articles[article].published {
                        None => POSSIBLE,
                        Some(date) if date.days().iter().all(|day| day <= by) => CERTAIN,
                        Some(date) if date.days().iter().any(|day| day <= by) => POSSIBLE,
                        Some(_) => NO,
                    };
                    heard = heard.min(holds);
                }
                _ => {}
            }
        }
        if heard_voice == Some(false) { NO } else { heard }
    }

    /// How far a claim counts, its time aside.
    pub(crate) fn admits(&self, claim: usize) -> Holds {
        let told = &self.oracle.claims[claim].told;
        let asked: Vec<_> = self
            .filters
            .iter()
            .filter_map(|filter| match filter {
                Filter::Modality(modality) => Some(*modality),
                _ => None,
            })
            .collect();
        let modality = if asked.is_empty() {
            matches!(told.modality, Modality::Asserted | Modality::Alleged)
        } else {
            asked.contains(&told.modality)
        };
        if told.negated || !modality || (told.repaired && !self.filters.contains(&Filter::Repaired)) {
            return NO;
        }
        self.hears(claim)
    }

    pub(crate) fn counts(&self, saying: &Saying) -> Holds {
        self.holds(saying).min(self.admits(saying.claim))
    }

    /// How far a fact holds: the best of its claims, each judged alone.
    pub(crate) fn judge(&self, fact: &Fact) -> Holds {
        fact.said.iter().map(|saying| self.counts(saying)).max().unwrap_or(NO)
    }

    /// The claims that it rests on.
    pub(crate) fn because(&self, fact: &Fact) -> BTreeSet<usize> {
        fact.said.iter().filter(|saying| self.counts(saying) != NO).map(|saying| saying.claim).collect()
    }

    /// The claims that speak against it, and can be heard.
    pub(crate) fn against(&self, fact: &Fact) -> BTreeSet<usize> {
        let mut against = BTreeSet::new();
        for saying in &fact.said {
            against.extend(self.oracle.denials(saying.claim).filter(|denial| self.oracle.claims[*denial].affirms()));
            if self.oracle.claims[saying.claim].states_the_contrary() {
                against.insert(saying.claim);
            }
        }
        against.retain(|claim| self.hears(*claim) != NO);
        against
    }

    /// The edges of a relation that hold.
    pub(crate) fn edges(&self, relation: RelationKind) -> Vec<(&'o Fact, Holds)> {
        let edges = self.oracle.edges(relation).map(|fact| (fact, self.judge(fact)));
        edges.filter(|(_, holds)| *holds != NO).collect()
    }

    pub(crate) fn from(&self, relation: RelationKind, node: &str) -> Vec<(&'o Fact, Holds)> {
        self.edges(relation).into_iter().filter(|(fact, _)| fact.source == node).collect()
    }

    pub(crate) fn to(&self, relation: RelationKind, node: &str) -> Vec<(&'o Fact, Holds)> {
        self.edges(relation).into_iter().filter(|(fact, _)| fact.target.as_deref() == Some(node)).collect()
    }

    /// What is described as a ministry, an embassy or an alliance by some article that was loaded.
    fn describes(&self, name: &str) -> bool {
        let articles = self.oracle.articles.iter().enumerate();
        articles.into_iter().any(|(number, article)| self.has_loaded(number) && article.names.contains(&leak(name)))
    }

    pub(crate) fn is_organ(&self, name: &str) -> bool {
        described(leak(name)).organ && self.describes(name)
    }

    pub(crate) fn pledges_defence(&self, name: &str) -> bool {
        described(leak(name)).pledges_defence && self.describes(name)
    }

    pub(crate) fn is_alliance(&self, name: &str) -> bool {
        described(leak(name)).alliance && self.describes(name)
    }

    /// Whether it is a ministry or embassy that belongs to the actor.
    pub(crate) fn is_organ_of(&self, body: &str, actor: &str) -> bool {
        let known = self.who_is_who();
        let affiliated = known.from(RelationKind::AffiliatedWith, body);
        self.is_organ(body) && affiliated.iter().any(|(fact, _)| fact.target.as_deref() == Some(actor))
    }

    /// Whether the speaker spoke for the actor on some day that an article may have been published.
    pub(crate) fn speaks_for(&self, speaker: &str, actor: &str, article: Option<usize>) -> bool {
        if speaker == actor {
            return true;
        }
        let mut then = self.who_is_who();
        if let Some(date) = article.and_then(|article| self.oracle.articles[article].published) {
            then.filters.push(Filter::During(date.first(), date.last() + 1));
        }
        match kind_of_outside(speaker) {
            "person" => then.from(RelationKind::HoldsOffice, speaker).iter().any(|(fact, _)| {
                let body = target(fact);
                body == actor || self.is_organ_of(body, actor)
            }),
            "organization" => self.is_organ_of(speaker, actor),
            "group" => {
                let members = self.who_is_who().parts(speaker);
                members.keys().any(|member| {
                    member == actor || !member.starts_with("group/") && self.speaks_for(member, actor, article)
                })
            }
            _ => false,
        }
    }

    fn is_word_of(&self, claim: usize, actor: &str) -> bool {
        let article = Some(self.oracle.claims[claim].article);
        let says = |voice: &String| self.speaks_for(voice, actor, article);
        if self.oracle.voices(claim).iter().any(says) {
            return true;
        }
        // A statement is also the word of those who make it, unless it is itself said in another.
        let claim = &self.oracle.claims[claim];
        claim.said_in.is_none()
            && claim.told.fact == FactType::Statement
            && claim.fillers(Role::Speaker).iter().any(says)
    }

    /// Whom a group that is named in full consists of, whom the groups among them do, and so on: how sure, and why.
    pub(crate) fn parts(&self, group: &str) -> BTreeMap<String, (Holds, BTreeSet<usize>)> {
        // Only what a claim says in full is said of the parts.
        let full = |fact: &Fact| {
            let says_all = |saying: &&Saying| {
                self.oracle.claims[saying.claim].told.with.boolean(Qualifier::Complete) == Some(true)
            };
            fact.said.iter().filter(says_all).map(|saying| self.counts(saying)).max().unwrap_or(NO)
        };
        let edges: Vec<_> =
            self.edges(RelationKind::Includes).into_iter().map(|(fact, _)| (fact, full(fact))).collect();
        let edges: Vec<_> = edges.into_iter().filter(|(fact, holds)| *holds != NO && target(fact) != group).collect();
        let reach = |from: &str| {
            let mut reached = BTreeMap::from([(from.to_string(), CERTAIN)]);
            for _ in 0..=edges.len() {
                for (fact, holds) in &edges {
                    let Some(so_far) = reached.get(&fact.source).copied() else { continue };
                    let target = target(fact).to_string();
                    let best = reached.entry(target).or_insert(NO);
                    *best = (*best).max(so_far.min(*holds));
                }
            }
            reached
        };
        let mut parts = BTreeMap::new();
        for (part, holds) in reach(group) {
            if part == group {
                continue;
            }
            let on_the_way = edges
                .iter()
                .filter(|(fact, _)| reach(group).contains_key(&fact.source) && fact.source != part)
                .filter(|(fact, _)| reach(target(fact)).contains_key(&part));
            let because = on_the_way.flat_map(|(fact, _)| self.because(fact)).collect();
            parts.insert(part, (holds, because));
        }
        parts
    }
}

fn leak(name: &str) -> Name {
    use crate::generate::*;
    let lists = [NATIONS, ORGANIZATIONS, PERSONS, GROUPS, COALITIONS, INSTRUMENTS, PLACES];
    lists.into_iter().flatten().copied().find(|known| *known == name).unwrap_or("place/none")
}

fn kind_of_outside(name: &str) -> &str {
    name.split('/').next().expect("a part")
}

/// Section 6 of the format: how far something holds on some day of a window.
pub(crate) fn holds(time: Time, lasting: bool, published: Option<calendar::Date>, window: (i32, i32)) -> Holds {
    let (first, end) = window;
    let (from, until) = match time {
        Time::Unstated => return POSSIBLE,
        Time::At(date) => {
            let days = date.days();
            let inside = days.iter().filter(|day| (first..end).contains(day)).count();
            return match (inside, lasting) {
                (inside, _) if inside == days.len() => CERTAIN,
                (0, false) => NO,
                _ => POSSIBLE,
            };
        }
        Time::Span(from, until) => (from, until),
    };
    let (never, ever) = (calendar::end(), calendar::FIRST);
    let (from_first, from_last) = from.map_or((ever, never), |date| (date.first(), date.last()));
    let after_first_day = match from {
        Some(date) if date.is_single_day() => date.first() + 1,
        _ => ever,
    };
    let (until_first, until_last) = match until {
        Until::On(date) => (date.first(), date.last()),
        Until::By(date) => (ever, date.last()),
        Until::Unknown => (after_first_day, never),
        Until::Open => match published {
            Some(date) => (date.first() + 1, never),
            None => (after_first_day, never),
        },
    };
    if end == first + 1 {
        return if first < from_first || first >= until_last {
            NO
        } else if from_last <= first && first < until_first {
            CERTAIN
        } else {
            POSSIBLE
        };
    }
    // A longer window: in how many of the ways in which it may have begun and ended does it touch the window?
    let (mut touching, mut missing) = (false, false);
    for begin in from_first..=from_last {
        let ends = until_first.max(begin + 1)..=until_last;
        if ends.is_empty() {
            continue;
        }
        touching |= begin < end && *ends.end() > first;
        missing |= begin >= end || *ends.start() <= first;
    }
    match (touching, missing) {
        (false, _) => NO,
        (true, true) => POSSIBLE,
        (true, false) => CERTAIN,
    }
}
