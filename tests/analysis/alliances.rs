//! Portfolios and their scores on random alliances, against the definitions.

use std::collections::BTreeSet;

use comity::relations::MemberOf;
use comity::{
    Batch, Certainty, Claimed, Coalition, CoalitionKind, Day, Description, Distance, Graph, MembershipRole, Nation,
    Pledge, Portfolios, Source, When,
};
use proptest::prelude::*;

use crate::times::{config, day, holds, nation, numbers, view, when};

const NATIONS: usize = 6;
const COALITIONS: usize = 4;

#[derive(Debug, Clone)]
struct Joining {
    nation: usize,
    coalition: usize,
    observes: bool,
    when: When,
}

#[derive(Debug, Clone)]
struct World {
    /// What each coalition promises; none if it is no alliance.
    pledges: Vec<Option<Vec<Pledge>>>,
    joinings: Vec<Joining>,
}

fn world() -> impl Strategy<Value = World> {
    let pledges = prop::collection::vec(prop::sample::select(Pledge::ALL), 0..3);
    let pledges = prop::collection::vec(prop::option::weighted(0.8, pledges), COALITIONS);
    let joining = (0..NATIONS, 0..COALITIONS, prop::bool::weighted(0.1), when());
    let joining = joining.prop_map(|(nation, coalition, observes, when)| Joining { nation, coalition, observes, when });
    let joinings = prop::collection::vec(joining, 0..16);
    (pledges, joinings).prop_map(|(pledges, joinings)| World { pledges, joinings })
}

impl World {
    fn graph(&self) -> Graph {
        let mut batch = Batch::new();
        let note = batch.source(Source::article("note"));
        for number in 0..NATIONS {
            batch.node::<Nation>(&number.to_string()).unwrap();
        }
        for (number, pledges) in self.pledges.iter().enumerate() {
            let coalition = batch.node::<Coalition>(&format!("c{number}")).unwrap();
            let kind = if pledges.is_some() { CoalitionKind::Alliance } else { CoalitionKind::Other };
            let described = Description::new().coalition(kind);
            let described = pledges.iter().flatten().fold(described, |described, pledge| described.pledge(*pledge));
            batch.describe(note, coalition, described).unwrap();
        }
        for (number, one) in self.joinings.iter().enumerate() {
            let nation = batch.node::<Nation>(&one.nation.to_string()).unwrap();
            let coalition = batch.node::<Coalition>(&format!("c{}", one.coalition)).unwrap();
            let role = if one.observes { MembershipRole::Observer } else { MembershipRole::Member };
            let claim = Claimed::new(MemberOf { role, extent: None }, nation, coalition);
            batch.claim(note, claim.when(one.when).gloss(&number.to_string()));
        }
        Graph::new().apply(batch).unwrap()
    }

    /// How sure a nation is a member.
    fn member(&self, nation: usize, coalition: usize, day: Option<Day>) -> Option<Certainty> {
        let theirs = self.joinings.iter().filter(|one| (one.nation, one.coalition) == (nation, coalition));
        theirs.filter(|one| !one.observes).filter_map(|one| holds(one.when, day)).max()
    }

    /// What a coalition commits to, and how sure that is.
    fn commitment(&self, coalition: usize) -> Option<(u8, Certainty)> {
        let pledges = self.pledges[coalition].as_ref()?;
        let has = |pledge| pledges.contains(&pledge);
        Some(match () {
            () if has(Pledge::Defense) => (3, Certainty::Certain),
            () if has(Pledge::Neutrality) || has(Pledge::Nonaggression) => (2, Certainty::Certain),
            () if has(Pledge::Consultation) => (1, Certainty::Certain),
            () => (1, Certainty::Possible),
        })
    }

    /// The coalitions by which two are tied, with commitment and certainty.
    fn ties(&self, one: usize, other: usize, day: Option<Day>) -> Vec<(usize, u8, Certainty)> {
        let tie = |coalition| {
            let (commitment, known) = self.commitment(coalition)?;
            let both = self.member(one, coalition, day)?.min(self.member(other, coalition, day)?);
            Some((coalition, commitment, known.min(both)))
        };
        (0..COALITIONS).filter_map(tie).collect()
    }

