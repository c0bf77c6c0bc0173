//! The readers of ATOP, on its own files and on rows of ours.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use comity::{
    AllianceLens, AtopAlliancesOptions, AtopOptions, Certainty, Coalition, Code, Gazetteer, Graph, Nation, NodeKind,
    Period, RelationKind, View, read_atop, read_atop_alliances,
};
use shared::data;

fn whole_year(view: View<'_>, year: i16) -> View<'_> {
    let day = |year: i16| format!("{year:04}-01-01").parse().unwrap();
    view.during(Period::new(day(year), day(year + 1)).unwrap())
}

#[test]
fn every_row_and_every_alliance_of_the_member_table_is_read() {
    let Some(file) = data("atop/atop-member-level.csv") else { return };
    let (batch, report) = read_atop(&*file, &AtopOptions::new());
    // One member has a number that is not in the state system, nor in the gazetteer: the Annam of 1874.
    assert_eq!((report.read(), report.mapped(), report.rejected(), report.dropped()), (2_398, 2_397, 1, 0), "{report}");
    let rejected = &report.diagnostics()[0];
    assert_eq!(
        (rejected.code, rejected.path.as_str(), rejected.value.as_deref()),
        (Code::I0301, "/member", Some("\"8152\""))
    );
    let graph = Graph::new().apply(batch).unwrap();
    let coalitions = graph.nodes().filter(|node| node.kind() == NodeKind::Coalition);
    let (alliances, phases): (Vec<_>, Vec<_>) = coalitions.map(|node| node.key()).partition(|key| !key.contains('.'));
    assert_eq!(alliances.len(), 745);
    // Phases in which more was pledged than in all: of the twelve alliances whose pledges changed.
    let changed: BTreeSet<&str> = phases.iter().map(|key| key.split('.').next().unwrap()).collect();
    assert_eq!(changed.len(), 12);
}

#[test]
fn members_come_and_go_on_the_days_of_the_table() {
    let Some(file) = data("atop/atop-member-level.csv") else { return };
    let graph = Graph::new().apply(read_atop(&*file, &AtopOptions::new()).0).unwrap();
    let members = |alliance: &str, day: &str| -> Vec<String> {
        let alliance = graph.find::<Coalition>(&format!("atop-{alliance}")).unwrap();
        let view = graph.view().as_of(day.parse().unwrap());
        view.members(alliance).filter(|one| one.certainty == Certainty::Certain).map(|one| one.member.key()).collect()
    };
    // The North Atlantic Treaty: twelve from the signature on, Spain from that of its accession, 29 at the end of 2016 (Montenegro had signed).
    assert_eq!(members("3180", "1949-04-03").len(), 0);
    assert_eq!(members("3180", "1949-04-04").len(), 12);
    assert_eq!(members("3180", "2016-12-31").len(), 29);
    assert!(!members("3180", "1981-12-09").contains(&"nation/ESP".into()));
    assert!(members("3180", "1981-12-10").contains(&"nation/ESP".into()));
    // Whoever had number 365 then.
    let with = |year: &str| {
        let view = graph.view().as_of(format!("{year}-06-01").parse().unwrap());
        ["x-russian-empire", "SUN", "RUS"]
            .map(|slug| view.coalitions(graph.find::<Nation>(slug).unwrap()).next().is_some())
    };
    assert_eq!(
        [with("1900"), with("1970"), with("2010")],
        [[true, false, false], [false, true, false], [false, false, true]]
    );
}

/// The numbers of both Germanies of the Correlates of War are one nation here.
fn number(code: u16) -> u16 {
    if code == 260 { 255 } else { code }
}

/// Pairs of numbers, the lower first, with an alliance in the year: any, and one that pledges defence.
fn pairs(graph: &Graph, year: i16) -> [BTreeSet<(u16, u16)>; 2] {
    let gazetteer = Gazetteer::builtin();
    let mut members: BTreeMap<String, (bool, BTreeSet<u16>)> = BTreeMap::new();
    for edge in whole_year(graph.view(), year).edges(RelationKind::MemberOf) {
        let key = edge.source.key();
        let nation = gazetteer.nation(key.strip_prefix("nation/").unwrap()).unwrap();
        let (pledges_defence, those) = members.entry(edge.target.key()).or_default();
        *pledges_defence = edge.target.pledges().contains(&comity::Pledge::Defense);
        those.insert(number(nation.cow().unwrap()));
    }
    let mut pairs = [BTreeSet::new(), BTreeSet::new()];
    for (is_defence, members) in members.into_values() {
        for one in &members {
            for other in members.range(one + 1..) {
                pairs[0].insert((*one, *other));
                if is_defence {
                    pairs[1].insert((*one, *other));
                }
            }
        }
    }
    pairs
}

#[test]
fn allies_are_those_of_the_dyad_years_but_for_what_the_later_version_changed() {
    let (Some(file), Some(dyads)) = (data("atop/atop-member-level.csv"), data("atop/atop-directed-dyad-year.csv"))
    else {
        return;
    };
    let graph = Graph::new().apply(read_atop(&*file, &AtopOptions::new()).0).unwrap();
    let mut theirs: BTreeMap<i16, [BTreeSet<(u16, u16)>; 2]> = BTreeMap::new();
    let mut rows = 0;
    for line in String::from_utf8(dyads).unwrap().lines().skip(1) {
        rows += 1;
        let fields: Vec<u16> = line.split(',').map(|field| field.parse().unwrap()).collect();
        let (one, other) = (number(fields[0]), number(fields[1]));
        let pairs = theirs.entry(fields[2] as i16).or_default();
        let pair = (one.min(other), one.max(other));
        if fields[3..].contains(&1) {
            pairs[0].insert(pair);
        }
        if fields[3] == 1 {
            pairs[1].insert(pair);
        }
    }
    assert_eq!(rows, 273_296);
    let (mut both, mut only_theirs, mut only_ours) = ([0, 0], [0, 0], [0, 0]);
    for (year, theirs) in theirs.iter().filter(|(year, _)| **year <= 2016) {
        for (nth, ours) in pairs(&graph, *year).iter().enumerate() {
            both[nth] += ours.intersection(&theirs[nth]).count();
            only_theirs[nth] += theirs[nth].difference(ours).count();
            only_ours[nth] += ours.difference(&theirs[nth]).count();
        }
    }
    println!(
        "pair-years with any pledge, and with defence: in both {both:?}, in the dyad-years only {only_theirs:?}, here only {only_ours:?}"
    );
    for nth in [0, 1] {
        let all = both[nth] + only_theirs[nth] + only_ours[nth];
        assert!(both[nth] * 1_000 >= all * 993, "{nth}: {} of {all}", both[nth]);
    }
}

#[test]
fn the_defence_lens_sees_the_pairs_with_a_pledge_of_defence() {
    let Some(file) = data("atop/atop-member-level.csv") else { return };
    let graph = Graph::new().apply(read_atop(&*file, &AtopOptions::new()).0).unwrap();
    for year in [1850, 1938, 1955] {
        let view = whole_year(graph.view(), year);
        let mut seen = BTreeSet::new();
        for nation in graph.nodes().filter(|node| node.kind() == NodeKind::Nation) {
            let cow =
                |key: String| number(Gazetteer::builtin().nation(&key["nation/".len()..]).unwrap().cow().unwrap());
            let one = cow(nation.key());
            for ally in view.allies(nation, AllianceLens::DefencePact) {
                let other = cow(ally.ally.key());
                seen.insert((one.min(other), one.max(other)));
            }
        }
        assert_eq!(seen, pairs(&graph, year)[1], "{year}");
    }
}

#[test]
fn every_alliance_of_the_alliance_table_is_read() {
    let Some(file) = data("atop/atop-alliance-level.csv") else { return };
    let (batch, report) = read_atop_alliances(&*file, &AtopAlliancesOptions::new());
    assert!(report.is_clean(), "{report}");
    assert_eq!((report.read(), report.mapped()), (745, 745));
    let graph = Graph::new().apply(batch).unwrap();
    assert_eq!(graph.nodes().len(), 745);
}

const HEADING: &str =
    "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,defense,offense,neutral,nonagg,consul";

#[test]
fn a_pledge_of_one_phase_makes_no_allies_in_another() {
    let rows = format!(
        "{HEADING}\n\
         9001,20,1950,1,1,1960,1,1,1,0,0,0,1,0\n9001,395,1950,1,1,1960,1,1,1,0,0,0,1,0\n\
         9001,20,1960,1,1,0,0,0,2,1,0,0,1,0\n9001,395,1960,1,1,0,0,0,2,1,0,0,1,0\n"
    );
    let options = AtopOptions::new().coverage_end("1970-12-31".parse().unwrap());
    let (batch, report) = read_atop(rows.as_bytes(), &options);
    assert!(report.is_clean(), "{report}");
    let graph = Graph::new().apply(batch).unwrap();
    let canada = graph.find::<Nation>("CAN").unwrap();
    let allies = |day: &str, lens| graph.view().as_of(day.parse().unwrap()).allies(canada, lens).count();
    assert_eq!(allies("1959-12-31", AllianceLens::DefencePact), 0);
    assert_eq!(allies("1960-01-01", AllianceLens::DefencePact), 1);
    assert_eq!(allies("1959-12-31", AllianceLens::SharedCoalition), 1);
    let alliance = graph.find::<Coalition>("atop-9001").unwrap();
    assert_eq!(graph.view().members(alliance).count(), 2);
    // Certain while the table covers it, possible after.
    let after = graph.view().as_of("1971-01-01".parse().unwrap()).members(alliance).next().unwrap();
    assert_eq!(after.certainty, Certainty::Possible);
}

#[test]
fn without_a_known_version_nobody_guesses_how_far_the_table_goes() {
    let rows = format!("{HEADING}\n9001,20,1950,1,1,0,0,0,0,1,0,0,0,0\n");
    let (batch, report) = read_atop(rows.as_bytes(), &AtopOptions::new());
    assert_eq!((report.rejected(), report.diagnostics()[0].code, batch.sources()), (1, Code::I0206, 0));
}
