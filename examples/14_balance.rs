//! Which three nations are at odds with themselves: friends of a foe, foes of a friend? The signed triads of a view, by their claims,
//! and what it would take to balance them: `cargo run --example 14_balance`.

use comity::relations::MemberOf;
use comity::{
    Batch, Claimed, Coalition, CoalitionKind, Description, Fact, FactType, Graph, Nation, Role, Sign, Source,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("desk-note-9").published("2031-03-04".parse()?));
    for slug in ["CHL", "ISL", "KEN", "x-veldland"] {
        let nation = batch.node::<Nation>(slug)?;
        batch.name(note, nation, slug.trim_start_matches("x-"));
    }
    for (slug, members) in [("harbour-pact", ["CHL", "ISL", "KEN"].as_slice()), ("spice-pact", &["KEN", "x-veldland"])]
    {
        let pact = batch.node::<Coalition>(slug)?;
        batch.describe(note, pact, Description::new().name(slug).coalition(CoalitionKind::Alliance))?;
        for member in members {
            let nation = batch.node::<Nation>(member)?;
            batch.claim(note, Claimed::new(MemberOf::default(), nation, pact));
        }
    }
    for by in ["CHL", "ISL"] {
        let (by, on) = (batch.node::<Nation>(by)?, batch.node::<Nation>("x-veldland")?);
        batch.fact(note, Fact::new(FactType::Sanction).role(Role::By, by).role(Role::Target, on))?;
    }
    let graph = Graph::new().apply(batch)?;

    let signed = graph.view().signed();
    let census = signed.census();
    let [none, one, two, three] = census.triads;
    println!("triads with 0, 1, 2, 3 negative ties: {none}, {one}, {two}, {three}");
    println!("balanced: {} of {}", census.balanced(), census.balanced() + census.unbalanced());
    for triad in signed.triads().filter(|triad| !triad.is_balanced()) {
        let nations = triad.nations().ok_or("from a view")?.map(|nation| nation.to_string());
        println!("{} ({}):", nations.join(", "), triad.certainty);
        print!("{}", triad.because().ok_or("from a view")?.explain());
    }

    let frustration = signed.frustration(1_000_000).ok_or("four nations take fewer steps")?;
    println!("ties that must change: {}; ways to choose them: {}; one is", frustration.index, frustration.optima);
    for tie in &frustration.frustrated {
        let [Some(one), Some(other)] = [tie.one, tie.other].map(|place| signed.nation(place)) else { continue };
        let change = if tie.sign == Sign::Positive { "fall out" } else { "make peace" };
        println!("  {one} and {other} {change}");
    }
    Ok(())
}
