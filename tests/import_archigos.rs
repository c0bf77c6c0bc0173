//! The reader of Archigos, on its own file and on rows of ours.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use comity::{ArchigosOptions, Certainty, Code, Graph, Nation, Rank, read_archigos};
use shared::data;

#[test]
fn every_spell_is_read_and_every_code_is_the_nation_of_its_letters() {
    let Some(file) = data("archigos/archigos.csv") else { return };
    let (batch, report) = read_archigos(&*file, &ArchigosOptions::new());
    assert_eq!((report.read(), report.mapped(), report.rejected()), (3_409, 3_409, 0), "{report}");
    // Two ids are each of two people: a Canadian and a Dominican, and two Swedes of different centuries.
    assert_eq!(report.warnings(), 2, "{report}");
    assert!(report.diagnostics().iter().all(|one| one.code == Code::I0402));
    let graph = Graph::new().apply(batch).unwrap();
    let leaders = |slug: &str, day: &str| -> Vec<String> {
        let nation = graph.find::<Nation>(slug).unwrap();
        let tenures = graph.view().as_of(day.parse().unwrap()).officials(nation);
        let sure = tenures.filter(|one| one.certainty == Certainty::Certain);
        sure.map(|one| one.person.name().unwrap().to_owned()).collect()
    };
    // The day of handing over is the next one's.
    assert_eq!(leaders("USA", "1877-03-03"), ["Grant"]);
    assert_eq!(leaders("USA", "1877-03-04"), ["Hayes"]);
    assert_eq!(leaders("SUN", "1950-01-01"), ["Stalin"]);
    assert_eq!((leaders("RUS", "2010-01-01"), leaders("RUS", "1950-01-01").len()), (vec!["Putin".to_owned()], 0));
    assert_eq!(leaders("DEU", "2015-12-31"), ["Merkel"]);
    assert_eq!(leaders("CAN", "1940-01-01"), ["King"]);
    let canada = graph.find::<Nation>("CAN").unwrap();
    let king = graph.view().as_of("1940-01-01".parse().unwrap()).officials(canada).next().unwrap();
    assert_eq!((king.title(), king.rank()), ("effective leader", Rank::HeadOfGovernment));
    let dominican = graph.find::<Nation>("DOM").unwrap();
    let other = graph.view().as_of("1877-06-01".parse().unwrap()).officials(dominican).next().unwrap();
    assert_ne!(other.person, king.person);
    assert_eq!(other.person.name(), Some("Buenaventura Baez"));
    // He led three times: one office, three claims.
    let tenures: Vec<_> = graph.view().tenures(king.person).map(|one| one.because.claims().len()).collect();
    assert_eq!(tenures, [3]);
}

#[test]
fn a_leader_of_one_day_led_on_that_day_and_one_still_in_office_goes_on() {
    let rows = "obsid,gwcode,leadid,leader,yrborn,startdate,enddate,exit\n\
                ICE-2001,395,a,Arnar,1950,2001-02-03,2001-02-03,Regular\n\
                ICE-2002,395.0,b,Berg,,2002-01-01,2015-12-31,Still in Office\n\
                CAN-2002,20,c,Cole,,2002-01-01,2014-12-31,Still in Office\n\
                CAN-2002,395,d,Dahl,,2002-01-01,2014-12-31,Regular\n";
    let (batch, report) = read_archigos(rows.as_bytes(), &ArchigosOptions::new());
    assert_eq!((report.mapped(), report.rejected()), (3, 1), "{report}");
    assert_eq!((report.diagnostics()[0].code, report.diagnostics()[0].line), (Code::I0303, 5));
    let graph = Graph::new().apply(batch).unwrap();
    let on = |slug: &str, day: &str| {
        let nation = graph.find::<Nation>(slug).unwrap();
        graph.view().as_of(day.parse().unwrap()).officials(nation).next().map(|one| one.certainty)
    };
    let (certain, possible) = (Some(Certainty::Certain), Some(Certainty::Possible));
    assert_eq!((on("ISL", "2001-02-03"), on("ISL", "2001-02-04")), (certain, None));
    assert_eq!((on("ISL", "2015-12-31"), on("ISL", "2016-01-01")), (certain, possible));
    assert_eq!((on("CAN", "2014-12-31"), on("CAN", "2015-06-01")), (certain, possible));
}
