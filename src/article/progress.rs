//! How far a load has come, told to whoever wants to show it.

use std::fmt;
use std::sync::Arc;

/// How far a load has come: told after every file of one article, and after every eight megabytes of lines.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use comity::Loader;
/// let told = Arc::new(Mutex::new(Vec::new()));
/// let heard = Arc::clone(&told);
/// let loader = Loader::new().with_progress(move |so_far| heard.lock().expect("nobody panics").push(so_far.articles));
/// loader.read_str("two.jsonl", "{}\n{}\n");
/// assert_eq!(*told.lock().expect("nobody panics"), [2]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'p> {
    /// The file that is being read.
    pub file: &'p str,
    /// How many bytes of it have been read.
    pub bytes: u64,
    /// How many it has; none if that is not known before its end.
    pub of: Option<u64>,
    /// How many articles of all files have been read, kept or not.
    pub articles: usize,
}

/// Whom to tell.
#[derive(Clone)]
pub(super) struct Hook(Arc<dyn Fn(Progress<'_>) + Send + Sync>);

impl Hook {
    pub(super) fn new(tell: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, so_far: Progress<'_>) {
        (self.0)(so_far);
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}
