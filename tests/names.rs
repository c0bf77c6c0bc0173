//! Published names of nations, in six languages, find their nation; what is no name of one finds none.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::PathBuf;
use std::sync::OnceLock;

use comity::{Day, Gazetteer, LookUp, Match, MatchedBy, Scheme};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn shared(file: &str) -> Option<Vec<u8>> {
    let Some(folder) = std::env::var_os("COMITY_SHARED").map(PathBuf::from) else {
        println!("skipped: published names are read from the folder that COMITY_SHARED names");
        return None;
    };
    Some(std::fs::read(folder.join("data").join(file)).unwrap())
}

/// A published name, the key of the nation it is given for, and a day if it is a name of a time.
struct Published {
    name: String,
    key: String,
    day: Option<Day>,
}

/// Asks for each: at least 99 in 100 right, the rest unknown or ambiguous, none wrong.
fn hold(published: &[Published]) {
    let (mut right, mut open, mut wrong) = (0, Vec::new(), Vec::new());
    for Published { name, key, day } in published {
        let found = match day {
            Some(day) => Gazetteer::builtin().look_up_at(name, *day),
            None => Gazetteer::builtin().look_up(name),
        };
        match found {
            LookUp::One(found) if found.nation.key() == key => right += 1,
            LookUp::One(found) => wrong.push(format!("{name} is {key}, not {}", found.nation.key())),
            _ => open.push(format!("{name} ({key})")),
        }
    }
    println!("{} names: {right} right, open: {open:?}", published.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right * 100 >= published.len() * 99, "{right} of {}; open: {open:#?}", published.len());
}

/// The columns of a line of CSV, quotes taken off.
fn columns(line: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => columns.push(String::new()),
            letter => columns.last_mut().unwrap().push(letter),
        }
    }
    columns
}

#[test]
fn official_names_in_six_languages_find_their_nation_and_none_another() {
    let Some(file) = shared("names/country-codes.csv") else { return };
    let codes = String::from_utf8(file).unwrap();
    let mut lines = codes.lines();
    let head = columns(lines.next().unwrap());
    let is_name = |column: &str| {
        let begins = column.starts_with("UNTERM") || column.starts_with("official_name");
        begins || column == "CLDR display name" || column == "ISO4217-currency_country_name"
    };
    let code = head.iter().position(|column| column == "ISO3166-1-Alpha-3").unwrap();
    let mut published = Vec::new();
    for row in lines.map(columns) {
        assert_eq!(row.len(), head.len(), "{row:?}");
        for (_, name) in head.iter().zip(&row).filter(|(column, _)| is_name(column)) {
            let name = name.trim().trim_end_matches('*').trim();
            if !name.is_empty() {
                published.push(Published { name: name.into(), key: row[code].clone(), day: None });
            }
        }
    }
    assert_eq!(published.len(), 4331);
    hold(&published);
}

#[test]
fn signatories_as_the_news_spell_them_find_their_nation_on_the_day() {
    let Some(file) = shared("coalitions/coalition_members.csv") else { return };
    let coalitions = String::from_utf8(file).unwrap();
    let rows = coalitions.lines().skip(1).map(columns).filter(|row| row[2].len() == 3);
    let published: Vec<_> =
        rows.map(|row| Published { name: row[1].clone(), key: row[2].clone(), day: row[3].parse().ok() }).collect();
    assert!(published.len() > 200);
    hold(&published);
}

