//! The same facts as articles in the native format: written once, then loaded as a user loads them.
//!
//! There are no texts behind the spans: digests and hashes are of ids, and only shaped like some.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use comity::{CoalitionKind, Digest, FactType, Graph, Limits, Loader, MentionHash};
use serde_json::{Value, json};

use crate::adapter::{Body, Line};
use crate::clock::Failure;

/// Loads a file of articles of any size; all of them have to be sound.
pub(crate) fn load(file: &Path) -> Result<Graph, Failure> {
    let limits = Limits { file_bytes: usize::MAX, ..Limits::default() };
    let (batch, report) = Loader::new().with_limits(limits).load(file)?;
    if report.rejected() > 0 {
        return Err(report.to_string().into());
    }
    Ok(Graph::new().apply(batch)?)
}

/// Writes the files of a folder as JSON Lines: the nations and coalitions as one article, then the articles of the facts.
pub(crate) fn write(folder: &Path, to: &Path) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(to)?);
    writeln!(file, "{}", catalogue(folder)?)?;
    let mut article: Option<Article> = None;
    for text in BufReader::new(File::open(folder.join("facts.jsonl"))?).lines() {
        let text = text?;
        let line: Line<'_> = serde_json::from_str(&text)?;
        if let Some(whole) = article.take_if(|article| article.id != line.article) {
            writeln!(file, "{}", whole.done())?;
        }
        article.get_or_insert_with(|| Article::new(line.article)).add(&line)?;
    }
    if let Some(last) = article {
        writeln!(file, "{}", last.done())?;
    }
    Ok(file.flush()?)
}

fn catalogue(folder: &Path) -> Result<Value, Failure> {
    let mut catalogue = Article::new("catalogue");
    for line in fs::read_to_string(folder.join("nations.csv"))?.lines().skip(1) {
        let mut fields = line.split(',');
        let (Some(id), Some(name)) = (fields.next(), fields.next()) else { continue };
        catalogue.describe("nation", id, &[("name", name.into())]);
    }
    for line in fs::read_to_string(folder.join("coalitions.jsonl"))?.lines() {
        let body: Body<'_> = serde_json::from_str(line)?;
        let name = ("name", body.name.into());
        match body.pledge() {
            Some(pledge) => {
                let kind = ("kind", CoalitionKind::Alliance.as_str().into());
                catalogue.describe("coalition", body.id, &[name, kind, ("pledges", json!([pledge.as_str()]))]);
            }
            None => catalogue.describe("coalition", body.id, &[name, ("kind", CoalitionKind::Other.as_str().into())]),
        }
    }
    Ok(catalogue.done())
}

/// An article in the making.
struct Article {
    id: String,
    codepoints: u32,
    /// The local id of each entity, by its key.
    ids: HashMap<String, String>,
    entities: Vec<Value>,
    mentions: Vec<Value>,
    facts: Vec<Value>,
}

impl Article {
    fn new(id: &str) -> Self {
        let (entities, mentions, facts) = (Vec::new(), Vec::new(), Vec::new());
        Self { id: id.to_owned(), codepoints: 0, ids: HashMap::new(), entities, mentions, facts }
    }

    fn done(self) -> Value {
        let Self { id, codepoints, entities, mentions, facts, .. } = self;
        let text = json!({"sha256": Digest::of(&id).to_string(), "codepoints": codepoints});
        json!({
            "format": 1, "id": id, "offsets": "codepoint", "article": {"text": text},
            "mentions": mentions, "entities": entities, "facts": facts,
        })
    }

    /// Names an entity for the first time.
    fn describe(&mut self, kind: &str, slug: &str, fields: &[(&str, Value)]) {
        let (id, key) = (format!("e{}", self.entities.len() + 1), format!("{kind}/{slug}"));
        let mut entity = json!({"id": id, "type": kind, "key": key});
        fields.iter().for_each(|(field, value)| entity[*field] = value.clone());
        self.entities.push(entity);
        self.ids.insert(key, id);
    }

    /// The local id of an entity, named now if it was not yet.
    fn entity(&mut self, kind: &str, slug: &str) -> String {
        let key = format!("{kind}/{slug}");
        if !self.ids.contains_key(&key) {
            self.describe(kind, slug, &[]);
        }
        self.ids[&key].clone()
    }

    /// A nation by `N...`, anybody else is a person.
    fn actor(&mut self, id: &str) -> String {
        self.entity(if id.starts_with('N') { "nation" } else { "person" }, id)
    }

