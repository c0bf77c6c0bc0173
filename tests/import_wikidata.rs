//! Wikidata: what the given figures say is in the files, what becomes of it, and what of it cannot be.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

use std::collections::BTreeMap;

use comity::{
    Claim, Code, FactType, Graph, Holding, ImportReport, Modality, Nation, Person, Role, Stage, WikidataOptions,
    read_wikidata,
};

mod shared;

fn text(path: &str) -> Option<String> {
    shared::data(path).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn read(text: &str) -> (Graph, ImportReport) {
    let (batch, report) = read_wikidata(text.as_bytes(), &WikidataOptions::new());
    let told = report.diagnostics();
    assert_eq!(told.len() as u64 + report.untold(), report.rejected() + report.warnings());
    for one in told {
        assert!(one.line >= 1 && one.column >= 1 && !one.message.is_empty() && !one.message.ends_with('.'), "{one}");
        assert!(matches!(one.code.stage(), Stage::Table | Stage::Record), "{one}");
    }
    (Graph::new().apply(batch).unwrap(), report)
}

fn claims(graph: &Graph) -> Vec<Claim<'_>> {
    graph.source("wikidata").map_or_else(Vec::new, |source| source.claims().collect())
}

/// A person with one statement of a property.
fn person(property: &str, value: &str, qualifiers: &str) -> String {
    let statement = format!(
        r#"{{"id": "Q1$a", "rank": "normal", "mainsnak": {{"snaktype": "value", "datavalue": {{"value": {{"id": "{value}"}}}}}}, "qualifiers": {{{qualifiers}}}}}"#
    );
    format!(
        r#"{{"entities": {{"Q1": {{"id": "Q1", "modified": "2026-04-21T00:00:00Z", "claims": {{"{property}": [{statement}]}}}}}}}}"#
    )
}

fn time(property: &str, time: &str, precision: u8) -> String {
    format!(
        r#""{property}": [{{"snaktype": "value", "datavalue": {{"value": {{"time": "{time}", "precision": {precision}, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}}}}}}]"#
    )
}

#[test]
fn every_statement_of_the_given_entity_is_accounted_for() {
    let Some(text) = text("wikidata/Q7747.json") else { return };
    let (graph, report) = read(&text);
    assert!(report.is_clean(), "{report}");
    let mut properties: BTreeMap<String, usize> = BTreeMap::new();
    let mut facts: BTreeMap<FactType, usize> = BTreeMap::new();
    for claim in claims(&graph) {
        let property = claim.gloss().unwrap().split(' ').next().unwrap().to_owned();
        if claim.local_id().contains('$') {
            *properties.entry(property).or_default() += 1;
        }
        *facts.entry(claim.fact()).or_default() += 1;
        assert!(claim.extras().unwrap().starts_with("{\"x_wikidata\":{"), "the whole statement is kept");
        assert_eq!(claim.modality(), Modality::Asserted);
    }
    // Given: 22 x P39, one of them deprecated; 2 x P27; 3 x P463; 5 x P102, two of them no party.
    let counted: Vec<_> = properties.iter().map(|(property, count)| (property.as_str(), *count)).collect();
    assert_eq!(counted, [("P102", 3), ("P27", 2), ("P39", 21), ("P463", 3)]);
    let dropped: BTreeMap<_, _> = report.dropped_by().collect();
    assert_eq!(dropped["deprecated: Wikidata records it and does not stand by it"], 1);
    assert_eq!(dropped["no value: it is said that there is none"], 2);
    assert_eq!(report.mapped() + report.kept(), 2 + 21 + 3 + 3);
    assert_eq!(facts[&FactType::Nationality], 2);
    assert_eq!(facts[&FactType::Affiliation], 6);
}

