//! Ids of different kinds are different types: neither passed for each other nor compared.
use comity::{Id, Nation, Person};

fn capital(_: Id<Nation>) {}

fn mix(canada: Id<Nation>, garneau: Id<Person>) -> bool {
    capital(garneau);
    canada == garneau
}

fn main() {}
