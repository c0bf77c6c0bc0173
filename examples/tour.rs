//! The tour: what an analyst asks of five news articles, answered with evidence: `cargo run --example tour`.

use comity::{Because, Coalition, Detention, Graph, Loader, Nation, View, Voice, reference_memberships};

type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result {
    let (batch, report) = Loader::new().load("data/articles")?;
    println!("{report}");
    let graph = Graph::new().apply(batch)?.apply(reference_memberships())?;
    let nation = |slug: &str| graph.find::<Nation>(slug).ok_or(format!("{slug} is not in these articles"));
    let (canada, china, australia) = (nation("CAN")?, nation("CHN")?, nation("AUS")?);

    members(&graph)?;
    heading("Which coalitions did Canada and Australia share on 1 March 2021?");
    for shared in graph.view().as_of("2021-03-01".parse()?).shared_coalitions(canada, australia) {
        answer(&format!("{} ({})", shared.body, shared.certainty), &shared.because);
    }
    heading("Who was the foreign minister of Canada, and who before?");
    for tenure in graph.view().holder("foreign minister", canada) {
        answer(&format!("{}, {}", tenure.person, tenure.dates()), &tenure.because);
    }
    heading("Whom does China hold of Canada's nationals, and on what charge?");
    for case in graph.view().detentions().by(china).of_nationality(canada) {
        let held: Vec<_> = case.detained.iter().map(ToString::to_string).collect();
        answer(&format!("{}: {}", held.join(", "), case.charges.join("; ")), &case.because);
    }
    cases(&graph)?;
    tellings(graph.view().according_to(canada), graph.view().according_to(china));
    heading("Show me the sentence (from an invented article whose text is here)");
    let (batch, _) = Loader::new().load("data/demo")?;
    let demo = Graph::new().apply(batch)?;
    for retaliation in demo.view().retaliation().take(1) {
        answer(&format!("{} answers {}", retaliation.response, retaliation.to), &retaliation.because);
    }
    Ok(())
}

fn members(graph: &Graph) -> Result {
    heading("Who is in the coalition against arbitrary detention?");
    let coalition = graph.find::<Coalition>("arbitrary-detention-declaration").ok_or("the coalition is not there")?;
    for roster in graph.view().roster(coalition) {
        let stated = roster.stated.map_or("no number".into(), |count| count.to_string());
        let named: Vec<_> = roster.named.iter().map(ToString::to_string).collect();
        println!("  {stated} stated, {} named: {}", named.len(), named.join(", "));
    }
    let germany = graph.view().quantified_members(coalition).find(|one| one.member.key() == "nation/DEU");
    let germany = germany.ok_or("Germany is meant by almost all members of the European Union")?;
    answer(&format!("{} too? {}", germany.member, germany.certainty), &germany.because);
    Ok(())
}

fn cases(graph: &Graph) -> Result {
    heading("At whose request was Meng Wanzhou arrested, and which detention is said to answer it?");
    let meng = graph.find::<Detention>("meng-2018").ok_or("the case is not there")?;
    for edge in graph.view().edges_to(comity::RelationKind::Requests, meng) {
        answer(&format!("at the request of {}", edge.source), &edge.because);
    }
    for one in graph.view().retaliation().filter(|one| one.to.id() == meng.into()) {
        let names = |voices: &[Voice<'_>]| voices.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let (said, denied) = (names(&one.claimed_by), names(&one.denied_by));
        answer(&format!("{}: said by {said}; denied by {denied}", one.response), &one.because);
    }
    heading("Which dates, counts and requesters conflict?");
    let reference = graph.source("reference/memberships").ok_or("it has been applied")?;
    for conflict in graph.view().without(reference).conflicts() {
        let values: Vec<_> = conflict.values.iter().map(|one| one.value.as_str()).collect();
        println!("  {}, {}: {}", conflict.what, conflict.field.as_str(), values.join(" against "));
    }
    Ok(())
}

fn tellings(canada: View<'_>, china: View<'_>) {
    heading("Where do Canada's and China's tellings differ?");
    let labels = canada.diff(china).filter(|one| one.what.kind.to_string() == "label");
    for difference in labels.take(6) {
        let who = if difference.before.is_some() { "Canada says" } else { "China says" };
        answer(&format!("only {who} {}", difference.what), &difference.because);
    }
}

fn heading(question: &str) {
    println!("\n{question}");
}

fn answer(line: &str, because: &Because<'_>) {
    println!("  {line}");
    for line in because.explain().to_string().lines() {
        println!("      {line}");
    }
}