/// What `CountryInfo` lists among the names and peoples of a nation and what is not asked for, with the reason.
const NO_NAMES: [(&str, &[&str]); 6] = [
    (
        "a part of it, or a place within: the part is not the whole",
        &[
            "AUNUU",
            "AUNUU ISLAND",
            "BARBUDA",
            "WALLONIA",
            "HERZEGOVIN",
            "HERCEGOVINA",
            "HERZEGOVENA",
            "HERCEGOVENA",
            "HERZEGOWINA",
            "HERZEGOVENIA",
            "HERZGEGOVINA",
            "HERZEGOVINIA",
            "HERZEGOVINE",
            "HERZIGOVINA",
            "CHAPARHAR",
            "BOHEMIA MORAVIA",
            "CABO FALSO",
            "SEBALD ISLAND",
            "CIKOBIA",
            "CHIKOBA",
            "UDU POINT",
            "YACATA",
            "NAITAUBU",
            "WESTERN GEORGIA",
            "GEORGIA PROPER",
            "ENGLISHMAN",
            "ENGLISHWOMAN",
            "SCOT",
            "SCOTLAND",
            "SCOTSMAN",
            "SCOTSWOMAN",
            "WALES",
            "WELSH",
            "WELSHMAN",
            "WELSHWOMAN",
            "NORTHERN IRISH",
            "NORTHERN IRISHMAN",
            "NORTHERN IRISHWOMAN",
            "CHEUNG FAT ESTATE",
            "AUROBINDA SARANI",
            "METOHIA",
            "METOHIJA",
            "BOUMDEIT",
            "ZUUN",
            "BANDA JALAL KHAN",
            "WEST BANK",
            "GAZA",
            "OCCUPIED TERRITORIES",
            "CISJORDAN",
            "PRINCIPE",
            "NUKUNONO",
            "MAKATUSI",
            "FUA\u{fffd}AMOTU",
            "EUA ISLAND",
            "FUTUNA ISLAND",
            "TOBAGO",
            "TEPUKA SAVILIVILI",
            "NIVALAKITA",
            "UMM AL QAYWAN",
            "WALLIS ARCHIPELAGO",
            "ILES WALLIS",
            "WALLIS ISLANDS",
            "THILLA",
            "SAHARAN PROVINCES",
        ],
    ),
    (
        "of several: which one, the word does not say",
        &[
            "SAMOAN",
            "SAMOA (OCCUPIED)",
            "CONGO",
            "CONGOLESE",
            "DOMINICAN",
            "GUINEAN",
            "VIRGIN ISLANDER",
            "CHANNEL ISLAND",
            "GRENADINES",
            "'NAM",
            "SLOVENSKA",
            "SERBIAN MONTENEGRIN",
        ],
    ),
    (
        "of another nation than the one it is listed with",
        &[
            "CELESTIAL EMPIRE",
            "TRUST TERRITORY OF THE PACIFIC",
            "SERB",
            "SERBIAN",
            "SERBIA",
            "MONTENEGRIN",
            "UBANGHI CHARI",
            "UBANGHI",
            "BELGIAN UBANGHI",
            "BRAZA",
            "REPUBLIC OF DOMINICA",
            "FORMER REPUBLIC OF YUGOSLAVIA",
        ],
    ),
    (
        "an epithet, or a word for it that is also for other things",
        &[
            "SOVIET OCCUPIED AFGHANISTAN",
            "THE GRAVEYARD OF EMPIRES",
            "ARGIES",
            "BANDAIYAN",
            "LAST EUROPEAN DICTATORSHIP",
            "THE QUEBEC OF EUROPE",
            "COCKPIT OF EUROPE",
            "ISLE OF DEVILS",
            "DEVIL'S ISLES",
            "KHAMA'S COUNTRY",
            "BALKAN BULGARS",
            "LAS TORTUGAS",
            "TIQUICIA",
            "WINDWARD COAST",
            "NORTH CONGO",
            "LITTLE CONGO",
            "SOUTH CONGO",
            "BIG CONGO",
            "THE NATURE ISLAND",
            "QUISQUEYA LA BELLA",
            "CUSCATLAN",
            "L'HEXAGONE",
            "SMILING COAST",
            "SAKARTVELOBANTUSTAN",
            "UKANIA",
            "RIVIERES DU SUD",
            "HIDDEN PIRATE ISLAND",
            "CROWN JEWEL OF THE BRITISH EMPIRE",
            "HEBREW STATE",
            "JAMROCK",
            "MOONLAND",
            "THE LAND OF THE RISING SUN",
            "ANGIA",
            "LEHABIM",
            "ISLAND OF THE MOON",
            "NORDS",
            "COLLECTIVITE SUI GENERIS",
            "STATEN LANDT",
            "STATEN LAND",
            "STAATEN LAND",
            "KIWISTAN",
            "SHEEPLAND",
            "SOVIET KOREA",
            "COMMUNIST KOREA",
            "RED KOREA",
            "KIM'S JOSEON DYNASTY",
            "KINGDOM ISLANDS",
            "PEARL OF THE ORIENT",
            "ESTADO LIBRE ASOCIADO",
            "ISLA DEL ENCANTO",
            "ISLAND OF ENCHANTMENT",
            "ISLE OF ENCHANTMENT",
            "BRITISH SOUTH AFRICA",
            "THE BELOVED COUNTRY",
            "PAYS DES MILLE COLLINES",
            "PAYS DES MILLES COLLINES",
            "MILOSEVIC'S YUGOSLAVIA",
            "LIGHT OF THE SOUTH",
            "MANCHESTER OF THE EAST",
            "VENERABLE ISLAND",
            "YANKEE LAND",
            "YANKEELAND",
            "AMERICALAND",
            "O PAPAGAIO",
            "BANNZIL KWEYOL",
            "CAPITANO REGGENTE",
            "CAPITANI REGGENTI",
        ],
    ),
    (
        "an adjective of another language, or of learned words",
        &[
            "SINICA",
            "SINITIC",
            "SINENSIS",
            "SINIC",
            "FENNO",
            "TEUTONICA",
            "CALEDONIEN",
            "NEO CALEDONIEN",
            "NEOCALEDONIEN",
            "ROSSIYSKAYA",
            "ROSSIJSKAJA",
            "ESLOVACA",
            "HELVETICA",
            "SCHWEIZERISCHE",
            "AMERICKY",
        ],
    ),
    (
        "a fragment, a slip, or letters that only look alike",
        &[
            "AD DIMUQRATIYAH ASH SHA'BIYAH",
            "PREAH REACH ANA PAK",
            "ADMINISTRATIVE DIVISIONS OF THE REPUBLIC OF THE CONGO",
            "CZECHO",
            "CHECHIA",
            "4ESKO",
            "LIECHT",
            "LIECH",
            "GUERNS",
            "GURNS",
            "KOSOVALIVE",
            "MONGOLIDS",
            "HMONGOLIA",
            "NEW Z",
            "NIG\u{fffd}ERIA",
            "PAKISH",
            "ROMINA",
            "POCCNR",
            "YKPAIHA",
            "DUTCH INHABITANTS",
            "LITAVIA",
            "AMERICAN (US)",
            "AMERICAN (USA)",
            "AMERICANS (USA)",
            "BELGUIM",
        ],
    ),
];

