//! Event data of ICEWS and GDELT: other people's files to the last row, actors that are never a wrong nation, and hostile input.

#![cfg(feature = "tables")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::PathBuf;

use comity::{
    Act, Batch, CameoEvent, Claim, Code, Detention, FactType, Gazetteer, GdeltOptions, Graph, IcewsOptions,
    ImportReport, LookUp, Modality, Nation, NodeKind, NodeRef, Organization, RelationKind, Role, SourceKind, Statement,
    Voice, read_gdelt, read_icews,
};
use proptest::prelude::*;

fn shared(file: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("COMITY_SHARED").map(PathBuf::from) else {
        println!("skipped: event data are read from the folder that COMITY_SHARED names");
        return None;
    };
    Some(std::fs::read(folder.join("data").join(file)).unwrap())
}

fn icews(file: &[u8]) -> (Batch, ImportReport) {
    read_icews(file, &IcewsOptions::new())
}

fn gdelt(file: &[u8]) -> (Batch, ImportReport) {
    read_gdelt(file, &GdeltOptions::new())
}

/// Read, mapped, kept, dropped, rejected.
fn sum(report: &ImportReport) -> [u64; 5] {
    [report.read(), report.mapped(), report.kept(), report.dropped(), report.rejected()]
}

/// How many claims of events there are by the class of CAMEO in their gloss; all of them alleged, by the data set's own voice.
fn by_root(graph: &Graph) -> BTreeMap<&'static str, usize> {
    let mut classes = BTreeMap::new();
    for claim in graph.sources().flat_map(|source| source.claims()) {
        assert_eq!(claim.modality(), Modality::Alleged);
        assert!(matches!(claim.voices()[..], [Voice::Author(source)] if source.source().kind() == SourceKind::Dataset));
        assert!(claim.said_in().is_none() && !claim.is_negated());
        if let Some(event) = claim.gloss().and_then(CameoEvent::of_gloss) {
            *classes.entry(event.root()).or_default() += 1;
        } else {
            assert!(matches!(claim.fact(), FactType::Affiliation | FactType::Nationality), "{:?}", claim.fact());
        }
    }
    classes
}

#[test]
fn every_row_of_icews_is_in_the_graph_once() {
    let Some(file) = shared("icews/events.2018.sample.tab") else { return };
    let (batch, report) = icews(&file);
    assert_eq!(sum(&report), [3_705, 3_196, 509, 0, 0], "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    assert_eq!(graph.nodes_of(NodeKind::Detention).count(), 244);
    // 951 rows, most of them twice: once from each side.
    assert_eq!(graph.nodes_of(NodeKind::Meeting).count(), 477);
    let text = String::from_utf8(file).unwrap();
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for row in text.lines().skip(1) {
        *expected.entry(&row.split('\t').nth(6).unwrap()[..2]).or_default() += 1;
    }
    assert_eq!(by_root(&graph), expected);
    // A story is a source, and the data set is one.
    let stories: BTreeSet<&str> = text.lines().skip(1).map(|row| row.split('\t').nth(11).unwrap()).collect();
    assert_eq!(graph.sources().count(), stories.len() + 1);
}

/// The claim of the event of a number.
fn claim_of<'g>(graph: &'g Graph, prefix: &str, id: &str) -> Claim<'g> {
    let slug = format!("{prefix}-{id}");
    let mut nodes = [NodeKind::Detention, NodeKind::Sanction, NodeKind::Meeting, NodeKind::Statement]
        .into_iter()
        .filter_map(|kind| graph.find_key(&comity::Key::of(kind, &slug).unwrap()));
    let node = nodes.next().unwrap_or_else(|| panic!("no event {slug}"));
    assert!(nodes.next().is_none(), "{slug} is two events");
    graph.node(node).claims().find(|claim| claim.event().map(NodeRef::id) == Some(node)).unwrap()
}

/// The nations that an actor is or is said, by whatever row, to belong to.
fn nations_of(actor: NodeRef<'_>) -> BTreeSet<String> {
    if actor.kind() == NodeKind::Nation {
        return BTreeSet::from([actor.key()]);
    }
    let told = actor.claims().filter(|other| other.fact() == FactType::Affiliation);
    let of = told.filter(|other| other.fillers(Role::Who).any(|who| who == actor));
    of.flat_map(|other| other.fillers(Role::To)).filter(|to| to.kind() == NodeKind::Nation).map(NodeRef::key).collect()
}

