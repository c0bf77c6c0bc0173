//! What few views ask for, kept where all can share it, so that a view stays a small `Copy` value.

use std::sync::OnceLock;

/// Keeps each distinct value once, for as long as the graph lives. Views ask for one when a filter is set, not when it is
/// used, so a chain is enough: it is as long as the number of distinct sets of windows, voices, articles and relations that were ever named.
#[derive(Debug)]
pub(crate) struct Pool<T> {
    head: OnceLock<Box<Link<T>>>,
}

#[derive(Debug)]
struct Link<T> {
    value: T,
    next: OnceLock<Box<Link<T>>>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { head: OnceLock::new() }
    }
}

impl<T: PartialEq + Clone> Pool<T> {
    /// This value, kept.
    pub(crate) fn keep(&self, value: &T) -> &T {
        let mut place = &self.head;
        loop {
            let link = place.get_or_init(|| Box::new(Link { value: value.clone(), next: OnceLock::new() }));
            if link.value == *value {
                return &link.value;
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
    fn equal_values_are_kept_once_and_a_long_chain_is_dropped_without_overflow() {
        let pool = Pool::default();
        assert!(std::ptr::eq(pool.keep(&1), pool.keep(&1)) && !std::ptr::eq(pool.keep(&1), pool.keep(&2)));
        let long = Pool::default();
        let mut last = &long.head;
        for nth in 0..200_000 {
            let link = last.get_or_init(|| Box::new(super::Link { value: nth, next: Default::default() }));
            last = &link.next;
        }
        drop(long);
    }
}
