//! Lists of coalitions and of sanctions, against files that others typed: what is in them, and what must not be made of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use comity::{
    Certainty, Coalition, CoalitionListOptions, Code, FactType, Graph, ImportReport, MembershipRole, Nation, NodeKind,
    Organization, Person, Role, Sanctions, SanctionsListOptions, SourceKind, read_coalition_list, read_sanctions_list,
};

fn coalitions() -> Option<(Graph, ImportReport, String)> {
    let file = shared::data("coalitions/coalition_members.csv")?;
    let (batch, report) = read_coalition_list(&file[..], &CoalitionListOptions::new());
    Some((Graph::new().apply(batch).unwrap(), report, String::from_utf8(file).unwrap()))
}

#[test]
fn every_row_of_a_list_of_coalitions_is_a_membership_of_the_right_nation() {
    let Some((graph, report, file)) = coalitions() else { return };
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped()), (236, 236));
    // The codes of the file itself: no coalition has another nation than it says, nor lacks one.
    let mut given: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in file.lines().skip(1) {
        let (name, rest) = match line.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\",").unwrap(),
            None => line.split_once(',').unwrap(),
        };
        given.entry(name).or_default().push(rest.split(',').nth(1).unwrap());
    }
    assert_eq!(given.len(), 6);
    let mut kinds = BTreeMap::new();
    for coalition in graph.nodes().filter(|node| node.kind() == NodeKind::Coalition) {
        let mut keys: Vec<_> = graph.view().members(coalition.id()).map(|one| one.member.key()).collect();
        let party = |code: &str| match code {
            "EUU*" => "organization/european-union".to_owned(),
            code => format!("nation/{code}"),
        };
        let mut expected: Vec<_> = given.remove(coalition.name().unwrap()).unwrap().into_iter().map(party).collect();
        keys.sort();
        expected.sort();
        assert_eq!(keys, expected, "{coalition}");
        *kinds.entry(coalition.subkind().unwrap()).or_insert(0) += 1;
    }
    assert!(given.is_empty(), "{given:?}");
    assert_eq!(kinds, BTreeMap::from([("declaration", 3), ("group_of_friends", 1), ("letter", 2)]));
}

#[test]
fn who_signs_and_withdraws_is_a_signatory_in_between_and_each_page_can_be_left_out() {
    let Some((graph, _, _)) = coalitions() else { return };
    let named = |begins: &str| {
        let mut all = graph.nodes().filter(|node| node.kind() == NodeKind::Coalition);
        all.find(|node| node.name().unwrap().starts_with(begins)).unwrap()
    };
    let (letter, qatar) = (named("Joint letter on Xinjiang, 12 July 2019"), graph.find::<Nation>("QAT").unwrap());
    let on = |day: &str| {
        let view = graph.view().as_of(day.parse().unwrap());
        let found = view.members(letter.id()).find(|one| one.member.id() == qatar.node());
        found.map(|one| (one.certainty, one.role))
    };
    let signed = Some((Certainty::Certain, MembershipRole::Signatory));
    assert_eq!(["2019-07-11", "2019-07-12", "2019-07-17", "2019-07-18"].map(on), [None, signed, signed, None]);
    // 37 on the day, Qatar, and 13 more two weeks later.
    let count = |day: &str| graph.view().as_of(day.parse().unwrap()).members(letter.id()).count();
    assert_eq!((count("2019-07-12"), count("2019-07-26")), (38, 50));
    // A page is a source, which can be left out.
    let source = graph.view().members(letter.id()).find(|one| one.member.id() == qatar.node()).unwrap();
    let claim = source.because.claims().next().unwrap();
    assert_eq!(claim.source().source().kind(), SourceKind::Dataset);
    assert!(claim.source().source().url.as_deref().unwrap().starts_with("https://theprint.in/"));
    assert_eq!(claim.gloss(), Some("signed, then withdrew by letter of 18 July"));
    let without = graph.view().without(claim.source());
    assert_eq!(without.members(letter.id()).count(), 50);
    // Two withdrew from the group on days that nobody gives: they may have been members on any.
    let (group, angola) = (named("Group of Friends"), graph.find::<Nation>("AGO").unwrap());
    let view = graph.view().as_of("2022-01-01".parse().unwrap());
    let angola = view.members(group.id()).find(|one| one.member.id() == angola.node()).unwrap();
    assert_eq!((angola.certainty, angola.role), (Certainty::Possible, MembershipRole::Member));
}

