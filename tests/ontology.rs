//! The tables of the model against the machine-readable ontology of the format, in both directions: nothing is in one that is
//! not in the other. Needs `COMITY_SHARED`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use comity::{
    Act, AnnotatorKind, Attribute, Carried, CoalitionKind, CountPrecision, DateBasis, DetentionForm, DetentionStage,
    Extent, FactSchema, FactType, FoundingStep, Identity, InstrumentKind, InstrumentStage, Lowering, Measure,
    MeetingKind, MeetingMode, MeetingStage, MembershipRole, MentionForm, Modality, NodeKind, NodeKinds,
    OrganizationKind, OriginKind, PlaceKind, Pledge, Qualifier, QualifierType, Rank, Reading, RelationKind, Request,
    Role, Rule, SanctionStage, Stance, TimeKind, Value,
};
use serde_json::Value as Json;

fn ontology() -> Option<Json> {
    let Some(shared) = std::env::var_os("COMITY_SHARED") else {
        eprintln!("skipped: COMITY_SHARED names no folder");
        return None;
    };
    let path = std::path::Path::new(&shared).join("format/ontology.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Some(serde_json::from_str(&text).unwrap())
}

fn words(list: &Json) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

fn keys(object: &Json) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

fn kinds(list: &Json) -> NodeKinds {
    let kinds: Vec<NodeKind> = words(list).into_iter().map(|word| word.parse().unwrap()).collect();
    NodeKinds::of(&kinds)
}

fn fact_types(ontology: &Json) -> impl Iterator<Item = (&'static FactSchema, &Json)> {
    FactType::ALL.iter().map(|fact| (fact.schema(), &ontology["fact_types"][fact.as_str()]))
}

/// Every list of words that the ontology names, with ours.
const ENUMS: &[(&str, &[&str])] = &[
    ("membership_role", MembershipRole::WORDS),
    ("extent", Extent::WORDS),
    ("count_precision", CountPrecision::WORDS),
    ("founding_step", FoundingStep::WORDS),
    ("rule", Rule::WORDS),
    ("rank", Rank::WORDS),
    ("stance", Stance::WORDS),
    ("request", Request::WORDS),
    ("detention_form", DetentionForm::WORDS),
    ("measure", Measure::WORDS),
    ("meeting_mode", MeetingMode::WORDS),
    ("meeting_kind", MeetingKind::WORDS),
    ("act", Act::WORDS),
    ("detention_stage", DetentionStage::WORDS),
    ("sanction_stage", SanctionStage::WORDS),
    ("meeting_stage", MeetingStage::WORDS),
    ("instrument_stage", InstrumentStage::WORDS),
    ("modality", Modality::WORDS),
    ("reading", Reading::WORDS),
    ("date_basis", DateBasis::WORDS),
    ("mention_form", MentionForm::WORDS),
    ("origin_kind", OriginKind::WORDS),
    ("annotator_kind", AnnotatorKind::WORDS),
    ("organization_kind", OrganizationKind::WORDS),
    ("coalition_kind", CoalitionKind::WORDS),
    ("instrument_kind", InstrumentKind::WORDS),
    ("place_kind", PlaceKind::WORDS),
    ("pledge", Pledge::WORDS),
];

#[test]
fn every_list_of_words_is_ours_word_for_word_and_in_order() {
    let Some(ontology) = ontology() else { return };
    let ours: Vec<&str> = ENUMS.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours, keys(&ontology["enums"]));
    for (name, list) in ENUMS {
        assert_eq!(*list, words(&ontology["enums"][*name]), "{name}");
    }
}

#[test]
fn the_node_types_are_ours_with_their_fields() {
    let Some(ontology) = ontology() else { return };
    let types = &ontology["node_types"];
    assert_eq!(NodeKind::WORDS, keys(types));
    for kind in NodeKind::ALL {
        let row = &types[kind.as_str()];
        assert_eq!(row["event"], kind.is_event(), "{kind}");
        assert_eq!(row["design"], format!("{kind:?}"), "the variant is called as the design calls it");
        let list = row["fields"]["kind"].as_str().map_or(vec![], |list| words(&ontology["enums"][list]));
        assert_eq!(kind.subkinds(), list, "kinds of {kind}");
        assert_eq!(row["fields"].get("count").is_some(), *kind == NodeKind::Group);
        assert_eq!(row["fields"].get("pledges").is_some(), *kind == NodeKind::Coalition);
        let stages = ontology["enums"].get(format!("{kind}_stage")).map_or(vec![], words);
        assert_eq!(kind.stages(), stages, "stages of {kind}");
    }
}

