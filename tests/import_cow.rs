//! The readers of the Correlates of War, on its own files and on rows of ours.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use comity::{
    AllianceLens, Batch, Certainty, Coalition, Code, CowAlliancesOptions, CowCapabilitiesOptions, CowIgoOptions,
    CowMajorsOptions, CowStatesOptions, Day, Graph, Group, Nation, Organization, Period, RelationKind, View,
    read_cow_alliances, read_cow_capabilities, read_cow_igo, read_cow_majors, read_cow_states,
};
use shared::data;

fn graph(batch: Batch) -> Graph {
    Graph::new().apply(batch).unwrap()
}

/// The nations that a group includes.
fn included(view: View<'_>, group: &str) -> Vec<String> {
    let group = view.graph().find::<Group>(group).unwrap();
    view.edges_from(RelationKind::Includes, group).map(|edge| edge.target.key()).collect()
}

#[test]
fn every_spell_of_the_state_system_is_read_and_every_code_is_the_nation_of_its_name() {
    let Some(file) = data("cow/states2016.csv") else { return };
    let (batch, report) = read_cow_states(&*file, &CowStatesOptions::new());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped()), (243, 243));
    let graph = graph(batch);
    let members = |day: &str| included(graph.view().as_of(day.parse().unwrap()), "cow-state-system");
    // As the list has it: 195 members at its end, and those of 1816.
    assert_eq!((members("2016-12-31").len(), members("1816-01-01").len()), (195, 23));
    let has = |day: &str, nation: &str| members(day).contains(&format!("nation/{nation}"));
    // A number that passed on is whoever had it; the last day of a state counts in.
    for (day, is_there, is_not) in [
        ("1900-01-01", "x-russian-empire", "RUS"),
        ("1950-01-01", "SUN", "RUS"),
        ("2000-01-01", "RUS", "SUN"),
        ("1860-01-01", "x-prussia", "DEU"),
        ("1940-06-01", "x-german-reich", "DEU"),
        ("1990-10-02", "DDR", "x-german-reich"),
        ("1990-10-03", "DEU", "DDR"),
        ("1959-01-01", "x-united-arab-republic", "EGY"),
        ("1930-01-01", "YUG", "SRB"),
    ] {
        assert!(has(day, is_there) && !has(day, is_not), "{day}: {is_there}, not {is_not}");
    }
}

#[test]
fn every_major_power_is_read() {
    let Some(file) = data("cow/majors2016.csv") else { return };
    let (batch, report) = read_cow_majors(&*file, &CowMajorsOptions::new());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped()), (14, 14));
    let graph = graph(batch);
    let majors = |day: &str| included(graph.view().as_of(day.parse().unwrap()), "cow-major-powers");
    assert_eq!(majors("1914-07-28").len(), 8);
    assert_eq!(majors("2016-06-01").len(), 7);
    assert!(graph.find::<Nation>("x-austria-hungary").is_some());
}

#[test]
fn shared_full_memberships_are_those_published_and_every_cell_is_in_the_ledger() {
    let Some(file) = data("cow_igo/state_year_format3.csv") else { return };
    let (batch, report) = read_cow_igo(&*file, &CowIgoOptions::new());
    assert!(report.is_clean(), "{report}");
    assert_eq!(report.read(), 15_557 * 534);
    // Full, associate and observing; none, not there, not known.
    assert_eq!(report.mapped(), 535_772 + 861 + 2_332);
    let dropped: Vec<u64> = report.dropped_by().map(|(_, count)| count).collect();
    assert_eq!(dropped, [5_459_286, 2_170_313, 138_874]);
    let graph = graph(batch);
    let day = |text: &str| text.parse::<Day>().unwrap();
    let in_2014 = graph.view().during(Period::new(day("2014-01-01"), day("2015-01-01")).unwrap());
    let bodies = |slug: &str| -> Vec<String> {
        let nation = graph.find::<Nation>(slug).unwrap();
        in_2014.bodies(nation).filter(|one| one.certainty == Certainty::Certain).map(|one| one.body.key()).collect()
    };
    let shared = |one: &str, other: &str| {
        let theirs = bodies(other);
        bodies(one).iter().filter(|body| theirs.contains(body)).count()
    };
    assert_eq!(shared("USA", "CAN"), 72);
    assert_eq!(shared("RUS", "CHN"), 55);
    assert_eq!(shared("KOR", "PRK"), 29);
    let un = graph.find::<Organization>("igo-un").unwrap();
    let members =
        |date: &str| graph.view().as_of(day(date)).members(un).map(|one| one.member.key()).collect::<Vec<_>>();
    // A seat that passed on, and a number that did.
    let has = |date: &str, slug: &str| members(date).contains(&format!("nation/{slug}"));
    assert!(has("1970-06-01", "TWN") && !has("1970-06-01", "CHN"));
    assert!(has("1972-06-01", "CHN") && !has("1972-06-01", "TWN"));
    assert!(has("1980-06-01", "SUN") && !has("1980-06-01", "RUS") && has("2000-06-01", "RUS"));
}

