//! Load the articles, ask one question, see who says so: `cargo run --example 01_hello`.

use comity::{Graph, Loader, Nation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, report) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    println!("{report}");

    let canada = graph.find::<Nation>("CAN").ok_or("Canada is not in these articles")?;
    println!("The coalitions of {}:", graph.node(canada));
    for one in graph.view().coalitions(canada) {
        println!("\n{} ({})", one.body, one.certainty);
        print!("{}", one.because.explain());
    }
    Ok(())
}
