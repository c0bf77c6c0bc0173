//! Random articles, made from the ontology, are read, written and read again: every member comes back as it was written, and a
//! second writing gives the same bytes, straight from the batch or out of a graph.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use comity::{Digest, FactType, Graph, Loader, MentionHash, NodeKind, QualifierType, Role, Span};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Choices that a random article is made of. When they run out the first choice is always taken.
struct Dice {
    throws: Vec<u32>,
    at: usize,
}

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        let throw = self.throws.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        throw as usize % bound.max(1)
    }

    fn maybe(&mut self) -> bool {
        self.below(2) == 1
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// One of these words, or none in half of the cases.
    fn put(&mut self, object: &mut Map<String, Value>, key: &str, values: &[Value]) {
        if self.maybe() {
            object.insert(key.into(), values[self.below(values.len())].clone());
        }
    }

    /// Members of the writer's own.
    fn own(&mut self, object: &mut Map<String, Value>) {
        let values = [
            json!("ü \" \\ \n\u{7f}"),
            json!([1, {"deep": [null, true]}]),
            json!({"x": {}}),
            json!(-0.25),
            json!(null),
        ];
        self.put(object, "x_own", &values);
        if self.below(4) == 3 {
            object.insert("x_".into(), json!(self.below(9)));
        }
    }

    fn date(&mut self) -> String {
        let about = self.one(&["", "~"]);
        let date = match self.below(3) {
            0 => format!("{:04}", 2000 + self.below(40)),
            1 => format!("{:04}-{:02}", 2000 + self.below(40), 1 + self.below(12)),
            _ => format!("{:04}-{:02}-{:02}", 2000 + self.below(40), 1 + self.below(12), 1 + self.below(28)),
        };
        date + about
    }

    fn count(&mut self) -> Value {
        let mut count = Map::new();
        count.insert("value".into(), json!(self.below(70)));
        count.insert("precision".into(), json!(self.one(&["exact", "approximate", "at_least", "at_most"])));
        self.own(&mut count);
        count.into()
    }
}

const TEXT: &str = "🌊 In Tide—said the harbour’s “Ínés”—all met,\nand none went; nobody knew why.\n";

fn article(throws: Vec<u32>) -> Value {
    let mut dice = Dice { throws, at: 0 };
    let mut root = Map::new();
    root.insert("format".into(), json!(1));
    root.insert("id".into(), json!("random:note/1"));
    root.insert("offsets".into(), json!("codepoint"));
    let mut head = Map::new();
    for key in ["title", "publisher", "author", "rights"] {
        dice.put(&mut head, key, &[json!("Tide & “Sons”"), json!("Ñ\t\"")]);
    }
    dice.put(&mut head, "language", &[json!("en"), json!("pt-BR")]);
    dice.put(&mut head, "url", &[json!("https://example.org/a?b=c")]);
    dice.put(&mut head, "retrieved", &[json!("2031-04-09"), json!("2031-04-09T10:00:00Z")]);
    let date = json!(dice.date());
    dice.put(&mut head, "published", &[date]);
    dice.put(&mut head, "published_basis", &[json!("stated"), json!("computed"), json!("outside")]);
    if dice.maybe() {
        let mut dateline = Map::new();
        dateline.insert("place".into(), json!("TIDE"));
        let date = json!(dice.date());
        dice.put(&mut dateline, "date", &[date]);
        dice.own(&mut dateline);
        head.insert("dateline".into(), dateline.into());
    }
    if dice.maybe() {
        let mut origin = Map::new();
        origin.insert("kind".into(), json!(dice.one(&["reprint", "translation", "original", "wire"])));
        origin.insert("of".into(), json!("random:other"));
        dice.put(&mut origin, "agency", &[json!("Tide Wire")]);
        dice.own(&mut origin);
        head.insert("origin".into(), origin.into());
    }
    let mut text = Map::new();
    text.insert("sha256".into(), json!(Digest::of(TEXT).to_string()));
    text.insert("codepoints".into(), json!(TEXT.chars().count()));
    text.insert("content".into(), json!(TEXT));
    dice.put(&mut text, "newlines", &[json!("lf"), json!("raw")]);
    dice.own(&mut text);
    head.insert("text".into(), text.into());
    dice.own(&mut head);
    root.insert("article".into(), head.into());
    if dice.maybe() {
        let mut annotator = Map::new();
        annotator.insert("id".into(), json!("a1"));
        annotator.insert("kind".into(), json!(dice.one(&["human", "tool"])));
        dice.put(&mut annotator, "name", &[json!("Zz")]);
        dice.put(&mut annotator, "version", &[json!("1.0")]);
        dice.own(&mut annotator);
        root.insert("annotators".into(), json!([annotator]));
    }
    let mentions = mentions(&mut dice, root.contains_key("annotators"));
    let entities = entities(&mut dice, mentions.len());
    let facts = facts(&mut dice, mentions.len(), root.contains_key("annotators"));
    root.insert("mentions".into(), mentions.into());
    root.insert("entities".into(), entities.into());
    root.insert("facts".into(), facts.into());
    dice.own(&mut root);
    root.into()
}

