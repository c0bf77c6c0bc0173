//! The memberships that are compiled in, against the counts that the two bodies publish.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use comity::{Certainty, Day, Graph, Id, MembershipRole, Nation, Organization, reference_memberships};

fn reference() -> Graph {
    Graph::new().apply(reference_memberships()).unwrap()
}

fn body(graph: &Graph, slug: &str) -> Id<Organization> {
    graph.find::<Organization>(slug).unwrap()
}

/// How many are certainly and how many possibly members on a day.
fn members(graph: &Graph, slug: &str, day: &str) -> (usize, usize) {
    let members: Vec<_> = graph.view().as_of(day.parse().unwrap()).members(body(graph, slug)).collect();
    let certain = members.iter().filter(|member| member.certainty == Certainty::Certain).count();
    (certain, members.len() - certain)
}

#[test]
fn the_united_nations_have_as_many_members_at_the_end_of_a_year_as_they_publish() {
    let graph = reference();
    for (year, count) in [
        (1945, 51),
        (1946, 55),
        (1950, 60),
        (1955, 76),
        (1960, 99),
        (1965, 117),
        (1970, 127),
        (1975, 144),
        (1980, 154),
        (1990, 159),
        (1991, 166),
        (1992, 179),
        (2000, 189),
        (2006, 192),
        (2010, 192),
        (2011, 193),
        (2020, 193),
    ] {
        assert_eq!(members(&graph, "united-nations", &format!("{year}-12-31")), (count, 0), "{year}");
    }
}

#[test]
fn the_european_union_grows_with_each_accession_and_the_united_kingdom_leaves() {
    let graph = reference();
    for (day, count) in [
        ("1957-12-31", 0),
        ("1958-01-01", 6),
        ("1972-12-31", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1994-12-31", 12),
        ("1995-01-01", 15),
        ("2004-04-30", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-06-30", 27),
        ("2013-07-01", 28),
        ("2020-01-31", 28),
        ("2020-02-01", 27),
        ("2025-12-31", 27),
    ] {
        assert_eq!(members(&graph, "european-union", day), (count, 0), "{day}");
    }
    let union = body(&graph, "european-union");
    let has_kingdom = |day: &str| {
        let view = graph.view().as_of(day.parse().unwrap());
        view.members(union).any(|member| member.member.key() == "nation/GBR")
    };
    assert_eq!([has_kingdom("2020-01-31"), has_kingdom("2020-02-01"), has_kingdom("2021-06-01")], [true, false, false]);
}

#[test]
fn an_observer_is_in_the_body_and_is_no_member() {
    let graph = reference();
    let (nations, palestine) = (body(&graph, "united-nations"), graph.find::<Nation>("PSE").unwrap());
    let view = graph.view().as_of(Day::new(2021, 6, 1).unwrap());
    let roles = |key: &str| {
        let named: Vec<_> = view.memberships(nations).filter(|member| member.member.key() == key).collect();
        named.into_iter().map(|member| member.role).collect::<Vec<_>>()
    };
    assert_eq!(roles("nation/PSE"), [MembershipRole::Observer]);
    assert_eq!(roles("nation/VAT"), [MembershipRole::Observer]);
    assert_eq!(roles("nation/CHE"), [MembershipRole::Member]);
    assert!(view.members(nations).all(|member| member.member.key() != "nation/PSE"));
    assert!(graph.view().shared_coalitions(palestine, graph.find::<Nation>("CHE").unwrap()).next().is_none());
}

#[test]
fn what_holds_on_the_last_day_of_coverage_is_possible_after_it_and_no_longer_certain() {
    assert_eq!(members(&reference(), "united-nations", "2026-06-01"), (0, 193));
}