    fn mention(&mut self, line: &Line<'_>) -> String {
        let id = format!("m{}", self.mentions.len() + 1);
        let hash = MentionHash::of([line.id]).to_string();
        self.mentions.push(json!({"id": id, "spans": [[line.start, line.end]], "hash": hash}));
        self.codepoints = self.codepoints.max(line.end);
        id
    }

    fn add(&mut self, line: &Line<'_>) -> Result<(), Failure> {
        let (id, mention) = (line.id.to_lowercase(), self.mention(line));
        let speaker = line.attribution.map(|speaker| self.actor(speaker));
        let when = match line.to {
            Some(to) => json!({"from": line.from, "until": to}),
            None => json!({"from": line.from}),
        };
        let mut fact = json!({"id": id, "modality": line.modality, "when": when, "evidence": [mention]});
        if let Some(speaker) = speaker {
            fact["said_by"] = speaker.into();
        }
        let What { kind, event, args, with } = self.what(line)?;
        if let Some(event) = event {
            fact["key"] = format!("{}/{}", kind.as_str(), line.event(event)).into();
        }
        for (field, value) in [("type", kind.as_str().into()), ("args", args), ("with", with)] {
            fact[field] = value;
        }
        if let Some(of) = line.qualifiers.of {
            fact["gloss"] = of.into();
        }
        self.facts.push(fact);
        let told: Vec<String> = [id].into_iter().chain(self.nationality(line, &mention)).collect();
        if line.modality == "denied" {
            self.denial(line, &told, &mention);
        }
        Ok(())
    }

    fn what<'l>(&mut self, line: &'l Line<'_>) -> Result<What<'l>, Failure> {
        let said = &line.qualifiers;
        let subject = self.actor(line.subject);
        let object = match line.kind {
            "member_of" => self.entity("coalition", line.object),
            _ => self.actor(line.object),
        };
        let what = |kind, event, args, with| What { kind, event, args, with };
        Ok(match line.kind {
            "member_of" => {
                let with = json!({"role": line.role().as_str()});
                what(FactType::Membership, None, json!({"member": [subject], "of": [object]}), with)
            }
            "holds_office" => {
                let with = json!({"title": said.office});
                what(FactType::Office, None, json!({"holder": [subject], "of": [object]}), with)
            }
            "detains" => {
                let with = json!({"charge": said.charge});
                what(FactType::Detention, Some("held"), json!({"detained": [object], "by": [subject]}), with)
            }
            "sanctions" => {
                let with = json!({"measures": [line.measure().as_str()]});
                what(FactType::Sanction, Some("on"), json!({"by": [subject], "target": [object]}), with)
            }
            "meets" => {
                let venue = self.actor(said.venue.unwrap_or_default());
                let args = json!({"host": [subject], "participant": [object], "place": [venue]});
                what(FactType::Meeting, Some("met"), args, json!({}))
            }
            _ => {
                let with = json!({"act": line.act()?.as_str()});
                let mut args = json!({"speaker": [subject], "target": [object]});
                if let Some(about) = line.about() {
                    args["about"] = json!([self.actor(about)]);
                }
                what(FactType::Statement, Some(line.kind), args, with)
            }
        })
    }

    /// Of whom somebody is detained; returns the id of the fact.
    fn nationality(&mut self, line: &Line<'_>, mention: &str) -> Option<String> {
        let nation = self.actor(line.qualifiers.nationality?);
        let (id, held) = (format!("n{}", self.facts.len()), self.actor(line.object));
        self.facts.push(json!({
            "id": id, "type": "nationality", "args": {"who": [held], "nation": [nation]}, "modality": line.modality,
            "when": {"at": line.from}, "evidence": [mention],
        }));
        Some(id)
    }

    /// What is told only as denied has to be denied by somebody: here by whom it is told of.
    fn denial(&mut self, line: &Line<'_>, told: &[String], mention: &str) {
        let speaker = self.actor(line.subject);
        self.facts.push(json!({
            "id": format!("d{}", self.facts.len()), "type": "statement", "args": {"speaker": [speaker], "content": told},
            "with": {"act": "deny"}, "modality": "asserted", "evidence": [mention],
        }));
    }
}

/// What a fact is, without who tells it.
struct What<'l> {
    kind: FactType,
    /// The word that its key begins with; none if it is no event.
    event: Option<&'l str>,
    args: Value,
    with: Value,
}
