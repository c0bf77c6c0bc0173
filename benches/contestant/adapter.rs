//! From the workloads' files to a batch, with every field of every line: what a user with files of their own would write.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use comity::{
    Act, Batch, Claimed, Coalition, CoalitionKind, Description, Detention, Fact, FactError, FactType, Graph, Id,
    KeyError, Measure, Meeting, Modality, Nation, Node, PartialDate, Person, Pledge, Qualifiers, Quote, Role, Sanction,
    Source, SourceId, Span, Statement, When,
};
use comity::{MembershipRole, relations::MemberOf};
use serde::Deserialize;

use crate::clock::Failure;

/// A line of `facts.jsonl`.
#[derive(Deserialize)]
pub(crate) struct Line<'t> {
    pub(crate) id: &'t str,
    pub(crate) kind: &'t str,
    pub(crate) subject: &'t str,
    pub(crate) object: &'t str,
    #[serde(borrow)]
    pub(crate) qualifiers: Said<'t>,
    pub(crate) from: &'t str,
    pub(crate) to: Option<&'t str>,
    pub(crate) article: &'t str,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) attribution: Option<&'t str>,
    pub(crate) modality: &'t str,
}

#[derive(Deserialize)]
pub(crate) struct Said<'t> {
    role: Option<&'t str>,
    pub(crate) office: Option<&'t str>,
    pub(crate) nationality: Option<&'t str>,
    pub(crate) charge: Option<&'t str>,
    pub(crate) of: Option<&'t str>,
    measure: Option<&'t str>,
    pub(crate) venue: Option<&'t str>,
    about: Option<&'t str>,
}

impl Line<'_> {
    /// The same event in several articles is one event: its key is made of what it is.
    pub(crate) fn event(&self, word: &str) -> String {
        [word, self.subject, self.object, self.from].join("-")
    }

    pub(crate) fn role(&self) -> MembershipRole {
        match self.qualifiers.role {
            Some("signatory") => MembershipRole::Signatory,
            Some("founder") => MembershipRole::Initiator,
            _ => MembershipRole::Member,
        }
    }

    pub(crate) fn measure(&self) -> Measure {
        match self.qualifiers.measure {
            Some("trade embargo") => Measure::TradeBan,
            Some("financial") => Measure::FinancialBan,
            Some("arms embargo") => Measure::ArmsEmbargo,
            Some("asset freeze") => Measure::AssetFreeze,
            Some("travel ban") => Measure::EntryBan,
            _ => Measure::Other,
        }
    }

    /// What a statement does.
    pub(crate) fn act(&self) -> Result<Act, Failure> {
        match self.kind {
            "accuses" => Ok(Act::Accuse),
            "denies" => Ok(Act::Reject),
            "states" => Ok(Act::Assert),
            _ => Err("an unknown kind".into()),
        }
    }

    /// Whom a statement is about, beside its target.
    pub(crate) fn about(&self) -> Option<&str> {
        self.qualifiers.about.filter(|about| *about != self.object)
    }
}

/// A line of `coalitions.jsonl`.
#[derive(Deserialize)]
pub(crate) struct Body<'t> {
    pub(crate) id: &'t str,
    pub(crate) name: &'t str,
    kind: &'t str,
    #[serde(rename = "type")]
    pledge: u8,
}

impl Body<'_> {
    /// What the members of an alliance promise; none if it is another coalition.
    pub(crate) fn pledge(&self) -> Option<Pledge> {
        match (self.kind, self.pledge) {
            ("alliance", 3) => Some(Pledge::Defense),
            ("alliance", 2) => Some(Pledge::Neutrality),
            ("alliance", _) => Some(Pledge::Consultation),
            _ => None,
        }
    }
}

/// Reads the three files of a folder into a graph, the facts on two threads.
pub(crate) fn load(folder: &Path) -> Result<Graph, Failure> {
    let path = folder.join("facts.jsonl");
    let middle = article_boundary(&path)?;
    let (one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| facts(&path, middle, u64::MAX).map_err(|error| error.to_string()));
        (facts(&path, 0, middle), other.join())
    });
    let other = other.map_err(|_| "the second thread panicked")??;
    Ok(Graph::new().apply_all([catalogue(folder)?, one?, other])?)
}

/// The nations and coalitions.
fn catalogue(folder: &Path) -> Result<Batch, Failure> {
    let mut batch = Batch::new();
    let catalogue = batch.source(Source::dataset("catalogue"));
    for line in fs::read_to_string(folder.join("nations.csv"))?.lines().skip(1) {
        let mut fields = line.split(',');
        let (Some(id), Some(name)) = (fields.next(), fields.next()) else { continue };
        let nation = batch.node::<Nation>(id)?;
        batch.name(catalogue, nation, name);
    }
    for line in fs::read_to_string(folder.join("coalitions.jsonl"))?.lines() {
        let body: Body<'_> = serde_json::from_str(line)?;
        let coalition = batch.node::<Coalition>(body.id)?;
        let said = Description::new().name(body.name);
        let said = match body.pledge() {
            Some(pledge) => said.coalition(CoalitionKind::Alliance).pledge(pledge),
            None => said.coalition(CoalitionKind::Other),
        };
        batch.describe(catalogue, coalition, said)?;
    }
    Ok(batch)
}

