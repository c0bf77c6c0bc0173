//! Who held an office, who before, and what else did they hold? `cargo run --example 05_officials`.

use comity::{Graph, Loader, Nation, Official};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let canada = graph.find::<Nation>("CAN").ok_or("Canada is not in these articles")?;

    println!("foreign ministers of Canada, at any time:");
    for tenure in graph.view().holder("foreign minister", canada) {
        println!("  {:<28} {} ({})", tenure.person, tenure.dates(), tenure.certainty);
    }
    for day in ["2020-06-01", "2021-02-01"] {
        println!("\non {day}:");
        for tenure in graph.view().as_of(day.parse()?).holder("foreign minister", canada) {
            println!("  {} ({})", tenure.person, tenure.certainty);
            print!("{}", tenure.because.explain());
        }
    }
    // An official is a typed handle: not every person has one.
    let garneau = graph.find::<Official>("marc-garneau").ok_or("he holds an office")?;
    println!("\nthe offices of {}:", graph.node(garneau));
    for tenure in graph.view().tenures(garneau) {
        println!("  {} of {}, {}", tenure.title(), tenure.of, tenure.dates());
    }
    println!("is Meng Wanzhou an official? {}", graph.find::<Official>("meng-wanzhou").is_some());
    Ok(())
}