const FROM: [Role; 4] = [Role::By, Role::Speaker, Role::Participant, Role::Host];
const ON: [Role; 4] = [Role::Detained, Role::Target, Role::Participant, Role::Host];

#[test]
fn an_actor_of_icews_has_the_nation_of_its_country_or_none() {
    let Some(file) = shared("icews/events.2018.sample.tab") else { return };
    let graph = Graph::new().apply(icews(&file).0).unwrap();
    let (mut found, mut none) = (0, BTreeSet::new());
    for row in String::from_utf8(file).unwrap().lines().skip(1) {
        let row: Vec<&str> = row.split('\t').collect();
        if row[6].starts_with("04") {
            continue; // two rows are one meeting
        }
        let claim = claim_of(&graph, "icews", row[0]);
        for (roles, country) in [(FROM, row[4]), (ON, row[10])] {
            let expected = match Gazetteer::builtin().look_up_at(country, row[1].parse().unwrap()) {
                LookUp::One(nation) if country != "NA" => Some(format!("nation/{}", nation.nation.key())),
                _ => None,
            };
            for actor in roles.into_iter().flat_map(|role| claim.fillers(role)) {
                let nations = nations_of(actor);
                assert!(nations.iter().all(|nation| Some(nation) == expected.as_ref()), "{row:?}: {nations:?}");
                found += nations.len();
                if nations.is_empty() && expected.is_some() {
                    none.insert(row[0].to_owned());
                }
            }
        }
    }
    assert!(found > 4_000 && none.is_empty(), "{found}; {none:?}");
}

#[test]
fn actors_of_icews_are_nations_organizations_and_groups_and_the_unspecified_is_many() {
    let Some(file) = shared("icews/events.2018.sample.tab") else { return };
    let graph = Graph::new().apply(icews(&file).0).unwrap();
    let view = graph.view();
    let india = graph.find::<Nation>("IND").unwrap();
    let police = graph.find::<Organization>("icews-IND.police").unwrap();
    assert_eq!(graph.node(police).name(), Some("Police (India)"));
    assert!(view.edges_from(RelationKind::AffiliatedWith, police).any(|edge| edge.target.key() == "nation/IND"));
    // The police are an organ of India: what they do, India does.
    assert!(view.detentions().by(india).count() >= view.detentions().by(police).count());
    assert!(view.detentions().by(police).count() > 60);
    assert!(view.detentions().by(india).of_nationality(india).count() > 30);
    assert!(
        graph.find::<Organization>("european-union").is_some()
            && graph.find::<Organization>("united-nations").is_some()
    );
    let named = |name: &str| graph.nodes_of(NodeKind::Group).filter(|group| group.name() == Some(name)).count();
    assert_eq!((named("Donald Trump"), named("Kim Jong-Un")), (1, 1));
    assert!(named("Unspecified Actor") > 50);
    let accusations = view.statements().act(Act::Accuse).count();
    assert!(accusations > 0 && view.statements().by(graph.find::<Nation>("USA").unwrap()).count() > 50);
}

#[test]
fn every_row_of_both_versions_of_gdelt_is_in_the_graph_once() {
    for (file, sums, stories) in [
        ("gdelt/20180101000000.export.CSV", [2_414, 1_777, 637, 0, 0], 372),
        ("gdelt/georgia_aug2012_undp.csv", [1_255, 1_005, 250, 0, 0], 0),
    ] {
        let Some(file) = shared(file) else { return };
        let (batch, report) = gdelt(&file);
        assert_eq!(sum(&report), sums, "{report}");
        let graph = Graph::new().apply(batch).unwrap();
        assert_eq!(by_root(&graph).values().sum::<usize>() as u64, sums[0]);
        assert_eq!(graph.sources().count(), stories + 1);
        assert!(graph.sources().filter(|source| source.id() != "gdelt").all(|source| source.source().url.is_some()));
    }
}

