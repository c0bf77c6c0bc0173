//! All that can be asked of a view, in one text: for tests that compare two graphs or two views.

use std::fmt::Write;

use comity::{AllianceLens, NodeKind, RelationKind, View};

/// Everything that a view answers, printed.
pub(crate) fn answers(view: View<'_>) -> String {
    let graph = view.graph();
    let mut text = String::new();
    macro_rules! print_all {
        ($($what:expr),+ $(,)?) => {$(
            for answer in $what {
                writeln!(text, "{answer:?}").expect("a string takes it");
            }
        )+};
    }
    for node in graph.nodes() {
        writeln!(text, "{node:?} {node} {:?} {:?} {:?}", node.names(), node.subkind(), node.pledges()).expect("text");
    }
    for source in graph.sources() {
        writeln!(text, "{source:?} of {:?}: {:?}", source.origin(), source.source()).expect("text");
        for claim in source.claims() {
            writeln!(text, "{claim} {:?}", claim.same_fact()).expect("text");
            print_all!(view.origins(claim));
        }
    }
    for relation in RelationKind::ALL {
        for edge in view.edges(*relation) {
            writeln!(text, "{edge:?} {}", edge.because.explain()).expect("text");
        }
    }
    print_all!(
        view.contested(),
        view.conflicts(),
        view.detentions(),
        view.sanctions(),
        view.meetings(),
        view.statements(),
        view.retaliation(),
        view.retaliation_chains().take(50),
        view.diff(graph.view()),
        [view.statistics()],
    );
    for node in graph.nodes() {
        print_all!(
            view.memberships(node),
            view.quantified_members(node),
            view.roster(node),
            view.bodies(node),
            view.officials(node),
            view.tenures(node),
            view.signatories(node),
            view.stages(node),
            view.claims(node),
            AllianceLens::ALL.iter().flat_map(|lens| view.allies(node, *lens)),
            graph.nodes_of(NodeKind::Nation).filter_map(|other| view.chain(node, other)),
        );
    }
    text
}
