//! The readers of the Correlates of War, on its own files and on rows of ours.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod shared;

use comity::{
    Batch, CowMajorsOptions, CowStatesOptions, Graph, Group, Nation, RelationKind, View, read_cow_majors,
    read_cow_states,
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