/// The start of an article in the middle of the file: the facts of one stand together.
fn article_boundary(path: &Path) -> Result<u64, Failure> {
    let mut file = BufReader::new(File::open(path)?);
    let mut at = file.seek(SeekFrom::End(0))? / 2;
    file.seek(SeekFrom::Start(at))?;
    let (mut line, mut article) = (String::new(), None);
    // What is left of the line that the middle is in.
    at += file.read_line(&mut line)? as u64;
    loop {
        line.clear();
        let length = file.read_line(&mut line)? as u64;
        if length == 0 {
            return Ok(at);
        }
        let read: Line<'_> = serde_json::from_str(&line)?;
        if article.as_deref().is_some_and(|article: &str| article != read.article) {
            return Ok(at);
        }
        article = Some(read.article.to_owned());
        at += length;
    }
}

/// The facts of the lines that begin between two places of the file.
fn facts(path: &Path, start: u64, end: u64) -> Result<Batch, Failure> {
    let mut batch = Batch::new();
    let mut articles: HashMap<String, SourceId> = HashMap::new();
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    file.seek(SeekFrom::Start(start))?;
    let (mut at, mut text) = (start, String::new());
    while at < end {
        text.clear();
        let length = file.read_line(&mut text)? as u64;
        if length == 0 {
            break;
        }
        at += length;
        let line: Line<'_> = serde_json::from_str(&text)?;
        let article = match articles.get(line.article) {
            Some(article) => *article,
            None => {
                let article = batch.source(Source::article(line.article));
                articles.insert(line.article.to_owned(), article);
                article
            }
        };
        add(&mut batch, article, &line)?;
    }
    Ok(batch)
}

/// A nation by `N...`, anybody else is a person.
fn actor(batch: &mut Batch, id: &str) -> Result<Node, KeyError> {
    if id.starts_with('N') {
        batch.node::<Nation>(id).map(Node::from)
    } else {
        batch.node::<Person>(id).map(Node::from)
    }
}

fn add(batch: &mut Batch, article: SourceId, line: &Line<'_>) -> Result<(), Failure> {
    let (subject, said) = (actor(batch, line.subject)?, &line.qualifiers);
    let from: PartialDate = line.from.parse()?;
    let when = match line.to {
        Some(to) => When::between(from, to.parse()?)?,
        None => When::since(from),
    };
    let modality = Modality::from_word(line.modality).ok_or("an unknown modality")?;
    let evidence = batch.mention(article, Quote::place(Span::new(line.start, line.end)))?;
    let speaker = line.attribution.map(|id| actor(batch, id)).transpose()?;
    let told = |fact: Fact| {
        let fact = fact.when(when).modality(modality).evidence(evidence).local_id(line.id);
        match speaker {
            Some(speaker) => fact.said_by(speaker),
            None => fact,
        }
    };
    let fact = match line.kind {
        "member_of" => {
            let (nation, coalition) = (batch.node::<Nation>(line.subject)?, batch.node::<Coalition>(line.object)?);
            let claimed = Claimed::new(MemberOf { role: line.role(), ..MemberOf::default() }, nation, coalition);
            let claimed = claimed.when(when).modality(modality).evidence(evidence).local_id(line.id);
            let claimed = match speaker {
                Some(speaker) => claimed.said_by(speaker),
                None => claimed,
            };
            batch.claim(article, claimed);
            return Ok(());
        }
        "holds_office" => {
            let of = batch.node::<Nation>(line.object)?;
            let title = Qualifiers::new().title(said.office.unwrap_or_default());
            Fact::new(FactType::Office).role(Role::Holder, subject).role(Role::Of, of).with(title)
        }
        "detains" => {
            let held: Id<Person> = batch.node(line.object)?;
            let nation: Id<Nation> = batch.node(said.nationality.unwrap_or_default())?;
            let national = Fact::new(FactType::Nationality).role(Role::Who, held).role(Role::Nation, nation);
            batch.fact(article, national.when(When::at(from)).modality(modality).evidence(evidence))?;
            let detention: Id<Detention> = batch.node(&line.event("held"))?;
            let held = Fact::new(FactType::Detention).role(Role::Detained, held).role(Role::By, subject);
            held.event(detention).with(Qualifiers::new().charge(said.charge.unwrap_or_default()))
        }
        "sanctions" => {
            let target: Id<Nation> = batch.node(line.object)?;
            let sanction: Id<Sanction> = batch.node(&line.event("on"))?;
            let imposed = Fact::new(FactType::Sanction).role(Role::By, subject).role(Role::Target, target);
            imposed.event(sanction).with(Qualifiers::new().measures(&[line.measure()]))
        }
        "meets" => {
            let (other, venue) =
                (batch.node::<Person>(line.object)?, batch.node::<Nation>(said.venue.unwrap_or_default())?);
            let meeting: Id<Meeting> = batch.node(&line.event("met"))?;
            let met = Fact::new(FactType::Meeting).role(Role::Host, subject).role(Role::Participant, other);
            met.role(Role::Place, venue).event(meeting)
        }
        kind => {
            let target: Id<Nation> = batch.node(line.object)?;
            let statement: Id<Statement> = batch.node(&line.event(kind))?;
            let made = Fact::new(FactType::Statement).role(Role::Speaker, subject).role(Role::Target, target);
            let made = match line.about() {
                Some(about) => made.role(Role::About, batch.node::<Nation>(about)?),
                None => made,
            };
            let made = made.event(statement).with(Qualifiers::new().act(line.act()?));
            match said.of {
                Some(of) => made.gloss(of),
                None => made,
            }
        }
    };
    batch.fact(article, told(fact)).map(|_| ()).map_err(|error: FactError| error.into())
}
