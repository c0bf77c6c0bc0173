//! The naive model: a list of claims, counted over by nested loops. It follows the format (sections 5 and 6), not the code.

use std::collections::{BTreeMap, BTreeSet};

use comity::{Attribute, FactKind, FactType, Modality, Qualifier, RelationKind, Role, Value};

use crate::plan::{Article, Filler, Said, Time, Told, Until, kind_of};

/// A claim with its place.
pub(crate) struct Claim {
    pub(crate) article: usize,
    pub(crate) id: String,
    pub(crate) told: Told,
    /// The event that it tells of, by its name outside.
    pub(crate) event: Option<String>,
    /// The fillers that are nodes, by their names outside.
    pub(crate) nodes: Vec<(Role, String)>,
    /// The claims that fill a role.
    pub(crate) contents: Vec<usize>,
    pub(crate) said_in: Option<usize>,
}

/// What a claim says of an edge, an attribute or an event.
pub(crate) struct Saying {
    pub(crate) claim: usize,
    pub(crate) time: Time,
    pub(crate) lasting: bool,
}

/// An edge, an attribute or an event, with all that is said of it.
pub(crate) struct Fact {
    pub(crate) kind: FactKind,
    pub(crate) source: String,
    pub(crate) target: Option<String>,
    pub(crate) identity: Vec<(Qualifier, String)>,
    pub(crate) said: Vec<Saying>,
}

impl Fact {
    pub(crate) fn identity(&self, name: Qualifier) -> Option<&str> {
        self.identity.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The line that a proposition prints by keys.
    pub(crate) fn key(&self) -> String {
        let mut line = match (&self.target, self.kind) {
            (Some(target), kind) => format!("{} {kind} {target}", self.source),
            (None, FactKind::Event) => self.source.clone(),
            (None, kind) => format!("{} {kind}", self.source),
        };
        if !self.identity.is_empty() {
            let told: Vec<_> = self.identity.iter().map(|(name, value)| format!("{name} {value}")).collect();
            line += &format!(" ({})", told.join(", "));
        }
        line
    }
}

pub(crate) struct Oracle {
    pub(crate) articles: Vec<Article>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) facts: BTreeMap<(FactKind, String), Fact>,
    pub(crate) nodes: BTreeSet<String>,
}

fn outside(article: &str, name: &str) -> String {
    match name.split_once('#') {
        Some((_, local)) => format!("{article}#{local}"),
        None => name.to_string(),
    }
}

/// Text as it is compared. The texts of the model are plain, so small letters and single spaces are all of it.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Oracle {
    pub(crate) fn of(articles: &[Article]) -> Self {
        let mut oracle =
            Self { articles: articles.to_vec(), claims: Vec::new(), facts: BTreeMap::new(), nodes: BTreeSet::new() };
        oracle.articles.sort_by_key(|article| article.id);
        for (number, article) in oracle.articles.iter().enumerate() {
            let start = oracle.claims.len();
            oracle.nodes.extend(article.names.iter().map(|name| outside(article.id, name)));
            for (nth, told) in article.claims.iter().enumerate() {
                let mut claim = Claim {
                    article: number,
                    id: format!("{}#f{}", article.id, nth + 1),
                    told: told.clone(),
                    event: None,
                    nodes: Vec::new(),
                    contents: Vec::new(),
                    said_in: None,
                };
                let is_event = told.fact.schema().event.is_some();
                claim.event = is_event.then(|| match told.event {
                    Some(event) => outside(article.id, event),
                    None => claim.id.clone(),
                });
                for (role, filler) in &told.fillers {
                    match filler {
                        Filler::Node(name) => claim.nodes.push((*role, outside(article.id, name))),
                        Filler::Claim(at) => claim.contents.push(start + at),
                    }
                }
                if let Said::In(at) = told.said {
                    claim.said_in = Some(start + at);
                }
                if let Said::By(name) = told.said {
                    oracle.nodes.insert(name.to_string());
                }
                oracle.nodes.extend(claim.event.clone());
                oracle.nodes.extend(claim.nodes.iter().map(|(_, name)| name.clone()));
                oracle.claims.push(claim);
            }
        }
        for number in 0..oracle.claims.len() {
            for (mut fact, saying) in sayings(&oracle.claims[number], number) {
                fact.identity.sort();
                let key = (fact.kind, fact.key());
                oracle.facts.entry(key).or_insert(fact).said.push(saying);
            }
        }
        oracle
    }

    /// The facts of a kind, in no order that matters.
    pub(crate) fn facts_of(&self, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |((known, _), _)| *known == kind).map(|(_, fact)| fact)
    }

    pub(crate) fn edges(&self, relation: RelationKind) -> impl Iterator<Item = &Fact> {
        self.facts_of(FactKind::Relation(relation))
    }

    /// The statements that deny a claim: with act `deny`, and the claim as content.
    pub(crate) fn denials(&self, claim: usize) -> impl Iterator<Item = usize> {
        let all = self.claims.iter().enumerate();
        all.filter(move |(_, denial)| denial.is_denial() && denial.contents.contains(&claim)).map(|(number, _)| number)
    }

    /// Whose word a claim is.
    pub(crate) fn voices(&self, claim: usize) -> Vec<String> {
        let claim = &self.claims[claim];
        match (claim.said_in, claim.told.said) {
            (Some(statement), _) => self.claims[statement].fillers(Role::Speaker),
            (None, Said::By(name)) => vec![name.to_string()],
            _ => vec![format!("author of {}", self.articles[claim.article].id)],
        }
    }

    /// The articles that share one independent origin with this one: joined by what they are taken from.
    pub(crate) fn origin(&self, article: usize) -> BTreeSet<usize> {
        let texts = |number: usize| {
            let article = &self.articles[number];
            std::iter::once(article.id).chain(article.of)
        };
        let mut known = BTreeSet::from([article]);
        for _ in 0..self.articles.len() {
            for other in 0..self.articles.len() {
                if known.iter().any(|one| texts(*one).any(|text| texts(other).any(|second| second == text))) {
                    known.insert(other);
                }
            }
        }
        known
    }
}

