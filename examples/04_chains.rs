//! Which coalitions do two nations share, and by which chain of coalitions are others tied? `cargo run --example 04_chains`.

use comity::{Graph, Id, Loader, Nation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let view = graph.view();
    let nation = |slug: &str| graph.find::<Nation>(slug).ok_or(format!("{slug} is not in these articles"));
    let name = |id: Id<Nation>| graph.node(id).to_string();

    let (canada, australia) = (nation("CAN")?, nation("AUS")?);
    for (label, view) in [("at any time", view), ("on 1 March 2021", view.as_of("2021-03-01".parse()?))] {
        println!("{} and {} share {label}:", name(canada), name(australia));
        for shared in view.shared_coalitions(canada, australia) {
            println!("  {} ({})", shared.body, shared.certainty);
        }
    }
    for (one, other) in [("JPN", "EST"), ("LAO", "EST")] {
        let (one, other) = (nation(one)?, nation(other)?);
        println!("\nfrom {} to {}:", name(one), name(other));
        match view.chain(one, other) {
            None => println!("  no chain of coalitions is stated"),
            Some(chain) => {
                let steps: Vec<_> = chain.steps.iter().map(ToString::to_string).collect();
                println!("  {} ({})", steps.join(" - "), chain.certainty);
                for claim in chain.because.claims() {
                    println!("      {claim}");
                }
            }
        }
    }
    Ok(())
}