#[test]
fn an_actor_of_gdelt_has_the_nation_of_its_country_code_or_none() {
    let Some(file) = shared("gdelt/20180101000000.export.CSV") else { return };
    let graph = Graph::new().apply(gdelt(&file).0).unwrap();
    let mut found = 0;
    for row in String::from_utf8(file).unwrap().lines() {
        let row: Vec<&str> = row.split('\t').collect();
        if row[26].starts_with("04") {
            continue;
        }
        let claim = claim_of(&graph, "gdelt", row[0]);
        for (roles, country) in [(FROM, row[7]), (ON, row[17])] {
            let is_region = ["AFR", "EUR", "NMR", "WAF", "WST"].contains(&country);
            let expected = (!country.is_empty() && !is_region).then(|| format!("nation/{country}"));
            for actor in roles.into_iter().flat_map(|role| claim.fillers(role)) {
                let nations = nations_of(actor);
                assert_eq!(nations.first().cloned(), expected, "{} {country}", row[0]);
                found += nations.len();
            }
        }
    }
    assert!(found > 1_000, "{found}");
    assert!(graph.find::<Organization>("united-nations").is_some());
    // Police, without saying whose, are others in every story.
    let somebodys = graph.nodes_of(NodeKind::Organization).filter(|node| node.name() == Some("POLICE")).count();
    assert!(somebodys > 20, "{somebodys}");
}

const HEAD: &str = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tCAMEO Code\tTarget Name\tTarget \
                    Sectors\tTarget Country\tStory ID\tSentence Number\n";

fn told(rows: &str) -> (Graph, ImportReport) {
    let (batch, report) = icews(format!("{HEAD}{rows}").as_bytes());
    (Graph::new().apply(batch).unwrap(), report)
}

#[test]
fn a_name_that_two_could_bear_is_a_nation_only_with_its_country() {
    let (graph, report) = told(
        "1\t2018-06-01\tGeorgia\tNA\tUnited States\t010\tJordan\tNA\tJordan\t1\t1\n\
         2\t2018-06-01\tKorea\tNA\tKorea\t010\tCongo\tNA\tCongo\t1\t2\n\
         3\t2018-06-01\tPolice (Iran)\tPolice\tIraq\t010\tBeijing\tNA\tChina\t1\t3\n\
         4\t1950-06-01\tEstonia\tNA\tEstonia\t010\tAtlantis\tNA\tAtlantis\t1\t4\n",
    );
    assert_eq!(sum(&report), [4, 4, 0, 0, 0], "{report}");
    let nations: Vec<_> = graph.nodes_of(NodeKind::Nation).map(NodeRef::key).collect();
    assert_eq!(nations, ["nation/CHN", "nation/JOR", "nation/USA"]);
    let statements = graph.find::<Nation>("JOR").unwrap();
    assert_eq!(graph.view().statements().about(statements).count(), 1);
    assert_eq!(
        graph.view().statements().by(graph.find::<Nation>("USA").unwrap()).count(),
        0,
        "a state of it is not it"
    );
}

#[test]
fn a_nation_is_never_arrested_and_people_arrest_nobody() {
    let (graph, report) = told(
        "1\t2018-06-01\tChina\tNA\tChina\t173\tJapan\tNA\tJapan\t1\t1\n\
         2\t2018-06-01\tJohn Doe\tNA\tChina\t173\tPolice (Japan)\tPolice\tJapan\t1\t2\n\
         3\t2018-06-01\tNA\tNA\tNA\t173\tNA\tNA\tNA\t1\t3\n\
         4\t2018-06-01\tNA\tNA\tNA\t173\tCitizen (Japan)\tSocial\tJapan\t1\t4\n\
         5\t2018-06-01\tPolice (China)\tNA\tChina\t173\tNA\tNA\tNA\t\t4\n",
    );
    assert_eq!(sum(&report), [5, 4, 0, 1, 0], "{report}");
    let japan = graph.find::<Nation>("JPN").unwrap();
    assert_eq!(graph.view().detentions().of_nationality(japan).count(), 1);
    let by = |id: &str| {
        let case = graph.find::<Detention>(id).unwrap();
        graph.view().edges_to(RelationKind::Detains, case).map(|edge| edge.source.key()).collect::<Vec<_>>()
    };
    assert_eq!(by("icews-1"), ["nation/CHN"]);
    assert!(by("icews-2").is_empty() && by("icews-4").is_empty());
    assert_eq!(by("icews-5"), ["organization/icews-CHN.police"]);
}