#[test]
fn a_row_of_two_nations_or_of_none_is_rejected_and_the_code_settles_a_name_of_several() {
    let rows = "coalition,member_as_printed,iso3,start,end,kind,key\n\
                Pact,the Congo,COG,2021-01-01,,,\n\
                Pact,Congo,,2021-01-01,,alliance,harbour-pact\n\
                Pact,Russia,,1900-01-01,,,\n\
                Pact,Canada,USA,2021-01-01,,,\n\
                Pact,Atlantis,,2021-01-01,,,\n\
                Pact,Atlantis,ATL,2021-01-01,,,\n\
                Pact,South Sudan,SSD,2001-01-01,,,\n\
                Pact,Iceland,ISL,2021-01-01,2020-01-01,,\n\
                Pact,Iceland,ISL,soon 2021,,,\n\
                Pact,Chile,CHL,2021-01-01,,pact,\n\
                Pact,Chile,CHL,2021-01-01,,alliance,harbour-pact\n";
    let (batch, report) = read_coalition_list(rows.as_bytes(), &CoalitionListOptions::new());
    let told: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.path.as_str())).collect();
    let expected = [
        (Code::I0301, 3, "/member_as_printed"),
        (Code::I0303, 5, "/member_as_printed"),
        (Code::I0301, 6, "/member_as_printed"),
        (Code::I0301, 7, "/iso3"),
        (Code::I0302, 8, "/iso3"),
        (Code::I0204, 9, "/end"),
        (Code::I0202, 10, "/start"),
        (Code::I0206, 11, "/kind"),
    ];
    assert_eq!(told, expected, "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let pact = graph.find::<Coalition>("harbour-pact").unwrap();
    let members: Vec<_> = graph.view().members(pact).map(|one| one.member.key()).collect();
    assert_eq!(members, ["nation/CHL", "nation/COG", "nation/x-russian-empire"]);
    assert_eq!(graph.nodes().find(|node| node.id() == pact.node()).unwrap().subkind(), Some("alliance"));
}

/// China's list and the European Union's, in one graph.
fn sanctions() -> Option<(Graph, [ImportReport; 2])> {
    let cn = shared::data("opensanctions/cn_sanctions.csv")?;
    let eu = shared::data("opensanctions/eu_journal_32020R1998.csv")?;
    let (cn, one) = read_sanctions_list(&cn[..], &SanctionsListOptions::new());
    let (eu, other) = read_sanctions_list(&eu[..], &SanctionsListOptions::new().source("eu-journal"));
    Some((Graph::new().apply(cn).unwrap().apply(eu).unwrap(), [one, other]))
}

#[test]
fn every_row_of_a_list_of_sanctions_is_a_target_of_its_decision() {
    let Some((graph, [cn, eu])) = sanctions() else { return };
    assert!(cn.is_clean() && eu.is_clean(), "{cn}\n{eu}");
    assert_eq!((cn.read(), cn.mapped(), eu.read(), eu.mapped()), (610, 610, 177, 177));
    let china = graph.find::<Nation>("CHN").unwrap();
    let union = graph.find::<Organization>("european-union").unwrap();
    let targets = |cases: Sanctions<'_>| cases.map(|case| case.targets.len()).sum::<usize>();
    assert_eq!(targets(graph.view().sanctions().by(china)), 610);
    assert_eq!(targets(graph.view().sanctions().by(union)), 177);
    let on = |day: &str| {
        let mut cases: Vec<_> =
            graph.view().sanctions().filter(|case| case.dates.to_string() == format!("from {day}")).collect();
        cases.sort_by_key(|case| case.by[0].key());
        cases
    };
    let both = on("2021-03-22");
    let told: Vec<_> =
        both.iter().map(|case| (case.by[0].to_string(), case.targets.len(), case.measures.clone())).collect();
    let expected = [
        ("Ministry of Foreign Affairs".to_owned(), 14, vec!["designation"]),
        ("European Union".to_owned(), 14, vec!["asset_freeze"]),
    ];
    assert_eq!(told, expected);
    assert_eq!(both[1].under[0].name(), Some("32020R1998"));
    assert_eq!(both[1].reasons.len(), 14);
    let zhu = graph.find::<Person>("eu-zhu-hailun").unwrap();
    assert_eq!(graph.view().sanctions().on(zhu).count(), 1);
    assert_eq!(graph.view().sanctions().by(union).on(china).count(), 1);
    // A page can be left out, and with it what it alone says.
    let page = both[0].because.claims().next().unwrap().source();
    assert!(page.source().url.as_deref().unwrap().starts_with("https://www.fmprc.gov.cn/"));
    let left = graph.view().without(page).sanctions().by(china);
    assert!(targets(left) <= 596);
}

