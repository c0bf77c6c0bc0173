//! Who are a nation's allies? It depends on what is meant, so every answer names its lens: `cargo run --example 03_alliances`.

use comity::{AllianceLens, Graph, Loader, Nation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;

    for slug in ["AUS", "CHN"] {
        let nation = graph.find::<Nation>(slug).ok_or("not in these articles")?;
        println!("{}", graph.node(nation));
        for lens in AllianceLens::ALL {
            let allies: Vec<_> = graph.view().allies(nation, *lens).collect();
            println!("  {lens}: {}", if allies.is_empty() { "not stated" } else { "" });
            for ally in &allies {
                let via = ally.via.map(|tie| format!("by {tie}")).unwrap_or_default();
                let articles: Vec<_> = ally.because.claims().map(|claim| claim.id()).collect();
                println!("    {:<34} {:<9} {via} [{}]", ally.ally, ally.certainty, articles.join(", "));
            }
        }
    }
    Ok(())
}