#[test]
fn a_meeting_told_from_both_sides_is_one_and_from_another_sentence_another() {
    let (graph, report) = told(
        "1\t2018-06-01\tChina\tNA\tChina\t042\tJapan\tNA\tJapan\t1\t1\n\
         2\t2018-06-01\tJapan\tNA\tJapan\t043\tChina\tNA\tChina\t1\t1\n\
         3\t2018-06-01\tJapan\tNA\tJapan\t040\tChina\tNA\tChina\t1\t1\n\
         4\t2018-06-01\tJapan\tNA\tJapan\t043\tChina\tNA\tChina\t1\t2\n\
         5\t2018-06-01\tJapan\tNA\tJapan\t043\tChina\tNA\tChina\t2\t1\n\
         6\t2018-06-01\tJapan\tNA\tJapan\t040\tJapan\tNA\tJapan\t2\t1\n",
    );
    assert_eq!(sum(&report), [6, 6, 0, 0, 0], "{report}");
    let meetings: Vec<_> = graph.nodes_of(NodeKind::Meeting).map(|node| (node.key(), node.claims().count())).collect();
    let expected = [("1", 2), ("3", 1), ("4", 1), ("5", 1), ("6", 1)];
    assert_eq!(meetings, expected.map(|(id, claims)| (format!("meeting/icews-{id}"), claims)));
    assert_eq!(graph.view().conflicts().count(), 0);
}

#[test]
fn restrictions_at_home_are_no_sanctions_and_fights_no_words() {
    let (graph, report) = told(
        "1\t2018-06-01\tChina\tNA\tChina\t163\tJapan\tNA\tJapan\t1\t1\n\
         2\t2018-06-01\tChina\tNA\tChina\t172\tJapan\tNA\tJapan\t1\t2\n\
         3\t2018-06-01\tChina\tNA\tChina\t172\tCitizen (China)\tNA\tChina\t1\t3\n\
         4\t2018-06-01\tChina\tNA\tChina\t190\tJapan\tNA\tJapan\t1\t4\n\
         5\t2018-06-01\tChina\tNA\tChina\t1122\tJapan\tNA\tJapan\t1\t5\n\
         5\t2018-06-01\tChina\tNA\tChina\t1122\tJapan\tNA\tJapan\t1\t5\n",
    );
    assert_eq!(sum(&report), [6, 3, 2, 1, 0], "{report}");
    let china = graph.find::<Nation>("CHN").unwrap();
    assert_eq!(graph.view().sanctions().by(china).count(), 2);
    let act = |id: &str| {
        let said = graph.node(graph.find::<Statement>(id).unwrap());
        said.claims().next().unwrap().qualifiers().word(comity::Qualifier::Act)
    };
    assert_eq!([act("icews-3"), act("icews-4"), act("icews-5")], [Some("other"), Some("other"), Some("accuse")]);
}

#[test]
fn every_code_of_cameo_is_read_and_no_class_and_no_code_that_lost_its_zero() {
    let row = |nth: usize, code: &str| format!("{nth}\t2018-06-01\tChina\tNA\tChina\t{code}\tJapan\tNA\tJapan\t1\t1\n");
    let kinds: Vec<_> = CameoEvent::all().filter(|event| event.parent().is_some()).collect();
    let rows: String = kinds.iter().enumerate().map(|(nth, event)| row(nth, event.code())).collect();
    let (graph, report) = told(&rows);
    assert_eq!((report.mapped() + report.kept(), report.read()), (291, 291), "{report}");
    assert_eq!(by_root(&graph).len(), 20);
    let (_, report) =
        told(&["10", "17", "40", "43", "0", "", "NA", "1730000", "o40"].map(|code| row(1, code)).concat());
    assert_eq!(sum(&report), [9, 0, 0, 0, 9], "{report}");
}

#[test]
fn what_is_wrong_with_a_row_is_told_at_its_field_and_costs_no_other() {
    let (_, report) = told(
        "x\t2018-06-01\tChina\tNA\tChina\t163\tJapan\tNA\tJapan\t1\t1\n\
         2\t2018-06\tChina\tNA\tChina\t163\tJapan\tNA\tJapan\t1\t1\n\
         3\t2018-02-30\tChina\tNA\tChina\t163\tJapan\tNA\tJapan\t1\t1\n\
         4\t2018-06-01\tChina\tNA\tChina\t40\tJapan\tNA\tJapan\t1\t1\n\
         5\t2018-06-01\tChina\n\
         6\t2018-06-01\tChina\tNA\tChina\t163\tJapan\tNA\tJapan\t1\t1\n",
    );
    assert_eq!(sum(&report), [6, 1, 0, 0, 5], "{report}");
    let places: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.column)).collect();
    let expected =
        [(Code::I0201, 2, 1), (Code::I0202, 3, 3), (Code::I0202, 4, 3), (Code::I0206, 5, 29), (Code::I0103, 6, 1)];
    assert_eq!(places, expected);
}

