//! The same graph as two sides tell it, and where the tellings differ: `cargo run --example 08_as_told_by`.

use comity::{Graph, Loader, Nation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let nation = |slug: &str| graph.find::<Nation>(slug).ok_or(format!("{slug} is not in these articles"));
    let (canada, china) = (nation("CAN")?, nation("CHN")?);

    // A nation speaks through the holders of its offices, its ministries and embassies.
    for (name, side) in [("Canada", canada), ("China", china)] {
        let view = graph.view().according_to(side);
        println!(
            "as {name} tells it: {} claims are heard",
            view.statistics().articles.iter().map(|one| one.1).sum::<usize>()
        );
        for statement in view.statements().by(side).take(4) {
            let gloss = statement.because.claims().find_map(|claim| claim.gloss());
            println!("  {}: {}", statement.acts.join(", "), gloss.unwrap_or("(no gloss)"));
        }
    }

    println!("\nwhere the two differ:");
    let (ours, theirs) = (graph.view().according_to(canada), graph.view().according_to(china));
    for difference in ours.diff(theirs).filter(|one| one.what.target.is_none()).take(12) {
        println!("  {:<7} {}", difference.change.as_str(), difference.what);
    }
    Ok(())
}
