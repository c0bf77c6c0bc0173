//! The page that a row of a list gives as its source: a source of its own, so that an answer can be had without it.
//!
//! It fetches nothing: a page is what the list prints of it.

use rustc_hash::FxHashMap;

use super::actors::is_slug;
use super::typed_keys::typed_key;
use crate::batch::{Batch, SourceId};
use crate::provenance::Source;

/// The sources of a list: the list itself, and its pages.
pub(super) struct Pages {
    list: Source,
    /// By what the rows print; the list by nothing.
    known: FxHashMap<Box<str>, SourceId>,
    /// How many pages have a name.
    named: FxHashMap<Box<str>, u32>,
}

impl Pages {
    pub(super) fn of(list: Source) -> Self {
        Self { list, known: FxHashMap::default(), named: FxHashMap::default() }
    }

    /// The source that a row prints; of a row that prints none, the list.
    pub(super) fn source(&mut self, batch: &mut Batch, printed: &str) -> SourceId {
        if let Some(known) = self.known.get(printed) {
            return *known;
        }
        let mut source = self.list.clone();
        if !printed.is_empty() {
            let address = printed.split_whitespace().next().and_then(|word| Some((word, host(word)?)));
            let name = self.name(address.map_or_else(|| typed_key(printed), |(_, host)| host.to_lowercase()));
            let mut page = Source::dataset(&format!("{}/{name}", self.list.id())).title(printed);
            page.url = address.map(|(address, _)| address.into());
            page.published = source.published;
            page.rights = source.rights.take();
            source = page;
        }
        let source = batch.source(source);
        self.known.insert(printed.into(), source);
        source
    }

    /// The name, with a number if an earlier page has it.
    fn name(&mut self, name: String) -> String {
        let count = self.named.entry(name.as_str().into()).or_default();
        *count += 1;
        match *count {
            1 => name,
            count => self.name(format!("{name}-{count}")),
        }
    }
}

/// The host of an address, without what all of them begin with; none of what could not stand in an id.
fn host(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.len() <= 80 && is_slug(host)).then_some(host)
}
