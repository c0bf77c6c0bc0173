//! What the invented press writes about: who is in which coalition, who holds which office, who is held and sanctioned.

use comity::Day;

use super::Random;

/// ISO 3166-1 alpha-3 codes and names, the most written about first.
pub(crate) const NATIONS: &[(&str, &str)] = &[
    ("USA", "United States"),
    ("CHN", "China"),
    ("RUS", "Russia"),
    ("GBR", "United Kingdom"),
    ("FRA", "France"),
    ("DEU", "Germany"),
    ("JPN", "Japan"),
    ("IND", "India"),
    ("CAN", "Canada"),
    ("AUS", "Australia"),
    ("TUR", "Turkey"),
    ("IRN", "Iran"),
    ("ISR", "Israel"),
    ("KOR", "South Korea"),
    ("PRK", "North Korea"),
    ("UKR", "Ukraine"),
    ("BRA", "Brazil"),
    ("ITA", "Italy"),
    ("ESP", "Spain"),
    ("POL", "Poland"),
    ("SAU", "Saudi Arabia"),
    ("EGY", "Egypt"),
    ("PAK", "Pakistan"),
    ("MEX", "Mexico"),
    ("ZAF", "South Africa"),
    ("NGA", "Nigeria"),
    ("KEN", "Kenya"),
    ("ETH", "Ethiopia"),
    ("NLD", "Netherlands"),
    ("BEL", "Belgium"),
    ("SWE", "Sweden"),
    ("NOR", "Norway"),
    ("FIN", "Finland"),
    ("DNK", "Denmark"),
    ("ISL", "Iceland"),
    ("IRL", "Ireland"),
    ("PRT", "Portugal"),
    ("GRC", "Greece"),
    ("AUT", "Austria"),
    ("CHE", "Switzerland"),
    ("CZE", "Czechia"),
    ("SVK", "Slovakia"),
    ("HUN", "Hungary"),
    ("ROU", "Romania"),
    ("BGR", "Bulgaria"),
    ("SRB", "Serbia"),
    ("HRV", "Croatia"),
    ("SVN", "Slovenia"),
    ("EST", "Estonia"),
    ("LVA", "Latvia"),
    ("LTU", "Lithuania"),
    ("BLR", "Belarus"),
    ("GEO", "Georgia"),
    ("ARM", "Armenia"),
    ("AZE", "Azerbaijan"),
    ("KAZ", "Kazakhstan"),
    ("UZB", "Uzbekistan"),
    ("MNG", "Mongolia"),
    ("VNM", "Vietnam"),
    ("THA", "Thailand"),
    ("MYS", "Malaysia"),
    ("SGP", "Singapore"),
    ("IDN", "Indonesia"),
    ("PHL", "Philippines"),
    ("LAO", "Laos"),
    ("KHM", "Cambodia"),
    ("MMR", "Myanmar"),
    ("BGD", "Bangladesh"),
    ("LKA", "Sri Lanka"),
    ("NPL", "Nepal"),
    ("NZL", "New Zealand"),
    ("FJI", "Fiji"),
    ("CHL", "Chile"),
    ("ARG", "Argentina"),
    ("PER", "Peru"),
    ("COL", "Colombia"),
    ("VEN", "Venezuela"),
    ("CUB", "Cuba"),
    ("MAR", "Morocco"),
    ("DZA", "Algeria"),
    ("TUN", "Tunisia"),
    ("LBY", "Libya"),
    ("GHA", "Ghana"),
    ("SEN", "Senegal"),
    ("QAT", "Qatar"),
    ("ARE", "United Arab Emirates"),
    ("JOR", "Jordan"),
    ("IRQ", "Iraq"),
    ("SYR", "Syria"),
    ("LBN", "Lebanon"),
];

pub(crate) const COALITION_KINDS: &[&str] = &["declaration", "letter", "group_of_friends", "alliance", "sanctioning"];

/// Titles with their ranks.
pub(crate) const OFFICES: &[(&str, &str)] = &[
    ("President", "head_of_state"),
    ("Prime Minister", "head_of_government"),
    ("Foreign Minister", "foreign_minister"),
    ("Minister of Defence", "minister"),
    ("Ambassador", "ambassador"),
    ("Spokesperson", "spokesperson"),
];

/// From a day until, perhaps, another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spell {
    pub(crate) from: Day,
    pub(crate) until: Option<Day>,
}

#[derive(Debug)]
pub(crate) struct Coalition {
    pub(crate) kind: &'static str,
    /// Nations with the time they are members for.
    pub(crate) members: Vec<(usize, Spell)>,
}

#[derive(Debug)]
pub(crate) struct Official {
    pub(crate) nation: usize,
    pub(crate) office: usize,
    pub(crate) spell: Spell,
}

/// A detention of a national of one nation by another, or a sanction of one against the other.
#[derive(Debug)]
pub(crate) struct Act {
    pub(crate) by: usize,
    pub(crate) against: usize,
    pub(crate) spell: Spell,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) coalitions: Vec<Coalition>,
    pub(crate) officials: Vec<Official>,
    pub(crate) detentions: Vec<Act>,
    pub(crate) sanctions: Vec<Act>,
    /// Pairs of nations that act against each other again and again.
    pub(crate) rivals: Vec<(usize, usize)>,
}

/// The day that is so many after the first of 1990: the invented press has no older news.
pub(crate) fn news_day(days: usize) -> Day {
    let first = Day::new(1990, 1, 1).expect("a day of the calendar");
    first.plus_days(days as i32).unwrap_or(Day::LAST)
}

/// About thirty-five years of news.
pub(crate) const DAYS: usize = 12_800;

impl Spell {
    fn new(random: &mut Random, longest: usize) -> Self {
        let start = random.below(DAYS);
        let until = random.percent(70).then(|| news_day(start + 1 + random.below(longest)));
        Self { from: news_day(start), until }
    }
}

impl World {
    /// Sized by the number of facts that will be told of it: more facts tell of more things, and more often of the same.
    pub(crate) fn new(random: &mut Random, facts: usize) -> Self {
        let nation = |random: &mut Random| random.prominent(NATIONS.len());
        let coalitions = (0..8 + facts / 400).map(|_| {
            let size = 2 + random.prominent(40);
            let mut nations: Vec<usize> = (0..size).map(|_| nation(random)).collect();
            nations.sort_unstable();
            nations.dedup();
            let members = nations.into_iter().map(|nation| (nation, Spell::new(random, 9_000))).collect();
            Coalition { kind: random.pick::<&str>(COALITION_KINDS), members }
        });
        let coalitions = coalitions.collect();
        let rivals: Vec<_> = (0..120)
            .map(|_| {
                let one = nation(random);
                (one, (one + 1 + random.below(NATIONS.len() - 1)) % NATIONS.len())
            })
            .collect();
        let acts = |random: &mut Random, longest: usize| -> Vec<Act> {
            let make = |_| {
                let (one, other) = rivals[random.prominent(rivals.len())];
                let (by, against) = if random.percent(50) { (one, other) } else { (other, one) };
                Act { by, against, spell: Spell::new(random, longest) }
            };
            (0..20 + facts / 30).map(make).collect()
        };
        let (detentions, sanctions) = (acts(random, 1_200), acts(random, 4_000));
        let official = |_| Official {
            nation: nation(random),
            office: random.below(OFFICES.len()),
            spell: Spell::new(random, 3_000),
        };
        let officials = (0..40 + facts / 20).map(official).collect();
        Self { coalitions, officials, detentions, sanctions, rivals }
    }
}
