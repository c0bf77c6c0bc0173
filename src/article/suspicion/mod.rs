//! What is legal and suspicious: said on request, and rejecting nothing.

mod counts;
mod nations;

use rustc_hash::FxHashMap;

use super::checks::{Names, Thing};
use super::problem::{Problem, Problems};
use super::syntax::{Article, Fact, Loose};
use crate::diagnostic::Code;
use crate::model::{DateBasis, FactType, Qualifier, Role, TimeKind};
use crate::text::fold;
use crate::time::{Bounds, PartialDate, When};

pub(super) fn check(article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let published = article.head.as_ref().and_then(|head| head.published);
    for (nth, fact) in article.facts().iter().enumerate() {
        effect_before_cause(nth, fact, article, names, problems);
        published_as_event(nth, fact, published, problems);
        counts::listed(nth, fact, article, names, problems);
        nations::gone(nth, fact, article, names, problems);
    }
    for (nth, entity) in article.entities().iter().enumerate() {
        nations::ambiguous_name(nth, entity, published, problems);
    }
    counts::rosters(article, problems);
    titles(article, published, problems);
}

/// A title that somebody bears at a time at which no office with that title says so, although one says when it was held.
fn titles(article: &Article<'_>, published: Option<PartialDate>, problems: &mut Problems) {
    struct Titled {
        fact: usize,
        bounds: Bounds,
        is_tenure: bool,
    }
    let mut borne: FxHashMap<(&str, String), Vec<Titled>> = FxHashMap::default();
    for (nth, fact) in article.facts().iter().enumerate().filter(|(_, fact)| fact.negated != Some(true)) {
        let role = match fact.fact {
            Some(FactType::Office) => Role::Holder,
            Some(FactType::Affiliation) => Role::Who,
            _ => continue,
        };
        let title = fact.with.as_ref().and_then(|with| with.get(Qualifier::Title.as_str()));
        let (Some(Loose::Text(title)), Some(args), true) = (title, &fact.args, fact.when().is_stated()) else {
            continue;
        };
        let is_tenure = role == Role::Holder && matches!(fact.when(), When::Span { .. });
        for (_, person) in args.role(role.as_str()).into_iter().flat_map(|list| list.sound()) {
            let titled = Titled { fact: nth, bounds: fact.when().bounds(published), is_tenure };
            borne.entry((person, fold(title).into_owned())).or_default().push(titled);
        }
    }
    let mut outside = Vec::new();
    for titled in borne.values().filter(|titled| titled.iter().any(|one| one.is_tenure)) {
        for one in titled.iter().filter(|one| !one.is_tenure) {
            let within = |tenure: &&Titled| tenure.is_tenure && have_a_day_in_common(one.bounds, tenure.bounds);
            if !titled.iter().any(|tenure| within(&tenure)) {
                outside.push(one.fact);
            }
        }
    }
    outside.sort_unstable();
    outside.dedup();
    for nth in outside {
        let message = "the title is borne outside the time for which the office is said to be held";
        let problem = Problem::at(Code::W0103, format!("/facts/{nth}/with/title"), message);
        problems.warn(problem.hint("is a date wrong, or was it another office?"));
    }
}

/// Whether there can be a day on which both hold, each taken at its shortest: what is attested on a day says no more.
fn have_a_day_in_common(attested: Bounds, tenure: Bounds) -> bool {
    let first = attested.earliest().or(attested.earliest_end().and_then(|day| day.previous()));
    let last = attested.latest_begin().or(attested.latest_end());
    let begins_in_time = match (tenure.earliest(), last) {
        (Some(begins), Some(last)) => begins <= last,
        _ => true,
    };
    let ends_late_enough = match (tenure.latest_end(), first) {
        (Some(ends), Some(first)) => first < ends,
        _ => true,
    };
    begins_in_time && ends_late_enough
}

/// The facts that fill a role.
fn facts_in<'a>(fact: &'a Fact<'_>, role: Role, names: &'a Names<'_>) -> impl Iterator<Item = (usize, usize)> + 'a {
    let fillers = fact.args.as_ref().and_then(|args| args.role(role.as_str()));
    fillers.into_iter().flat_map(|list| list.sound()).filter_map(|(place, id)| match names.get(id)? {
        Thing::Fact(row) => Some((place, row)),
        _ => None,
    })
}

fn effect_before_cause(nth: usize, fact: &Fact<'_>, article: &Article<'_>, names: &Names<'_>, problems: &mut Problems) {
    let (effect, cause) = match fact.fact {
        Some(FactType::Retaliation) => (Role::Response, Role::To),
        Some(FactType::Order) => (Role::Later, Role::Earlier),
        _ => return,
    };
    for (place, later) in facts_in(fact, effect, names) {
        for (_, earlier) in facts_in(fact, cause, names) {
            let (Some(effect_began), Some(cause_began)) =
                (beginning(article.facts()[later].when()), beginning(article.facts()[earlier].when()))
            else {
                continue;
            };
            if effect_began.last() < cause_began.first() {
                let message = format!("the effect ({effect_began}) is dated before its cause ({cause_began})");
                let path = format!("/facts/{nth}/args/{effect}/{place}");
                problems
                    .warn(Problem::at(Code::W0102, path, message).hint("is one of the dates wrong in the article?"));
            }
        }
    }
}

fn beginning(when: When) -> Option<PartialDate> {
    match when {
        When::At(date) | When::Span { from: crate::time::Start::On(date), .. } => Some(date),
        _ => None,
    }
}

/// A moment that is dated by the day of publication, with no words for it, was perhaps never dated at all.
fn published_as_event(nth: usize, fact: &Fact<'_>, published: Option<PartialDate>, problems: &mut Problems) {
    let (Some(kind), Some(when), Some(published)) = (fact.fact, &fact.when, published) else { return };
    let is_stated = when.basis.unwrap_or(DateBasis::Stated) == DateBasis::Stated;
    let is_moment = kind.schema().time == TimeKind::Moment;
    if is_moment && is_stated && when.words.is_none() && when.at == Some(published) {
        let message = "the date of publication is given as the date of the event, and no words for it";
        let path = format!("/facts/{nth}/when/at");
        problems.warn(Problem::at(Code::W0106, path, message).hint("name the words, or say that it is computed"));
    }
}
