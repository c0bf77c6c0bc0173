//! Names find the right nation, several, or none: never a wrong one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use comity::{Day, Gazetteer, LookUp, NamingPolicy, Scheme};

fn key(name: &str) -> Option<&'static str> {
    Gazetteer::builtin().look_up(name).one().map(|nation| nation.key())
}

fn key_at(name: &str, year: i16) -> Option<&'static str> {
    Gazetteer::builtin().look_up_at(name, Day::new(year, 6, 1).unwrap()).one().map(|nation| nation.key())
}

#[test]
fn records_are_whole_and_point_at_each_other() {
    let gazetteer = Gazetteer::builtin();
    assert_eq!(gazetteer.nations().len(), 323);
    for nation in gazetteer.nations() {
        let ends = nation.from().zip(nation.until());
        assert!(ends.is_none_or(|(from, until)| from.first() < until.last()), "{} ends before it begins", nation.key());
        for before in nation.predecessors() {
            let other = gazetteer.nation(before).unwrap();
            assert!(
                other.successors().any(|after| after == nation.key()),
                "{before} does not lead to {}",
                nation.key()
            );
        }
        for after in nation.successors() {
            let other = gazetteer.nation(after).unwrap();
            assert!(
                other.predecessors().any(|before| before == nation.key()),
                "{after} does not come from {}",
                nation.key()
            );
        }
        for other in nation.belongs_to().into_iter().chain(nation.associated_with()) {
            assert!(gazetteer.nation(other).is_some(), "{other} is not there");
        }
    }
}

#[test]
fn names_in_use_find_one_nation_and_ambiguous_ones_their_candidates() {
    for (name, nation) in [
        ("Korea North", "PRK"),
        ("ROK", "KOR"),
        ("the States", "USA"),
        ("Guinea", "GIN"),
        ("Beijing", "CHN"),
        ("Pyongyang", "PRK"),
        ("Canadian", "CAN"),
        ("Taiwan", "TWN"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("Western Sahara", "ESH"),
        ("Hong Kong", "HKG"),
        ("Macao", "MAC"),
        ("Soviet Union", "SUN"),
        ("Q16", "CAN"),
        ("CAN", "CAN"),
    ] {
        assert_eq!(key(name), Some(nation), "{name}");
    }
    for name in ["Korea", "Congo", "Virgin Islands", "Korean", "Congolese"] {
        assert!(matches!(Gazetteer::builtin().look_up(name), LookUp::Ambiguous(found) if found.len() > 1), "{name}");
    }
}

#[test]
fn names_pass_from_one_state_to_another() {
    assert_eq!(key_at("Russia", 2021), Some("RUS"));
    assert_eq!(key_at("Russia", 1900), Some("x-russian-empire"));
    assert_eq!(key_at("Germany", 1960), None, "there were two");
    let cow = |year| Gazetteer::builtin().by_code_at(Scheme::Cow, "365", Day::new(year, 6, 1).unwrap());
    assert_eq!(cow(1950).one().map(|nation| nation.key()), Some("SUN"));
    assert_eq!(cow(2020).one().map(|nation| nation.key()), Some("RUS"));
}

#[test]
fn an_unknown_name_is_suggested_for_and_never_guessed() {
    assert!(matches!(Gazetteer::builtin().look_up("Belguim"), LookUp::Unknown(near) if near[0] == "Belgium"));
    for name in ["", " ", "Atlantis Republic", "\u{0}", "🌊", "Q", "x"] {
        assert!(Gazetteer::builtin().look_up(name).one().is_none(), "{name:?}");
    }
}

#[test]
fn the_caller_picks_whose_name_is_given() {
    let named = |key: &str, policy| Gazetteer::builtin().nation(key).unwrap().name(policy);
    assert_eq!(named("CIV", NamingPolicy::Common), "Ivory Coast");
    assert_eq!(named("CIV", NamingPolicy::Own), "Côte d'Ivoire");
    assert_eq!(named("COD", NamingPolicy::UnitedNations), "Democratic Republic of the Congo");
}
