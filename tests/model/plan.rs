//! What is claimed: plain values that are both built into a graph and counted over by hand.

use std::fmt;

use comity::{
    Batch, ClaimId, CoalitionKind, Description, End, Fact, FactType, Graph, Key, Modality, Node, NodeKind,
    OrganizationKind, Origin, OriginKind, Pledge, Qualifiers, Reading, Role, Source, SourceId, Start, When,
};

use crate::calendar::Date;

/// A node: `nation/AAA`; `detention#here` is one that only its article knows.
pub(crate) type Name = &'static str;

#[derive(Clone)]
pub(crate) struct Article {
    pub(crate) id: &'static str,
    pub(crate) published: Option<Date>,
    pub(crate) of: Option<&'static str>,
    /// The nodes that it describes; what it says of them is in [`described`].
    pub(crate) names: Vec<Name>,
    pub(crate) claims: Vec<Told>,
}

/// A claim.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) fact: FactType,
    pub(crate) event: Option<Name>,
    pub(crate) fillers: Vec<(Role, Filler)>,
    pub(crate) with: Qualifiers,
    pub(crate) time: Time,
    pub(crate) modality: Modality,
    pub(crate) negated: bool,
    pub(crate) repaired: bool,
    pub(crate) said: Said,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filler {
    Node(Name),
    /// A claim before it in its article.
    Claim(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Author,
    By(Name),
    /// In the statement that this claim of the article tells of.
    In(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Time {
    Unstated,
    At(Date),
    Span(Option<Date>, Until),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Until {
    Unknown,
    Open,
    On(Date),
    By(Date),
}

impl Time {
    fn when(self) -> When {
        match self {
            Self::Unstated => When::Unstated,
            Self::At(date) => When::At(date.partial()),
            Self::Span(from, until) => When::Span {
                from: from.map_or(Start::Unknown, |date| Start::On(date.partial())),
                until: match until {
                    Until::Unknown => End::Unknown,
                    Until::Open => End::Open,
                    Until::On(date) => End::On(date.partial()),
                    Until::By(date) => End::By(date.partial()),
                },
            },
        }
    }
}

impl fmt::Debug for Article {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{} published {:?}", self.id, self.published)?;
        if let Some(of) = self.of {
            write!(f, ", taken from {of}")?;
        }
        write!(f, ", describes {:?}", self.names)?;
        for (nth, told) in self.claims.iter().enumerate() {
            write!(f, "\n  f{}: {told:?}", nth + 1)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fact)?;
        if let Some(event) = self.event {
            write!(f, " {event}")?;
        }
        for (role, filler) in &self.fillers {
            match filler {
                Filler::Node(name) => write!(f, " {role}={name}")?,
                Filler::Claim(at) => write!(f, " {role}=f{}", at + 1)?,
            }
        }
        for (name, value) in self.with.iter() {
            write!(f, " {name}:{value}")?;
        }
        write!(f, " [{}{}", self.modality, if self.negated { ", not so" } else { "" })?;
        match self.said {
            Said::Author => {}
            Said::By(name) => write!(f, ", by {name}")?,
            Said::In(at) => write!(f, ", in f{}", at + 1)?,
        }
        write!(f, "{}] {:?}", if self.repaired { ", repaired" } else { "" }, self.time)
    }
}

pub(crate) fn kind_of(name: &str) -> NodeKind {
    let at = name.find(['/', '#']).expect("kind first");
    NodeKind::from_word(&name[..at]).expect("a kind")
}

/// What every article that describes a node says of it.
pub(crate) struct Described {
    pub(crate) name: Option<&'static str>,
    pub(crate) organ: bool,
    pub(crate) alliance: bool,
    pub(crate) pledges_defence: bool,
}

pub(crate) fn described(name: Name) -> Described {
    let nothing = Described { name: None, organ: false, alliance: false, pledges_defence: false };
    match name {
        "nation/AAA" => Described { name: Some("Aland"), ..nothing },
        "nation/BBB" => Described { name: Some("Beland"), ..nothing },
        "organization/ministry" | "organization/embassy" => Described { organ: true, ..nothing },
        "coalition/pact" => Described { alliance: true, pledges_defence: true, ..nothing },
        "coalition/entente" => Described { alliance: true, ..nothing },
        "person/ann" => Described { name: Some("Ann"), ..nothing },
        _ => nothing,
    }
}

fn description(name: Name) -> Description {
    let Described { name: called, organ, alliance, pledges_defence } = described(name);
    let mut description = Description::new();
    if let Some(called) = called {
        description = description.name(called);
    }
    if organ {
        let ministry = name.ends_with("ministry");
        description =
            description.organization(if ministry { OrganizationKind::Ministry } else { OrganizationKind::Embassy });
    }
    if alliance {
        description = description.coalition(CoalitionKind::Alliance);
        description = description.pledge(if pledges_defence { Pledge::Defense } else { Pledge::Consultation });
    }
    description
}

/// The articles in one batch.
pub(crate) fn batch(articles: &[&Article]) -> Batch {
    let mut batch = Batch::new();
    for article in articles {
        let mut source = Source::article(article.id);
        source.published = article.published.map(Date::partial);
        source.origin =
            article.of.map(|of| Origin { kind: OriginKind::Reprint, of: Some(of.into()), agency: None }.into());
        let source = batch.source(source);
        for name in &article.names {
            let node = node(&mut batch, source, name);
            batch.describe(source, node, description(name)).expect("fits");
        }
        let mut claims = Vec::new();
        for told in &article.claims {
            let claim = fact(&mut batch, source, told, &claims);
            let claim = batch.fact(source, claim);
            assert!(claim.is_ok(), "{told:?}: {claim:?}");
            claims.extend(claim);
        }
    }
    batch
}

fn fact(batch: &mut Batch, source: SourceId, told: &Told, claims: &[ClaimId]) -> Fact {
    let mut fact = Fact::new(told.fact).with(told.with.clone()).modality(told.modality).when(told.time.when());
    for (role, filler) in &told.fillers {
        fact = match filler {
            Filler::Node(name) => fact.role(*role, node(batch, source, name)),
            Filler::Claim(at) => fact.content(*role, claims[*at]),
        };
    }
    if let Some(event) = told.event {
        fact = fact.event(node(batch, source, event));
    }
    if told.negated {
        fact = fact.negated();
    }
    if told.repaired {
        fact = fact.reading(Reading::Repaired);
    }
    match told.said {
        Said::Author => fact,
        Said::By(name) => fact.said_by(node(batch, source, name)),
        Said::In(at) => fact.said_in(claims[at]),
    }
}

fn node(batch: &mut Batch, source: SourceId, name: Name) -> Node {
    match name.split_once('#') {
        None => batch.key(&name.parse::<Key>().expect("a key")),
        Some(("detention", local)) => batch.local_node::<comity::Detention>(source, local).node(),
        Some((kind, _)) => unreachable!("no local {kind} is planned"),
    }
}

/// The graph of all articles, in one batch, in their order.
pub(crate) fn build(articles: &[Article]) -> Graph {
    Graph::new().apply(batch(&articles.iter().collect::<Vec<_>>())).expect("every id is there once")
}