/// Blocks of `CountryInfo` that are of no nation, but of a part that governs itself or did.
const NO_NATIONS: [&str; 7] = [
    "BOSNIAK/CROAT_FEDERATION",
    "BOSNIAN_SERB_REPUBLICA",
    "CROATIAN_REPUBLIC_OF_HERZEG/BOSNIA",
    "REPUBLIC_OF_SRPSKA",
    "REPUBLIC_OF_SERBIAN_KRAJINA",
    "GAZA",
    "TIBET",
];

/// The nation of a block of `CountryInfo`, and a day on which it was there.
fn of_block(name: &str, iso3: &str) -> (String, Option<Day>) {
    let gone = Day::new(2005, 6, 1).ok();
    match (name, iso3) {
        ("SERBIA_AND_MONTENEGRO", _) => ("SCG".into(), gone),
        ("NETHERLANDS_ANTILLES", _) => ("ANT".into(), gone),
        ("TURKISH_REPUBLIC_OF_NORTH_CYPRUS", _) => ("x-northern-cyprus".into(), None),
        ("KOSOVO", _) => ("XKX".into(), None),
        // Slips of the file: the codes of Guadeloupe, of Israel's two letters, and a letter wrong.
        ("GUATEMALA", "GLP") => ("GTM".into(), None),
        ("ISRAEL", "IL") => ("ISR".into(), None),
        ("JAPAN", "JON") => ("JPN".into(), None),
        _ => (iso3.into(), None),
    }
}

