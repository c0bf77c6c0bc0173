//! The kinds, classes and relations are those of the ontology: nobody adds one from outside.
use comity::relations::Relation;
use comity::{Class, Kind, NodeKind, NodeKinds, Qualifiers, RelationKind, classes};

#[derive(Clone, Copy)]
enum Planet {}

impl Kind for Planet {
    const KIND: NodeKind = NodeKind::Place;
    const NAME: &'static str = "Planet";
}

enum Anybody {}

impl Class for Anybody {
    const KINDS: NodeKinds = NodeKinds::ANY;
}

struct Admires;

impl Relation for Admires {
    type Source = classes::Actor;
    type Target = classes::Actor;
    const KIND: RelationKind = RelationKind::AlignedWith;

    fn qualifiers(&self) -> Qualifiers {
        Qualifiers::new()
    }
}

fn main() {}
