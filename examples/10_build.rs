//! A graph made in code, without a file: typed claims, whose wrong ends do not compile: `cargo run --example 10_build`.

use comity::relations::{Detains, HeldIn, HoldsOffice, NationalOf, RetaliatesFor};
use comity::{
    Act, Batch, Claimed, Detention, Fact, FactType, Graph, Nation, Person, Qualifiers, Rank, Role, Source, When,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut batch = Batch::new();
    let note = batch.source(Source::article("desk-note-7").published("2031-03-04".parse()?).publisher("Foreign desk"));
    let (chile, veldland) = (batch.node::<Nation>("CHL")?, batch.node::<Nation>("x-veldland")?);
    let (rojas, minister) = (batch.node::<Person>("ines-rojas")?, batch.node::<Person>("karel-orn")?);
    let (sailor, banker) = (batch.node::<Detention>("sailor")?, batch.node::<Detention>("banker")?);
    batch.name(note, chile, "Chile").name(note, veldland, "Veldland").name(note, rojas, "Inés Rojas");
    batch.name(note, minister, "Karel Orn");

    batch.claim(note, Claimed::new(NationalOf, rojas, chile));
    batch.claim(note, Claimed::new(HeldIn, rojas, sailor).when(When::since("2030".parse()?)));
    batch.claim(note, Claimed::new(Detains, veldland, sailor));
    batch.claim(note, Claimed::new(Detains, chile, banker));
    // batch.claim(note, Claimed::new(Detains, sailor, veldland)); // does not compile: a detention detains nobody
    let office = HoldsOffice { title: "foreign minister".into(), rank: Rank::ForeignMinister };
    batch.claim(note, Claimed::new(office, minister, veldland));

    // Who says what is part of the claim: Chile calls it an answer, and Veldland's minister denies that.
    let answer = batch.claim(note, Claimed::new(RetaliatesFor, sailor, banker).said_by(chile));
    let denial = Fact::new(FactType::Statement).role(Role::Speaker, minister).content(Role::Content, answer);
    batch.fact(
        note,
        denial.with(Qualifiers::new().act(Act::Deny)).gloss("the two cases have nothing to do with each other"),
    )?;

    let graph = Graph::new().apply(batch)?;
    for contest in graph.view().contested() {
        println!("contested: {}", contest.what);
        print!("{}", contest.because.explain());
    }
    let veldland = graph.find::<Nation>("x-veldland").ok_or("just added")?;
    let told = graph.view().according_to(veldland);
    println!(
        "as Veldland tells it, retaliation is {}",
        if told.retaliation().count() == 0 { "not stated" } else { "stated" }
    );
    Ok(())
}