/// What stands between the tags, if both are there.
fn field<'t>(block: &'t str, tag: &str) -> Option<&'t str> {
    let (_, rest) = block.split_once(&format!("<{tag}>"))?;
    Some(rest.split_once(&format!("</{tag}>"))?.0)
}

#[test]
fn names_synonyms_and_peoples_as_coders_of_events_list_them_find_their_nation_and_none_another() {
    let Some(file) = shared("names/CountryInfo.140728.txt") else { return };
    // Almost but not quite XML, and almost but not quite UTF-8.
    let text = String::from_utf8_lossy(&file);
    let (_, text) = text.split_once("-->").unwrap();
    let is_no_name = |name: &str| NO_NAMES.iter().any(|(_, names)| names.contains(&name));
    let (mut published, mut blocks, mut left_out) = (Vec::new(), 0, Vec::new());
    for block in text.split("<Country>").skip(1) {
        blocks += 1;
        let name = field(block, "CountryName").unwrap_or_default();
        if NO_NATIONS.contains(&name) {
            continue;
        }
        let (key, day) = of_block(name, field(block, "ISO3166-alpha3").unwrap().trim());
        assert!(Gazetteer::builtin().nation(&key).is_some(), "{name} is {key}");
        let synonyms = field(block, "Nationality").unwrap_or_default().lines();
        for name in std::iter::once(name).chain(synonyms) {
            let name = name.split('#').next().unwrap_or_default().replace('_', " ").trim().to_owned();
            if is_no_name(&name) {
                left_out.push(name);
            } else if !name.is_empty() {
                published.push(Published { name, key: key.clone(), day });
            }
        }
    }
    assert_eq!((blocks, published.len() + left_out.len()), (242, 2380));
    for (reason, names) in NO_NAMES {
        for name in names {
            assert!(left_out.iter().any(|left| left == name), "{name} is listed as {reason}, and is not there");
        }
    }
    hold(&published);
}

#[test]
fn what_is_no_name_of_a_nation_is_not_resolved_to_one_that_it_is_listed_with() {
    for (reason, names) in &NO_NAMES[..2] {
        for name in *names {
            assert!(Gazetteer::builtin().look_up(name).one().is_none(), "{name} is {reason}");
        }
    }
}

#[test]
fn a_code_is_one_nations_at_most_on_any_day() {
    let gazetteer = Gazetteer::builtin();
    let schemes = [Scheme::Iso2, Scheme::Iso3, Scheme::M49, Scheme::Cow, Scheme::CowAlpha, Scheme::GleditschWard];
    let letters = || (b'A'..=b'Z').map(char::from);
    let pairs = || letters().flat_map(|one| letters().map(move |two| format!("{one}{two}")));
    let threes = || pairs().flat_map(|two| letters().map(move |three| format!("{two}{three}")));
    for scheme in schemes.into_iter().chain([Scheme::Fips, Scheme::Ioc, Scheme::Cameo]) {
        let codes: Vec<String> = match scheme {
            Scheme::Iso2 | Scheme::Fips => pairs().collect(),
            Scheme::M49 | Scheme::Cow | Scheme::GleditschWard => (0..1000).map(|code| code.to_string()).collect(),
            _ => threes().collect(),
        };
        let known = codes.iter().filter(|code| !matches!(gazetteer.by_code(scheme, code), LookUp::Unknown(_)));
        let mut count = 0;
        for code in known {
            count += 1;
            for year in 1816..=2025 {
                for (month, day) in [(1, 1), (7, 1), (12, 31)] {
                    let day = Day::new(year, month, day).unwrap();
                    let found = gazetteer.by_code_at(scheme, code, day);
                    if let LookUp::Ambiguous(found) = found {
                        let keys: Vec<_> = found.iter().map(|one| one.nation.key()).collect();
                        panic!("{scheme:?} {code} on {day} is of {keys:?}");
                    }
                }
            }
        }
        assert!(count > 180, "{scheme:?} has {count} codes");
    }
}