fn mentions(dice: &mut Dice, annotated: bool) -> Vec<Value> {
    let length = TEXT.chars().count();
    let mention = |nth: usize| {
        let mut spans = vec![];
        let mut at = dice.below(20);
        for _ in 0..1 + dice.below(3) {
            let end = at + 1 + dice.below(8);
            spans.push((at as u32, end.min(length) as u32));
            at = end + 1 + dice.below(5);
        }
        let words: Vec<_> = spans.iter().map(|(start, end)| Span::new(*start, *end).of(TEXT).unwrap()).collect();
        let mut mention = Map::new();
        mention.insert("id".into(), json!(format!("m{nth}")));
        mention.insert("spans".into(), json!(spans));
        mention.insert("hash".into(), json!(MentionHash::of(words.iter().copied()).to_string()));
        dice.put(&mut mention, "exact", &[json!(words.join(" "))]);
        dice.put(&mut mention, "form", &[json!("name"), json!("trigger"), json!("misspelling")]);
        if annotated {
            dice.put(&mut mention, "by", &[json!("a1")]);
        }
        dice.own(&mut mention);
        mention.into()
    };
    (0..8).map(mention).collect()
}

/// Two entities of each type: `nation-0`, `nation-1`, ...
fn entities(dice: &mut Dice, mentions: usize) -> Vec<Value> {
    let mut free = 0..mentions;
    let mut entities = Vec::new();
    for kind in NodeKind::ALL.iter().filter(|kind| !kind.is_event()) {
        for nth in 0..2 {
            let mut entity = Map::new();
            entity.insert("id".into(), json!(format!("{kind}-{nth}")));
            entity.insert("type".into(), json!(kind.as_str()));
            let slug = if *kind == NodeKind::Nation { ["NOR", "ISL"][nth].into() } else { format!("Tide.{nth}_x") };
            dice.put(&mut entity, "key", &[json!(format!("{kind}/{slug}"))]);
            dice.put(&mut entity, "name", &[json!("Zz “z”"), json!("Ñ")]);
            dice.put(&mut entity, "aliases", &[json!(["Z", "ž"])]);
            match kind {
                NodeKind::Organization => dice.put(&mut entity, "kind", &[json!("igo"), json!("armed_group")]),
                NodeKind::Place => dice.put(&mut entity, "kind", &[json!("sea")]),
                NodeKind::Instrument => dice.put(&mut entity, "kind", &[json!("court_request")]),
                NodeKind::Coalition if dice.maybe() => {
                    entity.insert("kind".into(), json!("alliance"));
                    dice.put(&mut entity, "pledges", &[json!(["offense", "defense"])]);
                }
                NodeKind::Group if dice.maybe() => {
                    entity.insert("count".into(), dice.count());
                }
                _ => {}
            }
            dice.put(
                &mut entity,
                "same_as",
                &[json!([format!("x_tide:{kind}{nth}"), format!("wikidata:Q{}", entities.len() + 1)])],
            );
            if let Some(mention) = free.next().filter(|_| dice.maybe()) {
                entity.insert("mentions".into(), json!([format!("m{mention}")]));
            }
            dice.own(&mut entity);
            entities.push(entity.into());
        }
    }
    entities
}