/// A row of GDELT 2.0 with these columns filled.
fn gdelt_row(filled: &[(usize, &str)]) -> String {
    let mut row = vec![""; 61];
    (row[1], row[26], row[59]) = ("20180101", "112", "20180101000000");
    filled.iter().for_each(|(nth, text)| row[*nth] = text);
    row.join("\t") + "\n"
}

#[test]
fn codes_of_gdelt_in_small_letters_of_regions_and_of_roles_are_no_nations() {
    let rows = [
        gdelt_row(&[(0, "1"), (5, "che"), (6, "CHE"), (15, "EUR"), (17, "EUR"), (60, "http://a.example/1")]),
        gdelt_row(&[(0, "2"), (5, "IGOEUREEC"), (7, "EUR"), (8, "EEC"), (15, "IGOUNOGOV"), (18, "UNO")]),
        gdelt_row(&[(0, "3"), (5, "RUS"), (7, "RUS"), (1, "19850101"), (15, "USAGOV"), (17, "USA"), (53, "GG")]),
        gdelt_row(&[(0, "4")]),
        gdelt_row(&[(0, "5"), (5, "CHN"), (7, "CHN"), (1, "20180132")]),
        gdelt_row(&[(0, "6"), (5, "CHN"), (7, "CHN"), (59, "2018")]),
    ];
    let (batch, report) = gdelt(rows.concat().as_bytes());
    assert_eq!(sum(&report), [6, 3, 0, 1, 2], "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let nations: Vec<_> = graph.nodes_of(NodeKind::Nation).map(NodeRef::key).collect();
    assert_eq!(nations, ["nation/USA"], "there was no Russia in 1985, and Georgia was not there");
    let bodies: Vec<_> = graph.nodes_of(NodeKind::Organization).map(NodeRef::key).collect();
    assert_eq!(bodies, ["organization/european-union", "organization/gdelt-USAGOV", "organization/united-nations"]);
}

#[test]
fn gdelt_is_read_with_and_without_a_first_row_by_tabs_and_by_commas() {
    let row = gdelt_row(&[(0, "1"), (5, "CHN"), (7, "CHN"), (60, "http://a.example/1,2")]);
    let version_1 = |row: &str| {
        let fields: Vec<&str> = row.trim_end().split('\t').collect();
        let kept = fields.iter().enumerate().filter(|(nth, _)| ![39, 47, 55].contains(nth));
        kept.map(|(_, field)| format!("\"{field}\"")).collect::<Vec<_>>()
    };
    let names = "GLOBALEVENTID,SQLDATE,EventCode,DATEADDED,Actor1Code,Actor1Name,Actor1CountryCode,Actor1KnownGroupCode,\
                 Actor2Code,Actor2Name,Actor2CountryCode,Actor2KnownGroupCode";
    let named = "1,20180101,112,20180101,CHN,NA,CHN,NA,NA,NA,NA,NA";
    for file in [
        row.clone(),
        format!("\u{feff}\r\n{row}").replace('\n', "\r\n"),
        version_1(&row).join(","),
        version_1(&row)[..57].join(","),
        version_1(&row).join("\t").replace('"', ""),
        format!("{names}\n{named}"),
        format!("{names}\n{named}").replace(',', "\t"),
    ] {
        let (batch, report) = gdelt(file.as_bytes());
        assert_eq!(sum(&report), [1, 1, 0, 0, 0], "{file}: {report}");
        assert!(Graph::new().apply(batch).unwrap().find::<Nation>("CHN").is_some(), "{file}");
    }
    for (file, code) in [("", Code::I0108), ("a,b\n1,2\n", Code::I0102), ("1,2,3\n", Code::I0103)] {
        let (batch, report) = gdelt(file.as_bytes());
        assert_eq!((batch.claims(), report.rejected(), report.diagnostics()[0].code), (0, 1, code), "{file}");
    }
}

#[test]
fn a_reader_that_fails_is_told_wherever_it_fails() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let whole = gdelt_row(&[(0, "1"), (5, "CHN"), (7, "CHN")]);
    for cut in [0, 1, 40, whole.len()] {
        let (batch, report) = read_gdelt(whole.as_bytes()[..cut].chain(Fails), &GdeltOptions::new());
        let last = report.diagnostics().last().unwrap();
        assert!(last.code == Code::I0106 && report.rejected() == 1, "{cut}: {report}");
        assert_eq!(batch.claims(), usize::from(cut == whole.len()));
    }
}