/// A name that a record bears: in English, of a time, in another language, or of what stands for it.
struct Borne {
    name: String,
    bare: [String; 2],
    key: String,
}

fn names() -> &'static [Borne] {
    static NAMES: OnceLock<Vec<Borne>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let records = include_str!("../data/gazetteer/nations.jsonl").lines();
        let mut names = Vec::new();
        for record in records.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()) {
            let key = record["key"].as_str().unwrap();
            let lists = ["aliases", "demonyms", "capitals", "metonyms"];
            let languages = ["names_fr", "names_es", "names_ru", "names_zh", "names_ar"];
            let listed = lists.iter().chain(&languages).filter_map(|list| record[*list].as_array()).flatten();
            let dated = record["dated_aliases"].as_array().into_iter().flatten().map(|dated| &dated["name"]);
            let borne = listed.chain(dated).chain([&record["name"]]);
            names.extend(borne.map(|name| {
                let name = name.as_str().unwrap().to_owned();
                Borne { bare: bare(&name), name, key: key.to_owned() }
            }));
        }
        names
    })
}

/// A name without anything that may differ, an apostrophe taken for a gap or for nothing: coarser than what the gazetteer does, and
/// made otherwise.
fn bare(name: &str) -> [String; 2] {
    let joined = name.replace(['\'', '’', '`'], "");
    [name, &joined].map(letters_of_words)
}

fn letters_of_words(name: &str) -> String {
    let plain: String = name.to_lowercase().nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let plain = plain.replace('&', " and ").replace('ø', "o").replace('ł', "l").replace(['đ', 'ð'], "d");
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let is_article = |word: &&str| ["the", "la", "le", "les", "el", "los", "las", "l"].contains(word);
    words.filter(|word| !is_article(word)).map(|word| if word == "st" { "saint" } else { word }).collect()
}

/// Whether the nation that was found bears such a name, or has such a code.
fn bears(found: &Match<'_>, name: &str) -> bool {
    if found.by == MatchedBy::Code {
        return name.trim().chars().all(|letter| letter.is_ascii_alphanumeric());
    }
    let asked = bare(name);
    let is_asked = |borne: &Borne| borne.bare.iter().any(|bare| asked.contains(bare));
    names().iter().any(|borne| borne.key == found.nation.key() && is_asked(borne))
}

proptest! {
    #[test]
    fn a_name_with_a_letter_more_or_less_is_never_resolved_unless_it_is_a_name_too(
        pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        letter in "[b-km-z]", drops in any::<bool>(), year in 1816_i16..2025,
    ) {
        let names = names();
        let name = &names[pick.index(names.len())].name;
        let mut letters: Vec<char> = name.chars().collect();
        let place = at.index(letters.len());
        if drops {
            letters.remove(place);
        } else {
            letters.insert(place, letter.chars().next().unwrap());
        }
        let mutated: String = letters.into_iter().collect();
        for found in [
            Gazetteer::builtin().look_up(&mutated),
            Gazetteer::builtin().look_up_at(&mutated, Day::new(year, 7, 1).unwrap()),
        ] {
            if let LookUp::One(found) = found {
                prop_assert!(bears(&found, &mutated), "{mutated:?} was taken for {}", found.nation.key());
            }
        }
    }

    #[test]
    fn random_text_never_panics_and_resolves_to_bearers_only(name in "\\PC{0,24}", year in 1_i16..9999) {
        for found in [
            Gazetteer::builtin().look_up(&name),
            Gazetteer::builtin().look_up_at(&name, Day::new(year, 2, 28).unwrap()),
        ] {
            if let LookUp::One(found) = found {
                prop_assert!(bears(&found, &name), "{name:?} was taken for {}", found.nation.key());
            }
        }
        for scheme in [Scheme::Iso2, Scheme::Iso3, Scheme::M49, Scheme::Cow, Scheme::Fips, Scheme::Wikidata] {
            let _ = Gazetteer::builtin().by_code(scheme, &name);
        }
    }
}
