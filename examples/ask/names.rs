//! From a name on the command line to a node.

use comity::{Node, NodeKind, NodeKinds, NodeRef, Resolution, View};
use serde_json::{Value, json};

/// Why a name is no node: for people, and as an object for `--json`.
pub(crate) struct Unresolved {
    pub(crate) message: String,
    pub(crate) json: Value,
}

/// What a name stands for.
pub(crate) enum Named<'g> {
    Node(NodeRef<'g>),
    /// A nation that the gazetteer knows, and of which these articles say nothing.
    Unmentioned,
}

pub(crate) const ACTORS: NodeKinds = NodeKinds::ACTOR;
pub(crate) const BODIES: NodeKinds = NodeKinds::of(&[
    NodeKind::Coalition,
    NodeKind::Organization,
    NodeKind::Instrument,
    NodeKind::Group,
    NodeKind::Meeting,
]);
pub(crate) const PEOPLE: NodeKinds = NodeKinds::of(&[NodeKind::Person]);
pub(crate) const INSTRUMENTS: NodeKinds = NodeKinds::of(&[NodeKind::Instrument]);

/// The node of a name, of one of these kinds.
pub(crate) fn named<'g>(view: View<'g>, name: &str, kinds: NodeKinds) -> Result<Named<'g>, Unresolved> {
    match view.resolve(name, kinds) {
        Resolution::One(node) => Ok(Named::Node(node)),
        Resolution::Unmentioned(_) => Ok(Named::Unmentioned),
        Resolution::Ambiguous(candidates) => {
            let list: Vec<_> = candidates.iter().map(|one| format!("{} ({})", one.name, one.key)).collect();
            let keys: Vec<_> = candidates.iter().map(|one| one.key.clone()).collect();
            let message = format!("{name:?} is ambiguous: {}", list.join(", "));
            Err(Unresolved { json: json!({ "error": message, "candidates": keys }), message })
        }
        Resolution::Unknown(suggestions) => {
            let hint = match suggestions.is_empty() {
                true => String::new(),
                false => format!("; did you mean {}?", suggestions.join(", or ")),
            };
            let message = format!("{name:?} is not known{hint}");
            Err(Unresolved { json: json!({ "error": message, "suggestions": suggestions }), message })
        }
        _ => Err(Unresolved { message: format!("{name:?} is not known"), json: json!({ "error": name }) }),
    }
}

/// The node of a name, of any kind; one that is not mentioned is an error here.
pub(crate) fn node(view: View<'_>, name: &str) -> Result<Node, Unresolved> {
    match named(view, name, NodeKinds::ANY)? {
        Named::Node(node) => Ok(node.id()),
        Named::Unmentioned => {
            let message = format!("these articles do not mention {name:?}");
            Err(Unresolved { json: json!({ "error": message, "suggestions": [] }), message })
        }
    }
}
