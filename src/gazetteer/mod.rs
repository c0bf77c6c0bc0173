//! The gazetteer of nations: names, codes and dates, compiled in from `data/gazetteer`.
//!
//! It says under which names a nation is found. It does not say what is a state, knows nothing of graphs, and never guesses:
//! what is near in spelling is suggested, what is ambiguous stays so.

mod codes;
mod fold;
mod lookup;
mod names;
mod record;

pub use codes::Scheme;
pub use lookup::{LookUp, Match, MatchedBy};
pub use record::{NamingPolicy, NationRecord, NationStatus, UnStatus};

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use codes::Codes;
use names::Names;

/// The nations since 1816: 323 records.
///
/// ```
/// use comity::{Gazetteer, LookUp};
/// let gazetteer = Gazetteer::builtin();
/// assert!(matches!(gazetteer.look_up("ROK"), LookUp::One(found) if found.nation.key() == "KOR"));
/// assert!(matches!(gazetteer.look_up("Korea"), LookUp::Ambiguous(both) if both.len() == 2));
/// assert!(matches!(gazetteer.look_up("Belguim"), LookUp::Unknown(near) if near[0] == "Belgium"));
/// ```
#[derive(Debug)]
pub struct Gazetteer {
    records: Vec<NationRecord>,
    by_key: FxHashMap<Box<str>, usize>,
    names: Names,
    codes: Codes,
}

const NATIONS: &str = include_str!("../../data/gazetteer/nations.jsonl");

impl Gazetteer {
    /// The one that is compiled in. Read once, in a few milliseconds, when it is first asked for.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Gazetteer> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let record =
                |line: &str| serde_json::from_str(line).expect("the compiled-in records are sound: a test reads them");
            Self::of(NATIONS.lines().map(record).collect())
        })
    }

    fn of(records: Vec<NationRecord>) -> Self {
        let by_key = records.iter().enumerate().map(|(row, record)| (record.key().into(), row)).collect();
        let (names, codes) = (Names::of(&records), Codes::of(&records));
        Self { records, by_key, names, codes }
    }

    /// The record of a key: `CAN`, `XKX`, `x-prussia`. Constant time.
    ///
    /// ```
    /// use comity::{Gazetteer, NamingPolicy};
    /// let taiwan = Gazetteer::builtin().nation("TWN").expect("it is there");
    /// assert_eq!(taiwan.name(NamingPolicy::Common), "Taiwan");
    /// ```
    #[must_use]
    pub fn nation(&self, key: &str) -> Option<&NationRecord> {
        self.by_key.get(key).map(|row| &self.records[*row])
    }

    /// Every record, by key.
    #[must_use]
    pub fn nations(&self) -> impl ExactSizeIterator<Item = &NationRecord> {
        self.records.iter()
    }
}
