//! Answers in their canonical form: lines, and the first sixteen digits of their SHA-256.

use sha2::{Digest, Sha256};

pub(crate) fn digest(lines: impl Iterator<Item = String>) -> String {
    let text = lines.collect::<Vec<_>>().join("\n");
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The answers to many queries, in one list: to find room for each is not what is compared.
pub(crate) struct Answers<T> {
    all: Vec<T>,
    /// Where each answer ends.
    ends: Vec<usize>,
}

impl<T: Copy + PartialEq> Answers<T> {
    /// What is the same several times in a row is kept once.
    pub(crate) fn of<Q, A: IntoIterator<Item = T>>(queries: &[Q], ask: impl Fn(&Q) -> A) -> Self {
        let (mut all, mut ends) = (Vec::new(), Vec::with_capacity(queries.len()));
        for query in queries {
            let start = all.len();
            for one in ask(query) {
                if all[start..].last() != Some(&one) {
                    all.push(one);
                }
            }
            ends.push(all.len());
        }
        Self { all, ends }
    }

    /// One line a query: its sorted names.
    pub(crate) fn digest(&self, name: impl Fn(T) -> String) -> String {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        digest(starts.zip(&self.ends).map(|(start, end)| {
            let mut names: Vec<String> = self.all[start..*end].iter().map(|one| name(*one)).collect();
            names.sort();
            names.join(",")
        }))
    }
}
