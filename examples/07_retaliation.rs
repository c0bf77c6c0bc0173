//! Which act is said to answer which, who says so, and who denies it? `cargo run --example 07_retaliation`.

use comity::{Graph, Loader, Voice};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let names = |voices: &[Voice<'_>]| match voices {
        [] => "nobody".to_owned(),
        voices => voices.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };

    for answer in graph.view().retaliation() {
        println!("{} answers {}", answer.response, answer.to);
        println!("  said by    {}", names(&answer.claimed_by));
        println!("  denied by  {}", names(&answer.denied_by));
        match answer.lag_days {
            Some((least, most)) => println!("  after      {least} to {most} days ({})", answer.order.as_str()),
            None => println!("  after      the articles do not date both ({})", answer.order.as_str()),
        }
        for line in answer.because.explain().to_string().lines() {
            println!("    {line}");
        }
        println!();
    }
    Ok(())
}