    fn matrix(&self, day: Option<Day>, at_least: Certainty) -> Vec<Vec<u8>> {
        let cell = |one: usize, other: usize| {
            let ties = self.ties(one, other, day).into_iter().filter(|tie| tie.2 >= at_least);
            if one == other { 3 } else { ties.map(|tie| tie.1).max().unwrap_or(0) }
        };
        (0..NATIONS).map(|one| (0..NATIONS).map(|other| cell(one, other)).collect()).collect()
    }

    /// The numbers of the claims behind the commitments of a row.
    fn behind(&self, row: usize, day: Option<Day>) -> BTreeSet<usize> {
        let matrix = self.matrix(day, Certainty::Possible);
        let others = (0..NATIONS).filter(|other| *other != row);
        let counted = others.flat_map(|other| {
            let made = self.ties(row, other, day).into_iter().filter(|tie| tie.1 == matrix[row][other]);
            made.flat_map(|(coalition, ..)| [(row, coalition), (other, coalition)]).collect::<Vec<_>>()
        });
        let counted: BTreeSet<_> = counted.collect();
        let joinings = self.joinings.iter().enumerate();
        let counts = |one: &Joining| {
            !one.observes && holds(one.when, day).is_some() && counted.contains(&(one.nation, one.coalition))
        };
        joinings.filter(|(_, one)| counts(one)).map(|(number, _)| number).collect()
    }
}

const DISTANCES: [Distance; 3] = [Distance::Nominal, Distance::Absolute, Distance::Squared];

fn apart(distance: Distance, one: u8, other: u8) -> f64 {
    let apart = f64::from(one) - f64::from(other);
    match distance {
        Distance::Nominal if apart == 0.0 => 0.0,
        Distance::Nominal => 1.0,
        Distance::Squared => apart * apart,
        _ => apart.abs(),
    }
}

fn s(distance: Distance, rows: [&[u8]; 2], weights: &[f64], greatest: u8) -> f64 {
    let cells = rows[0].iter().zip(rows[1]).zip(weights);
    let sum: f64 = cells.map(|((one, other), weight)| weight * apart(distance, *one, *other)).sum();
    1.0 - 2.0 * sum / (apart(distance, greatest, 0) * weights.iter().sum::<f64>())
}

/// One less observed over expected disagreement, by going through every partner and every two draws.
fn beyond_chance(distance: Distance, rows: [&[u8]; 2], draws: [&[u8]; 2]) -> Option<f64> {
    let observed: f64 = rows[0].iter().zip(rows[1]).map(|(one, other)| apart(distance, *one, *other)).sum();
    let expected: f64 =
        draws[0].iter().flat_map(|one| draws[1].iter().map(|other| apart(distance, *one, *other))).sum();
    let expected = expected / (draws[0].len() * draws[1].len()) as f64;
    (expected > 0.0).then(|| 1.0 - observed / rows[0].len() as f64 / expected)
}

fn tau_b(rows: [&[u8]; 2]) -> Option<f64> {
    let (mut sum, mut untied) = (0.0, [0.0; 2]);
    for first in 0..rows[0].len() {
        for second in 0..first {
            let step = |row: &[u8]| (f64::from(row[first]) - f64::from(row[second])).signum();
            let moved = |row: &[u8]| f64::from(u8::from(row[first] != row[second]));
            sum += step(rows[0]) * moved(rows[0]) * step(rows[1]) * moved(rows[1]);
            untied = [untied[0] + moved(rows[0]), untied[1] + moved(rows[1])];
        }
    }
    let value = sum / (untied[0] * untied[1]).sqrt();
    value.is_finite().then_some(value)
}

fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(config(150))]

    /// Who is committed to whom, how far and how sure, and by which claims, is what the memberships of the day say.
    #[test]
    fn portfolios_are_the_greatest_commitments_of_the_day(world in world(), day in day()) {
        let graph = world.graph();
        let portfolios = view(&graph, day).portfolios_of((0..NATIONS).map(|number| nation(&graph, number)));
        let (all, certain) = (world.matrix(day, Certainty::Possible), world.matrix(day, Certainty::Certain));
        prop_assert_eq!(portfolios.rows().collect::<Vec<_>>(), all.clone());
        let only = portfolios.certain_only();
        prop_assert_eq!(only.rows().collect::<Vec<_>>(), certain.clone());
        let scores = portfolios.similarity(Distance::Absolute).all().unwrap();
        for score in scores.pairs() {
            let is_sure = [score.one, score.other].iter().all(|row| all[*row] == certain[*row]);
            prop_assert_eq!(score.certainty == Certainty::Certain, is_sure);
            let behind = &world.behind(score.one, day) | &world.behind(score.other, day);
            prop_assert_eq!(numbers(&score.because().unwrap()), behind);
        }
    }

    /// Only those that a claim speaks of have a portfolio when nobody is named.
    #[test]
    fn the_nations_of_a_view_are_those_that_claims_speak_of(world in world()) {
        let graph = world.graph();
        let spoken: BTreeSet<_> = world.joinings.iter().map(|one| format!("nation/{}", one.nation)).collect();
        let found: Vec<_> = graph.view().portfolios().nations().map(|nation| nation.key()).collect();
        prop_assert_eq!(found, spoken.into_iter().collect::<Vec<_>>());
    }

    /// Every score of random matrices, of each pair alone and of all at once, is what the definition says.
    #[test]
    fn scores_are_what_their_definitions_say(
        (greatest, rows, weights) in (0..5_u8, 0..7_usize, 1..6_usize).prop_flat_map(|(greatest, columns, count)| {
            let row = prop::collection::vec(prop_oneof![2 => Just(0), 3 => 0..=greatest], columns);
            let weight = prop_oneof![Just(0.0), 0.0..3.0];
            (Just(greatest), prop::collection::vec(row, count), prop::collection::vec(weight, columns))
        }),
    ) {
        let portfolios = Portfolios::from_matrix(&rows, greatest).unwrap();
        let even = vec![1.0; weights.len()];
        for distance in DISTANCES {
            for (weights, similarity) in [
                (&even, portfolios.similarity(distance)),
                (&weights, portfolios.similarity(distance).weighted_by(&weights).unwrap()),
            ] {
                let all = similarity.all();
                let is_defined = greatest > 0 && weights.iter().sum::<f64>() > 0.0;
                prop_assert_eq!(all.as_ref().map(|all| all.pairs().len()),
                    is_defined.then(|| rows.len() * (rows.len() - 1) / 2));
                for one in 0..rows.len() {
                    for other in 0..rows.len() {
                        let score = similarity.of(one, other).map(|score| score.value);
                        let by_hand = is_defined.then(|| s(distance, [&rows[one], &rows[other]], weights, greatest));
                        prop_assert!(same(score, by_hand), "{:?} {:?}", score, by_hand);
                        let at_once = all.as_ref().and_then(|all| all.of(one, other)).map(|score| score.value);
                        prop_assert!(one == other || score == at_once, "to the last bit: {:?} {:?}", score, at_once);
                    }
                }
            }
            for one in 0..rows.len() {
                for other in 0..rows.len() {
                    let pair = [rows[one].as_slice(), rows[other].as_slice()];
                    let pooled = pair.concat();
                    let value = |score: Option<comity::Score<'_>>| score.map(|score| score.value);
                    let pi = value(portfolios.scotts_pi(one, other, distance));
                    prop_assert!(same(pi, beyond_chance(distance, pair, [&pooled, &pooled])), "pi {:?}", pi);
                    let kappa = value(portfolios.cohens_kappa(one, other, distance));
                    prop_assert!(same(kappa, beyond_chance(distance, pair, pair)), "kappa {:?}", kappa);
                    let tau = value(portfolios.kendalls_tau_b(one, other));
                    prop_assert!(same(tau, tau_b(pair)), "tau-b {:?}", tau);
                }
            }
        }
        prop_assert!(portfolios.similarity(Distance::Absolute).of(0, rows.len()).is_none());
    }
}

#[test]
fn the_widest_scale_and_another_s_matrix_are_no_trouble() {
    let portfolios = Portfolios::from_matrix([[255, 0], [0, 255]], 255).unwrap();
    assert_eq!(portfolios.similarity(Distance::Squared).of(0, 1).unwrap().value, -1.0);
    assert_eq!(portfolios.kendalls_tau_b(0, 1).unwrap().value, -1.0);
    assert_eq!(portfolios.cohens_kappa(0, 1, Distance::Nominal).unwrap().value, -1.0);
    assert!(portfolios.because(0, 1).is_none() && portfolios.nations().next().is_none());
}
