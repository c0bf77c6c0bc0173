//! The codes of CAMEO against the published lists: every code, every value, every class.

#![cfg(feature = "tables")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use comity::{CameoEvent, Day, Gazetteer, Scheme};

fn shared(file: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("COMITY_SHARED").map(PathBuf::from) else {
        println!("skipped: the lists of CAMEO are read from the folder that COMITY_SHARED names");
        return None;
    };
    Some(std::fs::read_to_string(folder.join("data/cameo").join(file)).unwrap())
}

/// The rows of a list of two columns.
fn rows(text: &str) -> BTreeMap<&str, &str> {
    text.lines().skip(1).filter_map(|line| line.split_once('\t')).collect()
}

#[test]
fn every_published_code_is_there_and_no_other_with_its_published_value() {
    let (Some(codes), Some(values)) = (shared("CAMEO.eventcodes.txt"), shared("CAMEO.goldsteinscale.txt")) else {
        return;
    };
    let (codes, values) = (rows(&codes), rows(&values));
    assert_eq!((codes.len(), values.len(), CameoEvent::all().len()), (311, 311, 311));
    for event in CameoEvent::all() {
        assert!(codes.contains_key(event.code()), "{}", event.code());
        let value: f32 = values[event.code()].trim().parse().unwrap();
        assert!((event.goldstein() - value).abs() < f32::EPSILON, "{}: {value}", event.code());
        // The names are the published ones, slips mended: most words are the same.
        let words = |text: &str| {
            let text = text.to_lowercase().replace("wmd", "weapons of mass destruction");
            text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
        };
        let (ours, theirs) = (words(event.name()), words(codes[event.code()]));
        let common = ours.iter().filter(|word| theirs.contains(word)).count();
        assert!(common * 2 >= ours.len(), "{}: {} is not {}", event.code(), event.name(), codes[event.code()]);
    }
}

#[test]
fn every_published_class_of_plover_is_there_and_no_other() {
    let Some(table) = shared("CAMEO2PLOVER-2021.txt") else { return };
    let mut classes: BTreeMap<&str, Vec<[String; 3]>> = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit())) {
        let (code, class) = line.split('#').next().unwrap().split_once(':').unwrap();
        let mut fields = class.split(',').map(|field| field.trim().to_owned());
        let class = [(); 3].map(|()| fields.next().unwrap_or_default());
        classes.entry(code).or_default().push(class);
    }
    // Two codes that are none of CAMEO's; and 08 is of two classes, so of none.
    let unknown: Vec<_> = classes.keys().filter(|code| CameoEvent::of(code).is_none()).copied().collect();
    assert_eq!(unknown, ["1213", "1214"]);
    assert_ne!(classes["08"][0], classes["08"][1]);
    let mut held = 0;
    for event in CameoEvent::all().filter(|event| event.code() != "08") {
        let ours = event.plover().map(|class| {
            [class.event, class.mode.unwrap_or_default(), class.context.unwrap_or_default()].map(str::to_owned)
        });
        held += usize::from(ours.is_some());
        assert_eq!(ours.as_ref(), classes.get(event.code()).map(|found| &found[0]), "{}", event.code());
    }
    assert_eq!(held, 271);
}

#[test]
fn codes_are_a_tree_and_glosses_lead_back_to_them() {
    for event in CameoEvent::all() {
        assert_eq!(event.parent().is_none(), event.code().len() == 2, "{}", event.code());
        assert_eq!(CameoEvent::of_gloss(&event.gloss()), Some(event));
        assert!(event.gloss().chars().count() <= 500 && (-10.0..=10.0).contains(&event.goldstein()));
        assert_eq!(CameoEvent::of(event.code()), Some(event));
    }
    for code in ["", "1", "40", "0", "999", "17333", "é7", "173 "] {
        assert!(CameoEvent::of(code).is_none(), "{code:?}");
    }
}

#[test]
fn country_codes_of_actors_find_nations_and_those_of_regions_nobody() {
    let gazetteer = Gazetteer::builtin();
    for (code, key) in [("CAN", "CAN"), ("ROM", "ROU"), ("TMP", "TLS"), ("MTN", "MNE"), ("KSV", "XKX"), ("IMY", "IMN")]
    {
        assert_eq!(gazetteer.by_code(Scheme::Cameo, code).one().map(|nation| nation.key()), Some(key), "{code}");
    }
    let day = Day::new(2018, 6, 1).unwrap();
    let regions = "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR PGS SCN SAM SAS SEA SAF WAF WST";
    for code in regions.split(' ').chain(["GOV", "COP", "MIL", "IGO", "NGO", "che"]) {
        assert!(gazetteer.by_code_at(Scheme::Cameo, code, day).one().is_none(), "{code}");
    }
}
