//! The page that a row of a list gives as its source: a source of its own, so that an answer can be had without it.
//!
//! It fetches nothing: a page is what the list prints of it.

use rustc_hash::FxHashMap;

use super::actors::slug;
use crate::batch::{Batch, SourceId};
use crate::provenance::Source;

/// The sources of a list: the list itself, and its pages.
pub(super) struct Pages {
    list: Source,
    /// By slug: two pages of one slug would be two sources of one id.
    known: FxHashMap<Box<str>, SourceId>,
}

impl Pages {
    pub(super) fn of(list: Source) -> Self {
        Self { list, known: FxHashMap::default() }
    }

    /// The source that a row prints; of a row that prints none, the list.
    pub(super) fn source(&mut self, batch: &mut Batch, printed: &str) -> SourceId {
        let name = if printed.is_empty() { String::new() } else { slug(printed) };
        if let Some(known) = self.known.get(name.as_str()) {
            return *known;
        }
        let mut source = self.list.clone();
        if !name.is_empty() {
            let mut page = Source::dataset(&format!("{}/{name}", self.list.id())).title(printed);
            page.url = printed.split_whitespace().next().filter(|word| is_address(word)).map(Into::into);
            page.published = source.published;
            page.rights = source.rights.take();
            source = page;
        }
        let source = batch.source(source);
        self.known.insert(name.into(), source);
        source
    }
}

fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}