#[test]
fn nations_are_found_by_their_items_and_times_keep_their_precision() {
    let Some(text) = text("wikidata/Q7747.json") else { return };
    let (graph, _) = read(&text);
    let putin = graph.find::<Person>("wikidata-q7747").unwrap();
    assert_eq!(graph.node(putin).name(), Some("Vladimir Putin"));
    assert_eq!(graph.node(putin).same_as(), ["wikidata:Q7747"]);
    let mut nations = Vec::new();
    for claim in claims(&graph).into_iter().filter(|claim| claim.fact() == FactType::Nationality) {
        nations.push((claim.fillers(Role::Nation).next().unwrap().key(), claim.when().to_string()));
    }
    nations.sort();
    let expected = [("nation/RUS", "from 1991"), ("nation/SUN", "from an unknown day until 1991")];
    assert_eq!(nations, expected.map(|(key, when)| (key.to_owned(), when.to_owned())));
}

#[test]
fn all_given_entities_read_without_a_fault_also_one_after_another() {
    let names = ["Q7747", "Q254220", "Q233282", "Q1833348"];
    let texts: Option<Vec<_>> = names.iter().map(|name| text(&format!("wikidata/{name}.json"))).collect();
    let Some(texts) = texts else { return };
    let mut sum = 0;
    for text in &texts {
        let (_, report) = read(text);
        assert!(report.is_clean(), "{report}");
        sum += report.read();
    }
    let (graph, report) = read(&texts.join("\n"));
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.read(), sum);
    let russia = graph.find::<Nation>("RUS").unwrap();
    let nationals = |claim: &Claim<'_>| claim.fact() == FactType::Nationality;
    let russians = graph.node(russia).claims().filter(nationals).count();
    assert_eq!(russians, 4);
}

#[test]
fn an_office_is_of_what_its_qualifiers_or_its_position_name() {
    let position = r#"{"id": "Q2", "labels": {"en": {"language": "en", "value": "President of Iceland"}},
        "claims": {"P1001": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q189"}}}}],
                   "P279": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q48352"}}}}]}}"#;
    let dates = [time("P580", "+1980-08-01T00:00:00Z", 11), time("P582", "+1996-08-01T00:00:00Z", 11)].join(",");
    let other = r#""P1366": [{"snaktype": "value", "datavalue": {"value": {"id": "Q3"}}}]"#;
    let (graph, report) = read(&format!("{}\n{position}", person("P39", "Q2", &format!("{dates},{other}"))));
    assert!(report.is_clean(), "{report}");
    let iceland = graph.find::<Nation>("ISL").unwrap();
    let view = graph.view().as_of("1990-01-01".parse().unwrap());
    let holder = view.officials(iceland).find(|one| one.certainty == comity::Certainty::Certain).unwrap();
    assert_eq!((holder.person.key().as_str(), holder.title()), ("person/wikidata-q1", "President of Iceland"));
    let claim = claims(&graph)[0];
    assert_eq!(claim.fillers(Role::Successor).next().unwrap().key(), "person/wikidata-q3");
    assert_eq!(claim.bounds().holds_on("1996-08-01".parse().unwrap()), Holding::No);
    // Without the position nobody knows whose office it is: kept, with its time, and no office.
    let (graph, report) = read(&person("P39", "Q2", &dates));
    assert_eq!((report.kept(), report.mapped()), (1, 0));
    assert_eq!(claims(&graph)[0].fact(), FactType::Characterisation);
    assert_eq!(claims(&graph)[0].when().to_string(), "from 1980-08-01 until 1996-08-01");
}

#[test]
fn relations_are_neither_friendship_nor_alliance_and_bodies_have_members() {
    let snak =
        |id: &str| format!(r#"{{"mainsnak": {{"snaktype": "value", "datavalue": {{"value": {{"id": "{id}"}}}}}}}}"#);
    let entities = format!(
        r#"[{{"id": "Q189", "claims": {{"P530": [{}], "P463": [{}], "P6": [{}]}}}},
            {{"id": "Q298", "claims": {{"P530": [{}]}}}},
            {{"id": "Q9", "claims": {{"P527": [{}, {}]}}}}]"#,
        snak("Q298"),
        snak("Q1065"),
        snak("Q4"),
        snak("Q189"),
        snak("Q189"),
        snak("Q77777")
    );
    let (graph, report) = read(&entities);
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.mapped(), report.kept(), report.dropped()), (3, 2, 1));
    let said: Vec<_> = claims(&graph).into_iter().filter(|claim| claim.fact() == FactType::Characterisation).collect();
    assert_eq!(said[0].qualifiers(), said[1].qualifiers(), "the same is said from either side");
    let nations = graph.find::<comity::Organization>("united-nations").unwrap();
    assert_eq!(graph.view().members(nations).count(), 1);
}

