//! Local ids for what code adds without naming it: `f1`, `e1`, `m1`, and never one that its source has already.

use rustc_hash::{FxHashMap, FxHashSet};

use super::LocalId;
use super::records::{NONE, Records};
use super::strings::{Strings, Text};

/// What code adds to a source; each has its letter and its own count.
#[derive(Debug, Clone, Copy)]
pub(super) enum Added {
    Claim,
    Entity,
    Mention,
}

const LETTERS: [&str; 3] = ["f", "e", "m"];

/// The local ids of each source, and the entity by which it names each node.
#[derive(Debug, Clone, Default)]
pub(super) struct Locals {
    sources: FxHashMap<u32, Taken>,
    /// What the ids that are made up begin with, once some are.
    stems: Option<[Text; 3]>,
}

#[derive(Debug, Clone, Default)]
struct Taken {
    /// Those that were given.
    ids: FxHashSet<LocalId>,
    /// How far those that are made up are counted: those up to there are taken, given or made up.
    counted: [u32; 3],
    entities: FxHashMap<u32, u32>,
}

impl Locals {
    /// A source that code has just added: nothing in it is named yet, so it need not be looked through.
    pub(super) fn add_source(&mut self, records: &mut Records, source: u32) {
        let mut taken = Taken::default();
        take_annotators(records, source, &mut taken);
        self.sources.insert(source, taken);
    }

    /// Takes the id, so that none that is made up will be equal to it.
    pub(super) fn take(&mut self, records: &mut Records, source: u32, id: LocalId) {
        self.taken(records, source).ids.insert(id);
    }

    /// Whether something of the source has this id.
    pub(super) fn is_taken(&mut self, records: &mut Records, source: u32, id: LocalId) -> bool {
        let made_up = self.stems.and_then(|stems| stems.iter().position(|stem| *stem == id.stem));
        let taken = self.taken(records, source);
        made_up.is_some_and(|added| id.number <= taken.counted[added]) || taken.ids.contains(&id)
    }

    /// An id that the source does not have yet. Constant time, but for ids like it that are taken.
    pub(super) fn make_up(&mut self, records: &mut Records, source: u32, added: Added) -> LocalId {
        let stem = self.stems(&mut records.strings)[added as usize];
        let Taken { ids, counted, .. } = self.taken(records, source);
        loop {
            counted[added as usize] += 1;
            let id = LocalId { stem, number: counted[added as usize] };
            if !ids.contains(&id) {
                return id;
            }
        }
    }

    /// The entity by which the source names the node, if it does.
    pub(super) fn entity(&mut self, records: &mut Records, source: u32, node: u32) -> Option<u32> {
        self.taken(records, source).entities.get(&node).copied()
    }

    pub(super) fn add_entity(&mut self, records: &mut Records, source: u32, node: u32, entity: u32) {
        self.taken(records, source).entities.insert(node, entity);
    }

    fn stems(&mut self, strings: &mut Strings) -> [Text; 3] {
        *self.stems.get_or_insert_with(|| LETTERS.map(|letter| strings.intern(letter)))
    }

    fn taken(&mut self, records: &mut Records, source: u32) -> &mut Taken {
        if !self.sources.contains_key(&source) {
            self.gather(records);
        }
        self.sources.entry(source).or_default()
    }

    /// Looks through what a reader put there: once for all of its sources, when code first adds to one of them.
    fn gather(&mut self, records: &mut Records) {
        let mut read: FxHashMap<u32, Taken> = FxHashMap::default();
        for source in (0..records.sources.len() as u32).filter(|source| !self.sources.contains_key(source)) {
            let mut taken = Taken::default();
            take_annotators(records, source, &mut taken);
            read.insert(source, taken);
        }
        let claims = records.claims.iter().map(|row| (row.source, row.local));
        let mentions = records.mentions.iter().map(|row| (row.source, row.local));
        for (source, id) in claims.chain(mentions) {
            if let Some(taken) = read.get_mut(&source) {
                taken.ids.insert(id);
            }
        }
        for (entity, row) in (0_u32..).zip(&records.entities) {
            if let Some(taken) = read.get_mut(&row.source) {
                taken.ids.insert(row.local);
                taken.entities.insert(row.node, entity);
            }
        }
        let Records { nodes, strings, .. } = records;
        for row in nodes.iter().filter(|row| row.scope != NONE) {
            if let Some(taken) = read.get_mut(&row.scope) {
                let name = strings.get(row.name).to_owned();
                taken.ids.insert(strings.local_id(&name));
            }
        }
        self.sources.extend(read);
    }
}

fn take_annotators(records: &mut Records, source: u32, taken: &mut Taken) {
    debug_assert_ne!(source, NONE, "a row of sources");
    let Records { sources, strings, .. } = records;
    taken.ids.extend(sources[source as usize].annotators.iter().map(|annotator| strings.local_id(&annotator.id)));
}