#[test]
fn dates_and_names_of_lists_are_read_in_their_forms_or_told() {
    let rows = "Type,Name,Country,Body,Topics,Date,End date,QID\n\
                Person,A,Myanmar/Burma,,sanction,2 March 2021,,Q5\n\
                Company,B,\"Congo, American\",Office,export.control,2.3.2021,22.03.21,\n\
                Vessel,C,,,,2.3.2021,,\n\
                Person,D,,,,32.3.2021,,\n\
                Person,E,,,,2.13.2021,,\n\
                Person,F,,,,3.2021,,\n\
                Person,G,,,,2.3.2021,1.3.2021,\n\
                Person,,,,,2.3.2021,,\n\
                Person,H,,,,,,\n";
    let (batch, report) = read_sanctions_list(rows.as_bytes(), &SanctionsListOptions::new());
    let told: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.path.as_str())).collect();
    let expected = [
        (Code::I0403, 3, "/country"),
        (Code::I0206, 4, "/type"),
        (Code::I0202, 5, "/date"),
        (Code::I0202, 6, "/date"),
        (Code::I0202, 7, "/date"),
        (Code::I0204, 8, "/end date"),
        (Code::I0205, 9, "/name"),
    ];
    assert_eq!(told, expected, "{report}");
    assert_eq!((report.mapped(), report.rejected(), report.warnings()), (3, 6, 1));
    let graph = Graph::new().apply(batch).unwrap();
    let cases: Vec<_> = graph.view().sanctions().map(|case| (case.targets[0].key(), case.dates.to_string())).collect();
    let expected = [("person/cn-a", "from 2021-03-02"), ("organization/cn-b", "from 2021-03-02 until 2021-03-22")];
    assert!(expected.iter().all(|(key, dates)| cases.contains(&((*key).into(), (*dates).into()))), "{cases:?}");
    let nation = |key| graph.find::<Nation>(key).unwrap();
    assert_eq!(graph.view().sanctions().on(nation("MMR")).count(), 1);
    assert_eq!(graph.view().sanctions().by(nation("CHN")).on(nation("USA")).count(), 1);
    let person = graph.nodes().find(|node| node.key() == "person/cn-a").unwrap();
    assert_eq!(person.same_as(), ["wikidata:Q5"]);
}

#[test]
fn the_two_lists_of_22_march_2021_face_each_other_and_nobody_says_that_one_answers() {
    let Some((graph, _)) = sanctions() else { return };
    let pairs = graph.view().mirrored_sanctions(0);
    let told: Vec<_> = pairs.iter().map(|pair| [pair.by, pair.on].map(|actor| actor.key())).collect();
    let (body, state) = ("organization/cn-ministry-of-foreign-affairs", "nation/CHN");
    // The ministry is of China, and China's are the targets: it is China that faces the Union.
    assert_eq!(told, [[state, "organization/european-union"]]);
    let pair = &pairs[0];
    assert_eq!((pair.days_apart, pair.facing), ((0, 0), Certainty::Certain));
    // An answer it may be: dates alone make no more of it.
    assert_eq!(pair.certainty, Certainty::Possible);
    // Each list with all its targets of the day; then four people of China, two bodies of the Union, and the ministry of China.
    let claims = |fact: FactType| pair.because.claims().filter(move |claim| claim.fact() == fact);
    let sources: BTreeSet<_> = claims(FactType::Sanction).map(|claim| claim.source().id()).collect();
    assert!(sources.len() == 2 && sources.contains("eu-journal"), "{sources:?}");
    let who =
        |fact| claims(fact).flat_map(|claim| claim.fillers(Role::Who)).map(|who| who.key()).collect::<BTreeSet<_>>();
    assert_eq!((who(FactType::Nationality).len(), who(FactType::Affiliation).len()), (4, 3));
    assert!(who(FactType::Affiliation).contains(body));
    assert_eq!(graph.view().retaliation().count(), 0);
    // Without either list nothing faces anything.
    let journal = pair.because.claims().map(|claim| claim.source()).find(|source| source.id() == "eu-journal").unwrap();
    assert!(graph.view().without(journal).mirrored_sanctions(0).is_empty());
}

#[test]
fn names_that_differ_by_a_mark_only_are_two_and_keys_are_as_one_would_type_them() {
    let rows = "coalition,member_as_printed,iso3,start,source\n\
                \"Harbour Letter, 2031 (second)\",Iceland,ISL,2031-02-03,https://www.example.org/a\n\
                Harbour Letter 2031 second,Chile,CHL,2031-02-03,https://example.org/b\n\
                Harbour Letter 2031 second,Canada,CAN,2031-02-03,a leaflet\n";
    let (batch, report) = read_coalition_list(rows.as_bytes(), &CoalitionListOptions::new());
    assert!(report.is_clean(), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    assert_eq!(graph.nodes_of(NodeKind::Coalition).count(), 2);
    let letter = graph.find::<Coalition>("harbour-letter-2031-second").unwrap();
    assert_eq!(graph.view().members(letter).map(|one| one.member.key()).collect::<Vec<_>>(), ["nation/ISL"]);
    let pages: Vec<_> = graph.sources().map(|source| source.id().to_owned()).collect();
    assert_eq!(pages, ["coalition-list/a-leaflet", "coalition-list/example.org", "coalition-list/example.org-2"]);
    let rows =
        "Type,Name,Country,Body,Date\nPerson,Li-Wei,,,2.3.2021\nPerson,Li Wei,,,2.3.2021\nPerson,Li Wei,,,3.3.2021\n";
    let (batch, report) = read_sanctions_list(rows.as_bytes(), &SanctionsListOptions::new());
    assert!(report.is_clean(), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    assert_eq!(graph.nodes_of(NodeKind::Person).count(), 2);
    assert!(graph.find::<Person>("cn-li-wei").is_some());
}