impl Claim {
    pub(crate) fn fillers(&self, role: Role) -> Vec<String> {
        self.nodes.iter().filter(|(known, _)| *known == role).map(|(_, name)| name.clone()).collect()
    }

    pub(crate) fn is_denial(&self) -> bool {
        self.told.fact == FactType::Statement && self.told.with.word(Qualifier::Act) == Some("deny")
    }

    fn is_told_as_so(&self) -> bool {
        matches!(self.told.modality, Modality::Asserted | Modality::Alleged) && !self.told.repaired
    }

    pub(crate) fn affirms(&self) -> bool {
        self.is_told_as_so() && !self.told.negated
    }

    /// Says itself that what it speaks of is not so.
    pub(crate) fn states_the_contrary(&self) -> bool {
        self.is_told_as_so() && self.told.negated
    }
}

/// Every edge, attribute and event that a claim speaks of: the `lowers` of the ontology.
fn sayings(claim: &Claim, number: usize) -> Vec<(Fact, Saying)> {
    let told = &claim.told;
    let all = |role: Role| claim.fillers(role);
    let itself = || claim.event.iter().cloned().collect::<Vec<_>>();
    let lasting_type = matches!(
        told.fact,
        FactType::Membership
            | FactType::Roster
            | FactType::Rule
            | FactType::Office
            | FactType::Nationality
            | FactType::Affiliation
            | FactType::Alignment
            | FactType::Location
            | FactType::Composition
            | FactType::Detention
            | FactType::Sanction
            | FactType::Characterisation
    );
    let mut found = Vec::new();
    let mut add =
        |kind: FactKind, source: &str, target: Option<&str>, identity: Vec<(Qualifier, String)>, time, lasting| {
            let fact = Fact { kind, source: source.into(), target: target.map(Into::into), identity, said: Vec::new() };
            found.push((fact, Saying { claim: number, time, lasting }));
        };
    let mut edges =
        |relation, sources: Vec<String>, targets: Vec<String>, identity: &[(Qualifier, String)], time, lasting| {
            for source in &sources {
                for target in &targets {
                    add(FactKind::Relation(relation), source, Some(target), identity.to_vec(), time, lasting);
                }
            }
        };
    let word = |name: Qualifier| told.with.get(name).map(|value| (name, value_text(value)));
    let time = told.time;
    use RelationKind as E;
    match told.fact {
        FactType::Membership => {
            let role = word(Qualifier::Role).unwrap_or((Qualifier::Role, "member".into()));
            let identity: Vec<_> = [Some(role), word(Qualifier::Extent)].into_iter().flatten().collect();
            edges(E::MemberOf, all(Role::Member), all(Role::Of), &identity, time, true);
        }
        FactType::Founding => {
            let step: Vec<_> = word(Qualifier::Step).into_iter().collect();
            edges(E::Founds, all(Role::By), all(Role::Coalition), &step, time, false);
        }
        FactType::Office => {
            let title: Vec<_> = word(Qualifier::Title).into_iter().collect();
            edges(E::HoldsOffice, all(Role::Holder), all(Role::Of), &title, time, true);
            let (before, after) = match time {
                Time::Span(from, until) => (
                    from.map_or(Until::Unknown, Until::On),
                    match until {
                        Until::On(date) => Some(date),
                        _ => None,
                    },
                ),
                _ => (Until::Unknown, None),
            };
            edges(E::HoldsOffice, all(Role::Predecessor), all(Role::Of), &title, Time::Span(None, before), true);
            let after = Time::Span(after, Until::Unknown);
            edges(E::HoldsOffice, all(Role::Successor), all(Role::Of), &title, after, true);
        }
        FactType::Nationality => edges(E::NationalOf, all(Role::Who), all(Role::Nation), &[], time, true),
        FactType::Affiliation => edges(E::AffiliatedWith, all(Role::Who), all(Role::To), &[], time, true),
        FactType::Alignment => {
            let stance: Vec<_> = word(Qualifier::Stance).into_iter().collect();
            let mut parties = all(Role::Parties);
            // Both ends stand alike; the first in the order of nodes is written first.
            parties.sort_by_key(|name| (kind_of(name), name.clone()));
            for (nth, one) in parties.iter().enumerate() {
                for other in &parties[nth + 1..] {
                    edges(E::AlignedWith, vec![one.clone()], vec![other.clone()], &stance, time, true);
                }
            }
        }
        FactType::Location => edges(E::LocatedIn, all(Role::What), all(Role::In), &[], time, true),
        FactType::Composition => edges(E::Includes, all(Role::Group), all(Role::Includes), &[], time, true),
        FactType::Instrument => {
            let itself = || all(Role::Instrument);
            edges(E::Signs, all(Role::Signatory), itself(), &[], time, true);
            edges(E::Issues, all(Role::Issuer), itself(), &[], time, false);
            edges(E::PartyTo, all(Role::Party), itself(), &[], time, true);
            let copy = |yes: &str| [(Qualifier::Copy, yes.to_string())];
            edges(E::AddressedTo, itself(), all(Role::Addressee), &copy("no"), time, false);
            edges(E::AddressedTo, itself(), all(Role::Copied), &copy("yes"), time, false);
            edges(E::Cites, itself(), all(Role::Cites), &[], time, false);
        }
        FactType::Detention => {
            edges(E::HeldIn, all(Role::Detained), itself(), &[], time, true);
            edges(E::Detains, all(Role::By), itself(), &[], time, true);
            edges(E::Requests, all(Role::AtRequestOf), itself(), &[], time, true);
            edges(E::TakesPlaceIn, itself(), all(Role::Place), &[], time, true);
            edges(E::Under, itself(), all(Role::Under), &[], time, true);
        }
        FactType::Sanction => {
            edges(E::Imposes, all(Role::By), itself(), &[], time, true);
            edges(E::Targets, itself(), all(Role::Target), &[], time, true);
            edges(E::Under, itself(), all(Role::Under), &[], time, true);
        }
        FactType::Meeting => {
            for role in [Role::Participant, Role::Host, Role::Speaker] {
                let part = [(Qualifier::Role, role.to_string())];
                edges(E::TakesPartIn, all(role), itself(), &part, time, false);
            }
            edges(E::TakesPlaceIn, itself(), all(Role::Place), &[], time, false);
        }
        FactType::Statement => {
            edges(E::Makes, all(Role::Speaker), itself(), &[], time, false);
            let aspect = |word: &str| [(Qualifier::Aspect, word.to_string())];
            edges(E::Concerns, itself(), all(Role::Target), &aspect("target"), time, false);
            edges(E::Concerns, itself(), all(Role::About), &aspect("topic"), time, false);
            edges(E::Via, itself(), all(Role::Via), &[], time, false);
            edges(E::TakesPlaceIn, itself(), all(Role::Place), &[], time, false);
        }
        FactType::Stage => edges(E::ExchangedFor, all(Role::Of), all(Role::InExchangeFor), &[], time, false),
        FactType::Retaliation => edges(E::RetaliatesFor, all(Role::Response), all(Role::To), &[], time, false),
        FactType::Order => edges(E::Follows, all(Role::Later), all(Role::Earlier), &[], time, false),
        _ => {}
    }
    let mut attributes = |attribute, of: Vec<String>, name: Option<Qualifier>| {
        let identity: Vec<_> = name.and_then(word).into_iter().collect();
        for one in &of {
            add(FactKind::Attribute(attribute), one, None, identity.clone(), time, lasting_type);
        }
    };
    match told.fact {
        FactType::Roster => attributes(Attribute::StatedSize, all(Role::Of), None),
        FactType::Founding => attributes(Attribute::Founded, all(Role::Coalition), Some(Qualifier::Step)),
        FactType::Rule => attributes(Attribute::Rule, all(Role::Of), Some(Qualifier::Rule)),
        FactType::Instrument if told.with.get(Qualifier::Binding).is_some() => {
            attributes(Attribute::Binding, all(Role::Instrument), None);
        }
        FactType::Stage => attributes(Attribute::Stage, all(Role::Of), Some(Qualifier::Stage)),
        FactType::Characterisation => attributes(Attribute::Label, all(Role::Of), Some(Qualifier::Label)),
        _ => {}
    }
    if let Some(event) = &claim.event {
        add(FactKind::Event, event, None, Vec::new(), time, lasting_type);
    }
    found
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Text(text) => folded(text),
        other => other.to_string(),
    }
}

/// What an edge runs to.
pub(crate) fn target(fact: &Fact) -> &str {
    fact.target.as_deref().expect("an edge has a target")
}
