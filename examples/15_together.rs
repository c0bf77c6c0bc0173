//! The articles and the field's own data in one graph: who led the states that detained each other's nationals, who were their
//! formal allies, and which source knows what? Bring your own tables, in this order; one that is not given is done without:
//! `cargo run --features tables --example 15_together -- atop-member-level.csv state_year_format3.csv archigos.csv`.

use std::collections::BTreeSet;
use std::fs::File;

use comity::{
    AllianceLens, ArchigosOptions, AtopOptions, Because, CowIgoOptions, Graph, Id, Loader, Nation, Rank, View,
    read_archigos, read_atop, read_cow_igo,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (articles, _) = Loader::new().load("data/articles")?;
    let mut graph = Graph::new().apply(articles)?;
    for (nth, data) in ["ATOP", "intergovernmental organizations", "Archigos"].into_iter().enumerate() {
        let Some(path) = std::env::args().nth(nth + 1) else {
            println!("{data}: no file is given, so it is done without");
            continue;
        };
        let file = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
        let (batch, report) = match nth {
            0 => read_atop(file, &AtopOptions::new().file(&path)),
            1 => read_cow_igo(file, &CowIgoOptions::new().file(&path)),
            _ => read_archigos(file, &ArchigosOptions::new().file(&path)),
        };
        println!("{data}: {}", report.to_string().lines().last().unwrap_or_default());
        graph = graph.apply(batch)?;
    }

    let pairs = graph.view().tit_for_tat(90).pairs;
    let pair = pairs.first().ok_or("no two states detained each other's nationals")?;
    let began = pair.because.claims().filter_map(|claim| claim.bounds().earliest());
    let day = began.min().ok_or("nobody says when")?;
    let (by, on) = (pair.by, pair.answered_by);
    let (certainty, said) = (pair.certainty, sources([&pair.because]));
    println!("\nfrom {day} at the earliest {by} and {on} hold each other's nationals ({certainty}; {said})\n");

    let view = graph.view().as_of(day);
    let states = [by, on].map(|state| graph.find::<Nation>(state.slug().unwrap_or_default()));
    let [Some(by), Some(on)] = states else { return Err("states have keys".into()) };
    let all = answers(view, by, on);
    println!("{}\n", all.iter().map(String::as_str).collect::<Vec<_>>().join("\n"));
    for source in graph.sources() {
        let left = answers(view.without(source), by, on);
        let stand = all.intersection(&left).count();
        println!("without {}: {stand} of {} answers stand as they are", source.id(), all.len());
    }
    Ok(())
}

/// Who led the two, who were their formal allies, and to what both belonged; each with how sure it is, and by which sources.
fn answers(view: View<'_>, by: Id<Nation>, on: Id<Nation>) -> BTreeSet<String> {
    let mut answers = BTreeSet::new();
    for state in [by, on] {
        let leads = [Rank::HeadOfState, Rank::HeadOfGovernment, Rank::ForeignMinister];
        for held in view.officials(state).filter(|held| leads.contains(&held.rank())) {
            let (said, title) = (sources([&held.because]), held.title());
            answers.insert(format!("{} is led by {}, {title} ({}; {said})", held.of, held.person, held.certainty));
        }
        for ally in view.allies(state, AllianceLens::DefencePact) {
            let (of, said) = (view.graph().node(state), sources([&ally.because]));
            answers.insert(format!("{of} is allied with {} ({}; {said})", ally.ally, ally.certainty));
        }
    }
    let theirs: Vec<_> = view.bodies(on).collect();
    for body in view.bodies(by) {
        let Some(other) = theirs.iter().find(|other| other.body.id() == body.body.id()) else { continue };
        let (certainty, said) = (body.certainty.min(other.certainty), sources([&body.because, &other.because]));
        answers.insert(format!("both are in {} ({certainty}; {said})", body.body));
    }
    answers
}

/// The sources of an answer.
fn sources<'a, 'g: 'a>(because: impl IntoIterator<Item = &'a Because<'g>>) -> String {
    let claims = because.into_iter().flat_map(Because::claims);
    let ids: BTreeSet<_> = claims.map(|claim| claim.source().id()).collect();
    ids.into_iter().collect::<Vec<_>>().join(", ")
}
