//! Whom does a nation hold, of whose nationals, on what charge, at whose request? `cargo run --example 06_detentions`.

use comity::{DetentionCase, Graph, Loader, Nation, NodeRef};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let nation = |slug: &str| graph.find::<Nation>(slug).ok_or(format!("{slug} is not in these articles"));
    let (canada, china) = (nation("CAN")?, nation("CHN")?);

    println!("nationals of Canada held by China:");
    graph.view().detentions().by(china).of_nationality(canada).for_each(|case| print(&case));
    println!("\nnationals of China held by Canada:");
    graph.view().detentions().by(canada).of_nationality(china).for_each(|case| print(&case));
    Ok(())
}

fn print(case: &DetentionCase<'_>) {
    let names = |nodes: &[NodeRef<'_>]| nodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    println!("\n  {} ({}), {}", case.detention.key(), case.certainty, case.dates);
    println!("    held           {}", names(&case.detained));
    println!("    at request of  {}", names(&case.at_request_of));
    println!("    charges        {}", case.charges.join("; "));
    for step in &case.stages {
        println!("    stage          {} {}", step.stage, step.dates);
    }
    for line in case.because.explain().to_string().lines() {
        println!("      {line}");
    }
}
