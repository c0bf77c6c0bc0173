//! What earlier versions wrote otherwise.

use crate::batch::LocalId;
use crate::batch::records::Records;
use crate::batch::strings::{Strings, Text};

/// Local ids were strings up to version 1: splits them, and leaves out the strings that nothing names then.
pub(super) fn with_ids_split(mut records: Records) -> Records {
    let old = std::mem::take(&mut records.strings);
    let mut strings = Strings::default();
    let mut kept = |text: &mut Text| *text = strings.intern_some(text.is_some().then(|| old.get(*text)));
    records.nodes.iter_mut().for_each(|node| kept(&mut node.name));
    records.claims.iter_mut().for_each(|claim| kept(&mut claim.gloss));
    records.mention_by.values_mut().chain(records.claim_by.values_mut()).for_each(kept);
    let mut split = |id: &mut LocalId| {
        if id.stem.is_some() {
            *id = strings.local_id(old.get(id.stem));
        }
    };
    records.entities.iter_mut().for_each(|entity| split(&mut entity.local));
    records.mentions.iter_mut().for_each(|mention| split(&mut mention.local));
    records.claims.iter_mut().for_each(|claim| split(&mut claim.local));
    records.strings = strings;
    records
}
