//! What is contested between parties, what cannot both be, and which names stay ambiguous: `cargo run --example 09_conflicts`.

use comity::{Graph, Loader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let view = graph.view();

    println!("contested: one voice affirms it, another denies it");
    for contest in view.contested() {
        println!("  {}", contest.what);
        print!("{}", indented(&contest.because.explain().to_string()));
    }
    println!("\nin conflict: the claims cannot both be");
    for conflict in view.conflicts() {
        println!("  {}: {}", conflict.what, conflict.field.as_str());
        for value in &conflict.values {
            let claims: Vec<_> = value.claims.iter().map(|claim| claim.id()).collect();
            println!("    {:<20} {}", value.value, claims.join(", "));
        }
    }
    println!("\nambiguous: the name alone does not say who");
    for ambiguity in view.ambiguities() {
        let names: Vec<_> = ambiguity.candidates.iter().map(|one| one.name.as_str()).collect();
        println!("  {:?} in {}: {}?", ambiguity.name, ambiguity.article, names.join(" or "));
    }
    Ok(())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
