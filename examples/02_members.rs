//! How many are stated, how many are named, and who is only *possibly* a member: `cargo run --example 02_members`.

use comity::{Coalition, Graph, Loader, reference_memberships};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    // Who is in the European Union is not in the articles; the reference batch knows.
    let graph = Graph::new().apply(batch)?.apply(reference_memberships())?;
    let coalition = graph.find::<Coalition>("arbitrary-detention-declaration").ok_or("the coalition is not there")?;
    let view = graph.view().as_of("2021-02-16".parse()?);

    for roster in view.roster(coalition) {
        let stated = roster.stated.map_or("no number".into(), |count| count.to_string());
        println!("{}: {stated} stated, {} named", roster.body, roster.named.len());
        println!("complete: {}", roster.complete.map_or("not decided".into(), |yes| yes.to_string()));
    }
    println!("\nnamed:");
    for member in view.members(coalition) {
        println!("  {:<24} {:<10} {}", member.member, member.role, member.certainty);
    }
    println!("\nmeant by \"almost all members of\":");
    for member in view.quantified_members(coalition).take(5) {
        let through = member.through.map(|body| body.to_string()).unwrap_or_default();
        println!("  {:<24} through {through}, {}", member.member, member.certainty);
        for claim in member.because.claims() {
            println!("      {claim}");
        }
    }
    println!("  and so on: {} in all", view.quantified_members(coalition).count());
    Ok(())
}
