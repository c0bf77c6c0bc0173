//! An invented press: articles in the native format, as many as are asked for, the same from the same seed.
//!
//! Nations are real ones by their codes, all else is made up. There are no texts behind the spans and hashes: they are only
//! shaped like some. An article has about ten facts and 12 to 15 mentions, and is valid under the format.

#![allow(dead_code, reason = "each bench and test uses a part of it")]

mod article;
pub(crate) mod in_code;
mod world;

use article::Article;
use world::World;

/// SplitMix64 (Steele, Lea & Flood 2014): sixty-four good bits from a counter, so that no crate can change our articles.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0. The bias is below one in 2^32.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// Low numbers more often: the few that the press writes about most.
    pub(crate) fn prominent(&mut self, end: usize) -> usize {
        let (one, other) = (self.below(end), self.below(end));
        one.min(other)
    }

    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// Articles, one JSON object each, until they hold so many facts.
#[derive(Debug)]
pub(crate) struct Articles {
    world: World,
    random: Random,
    written: usize,
    wanted: usize,
    nth: usize,
}

impl Articles {
    /// At least `facts` facts in all; the last article may go over.
    pub(crate) fn new(seed: u64, facts: usize) -> Self {
        let mut random = Random::new(seed);
        Self { world: World::new(&mut random, facts), random, written: 0, wanted: facts, nth: 0 }
    }
}

impl Iterator for Articles {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.written >= self.wanted {
            return None;
        }
        self.nth += 1;
        let (article, facts) = Article::write(&self.world, &mut self.random, self.nth);
        self.written += facts;
        Some(article)
    }
}

/// The articles as JSON Lines.
pub(crate) fn json_lines(seed: u64, facts: usize) -> String {
    Articles::new(seed, facts).fold(String::new(), |lines, article| lines + &article + "\n")
}