#[test]
fn the_same_file_gives_the_same_graph_in_any_order_of_rows_but_for_the_numbers_of_meetings() {
    let Some(file) = shared("icews/events.2018.sample.tab") else { return };
    let text = String::from_utf8(file).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let mut backwards: Vec<&str> = rows.lines().collect();
    backwards.reverse();
    let (batch, report) = icews(format!("{head}\n{}\n", backwards.join("\n")).as_bytes());
    assert_eq!(sum(&report), [3_705, 3_196, 509, 0, 0]);
    let (one, other) = (Graph::new().apply(batch).unwrap(), Graph::new().apply(icews(text.as_bytes()).0).unwrap());
    assert_eq!(by_root(&one), by_root(&other));
    let keys = |graph: &Graph| {
        let nodes = graph.nodes().filter(|node| node.kind() != NodeKind::Meeting && node.scope().is_none());
        nodes.map(NodeRef::key).collect::<Vec<_>>()
    };
    assert_eq!(keys(&one), keys(&other));
}

proptest! {
    #[test]
    fn whatever_stands_in_a_file_nothing_panics_and_the_ledger_adds_up(
        cells in prop::collection::vec(prop::collection::vec(
            prop_oneof![
                Just("China".to_owned()), Just("Police (China)".to_owned()), Just("173".to_owned()), Just("042".to_owned()),
                Just("2018-06-01".to_owned()), Just("7".to_owned()), Just("NA".to_owned()), Just("Unspecified Actor".to_owned()),
                Just("CHN".to_owned()), Just("UNO".to_owned()), Just("20180101".to_owned()), "[^\t\n\r]{0,12}",
            ], 11..=11), 0..12),
        noise in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let rows: String = cells.iter().map(|row| row.join("\t") + "\n").collect();
        let names = "globaleventid\tsqldate\teventcode\tdateadded\tactor1code\tactor1name\tactor1countrycode\t\
                     actor1knowngroupcode\tactor2code\tactor2name\tactor2countrycode\tactor2knowngroupcode\n";
        for (head, read) in [(HEAD, icews as fn(&[u8]) -> _), (names, gdelt)] {
            let rows = if head == HEAD { rows.clone() } else { rows.replace('\n', "\tNA\n") };
            let (batch, report): (Batch, ImportReport) = read(format!("{head}{rows}").as_bytes());
            prop_assert_eq!(report.read(), report.mapped() + report.kept() + report.dropped() + report.rejected());
            prop_assert!(report.read() <= cells.len() as u64);
            prop_assert!(batch.claims() as u64 >= report.mapped() + report.kept());
            Graph::new().apply(batch).unwrap();
            let mut file = format!("{head}{rows}").into_bytes();
            file.splice(head.len().., noise.iter().copied());
            let (_, report) = read(&file);
            let _ = report.to_string();
            let _ = read(&noise);
        }
    }

    #[test]
    fn a_row_that_could_be_one_is_read_and_its_event_found(
        id in 0u64.., day in 1u8..=28, code in 0usize..311, from in "[^\t\n\r]{1,30}", on in "[^\t\n\r]{1,30}",
        country in prop_oneof![Just("China"), Just("Congo"), Just("NA"), Just("Nowhere")],
    ) {
        let event = CameoEvent::all().nth(code).unwrap();
        let row = format!("{id}\t2018-06-{day:02}\t{from}\tNA\t{country}\t{}\t{on}\tNA\t{country}\t1\t1\n", event.code());
        let (graph, report) = told(&row);
        let told = report.mapped() + report.kept() + report.dropped();
        prop_assert_eq!((report.read(), told), (1, u64::from(event.parent().is_some())), "{}", report);
        if report.mapped() + report.kept() == 1 {
            prop_assert_eq!(claim_of(&graph, "icews", &id.to_string()).gloss(), Some(&*event.gloss()));
        }
    }
}
