//! Which nations exist in which year, and the similarities of all of them: W5.

use std::fs;
use std::path::Path;

use comity::{Day, Distance, Graph, Id, Modality, Nation};

use crate::answer::digest;
use crate::clock::Failure;

const YEARS: std::ops::RangeInclusive<i16> = 1816..=2025;

/// The nations in the order of `nations.csv`.
pub(crate) struct World {
    nations: Vec<Existing>,
}

struct Existing {
    nation: Id<Nation>,
    from: Day,
    to: Option<Day>,
}

/// The scores of one year: of the pairs of the first existing nation with all after it, then of the second, ...
pub(crate) type Year = Vec<f64>;

impl World {
    pub(crate) fn read(graph: &Graph, folder: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(folder.join("nations.csv"))?;
        let nations = text.lines().skip(1).map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let [id, _, from, to] = fields[..] else { return Err("a nation has four fields".into()) };
            let nation = graph.find::<Nation>(id).ok_or("an unknown nation")?;
            let to = Some(to).filter(|to| !to.is_empty()).map(str::parse).transpose()?;
            Ok(Existing { nation, from: from.parse()?, to })
        });
        Ok(Self { nations: nations.collect::<Result<_, Failure>>()? })
    }

    fn day(year: i16) -> Day {
        Day::new(year, 7, 1).expect("a July has a first day")
    }

    fn existing(&self, day: Day) -> impl Iterator<Item = (usize, &Existing)> {
        let exists = move |one: &Existing| one.from <= day && one.to.is_none_or(|to| day < to);
        self.nations.iter().enumerate().filter(move |(_, one)| exists(one))
    }

    pub(crate) fn similarities(&self, graph: &Graph) -> Vec<Year> {
        YEARS
            .map(|year| {
                let day = Self::day(year);
                let view = graph.view().as_of(day).modality(Modality::Asserted);
                let portfolios = view.portfolios_of(self.existing(day).map(|(_, one)| one.nation));
                portfolios.similarity(Distance::Absolute).all().map_or_else(Vec::new, |scores| scores.values().to_vec())
            })
            .collect()
    }

    pub(crate) fn lines(&self, years: &[Year]) -> String {
        digest(YEARS.zip(years).map(|(year, scores)| {
            let existing: Vec<i64> = self.existing(Self::day(year)).map(|(row, _)| row as i64).collect();
            let pairs = existing
                .iter()
                .enumerate()
                .flat_map(|(nth, one)| existing[nth + 1..].iter().map(move |other| (200 * one + other) % 1_009));
            let (mut sum, mut weighted) = (0_i64, 0_i64);
            for (weight, score) in pairs.zip(scores) {
                let score = (score * 1e9).round() as i64;
                sum += score;
                weighted += score * weight;
            }
            format!("{year},{sum},{weighted}")
        }))
    }
}
