//! Independent origins: ten copies of one wire story are one source.

use std::collections::BTreeMap;

use super::Source;

/// For each source the number of its independent origin; sources of one origin share it, and numbers go up with the sources.
///
/// Sources joined by chains of `origin.of`, or taken from the same text, are one. Nearly linear.
pub(crate) fn independent_origins<'s>(sources: impl Iterator<Item = &'s Source>) -> Vec<u32> {
    let sources: Vec<_> = sources.collect();
    let mut by_text: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parent: Vec<usize> = (0..sources.len()).collect();
    for (at, source) in sources.iter().enumerate() {
        let taken_from = source.origin.as_ref().and_then(|origin| origin.of.as_deref());
        for text in [Some(source.id()), taken_from].into_iter().flatten() {
            let other = *by_text.entry(text).or_insert(at);
            let (a, b) = (root(&mut parent, at), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let roots: Vec<_> = (0..sources.len()).map(|at| root(&mut parent, at) as u32).collect();
    roots
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{super::Origin, Source, independent_origins};
    use crate::model::OriginKind;

    fn copy(id: &str, of: &str) -> Source {
        let origin = Origin { kind: OriginKind::Reprint, of: Some(of.into()), agency: None };
        Source { origin: Some(origin.into()), ..Source::article(id) }
    }

    #[test]
    fn copies_of_one_text_are_one_origin_even_if_nobody_loaded_it() {
        let sources = [Source::article("a"), copy("b", "wire"), copy("c", "b"), copy("d", "wire"), copy("e", "a")];
        assert_eq!(independent_origins(sources.iter()), [0, 1, 1, 1, 0]);
    }
}
