//! One nation in half of all events: what is asked of its alliances, offices and detentions must not cost more for that.
//!
//! `cargo bench --bench hubs` grows the events from 10,000 to a million, the alliances, offices and detentions staying as they
//! are; other sizes are given as numbers (10 million take about 3 GB).
#![allow(clippy::print_stdout, reason = "it is run to print")]

mod generator;

use std::hint::black_box;
use std::time::{Duration, Instant};

use comity::{
    Act, AllianceLens, Batch, Claimed, Coalition, CoalitionKind, Day, Description, Fact, FactType, Graph, Nation,
    Person, Qualifiers, Role, Source, When, relations::MemberOf,
};
use generator::Random;

const SEED: u64 = 7;
const NATIONS: usize = 190;
const ALLIANCES: usize = 12;
const OFFICES: usize = 60;
const DETENTIONS: usize = 25;

type Failure = Box<dyn std::error::Error>;

/// A graph of so many events. The nation `n0` takes part in half of them.
fn graph(events: usize) -> Result<Graph, Failure> {
    let mut random = Random::new(SEED);
    let mut batch = Batch::new();
    let nations = (0..NATIONS).map(|nth| batch.node::<Nation>(&format!("n{nth}"))).collect::<Result<Vec<_>, _>>()?;
    let hub = nations[0];
    let day =
        |random: &mut Random| Day::new(1990, 1, 1).ok().and_then(|first| first.plus_days(random.below(12_000) as i32));
    let day = |random: &mut Random| day(random).ok_or("a day of the calendar");

    let known = batch.source(Source::dataset("what-stays"));
    for nth in 0..ALLIANCES {
        let alliance = batch.node::<Coalition>(&format!("alliance-{nth}"))?;
        batch.describe(known, alliance, Description::new().coalition(CoalitionKind::Alliance))?;
        let others = (0..9).map(|_| random.below(NATIONS)).collect::<Vec<_>>();
        for member in std::iter::once(hub).chain(others.into_iter().map(|other| nations[other])) {
            let claimed = Claimed::new(MemberOf::default(), member, alliance);
            batch.claim(known, claimed.when(When::since(day(&mut random)?.into())));
        }
    }
    for nth in 0..OFFICES {
        let holder = batch.node::<Person>(&format!("official-{nth}"))?;
        let office = Fact::new(FactType::Office).role(Role::Holder, holder).role(Role::Of, hub);
        let office = office.with(Qualifiers::new().title("Minister")).when(When::since(day(&mut random)?.into()));
        batch.fact(known, office)?;
    }
    for nth in 0..DETENTIONS {
        let held = batch.node::<Person>(&format!("detainee-{nth}"))?;
        let detention = Fact::new(FactType::Detention).role(Role::Detained, held).role(Role::By, hub);
        batch.fact(known, detention.when(When::since(day(&mut random)?.into())))?;
    }

    let mut article = known;
    for nth in 0..events {
        if nth % 10 == 0 {
            article = batch.source(Source::article(&format!("a{nth:08}")));
        }
        let one = if nth % 2 == 0 { hub } else { nations[1 + random.below(NATIONS - 1)] };
        let other = nations[1 + random.below(NATIONS - 1)];
        let event = match random.below(4) {
            // Others hold people in ever more detentions.
            3 if one != hub => {
                let held = batch.node::<Person>(&format!("held-{nth}"))?;
                Fact::new(FactType::Detention).role(Role::Detained, held).role(Role::By, one)
            }
            0 => Fact::new(FactType::Sanction).role(Role::By, one).role(Role::Target, other),
            1 => Fact::new(FactType::Meeting).role(Role::Host, one).role(Role::Participant, other),
            _ => {
                let made = Fact::new(FactType::Statement).role(Role::Speaker, one).role(Role::Target, other);
                made.with(Qualifiers::new().act(Act::Accuse))
            }
        };
        batch.fact(article, event.when(When::at(day(&mut random)?.into())))?;
    }
    Ok(Graph::new().apply(batch)?)
}

/// The median time of a call, over rounds of many.
fn time(ask: impl Fn() -> usize) -> Duration {
    const ROUNDS: usize = 15;
    const CALLS: u32 = 200;
    let round = |_| {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(ask());
        }
        start.elapsed() / CALLS
    };
    let mut times: Vec<Duration> = (0..ROUNDS).map(round).collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn main() -> Result<(), Failure> {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000];
    }
    println!("{:>10} {:>12} {:>12} {:>12}   a call, and its answers", "events", "allies", "officials", "detentions");
    let mut first: Option<[Duration; 3]> = None;
    for size in sizes {
        let graph = graph(size)?;
        let hub = graph.find::<Nation>("n0").ok_or("the nation is there")?;
        let view = graph.view().as_of(Day::new(2015, 6, 1)?);
        let allies = || view.allies(hub, AllianceLens::Alliance).count();
        let officials = || view.officials(hub).count();
        let detentions = || graph.view().detentions().by(hub).count();
        let times = [time(allies), time(officials), time(detentions)];
        let [one, two, three] = times.map(|time| format!("{time:.2?}"));
        let answers = [allies(), officials(), detentions()];
        println!("{size:>10} {one:>12} {two:>12} {three:>12}   {answers:?}");
        let first = first.get_or_insert(times);
        let grown: [f64; 3] = std::array::from_fn(|of| times[of].as_secs_f64() / first[of].as_secs_f64());
        println!("{:>10} {:>11.2}x {:>11.2}x {:>11.2}x", "", grown[0], grown[1], grown[2]);
    }
    Ok(())
}
