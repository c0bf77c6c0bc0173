//! The canonical form of a static graph: W10.

use comity::{Act, DyadKind, RelationKind, Slice, View};

use crate::answer::digest;

/// The relations that the workload has facts of: nationalities come only with its detentions.
const RELATIONS: [RelationKind; 6] = [
    RelationKind::MemberOf,
    RelationKind::HoldsOffice,
    RelationKind::Detains,
    RelationKind::Imposes,
    RelationKind::TakesPartIn,
    RelationKind::Makes,
];

pub(crate) fn slice(view: View<'_>) -> Slice<'_> {
    RELATIONS.into_iter().fold(view, View::along).slice()
}

/// The size of a slice and the checksum of its edges.
pub(crate) fn line(slice: &Slice<'_>) -> String {
    let word = |kind: DyadKind| match kind {
        DyadKind::Relation(RelationKind::MemberOf) => "member_of",
        DyadKind::Relation(RelationKind::HoldsOffice) => "holds_office",
        DyadKind::Detains => "detains",
        DyadKind::Sanctions => "sanctions",
        DyadKind::Meets => "meets",
        DyadKind::Says(Act::Accuse) => "accuses",
        DyadKind::Says(Act::Reject) => "denies",
        DyadKind::Says(Act::Assert) => "states",
        _ => "none of the workload's",
    };
    let lines = slice.dyads().map(|dyad| {
        let [source, target] = [dyad.source, dyad.target].map(|node| node.slug().unwrap_or_default());
        format!("{source}|{}|{target}", word(dyad.kind))
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort_unstable();
    format!("{},{},{}", slice.nodes().len(), lines.len(), digest(lines.into_iter()))
}
