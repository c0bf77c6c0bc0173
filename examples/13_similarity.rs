//! Whose alliances were alike on the eve of 1914, and by which claims? Signorino and Ritter's S, and what chance would have made of
//! it: `cargo run --example 13_similarity`.

use comity::relations::MemberOf;
use comity::{
    Batch, Claimed, Coalition, CoalitionKind, Day, Description, Distance, Graph, Nation, Pledge, Source, When,
};

/// What is in any handbook: the pact, what it promised, from when it held, and between whom.
const PACTS: [(&str, Pledge, &str, &[&str]); 4] = [
    ("dual-alliance", Pledge::Defense, "1879-10-07", &["DEU", "AUT"]),
    ("triple-alliance", Pledge::Defense, "1882-05-20", &["DEU", "AUT", "ITA"]),
    ("franco-russian-alliance", Pledge::Defense, "1894-01-04", &["FRA", "RUS"]),
    ("entente-cordiale", Pledge::Consultation, "1904-04-08", &["FRA", "GBR"]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut batch = Batch::new();
    let handbook = batch.source(Source::article("handbook").published("1914-07-01".parse()?));
    for (slug, pledge, from, members) in PACTS {
        let pact = batch.node::<Coalition>(slug)?;
        batch.describe(handbook, pact, Description::new().coalition(CoalitionKind::Alliance).pledge(pledge))?;
        for member in members {
            let nation = batch.node::<Nation>(member)?;
            let joined = Claimed::new(MemberOf::default(), nation, pact);
            batch.claim(handbook, joined.when(When::since(from.parse()?)));
        }
    }
    let graph = Graph::new().apply(batch)?;

    for year in [1890, 1914] {
        let portfolios = graph.view().as_of(Day::new(year, 7, 1)?).portfolios();
        println!("{year}: S, and Scott's pi, over {} nations", portfolios.rows().len());
        let scores = portfolios.similarity(Distance::Absolute).all().ok_or("no nations")?;
        let mut pairs: Vec<_> = scores.pairs().collect();
        pairs.sort_by(|one, other| other.value.total_cmp(&one.value));
        for score in pairs.iter().take(4) {
            let [one, other] = score.nations().ok_or("from a view")?;
            let pi = portfolios.scotts_pi(score.one, score.other, Distance::Absolute);
            let pi = pi.map_or("none".to_owned(), |pi| format!("{:+.2}", pi.value));
            let pair = format!("{} and {}", one.key(), other.key());
            println!("  {pair:<27} {:+.2}  {pi}  {}", score.value, score.certainty);
        }
    }

    // A score is made of ties, and each tie of claims.
    let portfolios = graph.view().as_of(Day::new(1914, 7, 1)?).portfolios();
    let place = |slug: &str| graph.find::<Nation>(slug).and_then(|nation| portfolios.place_of(nation));
    let (Some(one), Some(other)) = (place("DEU"), place("FRA")) else { return Err("just added".into()) };
    let score = portfolios.similarity(Distance::Absolute).of(one, other).ok_or("two nations")?;
    println!("Germany and France, {:+.2} over {} partners, by", score.value, score.n);
    print!("{}", score.because().ok_or("from a view")?.explain());
    Ok(())
}
