//! Retaliation answers an act, not a nation.
use comity::relations::RetaliatesFor;
use comity::{Claimed, Detention, Id, Nation};

fn claim(arrest: Id<Detention>, canada: Id<Nation>) -> Claimed {
    Claimed::new(RetaliatesFor, arrest, canada)
}

fn main() {}