/// Facts of every type, each of which speaks only of those before it.
fn facts(dice: &mut Dice, mentions: usize, annotated: bool) -> Vec<Value> {
    let mut facts: Vec<Value> = Vec::new();
    let mut types: Vec<FactType> = FactType::ALL.to_vec();
    // Events and instruments first, so that others can speak of them.
    types.sort_by_key(|fact| fact.schema().event.is_none());
    for nth in 0..types.len() * 2 {
        let schema = types[nth % types.len()].schema();
        let mut fact = Map::new();
        fact.insert("id".into(), json!(format!("f{nth}")));
        fact.insert("type".into(), json!(schema.fact.as_str()));
        if schema.event.is_some() {
            dice.put(
                &mut fact,
                "key",
                &[json!(format!("{}/tide", schema.fact)), json!(format!("{}/{nth}", schema.fact))],
            );
        }
        let fill = |dice: &mut Dice, facts: &[Value], role: Role| {
            let row = schema.role(role).unwrap();
            let of_kind = |kind: NodeKind| -> Vec<String> {
                if !kind.is_event() {
                    return vec![format!("{kind}-0"), format!("{kind}-1")];
                }
                let events = facts.iter().filter(|fact| fact["type"] == kind.as_str());
                events.map(|fact| fact["id"].as_str().unwrap().to_owned()).collect()
            };
            let mut all: Vec<String> = row.kinds.iter().flat_map(of_kind).collect();
            if row.facts {
                all.extend(facts.iter().map(|fact| fact["id"].as_str().unwrap().to_owned()));
            }
            let mut chosen = Vec::new();
            let wanted = (row.min + dice.below(3)).min(row.max.unwrap_or(9));
            while chosen.len() < wanted && !all.is_empty() {
                chosen.push(all.remove(dice.below(all.len())));
            }
            chosen
        };
        let mut args = Map::new();
        for row in schema.roles {
            let chosen = fill(dice, &facts, row.role);
            let apart = |(one, other): &(Role, Role)| {
                *other == row.role
                    && args
                        .get(one.as_str())
                        .is_some_and(|ids: &Value| chosen.iter().any(|id| ids.as_array().unwrap().contains(&json!(id))))
            };
            if !chosen.is_empty() && !schema.apart.iter().any(apart) {
                args.insert(row.role.to_string(), json!(chosen));
            }
        }
        let lacks = |role: &str| !args.contains_key(role);
        if schema.roles.iter().any(|row| row.min > 0 && lacks(row.role.as_str()))
            || (!schema.any_of.is_empty() && schema.any_of.iter().all(|role| lacks(role.as_str())))
        {
            continue;
        }
        let Some(with) = qualifiers(dice, schema.fact, &args, &facts) else { continue };
        // What speaks of facts could speak of the statement that it is said in.
        let speaks_of_facts =
            args.values().flat_map(|ids| ids.as_array().unwrap()).any(|id| facts.iter().any(|fact| fact["id"] == *id));
        fact.insert("args".into(), args.into());
        if !with.is_empty() {
            fact.insert("with".into(), with.into());
        }
        let told = ["asserted", "alleged", "planned", "requested", "hypothetical"];
        fact.insert("modality".into(), json!(dice.one(&told)));
        dice.put(&mut fact, "negated", &[json!(true), json!(false)]);
        let affirms = |fact: &&Value| fact["type"] == "statement" && fact["with"]["act"] != "deny";
        let said_in = facts.iter().rev().find(affirms).filter(|_| !speaks_of_facts);
        match dice.below(3) {
            1 => drop(fact.insert("said_by".into(), json!("person-1"))),
            2 => drop(said_in.map(|statement| fact.insert("said_in".into(), statement["id"].clone()))),
            _ => {}
        }
        if dice.maybe() {
            fact.insert("when".into(), when(dice, mentions));
        }
        let evidence = [dice.below(mentions), dice.below(mentions)];
        let evidence = if evidence[0] == evidence[1] { &evidence[..1] } else { &evidence[..] };
        fact.insert("evidence".into(), evidence.iter().map(|mention| json!(format!("m{mention}"))).collect());
        dice.put(&mut fact, "gloss", &[json!("own words"), json!("\u{1f30a} \u{0} own")]);
        dice.put(&mut fact, "confidence", &[json!(0.1), json!(0.30000000000000004), json!(1.0)]);
        dice.put(&mut fact, "reading", &[json!("as_written"), json!("repaired")]);
        if annotated {
            dice.put(&mut fact, "by", &[json!("a1")]);
        }
        dice.own(&mut fact);
        facts.push(fact.into());
    }
    facts
}

