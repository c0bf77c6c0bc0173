//! States, bodies and groups belong to coalitions; a person does not.
use comity::relations::MemberOf;
use comity::{Claimed, Coalition, Id, Person};

fn claim(garneau: Id<Person>, pact: Id<Coalition>) -> Claimed {
    Claimed::new(MemberOf::default(), garneau, pact)
}

fn main() {}