#[test]
fn the_classes_are_ours() {
    let Some(ontology) = ontology() else { return };
    let entities: Vec<NodeKind> = NodeKind::ALL.iter().copied().filter(|kind| !kind.is_event()).collect();
    let ours = BTreeMap::from([
        ("actor", NodeKinds::ACTOR),
        ("event", NodeKinds::EVENT),
        ("entity", NodeKinds::of(&entities)),
        ("node", NodeKinds::ANY),
    ]);
    let theirs: BTreeMap<_, _> =
        keys(&ontology["classes"]).into_iter().map(|name| (name, kinds(&ontology["classes"][name]))).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn the_fact_types_are_ours_in_order_and_each_stands_at_its_place() {
    let Some(ontology) = ontology() else { return };
    assert_eq!(FactType::WORDS, keys(&ontology["fact_types"]));
    for fact in FactType::ALL {
        assert_eq!(fact.schema().fact, *fact);
    }
}

#[test]
fn every_role_is_ours_with_its_types_and_numbers_in_order() {
    let Some(ontology) = ontology() else { return };
    let mut used = BTreeSet::new();
    for (schema, row) in fact_types(&ontology) {
        let fact = schema.fact;
        let ours: Vec<&str> = schema.roles.iter().map(|role| role.role.as_str()).collect();
        assert_eq!(ours, keys(&row["roles"]), "roles of {fact}");
        for role in schema.roles {
            used.insert(role.role);
            let theirs = &row["roles"][role.role.as_str()];
            let takes_facts = words(&theirs["types"]) == ["fact"];
            assert_eq!(role.facts, takes_facts, "{fact} {}", role.role);
            if !takes_facts {
                assert_eq!(role.kinds, kinds(&theirs["types"]), "{fact} {}", role.role);
            }
            assert_eq!(role.min as u64, theirs["min"].as_u64().unwrap(), "{fact} {}", role.role);
            assert_eq!(role.max.map(|max| max as u64), theirs["max"].as_u64(), "{fact} {}", role.role);
            let known = ["types", "min", "max", "meaning", "time"];
            assert!(keys(theirs).iter().all(|key| known.contains(key)), "{fact} {} says more than we read", role.role);
        }
        assert_eq!(schema.any_of.iter().map(|role| role.as_str()).collect::<Vec<_>>(), words(&row["any_of"]), "{fact}");
        let apart: Vec<Vec<&str>> = row["apart"].as_array().unwrap().iter().map(words).collect();
        let ours: Vec<Vec<&str>> = schema.apart.iter().map(|(one, other)| vec![one.as_str(), other.as_str()]).collect();
        assert_eq!(ours, apart, "apart in {fact}");
    }
    assert_eq!(used.into_iter().collect::<Vec<_>>(), Role::ALL, "every role is somebody's");
}

#[test]
fn every_qualifier_is_ours_with_its_type_and_default_in_order() {
    let Some(ontology) = ontology() else { return };
    for (schema, row) in fact_types(&ontology) {
        let fact = schema.fact;
        let ours: Vec<&str> = schema.qualifiers.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(ours, keys(&row["qualifiers"]), "qualifiers of {fact}");
        for (name, takes, required) in schema.qualifiers {
            let theirs = &row["qualifiers"][name.as_str()];
            assert_eq!(theirs["required"], *required, "{fact} {name}");
            let list = |list: &str| words(&ontology["enums"][list]);
            match (*takes, theirs["type"].as_str().unwrap()) {
                (QualifierType::Text, "text")
                | (QualifierType::Count, "count")
                | (QualifierType::Duration, "duration")
                | (QualifierType::Date, "date")
                | (QualifierType::Boolean, "boolean")
                | (QualifierType::Integer, "integer")
                | (QualifierType::Stage, "stage of `of`") => {}
                (QualifierType::Words(ours), theirs) if theirs.starts_with("list of ") => {
                    assert_eq!(ours, list(&theirs["list of ".len()..]), "{fact} {name}");
                }
                (QualifierType::Word(ours), theirs) => assert_eq!(ours, list(theirs), "{fact} {name}"),
                (ours, theirs) => panic!("{fact} {name} is {ours:?}, not {theirs}"),
            }
            let default = match schema.default_of(*name) {
                None => None,
                Some(Value::Word(word)) => Some(Json::from(word)),
                Some(Value::Boolean(yes)) => Some(Json::from(yes)),
                Some(other) => panic!("{fact} {name} has the default {other}"),
            };
            assert_eq!(default.as_ref(), theirs.get("default"), "{fact} {name}");
            assert!(keys(theirs).iter().all(|key| ["type", "required", "default"].contains(key)), "{fact} {name}");
        }
        let identity: Vec<&str> = schema.identity.iter().map(|name| name.as_str()).collect();
        assert_eq!(identity, words(&row["identity"]), "identity of {fact}");
        let conflicts: Vec<&str> = schema.conflicts.iter().map(|field| field.as_str()).collect();
        assert_eq!(conflicts, words(&row["conflicts"]), "conflicts of {fact}");
    }
}

#[test]
fn every_fact_type_stands_to_time_as_ours_does() {
    let Some(ontology) = ontology() else { return };
    let word = |time: TimeKind| match time {
        TimeKind::Lasting => "lasting",
        TimeKind::Moment => "moment",
        TimeKind::ByRole => "by role",
        TimeKind::None => "none",
        other => panic!("{other:?} is new"),
    };
    for (schema, row) in fact_types(&ontology) {
        assert_eq!(word(schema.time), row["time"], "{}", schema.fact);
        assert_eq!(schema.event.map(NodeKind::as_str), row.get("node").and_then(Json::as_str), "{}", schema.fact);
        for role in schema.roles {
            if let Some(time) = row["roles"][role.role.as_str()].get("time") {
                assert_eq!(word(schema.time_of(role.role)), time, "{} {}", schema.fact, role.role);
            }
        }
    }
}

/// A lowering as a line of text, from our table.
fn our_lowering(lowering: &Lowering) -> String {
    let end = |role: &Option<Role>| role.map_or("self", Role::as_str);
    match lowering {
        Lowering::Edge { relation, from, to, carrying } => {
            let carrying = carrying.map_or(String::new(), |(name, value)| match value {
                Carried::Word(word) => format!(" {name} = {word}"),
                Carried::Boolean(yes) => format!(" {name} = {yes}"),
                other => panic!("{other:?} is new"),
            });
            format!("{relation} from {} to {}{carrying}", end(from), end(to))
        }
        Lowering::Pairs { relation, among } => format!("{relation} pairs of {among}"),
        Lowering::Attribute { attribute, on } => format!("attribute {attribute} on {on}"),
        other => panic!("{other:?} is new"),
    }
}

/// The same line from theirs. The event node and the content of a statement are not rows of ours: the one is
/// [`FactSchema::event`], the other a role that takes facts.
fn their_lowering(row: &Json) -> Option<String> {
    let text = |key: &str| row[key].as_str().unwrap_or_default();
    if row.get("node").is_some() || row.get("claims").is_some() {
        return None;
    }
    if let Some(attribute) = row.get("attribute") {
        return Some(format!("attribute {} on {}", attribute.as_str()?, text("on")));
    }
    if row.get("pairs").is_some() {
        return Some(format!("{} pairs of {}", text("edge"), text("from")));
    }
    let carries = row.get("carries").map_or(vec![], words);
    let fixed = carries.iter().find(|carried| carried.contains(" = "));
    // What the ontology calls `as`, we call an aspect: the word is taken in Rust.
    let fixed = fixed.map_or(String::new(), |fixed| format!(" {}", fixed.replace("as = ", "aspect = ")));
    Some(format!("{} from {} to {}{fixed}", text("edge"), text("from"), text("to")))
}

#[test]
fn every_fact_becomes_what_the_ontology_says() {
    let Some(ontology) = ontology() else { return };
    let mut attributes = BTreeSet::new();
    for (schema, row) in fact_types(&ontology) {
        let ours: Vec<String> = schema.lowers.iter().map(our_lowering).collect();
        let theirs: Vec<String> = row["lowers"].as_array().unwrap().iter().filter_map(their_lowering).collect();
        assert_eq!(ours, theirs, "{}", schema.fact);
        let node = row["lowers"].as_array().unwrap().iter().find_map(|lowers| lowers.get("node")?.as_str());
        assert_eq!(schema.event.map(|kind| format!("{kind:?}")).as_deref(), node, "{}", schema.fact);
        attributes.extend(row["lowers"].as_array().unwrap().iter().filter_map(|lowers| lowers["attribute"].as_str()));
    }
    assert_eq!(attributes, Attribute::WORDS.iter().copied().collect());
}

#[test]
fn what_an_edge_or_attribute_carries_is_a_qualifier_role_or_gloss_of_its_fact() {
    let Some(ontology) = ontology() else { return };
    for (schema, row) in fact_types(&ontology) {
        for carried in row["lowers"].as_array().unwrap().iter().filter_map(|lowers| lowers.get("carries")) {
            for name in words(carried).into_iter().filter(|name| !name.contains(" = ") && *name != "gloss") {
                let qualifier = Qualifier::from_word(name).is_some_and(|name| schema.qualifier(name).is_some());
                let role = Role::from_word(name).is_some_and(|role| schema.role(role).is_some());
                assert!(qualifier || role, "{} carries {name}", schema.fact);
            }
        }
    }
}

/// A relation runs between all kinds that some fact can put at its ends, and between no other.
#[test]
fn the_ends_of_a_relation_are_those_that_facts_can_put_there() {
    for relation in RelationKind::ALL {
        let (mut sources, mut targets) = (NodeKinds::of(&[]), NodeKinds::of(&[]));
        for schema in FactType::ALL.iter().map(|fact| fact.schema()) {
            let kinds = |role: Option<Role>| match role {
                None => NodeKinds::of(&schema.event.map_or(vec![], |event| vec![event])),
                Some(role) => schema.role(role).expect("lowers name roles of their type").kinds,
            };
            for lowering in schema.lowers {
                match lowering {
                    Lowering::Edge { relation: made, from, to, .. } if made == relation => {
                        sources = sources.union(kinds(*from));
                        targets = targets.union(kinds(*to));
                    }
                    Lowering::Pairs { relation: made, among } if made == relation => {
                        sources = sources.union(kinds(Some(*among)));
                        targets = targets.union(kinds(Some(*among)));
                    }
                    _ => {}
                }
            }
        }
        // A stage can be of four kinds of things; of these only a detention is exchanged.
        if *relation == RelationKind::ExchangedFor {
            assert!(sources.contains(NodeKind::Detention));
            sources = NodeKinds::of(&[NodeKind::Detention]);
        }
        assert_eq!((relation.source(), relation.target()), (sources, targets), "{relation}");
    }
}

#[test]
fn the_schemes_are_ours_and_take_what_their_patterns_take() {
    let Some(ontology) = ontology() else { return };
    assert_eq!(Identity::SCHEMES, keys(&ontology["schemes"]));
    let ids = [
        "",
        "0",
        "1",
        "16",
        "999",
        "1000",
        "9999",
        "10000",
        "010",
        "Q",
        "Q0",
        "Q1",
        "Q16",
        "q16",
        "Q1x",
        "CA",
        "CAN",
        "ca",
        "CANA",
        "C",
        "C1",
        "2660646",
        "5493001KJTIIGC8Y1R12",
        "5493001KJTIIGC8Y1R1",
        "5493001kjtiigc8y1r12",
        "Q16 ",
        "é",
    ];
    for scheme in Identity::SCHEMES {
        let pattern = serde_json::json!({ "type": "string", "pattern": ontology["schemes"][*scheme] });
        let pattern = jsonschema::validator_for(&pattern).unwrap();
        for id in ids {
            let ours = format!("{scheme}:{id}").parse::<Identity>().is_ok();
            assert_eq!(ours, pattern.is_valid(&Json::from(id)), "{scheme}:{id}");
        }
    }
    assert!("x_desk:17".parse::<Identity>().is_ok() && "desk:17".parse::<Identity>().is_err());
}

#[test]
fn the_limits_that_the_model_enforces_are_those_of_the_ontology() {
    let Some(ontology) = ontology() else { return };
    let limits = &ontology["limits"];
    let text = limits["text_codepoints"].as_u64().unwrap() as usize;
    let takes = |codepoints: usize| QualifierType::Text.takes(&Value::Text("é".repeat(codepoints).into()));
    assert_eq!((takes(0), takes(1), takes(text), takes(text + 1)), (false, true, true, false));
    let most = limits["integer_max"].as_u64().unwrap() as u32;
    let counts = |value| QualifierType::Count.takes(&Value::Count(comity::Count::new(value, CountPrecision::Exact)));
    assert_eq!((counts(most), counts(most + 1)), (true, false));
    assert_eq!(limits["exact_codepoints"].as_u64().unwrap() as usize, comity::Quote::LONGEST);
}