/// None if nothing fits.
fn qualifiers(
    dice: &mut Dice,
    fact: FactType,
    args: &Map<String, Value>,
    facts: &[Value],
) -> Option<Map<String, Value>> {
    let mut with = Map::new();
    for (qualifier, value, required) in fact.schema().qualifiers {
        if !required && !dice.maybe() {
            continue;
        }
        let value = match value {
            QualifierType::Word(words) => json!(dice.one(words)),
            QualifierType::Words(words) => json!([words[dice.below(3)], words[3 + dice.below(3)]]),
            QualifierType::Stage => {
                let of = args["of"][0].as_str()?;
                let of = facts
                    .iter()
                    .find(|fact| fact["id"] == of)
                    .map_or("instrument", |fact| fact["type"].as_str().unwrap());
                json!(match of {
                    "detention" => "trial",
                    "sanction" => "lifted",
                    "meeting" => "collapsed",
                    "instrument" => "in_force",
                    _ => return None,
                })
            }
            QualifierType::Text => json!(dice.one(&["states", "Ñ \"z\""])),
            QualifierType::Count => dice.count(),
            QualifierType::Duration => json!(dice.one(&["P1Y", "P1Y2M3W4D"])),
            QualifierType::Date => json!(dice.date()),
            QualifierType::Boolean => json!(dice.maybe()),
            QualifierType::Integer => json!(dice.below(2000)),
            other => panic!("{other:?} is new"),
        };
        with.insert(qualifier.to_string(), value);
    }
    let nobody_counts = args.get("member").is_some_and(|ids| ids.to_string().contains("nation"));
    if nobody_counts {
        with.remove("extent");
    }
    if with.get("act") == Some(&json!("deny")) && !args.contains_key("content") {
        with.insert("act".into(), json!("reject"));
    }
    dice.own(&mut with);
    Some(with)
}

fn when(dice: &mut Dice, mentions: usize) -> Value {
    let mut when = Map::new();
    match dice.below(6) {
        0 => drop(when.insert("at".into(), json!(dice.date()))),
        1 => drop(when.insert("from".into(), json!("unknown"))),
        2 => drop(when.insert("until".into(), json!(dice.date()))),
        3 => drop(when.insert("ended_by".into(), json!(dice.date()))),
        4 => {
            when.insert("from".into(), json!(dice.date()));
            dice.put(&mut when, "until", &[json!("open")]);
        }
        _ => {
            when.insert("from".into(), json!("2000-05~"));
            when.insert("until".into(), json!("2039"));
        }
    }
    let mention = json!(format!("m{}", dice.below(mentions)));
    dice.put(&mut when, "words", &[mention]);
    dice.put(&mut when, "basis", &[json!("stated"), json!("computed"), json!("outside")]);
    dice.own(&mut when);
    when.into()
}

/// The article as it is written back: "unknown" is what an end is that is not there.
fn in_normal_form(mut article: Value) -> Value {
    for fact in article["facts"].as_array_mut().unwrap() {
        if let Some(when) = fact.get_mut("when").and_then(Value::as_object_mut)
            && when.contains_key("until")
        {
            when.retain(|key, value| key != "from" || value != "unknown");
        }
    }
    article
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_articles_go_round(throws in prop::collection::vec(any::<u32>(), 0..1200)) {
        let article = article(throws);
        let (batch, report) = Loader::new().read_str("random.json", &article.to_string());
        prop_assert_eq!(report.rejected(), 0, "{}\n{}", report, article);
        let written: Vec<_> = batch.documents().map(|document| document.unwrap().to_json()).collect();
        prop_assert_eq!(written.len(), 1);
        let again: Value = serde_json::from_str(&written[0]).unwrap();
        prop_assert_eq!(&again, &in_normal_form(article));

        let (batch, report) = Loader::new().read_str("again.json", &written[0]);
        prop_assert_eq!(report.rejected(), 0, "{}", report);
        let rewritten = batch.documents().next().unwrap().unwrap().to_json();
        prop_assert_eq!(&rewritten, &written[0]);
        let line = batch.documents().next().unwrap().unwrap().to_line();
        let (lines, _) = Loader::new().read_str("again.jsonl", &line);
        prop_assert_eq!(&lines.documents().next().unwrap().unwrap().to_json(), &written[0]);

        let graph = Graph::new().apply(batch).unwrap();
        let kept = graph.sources().next().unwrap().document().unwrap().to_json();
        prop_assert_eq!(&kept, &written[0], "out of a graph");

        let mut snapshot = Vec::new();
        graph.to_writer(&mut snapshot).unwrap();
        let graph = Graph::from_reader(&*snapshot).unwrap();
        let kept = graph.sources().next().unwrap().document().unwrap().to_json();
        prop_assert_eq!(&kept, &written[0], "out of a snapshot");
    }
}