#[test]
fn what_is_wrong_is_told_at_its_place_and_the_rest_is_kept() {
    let first = |text: &str| {
        let (_, report) = read(text);
        let first = report.diagnostics().first().unwrap_or_else(|| panic!("{text}: {report}"));
        (first.code, first.path.clone(), first.line)
    };
    let at = "/entities/Q1/claims/P27/0".to_owned();
    let citizen = |qualifiers: &str| person("P27", "Q189", qualifiers);
    assert_eq!(first(&citizen(&time("P580", "+1990-00-00T00:00:00Z", 8))), (Code::I0202, at.clone(), 1));
    assert_eq!(first(&citizen(&time("P580", "-0044-03-15T00:00:00Z", 11))), (Code::I0202, at.clone(), 1));
    assert_eq!(first(&citizen(&time("P580", "+2001-02-30T00:00:00Z", 11))), (Code::I0202, at.clone(), 1));
    let backwards = [time("P580", "+2001-00-00T00:00:00Z", 9), time("P582", "+2000-00-00T00:00:00Z", 9)].join(",");
    assert_eq!(first(&citizen(&backwards)), (Code::I0204, at.clone(), 1));
    assert_eq!(first(&person("P27", "Q77777777", "")), (Code::I0301, at.clone(), 1));
    assert_eq!(first(&citizen("").replace("normal", "best")), (Code::I0206, at.clone(), 1));
    assert_eq!(first(&citizen("").replace("\"id\": \"Q189\"", "\"id\": 7")), (Code::I0209, at.clone(), 1));
    assert_eq!(first(&citizen("").replace("\"Q1\"", "\"Q1x\"")).0, Code::I0207);
    assert_eq!(first(&citizen("").replace("snaktype", "kind")), (Code::I0209, at, 1));
    assert_eq!(first(&format!("{}\n{}", citizen(""), citizen(""))), (Code::I0208, "/entities/Q1".into(), 2));
    let (_, report) = read("{\n\n}}");
    let told: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.column)).collect();
    assert_eq!(told, [(Code::I0209, 3, 1), (Code::I0109, 3, 2)], "{report}");
    assert_eq!(first("{\n\n}").0, Code::I0209);
    assert_eq!(first("").0, Code::I0108);
    assert_eq!(first("entities").0, Code::I0109);
    let twice = "{\"id\": \"Q1\",\n \"claims\": {\"P27\": [], \"P27\": []}}";
    assert_eq!(first(twice).0, Code::I0209);
}

#[test]
fn a_file_cut_off_at_any_byte_or_with_any_byte_changed_never_panics() {
    let text = person("P39", "Q2", &time("P580", "+1980-08-01T00:00:00Z", 11));
    for end in 0..text.len() {
        assert!(read(&text[..end]).1.rejected() >= 1, "{end}");
        for byte in [b'"', b'}', b'0', b'[', 0xff] {
            let mut bytes = text.clone().into_bytes();
            bytes[end] = byte;
            let (batch, _) = read_wikidata(&*bytes, &WikidataOptions::new());
            Graph::new().apply(batch).unwrap();
        }
    }
    let deep = format!("{{\"id\": \"Q1\", \"claims\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(&deep).1.rejected() >= 1);
}
