//! Draws who holds whom, at whose request, and what is said to answer what, as SVG: `cargo run --example 12_picture > cases.svg`.

use comity::RelationKind::{Detains, HeldIn, Includes, Requests, RetaliatesFor};
use comity::{Graph, Loader, NodeRef, View};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (batch, _) = Loader::new().load("data/articles")?;
    let graph = Graph::new().apply(batch)?;
    let view = graph.view();
    let told: Vec<_> = view.retaliation().flat_map(|one| [one.to, one.response]).collect();

    // Who holds and asks, what for, and whom: a column each, in the order of the cases.
    let mut columns: [Vec<NodeRef<'_>>; 3] = Default::default();
    for case in view.detentions().filter(|case| told.contains(&case.detention)) {
        columns[0].extend(case.by.iter().chain(&case.at_request_of));
        columns[1].push(case.detention);
        columns[2].extend(&case.detained);
    }
    let mut places = Vec::new();
    for (column, nodes) in (0..).zip(columns) {
        let mut once: Vec<NodeRef<'_>> = Vec::new();
        for node in nodes {
            if !once.contains(&node) {
                once.push(node);
            }
        }
        let height = 300 / i32::try_from(once.len().max(1))?;
        places.extend((0..).zip(once).map(|(row, node)| (node, 100 + 350 * column, 40 + height / 2 + height * row)));
    }
    println!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 940 380\" font-family=\"sans-serif\">");
    println!("<rect width=\"940\" height=\"380\" fill=\"#fff\"/>");
    lines(view, &places);
    for (node, x, y) in &places {
        let width = 24 + 8 * node.to_string().chars().count();
        let (left, top) = (x - i32::try_from(width)? / 2, y - 14);
        println!(
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"28\" rx=\"6\" fill=\"#eaf2f8\" stroke=\"#2e4053\"/>"
        );
        text(&node.to_string(), *x, y + 5, 14, "#17202a");
    }
    text("in brackets: claims - red: somebody denies it - dashed: a request", 450, 368, 11, "#5d6d7e");
    println!("</svg>");
    Ok(())
}

/// An edge is a line with its relation and the number of its claims.
fn lines(view: View<'_>, places: &[(NodeRef<'_>, i32, i32)]) {
    for edge in [Detains, Requests, HeldIn, Includes, RetaliatesFor].into_iter().flat_map(|kind| view.edges(kind)) {
        let place = |node: NodeRef<'_>| places.iter().find(|place| place.0 == node);
        let (Some((_, x1, y1)), Some((_, x2, y2))) = (place(edge.source), place(edge.target)) else { continue };
        let colour = if edge.because.against().len() > 0 { "#c0392b" } else { "#5d6d7e" };
        let dash = if edge.relation == Requests { "stroke-dasharray=\"6 4\"" } else { "" };
        let bend = if x1 == x2 { 90 } else { 0 };
        let (x, y) = ((x1 + x2) / 2 + bend, (y1 + y2) / 2);
        println!(
            "<path d=\"M{x1} {y1} Q{x} {y} {x2} {y2}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" {dash}/>"
        );
        text(&format!("{} ({})", edge.relation, edge.because.claims().len()), x - bend / 4, y + 4, 11, colour);
    }
}

/// Text with a white edge, so that it can stand on a line.
fn text(text: &str, x: i32, y: i32, size: u8, colour: &str) {
    for style in ["fill=\"#fff\" stroke=\"#fff\" stroke-width=\"4\"".to_owned(), format!("fill=\"{colour}\"")] {
        println!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\" {style}>{text}</text>");
    }
}
