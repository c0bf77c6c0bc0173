//! An official is a person; whether a person is an official is checked, never assumed.
use comity::{Batch, Id, Official, Person};

fn demote(official: Id<Official>) -> Id<Person> {
    official.into()
}

fn promote(person: Id<Person>) -> Id<Official> {
    person.into()
}

fn make(batch: &mut Batch) {
    let _ = batch.node::<Official>("marc-garneau");
}

fn main() {}
