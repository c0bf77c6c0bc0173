//! Curves as a picture whose grey and colours stand on a light ground and on a dark one.

use std::fmt::Write;

use crate::rows::Curve;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 560.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 470.0;

const GREY: &str = "#7d8590";
const FAINT: &str = " stroke-opacity=\"0.4\"";
const COLOURS: [&str; 11] = [
    "#d1495b", "#2f8fd0", "#3a9e5f", "#d98324", "#8e6bd1", "#1fa3a3", "#c2549d", "#8a9a2b", "#5b7bd6", "#a9744f",
    "#6f7f95",
];

/// Where numbers stand: tens at equal steps.
struct Axes {
    facts: (f64, f64),
    seconds: (f64, f64),
}

impl Axes {
    /// From the ten below the least to the ten above the greatest.
    fn of(curves: &[Curve]) -> Self {
        let around = |of: fn(&(f64, f64)) -> f64| {
            let numbers = || curves.iter().flat_map(|curve| &curve.points).map(of).map(f64::log10);
            let (least, most) = (numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max));
            (least.floor(), most.ceil())
        };
        Self { facts: around(|(facts, _)| *facts), seconds: around(|(_, seconds)| *seconds) }
    }

    fn x(&self, facts: f64) -> f64 {
        let (least, most) = self.facts;
        LEFT + (facts.log10() - least) / (most - least) * (RIGHT - LEFT)
    }

    fn y(&self, seconds: f64) -> f64 {
        let (least, most) = self.seconds;
        BOTTOM - (seconds.log10() - least) / (most - least) * (BOTTOM - TOP)
    }
}

pub(crate) fn svg(curves: &[Curve]) -> String {
    let axes = Axes::of(curves);
    let mut svg = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"13\" role=\"img\">"
    );
    let _ = writeln!(svg, "<title>How the time of each workload grows with the facts</title>");
    grid(&mut svg, &axes);
    for (curve, colour) in curves.iter().zip(COLOURS) {
        let points: Vec<_> = curve.points.iter().map(|(facts, seconds)| (axes.x(*facts), axes.y(*seconds))).collect();
        let path: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let path = path.join(" ");
        let _ = writeln!(svg, "<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>");
        for (x, y) in points {
            let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>");
        }
    }
    labels(&mut svg, &axes, curves);
    svg.push_str("</svg>\n");
    svg
}

/// A line at each ten of either, and for comparison what grows as the facts do.
fn grid(svg: &mut String, axes: &Axes) {
    let tens = |(least, most): (f64, f64)| (least as i32..=most as i32).map(|ten| (ten, 10_f64.powi(ten)));
    for (ten, seconds) in tens(axes.seconds) {
        let y = axes.y(seconds);
        line(svg, [LEFT, y, RIGHT, y], FAINT);
        let shown = match ten {
            ..-3 => format!("{} µs", 10_i32.pow((ten + 6).max(0) as u32)),
            -3..0 => format!("{} ms", 10_i32.pow((ten + 3) as u32)),
            _ => format!("{} s", 10_i32.pow(ten as u32)),
        };
        text(svg, (LEFT - 8.0, y + 4.0), "end", GREY, &shown);
    }
    for (ten, facts) in tens(axes.facts) {
        let x = axes.x(facts);
        line(svg, [x, TOP, x, BOTTOM], FAINT);
        text(svg, (x, BOTTOM + 20.0), "middle", GREY, &format!("10<tspan dy=\"-5\" font-size=\"10\">{ten}</tspan>"));
    }
    text(
        svg,
        ((LEFT + RIGHT) / 2.0, BOTTOM + 42.0),
        "middle",
        GREY,
        "facts; dashed: ten times the facts, ten times the time",
    );
    // In the middle of the seconds, as far as both axes reach.
    let steps = (axes.facts.1 - axes.facts.0).min(axes.seconds.1 - axes.seconds.0);
    let below = 10_f64.powf(axes.seconds.0 + (axes.seconds.1 - axes.seconds.0 - steps) / 2.0);
    let first = 10_f64.powf(axes.facts.0);
    let grown = 10_f64.powf(steps);
    line(
        svg,
        [axes.x(first), axes.y(below), axes.x(first * grown), axes.y(below * grown)],
        " stroke-dasharray=\"6 5\"",
    );
}

/// The name of each curve where it ends, and how often each ten times the facts is the time; moved apart where they would touch.
fn labels(svg: &mut String, axes: &Axes, curves: &[Curve]) {
    const APART: f64 = 17.0;
    let end = |curve: &Curve| {
        curve.points.last().map_or((LEFT, BOTTOM), |(facts, seconds)| (axes.x(*facts), axes.y(*seconds)))
    };
    let mut ends: Vec<_> = curves.iter().zip(COLOURS).map(|(curve, colour)| (end(curve), curve, colour)).collect();
    ends.sort_by(|((_, one), ..), ((_, other), ..)| one.total_cmp(other));
    let mut places: Vec<f64> = ends.iter().map(|((_, y), ..)| *y).collect();
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + APART);
    }
    // Those that were pushed out below come back up.
    let mut lowest = BOTTOM;
    for place in places.iter_mut().rev() {
        *place = place.min(lowest);
        lowest = *place - APART;
    }
    for (((x, y), curve, colour), place) in ends.into_iter().zip(places) {
        let grown = curve.points.windows(2).map(|pair| format!("×{:.1}", pair[1].1 / pair[0].1));
        let shown = format!("{}  {}", curve.name, grown.collect::<Vec<_>>().join(" "));
        let _ = writeln!(
            svg,
            "<path d=\"M{:.1} {y:.1} L{:.1} {place:.1}\" stroke=\"{colour}\" stroke-width=\"1\" fill=\"none\"/>",
            x + 6.0,
            RIGHT + 30.0
        );
        text(svg, (RIGHT + 36.0, place + 4.0), "start", colour, &shown);
    }
}

fn line(svg: &mut String, [x1, y1, x2, y2]: [f64; 4], style: &str) {
    let ends = format!("x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"");
    let _ = writeln!(svg, "<line {ends} stroke=\"{GREY}\"{style}/>");
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, colour: &str, shown: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{shown}</text>");
}