#[test]
fn a_run_of_years_is_one_membership_and_an_unknown_year_is_no_end() {
    let rows = "year,un,ccode,nato,au\n2011,1,20,0,1\n2010,1,20,0,-9\n2013,1,20,1,1\n2012,1,20,1,-9\n2014,1,20,2,1\n2011,-1,395,-1,-1\n";
    let (batch, report) = read_cow_igo(rows.as_bytes(), &CowIgoOptions::new());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped(), report.dropped()), (18, 11, 7));
    let graph = graph(batch);
    let certainty = |body: &str, date: &str| {
        let body = graph.find::<Organization>(body).unwrap();
        graph.view().as_of(date.parse().unwrap()).members(body).next().map(|one| one.certainty)
    };
    let (certain, possible) = (Some(Certainty::Certain), Some(Certainty::Possible));
    // Full from a day of 2012 until a day of 2014, when it was an associate: no member.
    let days = ["2011-12-31", "2012-06-01", "2013-06-01", "2014-06-01", "2015-01-01"];
    assert_eq!(days.map(|day| certainty("igo-nato", day)), [None, possible, certain, possible, None]);
    // The first year of the table says nothing of the years before it.
    assert_eq!(["2009-01-01", "2015-06-01"].map(|day| certainty("igo-un", day)), [possible, possible]);
    assert_eq!(["2010-06-01", "2012-06-01"].map(|day| certainty("igo-au", day)), [possible, possible]);
}

#[test]
fn every_index_of_capability_is_read_and_found_by_nation_and_by_number() {
    let Some(file) = data("cow/cow_nmc.csv") else { return };
    let (capabilities, report) = read_cow_capabilities(&*file, &CowCapabilitiesOptions::new().file("cow_nmc.csv"));
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.kept(), capabilities.len()), (17_121, 17_121, 17_121));
    let on = |year: i16| Day::new(year, 7, 1).unwrap();
    assert_eq!(capabilities.cinc("USA", on(1816)), Some(0.039697491));
    assert_eq!(capabilities.cinc("SUN", on(1946)), Some(0.12254112));
    assert_eq!((capabilities.cinc("RUS", on(1946)), capabilities.cinc("SUN", on(2010))), (None, None));
    // West Germany and Germany are one nation with two numbers, both of them with an index of 1990.
    assert_eq!((capabilities.cinc("DEU", on(1989)), capabilities.cinc("DEU", on(1990))), (Some(0.027101478), None));
    assert_eq!(capabilities.cinc_of_code(255, on(1990)), Some(0.029267116));
}

const ALLIANCES: &str = "version4id,ccode,state_name,all_st_day,all_st_month,all_st_year,all_end_day,all_end_month,all_end_year,\
                         ss_type,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,mem_end_year,left_censor,right_censor,version";

#[test]
fn formal_alliances_are_read_by_member() {
    let rows = format!(
        "{ALLIANCES}\n\
         9001,20,Canada,4,4,1950,,,,Type I: Defense Pact,4,4,1950,,,,0,1,4.1\n\
         9001,395,Iceland,4,4,1950,,,,Type I: Defense Pact,1,5,1950,30,6,1960,0,0,4.1\n\
         9002,365,Russia,1,1,1980,,,,Type IIb: Nonaggression Pact,1,1,1980,,,,0,1,4.1\n\
         9002,20,Canada,1,1,1980,,,,Type III: Entente,1,1,1980,,,,0,1,4.1\n\
         9003,20,Iceland,1,1,1980,,,,Type III: Entente,1,1,1980,,,,0,1,4.1\n\
         9004,20,Canada,1,1,1980,,,,Type IX,1,1,1980,,,,0,1,4.1\n"
    );
    let (batch, report) = read_cow_alliances(rows.as_bytes(), &CowAlliancesOptions::new());
    assert_eq!((report.read(), report.mapped(), report.rejected()), (6, 4, 2), "{report}");
    let codes: Vec<_> = report.diagnostics().iter().map(|one| (one.code, one.line, one.path.as_str())).collect();
    assert_eq!(codes, [(Code::I0303, 6, "/state_name"), (Code::I0206, 7, "/ss_type")]);
    let graph = graph(batch);
    let canada = graph.find::<Nation>("CAN").unwrap();
    let allies = |day: &str, lens| -> Vec<String> {
        graph.view().as_of(day.parse().unwrap()).allies(canada, lens).map(|one| one.ally.key()).collect()
    };
    // The last day counts in.
    assert_eq!(allies("1960-06-30", AllianceLens::DefencePact), ["nation/ISL"]);
    assert!(allies("1960-07-01", AllianceLens::DefencePact).is_empty());
    assert_eq!(allies("1985-01-01", AllianceLens::SharedCoalition), ["nation/SUN"]);
    assert_eq!(allies("2012-12-31", AllianceLens::SharedCoalition), ["nation/RUS"]);
    assert!(graph.find::<Coalition>("cow-alliance-9003").is_none());
}

#[test]
fn the_two_lists_of_numbers_name_one_nation_wherever_the_crosswalk_says_so() {
    use comity::{Gazetteer, Scheme};
    let Some(file) = data("cow/cw_gw_panel.csv") else { return };
    let gazetteer = Gazetteer::builtin();
    let (mut compared, mut differing) = (0, Vec::new());
    for line in String::from_utf8(file).unwrap().lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let (year, ward, war) = (fields[1].parse::<i16>().unwrap(), fields[2], fields[3]);
        if ward.is_empty() || war.is_empty() {
            continue;
        }
        compared += 1;
        // In a year in which a number passed on, one day of it is enough.
        let agree = [(1, 1), (7, 1), (12, 31)].iter().any(|(month, day)| {
            let on = Day::new(year, *month, *day).unwrap();
            let key = |scheme, code| gazetteer.by_code_at(scheme, code, on).one().map(|nation| nation.key());
            let nation = key(Scheme::Cow, war);
            nation.is_some() && nation == key(Scheme::GleditschWard, ward)
        });
        if !agree {
            differing.push(line.to_owned());
        }
    }
    println!("{compared} compared");
    assert!(differing.is_empty(), "{} of {compared}: {:#?}", differing.len(), &differing[..differing.len().min(40)]);
}
