//! FollowTheMoney: reading, and writing what its own model allows; a round trip that loses nothing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use comity::{
    Batch, Claimed, Code, FactType, FollowTheMoneyOptions, Graph, ImportReport, Loader, Modality, Nation, Organization,
    Person, Rank, Source, Stage, WikidataOptions, read_follow_the_money, read_wikidata, reference_memberships,
    relations::HoldsOffice,
};
use serde_json::Value;

mod shared;

fn text(path: &str) -> Option<String> {
    shared::data(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn read(text: impl AsRef<[u8]>) -> (Graph, ImportReport) {
    let (batch, report) = read_follow_the_money(text.as_ref(), &FollowTheMoneyOptions::new());
    let told = report.diagnostics();
    assert_eq!(told.len() as u64 + report.untold(), report.rejected() + report.warnings());
    for one in told {
        assert!(one.line >= 1 && one.column >= 1 && !one.message.is_empty() && !one.message.ends_with('.'), "{one}");
        assert!(matches!(one.code.stage(), Stage::Table | Stage::Record), "{one}");
    }
    (Graph::new().apply(batch).unwrap(), report)
}

fn written(graph: &Graph, source: &str) -> String {
    graph.source(source).unwrap().follow_the_money().to_string()
}

fn count(graph: &Graph, fact: FactType) -> usize {
    let source = graph.source("follow-the-money").unwrap();
    source.claims().filter(|claim| claim.fact() == fact).count()
}

#[test]
fn every_given_entity_is_read_and_written_back_as_it_was() {
    for (name, entities, sanctions) in [("yente_zala", 91, 41), ("yente_t1", 7, 0)] {
        let Some(text) = text(&format!("followthemoney/{name}.ftm.json")) else { return };
        let (graph, report) = read(&text);
        assert!(report.is_clean() && report.dropped() == 0, "{report}");
        assert_eq!(report.read(), entities, "{report}");
        assert_eq!(count(&graph, FactType::Sanction), sanctions);
        let again = written(&graph, "follow-the-money");
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        assert_eq!(again.lines().collect::<Vec<_>>(), lines, "{name}: line by line, byte by byte");
        // And the same once more.
        let (second, report_again) = read(&again);
        let claims = |graph: &Graph| graph.source("follow-the-money").unwrap().claims().len();
        assert_eq!((report_again, claims(&second)), (report, claims(&graph)));
    }
}

#[test]
fn sanctions_have_their_imposer_target_and_time() {
    let Some(text) = text("followthemoney/yente_zala.ftm.json") else { return };
    let (graph, _) = read(text);
    let america = graph.find::<Nation>("USA").unwrap();
    let by_america = graph.view().sanctions().by(america).count();
    let of_file = graph.source("follow-the-money").unwrap().claims().filter(|claim| {
        claim.fact() == FactType::Sanction && claim.fillers(comity::Role::By).any(|node| node.key() == "nation/USA")
    });
    assert_eq!(by_america, of_file.count());
    assert!(by_america > 0);
    let dated = graph.source("follow-the-money").unwrap().claims();
    let dated = dated.filter(|claim| claim.fact() == FactType::Sanction && claim.when().is_stated()).count();
    assert!(dated >= 25, "each of the 25 with a startDate has a time, not {dated}");
}

#[test]
fn what_the_schemas_hold_becomes_claims() {
    let lines = r#"{"id":"Q7747","schema":"Person","properties":{"name":["V P"],"nationality":["ru","suhh"],"citizenship":["ru"]}}
{"id":"b","schema":"PublicBody","caption":"Russia","properties":{"wikidataId":["Q159"],"country":["ru"]}}
{"id":"c","schema":"Organization","properties":{"name":["Bund"],"jurisdiction":["de"],"alias":["Union"]}}
{"id":"d","schema":"Membership","properties":{"member":["b"],"organization":["c"],"startDate":["1999-05"],"status":["Active"]}}
{"id":"e","schema":"Membership","properties":{"member":["Q7747"],"organization":["c"]}}
{"id":"f","schema":"Employment","properties":{"employee":["Q7747"],"employer":["c"],"role":["Clerk"],"endDate":["2001-02-03T10:00:00"]}}
{"id":"g","schema":"Position","properties":{"name":["President of Russia"],"country":["ru"]}}
{"id":"h","schema":"Occupancy","properties":{"holder":["Q7747"],"post":["g"],"startDate":["2012-05-07"],"endDate":["2012-05-07"]}}
{"id":"i","schema":"Occupancy","properties":{"holder":["Q7747"],"post":["elsewhere"]}}
{"id":"j","schema":"Event","properties":{"name":["Talks at sea"],"keywords":["talks"],"involved":["b","c"],"date":["2005"]}}
{"id":"k","schema":"Event","properties":{"name":["A flood"],"involved":["c"]}}
{"id":"l","schema":"Vessel","properties":{"name":["Ship"],"flag":["pa"]}}
{"id":"m","schema":"Sanction","properties":{"entity":["l"],"country":["us"]}}
{"id":"n n","schema":"Sanction","properties":{"entity":["c"],"country":["eu"],"provisions":["Asset freeze; travel ban"],"reason":["so"]}}"#;
    let (graph, report) = read(lines);
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped()), (14, 8), "{report}");
    let facts: BTreeMap<FactType, usize> =
        graph.source("follow-the-money").unwrap().claims().fold(BTreeMap::new(), |mut facts, claim| {
            *facts.entry(claim.fact()).or_default() += 1;
            facts
        });
    let expected = [
        (FactType::Membership, 1),
        (FactType::Office, 1),
        (FactType::Nationality, 2),
        (FactType::Affiliation, 2),
        (FactType::Location, 1),
        (FactType::Sanction, 1),
        (FactType::Meeting, 1),
        (FactType::Characterisation, 1),
    ];
    assert_eq!(facts, BTreeMap::from(expected));
    // A person known by an item of Wikidata is the one that its reader knows.
    assert!(graph.find::<Person>("wikidata-q7747").is_some());
    assert!(graph.find::<Nation>("RUS").is_some());
    let union = graph.find::<Organization>("european-union").unwrap();
    let case = graph.view().sanctions().by(union).next().unwrap();
    assert_eq!(case.measures, ["entry_ban", "asset_freeze"]);
    assert_eq!(written(&graph, "follow-the-money").lines().count(), 14);
}

