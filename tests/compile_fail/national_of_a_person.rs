//! A person is a national of a nation, not the other way about.
use comity::relations::NationalOf;
use comity::{Claimed, Id, Nation, Person};

fn claim(canada: Id<Nation>, spavor: Id<Person>) -> Claimed {
    Claimed::new(NationalOf, canada, spavor)
}

fn main() {}
