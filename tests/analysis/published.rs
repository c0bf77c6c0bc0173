//! Published numbers, from other people's files under the folder that `COMITY_SHARED` names; without it these are skipped.

use std::collections::BTreeMap;
use std::path::PathBuf;

use comity::{Distance, Portfolios, Sign, SignedGraph};

/// The rows of a table, without its head.
fn table(path: &str) -> Option<Vec<Vec<String>>> {
    let Some(shared) = std::env::var_os("COMITY_SHARED").map(PathBuf::from) else {
        println!("skipped: {path} is read from the folder that COMITY_SHARED names");
        return None;
    };
    let text = std::fs::read_to_string(shared.join("data").join(path)).unwrap();
    Some(text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

/// Germany and Russia in 1914: Signorino and Ritter 1999, table 6.
#[test]
fn the_portfolios_of_germany_and_russia_score_as_printed() {
    let Some(states) = table("similarity/gmyrus14_signorino_ritter_1999_table6.csv") else { return };
    let column = |nth: usize| states.iter().map(|state| state[nth].parse().unwrap()).collect::<Vec<u8>>();
    let capabilities: Vec<f64> = states.iter().map(|state| state[1].parse().unwrap()).collect();
    let portfolios = Portfolios::from_matrix([column(2), column(3)], 3).unwrap();
    let similarity = |distance| portfolios.similarity(distance);
    let weighted = similarity(Distance::Absolute).weighted_by(&capabilities).unwrap();
    for (score, printed, digits) in [
        (similarity(Distance::Absolute).of(0, 1), 0.4, 1e-12),
        (similarity(Distance::Squared).of(0, 1), 0.444_444_4, 5e-8),
        (weighted.of(0, 1), -0.46, 1e-12),
        (portfolios.kendalls_tau_b(0, 1), 0.030_316_95, 5e-9),
        (portfolios.scotts_pi(0, 1, Distance::Nominal), -0.044_776_12, 5e-9),
        (portfolios.cohens_kappa(0, 1, Distance::Squared), -0.077_586_21, 5e-9),
    ] {
        let score = score.unwrap();
        assert!((score.value - printed).abs() < digits, "{} is not {printed}", score.value);
        assert_eq!(score.n, 20);
    }
}

/// The commitments of 1816, as coded by others: the definition, pair by pair, gives what all pairs at once do.
#[test]
fn all_pairs_of_1816_score_as_each_does_alone() {
    let Some(rows) = table("similarity/cow_commitment_matrix_1816.csv") else { return };
    let rows = rows.iter().map(|row| row[1..].iter().map(|cell| cell.parse().unwrap()).collect::<Vec<u8>>());
    let rows: Vec<_> = rows.collect();
    let portfolios = Portfolios::from_matrix(&rows, 3).unwrap();
    let scores = portfolios.similarity(Distance::Absolute).all().unwrap();
    assert_eq!(scores.pairs().len(), rows.len() * (rows.len() - 1) / 2);
    for score in scores.pairs() {
        let apart = rows[score.one].iter().zip(&rows[score.other]).map(|(one, other)| u32::from(one.abs_diff(*other)));
        let by_hand = 1.0 - 2.0 * f64::from(apart.sum::<u32>()) / (3.0 * score.n as f64);
        assert!((score.value - by_hand).abs() < 1e-12, "{score:?}");
    }
}

/// The highland tribes of New Guinea (Read 1954).
#[test]
fn the_highland_tribes_are_as_balanced_and_as_frustrated_as_printed() {
    let Some(ties) = table("signed/tribes_edges.csv") else { return };
    let mut places = BTreeMap::new();
    let mut place = |name: &str| {
        let next = places.len();
        *places.entry(name.to_owned()).or_insert(next)
    };
    let sign = |word: &str| if word == "1" { Sign::Positive } else { Sign::Negative };
    let ties: Vec<_> = ties.iter().map(|tie| (place(&tie[0]), place(&tie[1]), sign(&tie[2]))).collect();
    let graph = SignedGraph::from_edges(places.len(), ties).unwrap();
    assert_eq!((graph.places(), graph.ties().count()), (16, 58));
    let census = graph.census();
    assert_eq!((census.triads, census.certain), ([19, 2, 40, 7], [19, 2, 40, 7]));
    assert!((census.balance().unwrap() - 0.867_647_1).abs() < 5e-8);
    let frustration = graph.frustration(1_000_000).unwrap();
    assert_eq!((frustration.index, frustration.optima, frustration.frustrated.len()), (7, 1, 7));
}