/// The properties of each schema with their types, and the codes of countries.
struct Model {
    schemata: BTreeMap<String, BTreeMap<String, (String, Option<String>)>>,
    required: BTreeMap<String, BTreeSet<String>>,
    ancestors: BTreeMap<String, BTreeSet<String>>,
    countries: BTreeSet<String>,
}

fn words(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn model() -> Option<Model> {
    let model: Value = serde_json::from_str(&text("followthemoney/defaultModel.json")?).unwrap();
    let (mut schemata, mut required, mut ancestors) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let own = model["schemata"].as_object().unwrap();
    for (name, schema) in own {
        let above = words(&schema["schemata"]);
        let mut properties = BTreeMap::new();
        let mut needed = BTreeSet::new();
        for other in &above {
            for (property, about) in own[other]["properties"].as_object().unwrap() {
                if about["stub"] != Value::Bool(true) {
                    let range = about["range"].as_str().map(str::to_owned);
                    properties.insert(property.clone(), (about["type"].as_str().unwrap().to_owned(), range));
                }
            }
            needed.extend(words(&own[other]["required"]));
        }
        schemata.insert(name.clone(), properties);
        required.insert(name.clone(), needed);
        ancestors.insert(name.clone(), above);
    }
    let countries = model["types"]["country"]["values"].as_object().unwrap().keys().cloned().collect();
    Some(Model { schemata, required, ancestors, countries })
}

impl Model {
    /// That all entities are of the model: schemata, properties, types, what is required, and what is referred to.
    fn check(&self, lines: &str) -> BTreeSet<String> {
        let entities: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let id = |entity: &Value| entity["id"].as_str().unwrap().to_owned();
        let kinds: BTreeMap<String, String> =
            entities.iter().map(|entity| (id(entity), entity["schema"].as_str().unwrap().to_owned())).collect();
        assert_eq!(kinds.len(), entities.len(), "ids are there once");
        for entity in &entities {
            let schema = entity["schema"].as_str().unwrap();
            let properties = self.schemata.get(schema).unwrap_or_else(|| panic!("no schema {schema}"));
            let given = entity["properties"].as_object().unwrap();
            for needed in &self.required[schema] {
                assert!(given.contains_key(needed), "{entity} has no {needed}");
            }
            for (property, values) in given {
                let (kind, range) = properties.get(property).unwrap_or_else(|| panic!("{schema} has no {property}"));
                for value in words(values) {
                    match kind.as_str() {
                        "country" => assert!(self.countries.contains(&value), "{property}: {value}"),
                        "date" => assert!(value.parse::<comity::PartialDate>().is_ok(), "{property}: {value}"),
                        "entity" => {
                            let of = kinds.get(&value).unwrap_or_else(|| panic!("{value} is nowhere"));
                            let range = range.as_ref().unwrap();
                            assert!(self.ancestors[of].contains(range), "{schema}.{property} takes {range}, not {of}");
                        }
                        _ => assert!(!value.is_empty()),
                    }
                }
            }
            let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
            assert!(id(entity).chars().all(plain), "{entity}");
        }
        kinds.into_values().collect()
    }
}

#[test]
fn whatever_is_written_is_of_the_model() {
    let Some(model) = model() else { return };
    let (articles, report) = Loader::new().load("data/articles").unwrap();
    assert!(report.kept() > 0);
    let putin = text("wikidata/Q7747.json").unwrap();
    let mut graph = Graph::new().apply(articles).unwrap();
    graph = graph.apply(reference_memberships()).unwrap();
    graph = graph.apply(read_wikidata(putin.as_bytes(), &WikidataOptions::new()).0).unwrap();
    let mut schemata = BTreeSet::new();
    let ids: Vec<String> = graph.sources().map(|source| source.id().to_owned()).collect();
    for id in &ids {
        let entities = graph.source(id).unwrap().follow_the_money();
        schemata.extend(model.check(&entities.to_string()));
        // What is written is read again without a fault.
        let (_, report) = read(entities.to_string());
        assert!(report.is_clean() || entities.lines().len() == 0, "{report}");
    }
    for schema in ["Person", "Organization", "PublicBody", "Position", "Occupancy", "Membership", "Sanction", "Event"] {
        assert!(schemata.contains(schema), "{schema} is never written: {schemata:?}");
    }
}

#[test]
fn an_office_goes_there_and_back_and_what_is_not_so_is_left() {
    let mut batch = Batch::new();
    let desk = batch.source(Source::dataset("desk"));
    let (person, iceland) = (batch.node::<Person>("ada-berg").unwrap(), batch.node::<Nation>("ISL").unwrap());
    batch.name(desk, person, "Ada Berg");
    let office = || HoldsOffice { title: "Minister of Fish".into(), rank: Rank::Minister };
    let when = comity::When::between("2001-02".parse().unwrap(), "2004".parse().unwrap()).unwrap();
    batch.claim(desk, Claimed::new(office(), person, iceland).when(when));
    batch.claim(desk, Claimed::new(office(), person, iceland).modality(Modality::Planned));
    batch.claim(desk, Claimed::new(office(), person, iceland).negated());
    let graph = Graph::new().apply(batch).unwrap();
    let entities = graph.source("desk").unwrap().follow_the_money();
    assert_eq!(entities.left(), 2);
    let (again, report) = read(entities.to_string());
    assert!(report.is_clean(), "{report}");
    let iceland = again.find::<Nation>("ISL").unwrap();
    let office = again.view().officials(iceland).next().unwrap();
    assert_eq!((office.title(), office.person.name()), ("Minister of Fish", Some("Ada Berg")));
    let claim = again.source("follow-the-money").unwrap().claims().next().unwrap();
    assert_eq!(claim.when(), when);
    let id = claim.extras().unwrap();
    assert!(id.starts_with("{\"x_follow_the_money\":\"occupancy-"), "a claim knows its record: {id}");
}

#[test]
fn what_is_wrong_is_told_at_its_place_and_the_rest_is_kept() {
    let sound = r#"{"id":"a","schema":"Person","properties":{"name":["A"],"nationality":["is"]}}"#;
    let wrong = [
        ("{", Code::I0109),
        ("[]", Code::I0209),
        (r#"{"id":"b","properties":{}}"#, Code::I0209),
        (r#"{"id":7,"schema":"Person","properties":{}}"#, Code::I0209),
        (r#"{"id":"b","schema":"Person","properties":{"name":"B"}}"#, Code::I0209),
        (r#"{"id":"b","schema":"Person","properties":{"name":[],"name":[]}}"#, Code::I0209),
        (r#"{"id":"a","schema":"Person","properties":{}}"#, Code::I0208),
        (r#"{"id":"b","schema":"Occupancy","properties":{"holder":["a"]}}"#, Code::I0205),
        (r#"{"id":"b","schema":"Sanction","properties":{"entity":["a"],"startDate":["2001-13"]}}"#, Code::I0202),
        (
            r#"{"id":"b","schema":"Sanction","properties":{"entity":["a"],"startDate":["2001"],"endDate":["2000"]}}"#,
            Code::I0204,
        ),
    ];
    for (line, code) in wrong {
        let (_, report) = read(format!("{sound}\n{line}\n"));
        let first = report.diagnostics().first().unwrap_or_else(|| panic!("{line}: {report}"));
        assert_eq!((first.code, first.line, report.rejected(), report.mapped()), (code, 2, 1, 1), "{line}: {report}");
        // What is sound is written back without it, in the order of the file.
        let last = r#"{"id":"z","schema":"Vessel","properties":{"name":["Ship"]}}"#;
        let (graph, _) = read(format!("{line}\n{sound}\n\n{last}"));
        let is_twice = code == Code::I0208;
        let first = if is_twice { line } else { sound };
        assert_eq!(written(&graph, "follow-the-money").lines().collect::<Vec<_>>(), [first, last], "{line}");
    }
    assert_eq!(read("").1.diagnostics()[0].code, Code::I0108);
    assert_eq!(read([sound.as_bytes(), b"\n\"\xe9\"\n"].concat()).1.diagnostics()[0].code, Code::I0101);
}

/// So many bytes, without the memory.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = into.len().min(usize::try_from(self.0).unwrap());
        into[..length].fill(b'x');
        self.0 -= length as u64;
        Ok(length)
    }
}

#[test]
fn hostile_input_is_told_and_swallows_no_line_that_follows() {
    let sound = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"],\"nationality\":[\"is\"]}}\n";
    let reader = Endless(64 << 20).chain(&b"\n"[..]).chain(sound.as_bytes());
    let (_, report) = read_follow_the_money(reader, &FollowTheMoneyOptions::new());
    assert_eq!((report.rejected(), report.mapped(), report.diagnostics()[0].code), (1, 1, Code::I0104), "{report}");
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let (_, report) = read_follow_the_money(sound.as_bytes().chain(Fails), &FollowTheMoneyOptions::new());
    assert_eq!((report.mapped(), report.diagnostics()[0].code), (1, Code::I0106), "{report}");
    let deep = format!(
        "{{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{{\"name\":{}{}}}}}",
        "[".repeat(9_999),
        "]".repeat(9_999)
    );
    assert_eq!(read(deep).1.rejected(), 1);
    for end in 1..sound.len() - 2 {
        assert_eq!(read(&sound[..end]).1.rejected(), 1, "cut at {end}");
        for byte in [b'"', b'}', b'0', b'[', 0xff] {
            let mut bytes = sound.as_bytes().to_vec();
            bytes[end] = byte;
            read(bytes);
        }
    }
}
