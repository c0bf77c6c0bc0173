//! Small lists that views share, so that a view stays a `Copy` value.

use std::sync::OnceLock;

/// Keeps each distinct list once, for as long as the graph lives. Views ask for a list when a filter is set, not when it is
/// used, so a chain is enough: it is as long as the number of distinct sets of articles and voices that were ever named.
#[derive(Debug)]
pub(crate) struct Pool<T = PoolItem> {
    head: OnceLock<Box<Link<T>>>,
}

#[derive(Debug)]
struct Link<T> {
    list: Kept<T>,
    next: OnceLock<Box<Link<T>>>,
}

/// A list that is kept: behind a reference of one word, since views are copied into every answer.
#[derive(Debug, PartialEq)]
pub(crate) struct Kept<T = PoolItem>(Box<[T]>);

impl<T> std::ops::Deref for Kept<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// What the lists hold: a number, and the days between which it counts.
pub(crate) type PoolItem = (u32, crate::time::Bounds);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { head: OnceLock::new() }
    }
}

impl<T: PartialEq> Pool<T> {
    /// This list, sorted and kept.
    pub(crate) fn keep(&self, mut list: Vec<T>) -> &Kept<T>
    where
        T: Ord,
    {
        list.sort();
        list.dedup();
        let mut list = Some(Kept(list.into_boxed_slice()));
        let mut place = &self.head;
        loop {
            let mut mine = false;
            let link = place.get_or_init(|| {
                mine = true;
                Box::new(Link { list: list.take().unwrap_or(Kept(Box::default())), next: OnceLock::new() })
            });
            if mine || list.as_ref().is_some_and(|list| *list == link.list) {
                return &link.list;
            }
            place = &link.next;
        }
    }
}

/// By hand: the derived one would descend the chain call by call.
impl<T> Drop for Pool<T> {
    fn drop(&mut self) {
        let mut next = self.head.take();
        while let Some(mut link) = next {
            next = link.next.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn equal_lists_are_kept_once_and_a_long_chain_is_dropped_without_overflow() {
        let pool = Pool::default();
        assert!(std::ptr::eq(pool.keep(vec![2, 1, 2]), pool.keep(vec![1, 2])));
        let long = Pool::default();
        let mut last = &long.head;
        for nth in 0..200_000 {
            let link = last
                .get_or_init(|| Box::new(super::Link { list: super::Kept(Box::new([nth])), next: Default::default() }));
            last = &link.next;
        }
        drop(long);
    }
}
