//! A nation detains people, in a detention: it does not detain a nation.
use comity::relations::Detains;
use comity::{Claimed, Id, Nation};

fn claim(china: Id<Nation>, canada: Id<Nation>) -> Claimed {
    Claimed::new(Detains, china, canada)
}

fn main() {}
