//! The same articles as a batch made in code, by the checked door: what the benches of the graph stand on, whatever reads files.

use std::collections::BTreeMap;

use comity::{
    Batch, ClaimId, Count, CountPrecision, Description, End, Fact, FactType, Modality, Node, QualifierType, Qualifiers,
    Quote, Role, Source, Span, Start, Value, When,
};
use serde_json::Value as Json;

/// A batch with the claims of these articles. Panics if one of them does not fit the ontology: then the press is broken.
pub(crate) fn batch(articles: impl Iterator<Item = String>) -> Batch {
    let mut batch = Batch::new();
    for line in articles {
        let article: Json = serde_json::from_str(&line).expect("the press writes JSON");
        add(&mut batch, &article);
    }
    batch
}

fn text<'j>(object: &'j Json, key: &str) -> &'j str {
    object[key].as_str().expect("the press writes it")
}

fn list<'j>(object: &'j Json, key: &str) -> &'j [Json] {
    object[key].as_array().map_or(&[], Vec::as_slice)
}

fn add(batch: &mut Batch, article: &Json) {
    let about = &article["article"];
    let published = text(about, "published").parse().expect("a date");
    let source = Source::article(text(article, "id")).published(published).publisher(text(about, "publisher"));
    let source = batch.source(source);
    let mut mentions = BTreeMap::new();
    for mention in list(article, "mentions") {
        let offset = |end: usize| mention["spans"][0][end].as_u64().expect("an offset") as u32;
        let span = Span::new(offset(0), offset(1));
        let words = Quote::new(span, &"x".repeat(span.len() as usize)).hash_only();
        let words = batch.mention(source, words).expect("the words fill the span");
        mentions.insert(text(mention, "id"), words);
    }
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for entity in list(article, "entities") {
        let node = batch.key(&text(entity, "key").parse().expect("a key"));
        batch.describe(source, node, description(entity)).expect("the press describes things as they are");
        nodes.insert(text(entity, "id"), node);
    }
    let mut claims: BTreeMap<&str, ClaimId> = BTreeMap::new();
    for fact in list(article, "facts") {
        let mut said = claimed(batch, fact, &mut nodes, &claims);
        for words in list(fact, "evidence") {
            said = said.evidence(mentions[words.as_str().expect("an id")]);
        }
        let claim = batch.fact(source, said).expect("the press writes what the ontology has");
        claims.insert(text(fact, "id"), claim);
    }
}

fn description(entity: &Json) -> Description {
    let mut description = Description::new().name(text(entity, "name"));
    for identity in list(entity, "same_as") {
        description = description.same_as(identity.as_str().unwrap_or_default().parse().expect("an identity"));
    }
    if let Some(kind) = entity["kind"].as_str() {
        description = description.coalition(kind.parse().expect("a kind of coalition"));
    }
    for pledge in list(entity, "pledges") {
        description = description.pledge(pledge.as_str().unwrap_or_default().parse().expect("a pledge"));
    }
    description
}

fn claimed<'j>(
    batch: &mut Batch,
    fact: &'j Json,
    nodes: &mut BTreeMap<&'j str, Node>,
    claims: &BTreeMap<&str, ClaimId>,
) -> Fact {
    let kind: FactType = text(fact, "type").parse().expect("a fact type");
    let mut said = Fact::new(kind).with(qualifiers(kind, &fact["with"])).when(when(&fact["when"]));
    said = said.modality(text(fact, "modality").parse::<Modality>().expect("a modality"));
    for (role, fillers) in fact["args"].as_object().expect("roles") {
        let role: Role = role.parse().expect("a role");
        for filler in fillers.as_array().expect("ids").iter().filter_map(Json::as_str) {
            said = match role {
                Role::Content => said.content(role, claims[filler]),
                _ => said.role(role, nodes[filler]),
            };
        }
    }
    if let Some(key) = fact["key"].as_str() {
        let event = batch.key(&key.parse().expect("a key"));
        // Facts fill roles by the event that they tell of.
        nodes.insert(text(fact, "id"), event);
        said = said.event(event);
    }
    if let Some(who) = fact["said_by"].as_str() {
        said = said.said_by(nodes[who]);
    }
    if let Some(statement) = fact["said_in"].as_str() {
        said = said.said_in(claims[statement]);
    }
    if fact["negated"] == true { said.negated() } else { said }
}

fn qualifiers(fact: FactType, with: &Json) -> Qualifiers {
    let schema = fact.schema();
    schema.qualifiers.iter().fold(Qualifiers::new(), |qualifiers, (name, takes, _)| {
        let Some(said) = with.get(name.as_str()) else { return qualifiers };
        let word = |list: &[&'static str], said: &Json| -> &'static str {
            list.iter().find(|word| said.as_str() == Some(**word)).copied().expect("a word of the list")
        };
        let value = match takes {
            QualifierType::Word(list) => Value::Word(word(list, said)),
            QualifierType::Words(list) => {
                let said = said.as_array().expect("words");
                Value::Words(said.iter().map(|said| word(list, said)).collect())
            }
            QualifierType::Count => {
                let value = said["value"].as_u64().expect("a number") as u32;
                Value::Count(Count::new(value, CountPrecision::Exact))
            }
            _ => Value::Text(said.as_str().expect("text").into()),
        };
        qualifiers.with(*name, value)
    })
}

fn when(when: &Json) -> When {
    let date = |key: &str| when[key].as_str().and_then(|date| date.parse().ok());
    if let Some(at) = date("at") {
        return When::at(at);
    }
    let (from, until) = (when["from"].as_str(), when["until"].as_str());
    if from.is_none() && until.is_none() {
        return When::Unstated;
    }
    let until = match until {
        Some("open") => End::Open,
        _ => date("until").map_or(End::Unknown, End::On),
    };
    When::Span { from: date("from").map_or(Start::Unknown, Start::On), until }
}
