//! Work side by side: on as many threads as the machine has, and as the work is worth.
//!
//! What comes out never depends on how many there were. It knows nothing of what the work is.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// More threads than this wait for memory.
const MOST: usize = 4;

/// How many threads so much work is worth, where so little is better done on one.
pub(crate) fn worth(work: usize, little: usize) -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(MOST).min(work / little).max(1)
}

/// Does the same on so many threads, this one among them; what it gives in no order.
pub(crate) fn side_by_side<T: Send>(threads: usize, work: impl Fn() -> Vec<T> + Sync) -> Vec<T> {
    thread::scope(|scope| {
        // Where no thread is to be had, this one does it all.
        let start = |_| thread::Builder::new().spawn_scoped(scope, &work).ok();
        let others: Vec<_> = (1..threads).filter_map(start).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

/// Does each piece of work on whichever thread is free, beginning with the first; what they give in their order.
pub(crate) fn each<I: Send, T: Send>(threads: usize, pieces: Vec<I>, work: impl Fn(I) -> T + Sync) -> Vec<T> {
    let pieces = Mutex::new(pieces.into_iter().enumerate());
    let mut done = side_by_side(threads, || {
        let next = || pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
        std::iter::from_fn(|| next().map(|(place, piece)| (place, work(piece)))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::{each, worth};

    #[test]
    fn pieces_come_back_in_their_order_on_any_number_of_threads() {
        for threads in 1..5 {
            let squares = each(threads, (0..1_000_u64).collect(), |number| number * number);
            assert_eq!(squares, (0..1_000).map(|number| number * number).collect::<Vec<_>>());
        }
        assert_eq!(worth(10, 100), 1);
    }
}
